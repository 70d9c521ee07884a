"""What came of a claim in each edition, in spells of the same verdict for the same row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from verifier.model import Finding, Report, Result, Stance, Verdict
from verifier.refresh.edition import Edition

__all__ = ["Spell", "deciding_row", "spells"]

_STANCES = {Verdict.SUPPORTED: Stance.SUPPORTS, Verdict.CONTRADICTED: Stance.CONTRADICTS}


@dataclass(frozen=True, slots=True)
class Spell:
    """Editions, one after the other, in which a claim had the same verdict for the same reason and row."""

    first: Edition
    last: Edition
    editions: int
    report: Report
    """On the claim alone, of the last of them."""

    @property
    def result(self) -> Result:
        """What came of the claim."""
        return self.report.results[0]


def spells(reports: Iterable[tuple[Edition, Report]]) -> tuple[Spell, ...]:
    """The reports on one claim, the oldest edition first, told together where they say the same."""
    found: list[Spell] = []
    for edition, report in reports:
        if found and _key(found[-1].result) == _key(report.results[0]):
            found[-1] = replace(found[-1], last=edition, editions=found[-1].editions + 1, report=report)
        else:
            found.append(Spell(edition, edition, 1, report))
    return tuple(found)


def deciding_row(result: Result) -> Finding | None:
    """The first row that says what the verdict says; None of a claim that is unknown."""
    stance = _STANCES.get(result.verdict)
    findings = (finding for part in result.parts for finding in part.findings)
    return next((finding for finding in findings if finding.stance is stance), None)


def _key(result: Result) -> object:
    """What makes a spell: what the row says, not where it stands or when it was last shown."""
    row = deciding_row(result)
    if row is None:
        return result.verdict, result.reason
    said = replace(row.statement, id="", seen_first=None, seen_last=None, sources=(), quote="", table="")
    return result.verdict, result.reason, said
