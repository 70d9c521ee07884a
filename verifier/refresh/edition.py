"""One edition: the whole table as it was after a night, and the record that says so."""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from verifier.errors import InputError
from verifier.sources.manifest import Manifest
from verifier.sources.root import Root

__all__ = [
    "CATALOGUE",
    "REFRESHED",
    "Edition",
    "Staged",
    "fingerprint_of",
    "read_edition",
    "read_editions",
    "uncommitted",
    "write_edition",
]

log = logging.getLogger(__name__)


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


def read_editions(folder: Path) -> list[Edition]:
    """Every record of a folder, by number; what is none is told and left out."""
    found = []
    for path in folder.glob("[0-9]" * 6 + "*.json"):
        try:
            found.append(read_edition(path))
        except InputError as exc:
            log.warning("%s", exc)
    return sorted(found, key=lambda edition: edition.number)


def uncommitted(editions: Collection[Edition], current: int | None) -> set[int]:
    """Which records speak of an edition that never came into place: its run was killed just before.

    Such a record follows on the edition in place, and nothing follows on it. (After a table was set back by
    hand, all but the first of the records above it follow on one another.)
    """
    followed = {edition.before for edition in editions}
    return {
        edition.number
        for edition in editions
        if edition.number > (current or 0) and edition.before == current and edition.number not in followed
    }
