"""What a claim says where the tables are all there is to know, and nobody listed how their relations are told.

The things that a claim names are tied together by what the tables state of them. What is tied is said with the
relation that ties it; what nothing ties is said with the relation that its words come nearest to, and is for the
judge to deny.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from verifier.model import Date, EntityValue, Reading, Span, Term, Triple, UnknownValue
from verifier.relations import Catalogue
from verifier.text.closed_context import in_context
from verifier.text.closed_graph import Graph, Tie, connect, meant
from verifier.text.closed_names import Node, find_nodes, is_plain, opening
from verifier.text.closed_words import VAGUE, Senses
from verifier.text.coreference import History
from verifier.text.closed_world import as_written, same_figure
from verifier.text.reading import Line, World, read_line
from verifier.text.signals import is_light
from verifier.text.vocabulary import AUXILIARIES, CARRIERS, DETERMINERS, MODALS, PREPOSITIONS

__all__ = ["read_closed"]

_DENIALS = frozenset({"not", "never", "no", "neither", "nor", "without"})
_JOINTS = frozenset({"and", "or", "nor", "but"})
_SCORE = 85.0
_UNNAMED = 2
_ANYTHING = UnknownValue()


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim in work."""

    line: Line
    catalogue: Catalogue
    senses: Senses
    nodes: tuple[Node, ...]
    said: tuple[tuple[int, str], ...]
    """The words that carry meaning and are no names, with their places."""
    denied: tuple[int, ...]
    """For each "not", the node that it comes before."""
    scores: dict[tuple[str, tuple[str, ...]], float]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for _, word in self.said)

    def beside(self, number: int) -> tuple[str, ...]:
        """The words that stand between a node and the next ones."""
        start = max((n.end for n in self.nodes[:number]), default=0)
        stop = min((n.start for n in self.nodes[number + 1 :]), default=len(self.line.words))
        return tuple(word for place, word in self.said if start <= place < stop)

    def label(self, relation: str) -> str:
        known = self.catalogue.get(relation)
        return relation if known is None else known.label

    def score(self, relation: str, words: tuple[str, ...]) -> float:
        """How much of these words speaks of a relation."""
        key = (relation, words)
        if key not in self.scores:
            self.scores[key] = self.senses.affinity(relation, self.label(relation), words)
        return self.scores[key]


def read_closed(
    text: str, folded: str, *, world: World, catalogue: Catalogue, as_of: Date
) -> tuple[Triple, ...]:
    """The triples of a claim given by itself; none if it is not to be read so.

    That is for tables with relations that nobody listed, and for claims told as they are: not what others say,
    not what may be, and nothing about all of a kind.
    """
    unlisted = frozenset(r for r in world.near.used() if not _is_listed(catalogue, r))
    if not unlisted:
        return ()
    line = read_line(
        text, folded, Span(0, len(text)), world=world, history=History(world.types), as_of=as_of, alone=True
    )
    nodes = find_nodes(line)
    if not nodes or not is_plain(line):
        return ()
    return _read(line, catalogue, in_context(nodes, world.near))


def _is_listed(catalogue: Catalogue, relation: str) -> bool:
    known = catalogue.get(relation)
    return known is not None and known.declared


def _read(line: Line, catalogue: Catalogue, nodes: tuple[Node, ...]) -> tuple[Triple, ...]:
    claim = _claim(line, catalogue, nodes)
    words = claim.words
    needed = _needed(claim)
    graph = connect(
        nodes, needed - {*claim.denied}, line.world.near, lambda relation: claim.score(relation, words), unnamed=_UNNAMED
    )
    if len(needed) == 1:
        (only,) = needed
        if not any(only in (tie.subject, tie.object) for tie in graph.ties):
            return tuple(_exists(claim, only))
    return tuple(_triples(claim, graph, needed))


