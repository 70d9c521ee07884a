"""The answers of the service, kept on disk with their time, so that nothing need be asked twice.

One SQLite file, which several processes share. What is wrong with it costs repeated requests, never a run.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import os
import sqlite3
import weakref
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["FILE", "Answers", "pack"]

log = logging.getLogger(__name__)

FILE = "answers-1.sqlite"
"""The number is that of the format: another program's file is left alone."""
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS answer (service TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, "
    "fetched REAL NOT NULL, body BLOB NOT NULL, PRIMARY KEY (service, kind, key))"
)
_LOCKED = 5.0
"""Seconds to wait for another process that writes."""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""Not a database any more, or one with other tables."""


class Answers:
    """Answers by service address, kind and key. Not safe for threads at once: its `Client` has a lock.

    `keep` is how long an answer is kept at all; from then on it is too old to serve for a new one.
    """

    def __init__(self, folder: Path, *, keep: datetime.timedelta) -> None:
        self.path = folder / FILE
        self._keep = keep
        self._connection: sqlite3.Connection | None = None
        self._readable = self._writable = True
        self._pruned = False
        self._closing: weakref.finalize[..., Answers] | None = None

    def get(self, service: str, kind: str, key: str) -> tuple[Any, datetime.datetime] | None:
        """The answer's data and when it was fetched; None if there is none, or none that can be read."""

        def read(connection: sqlite3.Connection) -> Any:
            return connection.execute(
                "SELECT body, fetched FROM answer WHERE service = ? AND kind = ? AND key = ?",
                (service, kind, key),
            ).fetchone()

        row = self._run(read, writing=False)
        if row is None:
            return None
        try:
            data = json.loads(zlib.decompress(row[0]))
            return data, datetime.datetime.fromtimestamp(row[1], datetime.UTC)
        except (OSError, OverflowError, RecursionError, TypeError, ValueError, zlib.error) as exc:
            log.warning("%s: the answer for %s is damaged (%s): it is asked for anew", self.path, key, exc)
            return None

    def put(
        self, service: str, kind: str, bodies: Mapping[str, bytes], *, fetched: datetime.datetime
    ) -> None:
        """Keep answers, as `pack` packed them, by their keys: all of these or none."""

        def write(connection: sqlite3.Connection) -> None:
            with connection:
                if not self._pruned:
                    oldest = (fetched - self._keep).timestamp()
                    connection.execute("DELETE FROM answer WHERE fetched < ?", (oldest,))
                connection.executemany(
                    "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)",
                    [(service, kind, key, fetched.timestamp(), body) for key, body in bodies.items()],
                )
            self._pruned = True

        if bodies:
            self._run(write, writing=True)

    def close(self) -> None:
        """Close the file; it is opened again when it is used again."""
        if self._closing is not None:
            self._closing()
        self._connection = self._closing = None

    def _run(self, use: Callable[[sqlite3.Connection], Any], *, writing: bool) -> Any:
        """Use the file; once more with a new one if it is damaged; not at all if it cannot be had."""
        for again in (True, False):
            if not (self._writable if writing else self._readable):
                return None
            try:
                return use(self._open())
            except (OSError, sqlite3.Error) as exc:
                self.close()
                code = getattr(exc, "sqlite_errorcode", 0) & 0xFF
                if code in _DAMAGED and again and self._put_aside():
                    continue
                done = "written" if writing else "read"
                log.warning("%s: cannot be %s (%s): answers are asked for anew", self.path, done, exc)
                if code not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    self._writable = False
                    self._readable &= writing  # where nothing can be written, what is there can be read
                return None
        return None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            if not self.path.exists():
                # What is asked tells what a draft is about: the file is the user's alone.
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with contextlib.suppress(FileExistsError):
                    os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            connection = sqlite3.connect(self.path, timeout=_LOCKED, check_same_thread=False)
            self._connection = connection
            self._closing = weakref.finalize(self, connection.close)
            # What is lost with the power is asked for anew; what is half written does not unpack.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_SCHEMA)
            connection.execute("SELECT service, kind, key, fetched, body FROM answer LIMIT 0")
        return self._connection

    def _put_aside(self) -> bool:
        """Move the file aside, unless another process did that meanwhile. Whether there can be a new one."""
        try:
            if self._is_whole():
                return True
            aside = self.path.with_name(f"{self.path.name}.damaged")
            self.path.replace(aside)
            # A journal of the old file would be rolled back into the new one.
            self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
        except OSError as exc:
            log.warning("%s: is damaged, and cannot be moved aside (%s)", self.path, exc)
            return False
        log.warning("%s: is damaged; it is moved to %s, and a new one begun", self.path, aside.name)
        return True

    def _is_whole(self) -> bool:
        if not self.path.exists():
            return True
        with contextlib.closing(sqlite3.connect(self.path, timeout=_LOCKED)) as connection:
            try:
                (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
                connection.execute("SELECT service, kind, key, fetched, body FROM answer LIMIT 0")
            except sqlite3.Error:
                return False
        return bool(state == "ok")


def pack(data: Any) -> bytes:
    """Data as the cache keeps it. Raises `ValueError` for what could not be read back as it is."""
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return zlib.compress(text.encode("utf-8"))
    except RecursionError as exc:
        raise ValueError("it is nested too deep") from exc
