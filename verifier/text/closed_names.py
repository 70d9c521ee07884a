"""The things and figures that a claim speaks of, as the ends of what it says: closed world only.

Longer names come first. Names written small count too, and are marked: they may be no more than words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from verifier.model import Bound, Match, MatchKind, Quantity, Term, Value
from verifier.names import normalise
from verifier.text.attribution import FALSE, REFUSED, SPEECH, WANTED
from verifier.text.coverage import asks
from verifier.text.mentions import FUNCTION
from verifier.text.reading import Line
from verifier.text.signals import is_light
from verifier.text.vocabulary import (
    AUXILIARIES,
    CARRIERS,
    DETERMINERS,
    FUTURE,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
)
from verifier.text.words import Word, word_set

__all__ = ["Node", "describes", "find_nodes", "is_plain", "opening"]

_NEAR = 85.0
_MAX_WORDS = 14
_SPEAKERS = frozenset({"i", "we", "you"})
_OPENERS = frozenset(
    {"yes", "yeah", "yep", "yup", "no", "nope", "well", "oh", "ok", "okay", "sure", "so", "but", "also"}
)
_DESCRIBING = word_set("a some which who whose whom where that it he she they its there")
_POWER = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d+")
_LONGEST_FRAME = 8
_LONGEST_SUBJECT = 4
_POSSIBLE = (MODALS | FUTURE) - {"can", "could"}
_TO_DO = WANTED | REFUSED | {"yet"}
"""What stands before "to" and a verb that tells of nothing done."""
_ALL = frozenset({"every", "each", "most", "all"})


@dataclass(frozen=True, slots=True)
class Node:
    """The words `[start, end)` of a claim, and what they may name; a figure has a value."""

    term: Term
    start: int
    end: int
    plain: bool = False
    """True for a name written small, which may be only a word."""
    described: bool = False
    """True for a plain name after an article: "an airport" says what kind of thing is meant."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The things that it may be."""
        return tuple(match.id for match in self.term.matches)

    @property
    def value(self) -> Value | None:
        """The figure that it is."""
        return self.term.value

    @property
    def sure(self) -> bool:
        """Whether the tables have the very name."""
        return any(match.kind is not MatchKind.FUZZY for match in self.term.matches)

    def narrowed(self, ids: frozenset[str]) -> Node:
        """The same, taken for one of these things."""
        matches = tuple(match for match in self.term.matches if match.id in ids)
        return replace(self, term=replace(self.term, matches=matches)) if matches else self


def opening(line: Line) -> int:
    """The words that only lead up to a claim told in the speaker's own voice: "Yes, I did not know that"."""
    words = line.words
    at = 0
    while at < len(words) and (words[at].lemma in _OPENERS or words[at].text in {",", "!", "."}):
        at += 1
    first = next(
        (i for i in range(at, min(len(words), at + 3)) if words[i].text.casefold() in _SPEAKERS), None
    )
    if first is None:
        return at if at < len(words) else 0
    for i in range(first + 1, min(len(words), first + _LONGEST_FRAME)):
        if words[i].lemma == "that" or words[i].text in {"?", ","}:
            return i + 1
        if not words[i].text[:1].islower() and words[i].is_word:
            return i
    return at


def is_plain(line: Line) -> bool:
    """Whether a claim is told as it is: no question, not by others, not what may be, not of all of a kind."""
    words = line.words
    begin = opening(line)
    if asks(line):
        return False
    for i, word in enumerate(words[begin:], begin):
        after = words[i + 1] if i + 1 < len(words) else None
        if word.lemma in _POSSIBLE and not word.capital:
            return False
        if after is not None and after.lemma == "that" and word.lemma in SPEECH | FALSE:
            return False
        if word.lemma == "according" or (word.lemma == "non" and after is not None and after.text == "-"):
            return False
        if after is not None and after.lemma == "to" and word.text.islower() and word.lemma in _TO_DO:
            return False
        if word.lemma in SPEECH and i > 1 and words[i - 1].text == '"':
            return False
        floats = i > 0 and words[i - 1].lemma in AUXILIARIES  # "are all related" says it of those named
        if (
            word.lemma in _ALL
            and not floats
            and after is not None
            and after.text.islower()
            and after.lemma != "of"
        ):
            return False
    return not _counts(line, begin) and not _denies_twice(words[begin:])


