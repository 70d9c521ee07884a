"""The verdict on one triple: the rules of design section 3, and nothing else.

`judge` asks one question for each reading of the relation and each candidate for either end, and settles the
answers: readings and namesakes never decide against each other in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from verifier.agreement import FUZZY_SCORE, End, is_sure
from verifier.candidates import candidates, fits
from verifier.evidence import Evidence
from verifier.explain import label, with_capital
from verifier.grounds import decide
from verifier.groups import judge_group
from verifier.model import (
    Date,
    Finding,
    Match,
    MatchKind,
    Modality,
    Part,
    Reading,
    Reason,
    Stance,
    Term,
    Triple,
    Verdict,
)
from verifier.outcome import Outcome
from verifier.recorded import recorded
from verifier.relations import Catalogue, Relation
from verifier.weigh import Question

__all__ = ["judge"]

READING_SCORE = 80.0
"""Words that fit a relation's phrasings less well than this do not make the relation certain."""
NEAR_READING = 5.0
"""Readings this close to the best are read too."""
_SAME_READING = 0.5
"""Readings this close are equally good."""

_INFORMATIVE = (
    Reason.SOURCES_DISAGREE,
    Reason.DATES_UNKNOWN,
    Reason.AMBIGUOUS_ENTITY,
    Reason.WEAK_MATCH,
    Reason.NO_STATEMENT,
    Reason.UNKNOWN_ENTITY,
)
"""Of several unknowns, the one to show: the nearer to a verdict, the earlier."""


_OF_THE_SAME = (Reason.EXPLICIT_NEGATIVE, Reason.OUTSIDE_DATES, Reason.DATE_DIFFERS)
"""Grounds that rest on a statement with both ends of the claim: the other end tells which namesake is meant."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of one pair of candidates."""

    question: Question
    outcome: Outcome

    @property
    def matches(self) -> tuple[Match, ...]:
        """The links that it rests on."""
        ends = (self.question.subject.match, self.question.object.match)
        return tuple(match for match in ends if match is not None)

    @property
    def score(self) -> float:
        """How well both ends fit their words."""
        return sum(match.score for match in self.matches)


def judge(triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date) -> Part:
    """Judge one triple by what the evidence states; `as_of` is the day of a claim that names none.

    Pure: the same triple, evidence and day give the same part. Raises what the evidence raises, nothing of its own.
    """
    if triple.modality is Modality.OPINION:
        told = "This is an opinion or a judgement; no statement can settle it."
        return Part(triple, Verdict.UNKNOWN, Reason.NOT_CHECKABLE, told)
    if not triple.readings:
        words = (
            f" \N{LEFT DOUBLE QUOTATION MARK}{triple.relation_text}\N{RIGHT DOUBLE QUOTATION MARK}"
            * bool(triple.relation_text)
        )
        told = f"The words{words} name no relation of the catalogue or the tables."
        return Part(
            triple,
            Verdict.UNKNOWN,
            Reason.UNKNOWN_RELATION,
            told,
            missing=(triple.relation_text,) * bool(words),
        )
    if triple.subject.group is not None or triple.object.group is not None or _is_only(triple):
        return judge_group(triple, evidence, catalogue=catalogue, as_of=as_of, judge=judge)
    asserted = _judge_asserted(
        replace(triple, modality=Modality.ASSERTED), evidence, catalogue=catalogue, as_of=as_of
    )
    if triple.modality is Modality.ASSERTED:
        return asserted
    return _reported(triple, asserted, evidence, catalogue=catalogue, as_of=as_of)


def _is_only(triple: Triple) -> bool:
    return any(term.quantifier is not None for term in (triple.subject, triple.object))


# --------------------------------------------------------------------------------------------- readings


def _judge_asserted(triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date) -> Part:
    best = max(reading.score for reading in triple.readings)
    near = [reading for reading in triple.readings if reading.score >= best - NEAR_READING]
    parts = [_judge_reading(triple, reading, evidence, catalogue=catalogue, as_of=as_of) for reading in near]
    part = _settle_readings(parts)
    if len(near) > 1 and part.reading is not None:
        said = (
            part.explanation[:1].lower() + part.explanation[1:]
            if part.explanation[1:2].islower()
            else part.explanation
        )
        part = replace(
            part,
            explanation=f"Read as \N{LEFT DOUBLE QUOTATION MARK}{part.reading.label}\N{RIGHT DOUBLE QUOTATION MARK}: {said}",
        )
    return _negate(part) if triple.negated else part


