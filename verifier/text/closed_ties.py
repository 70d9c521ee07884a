"""The triples of a claim: what the tables tie, and what nothing ties, which is for the judge to deny."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from verifier.model import EntityValue, Triple, Way
from verifier.text.closed_graph import Graph, Tie
from verifier.text.closed_names import Node
from verifier.text.closed_said import Said
from verifier.text.closed_unnamed import owner_of, written
from verifier.text.closed_words import VAGUE
from verifier.text.vocabulary import CARRIERS, PREPOSITIONS

__all__ = ["triples_of_graph"]

_NAMED = 0.5
"""From this affinity on, words name a relation that the tables do not have of either thing."""


def triples_of_graph(claim: Said, graph: Graph, needed: frozenset[int]) -> Iterator[Triple]:
    """What a claim says of its things, by how they hang together."""
    ordered = sorted(
        (part for part in graph.parts if part & needed), key=lambda p: (-len(p & needed), min(p))
    )
    if not ordered:
        return
    main = ordered[0]
    for tie in graph.ties:
        if {tie.subject, tie.object} <= main:
            yield _tied(claim, graph, tie)
    for part in ordered[1:]:
        untied = _untied(claim, graph, min(part & needed), main)
        if untied is not None:
            yield untied


def _tied(claim: Said, graph: Graph, tie: Tie) -> Triple:
    subject, object = (graph.nodes[n].narrowed(frozenset(tie.ids)) for n in (tie.subject, tie.object))
    other = _other_than(claim, graph, tie)
    relation, way = (other, Way.NEAREST) if other else (tie.relation, Way.TIED)
    denied = _is_denied(claim, graph, tie)
    return claim.triple(subject.term, written(claim, subject, object, relation), relation, way, denied=denied)


def _other_than(claim: Said, graph: Graph, tie: Tie) -> str:
    """The relation that the words name, where no word speaks of the one that the tables state; "" if none."""
    if tie.score > 0 or len(claim.nodes) > 2 or len(graph.nodes) > 2:
        return ""
    words = tuple(w for w in claim.words if w not in PREPOSITIONS and w not in CARRIERS)
    best = max(claim.named(words), key=lambda r: claim.score(r, words), default="")
    if not best:
        return ""
    left = [w for w in words if w not in VAGUE and not claim.senses.like_one(best, claim.label(best), w)]
    told = [w for w in words if w not in VAGUE and w not in left]
    return best if told and len(left) <= 1 else ""


def _is_denied(claim: Said, graph: Graph, tie: Tie) -> bool:
    """Whether a "not" comes before what this tie adds to the claim."""
    count = 0
    for target in claim.denied:
        own = [t for t in graph.ties if target in (t.subject, t.object)]
        if not own:
            continue
        new = len(claim.nodes)
        back = [t for t in own if min(t.subject, t.object) < target or max(t.subject, t.object) >= new]
        count += (back or own)[0] is tie
    return count % 2 == 1


# -------------------------------------------------------------------------------------- what nothing ties


def _untied(claim: Said, graph: Graph, number: int, main: frozenset[int]) -> Triple | None:
    """What a claim says of a thing that nothing ties to the rest.

    It is said with the relation that its words come nearest to: first the words beside it, then all. Only
    what the tables surely know can lack something, so that is the subject.
    """
    node = graph.nodes[number]
    tied = {end for tie in graph.ties for end in (tie.subject, tie.object)}
    alone = sum(n in main and n not in tied for n in claim.denied)  # "X is not a part of the Y" denies X
    denied = (claim.denied.count(number) or alone) % 2 == 1
    things = [graph.nodes[n] for n in sorted(main)]
    if not any(thing.ids for thing in (node, *things)):
        things = [owner for thing in things if (owner := owner_of(claim, thing)) is not None]
    pairs = [pair for thing in things for pair in ((thing, node), (node, thing)) if pair[0].ids]
    pairs = [pair for pair in pairs if pair[0].sure] or pairs
    pairs = [pair for pair in pairs if not pair[0].plain] or pairs
    if not pairs:
        return None
    for relations in (_stated, _taken, _anything):
        for words in (claim.beside(number), claim.words):
            found = _nearest(claim, pairs, words, relations)
            if found is not None:
                subject, object, relation = found
                term = written(claim, subject, object, relation)
                return claim.triple(subject.term, term, relation, Way.NEAREST, denied=denied)
    subject, object = pairs[0]
    return claim.triple(subject.term, object.term, "", Way.NEAREST, denied=denied)


Relations = Callable[[Said, Node, Node, tuple[str, ...]], frozenset[str]]


def _nearest(
    claim: Said, pairs: Sequence[tuple[Node, Node]], words: tuple[str, ...], relations: Relations
) -> tuple[Node, Node, str] | None:
    """The two that stand nearest to each other and the relation that the words speak of most, if they do."""
    found = [
        (claim.score(relation, words), -abs(subject.start - object.start), relation, number)
        for number, (subject, object) in enumerate(pairs)
        for relation in relations(claim, subject, object, words)
    ]
    best = max(found, default=None)
    if best is None or best[0] <= 0:
        return None
    return (*pairs[best[3]], best[2])


def _stated(claim: Said, subject: Node, object: Node, words: tuple[str, ...]) -> frozenset[str]:
    """The relations that the tables state of the subject, with such values as the object is."""
    return frozenset(
        edge.relation
        for id in subject.ids
        for edge in claim.line.world.near.edges(id)
        if not edge.turned and isinstance(edge.other, EntityValue) is (object.value is None)
    )


def _taken(claim: Said, subject: Node, object: Node, words: tuple[str, ...]) -> frozenset[str]:
    """The relations of which the object is a value."""
    return frozenset(
        edge.relation for id in object.ids for edge in claim.line.world.near.edges(id) if edge.turned
    )


def _anything(claim: Said, subject: Node, object: Node, words: tuple[str, ...]) -> frozenset[str]:
    """The relations of the tables that the words name outright."""
    return frozenset(r for r in claim.line.world.near.used() if claim.score(r, words) >= _NAMED)
