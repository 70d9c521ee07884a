"""What came before or after what, and how long it lasted: "joined before Y", "president for eight years".

The rest of such a sentence is read as a plain one with a year in that place, so that whatever a phrasing of
the catalogue dates can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from verifier.model import Aspect, Date, Degree, Order, Period, PeriodKind, Quantity, Term, Triple
from verifier.text.scan import Owner, Scan, first_label
from verifier.text.words import word_set

__all__ = ["AUXILIARIES", "CHANGES", "Events"]

_EARLY = {("before",): Degree.LESS, ("prior", "to"): Degree.LESS, ("after",): Degree.MORE}
_RELATIVE = {"earlier": Degree.LESS, "sooner": Degree.LESS, "later": Degree.MORE}
_GROWS = word_set("rise rose risen grow climb increase")
CHANGES = _GROWS | word_set("fall drop decline shrink decrease")
"""What a figure does that is one thing first and another later."""
AUXILIARIES = word_set("be do have")
"""What may take up the verb at the end: "before Y did"."""
_TIMES = frozenset(["y", "mo", "d"])
_SOME_YEAR = 1999


class Events(Scan):
    """A sentence about when something came to be so, or for how long it was."""

    def _before(self, owner: Owner) -> Iterator[Triple]:
        """ "joined the club before Y (did)", "was born later than Y"."""
        if self.line.dates or self.line.quantities or len(owner.terms) > 1:
            return  # "two years before Y" says more than that it was before
        for at in range(owner.end + 1, len(self.words) - 1):
            found = self._connective(at)
            if found is None:
                continue
            begin, degree = found
            for end, others in self.things(begin):
                stop = end + (self.lemma(end) in AUXILIARIES)
                if stop != len(self.words) or not self._comparable(owner.terms, others):
                    continue
                words = self.text(owner.end, at)
                for told, aspect in self._dated(owner, words):
                    # "recognised X before Y": before it recognised Y, or before Y did so?
                    if stop == end and self._comparable((told.object,), others):
                        return
                    for other in others:
                        order = Order(degree, other, aspect, text=self.text(at, stop))
                        figure = Term(order.text) if aspect is Aspect.VALUE else told.object
                        yield replace(told, object=figure, order=order, periods=())
                return

    def _connective(self, at: int) -> tuple[int, Degree] | None:
        for words, degree in _EARLY.items():
            if tuple(self.low(at + n) for n in range(len(words))) == words:
                return at + len(words), degree
        if self.low(at) in _RELATIVE and self.low(at + 1) == "than":
            return at + 2, _RELATIVE[self.low(at)]
        return None

    def _comparable(self, terms: Sequence[Term], others: Sequence[Term]) -> bool:
        """Whether things are of one kind: "before Sweden", not "before the war"."""
        types = self.line.world.types
        for other in others:
            for term in terms:
                if not any(types(a.id) & types(b.id) for a in term.matches for b in other.matches):
                    return False
        return True

    def _dated(self, owner: Owner, words: str) -> Iterator[tuple[Triple, Aspect]]:
        """What a sentence with a year in the place of the other thing says, and what the year would be of."""
        year = _SOME_YEAR if self.line.as_of is None else min(_SOME_YEAR, self.line.as_of.earliest[0] - 1)
        said = self.plain(f"{first_label(owner.terms[0])} {words} in {year}.")
        told = self._told_of(said, owner)
        if told is None:
            return
        if isinstance(told.object.value, Date):
            if told.object.value.earliest[0] == year and not told.periods:
                yield told, Aspect.VALUE
            return
        dated = [period for period in told.periods if period.date is not None]
        if len(told.periods) != 1 or len(dated) != 1 or dated[0].date is None:
            return
        relation = self.catalogue.get(told.readings[0].relation)
        happens = relation is not None and relation.event and dated[0].kind is PeriodKind.AT
        aspect = {PeriodKind.BEGAN: Aspect.START, PeriodKind.ENDED: Aspect.END}.get(dated[0].kind)
        aspect = Aspect.START if happens else aspect
        if aspect is not None and dated[0].date.earliest[0] == year and told.object.matches:
            yield told, aspect

    def _told_of(self, said: Sequence[Triple], owner: Owner) -> Triple | None:
        """The one triple that a plain sentence was read as, told of the same thing from its end."""
        if len(said) != 1 or not said[0].readings:
            return None
        told = said[0]
        if any(end.group is not None or end.quantifier is not None for end in (told.subject, told.object)):
            return None
        if not self._is_of(told, owner):
            readings = tuple(replace(reading, inverse=not reading.inverse) for reading in told.readings)
            told = replace(told, subject=told.object, object=told.subject, readings=readings)
        return replace(told, subject=owner.terms[0]) if self._is_of(told, owner) else None

    def _is_of(self, said: Triple, owner: Owner) -> bool:
        """Whether a plain sentence was read as one about the same thing."""
        ids = {match.id for match in owner.terms[0].matches}
        return bool(ids & {match.id for match in said.subject.matches})

    def _changed(self, owner: Owner) -> Iterator[Triple]:
        """ "X's population rose from 2 million in 2000 to 3 million in 2020": a figure for each time."""
        at = owner.end + (self.lemma(owner.end) == "have")
        verb = self.lemma(at)
        if owner.figure is None or verb not in CHANGES or len(owner.terms) > 1:
            return
        told: list[tuple[str, Quantity, int, str]] = []
        at += 1
        while at < len(self.words):
            link = self.low(at)
            found = next(((m, n) for m, i in self.line.quantities if (n := self._run(at + 1, i))), None)
            if link not in {"from", "to"} or found is None or found[0].of is not None:
                return
            mention, length = found
            told.append((link, mention.quantity, self.row[at + length], self.text(at + 1, at + 1 + length)))
            at += 1 + length
        dates = [(mention.period, indices[0]) for mention, indices in self.line.dates if indices]
        links = tuple(link for link, *_ in told)
        if links != ("from", "to") or len(dates) != len(told):
            return  # that a figure "rose to" something says that it was less before
        first, second = (quantity for _, quantity, _, _ in told)
        if first.unit != second.unit or (first.amount < second.amount) is not (verb in _GROWS):
            return
        ends = [*(last for _, _, last, _ in told[1:]), len(self.line.words)]
        for (_, _, last, _), (period, index), stop in zip(told, dates, ends, strict=True):
            if not last < index < stop or period.kind is not PeriodKind.AT or period.date is None:
                return
        reading = (self._reading(owner.figure, owner.figure.label),)
        for (_, quantity, _, words), (period, _) in zip(told, dates, strict=True):
            yield Triple(
                owner.terms[0],
                Term(words, value=quantity),
                reading,
                relation_text=owner.figure.label,
                periods=(period,),
            )

    def _run(self, at: int, indices: Sequence[int]) -> int:
        """How many words of the row from here these are, if they are just these; else 0."""
        length = len(indices)
        return length if length and tuple(indices) == self.row[at : at + length] else 0

    def _for_long(self, owner: Owner) -> Iterator[Triple]:
        """ "was president for twelve years": how long what the rest says was so."""
        if len(owner.terms) > 1:
            return
        for mention, indices in self.line.quantities:
            quantity = mention.quantity
            if quantity.unit not in _TIMES or not indices or mention.of is not None:
                continue
            inside = [n for n, i in enumerate(self.row) if i in indices]
            lead = self.low(inside[0] - 1) if inside else ""
            if lead == "after" and self.low(inside[-1] + 1) == "as":
                yield from self._left_after(owner, quantity, inside[0] - 1, inside[-1] + 1)
                return
            if lead != "for":
                continue
            begin, end = inside[0] - 1, inside[-1] + 1
            rest = f"{self.text(owner.end, begin)} {self.text(end, len(self.words))}".strip()
            told = self._told_of(self.plain(f"{first_label(owner.terms[0])} {rest}."), owner)
            if told is None or not told.object.matches:
                return
            relation = self.catalogue.get(told.readings[0].relation)
            if relation is None or relation.event or self.line.dates or len(self.line.quantities) > 1:
                return
            order = Order(Degree.EQUAL, aspect=Aspect.LENGTH, amount=quantity, text=self.text(begin, end))
            # "has been for ten years" is of a time that still goes on
            goes_on = self.low(owner.end) in {"has", "have"}
            periods = (Period(PeriodKind.STILL, text="still"),) if goes_on else ()
            yield replace(told, order=order, periods=periods)
            return

    def _left_after(self, owner: Owner, quantity: Quantity, begin: int, end: int) -> Iterator[Triple]:
        """ "left office in 2018 after six years as president": when it ended, and how long it had been so."""
        when = [mention.period for mention, indices in self.line.dates if indices]
        if len(when) > 1 or len(self.line.quantities) > 1:
            return
        rest = f"{self.text(owner.end, begin)} {self.text(end, len(self.words))}"
        dated = f"{rest} {when[0].text}" if when else rest
        told = self._told_of(self.plain(f"{first_label(owner.terms[0])} {dated}."), owner)
        if told is None or not told.object.matches or told.negated:
            return
        if not any(period.kind in {PeriodKind.ENDED, PeriodKind.FORMER} for period in told.periods):
            return
        yield told
        order = Order(Degree.EQUAL, aspect=Aspect.LENGTH, amount=quantity, text=self.text(begin, end))
        yield replace(told, order=order, periods=())
