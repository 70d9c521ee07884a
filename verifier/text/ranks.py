"""Places in a group: "the second largest Z", "the first Z to join", "the newest member of Z"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verifier.model import (
    Aspect,
    Degree,
    Form,
    Group,
    Order,
    Reading,
    Term,
    Triple,
    Way,
)
from verifier.relations import ValueKind
from verifier.text.events import Events
from verifier.text.scales import rank_at, superlative
from verifier.text.scan import GENERIC, Owner

__all__ = ["Ranks"]

_RECENT = {"newest": Degree.MORE, "latest": Degree.MORE, "last": Degree.MORE}


class Ranks(Events):
    """A sentence that gives a thing its place among others."""

    def _superlative(self, owner: Owner, at: int, negated: bool) -> Iterator[Triple]:
        """ "is the (second) largest Z", "was the first Z to join", "is ASEAN's newest member"."""
        held = next((end for end, _ in self.names(at) if self.low(end) == "'s"), None)
        group_owner = "" if held is None else f"{self.text(at + (self.low(at) == 'the'), held)} 's "
        if held is not None:
            at = held + 1
        elif self.low(at) == "the":
            at += 1
        else:
            return
        yield from self._placed(owner.terms, at, len(self.words), group_owner, negated=negated)

    def _placed(
        self, terms: tuple[Term, ...], at: int, stop: int, group_owner: str, *, negated: bool
    ) -> Iterator[Triple]:
        if len(terms) > 1:
            return
        ranked = rank_at(self.words, at)
        begin, place = ranked or (at, 1)
        scale = superlative(self.words, begin, self.catalogue)
        if scale is not None:
            group = self._group(group_owner + self.text(scale.end, stop))
            by = self._by_scale(scale, self.text(begin, scale.end))
            if group is not None and by is not None:
                degree = Degree.LESS if by[1] else Degree.MORE
                order = Order(degree, place=place, text=self.text(at, stop))
                found = tuple(self._triples(terms, (group,), order, by[0], negated=negated))
                if found and not self._of_membership(by[0], group):
                    yield from found
                    return
        yield from self._in_time(terms, at, stop, group_owner, negated=negated)

    def _of_membership(self, readings: tuple[Reading, ...], group: Term) -> bool:
        """ "newest member", "oldest member": by when it came, or by its age? That cannot be told."""
        dated = any(self.catalogue[r.relation].value is ValueKind.DATE for r in readings)
        conditions = group.group.conditions if group.group is not None else ()
        return dated and not any(
            "class" in self.line.world.types(match.id)
            for _, other, _ in conditions
            for match in other.matches[:1]
        )

    def _in_time(
        self, terms: tuple[Term, ...], at: int, stop: int, group_owner: str, *, negated: bool
    ) -> Iterator[Triple]:
        """ "first Z to join", "latest member of Z"."""
        if self.line.dates:
            return
        ranked = rank_at(self.words, at)
        begin, place = ranked or (at, 1)
        degree = Degree.LESS
        if (self.low(begin), self.low(begin + 1)) == ("most", "recent"):
            begin, degree, recent = begin + 2, Degree.MORE, True
        elif self.low(begin) in _RECENT:
            begin, degree, recent = begin + 1, _RECENT[self.low(begin)], True
        elif ranked is None:
            return
        else:
            recent = False
        to = next((n for n in range(begin, stop) if self.low(n) == "to" and n + 1 < stop), None)
        order = Order(degree, aspect=Aspect.START, place=place, text=self.text(at, stop))
        if to is not None and self.lemma(to + 1) == self.low(to + 1):
            yield from self._first_to(terms, order, group_owner + self.text(begin, to), to + 1, stop, negated)
        elif recent or ranked is None:
            group = self._group(group_owner + self.text(begin, stop))
            if group is None or group.group is None or len(group.group.conditions) != 1:
                return
            relation, other, is_object = group.group.conditions[0]
            known = self.catalogue.get(relation)
            if known is None or not other.matches or "class" in self.line.world.types(other.matches[0].id):
                return
            reading = Reading(
                known.id, known.label, self.text(begin, stop), 100.0, is_object, Way.PHRASING, Form.NOMINAL
            )
            yield Triple(
                terms[0],
                other,
                (reading,),
                relation_text=self.text(at, stop),
                negated=negated,
                order=replace(order, than=group),
            )

    def _first_to(
        self, terms: tuple[Term, ...], order: Order, group_words: str, verb: int, stop: int, negated: bool
    ) -> Iterator[Triple]:
        """ "the first (of the three Baltic states) to join": with the words of the group, and the verb."""
        owner = Owner(verb, terms)
        for told, aspect in self._dated(owner, f"did {self.text(verb, stop)}"):
            if told.negated:
                return
            group = self._group(group_words) if group_words else None
            bare = all(word in GENERIC for word in group_words.casefold().split())
            if aspect is Aspect.VALUE and (bare or group is None):
                return
            if bare:
                reading = told.readings[0]
                conditions = ((reading.relation, told.object, reading.inverse),)
                words = f"all to {self.text(verb, stop)}"
                group = Term(words, group=Group(words, conditions))
            elif group is None:
                return
            figure = Term(order.text) if aspect is Aspect.VALUE else told.object
            yield replace(
                told,
                object=figure,
                order=replace(order, than=group, aspect=aspect),
                negated=negated,
                periods=(),
            )

    def _inverted(self, start: int) -> Iterator[Triple]:
        """ "The largest Z is X"."""
        if self.low(start) != "the":
            return
        for at in range(start + 2, len(self.words) - 1):
            be = self._copula(at)
            if be is None:
                continue
            for end, terms in self.things(be[0]):
                if end == len(self.words):
                    yield from self._placed(terms, start + 1, at, "", negated=be[1])
                    return
