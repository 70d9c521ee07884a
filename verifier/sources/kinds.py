"""What kind of value the cells of a relation hold: dates, quantities, texts or things.

The catalogue says it for the relations that it knows. For another, its cells say it together: a relation is
one of dates or of numbers if nine in ten of its different cells are, or six in ten and its words speak of
dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from verifier.dates import MONTHS, parse_date
from verifier.errors import TableError
from verifier.model import Date, Quantity, TextValue, UnknownValue, Value
from verifier.relations import Relation, ValueKind, split_words
from verifier.values import parse_quantity

__all__ = ["Cell", "Place", "Reading", "read_cells"]

Cell = tuple[str, str]
"""What the cell says, and the unit that its column gives."""

_MOSTLY = 0.9
_OFTEN = 0.6
_LONGEST_NAME = 250
"""Characters; as in Wikidata, what is longer is no name."""
_FULL_DATE = re.compile(r"[+-]?\d{4,6}-\d\d.*|\d{4}s")
_YEAR = re.compile(r"[+-]?(?:0\d{3}|1\d{3}|20\d\d|2100)")
_MONTHS = {name[:3].casefold(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]}|[.])?" for name in MONTHS) + "|Sept[.]?)"
_WRITTEN = re.compile(rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?{_MONTH},?\s+(?P<year>\d{{4}})")
_WRITTEN_MONTH_FIRST = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})")
_CODE = re.compile(r"0\d+")
_BARE_NUMBER = re.compile(r"[+\-\N{MINUS SIGN}]?\d[\d,.]*(?:[eE][+-]?\d+)?\s?%?")
_MEANT_AS_DATE = re.compile(r"[+-]?\d{4}-\d\d?-\d\d?|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}[/.]\d{1,2}[/.]\d{1,2}")
_OF_DATES = frozenset(
    (
        "year",
        "years",
        "date",
        "dates",
        "day",
        "month",
        "when",
        "since",
        "until",
        "born",
        "birth",
        "died",
        "death",
        "founded",
        "founding",
        "foundation",
        "established",
        "inception",
        "opened",
        "opening",
        "built",
        "construction",
        "completed",
        "completion",
        "launched",
        "released",
        "release",
        "published",
        "started",
        "start",
        "ended",
        "end",
        "signed",
        "ratified",
        "joined",
        "created",
        "introduced",
        "dissolved",
        "abolished",
        "first",
        "last",
    )
)
_OF_NUMBERS = frozenset(
    (
        "number",
        "numbers",
        "count",
        "total",
        "amount",
        "population",
        "inhabitants",
        "area",
        "length",
        "height",
        "width",
        "depth",
        "elevation",
        "altitude",
        "capacity",
        "size",
        "weight",
        "mass",
        "employees",
        "students",
        "staff",
        "members",
        "budget",
        "revenue",
        "income",
        "cost",
        "price",
        "seats",
        "distance",
        "density",
        "percentage",
        "percent",
        "share",
        "rate",
        "score",
        "votes",
        "floors",
        "age",
        "duration",
        "runtime",
        "speed",
        "power",
        "volume",
        "rank",
        "position",
        "gdp",
    )
)
_OTHER_SHAPE = {
    ValueKind.DATE: "write 2021, 2021-02 or 2021-02-01",
    ValueKind.QUANTITY: "write a number, such as 1234.5, 1,234 or 4.8 million, with or without a unit",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands, for messages."""

    path: str
    line: int
    column: str

    def error(self, problem: str, value: str, hint: str) -> TableError:
        """The error that names this place."""
        return TableError(problem, path=self.path, line=self.line, column=self.column, value=value, hint=hint)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the cells of one relation turned out to hold; a cell that is not in `values` names a thing."""

    kind: ValueKind
    values: Mapping[Cell, Value]
    misfits: tuple[Cell, ...] = ()
    """Cells that are not of the relation's kind and were kept as texts."""
    fits: bool = True
    """False if most cells are of another kind than the relation, which then has only its words in common."""


def read_cells(
    relation: Relation, cells: Mapping[Cell, Place], *, strict: bool, is_name: Callable[[str], bool]
) -> Reading:
    """Decide what each different cell of a relation holds.

    With `strict` (the table names the relation by its id) a cell of another kind than the catalogue says is a
    `TableError`. A relation that was found by its words may only be a namesake: there just a date that cannot
    be one or is not in ISO form is an error, anything else is kept as a text, which decides nothing.
    """
    match relation.value:
        case ValueKind.DATE | ValueKind.QUANTITY:
            return _of_kind(relation, cells, strict=strict)
        case ValueKind.TEXT:
            return Reading(
                ValueKind.TEXT, {cell: TextValue(cell[0]) for cell in cells if cell[0]} | _blank(cells)
            )
        case ValueKind.ENTITY:
            return Reading(
                ValueKind.ENTITY, _blank(cells), fits=strict or not _mostly_numbers(cells, is_name)
            )
    return _undescribed(relation, cells, is_name=is_name)


