"""Rows of CSV: the delimiter is found out, and a row that is broken loses no other."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import IO, TYPE_CHECKING

from verifier.errors import SourceError
from verifier.night import Refused
from verifier.refresh.raw_frame import frame_of
from verifier.refresh.raw_terms import UNKNOWN, is_unknown
from verifier.sources.sheets import find_delimiter

if TYPE_CHECKING:
    from _csv import Reader

    import pandas as pd

__all__ = ["read_rows"]

_BEGINNING = 65_536
"""Characters by which the delimiter is found out."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
_DELIMITERS = ",;\t|"
_LONGEST_LINE = 1 << 24
_SHOWN = 200


def read_rows(
    file: IO[bytes],
    refuse: Callable[[Refused], None],
    *,
    origin: str,
    chunk: int,
    delimiter: str = "",
    media: str = "",
    answer: bool = False,
) -> Iterator[pd.DataFrame]:
    """Frames of at most `chunk` rows; `answer` if it is that of a query, in which `_:x` is an unknown value.

    The numbers are those of the lines on which the rows start. Raises `SourceError` for an empty file,
    another encoding than UTF-8 (UTF-16 with its mark, or what the media type names), two columns of one name,
    and quotes that do not close.
    """
    encoding = _encoding(file, media, origin)
    with io.TextIOWrapper(file, encoding=encoding, errors="strict", newline="") as text:
        lines = _Lines(text, origin, encoding)
        beginning = lines.beginning(_BEGINNING)
        reader = csv.reader(
            lines,
            delimiter=delimiter or find_delimiter(beginning, _DELIMITERS),
            strict=True,
        )
        header = _header(reader, origin)
        yield from _frames(reader, header, refuse, origin=origin, chunk=chunk, answer=answer)


def _frames(
    reader: Reader,
    header: Sequence[str],
    refuse: Callable[[Refused], None],
    *,
    origin: str,
    chunk: int,
    answer: bool,
) -> Iterator[pd.DataFrame]:
    numbers: list[int] = []
    rows: list[list[str]] = []
    width, begun, line = len(header), False, reader.line_num + 1
    while True:
        try:
            for cells in reader:
                if len(cells) > width and not any(cells[width:]):
                    del cells[width:]  # delimiters at the end of a line part nothing
                if len(cells) != width:
                    if any(cells):
                        refuse(_ragged(cells, header, line))
                elif answer and any(map(is_unknown, cells)):
                    refuse(_unknown(cells, header, line))
                else:
                    numbers.append(line)
                    rows.append(cells)
                    if len(rows) == chunk:
                        yield frame_of(header, numbers, rows)
                        begun, numbers, rows = True, [], []
                line = reader.line_num + 1
            break
        except csv.Error as exc:
            refuse(_broken(exc, line, reader.line_num, origin))
            line = reader.line_num + 1
    if rows or not begun:
        yield frame_of(header, numbers, rows)


class _Lines:
    """The lines of a text, of which the beginning can be looked at before."""

    def __init__(self, text: io.TextIOWrapper, origin: str, encoding: str) -> None:
        self._text, self._origin, self._encoding = text, origin, encoding
        self._lines: Iterable[str] = ()
        self._number = 0

    def beginning(self, most: int) -> str:
        """The first lines, which are read again afterwards."""
        try:
            beginning = self._text.read(most) + self._text.readline(_LONGEST_LINE)
        except UnicodeDecodeError as exc:
            raise self._other_encoding(exc) from exc
        rest = iter(partial(self._text.readline, _LONGEST_LINE), "")  # no line fills the memory
        self._lines = chain(io.StringIO(beginning, newline=""), rest)
        return beginning

    def __iter__(self) -> Iterator[str]:
        try:
            for line in self._lines:
                self._number += 1
                if len(line) >= _LONGEST_LINE:
                    raise SourceError(f"{self._origin}: line {self._number} is too long: it is no table")
                if "\0" in line:
                    raise SourceError(
                        f"{self._origin}: line {self._number} has a NUL character: it is no text file"
                    )
                yield line
        except UnicodeDecodeError as exc:
            raise self._other_encoding(exc) from exc

    def _other_encoding(self, exc: UnicodeDecodeError) -> SourceError:
        wrong = f"0x{exc.object[exc.start]:02X}"
        return SourceError(
            f"{self._origin}: after line {self._number} the byte {wrong} is not {self._encoding.upper()}: "
            "it must be given as UTF-8"
        )


def _encoding(file: IO[bytes], media: str, origin: str) -> str:
    head = file.peek(4)[:4]  # type: ignore[attr-defined]
    marked = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    if marked is not None:
        return marked
    named = _CHARSET.search(media)
    name = named[1] if named else "utf-8"
    try:
        return codecs.lookup(name).name if codecs.lookup(name)._is_text_encoding else "utf-8"
    except LookupError as exc:
        raise SourceError(
            f"{origin}: its encoding {name!r:.40} is not known: it must be given as UTF-8"
        ) from exc


def _header(reader: Reader, origin: str) -> list[str]:
    try:
        cells = next((cells for cells in reader if any(cell.strip() for cell in cells)), None)
    except csv.Error as exc:
        raise SourceError(f"{origin}: its first line names no columns: {exc}") from exc
    if cells is None:
        raise SourceError(f"{origin}: it is empty, even without a line that names the columns")
    last = max(number for number, cell in enumerate(cells, start=1) if cell.strip())
    header = [cell.strip() or f"column {number}" for number, cell in enumerate(cells[:last], start=1)]
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise SourceError(
            f"{origin}: two of its columns are called {twice[:_SHOWN]!r}: one must have another name"
        )
    return header


def _ragged(cells: Sequence[str], header: Sequence[str], line: int) -> Refused:
    problem = f"the row has {len(cells)} cells, the header has {len(header)}"
    if len(cells) < len(header):
        return Refused(line, header[len(cells)], "", problem)
    return Refused(line, "", cells[len(header)][:_SHOWN], problem)


def _unknown(cells: Sequence[str], header: Sequence[str], line: int) -> Refused:
    column = next(name for name, cell in zip(header, cells, strict=True) if is_unknown(cell))
    return Refused(line, column, "", UNKNOWN)


def _broken(exc: csv.Error, first: int, last: int, origin: str) -> Refused:
    """A row that cannot be parsed. Raises `SourceError` if no row after it can be, either."""
    message = str(exc)
    if "unexpected end" in message or "field larger" in message:
        raise SourceError(
            f"{origin}: the quotation mark of a cell on line {first} is not closed: one in a cell is doubled"
        ) from exc
    what = "there is text after the closing quote of a cell" if "expected after" in message else message
    lost = f" (lines {first} to {last} are lost with it)" if last > first else ""
    return Refused(first, "", "", what + lost)
