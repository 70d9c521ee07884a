"""What a claim says where the tables are all there is to know, and nobody listed how relations are told.

The things that a claim names are tied together by what the tables state of them. What is tied is said with
the relation that ties it; what nothing ties is said with the relation that its words come nearest to, and is
for the judge to deny.
"""

from __future__ import annotations

from collections.abc import Iterable

from verifier.model import Date, Span, Triple
from verifier.relations import Catalogue
from verifier.text.closed_context import in_context
from verifier.text.closed_graph import connect
from verifier.text.closed_names import Node, describes, find_nodes, is_plain
from verifier.text.closed_said import Said, needed_of, said_in
from verifier.text.closed_ties import triples_of_graph
from verifier.text.closed_unnamed import exists
from verifier.text.closed_words import VAGUE
from verifier.text.coreference import History
from verifier.text.reading import Line, World, read_line
from verifier.text.vocabulary import CARRIERS, PREPOSITIONS

__all__ = ["read_closed"]

_PAIR = 2
_UNNAMED = 2
"""Things that a claim may leave unnamed between those it names: "a town of a country whose leader is X"."""


def read_closed(
    text: str, folded: str, *, world: World, catalogue: Catalogue, as_of: Date, unread: bool = False
) -> tuple[Triple, ...]:
    """The triples of a claim given by itself; none if it is not to be read so.

    That is for tables with relations that nobody listed, or for a claim that no phrasing was found in
    (`unread`); and for claims told as they are: not what others say, not what may be, and nothing about all
    of a kind.
    """
    if not unread and world.near.used() <= catalogue.listed:
        return ()
    line = read_line(
        text, folded, Span(0, len(text)), world=world, history=History(world.types), as_of=as_of, alone=True
    )
    nodes = find_nodes(line)
    if not nodes or not is_plain(line):
        return ()
    nodes = in_context(nodes, world.near)
    found = _read(line, catalogue, nodes)
    return found if not unread or _reads_all(line, catalogue, nodes, found) else ()


def _reads_all(line: Line, catalogue: Catalogue, nodes: tuple[Node, ...], found: tuple[Triple, ...]) -> bool:
    """Whether it is one statement of two known names in their order, and no word says anything else."""
    if len(nodes) != _PAIR or len(found) != 1 or not nodes[0].sure:
        return False
    if not nodes[1].sure and nodes[1].value is None:
        return False
    (told,) = found
    if not told.readings or told.subject.text != nodes[0].term.text:
        return False
    claim = said_in(line, catalogue, nodes)
    relation = told.readings[0].relation
    empty = PREPOSITIONS | CARRIERS | VAGUE
    return all(w in empty or claim.senses.like_one(relation, claim.label(relation), w) for w in claim.words)


def _has_kind(claim: Said, relations: Iterable[str]) -> bool:
    """Whether "the" stands before a noun that says of what kind a thing is.

    That is "the plant from the genus X", and not "the genus", which tells of one of the relations.
    """
    words = claim.line.words
    nouns = [word for i, word in claim.said if i > 0 and words[i - 1].lemma == "the" and not words[i].capital]
    told = [*relations]
    return any(not any(claim.senses.like_one(r, claim.label(r), noun) for r in told) for noun in nouns)


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
        described=lambda relations: describes(line) or _has_kind(claim, relations),
    )
    if len(needed) == 1:
        (only,) = needed
        if not any(only in (tie.subject, tie.object) for tie in graph.ties):
            return tuple(exists(claim, only))
    return tuple(triples_of_graph(claim, graph, needed))
