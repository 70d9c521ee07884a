"""The grounds on which a claim is answered that nothing affirms and no statement denies.

Read `unaffirmed` from top to bottom: what may be so, what its dates exclude, what else stands in its place,
what a complete list leaves out. What is none of these is unknown, with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from verifier.agreement import Agreement, too_like
from verifier.dates import format_date
from verifier.exclusion import closing_list, is_declared, not_listed, outside
from verifier.explain import label, list_words, quoted, show, when
from verifier.inforce import Hold, holds_throughout, moments
from verifier.lists import complete_list, lapsed_list
from verifier.model import (
    Completeness,
    Date,
    EntityValue,
    PeriodKind,
    Precision,
    Quantity,
    Reason,
    Statement,
    Verdict,
)
from verifier.outcome import Outcome, claim_words, contradicted, time_words, unknown
from verifier.relations import Single
from verifier.rivals import against_rivals, clash, rivals_of, subject_rivals, successive, superseded
from verifier.weigh import Question, Weighed, is_single, weigh

__all__ = ["left_open", "unaffirmed"]

_LATER = "ask as of an earlier day with --as-of, or declare the list complete for later"


def unaffirmed(question: Question, same: list[Weighed], positive: list[Weighed]) -> Outcome:
    """The verdict that the rows give which affirm something near the claim (`same`) or something else."""
    kept = [w for w in same if w.qualifiers is not Agreement.OTHER]
    excluded = [w for w in kept if w.timing.hold is Hold.OUTSIDE]
    if not kept and (found := _other_figure(question, same)) is not None:
        return found
    undecided = [
        w
        for w in kept
        if w.timing.hold is not Hold.OUTSIDE
        and not superseded(question, w, positive)
        and not (excluded and (w.timing.aside or _silent(question, w)))
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
        return left_open(question, undecided)
    if excluded and not rivals and _may_be_another_term(question, excluded):
        told = question.tell(excluded[0].fact)
        why = f"{told}; that is later than {time_words(question)}, and may have been so once before"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=excluded)
    if excluded and not rivals and _may_be_back(question, excluded):
        told = question.tell(excluded[0].fact)
        why = f"{told}; that is over, but nobody is stated to have followed who still holds it"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=excluded)
    if excluded and (
        is_single(question.relation) or _one_time(excluded) or complete_list(question) is not None
    ):
        return outside(question, excluded, rivals)
    if rivals and (found := against_rivals(question, rivals)) is not None:
        return closing_list(question, found, positive)
    if not kept and not question.object.unresolved and (held := successive(question, positive)):
        told = " and then ".join(show(w.fact.value, question.evidence) for w in held)
        return contradicted(question, held, Reason.DIFFERENT_VALUE, f"all through that time it was {told}")
    if excluded:
        spans = " and ".join(dict.fromkeys(when(w.fact.statement).removeprefix(", ") for w in excluded))
        why = f"that {claim_words(question)} is stated for other times ({spans}) than {time_words(question)}"
        why += ", and it may have been so more than once"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=excluded)
    doubtful = [w for w in positive if w.value is Agreement.UNSURE]
    complete = complete_list(question, today=not same)
    if complete is not None and not doubtful and not (question.object.unresolved and is_declared(complete)):
        return not_listed(question, complete, [w for w in positive if w.timing.hold is Hold.HOLDS])
    if question.object.unresolved:
        why = f"no table knows {quoted(question.object.term.text)}"
        return unknown(question, Reason.UNKNOWN_ENTITY, why, beside=doubtful)
    if doubtful:
        told = question.tell(doubtful[0].fact)
        why = f"{told}, which may or may not be {question.name(question.object)}"
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


def _one_time(excluded: Sequence[Weighed]) -> bool:
    """Whether all of these speak of one time: what happened twice may have happened three times."""

    def begin(statement: Statement) -> tuple[object, object]:
        point = statement.start or statement.point_in_time
        return (point.earliest[0], None) if point is not None else (None, statement.end)

    return len({begin(w.fact.statement) for w in excluded}) == 1


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
        alike = all(weigh(plain, w.fact).entails for w in same)
        found = [w for w in same if w.timing.hold is Hold.HOLDS]
        if found and alike:
            if any(_is_near(question, term.value, w.fact.statement.qualifier(name)) for w in found):
                why = f"other shares are stated, near {show(term.value, question.evidence)}"
                return unknown(question, Reason.DATES_UNKNOWN, why, beside=found)
            reason = Reason.QUANTITY_DIFFERS if isinstance(term.value, Quantity) else Reason.DATE_DIFFERS
            values = {
                show(value, question.evidence) for w in found for value in w.fact.statement.qualifier(name)
            }
            told = " or ".join(sorted(values))
            rule = f"that is {told}, not {show(term.value, question.evidence)}"
            return contradicted(question, found, reason, rule, repair=told if len(values) == 1 else "")
    return None


def _is_near(question: Question, claimed: Quantity | Date, stated: Sequence[object]) -> bool:
    """Whether another count may have given the claimed figure: it lies within the drift of a stated one."""
    drift = Decimal(str(question.relation.drift))
    return isinstance(claimed, Quantity) and any(
        isinstance(value, Quantity) and abs(value.amount - claimed.amount) <= drift * abs(value.amount)
        for value in stated
    )


def _may_be_named(question: Question, doubtful: Weighed) -> bool:
    """Whether it is the name that leaves it open if the stated value is the claimed one, not the place."""
    value = doubtful.fact.value
    return isinstance(value, EntityValue) and too_like(question.object, value.id, question.evidence)


def left_open(question: Question, undecided: Sequence[Weighed]) -> Outcome:
    """Unknown, because rows that affirm it do not tell of its time, or not of what it adds."""
    if any(w.timing.hold is Hold.UNSURE or w.timing.aside for w in undecided):
        told = question.tell(undecided[0].fact)
        why = f"{told}, but whether that holds for {time_words(question)} is not stated"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=undecided)
    missing = " or ".join(
        quoted(f"{found.label if (found := question.catalogue.get(name)) is not None else name}: {term.text}")
        for name, term in question.qualifiers
        if not undecided[0].fact.statement.qualifier(name)
    )
    told = question.tell(undecided[0].fact)
    why = f"{told}, but it does not say {missing or 'what the claim adds'}"
    return unknown(question, Reason.NO_STATEMENT, why, beside=undecided)


def _dated_through(question: Question, weighed: Weighed) -> bool:
    """Whether stated dates, and not only a last sighting, put it in the one place at the claim's time."""
    days = question.course(weighed.fact)
    times = moments(question.periods, question.as_of)
    return weighed.fact.statement.end is not None and all(holds_throughout(days, time) for time in times)
