"""From the bytes of one file to cells of text, each row with the line on which it starts.

Everything in a file is hostile until it is parsed: what cannot be read without guessing is refused as a
whole, with the place and what would be right. Cells are kept as they are written (formulas, control
characters, bidi marks).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from verifier.errors import TableError

__all__ = ["LONGEST_CELL", "Sheet", "check_header", "decode", "find_delimiter", "read_delimited"]

LONGEST_CELL = 131_072
"""Characters; also the limit of the `csv` module."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAVE_AS_UTF8 = "save the file as UTF-8: in a spreadsheet, 'Save as' and then 'CSV UTF-8'"
_QUOTING = 'put the whole cell in quotes and double the quotes in it: "the ""Big"" one"'
_DECIMAL_COMMA = re.compile(r"\s*[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+)\s*")
_CONTINENTAL = re.compile(r"\s*[+-]?(?:\d+,\d+|\d{1,3}(?:\.\d{3})+(?:,\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file's header and rows; every row has as many cells as the header."""

    path: Path
    name: str
    """How a row of it is cited: `my_table.csv`, or `folder/statements.csv`."""
    header: tuple[str, ...]
    rows: Sequence[tuple[int, list[str]]]
    """The line (in Parquet, the row) on which a row starts, from 1, and its cells."""
    unit: str = "line"
    """What the number counts."""


def decode(data: bytes, path: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, or in UTF-16 with one.

    Raises `TableError` that names the first byte that is something else: a wrong guess would be mojibake.
    """
    encoding, start = next(((name, len(bom)) for bom, name in _BOMS if data.startswith(bom)), ("utf-8", 0))
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, start + exc.start) + 1
        problem = f"byte {start + exc.start} (0x{data[start + exc.start]:02X}) is not {encoding.upper()}"
        raise TableError(problem, path=path, line=line, hint=_SAVE_AS_UTF8) from exc
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise TableError("a NUL character: this is not a text file", path=path, line=line, hint=_SAVE_AS_UTF8)
    return text


def check_header(header: Sequence[str], path: Path, *, line: int = 1) -> tuple[str, ...]:
    """The column names, trimmed. Raises `TableError` for none at all, or for two alike."""
    names = tuple(name.strip() for name in header)
    if not any(names):
        raise TableError(
            "the table has no header", path=path, line=line, hint="the first line names the columns"
        )
    seen: dict[str, str] = {}
    for name in names:
        if name and name.casefold() in seen:
            raise TableError(
                "two columns have the same name", path=path, line=line, column=name, hint="rename one of them"
            )
        seen[name.casefold()] = name
    return names


def read_delimited(data: bytes, *, path: Path, name: str) -> Sheet:
    """Read CSV (commas, semicolons or tabs, found out from its first records) or TSV.

    Where semicolons part the cells, a comma may begin the decimals: if one number of the file can only be
    read so ("10,5"), then all are, and "1.234,5" and "1,234" become 1234.5 and 1.234.

    Raises `TableError` for another encoding, an empty file, quotes that do not close, a row of another length
    than the header, a cell of more than `LONGEST_CELL` characters, and cells under a column without a name.
    """
    text = decode(data, path)
    delimiter = "\t" if path.suffix.casefold() in (".tsv", ".tab") else find_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: tuple[str, ...] | None = None
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if header is None:
                if any(cell.strip() for cell in cells):
                    header = check_header(cells, path, line=line)
            elif len(cells) == len(header):
                if any(cells):
                    rows.append((line, cells))
            elif any(cell.strip() for cell in cells):
                raise _ragged(cells, header, path=path, line=line)
            line = reader.line_num + 1
    except csv.Error as exc:
        raise _csv_error(exc, path=path, line=line) from exc
    if header is None:
        raise TableError("the file is empty", path=path, hint="the first line names the columns")
    _check_nameless(header, rows, path)
    if delimiter == ";" and any(_DECIMAL_COMMA.fullmatch(cell) for _, cells in rows for cell in cells):
        rows = [(line, [_with_point(cell) for cell in cells]) for line, cells in rows]
    return Sheet(path, name, header, rows)


def find_delimiter(text: str, among: str = ",;\t") -> str:
    """The delimiter of these under which the first records have the most columns, all of the same number."""

    def columns(delimiter: str) -> tuple[bool, int]:
        try:
            records = csv.reader(io.StringIO(text[:65_536], newline=""), delimiter=delimiter)
            widths = [len(record) for record in islice(records, 20) if record]
        except csv.Error:
            return False, 0
        whole = widths[:-1] if len(text) > 65_536 and len(widths) > 1 else widths
        return min(whole, default=0) == max(whole, default=0) > 1, widths[0] if widths else 0

    return max(among, key=columns)


def _with_point(cell: str) -> str:
    return cell.replace(".", "").replace(",", ".") if _CONTINENTAL.fullmatch(cell) else cell


def _ragged(cells: Sequence[str], header: Sequence[str], *, path: Path, line: int) -> TableError:
    problem = f"the row has {len(cells)} cells, the header has {len(header)}"
    if len(cells) > len(header):
        hint = "a cell that holds the delimiter or a line break is written in quotes"
        return TableError(problem, path=path, line=line, value=cells[len(header)], hint=hint)
    return TableError(
        problem, path=path, line=line, column=header[len(cells)] or None, hint="leave a cell empty, not out"
    )


def _csv_error(exc: csv.Error, *, path: Path, line: int) -> TableError:
    message = str(exc)
    if "field larger" in message:
        problem, hint = (
            f"a cell has more than {LONGEST_CELL:,} characters",
            "a quote that never closes also does this",
        )
    elif "unexpected end" in message:
        problem, hint = "a quoted cell that begins in this row never ends", _QUOTING
    elif "expected after" in message:
        problem, hint = "text after the closing quote of a cell", _QUOTING
    else:
        problem, hint = f"not a CSV row: {message}", _QUOTING
    return TableError(problem, path=path, line=line, hint=hint)


def _check_nameless(header: Sequence[str], rows: Sequence[tuple[int, list[str]]], path: Path) -> None:
    for index, name in enumerate(header):
        if name:
            continue
        for line, cells in rows:
            if cells[index].strip():
                raise TableError(
                    f"column {index + 1} has no name",
                    path=path,
                    line=line,
                    value=cells[index],
                    hint="name it in the header",
                )
