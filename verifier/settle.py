"""Candidates for the same words, settled: namesakes never decide against each other in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from verifier.agreement import FUZZY_SCORE, End, is_sure
from verifier.candidates import fits
from verifier.evidence import Evidence
from verifier.explain import quoted, with_capital
from verifier.grounds import decide
from verifier.model import Finding, Match, MatchKind, Reason, Stance, UnknownValue, Verdict
from verifier.outcome import MOST_FINDINGS, Outcome
from verifier.weigh import Question

__all__ = ["INFORMATIVE", "Answer", "Choice", "ambiguous", "settle", "weak"]

INFORMATIVE = (
    Reason.SOURCES_DISAGREE,
    Reason.DATES_UNKNOWN,
    Reason.AMBIGUOUS_ENTITY,
    Reason.WEAK_MATCH,
    Reason.NO_STATEMENT,
    Reason.UNKNOWN_ENTITY,
)
"""Of several unknowns, the one to show: the nearer to a verdict, the earlier."""

_OF_THE_SAME = (Reason.EXPLICIT_NEGATIVE, Reason.OUTSIDE_DATES, Reason.DATE_DIFFERS)
"""Grounds that rest on a statement with both ends: the other end tells which namesake is meant.

A date that is itself the other end tells nothing: of it, another namesake may have the claimed one."""


_MOST_TOLD = 12
"""Namesakes that an explanation names."""


class Choice(StrEnum):
    """Why one pair of candidates speaks for all."""

    SUPPORTED = "supported"
    """The tables affirm the claim of it: that tells which things are meant."""
    BOTH_ENDS = "both-ends"
    """A row has both things, though it denies the claim or puts it at another time."""
    AGREED = "agreed"
    """Every pair gives this verdict; the best linked one is shown."""
    NEAREST = "nearest"
    """None is decided; the one that is nearest to a verdict is shown."""
    DIFFER = "differ"
    """The verdicts differ, and nothing tells which is meant."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one pair of candidates."""

    question: Question
    outcome: Outcome
    choice: Choice | None = None
    """Why it was chosen, once it is."""

    @property
    def matches(self) -> tuple[Match, ...]:
        """The links that it rests on."""
        ends = (self.question.subject.match, self.question.object.match)
        return tuple(match for match in ends if match is not None)

    @property
    def score(self) -> float:
        """How well both ends fit their words."""
        return sum(match.score for match in self.matches)


def settle(answers: Sequence[Answer]) -> Answer:
    """Candidates of equal standing: the one that the other end confirms wins, else all must agree."""
    supported = [a for a in answers if a.outcome.verdict is Verdict.SUPPORTED]
    if supported:
        best = max(supported, key=lambda a: a.score)
        best = replace(best, choice=Choice.SUPPORTED)
        return best if _close(best) else weak(best, "")
    choice = Choice.AGREED
    stated = [a for a in answers if _is_of_both(a)]
    if len({a.outcome.verdict for a in answers}) > 1 and stated:
        answers = stated
        choice = Choice.BOTH_ENDS
    best = replace(answers[0], choice=choice)
    verdicts = {a.outcome.verdict for a in answers}
    if verdicts == {Verdict.CONTRADICTED}:
        sure = all(is_sure(match) or len(answers) > 1 for match in best.matches)
        if len({a.outcome.repair for a in answers}) > 1:  # of each namesake another is right
            best = replace(best, outcome=replace(best.outcome, repair=""))
        return best if sure and _close(best) else _not_close(best)
    if verdicts == {Verdict.UNKNOWN}:
        order = {reason: number for number, reason in enumerate(INFORMATIVE)}
        best = min(answers, key=lambda a: order.get(a.outcome.reason, len(order)))
        best = replace(best, choice=Choice.NEAREST)
        unsure = not all(is_sure(match) for match in best.matches)
        return weak(best, "") if unsure and best.outcome.reason is Reason.NO_STATEMENT else best
    return ambiguous(answers)


def _is_of_both(answer: Answer) -> bool:
    """Whether its ground is a statement that names both ends; that there is none at all names only one."""
    rests = next((finding.statement.value for finding in answer.outcome.findings), None)
    return (
        answer.outcome.reason in _OF_THE_SAME
        and answer.question.object.value is None
        and not isinstance(rests, UnknownValue)
    )


def _close(answer: Answer) -> bool:
    """Whether every fuzzy link that it rests on is close enough, and to a thing of a fitting kind."""
    relation, evidence = answer.question.relation, answer.question.evidence
    wanted = (
        (answer.question.subject.match, relation.subject_types),
        (answer.question.object.match, relation.object_types),
    )
    return all(
        match is None
        or match.kind is not MatchKind.FUZZY
        or (match.score >= FUZZY_SCORE and fits(match.id, types, evidence) is not False)
        for match, types in wanted
    )


def _not_close(answer: Answer) -> Answer:
    """A contradiction over a weak link stands only if a complete list has neither the thing nor its words."""
    question = answer.question
    subject = question.subject.match
    if answer.outcome.reason is Reason.NOT_IN_COMPLETE_LIST and (subject is None or is_sure(subject)):
        plain = replace(question, object=End(question.object.term))
        again = decide(plain)
        if again.reason is Reason.NOT_IN_COMPLETE_LIST:
            return Answer(plain, again, answer.choice)
    return weak(answer, "")


def weak(answer: Answer, why: str) -> Answer:
    fuzzy = [m for m in answer.matches if m.kind is MatchKind.FUZZY]
    weak = [m for m in answer.matches if not is_sure(m)] or fuzzy or list(answer.matches)
    named = " and ".join(
        f"{quoted(term.text)} may not be {m.label} (likeness {m.score:.0f} of 100)"
        for m in weak
        for term in (answer.question.subject.term, answer.question.object.term)
        if m in term.matches or m.id in {candidate.id for candidate in term.matches}
    )
    so = "if that is meant" if why else "if it is" if len(weak) == 1 else "if they are"
    told = with_capital(f"{why or named}; {so}, then: {answer.outcome.explanation}")
    findings = tuple(replace(f, stance=Stance.NEUTRAL) for f in answer.outcome.findings)
    return replace(answer, outcome=Outcome(Verdict.UNKNOWN, Reason.WEAK_MATCH, told, findings))


def ambiguous(answers: Sequence[Answer]) -> Answer:
    """Unknown, because the names fit several things; says which, and what each would make of the claim."""
    evidence = answers[0].question.evidence
    told: list[str] = []
    findings: list[Finding] = []
    for answer in answers:
        names = ", ".join(f"{m.label}{_aside(m, evidence)}" for m in answer.matches)
        if len(told) < _MOST_TOLD:
            told.append(f"{names}: {answer.outcome.verdict}")
        findings.extend(replace(f, stance=Stance.NEUTRAL) for f in answer.outcome.findings[:2])
    more = f"; and {len(answers) - len(told)} more" if len(answers) > len(told) else ""
    said = f"The names fit several things, for which the verdicts differ ({'; '.join(told)}{more})."
    missing = tuple(dict.fromkeys(m.label for a in answers for m in a.matches))
    outcome = Outcome(
        Verdict.UNKNOWN, Reason.AMBIGUOUS_ENTITY, said, tuple(findings[:MOST_FINDINGS]), missing
    )
    return replace(answers[0], outcome=outcome, choice=Choice.DIFFER)


def _aside(match: Match, evidence: Evidence) -> str:
    entity = evidence.entity(match.id)
    told = entity.description if entity is not None and entity.description else match.id
    return f" ({told})" if told != match.label else ""
