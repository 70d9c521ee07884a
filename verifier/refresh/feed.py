"""One source in one night: its raw rows become statements, are compared with those before, and are written.

Nothing of the table is touched: the result is a report, and a new file beside it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from verifier.errors import SourceError
from verifier.night import ChangeKind, Counts, Feed, FeedReport, FeedStatus, Refused, RowChange
from verifier.refresh.blobs import digest_of
from verifier.refresh.changes import is_another_fact, row_change
from verifier.refresh.columns import LINE
from verifier.refresh.edition import file_name
from verifier.refresh.guards import Night, broken_rails
from verifier.refresh.mapping import columns_of, map_rows, raw_columns
from verifier.refresh.stage import Stage
from verifier.refresh.validation import Validator
from verifier.relations import Catalogue, ValueKind
from verifier.sources.entities import split_list

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST_LISTED", "Before", "Link", "Refreshed", "Tonight", "let_go", "refresh_feed", "unchanged"]

MOST_LISTED = 50_000
"""Rows of each kind that a report lists; the rest are counted."""

Link = Callable[[str, str, str], str]
"""The id that the curated table has for a label, a relation and an end ("subject" or "object"); or ""."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a night made of one source."""

    report: FeedReport
    file: Path | None = None
    """The new file, named by its content; None if yesterday's stays."""


@dataclass(frozen=True, slots=True)
class Tonight:
    """What is the same for all sources of one night."""

    day: datetime.date
    folder: Path
    """Where new files are written."""
    catalogue: Catalogue
    link: Link


@dataclass(frozen=True, slots=True)
class Before:
    """What was there of a source before this night; without a file, nothing."""

    file: Path | None = None
    day: datetime.date | None = None
    """That of the last edition in which the source was had: what is shown no more was last shown then."""


def refresh_feed(
    feed: Feed,
    raw: Iterable[pd.DataFrame],
    tonight: Tonight,
    before: Before,
    *,
    accepted: bool = False,
    unread: Iterable[Refused] = (),
) -> Refreshed:
    """Map, check and compare the raw rows of a source, and write its file of this night.

    `raw` are frames of text with the line numbers in `#`, at least one; `unread` are rows that could not be
    read, and is asked when `raw` is at its end. With `accepted` guard rails are told and stop nothing. A
    `SourceError` while the rows are read makes a report of a source that failed.
    """
    mapped = columns_of(feed)
    last_shown = (before.day or tonight.day).isoformat()
    with Stage(tonight.folder, mapped, before.file) as stage:
        try:
            read, left_out, number, refused, columns = _load(feed, raw, stage, tonight.catalogue)
        except SourceError as exc:
            kept = FeedReport(
                feed.name, FeedStatus.FAILED, str(exc), rows=stage.before, kept=stage.kept_before
            )
            return Refreshed(kept)
        broken = tuple(unread)
        number += len(broken)
        refused = [*broken, *refused][:MOST_LISTED]
        doubled, twice = stage.refuse_doubled(MOST_LISTED)
        twice = [replace(one, value=one.value.removeprefix(f"{feed.name}:")) for one in twice]
        stage.compare()
        by_kind = stage.counts()
        night = Night(
            before=stage.before,
            rows=stage.rows,
            first=stage.first,
            added=sum(count for (_, kind), count in by_kind.items() if kind == ChangeKind.ADDED),
            changed=sum(count for (_, kind), count in by_kind.items() if kind == ChangeKind.CHANGED),
            gone=sum(count for (_, kind), count in by_kind.items() if kind == ChangeKind.GONE),
            ids=stage.rows + doubled,
            doubled=doubled,
            refused=number,
            unsourced=stage.unsourced,
            missing=tuple(name for name in raw_columns(feed) if name not in columns),
        )
        changes, corrected = _changes(feed.name, stage)
        report = FeedReport(
            name=feed.name,
            status=FeedStatus.REFRESHED,
            read=read + len(broken),
            left_out=left_out,
            rows=night.rows,
            kept=stage.kept,
            refused=tuple(sorted((*refused, *twice), key=lambda one: one.line)),
            counts=_counts(by_kind, corrected),
            changes=changes,
        )
        rails = broken_rails(night, feed.bounds)
        if rails and not accepted:
            mend = (
                "take it"
                if not night.missing
                else "name its columns anew in sources.toml, or go without them"
            )
            problem = (
                f"{'; '.join(rails)}: look at the source, and {mend} by --accept {feed.name} if it is right"
            )
            stopped = replace(
                report, status=FeedStatus.STOPPED, problem=problem, rows=stage.before, kept=stage.kept_before
            )
            return Refreshed(stopped)
        new = tonight.folder / f"{feed.name}.new"
        stage.write(new, tonight.day.isoformat(), last_shown, _filler(tonight.catalogue, tonight.link))
    file = new.replace(tonight.folder / file_name(feed.name, digest_of(new)))
    return Refreshed(replace(report, accepted=rails), file)


