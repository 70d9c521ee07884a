"""Claims that end in a date or a quantity: which stated figures are of its time, and do they agree?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from verifier.agreement import Agreement, is_sure
from verifier.dates import days_between, format_date, within
from verifier.evidence import WIKIDATA
from verifier.explain import quoted, show
from verifier.inforce import Hold
from verifier.lists import has_whole_list
from verifier.model import Date, PeriodKind, Quantity, Rank, Reason, Stance, Value, Verdict
from verifier.outcome import Outcome, contradicted, findings, supported, time_words, unknown
from verifier.relations import Single, ValueKind
from verifier.weigh import Question, Weighed

__all__ = ["decide_figure", "newest"]

_ONE_ROUND = 366
"""Days within which figures of different sources count as figures of one time."""
_YEAR = Decimal("365.25")


def decide_figure(question: Question, weighed: Sequence[Weighed]) -> Outcome:
    """Compare a claimed date or quantity with the stated ones of its time."""
    kind = type(question.object.value)
    stated = [w for w in weighed if w.fact.positive and isinstance(w.fact.value, kind)]
    stated = [w for w in stated if w.qualifiers is Agreement.SAME]
    # What only entails the relation excludes no other value of it.
    stated = [w for w in stated if not w.fact.narrower or w.value is Agreement.SAME]
    if not stated:
        return unknown(question, Reason.NO_STATEMENT, _none_stated(question))
    current = newest([w for w in stated if w.timing.hold is Hold.HOLDS])
    if not current and question.relation.drift:
        current = [w for w in stated if w.value is Agreement.SAME and _of_that_time(question, w)]
    if current:
        return _weighed_against(question, _decide(question, current), stated)
    within_it = [w for w in stated if _is_of_years(question, w)]
    if within_it and all(w.value is Agreement.OTHER for w in within_it):
        return _differs(question, within_it)
    other_times = [w for w in stated if w.timing.hold is Hold.UNSURE] or stated
    beyond = [w for w in other_times if w.value is Agreement.OTHER and _drifts_too_far(question, w)]
    if beyond and len(beyond) == len(other_times):
        return _differs(question, beyond)
    told = question.tell(other_times[0].fact)
    why = f"{told}, and no statement tells what it was for {time_words(question)}"
    return unknown(question, Reason.DATES_UNKNOWN, why, beside=other_times)


def _none_stated(question: Question) -> str:
    return f"no statement gives {quoted(question.relation.label)} for {question.name(question.subject)}"


def _weighed_against(question: Question, found: Outcome, stated: Sequence[Weighed]) -> Outcome:
    """A figure that some source gives for a time near the claim's is not excluded by those of others."""
    if found.verdict is not Verdict.CONTRADICTED:
        return found
    series = {_series(w) for w in stated if w.value is Agreement.OTHER and _is_of_just_then(question, w)}
    claimed = [w for w in stated if w.value is Agreement.SAME and _of_that_time(question, w)]
    claimed = [w for w in claimed if _series(w) not in series or _is_of_just_then(question, w)]
    if not claimed:
        return found
    stances = (*findings(question, claimed, Stance.SUPPORTS, "it agrees with the claim"), *found.findings)
    told = show(claimed[0].fact.value, question.evidence)
    why = f"the sources disagree: {told} is stated too, if not for {time_words(question)}"
    return unknown(question, Reason.SOURCES_DISAGREE, why, stances=stances)


def _series(weighed: Weighed) -> tuple[str, ...]:
    """Whose figures one is of: who gives one for each year does not give next year's for this."""
    source = weighed.fact.statement.sources[0] if weighed.fact.statement.sources else None
    return (weighed.fact.statement.table, *((source.publisher, source.url) if source is not None else ()))


def _is_of_just_then(question: Question, weighed: Weighed) -> bool:
    """Whether a figure is given for the very time that the claim names."""
    stated = weighed.fact.statement.point_in_time
    dates = [period.date for period in question.periods if period.date is not None]
    return stated is not None and bool(dates) and all(within(stated, date) for date in dates)


