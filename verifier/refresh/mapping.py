"""From the raw rows of a source to statements, by the templates of `sources.toml`.

Works on frames of text, a chunk at a time, column by column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import repeat
from typing import TYPE_CHECKING

from verifier.night import Feed, Mapped
from verifier.refresh.cells import (
    cut_date,
    each,
    plain_date,
    plain_id,
    plain_rank,
    plain_texts,
    source_address,
)
from verifier.relations import Catalogue, ValueKind

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LINE", "Rows", "columns_of", "map_rows", "raw_columns", "statement_id", "template_columns"]

LINE = "#"
"""The column of a frame that has the number of the line in the raw file."""
REQUIRED = ("statement_id", "subject", "subject_id", "predicate", "object", "object_id")
DATES = ("start", "end", "point_in_time")
OPTIONAL = (
    *DATES,
    "unit",
    "rank",
    "polarity",
    "source_url",
    "source_title",
    "publisher",
    "retrieved",
    "quote",
)
_AS_WRITTEN = frozenset({"unit", "source_title", "publisher", "quote"})
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]+)\}|[{}]")
_ENDS = {"subject": "subject_id", "object": "object_id"}

Cells = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Statements out of one chunk of raw rows."""

    frame: pd.DataFrame
    """Columns as `columns_of` has them, and `#`; every cell is a text."""
    left_out: int
    """Raw rows that gave no statement."""


def template_columns(template: str) -> tuple[str, ...]:
    """The raw columns that a template names. Raises ValueError for a brace that has no other."""
    return tuple(name for literal, name in _parts(template) if name)


def raw_columns(feed: Feed) -> tuple[str, ...]:
    """The raw columns without which a source cannot be mapped, each once."""
    named = [
        name
        for mapped in feed.statements
        for names in (*map(template_columns, mapped.columns.values()), tuple(mapped.where))
        for name in names
    ]
    return tuple(dict.fromkeys((*named, *feed.values)))


def columns_of(feed: Feed) -> tuple[str, ...]:
    """The columns of the statements of a source, in the order of the file; qualifiers are last."""
    mapped = dict.fromkeys(column for one in feed.statements for column in one.columns)
    qualifiers = tuple(name for name in mapped if name not in (*REQUIRED, *OPTIONAL))
    return (*REQUIRED, *(name for name in OPTIONAL if name in mapped), *qualifiers)


def map_rows(raw: pd.DataFrame, feed: Feed, catalogue: Catalogue) -> Rows:
    """The statements of a chunk of raw rows; a raw column that is not there counts as empty."""
    import pandas as pd

    count = len(raw)
    lines = raw[LINE].tolist() if LINE in raw.columns else list(range(1, count + 1))
    cells: dict[str, list[str]] = {}
    for name in dict.fromkeys((*raw_columns(feed), *_precisions(feed, raw.columns))):
        cells[name] = plain_texts(raw[name].tolist()) if name in raw.columns else [""] * count
    wanted = [True] * count
    instead = dict(cells)
    for name, table in feed.values.items():
        known = {cell: _stands_for(cell, table) for cell in set(cells[name])}
        found = [known[cell] for cell in cells[name]]
        wanted = [ok and text is not None for ok, text in zip(wanted, found, strict=True)]
        instead[name] = [text or "" for text in found]
    taken = [False] * count
    columns = columns_of(feed)
    gathered: dict[str, list[str]] = {name: [] for name in columns}
    places: list[int] = []
    for mapped in feed.statements:
        at = _selected(mapped, cells, wanted)
        chosen = {name: _at(column, at) for name, column in instead.items()}
        statements = _statements(mapped, chosen, len(at), columns=columns, feed=feed, catalogue=catalogue)
        whole = _whole(statements)
        for name in columns:
            gathered[name] += _at(statements[name], whole)
        for i in whole:
            taken[at[i]] = True
            places.append(lines[at[i]])
    frame = pd.DataFrame(gathered, dtype=object)
    frame[LINE] = places
    return Rows(frame, left_out=count - sum(taken))


def statement_id(cells: Cells, feed: Feed) -> list[str]:
    """The id of each statement, by which the row of yesterday is known.

    It is the source's own if one is mapped and no other key is given; else it is made of the key, or of
    subject, predicate, object, start, point in time and qualifiers. Where a thing has an id, the key has that
    in place of its name, which may be spelt otherwise tomorrow. The name of the source goes before it: no two
    rows of a table have one id, and two sources may have the same statement.
    """
    count = len(cells["subject"])
    own = any("statement_id" in mapped.columns for mapped in feed.statements)
    if feed.key == ("statement_id",) or (own and not feed.key):
        return [f"{feed.name}:{id}" if id else "" for id in cells["statement_id"]]
    key = feed.key or (
        *("subject", "predicate", "object", "start", "point_in_time"),
        *(name for name in cells if name not in (*REQUIRED, *OPTIONAL)),
    )
    parts = [
        [id or text for id, text in zip(cells[_ENDS[name]], cells[name], strict=True)]
        if name in _ENDS
        else cells[name]
        for name in key
        if name in cells
    ]
    joined = map("\x1f".join, zip(*parts, strict=True)) if parts else iter([""] * count)
    name = feed.name
    return [
        f"{name}:{blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"
        for text in joined
    ]


