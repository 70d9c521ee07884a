"""How relations are phrased: the catalogue's nouns and phrasings compiled into one trie, and matched against words.

A pattern is a row of lemmas and slots. What carries no meaning of its own (articles, auxiliaries, most adverbs) is left
out of patterns and may be skipped in the text; what the skipped words do say (not, former, would, became) is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from verifier.model import PeriodKind, Span
from verifier.relations import Relation, ValueKind
from verifier.text.words import Word, fold, words

__all__ = [
    "ADJECTIVES",
    "AUXILIARIES",
    "COUNTERPART",
    "DETERMINERS",
    "ONSETS",
    "PREPOSITIONS",
    "Filler",
    "Found",
    "Lexicon",
    "Pattern",
    "Signals",
    "compile_lexicon",
    "is_light",
]

COUNTERPART = "counterpart"
"""Stands for the office that the sentence named last."""
DETERMINERS = frozenset(["the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "our", "my", "your", "some", "any"])
AUXILIARIES = frozenset(["be", "have", "do", "will", "would", "shall", "get"])
_MODALS = frozenset(["may", "might", "could", "can", "should", "must", "would", "will", "shall"])
_NEGATIONS = frozenset(["not", "never", "neither", "nor", "no", "hardly"])
_COPULAS = {
    "become": PeriodKind.BEGAN,
    "remain": PeriodKind.STILL,
    "serve": None,
    "act": None,
    "constitute": None,
    "represent": None,
}
_TAKES_OFFICE = frozenset(["elect", "appoint", "name", "install", "inaugurate", "nominate", "swear", "choose", "make"])
_FORMER = frozenset(["former", "formerly", "ex", "previously", "once", "erstwhile", "onetime"])
_ADVERBS = frozenset(
    ["also", "now", "still", "already", "later", "then", "again", "even", "just", "both", "all", "today", "together", "thereby", "too", "soon", "once", "yet", "indeed", "longer", "who", "which", "that", "long", "far", "away", "moreover", "however", "ever", "always", "often", "sometimes", "usually", "well"]
)
ADJECTIVES = frozenset(
    ["current", "present", "incumbent", "official", "formal", "joint", "main", "full", "tiny", "small", "large", "big", "new", "own", "sovereign", "entire", "whole", "illegal", "military", "ongoing", "continued", "controversial", "historic", "landmark", "so-called", "famous", "beautiful", "great", "old", "little", "nearby", "unilateral", "long-standing", "permanent"]
)
PREPOSITIONS = frozenset(
    ["of", "to", "in", "on", "at", "by", "with", "from", "for", "into", "against", "between", "among", "over", "under", "through", "as", "about", "than", "towards", "toward", "within"]
)
ONSETS = frozenset(
    ["join", "enter", "accede", "admit", "establish", "open", "inaugurate", "move", "relocate", "transfer", "shift", "recognise", "sign", "ink", "declare", "proclaim", "gain", "win", "achieve", "capture", "seize", "annex", "conquer", "found", "create", "launch", "start", "begin", "normalise", "marry", "wed", "adopt", "restore", "resume", "forge", "formalise", "secede"]
)
"""Verbs that say when something began: "joined NATO in 2004" is not "was a member in 2004"."""
_HEDGES = frozenset(
    ["reportedly", "allegedly", "supposedly", "purportedly", "apparently", "perhaps", "possibly", "probably", "maybe", "likely"]
)


def is_light(word: Word) -> bool:
    """True for a word that a pattern may pass over."""
    low = word.lemma
    if not word.is_word:
        return word.text in {",", "-", '"', "'"}
    return word.text == "used" or (
        low in DETERMINERS
        or low in AUXILIARIES
        or low in _MODALS
        or low in _NEGATIONS
        or low in _COPULAS
        or low in _TAKES_OFFICE
        or low in _FORMER
        or low in _ADVERBS
        or low in ADJECTIVES
        or (low.endswith("ly") and len(low) > 4 and not word.capital)
    )


SOMEWHERE = Word("to", "to", Span(0, 0), True)
"""Stands before "there", for the preposition that it holds."""
_SOMEWHERE = ("to", "in", "at")


@dataclass(frozen=True, slots=True)
class Signals:
    """What the passed-over words say about the claim."""

    negations: int = 0
    former: bool = False
    period: PeriodKind | None = None
    modal: str = ""
    hedged: bool = False
    tokens: tuple[int, ...] = ()

    @staticmethod
    def of(skipped: Sequence[tuple[int, Word]]) -> Signals:
        """Read the signals off the words that were passed over."""
        negations = sum(word.lemma in _NEGATIONS for _, word in skipped)
        former = any(word.lemma in _FORMER or word.text == "used" for _, word in skipped)
        period = next((kind for _, word in skipped if (kind := _COPULAS.get(word.lemma)) is not None), None)
        if period is None and any(word.lemma in _TAKES_OFFICE for _, word in skipped):
            period = PeriodKind.BEGAN
        modal = next((word.lemma for _, word in skipped if word.lemma in _MODALS), "")
        hedged = any(word.lemma in _HEDGES for _, word in skipped)
        return Signals(negations, former, period, modal, hedged, tuple(index for index, _ in skipped))


@dataclass(frozen=True, slots=True)
class Pattern:
    """These lemmas and slots, in this order, say that {s} stands in the relation to {o}."""

    relation: str
    items: tuple[str, ...]
    appositive: bool = False
    """True if commas may stand between its parts ("X, the capital of Y")."""
    period: PeriodKind | None = None
    object_is_date: bool = False
    apart: bool = False
    """True if something (a comma, "is", "a") must stand between its first two parts: "X, capital of Y"."""
    ownerless: bool = False
    """True if whose it is is left unsaid ("Prime Minister X", "the capital is X")."""
    understood: bool = False
    """True if the object is left unsaid and taken from what the text said before ("has not moved its embassy")."""

    @property
    def weight(self) -> float:
        """How much of the sentence it explains: a content word counts for more than a preposition."""
        return sum(
            0.0
            if item[0] == "{" or item in {",", "a", "be"}
            else 0.25
            if item in PREPOSITIONS or item == "'s"
            else 1.0
            for item in self.items
        )


def _adjacent(filled: Sequence[tuple[str, Filler, int]], literals: Sequence[int]) -> bool:
    """Whether nothing stands between the first filler and what follows it."""
    if not filled:
        return False
    first = filled[0][1].end
    return first in literals or any(begin == first for _, _, begin in filled[1:])


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    slots: dict[str, _Node] = field(default_factory=dict)
    ends: list[Pattern] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filler:
    """What stands in a slot: the position after it, and a handle that the caller understands."""

    end: int
    handle: object


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern found in a view: which positions its literals took, what fills its slots, what was passed over."""

    pattern: Pattern
    start: int
    end: int
    literals: tuple[int, ...]
    fillers: tuple[tuple[str, Filler, int], ...]
    """Slot, filler, and the position where the filler begins."""
    signals: Signals

    @property
    def score(self) -> float:
        """Longer patterns first; fewer words passed over break ties."""
        return self.pattern.weight - 0.02 * len(self.signals.tokens)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled phrasings of a catalogue."""

    root: _Node
    nouns: Mapping[tuple[str, ...], tuple[tuple[str, bool], ...]]
    """Lemmas of a relation noun -> (relation id, True if it names the relation's subject)."""
    vocabulary: frozenset[str]

    def find(self, view: Sequence[Word], fillers: Callable[[int, str], Iterable[Filler]]) -> Iterator[Found]:
        """Every place in the view where a pattern fits; `fillers(position, slot)` says what can stand in a slot."""
        for start in range(len(view)):
            yield from self._walk(view, fillers, self.root, start, start, (), (), (), False)

    def _walk(
        self,
        view: Sequence[Word],
        fillers: Callable[[int, str], Iterable[Filler]],
        node: _Node,
        start: int,
        position: int,
        literals: tuple[int, ...],
        filled: tuple[tuple[str, Filler, int], ...],
        skipped: tuple[tuple[int, Word], ...],
        comma: bool,
    ) -> Iterator[Found]:
        for pattern in node.ends:
            if (not comma or pattern.appositive) and not (pattern.apart and _adjacent(filled, literals)):
                yield Found(pattern, start, position, literals, filled, Signals.of(skipped))
        if position >= len(view):
            return
        word = view[position]
        for spelled in _SOMEWHERE if word is SOMEWHERE else (word.lemma,):
            child = node.words.get(spelled)
            if child is None:
                continue
            yield from self._walk(
                view, fillers, child, start, position + 1, (*literals, position), filled, skipped, comma
            )
        for slot, following in node.slots.items():
            for filler in fillers(position, slot):
                if filler.end > position:
                    yield from self._walk(
                        view,
                        fillers,
                        following,
                        start,
                        filler.end,
                        literals,
                        (*filled, (slot, filler, position)),
                        skipped,
                        comma,
                    )
        if (
            position > start
            and len(skipped) < 8
            and (node.words or node.slots)
            and (is_light(word) or _used_to(word, skipped))
        ):
            yield from self._walk(
                view,
                fillers,
                node,
                start,
                position + 1,
                literals,
                filled,
                (*skipped, (position, word)),
                comma
                or (
                    word.text == ","
                    and not (literals == () and len(filled) == 1 and position == filled[0][1].end)
                ),
            )


def _used_to(word: Word, skipped: Sequence[tuple[int, Word]]) -> bool:
    return word.lemma == "to" and bool(skipped) and skipped[-1][1].text == "used"


def compile_lexicon(relations: Iterable[Relation]) -> Lexicon:
    """Compile the nouns, labels and phrasings of these relations."""
    root = _Node()
    nouns: dict[tuple[str, ...], list[tuple[str, bool]]] = {}
    vocabulary: set[str] = set()
    for relation in relations:
        for pattern in _patterns(relation):
            node = root
            for item in pattern.items:
                branch = node.slots if item[0] == "{" else node.words
                node = branch.setdefault(item, _Node())
                if item[0] != "{":
                    vocabulary.add(item)
            if pattern not in node.ends:
                node.ends.append(pattern)
        for phrases, names_subject in ((relation.nouns, False), (relation.inverse_nouns, True)):
            for phrase in phrases:
                entry = nouns.setdefault(tuple(_items(phrase)), [])
                if (relation.id, names_subject) not in entry:
                    entry.append((relation.id, names_subject))
    return Lexicon(root, {key: tuple(value) for key, value in nouns.items()}, frozenset(vocabulary))


@lru_cache(maxsize=4096)
def _lemmas(piece: str) -> tuple[str, ...]:
    return tuple(word.lemma for word in words(fold(piece)) if word.is_word or word.text == "-")


def _items(phrase: str) -> list[str]:
    """The lemmas and slots of a phrasing, what carries no meaning left out."""
    items: list[str] = []
    for piece in phrase.replace("{", " {").replace("}", "} ").split():
        items.extend(_items_of(piece))
    content = [item for item in items if item not in {"the", "a"} and item not in AUXILIARIES]
    if any(item[0] != "{" and item not in PREPOSITIONS for item in content) or len(content) < 2:
        return content
    marked = [
        item
        for piece in phrase.replace(",", " , ").split()
        for item in ([","] if piece == "," else _items_of(piece))
    ]
    return [item for item in marked if item not in {"the", "will", "would", "shall"}]


def _items_of(piece: str) -> list[str]:
    return [piece] if piece.startswith("{") else list(_lemmas(piece))


def _patterns(relation: Relation) -> Iterator[Pattern]:
    dated = relation.value is ValueKind.DATE
    for phrasing in (plain for written in relation.phrasings for plain in alternatives(written)):
        items = tuple(_items(phrasing))
        period = (
            PeriodKind.BEGAN
            if phrasing.endswith("{began}")
            else PeriodKind.ENDED
            if phrasing.endswith("{ended}")
            else None
        )
        items = tuple(item for item in items if item not in {"{began}", "{ended}"})
        apart = _APART.match(phrasing) is not None
        for variant in _voices(items, symmetric=relation.symmetric):
            pattern = _finish(relation, variant, dated=dated, appositive="," in phrasing, period=period)
            yield replace(pattern, apart=apart and variant == items and items[1] not in {"be", ","})
    office = (COUNTERPART,) if "person" in relation.object_types and relation.nouns else ()
    for nouns, owner, thing in (
        ((*relation.nouns, *office), "{s}", "{o}"),
        (relation.inverse_nouns, "{o}", "{s}"),
    ):
        for noun in nouns:
            for variant, apart in _noun_items(tuple(_items(noun)), owner, thing):
                pattern = _finish(relation, variant, dated=dated, appositive=True, period=None)
                yield replace(pattern, apart=apart, ownerless=owner not in variant)


def _finish(
    relation: Relation, items: tuple[str, ...], *, dated: bool, appositive: bool, period: PeriodKind | None
) -> Pattern:
    if dated and "{o}" in items:
        at = items.index("{o}")
        head = items[:at]
        while head and head[-1] in PREPOSITIONS:
            head = head[:-1]
        items = head + items[at + 1 :]
    understood = "{o*}" in items
    items = tuple(item for item in items if item != "{o*}")
    return Pattern(relation.id, items, appositive, period, object_is_date=dated, understood=understood)


def _noun_items(noun: tuple[str, ...], owner: str, thing: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """ "capital": the forms in which a noun ties the thing to its owner, and whether the first two parts stand apart."""
    bound = noun[-1] in PREPOSITIONS
    for link in ("",) if bound else ("of", "for", "from", "to", "in"):
        middle = (*noun, *((link,) if link else ()), owner)
        yield (thing, *middle), True
        yield (*middle, thing), False
        for verb in ("serve", "act", "appoint", "elect", "install"):
            if link in {"", "of"}:
                yield (thing, verb, "as", *middle), False
    if bound:
        return
    yield (owner, "'s", *noun, thing), False
    yield (thing, owner, "'s", *noun), True
    yield (owner, *noun, thing), False
    yield (thing, owner, *noun), True
    yield (owner, thing, "as", "its", *noun), False
    yield (owner, "with", thing, "as", "its", *noun), False
    yield (thing, "serve", "as", owner, "'s", *noun), False
    yield (thing, "serve", "as", owner, *noun), False
    if thing == "{o}":
        yield (thing, *noun), True
        yield (*noun, thing), False


def _voices(items: tuple[str, ...], *, symmetric: bool) -> Iterator[tuple[str, ...]]:
    yield items
    if symmetric and len(items) > 3 and items[0] == "{s}" and items[-2:] == ("with", "{o}"):
        yield ("{s}", "and", "{o}", *items[1:-2])
        yield ("{s}", *items[1:-2], "and", "{o}")
    actor, other = items[0], "{o}" if items[0] == "{s}" else "{s}"
    if actor not in {"{s}", "{o}"} or other not in items or "by" in items:
        return
    at = items.index(other)
    if at < 2 or items[at - 1] in PREPOSITIONS or items[at - 1] == "'s":
        return
    verb, rest = items[1:at], items[at + 1 :]
    if any(item[0] == "{" for item in verb):
        return
    yield (other, *verb, *rest, "by", actor)
    if rest:
        yield (other, *verb, "by", actor, *rest)


_APART = re.compile(r"\{[so]\}\s*(?:,|(?:is|was|are|were|be)\b)")
_CHOICE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


def alternatives(phrasing: str) -> Iterator[str]:
    """A phrasing with its choices spelled out: "(a|b)" is one of them, "[x]" may be missing."""
    choice = _CHOICE.search(phrasing)
    if choice is None:
        yield " ".join(phrasing.split())
        return
    head, tail = phrasing[: choice.start()], phrasing[choice.end() :]
    options = choice.group(1).split("|") if choice.group(1) is not None else ["", *choice.group(2).split("|")]
    for option in options:
        yield from alternatives(f"{head} {option} {tail}")
