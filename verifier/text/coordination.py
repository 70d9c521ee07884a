"""Second parts of a clause that share its verb: "in A and in B", "X as its language and Y as its currency".

Each gives a view of its own, in which the second part takes the place of the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.text.parse import Parse
from verifier.text.views import View, subject_of
from verifier.text.vocabulary import PREPOSITIONS
from verifier.text.words import Word

__all__ = ["coordinated"]

_APART = frozenset({"relcl", "acl", "appos", "parataxis", "advcl"})
_STOPS = frozenset([";", ":", ".", "(", ")"])
_ADDITIONS = frozenset(["and", "but", "or"])
_BESIDE = frozenset({"aux", "auxpass", "neg", "prt", "advmod"})
_MAX = 14
"""Words of a second part."""


def coordinated(sentence: Sequence[Word], tree: Parse | None, *, skip: frozenset[int]) -> Iterator[View]:
    """The views of second parts; `skip` are words left out of all of them (date phrases)."""
    if tree is None:
        return
    for index, word in enumerate(sentence):
        adds = word.lemma in _ADDITIONS or (word.lemma == "as" and sentence[index - 1].lemma == "well")
        if tree.deps[index] == "cc" and adds:
            yield from _phrases(sentence, tree, index, skip)
            yield from _objects(sentence, tree, index, skip)


def _phrases(sentence: Sequence[Word], tree: Parse, joint: int, skip: frozenset[int]) -> Iterator[View]:
    """ "in A and in B", "a member of A since May and of B": the second phrase for the first of its kind."""
    follow = (i for i in range(joint + 1, len(sentence)) if i not in skip and sentence[i].text != ",")
    begin = next(follow, len(sentence))
    denial = (begin,) if begin + 1 < len(sentence) and sentence[begin].lemma == "not" else ()
    begin += len(denial)
    if begin >= len(sentence) or sentence[begin].lemma not in PREPOSITIONS or tree.is_verb(begin):
        return
    verb = _verb_above(tree, joint)
    first = next(
        (
            i
            for i in range(joint - 1, max(verb, -1), -1)
            if sentence[i].lemma == sentence[begin].lemma and i not in skip
        ),
        None,
    )
    if verb < 0 or first is None or _breaks(sentence, tree, verb, joint):
        return
    alike = [c for c in tree.children[tree.heads[first]] if sentence[c].lemma == sentence[first].lemma]
    first = min(first, *(c for c in alike if verb < c and c not in skip), len(sentence))
    subject = subject_of(sentence, tree, verb)
    head = [*_beside(tree, verb, first), *denial, *range(verb, first)]
    rest = _second(sentence, tree, begin, skip)
    yield _view(subject, head, rest, skip, verb, joint, len(sentence))


def _objects(sentence: Sequence[Word], tree: Parse, joint: int, skip: frozenset[int]) -> Iterator[View]:
    """ "X as its language and Y as its currency": the second object with what is said of it."""
    verb = _verb_above(tree, joint)
    if verb < 0 or joint < verb or _breaks(sentence, tree, verb, joint):
        return
    rest = _second(sentence, tree, joint + 1, skip)
    if not rest or sentence[rest[0]].lemma in PREPOSITIONS or tree.is_verb(rest[0]):
        return
    said = {sentence[i].lemma for i in range(verb + 1, joint) if sentence[i].lemma in PREPOSITIONS}
    again = [i for i in rest[1:-1] if sentence[i].lemma in said and i not in skip]
    if not any(sentence[i].lemma == "as" or tree.heads[i] == verb for i in again):
        return
    subject = subject_of(sentence, tree, verb)
    yield _view(subject, [*_beside(tree, verb, verb), verb], rest, skip, verb, joint, len(sentence))


def _verb_above(tree: Parse, joint: int) -> int:
    """The main verb of the clause in which a joint stands, if it joins no verbs."""
    head = tree.heads[joint]
    if tree.is_verb(head):
        joined = [c for c in tree.children[head] if tree.deps[c] == "conj" and c > joint]
        if joint < head or any(tree.is_verb(c) for c in joined):
            return -1
    verb = tree.verb_at(head)
    while verb is not None and tree.deps[verb] in {"aux", "auxpass"}:
        verb = tree.heads[verb]
    return -1 if verb is None else verb


def _breaks(sentence: Sequence[Word], tree: Parse, verb: int, joint: int) -> bool:
    """Whether another clause stands between a verb and a joint, which may be what is gone on with."""
    return any(
        sentence[i].text in _STOPS or (tree.is_verb(i) and tree.deps[i] not in {"aux", "auxpass", "amod"})
        for i in range(verb + 1, joint)
    )


def _beside(tree: Parse, verb: int, stop: int) -> list[int]:
    """The auxiliaries and denials before a verb."""
    return [c for c in tree.children[verb] if tree.deps[c] in _BESIDE and c < min(verb, stop)]


def _second(sentence: Sequence[Word], tree: Parse, begin: int, skip: frozenset[int]) -> list[int]:
    """The words of a second part, up to a stop or a verb of its own; empty if it is a clause."""
    found: list[int] = []
    for index in range(begin, min(len(sentence), begin + _MAX)):
        word = sentence[index]
        if word.text in _STOPS:
            break
        if index in skip:
            continue
        if tree.is_verb(index):
            return found if tree.deps[index] in _APART else []
        if word.text == "," and not _goes_on(sentence, tree, index):
            break
        found.append(index)
    return found


def _goes_on(sentence: Sequence[Word], tree: Parse, comma: int) -> bool:
    """Whether a list of names goes on after a comma."""
    return comma + 1 < len(sentence) and sentence[comma + 1].capital and tree.tags[comma + 1] == "PROPN"


def _view(
    subject: Sequence[int],
    head: Sequence[int],
    rest: Sequence[int],
    skip: frozenset[int],
    verb: int,
    joint: int,
    end: int,
) -> View:
    kept = [i for i in head if i not in skip and i not in subject]
    dated = any(verb < i < joint for i in skip)
    own = range(joint, end) if dated else None
    return View((*(i for i in subject if i not in skip), *kept, *rest), verb, shared=True, own=own)
