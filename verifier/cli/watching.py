"""`verifier check --watch`: checks again whatever is saved, until Ctrl-C.

The system's notices (watchfiles) only wake it; what changed is told by the files themselves, so that a file
which an editor saves by another name, or in several steps, is checked once it is there. Tables stay open,
and are opened anew if one of them changes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from verifier import readers
from verifier.baseline import Baseline, read_baseline
from verifier.cli.delivery import Delivery, checked, compared, tell
from verifier.cli.inputs import Reading, read_inputs
from verifier.cli.options import Tables
from verifier.cli.output import complain, refuse_to_overwrite, write
from verifier.errors import InputError, UsageError, VerifierError
from verifier.model import Report
from verifier.reports.columns import counted
from verifier.reports.escape import visible

if TYPE_CHECKING:
    from verifier.check import Checker

__all__ = ["watch"]

_QUIET = 50
"""Milliseconds without a notice after which a save is over."""
_MOMENT = 0.3
"""Seconds for which a file may be gone while it is saved."""

_State = tuple[int, int, int]
"""By what a file is known to have changed: when it was written, its size, its number."""


def watch(
    inputs: Sequence[str], *, reading: Reading, tables: Tables, baseline: Path | None, delivery: Delivery
) -> NoReturn:
    """Check, then check again what changes, until somebody interrupts.

    Raises `UsageError` for what cannot be watched, or if watchfiles is not installed; on the first round also
    what a run without --watch raises of tables and baseline.
    """
    try:
        import watchfiles
    except ImportError as exc:
        raise UsageError(
            "--watch needs watchfiles: pip install '.[watch]' in the checkout of verifier"
        ) from exc
    if delivery.form != "terminal" and delivery.output is None:
        raise UsageError(f"--watch with --format {delivery.form} needs --output FILE, which is written anew")
    for given in inputs:
        if reading is Reading.TEXT or given == "-" or readers.is_address(given):
            raise UsageError(f"--watch is for files and folders, and {given[:80]!r} is none")
        if reading is Reading.GUESS and not readers.looks_like_path(given):
            raise UsageError(f"--watch is for files and folders, and {given[:80]!r} is none")
    watcher = _Watcher(tuple(map(Path, inputs)), tables, baseline, delivery)
    watcher.begin()
    while True:
        folders = watcher.folders()
        watcher.look()  # what changed while nobody watched
        for _ in watchfiles.watch(*folders, watch_filter=None, step=_QUIET, recursive=False):
            watcher.look()
            if watcher.folders() != folders:
                break
        else:
            raise KeyboardInterrupt


@dataclass(slots=True)
class _Watcher:
    """What is watched, in which state it was last seen, and what came of it."""

    inputs: tuple[Path, ...]
    tables: Tables
    baseline: Path | None
    delivery: Delivery
    checker: Checker = field(init=False)
    known: Baseline | None = None
    drafts: dict[str, _State] = field(default_factory=dict)
    evidence: dict[str, _State] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)

    def begin(self) -> None:
        """The first round."""
        for path in self.inputs:
            if not path.exists():
                raise InputError(f"{path}: there is no such file")
        self._open()
        self.evidence = _states(self._evidence())
        self.drafts = _states(self._files())
        refuse_to_overwrite(self.delivery.output, read=[*self.drafts, *self.evidence])
        self._refuse_to_read_output()
        self._check(self.drafts)
        self._show(self.drafts, head=False)
        complain(f"watching {counted(len(self.drafts), 'file')}; Ctrl-C ends it")

    def look(self) -> None:
        """Check again what is not as it was."""
        evidence, drafts = _states(self._evidence()), _states(self._files())
        if not self.drafts.keys() <= drafts.keys():  # some editors save by another name
            time.sleep(_MOMENT)
            drafts = _states(self._files())
        changed = [name for name, state in drafts.items() if self.drafts.get(name) != state]
        gone = [name for name in self.drafts if name not in drafts]
        self.drafts = drafts
        if evidence != self.evidence:
            self.evidence = evidence
            try:
                self._open()
            except VerifierError as exc:
                complain(str(exc))
            else:
                changed = list(drafts)
        for name in gone:
            self.reports.pop(name, None)
            complain(f"{name}: it is gone")
        if changed or gone:
            self._check(changed)
            self._show(changed, head=True)
            if self.delivery.output is not None:
                told = ", ".join([*changed, *gone])
                complain(f"{datetime.now():%H:%M:%S}  {told}: {self.delivery.output} is written anew")

    def folders(self) -> set[str]:
        """Where notices come from: not from files, since one that is saved may be another file then."""
        folders = {str(Path(file).parent) for file in (*self.drafts, *self.evidence)}
        for path in self.inputs:
            if path.is_dir():
                for found, inside, _ in os.walk(path):
                    folders.add(found)
                    inside[:] = [name for name in inside if not name.startswith(".")]  # as `files_in` does
            else:
                folders.add(str(path.parent))
        if self.baseline is not None:
            folders.add(str(self.baseline.parent))
        return {folder for folder in folders if os.path.isdir(folder)}

    def _open(self) -> None:
        """Tables and baseline. Raises what is wrong with them, and leaves what was open."""
        known = None if self.baseline is None else read_baseline(self.baseline)
        checker = self.tables.checker()
        _ = checker.evidence, checker.catalogue
        self.known, self.checker = known, checker

    def _refuse_to_read_output(self) -> None:
        """What is written into a folder that is watched would be checked, and written anew, without end."""
        output = self.delivery.output
        if output is None or not output.suffix or readers.suffix_of(output.name) not in readers.READERS:
            return
        for path in self.inputs:
            if path.is_dir() and output.resolve().is_relative_to(path.resolve()):
                raise UsageError(f"--output {output} would be checked with {path}: name a file elsewhere")

    def _evidence(self) -> Iterator[Path]:
        if self.baseline is not None:
            yield self.baseline
        try:
            yield from self.tables.files()
        except VerifierError:  # told when it is opened
            yield from self.tables.reference

    def _files(self) -> Iterator[Path]:
        for path in self.inputs:
            if path.is_dir():
                yield from readers.files_in(path, unlisted=lambda folder, exc: complain(str(exc)))
            else:
                yield path

    def _check(self, names: Iterable[str]) -> None:
        """Reports on these files; one that cannot be read has none, and says why."""
        for name in names:
            self.reports.pop(name, None)
            try:
                for batch in read_inputs([name], reading=Reading.FILE, read_address=_refuse):
                    self.reports[name] = checked(self.checker, batch)
            except VerifierError as exc:
                complain(str(exc))

    def _show(self, names: Collection[str], *, head: bool) -> None:
        """What came of these files, on a terminal; of all files, in that of --output."""
        shown = list(self.drafts if self.delivery.output is not None else names)
        reports = compared([self.reports[name] for name in shown if name in self.reports], self.known)
        if self.delivery.output is not None:
            self.delivery.deliver(reports)
        else:
            for report in reports:
                if head:
                    write(f"\n── {datetime.now():%H:%M:%S}  {visible(report.document.name)}\n\n", None)
                self.delivery.deliver([report])
        tell(report for report in reports if report.document.name in names)


def _states(files: Iterable[Path]) -> dict[str, _State]:
    """The files that are there, each in its state."""
    found: dict[str, _State] = {}
    for file in files:
        try:
            state = file.stat()
        except (OSError, ValueError):
            continue
        found[str(file)] = state.st_mtime_ns, state.st_size, state.st_ino
    return found


def _refuse(address: str) -> NoReturn:
    raise UsageError(f"--watch is for files and folders, and {address[:80]!r} is none")