def _blank(cells: Mapping[Cell, Place]) -> dict[Cell, Value]:
    """An empty cell says that there is a value, and not which."""
    return {cell: UnknownValue() for cell in cells if not cell[0]}


def _of_kind(relation: Relation, cells: Mapping[Cell, Place], *, strict: bool) -> Reading:
    values = _blank(cells)
    misfits = []
    for cell, place in cells.items():
        text, unit = cell
        if not text:
            continue
        try:
            if relation.value is ValueKind.QUANTITY:
                values[cell] = parse_quantity(text, unit or relation.unit)
            else:
                values[cell] = parse_date(text) if strict else _any_date(text)
        except ValueError as exc:
            if strict or (relation.value is ValueKind.DATE and _MEANT_AS_DATE.fullmatch(text)):
                problem = f"{relation.label} ({relation.id}) is a {relation.value.value}: {exc}"
                hint = "" if "write" in str(exc) else _OTHER_SHAPE[relation.value]
                raise place.error(problem, text, hint) from exc
            values[cell] = TextValue(text)
            misfits.append(cell)
    return Reading(relation.value, values, tuple(misfits), fits=strict or 2 * len(misfits) <= len(cells))


def _mostly_numbers(cells: Mapping[Cell, Place], is_name: Callable[[str], bool]) -> bool:
    numbers = sum(1 for cell in cells if _as_quantity(cell) is not None and not is_name(cell[0]))
    return 2 * numbers > len(cells)


def _any_date(text: str) -> Date:
    """A date in ISO form, or as English prose has it ("6 December 2017", "December 6, 2017", "May 1981")."""
    match = _WRITTEN.fullmatch(text) or _WRITTEN_MONTH_FIRST.fullmatch(text)
    if match is None:
        return parse_date(text)
    month = _MONTHS[match["month"][:3].casefold()]
    of_day = f"-{int(match['day']):02}" if match["day"] else ""
    return parse_date(f"{match['year']}-{month:02}{of_day}")


def _undescribed(
    relation: Relation, cells: Mapping[Cell, Place], *, is_name: Callable[[str], bool]
) -> Reading:
    dates = {cell: date for cell in cells if (date := _as_date(cell)) is not None}
    numbers = {cell: number for cell in cells if (number := _as_quantity(cell)) is not None}
    texts: dict[Cell, Value] = {cell: TextValue(cell[0]) for cell in cells if len(cell[0]) > _LONGEST_NAME}
    values = _blank(cells) | texts
    filled = sum(1 for text, _ in cells if text)
    # In a column of dates or numbers, what is neither is a remark, unless it names something.
    remarks: dict[Cell, Value] = {
        cell: TextValue(cell[0]) for cell in cells if cell[0] and not is_name(cell[0])
    }
    if dates and len(dates) >= _share_of_dates(relation, dates) * filled:
        return Reading(ValueKind.DATE, remarks | values | dates)
    if numbers and len(numbers) >= _MOSTLY * filled:
        return Reading(ValueKind.QUANTITY, remarks | values | numbers)
    values.update({cell: date for cell, date in dates.items() if not _YEAR.fullmatch(cell[0])})
    bare = {
        c: n
        for c, n in numbers.items()
        if c not in values and _BARE_NUMBER.fullmatch(c[0]) and not is_name(c[0])
    }
    values.update(bare)
    return Reading(ValueKind.ANY if any(text for text, _ in values) else ValueKind.ENTITY, values)


def _as_date(cell: Cell) -> Date | None:
    text, unit = cell
    if unit or not any(
        pattern.fullmatch(text) for pattern in (_YEAR, _FULL_DATE, _WRITTEN, _WRITTEN_MONTH_FIRST)
    ):
        return None
    try:
        return _any_date(text)
    except ValueError:
        return None


def _as_quantity(cell: Cell) -> Quantity | None:
    text, unit = cell
    if not any(map(str.isdecimal, text)) or _CODE.fullmatch(text):
        return None
    try:
        return parse_quantity(text, unit)
    except ValueError:
        return None


def _share_of_dates(relation: Relation, dates: Mapping[Cell, Date]) -> float:
    """How many of the cells must be dates for all to be; more than all if 1500 may count employees."""
    words = frozenset(split_words(relation.id).split()) | frozenset(relation.label.casefold().split())
    only_years = all(_YEAR.fullmatch(text) for text, _ in dates)
    if words & _OF_DATES and not words & _OF_NUMBERS:
        return _OFTEN
    if only_years and (words & _OF_NUMBERS or len(dates) < 3):
        return 2.0
    return _MOSTLY
