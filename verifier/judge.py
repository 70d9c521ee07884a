"""The verdict on one triple: the rules, and nothing else.

`judge` asks one question for each reading of the relation and each candidate for either end, and settles the
answers: readings and namesakes never decide against each other in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from verifier.candidates import fits, sift, still_there
from verifier.confidence import confidence
from verifier.evidence import Evidence
from verifier.explain import quoted
from verifier.grounds import decide
from verifier.groups import judge_group
from verifier.inforce import moments
from verifier.lists import is_closed
from verifier.model import (
    Date,
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
from verifier.notes import Asked, Chosen, Watch
from verifier.orders import judge_order
from verifier.recorded import recorded
from verifier.relations import Catalogue, Relation, is_loose
from verifier.settle import INFORMATIVE, Answer, ambiguous, settle, weak
from verifier.weigh import Question

__all__ = ["judge"]

READING_SCORE = 80.0
"""Words that fit a relation's phrasings less well than this do not make the relation certain."""
NEAR_READING = 5.0
"""Readings this close to the best are read too."""
_MOST_PAIRS = 256
"""Pairs of candidates for the two ends that are asked about."""
_SAME_READING = 0.5
"""Readings this close are equally good."""


def judge(
    triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date, watch: Watch | None = None
) -> Part:
    """Judge one triple by what the evidence states; `as_of` is the day of a claim that names none.

    Pure: the same triple, evidence and day give the same part, and the same notes to who watches. Raises what
    the evidence raises and no more. What is only likely to be meant never contradicts.
    """
    part = _judge(triple, evidence, catalogue=catalogue, as_of=as_of, watch=watch)
    if part.verdict is not Verdict.CONTRADICTED:
        return part
    unsure = next(
        (term for term in _ends(triple) if any(m.kind is MatchKind.LIKELY for m in term.matches)), None
    )
    if unsure is not None:
        return _unless_meant(part, unsure)
    for other, term in _of_rivals(triple):
        found = _judge(other, evidence, catalogue=catalogue, as_of=as_of, watch=watch)
        if found.verdict is Verdict.SUPPORTED:
            return _unless_meant(part, term)
    return part


def _of_rivals(triple: Triple) -> Iterator[tuple[Triple, Term]]:
    """The same said of what else its words may take up, and the term that may be so meant."""
    for rival in triple.subject.rivals:
        yield replace(triple, subject=_taken_for(triple.subject, rival)), triple.subject
    for rival in triple.object.rivals:
        yield replace(triple, object=_taken_for(triple.object, rival)), triple.object
    order = triple.order
    if order is not None and order.than is not None:
        for rival in order.than.rivals:
            yield replace(triple, order=replace(order, than=_taken_for(order.than, rival))), order.than
    for name, term in triple.qualifiers:
        for rival in term.rivals:
            others = (one for one in triple.qualifiers if one != (name, term))
            yield replace(triple, qualifiers=(*others, (name, _taken_for(term, rival)))), term


def _taken_for(term: Term, rival: Match) -> Term:
    return replace(term, matches=(rival,), rivals=())


def _ends(triple: Triple) -> Iterator[Term]:
    """Every term that a triple speaks of, and what its groups are told by."""
    than = None if triple.order is None else triple.order.than
    beside = () if than is None else (than,)
    for term in (triple.subject, triple.object, *beside, *(term for _, term in triple.qualifiers)):
        yield term
        if term.group is not None:
            yield from (other for _, other, _ in term.group.conditions)


def _unless_meant(part: Part, term: Term) -> Part:
    told = f"{quoted(term.text)} may not mean {term.matches[0].label}; if it does, then: {part.explanation}"
    findings = tuple(replace(f, stance=Stance.NEUTRAL) for f in part.findings)
    return replace(
        part,
        verdict=Verdict.UNKNOWN,
        reason=Reason.WEAK_MATCH,
        explanation=told,
        findings=findings,
        confidence=None,
        repair="",
    )


