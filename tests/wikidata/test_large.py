"""Dumps of every form, with faults, and of a size that no memory should hold."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.wikidata.large import dump
from tests.wikidata.server import DATA
from verifier.cli import run
from verifier.model import EntityValue
from verifier.sources.store import TableSource

MOST_MEGABYTES = 700
_BUILD = """
import pathlib, re, resource, sys
from verifier.cli import run
code = run(sys.argv[1:])
status = pathlib.Path("/proc/self/status")
if status.is_file():
    print(re.search("VmHWM:[^0-9]*([0-9]+)", status.read_text())[1], flush=True)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
sys.exit(code)
"""
"""Runs the command, and says how many kilobytes it needed at most: on Linux by its own memory, for there
`ru_maxrss` begins with what the process that started it had."""

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


@pytest.mark.slow
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


def peak(things: int, path: Path) -> float:
    """Megabytes that a build of so many things needs at most."""
    source = subprocess.Popen(
        [sys.executable, "-m", "tests.wikidata.large", str(things)], stdout=subprocess.PIPE
    )
    command = [sys.executable, "-c", _BUILD, "snapshot", "build", "-", "-o", str(path)]
    done = subprocess.run(command, stdin=source.stdout, capture_output=True, text=True, check=False)
    assert source.stdout is not None
    source.stdout.close()
    assert source.wait() == 0
    assert done.returncode == 0, done.stderr
    told, needed = done.stdout.splitlines()
    assert f"{things:,} entities" in told
    return int(needed) / 1024


@pytest.mark.slow
def test_memory_does_not_grow_with_the_dump(tmp_path: Path) -> None:
    """Ten times the things take hardly more; tests/benchmarks/bench_snapshot.py builds 200,000."""
    few, many = (peak(things, tmp_path / f"{things}.snapshot") for things in (4_000, 40_000))
    assert many < min(1.5 * few, MOST_MEGABYTES)
    source = TableSource(tmp_path / "40000.snapshot")
    assert source.info.entities == 40_000
