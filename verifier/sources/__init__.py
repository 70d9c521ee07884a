"""Sources of evidence: tables that a user gives, the bundled table, Wikidata.

A source is one module with a function that opens it, and one row in `SOURCES`. What a source must be able to
do is said by `combined.Source`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from verifier.relations import Catalogue
from verifier.sources.bundled import bundled_catalogue, bundled_path
from verifier.sources.compiled import open_compiled, open_table
from verifier.sources.store import TableSource

__all__ = ["SOURCES", "bundled_catalogue", "bundled_path", "is_compiled", "open_source"]

_SQLITE = b"SQLite format 3\0"

SOURCES: Mapping[str, Callable[..., TableSource]] = MappingProxyType(
    {
        "compiled": open_compiled,
        "table": open_table,
    }
)
"""How each kind of source is opened that a user can give by its path."""


def open_source(
    path: Path | str,
    *,
    catalogue: Catalogue,
    cache_dir: Path | None = None,
    key: str | None = None,
    closed_world: bool = False,
    bundled: bool = False,
) -> TableSource:
    """Open what a user gives with `--reference`: a table, or a file that is compiled already.

    Raises `TableError` or another `InputError` that says what is wrong with it.
    """
    return SOURCES["compiled" if is_compiled(Path(path)) else "table"](
        path, catalogue=catalogue, cache_dir=cache_dir, key=key, closed_world=closed_world, bundled=bundled
    )


def is_compiled(path: Path) -> bool:
    """Whether a file is compiled already, by how it begins."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False
