"""Text as words: folding that keeps every offset, tokens with exact spans, the lemma two wordings share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from verifier.model import Span
from verifier.text.dictionary import Dictionary, lay_out_whole

__all__ = ["Word", "fold", "has_dictionary", "is_known", "lemma", "use_dictionary", "word_set", "words"]

_APOSTROPHES = "‘’‛′ʼ`´＇"
_QUOTES = "“”„‟«»″＂"
_DASHES = "‐‑‒–—―−﹘﹣－"
_SPACES = (
    "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"
)
_FOLD = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SPACES, " ")
)

_TOKEN = re.compile(
    r"""(?P<abbr>(?:[^\W\d_]\.){2,})      # U.S., e.g.
      | (?P<genitive>'s\b)
      | (?P<negation>n't\b)
      | (?P<number>\d+(?:[.,]\d+)*)
      | (?P<word>[^\W\d_]+?(?=n't\b) | [^\W_]+)
      | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a sentence; `span` is in the document, `text` is folded."""

    text: str
    lemma: str
    span: Span
    is_word: bool

    @property
    def capital(self) -> bool:
        """True if it begins with a capital letter."""
        return self.text[:1].isupper()


def fold(text: str) -> str:
    """The text with typographic quotes, dashes and spaces made plain; no offset changes."""
    return text.translate(_FOLD)


def words(text: str, *, offset: int = 0) -> tuple[Word, ...]:
    """The tokens of a folded text; `offset` is where the text begins in the document."""
    found = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        is_word = match.lastgroup != "mark"
        span = Span(offset + match.start(), offset + match.end())
        found.append(Word(token, lemma(token) if is_word else token, span, is_word))
    return tuple(found)


# Forms that the dictionary leaves alone or reads as another word; closed class, so a table.
_LEMMAS = {
    "'s": "'s",
    "n't": "not",
    "cannot": "not",
    "an": "a",
    "won": "win",
    "broke": "break",
    "wed": "wed",
    "born": "born",
    "as": "as",
    "has": "have",
    "had": "have",
    "is": "be",
    "are": "be",
    "was": "be",
    "were": "be",
    "am": "be",
    "been": "be",
    "being": "be",
    "does": "do",
    "did": "do",
    "done": "do",
    "according": "according",
    "left": "leave",
    "found": "find",
    "founded": "found",
    "founding": "found",
    "their": "its",
    "whose": "whose",
    "his": "its",
    "her": "its",
    "this": "this",
    "media": "media",
    "dead": "dead",
    "us": "us",
    "united": "united",
    "best": "best",
    "first": "first",
    "last": "last",
    "located": "locate",
    "states": "state",
    "less": "less",
    "more": "more",
    "most": "most",
}
_BRITISH = (
    (re.compile(r"i[sz](e|ation|er|ing|ed)$"), r"is\1"),
    (re.compile(r"(?<=[a-z]{2})our$"), "or"),
    (re.compile(r"(?<=[a-z]{2})[ck]tre$"), "cter"),
    (re.compile(r"(?<=[a-z])ence$"), "ence"),
)


_opened: list[Dictionary] = []


def use_dictionary(dictionary: Dictionary) -> None:
    """Take the forms of words from this copy of the dictionary; all copies say the same."""
    _opened[:] = [dictionary]


def has_dictionary() -> bool:
    """Whether the dictionary is open."""
    return bool(_opened)


def _dictionary() -> Dictionary:
    if not _opened:
        use_dictionary(Dictionary(lay_out_whole()))
    return _opened[0]


def is_known(word: str) -> bool:
    """Whether the dictionary has a word, given in lower case."""
    return _dictionary().has(word)


@lru_cache(maxsize=65536)
def lemma(token: str) -> str:
    """The dictionary form in lower case, with one spelling for all: "recognized" is "recognise"."""
    low = token.casefold().rstrip(".") if "." not in token[:-1] else token.casefold().replace(".", "")
    fixed = _LEMMAS.get(low)
    if fixed is not None:
        return fixed
    if len(low) < 3 or not low.isascii() or not low.isalpha():
        return low
    base = _dictionary().base(low)
    for pattern, replacement in _BRITISH:
        base = pattern.sub(replacement, base)
    return base


def word_set(listed: str) -> frozenset[str]:
    """A list of words, written with spaces between them, as a set."""
    return frozenset(listed.split())
