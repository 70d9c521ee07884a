"""The editions of a root: what the table was after each night, kept so that any past report can be replayed.

A night goes `lock`, `recover`, `stage` (the new table, to check claims against), `commit`, `prune`. The one
moment at which the new table takes the place of the old one is the renaming of `refreshed/table.toml`, once
everything else is on the disk: whoever is killed before leaves the old edition, whoever is killed after
leaves the new one.
"""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from verifier.errors import InputError, UsageError
from verifier.files import make_folder, put, replacing, sync_folder
from verifier.refresh.blobs import Blobs, digest_of
from verifier.refresh.edition import (
    REFRESHED,
    Edition,
    Staged,
    read_editions,
    uncommitted,
    write_edition,
)
from verifier.refresh.keeping import kept
from verifier.refresh.laid_out import lay_out
from verifier.refresh.lock import only_run
from verifier.refresh.staging import lay_out_new
from verifier.sources.manifest import ListedFile, Manifest, read_manifest, write_manifest
from verifier.sources.root import Root
from verifier.version import __version__

__all__ = ["Editions", "list_file"]

_FEEDS = "statements-*.csv"


def list_file(path: Path, *, feed: str, seen_last: datetime.date, **cited: str) -> ListedFile:
    """What the manifest says of a new file of a source; its name is made of its content.

    `cited` are `publisher`, `title`, `url` and `licence` for rows without a source. Raises `OSError`.
    """
    digest = digest_of(path)
    return ListedFile(f"statements-{feed}-{digest[:12]}.csv", feed, digest, seen_last, **cited)


