"""`verifier check` with marks in the draft, with a baseline, and on save."""

from __future__ import annotations

import builtins
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from verifier.cli import run

IGNORE = "<!-- verifier: ignore (seen) -->"
TABLE = "subject,predicate,object\nNorway,capital,Oslo\nSweden,capital,Stockholm\n"
OPTIONS = ("--reference", "towns.csv", "--closed-world", "--no-bundled", "--as-of", "2021-02-01")
WRONG, RIGHT = "Oslo is the capital of Sweden.", "Oslo is the capital of Norway."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a small table."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "towns.csv").write_text(TABLE)
    return tmp_path


Said = pytest.CaptureFixture[str]


def check(*arguments: str) -> int:
    return run(["check", *arguments, *OPTIONS])


def summary(capfd: Said) -> dict[str, Any]:
    counts: dict[str, Any] = json.loads(capfd.readouterr().out)["summary"]
    counts.pop("reasons")
    return counts


def test_what_the_draft_ignores_fails_nothing_and_is_counted(folder: Path, capfd: Said) -> None:
    """In every summary, with one line for each in those for people, and its verdict in those for programs."""
    (folder / "a.md").write_text(f"{RIGHT} {WRONG} {IGNORE}\n")
    assert check("a.md", "--format", "json") == 0
    record = json.loads(capfd.readouterr().out)
    counts = record["summary"]
    assert [
        counts[key] for key in ("claims", "supported", "contradicted", "unknown", "ignored", "in_baseline")
    ] == [
        *(2, 1, 0, 0),
        *(1, 0),
    ]
    assert counts["reasons"] == {"same-value": 1}
    assert [one["suppressed"] for one in record["results"]] == [None, "inline"]
    assert [one["verdict"] for one in record["results"]] == ["supported", "contradicted"]
    assert record["results"][1]["suppressed_for"] == "seen"
    assert check("a.md") == 0
    out = capfd.readouterr().out
    assert "2 claims: 1 supported, 0 contradicted, 0 unknown, 1 ignored." in out
    assert "– ignored, contradicted  “Oslo is the capital of Sweden”  [1:32]  seen\n" in out
    assert "Stockholm" not in out
    assert check("a.md", "--format", "markdown") == 0
    out = capfd.readouterr().out
    assert "2 claims: 1 supported, 0 contradicted, 0 unknown, 1 ignored, " in out
    assert "- “Oslo is the capital of Sweden” (1:32): contradicted, seen\n" in out
    assert "Stockholm" not in out
    assert check("a.md", "--format", "csv") == 0
    assert [line.rpartition(",")[2] for line in capfd.readouterr().out.splitlines()] == [
        "suppressed",
        "",
        "inline",
    ]
    assert check("a.md", "--format", "html") == 0
    assert "2 claims · 1 ignored" in capfd.readouterr().out


def test_marks_that_do_nothing_are_told(folder: Path, capfd: Said) -> None:
    """On stderr, with file and line."""
    (folder / "a.md").write_text(f"{RIGHT} <!-- verifier: ignroe -->\n\n{IGNORE}\n\nWell.\n")
    (folder / "b.html").write_text(f"<p>{RIGHT}</p>\n<!-- verifier: on -->")
    assert check("a.md", "b.html") == 0
    lines = capfd.readouterr().err.splitlines()
    assert lines[0].startswith("verifier: a.md:1: <!-- verifier: ignroe --> is not understood")
    assert lines[1].startswith("verifier: a.md:3: this mark covers no claim")
    assert lines[2].startswith("verifier: b.html:2: verifier: on: nothing is off here")


def test_a_baseline_is_written_and_used(folder: Path, capfd: Said) -> None:
    """What is in it is not told and fails nothing; what is new does; what is left over is counted."""
    (folder / "a.md").write_text(f"{WRONG}\n")
    assert check("a.md", "--write-baseline", "known.json", "--format", "json") == 0
    assert summary(capfd)["in_baseline"] == 1
    assert check("a.md") == 1
    assert check("a.md", "--baseline", "known.json") == 0
    captured = capfd.readouterr()
    assert "1 claim: 0 supported, 0 contradicted, 0 unknown, 1 in the baseline." in captured.out
    (folder / "a.md").write_text(f"Bergen and more. {WRONG}\n\nStockholm is the capital of Norway.\n")
    assert check("./a.md", "--baseline", "known.json", "--format", "json") == 1
    counts = summary(capfd)
    assert (counts["contradicted"], counts["in_baseline"]) == (1, 1)
    assert sum(counts[key] for key in counts if key != "claims") == counts["claims"]
    (folder / "a.md").write_text(RIGHT)
    assert check("a.md", "--baseline", "known.json") == 0
    assert "verifier: 1 result of the baseline is no longer needed" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--write-baseline", "a.md"], "--write-baseline a.md would overwrite a.md, which is read"),
        (["--write-baseline", "towns.csv"], "--write-baseline towns.csv would overwrite towns.csv"),
        (["--write-baseline", "new", "--output", "new"], "--output and --write-baseline name the same file"),
        (
            ["--baseline", "known.json", "--output", "known.json"],
            "--output known.json would overwrite known.json",
        ),
        (["--baseline", "known.json", "--write-baseline", "new"], "leave out --baseline and --watch"),
        (["--write-baseline", "new", "--watch"], "leave out --baseline and --watch"),
        (["--baseline", "a.md"], "a.md: not a baseline: it is no JSON"),
        (["--baseline", "nowhere"], "nowhere: there is no such baseline"),
        (["--write-baseline", "."], ".: a folder: name a file for --write-baseline"),
        (["--watch", "--format", "json"], "--watch with --format json needs --output FILE"),
        (["--watch", "-"], "--watch is for files and folders, and '-' is none"),
        (["--watch", "It is so."], "--watch is for files and folders, and 'It is so.' is none"),
        (["--watch", "--text"], "--watch is for files and folders, and 'a.md' is none"),
        (["--watch", "--output", "a.md"], "--output a.md would overwrite a.md, which is read"),
        (["--watch", "none.md"], "none.md: there is no such file"),
        (
            ["--watch", ".", "--format", "csv", "--output", "new.csv"],
            "--output new.csv would be checked with .: name a file elsewhere",
        ),
    ],
)
def test_wrong_use_is_refused(folder: Path, capfd: Said, arguments: list[str], problem: str) -> None:
    """Nothing that is read is lost."""
    (folder / "a.md").write_text(WRONG)
    (folder / "known.json").write_text('{"version": 1, "entries": []}')
    before = {path: path.read_text() for path in folder.iterdir()}
    assert check("a.md", *arguments) == 2
    assert problem in capfd.readouterr().err
    assert {path: path.read_text() for path in folder.iterdir()} == before


