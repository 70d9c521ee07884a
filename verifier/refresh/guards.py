"""The guard rails: what of a night stops a source, by what `sources.toml` expects of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verifier.night import Bounds

__all__ = ["Night", "broken_rails"]


@dataclass(frozen=True, slots=True)
class Night:
    """What a night brought of one source, in numbers."""

    before: int
    """Statements that it showed before."""
    rows: int
    """Statements that it shows now."""
    first: bool = False
    """True if there was no night before: there is nothing to compare with."""
    added: int = 0
    changed: int = 0
    gone: int = 0
    ids: int = 0
    """Different ids of this night."""
    doubled: int = 0
    """Of these, the ids of more than one row."""
    refused: int = 0
    """Rows refused, without those of doubled ids."""
    unsourced: int = 0
    """Rows that had the address of a source and have none now."""
    missing: tuple[str, ...] = ()
    """Raw columns of the mapping that are not there."""


def broken_rails(night: Night, bounds: Bounds) -> tuple[str, ...]:
    """The guard rails that a night breaks, each in a few words with the number and the bound.

    A column that is missing explains all the rest, and is told alone. Shares of what was there before are
    not asked in the first night.
    """
    if night.missing:
        columns = ", ".join(repr(name) for name in night.missing)
        return (
            f"there is no column {columns}" if len(night.missing) == 1 else f"there are no columns {columns}",
        )
    return tuple(_broken(night, bounds))


def _broken(night: Night, bounds: Bounds) -> Iterator[str]:
    if night.rows < bounds.least:
        yield (
            f"{_count(night.rows, 'row')}, expected are {bounds.least:,} or more"
            if night.rows
            else "no row at all"
        )
    if bounds.most is not None and night.rows > bounds.most:
        yield f"{_count(night.rows, 'row')}, expected are {bounds.most:,} or fewer"
    if not night.first and night.before:
        for number, share, what in (
            (night.gone, bounds.gone, "are gone"),
            (night.changed, bounds.changed, "are changed"),
            (night.added, bounds.added, "as many are added"),
            (night.unsourced, bounds.unsourced, "lost the address of their source"),
        ):
            if number > share * night.before:
                yield _share(number, night.before, what, share, of="rows before")
    if night.doubled > bounds.doubled * night.ids:
        yield _share(night.doubled, night.ids, "are doubled", bounds.doubled, of="ids")
    asked = night.rows + night.refused
    if night.refused > bounds.refused * asked:
        yield _share(night.refused, asked, "are refused", bounds.refused, of="rows")


def _share(number: int, whole: int, what: str, most: float, *, of: str) -> str:
    if what.startswith("as many"):
        return f"{number:,} rows are added to {whole:,}, at most {_percent(most)} are expected"
    return f"{number:,} of {whole:,} {of} {what}, at most {_percent(most)} are expected"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _percent(share: float) -> str:
    return f"{100 * share:g} %"
