"""The table and the catalogue of relations that come with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from verifier.errors import InputError
from verifier.relations import Catalogue, read_catalogue

__all__ = ["bundled_catalogue", "bundled_path"]


def bundled_path() -> Path:
    """The folder of the bundled table: `reference/` of a checkout, else the copy in the installed package.

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
