"""The job from the command line: what it writes and does not, and whom it tells."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.refresh import server
from tests.refresh.jobs import JERUSALEM, consulates, embassies, listed, make_root, rows_of
from tests.refresh.nights import said
from tests.refresh.server import Source
from tests.wikidata.world import Clock
from verifier.errors import InputError
from verifier.refresh import run as job
from verifier.refresh.editions import Editions
from verifier.refresh.fetch import Fetcher
from verifier.sources.root import Root


@dataclass
class World:
    """A root and the server of its two sources."""

    root: Root
    source: Source

    def spend(self, *options: str) -> tuple[int, str]:
        """The exit code of a run, and what it wrote."""
        return said("refresh", "--root", str(self.root.path), *options)

    def report(self, *options: str) -> tuple[int, dict[str, Any]]:
        """The same with the report as data."""
        code, text = self.spend("--format", "json", *options)
        return code, json.loads(text)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(job, "Fetcher", partial(Fetcher, patience=Clock().patience(tries=2)))
    with Source() as source:
        urls = {
            "embassies": source.put("embassies.csv", embassies()),
            "consulates": source.put("consulates.csv", consulates()),
        }
        yield World(make_root(tmp_path / "root", urls), source)


def test_a_dry_run_writes_nothing(world: World, tmp_path: Path) -> None:
    """Neither at first nor later, though it tells all that a run would; then the run tells the same."""
    for options in ({}, JERUSALEM):
        world.source.put("embassies.csv", embassies(**options))
        before = listed(world.root.path)
        code, dry = world.report("--dry-run", "--as-of", "2026-11-02")
        assert listed(world.root.path) == before
        assert dry["dry_run"]
        assert code == dry["exit_code"] == 1
        code, report = world.report("--as-of", "2026-11-02")
        assert code == 1
        assert len(report["verdicts"]) == (2 if options else 1)
        assert report == {**dry, "dry_run": False}
    world.source.always = server.html()
    before = listed(world.root.path)
    assert world.report("--dry-run", "--as-of", "2026-11-02")[0] == 2
    assert listed(world.root.path) == before


def test_a_dry_run_beside_a_run(world: World) -> None:
    """It needs no lock."""
    with Editions(world.root).lock():
        assert world.spend("--dry-run")[0] == 1


def test_a_run_beside_a_run(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """It says which is the other, and writes nothing."""
    world.spend()
    with Editions(world.root).lock():
        before = listed(world.root.path)
        assert world.spend() == (2, "")
        assert listed(world.root.path) == before
    assert f"another run is at work (process {os.getpid()}, since 2" in capsys.readouterr().err
    assert world.spend()[0] == 0


def test_a_clock_that_is_set_back(world: World) -> None:
    """The night counts as the last day, which the report notes; days of rows never go back."""
    world.spend("--as-of", "2026-11-20")
    world.source.put("embassies.csv", embassies(**JERUSALEM))
    code, report = world.report("--as-of", "2020-01-01")
    assert code == 1
    assert (report["edition"], report["day"]) == (2, "2026-11-20")
    (note,) = report["notes"]
    assert note == "the day is 2020-01-01, before the last edition: the night counts as 2026-11-20"
    assert {row["seen_first"] for row in rows_of(world.root, "embassies")} == {"2026-11-20"}
    assert note in " ".join(world.spend("--as-of-edition", "2")[1].split())
    code, report = world.report("--as-of", "2026-11-21")
    assert (code, report["day"], report["notes"]) == (0, "2026-11-21", [])


@pytest.fixture
def telling(tmp_path: Path) -> tuple[str, Path]:
    """A command that keeps what it is told, and where."""
    into = tmp_path / "told.json"
    code = (
        "import json, os, sys; json.dump([os.environ['VERIFIER_SUMMARY'], sys.stdin.buffer.read().decode()],"
        " open(sys.argv[1], 'w'))"
    )
    return shlex.join([sys.executable, "-c", code, str(into)]), into


def test_a_program_is_told_of_each_night(
    world: World, telling: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The Markdown report and its summary; also of a source that failed, and of a run that could not be."""
    command, into = telling

    def told(code: int, *options: str) -> tuple[str, str]:
        into.unlink(missing_ok=True)
        assert world.spend("--notify", command, *options)[0] == code
        summary, text = json.loads(into.read_text())
        return summary, text

    summary, text = told(1)
    assert summary.startswith("1 verdict changed; 2 sources refreshed (120 added)")
    assert text == world.spend("--as-of-edition", "1", "--format", "markdown")[1]
    world.source.always = server.html()
    summary, text = told(2)
    assert summary == "no verdict changed; embassies, consulates failed"
    assert text == world.spend("--as-of-edition", "2", "--format", "markdown")[1]
    world.source.always = None
    assert told(0, "--dry-run")[1].startswith("# Dry run")
    with Editions(world.root).lock():
        summary, text = told(2)
    assert summary.startswith("the run failed: ")
    assert "another run is at work" in text
    sources = world.root.path / "reference" / "sources.toml"
    sources.write_text("[embassies]\nkind = 'cvs'\n")
    summary, text = told(2)
    assert "sources.toml" in summary
    assert "cvs" in text
    capsys.readouterr()


def test_a_program_is_told_of_an_error_of_the_job_itself(
    world: World, telling: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody reads the log of a job that runs at night."""
    command, into = telling

    def broken(*arguments: object, **options: object) -> object:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(job, "refresh_feed", broken)
    assert world.spend("--notify", command)[0] == 2
    summary, text = json.loads(into.read_text())
    assert summary == "the run failed: internal error: RuntimeError: no such thing"
    assert text == "The run failed: internal error: RuntimeError: no such thing\n"
    assert not (world.root.refreshed / "table.toml").exists()


def test_a_program_that_fails_changes_nothing(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """The run warns; a command that cannot be is told before anything is done."""
    code, text = world.spend("--notify", "/no/such/program")
    assert code == 1
    assert "edition 1" in text
    assert "/no/such/program could not be started" in capsys.readouterr().err
    before = listed(world.root.path)
    assert world.spend("--notify", "mail 'desk") == (2, "")
    assert listed(world.root.path) == before


def test_old_editions_that_cannot_go_do_not_hide_the_report(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The table is the new one by then, and what changed is told."""

    def cannot(*arguments: object, **options: object) -> object:
        raise InputError("old editions are kept for now")

    monkeypatch.setattr(Editions, "prune", cannot)
    code, report = world.report()
    assert (code, len(report["verdicts"])) == (1, 1)
    assert "old editions are kept for now" in caplog.text
