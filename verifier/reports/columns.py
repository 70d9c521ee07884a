"""Words and lines that fit a width: names with their ids, counts, wrapped and cut texts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from verifier.relations import split_words
from verifier.reports.escape import visible

__all__ = ["WIDTH", "clipped", "counted", "fitted", "name_of", "wrapped"]

WIDTH = 100
"""Columns of a text for people."""


def name_of(label: str, id: str) -> str:
    """A label with its id; the id alone if it says the same."""
    return visible(id) if split_words(label) == split_words(id) else visible(f"{label} ({id})")


def fitted(name: str, room: int) -> str:
    """A name in so much room: the label is cut, not the id behind it."""
    label, bracket, id = name.rpartition(" (")
    if len(name) <= room or not bracket or len(id) + 6 > room:
        return clipped(name, room)
    return f"{clipped(label, room - len(id) - 2)} ({id}"


def counted(count: int, noun: str) -> str:
    """`1 row`, `1,234 rows`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def clipped(text: str, room: int) -> str:
    """A text cut to so many characters."""
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def wrapped(texts: Iterable[str], *, indent: int = 0) -> Iterator[str]:
    """The lines of each text, the second and later ones further in."""
    for text in texts:
        yield from textwrap.wrap(
            text,
            WIDTH,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + 4),
            break_on_hyphens=False,
        )
