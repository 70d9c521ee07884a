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
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from verifier.model import Document, Mark, Scope, Span
from verifier.readers.comments import looks_like_mark
from verifier.readers.flow import Block, starts_of
from verifier.readers.mark_places import outside
from verifier.readers.mark_walk import MarkWalk, marks_in
from verifier.readers.tree import blocks_of, drop

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Marked", "read_marked"]

_TOO_MANY = "there are more marks in this page than can be told apart: this one does nothing: use a baseline"

_Extract = Callable[["etree._Element"], Iterable[Block]]
_Piece = tuple[int, int, int]
"""Block, and the count of its visible characters before the first and after the last one covered."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Blocks of text, and the marks with the pieces of the blocks that each covers."""

    blocks: tuple[Block, ...]
    marks: tuple[tuple[Mark, tuple[tuple[Block, int, int], ...]], ...] = ()

    def mark(self, document: Document) -> Document:
        """The document that the blocks make, with its marks."""
        if not self.marks:
            return document
        starts = dict(zip(map(id, self.blocks), starts_of(self.blocks), strict=True))
        marked = {id(block): block for _, pieces in self.marks for block, _, _ in pieces}
        visible = {
            key: [at for at, character in enumerate(block.folded()) if not character.isspace()]
            for key, block in marked.items()
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


def read_marked(root: etree._Element, extract: _Extract = blocks_of) -> Marked:
    """The blocks that `extract` takes out of a tree, which it may change; and what the marks in it cover."""
    for comment in list(root.itersiblings(preceding=True)):  # before and after the page
        root.insert(0, comment)
    for comment in list(root.itersiblings()):
        root.append(comment)
    if not any(looks_like_mark(f"<!--{comment.text}") for comment in _comments(root)):
        return Marked(tuple(extract(root)))
    lines = [line for _, _, line in marks_in(root)]
    copy = deepcopy(root)
    drop([element for element, _, _ in marks_in(root)])  # as if they had never been there
    blocks = tuple(extract(root))
    walk = MarkWalk(copy, lines, outside(copy, blocks))
    needed = list(walk.needed())
    letter_of = dict(zip(needed, _letters(copy), strict=False))
    too_many = frozenset(needed[len(letter_of) :])
    walk.write(letter_of)
    drop([element for element, _, _ in marks_in(copy)])
    if not walk.marks:
        return Marked(blocks)
    pieces = _pieces(blocks, extract(copy), {letter: number for number, letter in letter_of.items()})
    found = []
    for number, mark in walk.marks.items():
        own = walk.same.get(number, number)
        if not mark.problem and own in too_many:
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


def _letters(root: etree._Element) -> Iterator[str]:
    """Letters for private use that the tree has not."""
    used = {character for text in root.itertext() if not text.isascii() for character in text}
    return (
        letter
        for letter in map(chr, chain(range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE)))
        if letter not in used
    )


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
