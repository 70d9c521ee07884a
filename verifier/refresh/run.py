"""The nightly job, from top to bottom.

sources -> rows of this night -> compared with those before -> the new table, laid out -> claims checked again
-> report -> the new table in place
"""

from __future__ import annotations

import datetime
import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path

from verifier.check import Checker
from verifier.errors import InputError, SourceError, UsageError
from verifier.model import Statement
from verifier.night import Feed, FeedKind, FeedReport, FeedStatus, NightReport
from verifier.refresh.ageing import find_stale
from verifier.refresh.config import Sources, read_sources
from verifier.refresh.edition import Edition, Staged
from verifier.refresh.editions import Editions, list_file
from verifier.refresh.feed import Before, Link, Refreshed, Tonight, let_go, refresh_feed, unchanged
from verifier.refresh.fetch import Fetcher
from verifier.refresh.kept import kept_from_data, kept_to_data
from verifier.refresh.linking import linking
from verifier.refresh.raw import open_rows
from verifier.refresh.shown import Slot, read_shown
from verifier.refresh.watch import Check, Table, Watched, checking, recheck
from verifier.relations import Catalogue
from verifier.reports import night_data
from verifier.settings import Settings, require_contact
from verifier.sources import open_source
from verifier.sources.combined import Combined
from verifier.sources.manifest import Manifest
from verifier.sources.root import Root
from verifier.version import __version__