def _is_of_years(question: Question, weighed: Weighed) -> bool:
    """Whether a figure is of a year that runs through two, as the claim's does: "in fiscal year 2019/20"."""
    stated = weighed.fact.statement.point_in_time
    if stated is None or stated.earliest[0] == stated.latest[0] or len(question.periods) != 1:
        return False
    first, last = question.periods[0].date, question.periods[0].until
    if question.periods[0].kind is not PeriodKind.BETWEEN or first is None or last is None:
        return False
    return (first.earliest[0], last.latest[0]) == (stated.earliest[0], stated.latest[0])


def _of_that_time(question: Question, weighed: Weighed) -> bool:
    stated = weighed.fact.statement.point_in_time
    dates = [period.date for period in question.periods if period.date is not None] or [question.as_of]
    return stated is not None and all(
        days_between(stated.latest, date.earliest) <= _ONE_ROUND
        and days_between(date.latest, stated.earliest) <= _ONE_ROUND
        for date in dates
    )


def newest(current: list[Weighed]) -> list[Weighed]:
    """Preferred rank first, then the trusted table, then the newest of each source."""
    if not current:
        return []
    current = _by_their_dates(current)
    best = max((w.fact.statement.rank is Rank.PREFERRED, w.trust) for w in current)
    current = [w for w in current if (w.fact.statement.rank is Rank.PREFERRED, w.trust) == best]
    if any(w.timing.firm for w in current):
        return [w for w in current if w.timing.firm]
    dated = [(w, w.timing.seen) for w in current if w.timing.seen is not None]
    if not dated:  # all of them ended at some time within the claim's
        return current
    newest = max(seen.latest for _, seen in dated)
    by_source: dict[tuple[str, str, str], list[tuple[Weighed, Date]]] = {}
    for one, seen in dated:
        source = one.fact.statement.sources[0] if one.fact.statement.sources else None
        names = (source.publisher, source.title) if source is not None else ("", "")
        by_source.setdefault((one.fact.statement.table, *names), []).append((one, seen))
    kept: list[Weighed] = []
    for of_source in by_source.values():
        latest = max(seen.latest for _, seen in of_source)
        if days_between(latest, newest) <= _ONE_ROUND:
            kept.extend(one for one, seen in of_source if seen.latest == latest)
    return kept


def _by_their_dates(current: list[Weighed]) -> list[Weighed]:
    """Without what Wikidata states for no time, where it states other figures for one: it may be of any."""
    dated = [w for w in current if _has_date(w)]
    return [w for w in current if w.trust != WIKIDATA or _has_date(w)] if dated else current


def _has_date(weighed: Weighed) -> bool:
    statement = weighed.fact.statement
    return any(date is not None for date in (statement.point_in_time, statement.start, statement.end))


def _page(weighed: Weighed) -> tuple[str, str, str]:
    source = weighed.fact.statement.sources[0] if weighed.fact.statement.sources else None
    return (weighed.fact.statement.table, source.url, source.title) if source is not None else ("", "", "")


