"""Whatever happens to a run: the table is the edition before or the one after, and the next run succeeds.

Here it happens to the part of a night that writes.
"""

from __future__ import annotations

import datetime
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.refresh.crash import ROWS, one_night
from tests.refresh.small_nights import DAY, check_whole, make_root, night, numbered, objects, stage, write
from verifier.errors import InputError, UsageError
from verifier.refresh.editions import Editions
from verifier.refresh.lock import only_run
from verifier.relations import Catalogue
from verifier.sources import open_source
from verifier.sources.root import Root

PROJECT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals, limits and rights are those of POSIX")


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return make_root(tmp_path / "root")


def crash(*call: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.refresh.crash", *map(str, call)]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def outcome(*call: object) -> str:
    with crash(*call) as process:
        out, _ = process.communicate(timeout=300)
    assert process.returncode == 0, out
    return out.strip()


def whole(root: Root) -> int:
    """The number of the edition that the table is; each of its rows has that number."""
    number = check_whole(root).edition
    assert number is not None
    assert objects(root) == {f"Town{number}x{row}" for row in range(ROWS)}
    return number


@pytest.mark.parametrize(
    "stride", [15, pytest.param(1, marks=pytest.mark.slow)], ids=["some steps", "every step"]
)
def test_a_run_may_be_killed_at_any_step(root: Root, stride: int) -> None:
    """Each time that it touches a file or folder of the root, the run is killed just before."""
    told = outcome("every_step", root.path, stride)
    kills, old, new = map(int, re.findall(r"\d+", told))
    assert kills > 60 / stride
    assert (old > new > 0) or stride > 1, told


@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.slow)])
def test_a_run_may_be_killed_at_any_moment(root: Root, kills: int) -> None:
    """SIGKILL, after times that are spread over the duration of a night."""
    chance = random.Random(7)
    one_night(root)
    began = time.monotonic()
    one_night(root)
    duration = time.monotonic() - began
    interrupted = 0
    for _ in range(kills):
        old = whole(root)
        with crash("nights", root.path, 1) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begins\n"
            time.sleep(chance.uniform(0, 1.2 * duration))
            process.send_signal(signal.SIGKILL)
        interrupted += process.returncode == -signal.SIGKILL
        new = whole(root)
        assert new in (old, old + 1)
        one_night(root)
        assert whole(root) == new + 1
    assert interrupted > kills / 2


@pytest.mark.parametrize("size", [0, 50, 1_000, 4_000, 20_000])
def test_a_full_disk_leaves_the_old_edition(root: Root, size: int) -> None:
    """No file may be larger than this many bytes, as on a disk that is full."""
    one_night(root)
    assert "File too large: the table is as it was" in outcome("with_little_room", root.path, size)
    assert whole(root) == 1
    one_night(root)
    assert whole(root) == 2


