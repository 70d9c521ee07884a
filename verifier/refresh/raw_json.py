"""Rows of JSON: a list somewhere in it, one object a line, or the answer of a SPARQL query."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, NoReturn

from verifier.errors import SourceError
from verifier.night import Refused
from verifier.refresh.raw_frame import frame_of_records
from verifier.refresh.raw_terms import UNKNOWN, is_unknown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_answer", "read_rows"]

_BLANK = b" \t\r\n\xef\xbb\xbf"
_DEEPEST = 20
_MOST_COLUMNS = 1_000
_LONGEST_LINE = 1 << 24
"""Bytes."""
_SHOWN = 200

Refuse = Callable[[Refused], None]


class _Bad(ValueError):
    """A row that is refused, with the column and the value."""

    def __init__(self, problem: str, column: str = "", value: str = "") -> None:
        self.column, self.value = column, value[:_SHOWN]
        super().__init__(problem)


def read_rows(
    file: IO[bytes], rows_at: str, refuse: Refuse, *, origin: str, chunk: int
) -> Iterator[pd.DataFrame]:
    """Frames of the objects of the list to which the keys `rows_at` lead, or of one object a line.

    Raises `SourceError` if there is no such list, or the JSON is broken or cut.
    """
    start = file.peek(256).lstrip(_BLANK)[:1]  # type: ignore[attr-defined]
    if not start:
        raise SourceError(f"{origin}: it is empty")
    values: Iterable[tuple[int, Any]]
    if rows_at or start == b"[":
        values = _listed(file, rows_at, origin)
    elif start == b"{":
        values = _lines(file, refuse, origin)
    else:
        raise SourceError(f"{origin}: it is not JSON: a list of objects, or one object a line, is read")
    yield from _frames(values, _flat, (), refuse, origin=origin, chunk=chunk)


def read_answer(file: IO[bytes], refuse: Refuse, *, origin: str, chunk: int) -> Iterator[pd.DataFrame]:
    """Frames of the solutions of a query, with every variable; https://www.w3.org/TR/sparql11-results-json/.

    Raises `SourceError` if it is something else, or is cut.
    """
    variables = _variables(file, origin)
    file.seek(0)
    values = _listed(file, "results.bindings", origin)
    yield from _frames(values, _solution, variables, refuse, origin=origin, chunk=chunk)


def _frames(
    values: Iterable[tuple[int, Any]],
    read: Callable[[Any], Mapping[str, str]],
    columns: Iterable[str],
    refuse: Refuse,
    *,
    origin: str,
    chunk: int,
) -> Iterator[pd.DataFrame]:
    seen = dict.fromkeys(columns)
    numbers: list[int] = []
    records: list[Mapping[str, str]] = []
    begun = False
    for number, value in values:
        try:
            record = read(value)
        except _Bad as exc:
            refuse(Refused(number, exc.column, exc.value, str(exc)))
            continue
        numbers.append(number)
        records.append(record)
        if not record.keys() <= seen.keys():
            seen |= dict.fromkeys(record)
            if len(seen) > _MOST_COLUMNS:
                raise SourceError(f"{origin}: its rows have more than {_MOST_COLUMNS} different keys")
        if len(records) == chunk:
            yield frame_of_records(list(seen), numbers, records)
            begun, numbers, records = True, [], []
    if records or not begun:
        yield frame_of_records(list(seen), numbers, records)


# -------------------------------------------------------------------------------------------- where rows are


def _listed(file: IO[bytes], keys: str, origin: str) -> Iterator[tuple[int, Any]]:
    """The values of the list to which these keys lead, with their numbers."""
    import ijson

    number = 0
    try:
        for number, value in enumerate(ijson.items(file, f"{keys}.item" if keys else "item"), start=1):
            yield number, value
        if number == 0:
            file.seek(0)
            if not any((prefix, event) == (keys, "start_array") for prefix, event, _ in ijson.parse(file)):
                where = f"at {keys!r}" if keys else "in it"
                raise SourceError(
                    f"{origin}: there is no list {where}: name the keys that lead to it by `rows`"
                )
    except ijson.IncompleteJSONError as exc:
        cut = "parse error: premature EOF" in str(exc) or "Incomplete" in str(exc)
        what = "it is cut" if cut else "its JSON is broken"
        raise SourceError(f"{origin}: {what} after row {number}: fetch it again") from exc
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as exc:
        raise SourceError(f"{origin}: its JSON is broken after row {number}: fetch it again") from exc


def _variables(file: IO[bytes], origin: str) -> list[str]:
    """The names of the columns, which as a rule stand before the rows."""
    import ijson

    names: list[str] = []
    try:
        for prefix, event, value in ijson.parse(file):
            if prefix == "head.vars.item" and event == "string":
                names.append(value)
            elif prefix == "head.vars" and event == "end_array":
                return names
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as exc:
        raise SourceError(f"{origin}: its answer is cut, or is no JSON: fetch it again") from exc
    raise SourceError(f"{origin}: it is not the answer of a query: the query must be a SELECT")


def _lines(file: IO[bytes], refuse: Refuse, origin: str) -> Iterator[tuple[int, Any]]:
    """The objects of a file that has one on each line, with the numbers of the lines."""
    good, number = 0, 0
    only: Any = None
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise SourceError(
                f"{origin}: line {number} is too long: name the keys that lead to its list by `rows`"
            )
        text = line.strip(_BLANK)
        if not text:
            continue
        try:
            value = json.loads(text, parse_float=str, parse_int=str, parse_constant=_no_number)
        except (ValueError, RecursionError) as exc:
            if good == 0:
                raise SourceError(
                    f"{origin}: line {number} is no JSON object: if it is one object over several, name the "
                    "keys that lead to its list by `rows`"
                ) from exc
            refuse(Refused(number, "", text[:_SHOWN].decode("utf-8", "replace"), "the line is not JSON"))
            continue
        good += 1
        if good == 1:
            only = (number, value)
            continue
        if good == 2:
            yield only
        yield number, value
    if good == 1:
        if isinstance(only[1], dict) and any(_is_list_of_objects(part) for part in only[1].values()):
            raise SourceError(f"{origin}: it is one object: name the keys that lead to its list by `rows`")
        yield only


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


# -------------------------------------------------------------------------------------------- what is in them


def _solution(value: Any) -> Mapping[str, str]:
    """The values of one solution by variable; one that is there but not known is no value."""
    if not isinstance(value, dict):
        raise _Bad("the row is no object")
    row = {}
    for name, term in value.items():
        if not isinstance(term, dict) or not isinstance(term.get("value"), str):
            raise _Bad("the value is no term", name)
        if term.get("type") == "bnode" or (term.get("type") == "uri" and is_unknown(term["value"])):
            raise _Bad(UNKNOWN, name)
        row[name] = _text(term["value"], name)
    return row


def _flat(value: Any) -> Mapping[str, str]:
    """The cells of an object by their keys."""
    if not isinstance(value, dict):
        raise _Bad("the row is no object", value=str(value)[:_SHOWN])
    row: dict[str, str] = {}
    _flatten(value, "", row, 0)
    return row


def _flatten(value: Mapping[str, Any], before: str, row: dict[str, str], depth: int) -> None:
    if depth > _DEEPEST:
        raise _Bad("the row is nested too deep", before[:_SHOWN])
    for key, inner in value.items():
        name = f"{before}{key}"
        if isinstance(inner, dict):
            _flatten(inner, f"{name}.", row, depth + 1)
        elif isinstance(inner, list):
            _flatten_list(inner, name, row, depth)
        else:
            row[name] = _cell(inner, name)


def _flatten_list(values: list[Any], name: str, row: dict[str, str], depth: int) -> None:
    """A list of values is one cell; of a list of objects each key is one, as long as the list."""
    if not any(isinstance(one, dict | list) for one in values):
        row[name] = "|".join(_part(_cell(one, name), name) for one in values)
        return
    parts: list[dict[str, str]] = []
    for one in values:
        if not isinstance(one, dict):
            raise _Bad("a list holds objects and other values", name)
        parts.append({})
        _flatten(one, f"{name}.", parts[-1], depth + 1)
    for key in dict.fromkeys(key for part in parts for key in part):
        row[key] = "|".join(_part(part.get(key, ""), key) for part in parts)


def _part(text: str, name: str) -> str:
    if "|" in text:
        raise _Bad("a value of a list has the mark | in it, which parts the values of a list", name, text)
    return text


def _cell(value: Any, name: str) -> str:
    if isinstance(value, str):
        return _text(value, name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() and abs(value.adjusted()) < 40 else str(value)
    try:
        return str(value)
    except ValueError as exc:  # of more digits than Python writes
        raise _Bad("the number is too long", name) from exc


def _text(text: str, name: str) -> str:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as exc:
            raise _Bad("the value has half a character in it", name) from exc
    if "\0" in text:
        raise _Bad("the value has a NUL character in it", name, text)
    return text
