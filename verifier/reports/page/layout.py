"""How a text is laid out: headings, paragraphs, items; what of it was not read; and the marks of Markdown.

Only what the document says of itself is used: its characters, and which runs of them are prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from verifier.model import Document, Span

__all__ = ["Block", "Role", "blocks", "is_markup"]

_BREAK = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"(?>\r\n|\r|\n)[ \t\xa0]*(?>\r\n|\r|\n)\s*")
"""Atomic, or the two characters of one line end of Windows would be two."""
_LEAD = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)]|#{1,6})(?:[ \t]+|$))*[ \t]*")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*")
_TAG = re.compile(r"</?[A-Za-z!?](?!\w*:)")
_LONG_LINE = 120
_SHORT_HEADLINE = 200


class Role(Enum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    UNREAD = "unread"
    """Code, a table, a comment, front matter: shown, and not checked."""


@dataclass(frozen=True, slots=True)
class Block:
    """These characters are one block; `gaps` are the runs in it that are no prose, in order."""

    span: Span
    role: Role = Role.PARAGRAPH
    level: int = 0
    """Of a heading, from 1; of an item, how deep it is."""
    lead: str = ""
    """What stands before an item."""
    gaps: tuple[Span, ...] = ()
    lines: bool = False
    """True if the line breaks in it are meant: the text is not broken to a width."""


def blocks(document: Document) -> Iterator[Block]:
    """The blocks of a document, in order."""
    return _marked(document) if document.prose else _plain(document.text)


def _plain(text: str) -> Iterator[Block]:
    """Paragraphs are parted by blank lines; one short line at the head that ends no sentence is a heading."""
    lines = max(map(len, text.splitlines()), default=0) > _LONG_LINE
    at = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    first = True
    while at < end:
        blank = _BLANK.search(text, at, end)
        stop = blank.start() if blank else end
        words = text[at:stop].strip()
        headline = (
            first
            and blank is not None
            and len(words) <= _SHORT_HEADLINE
            and _BREAK.search(words) is None
            and words[-1:] not in ".,;:"
        )
        if words:
            yield Block(Span(at, stop), Role.HEADING if headline else Role.PARAGRAPH, 1, lines=lines)
        first = False
        at = blank.end() if blank else end


def _marked(document: Document) -> Iterator[Block]:
    """Blocks lie between gaps with a line break; what else is in such a gap was not read."""
    text, prose = document.text, document.prose
    groups: list[list[Span]] = []
    for span in prose:
        if groups and _BREAK.search(text, groups[-1][-1].end, span.start) is None:
            groups[-1].append(span)
        else:
            groups.append([span])
    before = 0
    for number, group in enumerate(groups):
        after = groups[number + 1][0].start if number + 1 < len(groups) else len(text)
        lead_at = _line_start(text, before, group[0].start)
        lead = _LEAD.match(text, lead_at, group[0].start)
        start = lead.end() if lead else group[0].start
        yield from _unread(text, before, lead_at)
        line_end = _BREAK.search(text, group[-1].end, after)
        end = line_end.start() if line_end else after
        below, before = _underlined(text, end, after) if group[-1].end < after else (0, end)
        yield _block(text, Span(start, end), group, lead=lead[0] if lead else "", below=below)
    yield from _unread(text, before, len(text))


def _line_start(text: str, start: int, end: int) -> int:
    """Where the line begins that ends at `end`, not before `start`."""
    return max(start, text.rfind("\n", start, end) + 1, text.rfind("\r", start, end) + 1)


def _underlined(text: str, end: int, limit: int) -> tuple[int, int]:
    """The level of a heading by the line below it, or 0; and where what follows begins."""
    line = _BREAK.match(text, end, limit)
    mark = line and _UNDERLINE.match(text, line.end(), limit)
    if mark and mark[0].strip() and (mark.end() == len(text) or text[mark.end()] in "\r\n"):
        return (1 if "=" in mark[0] else 2), mark.end()
    return 0, end


def _block(text: str, span: Span, prose: Sequence[Span], *, lead: str, below: int) -> Block:
    edges = [span.start, *(at for run in prose for at in (run.start, run.end)), span.end]
    gaps = tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
    marks = lead.split()
    if marks and marks[-1].startswith("#"):
        return Block(span, Role.HEADING, len(marks[-1]), gaps=gaps)
    if below:
        return Block(span, Role.HEADING, below, gaps=gaps)
    if marks and marks[-1] != ">":
        depth = sum(mark != ">" for mark in marks) + (len(lead) - len(lead.lstrip())) // 2
        return Block(span, Role.ITEM, min(depth, 6), marks[-1] if marks[-1][0].isdigit() else "•", gaps)
    return Block(span, Role.QUOTE if marks else Role.PARAGRAPH, gaps=gaps)


def _unread(text: str, start: int, end: int) -> Iterator[Block]:
    """What lies between two blocks, if there is more to it than marks."""
    words = text[start:end]
    if any(character.isalnum() for character in words):
        start += len(words) - len(words.lstrip())
        yield Block(Span(start, start + len(words.strip())), Role.UNREAD)


def is_markup(words: str) -> bool:
    """True for what only marks up the words beside it: emphasis, brackets, the target of a link, a tag."""
    if not any(character.isalnum() for character in words):
        return "`" not in words
    return words.startswith("]") or _TAG.match(words) is not None
