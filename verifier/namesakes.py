"""One name stands for one thing: in all that a claim says, and from one sentence of a text to the next.

The parts of a claim are judged one by one, and each may find another namesake that fits. Here they are judged
again for each namesake that all of them may be about: "Springfield is in Ohio and was founded in 1821" is not
supported by one Springfield in Ohio and another of 1821. In a text, a namesake that was told apart before is
meant again, unless the other end of a claim tells otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from verifier.agreement import FUZZY_MARGIN
from verifier.candidates import fits
from verifier.conclude import conclude
from verifier.evidence import Evidence
from verifier.model import Claim, MatchKind, Part, Reason, Result, Term, Triple, Verdict
from verifier.relations import Catalogue

__all__ = ["SpokenOf", "judge_claim"]

Ask = Callable[[Triple], Part]

_MOST = 24
"""Namesakes for which all that a claim says is judged again."""


def judge_claim(claim: Claim, ask: Ask) -> tuple[Part, ...]:
    """The parts of a claim; a name that stands in several of them stands for one thing."""
    parts = tuple(ask(triple) for triple in claim.triples)
    for namesakes in _shared(claim.triples):
        parts = _as_one(claim, namesakes, parts, ask)
    return parts


def _namesakes(term: Term) -> tuple[str, ...]:
    """The things that have the very name, if there are several."""
    named = [match for match in term.matches if match.kind is not MatchKind.FUZZY]
    best = max((match.score for match in named), default=0.0)
    ids = tuple(dict.fromkeys(match.id for match in named if match.score >= best - FUZZY_MARGIN))
    return ids if len(ids) > 1 and term.group is None else ()


def _shared(triples: Sequence[Triple]) -> list[tuple[str, ...]]:
    """The namesakes of each name that stands in several triples."""
    found = [{ids for end in (t.subject, t.object) if (ids := _namesakes(end))} for t in triples]
    names = dict.fromkeys(ids for own in found for ids in sorted(own))
    return [ids for ids in names if sum(ids in own for own in found) > 1 and len(ids) <= _MOST]


def _as_one(claim: Claim, namesakes: tuple[str, ...], parts: tuple[Part, ...], ask: Ask) -> tuple[Part, ...]:
    """The parts as they are for the one namesake that the other ends tell; open if they tell none."""
    kept = frozenset(namesakes)
    options = [
        tuple(
            ask(_narrowed(triple, kept, frozenset({id}))) if _has(triple, namesakes) else part
            for triple, part in zip(claim.triples, parts, strict=True)
        )
        for id in namesakes
    ]
    best = max(_told_by(option) for option in options)
    standing = [option for option in options if _told_by(option) == best]
    verdicts = {conclude(claim, option).verdict for option in standing}
    if len(verdicts) == 1:
        decided = Verdict.UNKNOWN not in verdicts or conclude(claim, parts).verdict is not Verdict.UNKNOWN
        return standing[0] if decided else parts
    if Verdict.SUPPORTED in verdicts:
        return next(o for o in standing if conclude(claim, o).verdict is Verdict.SUPPORTED)
    told = "The name fits several things, and no one of them is told apart by all that is said of it."
    return tuple(_open(part, told) if _has(part.triple, namesakes) else part for part in parts)


def _has(triple: Triple, namesakes: tuple[str, ...]) -> bool:
    return namesakes in (_namesakes(triple.subject), _namesakes(triple.object))


def _told_by(parts: Iterable[Part]) -> tuple[int, int]:
    """How much of what is said the tables affirm of these things: by another thing first, then by figures."""
    held = [part for part in parts if _holds(part)]
    return sum(part.triple.object.value is None for part in held), len(held)


def _holds(part: Part) -> bool:
    """Whether the tables affirm the triple, whatever the claim then says of it."""
    return part.verdict is (Verdict.CONTRADICTED if part.triple.negated else Verdict.SUPPORTED)


def _narrowed(triple: Triple, among: frozenset[str], to: frozenset[str]) -> Triple:
    """The triple with the ends that may be one of these things taken for some of them."""

    def narrow(term: Term) -> Term:
        if not among >= set(_namesakes(term)) or not _namesakes(term):
            return term
        return replace(term, matches=tuple(match for match in term.matches if match.id in to))

    return replace(triple, subject=narrow(triple.subject), object=narrow(triple.object))


def _open(part: Part, told: str) -> Part:
    if part.verdict is Verdict.UNKNOWN:
        return part
    return replace(
        part,
        verdict=Verdict.UNKNOWN,
        reason=Reason.AMBIGUOUS_ENTITY,
        explanation=told,
        confidence=None,
        repair="",
    )


@dataclass
class SpokenOf:
    """Which of several namesakes a text has told apart so far; `ask` judges in its light."""

    evidence: Evidence
    catalogue: Catalogue
    ids: set[str] = field(default_factory=set)

    def ask(self, triple: Triple, judge: Ask) -> Part:
        """Judge a triple; the namesake that was spoken of is meant, unless the other end says else."""
        part = judge(triple)
        ends = [self._meant(triple, subject=True), self._meant(triple, subject=False)]
        if ends == [triple.subject, triple.object]:
            return part
        if _holds(part) and triple.object.value is None:
            return part
        return replace(judge(replace(triple, subject=ends[0], object=ends[1])), triple=triple)

    def _meant(self, triple: Triple, *, subject: bool) -> Term:
        term = triple.subject if subject else triple.object
        relation = self.catalogue.get(triple.readings[0].relation) if triple.readings else None
        types: tuple[str, ...] = ()
        if relation is not None:
            as_subject = subject is not triple.readings[0].inverse
            types = relation.subject_types if as_subject else relation.object_types
        known = {
            id for id in _namesakes(term) if id in self.ids and fits(id, types, self.evidence) is not False
        }
        return replace(term, matches=tuple(m for m in term.matches if m.id in known)) if known else term

    def learn(self, result: Result) -> None:
        """Remember what a claim named beyond doubt, and what its other end told apart."""
        for part in result.parts:
            for term, match in ((part.triple.subject, part.subject), (part.triple.object, part.object)):
                told = _holds(part) and part.triple.object.value is None
                if match is not None and match.kind is not MatchKind.FUZZY and (told or not _namesakes(term)):
                    self.ids.add(match.id)
