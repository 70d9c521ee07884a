"""What kind of value the cells of a relation hold: dates, quantities, texts or things.

The catalogue says it for the relations that it knows. For another, its cells say it together: a relation is one of
dates or of numbers if nine in ten of its different cells are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from verifier.errors import TableError
from verifier.model import Date, Quantity, TextValue, UnknownValue, Value
from verifier.relations import Relation, ValueKind, split_words
from verifier.values import parse_date, parse_quantity

__all__ = ["Cell", "Place", "Reading", "read_cells"]

Cell = tuple[str, str]
"""What the cell says, and the unit that its column gives."""

_MOSTLY = 0.9
_LONGEST_NAME = 250
"""Characters; as in Wikidata, what is longer is no name."""
_FULL_DATE = re.compile(r"[+-]?\d{4,6}-\d\d.*|\d{4}s")
_YEAR = re.compile(r"[+-]?(?:0\d{3}|1\d{3}|20\d\d|2100)")
_CODE = re.compile(r"0\d+")
_BARE_NUMBER = re.compile(r"[+\-\N{MINUS SIGN}]?\d[\d,.]*(?:[eE][+-]?\d+)?\s?%?")
_MEANT_AS_DATE = re.compile(r"[+-]?\d{4}-\d\d?-\d\d?|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}[/.]\d{1,2}[/.]\d{1,2}")
_OF_DATES = frozenset(
    "year years date dates day month when since until born birth died death founded founding foundation established "
    "inception opened opening built construction completed completion launched released release published started "
    "start ended end signed ratified joined created introduced dissolved abolished first last".split()
)
_OF_NUMBERS = frozenset(
    "number numbers count total amount population inhabitants area length height width depth elevation altitude "
    "capacity size weight mass employees students staff members budget revenue income cost price seats distance density "
    "percentage percent share rate score votes floors age duration runtime speed power volume rank position gdp".split()
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


def read_cells(
    relation: Relation, cells: Mapping[Cell, Place], *, strict: bool, is_name: Callable[[str], bool]
) -> Reading:
    """Decide what each different cell of a relation holds.

    With `strict` (the table names the relation by its id) a cell of another kind than the catalogue says is a
    `TableError`. A relation that was found by its words may only be a namesake: there just a date that cannot be one
    or is not in ISO form is an error, anything else is kept as a text, which decides nothing.
    """
    match relation.value:
        case ValueKind.DATE | ValueKind.QUANTITY:
            return _of_kind(relation, cells, strict=strict)
        case ValueKind.TEXT:
            return Reading(ValueKind.TEXT, {cell: TextValue(cell[0]) for cell in cells if cell[0]} | _blank(cells))
        case ValueKind.ENTITY:
            return Reading(ValueKind.ENTITY, _blank(cells))
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
            values[cell] = parse_date(text) if relation.value is ValueKind.DATE else parse_quantity(text, unit or relation.unit)
        except ValueError as exc:
            if strict or (relation.value is ValueKind.DATE and _MEANT_AS_DATE.fullmatch(text)):
                problem = f"{relation.label} ({relation.id}) is a {relation.value.value}: {exc}"
                hint = "" if "write" in str(exc) else _OTHER_SHAPE[relation.value]
                raise place.error(problem, text, hint) from exc
            values[cell] = TextValue(text)
            misfits.append(cell)
    return Reading(relation.value, values, tuple(misfits))




def _undescribed(relation: Relation, cells: Mapping[Cell, Place], *, is_name: Callable[[str], bool]) -> Reading:
    dates = {cell: date for cell in cells if (date := _as_date(cell)) is not None}
    numbers = {cell: number for cell in cells if (number := _as_quantity(cell)) is not None}
    filled = sum(1 for text, _ in cells if text)
    values = _blank(cells)
    values.update({cell: TextValue(cell[0]) for cell in cells if len(cell[0]) > _LONGEST_NAME})
    if dates and len(dates) >= _MOSTLY * filled and _speaks_of_dates(relation, dates):
        return Reading(ValueKind.DATE, values | dates)
    if numbers and len(numbers) >= _MOSTLY * filled:
        return Reading(ValueKind.QUANTITY, values | numbers)
    values.update({cell: date for cell, date in dates.items() if _FULL_DATE.fullmatch(cell[0])})
    bare = {c: n for c, n in numbers.items() if c not in values and _BARE_NUMBER.fullmatch(c[0]) and not is_name(c[0])}
    values.update(bare)
    return Reading(ValueKind.ANY if any(text for text, _ in values) else ValueKind.ENTITY, values)


def _as_date(cell: Cell) -> Date | None:
    text, unit = cell
    if unit or not (_FULL_DATE.fullmatch(text) or _YEAR.fullmatch(text)):
        return None
    try:
        return parse_date(text)
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


def _speaks_of_dates(relation: Relation, dates: Mapping[Cell, Date]) -> bool:
    """Whether cells that may be years are years; 1,500 employees are not."""
    if any(_FULL_DATE.fullmatch(text) for text, _ in dates):
        return True
    words = frozenset(split_words(relation.id).split()) | frozenset(relation.label.casefold().split())
    if words & _OF_NUMBERS:
        return False
    return bool(words & _OF_DATES) or len(dates) >= 3
