"""Rows that record what somebody pledged, planned or announced: they support the saying, never the thing."""

from __future__ import annotations

from dataclasses import replace

from verifier.candidates import candidates
from verifier.evidence import NATURE, STATED_BY, Evidence
from verifier.explain import article, show
from verifier.inforce import Hold
from verifier.model import Date, EntityValue, Modality, Period, PeriodKind, Reading, Statement, Triple
from verifier.outcome import Outcome, supported
from verifier.relations import Catalogue, Relation
from verifier.values import Comparison, compare_texts
from verifier.weigh import Question, Weighed, weigh

__all__ = ["recorded"]

_NATURES = {
    Modality.PROMISED: frozenset(
        {"pledge", "promise", "commitment", "undertaking", "announcement", "agreement", "plan"}
    ),
    Modality.PLANNED: frozenset(
        {"plan", "intention", "announcement", "pledge", "promise", "agreement", "request"}
    ),
    Modality.SAID: frozenset(
        {"statement", "position", "announcement", "claim", "pledge", "promise", "plan", "agreement"}
    ),
}
"""Which natures of statement record which way of saying it."""


def recorded(
    triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date
) -> tuple[Outcome, Reading] | None:
    """A row that records this saying, by its speaker; None if there is none."""
    for reading in triple.readings:
        relation = catalogue.get(reading.relation) or Relation(
            reading.relation, reading.label, declared=False
        )
        ends = (triple.object, triple.subject) if reading.inverse else (triple.subject, triple.object)
        for subject in candidates(ends[0], relation.subject_types, evidence):
            for object in candidates(ends[1], relation.object_types, evidence):
                question = Question(
                    relation,
                    subject,
                    object,
                    _deadlines(triple.periods),
                    triple.qualifiers,
                    as_of,
                    evidence,
                    catalogue,
                )
                weighed = [weigh(question, fact) for fact in question.recorded]
                found = [w for w in weighed if _records(triple, question, w)]
                if found:
                    return supported(question, found, rule=_rule(found[0], evidence)), reading
    return None


def _deadlines(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """A pledge to do it by June is another than to do it by July: the day named is part of what was said."""
    return tuple(replace(p, kind=PeriodKind.BEGAN) if p.kind is PeriodKind.BY else p for p in periods)


def _rule(weighed: Weighed, evidence: Evidence) -> str:
    natures = weighed.fact.statement.qualifier(NATURE)
    told = ", ".join(show(nature, evidence) for nature in natures)
    return f"that is recorded as {article(told)} {told}, which is what the claim reports"


def _records(triple: Triple, question: Question, weighed: Weighed) -> bool:
    statement = weighed.fact.statement
    if weighed.fact.positive is triple.negated or not weighed.entails:
        return False
    if triple.periods and weighed.timing.hold is not Hold.HOLDS:
        return False
    if not triple.periods and weighed.timing.hold is Hold.OUTSIDE:
        return False
    wanted = _NATURES.get(triple.modality, frozenset())
    told = {
        word
        for value in statement.qualifier(NATURE)
        for word in show(value, question.evidence).casefold().split()
    }
    return bool(wanted & told) and _said_by(triple, question, statement)


def _said_by(triple: Triple, question: Question, statement: Statement) -> bool:
    """Whether the row's speaker is the claim's; a row without one speaks for its subject."""
    if triple.speaker is None:
        return True
    speakers = statement.qualifier(STATED_BY) or (EntityValue(question.subject.id or ""),)
    claimed = {match.id for match in triple.speaker.matches}
    return any(
        value.id in claimed
        if isinstance(value, EntityValue)
        else compare_texts(triple.speaker.text, show(value, question.evidence)) is Comparison.AGREES
        for value in speakers
    )