def _judge(
    triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date, watch: Watch | None
) -> Part:
    if triple.modality is Modality.OPINION:
        told = "This is an opinion or a judgement; no statement can settle it."
        return Part(triple, Verdict.UNKNOWN, Reason.NOT_CHECKABLE, told)
    if not triple.readings:
        words = f" {quoted(triple.relation_text)}" * bool(triple.relation_text)
        told = f"The words{words} name no relation of the catalogue or the tables."
        return Part(
            triple,
            Verdict.UNKNOWN,
            Reason.UNKNOWN_RELATION,
            told,
            missing=(triple.relation_text,) * bool(words),
        )
    if triple.order is not None:
        return _compared(triple, evidence, catalogue=catalogue, as_of=as_of, watch=watch)
    if triple.subject.group is not None or triple.object.group is not None or _is_quantified(triple):
        own = partial(judge, watch=watch)
        return judge_group(triple, evidence, catalogue=catalogue, as_of=as_of, judge=own, watch=watch)
    plain = replace(triple, modality=Modality.ASSERTED)
    asserted = _judge_asserted(plain, evidence, catalogue=catalogue, as_of=as_of, watch=watch)
    if triple.modality is Modality.ASSERTED:
        return asserted
    return _reported(triple, asserted, evidence, catalogue=catalogue, as_of=as_of)


def _compared(
    triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date, watch: Watch | None
) -> Part:
    """A claim that compares; what somebody only says of it is never decided."""
    own = partial(judge, watch=watch)
    part = judge_order(triple, evidence, catalogue=catalogue, as_of=as_of, judge=own)
    part = _negate(part) if triple.negated else part
    return part if triple.modality is Modality.ASSERTED else _only_told(triple, part)


def _is_quantified(triple: Triple) -> bool:
    return any(term.quantifier is not None for term in (triple.subject, triple.object))


# --------------------------------------------------------------------------------------------- readings


def _judge_asserted(
    triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date, watch: Watch | None
) -> Part:
    best = max(reading.score for reading in triple.readings)
    near = [reading for reading in triple.readings if reading.score >= best - NEAR_READING]
    whole = [reading for reading in near if _is_whole(reading.relation, evidence)] or near
    fitting = _of_fitting_types(triple, whole, evidence, catalogue=catalogue)
    if watch is not None:
        watch(Chosen(triple, tuple(near), tuple(whole), tuple(fitting)))
    parts = [
        _judge_reading(triple, reading, evidence, catalogue=catalogue, as_of=as_of, watch=watch)
        for reading in fitting
    ]
    part = _settle_readings(parts)
    if len(fitting) > 1 and part.reading is not None:
        told = f"Read as {quoted(part.reading.label)}: {part.explanation}"
        part = replace(part, explanation=told)
    return _negate(part) if triple.negated else part


def _of_fitting_types(
    triple: Triple, readings: list[Reading], evidence: Evidence, *, catalogue: Catalogue
) -> list[Reading]:
    """Without the readings that ask for ends of another kind, if one of the best does not: no state is a
    member of a sports team."""
    fitting = [reading for reading in readings if _fits(triple, reading, evidence, catalogue=catalogue)]
    best = max(reading.score for reading in readings)
    return fitting if any(reading.score >= best - _SAME_READING for reading in fitting) else readings


def _fits(triple: Triple, reading: Reading, evidence: Evidence, *, catalogue: Catalogue) -> bool:
    """Whether nothing that an end may stand for is known to be of another kind than the relation asks for."""
    relation = catalogue.get(reading.relation)
    if relation is None:
        return True
    subject, object = (triple.object, triple.subject) if reading.inverse else (triple.subject, triple.object)
    return not any(
        term.matches and all(fits(match.id, types, evidence) is False for match in term.matches)
        for term, types in ((subject, relation.subject_types), (object, relation.object_types))
    )


def _is_whole(relation: str, evidence: Evidence) -> bool:
    """Whether some table says all that there is in a relation: words are then not of one that it lacks."""
    return any(one.everything for one in evidence.completeness(relation))


def _settle_readings(parts: Sequence[Part]) -> Part:
    """Any reading may support; only the best may contradict, and only if no equally good one is left open."""
    for part in parts:
        if part.verdict is Verdict.SUPPORTED:
            return part
    best = _of_this_pair(parts)
    if best.verdict is Verdict.UNKNOWN:
        return _most_informative(part for part in parts if part.verdict is Verdict.UNKNOWN)
    for part in parts:
        level = part.verdict is Verdict.UNKNOWN and _score(part) >= _score(best) - _SAME_READING
        if level and not (_is_of_this_pair(best) and not part.findings):
            return part
    return best


def _of_this_pair(parts: Sequence[Part]) -> Part:
    """The best part; of equally good ones, that which speaks of these two things, where the others know
    nothing: who is a member of a club from 2010 is meant by "joined", and not a signatory."""
    level = [part for part in parts if _score(part) >= _score(parts[0]) - _SAME_READING]
    return next((part for part in level if _is_of_this_pair(part)), parts[0])


def _is_of_this_pair(part: Part) -> bool:
    """Whether a statement of the very things that a claim names, for another time, contradicts it."""
    return part.verdict is Verdict.CONTRADICTED and part.reason in {Reason.OUTSIDE_DATES, Reason.DATE_DIFFERS}


