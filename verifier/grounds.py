"""The grounds on which one question is answered (design, section 3): one relation, one subject, one object.

Read `decide` from top to bottom: what affirms the claim, what denies it, what its dates exclude, what else
stands in its place, what a complete list leaves out. What is none of these is unknown, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from verifier.agreement import Agreement, too_like
from verifier.chains import chain
from verifier.dates import format_date, within
from verifier.explain import label, list_words, quoted, show
from verifier.figures import decide_figure
from verifier.inforce import Hold, covers_all_of, holds_throughout, moments
from verifier.lists import complete_list, lapsed_list
from verifier.model import (
    Completeness,
    Date,
    EntityValue,
    PeriodKind,
    Precision,
    Quantity,
    Reason,
    Stance,
    Statement,
    Verdict,
)
from verifier.outcome import Outcome, claim_words, contradicted, findings, supported, time_words, unknown
from verifier.relations import Single
from verifier.rivals import (
    against_rivals,
    both_sides,
    clash,
    may_hold,
    overtaken,
    rivals_of,
    subject_rivals,
    successive,
    superseded,
)
from verifier.succession import succession
from verifier.weigh import Question, Weighed, is_figure, is_single, weigh

__all__ = ["decide"]

_TIMELESS = (PeriodKind.FORMER, PeriodKind.STILL)
"""What a claim can say of time without a date."""


def decide(question: Question) -> Outcome:
    """The verdict on one question, as if it were asserted and not negated."""
    undated = next((p for p in question.periods if p.date is None and p.kind not in _TIMELESS), None)
    if undated is not None:
        return unknown(question, Reason.DATES_UNKNOWN, f"when that was ({quoted(undated.text)}) is not known")
    weighed = [weigh(question, fact) for fact in question.facts]
    if is_figure(question.object):
        return _closing_list(question, decide_figure(question, weighed), weighed)
    positive = [w for w in weighed if w.fact.positive]
    denials = [w for w in weighed if not w.fact.positive and _denies(question, w)]
    same = [w for w in positive if w.value in (Agreement.SAME, Agreement.INSIDE)]
    supports = _strongest(w for w in same if w.supports and not superseded(question, w, positive))
    if supports:
        return _affirmed(question, supports, same, denials, positive)
    if denials:
        return _disputed(question, denials, same) or _denied(question, denials)
    if not same and (found := succession(question)) is not None:
        return found
    linked = chain(question)
    if linked:
        return supported(
            question,
            linked,
            reason=Reason.IMPLIED,
            rule=f"step by step that leads to {question.name(question.object)}{_denied_by_claim(question)}",
        )
    return _unaffirmed(question, same, positive)


def _unaffirmed(question: Question, same: list[Weighed], positive: list[Weighed]) -> Outcome:
    kept = [w for w in same if w.qualifiers is not Agreement.OTHER]
    excluded = [w for w in kept if w.timing.hold is Hold.OUTSIDE]
    if not kept and (found := _other_figure(question, same)) is not None:
        return found
    undecided = [
        w
        for w in kept
        if w.timing.hold is not Hold.OUTSIDE
        and not superseded(question, w, positive)
        and not (excluded and _silent(question, w))
    ]
    rivals = rivals_of(question, positive) or subject_rivals(question)
    if undecided:
        if all(w.timing.hold is Hold.UNSURE for w in undecided) and all(
            _dated_through(question, w) and not any(clash(question, own, w) for own in undecided)
            for w in rivals
        ):
            found = against_rivals(question, rivals) if rivals else None
            if found is not None and found.verdict is Verdict.CONTRADICTED:
                return found
        return _undecided(question, undecided)
    if excluded and not rivals and _may_be_another_term(question, excluded):
        why = f"it is stated for later times than {time_words(question)}, and may have been so once before"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=excluded)
    if excluded and not rivals and _may_be_back(question, excluded):
        why = f"it ended before {time_words(question)}, and nobody is stated to have followed who still holds"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=excluded)
    if excluded and (
        is_single(question.relation) or _one_time(excluded) or complete_list(question) is not None
    ):
        return _outside(question, excluded, rivals)
    if rivals and (found := against_rivals(question, rivals)) is not None:
        return _closing_list(question, found, positive)
    if not kept and not question.object.unresolved and (held := successive(question, positive)):
        told = " and then ".join(show(w.fact.value, question.evidence) for w in held)
        return contradicted(question, held, Reason.DIFFERENT_VALUE, f"all through that time it was {told}")
    if excluded:
        why = f"it is stated for other times than {time_words(question)}, and may have been so more than once"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=excluded)
    doubtful = [w for w in positive if w.value is Agreement.UNSURE]
    complete = complete_list(question)
    if complete is not None and not doubtful and not (question.object.unresolved and _is_declared(complete)):
        return _not_listed(question, complete, [w for w in positive if w.timing.hold is Hold.HOLDS])
    if question.object.unresolved:
        why = f"no table knows {quoted(question.object.term.text)}"
        return unknown(question, Reason.UNKNOWN_ENTITY, why, beside=doubtful)
    if doubtful:
        told = show(doubtful[0].fact.value, question.evidence)
        why = f"{told} is stated, which may or may not be {question.name(question.object)}"
        only = is_single(question.relation) or complete_list(question) is not None
        named = only and any(_may_be_named(question, w) for w in doubtful)
        return unknown(
            question, Reason.UNKNOWN_ENTITY if named else Reason.NO_STATEMENT, why, beside=doubtful
        )
    why, mend = f"no statement says whether {claim_words(question)}", ""
    if complete is None and (lapsed := lapsed_list(question)) is not None:
        why, mend = f"{why}: {_until(question, lapsed)}", _LATER
    held = [w for w in positive if w.timing.hold is Hold.HOLDS]
    return unknown(question, Reason.NO_STATEMENT, why, beside=held, mend=mend)


_LATER = "ask as of an earlier day with --as-of, or declare the list complete for later"


def _until(question: Question, lapsed: Completeness) -> str:
    """That a list ends before the claim's time, and so leaves open what is not on it."""
    assert lapsed.as_of is not None
    last = Date(lapsed.as_of.latest, lapsed.as_of.latest, Precision.DAY)
    names = [None if id is None else label(id, question.evidence) for id in (lapsed.subject, lapsed.object)]
    called = list_words(question.relation, subject=names[0] or "", object=names[1] or "")
    return f"{called} is complete only until {format_date(last)}"


