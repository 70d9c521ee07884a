"""The rows that were considered for a part, and how each stands to the claim."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.agreement import Agreement
from verifier.dates import interval
from verifier.evidence import NATURE, Evidence
from verifier.explain import claimed_time, date_words, label, show, stated, when
from verifier.inforce import Hold
from verifier.lists import complete_list, lists_of
from verifier.model import Date, Finding, Part, PeriodKind, Quantity, Statement
from verifier.outcome import MOST_FINDINGS
from verifier.relations import Catalogue, Relation
from verifier.settle import Choice
from verifier.trace import ListTrace, Row
from verifier.tracing.record import Trial
from verifier.values import format_date
from verifier.weigh import Fact, Question, Weighed, is_single

__all__ = ["lists_of_part", "rows_of"]

_Key = tuple[str, str]


def rows_of(part: Part, trial: Trial, evidence: Evidence, *, catalogue: Catalogue) -> tuple[Row, ...]:
    """What the verdict rests on, then what else there is in the claim's place, then what never counts."""
    findings = {_key(finding.statement): finding for finding in reversed(part.findings)}
    found: dict[_Key, Row] = {}
    for question in _questions(trial):
        for row in _of_question(question, findings):
            found.setdefault(_key(row.statement), row)
    besides = {} if findings.keys() <= found.keys() else _besides(trial)
    for key, finding in findings.items():
        if key in besides:
            found.setdefault(key, _weighed(*besides[key], finding))
        elif key not in found:
            found[key] = _only_found(finding, evidence, catalogue=catalogue)
    order = [_key(finding.statement) for finding in part.findings]
    places = {key: number for number, key in enumerate(order)}
    return tuple(sorted(found.values(), key=lambda row: _weight(row, places)))


def _weight(row: Row, places: dict[_Key, int]) -> tuple[int, int, str]:
    count = MOST_FINDINGS + 1
    order = ("holds", "unsure", "outside", "")
    return places.get(_key(row.statement), count), order.index(row.in_force), row.statement.id


def _key(statement: Statement) -> _Key:
    return statement.id, statement.table


def _questions(trial: Trial) -> Iterator[Question]:
    """The question that decided; all of them, where the verdicts differ."""
    asked = trial.deciding()
    if asked is None or asked.settled is None:
        return
    if asked.settled.choice is Choice.DIFFER:
        yield from (answer.question for answer in asked.answers)
    else:
        yield asked.settled.question


def _besides(trial: Trial) -> dict[_Key, tuple[Question, Weighed]]:
    """What was weighed for the members of a group, and for whatever else was asked."""
    asked = (note.settled.question for note in trial.all_asked() if note.settled is not None)
    return {_key(one.fact.statement): (question, one) for question in asked for one in question.weighed}


def lists_of_part(trial: Trial) -> tuple[ListTrace, ...]:
    """The complete lists on which the claim would have to be, and which tells of its time."""
    found: dict[ListTrace, None] = {}
    for question in _questions(trial):
        counting = complete_list(question)
        found |= {ListTrace(one, one == counting): None for one in lists_of(question)}
    return tuple(sorted(found, key=lambda one: not one.counts))


def _of_question(question: Question, findings: dict[_Key, Finding]) -> Iterator[Row]:
    for weighed in question.weighed:
        yield _weighed(question, weighed, findings.get(_key(weighed.fact.statement)))
    for fact in question.recorded:
        natures = ", ".join(show(value, question.evidence) for value in fact.statement.qualifier(NATURE))
        yield _set_aside(question, fact, findings, f"records only a {natures}: it never counts for the thing")
    for fact in question.deprecated:
        yield _set_aside(question, fact, findings, "deprecated by its source: it never counts")


def _weighed(question: Question, weighed: Weighed, finding: Finding | None) -> Row:
    return Row(
        weighed.fact.statement,
        question.tell(weighed.fact),
        weighed.fact.via,
        weighed.value.value,
        weighed.qualifiers.value,
        weighed.timing.hold.value,
        _dates(question, weighed),
        weighed.trust,
        None if finding is None else finding.stance,
        _ground(question, weighed),
    )


def _set_aside(question: Question, fact: Fact, findings: dict[_Key, Finding], why: str) -> Row:
    finding = findings.get(_key(fact.statement))
    trust = question.evidence.trust(fact.statement)
    stance = None if finding is None else finding.stance
    told = question.tell(fact)
    return Row(fact.statement, told, fact.via, "", "", "", "", trust, stance, why)


