"""Statements that a sentence makes beside its main one, each rebuilt as a clause of its own.

"X, where A is in use", "X has been a republic since May and a member of Y since June", "X, a member of Y and
part of Z", "X touches two states, A and B": a view for each, with the words that it shares with another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.text.parse import Parse
from verifier.text.views import View, own_words, subject_of
from verifier.text.words import Word

__all__ = ["rebuilt"]

_ASIDES = frozenset({"relcl", "acl", "appos", "parataxis"})
_BESIDE = frozenset({"aux", "auxpass", "neg"})
_COMPLEMENTS = frozenset({"attr", "acomp"})
_ONLY = frozenset(["only", "already", "just"])
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_IN = -1
"""The preposition that "where" holds."""


def rebuilt(sentence: Sequence[Word], tree: Parse, *, skip: frozenset[int]) -> Iterator[View]:
    """The views of such statements; `skip` are words left out of all of them (date phrases)."""
    yield from _places(sentence, tree, skip)
    yield from _second_complements(sentence, tree, skip)
    yield from _second_descriptions(sentence, tree, skip)
    yield from _listed(sentence, tree, skip)
    yield from _chained(sentence, tree, skip)
    yield from _fronted(sentence, tree, skip)


def _places(sentence: Sequence[Word], tree: Parse, skip: frozenset[int]) -> Iterator[View]:
    """ "X, where A is official and where B has an embassy": what is so in X."""
    for where, word in enumerate(sentence):
        verb = tree.heads[where]
        if word.lemma != "where" or tree.deps[where] != "advmod" or not tree.is_verb(verb):
            continue
        first = verb
        while tree.deps[first] == "conj":
            first = tree.heads[first]
        place = _described(tree, tree.heads[first])
        if tree.deps[first] != "relcl" or place > where or tree.tags[place] not in {"NOUN", "PROPN"}:
            continue
        subject = _subject(sentence, tree, verb)
        left = {where, *subject, *(c for c in tree.children[verb] if tree.deps[c] == "cc"), *skip}
        told = [i for i in own_words(tree, verb) if i not in left]
        noun = _without_commas(sentence, tree.subtree(place, without=_ASIDES | {"prep"}))
        if subject and min(subject) > where:
            who, there = [i for i in subject if i not in skip], (_IN, *(i for i in noun if i < where))
            yield View((*who, *told, *there), verb)
            yield View((*who, *there, *told), verb)  # "90 per cent of the people there are Y"


def _subject(sentence: Sequence[Word], tree: Parse, verb: int) -> tuple[int, ...]:
    """The words of a verb's subject, without the commas that set off what was said beside it."""
    return _without_commas(sentence, subject_of(sentence, tree, verb))


def _without_commas(sentence: Sequence[Word], row: Sequence[int]) -> tuple[int, ...]:
    """A row of words up to the last that is no comma."""
    end = len(row)
    while end and sentence[row[end - 1]].text == ",":
        end -= 1
    return tuple(row[:end])


def _described(tree: Parse, noun: int) -> int:
    """What a noun beside a name describes: the name."""
    while tree.deps[noun] == "appos" and tree.tags[noun] == "NOUN":
        noun = tree.heads[noun]
    return noun


def _second_complements(sentence: Sequence[Word], tree: Parse, skip: frozenset[int]) -> Iterator[View]:
    """ "X is a Y and a member of Z", "X joined Y at once but Z only in 1999": the second with its verb."""
    for second in range(len(sentence)):
        verb = tree.heads[second]
        if not _is_second(tree, second):
            continue
        if verb in skip and tree.tags[second] == "NOUN":  # "independent since May and a member since June"
            verb = tree.verb_at(verb) or 0
        if not tree.is_verb(verb):
            verb = tree.heads[verb] if tree.deps[verb] in _COMPLEMENTS else -1
        kinds = _complements(tree, verb, second) if verb >= 0 else frozenset()
        if not kinds or (tree.tags[second] == "PROPN") is (not kinds.isdisjoint(_COMPLEMENTS)):
            continue
        own = tree.subtree(second, without=_ASIDES)
        reach = range(own[0], _past_date(sentence, own[-1] + 1, skip))
        joint = next((i for i in range(second, verb, -1) if tree.deps[i] == "cc"), own[0])
        dated = not skip.isdisjoint(reach)
        if tree.tags[second] == "PROPN" and not dated:
            continue  # a list of names is read as one
        before = any(verb < i < min(joint, own[0]) for i in skip)
        subject = _subject(sentence, tree, verb)
        beside = [c for c in tree.children[verb] if tree.deps[c] in _BESIDE and c < verb]
        told = [i for i in own if i not in skip and not (tree.deps[i] == "advmod" and tree.heads[i] in skip)]
        if subject and max(subject) < verb:
            dates = reach if dated else range(0) if before else None
            row = (*(i for i in subject if i not in skip), *beside, verb, *told)
            yield View(row, verb, shared=True, own=dates, gapped=tree.tags[second] == "PROPN")


def _is_second(tree: Parse, index: int) -> bool:
    """Whether a word is a second complement of a verb, or a second object after another."""
    if tree.deps[index] == "conj":
        return not tree.is_verb(index)
    beside = tree.children[tree.heads[index]]
    objects = [c for c in beside if tree.deps[c] == "dobj"]
    joined = any(tree.deps[c] == "cc" and objects[0] < c < index for c in beside) if objects else False
    return index in objects[1:] and joined


