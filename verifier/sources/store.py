"""The compiled table: one SQLite file with statements, things and their names, quick to open and to ask.

Nothing is read before it is needed. The file is written once and never changed, so that any number of
processes may read it.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from verifier.errors import InputError, SourceError
from verifier.evidence import BUNDLED, USER
from verifier.model import Completeness, Date, Entity, Match, Precision, Source, Statement, TableInfo
from verifier.names import NameIndex, NameMatch
from verifier.relations import Relation
from verifier.sources.codec import Row, decode_relation, decode_statement

__all__ = ["TableSource"]

_REMEMBERED = 16_384
_COLUMNS = "subject, relation, value, body"


class TableSource:
    """A compiled table as a source of evidence (the protocol is `combined.Source`).

    `closed_world` declares every slot of the table to be complete. Safe to share between threads. Raises
    `InputError` if the file is no compiled table; asking raises `SourceError` if it cannot be read any more.
    """

    info: TableInfo
    relations: tuple[Relation, ...]
    closed_world: bool
    bundled: bool
    """Whether it is the program's own table."""
    trust: int
    """How far it is believed where sources disagree: one of the levels of `evidence`."""
    dated: frozenset[str]
    """The relations of which a statement has a date; rows of others hold until further notice."""
    curated: bool
    """Whether its rows are held to name the exact thing."""

    def __init__(self, path: Path, *, closed_world: bool = False, bundled: bool = False) -> None:
        self._path = path
        try:
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            meta = {
                key: json.loads(value)
                for key, value in self._connection.execute("SELECT key, value FROM meta")
            }
            (size,) = self._connection.execute(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            ).fetchone()
            if size != path.stat().st_size:
                raise ValueError("it was cut off")
            self.info = TableInfo(
                meta["name"], meta["title"], meta["fingerprint"], meta["statements"], meta["entities"]
            )
            self.relations = tuple(
                decode_relation(body) for (body,) in self._connection.execute("SELECT body FROM relation")
            )
        except (OSError, sqlite3.Error, KeyError, ValueError) as exc:
            raise InputError(f"{path}: not a compiled table: {exc}") from exc
        weakref.finalize(self, self._connection.close)
        self.closed_world = closed_world or meta["everything"]
        self.bundled = bundled
        self.trust = BUNDLED if bundled else meta.get("trust", USER)
        self.dated = frozenset(meta["dated"])
        self.curated = meta["curated"]
        self._cited = meta["cited"]
        self._names: NameIndex | None = None
        # The caches are the instance's own, so that they go when it goes.
        self._statements = lru_cache(maxsize=_REMEMBERED)(self._read_statements)
        self._entity = lru_cache(maxsize=_REMEMBERED)(self._read_entity)
        self._exact = lru_cache(maxsize=_REMEMBERED)(self._find_exact)

    # ------------------------------------------------------------------------------------------ names

    def exact(self, name: str) -> tuple[Match, ...]:
        """The things with this name, up to case, marks and accents; best first."""
        return self._exact(name)

    def _find_exact(self, name: str) -> tuple[Match, ...]:
        return self._matches(self._index().exact(name))

    def search(self, name: str, *, limit: int = 5) -> tuple[Match, ...]:
        """The things that this name may mean, spelling errors included; best first."""
        return self._matches(self._index().search(name, limit=limit))

    def prefix_length(self, token: str) -> int:
        """How many words the longest name has that begins with this normalised word; 0 for none."""
        return self._index().prefix_length(token)

    def _index(self) -> NameIndex:
        if self._names is None:
            self._names = NameIndex(self._connection, path=str(self._path))
        return self._names

    def _matches(self, found: Iterable[NameMatch]) -> tuple[Match, ...]:
        return tuple(
            Match(
                id=item.key,
                label=item.key if (entity := self.entity(item.key)) is None else entity.label,
                alias=item.name,
                score=item.score,
                kind=item.how,
                runner_up=item.runner_up,
            )
            for item in found
        )

    # ------------------------------------------------------------------------------------- statements

    def entity(self, id: str) -> Entity | None:
        """The thing with this id, or None."""
        return self._entity(id)

    def _read_entity(self, id: str) -> Entity | None:
        rows = self._ask("SELECT label, aliases, types, description FROM entity WHERE id = ?", id)
        for label, aliases, types, description in rows:
            return Entity(id, label, _tuple(aliases), _tuple(types), description)
        return None

    def statements(self, subject: str, relation: str) -> tuple[Statement, ...]:
        """What the table states of a thing in one relation, in an order of its own."""
        return self._statements(subject, relation)

    def _read_statements(self, subject: str, relation: str) -> tuple[Statement, ...]:
        query = f"SELECT {_COLUMNS} FROM statement WHERE subject = ? AND relation = ? ORDER BY number"
        return tuple([self._decode(row) for row in self._ask(query, subject, relation)])

    def statements_about(self, relation: str, value: str) -> tuple[Statement, ...]:
        """The statements of this relation whose value is this thing."""
        query = f"SELECT {_COLUMNS} FROM statement WHERE value = ? AND relation = ? ORDER BY number"
        return tuple([self._decode(row) for row in self._ask(query, value, relation)])

    def all_statements(self, relation: str) -> Iterator[Statement]:
        """Every statement of a relation, by subject."""
        query = f"SELECT {_COLUMNS} FROM statement WHERE relation = ? ORDER BY number"
        return map(self._decode, self._ask(query, relation))

    def relations_of(self, entity: str) -> tuple[str, ...]:
        """The relations that the thing has a statement of, by id."""
        query = "SELECT DISTINCT relation FROM statement WHERE subject = ? ORDER BY relation"
        return tuple([relation for (relation,) in self._ask(query, entity)])

    def relations_to(self, entity: str) -> tuple[str, ...]:
        """The relations of which the thing is a value, by id."""
        query = "SELECT DISTINCT relation FROM statement WHERE value = ? ORDER BY relation"
        return tuple([relation for (relation,) in self._ask(query, entity)])

    def completeness(self, relation: str) -> tuple[Completeness, ...]:
        """Which lists of this relation the table has in full."""
        query = (
            "SELECT relation, subject, object, as_of, source, subject_types, excepted FROM complete "
            "WHERE relation = ?"
        )
        declared = [
            Completeness(
                relation=relation,
                subject=subject,
                object=value,
                as_of=None if as_of is None else _date(json.loads(as_of)),
                source=Source(*json.loads(source)),
                table=self.info.name,
                subject_types=_tuple(types),
                excepted=_tuple(excepted),
            )
            for relation, subject, value, as_of, source, types, excepted in self._ask(query, relation)
        ]
        if self.closed_world and self._ask("SELECT 1 FROM statement WHERE relation = ? LIMIT 1", relation):
            declared.append(Completeness(relation, table=self.info.name))
        return tuple(declared)

    def _decode(self, row: tuple[str, str, str | None, str]) -> Statement:
        return decode_statement(Row(*row), table=self.info.name, files=self._cited)

    def _ask(self, query: str, *values: str) -> list[Any]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as exc:
            raise SourceError(f"{self.info.name}: the compiled table cannot be read: {exc}") from exc


def _tuple(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def _date(numbers: list[int]) -> Date:
    year, month, day, *last, precision = numbers
    return Date((year, month, day), (last[0], last[1], last[2]), Precision(precision))
