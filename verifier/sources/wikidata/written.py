"""What a snapshot holds so far, asked while it is being made for what needs more than one entity.

Reach for it once every entity is read: labels and classes of things that come later are not there before.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from verifier.model import EntityValue, Rank, Statement
from verifier.sources.codec import Row, decode_statement
from verifier.sources.wikidata.entity import Item
from verifier.sources.wikidata.kinds import kinds_of

__all__ = ["Written"]

_TABLES = """
CREATE TEMP TABLE class (id TEXT NOT NULL, wider TEXT NOT NULL);
CREATE TEMP TABLE of_class (id TEXT NOT NULL, class TEXT NOT NULL);
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS temp.class_id ON class (id);
CREATE INDEX IF NOT EXISTS temp.of_class_id ON of_class (id);
"""
_STATEMENT_INDEXES = """
CREATE INDEX statement_slot ON statement (subject, relation);
CREATE INDEX statement_of ON statement (relation);
"""
_WITHOUT_INDEXES = "DROP INDEX statement_slot; DROP INDEX statement_of;"
_COLUMNS = "subject, relation, value, body"
_REMEMBERED = 200_000
"""Labels and classes that are held in memory."""


class Written:
    """The entities and statements of a snapshot that is not closed yet, and the classes of its things."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection
        self._sql.executescript(_TABLES)
        self._wider = lru_cache(maxsize=_REMEMBERED)(self._read_wider)
        self.label = lru_cache(maxsize=_REMEMBERED)(self._read_label)
        """The label of a thing by its id; "" if it has none."""

    def add_classes(self, item: Item) -> None:
        """Keep of what an item is an instance and a subclass."""
        id = item.entity.id
        self._sql.executemany("INSERT INTO class VALUES (?, ?)", [(id, one) for one in item.superclasses])
        self._sql.executemany("INSERT INTO of_class VALUES (?, ?)", [(id, one) for one in item.classes])

    def index_classes(self) -> None:
        """Make the walk from class to class quick; to be called when all items are added."""
        self._sql.executescript(_INDEXES)

    def index_statements(self) -> None:
        """Make what is asked of statements quick, until `drop_indexes`."""
        self._sql.executescript(_STATEMENT_INDEXES)

    def drop_indexes(self) -> None:
        """Leave the statements without these indexes, as a compiled table has its own."""
        self._sql.executescript(_WITHOUT_INDEXES)

    def classes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Everything that is an instance of something, with its classes."""
        last, found = "", list[str]()
        for id, one in self._sql.execute("SELECT id, class FROM of_class ORDER BY id, rowid"):
            if id != last and found:
                yield last, tuple(found)
                found.clear()
            last = id
            found.append(one)
        if found:
            yield last, tuple(found)

    def kinds(self, classes: Sequence[str], words: Mapping[str, str]) -> tuple[str, ...]:
        """What things of these classes are in other words, the nearest first; `words` has them by class."""
        return kinds_of(classes, wider=self._wider, kinds=words)

    def with_relation(self, relation: str) -> Iterator[Statement]:
        """The statements of a relation, in the order in which they were written."""
        return self._statements("relation = ?", relation)

    def slot(self, subject: str, relation: str) -> tuple[Statement, ...]:
        """What is stated of a subject in one relation."""
        return tuple(self._statements("subject = ? AND relation = ?", subject, relation))

    def values(self, subject: str, relation: str) -> tuple[str, ...]:
        """The ids of the things that are the values of a slot, without those that are deprecated."""
        told = (s for s in self.slot(subject, relation) if s.rank is not Rank.DEPRECATED)
        return tuple(s.value.id for s in told if isinstance(s.value, EntityValue))

    def about(self, subject: str) -> Mapping[str, Sequence[Statement]]:
        """All that is stated of a subject, by relation."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in tuple(self._statements("subject = ?", subject)):
            found[statement.relation].append(statement)
        return found

    def labelled(self, label: str, kind: str) -> tuple[str, ...]:
        """The ids of the things of this kind that have this very label."""
        query = "SELECT id FROM entity WHERE label = ? AND types LIKE ?"
        return tuple([id for (id,) in self._sql.execute(query, (label, f'%"{kind}"%'))])

    def _statements(self, where: str, *values: str) -> Iterator[Statement]:
        rows: Iterable[tuple[str, ...]] = self._sql.execute(
            f"SELECT {_COLUMNS} FROM statement WHERE {where} ORDER BY number", values
        )
        return (decode_statement(Row(*row), table="", files=()) for row in rows)

    def _read_wider(self, id: str) -> tuple[str, ...]:
        return tuple([wider for (wider,) in self._sql.execute("SELECT wider FROM class WHERE id = ?", (id,))])

    def _read_label(self, id: str) -> str:
        row = self._sql.execute("SELECT label FROM entity WHERE id = ?", (id,)).fetchone()
        return "" if row is None else str(row[0])