def _counts(line: Line, begin: int) -> bool:
    """Whether it says how many do it, or that nobody else does: "no state", "only X", "two of the three"."""
    words = line.words
    first, second = (*words[begin : begin + 2], None, None)[:2]
    if first is None or second is None:
        return False
    if first.lemma == "none" or (first.lemma == "no" and second.text.islower()):
        return True
    if first.lemma in {"several", "many", "few"} and second.text.islower():
        return True
    if first.lemma == "only" or (first.lemma == "half" and second.lemma in {"of", "the"}):
        return True
    return any(
        indices
        and indices[0] == begin
        and (
            mention.of is not None
            or mention.quantity.bound is not Bound.EXACT
            or (indices[-1] + 1 < len(words) and words[indices[-1] + 1].lemma == "of")
        )
        for mention, indices in line.quantities
    )


def _denies_twice(words: Sequence[Word]) -> bool:
    """Whether it denies a denial: "it is not true that X is not Y"."""
    places = [i for i, word in enumerate(words) if word.lemma in {"not", "never"}]
    return len(places) > 1 and any(word.lemma == "that" for word in words[places[0] : places[1]])


def describes(line: Line) -> bool:
    """Whether a claim has words for something that it does not name: "a town", "whose", "where"."""
    return any(word.lemma in _DESCRIBING for word in line.words[opening(line) :])


def find_nodes(line: Line) -> tuple[Node, ...]:
    """What a claim names, in order; none overlaps another."""
    begin = opening(line)
    named = tuple(_named(line, begin))
    bare = _bare_subject(line, begin, named)
    found = sorted(
        (*named, *_strange(line, begin), *_figures(line, begin, named), *_powers(line, begin), *bare),
        key=lambda n: (-(n.end - n.start), n.plain, n.term.value is None, n.start),
    )
    kept: list[Node] = []
    taken: set[int] = set()
    for node in found:
        inside = set(range(node.start, node.end))
        if not inside & taken:
            taken |= inside
            kept.append(node)
    return tuple(sorted(kept, key=lambda n: n.start))


def _named(line: Line, begin: int) -> Iterator[Node]:
    """Every stretch that is the very name of something."""
    names = line.world.names
    for start in range(begin, len(line.words)):
        word = line.words[start]
        if not word.is_word or word.text == "'s":
            continue
        stop = _glued_end(line, start)
        glued = normalise(line.slice(start, stop)).partition(" ")[0]
        longest = max(names.prefix_length(normalise(word.text)), names.prefix_length(glued))
        reach = max(min(2 * longest, _MAX_WORDS), stop - start) if longest else 0
        for end in range(min(len(line.words), start + reach), start, -1):
            last = line.words[end - 1]
            if end - start == 1 and word.text.isdecimal() and end < len(line.words) and _is_glued(line, end):
                continue  # "3rd" and "18R" are no numbers
            if last.text == "'s" or (not last.is_word and last.text not in {".", "!", ")", "?"}):
                continue
            text = line.slice(start, end)
            matches = names.exact(text)
            if matches and not last.is_word and end - start > 1 and (last.text != ")" or "(" not in text):
                bare = names.exact(line.slice(start, end - 1))
                if {m.id for m in bare} & {m.id for m in matches} and not any(
                    m.alias == text for m in matches
                ):
                    continue  # the mark is the sentence's, not the name's
            if not matches and last.text.islower() and last.lemma != last.text and last.text.endswith("s"):
                matches = names.exact(text[: len(text) - len(last.text)] + last.lemma)
            if matches and (node := _node(line, start, end, matches)) is not None:
                yield node
                break


def _glued_end(line: Line, start: int) -> int:
    """Where the words end that no space parts from this one: "18R/36L" is four."""
    stop = start + 1
    while stop < len(line.words) and line.words[stop].span.start == line.words[stop - 1].span.end:
        stop += 1
    return stop


def _bare_subject(line: Line, begin: int, named: Sequence[Node]) -> Iterator[Node]:
    """The words before the verb that no article opens and that no table knows: "Scallions are ..."."""
    words = line.words
    stop = next((i for i in range(begin, len(words)) if words[i].lemma in AUXILIARIES | MODALS), begin)
    if not 0 < stop - begin <= _LONGEST_SUBJECT or any(node.start < stop for node in named):
        return
    inner = words[begin:stop]
    if any(
        not w.is_word or w.text == "'s" or is_light(w) or w.lemma in PREPOSITIONS | CARRIERS for w in inner
    ):
        return
    if any(_is_empty(w) or w.text.endswith(("ed", "ing")) or w.text[:1].isdigit() for w in inner):
        return
    text = line.slice(begin, stop)
    yield Node(Term(text, line.span_of(begin, stop), line.world.names.search(text, limit=5)), begin, stop)


