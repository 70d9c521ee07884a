"""A second try for sentences that the parser misread.

Clauses that it entangled ("X borders A and B, and 83 per cent of its people are Z") are parsed one by one.
Where it takes a verb for a noun ("X, a land of hills, borders Y"), the sentence is parsed again without the
aside and with a verb that cannot be mistaken. What comes out is set into the first tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from verifier.text.tree import Parse
from verifier.text.words import Word

__all__ = ["Retry", "clauses", "joined", "mended", "retry", "with_lists"]

_PLAIN = "has"
"""The verb that is parsed in place of one that may be a noun."""
_OF_SUBJECTS = frozenset({"nsubj"})
_LEADS = frozenset(["the", "a"])


_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_JOINTS = frozenset(["and", "but", "while", "whereas"])
_BETWEEN = frozenset({"cc", "punct", "mark"})
_LONG_LIST = 2
"""Further members of a list that the parser began with an apposition."""


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
        if tree.is_verb(root) and tree.heads[before] not in {verb, tree.heads[verb]}:
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
    object = next((c for c in again.children[verb] if again.deps[c] == "dobj" and c > verb), None)
    if not again.is_verb(verb) or subject is None or object is None:
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
    return _parse(heads, deps, tags, fine)


def clauses(sentence: Sequence[Word], tree: Parse) -> tuple[range, ...]:
    """The clauses of a sentence to parse one by one; none if the parser kept them apart."""
    for at in range(2, len(sentence) - 2):
        begin = at + 1 + (sentence[at + 1].lemma in _JOINTS)
        if sentence[at].text != ";" and (sentence[at].text != "," or begin == at + 1):
            continue
        first, second = range(at), range(begin, len(sentence))
        if not all(any(tree.fine[i] in _FINITE for i in part) for part in (first, second)):
            continue
        if _opens_with_subject(sentence, tree, second) and _entangled(tree, at, begin):
            return first, second
    return ()


def _opens_with_subject(sentence: Sequence[Word], tree: Parse, clause: range) -> bool:
    """Whether a clause has a verb of its own, with a subject before it and no comma between."""
    verb = next((i for i in clause if tree.fine[i] in _FINITE), None)
    if verb is None or verb == clause.start:
        return False
    before = range(clause.start, verb)
    return any(tree.tags[i] in {"NOUN", "PROPN", "PRON"} for i in before) and not any(
        sentence[i].text in {",", ";"} or tree.deps[i] in {"relcl", "mark"} for i in before
    )


def _entangled(tree: Parse, at: int, begin: int) -> bool:
    """Whether more leads from one clause to another than from verb to verb."""
    crossing = [
        i
        for i, head in enumerate(tree.heads)
        if (i >= begin) is not (head >= begin) and not at <= i < begin and tree.deps[i] not in _BETWEEN
    ]
    return len(crossing) > 1 or any(not tree.is_verb(i) for i in crossing)


def joined(tree: Parse, parts: Sequence[range], trees: Sequence[Parse]) -> Parse:
    """The trees of clauses as the tree of their sentence, in which the first governs the others."""
    heads, deps, tags, fine = list(tree.heads), list(tree.deps), list(tree.tags), list(tree.fine)
    root = 0
    for part, own in zip(parts, trees, strict=True):
        for i in part:
            at = i - part.start
            heads[i], deps[i] = own.heads[at] + part.start, own.deps[at]
            tags[i], fine[i] = own.tags[at], own.fine[at]
            if own.heads[at] == at and part.start == 0:
                root = i
            elif own.heads[at] == at:
                heads[i], deps[i] = root, "conj"
    covered = {i for part in parts for i in part}
    for i in range(len(heads)):
        if i not in covered:
            heads[i], deps[i] = root, "punct" if tags[i] == "PUNCT" else "cc"
    return _parse(heads, deps, tags, fine)


def with_lists(tree: Parse) -> Parse:
    """The tree with the second name of a long list as its member: "A, B, C and D", B no apposition of A."""
    found = [
        i
        for i, dep in enumerate(tree.deps)
        if dep == "appos"
        and tree.tags[i] == tree.tags[tree.heads[i]] == "PROPN"
        and all(tree.deps[c] in {"compound", "det", "punct", "case", "conj", "cc"} for c in tree.children[i])
        and sum(1 for _ in _members_after(tree, i)) >= _LONG_LIST
    ]
    return (
        tree
        if not found
        else replace(tree, deps=tuple("conj" if i in found else dep for i, dep in enumerate(tree.deps)))
    )


def _members_after(tree: Parse, index: int) -> Iterator[int]:
    """The names that a list goes on with after one of its members."""
    stack = [index, tree.heads[index]]
    while stack:
        for child in tree.children[stack.pop()]:
            if tree.deps[child] == "conj" and child > index and tree.tags[child] == "PROPN":
                yield child
                stack.append(child)


def _parse(heads: Sequence[int], deps: Sequence[str], tags: Sequence[str], fine: Sequence[str]) -> Parse:
    children: list[list[int]] = [[] for _ in heads]
    for index, head in enumerate(heads):
        if head != index:
            children[head].append(index)
    return Parse(tuple(heads), tuple(deps), tuple(tags), tuple(fine), tuple(tuple(c) for c in children))
