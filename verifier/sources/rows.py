"""Long tables: each row is a statement with `subject, predicate, object`."""

from __future__ import annotations

import difflib
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import OSA

from verifier.dates import parse_date
from verifier.errors import TableError
from verifier.model import Date, Polarity, Rank
from verifier.sources.codec import DATES, date_json, string_json
from verifier.sources.entities import split_list
from verifier.sources.facts import Fact, Origin, Predicates, SourceCells
from verifier.sources.kinds import Place
from verifier.sources.sheets import Sheet

__all__ = ["column_name", "is_long", "read_rows"]

log = logging.getLogger(__name__)

_REQUIRED = ("subject", "predicate", "object")
_IDS = ("statement_id", "subject_id", "predicate_id", "object_id")
_EXTRAS = (*DATES, "rank", "polarity", "quote")
_DECIDING = (*_IDS, *DATES, "rank", "polarity")
"""Columns that change a verdict."""
_MISSPELT = 0.86
"""Likeness (`difflib`): one letter too many or two exchanged in a long name; `lend` is not `end`."""
_NEAR = 0.6
"""Likeness of a name to the one that may be meant."""
_COLUMNS = frozenset((*_REQUIRED, *_IDS, *_EXTRAS, "unit", *SourceCells.COLUMNS))
_ALSO: Mapping[str, str] = MappingProxyType(
    {
        "p580": "start",
        "start_time": "start",
        "start_date": "start",
        "p582": "end",
        "end_time": "end",
        "end_date": "end",
        "p585": "point_in_time",
    }
)
"""Other spellings of the columns of dates, among them Wikidata's properties."""

_RANKS = {
    "": "",
    "normal": "",
    **{rank.value: f'"rank":"{rank.value}"' for rank in (Rank.PREFERRED, Rank.DEPRECATED)},
}
_POLARITIES = {"": "", "positive": "", "negative": f'"polarity":"{Polarity.NEGATIVE.value}"'}


def column_name(header: str) -> str:
    """The column of the format that a header means, whatever its case; "" for a column of the table's own."""
    name = re.sub(r"[\s_-]+", "_", header.casefold())
    name = _ALSO.get(name, name)
    return name if name in _COLUMNS else ""


def is_long(sheet: Sheet) -> bool:
    """Whether a sheet has subject, predicate and object columns. Raises `TableError` if it has only two."""
    names = {column_name(name) for name in sheet.header}
    missing = [name for name in _REQUIRED if name not in names]
    if len(missing) == 1:
        raise TableError(
            f"there is no column {missing[0]!r}",
            path=sheet.path,
            line=1,
            hint="statements have subject, predicate, object; --key COLUMN reads one thing a row",
        )
    return not missing


def read_rows(origin: Origin, predicates: Predicates) -> Iterator[Fact]:
    """The facts of a long table, one for each value of a row.

    Raises `TableError` for a row without subject or predicate, a date, rank or polarity that is none, an end
    before the start, and a list of objects with another number of ids.
    """
    sheet = origin.sheet
    columns = _columns(sheet)
    own = [(index, name) for index, name in enumerate(sheet.header) if name and not column_name(name)]
    for _, name in own:
        _check_spelling(name, sheet, predicates)
    # A qualifier is not matched in texts, so words that the catalogue does not know stay as they are.
    qualifiers = [(index, predicates.known(name) or name) for index, name in own]
    subject_at, predicate_at, object_at = (columns[name] for name in _REQUIRED)
    subject_id_at, object_id_at = columns.get("subject_id"), columns.get("object_id")
    predicate_id_at, unit_at, id_at = (
        columns.get("predicate_id"),
        columns.get("unit"),
        columns.get("statement_id"),
    )
    header = sheet.header[predicate_at]
    first: dict[tuple[str, str], int] = {}
    for line, cells in sheet.rows:
        first.setdefault((cells[predicate_at].strip(), _at(cells, predicate_id_at)), line)
    for (text, identifier), line in sorted(first.items()):
        if text or identifier:
            predicates.find(text or identifier, origin.place(line, header), identifier)
    extras = _Extras(origin, columns)
    sources = SourceCells(origin, columns.items())
    for line, cells in sheet.rows:
        subject, predicate, value = (
            cells[subject_at].strip(),
            cells[predicate_at].strip(),
            cells[object_at].strip(),
        )
        subject_id, predicate_id, object_id = (
            _at(cells, subject_id_at),
            _at(cells, predicate_id_at),
            _at(cells, object_id_at),
        )
        if not (subject or subject_id) or not (predicate or predicate_id):
            missing = sheet.header[predicate_at if subject or subject_id else subject_at]
            raise origin.place(line, missing).error(
                "an empty cell", "", "every statement names its subject and predicate"
            )
        relation = predicates.find(predicate or predicate_id, origin.place(line, header), predicate_id)
        yield from _facts(
            Fact(
                line=line,
                id=_at(cells, id_at),
                subject=subject or subject_id,
                subject_id=subject_id,
                relation=relation,
                object=value or object_id,
                object_id=object_id,
                unit=_at(cells, unit_at),
                extras=extras.read(line, cells),
                qualifiers=tuple(
                    [(r, item) for i, r in qualifiers if cells[i] for item in split_list(cells[i].strip())]
                ),
                sources=sources.read(line, cells),
                column=sheet.header[object_at],
            ),
            origin,
        )


