"""The report of a night for a terminal: the verdicts that changed, then the sources, then what is old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from verifier.model import Source, Verdict
from verifier.night import FeedReport, FeedStatus, NightReport, RowChange, StaleRows, VerdictChange
from verifier.reports import night_words as words
from verifier.reports.escape import visible
from verifier.reports.terminal import MARKS, printed, source_line, wrapped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["render"]

_MOST_VERDICTS = 30
_MOST_CAUSES = 3
_MOST_CHANGES = 5
_MOST_REFUSED = 3
_MOST_OLD = 1
_STATUSES = {
    FeedStatus.REFRESHED: ("✓", "green"),
    FeedStatus.STOPPED: ("!", "bold yellow"),
    FeedStatus.FAILED: ("✗", "bold red"),
    FeedStatus.DROPPED: ("!", "yellow"),
}

Line = tuple[str, str, int]
"""A text, its style, and how far in it stands."""


def render(report: NightReport, *, colour: bool = False, width: int = 100) -> str:
    """Lines of at most `width` columns but for addresses; plain text unless `colour`."""

    def lines(console: Console) -> Iterator[Text]:
        from rich.text import Text

        yield from wrapped(Text(words.head(report), style="bold"), console, indent=2)
        yield from wrapped(Text(f"{visible(words.summary(report))}.", style="bold"), console, indent=2)
        for note in report.notes:
            yield from wrapped(Text(f"Note: {visible(note)}", style="bold yellow"), console, indent=2)
        yield from _verdicts(report, console)
        for title, told in (
            ("Sources", _feeds(report)),
            ("Grown old, and refreshed by no source", _stale(report.stale)),
            ("Watched", _watched(report)),
        ):
            found = list(told)
            if found:
                yield Text()
                yield Text(title, style="bold")
            for text, style, indent in found:
                yield from wrapped(Text(visible(text), style=style), console, indent=indent)
        yield Text()
        yield Text(f"{visible(words.table_words(report))}", style="dim")

    return printed(lines, colour=colour, width=width)


def _verdicts(report: NightReport, console: Console) -> Iterator[Text]:
    from rich.text import Text

    for change in words.listed(report.verdicts, _MOST_VERDICTS):
        yield Text()
        yield from wrapped(_verdict(change), console, indent=2)
        yield from wrapped(Text(f"  {visible(change.explanation)}"), console, indent=4)
        for cause in words.listed(change.causes, _MOST_CAUSES):
            told = f"  {cause.feed}: {words.change_words(cause, report.labels)}"
            yield from wrapped(Text(f"  {visible(told)}", style="bold"), console, indent=4)
            source = _source(cause)
            if source is not None:
                yield Text("    ") + source_line(source)
        rest = words.more(change.causes, _MOST_CAUSES) or change.because
        if rest:
            yield from wrapped(Text(f"  {visible(rest)}", style="bold"), console, indent=4)
    if words.more(report.verdicts, _MOST_VERDICTS):
        yield Text()
        yield Text(words.more(report.verdicts, _MOST_VERDICTS))


def _verdict(change: VerdictChange) -> Text:
    from rich.text import Text

    pieces: list[str | tuple[str, str]] = [_marked(change.new), ", before ", _marked(change.old)]
    where = visible(", ".join(text for text in (words.place(change), words.reasons(change)) if text))
    return Text.assemble(*pieces, f"  “{visible(change.claim)}”  ", (f"[{where}]", "dim"))


def _marked(verdict: str | None) -> tuple[str, str]:
    mark, style = MARKS[Verdict(verdict)] if verdict in set(Verdict) else ("–", "dim")
    return f"{mark} {words.verdict_words(verdict)}", style


def _source(change: RowChange) -> Source | None:
    """Where the row can be read."""
    cells = [change.row.get(name, "") for name in ("source_url", "source_title", "publisher")]
    return Source(*cells) if any(cells) else None


def _feeds(report: NightReport) -> Iterator[Line]:
    for feed in report.feeds:
        mark, style = _STATUSES[feed.status]
        yield f"{mark} {feed.name}: {words.feed_words(feed)}", style, 2
        if feed.accepted:
            yield f"overruled by name: {', '.join(feed.accepted)}", "", 6
        yield from ((text, "", 6) for text in _rows(feed, report))


def _rows(feed: FeedReport, report: NightReport) -> Iterator[str]:
    for relation, counts in sorted(feed.counts.items()):
        name = words.named(relation, report.labels.get(relation, relation))
        yield f"{words.untaken(feed)}{name}: {words.counts_words(counts)}"
    for refused in words.listed(feed.refused, _MOST_REFUSED):
        yield words.refused_words(refused)
    yield from filter(None, [words.more(feed.refused, _MOST_REFUSED)])
    changes = words.sorted_changes(feed.changes)
    for change in words.listed(changes, _MOST_CHANGES):
        yield words.untaken(feed) + words.change_words(change, report.labels)
    yield from filter(None, [words.more(changes, _MOST_CHANGES)])


def _stale(stale: Sequence[StaleRows]) -> Iterator[Line]:
    for one in stale:
        yield words.stale_words(one), "", 2
        for where, row, shown in words.listed(one.rows, _MOST_OLD):
            yield f"{shown}: {row} [{where}]", "", 6
        yield from ((text, "", 6) for text in [words.more(one.rows, _MOST_OLD)] if text)


def _watched(report: NightReport) -> Iterator[Line]:
    if report.documents:
        yield words.watched_words(report.documents), "", 2
    for unread in filter(None, map(words.unread_words, report.documents)):
        yield f"! {unread}", "bold yellow", 2