def _may_be_back(question: Question, excluded: Sequence[Weighed]) -> bool:
    """Whether an office that ended may be held again by the same: nobody is stated to hold it at the time."""
    relation = question.relation
    if question.periods or relation.single is not Single.AT_A_TIME or "person" not in relation.object_types:
        return False
    return complete_list(question) is None and all(
        w.fact.statement.end is not None and w.fact.statement.end.latest < question.as_of.earliest
        for w in excluded
    )


def _may_be_another_term(question: Question, excluded: Sequence[Weighed]) -> bool:
    """Whether an office may have been held once before: the rows tell nothing of a time so early."""
    relation = question.relation
    if relation.single is not Single.AT_A_TIME or "person" not in relation.object_types:
        return False
    times = moments(question.periods, question.as_of)
    return complete_list(question) is None and all(
        time.latest < question.course(w.fact).not_before for w in excluded for time in times
    )


def _silent(question: Question, weighed: Weighed) -> bool:
    """Whether a row says nothing of the beginning or end that the claim is about: others decide then."""
    kinds = {period.kind for period in question.periods}
    statement = weighed.fact.statement
    if kinds & {PeriodKind.BEGAN, PeriodKind.SINCE}:
        return statement.start is None and statement.point_in_time is None
    return bool(kinds & {PeriodKind.ENDED, PeriodKind.UNTIL}) and statement.end is None


