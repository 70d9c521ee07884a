"""What a sentence names: stretches of words that the tables know, and capitalised ones that they do not.

Names are found through the name index first, as a lattice: stretches may overlap, and what the sentence says
decides between them later. A part-of-speech or entity type never filters a name out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from verifier.model import Entity, Match, MatchKind, Span, Term
from verifier.names import normalise
from verifier.text.vocabulary import TITLES
from verifier.text.words import Word, is_known, word_set

__all__ = ["FUNCTION", "Candidate", "Names", "as_term", "find_names"]

_MAX_WORDS = 14
_INNER = word_set(
    """
    of the de da do dos del della di du la le el al bin ibn van von der den and for in on at to & - ' .
    """
)
FUNCTION = word_set(
    """
    the a an this that these those he she it they we you i who which what when where there here and or
    but if as at by for from in into of on to with not no nor yes is are was were be been has have had
    do does did will would can could may might must shall should his her its their our my your him them
    us me one two three first second last next new all any some most many more both each every other
    such only also then than so now after before since until during under over about between against
    through while because although however according
    """
)


class Names(Protocol):
    """What finding names needs of the tables."""

    def exact(self, name: str) -> tuple[Match, ...]:
        """Entities that have exactly this name, up to case, marks and accents."""
        ...

    def search(self, name: str, *, limit: int = 5) -> tuple[Match, ...]:
        """Entities with a name like this one, best first."""
        ...

    def prefix_length(self, token: str) -> int:
        """The most words of any name that begins with this word; 0 if none does."""
        ...

    def entity(self, id: str) -> Entity | None:
        """The entity with this id."""
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """The words `[start, end)` of a sentence may name these entities; none if they only look like a name."""

    start: int
    end: int
    matches: tuple[Match, ...]
    text: str

    @property
    def known(self) -> bool:
        """True if a table has the name."""
        return bool(self.matches)


def find_names(
    text: str, sentence: Sequence[Word], names: Names, *, skip: frozenset[int], vocabulary: frozenset[str]
) -> tuple[Candidate, ...]:
    """Every stretch of a sentence that may name something, in order; the words' spans point into `text`.

    `skip` are words that are something else (dates, quantities); `vocabulary` are words of relation phrases,
    which do not make an unknown name of a title ("Foreign Minister") that stands before a known one.
    """
    found: list[Candidate] = []
    for start, word in enumerate(sentence):
        if not word.is_word or start in skip or word.text == "'s":
            continue
        longest = names.prefix_length(normalise(word.text))
        if longest == 0 and word.capital and word.text.endswith("s"):
            longest = names.prefix_length(normalise(word.text[:-1]))  # "Thais"
        if longest == 0:
            continue
        for end in range(min(len(sentence), start + min(2 * longest, _MAX_WORDS)), start, -1):
            if not sentence[end - 1].is_word and sentence[end - 1].text not in {".", "!", ")", "?"}:
                continue
            if skip and not skip.isdisjoint(range(start, end)):
                continue
            name = text[sentence[start].span.start : sentence[end - 1].span.end]
            matches = names.exact(name)
            last = sentence[end - 1]
            if not matches and last.text.islower() and last.lemma != last.text and last.text.endswith("s"):
                matches = names.exact(name[: len(name) - len(last.text)] + last.lemma)
            if not matches and last.capital and len(last.text) > 4 and last.text.endswith("s"):
                matches = tuple(m for m in names.exact(name[:-1]) if m.alias != m.label)  # "Thais"
            if matches and _names_something(sentence[start:end], matches, first=start == 0):
                found.append(Candidate(_with_article(sentence, start), end, matches, name))
    found = _without_trailing_marks(found)
    found.extend(_unknown(text, sentence, names, found, skip, vocabulary))
    return tuple(sorted(_merge(found), key=lambda c: (c.start, -c.end)))


def _with_article(sentence: Sequence[Word], start: int) -> int:
    """Where a name begins that is known without its Dutch article: "'s-Hertogenbosch"."""
    first = start - 2
    if first < 0 or [word.text for word in sentence[first:start]] != ["'s", "-"]:
        return start
    possessive = first > 0 and sentence[first - 1].span.end == sentence[first].span.start
    return start if possessive else first


def _without_trailing_marks(found: Iterable[Candidate]) -> list[Candidate]:
    """Of "Kosovo" and "Kosovo.", keep the first, unless the mark belongs to the name ("Yahoo!")."""
    kept: dict[tuple[int, frozenset[str]], Candidate] = {}
    for candidate in found:
        key = (candidate.start, frozenset(match.id for match in candidate.matches))
        other = kept.get(key)
        marked = other is not None and not other.text[-1:].isalnum()
        if other is None or (
            marked
            and len(candidate.text) < len(other.text)
            and all(m.alias != other.text for m in other.matches)
        ):
            kept[key] = candidate
    return list(kept.values())


def _names_something(stretch: Sequence[Word], matches: tuple[Match, ...], *, first: bool) -> bool:
    content = [word for word in stretch if word.is_word]
    if all(
        word.text.casefold() in FUNCTION and not (len(word.text) > 1 and word.text.isupper())
        for word in content
    ):
        return (
            any(match.alias == " ".join(w.text for w in content) for match in matches)
            and all(w.capital for w in content)
            and not first
        )
    if not any(
        word.text[:1].isupper() or word.text[:1].isdigit() or not word.text.isascii() for word in content
    ):
        return any(
            not match.alias[:1].isupper() or match.alias.casefold() == match.alias for match in matches
        )
    return True


def _unknown(
    text: str,
    sentence: Sequence[Word],
    names: Names,
    known: Sequence[Candidate],
    skip: frozenset[int],
    vocabulary: frozenset[str],
) -> Iterable[Candidate]:
    """Capitalised stretches that no table knows whole, with their best fuzzy matches."""
    covered = {index for candidate in known for index in range(candidate.start, candidate.end)}
    position = 0
    while position < len(sentence):
        if position in skip or not _name_like(sentence, position):
            position += 1
            continue
        end = position + 1
        while end < len(sentence) and end not in skip:
            if _name_like(sentence, end):
                end += 1
            elif (
                sentence[end].text.casefold() in _INNER
                and end + 1 < len(sentence)
                and _name_like(sentence, end + 1)
                and end + 1 not in skip
            ):
                if sentence[end].text.casefold() in {"and", "in", "on", "at", "to", "for", "'"} and (
                    end in covered or end + 1 in covered or end - 1 in covered
                ):
                    break
                end += 2
            else:
                break
        yield from _runs(text, sentence, names, position, end, covered, vocabulary, known)
        position = end


def _name_like(sentence: Sequence[Word], index: int) -> bool:
    word = sentence[index]
    if not word.is_word or not word.text[:1].isupper() or word.text == "I":
        return False
    if index == 0 or (not sentence[index - 1].is_word and sentence[index - 1].text in {'"', ".", ":"}):
        following = sentence[index + 1] if index + 1 < len(sentence) else None
        if word.text.casefold() in FUNCTION:
            return False
        return (
            (
                following is not None
                and ((following.text[:1].isupper() and following.is_word) or following.text in {"'s", "-"})
            )
            or not _is_common(word)
            or len(word.text) > 3
        )
    return word.text.casefold() not in FUNCTION


def _is_common(word: Word) -> bool:
    return is_known(word.text.casefold())


def _runs(
    text: str,
    sentence: Sequence[Word],
    names: Names,
    start: int,
    end: int,
    covered: set[int],
    vocabulary: frozenset[str],
    known: Sequence[Candidate],
) -> Iterable[Candidate]:
    open_words = [i for i in range(start, end) if i not in covered and sentence[i].is_word]
    foreign = [
        i
        for i in open_words
        if sentence[i].lemma not in vocabulary | TITLES and sentence[i].text.casefold() not in _INNER
    ]
    if not foreign:
        return
    if len(foreign) == end - start or all(i not in covered for i in range(start, end)):
        name = text[sentence[start].span.start : sentence[end - 1].span.end]
        short = _short_for(name, names)
        bare = _without_title(text, sentence, names, start, end)
        if bare is not None:
            yield bare
            return
        if short or start > 0 or end > start + 1 or not _is_common(sentence[start]):
            yield Candidate(start, end, short or names.search(name, limit=5), name)
        return
    # A stranger beside a known name: the whole run may be a longer name ("Ivanka Trump").
    first, last = foreign[0], foreign[-1]
    begin, stop = first, last + 1
    for candidate in known:
        if candidate.end == first or candidate.start == last + 1:
            begin, stop = min(begin, candidate.start), max(stop, candidate.end)
    linked = next((c for c in known if c.start == last + 2 and sentence[last + 1].lemma == "of"), None)
    if linked is not None and not any(_is_common(sentence[i]) for i in foreign):
        stop = max(stop, linked.end)  # "Cunigunde of Luxembourg" is not Luxembourg
    begin, stop = max(begin, start), min(stop, end)
    name = text[sentence[begin].span.start : sentence[stop - 1].span.end]
    matches = names.search(name, limit=5)
    longer = any(c.end == first and _own_name(c) for c in known) or (
        first > 0 and any(c.start == last + 1 and _own_name(c) for c in known)
    )
    if (matches and matches[0].score >= 85) or longer or not all(_is_common(sentence[i]) for i in foreign):
        yield Candidate(begin, stop, matches, name)
    if begin != first or stop != last + 1:
        name = text[sentence[first].span.start : sentence[last].span.end]
        own = names.search(name, limit=5)
        if own and own[0].score >= 85:
            yield Candidate(first, last + 1, own, name)


def _without_title(
    text: str, sentence: Sequence[Word], names: Names, start: int, end: int
) -> Candidate | None:
    """The name after a title, if somebody is better known by that than with the title."""
    begin = start
    while begin < end and sentence[begin].lemma in TITLES:
        begin += 1
    if begin == start or end - begin < _FULL:
        return None
    whole, name = (text[sentence[i].span.start : sentence[end - 1].span.end] for i in (start, begin))
    known, own = names.search(whole, limit=1), names.search(name, limit=5)
    if not known or not own or known[0].id != own[0].id or known[0].score >= own[0].score:
        return None
    return Candidate(begin, end, own, name)


def _own_name(candidate: Candidate) -> bool:
    """Whether the words are a thing's own name or initials, not an adjective ("Israeli")."""
    return any(m.alias == m.label or (m.alias.isupper() and len(m.alias) > 1) for m in candidate.matches)