def test_without_watchfiles_it_says_what_to_install(
    folder: Path, capfd: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an extra."""
    real = builtins.__import__

    def without(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "watchfiles":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    (folder / "a.md").write_text(RIGHT)
    assert check("a.md", "--watch") == 2
    assert (
        capfd.readouterr().err
        == "verifier: --watch needs watchfiles: pip install '.[watch]' in the checkout of verifier\n"
    )


# ------------------------------------------------------------------------------------------------ on save


class Watching:
    """The real command, in a process of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._out, self._err = folder / "out.log", folder / "err.log"
        command = [sys.executable, "-m", "verifier", "check", *arguments, *OPTIONS, "--watch"]
        paths = {"PYTHONPATH": str(Path(__file__).parents[1]), "VERIFIER_CACHE_DIR": str(folder / ".cache")}
        with self._out.open("ab") as out, self._err.open("ab") as err:
            self.process = subprocess.Popen(
                command, cwd=folder, env=os.environ | paths, stdout=out, stderr=err, start_new_session=True
            )

    def until(self, told: Callable[[str, str], bool]) -> tuple[str, str]:
        """Waits until it has said something, and returns all that it has said since the last time."""
        for _ in range(600):
            out, err = self._out.read_text(), self._err.read_text()
            if told(out, err):
                self._out.write_text(""), self._err.write_text("")
                return out, err
            assert self.process.poll() is None, (out, err)
            time.sleep(0.1)
        raise AssertionError((out, err))

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def watching(folder: Path) -> Iterator[Callable[..., Watching]]:
    """Starts the command; it is ended after the test."""
    started: list[Watching] = []

    def start(*arguments: str) -> Watching:
        started.append(Watching(folder, *arguments))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()


def saves_by_another_name(path: Path, text: str) -> None:
    """As many editors do."""
    new = path.with_name(f".{path.name}.swp")
    new.write_text(text)
    new.replace(path)


@pytest.mark.slow
def test_what_is_saved_is_checked_again(folder: Path, watching: Callable[..., Watching]) -> None:
    """However it is saved; a file that cannot be read for a moment is no end; Ctrl-C is."""
    draft, other = folder / "a.md", folder / "b.txt"
    draft.write_text(WRONG)
    other.write_text(RIGHT)
    watch = watching("a.md", "b.txt")
    out, _ = watch.until(lambda out, err: "watching 2 files" in err)
    assert out.count("claim:") == 2
    saves_by_another_name(draft, RIGHT)
    out, _ = watch.until(lambda out, err: "Checked against" in out)
    assert "  a.md\n" in out
    assert "✓ supported" in out
    assert "b.txt" not in out
    draft.write_bytes(b"\xff\xff")
    watch.until(lambda out, err: "is not UTF-8" in err)
    draft.unlink()
    watch.until(lambda out, err: "a.md: it is gone" in err)
    draft.write_text(WRONG)
    out, _ = watch.until(lambda out, err: "Checked against" in out)
    assert "✗ contradicted" in out
    table = folder / "towns.csv"
    table.write_text("broken")
    watch.until(lambda out, err: "towns.csv" in err)
    table.write_text(TABLE.replace("Stockholm", "Oslo"))
    out, _ = watch.until(lambda out, err: out.count("Checked against") == 2)
    assert "✗" not in out
    assert watch.stop() == 130


@pytest.mark.slow
def test_a_report_in_a_file_is_written_anew(folder: Path, watching: Callable[..., Watching]) -> None:
    """Of all that is watched, with a baseline that may change too, and files that are new in a folder."""
    (folder / "drafts").mkdir()
    (folder / "drafts" / "a.md").write_text(WRONG)
    (folder / "known.json").write_text('{"version": 1, "entries": []}')
    watch = watching("drafts", "--format", "json", "--output", "report.json", "--baseline", "known.json")
    watch.until(lambda out, err: "watching 1 file" in err)

    def counts() -> tuple[int, int, int]:
        found = json.loads((folder / "report.json").read_text())["summary"]
        return found["claims"], found["contradicted"], found["in_baseline"]

    assert counts() == (1, 1, 0)
    (folder / "drafts" / "deep").mkdir()
    (folder / "drafts" / "deep" / "b.md").write_text(RIGHT)
    watch.until(lambda out, err: "written anew" in err)
    assert counts() == (2, 1, 0)
    assert check("drafts", "--write-baseline", "new.json", "--format", "csv", "--output", "new.csv") == 0
    (folder / "new.json").replace(folder / "known.json")
    watch.until(lambda out, err: "written anew" in err)
    assert counts() == (2, 0, 1)
    assert watch.stop() == 130
