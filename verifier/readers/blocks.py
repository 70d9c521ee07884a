"""The blocks of Markdown that hold words: where their lines lie, without the marks at the heads of lines.

The structure is CommonMark's with GitHub's tables and footnotes, as markdown-it reads it. It gives lines, no
columns; but the words it gives of a line are the end of that line as it stands, so that the columns follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["Around", "Block", "around_comments", "blocks", "tables"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_NESTING = 100
"""How deep lists and quotes are told apart; what lies deeper is read as lines of text."""
_MARKS = re.compile(r"(?:[ \t]*+(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*+[ \t]*+")
"""The marks of quotes and lists at the head of a line."""

_COMMENTS = re.compile(r"(?>\s*+<!--(?>.*?-->))*+\s*+", re.DOTALL)

_Range = tuple[int, int]


class Block(NamedTuple):
    """A heading, a paragraph, an item or a piece of HTML: what lies between the marks at the heads of its
    lines, in order; a line end inside it belongs to it.
    """

    pieces: list[_Range]
    html: bool = False


def blocks(text: str, body: int = 0) -> Iterator[Block]:
    """The blocks from offset `body` on, in order; code, tables, rules and definitions are none.

    Takes time linear in the text.
    """
    lines = _lines(text, body)
    tokens = _parser().parse(text[body:])
    in_table = False
    for at, token in enumerate(tokens):
        if token.type in ("table_open", "table_close"):
            in_table = token.type == "table_open"
        if token.map is None or in_table:
            continue
        of_block = lines[slice(*token.map)]
        if token.level == _NESTING - 1 and token.nesting == 1 and tokens[at + 1].nesting == -1:
            yield from _unparsed(text, of_block)
            continue
        html = token.type == "html_block"
        if not html and token.type != "inline":
            continue
        opening = tokens[at - 1]
        if not html and opening.markup.startswith("#"):
            pieces = _heading(text, of_block[0], marks=opening.markup, title=token.content)
        else:
            pieces = _pieces(text, of_block, token.content)
        if pieces:
            if at > 1 and tokens[at - 2].type == "list_item_open":
                pieces[0] = _without_box(text, pieces[0])
            yield Block(_trimmed(text, pieces), html=html)


def _lines(text: str, body: int) -> list[_Range]:
    """Where each line from an offset on lies, with its end."""
    return [match.span() for match in _LINE.finditer(text, body) if match.end() > match.start()]


class Around(NamedTuple):
    """What stands around a block of HTML that holds comments only: a paragraph that ends on the line before
    it, and the block that it stands before.
    """

    above: _Range | None
    below: _Range | None


@dataclass(slots=True)
class _Node:
    """A block of Markdown, with those in it."""

    type: str
    markup: str = ""
    lines: _Range = (0, 0)
    content: str = ""
    inside: list[_Node] = field(default_factory=list)

    def only_comments(self) -> bool:
        return self.type == "html_block" and _COMMENTS.fullmatch(self.content) is not None

    def continues(self, list_: _Node) -> bool:
        """Whether it is the rest of a list that a comment parts from this one."""
        return self.type.endswith("_list") and (self.type, self.markup) == (list_.type, list_.markup)


def around_comments(text: str, body: int = 0) -> dict[int, Around]:
    """What stands around each block of comments only, by where its first line begins.

    A comment before a list stands before all of it; one between two items before the second.
    """
    lines = _lines(text, body)

    def place(node: _Node | None, end: int = 0) -> _Range | None:
        return None if node is None else (lines[node.lines[0]][0], lines[max(end, node.lines[1]) - 1][1])

    found: dict[int, Around] = {}
    waiting = [_tree(text[body:])]
    while waiting:
        nodes = waiting.pop().inside
        waiting += (node for node in nodes if node.inside)
        ends = _ends_of_paragraphs(nodes)
        before: _Node | None = None
        comments: list[_Node] = []
        for node in (*nodes, None):
            if node is not None and node.only_comments():
                comments.append(node)
                continue
            below = node
            if node is not None and before is not None and node.inside and node.continues(before):
                below = node.inside[0]
            touched = before if before is not None and before.type == "paragraph" else None
            for comment in comments:
                above = touched if touched is not None and touched.lines[1] == comment.lines[0] else None
                found[lines[comment.lines[0]][0]] = Around(place(above), place(below, ends.get(id(below), 0)))
                touched = None if above is None else _Node("", lines=(above.lines[0], comment.lines[1]))
            comments.clear()
            before = node
    return found


def _ends_of_paragraphs(nodes: Sequence[_Node]) -> dict[int, int]:
    """The line after the end of each paragraph, with what goes on below a comment on a line of its own."""
    ends: dict[int, int] = {}
    goes_on = end = -1
    for node in reversed(nodes):
        if node.type == "paragraph":
            end = ends[id(node)] = end if goes_on == node.lines[1] else node.lines[1]
            goes_on = node.lines[0]
        elif node.only_comments() and goes_on == node.lines[1]:
            goes_on = node.lines[0]
        else:
            goes_on = -1
    return ends


def tables(text: str, body: int = 0) -> Iterator[_Range]:
    """Where the tables from offset `body` on lie."""
    lines = _lines(text, body)
    for token in _parser().parse(text[body:]):
        if token.type == "table_open" and token.map is not None:
            yield lines[token.map[0]][0], lines[token.map[1] - 1][1]


def _tree(text: str) -> _Node:
    """The blocks of a text, each with those in it."""
    opened = [_Node("text")]
    for token in _parser().parse(text):
        lines = (token.map[0], token.map[1]) if token.map else (0, 0)
        if token.nesting == -1:
            opened.pop()
        elif token.map is not None and token.type != "inline":
            node = _Node(token.type.removesuffix("_open"), token.markup, lines, token.content)
            opened[-1].inside.append(node)
            if token.nesting == 1:
                opened.append(node)
        elif token.nesting == 1:
            opened.append(_Node(token.type))
    return opened[0]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table").use(footnote_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])  # what is inside a block has no offsets there
    return parser


def _pieces(text: str, lines: Sequence[_Range], content: str) -> list[_Range]:
    """Where the lines of a block's content lie, line ends included."""
    pieces: list[_Range] = []
    following = iter(lines)
    for words in content.split("\n"):
        said = words.strip()
        if not (said or pieces):
            continue  # odd white space, which markdown-it keeps at the beginning of a paragraph or not
        for start, end in following:
            line = text[start:end].rstrip()
            if line.endswith(said):
                pieces.append((start + len(line) - len(said), end))
                break
    return pieces


def _unparsed(text: str, lines: Sequence[_Range]) -> Iterator[Block]:
    """The lines that lie too deep to be parsed, those between two without words as one block."""
    pieces: list[_Range] = []
    for start, end in (*lines, (0, 0)):
        marks = _MARKS.match(text, start, end)
        begin = start if marks is None else marks.end()
        if text[begin:end].strip():
            pieces.append((begin, end))
        elif pieces:
            yield Block(_trimmed(text, pieces))
            pieces = []


def _heading(text: str, line: _Range, *, marks: str, title: str) -> list[_Range]:
    if not title:
        return []
    begin = text.index(title, text.index(marks, line[0]) + len(marks))
    return [(begin, begin + len(title))]


def _without_box(text: str, piece: _Range) -> _Range:
    """The first line of an item of a list of tasks, without the box to tick."""
    box = _TASK.match(text, *piece)
    return piece if box is None else (box.end(), piece[1])


def _trimmed(text: str, pieces: list[_Range]) -> list[_Range]:
    """Without the line end of the last piece: a gap with one parts two blocks."""
    start, end = pieces[-1]
    return [*pieces[:-1], (start, start + len(text[start:end].rstrip()))]
