"""The other spellings of a name that a line gives: "WACHIRALONGKON, also spelled Vajiralongkorn"."""

from __future__ import annotations

import re

_RESPELLED = re.compile(
    r"(?P<word>[\w'\u2019.-]+)[,;]? \(?(?:also spelled|aka|formerly known as) (?P<other>[^(),;]+)"
)


def other_spellings(name: str, text: str) -> tuple[str, ...]:
    """The spellings that the text gives beside a word of this name, as whole names."""
    words = name.split()
    found = []
    for other in _RESPELLED.finditer(text):
        if other["word"] in words:
            spelling = other["other"].strip()
            alone = " " in spelling or len(words) == 1
            found.append(spelling if alone else name.replace(other["word"], spelling))
    return tuple(found)
