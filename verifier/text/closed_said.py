"""A claim in work, where the tables are all there is to know: its things, its words, and what it denies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from verifier.model import Form, Reading, Term, Triple, Way
from verifier.relations import Catalogue
from verifier.text.closed_names import Node, opening
from verifier.text.closed_words import VAGUE, Senses
from verifier.text.reading import Line
from verifier.text.signals import is_light
from verifier.text.vocabulary import (
    ADJECTIVES,
    AUXILIARIES,
    CARRIERS,
    DETERMINERS,
    FUTURE,
    MODALS,
    PREPOSITIONS,
)
from verifier.text.words import Word

__all__ = ["Said", "is_told_of", "needed_of", "said_in"]

_DENIALS = frozenset({"not", "never", "no", "neither", "nor", "without"})
_JOINTS = frozenset({"and", "or", "nor", "but"})
_SILENT = AUXILIARIES | DETERMINERS | MODALS | FUTURE | VAGUE | _DENIALS
_EMPTY = PREPOSITIONS | ADJECTIVES | CARRIERS | VAGUE
_SCORE = 85.0
_APART = 2
"""Words between a name and what it only describes, or between two that "or" joins."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says: of which nodes, in which words."""

    line: Line
    catalogue: Catalogue
    senses: Senses
    nodes: tuple[Node, ...]
    said: tuple[tuple[int, str], ...]
    """The words that carry meaning and are no names, with their places."""
    denied: tuple[int, ...]
    """For each "not", the nodes that it comes before."""
    _scores: dict[tuple[str, tuple[str, ...]], float] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """The words without their places."""
        return tuple(word for _, word in self.said)

    def beside(self, number: int) -> tuple[str, ...]:
        """The words that stand between a node and the next ones."""
        start = max((n.end for n in self.nodes[:number]), default=0)
        stop = min((n.start for n in self.nodes[number + 1 :]), default=len(self.line.words))
        return tuple(word for place, word in self.said if start <= place < stop)

    def label(self, relation: str) -> str:
        """What a relation is called."""
        known = self.catalogue.get(relation)
        return relation if known is None else known.label

    def score(self, relation: str, words: tuple[str, ...]) -> float:
        """How much of these words speaks of a relation."""
        key = (relation, words)
        if key not in self._scores:
            self._scores[key] = self.senses.affinity(relation, self.label(relation), words)
        return self._scores[key]

    def named(self, words: Sequence[str]) -> list[str]:
        """The relations of the tables that these words name."""
        used = sorted(self.line.world.near.used())
        return [r for r in used if self.senses.names(r, self.label(r), words)]

    def triple(self, subject: Term, object: Term, relation: str, way: Way, *, denied: bool) -> Triple:
        """The claim that one stands in a relation to the other; "" is a relation that no word names."""
        words = " ".join(self.words)
        label = self.label(relation)
        form = Form.EXISTENCE if way is Way.EXISTENCE else Form.NAMES
        reading = Reading(relation, label, words or label, _SCORE, way=way, form=form)
        readings = (reading,) if relation else ()
        return Triple(subject, object, readings, relation_text=label or words, negated=denied)


def said_in(line: Line, catalogue: Catalogue, nodes: Sequence[Node]) -> Said:
    """A claim with its words and what each "not" in it denies."""
    begin = opening(line)
    senses = Senses(line.world.lexicon.cues)
    named = {i for node in nodes for i in range(node.start, node.end) if not node.plain}
    inside = {i for node in nodes for i in range(node.start, node.end)}
    free = [(i, w) for i, w in enumerate(line.words) if i >= begin and i not in named and w.is_word]
    free = [(i, word) for i, word in free if word.text != "'s"]
    told = frozenset(
        i for i, w in free if w.lemma in PREPOSITIONS | ADJECTIVES | {"where"} or not is_light(w)
    )
    if all(word.lemma in _EMPTY for i, word in free if i in told and i not in inside):
        told |= {i for i, word in free if word.lemma not in _SILENT and _tells(line, catalogue, senses, word)}
    said = tuple((i, word.lemma) for i, word in free if i in told)
    denied = []
    for i, word in enumerate(line.words):
        if i < begin or i in inside or word.lemma not in _DENIALS:
            continue
        after = [n for n, node in enumerate(nodes) if node.start > i and not node.described]
        before = [n for n, node in enumerate(nodes) if node.end <= i and not node.described]
        denied.extend(_targets(line, nodes, after[0]) if after else before[-1:] or [-1])
    return Said(line, catalogue, senses, tuple(nodes), said, tuple(denied))


def _tells(line: Line, catalogue: Catalogue, senses: Senses, word: Word) -> bool:
    """Whether a word that is mostly passed over tells of a relation: "serves", of "place served"."""
    used = ((r, catalogue.get(r)) for r in line.world.near.used())
    return any(senses.like_one(r, r if known is None else known.label, word.lemma) for r, known in used)


def _targets(line: Line, nodes: Sequence[Node], first: int) -> list[int]:
    """The node that a "not" denies: past one that only describes the next, with all that "or" joins."""
    while first + 1 < len(nodes):
        between = line.words[nodes[first].end : nodes[first + 1].start]
        if not 0 < len(between) <= _APART or any(
            not w.is_word
            or w.capital
            or w.lemma in PREPOSITIONS
            or w.text == "'s"
            or is_light(w)
            or w.lemma in _JOINTS
            for w in between
        ):
            break
        first += 1
    found = [first]
    for n in range(first + 1, len(nodes)):
        between = line.words[nodes[n - 1].end : nodes[n].start]
        if not any(w.lemma in {"or", "nor"} for w in between) or len(between) > _APART:
            break
        found.append(n)
    return found


def needed_of(claim: Said) -> frozenset[int]:
    """The nodes that the claim says something of: all but the words that only say of what kind a thing is."""
    firm = frozenset(n for n, node in enumerate(claim.nodes) if not node.plain)
    if len(firm) > 1:
        return firm
    loose = {
        n
        for n, node in enumerate(claim.nodes)
        if node.plain and (not node.described or is_told_of(claim, node))
    }
    return firm | {n for n in loose if not _is_word(claim, claim.nodes[n])}


def is_told_of(claim: Said, node: Node) -> bool:
    """Whether the tables say things of it, as they do of "a lemon" and not of "a company"."""
    return any(not edge.turned for id in node.ids for edge in claim.line.world.near.edges(id))


def _is_word(claim: Said, node: Node) -> bool:
    """Whether a name written small is rather the word for a relation."""
    words = tuple(word.lemma for word in claim.line.words[node.start : node.end])
    return any(
        claim.senses.names(r, claim.label(r), words)
        and all(claim.senses.like_one(r, claim.label(r), word) for word in words)
        for r in claim.line.world.near.used()
    )
