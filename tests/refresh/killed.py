"""The whole job, ended or hindered: `python -m tests.refresh.killed WHAT ROOT SHOWN [NUMBER]`.

SHOWN is the folder that the server of the two sources serves. All is imported once, and each night runs in a
child, so that hundreds of nights take minutes.
"""

from __future__ import annotations

import datetime
import gc
import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.refresh.jobs import JERUSALEM, SIZE, VIENNA, consulates, embassies, listed, rows_of
from verifier.check import Checker
from verifier.cli import run
from verifier.dates import day as date_of
from verifier.readers import read
from verifier.refresh.editions import Editions
from verifier.refresh.run import past_report
from verifier.settings import Settings
from verifier.sources.root import Root

_FIRST = datetime.date(2026, 1, 1)


def show(shown: Path, number: int) -> None:
    """Both sources show rows of this night alone; an embassy is in one town or, in odd nights, in another."""
    (shown / "embassies.csv").write_text(embassies(str(number), **(VIENNA, JERUSALEM)[number % 2]))
    (shown / "consulates.csv").write_text(consulates(str(number)))


def night(root: Root, number: int) -> int:
    """The whole night; its exit code."""
    day = _FIRST + datetime.timedelta(number)
    return run(["refresh", "--root", str(root.path), "--as-of", day.isoformat()])


def begin(root: Root, number: int, prepare: Callable[[], object] = bool) -> int:
    """Begin the night in a child, which prepares for it first; its process."""
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            prepare()
            os._exit(night(root, number))
        finally:
            os._exit(9)
    return child


def whole(root: Root) -> int:
    """The number of the edition that the table is: all its rows have it, and what is checked against it."""
    number = Editions(root).manifest().edition
    for name in ("embassies", "consulates"):
        rows = rows_of(root, name)
        assert len(rows) == SIZE, (name, len(rows))
        assert {row["source_title"] for row in rows} == {str(number)}, (name, number)
    assert number is not None
    checker = Checker(root=root, settings=Settings.from_env(), as_of=date_of(2026, 12, 31))
    claims = read(root.claims / "claims.csv")
    verdicts = [result.verdict.value for result in checker.check(claims).results]
    assert verdicts == ["unknown", "supported"][:: -1 if number % 2 == 0 else 1], (number, verdicts)
    return number


def succeed(root: Root, shown: Path) -> float:
    """One night that nobody ends; how long it took. It tells both verdicts that it changed."""
    number = Editions(root).next_number()
    show(shown, number)
    began = time.monotonic()
    _, status = os.waitpid(begin(root, number), 0)
    took = time.monotonic() - began
    assert os.waitstatus_to_exitcode(status) == 1, (number, status)
    assert whole(root) == number
    report = past_report(root, str(number))
    assert len(report.verdicts) == 2, report
    assert not list(root.state.glob("work*")), "the folder of the run stays"
    return took


def hindered(root: Root, shown: Path, prepare: Callable[[], object]) -> int:
    """One night that may fail, and leaves the table of before then; its exit code."""
    old = whole(root)
    show(shown, old + 1)
    errors, end = os.pipe()

    def heard() -> None:
        os.dup2(end, 2)
        prepare()

    child = begin(root, old + 1, heard)
    os.close(end)
    with open(errors, encoding="utf-8") as pipe:
        told = pipe.read().strip()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    print(code, told.replace("\n", " "))
    assert code in (1, 2), told
    assert "internal error" not in told
    if Editions(root).manifest().edition == old:
        assert "the table is as it was" in told or "Permission denied" in told
    return code


def with_little_room(root: Root, shown: Path) -> None:
    """No file may be larger than this many bytes, as on a disk that is full."""
    warm(root, shown)
    codes = set()
    for size in (0, 100, 1_000, 4_000, 8_000, 12_000, 20_000, 40_000, 80_000, 10_000_000):
        limit = (size, resource.RLIM_INFINITY)
        codes.add(hindered(root, shown, partial(resource.setrlimit, resource.RLIMIT_FSIZE, limit)))
        sound(root)
        succeed(root, shown)
    assert codes == {1, 2}


def on_a_full_disk(root: Root, shown: Path) -> None:
    """Less and less room on the disk of the root, which is small."""
    warm(root, shown)
    codes = []
    filler = root.path / "filler"
    for room in range(0, 400_000, 24_576):
        state = os.statvfs(root.path)
        filler.write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - room)))
        codes.append(hindered(root, shown, bool))
        filler.unlink()
        sound(root)
        succeed(root, shown)
    assert codes[0] == 2
    assert codes[-1] == 1


def as_nobody(root: Root, shown: Path) -> None:
    """A user who may read the root and not write it."""
    warm(root, shown)
    before = listed(root.path)

    def prepare() -> None:
        os.setgid(65534)
        os.setuid(65534)

    assert hindered(root, shown, prepare) == 2
    assert listed(root.path) == before
    succeed(root, shown)


def sound(root: Root) -> None:
    """The table is an edition; after a failure of a source alone, each source has rows of one night."""
    for name in ("embassies", "consulates"):
        rows = rows_of(root, name)
        assert len(rows) == SIZE
        assert len({row["source_title"] for row in rows}) == 1


def warm(root: Root, shown: Path) -> None:
    """The first night, in this process: what is imported is there for all others."""
    show(shown, 1)
    night(root, 1)
    gc.disable()
    gc.freeze()


def kill(root: Root, shown: Path, kills: int) -> None:
    """Kill nights at moments spread over their duration, each followed by one that succeeds."""
    chance = random.Random(11)
    warm(root, shown)
    duration = sorted(succeed(root, shown) for _ in range(3))[1]
    outcomes = {"old": 0, "new": 0, "late": 0, "noted": 0}
    moments = [(place + chance.random()) / kills for place in range(kills)]
    chance.shuffle(moments)
    for moment in moments:
        old = whole(root)
        show(shown, old + 1)
        child = begin(root, old + 1)
        time.sleep(moment * duration)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        number = whole(root)
        assert number in (old, old + 1), (old, number)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            outcomes["late"] += 1
        else:
            outcomes["old" if number == old else "new"] += 1
        duration = 0.8 * duration + 0.2 * succeed(root, shown)
        outcomes["noted"] += bool(past_report(root, str(Editions(root).manifest().edition)).notes)
    for edition in Editions(root).all():
        Editions(root).materialise(edition, Settings.from_env().cache_dir)
    print(json.dumps({**outcomes, "seconds": round(duration, 3)}))


if __name__ == "__main__":
    what, place, served, *number = sys.argv[1:]
    globals()[what](Root(Path(place)), Path(served), *map(int, number))
