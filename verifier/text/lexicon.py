"""The phrasings of a catalogue as one trie, matched against rows of words.

A pattern fits where its lemmas and the fillers of its slots follow each other; light words between them are
passed over, and what those say (not, former, would, became) is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from verifier.model import Span
from verifier.relations import Relation
from verifier.text.cues import Cues
from verifier.text.patterns import Pattern, items_of, patterns
from verifier.text.signals import Signals, is_light
from verifier.text.vocabulary import AUXILIARIES, COPULAS, EXCLUSIVE, PREPOSITIONS
from verifier.text.words import Word

__all__ = ["SOMEWHERE", "Filler", "Found", "Lexicon", "Nouns", "compile_lexicon", "forms", "lexicon_of"]

SOMEWHERE = Word("to", "to", Span(0, 0), True)
"""Stands before "there", for the preposition that it holds."""
_SOMEWHERE = ("to", "in", "at")
_X = Word("X", "x", Span(0, 0), True)
"""Stands for any name."""
_MAX_PASSED = 8


@dataclass(frozen=True, slots=True)
class Filler:
    """What stands in a slot: the position after it, and a handle that the caller understands."""

    end: int
    handle: object


Fillers = Callable[[int, str], Iterable[Filler]]
"""What can stand at a position of a view, in a slot of this name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern found in a view: where its literals stand, what fills its slots, what was passed over."""

    pattern: Pattern
    literals: tuple[int, ...]
    fillers: tuple[tuple[str, Filler, int], ...]
    """Slot, filler, and the position where the filler begins."""
    signals: Signals

    @property
    def score(self) -> float:
        """Longer patterns first; fewer words passed over break ties."""
        return self.pattern.weight - 0.02 * len(self.signals.tokens)


@dataclass(slots=True)
class _Node:
    """A place in the trie. What lies below is laid out when a text first gets there: few texts get far."""

    depth: int
    pending: list[Pattern] = field(default_factory=list)
    words: dict[str, _Node] = field(default_factory=dict)
    slots: dict[str, _Node] = field(default_factory=dict)
    ends: tuple[Pattern, ...] = ()

    def lay_out(self) -> None:
        """Sort the pending patterns into those that end here and those that go on."""
        words: dict[str, _Node] = {}
        slots: dict[str, _Node] = {}
        ends: dict[Pattern, None] = {}
        for pattern in self.pending:
            if len(pattern.items) == self.depth:
                ends[pattern] = None
                continue
            item = pattern.items[self.depth]
            branch = slots if item[0] == "{" else words
            node = branch.get(item)
            if node is None:
                node = branch[item] = _Node(self.depth + 1)
            node.pending.append(pattern)
        self.words, self.slots, self.ends = words, slots, tuple(ends)
        self.pending = []  # last, so that another thread never sees half a node


class _Path(NamedTuple):  # made far more often than anything else, and quicker so
    """How far a pattern was followed: from where to where, through which words."""

    start: int
    position: int
    literals: tuple[int, ...] = ()
    filled: tuple[tuple[str, Filler, int], ...] = ()
    passed: tuple[tuple[int, Word], ...] = ()
    comma: bool = False
    """True if a comma was passed over that does not only set off the first filler."""

    def ends(self, pattern: Pattern) -> bool:
        """Whether the pattern allows the commas, and has the distance it asks for."""
        return (not self.comma or pattern.appositive) and not (pattern.apart and self._adjacent())

    def _adjacent(self) -> bool:
        """Whether nothing stands between the first filler and what follows it."""
        if not self.filled:
            return False
        first = self.filled[0][1].end
        if first in self.literals:
            return True
        return len(self.filled) > 1 and any(begin == first for _, _, begin in self.filled[1:])

    def ends_in_genitive(self, view: Sequence[Word]) -> bool:
        """Whether what filled the last slot took the "'s" with it, and nothing was read since."""
        at = self.position - 1
        return bool(self.filled) and self.filled[-1][1].end == self.position and view[at].text == "'s"

    def literal(self) -> _Path:
        """One word on, which the pattern has."""
        return _Path(
            self.start,
            self.position + 1,
            (*self.literals, self.position),
            self.filled,
            self.passed,
            self.comma,
        )

    def slot(self, name: str, filler: Filler) -> _Path:
        """On to the end of what fills a slot."""
        filled = (*self.filled, (name, filler, self.position))
        return _Path(self.start, filler.end, self.literals, filled, self.passed, self.comma)

    def past(self, word: Word) -> _Path:
        """One word on, which is passed over."""
        sets_off = not self.literals and len(self.filled) == 1 and self.position == self.filled[0][1].end
        return _Path(
            self.start,
            self.position + 1,
            self.literals,
            self.filled,
            (*self.passed, (self.position, word)),
            self.comma or (word.text == "," and not sets_off),
        )

    def may_pass(self, word: Word) -> bool:
        """Whether a word may be passed over here: nothing begins with one, and there are not many."""
        if self.position == self.start or len(self.passed) >= _MAX_PASSED:
            return False
        return (is_light(word) or word.lemma in EXCLUSIVE) or (
            word.lemma == "to" and bool(self.passed) and self.passed[-1][1].text == "used"
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled phrasings of a catalogue."""

    root: _Node
    nouns: Nouns
    vocabulary: frozenset[str]
    """Every lemma of a phrasing."""
    cues: Cues
    noun_starts: frozenset[str]
    """The first lemma of every relation noun."""
    owned: Nouns
    """The words that phrasings have after "X's", and the relations they tell of."""

    def told_by(self, after: Sequence[Word]) -> frozenset[tuple[str, bool]]:
        """The relations that the words after a subject may tell, and whether it is that of the relation.

        Followed as far as phrasings go; none if no more than "is" or "has" was read, or a comparison.
        """
        if _compares(after):
            return frozenset()
        found: set[tuple[str, bool]] = set()
        for slot in ("{s}", "{o}"):
            node = _opened(self.root).slots.get(slot)
            if node is None:
                continue
            found |= {(pattern.relation, slot == "{s}") for pattern in _furthest(node, after)}
        return frozenset(found)

    def told_of(self, before: Sequence[Word]) -> frozenset[tuple[str, bool]]:
        """The relations that a verb and the words up to its object may tell of it, as with `told_by`."""
        row = (_X, *before, _X)
        last = len(row) - 1
        at_ends = {0: (Filler(1, None),), last: (Filler(last + 1, None),)}
        return frozenset(
            (found.pattern.relation, slot == "{s}")
            for found in self.find(row, lambda position, _: at_ends.get(position, ()))
            for slot, _, position in found.fillers
            if position == last and len(found.fillers) > 1
        )

    def find(self, view: Sequence[Word], fillers: Fillers) -> list[Found]:
        """Every place in the view where a pattern fits, with what `fillers` has for its slots."""
        found: list[Found] = []
        for start in range(len(view)):
            _walk(view, fillers, self.root, _Path(start, start), found)
        return found


