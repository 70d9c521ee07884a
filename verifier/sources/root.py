"""Where the table that comes with the program lives, and what the nightly job made of it.

A root is a folder with `reference/` (the curated files, `sources.toml`, the queries, and under `refreshed/`
the rows of the sources), `claims/` (what is watched) and `.verifier/` (the lock and the editions).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import platformdirs

from verifier.errors import InputError
from verifier.relations import Catalogue, read_catalogue
from verifier.sources.bundled import bundled_catalogue, bundled_path, is_checkout

__all__ = ["Root", "default_root"]


@dataclass(frozen=True, slots=True)
class Root:
    """The folders of one root; none of them need be there.

    An edition that was laid out to be checked against has its tables elsewhere, and a day and number.
    """

    path: Path
    curated_at: Path | None = None
    refreshed_at: Path | None = None
    relations_at: Path | None = None
    edition: int | None = None
    """Of what was laid out; None for the root as it is now."""
    day: datetime.date | None = None
    """For claims that name none, instead of today."""

    @property
    def curated(self) -> Path:
        """The curated table: the root's own if it has one, else the one that came with the program."""
        if self.curated_at is not None:
            return self.curated_at
        own = self.path / "reference"
        return own if any(own.glob("statements*.csv")) else bundled_path()

    @property
    def refreshed(self) -> Path:
        """The table of the rows of the sources; it is there once `table.toml` is in it."""
        return self.path / "reference" / "refreshed" if self.refreshed_at is None else self.refreshed_at

    @property
    def is_refreshed(self) -> bool:
        """Whether the nightly job has run here."""
        return (self.refreshed / "table.toml").is_file()

    @property
    def tables(self) -> tuple[Path, ...]:
        """The tables that are asked: the curated one, and what the nightly job made if it has run."""
        return (self.curated, self.refreshed) if self.is_refreshed else (self.curated,)

    @property
    def relations(self) -> Path:
        """The catalogue of relations: that of the curated table, else the one that came with the program."""
        if self.relations_at is not None:
            return self.relations_at
        own = self.curated / "relations.toml"
        return own if own.is_file() else bundled_path() / "relations.toml"

    def catalogue(self) -> Catalogue:
        """The relations that it describes, read once in a process as long as nobody edits them."""
        path = self.relations
        try:
            if self.curated_at is None and path.samefile(bundled_path() / "relations.toml"):
                return bundled_catalogue()
            status = path.stat()
        except OSError as exc:
            raise InputError(f"{path}: cannot be read: {exc.strerror}") from exc
        return _read(path, status.st_size, status.st_mtime_ns)

    @property
    def sources_file(self) -> Path:
        """The list of sources: the root's own if there is one, else the one that came with the program."""
        own = self.path / "reference" / "sources.toml"
        return own if own.is_file() else bundled_path() / "sources.toml"

    @property
    def claims(self) -> Path:
        """The folder of what is watched."""
        return self.path / "claims"

    @property
    def state(self) -> Path:
        """The folder of the lock and the editions."""
        return self.path / ".verifier"


@lru_cache(maxsize=8)
def _read(path: Path, size: int, changed: int) -> Catalogue:
    return read_catalogue(path)


def default_root() -> Root:
    """The checkout that the program is run from, else the user's data folder."""
    checkout = bundled_path().parent
    return Root(
        checkout if is_checkout(checkout) else platformdirs.user_data_path("verifier", appauthor=False)
    )
