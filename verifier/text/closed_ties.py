"""The triples of a claim: what the tables tie, and what nothing ties, which is for the judge to deny."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from verifier.model import Date, EntityValue, Triple, Way
from verifier.text.closed_graph import Graph, Tie
from verifier.text.closed_names import Node
from verifier.text.closed_roles import may_stand, takes
from verifier.text.closed_said import Said, is_told_of
from verifier.text.closed_unnamed import owner_of, written
from verifier.text.closed_words import VAGUE
from verifier.text.vocabulary import ADJECTIVES, CARRIERS, PREPOSITIONS
from verifier.text.words import word_set

__all__ = ["triples_of_graph"]

_NAMED = 0.5
"""From this affinity on, words name a relation that the tables do not have of either thing."""
_DOING = word_set("use call know name make give work serve act show say hear tell")
_EMPTY = (PREPOSITIONS | ADJECTIVES | CARRIERS | word_set("every each")) - _DOING
"""Words that tie two things and do not say how."""
_WHEN = word_set("date year day time happen occur")


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
        own = [tie for tie in graph.ties if {tie.subject, tie.object} <= part]
        if own and all(tie.score > 0 for tie in own) and _goes_on(claim, main, part):
            yield from (_tied(claim, graph, tie) for tie in own)
            continue
        untied = _untied(claim, graph, min(part & needed), main)
        if untied is not None:
            yield untied


def _goes_on(claim: Said, main: frozenset[int], part: frozenset[int]) -> bool:
    """Whether a part is a clause of its own after "and", which says nothing of the things before it."""
    firsts, lasts = ([n for n in numbers if n < len(claim.nodes)] for numbers in (main, part))
    start = max(claim.nodes[n].end for n in firsts)
    stop = min((claim.nodes[n].start for n in lasts), default=start)
    return any(word.lemma in {"and", "but"} for word in claim.line.words[start:stop])


def _tied(claim: Said, graph: Graph, tie: Tie) -> Triple:
    subject, object = (graph.nodes[n].narrowed(frozenset(tie.ids)) for n in (tie.subject, tie.object))
    other = _other_than(claim, graph, tie, subject, object)
    relation, way = (tie.relation, Way.TIED) if other is None else (other, Way.NEAREST)
    denied = _is_denied(claim, graph, tie)
    return claim.triple(subject.term, written(claim, subject, object, relation), relation, way, denied=denied)


def _other_than(claim: Said, graph: Graph, tie: Tie, subject: Node, object: Node) -> str | None:
    """The relation that the words name, where they do not name the one that the tables state; None if none.

    "" if a word that may mean more names one that the tables have of no such things.
    """
    if len(claim.nodes) > 2 or len(graph.nodes) > 2:
        return None
    near = claim.line.world.near
    words = tuple(w for w in claim.words if w not in PREPOSITIONS and w not in CARRIERS)
    if isinstance(object.value, Date):
        words = tuple(w for w in words if w not in _WHEN)
    named = [r for r in claim.named(words) if r != tie.relation and takes(near, r, object)]
    if tie.score > 0:  # "home port" is not the "port of registry"
        if claim.senses.said_whole(tie.relation, claim.label(tie.relation), words):
            return None
        named = [r for r in named if claim.senses.said_whole(r, claim.label(r), words, alone=True)]
        named = [r for r in named if may_stand(near, r, subject, object)]
        return max(named, key=lambda r: claim.score(r, words), default=None)
    likely = [r for r in named if may_stand(near, r, subject, object)]
    best = max(likely or named, key=lambda r: claim.score(r, words), default="")
    if not best:
        return None
    left = [w for w in words if w not in VAGUE and not claim.senses.like_one(best, claim.label(best), w)]
    told = [w for w in words if w not in VAGUE and w not in left]
    if not told or len(left) > 1:
        return None
    return best if likely or claim.senses.said_whole(best, claim.label(best), words) else ""


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
    pairs = [pair for pair in pairs if not pair[0].plain or is_told_of(claim, pair[0])] or pairs
    if not pairs:
        return None
    found = (
        _nearest(claim, pairs, number, likely=True)
        or _bare(claim, pairs)
        or _nearest(claim, pairs, number, likely=False)
    )
    subject, object, relation = found or (*pairs[0], "")
    value = written(claim, subject, object, relation) if relation else object.term
    return claim.triple(subject.term, value, relation, Way.NEAREST, denied=denied)


def _bare(claim: Said, pairs: Sequence[tuple[Node, Node]]) -> tuple[Node, Node, str] | None:
    """The one relation that the tables have of two such things, where no word tells of any: "X is in Y"."""
    if len(claim.nodes) != 2:
        return None
    inside = {i for node in claim.nodes for i in range(node.start, node.end)}
    words = [word for place, word in claim.said if place not in inside]
    if not words and not any(word.lemma == "have" for word in claim.line.words):
        return None  # "X is Y" says what it is
    dated = any(isinstance(node.value, Date) for node in claim.nodes)
    if not all(word in _EMPTY or (dated and word in _WHEN) for word in words):
        return None
    found = [
        (subject, object, relation)
        for subject, object in pairs
        if subject.start < object.start
        for relation in sorted(_stated(claim, subject, object, ()))
        if may_stand(claim.line.world.near, relation, subject, object, surely=True)
    ]
    return found[0] if len(found) == 1 else None


Relations = Callable[[Said, Node, Node, tuple[str, ...]], frozenset[str]]


def _nearest(
    claim: Said, pairs: Sequence[tuple[Node, Node]], number: int, *, likely: bool
) -> tuple[Node, Node, str] | None:
    """The two that stand nearest to each other and the relation that the words speak of most, if they do.

    With `likely`, of the relations that the tables have of such things.
    """
    for relations in (_stated, _taken, _anything):
        for words in (claim.beside(number), claim.words):
            if (found := _best(claim, pairs, words, relations, likely=likely)) is not None:
                return found
    return None


def _best(
    claim: Said,
    pairs: Sequence[tuple[Node, Node]],
    words: tuple[str, ...],
    relations: Relations,
    *,
    likely: bool,
) -> tuple[Node, Node, str] | None:
    near = claim.line.world.near
    found = [
        (claim.score(relation, words), -abs(subject.start - object.start), relation, number)
        for number, (subject, object) in enumerate(pairs)
        for relation in relations(claim, subject, object, words)
        if claim.score(relation, words) > 0 and (not likely or may_stand(near, relation, subject, object))
    ]
    best = max(found, default=None)
    return None if best is None else (*pairs[best[3]], best[2])


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
