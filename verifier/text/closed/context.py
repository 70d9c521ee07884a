"""Names that a claim cuts short, by what the tables have beside the other things in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from verifier.model import EntityValue, Match, MatchKind
from verifier.names import normalise
from verifier.text.closed.names import Node
from verifier.text.closed.world import Surroundings
from verifier.text.mentions import SHORT_NAME_SCORE

__all__ = ["in_context"]

_MOST = 2_000
"""Of a thing that more is said about, the neighbours are no context."""
_SHORTEST = 4
_INITIALS = 2


def in_context(nodes: Sequence[Node], near: Surroundings) -> tuple[Node, ...]:
    """The nodes; one that is tied to no other is taken for a neighbour that has more to its name."""
    around = [frozenset(_neighbours(node, near)) for node in nodes]
    found: list[Node] = []
    for number, node in enumerate(nodes):
        others = [around[n] for n in range(len(nodes)) if n != number]
        tied = node.sure and any(id in beside for id in node.ids for beside in others)
        if node.plain or node.value is not None or tied:
            found.append(node)
            continue
        words = normalise(node.term.text).split()
        fuller = sorted(
            id for beside in others for id in beside if _is_short_for(words, node.term.text, near.label(id))
        )
        matches = tuple(
            Match(id, near.label(id), near.label(id), SHORT_NAME_SCORE, MatchKind.CONTEXT)
            for id in dict.fromkeys(fuller)
        )
        found.append(replace(node, term=replace(node.term, matches=matches)) if matches else node)
    return tuple(found)


def _neighbours(node: Node, near: Surroundings) -> Iterator[str]:
    for id in node.ids:
        edges = near.edges(id)
        if len(edges) <= _MOST:
            yield from (edge.other.id for edge in edges if isinstance(edge.other, EntityValue))


def _is_short_for(words: Sequence[str], text: str, label: str) -> bool:
    """Whether a label has the same words or begins or ends with them, or they are its initials."""
    letters = text.replace(".", "")
    if letters.isupper() and len(letters) >= _INITIALS:
        initials = "".join(part[0] for part in label.split() if part[:1].isupper())
        return len(initials) >= _INITIALS and letters in {initials, initials + "A"}
    whole = _words(label)
    if len(" ".join(words)) < _SHORTEST or len(words) > len(whole):
        return False
    return list(words) in (whole[: len(words)], whole[-len(words) :])


@lru_cache(maxsize=65536)
def _words(label: str) -> list[str]:
    return normalise(label).split()
