"""Which relations, things and years the tables can decide: the figures of `verifier coverage`.

Rows are counted, never judged. A slot (a subject and a relation) can be decided for a year if a row of it
held at some moment of the year, by the reading of dates that verdicts use, and no two such rows disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from verifier.conflicts import Conflict, find_conflicts
from verifier.evidence import Evidence
from verifier.explain import label
from verifier.inforce import Hold
from verifier.model import Completeness, Date, EntityValue, Statement, TableInfo, Value
from verifier.relations import Catalogue, Relation
from verifier.tallies import Counter, Tally, counts

__all__ = [
    "EntitySurvey",
    "Ledger",
    "RelationSurvey",
    "Row",
    "Scope",
    "Side",
    "SubjectSurvey",
    "Survey",
    "survey",
]


class Ledger(Evidence, Protocol):
    """Evidence that can be gone through from end to end."""

    @property
    def tables(self) -> tuple[TableInfo, ...]:
        """What it is made of."""
        ...

    def all_statements(self, relation: str) -> Iterator[Statement]:
        """Every statement of one relation."""
        ...

    def relations_of(self, entity: str) -> tuple[str, ...]:
        """The relations in which a thing is a subject."""
        ...

    def relations_to(self, entity: str) -> tuple[str, ...]:
        """The relations in which a thing is a value."""
        ...


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked: of these relations and things (none: all), in these years, as of this day."""

    as_of: Date
    relations: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectSurvey:
    """The rows of one relation that have this subject."""

    id: str
    label: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class RelationSurvey:
    """The rows of one relation, which lists of it are complete, and if asked its subjects."""

    relation: Relation
    tally: Tally
    complete: tuple[Completeness, ...] = ()
    subjects: tuple[SubjectSurvey, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row about a thing: what stands at the other end, and whether it held in each of the years asked."""

    statement: Statement
    other: Value
    holds: tuple[Hold, ...] = ()
    """Empty for a row that decides nothing: a deprecated one, or the record of a pledge."""


@dataclass(frozen=True, slots=True)
class Side:
    """The rows of one relation in which a thing is the subject, or the value."""

    relation: Relation
    as_subject: bool
    tally: Tally
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class EntitySurvey:
    """What the tables say of one thing."""

    id: str
    label: str
    types: tuple[str, ...]
    sides: tuple[Side, ...]
    """As a subject first, then as a value; by relation."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The answer to a scope."""

    scope: Scope
    tables: tuple[TableInfo, ...]
    relations: tuple[RelationSurvey, ...]
    """By label and id."""
    entities: tuple[EntitySurvey, ...]
    """In the order asked."""
    conflicts: tuple[Conflict, ...]
    empty: tuple[Relation, ...]
    """Relations of the catalogue without a row; none if the scope names relations or things."""
    labels: tuple[tuple[str, str], ...] = field(default=())
    """Ids of things and relations that rows and lists mention, with their labels."""


def survey(ledger: Ledger, catalogue: Catalogue, scope: Scope) -> Survey:
    """Count what the tables hold within a scope, the ids of which the catalogue and the ledger know."""
    counter = Counter(ledger, as_of=scope.as_of, years=scope.years)
    entities = tuple(_entity(counter, ledger, catalogue, id, asked=scope.relations) for id in scope.entities)
    wanted = scope.relations or tuple(catalogue.relations)
    if scope.entities:
        about = {id for entity in scope.entities for id in ledger.relations_of(entity)}
        wanted = tuple(id for id in wanted if id in about)
    relations: list[RelationSurvey] = []
    conflicts: list[Conflict] = []
    empty: list[Relation] = []
    for relation in sorted((catalogue[id] for id in dict.fromkeys(wanted)), key=lambda r: (r.label, r.id)):
        rows = _rows(ledger, relation.id, scope)
        found = counter.in_years(find_conflicts(rows, relation, ledger), relation)
        conflicts += found
        if not rows and not scope.relations:
            empty.append(relation)
        elif not scope.entities:
            complete = sorted(ledger.completeness(relation.id), key=repr)
            subjects = _subjects(counter, rows, relation, found) if scope.relations else ()
            tally = counter.tally(rows, relation, found)
            relations.append(RelationSurvey(relation, tally, tuple(complete), subjects))
    lists = [id for each in relations for item in each.complete for id in (item.subject, item.object)]
    rows_shown = [row for conflict in conflicts for row in conflict.rows]
    rows_shown += [row.statement for entity in entities for side in entity.sides for row in side.rows]
    named = {id for row in rows_shown for id in _mentioned(row)} | {id for id in lists if id is not None}
    named |= {id for conflict in conflicts for id in conflict.key}
    labels = {id: label(id, ledger) for id in named}
    labels |= {id: catalogue[id].label for row in rows_shown for id in _relations(row) if id in catalogue}
    return Survey(
        scope,
        ledger.tables,
        tuple(relations),
        entities,
        tuple(conflicts),
        () if scope.entities else tuple(empty),
        tuple(sorted(labels.items())),
    )


def _rows(ledger: Ledger, relation: str, scope: Scope) -> list[Statement]:
    if not scope.entities:
        return list(ledger.all_statements(relation))
    return [row for entity in dict.fromkeys(scope.entities) for row in ledger.statements(entity, relation)]


def _mentioned(row: Statement) -> Iterator[str]:
    yield row.subject
    values = (row.value, *(value for _, value in row.qualifiers))
    yield from (value.id for value in values if isinstance(value, EntityValue))


def _relations(row: Statement) -> Iterator[str]:
    yield row.relation
    yield from (relation for relation, _ in row.qualifiers)


def _entity(
    counter: Counter, ledger: Ledger, catalogue: Catalogue, id: str, *, asked: tuple[str, ...]
) -> EntitySurvey:
    sides = []
    for as_subject, relations in ((True, ledger.relations_of(id)), (False, ledger.relations_to(id))):
        kept = [catalogue[name] for name in relations if not asked or name in asked]
        for relation in sorted(kept, key=lambda relation: (relation.label, relation.id)):
            found = (
                ledger.statements(id, relation.id) if as_subject else ledger.statements_about(relation.id, id)
            )
            conflicts = (
                counter.in_years(find_conflicts(found, relation, ledger), relation) if as_subject else ()
            )
            tally = counter.tally(found, relation, conflicts)
            rows = [_row(counter, statement, relation, as_subject=as_subject) for statement in found]
            rows.sort(key=lambda row: (_text(row.other, ledger), row.statement.table, row.statement.id))
            sides.append(Side(relation, as_subject, tally, tuple(rows)))
    entity = ledger.entity(id)
    return EntitySurvey(id, label(id, ledger), () if entity is None else entity.types, tuple(sides))


def _text(value: Value, ledger: Ledger) -> str:
    return label(value.id, ledger) if isinstance(value, EntityValue) else repr(value)


def _row(counter: Counter, statement: Statement, relation: Relation, *, as_subject: bool) -> Row:
    other = statement.value if as_subject else EntityValue(statement.subject)
    holds = counter.holds(statement, relation) if counts(statement) else ()
    return Row(statement, other, holds)


def _subjects(
    counter: Counter, rows: Iterable[Statement], relation: Relation, conflicts: Iterable[Conflict]
) -> tuple[SubjectSurvey, ...]:
    """The same rows by subject."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        groups[row.subject].append(row)
    clashes: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        clashes[conflict.subject].append(conflict)
    found = (
        SubjectSurvey(id, label(id, counter.evidence), counter.tally(group, relation, clashes[id]))
        for id, group in groups.items()
    )
    return tuple(sorted(found, key=lambda subject: (subject.label, subject.id)))
