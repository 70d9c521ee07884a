"""By what a result is known again."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reports.drafts import draft, result
from verifier.model import Document, Report, Verdict
from verifier.reports.fingerprints import fingerprints
from verifier.reports.regions import file_address, file_name


def prints(name: str, *texts: str, verdict: Verdict = Verdict.UNKNOWN) -> tuple[str, ...]:
    results = tuple(result(f"c{number}", text, verdict) for number, text in enumerate(texts))
    return fingerprints(Report(Document("", name), results))


def test_it_is_of_the_path_the_words_and_their_number() -> None:
    """Each of the three makes another."""
    found = {*prints("a.md", "Rome", "Rome", "Oslo"), *prints("b.md", "Rome")}
    assert len(found) == 4
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in found)


def test_it_outlives_a_change_of_anything_else() -> None:
    """The verdict, the place, the order of other claims, line breaks within it, how the path is written."""
    (rome,) = prints("a.md", "Rome is in Spain")
    assert prints("./x/../a.md", "Oslo", "Rome is\r\n  in Spain", verdict=Verdict.SUPPORTED)[1] == rome
    assert prints(str(Path.cwd() / "a.md"), "Rome is in Spain") == (rome,)


def test_it_stays_what_it_is() -> None:
    """Baselines that users keep rest on it."""
    assert prints("drafts/ties.md", "Rome is in Spain.") == (
        "adb3babc238624e435886da25f6ea82e74d1bf4637a0ed61afb4cc8b78802bee",
    )


def test_every_result_of_a_document_has_its_own() -> None:
    """Half surrogate pairs are text like any other."""
    report = draft()
    odd = replace(report, results=(*report.results, *report.results, result("x", "\ud800", Verdict.UNKNOWN)))
    assert len(set(fingerprints(odd))) == len(odd.results)


@pytest.mark.parametrize(
    ("name", "path", "address"),
    [
        ("drafts/ties.md", "drafts/ties.md", "drafts/ties.md"),
        ("./drafts//ties.md", "drafts/ties.md", "drafts/ties.md"),
        ("Entwürfe/a b#1?%.md", "Entwürfe/a b#1?%.md", "Entw%C3%BCrfe/a%20b%231%3F%25.md"),
        ("a:b.md", "a:b.md", "a%3Ab.md"),
        ("/etc/a.md", "/etc/a.md", "file:///etc/a.md"),
        ("javascript:alert(1)", "javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("https://example.org/a b", "https://example.org/a b", "https://example.org/a%20b"),
        ("\udcff.md", "\udcff.md", "%FF.md"),
        ("-", "", ""),
        ("", "", ""),
    ],
)
def test_a_file_has_one_path_and_one_address(name: str, path: str, address: str) -> None:
    """With `/`, relative, and as an address with nothing in it that would mean something else."""
    assert file_name(name) == path
    assert file_address(name) == address
