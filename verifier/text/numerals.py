"""Number words: "twenty-two", "a hundred and five", "the nineteenth"."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["CARDINALS", "ORDINALS", "TENS"]

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth", "twenty-first"),
)

TENS: Mapping[str, int] = MappingProxyType({word: 10 * number for number, word in enumerate(_TENS, start=2)})
"""twenty to ninety."""
CARDINALS: Mapping[str, int] = MappingProxyType({word: number for number, word in enumerate(_UNITS)})
"""zero to nineteen."""
ORDINALS: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(_ORDINALS, start=1)}
)
"""first to twenty-first, as far as centuries go."""
