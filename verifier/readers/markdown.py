"""Markdown (CommonMark, with GitHub's tables and footnotes): the text as it is, and where its prose lies.

No character is moved, so that offsets hold in the file as an editor shows it. Code, HTML, comments, tables,
images, link targets and markup are no prose. Front matter between two lines of `---` may give `date:` (or
`as_of:`), the day that the document's claims are about, and `title:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from verifier.dates import parse_date
from verifier.errors import InputError
from verifier.model import Date, Document, Span
from verifier.readers import text as plain
from verifier.readers.blocks import Block, blocks
from verifier.readers.inline import blank_inline
from verifier.readers.markdown_marks import IN_FRONT, Placed, in_tables, in_vain, marks_of, placed

__all__ = ["read"]

_FRONT = re.compile(r"---[ \t]*\r?\n(?P<keys>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"(?P<key>[A-Za-z_]+) ?:(?P<value>.*)")
_UNREAD = re.compile(r"<(?P<name>!--|(?:script|style|pre|textarea|svg|table)\b)", re.IGNORECASE)
"""What begins a stretch of HTML without prose."""

_BEYOND = ("svg", "table")
"""Those that a blank line does not end, though Markdown ends the block of HTML there."""


def read(data: bytes, name: str) -> Document:
    """Read a Markdown text.

    Raises `InputError` if it is empty, binary, in another encoding, without any prose, or dated by something
    that is no date.
    """
    text = plain.decode(data, name)
    document = Document(text=text, name=name)
    body = 0
    if front := _FRONT.match(text):
        document = _with_front_matter(document, front["keys"])
        body = front.end()
    prose, comments = _prose(text, body)
    if not prose:
        raise InputError(f"{name}: there is no prose in it: only markup, code or tables")
    comments = [*in_vain(text, Span(0, body), IN_FRONT), *comments]
    return replace(document, prose=prose, marks=marks_of(text, body, comments, prose))


def _with_front_matter(document: Document, keys: str) -> Document:
    as_of: dict[str, Date] = {}
    title = ""
    for number, line in enumerate(keys.splitlines(), start=2):
        match = _KEY.fullmatch(line)
        if match is None:
            continue
        value = match["value"].partition(" #")[0].strip(" \t\"'")
        if match["key"] == "title":
            title = value
        elif match["key"] in ("date", "as_of") and value:
            try:  # a time of day, as site generators write it, does not matter
                as_of[match["key"]] = parse_date(re.split(r"[T ]", value)[0])
            except ValueError as exc:
                problem = f"{match['key']} is {value[:40]!r}, which is not a date: write it as 2021-02-01"
                raise InputError(f"{document.name}:{number}: {problem}") from exc
    day = as_of.get("as_of", as_of.get("date"))
    return replace(document, as_of=day, title=title, dated="" if day is None else "front matter")


def _prose(text: str, body: int) -> tuple[tuple[Span, ...], list[Placed]]:
    """The runs of prose from offset `body` on, and the marks with the blocks that they are in."""
    mask = bytearray(len(text))
    comments: list[Placed] = []
    found = list(blocks(text, body))
    for block in found:
        for first, last in block.pieces:
            mask[first:last] = b"\1" * (last - first)
    html = [block for block in found if block.html]
    for first, last in _between_tags(text, html):
        mask[first:last] = bytes(last - first)
    for block, first, last in _unread(text, html):
        mask[first:last] = bytes(last - first)
        if text.startswith("<!--", first):
            comments += placed(text, block, [(first, last)])
        elif text[first : first + 6].casefold() == "<table":
            comments += in_vain(text, Span(first, last))
    for block in found:
        start, end = block.pieces[0][0], block.pieces[-1][1]
        inside = placed(text, block, blank_inline(text, start, end, mask))
        if not block.html:
            for comment in inside:
                mask[comment.span.start : comment.span.end] = bytes(comment.span.end - comment.span.start)
            comments += inside
        if not any(text[at].isalnum() for at in range(start, end) if mask[at]):
            mask[start:end] = bytes(end - start)
    comments += in_tables(text, body)
    comments.sort(key=lambda comment: comment.span)
    return tuple(Span(*match.span()) for match in re.finditer(rb"\x01+", mask)), comments


def _between_tags(text: str, html: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """The line ends before a line that begins with a tag: most such tags begin an item or a paragraph."""
    for block in html:
        for (first, last), (following, _) in pairwise(block.pieces):
            if text.startswith("<", following):
                yield first + len(text[first:last].rstrip("\r\n")), following


def _unread(text: str, html: Iterable[Block]) -> Iterator[tuple[Block, int, int]]:
    """Comments, scripts, drawings and tables, up to where each is closed, or else to the end of its block."""
    done = 0
    never_closed: set[str] = set()
    for block in html:
        start, end = block.pieces[0][0], block.pieces[-1][1]
        while (opening := _UNREAD.search(text, max(start, done), end)) is not None:
            name = opening["name"].casefold()
            limit = len(text) if name in _BEYOND and name not in never_closed else end
            closing = re.compile("-->" if name == "!--" else f"</{name}>", re.IGNORECASE)
            closed = closing.search(text, opening.end(), limit)
            if closed is None:
                never_closed.add(name)
            done = end if closed is None else closed.end()
            yield block, opening.start(), done