def _decide(question: Question, current: list[Weighed]) -> Outcome:
    relation = question.relation
    agree = [w for w in current if w.value is Agreement.SAME]
    differ = [w for w in current if w.value is Agreement.OTHER]
    if relation.value is ValueKind.DATE:
        # A page that states two dates means both: the steps of one thing.
        pages = {page for w in agree if (page := _page(w))[1]}
        differ = [w for w in differ if _page(w) not in pages]
    many = relation.single is Single.NO and not (relation.declared and relation.value is ValueKind.QUANTITY)
    if agree and (many or not differ):
        return supported(question, agree, rule="the claim agrees with it")
    if agree:
        stances = findings(question, agree, Stance.SUPPORTS, "it agrees with the claim")
        against = findings(question, differ, Stance.CONTRADICTS, "it differs from the claim")
        told = ", but ".join(question.tell(w.fact) for w in (agree[0], differ[0]))
        return unknown(
            question,
            Reason.SOURCES_DISAGREE,
            f"the sources disagree: {told}",
            stances=(*stances, *against),
        )
    if not differ or len(differ) < len(current):
        told = question.tell(next((w for w in current if w not in differ), current[0]).fact)
        why = f"{told}, which leaves it open whether it is {question.name(question.object)}"
        return unknown(question, Reason.NO_STATEMENT, why, beside=current)
    if _is_of_any_time(question):
        why = f"what it was at another time before {format_date(question.as_of)} is not stated"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=differ)
    near = [w for w in differ if not w.timing.firm and not _drifts_too_far(question, w)]
    if near:
        told = question.tell(near[0].fact)
        why = f"{told}, which is of another time than {time_words(question)}, and it may have changed"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=near)
    if many and not _all_listed(question) and not _may_be_one([w.fact.value for w in differ]):
        return unknown(
            question, Reason.NO_STATEMENT, "several values are stated, and there may be more", beside=differ
        )
    return _differs(question, differ)


def _is_of_any_time(question: Question) -> bool:
    """Whether a claim says only that it was so once ("had six members"), of a figure that comes in steps."""
    relation = question.relation
    past = bool(question.periods) and all(
        p.kind is PeriodKind.BEFORE and p.date == question.as_of for p in question.periods
    )
    return past and relation.single is Single.AT_A_TIME and not relation.drift and not relation.lasting


def _may_be_one(values: Sequence[Value]) -> bool:
    """Whether several sources give one value: the same, or a date once as the day and once as the year."""
    dates = [value for value in values if isinstance(value, Date)]
    if len(dates) < len(values):
        return len(set(values)) <= 1
    finest = max(dates, key=lambda date: date.precision)
    return all(within(finest, date) for date in dates)


def _all_listed(question: Question) -> bool:
    """Whether some table declares that it has every value of this subject."""
    subject, match = question.subject.id, question.subject.match
    sure = subject is not None and (match is None or is_sure(match))
    return sure and has_whole_list(
        question.relation, subject or "", (question.as_of,), question.evidence, as_subject=True
    )


def _differs(question: Question, differ: list[Weighed]) -> Outcome:
    claimed = question.name(question.object)
    is_date = isinstance(question.object.value, Date)
    reason = Reason.DATE_DIFFERS if is_date else Reason.QUANTITY_DIFFERS
    values = list(dict.fromkeys(show(w.fact.value, question.evidence) for w in differ))
    repair = values[0] if len(values) == 1 else ""
    return contradicted(
        question, differ, reason, f"the claim says {claimed}, which that excludes", repair=repair
    )


def _drifts_too_far(question: Question, weighed: Weighed) -> bool:
    """Whether a figure of another time excludes the claimed one, however it may have changed in between.

    A relation that does not say how fast its figures change leaves only claims without a time of their own
    open to a figure that still counts.
    """
    claimed, stated = question.object.value, weighed.fact.value
    drift, seen = question.relation.drift, weighed.fact.statement.point_in_time or weighed.timing.seen
    if drift == 0:
        return not question.periods and weighed.timing.hold is Hold.HOLDS
    if (
        not isinstance(claimed, Quantity)
        or not isinstance(stated, Quantity)
        or seen is None
        or not stated.amount
    ):
        return False
    if claimed.unit != stated.unit:
        return False
    dates = [period.date for period in question.periods if period.date is not None] or [question.as_of]
    days = max(
        max(days_between(seen.earliest, date.latest), days_between(date.earliest, seen.latest))
        for date in dates
    )
    share = abs(claimed.amount - stated.amount) / abs(stated.amount)
    return share > Decimal(str(drift)) * (Decimal(days) / _YEAR + 1)
