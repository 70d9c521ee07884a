"""What judging a claim that compares needs throughout, and the words in which the outcome is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verifier.agreement import End, is_sure
from verifier.candidates import candidates, fits
from verifier.confidence import confidence
from verifier.court import Judge
from verifier.evidence import Evidence
from verifier.explain import label, quoted, with_capital
from verifier.gauge import Gauged, gauge
from verifier.model import (
    Aspect,
    Date,
    Finding,
    Match,
    MatchKind,
    Order,
    Part,
    PeriodKind,
    Reading,
    Reason,
    Stance,
    Term,
    Triple,
    Verdict,
)
from verifier.outcome import MOST_FINDINGS
from verifier.relations import Catalogue, Relation
from verifier.weigh import Question

__all__ = ["Case", "decided_part", "end_of", "findings_of", "open_part", "without_rows"]


@dataclass(frozen=True, slots=True)
class Case:
    """A claim that compares, in one reading of its relation, and what it is judged by."""

    triple: Triple
    order: Order
    reading: Reading
    relation: Relation
    evidence: Evidence
    catalogue: Catalogue
    as_of: Date
    judge: Judge

    @property
    def at(self) -> Date:
        """The time that the claim names, or its day."""
        dates = (p.date for p in self.triple.periods if p.kind is PeriodKind.AT and p.date is not None)
        return next(dates, self.as_of)

    def ends(self, term: Term) -> list[End]:
        """What a compared term may be."""
        types = self.relation.object_types if self.reading.inverse else self.relation.subject_types
        return [end for end in candidates(term, types, self.evidence) if end.id is not None]

    @property
    def fits(self) -> bool | None:
        """Whether some thing that the subject may be is of the kind that the relation asks for."""
        types = self.relation.object_types if self.reading.inverse else self.relation.subject_types
        answers = {fits(match.id, types, self.evidence) for match in self.triple.subject.matches}
        return True if True in answers else None if None in answers or not answers else False

    def alike(self, one: End, other: End) -> bool:
        """Whether two things are of one kind: of namesakes, those are meant."""
        return bool(self.evidence.types(one.id or "") & self.evidence.types(other.id or ""))

    def gauge(self, end: End) -> Gauged | None:
        """What one of the things compared comes to."""
        if self.order.aspect is Aspect.VALUE:
            return gauge(self._question(end, End(Term(""))), Aspect.VALUE)
        types = self.relation.subject_types if self.reading.inverse else self.relation.object_types
        others = [o for o in candidates(self.triple.object, types, self.evidence) if o.id is not None]
        pairs = [(o, end) if self.reading.inverse else (end, o) for o in others]
        found = [gauge(self._question(*pair), self.order.aspect) for pair in pairs]
        known = [gauged for gauged in found if gauged is not None]
        sure = all(other.match is None or is_sure(other.match) for other in others)
        return known[0] if len(known) == 1 and sure else None

    def _question(self, subject: End, object: End) -> Question:
        figures = self.order.aspect is Aspect.VALUE
        periods = self.triple.periods if figures else ()
        qualifiers = () if figures else self.triple.qualifiers
        return Question(
            self.relation, subject, object, periods, qualifiers, self.as_of, self.evidence, self.catalogue
        )

    def name(self, id: str) -> str:
        """What a thing is called."""
        return label(id, self.evidence)

    def row(self, name: str) -> str:
        """The row that is missing for a thing."""
        figures = self.order.aspect is Aspect.VALUE
        other = "…" if figures else self.triple.object.text
        dates = "" if figures else f", with its {self.order.aspect} date"
        subject, object = (other, name) if self.reading.inverse else (name, other)
        return f"{subject} | {self.relation.label} | {object}{dates}"

    @property
    def measure(self) -> str:
        """What is compared, in words."""
        if self.order.aspect is Aspect.VALUE:
            return self.relation.label
        turns = {Aspect.START: "the beginning", Aspect.END: "the end"}
        return f"{turns.get(self.order.aspect, 'the length')} of {quoted(self.reading.label)}"


def end_of(case: Case, id: str) -> End:
    name = case.name(id)
    match = Match(id, name, name, 100.0, MatchKind.EXACT)
    return End(Term(name, matches=(match,)), match=match)


# ------------------------------------------------------------------------------------------------ parts


def findings_of(gauged: Iterable[Gauged], stance: Stance, detail: str) -> tuple[Finding, ...]:
    found: dict[tuple[str, str], Finding] = {}
    for one in gauged:
        for statement, told in one.statements:
            key = (statement.id, statement.table)
            found.setdefault(key, Finding(stance, with_capital(f"{told}: {detail}"), statement))
    return tuple(found.values())[:MOST_FINDINGS]


def decided_part(
    case: Case,
    one: End,
    verdict: Verdict,
    reason: Reason,
    why: str,
    gauged: Iterable[Gauged],
    *,
    repair: str = "",
) -> Part:
    supports = verdict is Verdict.SUPPORTED
    stance = Stance.SUPPORTS if supports else Stance.CONTRADICTS
    detail = f"beside the other it {'bears out' if supports else 'excludes'} the claim"
    matches = (one.match,) if one.match is not None else ()
    return Part(
        case.triple,
        verdict,
        reason,
        with_capital(why),
        findings_of(gauged, stance, detail),
        subject=one.match,
        reading=case.reading,
        confidence=confidence(case.reading.way, matches, reason),
        repair=repair,
    )


def without_rows(case: Case, names: list[str], known: list[Gauged]) -> Part:
    missing = tuple(case.row(name) for name in names)
    rows = " and ".join(quoted(row) for row in missing)
    why = f"no statement gives {case.measure} for {' and '.join(names)} at that time"
    why += f"; a row {rows} with its source would settle it"
    findings = findings_of(known, Stance.NEUTRAL, "there is nothing to compare it with")
    return open_part(case, Reason.NO_STATEMENT, why, missing=missing, findings=findings)


def open_part(
    case: Case,
    reason: Reason,
    why: str,
    *,
    missing: tuple[str, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> Part:
    return Part(
        case.triple,
        Verdict.UNKNOWN,
        reason,
        with_capital(why),
        findings,
        reading=case.reading,
        missing=missing,
    )
