"""What a claim says where the tables are all there is to know, and nobody listed how relations are told.

The things that a claim names are tied together by what the tables state of them. What is tied is said with
the relation that ties it; what nothing ties is said with the relation that its words come nearest to, and is
for the judge to deny.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from verifier.model import Date, EntityValue, Span, Triple
from verifier.relations import Catalogue
from verifier.text.closed.context import in_context
from verifier.text.closed.graph import connect
from verifier.text.closed.names import Node, describes, find_nodes, is_plain
from verifier.text.closed.said import Said, needed_of, said_in
from verifier.text.closed.ties import triples_of_graph
from verifier.text.closed.unnamed import exists
from verifier.text.closed.words import VAGUE
from verifier.text.coreference import History
from verifier.text.reading import Line, World, read_line
from verifier.text.vocabulary import CARRIERS, PREPOSITIONS

__all__ = ["joins_by_or", "read_closed"]

_PHRASE = 30
"""Characters within which "to" belongs to "the first"."""
_PAST = frozenset({"former", "previous", "then"})
_PAIR = 2
_UNNAMED = 2
"""Things that a claim may leave unnamed between those it names: "a town of a country whose leader is X"."""


def read_closed(
    text: str,
    folded: str,
    *,
    world: World,
    catalogue: Catalogue,
    as_of: Date,
    unread: bool = False,
    watch: Callable[[Line], None] | None = None,
) -> tuple[Triple, ...]:
    """The triples of a claim given by itself; none if it is not to be read so.

    That is for tables with relations that nobody listed, or for a claim that no phrasing was found in
    (`unread`); and for claims told as they are: not what others say, not what may be, and nothing about all
    of a kind. Who watches hears the line, if anything was read in it.
    """
    if not unread and world.near.used() <= catalogue.listed:
        return ()
    line = read_line(
        text, folded, Span(0, len(text)), world=world, history=History(world.types), as_of=as_of, alone=True
    )
    nodes = find_nodes(line)
    if not nodes or not is_plain(line) or _ranks(line, [_label(catalogue, r) for r in world.near.used()]):
        return ()
    nodes = in_context(nodes, world.near)
    found = _read(line, catalogue, nodes)
    if unread and not _reads_all(line, catalogue, nodes, found):
        return ()
    if len(found) > 1 and any(_only_dates(triple, world) for triple in found):
        return ()
    said = tuple(triple for triple in found if not _either(triple, folded))
    if said and watch is not None:
        watch(line)
    return said


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
        if line.quantities and not any(node.value is not None for node in nodes):
            return ()
        (only,) = needed
        if not any(only in (tie.subject, tie.object) for tie in graph.ties):
            return tuple(exists(claim, only))
    return tuple(triples_of_graph(claim, graph, needed))
