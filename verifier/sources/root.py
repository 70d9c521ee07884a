"""Where the table that comes with the program lives, and what the nightly job made of it (design, section 9).

A root is a folder with `reference/` (the curated files, `sources.toml`, the queries, and under `refreshed/` the
rows of the sources), `claims/` (what is watched) and `.verifier/` (the lock and the editions).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from verifier.sources.bundled import bundled_path, is_checkout

__all__ = ["Root", "default_root"]


@dataclass(frozen=True, slots=True)
class Root:
    """The folders of one root; none of them need be there."""

    path: Path

    @property
    def curated(self) -> Path:
        """The curated table: the root's own if it has one, else the one that came with the program."""
        own = self.path / "reference"
        return own if any(own.glob("statements*.csv")) else bundled_path()

    @property
    def refreshed(self) -> Path:
        """The table of the rows of the sources; it is there once `table.toml` is in it."""
        return self.path / "reference" / "refreshed"

    @property
    def is_refreshed(self) -> bool:
        """Whether the nightly job has run here."""
        return (self.refreshed / "table.toml").is_file()

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


def default_root() -> Root:
    """The checkout that the program is run from, else the user's data folder."""
    checkout = bundled_path().parent
    return Root(checkout if is_checkout(checkout) else platformdirs.user_data_path("verifier", appauthor=False))
