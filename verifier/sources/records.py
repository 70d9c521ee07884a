"""Tables that are not delimited text: JSON lines and Parquet, turned into the same cells of text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from verifier.errors import InputError, TableError
from verifier.sources.sheets import LONGEST_CELL, Sheet, check_header, decode

__all__ = ["read_jsonl", "read_parquet"]


def read_jsonl(data: bytes, *, path: Path, name: str) -> Sheet:
    """Read one JSON object a line: its keys are columns, a list is a cell with several values.

    Numbers keep the digits that they are written with. Raises `TableError` for a line that is no JSON object,
    a key that comes twice, a value inside a value, half a surrogate pair, and a cell of more than
    `LONGEST_CELL` characters.
    """
    numbered = [
        (number, line)
        for number, line in enumerate(decode(data, path).split("\n"), start=1)
        if line and not line.isspace()
    ]
    if not numbered:
        raise TableError("the file is empty", path=path, hint="write one JSON object a line")
    decoder = json.JSONDecoder(
        object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=_no_constant
    )
    objects: list[tuple[int, dict[str, Any]]] = []
    for number, line in numbered:
        try:
            row = decoder.decode(line.strip())
        except (ValueError, RecursionError) as exc:
            raise TableError(
                f"not JSON: {exc}", path=path, line=number, hint="write one JSON object a line"
            ) from exc
        if not isinstance(row, dict):
            raise TableError(
                "not a JSON object", path=path, line=number, hint='write {"subject": "...", ...}'
            )
        objects.append((number, row))
    return _sheet(objects, path=path, name=name, unit="line")


def read_parquet(data: bytes, *, path: Path, name: str) -> Sheet:
    """Read a Parquet file; a list column holds several values a cell.

    Raises `TableError` for a file that is none, and `InputError` that names the extra if pyarrow is not
    installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as exc:
        raise InputError(
            f"{path}: Parquet needs pyarrow: pip install '.[parquet]' in the checkout of verifier"
        ) from exc
    try:
        table = pq.read_table(pa.BufferReader(data))
        rows = table.to_pylist()
    except (pa.ArrowException, OSError, ValueError, OverflowError) as exc:
        raise TableError(f"not a Parquet file: {exc}", path=path) from exc
    names = check_header([str(column) for column in table.column_names], path)
    objects = [
        (number, dict(zip(names, row.values(), strict=True))) for number, row in enumerate(rows, start=1)
    ]
    return _sheet(objects, path=path, name=name, unit="row")


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        twice = next(key for number, (key, _) in enumerate(pairs) if key in dict(pairs[:number]))
        raise ValueError(f"the key {twice!r} comes twice")
    return row


def _no_constant(constant: str) -> Any:
    raise ValueError(f"{constant} is not a value")


def _sheet(objects: Sequence[tuple[int, dict[str, Any]]], *, path: Path, name: str, unit: str) -> Sheet:
    keys = list(dict.fromkeys(key for _, row in objects for key in row))
    header = check_header(keys, path)
    if not all(header):
        raise TableError("a column has no name", path=path, hint="name it")
    rows = [
        (number, [_cell(row.get(key), path=path, line=number, column=key) for key in keys])
        for number, row in objects
    ]
    return Sheet(path, name, header, [row for row in rows if any(row[1])], unit)


def _cell(value: Any, *, path: Path, line: int, column: str) -> str:
    if isinstance(value, list | tuple):
        return "|".join(_cells(value, path=path, line=line, column=column))
    if value is None or value != value:  # NaN, the empty cell of a column of numbers, differs from itself
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))  # whole numbers become floats in a column with an empty cell
    if isinstance(value, datetime | date):
        midnight = not isinstance(value, datetime) or (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.isoformat()[:10] if midnight else value.isoformat()
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    if isinstance(value, dict):
        raise TableError(
            "a cell holds an object",
            path=path,
            line=line,
            column=column,
            hint="write a text or a list of texts",
        )
    if len(text) > LONGEST_CELL:
        raise TableError(
            f"a cell has more than {LONGEST_CELL:,} characters", path=path, line=line, column=column
        )
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as exc:
            raise TableError(
                "half a surrogate pair", path=path, line=line, column=column, hint="write the whole character"
            ) from exc
    if "\0" in text:
        raise TableError("a NUL character", path=path, line=line, column=column)
    return text


def _cells(values: Iterable[Any], *, path: Path, line: int, column: str) -> Iterable[str]:
    for value in values:
        if isinstance(value, list | tuple):
            raise TableError(
                "a list in a list", path=path, line=line, column=column, hint="write one list of texts"
            )
        yield _cell(value, path=path, line=line, column=column)