def _other_figure(question: Question, same: Sequence[Weighed]) -> Outcome | None:
    """The same statement with another share, price or date beside it than the claim's."""
    for name, term in question.qualifiers:
        if not isinstance(term.value, Quantity | Date):
            continue
        plain = replace(
            question, qualifiers=tuple(pair for pair in question.qualifiers if pair != (name, term))
        )
        found = [w for w in same if w.timing.hold is Hold.HOLDS and weigh(plain, w.fact).entails]
        if found and len(found) == len(same):
            if all(_is_near(question, term.value, w.fact.statement.qualifier(name)) for w in found):
                why = f"other shares are stated, near {show(term.value, question.evidence)}"
                return unknown(question, Reason.DATES_UNKNOWN, why, beside=found)
            reason = Reason.QUANTITY_DIFFERS if isinstance(term.value, Quantity) else Reason.DATE_DIFFERS
            values = {
                show(value, question.evidence) for w in found for value in w.fact.statement.qualifier(name)
            }
            told = " or ".join(sorted(values))
            rule = f"it is {told}, not {show(term.value, question.evidence)}"
            return contradicted(question, found, reason, rule, repair=told if len(values) == 1 else "")
    return None


def _is_near(question: Question, claimed: Quantity | Date, stated: Sequence[object]) -> bool:
    """Whether another count may have given the claimed figure: it lies within the drift of a stated one."""
    drift = Decimal(str(question.relation.drift))
    return isinstance(claimed, Quantity) and any(
        isinstance(value, Quantity) and abs(value.amount - claimed.amount) <= drift * abs(value.amount)
        for value in stated
    )


def _is_declared(complete: Completeness) -> bool:
    """Whether a source vouches for this list alone: it may have what the claim names by another name."""
    return bool(complete.subject_types)


def _may_be_named(question: Question, doubtful: Weighed) -> bool:
    """Whether it is the name that leaves it open if the stated value is the claimed one, not the place."""
    value = doubtful.fact.value
    return isinstance(value, EntityValue) and too_like(question.object, value.id, question.evidence)


def _not_listed(question: Question, complete: Completeness, listed: Sequence[Weighed]) -> Outcome:
    source = complete.source.title or complete.source.publisher or complete.table
    since = f" as of {format_date(complete.as_of)}" if complete.as_of is not None else ""
    rule = f"{source} lists all{since}, and it does not list that {claim_words(question)}"
    repair = show(listed[0].fact.value, question.evidence) if len(listed) == 1 else ""
    told = contradicted(question, (), Reason.NOT_IN_COMPLETE_LIST, rule, repair=repair)
    return replace(told, findings=findings(question, listed, Stance.NEUTRAL, "this is what is listed"))


def _closing_list(question: Question, found: Outcome, weighed: Sequence[Weighed]) -> Outcome:
    """What several values, or none, leave open is settled where the list of them is complete.

    In a table that is all there is to know, each of several values is one of them.
    """
    if found.verdict is not Verdict.UNKNOWN:
        return found
    complete = complete_list(question)
    if complete is None or (question.object.unresolved and _is_declared(complete)):
        return found
    if found.reason is Reason.SOURCES_DISAGREE and complete.everything:
        agreeing = [w for w in weighed if w.supports and w.fact.positive]
        return supported(question, agreeing, rule="the claim agrees with it") if agreeing else found
    if found.reason is not Reason.NO_STATEMENT or any(
        w.value is not Agreement.OTHER for w in weighed if w.fact.positive
    ):
        return found
    return _not_listed(question, complete, [w for w in weighed if w.timing.hold is Hold.HOLDS])


# ------------------------------------------------------------------------------------- what affirms it


