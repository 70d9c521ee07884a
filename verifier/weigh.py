"""The statements that bear on one pair of things in one relation, and how each stands to the claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from verifier.agreement import Agreement, End, agreement, may_share
from verifier.evidence import NATURE, Evidence, affirms
from verifier.explain import label, show, stated
from verifier.inforce import Course, Hold, Timing, compare_periods, course, of_the_wider
from verifier.model import (
    Date,
    EntityValue,
    Period,
    Polarity,
    Quantity,
    Rank,
    Statement,
    Term,
    UnknownValue,
    Value,
)
from verifier.relations import Catalogue, Relation, RelationRole, Single

__all__ = [
    "Fact",
    "Question",
    "Weighed",
    "facts_about",
    "facts_of",
    "is_figure",
    "is_single",
    "key_of",
    "key_of_value",
    "weigh",
]

_IMPLIED_STEPS = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement read as "subject stands in the relation asked about to value"."""

    statement: Statement
    subject: str
    value: Value
    via: str = ""
    """How it bears on the relation, if not directly: by which other relation it is implied."""
    narrower: bool = False
    """Whether it only entails the relation asked about, so that its end is not that one's."""

    @property
    def positive(self) -> bool:
        """Whether it affirms."""
        return self.statement.polarity is Polarity.POSITIVE

    @property
    def recorded_only(self) -> bool:
        """Whether it records a pledge, plan or position, not the thing itself."""
        return bool(self.statement.qualifier(NATURE))


# A frozen class without slots: `functools.cached_property` needs a place to keep what it worked out.
@dataclass(frozen=True)
class Question:
    """Does this subject stand in this relation to this object, when and with what the claim adds?"""

    relation: Relation
    subject: End
    object: End
    periods: tuple[Period, ...]
    qualifiers: tuple[tuple[str, Term], ...]
    as_of: Date
    evidence: Evidence
    catalogue: Catalogue
    negated: bool = False
    """Whether the claim denies it; for the wording only."""

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Statements about the subject in this relation, deprecated ones and recorded positions left out."""
        return facts_of(self, self.subject.id) if self.subject.id is not None else ()

    @cached_property
    def recorded(self) -> tuple[Fact, ...]:
        """Rows that record that somebody pledged, planned or held it."""
        return facts_of(self, self.subject.id, recorded=True) if self.subject.id is not None else ()

    @cached_property
    def weighed(self) -> tuple[Weighed, ...]:
        """Each of the facts beside the claim."""
        return tuple(weigh(self, fact) for fact in self.facts)

    @cached_property
    def deprecated(self) -> tuple[Fact, ...]:
        """Rows that their source has withdrawn: they never count."""
        return facts_of(self, self.subject.id, deprecated=True) if self.subject.id is not None else ()

    @cached_property
    def near_counts(self) -> bool:
        """Whether it matters that another value is near the claimed one: not where there may be many."""
        relation = self.relation
        return (
            is_single(relation)
            or bool(relation.value_within)
            or bool(self.evidence.completeness(relation.id))
        )

    def name(self, end: End) -> str:
        """How sentences call an end: the label of the thing, or the words of the claim."""
        if end.id is not None:
            return label(end.id, self.evidence)
        return show(end.value, self.evidence) if end.value is not None else end.term.text

    def tell(self, fact: Fact, seen: Date | None = None) -> str:
        """A fact in words, as the statement itself puts it, with what the claim names beside it."""
        statement = fact.statement
        relation = self.catalogue.get(statement.relation) or (
            self.relation
            if statement.relation == self.relation.id
            else Relation(statement.relation, statement.relation)
        )
        value = show(statement.value, self.evidence)
        subject = label(statement.subject, self.evidence)
        past = statement.end is not None and statement.end.latest < self.as_of.earliest
        beside = self._beside(statement)
        return stated(statement, relation, subject, value, beside=beside, seen=seen, past=past)

    def _beside(self, statement: Statement) -> str:
        """What a statement says of what the claim adds: ", country: Israel"."""
        told: list[str] = []
        for name in dict.fromkeys(name for name, _ in self.qualifiers):
            found = self.catalogue.get(name)
            called = found.label if found is not None else name
            values = [show(value, self.evidence) for value in statement.qualifier(name)]
            told.extend(f", {called}: {value}" for value in dict.fromkeys(values))
        return "".join(told)

    def course(self, fact: Fact) -> Course:
        """The days of a fact."""
        return course(fact.statement, self.relation, undated=self._undated(fact))

    def timing(self, fact: Fact, periods: Sequence[Period] | None = None) -> Timing:
        """How the dates of a fact stand to the claim's, or to other periods."""
        asked = self.periods if periods is None else periods
        found = compare_periods(
            fact.statement,
            self.relation,
            periods=asked,
            as_of=self.as_of,
            undated=self._undated(fact),
        )
        return of_the_wider(found, self.relation, asked) if fact.narrower else found

    def _undated(self, fact: Fact) -> bool:
        return self.evidence.undated(fact.statement.table, fact.statement.relation)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A fact beside the claim: its value, its qualifiers and its dates, each compared."""

    fact: Fact
    value: Agreement
    qualifiers: Agreement
    timing: Timing
    trust: int

    @property
    def strength(self) -> tuple[bool, bool, int]:
        """What beats what, where sources disagree: stated dates, preferred rank, the user's own table."""
        return (self.timing.firm, self.fact.statement.rank is Rank.PREFERRED, self.trust)

    @property
    def entails(self) -> bool:
        """Whether its value and qualifiers are those of the claim, whenever it held."""
        return self.value in (Agreement.SAME, Agreement.INSIDE) and self.qualifiers is Agreement.SAME

    @property
    def supports(self) -> bool:
        """Whether it makes the claim true."""
        return self.entails and self.timing.hold is Hold.HOLDS


