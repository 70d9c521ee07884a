"""Markdown for a ticket or a pull request: first what is contradicted, then the unknown, then the rest."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.model import Report, Result, Source, Suppressed, Verdict
from verifier.reports.escape import markdown, web_address
from verifier.reports.places import (
    Places,
    checked_against,
    count_claims,
    not_asked,
    own_day,
    sources_of,
    subtitle,
)

__all__ = ["render"]

_ORDER = (Verdict.CONTRADICTED, Verdict.UNKNOWN, Verdict.SUPPORTED)


def render(*reports: Report) -> str:
    """A section for each report, with a list for each verdict."""
    return "\n".join("\n".join(_section(report)) + "\n" for report in reports)


def _section(report: Report) -> Iterator[str]:
    places = Places(report.document.text)
    name = markdown(report.document.title or report.document.name or "Claims")
    yield f"# {name}"
    yield ""
    head = [count_claims(report.results), subtitle(report)]
    yield ", ".join(text for text in head if text) + "."
    if not report.results:
        yield ""
        yield "No checkable claim was found: this is not a pass."
    for verdict in _ORDER:
        results = [
            result for result in report.results if result.verdict is verdict and result.suppressed is None
        ]
        if results:
            yield ""
            yield f"## {verdict.value.capitalize()}"
            yield ""
            for result in results:
                yield from _item(result, places, own_day(report, result))
    ignored = [result for result in report.results if result.suppressed is Suppressed.INLINE]
    if ignored:
        yield from ("", "## Ignored", "")
        for result in ignored:
            why = f", {markdown(result.suppressed_for)}" if result.suppressed_for else ""
            where = markdown(places.of(result))
            yield f"- “{markdown(result.claim.text)}” ({where}): {result.verdict}{why}"
    yield ""
    for line in checked_against(report.tables):
        yield f"Checked against: {markdown(line)}  "
    for line in not_asked(report.failures):
        yield f"{markdown(line)}  "


def _item(result: Result, places: Places, day: str) -> Iterator[str]:
    others = places.others(result)
    where = markdown(places.of(result)) + (f", also {others}" if others else "")
    where += f", {day}" if day else ""
    yield f"- **“{markdown(result.claim.text)}”** ({where})  "
    lines = [f"{result.reason}: {markdown(result.explanation)}"]
    repairs = dict.fromkeys(part.repair for part in result.parts if part.repair)
    if repairs:
        lines.append(f"Instead: {'; '.join(map(markdown, repairs))}.")
    links = [_link(source) for source in sources_of(result)]
    if links:
        lines.append(f"Sources: {', '.join(links)}.")
    yield "  " + "  \n  ".join(lines)


def _link(source: Source) -> str:
    title = markdown(source.title or source.url)
    publisher = f" ({markdown(source.publisher)})" if source.publisher else ""
    address = web_address(source.url)
    return f"[{title}](<{address}>){publisher}" if address else f"{title}{publisher}"