def _check_spelling(name: str, sheet: Sheet, predicates: Predicates) -> None:
    """Say what a column is that is neither the format's nor a relation.

    Raises `TableError` for one that is so like a column that decides that it must be a misspelling.
    """
    near = difflib.get_close_matches(name.casefold(), _DECIDING, n=1, cutoff=_MISSPELT)
    if near and predicates.known(name) is None:
        raise TableError(
            "neither a column of statements nor a relation",
            path=sheet.path,
            line=1,
            column=name,
            hint=f"write {near[0]!r}; for a column of your own, choose a name less like it",
        )
    if predicates.known(name) is None:
        warn_of_column(
            name, sheet, _COLUMNS, "is neither a column of statements nor a relation: it decides nothing"
        )


def warn_of_column(name: str, sheet: Sheet, known: Iterable[str], problem: str) -> None:
    """Tell of a column that may be misspelt, with the name that it is near to."""
    near = process.extractOne(
        re.sub(r"[\s_-]+", "_", name.casefold()),
        sorted(known),
        scorer=OSA.normalized_similarity,
        score_cutoff=_NEAR,
    )
    hint = (
        "" if near is None else f" (did you mean {near[0].replace('_', ' ') if ' ' in name else near[0]!r}?)"
    )
    log.warning("%s: column %r %s%s", sheet.path, name, problem, hint)


def _columns(sheet: Sheet) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, header in enumerate(sheet.header):
        name = column_name(header)
        if name in columns:
            raise TableError(
                f"a second column for {name!r}",
                path=sheet.path,
                line=1,
                column=header,
                hint="keep one of them",
            )
        if name:
            columns[name] = index
    return columns


def _at(cells: list[str], index: int | None) -> str:
    return "" if index is None else cells[index].strip()


def _facts(fact: Fact, origin: Origin) -> Iterator[Fact]:
    """The same fact for each object of a list; without an id of its own it is named by file and line."""
    name = fact.id or f"{origin.sheet.name}:{fact.line}"
    if "|" not in fact.object:
        yield fact._replace(id=name)
        return
    objects, ids = split_list(fact.object), split_list(fact.object_id)
    if ids and len(ids) != len(objects):
        problem = f"{len(objects)} objects and {len(ids)} ids"
        raise origin.place(fact.line, fact.column).error(
            problem, fact.object, "give each object of the list its id"
        )
    for number, (value, identifier) in enumerate(zip_longest(objects, ids, fillvalue=""), start=1):
        yield fact._replace(
            id=name if number == 1 else f"{name}#{number}", object=value, object_id=identifier
        )


class _Extras:
    """Reads dates, rank, polarity and quote to JSON text; most rows of a table share a few combinations."""

    def __init__(self, origin: Origin, columns: Mapping[str, int]) -> None:
        self._origin = origin
        self._columns = [(name, columns[name]) for name in _EXTRAS if name in columns]
        self._known: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._dates: dict[str, tuple[Date, str]] = {}

    def read(self, line: int, cells: list[str]) -> tuple[str, ...]:
        key = tuple([cells[index] for _, index in self._columns])
        found = self._known.get(key)
        if found is None:
            texts = {name: cell.strip() for (name, _), cell in zip(self._columns, key, strict=True)}
            found = self._known[key] = tuple(self._read(line, texts))
        return found

    def _read(self, line: int, texts: Mapping[str, str]) -> Iterator[str]:
        if self._origin.seen_last and not texts.get("seen_last"):
            texts = {**texts, "seen_last": self._origin.seen_last}
        dates = {name: self._date(line, name, texts[name]) for name in DATES if texts.get(name)}
        for first, last in (("start", "end"), ("seen_first", "seen_last")):
            if first in dates and last in dates and dates[last][0].latest < dates[first][0].earliest:
                raise self._place(line, last, first).error(
                    f"before the {first} {texts[first]!r}", texts[last], ""
                )
        yield from (f'"{name}":{text}' for name, (_, text) in dates.items())
        for name, allowed in (("rank", _RANKS), ("polarity", _POLARITIES)):
            text = texts.get(name, "")
            if text.casefold() not in allowed:
                hint = f"write {', '.join(key for key in allowed if key)}, or leave it empty"
                raise self._place(line, name).error(f"not a {name}", text, hint)
            if allowed[text.casefold()]:
                yield allowed[text.casefold()]
        if texts.get("quote"):
            yield f'"quote":{string_json(texts["quote"])}'

    def _date(self, line: int, name: str, text: str) -> tuple[Date, str]:
        if text not in self._dates:
            try:
                date = parse_date(text)
                self._dates[text] = date, date_json(date)
            except ValueError as exc:
                raise self._place(line, name).error(str(exc), text, "") from exc
        return self._dates[text]

    def _place(self, line: int, name: str, *others: str) -> Place:
        columns = dict(self._columns)
        given = next(one for one in (name, *others) if one in columns)
        return self._origin.place(line, self._origin.sheet.header[columns[given]])