def _node(line: Line, start: int, end: int, matches: tuple[Match, ...]) -> Node | None:
    inner = [word for word in line.words[start:end] if word.is_word]
    capital = any(not word.text[:1].islower() for word in inner)
    named = start > 0 and all(word.capital for word in inner) and matches[0].alias == line.slice(start, end)
    if all(_is_empty(word) for word in inner) and not (capital and len(inner) > 1) and not named:
        return None  # "May" is a month within a sentence, and "may" is not
    best = matches[0].score
    term = Term(
        line.slice(start, end),
        line.span_of(start, end),
        tuple(m for m in matches if m.score >= best - 1),
    )
    described = start > 0 and line.words[start - 1].lemma in DETERMINERS
    return Node(term, start, end, plain=not capital, described=not capital and described)


def _is_empty(word: Word) -> bool:
    low = word.text.casefold()
    if word.capital:
        return low in FUNCTION or low in _OPENERS
    return is_light(word) or word.lemma in PREPOSITIONS | CARRIERS | PRONOUNS or low in FUNCTION


def _strange(line: Line, begin: int) -> Iterator[Node]:
    """Names that no table has as they are written."""
    for candidate in line.candidates:
        sure = candidate.known and candidate.matches[0].kind in {MatchKind.EXACT, MatchKind.NORMALISED}
        if candidate.start < begin or sure:
            continue
        inner = [word for word in line.words[candidate.start : candidate.end] if word.is_word]
        if all(_is_empty(word) for word in inner):
            continue
        if all(w.lemma in line.world.lexicon.vocabulary for w in inner):
            continue  # "a Prime Minister" is no name
        near = candidate.known and candidate.matches[0].score >= _NEAR
        if not near and candidate.end - candidate.start == 1 and _is_sign(candidate.text):
            continue
        term = Term(candidate.text, line.span_of(candidate.start, candidate.end), candidate.matches)
        yield Node(term, candidate.start, candidate.end)


def _is_sign(text: str) -> bool:
    """Initials such as "TV" stand for words rather than for a thing."""
    return text.isupper() and len(text) <= 3


def _powers(line: Line, begin: int) -> Iterator[Node]:
    """Numbers written with a power of ten: "4.18E11"."""
    for start in range(begin, len(line.words)):
        stop = _glued_end(line, start)
        while stop > start + 1 and not line.words[stop - 1].is_word:
            stop -= 1
        text = line.slice(start, stop)
        if _POWER.fullmatch(text):
            amount = Decimal(text)
            power = int(text.upper().partition("E")[2])
            value = Quantity(amount, step=Decimal(10) ** (power - _digits(text)))
            yield Node(Term(text, line.span_of(start, stop), value=value), start, stop)


def _digits(text: str) -> int:
    """How many digits a number has after its point."""
    return len(text.upper().partition("E")[0].partition(".")[2])


def _is_glued(line: Line, index: int) -> bool:
    """Whether a word follows the one before without a space, as in "3rd" or "18R"."""
    word = line.words[index]
    return word.is_word and word.span.start == line.words[index - 1].span.end and word.text[:1].isalpha()


def _figures(line: Line, begin: int, named: Sequence[Node]) -> Iterator[Node]:
    names = [range(node.start, node.end) for node in named if not node.plain]
    for date, indices in line.dates:
        told = [i for i in indices if line.words[i].is_word and line.words[i].lemma not in PREPOSITIONS]
        bare = not any(line.words[i].text[:1].isdigit() for i in told)
        if bare and any(set(told) <= set(name) for name in names):
            continue  # a month that the tables have as a thing, or that stands in a longer name
        if indices and indices[0] >= begin and date.period.date is not None:
            start, end = indices[0], indices[-1] + 1
            yield Node(Term(date.period.text, line.span_of(start, end), value=date.period.date), start, end)
    for quantity, indices in line.quantities:
        ordinal = bool(indices) and indices[-1] + 1 < len(line.words) and _is_glued(line, indices[-1] + 1)
        if (
            indices
            and indices[0] >= begin
            and any(line.words[i].text[:1].isdigit() for i in indices)
            and not ordinal
        ):
            start, end = indices[0], indices[-1] + 1
            text = line.slice(start, end)
            yield Node(Term(text, line.span_of(start, end), value=quantity.quantity), start, end)
