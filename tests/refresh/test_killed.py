"""The whole job may be killed at any moment: the table is the edition before or the one after, whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.refresh.jobs import make_root
from tests.refresh.server import Fault, Source, body

PROJECT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")


class Shown(Source):
    """Serves what is in a folder at the time."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def answer(self, path: str, parameters: Mapping[str, str]) -> Fault:
        """The file of that name."""
        return body((self._folder / path[1:]).read_bytes(), {"Content-Type": "text/csv"})


def told_of(folder: Path, tmp_path: Path, what: str, *number: int) -> str:
    """What a process with nights that are ended or hindered says, for a root in a folder."""
    shown = tmp_path / "shown"
    shown.mkdir()
    with Shown(shown) as source:
        urls = {name: f"{source.root}/{name}.csv" for name in ("embassies", "consulates")}
        root = make_root(folder / "root", urls, "gone = 1.0, changed = 1.0")
        with root.sources_file.open("a") as file:
            file.write("[editions]\ndays = 3\nmonths = 0\n")
        told = subprocess.run(
            [sys.executable, "-m", "tests.refresh.killed", what, root.path, shown, *map(str, number)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    assert told.returncode == 0, told.stdout[-3000:]
    return told.stdout


@pytest.mark.slow
def test_a_job_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    """SIGKILL at moments spread over its duration; each time the next run succeeds."""
    kills = 200
    outcomes = json.loads(told_of(tmp_path, tmp_path, "kill", kills).splitlines()[-1])
    assert outcomes["old"] + outcomes["new"] > 0.7 * kills, outcomes
    assert outcomes["old"] > kills / 3
    assert outcomes["new"] > 0


@pytest.mark.slow
def test_a_job_that_may_write_no_large_file(tmp_path: Path) -> None:
    """Whatever the size: the table is an edition, and the next run succeeds."""
    told = told_of(tmp_path, tmp_path, "with_little_room")
    assert "the table is as it was" in told


@pytest.mark.slow
def test_a_job_on_a_full_disk(tmp_path: Path) -> None:
    """A real one, with more and more room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a file system in memory cannot be mounted here")
    try:
        assert "the table is as it was" in told_of(disk, tmp_path, "on_a_full_disk")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become nobody")
def test_a_job_that_may_not_write_its_root(tmp_path: Path) -> None:
    """It says so, and leaves everything as it is."""
    for folder in (tmp_path, *tmp_path.parents):
        if "pytest" in str(folder):
            folder.chmod(0o755)
    assert "cannot be written: Permission denied" in told_of(tmp_path, tmp_path, "as_nobody")
