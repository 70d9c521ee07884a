"""Wide tables: each row is a thing and each column a relation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verifier.dates import parse_date
from verifier.errors import TableError
from verifier.sources.codec import date_json
from verifier.sources.entities import split_list
from verifier.sources.facts import Fact, Origin, Predicates, SourceCells
from verifier.sources.sheets import Sheet
from verifier.units import UNITS, split_scale
from verifier.values import parse_quantity

__all__ = ["read_wide"]

_UNIT = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]+)[)\]]")
_NOTHING = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}", "n/a", "N/A", "?"})
"""What people write into a cell that says nothing."""
_YEAR_HEADERS = frozenset({"year", "date", "as of", "point in time"})
_LABEL_HEADERS = frozenset({"label", "name", "title", "subject"})
_CANONICAL = frozenset(UNITS.values())


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    header: str
    relation: str
    unit: str


def read_wide(origin: Origin, predicates: Predicates, *, key: str | None = None) -> Iterator[Fact]:
    """The facts of a wide table, one for each value of a cell; a dash, `n/a` or `?` says nothing.

    The column `key` names the thing, else the first one (of a table that begins with `id` and goes on with a
    name, the name). Where things come several times and a column says of which year a row is, its facts hold
    then. Raises `TableError` for a key that is no column, a row without a name and a table with one column.
    """
    sheet = origin.sheet
    key_at, id_at = _key(sheet, key)
    when = _when(sheet, key_at)
    sources = SourceCells(
        origin, [(n.casefold(), i) for i, n in enumerate(sheet.header) if n.casefold() in _OF_ROW]
    )
    skip = {key_at, id_at, when}
    columns = [
        _column(origin, predicates, index)
        for index, name in sorted(enumerate(sheet.header), key=lambda pair: pair[1])
        if name and index not in skip and name.casefold() not in _OF_ROW
    ]
    if not columns:
        raise TableError(
            "a table with one column says nothing",
            path=sheet.path,
            line=1,
            hint="are the cells parted by commas?",
        )
    columns.sort(key=lambda column: column.index)
    for line, cells in sheet.rows:
        subject = cells[key_at].strip()
        if not subject:
            raise origin.place(line, sheet.header[key_at]).error(
                "an empty cell", "", "this column names the thing of the row"
            )
        subject_id = "" if id_at is None else cells[id_at].strip()
        extras = () if when is None else _point_in_time(origin, line, when, cells[when].strip())
        source = sources.read(line, cells)
        for column in columns:
            cell = cells[column.index].strip()
            if cell in _NOTHING:
                continue
            for number, value in enumerate(split_list(cell), start=1):
                name = f"{sheet.name}:{line}:{column.header}"
                yield Fact(
                    line=line,
                    id=name if number == 1 else f"{name}#{number}",
                    subject=subject,
                    subject_id=subject_id,
                    relation=column.relation,
                    object=value,
                    object_id="",
                    unit=column.unit,
                    extras=extras,
                    qualifiers=(),
                    sources=source,
                    column=column.header,
                )


_OF_ROW = frozenset({"source_url", "source_title", "retrieved"})
"""Columns that say where the row can be read. A `publisher` may be a book's and is a relation."""


def _key(sheet: Sheet, key: str | None) -> tuple[int, int | None]:
    """The column that names the thing, and the one with its id, if there is one."""
    names = [name.casefold() for name in sheet.header]
    id_at = names.index("id") if "id" in names else None
    if key is not None:
        if key.strip().casefold() not in names:
            hint = f"the columns are {', '.join(filter(None, sheet.header))}"
            raise TableError(f"there is no column {key!r}", path=sheet.path, line=1, hint=hint)
        key_at = names.index(key.strip().casefold())
    else:
        key_at = next(index for index, name in enumerate(names) if name)
        if key_at == id_at:
            key_at = next((index for index, name in enumerate(names) if name in _LABEL_HEADERS), key_at)
    return key_at, None if id_at == key_at else id_at


def _when(sheet: Sheet, key_at: int) -> int | None:
    """The column that says of which year a row is, in a table where one thing has several rows."""
    counts = Counter(cells[key_at].strip() for _, cells in sheet.rows)
    if len(counts) == len(sheet.rows):
        return None
    found = [
        index for index, name in enumerate(sheet.header) if name.casefold().replace("_", " ") in _YEAR_HEADERS
    ]
    return found[0] if len(found) == 1 and found[0] != key_at else None


def _point_in_time(origin: Origin, line: int, index: int, cell: str) -> tuple[str, ...]:
    if cell in _NOTHING:
        return ()
    try:
        return (f'"point_in_time":{date_json(parse_date(cell))}',)
    except ValueError as exc:
        raise origin.place(line, origin.sheet.header[index]).error(str(exc), cell, "") from exc


def _column(origin: Origin, predicates: Predicates, index: int) -> _Column:
    header = origin.sheet.header[index]
    match = _UNIT.fullmatch(header)
    words, unit = header, ""
    if match is not None and _is_unit(match[2], [cells[index] for _, cells in origin.sheet.rows]):
        words, unit = match[1], match[2].strip()
    return _Column(index, header, predicates.find(words, origin.place(1, header)), unit)


def _is_unit(words: str, cells: Sequence[str]) -> bool:
    """Whether what a header has in brackets is a unit: one that is known, or one over numbers only."""
    _, unit = split_scale(words)
    if unit in _CANONICAL and not words.isdecimal():
        return True
    filled = [cell for cell in map(str.strip, cells) if cell not in _NOTHING]
    return bool(filled) and not any(map(str.isdecimal, words)) and all(_is_number(cell) for cell in filled)


def _is_number(cell: str) -> bool:
    try:
        parse_quantity(cell)
    except ValueError:
        return False
    return True
