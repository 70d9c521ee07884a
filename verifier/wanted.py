"""What else would have to be known: the names, things and lists that a report could not tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.evidence import Evidence
from verifier.ids import is_item, is_property
from verifier.model import EntityValue, Part, Report, Statement, Term
from verifier.relations import Catalogue, RelationRole
from verifier.sources.wikidata.live import Wants

__all__ = ["wants_of"]

_MOST_VALUES = 40
"""Values of one slot that are looked up."""


def wants_of(report: Report, evidence: Evidence, catalogue: Catalogue, *, missions: frozenset[str]) -> Wants:
    """What a source should be asked for, to judge these claims better.

    `missions` are the relations that are told by items of missions.
    """
    parts = [part for result in report.results for part in result.parts]
    terms = [term for part in parts for term in _terms(part)]
    things = {match.id: None for term in terms for match in term.matches if is_item(match.id)}
    for part in parts:
        things |= dict.fromkeys(_in_question(part, evidence, catalogue))
    things |= dict.fromkeys(_unnamed(report, evidence))
    return Wants(
        names=tuple(dict.fromkeys(t.text for t in terms if t.text and not (t.matches or t.value or t.group))),
        things=tuple(things),
        members=tuple(dict.fromkeys(pair for term in terms for pair in _members(term))),
        missions=tuple(
            dict.fromkeys(
                match.id
                for part in parts
                if {reading.relation for reading in part.triple.readings} & missions
                for term in (part.triple.subject, part.triple.object)
                for match in term.matches
                if is_item(match.id)
            )
        ),
    )


def _terms(part: Part) -> Iterator[Term]:
    triple = part.triple
    yield triple.subject
    yield triple.object
    yield from (term for _, term in triple.qualifiers)
    if triple.order is not None and triple.order.than is not None:
        yield triple.order.than


def _in_question(part: Part, evidence: Evidence, catalogue: Catalogue) -> Iterator[str]:
    """The values of the slots that were asked about, and the places around them."""
    ends = [m.id for term in (part.triple.subject, part.triple.object) for m in term.matches]
    places = catalogue.playing(RelationRole.PLACE)
    for reading in part.triple.readings:
        relation = catalogue.get(reading.relation)
        asked = (reading.relation, *(relation.implied_by if relation is not None else ()))
        for id in ends:
            values = tuple(dict.fromkeys(_values(s for one in asked for s in evidence.statements(id, one))))
            if len(values) <= _MOST_VALUES:
                yield from values
            if relation is not None and relation.value_within:
                for value in (*values, id):
                    yield from _values(s for one in places for s in evidence.statements(value, one))


def _values(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        if isinstance(statement.value, EntityValue) and is_item(statement.value.id):
            yield statement.value.id


def _unnamed(report: Report, evidence: Evidence) -> Iterator[str]:
    """What the findings speak of and no source has a name for."""
    for result in report.results:
        for part in result.parts:
            for finding in part.findings:
                told = finding.statement
                values = (told.value, *(value for _, value in told.qualifiers))
                cited = (source.title.partition(" ")[0] for source in told.sources)
                for id in (told.subject, *(v.id for v in values if isinstance(v, EntityValue)), *cited):
                    if is_item(id) and evidence.entity(id) is None:
                        yield id


def _members(term: Term) -> Iterator[tuple[str, str]]:
    """Property and item whose statements tell the members of a group."""
    if term.group is None:
        return
    for relation, other, as_object in term.group.conditions:
        if is_property(relation) and not as_object:
            yield from ((relation, match.id) for match in other.matches if is_item(match.id))
