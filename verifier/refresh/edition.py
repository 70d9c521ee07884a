"""One edition: the whole table as it was after a night, and the record that says so."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from verifier.errors import InputError
from verifier.sources.manifest import Manifest
from verifier.sources.root import Root

__all__ = ["CATALOGUE", "REFRESHED", "Edition", "Staged", "fingerprint_of", "read_edition", "write_edition"]

CATALOGUE = "catalogue"
"""The folder of a catalogue of relations that is no file of the curated table."""
REFRESHED = "refreshed"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Edition:
    """The table after one night. Files are named by their path in what is laid out, contents by SHA-256."""

    number: int
    day: datetime.date
    before: int | None
    """The number of the edition that it took the place of; None if there was none."""
    program: str
    """Version of the program that made it."""
    files: Mapping[str, str]
    """`reference/statements-states.csv`, `refreshed/table.toml` ..., and their contents."""
    report: str
    """The report of the night."""
    results: str
    """The results of the watched documents."""

    @property
    def fingerprint(self) -> str:
        """Of the whole table."""
        return fingerprint_of(self.files)


@dataclass(frozen=True, slots=True)
class Staged:
    """A table that is laid out to be checked against, and becomes an edition when it is committed."""

    root: Root
    folder: Path
    manifest: Manifest
    files: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """Of the whole table; the edition will have the same."""
        return fingerprint_of(self.files)


def fingerprint_of(files: Mapping[str, str]) -> str:
    """SHA-256 over the names and contents of all files."""
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def write_edition(edition: Edition) -> bytes:
    """The record, as it is kept."""
    values = {**asdict(edition), "day": edition.day.isoformat(), "files": dict(sorted(edition.files.items()))}
    return json.dumps({"format": _FORMAT, **values}, indent=1).encode() + b"\n"


def read_edition(path: Path) -> Edition:
    """Read a record. Raises `InputError` for one that is none, or that a later version wrote."""
    try:
        values = json.loads(path.read_bytes())
        if values.pop("format") != _FORMAT:
            raise InputError(f"{path}: a record that another version of verifier wrote: use that version")
        return Edition(**{**values, "day": datetime.date.fromisoformat(values["day"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise InputError(f"{path}: not the record of an edition: {exc}") from exc
