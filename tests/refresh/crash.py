"""A run that is to be killed, or meets a full disk: `python -m tests.refresh.crash WHAT FOLDER [NUMBER]`.

Each is a process of its own, for it is ended as the system ends one, with nothing tidied up.
"""

from __future__ import annotations

import datetime
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.refresh.small_nights import (
    DAY,
    check_whole,
    make_root,
    night,
    numbered,
    objects,
    put_in_place,
    write,
)
from verifier.errors import InputError
from verifier.refresh.editions import Editions
from verifier.sources.root import Root

ROWS = 300
_EVENTS = ("open", "os.", "shutil.", "tempfile.")
"""Events of Python's audit hooks (PEP 578) with which the files of a root are touched."""


def one_night(root: Root) -> None:
    """Rows that all have the number of the edition, a day after the last one; three days are kept."""
    number = Editions(root).next_number()
    day = DAY + datetime.timedelta(number)
    night(root, numbered(number, ROWS), day=day, days=3, months=0)


def nights(root: Root, count: int) -> None:
    """One after the other, as fast as it goes; says when each begins."""
    for _ in range(count):
        print("begins", flush=True)
        one_night(root)
    print("done", flush=True)


def killed_at(root: Root, step: int) -> int:
    """Run one night in a child that kills itself at this step; its status, 0 if it came to its end."""
    child = os.fork()
    if child == 0:
        left = step

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            touched = any(str(root.path) in str(argument) for argument in arguments)
            if touched and event.startswith(_EVENTS):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        one_night(root)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return status


def every_step(root: Root, stride: int) -> None:
    """Kill a night at one step after the other until one comes to its end, and look at what is left."""
    one_night(root)
    step, outcomes = 0, {True: 0, False: 0}
    while True:
        old, new = Editions(root).manifest().edition or 0, Editions(root).next_number()
        status = killed_at(root, step)
        number = check_whole(root).edition
        assert number in (old, new), (step, old, new, number)
        assert objects(root) == {f"Town{number}x{row}" for row in range(ROWS)}, step
        current = Editions(root).current()
        assert current is not None and current.number == Editions(root).all()[-1].number, step
        assert objects(Editions(root).materialise(current, None)) == objects(root), step
        if status == 0:
            break
        outcomes[number == new] += 1
        one_night(root)  # the next run succeeds
        current = Editions(root).current()
        assert current is not None
        assert objects(root) == {f"Town{current.number}x{row}" for row in range(ROWS)}
        step += stride
    print(f"{sum(outcomes.values())} kills: {outcomes[False]} left the old edition, {outcomes[True]} the new")


def with_little_room(root: Root, size: int) -> None:
    """A night in which no file may grow beyond a size; says how it ended."""
    files = write(root, numbered(Editions(root).next_number(), ROWS))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    _told(root, files)


def as_nobody(root: Root, _: int) -> None:
    """A night of a user who may not write there; says how it ended."""
    with tempfile.TemporaryDirectory() as folder:  # loads what is needed, while it may still be read
        one_night(make_root(Path(folder, "root")))
    files = write(root, numbered(9))
    os.setgid(65534)
    os.setuid(65534)
    _told(root, files)


def holding(root: Root, seconds: int) -> None:
    """A run that takes its time."""
    with Editions(root).lock():
        print("begins", flush=True)
        time.sleep(seconds)


def _told(root: Root, files: Mapping[str, Path]) -> None:
    try:
        put_in_place(root, files)
    except InputError as exc:
        print(f"InputError: {exc}")
    else:
        print("done")


if __name__ == "__main__":
    what, folder, *number = sys.argv[1:]
    globals()[what](Root(Path(folder)), *map(int, number))
