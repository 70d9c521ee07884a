"""Where output goes: stdout as UTF-8, a file all or nothing, complaints and progress on stderr."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click

from verifier.errors import InputError, UsageError
from verifier.files import replacing
from verifier.reports.escape import visible

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["ProgressBar", "colour", "complain", "refuse_to_overwrite", "width", "write"]

_WIDTH = 100
_SECONDS_BEFORE_BAR = 1.0


def complain(message: str) -> None:
    """Say on stderr what is wrong; what a message quotes from outside cannot act on the terminal."""
    with suppress(OSError):  # a log on a full disk: the exit code still tells
        click.echo(f"verifier: {visible(message)}", err=True)


def colour(output: Path | None, *, allowed: bool) -> bool:
    """Whether stdout is a terminal that shows colours, and nobody minds (https://no-color.org)."""
    refused = not allowed or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return output is None and not refused and sys.stdout.isatty()


def width() -> int:
    """Columns for prose: the terminal's, within what reads well; 100 in a pipe or file."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return _WIDTH
    return max(40, min(columns, 120)) if columns else _WIDTH  # 0: a terminal that does not know


def refuse_to_overwrite(output: Path | None, *, read: Iterable[Path | str], option: str = "--output") -> None:
    """Raise `UsageError` if the file of an option is one of those that are read, under whatever name.

    `read` is gone through only if there is a file to lose; "-" in it is stdin.
    """
    if output is None or not output.is_file():
        return
    kept = output.stat()
    for file in read:
        try:
            same = os.path.samestat(kept, os.fstat(0) if file == "-" else os.stat(file))
        except (OSError, ValueError):  # it is not there: nothing to lose
            continue
        if same:
            name = "stdin" if file == "-" else file
            raise UsageError(f"{option} {output} would overwrite {name}, which is read: name another file")


def write(text: str, output: Path | None, *, option: str = "--output") -> None:
    """Write a text to stdout or, all or nothing, to a file.

    A reader that has seen enough (`| head`) is no error. Raises `InputError` if the file cannot be written.
    """
    if output is None:
        _print(text)
        return
    try:
        if output.exists() and not output.is_file():  # a device or a pipe has no last version to keep
            if output.is_dir():
                raise InputError(f"{output}: a folder: name a file for {option}")
            output.write_text(text, encoding="utf-8", newline="")
        else:
            with replacing(output.resolve(), kept=True) as new:
                new.write_bytes(text.encode())
    except OSError as exc:
        raise InputError(f"{output}: cannot be written: {exc.strerror or exc}") from exc


def _print(text: str) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What is left in the buffer goes nowhere, instead of into a message when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class ProgressBar:
    """Shows on a terminal how far long work is; call it with what is done and what there is to do."""

    def __init__(self, label: str) -> None:
        self._label = visible(label)
        self._begun = time.monotonic()
        self._bar: Progress | None = None
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        if not self._shown or (self._bar is None and time.monotonic() - self._begun < _SECONDS_BEFORE_BAR):
            return
        if self._bar is None:
            self._bar = self._start()
        self._bar.update(self._bar.task_ids[0], completed=done, total=total)

    def _start(self) -> Progress:
        from rich.console import Console
        from rich.markup import escape
        from rich.progress import Progress

        bar = Progress(console=Console(stderr=True), transient=True)
        bar.add_task(escape(self._label), total=None)
        bar.start()
        return bar
