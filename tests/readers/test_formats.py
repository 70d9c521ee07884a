"""The same draft in every format: the same claims, verdicts and day as in Markdown."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.formats import FORMATS, draft_of
from verifier.check import Checker
from verifier.dates import iso
from verifier.model import Document, Report
from verifier.readers import READERS, markdown, suffix_of

DRAFTS = sorted((Path(__file__).parents[2] / "claims").glob("*.md"))
AT_ONCE = ("draft.docx", "page.html", "draft.pdf", "plain.eml")
SOME_DRAFTS = [
    path if path.stem.startswith("kosovo") else pytest.param(path, marks=pytest.mark.slow) for path in DRAFTS
]


@cache
def checker() -> Checker:
    """One for all, so that the table is opened once."""
    return Checker()


@cache
def of_markdown(path: Path) -> Report:
    """The report that all others are compared with."""
    document = markdown.read(path.read_bytes(), path.name)
    return checker().check(document)


def verdicts(report: Report) -> list[tuple[str, str, str]]:
    """What was decided of which words, in order."""
    return [
        (" ".join(result.claim.text.split()), result.verdict.value, result.reason.value)
        for result in report.results
    ]


@pytest.mark.parametrize(
    "name",
    [name if name in AT_ONCE else pytest.param(name, marks=pytest.mark.slow) for name in FORMATS],
)
@pytest.mark.parametrize("path", SOME_DRAFTS, ids=lambda path: path.stem)
def test_every_format_gives_the_same_verdicts(path: Path, name: str) -> None:
    """And each claim is where its span says, in the text that was taken out of the file."""
    draft = draft_of(path.read_text(encoding="utf-8"))
    document = READERS[suffix_of(name)](FORMATS[name](draft), name)
    assert isinstance(document, Document)
    report, expected = checker().check(document), of_markdown(path)
    assert verdicts(report) == verdicts(expected)
    assert report.as_of is not None
    assert (iso(report.as_of), document.dated != "") == (draft.day.isoformat(), True)
    for result in report.results:
        assert result.claim.span is not None
        assert document.text[result.claim.span.start : result.claim.span.end] == result.claim.text
