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
    found: list[tuple[int, int]] = []

    def blank(first: int, last: int) -> None:
        for line in _LINE.finditer(text, first, last):  # a line break in a gap would part two blocks
            mask[line.start() : line.end()] = bytes(line.end() - line.start())

    ticks: dict[int, list[int]] = defaultdict(list)
    for run in re.compile("`+").finditer(text, start, end):
        ticks[run.end() - run.start()].append(run.start())
    open_brackets: list[tuple[int, bool]] = []
    comments = True
    at = start
    while (token := _TOKEN.search(text, at, end)) is not None:
        at = token.end()
        mark = token[0]
        if mark[0] == "\\":
            blank(token.start(), token.start() + 1)
        elif mark[0] == "`":
            same = ticks[len(mark)]
            following = bisect_right(same, token.start())
            if following < len(same):
                at = same[following] + len(mark)
                blank(token.start(), at)
        elif mark in ("[", "!["):
            open_brackets.append((token.start(), mark == "!["))
        elif mark == "]":
            if not open_brackets:
                continue
            opened, image = open_brackets.pop()
            target = _TARGET.match(text, at, end)
            if target is None:
                continue
            at = target.end()
            if image:
                blank(opened, at)
            else:
                blank(opened, opened + 1)
                blank(token.start(), at)
        elif mark == "<!--":
            closing = text.find("-->", at, end) if comments else -1
            if closing < 0:
                if comments:
                    found.append((token.start(), end))
                comments = False  # no later one is closed either
                continue
            at = closing + 3
            blank(token.start(), at)
            found.append((token.start(), at))
        elif mark.startswith("http"):
            blank(token.start(), token.start() + len(mark.rstrip(_AFTER_ADDRESS)))
        elif mark[0] in "*_":
            if _is_emphasis(text, token.start(), token.end(), start, end):
                blank(token.start(), token.end())
        else:
            blank(token.start(), token.end())
    return found


def _is_emphasis(text: str, first: int, last: int, start: int, end: int) -> bool:
    """True unless the marks stand free ("2 * 3") or, for underscores, inside a word ("snake_case")."""
    before = text[first - 1] if first > start else " "
    after = text[last] if last < end else " "
    if before.isspace() and after.isspace():
        return False
    return text[first] == "*" or not (before.isalnum() and after.isalnum())