class Editions:
    """The editions that are kept under `.verifier/editions` of a root."""

    def __init__(self, root: Root) -> None:
        self.root = root
        self.folder = root.state / "editions"
        self._blobs = Blobs(self.folder / "blobs")
        self._staged = root.state / "staged"

    def lock(self) -> AbstractContextManager[None]:
        """Be the only run. Raises `UsageError` that names the run that is at work, if there is one."""
        return only_run(self.root.state)

    # ------------------------------------------------------------------------------------------ what there is

    def manifest(self) -> Manifest:
        """The manifest of the table as it is now; an empty one before the first night."""
        path = self.root.refreshed / "table.toml"
        try:
            return read_manifest(path.read_bytes(), path)
        except FileNotFoundError:
            return Manifest()
        except OSError as exc:
            raise InputError(f"{path}: cannot be read: {exc.strerror}") from exc

    def all(self) -> tuple[Edition, ...]:
        """Every edition that is kept, the oldest first; one that was never committed is none."""
        read = self._records()
        dead = uncommitted(read, self.manifest().edition)
        return tuple(edition for edition in read if edition.number not in dead)

    def _some(self) -> tuple[Edition, ...]:
        editions = self.all()
        if not editions:
            raise UsageError(f"{self.root.path}: there is no edition yet: `verifier refresh` makes them")
        return editions

    def current(self) -> Edition | None:
        """The edition that the table is now; None if it is none that is kept."""
        number = self.manifest().edition
        return next((edition for edition in self._records() if edition.number == number), None)

    def next_number(self) -> int:
        """The number of the next edition; no edition's number is given twice."""
        numbers = [edition.number for edition in self.all()]
        return max([self.manifest().edition or 0, *numbers]) + 1

    def find(self, text: str) -> Edition:
        """The edition with this number, or the last one of a day or before it.

        Raises `UsageError` that says which editions there are.
        """
        editions = self._some()
        first, last = editions[0], editions[-1]
        known = f"kept are {first.number} ({first.day}) to {last.number} ({last.day})"
        if text.strip().isdecimal():
            found = [edition for edition in editions if edition.number == int(text)]
        else:
            day = _day(text)
            found = [edition for edition in editions if edition.day <= day]
        if not found:
            raise UsageError(f"edition {text.strip()[:80]} is not kept: {known}")
        return found[-1]

    def since(self, text: str) -> tuple[Edition, ...]:
        """The editions from this number on, or from this day on. Raises `UsageError` if there are none."""
        editions = self._some()
        if text.strip().isdecimal():
            found = [edition for edition in editions if edition.number >= int(text)]
        else:
            day = _day(text)
            found = [edition for edition in editions if edition.day >= day]
        if not found:
            raise UsageError(f"{self.root.path}: no edition since {text.strip()[:80]} is kept")
        return tuple(found)

    def report(self, edition: Edition) -> Any:
        """The report of its night, as data. Raises `InputError` if it is damaged."""
        return json.loads(self._blobs.read(edition.report))

    def results(self, edition: Edition) -> Any:
        """The results of the watched documents, as data. Raises `InputError` if they are damaged."""
        return json.loads(self._blobs.read(edition.results))

    def materialise(self, edition: Edition, cache_dir: Path | None) -> Root:
        """The tables of an edition, laid out to be checked against. Raises `InputError` if a file is lost."""
        return lay_out(edition, self._blobs, cache_dir=cache_dir, root=self.root)

    # ------------------------------------------------------------------------------------------------ a night

    def day(self, today: datetime.date) -> tuple[datetime.date, tuple[str, ...]]:
        """The day of a night, and what is to be noted: no edition is of a day before the last one's."""
        last = self.manifest().day
        if last is None or today >= last:
            return today, ()
        return last, (f"the day is {today}, before the last edition: the night counts as {last}",)

    def recover(self) -> tuple[str, ...]:
        """Remove what a run that was cut off has left, mend files of the table, and say what was done.

        To be called with the lock. Raises `InputError` if the folders cannot be written.
        """
        notes = []
        with _told("the table is as it was"):
            records, manifest = self._records(), self.manifest()
            dead = uncommitted(records, manifest.edition)
            for number in sorted(dead):
                self._record(number).unlink()
                notes.append(f"the run before was cut off: its edition {number} was never in place")
            folders = (self.folder, self._blobs.folder, self.root.refreshed)
            left = [path for folder in folders for path in folder.glob(".*.tmp")]
            left += self._unnamed(manifest)
            for path in left:
                path.unlink(missing_ok=True)
            if self._staged.exists():
                left.append(self._staged)
                shutil.rmtree(self._staged)
            if left and not dead:
                notes.append("the run before was cut off: what it left was removed")
            notes += self._mend(manifest)
        return tuple(notes)

    def stage(
        self,
        files: Mapping[str, Path],
        manifest: Manifest,
        *,
        day: datetime.date,
        folder: Path | None = None,
    ) -> Staged:
        """Lay out the table as it would be, with copies of the curated files, and change nothing yet.

        `files` gives the new file of each source that has one; the others of `manifest` are in place already.
        `folder` is for a run that writes nothing in the root; else it needs the lock. Raises `InputError` if
        there is no room.
        """
        place = self._staged if folder is None else folder / "staged"
        with _told("the table is as it was"):
            return lay_out_new(self.root, place, files, manifest, day=day)

    def commit(
        self,
        staged: Staged,
        *,
        report: Mapping[str, Any],
        results: Mapping[str, Any],
        program: str = __version__,
    ) -> Edition:
        """Make what was staged the table. To be called with the lock.

        Raises `InputError` if there is no room or nothing can be written; then the table is as it was.
        """
        manifest, day = staged.manifest, staged.root.day
        if manifest.edition is None or day is None:
            raise ValueError("an edition has a number and a day")
        refreshed = self.root.refreshed
        with _told("the table is as it was"):
            make_folder(self._blobs.folder)
            make_folder(refreshed)
            for name, digest in staged.files.items():
                self._blobs.put_file(staged.folder / name, digest)
            told = [self._blobs.put(json.dumps(data).encode()) for data in (report, results)]
            for item in manifest.files:
                if not (refreshed / item.name).is_file():
                    with replacing(refreshed / item.name, kept=True) as new:
                        shutil.copyfile(staged.folder / REFRESHED / item.name, new)
            sync_folder(self._blobs.folder)
            sync_folder(refreshed)
            before = self.manifest().edition
            edition = Edition(manifest.edition, day, before, program, dict(staged.files), *told)
            record = self._record(edition.number)
            put(record, write_edition(edition))
            try:
                put(refreshed / "table.toml", write_manifest(manifest))
            except OSError:
                if self.manifest() != manifest:
                    record.unlink(missing_ok=True)
                    raise
        with suppress(OSError):  # it is done; what is not swept now is swept by the next run
            for path in self._unnamed(manifest):
                path.unlink(missing_ok=True)
            shutil.rmtree(staged.folder, ignore_errors=True)
        return edition

    def prune(self, *, days: int, months: int) -> tuple[Edition, ...]:
        """Remove the editions that the rule of `keeping` lets go, and contents that no edition has.

        To be called with the lock. Gives those that went. Raises `InputError` if they cannot be removed.
        """
        editions = self.all()
        stay = kept([(edition.number, edition.day) for edition in editions], days=days, months=months)
        stay |= {self.manifest().edition}
        gone = tuple(edition for edition in editions if edition.number not in stay)
        with _told("old editions are kept for now"):
            for edition in gone:
                self._record(edition.number).unlink(missing_ok=True)
            if self.folder.is_dir():
                sync_folder(self.folder)
            used: set[str] = set()
            for edition in self._records():
                used |= {*edition.files.values(), edition.report, edition.results}
            for digest in list(self._blobs.digests()):
                if digest not in used:
                    self._blobs.remove(digest)
        return gone

    # ---------------------------------------------------------------------------------------------- its files

    def _record(self, number: int) -> Path:
        return self.folder / f"{number:06}.json"

    def _records(self) -> list[Edition]:
        return read_editions(self.folder)

    def _unnamed(self, manifest: Manifest) -> list[Path]:
        """Files of sources that are no part of the table."""
        named = {item.name for item in manifest.files}
        return [path for path in self.root.refreshed.glob(_FEEDS) if path.name not in named]

    def _mend(self, manifest: Manifest) -> Iterator[str]:
        """Put back the files of the table that were removed or edited by hand."""
        for item in manifest.files:
            path = self.root.refreshed / item.name
            if (path.is_file() and digest_of(path) == item.sha256) or not self._blobs.has(item.sha256):
                continue
            with replacing(path, kept=True) as new:
                self._blobs.unpack(item.sha256, new)
            yield f"{path.name} had been edited or removed: it is again what the last edition has"


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError as exc:
        raise UsageError(f"{text[:80]!r} is no edition: write its number, or a day as 2026-11-25") from exc


@contextmanager
def _told(outcome: str) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        where = f"{exc.filename2 or exc.filename}: " if exc.filename else ""
        raise InputError(f"{where}{exc.strerror or exc}: {outcome}") from exc