def _claim(line: Line, catalogue: Catalogue, nodes: Sequence[Node]) -> _Claim:
    begin = opening(line)
    named = {i for node in nodes for i in range(node.start, node.end) if not node.plain}
    inside = {i for node in nodes for i in range(node.start, node.end)}
    said = tuple(
        (i, word.lemma)
        for i, word in enumerate(line.words)
        if i >= begin
        and i not in named
        and word.is_word
        and word.text != "'s"
        and (word.lemma in PREPOSITIONS or word.lemma == "where" or not is_light(word))
    )
    denied = []
    for i, word in enumerate(line.words):
        if i < begin or i in inside or word.lemma not in _DENIALS:
            continue
        after = [n for n, node in enumerate(nodes) if node.start > i and not node.described]
        before = [n for n, node in enumerate(nodes) if node.end <= i and not node.described]
        denied.extend(_targets(line, nodes, after[0]) if after else before[-1:] or [-1])
    senses = Senses(line.world.lexicon.cues)
    return _Claim(line, catalogue, senses, tuple(nodes), said, tuple(denied), {})


def _targets(line: Line, nodes: Sequence[Node], first: int) -> list[int]:
    """The node that a "not" before it denies: past one that only describes the next, and all that "or" joins."""
    while first + 1 < len(nodes):
        between = line.words[nodes[first].end : nodes[first + 1].start]
        if not 0 < len(between) <= 2 or any(
            not w.is_word or w.capital or w.lemma in PREPOSITIONS or w.text == "'s" or is_light(w) or w.lemma in _JOINTS
            for w in between
        ):
            break
        first += 1
    found = [first]
    for n in range(first + 1, len(nodes)):
        between = line.words[nodes[n - 1].end : nodes[n].start]
        if not any(w.lemma in {"or", "nor"} for w in between) or len(between) > 2:
            break
        found.append(n)
    return found


def _needed(claim: _Claim) -> frozenset[int]:
    """The nodes that the claim says something of: all but the words that only say of what kind a thing is."""
    firm = frozenset(n for n, node in enumerate(claim.nodes) if not node.plain)
    if len(firm) > 1:
        return firm
    loose = {
        n
        for n, node in enumerate(claim.nodes)
        if node.plain and (not node.described or (firm and _is_told_of(claim, node)))
    }
    return firm | {n for n in loose if not _is_word(claim, claim.nodes[n])}


def _is_told_of(claim: _Claim, node: Node) -> bool:
    """Whether the tables say things of it, as they do of "a lemon" and not of "a company"."""
    return any(not edge.turned for id in node.ids for edge in claim.line.world.near.edges(id))


def _is_word(claim: _Claim, node: Node) -> bool:
    """Whether a name written small is rather the word for a relation."""
    words = tuple(word.lemma for word in claim.line.words[node.start : node.end])
    return any(claim.senses.names(r, claim.label(r), words) for r in claim.line.world.near.used())


# ------------------------------------------------------------------------------------------ what is tied


def _triples(claim: _Claim, graph: Graph, needed: frozenset[int]) -> Iterator[Triple]:
    ordered = sorted((part for part in graph.parts if part & needed), key=lambda p: (-len(p & needed), min(p)))
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


def _tied(claim: _Claim, graph: Graph, tie: Tie) -> Triple:
    subject, object = (graph.nodes[n].narrowed(frozenset(tie.ids)) for n in (tie.subject, tie.object))
    relation = _other_than(claim, graph, tie) or tie.relation
    denied = _is_denied(claim, graph, tie)
    return _triple(claim, subject.term, _written(claim, subject, object, relation), relation, denied=denied)


def _other_than(claim: _Claim, graph: Graph, tie: Tie) -> str:
    """The relation that the words name, where no word speaks of the one that the tables state; "" if none."""
    if tie.score > 0 or len(claim.nodes) > 2 or len(graph.nodes) > 2:
        return ""
    words = tuple(w for w in claim.words if w not in PREPOSITIONS and w not in CARRIERS)
    named = [r for r in sorted(claim.line.world.near.used()) if claim.senses.names(r, claim.label(r), words)]
    best = max(named, key=lambda r: claim.score(r, words), default="")
    if not best:
        return ""
    left = [w for w in words if w not in VAGUE and not claim.senses.like_one(best, claim.label(best), w)]
    told = [w for w in words if w not in VAGUE and w not in left]
    return best if told and len(left) <= 1 else ""


def _is_denied(claim: _Claim, graph: Graph, tie: Tie) -> bool:
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


