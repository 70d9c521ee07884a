"""Reads what a source showed, chunk by chunk, as cells of text; whatever came is hostile until it is read.

What makes the file as a whole unusable is a `SourceError`: one sentence, and what to do. A row that the file
itself breaks is refused, and the others are read.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from verifier.errors import SourceError
from verifier.night import Feed, FeedKind, Refused
from verifier.refresh.fetch import LARGEST, RawFile, is_page

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CHUNK", "NUMBER", "RawRows", "open_rows", "read_raw"]

CHUNK = 50_000
"""Rows that are in memory at once."""
NUMBER = "#"
"""The column with the line of the file on which a row starts, or the number of the row; from 1."""

_MOST_REFUSED = 100_000
_HEAD = 4096
_GZIP = b"\x1f\x8b"
_OTHERS = {
    b"PK\x03\x04": "a ZIP archive or a spreadsheet",
    b"BZh": "packed by bzip2",
    b"\xfd7zXZ": "packed by xz",
    b"\x28\xb5\x2f\xfd": "packed by Zstandard",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"\xd0\xcf\x11\xe0": "a spreadsheet",
}


@dataclass(frozen=True, slots=True)
class RawRows:
    """The rows of one source, which are read as they are asked for."""

    frames: Iterator[pd.DataFrame]
    refused: list[Refused]
    """Rows that the file itself breaks; all are here once the frames are at their end."""


def open_rows(raw: RawFile, feed: Feed) -> RawRows:
    """The rows, and those that are refused; of too many, the frames raise `SourceError`."""
    refused: list[Refused] = []

    def refuse(row: Refused) -> None:
        refused.append(row)
        if len(refused) > _MOST_REFUSED:
            origin = raw.origin or raw.path
            raise SourceError(f"{origin}: more than {_MOST_REFUSED} of its rows are broken: {row.problem}")

    return RawRows(read_raw(raw, feed, refuse), refused)


def read_raw(
    raw: RawFile,
    feed: Feed,
    refuse: Callable[[Refused], None] = lambda row: None,
    *,
    chunk: int = CHUNK,
    largest: int = LARGEST,
) -> Iterator[pd.DataFrame]:
    """The rows as frames of `str`, a missing cell "", with `NUMBER` first; `refuse` is given those left out.

    At least one frame comes, be it without rows, so that the columns are known. Those of CSV and of a query
    are the same in each frame. In JSON a column is there from the first frame on in which a row has it: keys
    within keys are joined by dots, a list is `A|B`, and in a list of objects each key has such a list.

    A column of the file that is itself called `#` gives way. At most `largest` bytes are read, unpacked.
    Raises `SourceError`.
    """
    from verifier.refresh import raw_csv, raw_json

    origin = raw.origin or str(raw.path)
    with ExitStack() as stack:
        try:
            file = stack.enter_context(_opened(raw, origin, largest))
            if raw.kind is FeedKind.JSON:
                yield from raw_json.read_rows(file, feed.rows_at, refuse, origin=origin, chunk=chunk)
            elif raw.kind is FeedKind.SPARQL and "csv" not in raw.media.casefold():
                yield from raw_json.read_answer(file, refuse, origin=origin, chunk=chunk)
            else:
                yield from raw_csv.read_rows(
                    file,
                    refuse,
                    origin=origin,
                    chunk=chunk,
                    delimiter="," if raw.kind is FeedKind.SPARQL else feed.delimiter,
                    media=raw.media,
                    answer=raw.kind is FeedKind.SPARQL,
                )
        except EOFError as exc:
            raise SourceError(f"{origin}: the packed file ends too early: fetch it again") from exc
        except (zlib.error, gzip.BadGzipFile) as exc:
            raise SourceError(f"{origin}: the packed file is broken: fetch it again") from exc
        except OSError as exc:
            raise SourceError(f"{origin}: it cannot be read: {exc.strerror or exc}") from exc


def _opened(raw: RawFile, origin: str, largest: int) -> IO[bytes]:
    """The file, unpacked. Raises `SourceError` for what is no data by its first bytes."""
    with raw.path.open("rb") as file:
        packed = file.read(2) == _GZIP
    opened = gzip.open(raw.path, "rb") if packed else raw.path.open("rb")  # noqa: SIM115 # the reader closes it
    reader = io.BufferedReader(_Counted(cast(IO[bytes], opened), origin, largest), 1 << 18)
    try:
        head = reader.peek(_HEAD)[:_HEAD]
        other = next((name for start, name in _OTHERS.items() if head.startswith(start)), None)
        if other is not None:
            raise SourceError(f"{origin}: it is {other}: give it as CSV or JSON, plain or packed by gzip")
        if is_page(head, raw.kind):
            raise SourceError(
                f"{origin}: it is a web page instead of data: see whether the address is still right"
            )
    except BaseException:
        reader.close()
        raise
    return reader


class _Counted(io.RawIOBase):
    """Bytes up to so many, however well they are packed; it can be read again from its beginning."""

    def __init__(self, file: IO[bytes], origin: str, largest: int) -> None:
        self._file, self._origin, self._largest, self._left = file, origin, largest, largest

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._largest - self._left

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if (offset, whence) != (0, io.SEEK_SET):
            raise io.UnsupportedOperation("it is read from its beginning")
        self._file.seek(0)
        self._left = self._largest
        return 0

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        data = self._file.read(min(len(buffer), self._left + 1))
        self._left -= len(data)
        if self._left < 0:
            raise SourceError(f"{self._origin}: it has more than {self._largest} bytes: ask it for less")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()
