"""The whole job, killed at many moments: `python -m tests.refresh.killed ROOT SHOWN KILLS`.

SHOWN is the folder that the server of the two sources serves. All is imported once, and each night runs in a
child, so that hundreds of nights take minutes.
"""

from __future__ import annotations

import datetime
import gc
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.refresh.jobs import JERUSALEM, SIZE, VIENNA, consulates, embassies, rows_of
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
    """Both sources show rows of this night alone; an embassy is in one town in even nights, else in another."""
    (shown / "embassies.csv").write_text(embassies(str(number), **(VIENNA, JERUSALEM)[number % 2]))
    (shown / "consulates.csv").write_text(consulates(str(number)))


def night(root: Root, number: int) -> int:
    """The whole night; its exit code."""
    day = _FIRST + datetime.timedelta(number)
    options = ["--as-of", day.isoformat(), "--output", str(root.path.parent / "report.txt")]
    return run(["refresh", "--root", str(root.path), *options])


def begin(root: Root, number: int) -> int:
    """Begin the night in a child; its process."""
    child = os.fork()
    if child == 0:
        try:
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


def kill(root: Root, shown: Path, kills: int) -> None:
    """Kill nights at moments spread over their duration, each followed by one that succeeds."""
    chance = random.Random(11)
    gc.disable()
    show(shown, 1)
    night(root, 1)
    gc.freeze()
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
    kill(Root(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3]))
