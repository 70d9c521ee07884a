"""A report as plain data: the shape of `json` and of a line of `jsonl`.

Keys are always in the same order. Those that a program can rely on are always there; what a claim or a
statement does not state is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from verifier.dates import iso
from verifier.model import (
    Date,
    Finding,
    Match,
    Order,
    Part,
    Period,
    PeriodKind,
    Quantifier,
    Report,
    Result,
    SourceFailure,
    Suppressed,
    TableInfo,
    Term,
    Triple,
    Verdict,
)
from verifier.reports.places import found_by, tally
from verifier.reports.statements import amount_text, source_record, statement_record, value_record

__all__ = [
    "reference_record",
    "report_record",
    "result_record",
    "summary_record",
    "table_record",
]

Record = dict[str, Any]
Labels = Mapping[str, str]

_PERIODS = {
    PeriodKind.AT: "point_in_time",
    PeriodKind.EITHER: "point_in_time",
    PeriodKind.SINCE: "start",
    PeriodKind.BEGAN: "start",
    PeriodKind.UNTIL: "end",
    PeriodKind.ENDED: "end",
}
"""How a claim's time is named; other kinds go by their own name ("before", "former")."""


def report_record(report: Report) -> Record:
    """One report: `document`, `summary`, `results`, `reference`."""
    labels = dict(report.labels)
    document = report.document
    return {
        "document": {
            "name": document.name,
            "title": document.title,
            "as_of": _date(report.as_of),
            "dated": found_by(report),
            "characters": len(document.text),
        },
        "summary": summary_record([report]),
        "results": [result_record(result, labels=labels, as_of=report.as_of) for result in report.results],
        "reference": reference_record(report.tables, report.failures),
        "version": report.version,
    }


def reference_record(tables: Iterable[TableInfo], failures: Iterable[SourceFailure]) -> Record:
    """What was asked, and what could not be."""
    return {
        "tables": [table_record(table) for table in tables],
        "failures": [{"name": failure.name, "detail": failure.detail} for failure in failures],
    }


def table_record(table: TableInfo) -> Record:
    """A table that was asked, and which edition of it."""
    return {
        "name": table.name,
        "title": table.title,
        "fingerprint": table.fingerprint,
        "statements": table.statements,
        "entities": table.entities,
    }


def summary_record(reports: Iterable[Report]) -> Record:
    """How many claims there are, of each verdict and of each reason; what is set aside is counted apart."""
    results = [result for report in reports for result in report.results]
    found = tally(results)
    reasons = Counter(result.reason.value for result in results if result.suppressed is None)
    return {
        "claims": len(results),
        **{verdict.value: found[verdict] for verdict in Verdict},
        "ignored": found[Suppressed.INLINE],
        "in_baseline": found[Suppressed.BASELINE],
        "reasons": dict(sorted(reasons.items())),
    }


def result_record(result: Result, *, labels: Labels, as_of: Date | None) -> Record:
    """One claim with its verdict.

    `labels` names the entities and relations that its evidence mentions; `as_of` is the day of the report,
    and a claim says its own only where it is another.
    """
    claim = result.claim
    record: Record = {
        "id": claim.id,
        "text": claim.text,
        "start": None if claim.span is None else claim.span.start,
        "end": None if claim.span is None else claim.span.end,
        "sentence": claim.sentence,
        "verdict": result.verdict.value,
        "reason": result.reason.value,
        "explanation": result.explanation,
        "confidence": None if result.confidence is None else round(result.confidence, 4),
        "suppressed": None if result.suppressed is None else result.suppressed.value,
    }
    if result.suppressed_for:
        record["suppressed_for"] = result.suppressed_for
    if claim.as_of is not None and claim.as_of != as_of:
        record["as_of"] = iso(claim.as_of)
    if claim.occurrences:
        record["occurrences"] = [{"start": span.start, "end": span.end} for span in claim.occurrences]
    record["parts"] = [_part(part, labels) for part in result.parts]
    return record


def _part(part: Part, labels: Labels) -> Record:
    record: Record = {
        "triple": _triple(part, labels),
        "verdict": part.verdict.value,
        "reason": part.reason.value,
        "explanation": part.explanation,
    }
    if part.missing:
        record["missing"] = list(part.missing)
    if part.repair:
        record["repair"] = part.repair
    record["evidence"] = [_evidence(finding, labels) for finding in part.findings]
    return record


def _triple(part: Part, labels: Labels) -> Record:
    triple, reading = part.triple, part.reading
    quantifier = triple.subject.quantifier or triple.object.quantifier
    speaker = triple.speaker
    record: Record = {
        "subject": _term(triple.subject, part.subject, labels),
        "relation": {
            "text": triple.relation_text,
            "id": None if reading is None else reading.relation,
            "label": None if reading is None else reading.label,
        },
        "object": _term(triple.object, part.object, labels),
        "qualifiers": _qualifiers(triple),
        "negated": triple.negated,
        "quantifier": None if quantifier is None else _quantifier(quantifier),
        "modality": triple.modality.value,
        "speaker": None if speaker is None else _term(speaker, next(iter(speaker.matches), None), labels),
    }
    if triple.order is not None:
        record["order"] = _order(triple.order, labels)
    return record


def _order(order: Order, labels: Labels) -> Record:
    """What a claim compares; only what it says."""
    record: Record = {"degree": order.degree.value, "aspect": order.aspect.value}
    if order.than is not None:
        record["than"] = _term(order.than, next(iter(order.than.matches), None), labels)
    if order.place:
        record["place"] = order.place
    for name, quantity in (("factor", order.factor), ("amount", order.amount)):
        if quantity is not None:
            record[name] = {**value_record(quantity, labels), "bound": quantity.bound.value}
    return record


def _term(term: Term, match: Match | None, labels: Labels) -> Record:
    record: Record = {
        "text": term.text,
        "id": None if match is None else match.id,
        "label": None if match is None else match.label,
        "score": None if match is None else round(match.score, 1),
        "via": None if match is None else match.kind.value,
    }
    if term.value is not None:
        record["value"] = value_record(term.value, labels)
    if term.group is not None:
        record["group"] = term.group.text
    return record


def _qualifiers(triple: Triple) -> Record:
    found: dict[str, list[str | bool]] = {}
    for period in triple.periods:
        found.setdefault(_PERIODS.get(period.kind, period.kind.value), []).append(_period(period))
    for relation, term in triple.qualifiers:
        found.setdefault(relation, []).append(term.text)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _period(period: Period) -> str | bool:
    if period.date is None:
        return True
    return iso(period.date) if period.until is None else f"{iso(period.date)}/{iso(period.until)}"


def _quantifier(quantifier: Quantifier) -> Record:
    return {
        "kind": quantifier.kind.value,
        "count": None if quantifier.count is None else amount_text(quantifier.count),
        "of": None if quantifier.of is None else amount_text(quantifier.of),
    }


def _evidence(finding: Finding, labels: Labels) -> Record:
    return {
        "stance": finding.stance.value,
        "detail": finding.detail,
        "statement": statement_record(finding.statement, labels),
        "sources": [source_record(source) for source in finding.statement.sources],
    }


def _date(date: Date | None) -> str | None:
    return None if date is None else iso(date)
