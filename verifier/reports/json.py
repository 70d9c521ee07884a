"""JSON: a report as one object; several reports as one object with all of them."""

from __future__ import annotations

import json

from verifier.model import Report
from verifier.reports.escape import inert_json
from verifier.reports.record import report_record, summary_record

__all__ = ["render"]


def render(*reports: Report) -> str:
    """The object of one report; for none or several `{"reports": [...], "summary": ...}`."""
    if len(reports) == 1:
        record = report_record(reports[0])
    else:
        record = {
            "summary": summary_record(reports),
            "reports": [report_record(report) for report in reports],
        }
    return inert_json(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"
