"""What the nightly job speaks of: sources, changed rows, changed verdicts, the report of a night."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Bounds",
    "ChangeKind",
    "Counts",
    "Feed",
    "FeedKind",
    "FeedReport",
    "FeedStatus",
    "Mapped",
    "NightReport",
    "Refused",
    "RowChange",
    "StaleRows",
    "VerdictChange",
    "WatchedDocument",
]


class FeedKind(StrEnum):
    """How a source is read."""

    SPARQL = "sparql"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Mapped:
    """How one raw row becomes one statement.

    `columns` gives each column of a statement a template: text with the raw row's columns in braces, as
    `https://www.wikidata.org/wiki/{id}`. A template of which a column is empty gives an empty cell.
    """

    columns: Mapping[str, str]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Raw columns and the values of them that are wanted; other rows are left out, and counted."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a source may change in one night before it is stopped. Shares are of the rows before."""

    least: int = 1
    """Statements."""
    most: int | None = None
    gone: float = 0.1
    changed: float = 0.2
    added: float = 1.0
    doubled: float = 0.01
    """Share of the ids of the night; fewer refuse their rows alone."""
    refused: float = 0.05
    """Share of the rows of the night that may be refused."""
    unsourced: float = 0.1
    """Share of the rows before that may lose their source (`source_url`)."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One source of `sources.toml`: where it is, how its rows become statements, and what to expect of it."""

    name: str
    kind: FeedKind
    title: str
    publisher: str
    licence: str
    address: str
    """A URL, a path from the folder of `sources.toml`, or, for SPARQL, the path of the query file."""
    endpoint: str = ""
    """SPARQL: the address of the service; empty: the one of the settings."""
    url: str = ""
    """The page that a row without a source of its own is cited by."""
    statements: tuple[Mapped, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For raw columns, what stands for each of their values; a row with another value is left out."""
    key: tuple[str, ...] = ()
    """Columns of the statement that tell which row of yesterday a row is; empty: `mapping.statement_id`."""
    bounds: Bounds = Bounds()
    rows_at: str = ""
    """JSON: the keys that lead to the list of rows, with dots between."""
    delimiter: str = ""
    """CSV: empty finds it out."""
    date_format: str = ""
    """Of the dates in the raw rows, in the words of `strptime`; empty: ISO 8601."""


class FeedStatus(StrEnum):
    """What became of a source in a night."""

    REFRESHED = "refreshed"
    """Its rows are those of this night, changed or not."""
    STOPPED = "stopped"
    """A guard rail keeps yesterday's rows."""
    FAILED = "failed"
    """It could not be had or read; yesterday's rows stay."""
    DROPPED = "dropped"
    """It is no longer in `sources.toml`; its rows stay until that is accepted by name."""


class ChangeKind(StrEnum):
    """What a row did."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that came, changed or went.

    `row` has the cells of the row as it is now (of one that is gone, as it was), empty ones left out. `old`
    and `new` have the cells that differ, of a changed row alone. `correction` is true if what was stated
    before is now stated otherwise (not merely added or left out).
    """

    feed: str
    kind: ChangeKind
    statement_id: str
    relation: str
    row: Mapping[str, str]
    old: Mapping[str, str] = field(default_factory=dict)
    new: Mapping[str, str] = field(default_factory=dict)
    correction: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken: where in the raw file, what is wrong with which value."""

    line: int
    """Line of the file, or number of the row in an answer; from 1."""
    column: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows added, changed and gone."""

    added: int = 0
    changed: int = 0
    gone: int = 0
    corrected: int = 0
    """Of those changed, the corrections."""


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What a night did to one source."""

    name: str
    status: FeedStatus
    problem: str = ""
    """Why it failed or was stopped, in one sentence that says what to do; "" if neither."""
    accepted: tuple[str, ...] = ()
    """The guard rails that were overruled by name."""
    read: int = 0
    """Raw rows."""
    left_out: int = 0
    """Raw rows that are not wanted."""
    rows: int = 0
    """Statements that it shows after the night."""
    kept: int = 0
    """Statements that it showed once, and no more."""
    refused: tuple[Refused, ...] = ()
    counts: Mapping[str, Counts] = field(default_factory=dict)
    """By relation. Of a source that was stopped: what would have changed."""
    changes: tuple[RowChange, ...] = ()
    """In the order of their ids; of a source that was stopped, too."""


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A claim under `claims/` whose verdict is another than in the last night."""

    document: str
    """Path from the root."""
    line: int | None
    """From 1; None in a table of claims."""
    column: int | None
    claim_id: str
    claim: str
    old: str | None
    """A verdict; None for a claim that was not read in the document before."""
    new: str | None
    """The same; None for one that is no longer read."""
    old_reason: str
    new_reason: str
    explanation: str
    """Of the new result, or of the old one if there is no new one."""
    causes: tuple[RowChange, ...] = ()
    """The rows of this night that made it so."""
    because: str = ""
    """Where no row did: time (a row grew too old), another version of the program."""


@dataclass(frozen=True, slots=True)
class WatchedDocument:
    """A document or table of claims under `claims/`, and how many of its claims came out how."""

    path: str
    verdicts: Mapping[str, int]
    problem: str = ""
    """Why it could not be read; "" if it was."""


@dataclass(frozen=True, slots=True)
class StaleRows:
    """Rows of one relation of the curated table that no source refreshes and that have grown old."""

    relation: str
    label: str
    stale_after: int
    """Days."""
    rows: tuple[tuple[str, str, str], ...]
    """File and line, the row in words, the day it was last shown; the oldest first."""


@dataclass(frozen=True, slots=True)
class NightReport:
    """What one run did: its edition, each source, each verdict that changed, what grows old."""

    edition: int
    """Number of the edition that the run made, or would make."""
    day: datetime.date
    before: int | None
    """Number of the edition before; None at the first run."""
    fingerprint: str
    """Of the whole table after the run."""
    program: str
    """Version of the program."""
    dry_run: bool
    feeds: tuple[FeedReport, ...]
    verdicts: tuple[VerdictChange, ...] = ()
    documents: tuple[WatchedDocument, ...] = ()
    stale: tuple[StaleRows, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    """What the relations are called of which it counts rows, by id; an id without one stands for itself."""
    notes: tuple[str, ...] = ()
    """What else the reader should know: a clock that was set back, a run before that was killed."""
    exit_code: int = 0
