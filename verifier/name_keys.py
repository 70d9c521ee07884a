"""The written forms under which a name is filed and looked up.

Two spellings are *the same name* if `normalise` gives the same string for both: case, Latin accents,
punctuation, a leading "the" and a possessive "'s" never tell two things apart. Everything here takes time
that grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

__all__ = [
    "SMALL_WORDS",
    "SUFFIXES",
    "TITLES",
    "Parsed",
    "clean",
    "is_number",
    "normalise",
    "parse",
    "split_words",
]

LONGEST = 512
"""Characters of a name that are read; what follows is replaced by its digest, so that equal stays equal."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


SMALL_WORDS = _listed(
    "a al an and at d da das de del den der des di do dos du e el en for in l la las le les los of on "
    "the to und van von y"
)
"""Words that a name may gain or lose without naming something else."""

TITLES = _listed(
    "ambassador baroness captain chancellor colonel congressman congresswoman count countess dame "
    "doctor dr general gov governor herr hon honorable honourable judge justice lady lord madame major "
    "mayor minister miss monsieur mr mrs ms mx premier president prof professor rabbi rep "
    "representative rev reverend saint sen senator sgt sheikh sir st"
)
"""Titles that stand before a name; a closed list, and only where two words of the name remain."""

SUFFIXES = _listed("corp corporation gmbh inc incorporated limited llc ltd plc")
"""Legal forms that stand after the name of a firm; not "company", which tells Walt Disney from his."""

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "\u0131": "i",
        "ħ": "h",
        "ə": "a",
    }
    | dict.fromkeys("\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2018\u2019\u201b\u2032\uff07`\u00b4", "'")
)
"""Latin letters that Unicode does not take apart, and the many apostrophes."""

_ASCII = {code: " " for code in range(128) if not chr(code).isalnum()}
_MARKS = re.compile("(?<=[a-z])[\u0300-\u036f]+")
_POSSESSIVE = re.compile(r"'s(?!\w)")
_BRACKETS = re.compile(r"[(\uff08]([^()\uff08\uff09]*)[)\uff09]")
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})\Z")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name taken apart: the words that name, and the words in brackets that only tell apart."""

    form: str
    """`normalise` of the whole."""
    words: tuple[str, ...]
    aside: tuple[str, ...] = ()


def clean(name: str) -> str:
    """The name as it can be stored: lone surrogates, which no file can hold, are replaced."""
    return name if name.isascii() else _SURROGATES.sub("\ufffd", name)


def normalise(name: str) -> str:
    """What two spellings of one name have in common: "The U.S.' Élysée-Palace" -> "us elysee palace".

    Case, Latin accents and ligatures, punctuation, hyphens, apostrophes, a leading "the" and possessive "'s"
    go; "&" is "and"; initials are written together ("J. K." and "JK" are one). Letters of other scripts stay
    as they are. A name of nothing but signs is kept as it is; only a blank one gives "".
    """
    return _normalise(name) if len(name) <= LONGEST else _fold(name)


def parse(name: str) -> Parsed:
    """Take a name apart into the words of the name proper and those in brackets."""
    return _parse(name) if len(name) <= LONGEST else _take_apart(name)


def is_number(word: str) -> bool:
    """True for a word that counts or dates: any digit in it, or a Roman numeral of two letters and more."""
    if not word.isalpha() and any(map(str.isdigit, word)):
        return True
    return len(word) > 1 and word[0] in "xvi" and _ROMAN.match(word) is not None


@lru_cache(maxsize=16384)
def _parse(name: str) -> Parsed:
    return _take_apart(name)


def _take_apart(name: str) -> Parsed:
    form = normalise(name)
    if len(name) <= LONGEST and ("(" in name or "\uff08" in name):
        outside = split_words(_BRACKETS.sub(" ", name))
        inside = split_words(" ".join(_BRACKETS.findall(name)))
        if outside and inside:
            return Parsed(form=form, words=tuple(outside), aside=tuple(inside))
    return Parsed(form=form, words=tuple(form.split()))


@lru_cache(maxsize=16384)
def _normalise(name: str) -> str:
    return _fold(name)


def _fold(name: str) -> str:
    words = split_words(name)
    if len(name) > LONGEST and not name.isspace():
        words.append("0x" + blake2b(clean(name).encode(), digest_size=8).hexdigest())
    return " ".join(words) or " ".join(clean(name).casefold().split())


def split_words(text: str) -> list[str]:
    """The words of the normal form, in order; none if there are only signs. What is too long is not read."""
    text = _to_latin(text[:LONGEST])
    if "'" in text:
        text = _POSSESSIVE.sub(" ", text)
    if "&" in text:
        text = text.replace("&", " and ")
    if text.isascii():
        text = text.translate(_ASCII)
    else:
        text = "".join([c if c.isalnum() else _sign(c) for c in text])
    words = text.split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return _join_initials(words) if len(words) > 1 else words


def _sign(character: str) -> str:
    """A sign in a word: a mark (an Indic vowel sign, say) is part of it, what nobody sees is nothing."""
    category = unicodedata.category(character)
    return character if category[0] == "M" else "" if category == "Cf" else " "


def _to_latin(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", clean(text).casefold()).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", _MARKS.sub("", text))


def _join_initials(words: list[str]) -> list[str]:
    """Write neighbouring single letters as one word: U.S., U S and US are the same."""
    joined: list[str] = []
    single = False
    for word in words:
        is_single = len(word) == 1 and word.islower()
        if single and is_single:
            joined[-1] += word
        else:
            joined.append(word)
        single = is_single
    return joined
