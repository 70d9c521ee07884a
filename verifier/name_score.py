"""How alike two names are, as a number that means the same for every pair.

The score is 100 times the share of letters that agree after the words of both names have been paired, less
fixed costs for differences that do not change what is named, and capped where something does. Reach for
`score` to explain or test a link; `NameIndex.search` finds what is worth scoring.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA, Hamming, Levenshtein

from verifier.model import MatchKind
from verifier.name_keys import SMALL_WORDS, SUFFIXES, TITLES, Parsed, is_number, parse

__all__ = ["allowed_edits", "closeness", "key_words", "score"]

NORMALISED = 99.5
"""The same normal form."""
ACRONYM = 90.0
"""The same but for case, and one of the two is an acronym: "us" is seldom the US."""
BRACKET = 95.0
"""The same but for brackets that only one of the two has: "Mike Miller" and "Mike Miller (player)"."""
FUZZY = 98.0
"""No other pair scores more."""
MIDDLE = 88.0
"""A middle name that one of the two leaves out: "John Strutt" and "John William Strutt"."""
CONTAINED = 84.0
"""All words of one are in the other, which has more: "Paris" and "Paris, Texas"."""
DIFFERENT = 70.0
"""Some word of each has no counterpart: "Prize in Physics" and "Prize in Chemistry"."""
OTHER_NUMBER = 60.0
"""The numbers differ: Henry II and Henry III, 2008 and 2009."""
OTHER_BRACKET = 60.0
"""The brackets differ: Georgia (country) and Georgia (US state)."""

MOST_WORDS = 24
"""Words of a name that are paired; more would make the time grow with the square of the length."""

_VOWELS = frozenset("aeiouy")
_RUNS = re.compile(r"(.)\1+")


def score(query: str, name: str) -> tuple[float, MatchKind]:
    """How surely `query` is a spelling of `name`, from 0 to 100, and by which kind of likeness.

    100 is the same string and nothing else; a fuzzy likeness never exceeds 98. One edit costs the share of
    the letters that it touches, so a short name loses more by it than a long one.
    """
    if query == name:
        return 100.0, MatchKind.EXACT
    ours, theirs = parse(query), parse(name)
    if ours.form == theirs.form:
        return (
            ACRONYM if _capitals(query, ours.form) != _capitals(name, ours.form) else NORMALISED
        ), MatchKind.NORMALISED
    if ours.words == theirs.words and not (ours.aside and theirs.aside):
        return BRACKET, MatchKind.NORMALISED
    return round(_fuzzy(ours, theirs), 2), MatchKind.FUZZY


def allowed_edits(length: int) -> int:
    """How many edits a word of so many letters (the longer of two) can take and still be that word."""
    if length < 4:
        return 0
    if length < 6:
        return 1
    return 2 if length < 12 else 3


def closeness(one: str, other: str) -> float:
    """How alike two words are: 1 for the same word, 0 for another, between them the share of letters kept.

    An edit is one letter put in, left out, replaced, or two neighbours swapped (optimal string alignment).
    Slips of the hand that seldom make another word cost less: a swap 0.7, a letter doubled or not 0.5. A
    replaced letter makes another word more often (Ireland, Iceland) and costs 1.2, another first letter
    (Gambia, Zambia) half an edit on top. Words that differ at both ends are never the same, nor are numbers.
    """
    if one == other:
        return 1.0
    length = max(len(one), len(other))
    allowed = allowed_edits(length)
    same_start = one[0] == other[0]
    if not allowed or not (same_start or one[-1] == other[-1]) or is_number(one) or is_number(other):
        return 0.0
    edits = OSA.distance(one, other, score_cutoff=allowed)
    if edits > allowed:
        return 0.0
    if len(one) == len(other) and Hamming.distance(one, other, score_cutoff=edits) == edits:
        cost = 1.2 * edits
    else:
        cost = edits - 0.3 * (Levenshtein.distance(one, other, score_cutoff=2 * edits) - edits)
    if not same_start:
        cost += 0.5 * (one[:2] != other[1::-1])
    elif _RUNS.sub(r"\1", one) == _RUNS.sub(r"\1", other):
        cost = 0.5 * edits
    return 1.0 - cost / length


def key_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that carry a name: all but the small ones, unless it has no others."""
    return tuple([word for word in words if word not in SMALL_WORDS]) or words


