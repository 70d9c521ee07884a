"""The rows that the importers make, and how they become CSV files that do not change unless the facts do."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

QUOTE_LENGTH = 200

_COLUMNS = (
    "subject",
    "predicate",
    "object",
    "subject_id",
    "object_id",
    "start",
    "end",
    "point_in_time",
    "seen_first",
    "seen_last",
    "unit",
    "polarity",
)
_SOURCE_COLUMNS = ("statement_id", "source_url", "source_title", "publisher", "retrieved", "quote")


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of the table: its id and the names it goes by."""

    id: str
    label: str
    types: tuple[str, ...]
    aliases: frozenset[str] = frozenset()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row can be read, and what it says there."""

    url: str
    title: str
    publisher: str
    retrieved: str
    quote: str


@dataclass(frozen=True, slots=True)
class Row:
    """A statement of the table."""

    subject: Thing
    predicate: str
    value: Thing | str
    origin: Origin
    start: str = ""
    end: str = ""
    point_in_time: str = ""
    seen_first: str = ""
    seen_last: str = ""
    unit: str = ""
    polarity: str = ""
    """"negative" if the source says that it is not so."""
    qualifiers: tuple[tuple[str, str], ...] = ()
    statement_id: str = ""

    @property
    def object_id(self) -> str:
        """The id of the object, or the value itself if it is not a thing."""
        return self.value if isinstance(self.value, str) else self.value.id

    def fact(self) -> tuple[object, ...]:
        """What the row says, apart from where and when it was read."""
        times = (self.start, self.end, self.point_in_time)
        kind = (self.unit, self.polarity, self.qualifiers, self.statement_id)
        return (self.subject.id, self.predicate, self.object_id, *times, *kind)

    def cells(self) -> dict[str, str]:
        """The row as the columns of the CSV file."""
        thing = self.value
        return {
            "subject": self.subject.label,
            "predicate": self.predicate,
            "object": thing if isinstance(thing, str) else thing.label,
            "subject_id": self.subject.id,
            "object_id": "" if isinstance(thing, str) else thing.id,
            "start": self.start,
            "end": self.end,
            "point_in_time": self.point_in_time,
            "seen_first": self.seen_first,
            "seen_last": self.seen_last,
            "unit": self.unit,
            "polarity": self.polarity,
            **dict(self.qualifiers),
            "statement_id": self.statement_id,
            "source_url": self.origin.url,
            "source_title": self.origin.title,
            "publisher": self.origin.publisher,
            "retrieved": self.origin.retrieved,
            "quote": shortened(self.origin.quote),
        }


def shortened(text: str, length: int = QUOTE_LENGTH) -> str:
    """At most so many characters of a source's words, cut between words."""
    if len(text) <= length:
        return text
    return text[: length - 4].rsplit(" ", 1)[0] + " ..."


def merged(rows: Iterable[Row]) -> list[Row]:
    """One row a fact: seen from the first edition to the last that has it, quoted from the last."""
    facts: dict[tuple[object, ...], Row] = {}
    for row in rows:
        known = facts.get(row.fact())
        if known is None:
            facts[row.fact()] = row
            continue
        first = min(filter(None, (known.seen_first, row.seen_first)), default="")
        last = max(filter(None, (known.seen_last, row.seen_last)), default="")
        newest = row if row.origin.retrieved >= known.origin.retrieved else known
        facts[row.fact()] = replace(newest, seen_first=first, seen_last=last)
    return list(facts.values())


def write_statements(path: Path, rows: Iterable[Row]) -> int:
    """Write the rows sorted, with only the columns that some row fills; the number of rows."""
    table = [row.cells() for row in rows]
    names = {name for cells in table for name, value in cells.items() if value}
    qualifiers = sorted(names - set(_COLUMNS) - set(_SOURCE_COLUMNS))
    columns = [name for name in (*_COLUMNS, *qualifiers, *_SOURCE_COLUMNS) if name in names]
    order = [name for name in columns if name not in {"subject", "predicate"}]
    table.sort(
        key=lambda cells: (cells["subject"], cells["predicate"], *(cells.get(name, "") for name in order))
    )
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return len(table)


def write_things(path: Path, things: Iterable[Thing]) -> int:
    """Write the entities sorted by id, those with one id joined; the number of entities."""
    joined: dict[str, Thing] = {}
    for thing in things:
        known = joined.get(thing.id)
        if known is None:
            joined[thing.id] = thing
        else:
            types = (*known.types, *(name for name in thing.types if name not in known.types))
            aliases = known.aliases | thing.aliases | {thing.label}
            joined[thing.id] = replace(
                known, types=types, aliases=aliases, description=known.description or thing.description
            )
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("id", "label", "aliases", "types", "description"))
        for thing in sorted(joined.values(), key=lambda one: (one.id[:1] != "Q", len(one.id), one.id)):
            others = sorted(thing.aliases - {thing.label, ""})
            writer.writerow(
                (thing.id, thing.label, "|".join(others), "|".join(thing.types), thing.description)
            )
    return len(joined)
