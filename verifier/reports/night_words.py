"""What the report of a night says, in words that each format shares."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from verifier.dates import day, format_date
from verifier.model import Verdict
from verifier.night import (
    ChangeKind,
    Counts,
    FeedReport,
    FeedStatus,
    NightReport,
    Refused,
    RowChange,
    StaleRows,
    VerdictChange,
    WatchedDocument,
)
from verifier.reports.columns import counted

__all__ = [
    "STATUSES",
    "change_words",
    "counts_words",
    "day_words",
    "feed_words",
    "head",
    "in_order",
    "listed",
    "more",
    "named",
    "place",
    "reasons",
    "refused_words",
    "sorted_changes",
    "stale_words",
    "summary",
    "table_words",
    "unread_words",
    "untaken",
    "verdict_words",
    "watched_words",
]

T = TypeVar("T")

_FIRST = (
    *(
        "statement_id",
        "subject",
        "subject_id",
        "predicate",
        "object",
        "object_id",
        "unit",
        "polarity",
        "rank",
    ),
    *("start", "end", "point_in_time", "seen_first", "seen_last"),
)
_LAST = ("source_url", "source_title", "publisher", "retrieved", "quote")
_UNTOLD = {*_LAST, "statement_id", "subject", "subject_id", "predicate", "object", "object_id", "unit"}
_UNTOLD |= {"seen_first", "seen_last"}
STATUSES = {
    FeedStatus.REFRESHED: "refreshed",
    FeedStatus.STOPPED: "stopped, the rows of before stay",
    FeedStatus.FAILED: "failed, the rows of before stay",
    FeedStatus.DROPPED: "no longer in sources.toml, its rows stay until that is accepted",
}
_KINDS = (ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.GONE)


def day_words(of: datetime.date) -> str:
    """A day for people: 22 April 2021."""
    return format_date(day(of.year, of.month, of.day))


def head(report: NightReport) -> str:
    """Which night and edition it was."""
    before = "the first" if report.before is None else f"after edition {report.before}"
    if report.dry_run:
        would = f"it would be edition {report.edition}, {before}"
        return f"Dry run as of {day_words(report.day)}: nothing was written ({would})"
    return f"Night of {day_words(report.day)}: edition {report.edition}, {before}"


def summary(report: NightReport) -> str:
    """The night in one line, what an editor needs first: `2 verdicts changed; embassies failed`."""
    parts = [
        f"{counted(len(report.verdicts), 'verdict')} changed" if report.verdicts else "no verdict changed"
    ]
    for status in (FeedStatus.FAILED, FeedStatus.STOPPED, FeedStatus.DROPPED):
        names = [feed.name for feed in report.feeds if feed.status is status]
        if names:
            parts.append(f"{', '.join(names)} {status.value}")
    refreshed = [feed for feed in report.feeds if feed.status is FeedStatus.REFRESHED]
    if refreshed:
        told = counts_words(_sum(counts for feed in refreshed for counts in feed.counts.values()))
        parts.append(f"{counted(len(refreshed), 'source')} refreshed ({told})")
    unread = sum(bool(document.problem) for document in report.documents)
    if unread:
        parts.append(f"{counted(unread, 'document')} not read")
    stale = sum(len(one.rows) for one in report.stale)
    if stale:
        parts.append(f"{counted(stale, 'row')} grown old")
    return "; ".join(parts)


# ------------------------------------------------------------------------------------------------- verdicts


def place(change: VerdictChange) -> str:
    """Where the claim stands: document, line and column, or the id of the claim in a table."""
    if change.line is None:
        return f"{change.document}, {change.claim_id}"
    return f"{change.document}:{change.line}:{change.column}"


def verdict_words(verdict: str | None) -> str:
    """A verdict, or that the claim was not read."""
    return "not read" if verdict is None else verdict


def reasons(change: VerdictChange) -> str:
    """The rule of now, and that of before."""
    before = f"before {change.old_reason}" if change.old_reason else ""
    return ", ".join(text for text in (change.new_reason, before) if text)


def watched_words(documents: Sequence[WatchedDocument]) -> str:
    """`8 documents watched: 420 claims: 300 supported, ...`."""
    read = [document for document in documents if not document.problem]
    counts = {verdict: sum(document.verdicts.get(verdict, 0) for document in read) for verdict in Verdict}
    each = ", ".join(f"{count:,} {verdict}" for verdict, count in counts.items())
    return f"{counted(len(read), 'document')} watched, {counted(sum(counts.values()), 'claim')}: {each}"


def unread_words(document: WatchedDocument) -> str:
    """Why a document could not be read, or that nothing was found in it; "" if all is well."""
    if document.problem:
        named_already = document.problem.startswith(document.path)
        return document.problem if named_already else f"{document.path}: {document.problem}"
    if any(document.verdicts.values()):
        return ""
    return f"{document.path}: no checkable claim was found: this is not a pass"


# ------------------------------------------------------------------------------------------------- sources


def feed_words(feed: FeedReport) -> str:
    """What became of a source, and of how many of its rows."""
    told = f"{STATUSES[feed.status]}"
    if feed.problem:
        return f"{told}: {feed.problem}"
    if feed.status is not FeedStatus.REFRESHED:
        return told
    parts = [f"{told}, {counted(feed.rows, 'row')}", counts_words(_sum(feed.counts.values()))]
    if feed.refused:
        parts.append(f"{len(feed.refused):,} refused")
    if feed.left_out:
        parts.append(f"{feed.left_out:,} of {feed.read:,} raw rows not wanted")
    if feed.kept:
        parts.append(f"{feed.kept:,} kept that it shows no more")
    return "; ".join(parts)


def untaken(feed: FeedReport) -> str:
    """What stands before what would have changed, of a source whose rows stay as they were."""
    return "not taken: " if feed.status in (FeedStatus.STOPPED, FeedStatus.FAILED) else ""


def table_words(report: NightReport) -> str:
    """By what the night can be repeated: the edition of the table, the version of the program."""
    return f"Table {report.fingerprint[:12]}, verifier {report.program}"


def refused_words(refused: Refused) -> str:
    """Where a row that is not taken stands, and what is wrong with it."""
    column = f", column {refused.column!r}" if refused.column else ""
    return f"refused: line {refused.line}{column}, value {refused.value[:80]!r}: {refused.problem}"


def stale_words(stale: StaleRows) -> str:
    """How many rows of a relation have grown old."""
    name = named(stale.relation, stale.label)
    return f"{name}: {counted(len(stale.rows), 'row')} not shown for {stale.stale_after:,} days"


def counts_words(counts: Counts) -> str:
    """`12 added, 3 changed (2 corrections), 5 gone`; `no row changed` if none did."""
    corrected = f" ({counted(counts.corrected, 'correction')})" if counts.corrected else ""
    told = [
        f"{counts.added:,} added" if counts.added else "",
        f"{counts.changed:,} changed{corrected}" if counts.changed else "",
        f"{counts.gone:,} gone" if counts.gone else "",
    ]
    return ", ".join(text for text in told if text) or "no row changed"


def _sum(all_counts: Iterable[Counts]) -> Counts:
    totals: Counter[str] = Counter()
    for counts in all_counts:
        for name in ("added", "changed", "gone", "corrected"):
            totals[name] += getattr(counts, name)
    return Counts(**totals)


def named(relation: str, label: str) -> str:
    """A relation by its label, with its id if that says something else."""
    return relation if label.casefold() == relation.casefold() else f"{label} ({relation})"


# ---------------------------------------------------------------------------------------------------- rows


def in_order(row: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row in the order of a table's columns, whatever order they were stored in."""
    known = [name for name in _FIRST if name in row]
    last = [name for name in _LAST if name in row]
    return {name: row[name] for name in (*known, *sorted(row.keys() - {*known, *last}), *last)}


