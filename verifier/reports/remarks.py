"""What is said beside a claim where there is one line for it: why, what would be right, where to read it."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.model import Result, Source, Verdict
from verifier.reports.escape import visible, web_address
from verifier.reports.places import sources_of

__all__ = ["remark", "remarked"]


def remarked(results: Iterable[Result]) -> list[Result]:
    """Those that an editor has to look at: contradicted or unknown, and not suppressed."""
    return [
        result for result in results if result.verdict is not Verdict.SUPPORTED and result.suppressed is None
    ]


def remark(result: Result) -> str:
    """One line: the claim, the explanation, the repair, the sources; nothing in it acts."""
    told = [f"“{visible(result.claim.text)}”: {visible(result.explanation)}"]
    repairs = dict.fromkeys(part.repair for part in result.parts if part.repair)
    if repairs:
        told.append(f"Instead: {'; '.join(map(visible, repairs))}.")
    sources = "; ".join(filter(None, map(_source, sources_of(result))))
    if sources:
        told.append(f"Sources: {sources}")
    return " ".join(told)


def _source(source: Source) -> str:
    title = ", ".join(visible(text) for text in (source.title, source.publisher) if text)
    address = web_address(source.url)
    return f"{title}: {address}" if title and address else title or address
