"""Where a claim stands, as other programs count: paths with `/`, lines, columns in UTF-16 code units."""

from __future__ import annotations

import os
import posixpath
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from verifier.model import Document, Span
from verifier.reports.escape import web_address

__all__ = ["Region", "Regions", "file_address", "file_name", "has_lines"]

_BREAK = re.compile("\n")
_PAIR = re.compile("[\U00010000-\U0010ffff]")
_AS_WRITTEN = ("", ".txt", ".text", ".md", ".markdown")
"""Suffixes of files whose characters are those of the text; of others only an extract is checked."""


@dataclass(frozen=True, slots=True)
class Region:
    """From this line and column up to, not including, that; both are counted from 1."""

    line: int
    column: int
    end_line: int
    end_column: int


class Regions:
    """Turns spans of a text into regions. A column is a UTF-16 code unit, as editors and GitHub count."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        self._pairs = [match.start() for match in _PAIR.finditer(text)]

    def region(self, span: Span) -> Region:
        """The region of a span."""
        return Region(*self._place(span.start), *self._place(span.end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        pairs = bisect_left(self._pairs, offset) - bisect_left(self._pairs, start)
        return line, offset - start + pairs + 1


def has_lines(document: Document) -> bool:
    """Whether the lines of the text are those of the file; of a Word file or a web page they are not."""
    if not file_name(document.name) or web_address(document.name):
        return False
    suffix = PurePosixPath(file_name(document.name)).suffix.casefold()
    return suffix in _AS_WRITTEN or suffix[1:].isdigit()


def file_name(name: str) -> str:
    """The path with `/`, from the current folder if it lies in it; "" for what was read from no file."""
    if name in ("", "-"):
        return ""
    if web_address(name):
        return name
    path = posixpath.normpath(name if os.sep == "/" else name.replace(os.sep, "/"))
    if os.path.isabs(name):
        here = posixpath.normpath(os.getcwd().replace(os.sep, "/"))
        return path.removeprefix(here.rstrip("/") + "/")
    return path


def file_address(name: str) -> str:
    """The same as an address: relative, or `file:///...`, or of the web; "" for no file."""
    path = file_name(name)
    if not path or web_address(path):
        return web_address(path)
    try:
        inside = quote(path.encode("utf-8", "surrogateescape"))  # as the bytes that the file system has
    except UnicodeEncodeError:
        inside = quote(path, errors="replace")
    if path.startswith("/") or os.path.isabs(path):
        return "file:///" + inside.lstrip("/").replace("%3A", ":", 1 if path[1:2] == ":" else 0)
    return inside
