"""A result as a row of a table: which columns there are, and what stands in them, not yet escaped.

Both the `csv` report and `Report.to_frame` are made of these rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from verifier.model import Match, Report, Result
from verifier.reports.understood import ends_of, name_of_end, relation_of

__all__ = ["COLUMNS", "Cell", "rows"]

Cell = str | int | float | None

COLUMNS: Mapping[str, type] = {
    "document": str,
    "id": str,
    "verdict": str,
    "reason": str,
    "confidence": float,
    "text": str,
    "explanation": str,
    "instead": str,
    "subject": str,
    "subject_id": str,
    "relation": str,
    "relation_id": str,
    "object": str,
    "object_id": str,
    "sources": str,
    "start": int,
    "end": int,
    "sentence": str,
    "suppressed": str,
}
"""The columns in order, each with what its cells are; a number may be missing, a text may be empty."""


def rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    """A row for each result, in their order.

    What a claim's parts say is separated by `|`, each in its place, so that the columns of names and ids can
    be read side by side; repairs and sources are lists of what there is.
    """
    labels = dict(report.labels)
    return (_row(report.document.name, result, labels) for result in report.results)


def _row(document: str, result: Result, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    claim, parts = result.claim, result.parts
    sources = dict.fromkeys(
        source.url or source.title
        for part in parts
        for finding in part.findings
        for source in finding.statement.sources
    )
    readings = [part.reading for part in parts]
    ends = [ends_of(part) for part in parts]
    return (
        document,
        claim.id,
        result.verdict.value,
        result.reason.value,
        result.confidence,
        claim.text,
        result.explanation,
        "|".join(dict.fromkeys(part.repair for part in parts if part.repair)),
        _joined(name_of_end(*subject, labels) for subject, _ in ends),
        _joined(_id(match) for (_, match), _ in ends),
        _joined(relation_of(part) for part in parts),
        _joined("" if reading is None else reading.relation for reading in readings),
        _joined(name_of_end(*object, labels) for _, object in ends),
        _joined(_id(match) for _, (_, match) in ends),
        "|".join(source for source in sources if source),
        None if claim.span is None else claim.span.start,
        None if claim.span is None else claim.span.end,
        claim.sentence,
        "" if result.suppressed is None else result.suppressed.value,
    )


def _joined(texts: Iterable[str]) -> str:
    """What each part has, in its place; "" if none has anything."""
    found = tuple(texts)
    return "|".join(found) if any(found) else ""


def _id(match: Match | None) -> str:
    return "" if match is None else match.id
