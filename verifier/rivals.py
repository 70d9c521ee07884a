"""What else stands in a claim's place: another value, or another subject, where there can be only one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verifier.agreement import Agreement, agreement, place_contains
from verifier.dates import add_days
from verifier.evidence import Evidence
from verifier.explain import show
from verifier.inforce import Hold, holds_throughout, moments
from verifier.model import Date, EntityValue, Reason, Value
from verifier.outcome import Outcome, contradicted, unknown
from verifier.relations import Single
from verifier.weigh import Question, Weighed, facts_about, is_single, key_of, weigh

__all__ = [
    "against_rivals",
    "both_sides",
    "may_hold",
    "rivals_of",
    "subject_rivals",
    "successive",
    "superseded",
]


def rivals_of(question: Question, positive: Sequence[Weighed]) -> list[Weighed]:
    """Statements in force that have another value, or one too like to tell, in the claim's own place."""
    relation = question.relation
    if not is_single(relation):
        return []
    times = moments(question.periods, question.as_of)
    claimed = [key_of(question, key, None) for key in relation.key]
    if None in claimed:
        return []
    found = []
    for w in positive:
        if w.value in (Agreement.SAME, Agreement.INSIDE) or w.qualifiers is Agreement.OTHER:
            continue
        if [key_of(question, key, w.fact) for key in relation.key] != claimed:
            continue
        days = question.course(w.fact)
        in_force = relation.single is Single.EVER or any(
            holds_throughout(days, time) and not _before_seen(w, time) for time in times
        )
        if in_force and not superseded(question, w, positive):
            found.append(w)
    return _top(found)


def _before_seen(weighed: Weighed, time: Date) -> bool:
    """Whether a row without a beginning was first seen after this time: another value may have held then."""
    statement = weighed.fact.statement
    seen = statement.seen_first
    return statement.start is None and seen is not None and time.latest < seen.earliest


def subject_rivals(question: Question) -> list[Weighed]:
    """The same where an object has one subject: another country that this person presides over."""
    relation, object = question.relation, question.object.id
    if relation.single_subject is Single.NO or object is None:
        return []
    times = moments(question.periods, question.as_of)
    plain = replace(relation, value_within="")
    found = []
    for fact in facts_about(question, object):
        value = agreement(EntityValue(fact.subject), question.subject, plain, question.evidence)
        if not fact.positive or value is Agreement.SAME:
            continue
        w = weigh(question, fact)
        in_force = relation.single_subject is Single.EVER or any(
            holds_throughout(question.course(fact), time) for time in times
        )
        if in_force and w.qualifiers is not Agreement.OTHER:
            found.append(replace(w, value=value))
    return _top(found)


def _top(weighed: list[Weighed]) -> list[Weighed]:
    best = max((w.strength[1:] for w in weighed), default=None)
    return [w for w in weighed if w.strength[1:] == best]


def against_rivals(question: Question, rivals: Sequence[Weighed]) -> Outcome | None:
    """What follows from other values in the claim's place; None if nothing does."""
    evidence = question.evidence
    others = [w for w in rivals if w.value is Agreement.OTHER]
    if len(others) < len(rivals):
        return None
    ends = list(dict.fromkeys(_other_end(question, w) for w in others))
    if any(not _overlap(first, second, evidence) for i, first in enumerate(ends) for second in ends[i + 1 :]):
        if len({w.fact.statement.table for w in others}) > 1:
            return unknown(
                question, Reason.SOURCES_DISAGREE, both_sides(question, others[0], others[-1]), beside=others
            )
        told = " and ".join(show(end, evidence) for end in ends)
        why = f"{told} are both stated, and there may be more"
        return unknown(question, Reason.NO_STATEMENT, why, beside=others)
    if question.object.unresolved:
        return None
    by_subject = others[0].fact.subject == question.subject.id
    single = question.relation.single if by_subject else question.relation.single_subject
    limit = "there was only ever one" if single is Single.EVER else "there is only one at a time"
    keys = " and ".join(
        found.label if (found := question.catalogue.get(key)) is not None else key
        for key in question.relation.key
    )
    claimed = question.name(question.object if by_subject else question.subject)
    rule = f"{limit}{f' per {keys}' if keys and by_subject else ''}, so it is not {claimed}"
    return contradicted(question, others, Reason.DIFFERENT_VALUE, rule, repair=show(ends[0], evidence))


def successive(question: Question, positive: Sequence[Weighed]) -> list[Weighed]:
    """Others who one after another held the claim's own place all through its time: nobody else did then."""
    relation = question.relation
    if relation.single is not Single.AT_A_TIME or any(w.value is not Agreement.OTHER for w in positive):
        return []
    claimed = [key_of(question, key, None) for key in relation.key]
    times = moments(question.periods, question.as_of)
    if None in claimed or not times:
        return []
    spans = sorted(
        (
            (question.course(w.fact).begun_by, question.course(w.fact).sure_until, n)
            for n, w in enumerate(positive)
        )
    )
    for time in times:
        day = time.earliest
        taken: list[Weighed] = []
        for begun, until, number in spans:
            w = positive[number]
            here = [key_of(question, key, w.fact) for key in relation.key] == claimed
            reached = add_days(day, 1) if taken else day
            if here and begun <= reached and until >= day:
                taken.append(w)
                day = until
        if len(taken) > 1 and day >= time.latest:
            return taken
    return []


def _other_end(question: Question, weighed: Weighed) -> Value:
    fact = weighed.fact
    return fact.value if fact.subject == question.subject.id else EntityValue(fact.subject)


def _overlap(first: Value, second: Value, evidence: Evidence) -> bool:
    """Whether two values can be the case at once, one place lying in the other."""
    if not isinstance(first, EntityValue) or not isinstance(second, EntityValue):
        return False
    return place_contains(first.id, second.id, evidence) or place_contains(second.id, first.id, evidence)


def superseded(question: Question, weighed: Weighed, positive: Sequence[Weighed]) -> bool:
    """Whether a row that is only assumed to hold since it was last seen is known to be over.

    Either its end is stated elsewhere, or something else took its single place later on.
    """
    seen = question.course(weighed.fact).seen_last
    if seen is None or (weighed.timing.firm and weighed.timing.hold is Hold.HOLDS):
        return False
    for other in positive:
        statement = other.fact.statement
        if other.entails and statement.end is not None and statement.end.earliest > seen.latest:
            return True
        took_over = question.relation.single is Single.AT_A_TIME and other.value is Agreement.OTHER
        began = statement.start is not None and statement.start.earliest > seen.latest
        if took_over and began and other.timing.hold is Hold.HOLDS and _same_place(question, other, weighed):
            return True
    return False


def _same_place(question: Question, one: Weighed, other: Weighed) -> bool:
    keys = [
        (key_of(question, key, one.fact), key_of(question, key, other.fact)) for key in question.relation.key
    ]
    return all(first is not None and first == second for first, second in keys)


def both_sides(question: Question, one: Weighed, other: Weighed) -> str:
    return f"the sources disagree: {question.tell(one.fact)}, but {question.tell(other.fact)}"


def may_hold(question: Question, weighed: Weighed) -> bool:
    return question.relation.single is Single.AT_A_TIME and weighed.timing.hold is not Hold.OUTSIDE
