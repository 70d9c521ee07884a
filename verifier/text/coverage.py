"""Whether what was read of a sentence is all that it says, and whether it is the point that it makes."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.text.attribution import SPEECH, TRUTH, WANTED, is_count
from verifier.text.coreference import NOUN_KINDS
from verifier.text.fits import MIN_WEIGHT, Fit
from verifier.text.parse import Parse
from verifier.text.reading import Line
from verifier.text.signals import is_light
from verifier.text.triples import denial_before
from verifier.text.unfinished import needs_parse
from verifier.text.views import bracketed
from verifier.text.vocabulary import ADJECTIVES, CARRIERS, PREPOSITIONS, RANKS, TITLES

__all__ = [
    "accounted",
    "asks",
    "is_ranked",
    "leaves_unread",
    "main_point",
    "passed_by",
    "says_by_whom",
    "unread",
]

_FILLERS = frozenset(
    {("do", "you", "know"), ("do", "you", "hear"), ("have", "you", "hear"), ("be", "you", "aware")}
)
"""Questions that only introduce a claim: "Did you know that ..."."""

_EMPTY_VERBS = frozenset(["be", "become", "remain", "have", "take", "make", "get", "come"])
_PLACING = frozenset(["locate", "situate", "base", "find", "lie", "sit", "stand", "know", "call", "name"])
"""Verbs that tell no more than "is" does."""
_FRONTED = frozenset(["never", "not", "no", "nor", "hardly", "rarely", "just", "merely"])
"""Light words that turn a claim around where no phrasing passed over them: the parse tells how."""
_RANKS = RANKS | {"sole", "earliest", "largest", "smallest", "biggest", "youngest", "oldest"}


def asks(line: Line) -> bool:
    """Whether a sentence is a question, which claims nothing."""
    ends = next((word.text for word in reversed(line.words) if word.text not in {'"', "'", ")"}), "")
    return ends == "?" and tuple(word.lemma for word in line.words[:3]) not in _FILLERS


def accounted(line: Line, fits: Sequence[Fit]) -> bool:
    """Whether the fits explain every word of the sentence that carries meaning."""
    if not fits:
        return False
    if len({fit.literals for fit in fits}) > 1 or any(
        h.free and line.words[h.start].text.islower() for f in fits for _, h in f.slots
    ):
        return False
    used: set[int] = set(line.skip) | bracketed(line.words)
    for fit in fits:
        used |= fit.words
        used |= {*fit.passed, *denial_before(line, fit)}
        if needs_parse(line, fit) or fit.found.pattern.weight < MIN_WEIGHT or fit.found.pattern.side_by_side:
            return False
    if line.tree is None and any(w.lemma in _FRONTED for i, w in enumerate(line.words) if i not in used):
        return False
    return all(
        i in used or not word.is_word or (is_light(word) and word.lemma not in ADJECTIVES)
        for i, word in enumerate(line.words)
    )


def main_point(line: Line, tree: Parse, fits: Sequence[Fit]) -> bool:
    """Whether the fits hold what the sentence asserts, not only what it takes for granted.

    "Israel's occupation of X is illegal" asserts that it is illegal; that there is one is only presupposed.
    """
    root = next(i for i in range(len(line.words)) if tree.heads[i] == i)
    read = {i for fit in fits for i in (*fit.words, *fit.passed)}
    if not tree.is_verb(root) or any(root in fit.literals for fit in fits):
        return True
    if line.words[root].lemma in SPEECH | WANTED:
        complements = [
            c for c in tree.children[root] if tree.deps[c] in {"ccomp", "xcomp", "parataxis", "dobj", "advcl"}
        ]
        if complements or root not in read:  # who is sworn in says nothing
            return any(i in read for c in complements for i in tree.subtree(c))
    if root in read and line.words[root].lemma != "be":
        return True
    if tree.tags[root] != "AUX" and line.words[root].lemma not in _EMPTY_VERBS:
        return False
    said = [
        c
        for c in tree.children[root]
        if tree.deps[c] in {"attr", "acomp", "prep", "advmod", "ccomp", "xcomp", "nsubj", "csubj"}
        and c > root
    ]
    named = [i for c in said if line.words[c].lemma in NOUN_KINDS for i in _after_of(line, tree, c)]
    beside = {i for c in said for i in (c, *tree.children[c])}
    return any(i in read or line.words[i].lemma in TRUTH for i in (*beside, *named))


def _after_of(line: Line, tree: Parse, noun: int) -> list[int]:
    """What "of" ties to a noun: in "the city of X", the name."""
    links = [c for c in tree.children[noun] if line.words[c].lemma == "of"]
    return [i for link in links for i in tree.children[link]]


def unread(line: Line, fits: Sequence[Fit]) -> tuple[int, ...]:
    """The words that carry meaning, and of which no fit made anything."""
    read = {i for fit in fits for i in (*fit.words, *fit.passed)} | line.skip | bracketed(line.words)
    return tuple(i for i, w in enumerate(line.words) if i not in read and w.is_word and not is_light(w))


def leaves_unread(line: Line, tree: Parse, fits: Sequence[Fit]) -> bool:
    """Whether a verb or a narrowing word is left over: "closed its embassy", "a rogue state"."""
    ends = {i for fit in fits for i in fit.words}
    read = ends | {i for fit in fits for i in fit.passed} | line.skip | bracketed(line.words)
    said = {line.words[i].lemma for i in read}
    return any(
        (_is_verb_of_its_own(line, tree, i) and line.words[i].lemma not in said)
        or _narrows(line, tree, i, ends)
        for i in unread(line, fits)
    )


def _is_verb_of_its_own(line: Line, tree: Parse, index: int) -> bool:
    own = tree.tags[index] == "VERB" and tree.deps[index] not in {"aux", "auxpass", "amod", "acl"}
    own = own and not is_count(line.words, tree, index)
    return own and line.words[index].lemma not in SPEECH | WANTED | _EMPTY_VERBS | _PLACING


def _narrows(line: Line, tree: Parse, index: int, ends: set[int]) -> bool:
    """Whether a small word stands before a noun that was read, and tells which of its kind is meant."""
    beside = tree.deps[index] in {"amod", "nummod", "nmod", "compound"} and tree.heads[index] in ends
    word = line.words[index]
    return beside and not word.capital and word.lemma not in TITLES | CARRIERS | PREPOSITIONS


def passed_by(line: Line, fits: Sequence[Fit]) -> bool:
    """Whether the sentence names something, or gives a figure, of which nothing was read."""
    read = {i for fit in fits for i in (*fit.words, *fit.passed)} | line.skip | bracketed(line.words)
    terms = [term for fit in fits for _, handle in fit.slots for term in handle.terms if term.matches]
    ends = {match.id for term in terms for match in term.matches}
    for candidate in line.candidates:
        known = candidate.known and candidate.matches[0].score >= 90
        inside = line.is_part(candidate.start, candidate.end)
        if not known or inside or read & {*range(candidate.start, candidate.end)}:
            continue
        ids = {match.id for match in candidate.matches}
        if not ids & ends and not any(_acts_for(line, id, end) for id in ids for end in ends):
            return True
    figures = (i for _, i in line.quantities if any(line.words[n].text[:1].isdigit() for n in i))
    return any(not read & {*words} for words in figures)


def _acts_for(line: Line, person: str, state: str) -> bool:
    """Whether somebody was in office in a state: what that state did is told of both."""
    return line.as_of is not None and bool(line.world.tenures(person, state, line.as_of))


def says_by_whom(line: Line, fit: Fit) -> bool:
    """Whether words inside the claim's own stretch of text tell who did it, and were not read."""
    if line.tree is None:
        return False
    tree = line.tree
    inside = range(min(fit.words), max(fit.words))
    for candidate in line.candidates:
        head = tree.root_of(candidate.start, candidate.end)
        agent = tree.deps[head] == "pobj" and line.words[tree.heads[head]].lemma == "by"
        if agent and head in inside and head not in fit.words and _is_of(tree, fit, tree.heads[head]):
            return True
    return False


