"""Embassies that the Factbook says were closed, though the lists of missions go on showing them.

The Factbook tells of the embassies of the United States, and of those of others in the United States.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archives import PUBLISHER, Edition, page_url
from atlas import Atlas
from dates import DATE, iso
from log import Log
from rows import Origin

UNITED_STATES = "Q30"
_SENT, _RECEIVED = "Diplomatic representation from the US", "Diplomatic representation in the US"
_CELLS = ("embassy", "chief of mission", "note", "")
_CLAUSE = re.compile(r";|:|(?<!U\.S)\.(?= [A-Z])|\bnote - ?")
_EMBASSY = re.compile(r"\bembassy\b", re.IGNORECASE)
_CLOSED = re.compile(r"\bclosed\b")
_SUSPENDED = re.compile(r"\b(?:operations|suspended|suspension)\b.*\b(?:operations|suspended)\b")
_ANOTHER = re.compile(r"\breopen|\bconsulate\b|\bconsular section\b", re.IGNORECASE)
_NONE = re.compile(r"none\b|(?:the )?(?:US|United States) does not have an embassy in ", re.IGNORECASE)
_INSTEAD = re.compile(r"\bserves as the embassy\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Closure:
    """A page says that the embassy of one state in another was closed, or that there is none."""

    day: str
    """When it closed, or suspended its operations; "" if there is none and the page does not say since
    when.
    """
    first: str
    """The first edition that says so."""
    last: str
    """The latest time for which an edition vouches for it."""
    suspended: bool
    """Its operations were suspended: it ended then or later, or not at all."""
    always: bool
    """No earlier edition says anything else."""
    origin: Origin

    def end(self, listed: Iterable[str]) -> str:
        """When an embassy ended that these editions of a list showed, as finely as the pages tell; "" if it
        had not.
        """
        if not self.day:
            before = [edition for edition in listed if edition < self.first]
            return f"{max(before)}/{self.first}" if before and not self.always else ""
        return f"{self.day}/{self.last}" if self.suspended else self.day

    def denies(self, edition: str) -> bool:
        """Whether there was none when that edition of a list showed one."""
        return not self.day and (self.always or self.first <= edition) and edition <= self.last

    def doubts(self, edition: str) -> bool:
        """Whether its operations were suspended when that edition of a list showed it."""
        return self.suspended and self.day < edition


Closures = dict[tuple[str, str], Closure]
"""By the ids of the sender and of the host."""


def closures(log: Log, atlas: Atlas) -> Closures:
    """What the editions say of embassies that are no more; a dated closure rather than that there is none."""
    found: dict[tuple[str, str], list[Closure]] = defaultdict(list)
    for pair, text, first, last, always, origin in _texts(log, atlas):
        for day, suspended, words in _read(text):
            found[pair].append(Closure(day, first, last, suspended, always, replace(origin, quote=words)))
    return {pair: _settled(said) for pair, said in found.items()}


def _settled(said: list[Closure]) -> Closure:
    """The newest word on when it closed, and of one edition a closure rather than a suspension."""
    dated = [one for one in said if one.day]
    if dated:
        return max(dated, key=lambda one: (one.last, not one.suspended, len(one.day), one.origin.url))
    newest = max(said, key=lambda one: (one.last, one.origin.url))
    first = min(one.first for one in said)
    return replace(newest, first=first, always=any(one.always for one in said))


_Text = tuple[tuple[str, str], str, str, str, bool, Origin]
"""Sender and host, what is said, the first and the last edition with it, whether none says anything before,
and where it stands.
"""


def _texts(log: Log, atlas: Atlas) -> Iterator[_Text]:
    begun = set()
    for change in log.changes:
        if change.field != "us_embassy" or change.code not in atlas.countries:
            continue
        host = atlas.countries[change.code]
        first, last = log.shown(change)
        origin = log.origin(change, host.label, "")
        yield (UNITED_STATES, host.id), change.text, first, last, change.code not in begun, origin
        begun.add(change.code)
    for edition in log.editions:
        yield from _page_texts(edition, atlas)


def _page_texts(edition: Edition, atlas: Atlas) -> Iterator[_Text]:
    for page in edition.pages:
        state = atlas.countries.get(page.code)
        if state is None:
            continue
        title = f"{state.label}, The World Factbook, edition of {edition.date}"
        origin = Origin(page_url(page.path, edition.commit), title, PUBLISHER, edition.date, "")
        for heading, pair in ((_SENT, (UNITED_STATES, state.id)), (_RECEIVED, (state.id, UNITED_STATES))):
            for name in _CELLS:
                keys = ("Government", heading, name) if name else ("Government", heading)
                if text := page.cell(*keys):
                    yield pair, text, edition.seen, edition.seen, False, origin


def _read(text: str) -> Iterator[tuple[str, bool, str]]:
    """(day, whether only suspended, words) of each closure that the text tells."""
    for clause in _CLAUSE.split(text):
        words = clause.strip()
        dates = re.findall(DATE, words)
        if len(dates) != 1 or not _EMBASSY.search(words) or _ANOTHER.search(words):
            continue
        if _CLOSED.search(words):
            yield iso(dates[0]), False, words
        elif _SUSPENDED.search(words):
            yield iso(dates[0]), True, words
    if _NONE.match(text) and not _INSTEAD.search(text):
        yield "", False, text
