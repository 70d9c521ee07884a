"""Numbers in a text, as digits or as words: "85,279,553", "4.8 billion", "twenty-two", "half a million"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from verifier.amounts import plain, read_number, written_step
from verifier.units import SCALES

__all__ = ["CARDINALS", "ORDINALS", "Numeral", "Token", "read_numeral", "tokens"]

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

CARDINALS: Mapping[str, int] = MappingProxyType({word: number for number, word in enumerate(_UNITS)})
"""zero to nineteen."""
ORDINALS: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(_ORDINALS, start=1)}
)
"""first to twenty-first, as far as centuries go."""

_TENS_VALUES = {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_WORDS = {**CARDINALS, **_TENS_VALUES}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_ARTICLES = ("a", "an")
# Where scale words stand for a number of their own: "a million", but "millions" is no number.
_SCALES = {word: value for word, value in SCALES.items() if not word.endswith("s")}
_BIG = {word: value for word, value in _SCALES.items() if value > 100}

_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]{1,2}(?![\w.,]))?)|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s])"
)
_GROUP_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_LONGEST = 12
"""Words of one number ("nine hundred and ninety-nine thousand nine hundred ...")."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of digits, a word or a mark; `low` is the word in lower case."""

    low: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that the tokens up to `stop` write."""

    amount: Decimal
    step: Decimal
    stop: int
    share: bool = False
    """True for a part of a whole ("two thirds"); the amount is then in per cent."""
    scale: int = 1
    """What the scale words after the number multiply it by."""


def tokens(text: str) -> tuple[Token, ...]:
    """The digits, words and marks of a text, in order."""
    return tuple(
        Token(match.group().casefold(), match.start(), match.end(), match.lastgroup or "")
        for match in _TOKEN.finditer(text)
    )


def read_numeral(row: Sequence[Token], at: int, text: str) -> Numeral | None:
    """The number that begins at a token, with its scale words; None if none does."""
    if row[at].kind == "number":
        return _digits(row, at, text)
    return _fraction(row, at) or _word_number(row, at)


def _scaled(number: Decimal, row: Sequence[Token], stop: int) -> Numeral:
    """The number with the scale words that follow it."""
    scale = 1
    half = [token.low for token in row[stop : stop + 3]] == ["and", "a", "half"]
    if half and stop + 3 < len(row) and row[stop + 3].low in _SCALES:
        number, stop = number + Decimal("0.5"), stop + 3  # "three and a half million"
    at = stop
    while at < len(row) and at < stop + 2 and (factor := _SCALES.get(row[at].low)) is not None:
        scale *= factor
        at += 1
    if (
        at > stop
        and at < len(row)
        and row[at].low == "."
        and row[at - 1].low in ("bn", "mn", "tn", "mln", "bln")
    ):
        at += 1
    step = plain(written_step(number, scale))
    return Numeral(plain(number * scale), step, at, scale=scale)


def _digits(row: Sequence[Token], at: int, text: str) -> Numeral | None:
    stop, written = at + 1, text[row[at].start : row[at].end]
    if len(written) <= 3:
        while stop < len(row) and stop < at + 6 and _is_group(row, stop, text):
            stop += 1
        # Plain spaces between groups are sure from two groups on: "85 279 553", but not "the 27 193".
        no_break = stop > at + 1 and text[row[at].end] in _GROUP_SPACES
        if stop < at + 3 and not no_break:
            stop = at + 1
        written = "".join(text[token.start : token.end] for token in row[at:stop])
    number = read_number(written)
    return None if number is None else _scaled(number, row, stop)


def _is_group(row: Sequence[Token], at: int, text: str) -> bool:
    token, gap = row[at], text[row[at - 1].end : row[at].start]
    return token.kind == "number" and token.end - token.start == 3 and len(gap) == 1 and gap.isspace()


def _next_word(row: Sequence[Token], at: int) -> int:
    """The next token, past a hyphen that joins two words."""
    if at + 1 < len(row) and row[at].low == "-" and row[at - 1].end == row[at].start == row[at + 1].start - 1:
        return at + 1
    return at


def _word_number(row: Sequence[Token], at: int) -> Numeral | None:
    first = at + 1 if row[at].low in _ARTICLES else at
    if first >= len(row):
        return None
    if first > at and row[first].low not in ("hundred", "dozen", *_BIG):
        return None
    total, current, stop = 0, 1 if first > at else 0, first
    began = first > at
    for _ in range(_LONGEST):
        here = _next_word(row, stop) if began and stop > first else stop
        if here < len(row) and row[here].low == "and" and row[stop - 1].low in ("hundred", "thousand"):
            here += 1
        low = row[here].low if here < len(row) else ""
        if low in ORDINALS and here > stop:
            return None  # "twenty-first"
        if low in _WORDS and (not began or _follows(current, _WORDS[low])):
            current += _WORDS[low]
        elif low == "dozen" and 0 < current < 20:
            current *= 12
        elif low == "hundred" and began and 0 < current < 100:
            current *= 100
        elif low in _BIG and began and current and _continues(row, here):
            total, current = total + current * _BIG[low], 0
        else:
            break
        began, stop = True, here + 1
    if not began:
        return None
    return _scaled(Decimal(total + current), row, stop)


def _follows(current: int, word: int) -> bool:
    """True if the word can go on with the number: "hundred (and) five", "twenty-five"."""
    return current % 100 == 0 or (current % 100 >= 20 and current % 10 == 0 and 0 < word < 10)


def _continues(row: Sequence[Token], at: int) -> bool:
    """True if more of the number follows a scale word; else that word scales, and rounds, all of it."""
    after = at + 1
    if after < len(row) and row[after].low == "and":
        after += 1
    return after < len(row) and row[after].low in _WORDS


def _fraction(row: Sequence[Token], at: int) -> Numeral | None:
    """ "half the", "two thirds of", "three-quarters", "half a million"."""
    low = row[at].low
    after = row[at + 1].low if at + 1 < len(row) else ""
    if low == "half":
        if after in _ARTICLES and at + 2 < len(row) and row[at + 2].low in (*_BIG, "dozen"):
            scale = _BIG.get(row[at + 2].low, 12)
            return Numeral(Decimal(scale // 2), Decimal(1) if scale == 12 else Decimal(scale // 10), at + 3)
        of_it = after in ("of", "the", "its", "their", "his", "her", "all", "our")
        named = at > 0 and row[at - 1].low in {*ORDINALS, "latter", "other", "last", "-"}
        return _part(1, 2, at + 1) if of_it and not named else None
    count = 1 if low in _ARTICLES else CARDINALS.get(low, 0)
    part_at = _next_word(row, at + 1)
    word = row[part_at].low.removesuffix("s") if part_at < len(row) else ""
    whole = _PARTS.get(word, 0)
    if not 0 < count < whole or word == "half":
        return None
    plural = row[part_at].low.endswith("s")
    follows = part_at + 1 < len(row) and row[part_at + 1].low in ("of", "majority")
    if plural != (count > 1) or (not follows and part_at == at + 1):
        return None
    return _part(count, whole, part_at + 1)


def _part(count: int, whole: int, stop: int) -> Numeral:
    return Numeral(plain(round(Decimal(100 * count) / whole, 1)), Decimal(1), stop, share=True)
