"""Lays entities of Wikidata out as a compiled table: a dump, or a few that were fetched.

First every entity is read and its statements are written; then what needs the others is added: what kind of
thing each is, statements in the catalogue's own words, titles of what references name, the index of names.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from verifier.errors import InputError
from verifier.evidence import WIKIDATA
from verifier.explain import nameless
from verifier.files import replacing
from verifier.ids import is_item
from verifier.model import Date, Entity, EntityValue, Statement
from verifier.names import NameIndex
from verifier.relations import Catalogue, Relation, ValueKind
from verifier.sources.codec import Row, decode_statement, encode_statement
from verifier.sources.wikidata.derive import derived
from verifier.sources.wikidata.entity import BrokenEntity, read_entity
from verifier.sources.wikidata.labels import Labels
from verifier.sources.wikidata.vocabulary import Vocabulary
from verifier.sources.wikidata.written import Written
from verifier.sources.write import StoreWriter
from verifier.text.vocabulary import AUXILIARIES, COPULAS, DETERMINERS, MODALS, PREPOSITIONS

__all__ = ["Counts", "Narrowed", "build_snapshot"]

_TITLED = "CREATE TEMP TABLE titled (number INTEGER NOT NULL)"
_COLUMNS = "subject, relation, value, body"
_NO_NAMES = (
    AUXILIARIES | COPULAS | DETERMINERS | MODALS | PREPOSITIONS | {"is", "was", "were", "no", "or", "and"}
)
"""Words that stand for something else in every sentence, though a thing has them for an alias ("IS")."""
_BATCH = 2_000


@dataclass(slots=True)
class Counts:
    """What came of a build."""

    entities: int = 0
    statements: int = 0
    derived: int = 0
    named_only: int = 0
    """Things that the labels name, and of which nothing else is known."""
    dropped: int = 0
    """Statements that could not be read."""
    partial: int = 0
    """Statements of a part only, which decide nothing and are left out."""
    doubled: int = 0
    """Entities that came a second time; the first stays."""
    passed_over: int = 0
    """Entities that are no thing of the world, or not of the types asked for."""
    broken: int = 0
    first_broken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of a dump is kept."""

    languages: tuple[str, ...] = ("en",)
    properties: frozenset[str] | None = None
    """Ids of properties; None for all."""
    types: frozenset[str] | None = None
    """Kinds of the catalogue ("state") or ids of classes; None for all."""


def build_snapshot(
    entities: Iterable[Mapping[str, Any]],
    path: Path,
    *,
    catalogue: Catalogue,
    vocabulary: Vocabulary,
    name: str,
    title: str = "Wikidata",
    labels: Labels = (),
    narrowed: Narrowed = Narrowed(),
    day: Date | None = None,
    redirects: Mapping[str, str] = MappingProxyType({}),
    kept: bool = True,
) -> Counts:
    """Lay out entities as a compiled table at `path`: whole, or not at all.

    `redirects` gives the ids of today by former ones. `day` is when all of it was so; without it, that is
    when each entity was last changed. Raises `InputError` if the file cannot be written; whatever `entities`
    raises passes through.
    """
    counts = Counts()
    try:
        with replacing(path, kept=kept) as new, StoreWriter(new) as writer:
            build = _Build(writer, catalogue, vocabulary, counts, redirects)
            build.read(entities, narrowed, day)
            if kept and not counts.entities:
                raise InputError(f"{path}: not written, for the dump holds no entity that can be read")
            build.name(labels)
            build.finish(name, title, narrowed.types)
    except (OSError, sqlite3.Error) as exc:
        raise InputError(f"{path}: the snapshot cannot be written: {exc}") from exc
    return counts