def test_a_disk_that_fills_up_leaves_an_edition(tmp_path: Path) -> None:
    """A real one of a megabyte, with less and less room; what is there can be read all the time."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a file system in memory cannot be mounted here")
    try:
        root = make_root(disk / "root")
        one_night(root)
        failed = 0
        for room in range(0, 200_000, 16_384):
            old = whole(root)
            with (disk / "filler").open("wb") as filler:
                state = os.statvfs(disk)
                filler.write(bytes(max(0, state.f_bavail * state.f_frsize - room)))
            try:
                one_night(root)
            except InputError as exc:
                failed += 1
                assert "No space left on device" in str(exc)
                assert whole(root) == old
            else:
                assert whole(root) == old + 1
            (disk / "filler").unlink()
            one_night(root)
        assert 0 < failed < 13
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_may_not_be_written(root: Root) -> None:
    """Its edition stays, and can be read."""
    one_night(root)
    for folder, _, files in os.walk(root.path):
        Path(folder).chmod(0o555)
        for name in files:
            Path(folder, name).chmod(0o444)
    try:
        if os.geteuid() == 0:
            for folder in (root.path, *root.path.parents):
                if folder.stat().st_mode & 0o5 != 0o5 and "pytest" in str(folder):
                    folder.chmod(0o755)
            told = outcome("as_nobody", root.path, 0)
        else:
            told = outcome("with_little_room", root.path, 1 << 20)
        assert "Permission denied" in told
        assert whole(root) == 1
    finally:
        for folder, _, _ in os.walk(root.path):
            Path(folder).chmod(0o755)


def test_two_runs_at_once(root: Root) -> None:
    """The second one says which is the first, and changes nothing; that of a killed run is no lock."""
    one_night(root)
    with crash("holding", root.path, 60) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "begins\n"
        with pytest.raises(UsageError, match=rf"another run is at work \(process {first.pid}, since 20"):
            one_night(root)
        assert whole(root) == 1
        first.kill()
    one_night(root)
    assert whole(root) == 2


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    """Nor is a note of the run left."""
    with pytest.raises(ZeroDivisionError), only_run(tmp_path):
        1 / 0  # noqa: B018
    with only_run(tmp_path):
        assert (tmp_path / "running.json").is_file()
    assert [path.name for path in tmp_path.iterdir()] in (["lock"], [])


def test_a_reader_meets_one_edition_whole(root: Root, tmp_path: Path) -> None:
    """Opening the table again and again while one night follows the other."""
    one_night(root)
    seen = set()
    with crash("nights", root.path, 25) as process:
        while process.poll() is None:
            source = open_source(root.refreshed, catalogue=Catalogue(), cache_dir=tmp_path / "cache")
            (relation,) = source.relations
            numbers = {row.value.id.partition("x")[0] for row in source.all_statements(relation.id)}
            assert len(numbers) == 1
            assert source.info.statements == ROWS
            seen |= numbers
        assert process.stdout is not None
        assert process.stdout.read().endswith("done\n")
    assert whole(root) == 26
    assert len(seen) > 3


def test_what_was_left_is_swept_and_told(root: Root) -> None:
    """Files of half a run are no part of the table, and go at the next."""
    one_night(root)
    left = [
        root.refreshed / "statements-twins-000000000000.csv",
        root.refreshed / ".statements-twins-000000000000.csv-0123456789ab.tmp",
        Editions(root).folder / "blobs" / ".x.gz-0123456789ab.tmp",
    ]
    for path in left:
        path.write_text("half")
    stage(root, write(root, numbered(9)), day=DAY)
    editions = Editions(root)
    assert whole(root) == 1
    with editions.lock():
        assert editions.recover() == ("the run before was cut off: what it left was removed",)
        assert editions.recover() == ()
    assert not any(path.exists() for path in left)
    assert not (root.state / "staged").exists()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="tells by /proc which file is meant")
def test_all_is_on_the_disk_before_the_edition_is_in_place(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut keeps what was synced: each file before its name, each name before what builds on it."""
    one_night(root)
    events: list[tuple[str, Path]] = []
    fsync, replace = os.fsync, os.replace

    def tell_sync(number: int) -> None:
        events.append(("sync", Path(os.readlink(f"/proc/self/fd/{number}"))))
        fsync(number)

    def tell_rename(new: str, path: str) -> None:
        assert ("sync", Path(new)) in events or Path(path).name == "running.json"
        events.append(("name", Path(path)))
        replace(new, path)

    monkeypatch.setattr(os, "fsync", tell_sync)
    monkeypatch.setattr(os, "replace", tell_rename)
    one_night(root)
    editions, manifest = root.state / "editions", root.refreshed / "table.toml"
    record = editions / "000002.json"
    (rows,) = root.refreshed.glob("*.csv")
    names = [path for what, path in events if what == "name" and path.name != "running.json"]
    blobs = [path for path in names if path.parent.name == "blobs"]
    assert names == [*blobs, rows, record, manifest]
    order = [
        *(("name", path) for path in blobs),
        ("name", rows),
        ("sync", editions / "blobs"),
        ("sync", root.refreshed),
        ("name", record),
        ("sync", editions),
        ("name", manifest),
        ("sync", root.refreshed),
    ]
    told = iter(events)
    assert all(event in told for event in order)


def test_a_clock_that_goes_back_and_forth(root: Root) -> None:
    """A run takes the last day for its own, and editions stay in order."""
    for days in (0, 5, -300, 2, 6):
        day, _ = Editions(root).day(DAY + datetime.timedelta(days))
        night(root, numbered(days + 300), day=day)
    days = [edition.day for edition in Editions(root).all()]
    assert days == [DAY + datetime.timedelta(number) for number in (0, 5, 5, 5, 6)]
