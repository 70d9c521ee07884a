"""The tables of a name index inside an SQLite file, and how they are written.

    name_meta    what this is and which edition of the layout
    name_entry   id -> key, name; ids run from names of one word to those of most, then by alphabet
    name_form    written form -> ids; "=letters" files a name of several words without its spaces
    name_token   word -> ids of the names that hold it (little-endian uint32, ascending), and how many words
                 the longest name has that begins with it
    name_bucket  length and first letter, or length and last letter -> all such words, separated by spaces

A misspelt word keeps its first or its last letter and nearly its length, so it is sought in a few buckets.
Building streams through temporary tables; memory holds one word's ids and one bucket at a time.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote

from verifier.errors import InputError
from verifier.files import replacing
from verifier.name_keys import clean, parse
from verifier.name_score import MOST_WORDS, key_words

__all__ = [
    "TABLES",
    "VERSION",
    "bucket_names",
    "build_file",
    "decode_ids",
    "open_file",
    "parts",
    "squeezed",
    "write_names",
]

VERSION = 1
TABLES = ("name_meta", "name_entry", "name_form", "name_token", "name_bucket")

_SCHEMA = (
    "CREATE TABLE name_meta (version INTEGER NOT NULL, names INTEGER NOT NULL)",
    "CREATE TABLE name_entry (id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL)",
    "CREATE TABLE name_form (form TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (form, id)) WITHOUT ROWID",
    "CREATE TABLE name_token (token TEXT PRIMARY KEY, longest INTEGER NOT NULL, ids BLOB NOT NULL) "
    "WITHOUT ROWID",
    "CREATE TABLE name_bucket (bucket TEXT PRIMARY KEY, tokens TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TEMP TABLE name_pairs (words INTEGER, form TEXT, name TEXT, key TEXT)",
    "CREATE TEMP TABLE name_forms (form TEXT, id INTEGER)",
    "CREATE TEMP TABLE name_words (token TEXT, id INTEGER, longest INTEGER)",
    "CREATE TEMP TABLE name_ends (bucket TEXT, token TEXT)",
)


def build_file(pairs: Iterable[tuple[str, str]], path: Path) -> None:
    """Write the index of these (key, name) pairs as a file of its own: whole, or not at all.

    Raises InputError if the file cannot be written; whatever `pairs` raises passes through.
    """
    try:
        with replacing(path, kept=True) as new, closing(sqlite3.connect(new)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            write_names(connection, pairs)
            connection.commit()
    except (OSError, sqlite3.Error) as exc:
        raise InputError(f"{path}: the name index cannot be written: {exc}") from exc


def open_file(path: Path) -> sqlite3.Connection:
    """A connection that can only read. Raises InputError if there is no such file or it cannot be opened."""
    if not path.is_file():
        raise InputError(f"{path}: there is no such name index; NameIndex.build writes one")
    try:
        uri = f"file:{quote(str(path.absolute()))}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
    except sqlite3.Error as exc:
        raise InputError(f"{path}: cannot be opened as a name index: {exc}") from exc
    return connection


def write_names(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Write the tables of these (key, name) pairs into an open connection; the caller commits.

    Blank names are left out, a pair given twice counts once, and the order of pairs changes nothing. Raises
    InputError if the tables are there already, or for a key that is not text.
    """
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'name_meta'").fetchone()
    if known is not None:
        raise InputError("this file holds a name index already")
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.executemany("INSERT INTO name_pairs VALUES (?, ?, ?, ?)", _rows(pairs))
    names = _write_entries(connection)
    connection.execute("INSERT INTO name_form SELECT DISTINCT form, id FROM name_forms ORDER BY form, id")
    words = connection.execute("SELECT token, id, longest FROM name_words ORDER BY token, id")
    connection.executemany("INSERT INTO name_token VALUES (?, ?, ?)", _postings(words))
    tokens = connection.execute("SELECT token FROM name_token WHERE length(ids)")
    connection.executemany("INSERT INTO name_ends VALUES (?, ?)", _bucketed(tokens))
    buckets = connection.execute("SELECT bucket, token FROM name_ends ORDER BY bucket, token")
    connection.executemany("INSERT INTO name_bucket VALUES (?, ?)", _grouped(buckets))
    for table in ("name_pairs", "name_forms", "name_words", "name_ends"):
        connection.execute(f"DROP TABLE temp.{table}")
    connection.execute("INSERT INTO name_meta VALUES (?, ?)", (VERSION, names))


def squeezed(words: tuple[str, ...]) -> str:
    """The form under which a name of several words is filed without its spaces."""
    return "=" + "".join(words)


def bucket_names(word: str, length: int) -> tuple[str, str]:
    """The two buckets of words so long that begin or end as this one does: "6k<" and "6o>"."""
    return f"{length}{word[0]}<", f"{length}{word[-1]}>"


def parts(word: str) -> set[str]:
    """The words that may be in a long word that lost a space: its beginnings and its ends."""
    if not 8 <= len(word) <= 64:
        return set()
    return {word[:at] for at in range(3, len(word) - 1)} | {word[at:] for at in range(2, len(word) - 2)}


def decode_ids(blob: bytes) -> array[int]:
    """The ids in a cell of `name_token`. Raises ValueError if it is not a list of them."""
    ids = array("I")
    ids.frombytes(blob)
    if sys.byteorder == "big":
        ids.byteswap()
    return ids


def _encode_ids(ids: Iterable[int]) -> bytes:
    packed = array("I", ids)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _rows(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[int, str, str, str]]:
    for key, name in pairs:
        if not isinstance(key, str) or not isinstance(name, str) or clean(key) != key:
            raise InputError(f"a name index holds pairs of texts, not {(key, name)!r:.200}")
        name = clean(name)
        parsed = parse(name)
        if parsed.form:
            yield len(parsed.words), parsed.form, name, key


def _write_entries(connection: sqlite3.Connection) -> int:
    rows = connection.execute("SELECT DISTINCT words, form, name, key FROM name_pairs ORDER BY 1, 2, 3, 4")
    count = 0
    while batch := rows.fetchmany(10_000):
        entries, forms, words = [], [], []
        for _, form, name, key in batch:
            parsed = parse(name)
            entries.append((count, key, name))
            forms.append((form, count))
            if parsed.aside:
                forms.append((" ".join(parsed.words), count))
            if len(parsed.words) > 1:
                forms.append((squeezed(parsed.words), count))
            held = parsed.words[:MOST_WORDS]
            words.extend([(word, count, 0) for word in set(key_words(held))])
            whole = form.split(" ")
            words.extend([(first, -1, len(whole)) for first in {whole[0], held[0]}])
            count += 1
        connection.executemany("INSERT INTO name_entry VALUES (?, ?, ?)", entries)
        connection.executemany("INSERT INTO name_forms VALUES (?, ?)", forms)
        connection.executemany("INSERT INTO name_words VALUES (?, ?, ?)", words)
    return count


def _postings(rows: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, bytes]]:
    for token, group in groupby(rows, key=itemgetter(0)):
        ids, longest = array("I"), 0
        for _, number, words in group:
            if number < 0:
                longest = max(longest, words)
            else:
                ids.append(number)
        yield token, longest, _encode_ids(ids)


def _bucketed(rows: Iterable[tuple[str]]) -> Iterator[tuple[str, str]]:
    for (token,) in rows:
        for bucket in bucket_names(token, len(token)):
            yield bucket, token


def _grouped(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for bucket, group in groupby(rows, key=itemgetter(0)):
        yield bucket, " ".join([token for _, token in group])
