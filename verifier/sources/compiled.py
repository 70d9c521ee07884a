"""Tables are compiled once and then opened: which compiled file is a table's, and where it is kept.

A compiled file is named after what it was made of: the content and names of the table's files, the names and
kinds of the catalogue's relations, the `key` column, and the code that read them. Beside it a note remembers
size and time of the table's files, so that a table that nobody touched need not even be read.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import sqlite3
import tempfile
import time
import weakref
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verifier.errors import InputError, TableError
from verifier.files import replacing, write_whole
from verifier.garbage import uncollected
from verifier.relations import Catalogue
from verifier.sources.store import TableSource
from verifier.sources.table import TableFiles, find_files, read_bytes

if TYPE_CHECKING:
    from verifier.sources.assemble import Assembled

__all__ = ["forget", "open_compiled", "open_table"]

log = logging.getLogger(__name__)

_READERS = (
    "amounts.py",
    "dates.py",
    "model.py",
    "name*.py",
    "relations.py",
    "sources/*.py",
    "units.py",
    "values.py",
)
"""The modules, within the package, on which the compiled form depends."""
_NO_ROOM = (OSError, sqlite3.Error)
_TRIES = 5
"""How often a table that is replaced while it is read is read again ..."""
_PAUSE = 0.02
"""... and how many seconds later."""


def open_table(
    path: Path | str,
    *,
    catalogue: Catalogue,
    cache_dir: Path | None = None,
    key: str | None = None,
    closed_world: bool = False,
    bundled: bool = False,
) -> TableSource:
    """Open the table at `path`, compiling it first if its content is new.

    `key` names the column of a wide table that names the thing. The compiled file is kept in `cache_dir`, or,
    if there is none or nothing can be written there, in a temporary folder for as long as the source lives.
    Raises `TableError` for a table that cannot be accepted, `InputError` if there is no room at all.
    """
    files = find_files(Path(path))
    variant = _variant(catalogue, key)
    note = None if cache_dir is None else _Note(cache_dir / "tables", files.root, key)
    seen = _seen(files)
    if note is not None:
        remembered = note.compiled(seen, variant)
        source = None if remembered is None else _open(remembered, closed_world=closed_world, bundled=bundled)
        if source is not None:
            return source
    files, seen, contents = _read_whole(Path(path))
    fingerprint = _fingerprint(files, contents)
    if note is not None:
        compiled = note.folder / f"{fingerprint[:32]}-{variant}.sqlite"
        source = _open(compiled, closed_world=closed_world, bundled=bundled)
        if source is not None:
            note.write(seen, variant, compiled)
            return source
    # Loaded when needed: a table that is compiled already opens without the code that reads one.
    from verifier.sources.assemble import assemble

    with uncollected():
        table = assemble(files, contents, catalogue=catalogue, key=key)
    if note is not None:
        try:
            _write_table(compiled, table, fingerprint=fingerprint, before=note.before(variant))
        except _NO_ROOM as exc:
            log.warning(
                "%s: the compiled table cannot be kept (%s): it is compiled anew in each run",
                note.folder,
                exc,
            )
        else:
            note.write(seen, variant, compiled)
            source = _open(compiled, closed_world=closed_world, bundled=bundled)
            if source is not None:
                return source
    return _open_temporary(table, fingerprint=fingerprint, closed_world=closed_world, bundled=bundled)


def _read_whole(path: Path) -> tuple[TableFiles, list[list[Any]], dict[Path, bytes]]:
    """The files of a table, their sizes and times, and their contents, all of one moment.

    A table that is replaced meanwhile is read again. Raises `TableError` for a file that is not there.
    """
    for last in (*[False] * _TRIES, True):
        files = find_files(path)
        seen = _seen(files)
        try:
            contents = {item: read_bytes(item) for item in files.all}
        except TableError:
            # The next edition took the place of this one, and its files were swept.
            if last or files.manifest is None:
                raise
            time.sleep(_PAUSE)
            continue
        if last or files.manifest is None or (_seen(files) == seen and find_files(path) == files):
            return files, seen, contents
    raise AssertionError("the last try returns or raises")


def _seen(files: TableFiles) -> list[list[Any]]:
    return [[files.cited(item), *_size_and_time(item)] for item in files.all]


def open_compiled(
    path: Path | str, *, closed_world: bool = False, bundled: bool = False, **settled: object
) -> TableSource:
    """Open a file that is compiled already; what else `open_table` takes was settled when it was made.

    Raises `InputError` if it is no compiled table.
    """
    return TableSource(Path(path), closed_world=closed_world, bundled=bundled)


def forget(path: Path, *, cache_dir: Path) -> None:
    """Remove from the cache what was kept of the table at this path, which will not be opened there again."""
    _Note(cache_dir / "tables", path, None).forget()


def _open(path: Path, *, closed_world: bool, bundled: bool) -> TableSource | None:
    """The compiled table, or None if the file is missing or was cut off."""
    try:
        return TableSource(path, closed_world=closed_world, bundled=bundled) if path.is_file() else None
    except InputError as exc:
        log.warning("%s: compiled anew", exc)
        return None


def _write_table(path: Path, table: Assembled, *, fingerprint: str, before: Path | None) -> None:
    """Write the file all or not at all; two processes that do it at once write the same."""
    from verifier.sources.write import write_store

    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as new:
        write_store(new, table, fingerprint=fingerprint, before=before)


def _open_temporary(table: Assembled, *, fingerprint: str, closed_world: bool, bundled: bool) -> TableSource:
    from verifier.sources.write import write_store

    try:
        folder = tempfile.mkdtemp(prefix="verifier-")
        path = Path(folder, "table.sqlite")
        write_store(path, table, fingerprint=fingerprint)
    except _NO_ROOM as exc:
        raise InputError(f"{table.name}: there is no room for the compiled table: {exc}") from exc
    source = TableSource(path, closed_world=closed_world, bundled=bundled)
    weakref.finalize(source, shutil.rmtree, folder, ignore_errors=True)
    return source


class _Note:
    """What is remembered of a table at one path: its files' sizes and times, and the compiled file."""

    def __init__(self, folder: Path, table: Path, key: str | None) -> None:
        self.folder = folder
        place = json.dumps([str(table.absolute()), key])
        self._path = (
            folder / f"{hashlib.sha256(place.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.json"
        )

    def compiled(self, seen: list[list[Any]], variant: str) -> Path | None:
        """The compiled file, if the table's files are as they were when it was made."""
        note = self._read()
        if note.get("files") != seen or note.get("variant") != variant:
            return None
        return self.folder / str(note["compiled"])

    def before(self, variant: str) -> Path | None:
        """The compiled file of the table's last state, if it is whole and made by the same code."""
        note = self._read()
        path = self.folder / str(note.get("compiled"))
        if note.get("variant") != variant or _open(path, closed_world=False, bundled=False) is None:
            return None
        return path

    def write(self, seen: list[list[Any]], variant: str, compiled: Path) -> None:
        """Remember this state, and remove the compiled file of the one before."""
        before = self._read().get("compiled")
        text = json.dumps({"files": seen, "variant": variant, "compiled": compiled.name})
        try:
            write_whole(self._path, text.encode())
            if before is not None and before != compiled.name:
                (self.folder / before).unlink(missing_ok=True)
        except OSError as exc:
            log.debug("%s: %s", self._path, exc)

    def forget(self) -> None:
        """Remove the note and the compiled file."""
        compiled = self._read().get("compiled")
        try:
            self._path.unlink(missing_ok=True)
            if compiled is not None:
                (self.folder / compiled).unlink(missing_ok=True)
        except OSError as exc:
            log.debug("%s: %s", self._path, exc)

    def _read(self) -> dict[str, Any]:
        try:
            note = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        # A name with a folder in it would reach outside of the cache.
        good = (
            isinstance(note, dict)
            and isinstance(note.get("compiled"), str)
            and note["compiled"] == Path(note["compiled"]).name
        )
        return note if good else {}


def _size_and_time(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return -1, -1  # reading it says what is wrong
    return status.st_size, status.st_mtime_ns


def _fingerprint(files: TableFiles, contents: Mapping[Path, bytes]) -> str:
    """SHA-256 over the names and contents of a table's files."""
    digest = hashlib.sha256()
    for path in files.all:
        name = files.cited(path).encode("utf-8", "surrogateescape")
        digest.update(b"%d %d " % (len(name), len(contents[path])) + name)
        digest.update(contents[path])
    return digest.hexdigest()


def _variant(catalogue: Catalogue, key: str | None) -> str:
    """What else the compiled form depends on. A relation's phrasings are not part of it."""
    relations = [
        (r.id, r.label, r.aliases, r.nouns, r.value.value, r.unit, r.role)
        for r in catalogue.relations.values()
    ]
    return hashlib.sha256(repr((_code(), key, relations)).encode("utf-8", "surrogateescape")).hexdigest()[:12]


@cache
def _code() -> str:
    """A digest of the modules that read and write, so that a change of one changes the format."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _READERS for path in package.glob(pattern)):
        try:
            digest.update(path.read_bytes())
        except OSError:
            continue
    return digest.hexdigest()
