"""Words by which a thing is not, or not yet, what a claim calls it: a president-elect, becoming a member.

What such a word says is not read; a claim that has one is left unread, or is of what is still to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from verifier.model import PeriodKind
from verifier.text.coreference import NOUN_KINDS
from verifier.text.fits import Fit
from verifier.text.reading import Line
from verifier.text.signals import NEGATIONS, is_light
from verifier.text.vocabulary import CARRIERS, COPULAS, DETERMINERS, DOUBTS, ONSETS, REPORTED
from verifier.text.words import Word, word_set

__all__ = ["is_under_way", "needs_parse", "only_so_called"]

_KINDS = NOUN_KINDS.keys() | CARRIERS
"""Words after a noun that make no other kind of it: "member state"."""
_HYPHENS = frozenset("-‐‑")
_BOUNDS = frozenset({PeriodKind.BEGAN, PeriodKind.ENDED})
_CHANGES = ONSETS | word_set("leave quit exit withdraw end close stop drop abandon")
_FOUND = frozenset(["find", "see"])
"""Verbs of "is to be found in X", which is so already."""
_AS_IF = frozenset({("in", "effect"), ("in", "practice"), ("in", "spirit"), ("in", "name")})
_PLAINLY = word_set(
    """
    currently presently formerly previously recently newly initially originally finally eventually
    ultimately lastly secondly thirdly immediately simultaneously continually continuously permanently
    temporarily traditionally historically long-standingly
    officially formally legally lawfully constitutionally administratively publicly openly proudly famously
    notably notoriously really actually truly certainly definitely surely clearly obviously undoubtedly
    undeniably indeed simply only merely solely exclusively purely also fully wholly entirely completely
    totally firmly mainly mostly primarily principally chiefly largely predominantly overwhelmingly
    commonly usually generally normally typically widely popularly jointly geographically locally
    internationally globally nationally additionally similarly likewise consequently accordingly
    interestingly surprisingly unsurprisingly importantly unfortunately sadly luckily
    """
)
"""Adverbs that leave what "is" says as it is."""


def only_so_called(line: Line, fit: Fit) -> bool:
    """Whether a word beside the noun of a claim, or beside its "is", makes it another kind, or nearly one."""
    row, read = line.words, {*fit.words, *fit.passed}
    if any(_is_glued(line, i, fit) or _is_followed(line, i, fit, read) for i in fit.literals):
        return True
    passed = [i for i in fit.passed if i + 1 < len(row)]
    return any(
        (row[i].text == "-" and row[i + 1].text in {"be", "to"})
        or (row[i].lemma, row[i + 1].lemma) in _AS_IF
        or _is_undone(row, i, fit)
        or _is_nearly(row, i, fit)
        for i in passed
    )


def _is_glued(line: Line, index: int, fit: Fit) -> bool:
    """ "president-elect", "member-in-waiting": whether a hyphen ties an unread word after the noun."""
    row = line.words
    if index + 2 >= len(row) or line.text[row[index + 1].span.start] not in _HYPHENS:
        return False
    mark, after = row[index + 1], row[index + 2]
    tied = row[index].span.end == mark.span.start and mark.span.end == after.span.start
    known = index + 2 in fit.words or after.lemma in _KINDS
    return tied and after.is_word and not known


def _is_followed(line: Line, index: int, fit: Fit, read: set[int]) -> bool:
    """ "chancellor designate": whether the noun belongs to an unread word right after it."""
    row, after = line.words, index + 1
    if after >= len(row) or not row[after].is_word or row[after].capital or after in fit.words:
        return False
    if row[after].text == "elect":
        return after in fit.passed
    if line.tree is None or after in read or row[after].lemma in _KINDS:
        return False
    tree = line.tree
    return tree.deps[index] in {"compound", "nmod"} and tree.heads[index] == after


def _is_undone(row: tuple[Word, ...], index: int, fit: Fit) -> bool:
    """ "an acceding member": whether a participle before the noun, left over, says what is still done."""
    ing = row[index].text.endswith("ing") and row[index].lemma != row[index].text
    ing = ing and not is_light(row[index]) and row[index].lemma not in CARRIERS
    return ing and fit.found.pattern.linked and index + 1 in fit.literals


def _is_nearly(row: tuple[Word, ...], index: int, fit: Fit) -> bool:
    """ "is symbolically a member": whether an adverb right after "is" may say that it is not quite."""
    word, after = row[index], row[index + 1]
    if not word.text.endswith("ly") or word.lemma in _PLAINLY | REPORTED | DOUBTS or not is_light(word):
        return False
    noun = after.lemma in DETERMINERS or (fit.found.pattern.appositive and index + 1 in fit.literals)
    return noun and _before(row, index) in COPULAS


def _before(row: tuple[Word, ...], index: int) -> str:
    """The word before another one, past adverbs and denials."""
    at = index - 1
    while at > 0 and (
        row[at].text.endswith("ly") or row[at].lemma in NEGATIONS | {"now", "already", "still"}
    ):
        at -= 1
    return row[at].lemma if at >= 0 else ""


def is_under_way(line: Line, fit: Fit) -> bool:
    """Whether a change is only told to be going on, or to come: "is becoming", "is to join"."""
    row, said = line.words, sorted({*fit.literals, *fit.passed})
    bounded = fit.found.pattern.period in _BOUNDS or any(row[i].lemma in _CHANGES for i in fit.literals)
    for i in said:
        low = row[i].text.casefold()
        changes = row[i].lemma in _CHANGES or (bounded and (i in fit.literals or low == "being"))
        if changes and low.endswith("ing") and _before(row, i) == "be":
            return True
        to = i - 1  # a phrasing of its own may have "is to debut"
        told = row[i].lemma in _CHANGES | {"be"} and to not in fit.literals
        if to > 0 and told and row[to].text == "to" and _is_to_come(row, to):
            return True
    return False


def _is_to_come(row: tuple[Word, ...], to: int) -> bool:
    before = row[to - 1] if to else None
    if before is not None and before.text == "going":
        return _before(row, to - 1) == "be"
    found = any(word.lemma in _FOUND for word in row[to + 1 : to + 3])
    return _before(row, to) == "be" and not found


def needs_parse(line: Line, fit: Fit) -> bool:
    """Whether it takes a parse to tell if it is so: "is about to become", "is far from being"."""
    row = line.words
    return any(
        two.lemma in COPULAS and (one.text == "to" or two.text.endswith("ing"))
        for one, two in _pairs(row, fit)
    )


def _pairs(row: tuple[Word, ...], fit: Fit) -> Iterator[tuple[Word, Word]]:
    said = sorted({*fit.passed, *fit.literals})
    return ((row[i], row[j]) for i, j in pairwise(said) if j == i + 1)