def _settle_readings(parts: Sequence[Part]) -> Part:
    """Any reading may support; only the best may contradict, and only if no equally good one is left open."""
    for part in parts:
        if part.verdict is Verdict.SUPPORTED:
            return part
    best = parts[0]
    if best.verdict is Verdict.UNKNOWN:
        return _most_informative(part for part in parts if part.verdict is Verdict.UNKNOWN)
    for part in parts[1:]:
        if part.verdict is Verdict.UNKNOWN and _score(part) >= _score(best) - _SAME_READING:
            return part
    return best


def _score(part: Part) -> float:
    return part.reading.score if part.reading is not None else 0.0


def _most_informative(parts: Iterable[Part]) -> Part:
    order = {reason: number for number, reason in enumerate(_INFORMATIVE)}
    return min(parts, key=lambda part: order.get(part.reason, len(order)))


def _negate(part: Part) -> Part:
    """Negation swaps supported and contradicted; unknown stays."""
    swapped = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}
    stances = {Stance.SUPPORTS: Stance.CONTRADICTS, Stance.CONTRADICTS: Stance.SUPPORTS}
    findings = tuple(replace(f, stance=stances.get(f.stance, f.stance)) for f in part.findings)
    return replace(part, verdict=swapped.get(part.verdict, part.verdict), findings=findings, repair="")


# ------------------------------------------------------------------------------------------- candidates


def _judge_reading(
    triple: Triple, reading: Reading, evidence: Evidence, *, catalogue: Catalogue, as_of: Date
) -> Part:
    relation = catalogue.get(reading.relation) or Relation(
        reading.relation, reading.label, lasting=True, declared=False
    )
    subject, object = (triple.object, triple.subject) if reading.inverse else (triple.subject, triple.object)
    subjects = candidates(subject, relation.subject_types, evidence)
    objects = candidates(object, relation.object_types, evidence)
    if subjects[0].id is None:
        return _unknown_subject(triple, reading, subject)
    questions = [
        Question(
            relation,
            s,
            o,
            triple.periods,
            triple.qualifiers,
            as_of,
            evidence,
            catalogue,
            negated=triple.negated,
        )
        for s in subjects
        for o in objects
    ]
    answer = _settle_candidates([_Answer(question, decide(question)) for question in questions])
    if answer.outcome.verdict is not Verdict.UNKNOWN and reading.score < READING_SCORE:
        answer = _weak(answer, f"the words {_quoted(reading.text)} may not mean {_quoted(reading.label)}")
    return _part(triple, reading, answer)


