"""From when to when each text of the log of changes stood on its page, and where it can be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from archives import LAST_SEEN, PUBLISHER, REPOSITORY, Change, Edition, page_url
from rows import Origin


@dataclass(slots=True)
class Log:
    """The log of changes with the span of each text."""

    changes: list[Change]
    editions: tuple[Edition, ...]
    _spans: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        dates = self.dates()
        before = dict(zip(dates[1:], dates, strict=False))
        moments: dict[tuple[str, str], list[str]] = {}
        for change in self.changes:
            moments.setdefault((change.code, change.field), []).append(change.date)
        for (code, name), starts in moments.items():
            for start, following in zip(starts, [*starts[1:], ""], strict=True):
                self._spans[code, name, start] = (start, before[following] if following else dates[-1])

    def dates(self) -> list[str]:
        """The days of the editions."""
        return sorted({change.date for change in self.changes})

    def span(self, change: Change) -> tuple[str, str]:
        """The first and the last edition with this text."""
        return self._spans[change.code, change.field, change.date]

    def shown(self, change: Change) -> tuple[str, str]:
        """The times for which those editions vouch."""
        first, last = self.span(change)
        return LAST_SEEN.get(first, first), LAST_SEEN.get(last, last)

    def origin(self, change: Change, label: str, quote: str) -> Origin:
        """The page of the edition that brought the text."""
        title = f"{label}, The World Factbook, edition of {change.date}"
        return Origin(self._url(change), title, PUBLISHER, change.date, quote)

    def _url(self, change: Change) -> str:
        """The page's address; of the whole edition for a page that later moved to another folder on an
        unknown day.
        """
        paths = [pages[change.code].path for one in self.editions if change.code in (pages := one.by_code())]
        if len(set(paths)) == 1:
            return page_url(paths[0], change.commit)
        for one, path in zip(self.editions, paths, strict=True):
            if one.date == change.date:
                return page_url(path, change.commit)
        return f"{REPOSITORY}/tree/{change.commit}"