class _Build:
    """One build: what was written so far, and what is still to be found out."""

    def __init__(
        self,
        writer: StoreWriter,
        catalogue: Catalogue,
        vocabulary: Vocabulary,
        counts: Counts,
        redirects: Mapping[str, str],
    ) -> None:
        self._writer, self._catalogue, self._vocabulary, self._counts = writer, catalogue, vocabulary, counts
        self._redirects = redirects
        self._sql = writer.connection
        self._sql.execute(_TITLED)
        self._written = Written(self._sql)
        self._digest = hashlib.sha256()
        self._number = 0
        self._dated: set[str] = set()
        self._used: set[str] = set()

    # ---------------------------------------------------------------------------------------- the dump

    def read(self, entities: Iterable[Mapping[str, Any]], narrowed: Narrowed, day: Date | None) -> None:
        """Write every entity and its statements."""
        for data in entities:
            try:
                item = read_entity(
                    data,
                    vocabulary=self._vocabulary,
                    languages=narrowed.languages,
                    retrieved=day,
                    wanted=narrowed.properties,
                )
            except BrokenEntity as exc:
                self._counts.broken += 1
                if len(self._counts.first_broken) < 20:
                    self._counts.first_broken.append(str(exc))
                continue
            self._counts.dropped += item.dropped
            if any(one in self._vocabulary.pages for one in item.classes):
                self._counts.passed_over += 1
            elif self._add(item.entity):
                self._counts.entities += 1
                self._written.add_classes(item)
                self._statements(item.statements)
            else:
                self._counts.doubled += 1

    def _add(self, entity: Entity) -> bool:
        """Write an entity, if none of its id is there."""
        if not self._writer.entities([entity]):
            return False
        self._tell(entity.id, entity.label, *entity.aliases)
        return True

    def _tell(self, *texts: str) -> None:
        """Let the fingerprint depend on these texts: two snapshots that differ have two editions."""
        self._digest.update("\0".join((*texts, "")).encode("utf-8", "surrogatepass"))

    def _statements(self, statements: Iterable[Statement]) -> int:
        rows = []
        for statement in statements:
            if any(statement.qualifier(name) for name in self._vocabulary.partial):
                self._counts.partial += 1
                continue
            row = encode_statement(self._redirected(statement))
            self._number += 1
            rows.append(row)
            self._tell(row.body)
            self._used.add(statement.relation)
            if statement.start or statement.end or statement.point_in_time or statement.open_end:
                self._dated.add(statement.relation)
            if any(is_item(source.title) for source in statement.sources[1:]):
                self._sql.execute("INSERT INTO titled VALUES (?)", (self._number,))
        self._writer.statements(rows)
        return len(rows)

    def _redirected(self, statement: Statement) -> Statement:
        value = statement.value
        if isinstance(value, EntityValue) and value.id in self._redirects:
            return replace(statement, value=EntityValue(self._redirects[value.id]))
        return statement

    # --------------------------------------------------------------------------------- what needs the rest

    def name(self, labels: Labels) -> None:
        """Name the things of which only others speak."""
        for id, label, aliases in labels:
            self._counts.named_only += self._add(Entity(id, label, aliases))

    def finish(self, name: str, title: str, types: frozenset[str] | None) -> None:
        """Add kinds, statements in the catalogue's words, titles, relations and names, and close the file."""
        self._written.index_classes()
        self._written.index_statements()
        self._set_kinds()
        self._set_titles()
        self._counts.derived = self._statements(
            list(derived(self._written, self._catalogue, self._vocabulary))
        )
        if types is not None:
            self._narrow(types)
        self._writer.relations(self._relations())
        NameIndex.write(self._sql, self._names())
        self._written.drop_indexes()
        (self._counts.statements,) = self._sql.execute("SELECT count(*) FROM statement").fetchone()
        (things,) = self._sql.execute("SELECT count(*) FROM entity").fetchone()
        self._writer.finish(
            {
                "name": name,
                "title": title,
                "fingerprint": self._digest.hexdigest(),
                "statements": self._counts.statements,
                "entities": things,
                "everything": False,
                "dated": sorted(self._dated),
                "curated": False,
                "cited": [],
                "names": "",
                "trust": WIKIDATA,
            }
        )

    def _narrow(self, types: frozenset[str]) -> None:
        """Take out what is stated of things of other types; their names stay, for what refers to them.

        Only now: whose embassy it is and who was president is told by statements of embassies and of people.
        """
        kept = (id for id, classes in self._written.classes() if types & {*classes, *self._kinds(classes)})
        self._sql.execute("CREATE TEMP TABLE kept (id TEXT PRIMARY KEY)")
        self._sql.executemany("INSERT INTO kept VALUES (?)", ((id,) for id in kept))
        self._sql.execute("DELETE FROM statement WHERE subject NOT IN (SELECT id FROM kept)")
        others = "SELECT count(*) FROM entity WHERE id NOT IN (SELECT id FROM kept)"
        (count,) = self._sql.execute(others).fetchone()
        self._counts.passed_over += count - self._counts.named_only
        self._tell(*sorted(types))

    def _kinds(self, classes: Sequence[str]) -> tuple[str, ...]:
        return self._written.kinds(classes, self._vocabulary.kinds)

    def _set_kinds(self) -> None:
        batch: list[tuple[str, str]] = []
        update = "UPDATE entity SET types = ? WHERE id = ?"
        for id, classes in self._written.classes():
            if kinds := self._kinds(classes):
                batch.append((json.dumps(kinds), id))
            if len(batch) >= _BATCH:
                self._sql.executemany(update, batch)
                batch.clear()
        self._sql.executemany(update, batch)

    def _set_titles(self) -> None:
        """Call what a reference names by its label, not by its id."""
        query = f"SELECT {_COLUMNS} FROM statement WHERE number = ?"
        numbers = self._sql.cursor().execute("SELECT number FROM titled")
        while batch := [number for (number,) in numbers.fetchmany(_BATCH)]:
            told = [(self._sql.execute(query, (number,)).fetchone(), number) for number in batch]
            update = "UPDATE statement SET body = ? WHERE number = ?"
            self._sql.executemany(update, ((self._titled(Row(*row)), number) for row, number in told))

    def _titled(self, row: Row) -> str:
        told = decode_statement(row, table="", files=())
        first, *others = told.sources
        named = (replace(one, title=self._title(one.title)) if is_item(one.title) else one for one in others)
        return encode_statement(replace(told, sources=(first, *named))).body

    def _title(self, id: str) -> str:
        label = self._written.label(id)
        return label if label and label != id else nameless(id)

    def _relations(self) -> Iterator[Relation]:
        """The properties that the catalogue does not have, by their labels."""
        for id in sorted(self._used):
            if id not in self._catalogue:
                label = self._written.label(id) or id
                yield Relation(id, label, nouns=(label,), value=ValueKind.ANY, lasting=True, declared=False)

    def _names(self) -> Iterator[tuple[str, str]]:
        reader = self._sql.cursor()
        for id, label, aliases in reader.execute("SELECT id, label, aliases FROM entity ORDER BY id"):
            if id.startswith("Q"):
                yield id, label
                others = json.loads(aliases) if aliases else ()
                yield from ((id, name) for name in others if name.casefold() not in _NO_NAMES)
