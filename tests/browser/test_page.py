"""The page for readers in a real Chromium, with the network off and no script: axe, offsets, keyboard.

Needs `chromium`, `node` and `npm ci --prefix tests/browser`; `.ci/run` has them. What is missing is
skipped, or with BROWSER_TESTS=1 an error.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import seen_by
from tests.reports.report import hostile, report
from tests.reports.report_html import overlapping
from verifier import Checker
from verifier.model import Report
from verifier.reports import html
from verifier.reports.escape import html_text

HERE = Path(__file__).parent
CLAIMS = HERE.parent.parent / "claims"
DRAFTS = ("kosovo-israel.md", "baltic.md", "horn.csv")
MADE = {"made": report(), "hostile": hostile(), "overlapping": overlapping()}
PAGES = (*DRAFTS, *MADE, "several")

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def checked() -> dict[str, Report]:
    checker = Checker(as_of="2021-02-01")
    return {name: checker.check(str(CLAIMS / name)) for name in DRAFTS} | MADE


@pytest.fixture(scope="module", params=PAGES)
def page(
    request: pytest.FixtureRequest, checked: dict[str, Report], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[list[Report], Path]]:
    """Reports, and the file of their page."""
    several = request.param == "several"
    reports = [*MADE.values()] if several else [checked[request.param]]
    path = tmp_path_factory.mktemp("pages") / "report.html"
    path.write_text(html.render(*reports), encoding="utf-8", newline="")
    yield reports, path


@pytest.fixture(scope="module")
def seen(page: tuple[list[Report], Path]) -> dict[str, Any]:
    """What a reader meets."""
    return seen_by("look.mjs", page[1])


def test_axe_finds_nothing(seen: dict[str, Any]) -> None:
    """WCAG 2.2 AA and good practice: light, dark, narrow, with notes open, filtered."""
    assert {name: found for name, found in seen["violations"].items() if found} == {}
    assert len(seen["violations"]) == 7


def test_nothing_is_asked_for_and_nothing_is_refused(
    seen: dict[str, Any], page: tuple[list[Report], Path]
) -> None:
    """The page itself is the only request, and its policy has nothing to block but what it is meant to."""
    assert seen["requests"] == [page[1].as_uri()]
    assert seen["complaints"] == []
    assert seen["styled"]


def test_each_highlight_is_the_text_of_the_claim(
    seen: dict[str, Any], page: tuple[list[Report], Path]
) -> None:
    """The pieces of a claim, as the browser has them, are its characters from the first to the last."""
    reports, _ = page
    if len(reports) > 1:
        pytest.skip("offsets of several documents; each is looked at by itself")
    shown = {(start, end): text for start, end, text in seen["words"]}
    for result in reports[0].results:
        claim = result.claim
        for span in (claim.span, *claim.occurrences):
            if span is None:
                continue
            inside = sorted(at for at in shown if span.start <= at[0] and at[1] <= span.end)
            assert (inside[0][0], inside[-1][1]) == (span.start, span.end)
            text = unescape(html_text(claim.text))
            assert "".join(shown[at] for at in inside) == text


def test_the_keyboard_opens_every_note_and_leads_back(seen: dict[str, Any]) -> None:
    """Without a script: Enter on a highlight unfolds its note in view, and the note's link closes it."""
    assert all(seen["opened"])


def test_the_filter_leaves_one_kind(seen: dict[str, Any]) -> None:
    """Of notes and of the signs in the text."""
    assert seen["filtered"].keys() >= ({"c", "u", "s"} if seen["filtered"] else set())
    assert all(set(kinds) <= {letter} for letter, kinds in seen["filtered"].items())


def test_it_fits_a_phone_and_prints_open(seen: dict[str, Any]) -> None:
    """Nothing sticks out at 360 pixels with all notes open; on paper every note is open."""
    assert seen["overflow"] <= 0
    notes, shown = seen["printed"]
    assert notes == shown


def test_the_nu_checker_finds_nothing(page: tuple[list[Report], Path]) -> None:
    """Valid HTML by an independent validator, which does not know that a policy may name a hash."""
    jar = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists() or shutil.which("java") is None:
        pytest.skip("needs java and `npm ci --prefix tests/browser`")
    command = ["java", "-jar", str(jar), "--stdout", "--exit-zero-always", str(page[1])]
    found = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    assert [line for line in found.splitlines() if "Inline style violates Content Security" not in line] == []


def test_a_page_without_claims_is_one_too(tmp_path: Path) -> None:
    """Only said here: its text has no highlight."""
    text = html.render(replace(report(), results=()))
    assert 'class="hl' not in text and "this is not a pass" in text
