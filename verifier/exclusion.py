"""What excludes a claim: a complete list that leaves it out, or dates at which it did not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from verifier.agreement import Agreement
from verifier.dates import format_date, within
from verifier.explain import show, when
from verifier.inforce import Hold
from verifier.lists import complete_list
from verifier.model import Completeness, PeriodKind, Reason, Stance, Statement, Verdict
from verifier.outcome import Outcome, claim_words, contradicted, findings, supported, time_words
from verifier.weigh import Question, Weighed

__all__ = ["closing_list", "is_declared", "not_listed", "outside"]


def closing_list(question: Question, found: Outcome, weighed: Sequence[Weighed]) -> Outcome:
    """What several values, or none, leave open is settled where the list of them is complete.

    In a table that is all there is to know, each of several values is one of them.
    """
    if found.verdict is not Verdict.UNKNOWN:
        return found
    complete = complete_list(question)
    if complete is None or (question.object.unresolved and is_declared(complete)):
        return found
    if found.reason is Reason.SOURCES_DISAGREE and complete.everything:
        agreeing = [w for w in weighed if w.supports and w.fact.positive]
        return supported(question, agreeing, rule="the claim agrees with it") if agreeing else found
    if found.reason is not Reason.NO_STATEMENT or any(
        w.value is not Agreement.OTHER for w in weighed if w.fact.positive
    ):
        return found
    return not_listed(question, complete, [w for w in weighed if w.timing.hold is Hold.HOLDS])


def not_listed(question: Question, complete: Completeness, listed: Sequence[Weighed]) -> Outcome:
    """Contradicted: a complete list does not have it."""
    source = complete.source.title or complete.source.publisher or complete.table
    day = "" if complete.as_of is None else format_date(complete.as_of)
    since = f" {'from' if ' to ' in day else 'as of'} {day}" if day else ""
    rule = f"{source} lists all{since}, and it does not list that {claim_words(question)}"
    values = {show(w.fact.value, question.evidence) for w in listed}
    of_subject = complete.object is None  # a list of members does not tell what else one of them is in
    repair = next(iter(values)) if len(values) == 1 and of_subject else ""
    told = contradicted(question, (), Reason.NOT_IN_COMPLETE_LIST, rule, repair=repair)
    return replace(told, findings=findings(question, listed, Stance.NEUTRAL, "this is what is listed"))


def is_declared(complete: Completeness) -> bool:
    """Whether a source vouches for this list alone: it may have what the claim names by another name."""
    return bool(complete.subject_types)


def outside(question: Question, excluded: Sequence[Weighed], rivals: Sequence[Weighed]) -> Outcome:
    """Contradicted: it held, but not at the time of the claim."""
    last = max(excluded, key=_latest)
    told = [last, *(w for w in excluded if w is not last)]
    values = {show(w.fact.value, question.evidence) for w in rivals if w.fact.subject == question.subject.id}
    if last.timing.reason is Reason.OUTSIDE_DATES and not question.periods:
        repair = next(iter(values)) if len(values) == 1 else ""
    else:
        repair = _dates(last.fact.statement) if _are_of_one_time(told) and _tells(question, last) else ""
    first = when(last.fact.statement)
    others = dict.fromkeys(spell for w in told if (spell := when(w.fact.statement)) != first)
    also = "" if _are_of_one_time(told) else " and ".join(spell.removeprefix(", ") for spell in others)
    rule = f"{f'it was so {also}, too; ' if also else ''}that excludes {time_words(question)}"
    return contradicted(question, told, last.timing.reason, rule, repair=repair)


def _tells(question: Question, weighed: Weighed) -> bool:
    """Whether the row has an end, if the claim is about one."""
    ended = {PeriodKind.ENDED, PeriodKind.UNTIL, PeriodKind.FORMER}
    return weighed.fact.statement.end is not None or not any(p.kind in ended for p in question.periods)


def _are_of_one_time(told: Iterable[Weighed]) -> bool:
    """Whether all rows can be of one stint, some dated more finely than others."""
    rows = [w.fact.statement for w in told]
    for stated in zip(*((row.start, row.point_in_time, row.end) for row in rows), strict=True):
        dates = [date for date in stated if date is not None]
        if dates and not all(within(max(dates, key=lambda date: date.precision), date) for date in dates):
            return False
    return True


def _latest(weighed: Weighed) -> tuple[object, str]:
    statement = weighed.fact.statement
    dates = (statement.end, statement.point_in_time, statement.start)
    return max((date.latest for date in dates if date is not None), default=(0, 0, 0)), statement.id


def _dates(statement: Statement) -> str:
    dates = (statement.start, statement.point_in_time, statement.end)
    return " to ".join(dict.fromkeys(format_date(date) for date in dates if date is not None))
