"""Hands the report of a night to a program: one that mails it, or puts it into a chat."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from contextlib import suppress
from typing import IO

from verifier.errors import UsageError
from verifier.reports.escape import visible

__all__ = ["SUMMARY", "notify", "read_command"]

SUMMARY = "VERIFIER_SUMMARY"
"""The variable in which the program finds the night in one line, for a subject."""

_PATIENCE = 120.0
_TOLD = 300


def read_command(command: str) -> list[str]:
    """The program and its arguments, parted as a shell would part them; no shell runs it.

    Raises `UsageError` for what a shell could not part either, and for nothing.
    """
    try:
        words = shlex.split(command)
    except ValueError as exc:
        raise UsageError(f"--notify {command!r}: {exc}") from exc
    if not words or "\0" in command:
        raise UsageError(f"--notify {command!r}: give a program and its arguments")
    return words


def notify(command: str, report: str, *, summary: str, patience: float = _PATIENCE) -> str:
    """Run the program with the report on its stdin; "" if it did well, else what went wrong, in a sentence.

    A program that takes longer than `patience` seconds is ended, with all that it started. Its output is not
    shown but for the last line of its errors. Raises `UsageError` as `read_command` does, before it runs.
    """
    words = read_command(command)
    environment = {**os.environ, SUMMARY: visible(summary)}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as told:
        given.write(report.encode("utf-8", "replace"))
        given.seek(0)
        try:
            process = subprocess.Popen(
                words,
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=told,
                env=environment,
                start_new_session=True,
            )
        except (OSError, ValueError) as exc:
            reason = getattr(exc, "strerror", None) or exc
            return f"{words[0]} could not be started to tell of this night: {reason}"
        try:
            code = process.wait(patience)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"{words[0]}, to tell of this night, was ended: it took longer than {patience:g} s"
        except BaseException:
            _end(process)
            raise
        if code == 0:
            return ""
        how = f"with exit code {code}" if code > 0 else f"by signal {-code}"
        last = _last_line(told)
        return f"{words[0]}, to tell of this night, ended {how}" + (f": {last}" if last else "")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_line(told: IO[bytes]) -> str:
    size = told.seek(0, os.SEEK_END)
    told.seek(max(0, size - 4096))
    lines = [line for line in told.read().decode("utf-8", "replace").splitlines() if line.strip()]
    return visible(lines[-1])[:_TOLD] if lines else ""
