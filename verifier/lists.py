"""Lists that are declared complete: what is not on one is not so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from verifier.agreement import Agreement, End, agreement, is_sure
from verifier.dates import add_days, decade, month, within, year
from verifier.evidence import Evidence
from verifier.inforce import moments
from verifier.model import Completeness, Date, Day, EntityValue, Match, MatchKind, PeriodKind, Precision
from verifier.name_score import MIDDLE
from verifier.relations import Relation
from verifier.weigh import Question, facts_about

__all__ = ["complete_list", "cover", "covers", "has_whole_list", "is_closed", "lapsed_list", "lists_of"]


# ------------------------------------------------------------------------------------------------- when


def covers(declared: Completeness, relation: Relation, date: Date) -> bool:
    """Whether a list that was complete as of some day tells about this date.

    Before that day it does for lasting relations, whose ended rows stay in a table; after it the list may
    have grown. A list that was complete for a span of days tells of these and no others. Without a day it is
    complete for good.
    """
    as_of = declared.as_of
    if as_of is None:
        return True
    if _is_span(as_of):
        return within(date, as_of)
    if date.earliest <= as_of.latest and as_of.earliest <= date.latest:
        return True
    return relation.lasting and date.latest < as_of.earliest


def cover(declared: Sequence[Completeness], relation: Relation, date: Date) -> bool:
    """Whether declarations of one list tell about this date; spans that follow on each other are one."""
    if any(covers(one, relation, date) for one in declared):
        return True
    spans = sorted(
        (one.as_of.earliest, one.as_of.latest)
        for one in declared
        if one.as_of is not None and _is_span(one.as_of)
    )
    reached: Day = date.earliest
    for first, last in spans:
        if first <= reached <= last:
            if date.latest <= last:
                return True
            reached = add_days(last, 1)
    return False


_UNITS: Mapping[Precision, Callable[[Day], Date]] = {
    Precision.MONTH: lambda first: month(first[0], first[1]),
    Precision.YEAR: lambda first: year(first[0]),
    Precision.DECADE: lambda first: decade(first[0]),
}


def _is_span(as_of: Date) -> bool:
    """Whether it runs from one day to another: "2021" and "2021-02" are one moment, known no better."""
    if as_of.earliest == as_of.latest:
        return False
    unit = _UNITS.get(as_of.precision)
    if as_of.precision is Precision.DECADE and as_of.earliest[0] % 10:
        return True
    return unit is None or unit(as_of.earliest) != as_of


# ------------------------------------------------------------------------------------------------- which


def complete_list(question: Question, *, today: bool = False) -> Completeness | None:
    """A list that is complete at the claim's time, and on which the claim would have to be.

    With `today`, one of that day is enough for a claim that something has been so since another one.
    """
    dates = moments(question.periods, question.as_of) or (question.as_of,)
    if today and {period.kind for period in question.periods} == {PeriodKind.SINCE}:
        dates = (question.as_of,)
    declared = list(lists_of(question))
    if {period.kind for period in question.periods} == {PeriodKind.BEFORE}:
        declared = [one for one in declared if one.as_of is None]  # who is on no list now may have been on it
    for one in declared:
        same = [other for other in declared if _is_same_list(one, other)]
        if all(cover(same, question.relation, date) for date in dates):
            return next((other for other in same if covers(other, question.relation, dates[0])), one)
    return None


def lists_of(question: Question) -> Iterator[Completeness]:
    """The lists that are declared complete, at whatever time, and on which the claim would have to be."""
    declared = question.evidence.completeness(question.relation.id)
    return (one for one in declared if _lists(one, question))


def lapsed_list(question: Question) -> Completeness | None:
    """A list on which the claim would have to be, and that is complete only until an earlier day."""
    dates = moments(question.periods, question.as_of) or (question.as_of,)
    ended = [
        (one.as_of.latest, one)
        for one in question.evidence.completeness(question.relation.id)
        if one.as_of is not None
        and all(one.as_of.latest < date.earliest for date in dates)
        and _lists(one, question)
    ]
    return max(ended, key=lambda pair: pair[0], default=(None, None))[1]


def _is_same_list(one: Completeness, other: Completeness) -> bool:
    return (one.subject, one.object, one.subject_types, one.table) == (
        other.subject,
        other.object,
        other.subject_types,
        other.table,
    )


def is_closed(question: Question) -> bool:
    """Whether a table that knows the subject says all that there is to say in the relation."""
    found = complete_list(question)
    return found is not None and found.everything


def has_whole_list(
    relation: Relation, thing: str, dates: Sequence[Date], evidence: Evidence, *, as_subject: bool
) -> bool:
    """Whether all that stands in the relation to a thing is listed, at each of these dates."""
    declared = [
        one
        for one in evidence.completeness(relation.id)
        if one.everything
        or (one.subject == thing if as_subject else one.object == thing)
        or ((as_subject or relation.symmetric) and _has_list(one, relation, thing, evidence))
    ]
    return any(
        all(
            cover([other for other in declared if _is_same_list(one, other)], relation, date)
            for date in dates
        )
        for one in declared
    )


def _lists(declared: Completeness, question: Question) -> bool:
    subject, object = question.subject, question.object
    if subject.id is None or not _is_certain(subject):
        return False
    if declared.subject_types:
        return _lists_kinds(declared, question)
    if declared.subject is not None:
        return declared.subject == subject.id
    if declared.object is not None:
        return declared.object == object.id and not _may_be_listed(question)
    return question.evidence.known(subject.id, declared.table) and not _is_kind_word(question)


def _is_kind_word(question: Question) -> bool:
    """Whether the subject is a common noun, as of "one engineer left", of which the relation says nothing.

    Then it stands for somebody of that kind, who is not named.
    """
    id, relation, evidence = question.subject.id, question.relation.id, question.evidence
    entity = evidence.entity(id) if id is not None else None
    if id is None or entity is None or not entity.label.islower():
        return False
    if evidence.statements(id, relation) or evidence.statements_about(relation, id):
        return False
    return bool(question.relation.subject_types)


def _is_certain(end: End) -> bool:
    """Whether absence may count: a misspelt name is found, one that leaves a word out may be another's."""
    match: Match | None = end.match
    return match is None or (is_sure(match) and not (match.kind is MatchKind.FUZZY and match.score == MIDDLE))


