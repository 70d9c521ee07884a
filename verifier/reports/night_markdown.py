"""The report of a night in Markdown, for a mail, a ticket or a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.night import FeedReport, NightReport, RowChange, VerdictChange
from verifier.reports import night_words as words
from verifier.reports.escape import markdown, web_address

__all__ = ["render"]

_MOST_VERDICTS = 50
_MOST_CAUSES = 5
_MOST_CHANGES = 20
_MOST_REFUSED = 10
_MOST_OLD = 1


def render(report: NightReport) -> str:
    """Sections: the verdicts that changed as a table, the sources, what has grown old, what was watched."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: NightReport) -> Iterator[str]:
    yield f"# {markdown(words.head(report))}"
    yield ""
    yield f"**{markdown(words.summary(report))}.**"
    for note in report.notes:
        yield from ("", f"**Note: {markdown(note)}**")
    if report.verdicts:
        yield from ("", "## Changed verdicts", "")
        yield from _verdicts(report)
    if report.feeds:
        yield from ("", "## Sources", "")
        for feed in report.feeds:
            yield from _feed(feed, report)
    if report.stale:
        yield from ("", "## Grown old, and refreshed by no source", "")
        yield from _stale(report)
    if report.documents:
        yield from ("", "## Watched", "")
        yield from _watched(report)
    yield from ("", markdown(words.table_words(report)))


def _verdicts(report: NightReport) -> Iterator[str]:
    yield "| Claim | Before | Now | Why |"
    yield "| --- | --- | --- | --- |"
    for change in words.listed(report.verdicts, _MOST_VERDICTS):
        claim = f"“{markdown(change.claim)}”<br>{markdown(words.place(change))}"
        old, new = markdown(words.verdict_words(change.old)), markdown(words.verdict_words(change.new))
        yield f"| {claim} | {old} | **{new}** | {'<br>'.join(_why(change, report))} |"
    rest = words.more(report.verdicts, _MOST_VERDICTS)
    if rest:
        yield from ("", markdown(rest))


def _why(change: VerdictChange, report: NightReport) -> Iterator[str]:
    yield f"{markdown(words.reasons(change))}: {markdown(change.explanation)}"
    for cause in words.listed(change.causes, _MOST_CAUSES):
        yield f"{markdown(cause.feed)}: {_row(cause, report)}"
    rest = words.more(change.causes, _MOST_CAUSES) or change.because
    if rest:
        yield markdown(rest)


def _row(change: RowChange, report: NightReport) -> str:
    told = markdown(words.change_words(change, report.labels))
    address = web_address(change.row.get("source_url", ""))
    title = markdown(change.row.get("source_title", "")) or "source"
    return f"{told} ([{title}](<{address}>))" if address else told


def _feed(feed: FeedReport, report: NightReport) -> Iterator[str]:
    yield f"- **{markdown(feed.name)}**: {markdown(words.feed_words(feed))}"
    if feed.accepted:
        yield f"  - overruled by name: {markdown(', '.join(feed.accepted))}"
    for relation, counts in sorted(feed.counts.items()):
        name = markdown(words.named(relation, report.labels.get(relation, relation)))
        yield f"  - {words.untaken(feed)}{name}: {words.counts_words(counts)}"
    for refused in words.listed(feed.refused, _MOST_REFUSED):
        yield f"  - {markdown(words.refused_words(refused))}"
    changes = words.sorted_changes(feed.changes)
    rest = [words.more(feed.refused, _MOST_REFUSED)]
    yield from (f"  - {markdown(text)}" for text in rest if text)
    for change in words.listed(changes, _MOST_CHANGES):
        yield f"  - {words.untaken(feed)}{_row(change, report)}"
    rest = [words.more(changes, _MOST_CHANGES)]
    yield from (f"  - {markdown(text)}" for text in rest if text)


def _stale(report: NightReport) -> Iterator[str]:
    for one in report.stale:
        yield f"- {markdown(words.stale_words(one))}"
        for where, row, shown in words.listed(one.rows, _MOST_OLD):
            yield f"  - {markdown(f'{shown}: {row}')} ({markdown(where)})"
        yield from (f"  - {markdown(text)}" for text in [words.more(one.rows, _MOST_OLD)] if text)


def _watched(report: NightReport) -> Iterator[str]:
    yield f"- {words.watched_words(report.documents)}"
    for unread in filter(None, map(words.unread_words, report.documents)):
        yield f"- **{markdown(unread)}**"
