"""What the marks in a tree of HTML cover, in the text that is taken out of the tree.

Comments are lost on the way from a tree to its text. So the tree is read twice: as it is, which gives the
text, and with a letter of its own for each mark (of the planes for private use, and none that the page has)
at the ends of what it covers. Where a block reads the same without these letters, they tell the places; the
text itself can never change by a mark. What is covered in parts of a page that are not read is not found, nor
is, should the letters have changed what is read, what stands in the page more than once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Literal

from verifier.model import Document, Mark, Scope, Span
from verifier.readers.comments import NOTHING_FOLLOWS, Comment, Word, comment_of, looks_like_mark, paired
from verifier.readers.flow import Block, starts_of
from verifier.readers.tree import NAMES_OF_BLOCKS, blocks_of, is_note_mark, is_shown, tag_of

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Marked", "read_marked"]

_TOO_MANY = "there are more marks in this page than can be told apart"
_WHOLE = frozenset(["html", "body"])
"""A mark before these is for the first block in them."""
_CODE = frozenset(["pre", "code", "kbd", "samp"])
_LEFT_ALONE = frozenset(["sup", "sub"])
"""What stands in these may be taken for the mark of a note: a letter would hide that."""

_Extract = Callable[["etree._Element"], list[Block]]
_Where = Literal["text", "tail"]
_Piece = tuple[int, int, int]
"""Block, and the count of its visible characters before the first and after the last one covered."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Blocks of text, and the marks with the pieces of the blocks that each covers."""

    blocks: list[Block]
    marks: tuple[tuple[Mark, tuple[tuple[Block, int, int], ...]], ...] = ()

    def mark(self, document: Document) -> Document:
        """The document that the blocks make, with its marks."""
        if not self.marks:
            return document
        starts = dict(zip(map(id, self.blocks), starts_of(self.blocks), strict=True))
        visible = {
            id(block): [at for at, character in enumerate(block.folded()) if not character.isspace()]
            for _, pieces in self.marks
            for block, _, _ in pieces
        }

        def spans(mark: Mark, pieces: Iterable[tuple[Block, int, int]]) -> Iterator[Span]:
            for block, first, last in pieces:
                start, places = starts[id(block)], visible[id(block)]
                if first < last <= len(places):
                    yield Span(start + places[first], start + places[last - 1] + 1)

        marks = (
            replace(mark, covers=tuple(_joined(spans(mark, pieces), document.text)))
            for mark, pieces in self.marks
        )
        return replace(document, marks=tuple(marks))


def _joined(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """Spans between which there is only white space, as one."""
    last: Span | None = None
    for span in spans:
        if last is not None and not text[last.end : span.start].strip():
            last = Span(last.start, span.end)
        else:
            if last is not None:
                yield last
            last = span
    if last is not None:
        yield last


def read_marked(root: etree._Element, extract: _Extract = lambda root: list(blocks_of(root))) -> Marked:
    """The blocks that `extract` takes out of a tree, which it may change; and what the marks in it cover."""
    for comment in list(root.itersiblings(preceding=True)):  # before and after the page
        root.insert(0, comment)
    for comment in list(root.itersiblings()):
        root.append(comment)
    if not any(looks_like_mark(f"<!--{comment.text}") for comment in _comments(root)):
        return Marked(extract(root))
    lines = [line for _, _, line in _marks(root)]
    copy = deepcopy(root)
    walk = _Walk(copy, lines)
    letter_of = dict(zip(walk.needed(), _letters(root), strict=False))
    walk.write(letter_of)
    for tree in (root, copy):
        _drop(element for element, _, _ in list(_marks(tree)))
    blocks = extract(root)
    if not walk.marks:
        return Marked(blocks)
    pieces = _pieces(blocks, extract(copy), {letter: number for number, letter in letter_of.items()})
    found = []
    for number, mark in walk.marks.items():
        own = walk.same.get(number, number)
        if not mark.problem and own not in letter_of:
            mark = replace(mark, problem=_TOO_MANY)
        told = pieces.get(own, [])
        if mark.scope is Scope.SENTENCE:  # one letter, after the words
            told = [(block, 0, first) for block, first, _ in told]
        found.append((mark, tuple((blocks[block], first, last) for block, first, last in told)))
    return Marked(blocks, tuple(found))


def _comments(root: etree._Element) -> Iterator[etree._Element]:
    from lxml import etree

    found: Iterator[etree._Element] = root.iter(etree.Comment)
    return found


def _drop(comments: Iterable[etree._Element]) -> None:
    """Take comments out of a tree, so that it is as if they had never been there."""
    for comment in comments:
        parent, previous = comment.getparent(), comment.getprevious()
        if parent is None:
            continue
        tail = comment.tail or ""
        comment.tail = None
        if previous is None:
            parent.text = (parent.text or "") + tail
        else:
            previous.tail = (previous.tail or "") + tail
        parent.remove(comment)


def _letters(root: etree._Element) -> Iterator[str]:
    """Letters for private use that the tree has not."""
    used = {character for text in root.itertext() if not text.isascii() for character in text}
    return (
        letter
        for letter in map(chr, chain(range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE)))
        if letter not in used
    )


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


class _Walk:
    """One walk over a tree: the marks in it, and the texts that each covers."""

    def __init__(self, root: etree._Element, lines: Iterable[int]) -> None:
        self.marks: dict[int, Mark] = {}
        self.same: dict[int, int] = {}
        """Marks that cover what another one does."""
        self._edits: dict[tuple[etree._Element, _Where], _Edits] = defaultdict(_Edits)
        self._before: tuple[etree._Element, _Where] | None = None
        self._after_it: int | None = None
        self._pending: list[int] = []
        self._covers: list[_Cover] = []
        self._region: _Cover | None = None
        comments = list(_marks(root))
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


def _marks(root: etree._Element) -> Iterator[tuple[etree._Element, Comment, int]]:
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


def _pieces(
    blocks: Iterable[Block], lettered: Iterable[Block], letters: dict[str, int]
) -> dict[int, list[_Piece]]:
    """Which pieces of the blocks each mark covers, by the letters in the same blocks."""
    without = str.maketrans(dict.fromkeys(letters, None))
    lettered = list(lettered)
    read = [block.folded() for block in blocks]
    again = [replace(block, text=block.text.translate(without)).folded() for block in lettered]
    same = dict(enumerate(range(len(read)))) if read == again else _once_in_both(again, read)
    found: dict[int, list[_Piece]] = defaultdict(list)
    for number, at in same.items():
        for mark, first, last in _covered(lettered[number].text, letters):
            found[mark].append((at, first, last))
    return {mark: sorted(pieces) for mark, pieces in found.items()}


def _once_in_both(texts: Sequence[str], others: Sequence[str]) -> dict[int, int]:
    """Where each text that both have only once stands in either."""
    counts, other_counts = Counter(texts), Counter(others)
    places = {text: at for at, text in enumerate(others)}
    return {at: places[text] for at, text in enumerate(texts) if counts[text] == other_counts.get(text) == 1}


def _covered(text: str, letters: dict[str, int]) -> Iterator[tuple[int, int, int]]:
    """Marks and what they cover of a block: from a letter to the next of its kind, or only one place."""
    opened: dict[int, int] = {}
    count = 0
    for character in text:
        number = letters.get(character)
        if number is None:
            count += not character.isspace()
        elif number in opened:
            yield number, opened.pop(number), count
        else:
            opened[number] = count
    for number, first in opened.items():
        yield number, first, first