def _may_be_listed(question: Question) -> bool:
    """Whether some other subject on the list could be another name of the claim's."""
    match = question.subject.match
    if match is not None and match.kind is MatchKind.EXACT and match.alias == match.label:
        return False
    object = question.object.id
    listed = facts_about(question, object) if object is not None else ()
    return any(
        agreement(EntityValue(fact.subject), question.subject, question.relation, question.evidence)
        in (Agreement.UNSURE, Agreement.SAME)
        for fact in listed
        if fact.subject != question.subject.id
    )


# ----------------------------------------------------------------------------------- lists by kind of subject


def _lists_kinds(declared: Completeness, question: Question) -> bool:
    """Whether a list of each thing of some kinds decides the claim; if symmetric, either end's does.

    A list says nothing of what no list names: it was drawn up of other things.
    """
    subject, object = question.subject.id, question.object.id
    if subject is None or object is None or not _is_certain(question.object):
        return False
    if _decides(declared, question, subject, object):
        return True
    return question.relation.symmetric and _decides(declared, question, object, subject)


def _decides(declared: Completeness, question: Question, owner: str, other: str) -> bool:
    """Whether the list of one end is whole, and would name the other end if it belonged there."""
    relation, evidence = question.relation, question.evidence
    if not _has_list(declared, relation, owner, evidence) or not _is_named(declared, question, other):
        return False
    if not relation.symmetric:
        return True
    kinds = evidence.types(other) & set(declared.subject_types)
    if not kinds:
        return False
    # What has no whole list of its own may be there by a part of it, which is of another kind.
    return other not in declared.excepted or all(
        kinds & evidence.types(listed) for listed in _listed(declared, relation, owner, evidence)
    )


def _has_list(declared: Completeness, relation: Relation, thing: str, evidence: Evidence) -> bool:
    if not declared.subject_types or thing in declared.excepted:
        return False
    if not evidence.types(thing) & set(declared.subject_types):
        return False
    own = evidence.statements(thing, relation.id)
    return any(statement.table == declared.table for statement in own) or any(
        True for _ in _listed(declared, relation, thing, evidence)
    )


def _listed(declared: Completeness, relation: Relation, thing: str, evidence: Evidence) -> Iterator[str]:
    """What the table that declares the lists sets beside a thing, now or at another time."""
    for statement in evidence.statements(thing, relation.id):
        if statement.table == declared.table and isinstance(statement.value, EntityValue):
            yield statement.value.id
    if relation.symmetric:
        for statement in evidence.statements_about(relation.id, thing):
            if statement.table == declared.table:
                yield statement.subject


def _is_named(declared: Completeness, question: Question, thing: str) -> bool:
    """Whether some list has it, or it has a list."""
    relation, evidence = question.relation, question.evidence
    about = evidence.statements_about(relation.id, thing)
    if any(statement.table == declared.table for statement in about):
        return True
    return relation.symmetric and any(True for _ in _listed(declared, relation, thing, evidence))