def _score(part: Part) -> float:
    return part.reading.score if part.reading is not None else 0.0


def _most_informative(parts: Iterable[Part]) -> Part:
    order = {reason: number for number, reason in enumerate(INFORMATIVE)}
    return min(parts, key=lambda part: order.get(part.reason, len(order)))


def _negate(part: Part) -> Part:
    """Negation swaps supported and contradicted; unknown stays."""
    swapped = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}
    stances = {Stance.SUPPORTS: Stance.CONTRADICTS, Stance.CONTRADICTS: Stance.SUPPORTS}
    findings = tuple(replace(f, stance=stances.get(f.stance, f.stance)) for f in part.findings)
    return replace(part, verdict=swapped.get(part.verdict, part.verdict), findings=findings, repair="")


# ------------------------------------------------------------------------------------------- candidates


def _judge_reading(
    triple: Triple,
    reading: Reading,
    evidence: Evidence,
    *,
    catalogue: Catalogue,
    as_of: Date,
    watch: Watch | None,
) -> Part:
    relation = catalogue.get(reading.relation) or Relation(
        reading.relation, reading.label, lasting=True, declared=False
    )
    if _is_whole(relation.id, evidence):
        relation = replace(relation, event=True)  # the one date of a row is then the only time there is
    subject, object = (triple.object, triple.subject) if reading.inverse else (triple.subject, triple.object)
    times = moments(triple.periods, as_of)  # none if that is at some time in the past
    subjects = still_there(sift(subject, relation.subject_types, evidence), times, evidence)
    objects = still_there(sift(object, relation.object_types, evidence), times, evidence)
    if subjects.ends[0].id is None:
        part = _unknown_subject(triple, reading, subject)
        if watch is not None:
            watch(Asked(triple, reading, subjects, objects, (), part))
        return part
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
        for s in subjects.ends
        for o in objects.ends
    ]
    answers = [Answer(question, decide(question)) for question in questions[:_MOST_PAIRS]]
    answer = settle(answers)
    if len(questions) > len(answers) and answer.outcome.verdict is Verdict.CONTRADICTED:
        answer = ambiguous(answers)  # those that were not asked about may not agree
    sure = reading.score >= READING_SCORE or is_closed(answer.question)
    if answer.outcome.verdict is not Verdict.UNKNOWN and not sure:
        answer = weak(answer, f"the words {quoted(reading.text)} may not mean {quoted(reading.label)}")
    if (
        answer.outcome.reason in {Reason.NOT_IN_COMPLETE_LIST, Reason.DATE_DIFFERS}
        and is_loose(relation, reading.text)
        and not is_closed(answer.question)
    ):
        answer = weak(answer, f"the words {quoted(reading.text)} may say less than {quoted(reading.label)}")
    part = _part(triple, reading, answer)
    if watch is not None:
        watch(Asked(triple, reading, subjects, objects, tuple(answers), part, answer))
    return part


def _unknown_subject(triple: Triple, reading: Reading, subject: Term) -> Part:
    told = f"No table knows {quoted(subject.text)}."
    return Part(
        triple, Verdict.UNKNOWN, Reason.UNKNOWN_ENTITY, told, reading=reading, missing=(subject.text,)
    )


# ------------------------------------------------------------------------------------------------ parts


def _part(triple: Triple, reading: Reading, answer: Answer) -> Part:
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


def _via(answer: Answer) -> str:
    """Fuzzy links are said, with their score."""
    said = [
        f"{quoted(end.term.text)} is read as {answer.question.name(end)}, {end.match.score:.0f} of 100"
        for end in (answer.question.subject, answer.question.object)
        if end.match is not None and end.match.kind is MatchKind.FUZZY
    ]
    return f" ({'; '.join(said)}.)" if said else ""


def _confidence(answer: Answer, reading: Reading) -> float | None:
    """How often such verdicts are right; None for unknown."""
    if answer.outcome.verdict is Verdict.UNKNOWN:
        return None
    return confidence(reading.way, answer.matches, answer.outcome.reason)


# --------------------------------------------------------------------------------------- reported speech


def _reported(triple: Triple, inner: Part, evidence: Evidence, *, catalogue: Catalogue, as_of: Date) -> Part:
    """What somebody said, promised or planned: a row that records it supports it, nothing contradicts it."""
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
            confidence=confidence(reading.way, (), outcome.reason),
            missing=(),
            repair="",
        )
    return _only_told(triple, inner)


def _only_told(triple: Triple, inner: Part) -> Part:
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
