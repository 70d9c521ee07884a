"""Writes the compiled table that `store` reads: one SQLite file, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from verifier.model import Completeness, Entity
from verifier.names import NameIndex
from verifier.relations import Relation
from verifier.sources.assemble import Assembled
from verifier.sources.codec import Row, date_json, encode_relation, source_json
from verifier.sources.entities import names_of

__all__ = ["StoreWriter", "write_store"]

_SCHEMA = """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID; CREATE TABLE relation (id
    TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID; CREATE TABLE entity ( id TEXT PRIMARY KEY, label TEXT
    NOT NULL, aliases TEXT NOT NULL, types TEXT NOT NULL, description TEXT NOT NULL ) WITHOUT ROWID; CREATE
    TABLE statement ( number INTEGER PRIMARY KEY, subject TEXT NOT NULL, relation TEXT NOT NULL, value TEXT,
    body TEXT NOT NULL ); CREATE TABLE complete (relation TEXT NOT NULL, subject TEXT, object TEXT, as_of
    TEXT, source TEXT NOT NULL, subject_types TEXT NOT NULL, excepted TEXT NOT NULL);
"""
_INDEXES = """
CREATE INDEX statement_subject ON statement (subject, relation);
CREATE INDEX statement_value ON statement (value, relation) WHERE value IS NOT NULL;
CREATE INDEX statement_relation ON statement (relation);
"""


class StoreWriter:
    """Writes a compiled table to a new file, part by part; a file that was not finished opens as none.

    Raises `OSError` or `sqlite3.Error` if it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)

    def __enter__(self) -> StoreWriter:
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def statements(self, rows: Iterable[Row]) -> None:
        """Add statements; they are read back in this order."""
        self.connection.executemany(
            "INSERT INTO statement (subject, relation, value, body) VALUES (?, ?, ?, ?)", rows
        )

    def entities(self, entities: Iterable[Entity]) -> int:
        """Add things that are not there yet; how many those were."""
        rows = map(_entity_row, entities)
        return self.connection.executemany(
            "INSERT OR IGNORE INTO entity VALUES (?, ?, ?, ?, ?)", rows
        ).rowcount

    def relations(self, relations: Iterable[Relation]) -> None:
        """Add the relations of the table's own."""
        rows = ((item.id, encode_relation(item)) for item in relations)
        self.connection.executemany("INSERT INTO relation VALUES (?, ?)", rows)

    def completeness(self, declared: Iterable[Completeness]) -> None:
        """Add what is declared to be complete."""
        self.connection.executemany(
            "INSERT INTO complete VALUES (?, ?, ?, ?, ?, ?, ?)", map(_complete_row, declared)
        )

    def finish(self, meta: Mapping[str, object]) -> None:
        """Write the indexes and, last, what tells that the file was written to its end."""
        self.connection.executescript(_INDEXES)
        rows = ((key, json.dumps(value)) for key, value in meta.items())
        self.connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)
        self.connection.commit()


def write_store(path: Path, table: Assembled, *, fingerprint: str, before: Path | None = None) -> None:
    """Write a compiled table to a new file. Raises OSError or sqlite3.Error if it cannot be written.

    `before` was compiled earlier by the same code: if the names are the same, their index is taken over.
    """
    names = [(item.id, name) for item in table.entities for name in names_of(item)]
    digest = hashlib.sha256(json.dumps(names).encode()).hexdigest()
    with StoreWriter(path) as writer:
        if before is None or not _copy_names(writer.connection, before, digest=digest):
            NameIndex.write(writer.connection, names)
        writer.statements(table.statements)
        writer.entities(table.entities)
        writer.relations(table.relations)
        writer.completeness(table.completeness)
        writer.finish(
            {
                "name": table.name,
                "title": table.title,
                "fingerprint": fingerprint,
                "statements": len(table.statements),
                "entities": len(table.entities),
                "everything": table.everything,
                "dated": list(table.dated),
                "curated": table.curated,
                "cited": list(table.cited),
                "names": digest,
            }
        )


def _copy_names(connection: sqlite3.Connection, before: Path, *, digest: str) -> bool:
    """Take the index of names over from another compiled table, if it is one of the same names."""
    connection.execute("ATTACH ? AS before", (str(before),))
    try:
        found = connection.execute("SELECT value FROM before.meta WHERE key = 'names'").fetchone()
        if found is None or json.loads(found[0]) != digest:
            return False
        parts = connection.execute(
            "SELECT name, type, sql FROM before.sqlite_master WHERE name LIKE 'name\\_%' ESCAPE '\\' "
            "AND sql IS NOT NULL ORDER BY type DESC"
        ).fetchall()
        for name, kind, sql in parts:
            connection.execute(sql)
            if kind == "table":
                connection.execute(f"INSERT INTO {name} SELECT * FROM before.{name}")
        return True
    finally:
        connection.commit()
        connection.execute("DETACH before")


def _entity_row(entity: Entity) -> tuple[str, ...]:
    return entity.id, entity.label, _list(entity.aliases), _list(entity.types), entity.description


def _list(items: tuple[str, ...]) -> str:
    return json.dumps(items, ensure_ascii=False) if items else ""


def _complete_row(item: Completeness) -> tuple[str | None, ...]:
    as_of = None if item.as_of is None else date_json(item.as_of)
    return (
        item.relation,
        item.subject,
        item.object,
        as_of,
        source_json(item.source),
        _list(item.subject_types),
        _list(item.excepted),
    )
