"""Large letters that begin a paragraph, and reach over several lines of it, put before their word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from verifier.readers.pdf_lines import Line

__all__ = ["with_initials"]

_LARGER = 1.5
"""So many times as high as the line beside it is an initial."""
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = frozenset("AIO")
"""Letters that may be words."""


def with_initials(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page, each initial at the head of the line at whose left it stands."""
    initials = [line for line in lines if len(line.text) == 1 and line.text.isupper()]
    if not initials:
        return list(lines)
    found = {id(line): line for line in lines}
    for initial in initials:
        first = _beside(initial, lines)
        if first is not None and id(first) in found:
            del found[id(initial)]
            found[id(first)] = replace(
                first,
                text=_joined(initial.text, first.text),
                first_word=first.left + first.first_word - initial.left,
            )
    return [found[id(line)] for line in lines if id(line) in found]


def _beside(initial: Line, lines: Iterable[Line]) -> Line | None:
    """The uppermost of the lines that begin right of an initial, if there are several."""
    beside = [
        line
        for line in lines
        if line.size * _LARGER < initial.size
        and initial.bottom < (line.bottom + line.top) / 2 < initial.top
        and -0.3 * line.size < line.left - initial.right < line.size
    ]
    return max(beside, key=lambda line: line.top) if len(beside) > 1 else None


def _joined(letter: str, text: str) -> str:
    from verifier.text.words import is_known

    word = _WORD.match(text)
    rest = "" if word is None else word[0].casefold()
    apart = letter in _WORDS and is_known(rest) and not is_known(letter.casefold() + rest)
    return f"{letter} {text}" if apart else letter + text
