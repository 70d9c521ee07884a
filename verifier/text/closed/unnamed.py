"""Things that a claim does not name: that there is one at all, or the one that has a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verifier.model import EntityValue, Term, Triple, UnknownValue, Way
from verifier.text.closed.graph import meant
from verifier.text.closed.names import Node
from verifier.text.closed.said import Said
from verifier.text.closed.world import as_written, same_figure

__all__ = ["exists", "owner_of", "written"]

_ANYTHING = Term("anything", value=UnknownValue())
_SPOKEN_OF = 0.5
"""From this affinity on, words speak of a relation clearly enough to say that there is nothing in it."""


def exists(claim: Said, number: int) -> Iterator[Triple]:
    """ "X has a successor": that something stands in the relation to it, whatever that is."""
    near, node, words = claim.line.world.near, claim.nodes[number], claim.words
    if not words:
        return
    if node.value is not None:
        yield from _held(claim, node)
        return
    used = sorted(near.used())
    named = claim.named(words)
    if not named:
        best = max((claim.score(r, words) for r in used), default=0.0)
        named = [r for r in used if claim.score(r, words) == best] if best >= _SPOKEN_OF else []
    if not named:
        return
    size = {r: sum(map(len, claim.senses.words(r, claim.label(r)))) for r in named}
    named = [r for r in named if size[r] == max(size.values())]
    kin = [r for r in used if claim.senses.like(r, claim.label(r), words)]
    denied = len(claim.denied) % 2 == 1
    has = any(word.lemma == "have" for word in claim.line.words[node.end :])
    edges = [(id, edge) for id in node.ids for edge in near.edges(id) if edge.relation in {*named, *kin}]
    for _, edge in edges:
        if not edge.turned:
            yield claim.triple(node.term, _ANYTHING, edge.relation, Way.EXISTENCE, denied=denied)
            return
    for id, edge in edges:
        if not has and isinstance(edge.other, EntityValue):
            subject = meant(edge.other.id, near.label(edge.other.id))
            yield claim.triple(
                subject, node.narrowed(frozenset({id})).term, edge.relation, Way.EXISTENCE, denied=denied
            )
            return
    yield claim.triple(node.term, _ANYTHING, named[0], Way.EXISTENCE, denied=denied)


def _held(claim: Said, node: Node) -> Iterator[Triple]:
    """A figure of a thing that is not named: something has it, in the relation that the words speak of."""
    owner = owner_of(claim, node)
    if owner is None or node.value is None:
        return
    (id,) = owner.ids
    stated = [
        edge.relation
        for edge in claim.line.world.near.edges(id)
        if not edge.turned and same_figure(node.value, edge.other)
    ]
    relation = max(sorted(stated), key=lambda r: claim.score(r, claim.words))
    denied = len(claim.denied) % 2 == 1
    yield claim.triple(
        owner.term, written(claim, owner, node, relation), relation, Way.EXISTENCE, denied=denied
    )


def owner_of(claim: Said, node: Node) -> Node | None:
    """The thing that has a figure, in the relation that the words speak of."""
    near, words = claim.line.world.near, claim.words
    if node.value is None:
        return None
    found = [
        (claim.score(edge.relation, words), id)
        for id in near.holders(node.value)
        for edge in near.edges(id)
        if not edge.turned and same_figure(node.value, edge.other)
    ]
    score, id = max(found, default=(0.0, ""))
    return Node(meant(id, near.label(id)), -1, -1) if score > 0 else None


def written(claim: Said, subject: Node, object: Node, relation: str) -> Term:
    """The object as the tables write such figures."""
    if object.value is None:
        return object.term
    for id in subject.ids:
        for edge in claim.line.world.near.edges(id):
            if edge.relation == relation and not edge.turned:
                return replace(object.term, value=as_written(object.value, edge.other))
    return object.term
