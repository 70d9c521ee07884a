"""Claims tables: a row asks about a sentence (`claim`) or about a triple (`subject, predicate, object`).

CSV, TSV, JSON lines and Parquet, and data frames with the same columns. `start` and `end`
claim when it began and ended, `point_in_time` that it held or happened then; `gold` labels a row for
`verifier evaluate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from verifier.dates import parse_date
from verifier.errors import TableError
from verifier.model import ClaimRow, Date, Verdict
from verifier.sources.sheets import Sheet, check_header
from verifier.sources.table import FORMATS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read", "rows_of_frame"]

_TRIPLE = ("subject", "predicate", "object")
_YES = ("1", "true", "yes", "y", "negated")
_NO = ("", "0", "false", "no", "n")


def read(data: bytes, name: str) -> tuple[ClaimRow, ...]:
    """Read a claims table whose name has one of the suffixes of `sources.table.FORMATS`.

    Raises `TableError` that names line, column, value and what would be right.
    """
    path = Path(name)
    return _rows(FORMATS[path.suffix.casefold()](data, path=path, name=path.name))


def rows_of_frame(frame: pd.DataFrame, numbers: Iterable[int] | None = None) -> tuple[ClaimRow, ...]:
    """Read a data frame with the columns of a claims table; missing values are empty cells.

    `numbers` are those of its rows, by which errors name them: from 1, unless it is a part of another frame.
    Raises `TableError` that names row, column, value and what would be right.
    """
    path = Path("DataFrame")
    header = check_header([str(column) for column in frame.columns], path)
    cells = zip(*(_cells(frame.iloc[:, index]) for index in range(len(header))), strict=True)
    rows = zip(count(1) if numbers is None else numbers, map(list, cells), strict=numbers is not None)
    return _rows(Sheet(path, path.name, header, list(rows), unit="row"))


def _cells(column: pd.Series[Any]) -> Iterable[str]:
    for value, missing in zip(column.tolist(), column.isna().tolist(), strict=True):
        if missing:
            yield ""
        elif isinstance(value, datetime):
            yield value.date().isoformat()  # a stamp is of a day, and a claim's times are days at the finest
        elif hasattr(value, "isoformat"):
            yield value.isoformat()
        elif isinstance(value, float) and value.is_integer():
            yield str(int(value))  # a column of years with a gap in it is one of floats
        else:
            yield str(value).strip()


def _rows(sheet: Sheet) -> tuple[ClaimRow, ...]:
    """The rows of a sheet, each checked; where both forms are filled, `claim` is what is asked."""
    columns = {name.casefold(): index for index, name in enumerate(sheet.header)}
    missing = [name for name in _TRIPLE if name not in columns]
    if "claim" not in columns and missing:
        problem = "a claims table has a column `claim`, or `subject`, `predicate` and `object`"
        raise TableError(problem, path=sheet.path, line=1, hint=f"missing: {', '.join(missing)}")
    if not sheet.rows:
        raise TableError(
            "there are no claims below the header", path=sheet.path, hint="write one claim a row"
        )
    rows: list[ClaimRow] = []
    seen: dict[str, int] = {}
    for number, (line, cells) in enumerate(sheet.rows, start=1):
        row = _Row(sheet, line, columns, cells).read(number)
        if row.id in seen:
            problem = f"the id stands in {sheet.unit} {seen[row.id]} too"
            raise TableError(
                problem, path=sheet.path, line=line, column="id", value=row.id, hint="give each claim its own"
            )
        seen[row.id] = line
        rows.append(row)
    return tuple(rows)


class _Row:
    """One row under its header, with the place for an error."""

    def __init__(self, sheet: Sheet, line: int, columns: dict[str, int], cells: Sequence[str]) -> None:
        self._sheet, self._line, self._columns, self._cells = sheet, line, columns, cells

    def read(self, number: int) -> ClaimRow:
        """The row as a `ClaimRow`; without an `id` it is called by its number."""
        claim = self._text("claim")
        ends = dict(zip(_TRIPLE, map(self._text, _TRIPLE), strict=True))
        if not claim:
            for name in _TRIPLE:
                if not ends[name]:
                    self._refuse(
                        name if name in self._columns else "claim", "", "nothing is claimed", "fill the cell"
                    )
        start, end = self._date("start"), self._date("end")
        if start is not None and end is not None and end.latest < start.earliest:
            self._refuse(
                "end",
                self._text("end"),
                f"before the start ({self._text('start')})",
                "write the earlier one first",
            )
        return ClaimRow(
            id=self._text("id") or str(number),
            claim=claim,
            **ends,
            start=start,
            end=end,
            point_in_time=self._date("point_in_time"),
            negated=self._negated(),
            as_of=self._date("as_of"),
            line=self._line,
            gold=self._gold(),
        )

    def _text(self, column: str) -> str:
        index = self._columns.get(column)
        return "" if index is None else self._cells[index].strip()

    def _refuse(self, column: str, value: str, problem: str, hint: str) -> NoReturn:
        raise TableError(
            problem, path=self._sheet.path, line=self._line, column=column, value=value or None, hint=hint
        )

    def _date(self, column: str) -> Date | None:
        text = self._text(column)
        if not text:
            return None
        try:
            return parse_date(text)
        except ValueError as exc:
            self._refuse(column, text, "not a date", str(exc).rpartition(": ")[2])

    def _negated(self) -> bool:
        text = self._text("negated").casefold()
        if text not in (*_YES, *_NO):
            self._refuse("negated", text, "neither yes nor no", "write true or false, or leave it empty")
        return text in _YES

    def _gold(self) -> tuple[str, ...]:
        gold = tuple(word.strip().casefold() for word in self._text("gold").split("|") if word.strip())
        for word in gold:
            if word not in tuple(Verdict):
                allowed = ", ".join(Verdict)
                self._refuse("gold", word, "not a verdict", f"{allowed}, or several of them with | between")
        return gold