def _parts(template: str) -> list[tuple[str, str]]:
    """Pieces of a template: text as it is, and then the name of a raw column (or "")."""
    parts, text, at = [], "", 0
    for match in _BRACES.finditer(template):
        text += template[at : match.start()]
        at = match.end()
        if match[0] in ("{{", "}}"):
            text += match[0][0]
        elif match[1] is None:
            raise ValueError(f"a brace without its other: {template!r}")
        else:
            parts.append((text, match[1].strip()))
            text = ""
    text += template[at:]
    return [*parts, (text, "")] if text or not parts else parts


def _precisions(feed: Feed, columns: Iterable[str]) -> dict[str, None]:
    """The raw columns that tell how precise the dates are."""
    known = set(columns)
    names = (
        name
        for mapped in feed.statements
        for column, template in mapped.columns.items()
        for name in _precision_names(column, template)
    )
    return dict.fromkeys(name for name in names if name in known)


def _precision_names(column: str, template: str) -> tuple[str, ...]:
    raw = template_columns(template)
    return (f"{raw[0]}_precision", f"{column}_precision") if len(raw) == 1 else ()


def _stands_for(cell: str, table: Mapping[str, str]) -> str | None:
    """What stands for a cell, or for each item of a list; None if one is not wanted."""
    found = table.get(cell)
    if found is not None or "|" not in cell:
        return found
    items = [table.get(item.strip()) for item in cell.split("|")]
    texts = [item for item in items if item is not None]
    return "|".join(texts) if len(texts) == len(items) else None


def _at(cells: list[str], places: Sequence[int]) -> list[str]:
    """The cells at some places, in order; the column itself if that is all of them."""
    return cells if len(places) == len(cells) else [cells[i] for i in places]


def _selected(mapped: Mapped, cells: Cells, wanted: Sequence[bool]) -> list[int]:
    at = [i for i, ok in enumerate(wanted) if ok]
    for name, values in mapped.where.items():
        column, these = cells[name], frozenset(values)
        at = [i for i in at if column[i] in these]
    return at


def _statements(
    mapped: Mapped, raw: Cells, count: int, *, columns: Sequence[str], feed: Feed, catalogue: Catalogue
) -> dict[str, list[str]]:
    """The cells of the statements that one template makes, in the words of a table."""
    made: dict[str, list[str]] = {}
    for name in columns:
        template = mapped.columns.get(name)
        cells = [""] * count if template is None else _filled(template, raw, count)
        if template is None:
            pass
        elif name in (*DATES, "retrieved"):
            cells = _dates(cells, name, template, raw, feed=feed)
        elif name == "source_url":
            cells = each(cells, source_address)
        elif name == "rank":
            cells = each(cells, plain_rank)
        elif name == "polarity":
            cells = each(cells, lambda cell: "" if cell.casefold() == "positive" else cell.casefold())
        elif name not in _AS_WRITTEN:
            cells = each(cells, plain_id)
        made[name] = cells
    made["predicate"] = each(made["predicate"], lambda cell: _relation(cell, catalogue))
    _date_objects(made, mapped.columns.get("object", ""), raw, feed=feed, catalogue=catalogue)
    made["statement_id"] = statement_id(made, feed)
    return made


def _filled(template: str, raw: Cells, count: int) -> list[str]:
    """A template with the cells of each row; empty where one of the cells is."""
    parts = _parts(template)
    if all(not name for _, name in parts):
        return [parts[0][0].strip()] * count
    if len(parts) == 1 and not parts[0][0]:
        return list(raw[parts[0][1]])
    columns: list[Iterable[str]] = []
    whole = [True] * count
    for text, name in parts:
        columns.append(repeat(text, count))
        if name:
            named = each(raw[name], plain_id)
            columns.append(named)
            if "" in named:
                whole = [ok and cell != "" for ok, cell in zip(whole, named, strict=True)]
    filled = map("".join, zip(*columns, strict=True))
    return [text.strip() if ok else "" for text, ok in zip(filled, whole, strict=True)]


def _dates(cells: list[str], column: str, template: str, raw: Cells, *, feed: Feed) -> list[str]:
    days = each(cells, lambda cell: plain_date(cell, feed.date_format))
    for name in _precision_names(column, template):
        if name in raw:
            return [cut_date(day, fine) for day, fine in zip(days, raw[name], strict=True)]
    return days


def _date_objects(
    made: dict[str, list[str]], template: str, raw: Cells, *, feed: Feed, catalogue: Catalogue
) -> None:
    """Objects of relations of dates are written as dates."""
    dated = {id for id in set(made["predicate"]) if id in catalogue and catalogue[id].value is ValueKind.DATE}
    if dated:
        days = _dates(made["object"], "object", template, raw, feed=feed)
        rows = zip(made["object"], days, made["predicate"], strict=True)
        made["object"] = [day if id in dated else text for text, day, id in rows]


def _relation(cell: str, catalogue: Catalogue) -> str:
    """The id of the relation that a predicate names; a predicate that names none is kept, to be refused."""
    found = catalogue.find(cell) if cell else None
    return cell if found is None else found.id


def _whole(cells: Cells) -> list[int]:
    """The rows that have a subject, a predicate and an object."""
    rows = zip(
        cells["subject"],
        cells["subject_id"],
        cells["predicate"],
        cells["object"],
        cells["object_id"],
        strict=True,
    )
    return [i for i, (s, s_id, p, o, o_id) in enumerate(rows) if (s or s_id) and p and (o or o_id)]
