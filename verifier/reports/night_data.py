"""The report of a night as plain data and back: what an edition stores, and what `--format json` prints.

`from_data` gives the report again that `to_data` was given, so that each format renders it to the same bytes,
whatever order a store gives the keys of an object.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from verifier.model import Verdict
from verifier.night import (
    ChangeKind,
    Counts,
    FeedReport,
    FeedStatus,
    NightReport,
    Refused,
    RowChange,
    StaleRows,
    VerdictChange,
    WatchedDocument,
)
from verifier.reports.escape import inert_json
from verifier.reports.night_words import in_order, summary

__all__ = ["from_data", "render", "to_data"]

Record = dict[str, Any]


def render(report: NightReport) -> str:
    """The report as one JSON object, whole."""
    return inert_json(json.dumps(to_data(report), ensure_ascii=False, indent=2)) + "\n"


# --------------------------------------------------------------------------------------------------- to data


def to_data(report: NightReport) -> Record:
    """The report as plain data; keys are always there, but for cells of rows, which are there if filled."""
    return {
        "edition": report.edition,
        "day": report.day.isoformat(),
        "before": report.before,
        "fingerprint": report.fingerprint,
        "program": report.program,
        "dry_run": report.dry_run,
        "exit_code": report.exit_code,
        "summary": summary(report),
        "verdicts": [_verdict(one) for one in report.verdicts],
        "sources": [_feed(one) for one in report.feeds],
        "documents": [_document(one) for one in report.documents],
        "stale": [_stale(one) for one in report.stale],
        "notes": list(report.notes),
        "labels": dict(sorted(report.labels.items())),
    }


def _verdict(one: VerdictChange) -> Record:
    return {
        "document": one.document,
        "line": one.line,
        "column": one.column,
        "id": one.claim_id,
        "claim": one.claim,
        "old": one.old,
        "new": one.new,
        "old_reason": one.old_reason,
        "new_reason": one.new_reason,
        "explanation": one.explanation,
        "causes": [_change(change) for change in one.causes],
        "because": one.because,
    }


def _change(one: RowChange) -> Record:
    return {
        "source": one.feed,
        "kind": one.kind.value,
        "statement_id": one.statement_id,
        "relation": one.relation,
        "row": in_order(one.row),
        "old": in_order(one.old),
        "new": in_order(one.new),
        "correction": one.correction,
    }


def _feed(one: FeedReport) -> Record:
    return {
        "name": one.name,
        "status": one.status.value,
        "problem": one.problem,
        "accepted": list(one.accepted),
        "read": one.read,
        "left_out": one.left_out,
        "rows": one.rows,
        "kept": one.kept,
        "refused": [_fields(refused) for refused in one.refused],
        "counts": {relation: _fields(counts) for relation, counts in sorted(one.counts.items())},
        "changes": [_change(change) for change in one.changes],
    }


def _document(one: WatchedDocument) -> Record:
    known = {verdict.value: one.verdicts[verdict] for verdict in Verdict if verdict in one.verdicts}
    return {"path": one.path, "verdicts": known, "problem": one.problem}


def _stale(one: StaleRows) -> Record:
    return {
        "relation": one.relation,
        "label": one.label,
        "stale_after": one.stale_after,
        "rows": [{"place": place, "row": row, "last_shown": shown} for place, row, shown in one.rows],
    }


def _fields(one: Refused | Counts) -> Record:
    return {each.name: getattr(one, each.name) for each in fields(one)}


# ------------------------------------------------------------------------------------------------- from data


def from_data(data: Mapping[str, Any]) -> NightReport:
    """The report that `to_data` wrote. Raises `KeyError` or `ValueError` for what it did not write."""
    return NightReport(
        edition=data["edition"],
        day=datetime.date.fromisoformat(data["day"]),
        before=data["before"],
        fingerprint=data["fingerprint"],
        program=data["program"],
        dry_run=data["dry_run"],
        feeds=tuple(_read_feed(one) for one in data["sources"]),
        verdicts=tuple(_read_verdict(one) for one in data["verdicts"]),
        documents=tuple(WatchedDocument(**one) for one in data["documents"]),
        stale=tuple(_read_stale(one) for one in data["stale"]),
        labels=data["labels"],
        notes=tuple(data["notes"]),
        exit_code=data["exit_code"],
    )


def _read_verdict(one: Record) -> VerdictChange:
    return VerdictChange(
        document=one["document"],
        line=one["line"],
        column=one["column"],
        claim_id=one["id"],
        claim=one["claim"],
        old=one["old"],
        new=one["new"],
        old_reason=one["old_reason"],
        new_reason=one["new_reason"],
        explanation=one["explanation"],
        causes=tuple(_read_change(change) for change in one["causes"]),
        because=one["because"],
    )


def _read_change(one: Record) -> RowChange:
    return RowChange(
        feed=one["source"],
        kind=ChangeKind(one["kind"]),
        statement_id=one["statement_id"],
        relation=one["relation"],
        row=one["row"],
        old=one["old"],
        new=one["new"],
        correction=one["correction"],
    )


def _read_feed(one: Record) -> FeedReport:
    return FeedReport(
        name=one["name"],
        status=FeedStatus(one["status"]),
        problem=one["problem"],
        accepted=tuple(one["accepted"]),
        read=one["read"],
        left_out=one["left_out"],
        rows=one["rows"],
        kept=one["kept"],
        refused=tuple(Refused(**refused) for refused in one["refused"]),
        counts={relation: Counts(**counts) for relation, counts in one["counts"].items()},
        changes=tuple(_read_change(change) for change in one["changes"]),
    )


def _read_stale(one: Record) -> StaleRows:
    rows = tuple((row["place"], row["row"], row["last_shown"]) for row in one["rows"])
    return StaleRows(one["relation"], one["label"], one["stale_after"], rows)
