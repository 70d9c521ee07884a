"""Workflow commands of GitHub Actions: each contradicted or unknown claim is shown beside its line.

The commands: https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions. Their
escapes are those of https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.model import Report, Result, Span, Verdict
from verifier.reports.escape import visible
from verifier.reports.places import count_claims, not_asked
from verifier.reports.regions import Regions, file_name, has_lines
from verifier.reports.remarks import remark, remarked

__all__ = ["MOST_SHOWN", "render"]

MOST_SHOWN = 10
"""GitHub shows so many errors and so many notices of a step (https://github.com/actions/toolkit/pull/734)."""


def render(*reports: Report) -> str:
    """An `error` for each place of a contradicted claim, a `notice` for an unknown one; first the counts.

    Nothing is left out: what GitHub does not show beside the text is in the log, and the first line says so.
    """
    commands = [(kind, line) for report in reports for kind, line in _report(report)]
    counts = f"{count_claims([result for report in reports for result in report.results])}."
    lines = [line for _, line in commands]
    if any(sum(kind == one for kind, _ in commands) > MOST_SHOWN for one in ("error", "notice", "warning")):
        counts += (
            f" GitHub shows at most {MOST_SHOWN} errors, warnings and notices of a step beside the text: "
        )
        counts += "the log has them all."
    return "".join(f"{line}\n" for line in [_command("notice", counts, title="verifier"), *lines])


def _report(report: Report) -> Iterator[tuple[str, str]]:
    name = visible(file_name(report.document.name))
    for line in not_asked(report.failures):
        yield "warning", _command("warning", line, file=name, title="verifier: a source could not be asked")
    if not report.results:
        nothing = "No checkable claim was found: this is not a pass."
        yield "warning", _command("warning", nothing, file=name, title="verifier: no claim")
    regions = Regions(report.document.text) if has_lines(report.document) else None
    for result in remarked(report.results):
        kind = "error" if result.verdict is Verdict.CONTRADICTED else "notice"
        for place in _places(result, regions):
            title = f"{result.verdict}: {result.reason}"
            yield kind, _command(kind, remark(result), file=name, **place, title=title)


def _places(result: Result, regions: Regions | None) -> Iterator[dict[str, str]]:
    if result.claim.span is None or regions is None:
        yield {}
        return
    for span in (result.claim.span, *result.claim.occurrences):
        yield _place(regions, span)


def _place(regions: Regions, span: Span) -> dict[str, str]:
    """Lines and, as GitHub wants them, columns only within one line."""
    region = regions.region(span)
    lines = {"line": f"{region.line}", "endLine": f"{region.end_line}"}
    if region.line != region.end_line:
        return lines
    return {**lines, "col": f"{region.column}", "endColumn": f"{region.end_column}"}


def _command(kind: str, message: str, **properties: str) -> str:
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{kind} {told}::{_data(visible(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