def _triple(claim: _Claim, subject: Term, object: Term, relation: str, *, denied: bool) -> Triple:
    label = claim.label(relation)
    readings = (Reading(relation, label, " ".join(claim.words) or label, _SCORE),)
    return Triple(subject, object, readings, relation_text=label, negated=denied)


def _written(claim: _Claim, subject: Node, object: Node, relation: str) -> Term:
    """The object as the tables write such figures."""
    if object.value is None:
        return object.term
    for id in subject.ids:
        for edge in claim.line.world.near.edges(id):
            if edge.relation == relation and not edge.turned:
                return replace(object.term, value=as_written(object.value, edge.other))
    return object.term


# -------------------------------------------------------------------------------------- what nothing ties


def _untied(claim: _Claim, graph: Graph, number: int, main: frozenset[int]) -> Triple | None:
    """What a claim says of a thing that nothing ties to the rest, with the relation its words come nearest to."""
    node = graph.nodes[number]
    denied = claim.denied.count(number) % 2 == 1
    things = [graph.nodes[n] for n in sorted(main) if graph.nodes[n].ids]
    if node.sure and not any(thing.sure for thing in things):
        # Only what is surely known can lack something: said of this one then.
        firsts = [graph.nodes[n] for n in sorted(main) if n < len(claim.nodes)]
        node, things = firsts[0], [node]
    elif not things:
        things = [owner for n in sorted(main) if (owner := _owner(claim, graph.nodes[n])) is not None]
    firm = [n for n in things if n.sure and not n.plain] or [n for n in things if n.sure] or things
    for last, words in ((False, claim.beside(number)), (True, claim.words)):
        best: tuple[float, int, str] | None = None
        for thing in firm:
            for relation in sorted(_open_to(claim, thing, node)):
                found = (claim.score(relation, words), -abs(thing.start - node.start), relation)
                if best is None or found > best:
                    best, anchor = found, thing
        if best is not None and (best[0] > 0 or last):
            return _triple(claim, anchor.term, _written(claim, anchor, node, best[2]), best[2], denied=denied)
    return None


def _owner(claim: _Claim, node: Node) -> Node | None:
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


def _open_to(claim: _Claim, anchor: Node, node: Node) -> frozenset[str]:
    """The relations in which one may stand to the other, by what the tables state of each."""
    near = claim.line.world.near
    own = {
        edge.relation
        for id in anchor.ids
        for edge in near.edges(id)
        if not edge.turned and isinstance(edge.other, EntityValue) is (node.value is None)
    }
    other = {edge.relation for id in node.ids for edge in near.edges(id) if edge.turned}
    used = {edge.relation for id in anchor.ids for edge in near.edges(id)}
    return frozenset(own & other or own | other or used)


# --------------------------------------------------------------------------------------- what there is at all


def _exists(claim: _Claim, number: int) -> Iterator[Triple]:
    """ "X has a successor": that something stands in the relation to it, whatever that is."""
    near, node, words = claim.line.world.near, claim.nodes[number], claim.words
    if not words:
        return
    if node.value is not None:
        yield from _held(claim, node)
        return
    used = sorted(near.used())
    named = [r for r in used if claim.senses.names(r, claim.label(r), words)]
    if not named:
        best = max((claim.score(r, words) for r in used), default=0.0)
        named = [r for r in used if claim.score(r, words) == best] if best >= 0.5 else []
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
            yield _triple(claim, node.term, Term("anything", value=_ANYTHING), edge.relation, denied=denied)
            return
    for id, edge in edges:
        if not has and isinstance(edge.other, EntityValue):
            subject = meant(edge.other.id, near.label(edge.other.id))
            yield _triple(claim, subject, node.narrowed(frozenset({id})).term, edge.relation, denied=denied)
            return
    yield _triple(claim, node.term, Term("anything", value=_ANYTHING), named[0], denied=denied)


def _held(claim: _Claim, node: Node) -> Iterator[Triple]:
    """A figure of a thing that is not named: that something has it, in the relation that the words speak of."""
    owner = _owner(claim, node)
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
    yield _triple(claim, owner.term, _written(claim, owner, node, relation), relation, denied=denied)