def _quoted(text: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def _unknown_subject(triple: Triple, reading: Reading, subject: Term) -> Part:
    told = f"No table knows {_quoted(subject.text)}."
    return Part(
        triple, Verdict.UNKNOWN, Reason.UNKNOWN_ENTITY, told, reading=reading, missing=(subject.text,)
    )


def _settle_candidates(answers: Sequence[_Answer]) -> _Answer:
    """Candidates of equal standing: the one that the other end confirms wins, else all must agree."""
    supported = [a for a in answers if a.outcome.verdict is Verdict.SUPPORTED]
    if supported:
        best = max(supported, key=lambda a: a.score)
        return best if _close(best) else _weak(best, "")
    stated = [a for a in answers if a.outcome.reason in _OF_THE_SAME]
    if len({a.outcome.verdict for a in answers}) > 1 and stated:
        answers = stated
    best = answers[0]
    verdicts = {a.outcome.verdict for a in answers}
    if verdicts == {Verdict.CONTRADICTED}:
        sure = all(is_sure(match) or len(answers) > 1 for match in best.matches)
        return best if sure and _close(best) else _not_close(best)
    if verdicts == {Verdict.UNKNOWN}:
        order = {reason: number for number, reason in enumerate(_INFORMATIVE)}
        best = min(answers, key=lambda a: order.get(a.outcome.reason, len(order)))
        unsure = not all(is_sure(match) for match in best.matches)
        return _weak(best, "") if unsure and best.outcome.reason is Reason.NO_STATEMENT else best
    return _ambiguous(answers)


def _close(answer: _Answer) -> bool:
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


def _not_close(answer: _Answer) -> _Answer:
    """A contradiction over a weak link stands only if a complete list has neither the thing nor its words."""
    question = answer.question
    subject = question.subject.match
    if answer.outcome.reason is Reason.NOT_IN_COMPLETE_LIST and (subject is None or is_sure(subject)):
        plain = replace(question, object=End(question.object.term))
        again = decide(plain)
        if again.reason is Reason.NOT_IN_COMPLETE_LIST:
            return _Answer(plain, again)
    return _weak(answer, "")


def _weak(answer: _Answer, why: str) -> _Answer:
    weak = [m for m in answer.matches if not is_sure(m)] or list(answer.matches)
    named = " and ".join(
        f"{_quoted(term.text)} may not be {m.label} (likeness {m.score:.0f} of 100)"
        for m in weak
        for term in (answer.question.subject.term, answer.question.object.term)
        if m in term.matches or m.id in {candidate.id for candidate in term.matches}
    )
    told = with_capital(f"{why or named}; if it is, then: {answer.outcome.explanation}")
    findings = tuple(replace(f, stance=Stance.NEUTRAL) for f in answer.outcome.findings)
    return replace(answer, outcome=Outcome(Verdict.UNKNOWN, Reason.WEAK_MATCH, told, findings))


def _ambiguous(answers: Sequence[_Answer]) -> _Answer:
    evidence = answers[0].question.evidence
    told = []
    findings: list[Finding] = []
    for answer in answers:
        names = ", ".join(f"{m.label}{_aside(m, evidence)}" for m in answer.matches)
        told.append(f"{names}: {answer.outcome.verdict}")
        findings.extend(replace(f, stance=Stance.NEUTRAL) for f in answer.outcome.findings[:2])
    said = f"The names fit several things, for which the verdicts differ ({'; '.join(told)})."
    missing = tuple(dict.fromkeys(m.label for a in answers for m in a.matches))
    outcome = Outcome(Verdict.UNKNOWN, Reason.AMBIGUOUS_ENTITY, said, tuple(findings[:10]), missing)
    return replace(answers[0], outcome=outcome)


def _aside(match: Match, evidence: Evidence) -> str:
    entity = evidence.entity(match.id)
    told = entity.description if entity is not None and entity.description else match.id
    return f" ({told})" if told != match.label else ""


# ------------------------------------------------------------------------------------------------ parts


def _part(triple: Triple, reading: Reading, answer: _Answer) -> Part:
    outcome, question = answer.outcome, answer.question
    subject, object = question.subject.match, question.object.match
    if reading.inverse:
        subject, object = object, subject
    return Part(
        triple,
        outcome.verdict,
        outcome.reason,
        outcome.explanation + _via(answer) * (outcome.verdict is not Verdict.UNKNOWN),
        outcome.findings,
        subject=subject,
        object=object,
        reading=reading,
        confidence=_confidence(answer, reading),
        missing=outcome.missing,
        repair=outcome.repair,
    )


def _via(answer: _Answer) -> str:
    """Fuzzy links are said, with their score."""
    said = [
        f"{_quoted(end.term.text)} is read as {label(end.match.id, answer.question.evidence)}, {end.match.score:.0f} of 100"
        for end in (answer.question.subject, answer.question.object)
        if end.match is not None and end.match.kind is MatchKind.FUZZY
    ]
    return f" ({'; '.join(said)}.)" if said else ""


def _confidence(answer: _Answer, reading: Reading) -> float | None:
    """A first estimate: how well the words fit both ends and the relation; None for unknown."""
    if answer.outcome.verdict is Verdict.UNKNOWN:
        return None
    product = reading.score / 100
    for match in answer.matches:
        product *= match.score / 100
    return round(product, 4)


# --------------------------------------------------------------------------------------- reported speech


def _reported(triple: Triple, inner: Part, evidence: Evidence, *, catalogue: Catalogue, as_of: Date) -> Part:
    """What somebody said, promised or planned: a row that records the saying supports it, nothing contradicts it."""
    said = recorded(triple, evidence, catalogue=catalogue, as_of=as_of)
    if said is not None:
        outcome, reading = said
        return replace(
            inner,
            triple=triple,
            verdict=outcome.verdict,
            reason=outcome.reason,
            explanation=outcome.explanation,
            findings=outcome.findings,
            reading=reading,
            confidence=round(reading.score / 100, 4),
            missing=(),
            repair="",
        )
    told = (
        f"The text only reports this ({triple.modality}), and no row records it. "
        f"Taken as a plain claim it would be {inner.verdict}: {inner.explanation}"
    )
    findings = tuple(replace(f, stance=Stance.NEUTRAL) for f in inner.findings)
    return replace(
        inner,
        triple=triple,
        verdict=Verdict.UNKNOWN,
        reason=Reason.REPORTED_SPEECH,
        explanation=told,
        findings=findings,
        confidence=None,
        repair="",
    )
