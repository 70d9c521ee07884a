"""JSON with one long list: an item a line, so that a million of them are never one tree in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from verifier.reports.escape import inert_json

__all__ = ["listed"]


def listed(record: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> str:
    """The record as JSON, with the items in the last list of it, which is empty.

    Nothing in it ends or begins an HTML element or comment: JSON-LD stands in a `script` of a page.
    """
    before, _, after = _dumped(record, indent=2).rpartition("[]")
    lines = ",\n".join(_dumped(item) for item in items)
    return f"{before}[\n{lines}\n]{after}\n" if lines else f"{before}[]{after}\n"


def _dumped(record: Mapping[str, Any], *, indent: int | None = None) -> str:
    text = inert_json(json.dumps(record, ensure_ascii=False, indent=indent))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
