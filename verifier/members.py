"""Who belongs to a group at a time, who may, and whether that is all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from verifier.agreement import is_sure
from verifier.candidates import candidates
from verifier.evidence import Evidence
from verifier.inforce import Hold
from verifier.lists import has_whole_list
from verifier.model import Date, EntityValue, Group, Period, PeriodKind, Statement, Term
from verifier.outranked import outranked_by
from verifier.relations import Catalogue, Relation
from verifier.weigh import Fact, Question, facts_about, facts_of

__all__ = ["Members", "find_members", "is_complete", "questions", "related"]


@dataclass(frozen=True, slots=True)
class Members:
    """The things of a group, by id."""

    sure: tuple[str, ...]
    possible: tuple[str, ...] = ()
    """Things of which the tables do not tell whether they belong to it."""
    complete: bool = False
    """Whether a list that is declared complete leaves nothing out."""
    statements: tuple[Statement, ...] = ()
    """What makes the sure ones members."""
    unclear: str = ""
    """The words of a condition that could not be understood."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """What one condition of a group says."""

    sure: frozenset[str]
    possible: frozenset[str]
    denied: frozenset[str]
    complete: bool
    statements: tuple[tuple[str, Statement], ...]


def find_members(group: Group, at: Date, evidence: Evidence, *, catalogue: Catalogue) -> Members:
    """The members of a group at a time: what all its conditions have in common.

    If one condition's list is complete, only what is on it can be a member; a thing on it of which another
    condition says nothing is possible. Without a complete list the members are those that are known.
    """
    listed = []
    for relation, other, member_is_object in group.conditions:
        found = _condition(
            relation, other, at, evidence, member_is_object=member_is_object, catalogue=catalogue
        )
        if found is None:
            return Members((), unclear=other.text)
        listed.append(found)
    if not listed:
        return Members((), unclear=group.text)
    everyone = reduce(frozenset.union, (one.sure | one.possible for one in listed))
    complete = [one for one in listed if one.complete]
    for one in complete:
        everyone &= one.sure | one.possible
    for one in listed:
        everyone -= one.denied - one.sure
    sure = reduce(frozenset.intersection, (one.sure for one in listed))
    possible = everyone - sure
    if not complete:
        # On no complete list, what one condition leaves open may be a member, like so many others unknown.
        possible = frozenset(id for id in possible if all(id in one.sure | one.possible for one in listed))
    statements = tuple(statement for one in listed for member, statement in one.statements if member in sure)
    return Members(tuple(sorted(sure)), tuple(sorted(possible)), bool(complete), statements)


def _condition(
    name: str, other: Term, at: Date, evidence: Evidence, *, member_is_object: bool, catalogue: Catalogue
) -> _Listed | None:
    # Of several things with this name, the one that anything is said about.
    best: _Listed | None = None
    for question in questions(
        name, other, at, evidence, member_is_object=member_is_object, catalogue=catalogue
    ):
        found = _read(question, member_is_object=member_is_object)
        if best is None or len(found.sure) > len(best.sure):
            best = found
    return best


def questions(
    name: str, other: Term, at: Date, evidence: Evidence, *, member_is_object: bool, catalogue: Catalogue
) -> Iterator[Question]:
    """What stands in a relation to a term at a time, asked of each thing the term surely names."""
    relation = catalogue.get(name) or Relation(name, name, lasting=True, declared=False)
    types = relation.subject_types if member_is_object else relation.object_types
    period = Period(PeriodKind.AT, at, text="as of")
    for end in candidates(other, types, evidence):
        if end.id is not None and (end.match is None or is_sure(end.match)):
            yield Question(relation, end, end, (period,), (), at, evidence, catalogue)


def related(question: Question, *, member_is_object: bool) -> Iterator[tuple[str | None, Fact]]:
    """The statements about a question's thing, and what each sets beside it; None if it does not name it."""
    thing = question.subject.id
    assert thing is not None
    facts = facts_of(question, thing) if member_is_object else facts_about(question, thing)
    for fact in facts:
        if not member_is_object:
            yield fact.subject, fact
        else:
            yield (fact.value.id if isinstance(fact.value, EntityValue) else None), fact


def is_complete(question: Question, dates: Sequence[Date], *, member_is_object: bool) -> bool:
    """Whether all that stands in the relation to a question's thing is listed, at each of these dates."""
    thing = question.subject.id
    assert thing is not None
    return has_whole_list(question.relation, thing, dates, question.evidence, as_subject=member_is_object)


def _read(question: Question, *, member_is_object: bool) -> _Listed:
    sure: dict[str, Statement] = {}
    possible, denied = set(), set()
    for member, fact in related(question, member_is_object=member_is_object):
        hold = question.timing(fact).hold
        if member is None or hold is Hold.OUTSIDE:
            continue
        if not fact.positive:
            denied.add(member)
        elif hold is Hold.HOLDS and not outranked_by(question, fact):
            sure.setdefault(member, fact.statement)
        else:
            possible.add(member)
    complete = is_complete(question, (question.as_of,), member_is_object=member_is_object)
    statements = tuple(sorted(sure.items(), key=lambda item: item[0]))
    return _Listed(frozenset(sure), frozenset(possible - set(sure)), frozenset(denied), complete, statements)