def _compares(after: Sequence[Word]) -> bool:
    """ "is also larger than X": whatever has a figure may be meant."""
    than = next((number for number, word in enumerate(after) if word.lemma == "than"), 0)
    return than > 1 and all(word.lemma in COPULAS or is_light(word) for word in after[: than - 1])


def _furthest(root: _Node, row: Sequence[Word]) -> Iterator[Pattern]:
    """The patterns that agree with the most words of a row from its start on, if those tell something.

    A light word may be one of the pattern's ("is in X") or passed over ("is a member of X").
    """
    now = {id(root): (0, root)}
    ended = list(now.values())
    for word in row[: 2 * _MAX_PASSED]:
        then: dict[int, tuple[int, _Node]] = {}
        for told, node in now.values():
            following = _opened(node).words.get(word.lemma)
            if following is not None:
                tells = word.lemma not in PREPOSITIONS | AUXILIARIES | COPULAS
                then[id(following)] = (told + tells, following)
            if is_light(word):
                then.setdefault(id(node), (told, node))
        if not then:
            break
        ended += then.values()
        now = then
    most = max(told for told, _ in ended)
    last = {id(node): node for told, node in ended if told == most} if most else {}
    for node in last.values():
        yield from _below(node)


def _opened(node: _Node) -> _Node:
    """A place in the trie, with what lies below laid out."""
    if node.pending:
        node.lay_out()
    return node