def _past_date(sentence: Sequence[Word], at: int, skip: frozenset[int]) -> int:
    """Where a date ends that stands here, after no more than "only"."""
    end = at
    while end < len(sentence) and sentence[end].lemma in _ONLY:
        end += 1
    if end not in skip:
        return at
    while end in skip:
        end += 1
    return end


def _complements(tree: Parse, verb: int, second: int) -> frozenset[str]:
    """What stands with a verb before a second thing: what it is, or what is done to whom."""
    first = [c for c in tree.children[verb] if verb < c < second]
    finite = any(tree.fine[i] in _FINITE for i in (verb, *tree.children[verb]) if tree.is_verb(i))
    if not finite or any(tree.is_verb(c) for c in first if tree.deps[c] == "conj"):
        return frozenset()
    told = [c for c in first if tree.deps[c] in _COMPLEMENTS | {"dobj"}]
    if tree.tags[second] != "PROPN" and any(tree.tags[c] == "PROPN" for c in told if tree.deps[c] == "attr"):
        return frozenset()  # "its capital is A, and the B its currency"
    if tree.fine[second] == "NNS" and any(tree.fine[c] == "NN" for c in told):
        return frozenset()  # "is its capital, and its neighbours, ...": another clause
    return frozenset(tree.deps[c] for c in told)


def _second_descriptions(sentence: Sequence[Word], tree: Parse, skip: frozenset[int]) -> Iterator[View]:
    """ "X, a member of Y and part of Z": the second thing that a name is described as."""
    for second, dep in enumerate(tree.deps):
        first = tree.heads[second]
        name = tree.heads[first]
        if (
            dep != "conj"
            or tree.deps[first] != "appos"
            or not tree.tags[first] == tree.tags[second] == "NOUN"
        ):
            continue
        comma = next((i for i in range(name + 1, first) if sentence[i].text == ","), None)
        if comma is not None and name < comma < first < second:
            named = tree.subtree(name, without=_ASIDES | {"prep", "conj", "cc"})
            told = tree.subtree(second, without=_ASIDES)
            row = (*(i for i in named if i < comma), comma, *told)
            dated = any(i in skip for i in told)
            reach = range(told[0], told[-1] + 1) if dated else range(0)
            yield View(tuple(i for i in row if i not in skip), own=reach)


def _listed(sentence: Sequence[Word], tree: Parse, skip: frozenset[int]) -> Iterator[View]:
    """ "X touches two states, A and B": with the names in place of the noun that counts them."""
    for noun, tag in enumerate(tree.tags):
        counted = any(tree.deps[c] == "nummod" for c in tree.children[noun])
        names = next((c for c in tree.children[noun] if tree.deps[c] == "appos"), None)
        verb = tree.verb_at(noun)
        if tag != "NOUN" or not counted or names is None or names < noun or verb is None:
            continue
        told = tree.subtree(names, without=_ASIDES)
        if tree.tags[names] != "PROPN" or not any(tree.deps[c] == "conj" for c in tree.children[names]):
            continue
        dropped = {*tree.subtree(noun)}
        subject = _subject(sentence, tree, verb)
        own = [i for i in own_words(tree, verb) if i not in subject and i not in skip]
        if noun in subject:
            row = (*told, *own)
        else:
            kept = [i for i in own if i not in dropped]
            row = (
                *(i for i in subject if i not in skip),
                *(i for i in kept if i < noun),
                *told,
                *(i for i in kept if i > noun),
            )
        yield View(tuple(i for i in row if i not in skip), verb)


def _chained(sentence: Sequence[Word], tree: Parse, skip: frozenset[int]) -> Iterator[View]:
    """ "X is in A, in B and in C": a phrase in the midst for the first of its kind."""
    for phrase, dep in enumerate(tree.deps):
        verb = tree.heads[phrase]
        if dep != "prep" or not tree.is_verb(verb) or phrase in skip or sentence[phrase - 1].text != ",":
            continue
        alike = [
            c
            for c in tree.children[verb]
            if verb < c < phrase and sentence[c].lemma == sentence[phrase].lemma and c not in skip
        ]
        subject = _subject(sentence, tree, verb)
        if not alike or not subject or max(subject) > verb:
            continue
        told = tree.subtree(phrase, without=_ASIDES | {"conj", "cc", "punct"})
        beside = [c for c in tree.children[verb] if tree.deps[c] in _BESIDE and c < verb]
        row = (*subject, *beside, *(i for i in range(verb, alike[0])), *told)
        reach = range(phrase, _past_date(sentence, told[-1] + 1, skip))
        yield View(tuple(i for i in row if i not in skip), verb, shared=True, own=reach)


def _fronted(sentence: Sequence[Word], tree: Parse, skip: frozenset[int]) -> Iterator[View]:
    """ "A member of Y since May, X is ...", "Free since May, X is ...": as if it stood after the name."""
    root = next(i for i in range(len(sentence)) if tree.heads[i] == i)
    for comma in range(2, min(root, len(sentence) - 1)):
        if sentence[comma].text != ",":
            continue
        head = tree.root_of(0, comma)
        subject = _subject(sentence, tree, root)
        opens = sentence[0].lemma == "a" and tree.heads[0] == head and tree.tags[head] == "NOUN"
        opens = opens or (head == 0 and tree.fine[0] == "JJ")
        if opens and subject and subject[0] == comma + 1 and tree.heads[head] >= comma:
            told = [i for i in range(comma) if i not in skip]
            yield View((*(i for i in subject if i not in skip), comma, *told), own=range(comma))
        return
