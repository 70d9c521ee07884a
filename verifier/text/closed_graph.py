"""How the things of a claim hang together in the tables: by a statement, or by an unnamed thing between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from verifier.model import EntityValue, Match, MatchKind, Term
from verifier.text.closed_names import Node
from verifier.text.closed_world import Edge, Surroundings, same_figure

__all__ = ["Graph", "Score", "Tie", "connect", "meant"]

_DESCRIBED = 97.0
"""The score of a thing that is not named, and meant by what is said of it."""
_MOST_NEIGHBOURS = 20_000


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation that the tables state between two nodes, given by their numbers."""

    subject: int
    object: int
    relation: str
    score: float
    """How much of what is said beside them speaks of the relation."""
    ids: tuple[str, str]
    """The things that it is stated of; "" for a figure."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes of a claim with the unnamed ones after them, and the trees of ties that hold them."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    parts: tuple[frozenset[int], ...]


@dataclass(slots=True)
class _Parts:
    """Which nodes hang together."""

    root: list[int]

    def of(self, number: int) -> int:
        while self.root[number] != number:
            number = self.root[number]
        return number

    def join(self, one: int, other: int) -> bool:
        a, b = self.of(one), self.of(other)
        self.root[a] = b
        return a != b


Score = Callable[[str], float]
"""How much of what a claim says speaks of a relation."""


def connect(
    nodes: Sequence[Node],
    needed: frozenset[int],
    denied: frozenset[int],
    near: Surroundings,
    score: Score,
    *,
    unnamed: int,
    described: Callable[[Iterable[str]], bool],
) -> Graph:
    """Tie together what the tables tie, with at most so many unnamed things between the needed ones.

    An unnamed thing that no word describes is one only if the words speak of all that ties it.
    """
    everyone = list(nodes)
    ties: list[Tie] = []
    parts = _Parts(list(range(len(nodes))))
    found = [tie for i, j in combinations(range(len(nodes)), 2) for tie in _between(i, j, nodes, near, score)]
    found.sort(key=lambda t: (-min(1.0, t.score), abs(t.subject - t.object), -t.score, t.relation))
    ties.extend(tie for tie in found if parts.join(tie.subject, tie.object))
    for i, j in combinations(range(len(nodes)), 2):
        if set(nodes[i].ids) & set(nodes[j].ids):
            parts.join(i, j)
    for _ in range(unnamed):
        step = _unnamed(everyone, needed, denied, parts, near, score, described)
        if step is None:
            break
        node, more = step
        everyone.append(node)
        parts.root.append(len(everyone) - 1)
        ties.extend(tie for tie in more if parts.join(tie.subject, tie.object))
    whole: dict[int, set[int]] = {}
    for number in range(len(everyone)):
        whole.setdefault(parts.of(number), set()).add(number)
    return Graph(tuple(everyone), tuple(ties), tuple(frozenset(part) for part in whole.values()))


def _between(i: int, j: int, nodes: Sequence[Node], near: Surroundings, score: Score) -> Iterator[Tie]:
    """Every relation stated between two nodes."""
    for a, b in ((i, j), (j, i)):
        for id in nodes[a].ids:
            for edge in near.edges(id):
                if edge.turned:
                    continue
                other = _same(edge, nodes[b])
                if other is not None:
                    yield Tie(a, b, edge.relation, score(edge.relation), (id, other))


def _same(edge: Edge, node: Node) -> str | None:
    """The thing of a node that is at the other end of a statement; "" for its figure, None if neither is."""
    if isinstance(edge.other, EntityValue):
        return edge.other.id if edge.other.id in node.ids else None
    if node.value is not None and same_figure(node.value, edge.other):
        return ""
    return None


def _unnamed(
    nodes: Sequence[Node],
    needed: frozenset[int],
    denied: frozenset[int],
    parts: _Parts,
    near: Surroundings,
    score: Score,
    described: Callable[[Iterable[str]], bool],
) -> tuple[Node, list[Tie]] | None:
    """The thing that no word names and that ties the most parts together, with its ties."""
    wanted = {parts.of(n) for n in needed}
    affirmed = {parts.of(n) for n in needed - denied}
    if len(wanted) < 2:
        return None
    reached: dict[str, dict[int, Tie]] = {}
    for number, node in enumerate(nodes):
        part = parts.of(number)
        for other, tie in _beside(number, node, len(nodes), near, score):
            mine = reached.setdefault(other, {})
            if part not in mine or mine[part].score < tie.score:
                mine[part] = tie
    named = {id for node in nodes for id in node.ids}
    told = {
        id: (len(wanted & ties.keys()), sum(min(1.0, tie.score) for tie in ties.values()))
        for id, ties in reached.items()
        if len(wanted & ties.keys()) > 1
        and affirmed & ties.keys()
        and id not in named
        and _is_told([tie for part, tie in ties.items() if part in wanted], described)
    }
    if not told:
        return None
    id = max(sorted(told), key=lambda id: told[id])
    return Node(meant(id, near.label(id)), -1, -1), list(reached[id].values())


def _is_told(ties: Sequence[Tie], described: Callable[[Iterable[str]], bool]) -> bool:
    """Whether the words speak of all that ties an unnamed thing to the others, or describe it."""
    if all(tie.score > 0 for tie in ties):
        return True
    return any(tie.score > 0 for tie in ties) and described(tie.relation for tie in ties)


def meant(id: str, label: str) -> Term:
    """A thing that no words name, and that what is said of it finds."""
    return Term(label, None, (Match(id, label, label, _DESCRIBED, MatchKind.CONTEXT),))


def _beside(number: int, node: Node, new: int, near: Surroundings, score: Score) -> Iterator[tuple[str, Tie]]:
    if node.value is not None:
        for id in near.holders(node.value):
            for edge in near.edges(id):
                if not edge.turned and _same(edge, node) == "":
                    yield id, Tie(new, number, edge.relation, score(edge.relation), (id, ""))
    for own in node.ids:
        for edge in near.edges(own)[:_MOST_NEIGHBOURS]:
            if not isinstance(edge.other, EntityValue):
                continue
            other = edge.other.id
            if edge.turned:
                yield other, Tie(new, number, edge.relation, score(edge.relation), (other, own))
            else:
                yield other, Tie(number, new, edge.relation, score(edge.relation), (own, other))
