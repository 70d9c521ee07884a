"""What the tables tell a reader of prose: who is of which kind, who speaks for whom, whose office it was."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from verifier.dates import interval
from verifier.evidence import affirms
from verifier.model import Date, EntityValue, Match, MatchKind, Quantity, Statement, Value
from verifier.relations import Catalogue, RelationRole
from verifier.sources.combined import Combined
from verifier.text.closed.world import Edge, Ends, Surroundings
from verifier.text.lexicon import Lexicon
from verifier.text.reading import World

__all__ = ["world_of"]

_SPEAKS_FOR = (
    RelationRole.CAPITAL,
    RelationRole.HEAD_OF_STATE,
    RelationRole.HEAD_OF_GOVERNMENT,
    RelationRole.FOREIGN_MINISTER,
)
"""Whoever is this of a state may stand for it in prose: its capital, its heads, its foreign minister."""
_BY_OFFICE = 97.0
"""The score of a state that is meant by who speaks for it."""


def world_of(evidence: Combined, lexicon: Lexicon, catalogue: Catalogue) -> World:
    """The tables as a reader of prose sees them; only what they affirm counts."""

    kinds = catalogue.playing(RelationRole.KIND)
    speaking = catalogue.playing(*_SPEAKS_FOR)
    officials = catalogue.playing(*_SPEAKS_FOR[1:])

    def is_a(entity: str, kind: str) -> bool:
        told = (s for relation in kinds for s in evidence.statements(entity, relation))
        return any(s.value == EntityValue(kind) for s in told if affirms(s))

    def subjects(relation: str, value: str, day: Date | None) -> tuple[Match, ...]:
        told = [s for s in evidence.statements_about(relation, value) if affirms(s)]
        ids = dict.fromkeys(s.subject for s in told if day is None or _in_office(s, day))
        found = (evidence.entity(id) for id in ids)
        return tuple(
            Match(e.id, e.label, e.label, _BY_OFFICE, MatchKind.CONTEXT) for e in found if e is not None
        )

    def values(relation: str, thing: str, day: Date) -> tuple[Match, ...]:
        told = (s for s in evidence.statements(thing, relation) if affirms(s) and _in_office(s, day))
        ids = dict.fromkeys(s.value.id for s in told if isinstance(s.value, EntityValue))
        found = (evidence.entity(id) for id in ids)
        return tuple(
            Match(e.id, e.label, e.label, _BY_OFFICE, MatchKind.CONTEXT) for e in found if e is not None
        )

    def states_of(name: str, day: Date) -> tuple[Match, ...]:
        return tuple(dict.fromkeys(match for relation in speaking for match in subjects(relation, name, day)))

    def owners(relation: str, value: str) -> tuple[Match, ...]:
        return subjects(relation, value, None)

    def tenures(person: str, state: str, day: Date) -> tuple[Date, ...]:
        told = (s for relation in officials for s in evidence.statements_about(relation, person))
        begun = (s for s in told if affirms(s) and s.subject == state and s.start is not None)
        spans = {
            interval(s.start.earliest, day.latest if s.end is None else s.end.latest)
            for s in begun
            if s.start is not None and s.start.earliest <= day.latest
        }
        return tuple(sorted(spans, key=lambda span: span.earliest))

    @lru_cache(maxsize=65536)
    def uses(entity: str) -> tuple[frozenset[str], frozenset[str]]:
        return frozenset(evidence.relations_of(entity)), frozenset(evidence.relations_to(entity))

    def asks(relation: str) -> tuple[frozenset[str], frozenset[str]]:
        known = catalogue.get(relation)
        none: frozenset[str] = frozenset()
        return (
            (none, none) if known is None else (frozenset(known.subject_types), frozenset(known.object_types))
        )

    return World(
        evidence,
        lexicon,
        evidence.types,
        is_a,
        states_of,
        owners,
        tenures,
        uses,
        evidence.closed,
        values,
        subjects,
        catalogue,
        _beside(evidence, lexicon),
        asks,
    )


def _in_office(statement: Statement, day: Date) -> bool:
    """Whether nothing keeps it from holding on this day: one speaks for a state only while in office."""
    begins = statement.start or statement.seen_first
    return (begins is None or begins.latest <= day.latest) and (
        statement.end is None or statement.end.earliest >= day.earliest
    )


def _beside(evidence: Combined, lexicon: Lexicon) -> Surroundings:
    """What the tables affirm, by thing and by figure."""

    @lru_cache(maxsize=8192)
    def edges(entity: str) -> tuple[Edge, ...]:
        told = [
            Edge(relation, statement.value, False)
            for relation in evidence.relations_of(entity)
            for statement in evidence.statements(entity, relation)
            if affirms(statement)
        ]
        about = [
            Edge(relation, EntityValue(statement.subject), True)
            for relation in evidence.relations_to(entity)
            for statement in evidence.statements_about(relation, entity)
            if affirms(statement)
        ]
        return tuple(dict.fromkeys((*told, *about)))

    @lru_cache(maxsize=1)
    def relations() -> tuple[str, ...]:
        return tuple(sorted({pattern.relation for pattern in lexicon.cues.patterns}))

    @lru_cache(maxsize=1)
    def figures() -> dict[object, tuple[str, ...]]:
        found: dict[object, dict[str, None]] = {}
        for relation in relations():
            for statement in evidence.all_statements(relation):
                key = _figure(statement.value)
                if key is not None and affirms(statement):
                    found.setdefault(key, {})[statement.subject] = None
        return {key: tuple(sorted(things)) for key, things in found.items()}

    def holders(value: Value) -> tuple[str, ...]:
        return figures().get(_figure(value), ())

    def label(entity: str) -> str:
        known = evidence.entity(entity)
        return entity if known is None else known.label

    @lru_cache(maxsize=1)
    def used() -> frozenset[str]:
        return frozenset(r for r in relations() if next(iter(evidence.all_statements(r)), None) is not None)

    @lru_cache(maxsize=4096)
    def ends(relation: str) -> Ends:
        told = [s for s in evidence.all_statements(relation) if affirms(s)]
        return Ends(
            frozenset(s.subject for s in told),
            frozenset(s.value.id for s in told if isinstance(s.value, EntityValue)),
            frozenset(type(s.value) for s in told if not isinstance(s.value, EntityValue)),
        )

    return Surroundings(edges, holders, label, used, ends)


def _figure(value: Value) -> object:
    """What finds a figure again: its amount, or the year of a date."""
    if isinstance(value, Quantity):
        return value.amount.normalize()
    return Decimal(value.earliest[0]).normalize() if isinstance(value, Date) else None