def change_words(change: RowChange, labels: Mapping[str, str]) -> str:
    """A row that came, changed or went: `added: Honduras | embassy | Jerusalem, in the country: Israel`."""
    row, differing = change.row, in_order({**change.old, **change.new})
    ends = [row.get(name) or row.get(f"{name}_id", "") for name in ("subject", "predicate", "object")]
    ends[1] = labels.get(ends[1], ends[1])
    ends[2] = f"{ends[2]} {row.get('unit', '')}".rstrip()
    beside = [
        f"{labels.get(name, name)}: {value}"
        for name, value in in_order(row).items()
        if name not in _UNTOLD and name not in differing
    ]
    kind = "corrected" if change.correction else change.kind.value
    words = f"{kind}: {', '.join([' | '.join(ends), *beside])}"
    told = "; ".join(_difference(name, change, labels) for name in differing)
    return f"{words} ({told})" if told else words


def _difference(name: str, change: RowChange, labels: Mapping[str, str]) -> str:
    old, new = change.old.get(name, ""), change.new.get(name, "")
    column = labels.get(name, name.replace("_", " "))
    return f"{column}: {new or 'empty'}, before {old or 'empty'}"


def sorted_changes(changes: Sequence[RowChange]) -> list[RowChange]:
    """Corrections first, then rows that changed, that came, that went; each in the order given."""
    return sorted(changes, key=lambda one: (not one.correction, _KINDS.index(one.kind)))


def listed(items: Sequence[T], most: int) -> Sequence[T]:
    """The first of them; one more rather than a line that says so."""
    return items if len(items) <= most + 1 else items[:most]


def more(items: Sequence[object], most: int) -> str:
    """What stands in place of the rest; "" if nothing is left out."""
    rest = len(items) - len(listed(items, most))
    return f"and {rest:,} more (--format json has all)" if rest else ""
