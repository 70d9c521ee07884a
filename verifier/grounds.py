"""The grounds on which one question is answered (design, section 3): one relation, one subject, one object.

Read `decide` from top to bottom: what affirms the claim, what denies it, what its dates exclude, what else stands in
its place, what a complete list leaves out. What is none of these is unknown, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from verifier.agreement import Agreement, agreement, place_contains
from verifier.chains import chain
from verifier.dates import format_date
from verifier.evidence import Evidence
from verifier.explain import show
from verifier.figures import decide_figure
from verifier.inforce import Hold, holds_throughout, moments
from verifier.lists import complete_list
from verifier.model import Completeness, EntityValue, Reason, Stance, Statement, Value, Verdict
from verifier.outcome import Outcome, claim_words, contradicted, findings, supported, time_words, unknown
from verifier.relations import Single
from verifier.weigh import Question, Weighed, facts_about, is_figure, is_single, key_of, weigh

__all__ = ["decide"]


def decide(question: Question) -> Outcome:
    """The verdict on one question, as if it were asserted and not negated."""
    weighed = [weigh(question, fact) for fact in question.facts]
    if is_figure(question.object):
        return decide_figure(question, weighed)
    positive = [w for w in weighed if w.fact.positive]
    denials = [w for w in weighed if not w.fact.positive and _denies(w)]
    same = [w for w in positive if w.value in (Agreement.SAME, Agreement.INSIDE)]
    supports = _strongest(w for w in same if w.supports and not _superseded(question, w, positive))
    if supports:
        return _affirmed(question, supports, same, denials, positive)
    if denials:
        return _denied(question, denials)
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
    undecided = [
        w for w in kept if w.timing.hold is not Hold.OUTSIDE and not _superseded(question, w, positive)
    ]
    if undecided:
        return _undecided(question, undecided)
    rivals = _rivals(question, positive) or _subject_rivals(question)
    if excluded and (
        is_single(question.relation) or _one_time(excluded) or complete_list(question) is not None
    ):
        return _outside(question, excluded, rivals)
    if rivals and (found := _against_rivals(question, rivals)) is not None:
        return found
    if excluded:
        why = f"it is stated for other times than {time_words(question)}, and may have been so more than once"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=excluded)
    doubtful = [w for w in positive if w.value is Agreement.UNSURE]
    if not doubtful and (complete := complete_list(question)) is not None:
        return _not_listed(question, complete, [w for w in positive if w.timing.hold is Hold.HOLDS])
    if _unresolved(question):
        why = f"no table knows \N{LEFT DOUBLE QUOTATION MARK}{question.object.term.text}\N{RIGHT DOUBLE QUOTATION MARK}"
        return unknown(question, Reason.UNKNOWN_ENTITY, why, beside=doubtful)
    if doubtful:
        told = show(doubtful[0].fact.value, question.evidence)
        why = f"{told} is stated, which may or may not be {question.name(question.object)}"
        named = any(_is_namesake(question, w) for w in doubtful)
        return unknown(
            question, Reason.UNKNOWN_ENTITY if named else Reason.NO_STATEMENT, why, beside=doubtful
        )
    why = f"no statement says whether {claim_words(question)}"
    return unknown(
        question, Reason.NO_STATEMENT, why, beside=[w for w in positive if w.timing.hold is Hold.HOLDS]
    )


def _unresolved(question: Question) -> bool:
    return question.object.id is None and question.object.value is None


def _is_namesake(question: Question, doubtful: Weighed) -> bool:
    """Whether it is the name that leaves open if the stated value is the claimed one, and not where it lies."""
    value, claimed = doubtful.fact.value, question.object.id
    if not isinstance(value, EntityValue) or claimed is None:
        return False
    evidence = question.evidence
    return not (place_contains(value.id, claimed, evidence) or place_contains(claimed, value.id, evidence))


def _not_listed(question: Question, complete: Completeness, listed: Sequence[Weighed]) -> Outcome:
    source = complete.source.title or complete.source.publisher or complete.table
    since = f" as of {format_date(complete.as_of)}" if complete.as_of is not None else ""
    rule = f"{source} lists all{since}, and it does not list that {claim_words(question)}"
    repair = show(listed[0].fact.value, question.evidence) if len(listed) == 1 else ""
    told = contradicted(question, (), Reason.NOT_IN_COMPLETE_LIST, rule, repair=repair)
    return replace(told, findings=findings(question, listed, Stance.NEUTRAL, "this is what is listed"))


# ------------------------------------------------------------------------------------- what affirms it


def _affirmed(
    question: Question,
    supports: list[Weighed],
    same: list[Weighed],
    denials: list[Weighed],
    positive: list[Weighed],
) -> Outcome:
    best = supports[0]
    rivals = _rivals(question, positive)
    if best.timing.loose and any(_may_hold(question, w) for w in positive if w.value is Agreement.OTHER):
        why = "it ended at some time within the period of the claim, and something else began"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=supports)
    against = [*denials, *_closing(same, best), *rivals]
    stronger = _strongest(w for w in against if w.strength > best.strength)
    if stronger:
        if not stronger[0].fact.positive:
            return _denied(question, stronger)
        if stronger[0].timing.hold is Hold.OUTSIDE:
            return _outside(question, stronger, rivals)
        found = _against_rivals(question, stronger)
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
            _both_sides(question, best, (stronger or equal)[0]),
            stances=stances,
        )
    direct = [w for w in supports if w.value is Agreement.SAME and not w.fact.via]
    if direct:
        rule = "the claim denies it" if question.negated else "the claim says the same"
        return supported(question, [*direct, *(w for w in supports if w not in direct)], rule=rule)
    how = f"(by {best.fact.via})" if best.fact.via else f"(it lies in {question.name(question.object)})"
    rule = f"that entails that {claim_words(question)} {how}{_denied_by_claim(question)}"
    return supported(question, supports, reason=Reason.IMPLIED, rule=rule)


def _denied_by_claim(question: Question) -> str:
    return ", which the claim denies" if question.negated else ""


def _both_sides(question: Question, one: Weighed, other: Weighed) -> str:
    return f"the sources disagree: {question.tell(one.fact)}, but {question.tell(other.fact)}"


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


def _superseded(question: Question, weighed: Weighed, positive: Sequence[Weighed]) -> bool:
    """Whether a row that is only assumed to hold since it was last seen is known to be over.

    Either its end is stated elsewhere, or something else took its single place later on.
    """
    seen = question.course(weighed.fact).seen_last
    if seen is None or weighed.timing.firm and weighed.timing.hold is Hold.HOLDS:
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


# -------------------------------------------------------------------------------------- what excludes it


def _denies(weighed: Weighed) -> bool:
    covers = weighed.value is Agreement.SAME and weighed.qualifiers is not Agreement.OTHER
    return covers and weighed.timing.hold is Hold.HOLDS


def _denied(question: Question, denials: Sequence[Weighed]) -> Outcome:
    rule = "the claim says the same" if question.negated else "the claim says the opposite"
    return contradicted(question, denials, Reason.EXPLICIT_NEGATIVE, rule)


def _one_time(excluded: Sequence[Weighed]) -> bool:
    """Whether all of these speak of one time, and not of two: what happened twice may have happened three times."""

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
    return " to ".join(format_date(date) for date in dates if date is not None)


def _undecided(question: Question, undecided: Sequence[Weighed]) -> Outcome:
    if any(w.timing.hold is Hold.UNSURE for w in undecided):
        why = f"{question.tell(undecided[0].fact)}, but whether that holds for {time_words(question)} is not stated"
        return unknown(question, Reason.DATES_UNKNOWN, why, beside=undecided)
    missing = ", ".join(
        f"{name} {term.text}"
        for name, term in question.qualifiers
        if not undecided[0].fact.statement.qualifier(name)
    )
    why = f"{question.tell(undecided[0].fact)}, but it does not say that it is so for {missing or 'what the claim adds'}"
    return unknown(question, Reason.NO_STATEMENT, why, beside=undecided)


def _rivals(question: Question, positive: Sequence[Weighed]) -> list[Weighed]:
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
        in_force = relation.single is Single.EVER or any(holds_throughout(days, time) for time in times)
        if in_force and not _superseded(question, w, positive):
            found.append(w)
    return _top(found)


def _may_hold(question: Question, weighed: Weighed) -> bool:
    return question.relation.single is Single.AT_A_TIME and weighed.timing.hold is not Hold.OUTSIDE


def _subject_rivals(question: Question) -> list[Weighed]:
    """The same for relations in which an object has one subject: another country that this person presides over."""
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


def _against_rivals(question: Question, rivals: Sequence[Weighed]) -> Outcome | None:
    """What follows from other values in the claim's place; None if they leave it open without being of use."""
    evidence = question.evidence
    others = [w for w in rivals if w.value is Agreement.OTHER]
    if len(others) < len(rivals):
        return None
    ends = list(dict.fromkeys(_other_end(question, w) for w in others))
    if any(not _overlap(first, second, evidence) for i, first in enumerate(ends) for second in ends[i + 1 :]):
        if len({w.fact.statement.table for w in others}) > 1:
            return unknown(
                question, Reason.SOURCES_DISAGREE, _both_sides(question, others[0], others[-1]), beside=others
            )
        told = " and ".join(show(end, evidence) for end in ends)
        why = f"{told} are both stated, and there may be more"
        return unknown(question, Reason.NO_STATEMENT, why, beside=others)
    if _unresolved(question):
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


def _other_end(question: Question, weighed: Weighed) -> Value:
    fact = weighed.fact
    return fact.value if fact.subject == question.subject.id else EntityValue(fact.subject)


def _overlap(first: Value, second: Value, evidence: Evidence) -> bool:
    """Whether two values can be the case at once, one place lying in the other."""
    if not isinstance(first, EntityValue) or not isinstance(second, EntityValue):
        return False
    return place_contains(first.id, second.id, evidence) or place_contains(second.id, first.id, evidence)