def _capitals(name: str, form: str) -> bool:
    """True for an acronym of up to four letters, with or without stops, and whatever went from its ends."""
    return len(form) <= 4 and form.upper() in name.replace(".", "").replace(" ", "") and form.upper() != form


def _fuzzy(ours: Parsed, theirs: Parsed) -> float:
    best = _paired(ours.words[:MOST_WORDS], theirs.words[:MOST_WORDS])
    best = max(best, _respaced(ours.words, theirs.words))
    if _numbers(ours.words) != _numbers(theirs.words):
        best = min(best, OTHER_NUMBER)
    if ours.aside and theirs.aside and ours.aside != theirs.aside:
        best = _with_asides(best, " ".join(ours.aside), " ".join(theirs.aside))
    elif ours.aside or theirs.aside:
        best -= 100.0 - BRACKET if ours.aside != theirs.aside else 0.0
    return max(0.0, min(FUZZY, best))


def _numbers(words: tuple[str, ...]) -> list[str]:
    """The words that count, in order of the alphabet; a last I, V or X is a numeral (Henry V)."""
    last = len(words) - 1
    return sorted(w for i, w in enumerate(words) if is_number(w) or (i == last > 0 and w in ("i", "v", "x")))


def _with_asides(best: float, one: str, other: str) -> float:
    ours, theirs = set(one.split()), set(other.split())
    if ours <= theirs or theirs <= ours:
        return best - (100.0 - BRACKET)
    same_numbers = _numbers(tuple(ours)) == _numbers(tuple(theirs))
    if same_numbers and OSA.normalized_similarity(one[:64], other[:64]) >= 0.75:
        return best - 2.0
    return min(best, OTHER_BRACKET)


