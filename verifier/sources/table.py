"""Which files make up a table, and their cells.

A table is one file (CSV, TSV, JSON lines, Parquet), or a folder with `statements*.csv` and, optionally,
`entities*.csv`, `relations.toml` and `table.toml` (design, section 4). Where `table.toml` names files of
statements, those and no others are the table's (`manifest`).
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from verifier.errors import InputError, TableError
from verifier.sources.manifest import Manifest, is_manifest, read_manifest
from verifier.sources.records import read_jsonl, read_parquet
from verifier.sources.sheets import Sheet, read_delimited

__all__ = ["FORMATS", "TableFiles", "find_files", "read_bytes", "read_sheet"]

FORMATS: Mapping[str, Callable[..., Sheet]] = MappingProxyType(
    {
        ".csv": read_delimited,
        ".tsv": read_delimited,
        ".tab": read_delimited,
        ".jsonl": read_jsonl,
        ".ndjson": read_jsonl,
        ".parquet": read_parquet,
    }
)
"""How a file of statements is read, by its suffix."""


@dataclass(frozen=True, slots=True)
class TableFiles:
    """The files of one table; `name` is the file's or the folder's."""

    root: Path
    name: str
    statements: tuple[Path, ...]
    entities: tuple[Path, ...] = ()
    relations: Path | None = None
    declarations: Path | None = None
    manifest: Manifest | None = None
    """What `table.toml` says of the files of statements; None if it leaves them to their names."""

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file, in a fixed order."""
        others = (self.relations, self.declarations)
        return (*self.statements, *self.entities, *(path for path in others if path is not None))

    def cited(self, path: Path) -> str:
        """How a row of this file is cited."""
        return path.name if path == self.root else f"{self.name}/{path.name}"


def find_files(path: Path) -> TableFiles:
    """The files of the table at `path`. Raises `TableError` if there is none, and says what a table is."""
    mode = _mode(path)
    if stat.S_ISREG(mode):
        if path.suffix.casefold() not in FORMATS:
            raise TableError(
                "not a table", path=path, hint=f"a folder, or a file that ends in {', '.join(FORMATS)}"
            )
        return TableFiles(path, path.name, (path,))
    if not stat.S_ISDIR(mode):
        raise TableError("neither a file nor a folder", path=path)
    try:
        statements = tuple(sorted(path.glob("statements*.csv")))
        entities = tuple(sorted(path.glob("entities*.csv")))
    except OSError as exc:
        raise TableError(f"cannot be read: {exc.strerror}", path=path) from exc
    declarations = path / "table.toml" if (path / "table.toml").exists() else None
    data = read_bytes(declarations) if declarations is not None else b""
    manifest = read_manifest(data, path / "table.toml") if is_manifest(data) else None
    if manifest is not None and (manifest.files or manifest.edition is not None):
        statements = tuple(path / item.name for item in manifest.files)
        _check_suffixes(statements, path / "table.toml")
    elif not statements:
        raise TableError(
            "the folder holds no statements*.csv",
            path=path,
            hint="name the file of statements statements.csv",
        )

    relations = path / "relations.toml" if (path / "relations.toml").exists() else None
    name = path.name or path.resolve().name
    return TableFiles(path, name, statements, entities, relations, declarations, manifest)


def _check_suffixes(statements: tuple[Path, ...], manifest: Path) -> None:
    for number, file in enumerate(statements, start=1):
        if file.suffix.casefold() not in FORMATS:
            raise TableError(
                "not a table",
                path=manifest,
                column=f"file[{number}].name",
                value=file.name,
                hint=f"a file that ends in {', '.join(FORMATS)}",
            )


def read_bytes(path: Path) -> bytes:
    """The content of a regular file. Raises `TableError` for anything else (a pipe would never end)."""
    if not stat.S_ISREG(_mode(path)):
        raise TableError("not a file", path=path)
    try:
        return path.read_bytes()
    except OSError as exc:
        raise TableError(f"cannot be read: {exc.strerror}", path=path) from exc
    except MemoryError as exc:
        raise InputError(f"{path}: too big for this computer's memory") from exc


def read_sheet(path: Path, data: bytes, *, name: str) -> Sheet:
    """The cells of one file, by its suffix."""
    return FORMATS[path.suffix.casefold()](data, path=path, name=name)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except FileNotFoundError as exc:
        raise TableError("there is no such file or folder", path=path) from exc
    except (OSError, ValueError) as exc:  # ValueError: a NUL in the path
        reason = exc.strerror if isinstance(exc, OSError) else str(exc)
        raise TableError(f"cannot be read: {reason}", path=path) from exc
