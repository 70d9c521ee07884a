"""Sentences that say that nobody else is so: "X is the only landlocked member of Y", "... that borders Z".

Such a sentence is read only as a whole. What stands after "the only" is a group, a clause that tells which of
it, or both: the triples say that X is of the group and does what the clause tells, and that so many of it do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from verifier.model import Group, Quantifier, QuantifierKind, Quantity, Reading, Term, Triple
from verifier.relations import RelationRole
from verifier.text.numerals import read_numeral, tokens
from verifier.text.ranks import Ranks
from verifier.text.scan import Owner, first_label
from verifier.text.vocabulary import EXCLUSIVE, PREPOSITIONS

__all__ = ["Soles"]

_THINGS = frozenset(["country", "state", "nation", "one"])
"""Nouns for anything that a clause after them is told of."""
_RELATIVES = frozenset(["that", "which", "to"])


class Soles(Ranks):
    """A sentence that may say that something is the only one."""

    def _sole(self, owner: Owner, at: int, negated: bool) -> Iterator[Triple]:
        """What "X is the only N that ..." says; nothing if not all of it is read."""
        periods = self._periods()
        if negated or self.low(at) != "the" or self.low(at + 1) not in EXCLUSIVE or periods is None:
            return
        begin = self._after_number(at + 2, len(owner.terms))
        if begin is None or (self._past() and not periods):
            return
        any_thing = self.lemma(begin) in _THINGS
        for triple in (self._of_things if any_thing else self._of_group)(owner.terms, begin):
            yield replace(triple, periods=periods) if periods else triple

    def _after_number(self, at: int, listed: int) -> int | None:
        """Past "two" of "the only two", if so many are named; None if not."""
        row = tokens(self.low(at))
        number = read_numeral(row, 0, self.low(at)) if row else None
        if number is None:
            return at
        return at + 1 if number.amount == listed else None

    def _of_things(self, terms: Sequence[Term], begin: int) -> Iterator[Triple]:
        """ "the only country that borders Y": whoever else does it is an exception."""
        told = [self._clause(term, begin + 1) for term in terms]
        if any(triple is None for triple in told):
            return
        triples = [triple for triple in told if triple is not None]
        pairs = zip(triples, terms, strict=True)
        if self.lemma(begin) != "one" and any(self._has_others(triple, term) for triple, term in pairs):
            return  # a territory does it, too, which is no country
        if len(triples) > 1:
            yield from triples
            yield from self._counted(triples[0], terms[0], len(terms))
            return
        only = Quantifier(QuantifierKind.ONLY)
        if _is(triples[0].subject, terms[0]):
            yield replace(triples[0], subject=replace(triples[0].subject, quantifier=only))
        else:
            yield replace(triples[0], object=replace(triples[0].object, quantifier=only))

    def _has_others(self, told: Triple, term: Term) -> bool:
        """Whether the tables set something that is no state beside the other end."""
        world, day = self.line.world, self.line.as_of
        other = told.object if _is(told.subject, term) else told.subject
        if day is None or not other.matches:
            return False
        relation, id = told.readings[0].relation, other.matches[0].id
        beside = (*world.values(relation, id, day), *world.members(relation, id, day))
        return any("state" not in world.types(match.id) for match in beside)

    def _counted(self, told: Triple, term: Term, number: int) -> Iterator[Triple]:
        """That so many stand in the relation, whoever they are."""
        whole = Term(self.text(0, len(self.words)), group=Group("", ()), quantifier=_exactly(number))
        if _is(told.subject, term):
            yield replace(told, subject=whole)
        else:
            yield replace(told, object=whole)

    def _clause(self, term: Term, at: int) -> Triple | None:
        """What the clause from here on tells of a thing; None if it is not one claim of it."""
        if at >= len(self.words):
            return None
        name, words = first_label(term), self.text(at, len(self.words))
        if self.low(at) in _RELATIVES:
            words = self.text(at + 1, len(self.words))
            forms = [f"{name} {words}.", f"{words} {name}."]
        elif self.lemma(at) in PREPOSITIONS and self.low(at + 1) in {"which", "whom"}:
            forms = [f"{self.text(at + 2, len(self.words))} {self.low(at)} {name}."]
        elif self.low(at) in {"in", "of", "with", "without"} or self.low(at).endswith("ing"):
            verb = "has" if self.low(at) == "with" else "is"
            forms = [f"{name} {verb} {words.partition(' ')[2] if verb == 'has' else words}."]
        else:
            forms = [f"{words} {name}."]  # "the only country Q borders"
        for form in forms:
            said = self.plain(form)
            if len(said) == 1 and (_is(said[0].subject, term) or _is(said[0].object, term)):
                plain = said[0].subject.quantifier is None and said[0].object.quantifier is None
                if plain and not said[0].negated and said[0].subject.group is said[0].object.group is None:
                    return replace(said[0], periods=())
        return None

    def _of_group(self, terms: Sequence[Term], begin: int) -> Iterator[Triple]:
        """ "the only landlocked member of Y", "the only member of Y that ..."."""
        many = len(terms) > 1
        for end in range(len(self.words), begin, -1):
            group = self._group(f"of {self.text(begin, end)}" if many else self.text(begin, end))
            if group is None or group.group is None:
                continue
            clauses = [self._clause(term, end) for term in terms] if end < len(self.words) else []
            if any(clause is None for clause in clauses):
                continue
            yield from self._sole_of(terms, group.group, [one for one in clauses if one is not None])
            return

    def _sole_of(self, terms: Sequence[Term], group: Group, clauses: Sequence[Triple]) -> Iterator[Triple]:
        kinds = [one for one in group.conditions if self.catalogue.has_role(one[0], RelationRole.KIND)]
        if not clauses and (not kinds or len(group.conditions) == 1):
            return  # "the only member of Y" is what the phrasings read
        for term in terms:
            for relation, other, member_is_object in group.conditions:
                yield self._stands(relation, other, term, member_is_object=member_is_object)
        yield from clauses
        rest = group.conditions
        if clauses:
            told, turned = clauses[0], not _is(clauses[0].subject, terms[0])
        else:
            relation, other, turned = kinds[0]
            told = self._stands(relation, other, terms[0], member_is_object=turned)
            rest = tuple(one for one in group.conditions if one is not kinds[0])
        whole = Term(group.text, group=Group(group.text, rest), quantifier=_exactly(len(terms)))
        yield replace(told, object=whole) if turned else replace(told, subject=whole)

    def _stands(self, relation: str, other: Term, term: Term, *, member_is_object: bool) -> Triple:
        known = self.catalogue[relation]
        reading = Reading(known.id, known.label, known.label, 100.0)
        ends = (other, term) if member_is_object else (term, other)
        return Triple(ends[0], ends[1], (reading,), relation_text=known.label)


def _exactly(number: int) -> Quantifier:
    return Quantifier(QuantifierKind.EXACTLY, Quantity(Decimal(number)))


def _is(one: Term, other: Term) -> bool:
    """Whether two terms name one thing."""
    return bool(one.matches and other.matches) and one.matches[0].id == other.matches[0].id