def unchanged(
    name: str, status: FeedStatus, problem: str, yesterday: Path | None, folder: Path
) -> FeedReport:
    """The report of a source of which yesterday's rows stay: it could not be had, or is listed no more."""
    if yesterday is None:
        return FeedReport(name, status, problem)
    with Stage(folder, (), yesterday) as stage:
        return FeedReport(name, status, problem, rows=stage.before, kept=stage.kept_before)


def let_go(name: str, yesterday: Path, folder: Path) -> FeedReport:
    """The report of a source that is listed no more, and whose rows go as that was accepted."""
    with Stage(folder, (), yesterday) as stage:
        stage.compare()
        changes, corrected = _changes(name, stage)
        return FeedReport(
            name,
            FeedStatus.DROPPED,
            accepted=("it is no longer in sources.toml",),
            counts=_counts(stage.counts(), corrected),
            changes=changes,
        )


def _load(
    feed: Feed, raw: Iterable[pd.DataFrame], stage: Stage, catalogue: Catalogue
) -> tuple[int, int, int, list[Refused], set[str]]:
    """Bring all rows to the stage; how many are read, left out and refused, these, and the raw columns."""
    validator = Validator(columns_of(feed), catalogue)
    read = left_out = number = 0
    columns: set[str] = set()
    refused: list[Refused] = []
    for chunk in raw:
        columns |= set(chunk.columns)
        rows = map_rows(chunk, feed, catalogue)
        read += len(chunk)
        left_out += rows.left_out
        frame, bad = validator.check(rows.frame)
        number += len(bad)
        refused += bad[: MOST_LISTED - len(refused)]
        cells = {str(name): frame[name].tolist() for name in frame.columns}
        stage.add(cells, cells.pop(LINE))
    return read, left_out, number, refused, columns


def _changes(feed: str, stage: Stage) -> tuple[tuple[RowChange, ...], Mapping[str, int]]:
    """The changes, in the order of their ids, and how many corrections there are of each relation."""
    corrected: dict[str, int] = defaultdict(int)
    found, renewed = [], []
    for kind in (ChangeKind.CHANGED, ChangeKind.GONE, ChangeKind.ADDED):
        for number, pair in enumerate(
            islice(stage.changes(kind), None if kind is ChangeKind.CHANGED else MOST_LISTED)
        ):
            change = row_change(feed, kind, pair)
            corrected[change.relation] += change.correction
            if kind is ChangeKind.CHANGED and is_another_fact(change):
                renewed.append(change.statement_id)
            if number < MOST_LISTED:
                found.append(change)
    stage.renew(renewed)
    return tuple(sorted(found, key=lambda change: change.statement_id)), corrected


def _counts(by_kind: Mapping[tuple[str, str], int], corrected: Mapping[str, int]) -> dict[str, Counts]:
    return {
        relation: Counts(
            added=by_kind.get((relation, ChangeKind.ADDED), 0),
            changed=by_kind.get((relation, ChangeKind.CHANGED), 0),
            gone=by_kind.get((relation, ChangeKind.GONE), 0),
            corrected=corrected.get(relation, 0),
        )
        for relation in sorted({relation for relation, _ in by_kind})
    }


def _filler(catalogue: Catalogue, link: Link) -> Link:
    """`link` for what names a thing, and for each item of a list; each label is asked once."""
    known: dict[tuple[str, str, str], str] = {}

    def ask(label: str, relation: str, end: str) -> str:
        key = (label, relation, end)
        if key not in known:
            known[key] = link(*key)
        return known[key]

    def fill(label: str, relation: str, end: str) -> str:
        if end == "subject":
            return ask(label, relation, end)
        if relation not in catalogue or catalogue[relation].value is not ValueKind.ENTITY:
            return ""
        ids = [ask(item, relation, end) for item in split_list(label)]
        return "|".join(ids) if all(ids) and len(set(ids)) == len(ids) else ""

    return fill
