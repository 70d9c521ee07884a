"""The rows of this night beside those of the night before, on disk, so that memory is bounded.

A statement is kept as its id, the ids of its ends (which may be filled in by the curated table, and are no
change then), and the text of all its other cells in one, by which two of the same id are compared and all are
brought into the order of the file.
"""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from types import TracebackType

from verifier.errors import TableError
from verifier.night import Refused
from verifier.refresh.mapping import OPTIONAL, REQUIRED

__all__ = ["SEEN", "Fill", "Pair", "Stage", "file_columns"]

Fill = Callable[[str, str, str], str]
"""The ids for the ends of a row: asked for a label, a relation and "subject" or "object"."""

SEEN = ("seen_first", "seen_last")
_APART = ("subject_id", "object_id")
_FIRST = ("subject", "predicate", "object", "statement_id")
"""The order of the file."""
_SEPARATOR = "\x1f"
"""Below every character of a cell, so that texts that are joined by it have the order of their parts."""
_SCHEMA = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;
    PRAGMA temp_store = FILE;
    CREATE TABLE night (id TEXT NOT NULL, relation TEXT NOT NULL, line INTEGER NOT NULL,
        subject_id TEXT NOT NULL, object_id TEXT NOT NULL, body TEXT NOT NULL, sourced INTEGER NOT NULL);
    CREATE TABLE before (id TEXT NOT NULL, relation TEXT NOT NULL, subject_id TEXT NOT NULL,
        object_id TEXT NOT NULL, body TEXT NOT NULL, sourced INTEGER NOT NULL, seen_first TEXT NOT NULL,
        seen_last TEXT NOT NULL);
    CREATE TABLE doubled (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE renewed (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE change (id TEXT PRIMARY KEY, kind TEXT NOT NULL, relation TEXT NOT NULL) WITHOUT ROWID;
"""
_AWAY = 31
"""Days after which a row that is shown again begins anew: it may not have held in between."""
_CHANGED = """
    n.body <> b.body OR (n.subject_id <> '' AND n.subject_id <> b.subject_id)
        OR (n.object_id <> '' AND n.object_id <> b.object_id)
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A row that came, changed or went: its cells before and now; None where it was not shown."""

    id: str
    relation: str
    old: Mapping[str, str] | None
    new: Mapping[str, str] | None


def file_columns(columns: Iterable[str]) -> tuple[str, ...]:
    """The columns of a file of a source, in their order: those of the format, then qualifiers by name."""
    known = (*REQUIRED, "start", "end", "point_in_time", *SEEN, *OPTIONAL[3:])
    given = {*columns, *REQUIRED, *SEEN}
    return (*(name for name in known if name in given), *sorted(given.difference(known)))


class Stage:
    """Rows of two nights in a file of its own, which goes when it is closed.

    Raises `OSError` if the disk is full, and `TableError` for a file of yesterday that the job did not write.
    """

    def __init__(self, folder: Path, columns: Iterable[str], yesterday: Path | None) -> None:
        header = _header(yesterday) if yesterday is not None else ()
        self.columns = file_columns((*columns, *header))
        rest = (name for name in self.columns if name not in (*_FIRST, *_APART, *SEEN))
        self._body = (*_FIRST, *rest)
        self._path = folder / "stage.sqlite"
        self._path.unlink(missing_ok=True)
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.executescript(_SCHEMA + "BEGIN;")
        self.first = yesterday is None
        if yesterday is not None:
            try:
                self._load_before(yesterday)
            except BaseException as exc:
                self._close(exc)
                raise

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close(error)

    def _close(self, error: BaseException | None) -> None:
        self._db.close()
        self._path.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise OSError(f"{self._path.parent}: {error}") from error

    # ------------------------------------------------------------------------------------------ filling

    def add(self, cells: Mapping[str, Sequence[str]], lines: Sequence[int]) -> None:
        """Add statements of this night, by columns."""
        count = len(lines)
        empty = [""] * count
        bodies = map(_SEPARATOR.join, zip(*(cells.get(name, empty) for name in self._body), strict=True))
        sourced = map(bool, cells.get("source_url", empty))
        rows = zip(
            *(cells[name] for name in ("statement_id", "predicate")),
            lines,
            *(cells.get(name, empty) for name in _APART),
            bodies,
            sourced,
            strict=True,
        )
        self._db.executemany("INSERT INTO night VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def _load_before(self, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader)
            at = {name: index for index, name in enumerate(header)}
            body_of = itemgetter(*(at.get(name, len(header)) for name in self._body))
            apart = itemgetter(*(at[name] for name in (*_APART, *SEEN)))
            id_at, relation_at, url_at = (
                at["statement_id"],
                at["predicate"],
                at.get("source_url", len(header)),
            )

            def rows() -> Iterator[tuple[object, ...]]:
                for row in reader:
                    row.append("")
                    s, o, first, last = apart(row)
                    body = _SEPARATOR.join(body_of(row))
                    yield row[id_at], row[relation_at], s, o, body, row[url_at] != "", first, last

            try:
                self._db.executemany("INSERT INTO before VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows())
                self._db.execute("CREATE UNIQUE INDEX before_id ON before (id)")
            except (csv.Error, UnicodeDecodeError, IndexError, sqlite3.IntegrityError) as exc:
                problem = f"not a file that the nightly job wrote: {exc}"
                raise TableError(problem, path=path, hint="restore it from the last edition") from exc

    def refuse_doubled(self, most: int) -> tuple[int, list[Refused]]:
        """Take out every row whose id another has; how many ids those were, and the rows (at most `most`)."""
        self._db.execute("CREATE INDEX night_id ON night (id)")
        self._db.execute("INSERT INTO doubled SELECT id FROM night GROUP BY id HAVING count(*) > 1")
        found = self._db.execute(
            "SELECT line, night.id FROM night JOIN doubled USING (id) ORDER BY line, night.id LIMIT ?",
            (most,),
        ).fetchall()
        refused = [Refused(line, "statement_id", id, "another row has the same id") for line, id in found]
        self._db.execute("DELETE FROM night WHERE id IN (SELECT id FROM doubled)")
        return self._number("SELECT count(*) FROM doubled"), refused

    # ---------------------------------------------------------------------------------------- comparing

    def compare(self) -> None:
        """Find what came, changed and went; after the last row was added."""
        self._db.executescript(
            f"""
            INSERT INTO change SELECT n.id,
                CASE WHEN b.id IS NULL OR b.seen_last <> '' THEN 'added' ELSE 'changed' END, n.relation
                FROM night n LEFT JOIN before b ON b.id = n.id
                WHERE b.id IS NULL OR b.seen_last <> '' OR {_CHANGED};
            INSERT INTO change SELECT b.id, 'gone', b.relation FROM before b
                WHERE b.seen_last = '' AND NOT EXISTS (SELECT 1 FROM night n WHERE n.id = b.id);
            """
        )

    def counts(self) -> dict[tuple[str, str], int]:
        """How many rows of each relation came, changed and went, by relation and kind."""
        rows = self._db.execute("SELECT relation, kind, count(*) FROM change GROUP BY relation, kind")
        return {(relation, kind): count for relation, kind, count in rows}

    def changes(self, kind: str) -> Iterator[Pair]:
        """The rows that came, changed or went, in the order of their ids."""
        rows = self._db.execute(
            "SELECT c.id, c.relation, b.subject_id, b.object_id, b.body, b.seen_first, b.seen_last,"
            " n.subject_id, n.object_id, n.body"
            " FROM change c LEFT JOIN before b ON b.id = c.id LEFT JOIN night n ON n.id = c.id"
            " WHERE c.kind = ? ORDER BY c.id",
            (kind,),
        )
        for id, relation, s, o, body, first, last, new_s, new_o, new_body in rows:
            old = None if body is None else self._cells(body, s, o) | {"seen_first": first, "seen_last": last}
            new = None if new_body is None else self._cells(new_body, new_s, new_o)
            yield Pair(id, relation, old, new)

    def renew(self, ids: Iterable[str]) -> None:
        """Say which rows state another fact than before under the same id: they were first shown now."""
        self._db.executemany("INSERT INTO renewed VALUES (?)", ((id,) for id in ids))

    @property
    def rows(self) -> int:
        """Statements of this night."""
        return self._number("SELECT count(*) FROM night")

    @property
    def before(self) -> int:
        """Statements that were shown before."""
        return self._number("SELECT count(*) FROM before WHERE seen_last = ''")

    @property
    def kept(self) -> int:
        """Statements that were shown once, and no more; after `compare`."""
        return self._number(
            "SELECT (SELECT count(*) FROM before)"
            " - (SELECT count(*) FROM before b JOIN night n ON n.id = b.id)"
        )

    @property
    def kept_before(self) -> int:
        """Statements that the night before had, and did not show."""
        return self._number("SELECT count(*) FROM before WHERE seen_last <> ''")

    @property
    def unsourced(self) -> int:
        """Statements that had the address of a source and have none now."""
        return self._number(
            "SELECT count(*) FROM night n JOIN before b ON b.id = n.id"
            " WHERE b.sourced AND NOT n.sourced AND b.seen_last = ''"
        )

    # ------------------------------------------------------------------------------------------ writing

    def write(self, path: Path, day: str, last_day: str, fill: Fill) -> None:
        """Write the file of this night. `fill` gives an id to an end of a row that lacks one, or "".

        A row that was away for longer than `_AWAY` days begins anew, and what was shown before stays under
        an id of its own.
        """
        rows = self._db.execute(
            f"""
            WITH away AS (SELECT * FROM before
                WHERE seen_last <> '' AND julianday(:day) - julianday(seen_last) > {_AWAY})
            SELECT n.body, n.subject_id, n.object_id,
                CASE WHEN b.id IS NULL OR n.id IN (SELECT id FROM renewed) OR n.id IN (SELECT id FROM away)
                    THEN :day ELSE b.seen_first END, '', ''
                FROM night n LEFT JOIN before b ON b.id = n.id
            UNION ALL
            SELECT body, subject_id, object_id, seen_first, iif(seen_last = '', :last_day, seen_last), ''
                FROM before b WHERE NOT EXISTS (SELECT 1 FROM night n WHERE n.id = b.id)
            UNION ALL
            SELECT body, subject_id, object_id, seen_first, seen_last, '@' || seen_first
                FROM away WHERE EXISTS (SELECT 1 FROM night n WHERE n.id = away.id)
            ORDER BY 1, 6
            """,
            {"day": day, "last_day": last_day},
        )
        order = (*self._body, *_APART, *SEEN)
        in_order = itemgetter(*(order.index(name) for name in self.columns))

        def filled() -> Iterator[tuple[str, ...]]:
            for body, subject_id, object_id, first, last, former in rows:
                cells = body.split(_SEPARATOR)
                cells[3] += former
                s = subject_id or fill(cells[0], cells[1], "subject")
                o = object_id or fill(cells[2], cells[1], "object")
                cells += (s, o, first, last)
                yield in_order(cells)

        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(self.columns)
            writer.writerows(filled())
            file.flush()
            os.fsync(file.fileno())

    def _cells(self, body: str, subject_id: str, object_id: str) -> dict[str, str]:
        cells = dict(zip(self._body, body.split(_SEPARATOR), strict=True))
        cells["subject_id"], cells["object_id"] = subject_id, object_id
        return cells

    def _number(self, query: str) -> int:
        found: int = self._db.execute(query).fetchone()[0]
        return found


def _header(path: Path) -> tuple[str, ...]:
    """The columns of a file of the night before. Raises `TableError` if it is not one."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise TableError(
            f"cannot be read: {exc}", path=path, hint="restore it from the last edition"
        ) from exc
    missing = [name for name in (*REQUIRED, *SEEN) if name not in header]
    if missing:
        raise TableError(
            "a column is missing", path=path, column=missing[0], hint="restore it from the last edition"
        )
    return tuple(header)
