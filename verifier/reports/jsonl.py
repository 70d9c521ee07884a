"""JSON lines: a result a line, for programs that read as it comes."""

from __future__ import annotations

import json

from verifier.model import Report
from verifier.reports.escape import inert_json
from verifier.reports.record import result_record

__all__ = ["render"]


def render(*reports: Report) -> str:
    """The `results` of the JSON report, one a line; of several reports, each line names its `document`."""
    lines: list[str] = []
    for report in reports:
        labels = dict(report.labels)
        place = {"document": report.document.name} if len(reports) > 1 else {}
        for result in report.results:
            record = place | result_record(result, labels=labels, as_of=report.as_of)
            lines.append(inert_json(json.dumps(record, ensure_ascii=False)))
    return "".join(f"{line}\n" for line in lines)
