"""CSV for spreadsheets: a result a row, with what was understood and where it can be read.

A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from verifier.model import Match, Part, Report, Result, Term
from verifier.reports.escape import cell
from verifier.reports.record import value_text

__all__ = ["COLUMNS", "render"]

COLUMNS = (
    "document",
    "id",
    "verdict",
    "reason",
    "confidence",
    "text",
    "explanation",
    "instead",
    "subject",
    "subject_id",
    "relation",
    "relation_id",
    "object",
    "object_id",
    "sources",
    "start",
    "end",
    "sentence",
    "suppressed",
)


def render(*reports: Report) -> str:
    """One table with the rows of all reports; what a claim's parts say is separated by `|`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for report in reports:
        writer.writerows(_row(report, result) for result in report.results)
    return out.getvalue()


def _row(report: Report, result: Result) -> list[str | int]:
    claim, parts, labels = result.claim, result.parts, dict(report.labels)
    sources = dict.fromkeys(
        source.url or source.title
        for part in parts
        for finding in part.findings
        for source in finding.statement.sources
    )
    readings = [part.reading for part in parts]
    return [
        cell(report.document.name),
        cell(claim.id),
        result.verdict.value,
        result.reason.value,
        "" if result.confidence is None else f"{result.confidence:.4f}",
        cell(claim.text),
        cell(result.explanation),
        _joined(part.repair for part in parts),
        _joined(_name(part.triple.subject, part.subject, labels) for part in parts),
        _joined(_id(part.subject) for part in parts),
        _joined(_relation(part) for part in parts),
        _joined("" if reading is None else reading.relation for reading in readings),
        _joined(_name(part.triple.object, part.object, labels) for part in parts),
        _joined(_id(part.object) for part in parts),
        _joined(sources),
        "" if claim.span is None else claim.span.start,
        "" if claim.span is None else claim.span.end,
        cell(claim.sentence),
        "" if result.suppressed is None else result.suppressed.value,
    ]


def _joined(texts: Iterable[str]) -> str:
    return cell("|".join(texts).strip("|"))


def _name(term: Term, match: Match | None, labels: Mapping[str, str]) -> str:
    if match is not None:
        return match.label
    return term.text if term.value is None else value_text(term.value, labels)


def _id(match: Match | None) -> str:
    return "" if match is None else match.id


def _relation(part: Part) -> str:
    return part.triple.relation_text if part.reading is None else part.reading.label
