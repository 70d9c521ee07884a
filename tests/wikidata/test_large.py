"""Dumps of every form, with faults, and of a size that no memory should hold."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.wikidata.large import dump
from tests.wikidata.server import DATA
from verifier.cli import run
from verifier.model import EntityValue
from verifier.sources.store import TableSource

LARGE = 200_000
MOST_MEGABYTES = 700
OPENED = 0.05
"""Seconds in which a snapshot is opened, whatever its size."""


Build = Callable[[Path, Path], str]


@pytest.fixture
def build(capsys: pytest.CaptureFixture[str]) -> Build:
    """Build a snapshot by the command line; what it said."""

    def built(dump: Path, into: Path) -> str:
        code = run(["snapshot", "build", str(dump), "-o", str(into)])
        said = capsys.readouterr()
        assert code == 0, said.err
        return said.out + said.err

    return built


def test_lines_of_2017(build: Build, tmp_path: Path) -> None:
    """The form of the weekly dump, as it was then."""
    assert "3 entities" in build(DATA / "lines-2017.json", tmp_path / "old.snapshot")
    (told,) = TableSource(tmp_path / "old.snapshot").statements("Q275", "P17")
    assert told.value == EntityValue("Q145")


def test_one_array_in_one_line(build: Build, tmp_path: Path) -> None:
    """An array without line breaks gives what its lines give."""
    lines = (DATA / "lines-2017.json").read_text(encoding="utf-8").strip().strip("[,")
    path = tmp_path / "array.json"
    path.write_text(f"[{lines.replace(chr(10), '')}]", encoding="utf-8")
    assert "3 entities" in build(path, tmp_path / "array.snapshot")


def test_broken_lines_are_passed_over_and_counted(build: Build, tmp_path: Path) -> None:
    """One in a hundred is broken: the rest is laid out, and what is missing is said, with its lines."""
    lines = list(dump(2_000, broken=0.01))
    broken = [number for number, line in enumerate(lines, start=1) if not line.endswith("}")]
    assert len(broken) > 10
    path = tmp_path / "dump.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    said = build(path, tmp_path / "broken.snapshot")
    assert f"{len(broken)} entities were passed over" in said
    assert f"dump.ndjson:{broken[0]}: " in said
    assert f"{2_000 - len(broken):,} entities" in said


def opening(path: Path) -> float:
    """Seconds until a snapshot is open, at best."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        TableSource(path)
        times.append(time.perf_counter() - begun)
    return min(times)


@pytest.mark.slow
def test_a_large_dump_is_built_in_bounded_memory_and_opened_at_once(tmp_path: Path) -> None:
    """200,000 things, three million statements: memory does not grow with them, nor does the opening."""
    path = tmp_path / "large.snapshot"
    source = subprocess.Popen(
        [sys.executable, "-m", "tests.wikidata.large", str(LARGE)], stdout=subprocess.PIPE
    )
    command = [sys.executable, "-m", "verifier", "snapshot", "build", "-", "-o", str(path)]
    done = subprocess.run(command, stdin=source.stdout, capture_output=True, text=True, check=False)
    assert source.stdout is not None
    source.stdout.close()
    assert source.wait() == 0
    assert done.returncode == 0, done.stderr
    assert f"{LARGE:,} entities" in done.stdout
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert peak < MOST_MEGABYTES
    assert opening(path) < OPENED
