"""Several sources as one: what judging and reading ask, answered from all tables in order of trust.

Tables that name things in their own way are brought together by name: a thing without a Wikidata id that
has the name of exactly one thing with one, in another source, is that thing. One source alone is passed
through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import count
from typing import Protocol

from verifier.evidence import USER, affirms
from verifier.ids import is_item
from verifier.model import (
    Completeness,
    Entity,
    EntityValue,
    Match,
    MatchKind,
    Statement,
    TableInfo,
    Value,
)
from verifier.relations import Catalogue, Relation, RelationRole

__all__ = ["Combined", "Source"]

_REMEMBERED = 16_384
_KINDS = (
    frozenset({"state", "country", "nation", "sovereign state"}),
    frozenset({"person", "human", "people"}),
    frozenset({"organisation", "organization"}),
    frozenset({"city", "town", "settlement", "municipality"}),
)
"""Types that tables call by several names."""


class Source(Protocol):
    """Where statements come from: a table, a snapshot or a service. Names are looked up, never guessed."""

    info: TableInfo
    relations: tuple[Relation, ...]
    """Relations of its own, beside those of the catalogue."""
    trust: int
    """How far it is believed where sources disagree: one of the levels of `evidence`."""
    closed_world: bool
    """Whether what it does not say is false."""
    dated: frozenset[str]
    """The relations of which a statement has a date; rows of others hold until further notice."""
    curated: bool
    """Whether its rows are held to name the exact thing."""

    def exact(self, name: str) -> tuple[Match, ...]:
        """Entities with this name, up to case, marks and accents."""
        ...

    def search(self, name: str, *, limit: int = 5) -> tuple[Match, ...]:
        """Entities with a name like this one, best first."""
        ...

    def prefix_length(self, token: str) -> int:
        """The most words of any name that begins with this word."""
        ...

    def entity(self, id: str) -> Entity | None:
        """The entity with this id."""
        ...

    def statements(self, subject: str, relation: str) -> tuple[Statement, ...]:
        """What is stated of a subject in one relation."""
        ...

    def statements_about(self, relation: str, value: str) -> tuple[Statement, ...]:
        """The statements of one relation whose value is this entity."""
        ...

    def relations_of(self, entity: str) -> tuple[str, ...]:
        """The relations in which an entity is a subject."""
        ...

    def relations_to(self, entity: str) -> tuple[str, ...]:
        """The relations in which an entity is a value."""
        ...

    def all_statements(self, relation: str) -> Iterator[Statement]:
        """Every statement of one relation."""
        ...

    def completeness(self, relation: str) -> tuple[Completeness, ...]:
        """The lists of this relation that the source declares complete."""
        ...


class Combined:
    """Several sources that answer as one; implements `judge`'s `Evidence`.

    `trust` gives the level of each source (see `evidence`), where it is not the one that the source has.
    `catalogue` tells which relations say what kind a thing is. Raises what the sources raise when they
    cannot be asked.
    """

    def __init__(
        self, sources: Sequence[Source], *, trust: Sequence[int] = (), catalogue: Catalogue | None = None
    ) -> None:
        levels = tuple(trust) or tuple(source.trust for source in sources)
        order = sorted(range(len(sources)), key=lambda number: -levels[number])
        self.sources: tuple[Source, ...] = tuple(sources[number] for number in order)
        self._tables = _unique_names(source.info.name for source in self.sources)
        self._trust = {table: levels[number] for table, number in zip(self._tables, order, strict=True)}
        self._by_name = {table: number for number, table in enumerate(self._tables)}
        self._alone = len(self.sources) == 1
        self._catalogue = Catalogue() if catalogue is None else catalogue
        # The caches are the instance's own, so that they go when it goes.
        remember = lru_cache(maxsize=_REMEMBERED)
        self._canonical = remember(self._find_canonical)
        self._locals = remember(self._find_locals)
        self._statements = remember(self._read_statements)
        self._about = remember(self._read_about)
        self._completeness = remember(self._read_completeness)
        self._types = remember(self._read_types)
        self._entity = remember(self._read_entity)
        self._known = remember(self._is_known)

    @property
    def tables(self) -> tuple[TableInfo, ...]:
        """What was asked, the most trusted first, by the names that statements give as their table."""
        return tuple(
            replace(source.info, name=table) for source, table in zip(self.sources, self._tables, strict=True)
        )

    @property
    def closed(self) -> bool:
        """True if every table says that what it leaves out is false."""
        return all(source.closed_world for source in self.sources)

    # ----------------------------------------------------------------------------------------- names

    def exact(self, name: str) -> tuple[Match, ...]:
        """Things with this name, up to case, marks and accents; best first."""
        if self._alone:
            return self.sources[0].exact(name)
        return self._merged(source.exact(name) for source in self.sources)

    def search(self, name: str, *, limit: int = 5) -> tuple[Match, ...]:
        """Things with a name like this one; best first."""
        if self._alone:
            return self.sources[0].search(name, limit=limit)
        return self._merged(source.search(name, limit=limit) for source in self.sources)[:limit]

    def prefix_length(self, token: str) -> int:
        """The most words of any name that begins with this word."""
        return max((source.prefix_length(token) for source in self.sources), default=0)

    def relations_of(self, entity: str) -> tuple[str, ...]:
        """The relations of which some table has a statement with this subject, by id."""
        return self._used(entity, lambda source, id: source.relations_of(id))

    def relations_to(self, entity: str) -> tuple[str, ...]:
        """The relations of which the thing is a value in some table, by id."""
        return self._used(entity, lambda source, id: source.relations_to(id))

    def _used(self, entity: str, ask: Callable[[Source, str], tuple[str, ...]]) -> tuple[str, ...]:
        found = {
            relation
            for number, source in enumerate(self.sources)
            for id in self._locals(number, entity)
            for relation in ask(source, id)
        }
        return tuple(sorted(found))

    def _merged(self, found: Iterable[tuple[Match, ...]]) -> tuple[Match, ...]:
        best: dict[str, Match] = {}
        hidden = 0.0
        for number, matches in enumerate(found):
            if len(matches) == 1:
                hidden = max(hidden, matches[0].runner_up)
            for match in matches:
                id = self._canonical(number, match.id)
                if id not in best or match.score > best[id].score:
                    best[id] = replace(match, id=id, label=self._label(id, match.label))
        if len(best) == 1:
            return tuple(replace(match, runner_up=hidden) for match in best.values())
        ordered = sorted(best.values(), key=lambda match: (-match.score, match.id))
        scores = [match.score for match in ordered]
        return tuple(
            replace(match, runner_up=scores[1] if number == 0 else scores[0])
            for number, match in enumerate(ordered)
        )

    def _label(self, id: str, fallback: str) -> str:
        entity = self._entity(id)
        return entity.label if entity is not None else fallback

    # -------------------------------------------------------------------------------------- identity

    def _find_canonical(self, number: int, id: str) -> str:
        """The id by which everyone knows a thing of one source."""
        if self._alone or is_item(id):
            return id
        entity = self.sources[number].entity(id)
        name = entity.label if entity is not None else id
        known = {
            match.id: other
            for other, source in enumerate(self.sources)
            if other != number
            for match in source.exact(name)
            if match.kind is not MatchKind.FUZZY and is_item(match.id)
        }
        if len(known) != 1:
            return id
        ((found, other),) = known.items()
        twin = self.sources[other].entity(found)
        return id if entity is not None and twin is not None and _clash(entity.types, twin.types) else found

    def _find_locals(self, number: int, id: str) -> tuple[str, ...]:
        """The ids of one source that stand for this thing."""
        if self._alone or not is_item(id):
            return (id,)
        found = {id: None}
        for other, source in enumerate(self.sources):
            entity = source.entity(id) if other != number else None
            for name in (entity.label, *entity.aliases) if entity is not None else ():
                for match in self.sources[number].exact(name):
                    if not is_item(match.id) and self._canonical(number, match.id) == id:
                        found[match.id] = None
        return tuple(found)

    def _everywhere(self, id: str) -> Iterator[tuple[int, Source, str]]:
        for number, source in enumerate(self.sources):
            for local in self._locals(number, id):
                yield number, source, local

    def _value(self, number: int, value: Value) -> Value:
        return EntityValue(self._canonical(number, value.id)) if isinstance(value, EntityValue) else value

    def _shared(self, number: int, statement: Statement) -> Statement:
        """A statement of one source, with the ids that everyone knows and its table's own name."""
        subject = self._canonical(number, statement.subject)
        value = self._value(number, statement.value)
        qualifiers = tuple((name, self._value(number, item)) for name, item in statement.qualifiers)
        table = self._tables[number]
        if (subject, value, qualifiers, table) == (
            statement.subject,
            statement.value,
            statement.qualifiers,
            statement.table,
        ):
            return statement
        return replace(statement, subject=subject, value=value, qualifiers=qualifiers, table=table)

    # ------------------------------------------------------------------------------------ statements

    def entity(self, id: str) -> Entity | None:
        """The thing with this id, its names and types from every source that has it."""
        return self._entity(id)

    def _read_entity(self, id: str) -> Entity | None:
        found = [entity for _, source, local in self._everywhere(id) if (entity := source.entity(local))]
        if len(found) <= 1:
            return replace(found[0], id=id) if found else None
        # The source that knows the thing by this very id names it.
        first = next((entity for entity in found if entity.id == id), found[0])
        names = dict.fromkeys(name for entity in found for name in (entity.label, *entity.aliases))
        types = tuple(dict.fromkeys(kind for entity in found for kind in entity.types))
        aliases = tuple(name for name in names if name != first.label)
        return replace(first, id=id, aliases=aliases, types=types)

    def statements(self, subject: str, relation: str) -> tuple[Statement, ...]:
        """What all sources state of a subject in one relation, the most trusted first."""
        if self._alone:
            return self.sources[0].statements(subject, relation)
        return self._statements(subject, relation)

    def _read_statements(self, subject: str, relation: str) -> tuple[Statement, ...]:
        return tuple(
            self._shared(number, statement)
            for number, source, local in self._everywhere(subject)
            for statement in source.statements(local, relation)
        )

    def statements_about(self, relation: str, value: str) -> tuple[Statement, ...]:
        """The statements of one relation whose value is this thing, the most trusted first."""
        if self._alone:
            return self.sources[0].statements_about(relation, value)
        return self._about(relation, value)

    def _read_about(self, relation: str, value: str) -> tuple[Statement, ...]:
        return tuple(
            self._shared(number, statement)
            for number, source, local in self._everywhere(value)
            for statement in source.statements_about(relation, local)
        )

    def all_statements(self, relation: str) -> Iterator[Statement]:
        """Every statement of one relation, the most trusted table first."""
        for number, source in enumerate(self.sources):
            rows = source.all_statements(relation)
            yield from rows if self._alone else (self._shared(number, row) for row in rows)

    def completeness(self, relation: str) -> tuple[Completeness, ...]:
        """The lists of this relation that some source declares complete."""
        return self._completeness(relation)

    def _read_completeness(self, relation: str) -> tuple[Completeness, ...]:
        return tuple(
            replace(
                declared,
                table=self._tables[number],
                subject=None if declared.subject is None else self._canonical(number, declared.subject),
                object=None if declared.object is None else self._canonical(number, declared.object),
                excepted=tuple(self._canonical(number, id) for id in declared.excepted),
            )
            for number, source in enumerate(self.sources)
            for declared in source.completeness(relation)
        )

    # ----------------------------------------------------------------------------------- for judging

    def playing(self, *roles: RelationRole) -> tuple[str, ...]:
        """The relations that the catalogue knows as one of these."""
        return self._catalogue.playing(*roles)

    def known(self, id: str, table: str) -> bool:
        """Whether a thing is subject or value of a statement in this table."""
        return self._known(id, table)

    def _is_known(self, id: str, table: str) -> bool:
        number = self._by_name.get(table)
        if number is None:
            return False
        source = self.sources[number]
        return any(
            source.relations_of(local) or source.relations_to(local) for local in self._locals(number, id)
        )

    def undated(self, table: str, relation: str) -> bool:
        """Whether it is a table of the user's without a date on any row of the relation."""
        number = self._by_name.get(table)
        if number is None or self._trust.get(table) != USER:
            return False
        return relation not in self.sources[number].dated

    def trust(self, statement: Statement) -> int:
        """How far its table is trusted."""
        return self._trust.get(statement.table, 0)

    def curated(self, statement: Statement) -> bool:
        """Whether its table is curated; what no table of these said is not."""
        number = self._by_name.get(statement.table)
        return number is not None and self.sources[number].curated

    def types(self, id: str) -> frozenset[str]:
        """What kinds of thing it is: its types, and the classes that statements name, by id and by label."""
        return self._types(id)

    def _read_types(self, id: str) -> frozenset[str]:
        entity = self._entity(id)
        found = set(entity.types) if entity is not None else set()
        kinds = self.playing(RelationRole.KIND)
        for statement in (s for relation in kinds for s in self.statements(id, relation)):
            if isinstance(statement.value, EntityValue) and affirms(statement):
                kind = self._entity(statement.value.id)
                found |= (
                    {statement.value.id, kind.label.casefold()} if kind is not None else {statement.value.id}
                )
        names = {name.casefold() for name in found}
        return frozenset(found.union(*(group for group in _KINDS if group & names)))

    def origin(self, id: str) -> str:
        """The name of the most trusted table that has the thing; "" if none has."""
        return next(
            (self._tables[n] for n, s, local in self._everywhere(id) if s.entity(local) is not None), ""
        )


def _unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names of tables, those of like name told apart: "f.csv", "f.csv (2)"."""
    given = tuple(names)
    found: list[str] = []
    for name in given:
        numbered = (f"{name} ({number})" for number in count(2))
        free = (other for other in numbered if other not in found and other not in given)
        found.append(next(free) if name in found else name)
    return tuple(found)


def _clash(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether both say what kind of thing it is, and nothing they say is the same."""
    ours, theirs = _kinds(first), _kinds(second)
    return bool(ours) and bool(theirs) and not ours & theirs


def _kinds(types: Iterable[str]) -> set[str]:
    folded = {kind.casefold() for kind in types}
    return folded.union(*(group for group in _KINDS if folded & group))
