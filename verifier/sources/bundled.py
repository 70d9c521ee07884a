"""The table and the catalogue of relations that come with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from verifier.errors import InputError
from verifier.relations import Catalogue, read_catalogue
from verifier.sources.compiled import open_table
from verifier.sources.store import TableSource

__all__ = ["bundled_catalogue", "bundled_path", "open_bundled"]


def bundled_path() -> Path:
    """The folder of the bundled table: `reference/` of a checkout, else the copy inside the installed package.

    Raises `InputError` if neither is there.
    """
    package = Path(__file__).parent.parent
    for folder in (package.parent / "reference", package / "_reference"):
        if (folder / "relations.toml").is_file():
            return folder
    raise InputError(f"{package}: the bundled table is missing: install the package again")


@cache
def bundled_catalogue() -> Catalogue:
    """The catalogue of relations, read once in a process."""
    return read_catalogue(bundled_path() / "relations.toml")


def open_bundled(
    *, cache_dir: Path | None = None, catalogue: Catalogue | None = None, closed_world: bool = False
) -> TableSource:
    """Open the bundled table."""
    return open_table(
        bundled_path(), catalogue=catalogue or bundled_catalogue(), cache_dir=cache_dir, closed_world=closed_world
    )
