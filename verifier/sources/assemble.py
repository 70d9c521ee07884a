"""From the files of a table to the rows of its compiled form."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verifier.errors import TableError
from verifier.model import Completeness, Entity, EntityValue, Quantity, Source, TextValue, Value
from verifier.relations import Catalogue, Relation, RelationRole, read_catalogue
from verifier.sources.codec import DATES, Row, join_body, string_json, value_json
from verifier.sources.curated import check_curated, check_doubled, warn_of_orphans
from verifier.sources.declarations import Declarations, read_declarations
from verifier.sources.entities import Things, merge_entities, read_entities
from verifier.sources.facts import Fact, Origin, Predicates, check_unique, told_apart
from verifier.sources.kinds import Cell, Place, read_cells
from verifier.sources.manifest import check_content
from verifier.sources.rows import is_long, read_rows
from verifier.sources.table import TableFiles, read_sheet
from verifier.sources.wide import read_wide
from verifier.units import UNITS

__all__ = ["Assembled", "assemble"]

log = logging.getLogger(__name__)

_DATES = tuple(f'"{name}"' for name in DATES)
_NEGATIVE = '"polarity":"negative"'

Values = Mapping[Cell, str]
"""JSON text of the value of each cell of a relation that is not a thing."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """Everything that the compiled table holds."""

    name: str
    title: str
    statements: Sequence[Row]
    """In an order that does not depend on that of the table."""
    entities: Sequence[Entity]
    relations: Sequence[Relation]
    completeness: Sequence[Completeness]
    everything: bool
    """True if the table declares every slot to be complete."""
    dated: Sequence[str]
    """The relations of which a statement has a date that bounds it."""
    curated: bool
    """True if every row is held to name the exact thing, and a source."""
    cited: Sequence[str]
    """What the rows without a source are cited by, before the number."""


def assemble(
    files: TableFiles, contents: Mapping[Path, bytes], *, catalogue: Catalogue, key: str | None = None
) -> Assembled:
    """Read a whole table, or raise the `TableError` of the first cell that cannot be accepted."""
    declared = read_catalogue(files.relations).relations.values() if files.relations is not None else ()
    says = Declarations()
    if files.declarations is not None:
        says = read_declarations(contents[files.declarations], files.declarations)
    predicates = Predicates(catalogue, declared)
    origins = [_origin(number, files, contents, says) for number in range(len(files.statements))]
    facts = [(origin, _read(origin, predicates, key)) for origin in origins]
    # A night in which no source could be had leaves an edition without a row.
    may_be_empty = files.manifest is not None and files.manifest.edition is not None
    if not may_be_empty and not any(found for _, found in facts):
        raise TableError(
            "the table has a header and no rows", path=files.root, hint="write one statement a row"
        )
    seen: dict[str, str] = {}
    for number, (origin, found) in enumerate(facts):
        if files.manifest is not None and (feed := files.manifest.files[number].feed):
            facts[number] = origin, told_apart(found, seen, feed=feed)
        check_unique(facts[number][1], origin, seen)
    if files.entities:
        check_doubled(origins)

    entities = merge_entities(
        read_entities(read_sheet(path, contents[path], name=files.cited(path))) for path in files.entities
    )
    known = {entity.id: entity for entity in entities}
    things = Things(entities)
    _learn(things, facts)
    values, instead = _read_objects(facts, predicates, things)
    if instead:
        facts = [(origin, [_renamed(fact, instead) for fact in found]) for origin, found in facts]
    qualifiers = _read_qualifiers(facts, predicates, things)
    if says.curated:
        check_curated(facts, things, known, predicates, values=values, qualifiers=qualifiers)
    elif files.entities:
        warn_of_orphans(facts, known)
    rows = _rows(facts, things, values, qualifiers)
    completeness = _completeness(says, predicates, things, files=files)
    _check_expected(says, rows, predicates, files=files)
    return Assembled(
        name=files.name,
        title=says.title or files.name,
        statements=rows,
        entities=things.entities(_types(rows, catalogue.playing(RelationRole.KIND))),
        relations=(*declared, *predicates.own),
        completeness=completeness,
        everything=says.everything,
        dated=sorted({fact.relation for _, found in facts for fact in found if _is_dated(fact)}),
        curated=says.curated,
        cited=[f"{origin.sheet.name}, {origin.sheet.unit}" for origin in origins],
    )


Facts = Sequence[tuple[Origin, Sequence[Fact]]]


def _is_dated(fact: Fact) -> bool:
    return any(extra.startswith(_DATES) for extra in fact.extras)


def _origin(number: int, files: TableFiles, contents: Mapping[Path, bytes], says: Declarations) -> Origin:
    """One file of statements, and what holds for its rows. Raises `TableError` if it is not the one meant."""
    path = files.statements[number]
    source, seen_last = Source(url=says.url, publisher=says.publisher), ""
    if files.manifest is not None and files.manifest.files:
        listed = files.manifest.files[number]
        check_content(listed, contents[path], path)
        seen_last = "" if listed.seen_last is None else listed.seen_last.isoformat()
        source = Source(listed.url or says.url, listed.title, listed.publisher or says.publisher, seen_last)
    return Origin(number, read_sheet(path, contents[path], name=files.cited(path)), source, seen_last)


def _read(origin: Origin, predicates: Predicates, key: str | None) -> Sequence[Fact]:
    if key is None and is_long(origin.sheet):
        return list(read_rows(origin, predicates))
    return list(read_wide(origin, predicates, key=key))


def _learn(things: Things, facts: Facts) -> None:
    for _, found in facts:
        for fact in found:
            if fact.subject_id:
                things.learn(fact.subject, fact.subject_id, (fact.relation, "subject"))
            if fact.object_id:
                things.learn(fact.object, fact.object_id, (fact.relation, "object"))
    for _, found in facts:
        for fact in found:
            if not fact.subject_id:
                things.find(fact.subject, (fact.relation, "subject"))


def _read_objects(
    facts: Facts, predicates: Predicates, things: Things
) -> tuple[dict[str, Values], dict[str, str]]:
    """The objects that are not things, by relation; and what to take for a relation that is a namesake."""
    cells: dict[str, dict[Cell, tuple[Origin, Fact]]] = defaultdict(dict)
    for origin, found in facts:
        for fact in found:
            if not fact.object_id:
                cells[fact.relation].setdefault((fact.object, fact.unit), (origin, fact))
    values: dict[str, Values] = {}
    instead = {}
    for named, places in cells.items():
        relation = named
        located = {cell: origin.place(fact.line, fact.column) for cell, (origin, fact) in places.items()}
        strict = relation in predicates.strict
        reading = read_cells(predicates[relation], located, strict=strict, is_name=things.is_name)
        if not reading.fits:
            other = predicates.other(named)
            if other is not None and other != named and other not in cells:
                reading = read_cells(predicates[other], located, strict=False, is_name=things.is_name)
            fits = other is not None and reading.fits and not reading.misfits
            relation = instead[named] = other if fits and other is not None else predicates.namesake(named)
            if relation != other:
                reading = read_cells(predicates[relation], located, strict=False, is_name=things.is_name)
        predicates.describe(relation, reading.kind)
        for cell in reading.misfits[:1]:
            log.warning(
                "%s:%d: %r is not a %s; %d such value(s) of %s are kept as texts and decide nothing",
                located[cell].path,
                located[cell].line,
                cell[0][:80],
                reading.kind.value,
                len(reading.misfits),
                predicates[relation].label,
            )
        _warn_of_units(reading.values, located)
        values[relation] = {cell: value_json(value) for cell, value in reading.values.items()}
    return values, instead


def _warn_of_units(values: Mapping[Cell, Value], located: Mapping[Cell, Place]) -> None:
    """Tell of the first cell with each unit that is none: nothing can be compared with it."""
    told = set(UNITS.values())
    for cell, value in values.items():
        if isinstance(value, Quantity) and value.unit not in told and cell[1]:
            told.add(value.unit)
            place = located[cell]
            log.warning(
                "%s:%d, column %r, value %r: the unit %r is not known: it agrees only with itself",
                place.path,
                place.line,
                place.column,
                cell[0][:80],
                value.unit,
            )


def _renamed(fact: Fact, instead: Mapping[str, str]) -> Fact:
    return fact._replace(relation=instead[fact.relation]) if fact.relation in instead else fact


def _read_qualifiers(facts: Facts, predicates: Predicates, things: Things) -> dict[str, Values]:
    """The values of qualifiers that are not things. A column that names no relation is a text."""
    cells: dict[str, dict[Cell, Place]] = defaultdict(dict)
    for origin, found in facts:
        for fact in found:
            for relation, text in fact.qualifiers:
                if (text, "") not in cells[relation]:
                    cells[relation][text, ""] = origin.place(fact.line, relation)
    values: dict[str, Values] = {}
    for relation, places in cells.items():
        if predicates.known(relation) is None:
            values[relation] = {cell: value_json(TextValue(cell[0])) for cell in places}
            continue
        reading = read_cells(predicates[relation], places, strict=False, is_name=things.is_name)
        values[relation] = {cell: value_json(value) for cell, value in reading.values.items()}
    return values


def _rows(
    facts: Facts, things: Things, values: Mapping[str, Values], qualifiers: Mapping[str, Values]
) -> list[Row]:
    rows = []
    for _, found in facts:
        for fact in found:
            subject = fact.subject_id or things.find(fact.subject, (fact.relation, "subject"))
            literal = None if fact.object_id else values[fact.relation].get((fact.object, fact.unit))
            value = None
            if literal is None:
                value = fact.object_id or things.find(fact.object, (fact.relation, "object"))
            extras: Sequence[str] = fact.extras
            if fact.qualifiers:
                extras = (*extras, _qualifiers(fact, things, qualifiers))
            rows.append(
                Row(subject, fact.relation, value, join_body(literal or "0", extras, fact.sources, fact.id))
            )
    rows.sort(key=lambda row: (row.subject, row.relation, row.value or "", row.body))
    return rows


def _qualifiers(fact: Fact, things: Things, values: Mapping[str, Values]) -> str:
    pairs = []
    for relation, text in sorted(fact.qualifiers, key=lambda pair: pair[0]):
        literal = values[relation].get((text, ""))
        value = literal or value_json(EntityValue(things.find(text, (relation, "object"))))
        pairs.append(f"[{string_json(relation)},{value}]")
    return f'"qualifiers":[{",".join(pairs)}]'


def _types(rows: Iterable[Row], kinds: Collection[str]) -> dict[str, list[str]]:
    types: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.relation in kinds and row.value is not None and _NEGATIVE not in row.body:
            types[row.subject].append(row.value)
    return types


def _completeness(
    says: Declarations, predicates: Predicates, things: Things, *, files: TableFiles
) -> list[Completeness]:
    path = files.declarations or files.root

    def thing(text: str, where: str) -> str | None:
        return named(text, where) if text else None

    def named(text: str, where: str) -> str:
        found = things.named(text)
        if len(found) != 1:
            problem = (
                f"{len(found)} things of the table have this name"
                if found
                else "the table has nothing of this name"
            )
            raise TableError(problem, path=path, column=where, value=text, hint="write the id")
        return next(iter(found))

    return [
        Completeness(
            relation=_relation(item.relation, predicates, path=path, where=f"{item.where}.relation"),
            subject=thing(item.subject, f"{item.where}.subject"),
            object=thing(item.object, f"{item.where}.object"),
            as_of=item.as_of,
            source=item.source or Source(says.url, says.title, says.publisher),
            table=files.name,
            subject_types=item.subject_types,
            excepted=tuple(named(text, f"{item.where}.except") for text in item.excepted),
        )
        for item in says.complete
    ]


def _check_expected(
    says: Declarations, rows: Iterable[Row], predicates: Predicates, *, files: TableFiles
) -> None:
    """Raise `TableError` for a relation with fewer or more rows, or subjects, than the table expects."""
    path = files.declarations or files.root
    counts: Counter[str] = Counter()
    subjects: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        counts[row.relation] += 1
        subjects[row.relation].add(row.subject)
    for item in says.expect:
        relation = _relation(item.relation, predicates, path=path, where=f"{item.where}.relation")
        for what, count, suffix, least, most in (
            ("statements", counts[relation], "", item.least, item.most),
            ("subjects", len(subjects[relation]), "_subjects", item.least_subjects, item.most_subjects),
        ):
            if least is not None and count < least:
                key, expected, mend = f"min{suffix}", f"{least} or more", "put back what is missing"
            elif most is not None and count > most:
                key, expected, mend = f"max{suffix}", f"{most} or fewer", "take out what is too many"
            else:
                continue
            problem = f"{files.name} has {count} {what} of {item.relation}, expected are {expected}"
            raise TableError(
                problem, path=path, column=f"{item.where}.{key}", hint=f"{mend}, or mend the number"
            )


def _relation(text: str, predicates: Predicates, *, path: Path, where: str) -> str:
    found = predicates.known(text)
    if found is None:
        hint = "an id, a label or an alias of the catalogue, or a predicate of this table"
        raise TableError("no such relation", path=path, column=where, value=text, hint=hint)
    return found