def _affirmed(
    question: Question,
    supports: list[Weighed],
    same: list[Weighed],
    denials: list[Weighed],
    positive: list[Weighed],
) -> Outcome:
    best = supports[0]
    if later := overtaken(question, best, positive):
        why = f"{question.tell(best.fact)}, but {question.tell(later[0].fact)}, and no row ends the first"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=[*supports, *later])
    if question.negated and question.relation.stale_after and not any(w.timing.firm for w in supports):
        why = "it was so when last seen, and may have ended since"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=supports)
    rivals = rivals_of(question, positive)
    if best.timing.loose and _may_be_over(question, positive):
        why = "it ended at some time within the period of the claim, and something else began"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=supports)
    against = [*denials, *_closing(same, best), *rivals]
    stronger = _strongest(w for w in against if w.strength > best.strength)
    if stronger:
        if not stronger[0].fact.positive:
            return _denied(question, stronger)
        if stronger[0].timing.hold is Hold.OUTSIDE:
            return _outside(question, stronger, rivals)
        found = against_rivals(question, stronger)
        if found is not None and found.verdict is Verdict.CONTRADICTED:
            return found
    # A table that gives two values for one place means both; two tables that do so disagree.
    equal = [
        w for w in against if w.strength == best.strength and (w in denials or _other_table(w, supports))
    ]
    if stronger or equal:
        stances = (
            *findings(question, supports, Stance.SUPPORTS, "it affirms the claim"),
            *findings(question, stronger or equal, Stance.CONTRADICTS, "it excludes the claim"),
        )
        return unknown(
            question,
            Reason.SOURCES_DISAGREE,
            both_sides(question, best, (stronger or equal)[0]),
            stances=stances,
        )
    direct = [w for w in supports if w.value is Agreement.SAME and not w.fact.via]
    if direct:
        rule = "the claim denies it" if question.negated else "the claim says the same"
        return supported(question, [*direct, *(w for w in supports if w not in direct)], rule=rule)
    if best.fact.via == question.relation.label:
        how = "(it holds both ways)"
    else:
        how = f"(by {best.fact.via})" if best.fact.via else f"(it lies in {question.name(question.object)})"
    rule = f"that entails that {claim_words(question)} {how}{_denied_by_claim(question)}"
    return supported(question, supports, reason=Reason.IMPLIED, rule=rule)


def _may_be_over(question: Question, positive: Sequence[Weighed]) -> bool:
    """Whether something else, or a denial, may hold at the claim's time, within an imprecise end."""
    negative = (weigh(question, fact) for fact in question.facts if not fact.positive)
    return any(may_hold(question, w) for w in positive if w.value is Agreement.OTHER) or any(
        w.value is Agreement.SAME and w.timing.hold is not Hold.OUTSIDE for w in negative
    )


def _denied_by_claim(question: Question) -> str:
    return ", which the claim denies" if question.negated else ""


def _strongest(weighed: Iterable[Weighed]) -> list[Weighed]:
    """The strongest first; those that are weaker only stand beside them."""
    return sorted(weighed, key=lambda w: w.strength, reverse=True)


def _other_table(weighed: Weighed, supports: Sequence[Weighed]) -> bool:
    return weighed.fact.statement.table not in {w.fact.statement.table for w in supports}


def _closing(same: Sequence[Weighed], best: Weighed) -> list[Weighed]:
    """Statements of the same stint that say it is over, or not begun, when another says it holds."""
    start = best.fact.statement.start
    return [
        w
        for w in same
        if w.timing.hold is Hold.OUTSIDE
        and w.qualifiers is Agreement.SAME
        and w.fact.statement.end is not None
        and (start is None or w.fact.statement.start in (None, start))
    ]


# -------------------------------------------------------------------------------------- what excludes it


