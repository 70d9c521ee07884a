"""The rows that were considered for a part, and how each stands to the claim."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.agreement import Agreement
from verifier.dates import interval
from verifier.evidence import NATURE, Evidence
from verifier.explain import claimed_time, date_words, label, show, stated, when
from verifier.inforce import Hold
from verifier.lists import complete_list, lists_of
from verifier.model import Date, Finding, Part, Quantity, Reason, Statement
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
    for key, finding in findings.items():
        if key not in found:
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


def lists_of_part(trial: Trial) -> tuple[ListTrace, ...]:
    """The complete lists on which the claim would have to be, and which tells of its time."""
    found: dict[ListTrace, None] = {}
    for question in _questions(trial):
        counting = complete_list(question)
        found |= {ListTrace(one, one == counting): None for one in lists_of(question)}
    return tuple(sorted(found, key=lambda one: not one.counts))


def _of_question(question: Question, findings: dict[_Key, Finding]) -> Iterator[Row]:
    for weighed in question.weighed:
        finding = findings.get(_key(weighed.fact.statement))
        yield Row(
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
    for fact in question.recorded:
        natures = ", ".join(show(value, question.evidence) for value in fact.statement.qualifier(NATURE))
        yield _set_aside(question, fact, findings, f"records only a {natures}: it never counts for the thing")
    for fact in question.deprecated:
        yield _set_aside(question, fact, findings, "deprecated by its source: it never counts")


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
    return Row(row, told, "", "", "", "", "", evidence.trust(row), finding.stance, finding.detail)


# ------------------------------------------------------------------------------------------------ in words


def _dates(question: Question, weighed: Weighed) -> str:
    """Why a row is in force at the time of the claim, or is not, or may be."""
    statement, timing = weighed.fact.statement, weighed.timing
    dates = when(statement).removeprefix(", ") or "it gives no date"
    asked = claimed_time(question.periods, question.as_of)
    course = question.course(weighed.fact)
    if timing.hold is Hold.HOLDS:
        if timing.seen is not None:
            return f"{dates}; assumed to hold since it was last listed {date_words(timing.seen)}"
        if timing.loose:
            return f"{dates}; the time of the claim ({asked}) lies within its imprecise end"
        if statement.start is None and statement.end is None and statement.point_in_time is None:
            return f"{dates}; what lasts holds until an end is stated"
        return f"{dates}; that takes in the time of the claim ({asked})"
    if timing.hold is Hold.OUTSIDE:
        if timing.reason is Reason.DATE_DIFFERS:
            return f"{dates}; the claim gives another date ({asked})"
        if timing.aside:
            return f"{dates}; that excludes {asked}, but of a narrower thing than the claim's"
        return f"{dates}; that excludes the time of the claim ({asked})"
    if timing.aside:
        return f"{dates}; its dates are those of something narrower than the claim"
    seen = course.seen_last
    if seen is not None and seen.latest < question.as_of.earliest:
        until = interval(course.stale, course.stale)
        return f"{dates}; it counts until {format_date(until)}, and the claim speaks of {asked}"
    return f"{dates}; that does not tell of {asked}"


def _ground(question: Question, weighed: Weighed) -> str:
    """How a row stands to the claim, by its value, its qualifiers and its dates."""
    fact = weighed.fact
    if weighed.qualifiers is Agreement.OTHER:
        return "it is about something else that the claim names besides"
    if weighed.value is Agreement.UNSURE:
        return "its value may be the one that the claim means, or contain it"
    if weighed.value is Agreement.OTHER:
        if not fact.positive:
            return "it denies another value"
        if _is_figure(fact):
            return "the figure is another"
        if not is_single(question.relation):
            return "another value, and there can be several"
        return f"another value, and there can be one only{_not_then(weighed)}"
    same = "the same value" if weighed.value is Agreement.SAME else "a value that entails the claim's"
    if weighed.qualifiers is Agreement.UNSURE:
        return f"{same}, and it does not say whether of what the claim names besides"
    if not fact.positive:
        return f"it denies {same}{_not_then(weighed)}"
    return f"{same}{_not_then(weighed)}"


def _is_figure(fact: Fact) -> bool:
    return isinstance(fact.value, Date | Quantity)


def _not_then(weighed: Weighed) -> str:
    told = {
        Hold.HOLDS: ", in force",
        Hold.OUTSIDE: ", at another time",
        Hold.UNSURE: ", and whether at that time is not known",
    }
    return told[weighed.timing.hold]
