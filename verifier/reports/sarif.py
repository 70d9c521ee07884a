"""SARIF 2.1.0 for code scanning and editors: contradicted is an error, unknown is for review.

The format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What GitHub takes of it:
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from verifier.model import Document, Reason, Report, Result, Span, Suppressed, Verdict
from verifier.reports.escape import visible
from verifier.reports.fingerprints import fingerprints
from verifier.reports.listed import listed
from verifier.reports.places import not_asked
from verifier.reports.record import summary_record, table_record
from verifier.reports.regions import Regions, file_address, has_lines
from verifier.reports.remarks import remark
from verifier.rules import rule_of

__all__ = ["MOST_PLACES", "MOST_RESULTS", "render"]

# https://docs.github.com/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
MOST_RESULTS = 25_000
"""GitHub refuses a run with more; of these it shows the gravest 5,000."""
MOST_PLACES = 1_000
"""GitHub refuses a result with more places."""

Record = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_REASONS = tuple(Reason)
_UNDECIDED = _REASONS[_REASONS.index(Reason.NOT_CHECKABLE) :]
_HELP = {
    Verdict.CONTRADICTED: (
        "Read the sources that are named. If they are right, correct the text; if not, or no longer, correct "
        "the table."
    ),
    Verdict.UNKNOWN: (
        "The tables neither bear it out nor deny it: look it up, or add the row that would settle it."
    ),
}
_SUPPRESSED = {Suppressed.INLINE: "inSource", Suppressed.BASELINE: "external"}
_NOTES = {
    "source-not-asked": (
        "A source could not be asked",
        "What it has to say is not in the verdicts: ask again later.",
    ),
    "no-claim": (
        "No checkable claim was found",
        "This is not a pass: see whether the text states anything, and whether it is read as it should be.",
    ),
    "left-out": (
        "There are more results than code scanning takes",
        "Check the documents in several runs, or write another format.",
    ),
}


def render(*reports: Report) -> str:
    """One run over all documents; the claims that are supported are counted in its properties."""
    chosen, left_out = _chosen(reports)
    notes = list(_notes(reports, left_out))
    version = next((report.version for report in reports if report.version), "")
    driver: Record = {
        "name": "verifier",
        **({"version": visible(version)} if version else {}),
        "rules": [_rule(reason) for reason in _REASONS],
        "notifications": [
            _descriptor(id, id.replace("-", " ").title(), title, f"{title}.", help)
            for id, (title, help) in _NOTES.items()
        ],
    }
    tables = dict.fromkeys(table for report in reports for table in report.tables)
    run: Record = {
        "tool": {"driver": driver},
        "invocations": [
            {"executionSuccessful": True, **({"toolExecutionNotifications": notes} if notes else {})}
        ],
        "columnKind": "utf16CodeUnits",
        "properties": {
            "summary": summary_record(reports),
            "tables": [table_record(table) for table in tables],
        },
        "results": [],
    }
    return listed({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, _results(reports, chosen))


def _chosen(reports: Iterable[Report]) -> tuple[list[list[int]], int]:
    """Of each report the numbers of the results that get in, the gravest first; how many are left out."""
    found = [
        (_weight(result), number, at)
        for number, report in enumerate(reports)
        for at, result in enumerate(report.results)
        if result.verdict is not Verdict.SUPPORTED
    ]
    kept = sorted(found)[:MOST_RESULTS]
    chosen: dict[int, list[int]] = {}
    for _, number, at in kept:
        chosen.setdefault(number, []).append(at)
    return [sorted(chosen.get(number, ())) for number, _ in enumerate(reports)], len(found) - len(kept)


def _weight(result: Result) -> int:
    return 2 if result.suppressed is not None else int(result.verdict is not Verdict.CONTRADICTED)


def _rule(reason: Reason) -> Record:
    verdict = Verdict.UNKNOWN if reason in _UNDECIDED else Verdict.CONTRADICTED
    rule, words = rule_of(verdict, reason), reason.value.replace("-", " ")
    title = f"{verdict.value.capitalize()}: {words}"
    return {
        **_descriptor(reason.value, f"{verdict} {words}".title(), title, rule, _HELP[verdict]),
        "defaultConfiguration": {"level": "error" if verdict is Verdict.CONTRADICTED else "note"},
    }


def _descriptor(id: str, name: str, title: str, told: str, help: str) -> Record:
    return {
        "id": id,
        "name": name.replace(" ", ""),
        "shortDescription": {"text": title},
        "fullDescription": {"text": told},
        "help": {"text": f"{told} {help}"},
    }


def _notes(reports: Iterable[Report], left_out: int) -> Iterator[Record]:
    if left_out:
        most = f"code scanning takes {MOST_RESULTS:,} results"
        yield _note("left-out", f"{left_out:,} results are left out, the contradicted last: {most}.")
    for report in reports:
        for line in not_asked(report.failures):
            yield _note("source-not-asked", line, report.document)
        if not report.results:
            yield _note("no-claim", "No checkable claim was found: this is not a pass.", report.document)


def _note(id: str, text: str, document: Document | None = None) -> Record:
    address = "" if document is None else file_address(document.name)
    place = {"locations": [{"physicalLocation": _file(address)}]} if address else {}
    return {
        "descriptor": {"id": id, "index": list(_NOTES).index(id)},
        "level": "warning",
        "message": {"text": _message(visible(text))},
        **place,
    }


def _results(reports: Sequence[Report], chosen: Sequence[Sequence[int]]) -> Iterator[Record]:
    marked = any(
        reports[number].results[at].suppressed is not None
        for number, found in enumerate(chosen)
        for at in found
    )
    for report, found in zip(reports, chosen, strict=True):
        if not found:
            continue
        regions = Regions(report.document.text) if has_lines(report.document) else None
        prints = fingerprints(report)
        for at in found:
            result = report.results[at]
            yield {
                **_result(result),
                "locations": _places(result, report.document, regions),
                # GitHub knows a result again by the first of the two, and by nothing else.
                "partialFingerprints": {"primaryLocationLineHash": prints[at], "claim/v1": prints[at]},
                **({"suppressions": _suppressions(result)} if marked else {}),
                "properties": {"verdict": result.verdict.value, **_confidence(result)},
            }


def _result(result: Result) -> Record:
    record: Record = {"ruleId": result.reason.value, "ruleIndex": _REASONS.index(result.reason)}
    if result.verdict is Verdict.CONTRADICTED:
        record["level"] = "error" if result.suppressed is None else "note"
    else:  # of this kind no level may be stated: GitHub takes that of the rule
        record["kind"] = "review"
    return record | {"message": {"text": _message(remark(result))}}


def _confidence(result: Result) -> Record:
    return {} if result.confidence is None else {"confidence": round(result.confidence, 4)}


def _suppressions(result: Result) -> list[Record]:
    if result.suppressed is None:
        return []
    why = {"justification": visible(result.suppressed_for)} if result.suppressed_for else {}
    return [{"kind": _SUPPRESSED[result.suppressed], **why}]


def _places(result: Result, document: Document, regions: Regions | None) -> list[Record]:
    """Every place that would have to be changed: the claim's own, and where it is repeated word for word."""
    address, span = file_address(document.name), result.claim.span
    if span is None or not address:
        name = {"logicalLocations": [{"name": visible(result.claim.id), "kind": "claim"}]}
        return [{**({"physicalLocation": _file(address)} if address else {}), **name}]
    spans = (span, *result.claim.occurrences)[:MOST_PLACES]
    if regions is None:
        return [{"physicalLocation": _file(address)}]
    return [{"physicalLocation": _file(address) | _region(document, regions, one)} for one in spans]


def _file(address: str) -> Record:
    return {"artifactLocation": {"uri": address}}


def _region(document: Document, regions: Regions, span: Span) -> Record:
    region = regions.region(span)
    return {
        "region": {
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
            "snippet": {"text": document.text[span.start : span.end]},
        }
    }


def _message(text: str) -> str:
    """Text in which no placeholder (`{0}`) and no link (`[text](url)`) is found (3.11.5, 3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
