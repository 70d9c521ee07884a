"""From a tree of HTML to blocks of text, as a browser would show them.

What is not shown gives nothing. Marks of footnotes are left out, since inside a sentence they would be read
as figures; tables and code are no prose.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from verifier.readers.flow import Block

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["NAMES_OF_BLOCKS", "blocks_of", "drop", "is_hidden", "is_note_mark", "is_shown", "tag_of"]

_BLOCKS = """
address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search
section summary table tbody td tfoot th thead tr ul
"""
NAMES_OF_BLOCKS = frozenset(_BLOCKS.split())
_NAMES_OF_UNSHOWN = """
applet audio base button canvas datalist del embed frame frameset head iframe img input link map math meta
meter noframes noscript object output param picture progress rp rt s script select source strike style svg
template textarea title track video
"""
_UNSHOWN = frozenset(_NAMES_OF_UNSHOWN.split())
_NO_PROSE = frozenset(["pre"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivxl]{1,6}|note \d{1,3}|[*\u2020\u2021\u00a7\u00b6]{1,3})[\])]?")
_BACK = re.compile(r"[\s\^\u2191\u21a9\u21b5\ufe0e\ufe0f]+")
_FIGURE = re.compile(r"\d{1,3}|\[\d{1,3}\]|[*\u2020\u2021]{1,3}")
_UNIT = re.compile(r"(?:\A|[\s\d/])[a-z]{1,2}\Z")
_POWERS = {"2": "\u00b2", "3": "\u00b3"}
_SHORT = 40
_MOST = 20
"""Characters and parts that a mark has at most."""


def tag_of(element: etree._Element) -> str:
    """The name of an element in lower case; "" for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def is_shown(element: etree._Element) -> bool:
    """False for what a browser does not show, or shows as struck out."""
    return tag_of(element) not in _UNSHOWN and not is_hidden(element)


def is_hidden(element: etree._Element) -> bool:
    """Whether an element says of itself that it is not shown."""
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def drop(elements: Iterable[etree._Element]) -> None:
    """Take elements or comments, in their order, out of their tree, and leave the text that follows them."""
    # What is moved is put in place at once: thousands of marks may stand in one paragraph.
    moved: dict[tuple[etree._Element, str], list[str]] = defaultdict(list)
    for element in elements:
        parent, previous = element.getparent(), element.getprevious()
        if parent is None:
            continue
        moved[(parent, "text") if previous is None else (previous, "tail")].append(element.tail or "")
        element.tail = None
        parent.remove(element)
    for (element, where), texts in moved.items():
        setattr(element, where, (getattr(element, where) or "") + "".join(texts))


def is_note_mark(element: etree._Element) -> bool:
    """Whether it is the mark of a footnote (a raised figure, a linked "[1]"), or the link back from one."""
    tag = tag_of(element)
    if tag not in ("a", "sup"):
        return False
    text = "".join(islice(element.itertext(), _MOST)).strip()
    if len(text) > _SHORT:
        return False
    found = [one for one in islice(element.iter(), _MOST) if tag_of(one) == "a"]
    linked = any((link.get("href") or "").startswith("#") or "noteref" in _roles(link) for link in found)
    marked = linked and _MARK.fullmatch(text) is not None
    if tag == "a":
        parent = element.getparent()
        raised = parent is not None and tag_of(parent) == "sup"
        return (marked and (raised or text[0] == "[")) or (linked and _BACK.fullmatch(text) is not None)
    # Without a link it is one after a word or the end of a sentence; after a unit ("km") it is a power.
    power = text in _POWERS and _UNIT.search(_text_before(element)) is not None
    return not text or marked or (_FIGURE.fullmatch(text) is not None and not power)


def _roles(element: etree._Element) -> str:
    return " ".join(
        value for key, value in element.attrib.items() if key.rpartition("}")[2] in ("role", "type")
    )


def _text_before(element: etree._Element) -> str:
    previous = element.getprevious()
    while previous is not None and not tag_of(previous) and not previous.tail:  # a comment
        previous = previous.getprevious()
    if previous is not None:
        return previous.tail or ("".join(previous.itertext()) if tag_of(previous) else "")
    parent = element.getparent()
    return "" if parent is None else parent.text or ""


def _is_data(table: etree._Element) -> bool:
    """Whether a table holds data rather than laying out the page: several columns, and no table in it."""
    if (
        table.get("role") in ("presentation", "none")
        or next(table.iterdescendants("{*}table"), None) is not None
    ):
        return False
    return any(sum(tag_of(cell) in ("td", "th") for cell in row) > 1 for row in table.iter("{*}tr"))


class _Walk:
    """One walk over a tree; `prose` counts what is open that is none."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._no_prose = 0
        self._table: etree._Element | None = None

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        # Not by recursion: a page may be nested as deep as it likes.
        opened: list[tuple[etree._Element, Iterator[etree._Element]]] = []
        yield from self._open(root)
        opened.append((root, iter(root)))
        while opened:
            element, children = opened[-1]
            child = next(children, None)
            if child is None:
                opened.pop()
                yield from self._close(element)
                if opened:
                    self._say(element.tail)
            elif not tag_of(child) or not is_shown(child) or is_note_mark(child):
                self._say(child.tail)
            else:
                yield from self._open(child)
                opened.append((child, iter(child)))
        yield from self._end()

    def _open(self, element: etree._Element) -> Iterator[Block]:
        tag = tag_of(element)
        if tag == "br":
            if self._pieces and self._pieces[-1] == "\N{LINE SEPARATOR}":
                yield from self._end()
            else:
                self._pieces.append("\N{LINE SEPARATOR}")
        elif tag == "table" and _is_data(element):
            yield from self._end()
            self._table = element
            self._no_prose += 1
        elif self._table is not None and tag in ("td", "th"):
            if any(map(str.strip, self._pieces)):
                self._pieces.append(" | ")
        elif self._table is not None and tag != "tr" and tag in NAMES_OF_BLOCKS:
            self._pieces.append(" ")
        elif tag in NAMES_OF_BLOCKS:
            yield from self._end()
            self._no_prose += tag in _NO_PROSE
        elif tag == "q":
            self._pieces.append("\N{LEFT DOUBLE QUOTATION MARK}")
        text = element.text or ""
        self._say(_POWERS.get(text, text) if tag == "sup" and not len(element) else text)

    def _close(self, element: etree._Element) -> Iterator[Block]:
        tag = tag_of(element)
        if tag == "q":
            self._pieces.append("\N{RIGHT DOUBLE QUOTATION MARK}")
        elif element is self._table:
            yield from self._end()
            self._table = None
            self._no_prose -= 1
        elif self._table is not None and tag in NAMES_OF_BLOCKS and tag != "tr":
            self._pieces.append(" ")
        elif tag in NAMES_OF_BLOCKS:
            yield from self._end()
            self._no_prose -= tag in _NO_PROSE

    def _say(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)

    def _end(self) -> Iterator[Block]:
        text = "".join(self._pieces)
        self._pieces.clear()
        if text.strip():
            yield Block(text, prose=not self._no_prose)


def blocks_of(root: etree._Element) -> Iterator[Block]:
    """The blocks under an element, in order. Takes time linear in the tree."""
    return _Walk().blocks(root)