_FULL = 2
"""Words of a name that is more than a surname."""
SHORT_NAME_SCORE = 92.0
"""A surname, or a city without its country, fits less well than the whole name, and better than a typo."""


def _short_for(name: str, names: Names) -> tuple[Match, ...]:
    """The people with this surname, and the places with more to their name ("Washington, D.C.")."""
    if len(name) < 4:
        return ()
    wanted = normalise(name)
    found: dict[str, Match] = {}
    for match in names.search(name, limit=12):
        entity = names.entity(match.id)
        if entity is None:
            continue
        person = "person" in entity.types
        for alias in (entity.label, *entity.aliases):
            full = normalise(alias)
            if full.endswith(" " + wanted) if person else alias.casefold().startswith(name.casefold() + ","):
                found[match.id] = Match(match.id, match.label, alias, SHORT_NAME_SCORE, MatchKind.CONTEXT)
                break
    return tuple(found.values())


def _merge(found: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without the known names that are only parts of a stranger's."""
    candidates = list(found)
    strangers = [c for c in candidates if not c.matches or c.matches[0].score < 85]
    strangers = [s for s in strangers if not any(_only_describes(s, c) for c in candidates)]
    candidates = [c for c in candidates if c in strangers or (c.matches and c.matches[0].score >= 85)]
    kept = []
    for candidate in candidates:
        inside = any(
            s is not candidate and s.start <= candidate.start and candidate.end <= s.end for s in strangers
        )
        if not inside:
            kept.append(candidate)
    return kept


def _only_describes(stranger: Candidate, known: Candidate) -> bool:
    """ "the Socialist Edi Rama": whether the words before a full name only say more of who it is."""
    if known.end != stranger.end or known.start <= stranger.start or known.end - known.start < _FULL:
        return False
    pairs = [c.matches[0] for c in (stranger, known) if c.matches]
    return len(pairs) == 2 and pairs[0].id == pairs[1].id and pairs[1].score >= 85 > pairs[0].score


def as_term(candidate: Candidate, sentence: Sequence[Word]) -> Term:
    """The candidate as one end of a triple."""
    span = Span(sentence[candidate.start].span.start, sentence[candidate.end - 1].span.end)
    return Term(candidate.text, span, candidate.matches)
