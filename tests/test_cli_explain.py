"""`verifier explain` from the arguments to what is printed, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.reports.trace_tables import write_tables
from verifier.cli import run

TABLES = ("--reference", "world", "--no-bundled", "--as-of", "2021-02-01")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with tables."""
    monkeypatch.chdir(tmp_path)
    write_tables(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Corvin is the capital of Alba.", "supported"),
        ("Ana Brun was the president of Alba in 2017.", "contradicted"),
        ("Alba | capital | Borea", "contradicted"),
        ("Nothing of the kind was ever heard of.", "unknown"),
        ("Corvin", "unknown"),
    ],
)
def test_it_ends_with_nought_whatever_the_verdict(
    capfd: pytest.CaptureFixture[str], claim: str, verdict: str
) -> None:
    """It explains, and fails on nothing; the verdict is that of check, in text and in JSON."""
    assert run(["explain", claim, *TABLES]) == 0
    captured = capfd.readouterr()
    assert (f" {verdict}  “{claim}”" in captured.out, captured.err) == (True, "")
    run(["check", "--text", claim, *TABLES, "--format", "json"])
    checked = json.loads(capfd.readouterr().out)["results"]
    assert run(["explain", claim, *TABLES, "--format", "json"]) == 0
    assert [json.loads(capfd.readouterr().out)["result"]] == checked


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("",), "a claim is empty"),
        (("Alba | capital |",), "a triple is `subject | relation | object`"),
        (("draft.md",), "draft.md: one claim is explained, not a file: give its words (or --text)"),
        (("-",), "-: one claim is explained, not a file"),
        (("Alba is a state.", "--reference", "none.csv"), "none.csv: there is no such file or folder"),
        (("Alba is a state.", "--as-of", "soon"), "'soon' is not a date"),
        (("Alba is a state.", "--format", "markdown"), "'markdown' is not one of"),
        (("Alba is a state.", "--output", "lights.csv", "--reference", "lights.csv"), "would overwrite"),
        (("Alba is a state.", "--online"), "set VERIFIER_CONTACT to an e-mail or web address"),
        (("Alba is a state.", "Borea is a state."), "unexpected extra argument"),
        ((), "Missing argument"),
    ],
)
def test_wrong_use_ends_with_two(
    capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], problem: str
) -> None:
    """What is wrong on stderr, nothing on stdout."""
    assert run(["explain", *arguments]) == 2
    captured = capfd.readouterr()
    assert problem in captured.err
    assert (captured.out, "Traceback" in captured.err) == ("", False)


def test_no_table_at_all(capfd: pytest.CaptureFixture[str]) -> None:
    """As for check."""
    assert run(["explain", "Alba is a state.", "--no-bundled"]) == 2
    assert "no table to check against" in capfd.readouterr().err
    assert run(["explain", "Alba is a state.", "--closed-world"]) == 2
    assert "--closed-world is about the tables of --reference" in capfd.readouterr().err


def test_a_file_gets_the_same_bytes_and_a_path_can_be_a_claim(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also twice, and without colours in a pipe."""
    arguments = ["explain", "--text", "Alba/Borea.md", *TABLES]
    assert run(arguments) == 0
    printed = capfd.readouterr().out
    assert "“Alba/Borea.md”" in printed and "\x1b" not in printed
    assert run([*arguments, "--output", "why.txt"]) == 0
    assert (folder / "why.txt").read_text(encoding="utf-8") == printed


def test_a_closed_world_is_told_as_one(capfd: pytest.CaptureFixture[str]) -> None:
    """The list that is complete, and that it counts."""
    claim = "Skarn Light | lightKeeper | Pim Ostrand"
    assert run(["explain", claim, "--reference", "lights.csv", "--no-bundled", "--closed-world"]) == 0
    out = capfd.readouterr().out
    assert "complete list for good (lights.csv): it tells of the claim's time\n" in out
    assert "    Instead: Odda Brenn\n" in out