def _only_found(finding: Finding, evidence: Evidence, *, catalogue: Catalogue) -> Row:
    """A row that another rule brought up: a successor, a member, a step of a chain."""
    row = finding.statement
    relation = catalogue.get(row.relation) or Relation(row.relation, row.relation)
    told = stated(row, relation, label(row.subject, evidence), show(row.value, evidence))
    begins = finding.detail.casefold().startswith(f"{told}: ".casefold())
    why = finding.detail[len(told) + 2 :].rstrip(".") if begins else finding.detail
    return Row(row, told, "", "", "", "", "", evidence.trust(row), finding.stance, why)


# ------------------------------------------------------------------------------------------------ in words

_IN_FORCE = {Hold.HOLDS: "in force", Hold.OUTSIDE: "not in force then", Hold.UNSURE: "perhaps in force then"}
_AS_CLAIMED = {
    Hold.HOLDS: "when the claim says",
    Hold.OUTSIDE: "not when the claim says",
    Hold.UNSURE: "perhaps when the claim says",
}
"""For claims of when it began, ended or was over, and not only of when it was so."""
_AT = frozenset({PeriodKind.AT, PeriodKind.STILL, PeriodKind.EITHER})


def _hold(question: Question, weighed: Weighed) -> str:
    at = all(period.kind in _AT for period in question.periods)
    return (_IN_FORCE if at else _AS_CLAIMED)[weighed.timing.hold]


def _asked_time(question: Question) -> str:
    over = any(p.kind is PeriodKind.FORMER and p.date is None for p in question.periods)
    return (
        f"over by {format_date(question.as_of)}" if over else claimed_time(question.periods, question.as_of)
    )


def _dates(question: Question, weighed: Weighed) -> str:
    """What the dates of a row are, and why they are those of the claim, or not, or may be."""
    statement, timing = weighed.fact.statement, weighed.timing
    dates = when(statement).removeprefix(", ") or "it gives no date"
    asked = f"the claim says: {_asked_time(question)}"
    if timing.hold is Hold.HOLDS:
        return f"{dates}; {_why_in_force(question, weighed) or asked}"
    if timing.aside:
        return f"{dates}, of something narrower than the claim; {asked}"
    seen = question.course(weighed.fact).seen_last
    if timing.hold is Hold.UNSURE and seen is not None and seen.latest < question.as_of.earliest:
        stale = question.course(weighed.fact).stale
        return f"{dates}; without an end it counts until {format_date(interval(stale, stale))}; {asked}"
    return f"{dates}; {asked}"


def _why_in_force(question: Question, weighed: Weighed) -> str:
    """What makes a row hold that does not state both its ends."""
    statement, timing = weighed.fact.statement, weighed.timing
    if timing.seen is not None:
        return f"assumed to hold since, as nothing says that it ended; last listed {date_words(timing.seen)}"
    if statement.start is None and statement.end is None and statement.point_in_time is None:
        undated = question.evidence.undated(statement.table, statement.relation)
        if question.relation.lasting or undated:
            return "what lasts holds until an end is stated"
    return ""


def _how_many(question: Question) -> str:
    """How many values there can be."""
    relation = question.relation
    if not is_single(relation):
        return "several"
    named = ((question.catalogue.get(key) or Relation(key, key)).label for key in relation.key)
    return f"one for each {' and '.join(named)}" if relation.key else "one only"


def _ground(question: Question, weighed: Weighed) -> str:
    """How a row stands to the claim, by its value, its qualifiers and its dates."""
    fact, held = weighed.fact, _hold(question, weighed)
    if weighed.qualifiers is Agreement.OTHER:
        return f"of something else that the claim names besides, {held}"
    if weighed.value is Agreement.UNSURE:
        return f"a value that may be the claim's, or contain it, {held}"
    if weighed.value is Agreement.OTHER:
        if not fact.positive:
            return f"it denies another value, {held}"
        if isinstance(fact.value, Date | Quantity):
            return f"another figure, {held}"
        return f"another value, {held}; there can be {_how_many(question)}"
    same = "the same value" if weighed.value is Agreement.SAME else "a value that entails the claim's"
    if weighed.qualifiers is Agreement.UNSURE:
        return f"{same}, {held}, and not said to be so of what the claim names besides"
    return f"{same}, {held}" if fact.positive else f"it denies {same}, {held}"
