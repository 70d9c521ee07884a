"""The grammar of a sentence as a tree over its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Parse"]


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
