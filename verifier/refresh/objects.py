"""Whether the objects and qualifiers of a source are of the kind that their relation has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from verifier.errors import TableError
from verifier.relations import Catalogue, Relation, ValueKind
from verifier.sources.entities import split_list
from verifier.sources.kinds import Place, read_cells

__all__ = ["ObjectCheck"]

_PLACE = Place("", 0, "object")
_MOST_KNOWN = 200_000
_VALUES = (ValueKind.DATE, ValueKind.QUANTITY)
_LETTER = re.compile(r"[^\W\d_]")
_ANY = Catalogue().of_predicate("value")
"""A relation of which nothing is known: its cells tell what they are."""

Cells = tuple[str, str, str, str]
"""Predicate, object, its id, unit."""


class ObjectCheck:
    """Checks objects against the catalogue; what was right once is known to be."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._right: set[Cells] = set()

    def fit(self, rows: Sequence[Cells]) -> list[bool]:
        """Whether each row's object is of the kind of its relation, and has an id for each of a list."""
        new = [row for row in dict.fromkeys(rows) if row not in self._right]
        if len(self._right) > _MOST_KNOWN:
            self._right.clear()
        wrong = set()
        by_relation: dict[str, list[Cells]] = defaultdict(list)
        for row in new:
            by_relation[row[0]].append(row)
        for relation, cells in by_relation.items():
            if not self._all_right(relation, cells):
                wrong |= {row for row in cells if self.problem(*row)}
        self._right |= {row for row in new if row not in wrong}
        return [row not in wrong for row in rows] if wrong else [True] * len(rows)

    def problem(self, predicate: str, object: str, object_id: str, unit: str) -> str:
        """What is wrong with an object; "" if nothing is."""
        relation = self._catalogue.get(predicate)
        if relation is None:
            return ""  # that there is no such relation is told of the predicate
        objects, ids = split_list(object or object_id), split_list(object_id)
        if not objects:
            return "a list without an item"
        if ids and len(ids) != len(objects):
            return f"{len(objects)} objects and {len(ids)} ids"
        if relation.value in _VALUES:
            if object_id:
                return f"{relation.label} ({relation.id}) is a {relation.value.value}, which has no id"
            return _misfit(relation, objects, unit)
        if relation.value is ValueKind.ENTITY and not ids:
            return next(filter(None, (_no_name(item) for item in objects)), "")
        return ""

    def of_qualifier(self, name: str) -> Callable[[str], str]:
        """What is wrong with a cell of the qualifier of this name."""
        relation = self._catalogue.find(name)
        if relation is None or relation.value not in _VALUES:
            return lambda cell: ""
        return lambda cell: _misfit(relation, split_list(cell), "", strict=False)

    def _all_right(self, predicate: str, rows: Sequence[Cells]) -> bool:
        """Whether all objects of a relation of dates or quantities are such, at one look."""
        relation = self._catalogue.get(predicate)
        if relation is None:
            return True
        if relation.value not in _VALUES:
            return all(id and "|" not in object and "|" not in id for _, object, id, _ in rows)
        if any(id or "|" in object for _, object, id, _ in rows):
            return False
        try:
            read_cells(relation, {(o, u): _PLACE for _, o, _, u in rows}, strict=True, is_name=_is_no_name)
        except TableError:
            return False
        return True


def _misfit(relation: Relation, items: Iterable[str], unit: str, *, strict: bool = True) -> str:
    """Why these are not values of a relation, by the reader of tables."""
    for item in items:
        try:
            read_cells(relation, {(item, unit): _PLACE}, strict=strict, is_name=_is_no_name)
        except TableError as exc:
            return str(exc).partition(f"value {item[:80]!r}: ")[2] or str(exc)
    return ""


def _no_name(item: str) -> str:
    """Why this cannot name a thing: it has no letter, and is a date or a number."""
    if _LETTER.search(item):
        return ""
    kind = read_cells(_ANY, {(item, ""): _PLACE}, strict=False, is_name=_is_no_name).kind
    return f"a {kind.value}, where a thing is named" if kind in _VALUES else ""


def _is_no_name(text: str) -> bool:
    return False
