"""From reports to text: one format a module, all from the same `Report`.

Each is a function of one or more reports, the same bytes every time, in which whatever came from outside is
inert. To add a format, write a module with a `render` and give it a row in `REPORTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from verifier.model import Report
from verifier.reports import csv, html, json, jsonl, markdown, terminal

__all__ = ["REPORTS", "Render"]


class Render(Protocol):
    """Turns reports into one text that ends with a line break."""

    def __call__(self, *reports: Report) -> str: ...


REPORTS: Mapping[str, Render] = MappingProxyType(
    {
        "terminal": terminal.render,
        "json": json.render,
        "jsonl": jsonl.render,
        "csv": csv.render,
        "markdown": markdown.render,
        "html": html.render,
    }
)
"""How a report is written, by the name of the format."""
