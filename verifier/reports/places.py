"""What the reports for people have in common: where a claim stands, its sources, the counts."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from verifier.dates import format_date
from verifier.model import Report, Result, Source, SourceFailure, Stance, Suppressed, TableInfo, Verdict

__all__ = [
    "ASIDE",
    "Places",
    "checked_against",
    "count_claims",
    "found_by",
    "not_asked",
    "own_day",
    "sources_of",
    "subtitle",
    "tally",
]

ASIDE = {Suppressed.INLINE: "ignored", Suppressed.BASELINE: "in the baseline"}
"""How it is called that a result is set aside."""

_MOST_SOURCES = 5


class Places:
    """Turns offsets into lines and columns, both from 1, of a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def place(self, offset: int) -> str:
        """`line:column`, as editors jump to it."""
        line, column = self.at(offset)
        return f"{line}:{column}"

    def of(self, result: Result) -> str:
        """Where the claim stands, or what it is called if it is part of no document."""
        span = result.claim.span
        return result.claim.id if span is None else self.place(span.start)

    def others(self, result: Result) -> str:
        """Where else it stands, word for word; "" if nowhere."""
        return ", ".join(self.place(span.start) for span in result.claim.occurrences)


def sources_of(result: Result) -> tuple[Source, ...]:
    """What the verdict rests on, each once, what decided before what only bears on it; at most a handful."""
    findings = [finding for part in result.parts for finding in part.findings]
    findings.sort(key=lambda finding: finding.stance is Stance.NEUTRAL)
    found: dict[tuple[str, str], Source] = {}
    for finding in findings:
        for source in finding.statement.sources:
            found.setdefault((source.url, source.title), source)
    return tuple(found.values())[:_MOST_SOURCES]


def tally(results: Iterable[Result]) -> Counter[Verdict | Suppressed]:
    """How many results there are of each verdict that are told, and how many are set aside by whom."""
    return Counter(result.suppressed or result.verdict for result in results)


def count_claims(results: Sequence[Result]) -> str:
    """`4 claims: 1 supported, 1 contradicted, 1 unknown, 1 ignored`; set aside are named if there are any."""
    found = tally(results)
    counts = [f"{found[verdict]} {verdict}" for verdict in Verdict]
    counts += [f"{found[who]} {words}" for who, words in ASIDE.items() if found[who]]
    return f"{len(results)} claim{'' if len(results) == 1 else 's'}: {', '.join(counts)}"


def own_day(report: Report, result: Result) -> str:
    """The day that this claim was checked as of, where it is not that of the report; else ""."""
    day = result.claim.as_of
    return "" if day is None or day == report.as_of else f"as of {format_date(day)}"


def subtitle(report: Report) -> str:
    """The day that the claims were checked as of, and how it was found if the document told it."""
    if report.as_of is None:
        return ""
    found = found_by(report)
    return f"as of {format_date(report.as_of)}{f' ({found})' if found else ''}"


def found_by(report: Report) -> str:
    """How the day of the report was found in the document; "" if it was given, or is today."""
    document = report.document
    return document.dated if document.as_of == report.as_of else ""


def checked_against(tables: Iterable[TableInfo]) -> tuple[str, ...]:
    """A line for each table, with the edition by which the run can be repeated."""
    return tuple(
        f"{table.title or table.name} ({table.statements:,} statements, edition {table.fingerprint[:12]})"
        for table in tables
    )


def not_asked(failures: Iterable[SourceFailure]) -> tuple[str, ...]:
    """A line for each source that could not be asked, with the reason."""
    return tuple(f"Could not be asked: {failure.name}: {failure.detail}" for failure in failures)