@dataclass(frozen=True, slots=True)
class _Way:
    """A relation whose statements are statements of the relation asked about."""

    relation: str
    turned: bool = False
    """True if subject and value change places."""
    via: str = ""
    """Its label, if it is another relation or direction."""
    equivalent: bool = True
    """False if it only entails the relation asked about: its denials say nothing."""


def _ways(relation: Relation, catalogue: Catalogue, depth: int = 0) -> Iterator[_Way]:
    via, equivalent = ("", True) if depth == 0 else (relation.label, False)
    yield _Way(relation.id, False, via, equivalent)
    if relation.symmetric:
        yield _Way(relation.id, True, relation.label, equivalent)
    if relation.inverse and relation.inverse != relation.id:
        inverse = catalogue.get(relation.inverse)
        yield _Way(
            relation.inverse, True, inverse.label if inverse is not None else relation.inverse, equivalent
        )
    if depth < _IMPLIED_STEPS:
        for narrower in relation.implied_by:
            yield from _ways(catalogue.get(narrower) or Relation(narrower, narrower), catalogue, depth + 1)


def _collect(
    question: Question, thing: str, *, as_subject: bool, recorded: bool, deprecated: bool = False
) -> tuple[Fact, ...]:
    found: dict[tuple[str, str, str], Fact] = {}
    evidence = question.evidence
    for way in _ways(question.relation, question.catalogue):
        if as_subject is not way.turned:
            rows = evidence.statements(thing, way.relation)
        else:
            rows = evidence.statements_about(way.relation, thing)
        for statement in rows:
            if (statement.rank is Rank.DEPRECATED) is not deprecated:
                continue
            fact = _read(statement, way)
            if fact is None or not (fact.positive or way.equivalent):
                continue
            if deprecated or fact.recorded_only is recorded:
                found.setdefault((statement.id, statement.table, fact.subject), fact)
    return tuple(found[key] for key in sorted(found))


def _read(statement: Statement, way: _Way) -> Fact | None:
    if not way.turned:
        return Fact(statement, statement.subject, statement.value, way.via, not way.equivalent)
    if not isinstance(statement.value, EntityValue):
        return None
    value = EntityValue(statement.subject)
    return Fact(statement, statement.value.id, value, way.via, not way.equivalent)


def facts_of(
    question: Question, subject: str, *, recorded: bool = False, deprecated: bool = False
) -> tuple[Fact, ...]:
    """Statements of this subject in the relation; also by symmetry, inverse and implication."""
    return _collect(question, subject, as_subject=True, recorded=recorded, deprecated=deprecated)


def facts_about(question: Question, value: str) -> tuple[Fact, ...]:
    """Statements that something stands in the relation to this thing."""
    return _collect(question, value, as_subject=False, recorded=False)


def key_of(question: Question, key: str, fact: Fact | None) -> str | None:
    """What a relation is single-valued by (an embassy's country), for a fact or, with None, for the claim.

    Where no qualifier names it, the object's own statement does: a city's country is that of an embassy in
    it.
    """
    if fact is not None:
        given = [value.id for value in fact.statement.qualifier(key) if isinstance(value, EntityValue)]
        owner = fact.value.id if isinstance(fact.value, EntityValue) else None
    else:
        given = [term.matches[0].id for name, term in question.qualifiers if name == key and term.matches]
        owner = question.object.id
    if given:
        return given[0]
    return None if owner is None else key_of_value(owner, key, question.evidence)


