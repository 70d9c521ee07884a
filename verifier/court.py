"""What a claim about a group is judged with, and the words in which the outcome is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from verifier.confidence import confidence as likely
from verifier.evidence import Evidence
from verifier.explain import label, quoted, with_capital
from verifier.members import Members
from verifier.model import (
    Date,
    Finding,
    Match,
    MatchKind,
    Part,
    PeriodKind,
    Quantifier,
    QuantifierKind,
    Reason,
    Term,
    Triple,
    Verdict,
)
from verifier.notes import Watch
from verifier.outcome import MOST_FINDINGS
from verifier.relations import Catalogue

__all__ = [
    "Court",
    "Judge",
    "Tally",
    "count_of",
    "exception",
    "group_words",
    "holds",
    "incomplete",
    "names",
    "part_of",
]

_MOST_NAMES = 12


class Judge(Protocol):
    """How one triple is judged."""

    def __call__(self, triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date) -> Part: ...


@dataclass(frozen=True, slots=True)
class Court:
    """What judging a group needs throughout."""

    triple: Triple
    subject_side: bool
    """True if the group is the claim's subject."""
    evidence: Evidence
    catalogue: Catalogue
    as_of: Date
    judge: Judge
    watch: Watch | None = None
    """Who asks how it is judged."""

    @property
    def term(self) -> Term:
        """The end that is a group, or is said to be the only one."""
        return self.triple.subject if self.subject_side else self.triple.object

    @property
    def quantifier(self) -> Quantifier:
        """A bare plural is read as all."""
        return self.term.quantifier or Quantifier(QuantifierKind.ALL)

    @property
    def at(self) -> Date:
        """The time at which the group's members count: the one that the claim names."""
        dates = (p.date for p in self.triple.periods if p.kind is PeriodKind.AT and p.date is not None)
        return next(dates, self.as_of)

    @property
    def unquantified(self) -> Triple:
        """The triple as if nothing were said of how many."""
        return self.with_term(replace(self.term, quantifier=None))

    def ask(self, triple: Triple) -> Part:
        """Judge another triple by the same evidence."""
        return self.judge(triple, self.evidence, catalogue=self.catalogue, as_of=self.as_of)

    def with_term(self, term: Term) -> Triple:
        """The triple with another term in the place of the group."""
        speaker = self.triple.speaker
        if speaker is not None and speaker.group is not None and speaker.group == self.term.group:
            speaker = term  # what the group says, each member says
        if self.subject_side:
            return replace(self.triple, subject=term, speaker=speaker)
        return replace(self.triple, object=term, speaker=speaker)

    def member(self, id: str) -> Triple:
        """The triple said of one thing."""
        name = label(id, self.evidence)
        return self.with_term(Term(name, self.term.span, (Match(id, name, name, 100.0, MatchKind.EXACT),)))


@dataclass(frozen=True, slots=True)
class Tally:
    """How the members fared."""

    supported: tuple[tuple[str, Part], ...]
    contradicted: tuple[tuple[str, Part], ...]
    open: tuple[tuple[str, Part], ...]

    @property
    def size(self) -> int:
        """How many members were judged."""
        return len(self.supported) + len(self.contradicted) + len(self.open)


def group_words(court: Court) -> str:
    """What the members are called."""
    group = court.term.group
    return f"members of {quoted(group.text if group is not None else court.term.text)}"


def all_of(court: Court, number: int) -> str:
    """All members that there are: "the 22 members of ...", "the one member of ..."."""
    words = group_words(court)
    return f"the {number} {words}" if number != 1 else f"the one {words.replace('members', 'member', 1)}"


def it_holds(court: Court) -> str:
    """What is told of members: of a claim that denies something, it is the denial that holds."""
    return "the denial holds" if court.triple.negated else "it holds"


def names(court: Court, ids: Iterable[str]) -> list[str]:
    """Labels of things, sorted."""
    return sorted(label(id, court.evidence) for id in ids)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def part_of(
    court: Court,
    verdict: Verdict,
    reason: Reason,
    why: str,
    *,
    findings: Iterable[Finding] = (),
    missing: tuple[str, ...] = (),
    repair: str = "",
    confidence: float | None = None,
) -> Part:
    """The part of a claim about a group, in the reading that was taken; as sure as its least sure member."""
    best = court.triple.readings[0] if court.triple.readings else None
    if confidence is None and verdict is not Verdict.UNKNOWN and best is not None:
        confidence = likely(best.way, (), reason)
    return Part(
        court.triple,
        verdict,
        reason,
        with_capital(why),
        tuple(findings)[:MOST_FINDINGS],
        reading=best,
        missing=missing,
        repair=repair,
        confidence=confidence,
    )


def _evidence(parts: Iterable[tuple[str, Part]]) -> list[Finding]:
    return [finding for _, part in parts for finding in part.findings[:1]]


def _confidence(parts: Iterable[tuple[str, Part]]) -> float | None:
    known = [part.confidence for _, part in parts if part.confidence is not None]
    return min(known, default=None)


def exception(court: Court, parts: Sequence[tuple[str, Part]]) -> Part:
    """Contradicted, by these."""
    told = _listed(names(court, (id for id, _ in parts)))
    why = f"not so for {told}: {parts[0][1].explanation}"
    return part_of(
        court,
        Verdict.CONTRADICTED,
        Reason.COUNTER_EXAMPLE,
        why,
        findings=_evidence(parts),
        confidence=_confidence(parts),
    )


def holds(court: Court, tally: Tally, whom: str) -> Part:
    """Supported, by the members that were judged."""
    parts = tally.supported or tally.contradicted
    told = _listed(names(court, (id for id, _ in parts)))
    why = f"{it_holds(court)} for {whom}: {told}"
    return part_of(
        court,
        Verdict.SUPPORTED,
        Reason.GROUP_HOLDS,
        why,
        findings=_evidence(parts),
        confidence=_confidence(parts),
    )


def count_of(court: Court, verdict: Verdict, tally: Tally, number: str, *, whole: bool = True) -> Part:
    """Decided by how many it is; `whole` is False if there may be more members than were judged."""
    reason = Reason.COUNT_AGREES if verdict is Verdict.SUPPORTED else Reason.COUNT_DIFFERS
    parts = tally.supported or tally.contradicted
    told = _listed(names(court, (id for id, _ in tally.supported)))
    of = f"of {all_of(court, tally.size)}" if whole and tally.size > 1 else f"of the {group_words(court)}"
    why = f"{it_holds(court)} for {number} {of}" + (f": {told}" if told else "")
    repair = number if verdict is Verdict.CONTRADICTED else ""
    return part_of(
        court, verdict, reason, why, findings=_evidence(parts), confidence=_confidence(parts), repair=repair
    )


def incomplete(court: Court, members: Members, sure: Tally, possible: Tally) -> Part:
    """Unknown: which members have no row, and whether others may be missing."""
    without = names(court, (id for id, _ in (*sure.open, *possible.open, *possible.contradicted)))
    why = []
    if without:
        why.append(f"no row decides it for {_listed(without)}")
    if not members.complete:
        why.append(f"no table declares its list of {group_words(court)} complete")
    if not why:
        why.append("its members do not settle it")
    if sure.supported:
        why.append(f"{it_holds(court)} for {_listed(names(court, (id for id, _ in sure.supported)))}")
    findings = _evidence((*sure.supported, *sure.contradicted))
    return part_of(
        court,
        Verdict.UNKNOWN,
        Reason.INCOMPLETE_GROUP,
        "; ".join(why),
        findings=findings,
        missing=tuple(without) or (f"a complete list of {group_words(court)}",) * (not members.complete),
    )
