"""What the marks in Markdown cover: the sentence before them, or the block that they stand before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from verifier.model import Mark, Scope, Span
from verifier.readers.blocks import Around, Block, around_comments, tables
from verifier.readers.comments import (
    NOTHING_FOLLOWS,
    Comment,
    Lines,
    Word,
    comment_of,
    comments_in,
    looks_like_mark,
    paired,
)

__all__ = ["IN_FRONT", "Placed", "in_tables", "in_vain", "marks_of", "placed"]

_IN_TABLE = "a mark in a table covers nothing: no claim is looked for there"
IN_FRONT = "a mark in front matter covers nothing: put it below, where the text begins"


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark stands in this block."""

    comment: Comment
    block: Span
    html: bool

    @property
    def span(self) -> Span:
        """Its characters."""
        return self.comment.span


def placed(text: str, block: Block, comments: Iterable[tuple[int, int]]) -> list[Placed]:
    """The marks among the comments of a block."""
    extent = Span(block.pieces[0][0], block.pieces[-1][1])
    found = (comment_of(text, Span(*comment)) for comment in comments if text.startswith("<!--", comment[0]))
    return [Placed(comment, extent, block.html) for comment in found if comment is not None]


def in_tables(text: str, body: int) -> list[Placed]:
    """The marks that stand in tables, where nothing is read: each has a problem."""
    if not looks_like_mark(text):
        return []
    extents = (Span(*extent) for extent in tables(text, body))
    return [one for extent in extents for one in in_vain(text, extent)]


def in_vain(text: str, extent: Span, problem: str = _IN_TABLE) -> list[Placed]:
    """The marks in a table, or in another place that is not read."""
    return [
        Placed(Comment(found.span, None, problem=problem), extent, html=False)
        for found in comments_in(text, extent.start, extent.end)
    ]


def marks_of(text: str, body: int, comments: Sequence[Placed], prose: Sequence[Span]) -> tuple[Mark, ...]:
    """The marks of a text whose prose is known, in order."""
    if not comments:
        return ()
    lines = Lines(text)
    around: dict[int, Around] | None = None
    ends: dict[int, int] = {}
    told = paired(((one.comment, lines.at(one.span.start)) for one in comments), len(text))
    found = []
    for one in comments:
        mark = told.get(one.comment)
        if mark is None:
            continue
        if one.comment.word is Word.IGNORE:
            own = _in_its_block(text, one, mark, prose, ends)
            if own is None:
                if around is None:
                    around = around_comments(text, body)
                own = _among_blocks(text, one, mark, around)
            mark = own
        found.append(mark)
    return tuple(found)


def _in_its_block(
    text: str, one: Placed, mark: Mark, prose: Sequence[Span], ends: dict[int, int]
) -> Mark | None:
    """What a mark covers that does not stand alone in its block; `ends` keeps where blocks of HTML end."""
    at = bisect_left(prose, one.span.start, key=lambda run: run.start)
    if at and prose[at - 1].end > one.block.start:
        return replace(mark, scope=Scope.SENTENCE, covers=(Span(one.block.start, one.span.start),))
    if at == len(prose) or prose[at].start >= one.block.end:
        return None
    end = one.block.end
    if one.html:  # up to the next line that begins with a tag
        end = ends[at] = ends.get(at) or _end(text, prose, at, one.block.end)
    return replace(mark, covers=(Span(prose[at].start, end),))


def _end(text: str, prose: Sequence[Span], at: int, limit: int) -> int:
    """Where the block ends of which the run of prose at this number is the head."""
    while at + 1 < len(prose) and prose[at + 1].start < limit:
        if not {"\n", "\r"}.isdisjoint(text[prose[at].end : prose[at + 1].start]):
            break
        at += 1
    return prose[at].end


def _among_blocks(text: str, one: Placed, mark: Mark, around: dict[int, Around]) -> Mark:
    """What a mark covers in whose block there are only comments."""
    line = max(text.rfind("\n", 0, one.block.start), text.rfind("\r", 0, one.block.start)) + 1
    found = around.get(line)
    if found is not None and found.above is not None:
        return replace(mark, scope=Scope.SENTENCE, covers=(Span(found.above[0], one.span.start),))
    if found is None or found.below is None:
        return replace(mark, problem=NOTHING_FOLLOWS)
    return replace(mark, covers=(Span(*found.below),))
