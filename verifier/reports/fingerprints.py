"""A name for each result by which it is known again in the next run, whatever its verdict and its line."""

from __future__ import annotations

import hashlib
from collections import Counter

from verifier.model import Report
from verifier.reports.regions import file_name

__all__ = ["fingerprints"]


def fingerprints(report: Report, *, name: str | None = None) -> tuple[str, ...]:
    """One for each result, in their order: 64 hexadecimal digits.

    It is of the document's path, the claim's text with its white space folded, and its number among the
    results of the document with that text. Text before or after a claim, and what the tables say, change
    nothing. The path is that from the current folder, unless a `name` is given.
    """
    if name is None:
        name = file_name(report.document.name)
    seen: Counter[str] = Counter()
    found = []
    for result in report.results:
        text = " ".join(result.claim.text.split())
        told = f"{name}\0{text}\0{seen[text]}".encode("utf-8", "surrogatepass")
        found.append(hashlib.sha256(told, usedforsecurity=False).hexdigest())
        seen[text] += 1
    return tuple(found)
