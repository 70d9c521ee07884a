"""Which thing a cell names: by the id beside it, else by the label, else the label is the id.

The same label with and without an id in one table is one thing if that leaves no doubt: if no other id of the
table has the label, or none in the same column of the same relation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from verifier.errors import TableError
from verifier.model import Entity
from verifier.sources.sheets import Sheet

__all__ = ["Things", "names_of", "read_entities", "split_list"]

_COLUMNS = ("label", "id", "aliases", "types", "description")

Slot = tuple[str, str]
"""A relation and which end of it."""


def split_list(cell: str) -> tuple[str, ...]:
    """The values of a cell that lists them with `|`, each once."""
    if "|" not in cell:
        return (cell,) if cell else ()
    return tuple(dict.fromkeys(item for part in cell.split("|") if (item := part.strip())))


def read_entities(sheet: Sheet) -> tuple[Entity, ...]:
    """The things that `entities.csv` declares.

    Raises `TableError` for a column that is none of label, id, aliases, types, description, for a row without
    a label, and for an id that comes twice.
    """
    columns = {name.casefold(): index for index, name in enumerate(sheet.header)}
    hint = f"the columns are {', '.join(_COLUMNS)}"
    for name in sheet.header:
        if name and name.casefold() not in _COLUMNS:
            raise TableError(
                "a column that entities do not have", path=sheet.path, line=1, column=name, hint=hint
            )
    if "label" not in columns:
        raise TableError("there is no column 'label'", path=sheet.path, line=1, hint=hint)
    found: dict[str, Entity] = {}
    for line, cells in sheet.rows:
        row = {name: cells[index].strip() for name, index in columns.items()}
        if not row["label"]:
            raise TableError("an entity needs a label", path=sheet.path, line=line, column="label")
        identifier = row.get("id") or row["label"]
        if identifier in found:
            raise TableError(
                "the id of an earlier row",
                path=sheet.path,
                line=line,
                column="id" if row.get("id") else "label",
                value=identifier,
                hint="each entity has one row; two things with one name need an id each",
            )
        found[identifier] = Entity(
            id=identifier,
            label=row["label"],
            aliases=split_list(row.get("aliases", "")),
            types=split_list(row.get("types", "")),
            description=row.get("description", ""),
        )
    return tuple(found.values())


def merge_entities(files: Iterable[Iterable[Entity]]) -> tuple[Entity, ...]:
    """The things of several files: a file may add names and types to a thing that another file declares."""
    found: dict[str, Entity] = {}
    for entity in (entity for file in files for entity in file):
        first = found.get(entity.id)
        if first is not None:
            also = () if entity.label == first.label else (entity.label,)
            entity = Entity(
                first.id,
                first.label,
                tuple(dict.fromkeys((*first.aliases, *also, *entity.aliases))),
                tuple(dict.fromkeys((*first.types, *entity.types))),
                first.description or entity.description,
            )
        found[entity.id] = entity
    return tuple(found.values())


def names_of(entity: Entity) -> Iterator[str]:
    """Every name by which the index is to find it."""
    yield entity.label
    yield from entity.aliases
    if entity.id != entity.label:
        yield entity.id


class Things:
    """What the things of a table are called: first `learn` every cell with an id, then `find` the others."""

    def __init__(self, declared: Iterable[Entity]) -> None:
        self._declared = {entity.id: entity for entity in declared}
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._ids_of_slot: dict[tuple[Slot, str], set[str]] = defaultdict(set)
        self._labels: dict[str, Counter[str]] = defaultdict(Counter)
        self._by_alias: dict[str, set[str]] = defaultdict(set)
        self._found: dict[str, str] = {}
        for entity in self._declared.values():
            self._ids[entity.label].add(entity.id)
            for alias in entity.aliases:
                self._by_alias[alias].add(entity.id)

    def learn(self, label: str, identifier: str, slot: Slot) -> None:
        """This cell has this id beside it."""
        self._ids[label].add(identifier)
        self._ids_of_slot[slot, label].add(identifier)
        self._labels[identifier][label] += 1

    def find(self, label: str, slot: Slot) -> str:
        """The id of the thing that a cell without an id names."""
        known = self._found.get(label)
        if known is not None:
            return known
        ids = self._ids.get(label, set())
        if len(ids) > 1:
            here = self._ids_of_slot.get((slot, label), set())
            return next(iter(here)) if len(here) == 1 else self._own(label)
        identifier = next(iter(ids)) if ids else self._otherwise(label)
        self._found[label] = identifier
        return identifier

    def _otherwise(self, label: str) -> str:
        aliased = self._by_alias.get(label, set())
        if len(aliased) == 1:
            return next(iter(aliased))
        return self._own(label)

    def _own(self, label: str) -> str:
        """The label as an id; that of the thing which has this id, if there is one."""
        if label not in self._labels and label not in self._declared:
            self._labels[label][label] += 1
        return label

    def named(self, text: str) -> frozenset[str]:
        """The ids that a declaration may mean by this id, label or alias."""
        if text in self._labels or text in self._declared:
            return frozenset({text})
        return frozenset(self._ids.get(text) or self._by_alias.get(text) or ())

    def is_name(self, text: str) -> bool:
        """Whether something of the table has this label, alias or id for certain."""
        return text in self._ids or text in self._by_alias or text in self._found

    def entities(self, types: Mapping[str, Iterable[str]]) -> list[Entity]:
        """Every thing, by id; `types` are those that the table's statements give."""
        found = []
        for identifier in sorted(self._labels.keys() | self._declared.keys()):
            spellings = self._labels.get(identifier, Counter())
            # The most frequent label, whatever the order of the rows.
            ranked = sorted(spellings, key=lambda label: (label == identifier, -spellings[label], label))
            entity = self._declared.get(identifier) or Entity(identifier, ranked[0])
            names = dict.fromkeys((*entity.aliases, *ranked))
            names.pop(entity.label, None)
            names.pop(identifier, None)
            more = types.get(identifier, ())
            if names or more:
                entity = replace(
                    entity, aliases=tuple(names), types=tuple(dict.fromkeys((*entity.types, *more)))
                )
            found.append(entity)
        return found