__all__ = ["Job", "exit_code", "past_report", "refresh"]

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Is told what is done, how far it is, and how far there is to go."""


@dataclass(frozen=True, slots=True)
class Job:
    """What one run is asked to do."""

    root: Root
    settings: Settings
    day: datetime.date
    """The day of the night: what is shown now is shown on it, and claims are checked as of it."""
    accept: Collection[str] = ()
    """The sources whose guard rails are overruled, and those no longer listed whose rows may go."""
    dry_run: bool = False
    """Write nothing in the root."""
    trace: Callable[[str], None] | None = None
    """Is told every line that leaves."""
    progress: Progress = field(default=lambda label, done, total: None)


def refresh(job: Job) -> NightReport:
    """Run the job once, and give its report.

    Whatever ends it early leaves the table as it was. Raises `UsageError` if another run is at work, a name
    of `accept` is none, or a query needs a contact that is not set; `InputError` for a `sources.toml` or a
    table that cannot be read, and if there is no room.
    """
    catalogue = job.root.catalogue()
    sources = read_sources(job.root.sources_file, catalogue)
    if any(feed.kind is FeedKind.SPARQL for feed in sources.feeds):
        require_contact(job.settings.contact)
    editions = Editions(job.root)
    _check_accepted(job.accept, sources, editions.manifest())
    if job.dry_run:
        with tempfile.TemporaryDirectory(prefix="verifier-") as made, _room(Path(made)):
            return _Night(job, sources, catalogue, editions, Path(made)).spend()
    with editions.lock():
        notes = editions.recover()
        with _work(job.root.state / "work") as folder:
            return _Night(job, sources, catalogue, editions, folder, notes).spend()


def past_report(root: Root, text: str) -> NightReport:
    """The report of the night of an edition, by its number or day.

    Raises `UsageError` if it is not kept, `InputError` if it is damaged, or of another version.
    """
    editions = Editions(root)
    edition = editions.find(text)
    try:
        return night_data.from_data(editions.report(edition))
    except (AttributeError, KeyError, TypeError, ValueError) as exc:
        raise InputError(
            f"edition {edition.number}: its report cannot be read: "
            f"use verifier {edition.program}, which wrote it"
        ) from exc


def exit_code(feeds: Sequence[FeedReport], *, verdicts: int) -> int:
    """0 if all is well, 1 if a verdict changed or a source waits to be accepted, 2 if one failed."""
    statuses = {feed.status for feed in feeds if not feed.accepted}
    if FeedStatus.FAILED in statuses:
        return 2
    return int(bool(verdicts) or bool(statuses & {FeedStatus.STOPPED, FeedStatus.DROPPED}))


@dataclass
class _Night:
    """One run, once it is known that it is the only one."""

    job: Job
    sources: Sources
    catalogue: Catalogue
    editions: Editions
    folder: Path
    """For the files of the run."""
    notes: tuple[str, ...] = ()

    def spend(self) -> NightReport:
        manifest, before = self.editions.manifest(), self.editions.current()
        day, notes = self.editions.day(self.job.day)
        outcomes = tuple(self._outcomes(manifest, day))
        listed = replace(manifest, edition=self.editions.next_number(), day=day)
        files: dict[str, Path] = {}
        for feed, outcome in zip(self._feeds(manifest), outcomes, strict=True):
            if isinstance(feed, str):
                if feed in self.job.accept:
                    listed = replace(listed, files=tuple(f for f in listed.files if f.feed != feed))
            elif outcome.file is not None:
                files[feed.name] = outcome.file
                cited = {"publisher": feed.publisher, "title": feed.title, "url": feed.url}
                item = list_file(outcome.file, feed=feed.name, seen_last=day, licence=feed.licence, **cited)
                listed = listed.with_file(item)
        work = self.folder if self.job.dry_run else None
        staged = self.editions.stage(files, listed, day=day, folder=work)
        feeds = tuple(outcome.report for outcome in outcomes)
        now = self._checker(staged.root)
        watched = self._watch(now, before, feeds, day)
        report = NightReport(
            edition=listed.edition or 0,
            day=day,
            before=manifest.edition,
            fingerprint=staged.fingerprint,
            program=__version__,
            dry_run=self.job.dry_run,
            feeds=feeds,
            verdicts=watched.verdicts,
            documents=watched.documents,
            stale=find_stale(
                self._curated.sources[0], partial(self._shown, staged), catalogue=self.catalogue, on=day
            ),
            notes=(*self.notes, *notes),
            labels=self._labels(feeds),
            exit_code=exit_code(feeds, verdicts=len(watched.verdicts)),
        )
        if not self.job.dry_run:
            self.editions.commit(
                staged, report=night_data.to_data(report), results=kept_to_data(watched.kept)
            )
            try:
                self.editions.prune(days=self.sources.keep.days, months=self.sources.keep.months)
            except InputError as exc:  # the night is done, and is to be told
                log.warning("%s", exc)
        return report

    # ------------------------------------------------------------------------------------------ the sources

    def _feeds(self, manifest: Manifest) -> tuple[Feed | str, ...]:
        """The sources that are listed, then the names of those that only have rows still."""
        names = {feed.name for feed in self.sources.feeds}
        return (*self.sources.feeds, *(item.feed for item in manifest.files if item.feed not in names))

    @cached_property
    def _link(self) -> Link:
        return linking(lambda: self._curated, self.catalogue)

    def _outcomes(self, manifest: Manifest, day: datetime.date) -> Iterator[Refreshed]:
        settings, trace = self.job.settings, self.job.trace
        tonight = Tonight(day, self.folder, self.catalogue, self._link)
        with Fetcher(settings, trace=trace, progress=self._fetched) as fetcher:
            for number, feed in enumerate(feeds := self._feeds(manifest)):
                name = feed if isinstance(feed, str) else feed.name
                self.job.progress(name, number, len(feeds))
                listed = manifest.of(name)
                yesterday = None if listed is None else self.job.root.refreshed / listed.name
                if isinstance(feed, str):
                    if yesterday is not None and name in self.job.accept:
                        yield Refreshed(let_go(name, yesterday, self.folder))
                    else:
                        yield Refreshed(unchanged(name, FeedStatus.DROPPED, "", yesterday, self.folder))
                    continue
                try:
                    raw = fetcher.fetch(feed, folder=self.folder, base=self.job.root.sources_file.parent)
                except SourceError as exc:
                    yield Refreshed(unchanged(name, FeedStatus.FAILED, str(exc), yesterday, self.folder))
                    continue
                rows = open_rows(raw, feed)
                yield refresh_feed(
                    feed,
                    rows.frames,
                    tonight,
                    Before(yesterday, None if listed is None else listed.seen_last),
                    accepted=name in self.job.accept,
                    unread=rows.refused,
                )

    def _fetched(self, done: int, total: int | None) -> None:
        if total:
            self.job.progress("fetching", done, total)

    @cached_property
    def _curated(self) -> Combined:
        source = open_source(
            self.job.root.curated,
            catalogue=self.catalogue,
            cache_dir=self.job.settings.cache_dir,
            bundled=True,
        )
        return Combined((source,), catalogue=self.catalogue)

    # ----------------------------------------------------------------------------------------- the claims

    def _checker(self, root: Root) -> Checker:
        return Checker(root=root, settings=replace(self.job.settings, online=False))

    def _watch(
        self, now: Checker, before: Edition | None, feeds: Sequence[FeedReport], day: datetime.date
    ) -> Watched:
        root, kept = self.job.root, {}
        if root.claims.is_dir() and any(root.claims.iterdir()):
            try:
                _ = (
                    now.evidence
                )  # else no document could be checked, and nobody be told of it by the exit code
            except InputError as exc:
                raise InputError(f"the new table cannot be opened ({exc}): the table is as it was") from exc
        # Without a record of it (a copy of the table alone, the first night), before is what is in place.
        then = Table(checking(self._checker(root)), self.editions.manifest().day or day)
        if before is not None:
            kept = kept_from_data(self.editions.results(before))
            laid = partial(self.editions.materialise, before, self.job.settings.cache_dir)
            then = Table(_late(lambda: checking(self._checker(laid()))), before.day)
        return recheck(
            root.claims,
            Table(checking(now), day),
            then,
            kept=kept,
            feeds=feeds,
            catalogue=self.catalogue,
            progress=partial(self.job.progress, "checking what is watched"),
        )

    def _labels(self, feeds: Sequence[FeedReport]) -> dict[str, str]:
        """The relations that the report names, by id."""
        counted = {relation for feed in feeds for relation in feed.counts}
        columns = {name for feed in feeds for change in feed.changes for name in change.row}
        known = ((id, self.catalogue.get(id)) for id in sorted(counted | columns))
        return {id: relation.label for id, relation in known if relation is not None}

    def _shown(self, staged: Staged, slots: Collection[Slot]) -> Mapping[Slot, tuple[Statement, ...]]:
        files = ((staged.root.refreshed / listed.name, listed) for listed in staged.manifest.files)
        return read_shown(files, slots, catalogue=self.catalogue, link=self._link) if slots else {}


def _check_accepted(accept: Collection[str], sources: Sources, manifest: Manifest) -> None:
    known = {*(feed.name for feed in sources.feeds), *(item.feed for item in manifest.files)}
    for name in accept:
        if name not in known:
            named = ", ".join(sorted(known)) or "there is none"
            raise UsageError(f"--accept {name[:80]}: there is no such source (known: {named})")


@contextmanager
def _work(folder: Path) -> Iterator[Path]:
    """An empty folder for the files of the run, in the root, so that what a killed run leaves is found."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    except OSError as exc:
        raise InputError(f"{folder}: cannot be written: {exc.strerror}: the table is as it was") from exc
    try:
        with _room(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """Tell a full disk under the files of a run as what it is, and not as an error inside the program."""
    try:
        yield
    except (OSError, sqlite3.Error) as exc:
        raise InputError(f"{folder}: the run ended ({exc}): the table is as it was") from exc


def _late(make: Callable[[], Check]) -> Check:
    """A check of which the table is laid out and opened when it is first asked."""
    made = cache(make)
    return lambda what, as_of: made()(what, as_of)
