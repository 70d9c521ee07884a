"""What came of one question, before candidates and readings are settled against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verifier.dates import format_date
from verifier.explain import quoted, row, sentence, time_phrase, with_capital
from verifier.model import Finding, Reason, Stance, Verdict
from verifier.weigh import Question, Weighed

__all__ = [
    "MOST_FINDINGS",
    "Outcome",
    "claim_words",
    "contradicted",
    "finding",
    "findings",
    "supported",
    "time_words",
    "unknown",
]

MOST_FINDINGS = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict on one question, by which rule, in words, and the statements that decided, those first."""

    verdict: Verdict
    reason: Reason
    explanation: str
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    repair: str = ""


def finding(question: Question, weighed: Weighed, stance: Stance, detail: str) -> Finding:
    """A statement with what it has to do with the claim, as one sentence."""
    return Finding(stance, with_capital(f"{question.tell(weighed.fact)}: {detail}"), weighed.fact.statement)


def findings(
    question: Question, weighed: Iterable[Weighed], stance: Stance, detail: str
) -> tuple[Finding, ...]:
    """The same for several statements, at most `MOST_FINDINGS`; one that was read in two ways counts once."""
    found: dict[tuple[str, str], Finding] = {}
    for one in weighed:
        statement = one.fact.statement
        found.setdefault((statement.id, statement.table), finding(question, one, stance, detail))
    return tuple(found.values())[:MOST_FINDINGS]


def claim_words(question: Question) -> str:
    """The claim as its reading takes it: "Pristina is the capital of Kosovo"."""
    return sentence(question.relation, question.name(question.subject), question.name(question.object))


def _told(question: Question, weighed: Weighed) -> str:
    """A statement in words, and as of when it is known, if that is not to the claim's own day."""
    seen = weighed.timing.seen
    known = seen is not None and seen != weighed.fact.statement.point_in_time
    return question.tell(weighed.fact, seen) + (f", as of {format_date(seen)}" if seen and known else "")


def supported(
    question: Question, weighed: Iterable[Weighed], *, reason: Reason = Reason.SAME_VALUE, rule: str
) -> Outcome:
    """The claim is what these statements say or entail; the first is quoted."""
    told = tuple(weighed)
    said = f"{_told(question, told[0])}; {rule}"
    stances = findings(question, told, Stance.SUPPORTS, rule)
    return Outcome(Verdict.SUPPORTED, reason, with_capital(said), stances)


def contradicted(
    question: Question, weighed: Iterable[Weighed], reason: Reason, rule: str, *, repair: str = ""
) -> Outcome:
    """The claim is excluded by these statements on this ground; the first is quoted."""
    told = tuple(weighed)
    said = f"{_told(question, told[0])}; {rule}" if told else rule
    stances = findings(question, told, Stance.CONTRADICTS, rule)
    return Outcome(Verdict.CONTRADICTED, reason, with_capital(said), stances, repair=repair)


def unknown(
    question: Question,
    reason: Reason,
    why: str,
    *,
    beside: Iterable[Weighed] = (),
    stances: tuple[Finding, ...] = (),
    mend: str = "",
) -> Outcome:
    """Nothing decides, for this reason; says which row would, or what else (`mend`) if no row is missing."""
    named = (
        (found.label if (found := question.catalogue.get(name)) is not None else name, term.text)
        for name, term in question.qualifiers
    )
    missing = row(
        question.relation,
        question.name(question.subject),
        question.name(question.object),
        periods=question.periods,
        qualifiers=tuple(named),
        dated=reason is Reason.DATES_UNKNOWN or not question.relation.lasting,
    )
    neutral = findings(question, beside, Stance.NEUTRAL, why)
    rank = " and a preferred rank" if reason is Reason.SOURCES_DISAGREE else ""
    said = f"{why}; {mend or f'a row {quoted(missing)} with its source{rank} would settle it'}"
    return Outcome(
        Verdict.UNKNOWN,
        reason,
        with_capital(said),
        (*stances, *neutral)[:MOST_FINDINGS],
        () if mend else (missing,),
    )


def time_words(question: Question) -> str:
    """The claim's time in words, as what a statement holds for, excludes or leaves open."""
    return time_phrase(question.periods, question.as_of)
