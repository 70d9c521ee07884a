"""From a claim to its verdict where services may be asked: what leaves, what comes, what cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wikidata.server import Wikidata, forbidden
from verifier.check import Checker
from verifier.model import Reason, Verdict

DAY = "2020-06-01"


def online(wikidata: Wikidata, cache_dir: Path, lines: list[str] | None = None) -> Checker:
    """A checker that has no table, and may ask the local server."""
    trace = None if lines is None else lines.append
    return Checker(bundled=False, settings=wikidata.settings(cache_dir), as_of=DAY, trace=trace)


@pytest.mark.parametrize(
    ("claim", "verdict", "reason"),
    [
        ("Berlin is the capital of Germany.", Verdict.SUPPORTED, Reason.SAME_VALUE),
        ("Paris is the capital of Germany.", Verdict.CONTRADICTED, Reason.DIFFERENT_VALUE),
        ("Xyzzy Town is the capital of Germany.", Verdict.UNKNOWN, Reason.UNKNOWN_ENTITY),
    ],
)
def test_what_wikidata_knows_decides(
    wikidata: Wikidata, tmp_path: Path, claim: str, verdict: Verdict, reason: Reason
) -> None:
    """With no table at all; `explain` tells the same result."""
    checker = online(wikidata, tmp_path)
    (result,) = checker.check(claim).results
    assert (result.verdict, result.reason) == (verdict, reason)
    assert checker.explain(claim).result == result


def test_names_leave_and_never_the_text(wikidata: Wikidata, tmp_path: Path) -> None:
    """Nothing of a sentence is sent but the names in it."""
    lines: list[str] = []
    online(wikidata, tmp_path, lines).check("Berlin is the clandestine capital of Germany.")
    searched = {seen.parameters["search"] for seen in wikidata.seen if "search" in seen.parameters}
    assert {"Berlin", "Germany"} <= searched
    assert not any("clandestine" in line for line in lines)


def test_an_end_of_a_triple_that_is_a_sentence_stays_here(wikidata: Wikidata, tmp_path: Path) -> None:
    """It is no name, though it stands where one is expected."""
    lines: list[str] = []
    online(wikidata, tmp_path, lines).check("Berlin | scandal | the bribe was paid in cash on that night")
    assert any("Berlin" in line for line in lines)
    assert not any("bribe" in line for line in lines)


def test_what_could_not_be_asked_is_named(wikidata: Wikidata, tmp_path: Path) -> None:
    """In the report, in the reason, and in the same way by `explain`."""
    wikidata.always = forbidden()
    checker = online(wikidata, tmp_path)
    report = checker.check("Berlin is the capital of Germany.")
    (result,) = report.results
    assert (result.verdict, result.reason) == (Verdict.UNKNOWN, Reason.SOURCE_UNAVAILABLE)
    assert {failure.name for failure in report.failures} == {"Wikidata"}
    trace = checker.explain("Berlin is the capital of Germany.")
    assert (trace.result, trace.failures) == (result, report.failures)