def _below(node: _Node) -> Iterator[Pattern]:
    """Every pattern that goes through a place in the trie."""
    yield from node.pending
    yield from node.ends
    for following in (*node.words.values(), *node.slots.values()):
        yield from _below(following)


def _walk(view: Sequence[Word], fillers: Fillers, node: _Node, path: _Path, found: list[Found]) -> None:
    """Follow the trie from here, and add what ends on the way; no generator, as most paths end at once."""
    if node.pending:
        node.lay_out()
    if node.ends:
        signals: Signals | None = None
        for pattern in node.ends:
            if path.ends(pattern):
                signals = signals or Signals.of(path.passed)
                found.append(Found(pattern, path.literals, path.filled, signals))
    position = path.position
    if position >= len(view):
        return
    word = view[position]
    words, slots = node.words, node.slots
    if words:
        for spelled in _SOMEWHERE if word is SOMEWHERE else (word.lemma,):
            child = words.get(spelled)
            if child is not None:
                _walk(view, fillers, child, path.literal(), found)
    if "'s" in words and path.ends_in_genitive(view):
        _walk(view, fillers, words["'s"], path, found)
    for slot, following in slots.items():
        for filler in fillers(position, slot):
            if filler.end > position:
                _walk(view, fillers, following, path.slot(slot, filler), found)
    if (words or slots) and path.may_pass(word):
        _walk(view, fillers, node, path.past(word), found)


Nouns = Mapping[tuple[str, ...], tuple[tuple[str, bool], ...]]
"""Lemmas of a relation noun -> (relation id, True if it names the relation's subject)."""


def compile_lexicon(relations: Iterable[Relation]) -> Lexicon:
    """Compile the nouns, labels and phrasings of these relations."""
    return lexicon_of(*forms(relations))


def forms(relations: Iterable[Relation]) -> tuple[tuple[Pattern, ...], Nouns]:
    """Every form of the relations' phrasings, and their nouns: what takes the time in compiling."""
    found: list[Pattern] = []
    nouns: dict[tuple[str, ...], dict[tuple[str, bool], None]] = {}
    for relation in relations:
        found.extend(patterns(relation))
        for phrases, names_subject in ((relation.nouns, False), (relation.inverse_nouns, True)):
            for phrase in phrases:
                nouns.setdefault(items_of(phrase), {})[relation.id, names_subject] = None
    return tuple(dict.fromkeys(found)), {key: tuple(named) for key, named in nouns.items()}


def lexicon_of(found: tuple[Pattern, ...], nouns: Nouns) -> Lexicon:
    """The lexicon of these forms."""
    words = frozenset(item for pattern in found for item in pattern.items if item[0] != "{")
    starts = frozenset(key[0] for key in nouns)
    return Lexicon(_Node(0, list(found)), nouns, words, Cues(found), starts, _owned(found))


def _owned(found: Iterable[Pattern]) -> Nouns:
    """What phrasings have as somebody's: the "people" of "76 per cent of X's people are Y"."""
    owned: dict[tuple[str, ...], dict[tuple[str, bool], None]] = {}
    for pattern in found:
        for owner, mark, word in zip(pattern.items, pattern.items[1:], pattern.items[2:], strict=False):
            if mark == "'s" and owner in {"{s}", "{o}"} and word[0] != "{":
                owned.setdefault((word,), {})[pattern.relation, owner == "{o}"] = None
    return {key: tuple(told) for key, told in owned.items()}
