"""Streams the entities of a dump: entity JSON, one entity a line or one array, plain, gzip or bzip2.

The forms are those of https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html and of the weekly
dumps (`[`, one entity a line, each followed by a comma, `]`), of `Special:EntityData` and of `wbgetentities`.
Memory holds one entity. What is no entity is counted, with the line it stands in, and passed over.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from verifier.errors import InputError

__all__ = ["Broken", "read_dump"]

_LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one entity; the largest of Wikidata have some four million."""
_CHUNK = 1 << 20
_HEAD = 1 << 16
_KEPT = 20
_OPENERS: Mapping[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZ": bz2.open,
}
"""How a packed file is read, by its first two bytes."""


@dataclass(slots=True)
class Broken:
    """What was passed over: how many, and the first few with their place."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, place: str, problem: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.first) < _KEPT:
            self.first.append(f"{place}: {problem}")


def read_dump(
    path: Path, *, broken: Broken, progress: Callable[[int, int], None] | None = None
) -> Iterator[Mapping[str, Any]]:
    """The entities of a dump, in its order; "-" is stdin.

    `progress` is told how many bytes of the file are read, and its size (0 if that is not known). Raises
    `InputError` if the file cannot be read at all; a compressed file that ends too early gives what it
    has, and counts as one broken line.
    """
    try:
        raw = sys.stdin.buffer if str(path) == "-" else path.open("rb")
        size = 0 if str(path) == "-" else path.stat().st_size
    except OSError as exc:
        raise InputError(f"{path}: cannot be read: {exc.strerror}") from exc
    with raw:
        counted = _Counted(raw, size, progress)
        file = io.BufferedReader(counted, _CHUNK)
        opener = next((of for magic, of in _OPENERS.items() if file.peek(2)[:2] == magic), None)
        stream = file if opener is None else io.BufferedReader(opener(file), _HEAD)
        try:
            within = _within(stream.peek(_HEAD))
        except (EOFError, OSError, zlib.error) as exc:
            raise InputError(f"{path}: cannot be unpacked: {exc}") from exc
        if within is None:
            yield from _in_lines(stream, str(path), broken)
        else:
            yield from _in_one(stream, within, str(path), broken)


class _Counted(io.RawIOBase):
    """A file that tells how much of it was read."""

    def __init__(self, file: IO[bytes], size: int, told: Callable[[int, int], None] | None) -> None:
        self._file, self._size, self._told, self._read = file, size, told, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._read += len(data)
        if self._told is not None:
            self._told(self._read, self._size)
        return len(data)


def _within(head: bytes) -> str | None:
    """Where in one JSON document the entities are, as ijson names it; None for a file of lines."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    first, _, rest = text.partition(b"\n")
    second = rest.lstrip().partition(b"\n")[0].strip()
    if text.startswith(b"["):
        return "item" if first.strip() != b"[" or second == b"{" else None
    if first.strip() == b"{" or first.rstrip().endswith(b": {"):
        return "entities" if b'"entities"' in text[:400] else ""
    return None


def _in_one(stream: IO[bytes], within: str, path: str, broken: Broken) -> Iterator[Mapping[str, Any]]:
    """The entities of a file that is one JSON document, whatever its lines."""
    import ijson

    try:
        if within == "entities":
            found = (item for _, item in ijson.kvitems(stream, within, use_float=True))
        else:
            found = ijson.items(stream, within, use_float=True)
        for number, item in enumerate(found, 1):
            if isinstance(item, Mapping):
                yield item
            else:
                broken.add(f"{path}, entity {number}", f"a {type(item).__name__}, and no object")
    except (EOFError, OSError, RecursionError, ValueError, zlib.error, ijson.JSONError) as exc:
        broken.add(path, f"the file is cut off or damaged: {exc}")


def _in_lines(stream: IO[bytes], path: str, broken: Broken) -> Iterator[Mapping[str, Any]]:
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(_LONGEST_LINE)
        except (EOFError, OSError, zlib.error) as exc:
            broken.add(f"{path}:{number}", f"the file is cut off or damaged here: {exc}")
            return
        if not line:
            return
        if len(line) >= _LONGEST_LINE and not line.endswith(b"\n"):
            broken.add(f"{path}:{number}", f"longer than {_LONGEST_LINE} bytes")
            while line and not line.endswith(b"\n"):
                line = stream.readline(_LONGEST_LINE)
            continue
        text = line.strip().removeprefix(b"\xef\xbb\xbf").rstrip(b",").strip()
        if text in (b"", b"[", b"]"):
            continue
        try:
            yield from _in_line(text)
        except (ValueError, RecursionError) as exc:
            broken.add(f"{path}:{number}", f"not JSON of an entity: {exc}")


def _in_line(text: bytes) -> Iterator[Mapping[str, Any]]:
    """The entity of one line; or all of an answer of the service, or of an array, in one line."""
    data = json.loads(text)
    if isinstance(data, Mapping) and isinstance(data.get("entities"), Mapping) and "id" not in data:
        data = list(data["entities"].values())
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, Mapping):
            raise ValueError(f"a {type(item).__name__}, and no object")
        yield item