def key_of_value(value: str, key: str, evidence: Evidence) -> str | None:
    """What a thing's own statements give for a key relation (a city's country), if that is one thing."""
    own = {
        statement.value.id
        for statement in evidence.statements(value, key)
        if isinstance(statement.value, EntityValue) and affirms(statement)
    }
    return next(iter(own)) if len(own) == 1 else None


def weigh(question: Question, fact: Fact) -> Weighed:
    """Compare one fact with the claim."""
    value = agreement(
        fact.value, question.object, question.relation, question.evidence, near=question.near_counts
    )
    if value not in (Agreement.SAME, Agreement.INSIDE) and _lies_in(question, fact):
        value = Agreement.INSIDE
    elif value is Agreement.OTHER and fact.positive and _may_be_part(question, fact):
        value = Agreement.UNSURE
    if isinstance(fact.value, UnknownValue) and not fact.positive:
        value = Agreement.SAME  # "has no value" denies every value
    timing = question.timing(fact)
    if (
        value is Agreement.INSIDE
        and question.relation.single is not Single.EVER
        and timing.hold is Hold.OUTSIDE
    ):
        timing = replace(timing, aside=True)  # it may have been elsewhere in the wider place
    return Weighed(
        fact,
        value,
        _qualifiers(question, fact),
        timing,
        question.evidence.trust(fact.statement),
    )


def _lies_in(question: Question, fact: Fact) -> bool:
    """Whether the row itself says that its value lies in the place of the claim: an embassy's country."""
    within = question.relation.value_within
    return (
        bool(within)
        and question.object.id is not None
        and any(
            isinstance(value, EntityValue) and value.id == question.object.id
            for value in fact.statement.qualifier(within)
        )
    )


def _may_be_part(question: Question, fact: Fact) -> bool:
    """Whether a row may name a quarter or suburb of the claimed town: that of an embassy.

    The claimed town is one that has such (a capital, or where a curated table knows an embassy), and of the
    stated place no curated table knows what tells it apart. Curated rows themselves name the exact town.
    """
    relation, claimed, evidence = question.relation, question.object.id, question.evidence
    within = relation.value_within
    if within not in relation.key or claimed is None or not isinstance(fact.value, EntityValue):
        return False
    stated = fact.value.id
    return (
        not evidence.curated(fact.statement)
        and _is_seat(question, fact, claimed)
        and not _is_seat(question, fact, stated)
        and not any(
            evidence.curated(statement) and affirms(statement)
            for statement in evidence.statements(stated, within)
        )
        and may_share(stated, claimed, within, evidence)
    )


def _is_seat(question: Question, fact: Fact, place: str) -> bool:
    """Whether a place is a capital, or a curated table names it for the same country in such a row."""
    evidence, relation = question.evidence, question.relation
    capitals = evidence.playing(RelationRole.CAPITAL)
    if any(affirms(told) for capital in capitals for told in evidence.statements_about(capital, place)):
        return True
    within = set(fact.statement.qualifier(relation.value_within))
    return any(
        evidence.curated(told)
        and affirms(told)
        and (not within or bool(within & set(told.qualifier(relation.value_within))))
        for told in evidence.statements_about(relation.id, place)
    )


def _qualifiers(question: Question, fact: Fact) -> Agreement:
    """SAME if the row has all that the claim adds, OTHER if something else, UNSURE if it does not say."""
    answers = [_qualifier(question, fact, name, term) for name, term in question.qualifiers]
    for answer in (Agreement.OTHER, Agreement.UNSURE):
        if answer in answers:
            return answer
    return Agreement.SAME


def _qualifier(question: Question, fact: Fact, name: str, term: Term) -> Agreement:
    stated_values = fact.statement.qualifier(name)
    relation = question.catalogue.get(name) or Relation(name, name)
    ends = [End(term, match=match) for match in term.matches] or [End(term, value=term.value)]
    if stated_values:
        found = [
            agreement(value, end, relation, question.evidence) for value in stated_values for end in ends
        ]
        for answer in (Agreement.SAME, Agreement.INSIDE):
            if answer in found:
                return Agreement.SAME
        return Agreement.UNSURE if Agreement.UNSURE in found else Agreement.OTHER
    inferred = key_of(question, name, replace(fact, statement=replace(fact.statement, qualifiers=())))
    if inferred is None:
        return Agreement.UNSURE
    return Agreement.SAME if any(end.id == inferred for end in ends) else Agreement.UNSURE


def is_single(relation: Relation) -> bool:
    """Whether a subject can have only one value, at a time or ever."""
    return relation.single is not Single.NO


def is_figure(end: End) -> bool:
    """Whether a claim's end is a date or a quantity."""
    return isinstance(end.value, Date | Quantity)
