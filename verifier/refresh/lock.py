"""One run at a time."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from verifier.errors import InputError, UsageError
from verifier.files import make_folder, write_whole

__all__ = ["only_run"]


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; that of a run that was killed is free, for the system lets go of it.

    Raises `UsageError` that names the run which has it, and `InputError` if the folder cannot be written.
    """
    try:
        from filelock import FileLock, Timeout
    except ImportError as exc:
        raise UsageError(
            "the nightly job needs filelock: pip install '.[refresh]' in the checkout of verifier"
        ) from exc
    note = folder / "running.json"
    try:
        make_folder(folder)
        lock = FileLock(folder / "lock")
        lock.acquire(blocking=False)
    except Timeout as exc:
        raise UsageError(f"{folder}: another run is at work{_who(note)}: wait until it is done") from exc
    except (OSError, NotImplementedError) as exc:
        raise InputError(f"{folder}: cannot be written: {getattr(exc, 'strerror', None) or exc}") from exc
    try:
        began = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        with suppress(OSError):  # it is for people alone
            write_whole(note, json.dumps({"pid": os.getpid(), "began": began}).encode())
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def _who(note: Path) -> str:
    try:
        run = json.loads(note.read_text(encoding="utf-8"))
        return f" (process {run['pid']}, since {run['began']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
