"""What a claim says where the tables are all there is to know, and nobody listed how relations are told.

The things that a claim names are tied together by what the tables state of them. What is tied is said with
the relation that ties it; what nothing ties is said with the relation that its words come nearest to, and is
for the judge to deny.
"""

from __future__ import annotations

import re
from itertools import pairwise

from verifier.model import Date, EntityValue, Span, Triple
from verifier.relations import Catalogue
from verifier.text.closed_context import in_context
from verifier.text.closed_graph import connect
from verifier.text.closed_names import Node, describes, find_nodes, is_plain
from verifier.text.closed_said import needed_of, said_in
from verifier.text.closed_ties import triples_of_graph
from verifier.text.closed_unnamed import exists
from verifier.text.coreference import History
from verifier.text.reading import Line, World, read_line

__all__ = ["joins_by_or", "read_closed"]

_PHRASE = 30
"""Characters within which "to" belongs to "the first"."""
_PAST = frozenset({"former", "previous", "then"})
_UNNAMED = 2
"""Things that a claim may leave unnamed between those it names: "a town of a country whose leader is X"."""


def read_closed(
    text: str, folded: str, *, world: World, catalogue: Catalogue, as_of: Date
) -> tuple[Triple, ...]:
    """The triples of a claim given by itself; none if it is not to be read so.

    That is for tables with relations that nobody listed, and for claims told as they are: not what others
    say, not what may be, and nothing about all of a kind.
    """
    if world.near.used() <= catalogue.listed:
        return ()
    line = read_line(
        text, folded, Span(0, len(text)), world=world, history=History(world.types), as_of=as_of, alone=True
    )
    nodes = find_nodes(line)
    if not nodes or not is_plain(line) or _ranks(line, [_label(catalogue, r) for r in world.near.used()]):
        return ()
    found = _read(line, catalogue, in_context(nodes, world.near))
    return (
        () if any((len(found) > 1 and _only_dates(t, world)) or _either(t, folded) for t in found) else found
    )


def _either(triple: Triple, text: str) -> bool:
    """Whether the two ends are the two of an "or", of which nothing is said to each other."""
    one, other = triple.subject.text, triple.object.text
    return f"{one} or {other}" in text or f"{other} or {one}" in text


def _only_dates(triple: Triple, world: World) -> bool:
    """Whether a date tells when something held: the tables state things in this relation, and no dates."""
    if not isinstance(triple.object.value, Date) or not triple.readings or not triple.subject.matches:
        return False
    relation = triple.readings[0].relation
    stated = [e for m in triple.subject.matches for e in world.near.edges(m.id) if e.relation == relation]
    return bool(stated) and all(isinstance(edge.other, EntityValue) for edge in stated)


def joins_by_or(text: str, found: tuple[Triple, ...]) -> bool:
    """Whether one of two is said to hold: "A or B" of one relation, of which nothing is denied."""
    return (
        len(found) == 2
        and not any(triple.negated for triple in found)
        and len(re.findall(r"\bor\b", text)) == 1
        and all(" or " not in f" {term.text} " for t in found for term in (t.subject, t.object))
    )


def _ranks(line: Line, labels: list[str]) -> bool:
    """Whether it ranks things in words that name no relation: "the largest", "the first to"."""
    for before, word in pairwise(line.words):
        low = word.text
        if word.lemma in _PAST and not any(low in label for label in labels):
            return True
        if before.lemma != "the" or not low.islower():
            continue
        after = [w.lemma for w in line.words if word.span.end <= w.span.start <= word.span.end + _PHRASE]
        ranks = (low.endswith("est") and word.lemma != low) or low in {"best", "worst"}
        if (ranks or (low in {"first", "last"} and "to" in after)) and not any(low in x for x in labels):
            return True
    return False


def _label(catalogue: Catalogue, relation: str) -> str:
    known = catalogue.get(relation)
    return (relation if known is None else known.label).casefold()


def _read(line: Line, catalogue: Catalogue, nodes: tuple[Node, ...]) -> tuple[Triple, ...]:
    claim = said_in(line, catalogue, nodes)
    words = claim.words
    needed = needed_of(claim)

    graph = connect(
        nodes,
        needed if describes(line) else needed - {*claim.denied},
        frozenset(claim.denied),
        line.world.near,
        lambda relation: claim.score(relation, words),
        unnamed=_UNNAMED,
    )
    if len(needed) == 1:
        if line.quantities and not any(node.value is not None for node in nodes):
            return ()
        (only,) = needed
        if not any(only in (tie.subject, tie.object) for tie in graph.ties):
            return tuple(exists(claim, only))
    return tuple(triples_of_graph(claim, graph, needed))