def _denies(question: Question, weighed: Weighed) -> bool:
    """Whether a negative statement covers the claim: all of its time, if it names one.

    That something lasting began claims that it is so now: "recognised it in 2008" is denied by a refusal
    of today.
    """
    if weighed.value is not Agreement.SAME or weighed.qualifiers is Agreement.OTHER:
        return False
    days = question.course(weighed.fact)
    times = moments(question.periods, question.as_of)
    if days.event is not None and question.periods:
        return all(within(time, days.event) for time in times)
    if weighed.timing.hold is Hold.HOLDS:
        return all(covers_all_of(days, time) for time in times)
    began = any(period.kind in (PeriodKind.BEGAN, PeriodKind.SINCE) for period in question.periods)
    if not (began and question.relation.lasting):
        return False
    return weigh(replace(question, periods=()), weighed.fact).timing.hold is Hold.HOLDS


def _disputed(question: Question, denials: Sequence[Weighed], same: Sequence[Weighed]) -> Outcome | None:
    """Rows no weaker than the denials that affirm the same, though not surely for the claim's time."""
    times = moments(question.periods, question.as_of)
    against = [
        w
        for w in same
        if w.timing.hold is Hold.UNSURE
        and w.qualifiers is Agreement.SAME
        and w.strength[1:] >= max(denial.strength[1:] for denial in denials)
        and all(time.latest <= question.course(w.fact).stale for time in times)
    ]
    if not against:
        return None
    told = both_sides(question, against[0], denials[0])
    return unknown(question, Reason.SOURCES_DISAGREE, told, beside=[*against, *denials])


def _denied(question: Question, denials: Sequence[Weighed]) -> Outcome:
    rule = "the claim says the same" if question.negated else "the claim says the opposite"
    return contradicted(question, denials, Reason.EXPLICIT_NEGATIVE, rule)


def _one_time(excluded: Sequence[Weighed]) -> bool:
    """Whether all of these speak of one time: what happened twice may have happened three times."""

    def begin(statement: Statement) -> tuple[object, object]:
        point = statement.start or statement.point_in_time
        return (point.earliest[0], None) if point is not None else (None, statement.end)

    return len({begin(w.fact.statement) for w in excluded}) == 1


def _outside(question: Question, excluded: Sequence[Weighed], rivals: Sequence[Weighed]) -> Outcome:
    last = max(excluded, key=_latest)
    told = [last, *(w for w in excluded if w is not last)]
    values = {show(w.fact.value, question.evidence) for w in rivals if w.fact.subject == question.subject.id}
    if last.timing.reason is Reason.OUTSIDE_DATES and not question.periods:
        repair = next(iter(values)) if len(values) == 1 else ""
    else:
        repair = _dates(last.fact.statement)
    rule = f"that excludes {time_words(question)}"
    return contradicted(question, told, last.timing.reason, rule, repair=repair)


def _latest(weighed: Weighed) -> tuple[object, str]:
    statement = weighed.fact.statement
    dates = (statement.end, statement.point_in_time, statement.start)
    return max((date.latest for date in dates if date is not None), default=(0, 0, 0)), statement.id


def _dates(statement: Statement) -> str:
    dates = (statement.start, statement.point_in_time, statement.end)
    return " to ".join(dict.fromkeys(format_date(date) for date in dates if date is not None))


def _undecided(question: Question, undecided: Sequence[Weighed]) -> Outcome:
    if any(w.timing.hold is Hold.UNSURE for w in undecided):
        told = question.tell(undecided[0].fact)
        why = f"{told}, but whether that holds for {time_words(question)} is not stated"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=undecided)
    missing = ", ".join(
        f"{name} {term.text}"
        for name, term in question.qualifiers
        if not undecided[0].fact.statement.qualifier(name)
    )
    told = question.tell(undecided[0].fact)
    why = f"{told}, but it does not say that it is so for {missing or 'what the claim adds'}"
    return unknown(question, Reason.NO_STATEMENT, why, beside=undecided)


def _dated_through(question: Question, weighed: Weighed) -> bool:
    """Whether stated dates, and not only a last sighting, put it in the one place at the claim's time."""
    days = question.course(weighed.fact)
    times = moments(question.periods, question.as_of)
    return weighed.fact.statement.end is not None and all(holds_throughout(days, time) for time in times)