def _is_of(tree: Parse, fit: Fit, by: int) -> bool:
    """Whether what "by" tells belongs to the claim, not to a clause that only describes a name in it."""
    above = tree.heads[by]
    if not tree.is_verb(above) or above in {tree.verb_at(fit.anchor), *fit.words}:
        return True
    heads = {handle.head for _, handle in fit.slots}
    return heads.isdisjoint(tree.ancestors(above))


def is_ranked(line: Line, fit: Fit) -> bool:
    """ "was the first Arab state to make peace" claims a place in an order, not that they made peace."""
    if line.tree is None:
        return False
    tree = line.tree
    verb = tree.verb_at(fit.anchor)
    if verb is None or tree.deps[verb] not in {"acl", "relcl", "xcomp", "advcl"}:
        return False
    if tree.deps[verb] == "advcl" and any(
        tree.deps[c] in {"nsubj", "nsubjpass"} for c in tree.children[verb]
    ):
        return False  # "X is its only neighbour, while Y borders Z": of somebody else
    ranked = tree.heads[verb]
    if tree.is_verb(ranked):
        ranked = next((c for c in tree.children[ranked] if tree.deps[c] == "attr"), ranked)
    return tree.tags[ranked] in {"NOUN", "PROPN", "ADJ"} and (
        line.words[ranked].lemma in _RANKS
        or any(line.words[c].lemma in _RANKS for c in tree.children[ranked])
    )
