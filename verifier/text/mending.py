"""A second try for sentences in which the parser takes a verb for a noun: "X, a land of hills, borders Y".

The sentence is parsed again without the aside, with a verb that cannot be mistaken in the place of the other,
and what comes out is set into the first tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from verifier.text.tree import Parse
from verifier.text.words import Word

__all__ = ["Retry", "mended", "retry"]

_PLAIN = "has"
"""The verb that is parsed in place of one that may be a noun."""
_OF_SUBJECTS = frozenset({"nsubj"})
_LEADS = frozenset(["the", "a"])


@dataclass(frozen=True, slots=True)
class Retry:
    """What to parse once more: these words of the sentence, with a plain verb for one of them."""

    words: tuple[Word, ...]
    kept: tuple[int, ...]
    verb: int


def retry(sentence: Sequence[Word], tree: Parse) -> Retry | None:
    """What to parse once more; None if nothing looks like a verb that was taken for a noun."""
    for verb, word in enumerate(sentence[:-1]):
        if not (tree.fine[verb] == "NNS" and word.text.islower() and word.text.endswith("s")):
            continue
        if tree.tags[verb] == "VERB" or not _begins_name(sentence, verb + 1):
            continue
        aside = _aside_before(sentence, verb)
        before = verb - 1 - len(aside)
        if before < 0 or not sentence[before].capital or tree.tags[before] != "PROPN":
            continue
        root = next(i for i in range(len(sentence)) if tree.heads[i] == i)
        if tree.is_verb(root) and tree.heads[before] != verb:
            continue
        kept = tuple(i for i in range(len(sentence)) if i not in aside)
        words = tuple(replace(word, text=_PLAIN) if i == verb else sentence[i] for i in kept)
        return Retry(words, kept, verb)
    return None


def _begins_name(sentence: Sequence[Word], at: int) -> bool:
    at += at < len(sentence) - 1 and sentence[at].lemma in _LEADS
    return sentence[at].capital


def _aside_before(sentence: Sequence[Word], verb: int) -> range:
    """The words between two commas that stand right before a word, the commas included."""
    if verb < 2 or sentence[verb - 1].text != ",":
        return range(0)
    opened = next((i for i in range(verb - 2, 0, -1) if sentence[i].text == ","), 0)
    while opened > 1 and not sentence[opened + 1].text.islower() and sentence[opened - 1].text.islower():
        opened = next((i for i in range(opened - 1, 0, -1) if sentence[i].text == ","), 0)
    return range(opened, verb) if opened else range(0)


def mended(tree: Parse, again: Parse, retry: Retry) -> Parse:
    """The tree with what the second parse found, if that took the word for the verb of what stands before."""
    place = {old: new for new, old in enumerate(retry.kept)}
    verb = place[retry.verb]
    subject = next((c for c in again.children[verb] if again.deps[c] in _OF_SUBJECTS and c < verb), None)
    if not again.is_verb(verb) or subject is None:
        return tree
    owner = retry.kept[subject]
    heads, deps, tags, fine = list(tree.heads), list(tree.deps), list(tree.tags), list(tree.fine)
    for old, new in place.items():
        heads[old] = retry.kept[again.heads[new]]
        deps[old], tags[old], fine[old] = again.deps[new], again.tags[new], again.fine[new]
    for old in range(len(heads)):
        if old not in place and heads[old] in place:
            deps[old] = deps[old] if heads[old] == owner or deps[old] == "punct" else "appos"
            heads[old] = owner
    tags[retry.verb], fine[retry.verb] = "VERB", "VBZ"
    children: list[list[int]] = [[] for _ in heads]
    for old, head in enumerate(heads):
        if head != old:
            children[head].append(old)
    return Parse(tuple(heads), tuple(deps), tuple(tags), tuple(fine), tuple(tuple(c) for c in children))
