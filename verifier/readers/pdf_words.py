"""Words that the ends of lines part in a PDF, put together: is a hyphen there one of the word, or not?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from verifier.readers.pdf_lines import Line

__all__ = ["Words"]

_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_LAST = re.compile(r"[\w'\u2019]*\Z")


class Words:
    """Whether the hyphens at the ends of lines are those of the words, told by all words of the text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._said = frozenset(word.casefold() for line in lines for word in _WORD.findall(line.text))
        ends = [_halves(first.text, second.text) for first, second in pairwise(lines) if first.hyphen]
        parted = sum(self._is_word(first + second) for first, second in ends)
        self._parts_words = 2 * parted > len(ends)

    def joined(self, text: str, following: str) -> str:
        """Two lines of which the first ends in a hyphen, as one."""
        first, second = _halves(text, following)
        if text[-1] == "\N{SOFT HYPHEN}":
            return text[:-1] + following
        stays = (
            not self._parts_words
            or not following[:1].islower()
            or not first[-1:].isalpha()
            or f"{first}-{second}" in self._said
            or (not self._is_word(first + second) and self._is_word(first) and self._is_word(second))
        )
        return text[:-1] + ("-" if stays else "") + following

    def _is_word(self, word: str) -> bool:
        from verifier.text.words import is_known

        return word in self._said or is_known(word)


def _halves(text: str, following: str) -> tuple[str, str]:
    """The parts of a word at the end of a line and at the head of the next."""
    head, tail = _LAST.search(text[:-1]), _WORD.match(following)
    return (head[0] if head else "").casefold(), (tail[0] if tail else "").casefold()