def _respaced(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The score of the same letters with the spaces elsewhere ("Newyork"): half an edit for each space.

    Where letters differ too, one edit in eight letters, two in twelve, and only if a space came or went.
    """
    one, other = "".join(ours), "".join(theirs)
    if one == other:
        return 100.0 * (1.0 - 0.5 * len(_gaps(ours) ^ _gaps(theirs)) / len(one))
    length = min(len(one), len(other))
    allowed = 0 if length < 8 else 1 if length < 12 else 2
    if len(ours) == len(theirs) or not allowed or abs(len(one) - len(other)) > allowed:
        return 0.0
    edits = OSA.distance(one, other, score_cutoff=allowed)
    if edits > allowed:
        return 0.0
    return 100.0 * (1.0 - (1.2 * edits + 0.5 * abs(len(ours) - len(theirs))) / length)


def _gaps(words: tuple[str, ...]) -> set[int]:
    gaps, position = set(), 0
    for word in words[:-1]:
        position += len(word)
        gaps.add(position)
    return gaps


def _paired(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The score by words: pair them, weigh each pair by its letters, then take the costs and the caps."""
    full = len(ours) + len(theirs)
    ours, theirs = _without_titles(ours, theirs), _without_titles(theirs, ours)
    cost = 2.0 * (full - len(ours) - len(theirs))
    ours, theirs = _spell_out_initials(ours, theirs), _spell_out_initials(theirs, ours)
    pairs, agree = _pairs(ours, theirs)
    our_keys, their_keys = set(key_words(ours)), set(key_words(theirs))
    if not any(ours[i] in our_keys and theirs[j] in their_keys for i, j in pairs):
        return 0.0
    paired_letters = sum(len(ours[i]) + len(theirs[j]) for i, j in pairs)
    if [j for _, j in pairs] != sorted(j for _, j in pairs):
        cost += 5.0
    left = _unpaired(ours, {i for i, _ in pairs})
    right = _unpaired(theirs, {j for _, j in pairs})
    cost += _pair_initials(ours, theirs, left, right)
    cost += _drop_optional(ours, left, theirs) + _drop_optional(theirs, right, ours)
    lost = sum(len(ours[i]) for i in left) + sum(len(theirs[j]) for j in right)
    share = agree / paired_letters
    whole = agree / (paired_letters + lost)
    if left and right:
        return min(DIFFERENT, 100.0 * whole - cost)
    if not left and not right:
        return 100.0 * share - cost
    short, long, rest = (ours, theirs, right) if right else (theirs, ours, left)
    ends = set(pairs) if right else {(j, i) for i, j in pairs}
    if len(short) > 1 and len(rest) <= 2 and {(0, 0), (len(short) - 1, len(long) - 1)} <= ends:
        return MIDDLE - 100.0 * (1.0 - share) - cost
    return CONTAINED - 1.0 + whole - 100.0 * (1.0 - share) - cost


def _without_titles(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Drop leading titles that the other name lacks, if two proper words remain."""
    start = 0
    while start < len(words) and words[start] in TITLES and words[start] not in others:
        start += 1
    names = [word for word in words[start:] if word not in SMALL_WORDS and word not in TITLES]
    return words[start:] if len(names) > 1 else words


def _spell_out_initials(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Take joined initials apart ("jf" of J. F. Kennedy) where the other's words begin so, in order.

    Only beside a word that carries the name: what is nothing but initials is an acronym.
    """
    spelt: list[str] = []
    whole = False
    for word in words:
        apart = 1 < len(word) < 4 and word not in others and not _VOWELS & set(word) and not is_number(word)
        starts = iter([other[0] for other in others])
        if apart and all(letter in starts for letter in word):
            spelt.extend(word)
        else:
            spelt.append(word)
            whole = whole or word not in SMALL_WORDS
    return tuple(spelt) if whole else words


def _pairs(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[list[tuple[int, int]], float]:
    """Pair each word with its nearest, nearest first, and count the letters that agree, of both names."""
    found = []
    for i, one in enumerate(ours):
        for j, other in enumerate(theirs):
            close = closeness(one, other)
            if close:
                found.append((-close * (len(one) + len(other)), -close, abs(i - j), i, j))
    found.sort()
    pairs: list[tuple[int, int]] = []
    agree = 0.0
    used_ours: set[int] = set()
    used_theirs: set[int] = set()
    for weight, _close, _shift, i, j in found:
        if i not in used_ours and j not in used_theirs:
            used_ours.add(i)
            used_theirs.add(j)
            pairs.append((i, j))
            agree -= weight
    pairs.sort()
    return pairs, agree


def _unpaired(words: tuple[str, ...], paired: set[int]) -> list[int]:
    return [i for i in range(len(words)) if i not in paired]


def _pair_initials(
    ours: tuple[str, ...], theirs: tuple[str, ...], left: list[int], right: list[int]
) -> float:
    """Take from both lists (in place) an initial and the word it begins ("R. Hayes"); the cost, 6 each."""
    cost = 0.0
    for i in tuple(left):
        for j in right:
            one, other = ours[i], theirs[j]
            if (
                one[0] == other[0]
                and 1 in (len(one), len(other))
                and not is_number(one)
                and not is_number(other)
            ):
                left.remove(i)
                right.remove(j)
                cost += 6.0
                break
    return cost


def _drop_optional(words: tuple[str, ...], rest: list[int], others: tuple[str, ...]) -> float:
    """Take from `rest` (in place) the words that one name may lack, and say what their lack costs."""
    cost = 0.0
    last = len(words) - 1
    for i in tuple(rest):
        word = words[i]
        if word in SMALL_WORDS and len(word) > 1:
            price = 1.0
        elif i == last and word in SUFFIXES and sum(map(len, words[:i])) > 3:
            price = 3.0
        elif 0 < i < last and len(word) == 1 and not is_number(word):
            # "George W. Bush" lacks nothing of George H. W. Bush by chance: who gives initials gives all.
            price = 15.0 if any(len(other) == 1 for other in others[1:-1]) else 3.0
        else:
            continue
        rest.remove(i)
        cost += price
    return cost
