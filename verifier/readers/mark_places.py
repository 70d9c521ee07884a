"""Which regions that a page turns off or on lie in its article: a mark elsewhere must not silence that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from verifier.readers.comments import Word
from verifier.readers.flow import Block
from verifier.readers.mark_walk import marks_in
from verifier.readers.tree import NAMES_OF_BLOCKS, blocks_of, tag_of

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["outside"]

_ARTICLE = frozenset(["article", "main"])
_BESIDE = frozenset(["nav", "footer", "aside"])
_ENOUGH = 30
"""Characters at either end of a block by which it is known again."""


def outside(root: etree._Element, blocks: Iterable[Block]) -> frozenset[etree._Element]:
    """The comments that say `off` or `on` where nothing of these blocks stands.

    An `on` outside that ends what is off in the article counts.
    """
    places = _Places(root, blocks)
    found = set()
    off = False
    for comment, said, _ in marks_in(root):
        if said.problem or said.word is Word.IGNORE or said.word is None:
            continue
        if (said.word is Word.OFF or not off) and not places.hold(comment):
            found.add(comment)
        else:
            off = said.word is Word.OFF
    return frozenset(found)


class _Places:
    """Tells of elements whether they hold text of the article, and keeps what it found."""

    def __init__(self, root: etree._Element, blocks: Iterable[Block]) -> None:
        self._ends = {end for block in blocks for end in _ends(block)}
        self._known: dict[etree._Element, bool | None] = {}
        self._articles = [
            element
            for element in root.iter("article", "main")
            if not any(tag_of(parent) in _ARTICLE for parent in element.iterancestors())
            and self._text(element)
        ]

    def hold(self, comment: etree._Element) -> bool:
        """Whether the element that a comment stands in is part of the article."""
        around = list(comment.iterancestors())
        in_article = any(tag_of(element) in _ARTICLE for element in around)
        for element in around:
            tag = tag_of(element)
            if tag in _BESIDE or (
                tag == "header" and not in_article and next(element.iter("h1"), None) is None
            ):
                return False
        for element in around:
            holds = self._text(element) if tag_of(element) in NAMES_OF_BLOCKS else None
            if holds is not None:  # the innermost with any text
                return in_article or (holds and not any(self._has(element, one) for one in self._articles))
        return True

    def _text(self, element: etree._Element) -> bool | None:
        """Whether there is text of the article in an element; None if there is no text."""
        if element not in self._known:
            found: bool | None = None
            for block in blocks_of(element):
                found = not self._ends.isdisjoint(_ends(block))
                if found:
                    break
            self._known[element] = found
        return self._known[element]

    @staticmethod
    def _has(element: etree._Element, article: etree._Element) -> bool:
        return any(parent is element for parent in article.iterancestors())


def _ends(block: Block) -> Iterable[str]:
    visible = "".join(block.text.split())
    return (f"<{visible[:_ENOUGH]}", f"{visible[-_ENOUGH:]}>")
