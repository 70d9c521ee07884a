"""Lists that are declared complete: what is not on one is not so (design, section 3, "Closed world")."""

from __future__ import annotations

from verifier.agreement import Agreement, agreement, is_sure
from verifier.inforce import moments
from verifier.model import Completeness, Date, EntityValue, Match, MatchKind
from verifier.name_score import MIDDLE
from verifier.relations import Relation
from verifier.weigh import Question, facts_about

__all__ = ["complete_list", "covers", "is_closed"]


def covers(declared: Completeness, relation: Relation, date: Date) -> bool:
    """Whether a list that was complete as of some day tells about this date.

    Before that day it does for lasting relations, whose ended rows stay in a table; after it the list may
    have grown. Without a day it is complete for good.
    """
    as_of = declared.as_of
    if as_of is None or (date.earliest <= as_of.latest and as_of.earliest <= date.latest):
        return True
    if date.latest < as_of.earliest:
        return relation.lasting
    return False


def complete_list(question: Question) -> Completeness | None:
    """A list that is complete at the claim's time, and on which the claim would have to be."""
    dates = moments(question.periods, question.as_of) or (question.as_of,)
    for declared in question.evidence.completeness(question.relation.id):
        if _lists(declared, question) and all(covers(declared, question.relation, date) for date in dates):
            return declared
    return None


def is_closed(question: Question) -> bool:
    """Whether a table that knows the subject says all that there is to say in the relation."""
    found = complete_list(question)
    return found is not None and found.subject is None and found.object is None


def _lists(declared: Completeness, question: Question) -> bool:
    subject, object = question.subject, question.object
    if subject.id is None or (subject.match is not None and not _is_certain(subject.match)):
        return False
    if declared.subject is not None:
        return declared.subject == subject.id
    if declared.object is not None:
        return declared.object == object.id and not _may_be_listed(question)
    return question.evidence.known(subject.id, declared.table)


def _is_certain(match: Match) -> bool:
    """Whether absence may count: a misspelt name is found, one that leaves a word out may be another's."""
    return is_sure(match) and not (match.kind is MatchKind.FUZZY and match.score == MIDDLE)


def _may_be_listed(question: Question) -> bool:
    """Whether some subject on the list could be another name of the claim's."""
    match = question.subject.match
    if match is not None and match.kind is MatchKind.EXACT and match.alias == match.label:
        return False
    object = question.object.id
    listed = facts_about(question, object) if object is not None else ()
    return any(
        agreement(EntityValue(fact.subject), question.subject, question.relation, question.evidence)
        in (Agreement.UNSURE, Agreement.SAME)
        for fact in listed
    )
