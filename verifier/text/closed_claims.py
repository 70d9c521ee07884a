"""What a claim says where the tables are all there is to know, and nobody listed how relations are told.

The things that a claim names are tied together by what the tables state of them. What is tied is said with
the relation that ties it; what nothing ties is said with the relation that its words come nearest to, and is
for the judge to deny.
"""

from __future__ import annotations

from verifier.model import Date, Span, Triple
from verifier.relations import Catalogue
from verifier.text.closed_context import in_context
from verifier.text.closed_graph import connect
from verifier.text.closed_names import Node, describes, find_nodes, is_plain
from verifier.text.closed_said import needed_of, said_in
from verifier.text.closed_ties import triples_of_graph
from verifier.text.closed_unnamed import exists
from verifier.text.coreference import History
from verifier.text.reading import Line, World, read_line

__all__ = ["read_closed"]

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
    if not nodes or not is_plain(line):
        return ()
    return _read(line, catalogue, in_context(nodes, world.near))


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
        (only,) = needed
        if not any(only in (tie.subject, tie.object) for tie in graph.ties):
            return tuple(exists(claim, only))
    return tuple(triples_of_graph(claim, graph, needed))
