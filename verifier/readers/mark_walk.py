"""A walk over a tree of HTML: which texts each mark in it covers, and letters put at the ends of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from verifier.model import Mark, Scope, Span
from verifier.readers.comments import NOTHING_FOLLOWS, Comment, Word, comment_of, paired
from verifier.readers.tree import NAMES_OF_BLOCKS, is_note_mark, is_shown, tag_of

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["MarkWalk", "marks_in"]

_WHOLE = frozenset(["html", "body"])
"""A mark before these is for the first block in them."""
_CODE = frozenset(["pre", "code", "kbd", "samp"])
_LEFT_ALONE = frozenset(["sup", "sub"])
"""What stands in these may be taken for the mark of a note: a letter would hide that."""

_OUTSIDE = "verifier: {}: it stands outside the text of the article, and does nothing: put it into that"

_Where = Literal["text", "tail"]


@dataclass(slots=True)
class _Cover:
    """What one mark covers goes on until `until` closes (None: until the next block begins or ends)."""

    number: int
    until: etree._Element | None
    first: tuple[etree._Element, _Where] | None = None
    last: tuple[etree._Element, _Where] | None = None


@dataclass(slots=True)
class _Edits:
    """Marks whose letter comes before, and after, a text."""

    before: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)


class MarkWalk:
    """One walk over a tree: the marks in it, and the texts that each covers."""

    def __init__(
        self, root: etree._Element, lines: Iterable[int], outside: Container[etree._Element] = ()
    ) -> None:
        self.marks: dict[int, Mark] = {}
        self.same: dict[int, int] = {}
        """Marks that cover what another one does."""
        self._edits: dict[tuple[etree._Element, _Where], _Edits] = defaultdict(_Edits)
        self._before: tuple[etree._Element, _Where] | None = None
        self._after_it: int | None = None
        self._pending: list[int] = []
        self._covers: list[_Cover] = []
        self._region: _Cover | None = None
        comments = [
            (element, replace(comment, problem=_OUTSIDE.format(comment.word)), line)
            if element in outside
            else (element, comment, line)
            for element, comment, line in marks_in(root)
        ]
        told = paired(((one[1], line) for one, line in zip(comments, lines, strict=True)), len(comments))
        self._told = {element: (comment, told.get(comment)) for element, comment, _ in comments}
        if comments:
            self._walk(root)

    def needed(self) -> Iterator[int]:
        """The marks that need a letter."""
        seen = {number for edits in self._edits.values() for number in (*edits.before, *edits.after)}
        return iter(sorted(seen))

    def write(self, letters: dict[int, str]) -> None:
        """Put the letters into the tree."""
        for (element, where), edits in self._edits.items():
            before = "".join(letters.get(number, "") for number in edits.before)
            after = "".join(letters.get(number, "") for number in edits.after)
            setattr(element, where, f"{before}{getattr(element, where) or ''}{after}")

    # ------------------------------------------------------------------------------------------- the walk

    def _walk(self, root: etree._Element) -> None:
        opened: list[tuple[etree._Element, Iterator[etree._Element]]] = []
        self._open(root)
        opened.append((root, iter(root)))
        while opened:
            element, children = opened[-1]
            child = next(children, None)
            if child is None:
                opened.pop()
                self._close(element)
                if opened:
                    self._text(element, "tail")
            elif not tag_of(child) or not is_shown(child) or is_note_mark(child):
                if child in self._told:
                    self._mark(*self._told[child])
                self._text(child, "tail")
            else:
                self._open(child)
                opened.append((child, iter(child)))
        for number in self._pending:
            self.marks[number] = replace(self.marks[number], problem=NOTHING_FOLLOWS)

    def _open(self, element: etree._Element) -> None:
        if tag_of(element) in NAMES_OF_BLOCKS:
            self._break()
            if tag_of(element) not in _WHOLE:
                self._begin(element)
        self._text(element, "text")

    def _close(self, element: etree._Element) -> None:
        if tag_of(element) not in NAMES_OF_BLOCKS:
            return
        self._break()
        for number in self._pending:
            self.marks[number] = replace(self.marks[number], problem=NOTHING_FOLLOWS)
        self._pending.clear()
        while self._covers and self._covers[-1].until is element:
            self._covers.pop()

    def _begin(self, until: etree._Element | None) -> None:
        """What the marks that wait for a block cover begins here."""
        if not self._pending:
            return
        number, *others = self._pending
        self.same.update((other, number) for other in others)
        self._pending.clear()
        self._covers.append(_Cover(number, until))

    def _break(self) -> None:
        """A block begins or ends: what goes on after it has letters of its own."""
        for cover in self._all():
            self._end(cover)
        if self._covers and self._covers[-1].until is None:
            self._covers.pop()
        self._before = None
        self._after_it = None

    def _all(self) -> list[_Cover]:
        return self._covers if self._region is None else [*self._covers, self._region]

    def _end(self, cover: _Cover) -> None:
        if cover.first is not None and cover.last is not None:
            self._edits[cover.first].before.append(cover.number)
            self._edits[cover.last].after.append(cover.number)
        cover.first = cover.last = None

    def _text(self, element: etree._Element, where: _Where) -> None:
        text = getattr(element, where)
        if text is None or not text.strip():
            return
        if where == "text" and tag_of(element) in _LEFT_ALONE:
            return
        self._begin(None)
        self._before = (element, where)
        self._after_it = None
        for cover in self._all():
            cover.first = cover.first or self._before
            cover.last = self._before

    def _mark(self, comment: Comment, mark: Mark | None) -> None:
        number = len(self.marks)
        if mark is not None:
            self.marks[number] = replace(mark, covers=())
        if comment.problem or (mark is not None and mark.problem):
            return
        if comment.word is Word.IGNORE and self._before is not None:
            self.marks[number] = replace(self.marks[number], scope=Scope.SENTENCE)
            if self._after_it is None:
                self._edits[self._before].after.append(number)
                self._after_it = number
            else:
                self.same[number] = self._after_it
        elif comment.word is Word.IGNORE:
            self._pending.append(number)
        elif comment.word is Word.OFF:
            self._region = _Cover(number, None)
        elif self._region is not None:
            self._end(self._region)
            self._region = None


def marks_in(root: etree._Element) -> Iterator[tuple[etree._Element, Comment, int]]:
    """The comments that are marks, not in code, each with its line; told apart by their number."""
    from lxml import etree

    code = number = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            text = f"<!--{element.text or ''}-->"
            found = None if code else comment_of(text, Span(0, len(text)))
            if found is not None:
                number += 1
                yield element, replace(found, span=Span(number, number)), element.sourceline or 0
        elif tag_of(element) in _CODE:
            code += 1 if event == "start" else -1
