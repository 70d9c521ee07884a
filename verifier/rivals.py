"""What else stands in a claim's place: another value, or another subject, where there can be only one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from verifier.agreement import Agreement, agreement, place_contains
from verifier.dates import add_days
from verifier.evidence import Evidence
from verifier.explain import show
from verifier.inforce import Course, Hold, holds_throughout, moments
from verifier.model import Date, Day, EntityValue, PeriodKind, Reason, Value
from verifier.outcome import Outcome, contradicted, unknown
from verifier.relations import Single
from verifier.weigh import Question, Weighed, facts_about, is_single, key_of, weigh

__all__ = [
    "against_rivals",
    "both_sides",
    "clash",
    "may_hold",
    "overtaken",
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
            holds_throughout(days, time) and not _before_seen(w, time) and not _may_have_turned(question, w)
            for time in times
        )
        over = superseded(question, w, positive) or overtaken(question, w, positive)
        open_to = over or _may_have_followed(question, w) or _is_disputed(question, w)
        if in_force and not open_to:
            found.append(w)
    best = _top(found)
    return [*best, *(_beside(question, best[0], positive) if best else ())]


def _beside(question: Question, rival: Weighed, positive: Sequence[Weighed]) -> list[Weighed]:
    """Other values in the place of a rival, for more than the day of a change: it is not the only one."""
    found = []
    for w in positive:
        if (
            w.value is not Agreement.OTHER
            or w.fact.value == rival.fact.value
            or w.strength[1:] < rival.strength[1:]
        ):
            continue
        if w.timing.hold is not Hold.HOLDS or not _same_place(question, w, rival):
            continue
        over = superseded(question, w, positive) or overtaken(question, w, positive)
        if clash(question, w, rival) and not over:
            found.append(w)
    return found


def clash(question: Question, one: Weighed, other: Weighed) -> bool:
    """Whether two rows certainly hold at once, at some time, for more than the day of a change."""
    first, second = question.course(one.fact), question.course(other.fact)
    return max(first.begun_by, second.begun_by) < min(_last(first), _last(second))


def _last(course: Course) -> Day:
    return min(course.sure_until, course.stale)


def _is_disputed(question: Question, rival: Weighed) -> bool:
    """Whether a row that is no weaker denies the other value: then it excludes nothing."""
    ever = question.relation.single is Single.EVER
    denials = (weigh(question, f) for f in question.facts if not f.positive and f.value == rival.fact.value)
    return any(
        (ever or w.timing.hold is not Hold.OUTSIDE) and w.strength[1:] >= rival.strength[1:] for w in denials
    )


def _may_have_followed(question: Question, rival: Weighed) -> bool:
    """Whether an undated row may have begun when what the claim speaks of ended."""
    row, ended = rival.fact.statement, (PeriodKind.ENDED, PeriodKind.UNTIL)
    undated = row.start is None and row.point_in_time is None and row.seen_first is None
    return (
        undated
        and question.relation.single is Single.AT_A_TIME
        and any(period.kind in ended for period in question.periods)
    )


def _may_have_turned(question: Question, weighed: Weighed) -> bool:
    """Whether the claim tells of a change on a day after which a row was not seen any more."""
    seen = question.course(weighed.fact).seen_last
    begun = [p.date for p in question.periods if p.kind is PeriodKind.BEGAN and p.date is not None]
    return seen is not None and any(seen.latest < date.latest for date in begun)


def _before_seen(weighed: Weighed, time: Date) -> bool:
    """Whether a row without a beginning was first seen only later: another value may have held then."""
    statement = weighed.fact.statement
    seen = statement.seen_first
    return statement.start is None and seen is not None and time.earliest < seen.earliest


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
    here = [
        w
        for w in positive
        if [key_of(question, key, w.fact) for key in relation.key] == claimed
        and not overtaken(question, w, positive)
    ]
    for time in times:
        follow = [w for w in here if not _before_seen(w, time) and not _may_have_turned(question, w)]
        taken = _one_after_another(time, [(question.course(w.fact), w) for w in follow])
        if len(taken) > 1:
            return taken
    return []


def _one_after_another(time: Date, held: Sequence[tuple[Course, Weighed]]) -> list[Weighed]:
    """Those who held it one after another from before a time until after it; none if there is a gap.

    On the first and the last day of all somebody else may have held it too.
    """
    spans = sorted((days.begun_by, _last(days), n) for n, (days, _) in enumerate(held))
    taken: list[Weighed] = []
    reached = time.earliest
    for begun, until, number in spans:
        joins = begun <= add_days(reached, 1) if taken else begun < reached
        if joins and until >= reached:
            taken.append(held[number][1])
            reached = until
    return taken if reached > time.latest else []


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

    Its end is stated elsewhere, or something else took its single place later on, or it is denied since.
    """
    seen = question.course(weighed.fact).seen_last
    if seen is None or (weighed.timing.firm and weighed.timing.hold is Hold.HOLDS):
        return False
    if any(_ended_after(seen, other) for other in positive if other.entails):
        return True
    return any(start.earliest > seen.latest for _, start in _begun(question, weighed, positive))


def overtaken(question: Question, weighed: Weighed, positive: Sequence[Weighed]) -> list[Weighed]:
    """What may have begun later in the single place of a row to which nobody gave an end: it may be over."""
    statement = weighed.fact.statement
    if statement.start is None or statement.end is not None or statement.open_end:
        return []
    since = statement.seen_last or statement.start
    return [w for w, start in _begun(question, weighed, positive) if start.latest > since.latest]


def _begun(
    question: Question, weighed: Weighed, positive: Sequence[Weighed]
) -> Iterator[tuple[Weighed, Date]]:
    """What excludes a row and began by the claim's time, with its beginning: other values, and denials."""
    denials = (weigh(question, fact) for fact in question.facts if not fact.positive)
    times = moments(question.periods, question.as_of)
    for other in (
        *(w for w in positive if _takes_place_of(question, w, weighed)),
        *(w for w in denials if w.fact.value == weighed.fact.value),
    ):
        start = other.fact.statement.start
        if start is None:
            continue
        if any(start.earliest <= time.latest for time in times) or other.timing.hold is Hold.HOLDS:
            yield other, start


def _takes_place_of(question: Question, other: Weighed, weighed: Weighed) -> bool:
    """Whether the two cannot be the case at once."""
    unlike = other.fact.value != weighed.fact.value and Agreement.OTHER in (other.value, weighed.value)
    single = question.relation.single is Single.AT_A_TIME
    return single and unlike and _same_place(question, other, weighed)


def _ended_after(since: Date, other: Weighed) -> bool:
    end = other.fact.statement.end
    return end is not None and end.earliest > since.latest and other.timing.hold is Hold.OUTSIDE


def _same_place(question: Question, one: Weighed, other: Weighed) -> bool:
    keys = [
        (key_of(question, key, one.fact), key_of(question, key, other.fact)) for key in question.relation.key
    ]
    return all(first is not None and first == second for first, second in keys)


def both_sides(question: Question, one: Weighed, other: Weighed) -> str:
    return f"the sources disagree: {question.tell(one.fact)}, but {question.tell(other.fact)}"


def may_hold(question: Question, weighed: Weighed) -> bool:
    return question.relation.single is Single.AT_A_TIME and weighed.timing.hold is not Hold.OUTSIDE
