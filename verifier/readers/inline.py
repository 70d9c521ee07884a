"""The markup inside a block of Markdown, blanked: code, links' targets, images, emphasis, tags, addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

__all__ = ["blank_inline"]

# Every repetition that could fail late is bounded, so that hostile text takes linear time.
_TOKEN = re.compile(
    r"\\[!-/:-@\[-`{-~]|`+|!?\[\^[^\[\]\s]{1,100}\]|!\[|\[|\]|<!--|</?[A-Za-z][^<>]{0,2000}>"
    r"|https?://[^\s<>\])\"]+|\*+|_+|~~+|&nbsp;"
)
_TICKS = re.compile("`+")
_LINE = re.compile(r"[^\r\n]+")
_TARGET = re.compile(
    r"\([ \t]*(?:<[^<>\r\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()]{0,2000}\)[^\s()]{0,2000}){0,20})"
    r"(?:\s{1,80}(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'))?[ \t]*\)"
    r"|\[[^\[\]]{0,200}\]"
)
_AFTER_ADDRESS = ".,;:!?'*_"


def blank_inline(text: str, start: int, end: int, mask: bytearray) -> list[tuple[int, int]]:
    """Clear the mask over the markup between `start` and `end`, which is one block of the text.

    Returns where its comments are; one that is never closed goes to the end, and is not cleared.
    """
    block = _Block(text, start, end, mask)
    at = start
    while (token := _TOKEN.search(text, at, end)) is not None:
        at = block.read(token)
    return block.comments


class _Block:
    """One walk over the marks of a block; each method returns where the walk goes on."""

    def __init__(self, text: str, start: int, end: int, mask: bytearray) -> None:
        self._text, self._start, self._end, self._mask = text, start, end, mask
        self._ticks: dict[int, list[int]] = defaultdict(list)
        """Where the runs of so many backquotes begin."""
        for run in _TICKS.finditer(text, start, end):
            self._ticks[run.end() - run.start()].append(run.start())
        self._brackets: list[tuple[int, bool]] = []
        """Where one was opened, and whether by an image."""
        self._closes = True
        self.comments: list[tuple[int, int]] = []

    def read(self, token: re.Match[str]) -> int:
        """Blank what begins or ends with this mark."""
        mark, first, last = token[0], token.start(), token.end()
        if mark[0] == "`":
            return self._code(first, last)
        if mark in ("[", "!["):
            self._brackets.append((first, mark == "!["))
        elif mark == "]":
            return self._link(first, last)
        elif mark == "<!--":
            return self._comment(first, last)
        elif mark[0] == "\\":
            self._blank(first, first + 1)
        elif mark.startswith("http"):
            self._blank(first, first + len(mark.rstrip(_AFTER_ADDRESS)))
        elif mark[0] not in "*_" or _is_emphasis(self._text, first, last, self._start, self._end):
            self._blank(first, last)
        return last

    def _code(self, first: int, last: int) -> int:
        same = self._ticks[last - first]
        following = bisect_right(same, first)
        if following == len(same):
            return last
        at = same[following] + last - first
        self._blank(first, at)
        return at

    def _link(self, first: int, last: int) -> int:
        opened, image = self._brackets.pop() if self._brackets else (-1, False)
        target = None if opened < 0 else _TARGET.match(self._text, last, self._end)
        if target is None:
            return last
        if image:
            self._blank(opened, target.end())
        else:
            self._blank(opened, opened + 1)
            self._blank(first, target.end())
        return target.end()

    def _comment(self, first: int, last: int) -> int:
        if not self._closes:
            return last
        closing = self._text.find("-->", last, self._end)
        if closing < 0:
            self._closes = False  # no later one is closed either
            self.comments.append((first, self._end))
            return last
        self._blank(first, closing + 3)
        self.comments.append((first, closing + 3))
        return closing + 3

    def _blank(self, first: int, last: int) -> None:
        for line in _LINE.finditer(self._text, first, last):  # a line break in a gap would part two blocks
            self._mask[line.start() : line.end()] = bytes(line.end() - line.start())


def _is_emphasis(text: str, first: int, last: int, start: int, end: int) -> bool:
    """True unless the marks stand free ("2 * 3") or, for underscores, inside a word ("snake_case")."""
    before = text[first - 1] if first > start else " "
    after = text[last] if last < end else " "
    if before.isspace() and after.isspace():
        return False
    return text[first] == "*" or not (before.isalnum() and after.isalnum())
