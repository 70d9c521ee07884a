"""The proper names of a text, by how they are written: what may be asked of a service that knows names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from verifier.model import Span
from verifier.text.sentences import sentences
from verifier.text.words import is_known, lemma, word_set

__all__ = ["proper_names"]

_WORD = re.compile(r"(?<!\w)['’]s-[^\W\d_][\w.'’-]*|[^\W\d_][\w.'’-]*|\d+|[^\w\s]")
_ENDING = re.compile(r"(?:['’]s?)?\.?$")
_WITHIN = word_set("of the de la le du da do di del der den van von bin ibn al el e y")
"""Small words that a name may have inside it: "House of Lords"."""
_ARTICLES = word_set("the a an")
_LONGEST = 6


def proper_names(text: str, prose: Sequence[Span] = ()) -> tuple[str, ...]:
    """The runs of capitalised words in a text, each once, in their order.

    Of a run that begins a sentence, the rest is a name of its own too ("Former President Kufuor"), and so is
    what stands on either side of a small word: "President of Ghana". A noun after a run may belong to it
    ("Australian dollar"), and so may a small word before it ("All Souls College").
    """
    found: dict[str, None] = {}
    for span in sentences(text, prose):
        found |= dict.fromkeys(_in_sentence(text[span.start : span.end]))
    return tuple(found)


def _in_sentence(sentence: str) -> Iterator[str]:
    run: list[str] = []
    first = at_start = True
    for word in (*_WORD.findall(sentence), "."):
        if _is_capital(word):
            at_start = at_start if run else first
            run.append(word)
        elif run and word in _WITHIN:
            run.append(word)
        else:
            named = tuple(_named(run))
            yield from named
            if named and _is_noun(_ENDING.sub("", word)):
                yield from _named([*run, word])
            if at_start:
                yield from _named(run[1:])
            for at in (number for number, word in enumerate(run) if word in _WITHIN):
                yield from _named(run[:at])
                yield from _named(run[at:])
            run, at_start = [], False
        first = first and not word[:1].isalnum()


def _is_capital(word: str) -> bool:
    """Whether it is written as a name is: "Leiden", "'s-Hertogenbosch"."""
    return word[:1].isupper() or (word[1:3] == "s-" and word[3:4].isupper())


def _is_noun(word: str) -> bool:
    """Whether a word may be one that a name ends in: in its plain form, and no small word or verb form."""
    from spacy.lang.en.stop_words import STOP_WORDS

    plain = word.isascii() and word.islower() and word.isalpha() and word not in STOP_WORDS
    return plain and not word.endswith(("ed", "ing", "s")) and is_known(word) and lemma(word) == word


def _named(run: Sequence[str]) -> Iterator[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    words = [_ENDING.sub("", word) for word in run]
    if (
        len(words) > 2
        and words[0].casefold() in STOP_WORDS - _ARTICLES - _WITHIN
        and words[-1] not in _WITHIN
    ):
        yield " ".join(words[:_LONGEST])
    while words and (words[-1] in _WITHIN or words[0].casefold() in STOP_WORDS | _WITHIN):
        words = words[:-1] if words[-1] in _WITHIN else words[1:]
    if 0 < len(words) <= _LONGEST and len("".join(words)) > 1:
        yield " ".join(words)
