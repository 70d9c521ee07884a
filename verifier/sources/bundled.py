"""The table and the catalogue of relations that come with the program."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from verifier.errors import InputError
from verifier.relations import Catalogue, read_catalogue

__all__ = ["bundled_catalogue", "bundled_path", "is_checkout"]

_PACKAGE = Path(__file__).parent.parent


def bundled_path(package: Path = _PACKAGE) -> Path:
    """The folder of the bundled table: `reference/` of a checkout, the copy in an installed package.

    What lies beside an installed package belongs to others, and is never read. Raises `InputError` if the
    folder is not there.
    """
    checkout = is_checkout(package.parent)
    folder = package.parent / "reference" if checkout else package / "_reference"
    if not (folder / "relations.toml").is_file():
        mend = "restore the folder" if checkout else "install the package again"
        raise InputError(f"{folder}: the bundled table is missing: {mend}")
    return folder


def is_checkout(folder: Path) -> bool:
    """Whether this is the project's own folder, and not one into which the package was installed."""
    try:
        text = (folder / "pyproject.toml").read_text(encoding="utf-8")
        project = tomllib.loads(text).get("project")
    except (OSError, ValueError):  # ValueError: not UTF-8, or not TOML
        return False
    return isinstance(project, dict) and project.get("name") == "verifier"


@cache
def bundled_catalogue() -> Catalogue:
    """The catalogue of relations, read once in a process."""
    return read_catalogue(bundled_path() / "relations.toml")
