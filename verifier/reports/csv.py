"""CSV for spreadsheets: a result a row, with what was understood and where it can be read.

A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io

from verifier.model import Report
from verifier.reports.cells import COLUMNS, Cell, rows
from verifier.reports.escape import cell

__all__ = ["render"]


def render(*reports: Report) -> str:
    """One table with the rows of all reports; what a claim's parts say is separated by `|`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for report in reports:
        writer.writerows(map(_shown, row) for row in rows(report))
    return out.getvalue()


def _shown(value: Cell) -> str:
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, float):
        return f"{value:.4f}"
    return "" if value is None else str(value)
