"""Plain text: all of it is prose, but for comments that are marks (`<!-- verifier: ignore -->`)."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from verifier.errors import InputError
from verifier.model import Document, Mark, Scope, Span
from verifier.readers.comments import (
    NOTHING_FOLLOWS,
    Comment,
    Lines,
    Word,
    comments_in,
    looks_like_mark,
    paired,
)

__all__ = ["decode", "decode_as", "read"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BLANK = re.compile(r"(?>\r\n?|\n)[^\S\r\n]*(?>\r\n?|\n)\s*")
"""Parts two paragraphs; atomic, or the two characters of one line end of Windows would be two."""


def decode(data: bytes, name: str) -> str:
    """The characters as they are written, line ends included; only a byte order mark is no part of the text.

    UTF-8, or what a byte order mark says. Raises `InputError` for anything else: a guess would put wrong
    letters into names.
    """
    encoding, start = next(
        ((known, len(mark)) for mark, known in _MARKS if data.startswith(mark)), ("utf-8", 0)
    )
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as exc:
        at = start + exc.start
        line = data.count(b"\n", 0, at) + 1
        raise InputError(
            f"{name}:{line}: byte {at} (0x{data[at]:02X}) is not {encoding.upper()}: save the text as UTF-8"
        ) from exc
    if "\0" in text:
        raise InputError(f"{name}: not a text (it holds a NUL character): save it as text or Markdown")
    if not text.strip():
        raise InputError(f"{name}: the document is empty")
    return text


def decode_as(data: bytes, encoding: str, name: str) -> str:
    """The characters in the encoding that a document or its server names; what is none becomes U+FFFD.

    Raises `InputError` if no such encoding is known.
    """
    try:
        return data.decode(encoding, "replace")
    except (LookupError, ValueError) as exc:  # Python knows "idna" and "undefined", which are none of texts
        raise InputError(f"{name}: its encoding {encoding[:40]!r} is not known: save it as UTF-8") from exc


def read(data: bytes, name: str) -> Document:
    """Read a plain text. Raises `InputError` if it is empty, binary or in another encoding."""
    document = Document(text=decode(data, name), name=name)
    return _marked(document) if looks_like_mark(document.text) else document


def _marked(document: Document) -> Document:
    """The document with its marks, which are no prose; what lies between two paragraphs is none either."""
    text = document.text
    comments = list(comments_in(text))
    if not comments:
        return document
    lines = Lines(text)
    paragraphs = list(_paragraphs(text))
    prose = list(_without(paragraphs, comments, text))
    if not prose:
        raise InputError(f"{document.name}: there is no prose in it: only comments")
    told = paired(((comment, lines.at(comment.span.start)) for comment in comments), len(text))
    return replace(document, prose=tuple(prose), marks=tuple(_placed(told, paragraphs, prose)))


def _paragraphs(text: str) -> Iterator[Span]:
    begin = 0
    for gap in _BLANK.finditer(text):
        if begin < gap.start():
            yield Span(begin, gap.start())
        begin = gap.end()
    if begin < len(text):
        yield Span(begin, len(text))


def _without(paragraphs: Sequence[Span], comments: Sequence[Comment], text: str) -> Iterator[Span]:
    """The paragraphs in pieces, without the comments."""
    left = deque(comment.span for comment in comments)
    at = 0
    for paragraph in paragraphs:
        at = max(at, paragraph.start)
        while left and left[0].start < paragraph.end:
            cut = left.popleft()
            if text[at : cut.start].strip():
                yield Span(at, cut.start)
            at = max(at, cut.end)
        if text[at : paragraph.end].strip():
            yield Span(at, paragraph.end)


def _placed(
    told: Mapping[Comment, Mark], paragraphs: Sequence[Span], prose: Sequence[Span]
) -> Iterator[Mark]:
    """The marks, those that ignore with what they cover: each paragraph is a block."""
    starts = [span.start for span in paragraphs]
    follows = 0
    for comment, mark in told.items():
        if comment.word is not Word.IGNORE:
            yield mark
            continue
        while follows < len(prose) and prose[follows].start < comment.span.end:
            follows += 1
        block = paragraphs[bisect_right(starts, comment.span.start) - 1]
        if follows and prose[follows - 1].start >= block.start:
            yield replace(mark, scope=Scope.SENTENCE, covers=(Span(block.start, comment.span.start),))
        elif follows == len(prose):
            yield replace(mark, problem=NOTHING_FOLLOWS)
        else:
            start = prose[follows].start
            yield replace(mark, covers=(Span(start, paragraphs[bisect_right(starts, start) - 1].end),))
