"""The grounds on which one question is answered: one relation, one subject, one object.

Read `decide` from top to bottom: what affirms the claim, and what denies it. Where neither does, `unaffirmed`
decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from verifier.agreement import Agreement
from verifier.chains import chain
from verifier.dates import before, within
from verifier.evidence import EXCLUDING, WHY_DEPRECATED
from verifier.exclusion import closing_list, outside
from verifier.explain import quoted, show
from verifier.figures import decide_figure
from verifier.inforce import Hold, covers_all_of, moments
from verifier.model import EntityValue, PeriodKind, Reason, Stance, UnknownValue, Verdict
from verifier.outcome import Outcome, claim_words, contradicted, findings, supported, unknown
from verifier.outranked import outranked_by
from verifier.rivals import against_rivals, both_sides, clash, overtaken, rivals_of, superseded
from verifier.succession import succession
from verifier.unaffirmed import left_open, unaffirmed
from verifier.weigh import Question, Weighed, is_figure, key_of, weigh

__all__ = ["decide"]

_TIMELESS = (PeriodKind.FORMER, PeriodKind.STILL, PeriodKind.ONCE)
"""What a claim can say of time without a date."""
_MOST_NAMED = 3
"""Better ranked values that a sentence names."""


def decide(question: Question) -> Outcome:
    """The verdict on one question, as if it were asserted and not negated."""
    undated = next((p for p in question.periods if p.date is None and p.kind not in _TIMELESS), None)
    if undated is not None:
        return unknown(question, Reason.DATES_UNKNOWN, f"when that was ({quoted(undated.text)}) is not known")
    weighed = list(question.weighed)
    if is_figure(question.object):
        none = [w for w in weighed if isinstance(w.fact.value, UnknownValue) and _denies(question, w)]
        figure = _denied(question, none) if none else decide_figure(question, weighed)
        return closing_list(question, figure, weighed)
    positive = [w for w in weighed if w.fact.positive]
    denials = [w for w in weighed if _denies(question, w)]
    stated = [w for w in positive if w.value in (Agreement.SAME, Agreement.INSIDE)]
    apart = [w for w in stated if w.timing.aside and w.timing.hold is Hold.OUTSIDE]
    same = [w for w in stated if w not in apart]
    counting = _strongest(w for w in same if w.supports and not superseded(question, w, positive))
    supports = [w for w in counting if not outranked_by(question, w.fact)]
    if supports:
        return _affirmed(question, supports, same, denials, positive)
    if counting:
        return _outranked(question, counting)
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
    found = unaffirmed(question, same, positive)
    if found.reason is Reason.NO_STATEMENT and not same and (told := _deprecated(question)) is not None:
        return told
    return left_open(question, apart) if apart and found.reason is Reason.NO_STATEMENT else found


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
    # What a table puts beside each other for years is no case of one that replaced the other.
    apart = [
        w
        for w in rivals
        if _other_table(w, supports) or w.strength[1:] > best.strength[1:] or not clash(question, best, w)
    ]
    closing = [w for w in _closing(same, best) if not _begun_again(supports, w)]
    if closing and not best.timing.firm and all(_shown_after(best, w) for w in closing):
        told = f"{question.tell(closing[0].fact)}, but {question.tell(best.fact)}"
        return unknown(question, Reason.DATES_UNKNOWN, told, beside=[*supports, *closing])
    against = [*denials, *closing, *_dated_otherwise(question, same, best), *apart]
    stronger = _strongest(w for w in against if w.strength > best.strength)
    if stronger:
        if not stronger[0].fact.positive:
            return _denied(question, stronger)
        if stronger[0].timing.hold is Hold.OUTSIDE:
            return outside(question, stronger, rivals)
        found = against_rivals(question, stronger)
        by_rank_alone = all(w.trust == best.trust for w in stronger) and _is_bounded(best)
        if found is not None and found.verdict is Verdict.CONTRADICTED and not by_rank_alone:
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


def _is_bounded(weighed: Weighed) -> bool:
    """Whether both ends of a row are stated: a preferred row of a longer time may leave such a spell out."""
    statement = weighed.fact.statement
    return statement.start is not None and statement.end is not None and weighed.timing.firm


def _outranked(question: Question, normal: Sequence[Weighed]) -> Outcome:
    """Unknown: what affirms it stands behind better ranked statements, and does not count by itself."""
    better = outranked_by(question, normal[0].fact)
    others = " and ".join(dict.fromkeys(show(fact.value, question.evidence) for fact in better[:_MOST_NAMED]))
    why = f"{question.tell(normal[0].fact)}, but only at normal rank, beside {others} at preferred rank"
    return unknown(
        question, Reason.NO_STATEMENT, why, beside=[*normal, *(weigh(question, f) for f in better)]
    )


def _deprecated(question: Question) -> Outcome | None:
    """Unknown: the statement that says what the claim says is deprecated, with the reason if it has one."""
    same = [w for w in (weigh(question, fact) for fact in question.deprecated) if w.value is Agreement.SAME]
    if not same:
        return None
    reasons = same[0].fact.statement.qualifier(WHY_DEPRECATED)
    named = " and ".join(show(reason, question.evidence) for reason in reasons)
    why = f"{question.tell(same[0].fact)}, but that is deprecated{f': {named}' if named else ''}"
    return unknown(question, Reason.NO_STATEMENT, why, beside=same)


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


def _begun_again(supports: Iterable[Weighed], ended: Weighed) -> bool:
    """Whether what affirms the claim has a row that begins after the other one ended: a later stint."""
    end = ended.fact.statement.end
    starts = (w.fact.statement.start for w in supports)
    return end is not None and any(start is not None and before(end, start) for start in starts)


def _dated_otherwise(question: Question, same: Sequence[Weighed], best: Weighed) -> list[Weighed]:
    """Statements of the same stint that give it another beginning or end than the claim does."""
    turns = (PeriodKind.BEGAN, PeriodKind.SINCE, PeriodKind.ENDED, PeriodKind.UNTIL)
    if not any(period.kind in turns for period in question.periods) or best.fact.statement.start is None:
        return []
    return [
        w
        for w in same
        if w.timing.reason is Reason.DATE_DIFFERS
        and w.timing.hold is Hold.OUTSIDE
        and w.qualifiers is Agreement.SAME
        and w.fact.statement.start is not None
        and w.fact.statement.table != best.fact.statement.table
        and clash(question, best, w)
    ]


def _shown_after(best: Weighed, ended: Weighed) -> bool:
    """Whether a row without a beginning was first shown after the other had ended: it may be so again."""
    row, end = best.fact.statement, ended.fact.statement.end
    shown = row.seen_first or row.point_in_time
    return row.start is None and shown is not None and end is not None and before(end, shown)


# ---------------------------------------------------------------------------------------- what denies it


def _denies(question: Question, weighed: Weighed) -> bool:
    """Whether a negative statement covers the claim: all of its time, if it names one.

    That something lasting began claims that it is so now: "recognised it in 2008" is denied by a refusal
    of today.
    """
    if weighed.fact.positive or weighed.value is not Agreement.SAME or weighed.qualifiers is Agreement.OTHER:
        return False
    if isinstance(weighed.fact.value, UnknownValue) and not _has_none(question, weighed):
        return False
    for key in question.relation.key:
        if weighed.fact.statement.qualifier(key) and key_of(question, key, None) is None:
            return False  # it is not so for Israel: for whom the claim says it is not told
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


def _has_none(question: Question, weighed: Weighed) -> bool:
    """Whether a statement that there is no value holds for the claimed one: none is stated beside it."""
    excluded = weighed.fact.statement.qualifier(EXCLUDING)
    if any(isinstance(value, EntityValue) and value.id == question.object.id for value in excluded):
        return False
    beside = (weigh(question, fact) for fact in question.facts if fact.positive and not fact.via)
    return not any(
        w.timing.hold is not Hold.OUTSIDE and w.strength[1:] >= weighed.strength[1:] for w in beside
    )


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
