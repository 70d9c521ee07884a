"""A table whose `table.toml` names the files that are its own, as that of the refreshed rows does.

What stands in the folder and is not named is no part of the table. So a table is replaced in one step: its
new files are put beside the old ones, and then the new `table.toml` takes the place of the old one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from verifier.errors import TableError
from verifier.sources.declarations import check_keys, read_toml, text_of

__all__ = ["ListedFile", "Manifest", "check_content", "is_manifest", "read_manifest", "write_manifest"]

_FILE = ("name", "feed", "sha256", "seen_last", "publisher", "title", "url", "licence")
_TEXTS = ("feed", "publisher", "title", "url", "licence")
_TOLD = re.compile(rb"""^[ \t]*(?:\[\[[ \t]*["']?file\b|["']?(?:file|edition)["']?[ \t]*=)""", re.MULTILINE)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One file of a table, and what holds for those of its rows that say nothing else."""

    name: str
    """In the folder of the table."""
    feed: str = ""
    """The source that its rows come from, by its name in `sources.toml`."""
    sha256: str = ""
    """Of its content; "" if that is not held to."""
    seen_last: date | None = None
    """When its rows were last shown and retrieved."""
    publisher: str = ""
    title: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which files make up a table, and which edition of it they are."""

    title: str = ""
    edition: int | None = None
    """None for a table that has no editions."""
    day: date | None = None
    """Of the night that made the edition."""
    files: tuple[ListedFile, ...] = ()

    def named(self, name: str) -> ListedFile | None:
        """What is said of a file."""
        return next((item for item in self.files if item.name == name), None)

    def of(self, feed: str) -> ListedFile | None:
        """The file of a source."""
        return next((item for item in self.files if item.feed == feed), None)

    def with_file(self, item: ListedFile) -> Manifest:
        """The same, with this file for its source instead of the one before."""
        others = [other for other in self.files if other.feed != item.feed]
        return replace(self, files=tuple(sorted([*others, item], key=lambda other: other.feed)))


def is_manifest(data: bytes) -> bool:
    """Whether a `table.toml` names the table's files, or their edition."""
    return _TOLD.search(data) is not None


def read_manifest(data: bytes, path: Path) -> Manifest:
    """What a `table.toml` says of files and edition. Raises `TableError` that names the key that is wrong."""
    tables = read_toml(data, path)
    edition = tables.get("edition")
    if edition is not None and (not isinstance(edition, int) or isinstance(edition, bool) or edition < 1):
        hint = "write 1, 2, 3 ..."
        raise TableError(
            "not the number of an edition", path=path, column="edition", value=str(edition), hint=hint
        )
    items = tables.get("file", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        hint = "write [[file]] above the keys of each"
        raise TableError("not a list of tables", path=path, column="file", hint=hint)
    files = tuple(_listed(item, path, f"file[{number}]") for number, item in enumerate(items, start=1))
    seen: set[str] = set()
    for number, item in enumerate(files, start=1):
        if item.name.casefold() in seen:
            raise TableError(
                "named twice",
                path=path,
                column=f"file[{number}].name",
                value=item.name,
                hint="leave one of them out",
            )
        seen.add(item.name.casefold())
    return Manifest(
        title=text_of(tables, "title", path=path), edition=edition, day=_day(tables, "day", path), files=files
    )


def write_manifest(manifest: Manifest) -> bytes:
    """The text of a `table.toml`, the same for the same manifest."""
    lines = [f"title = {_string(manifest.title)}"] if manifest.title else []
    if manifest.edition is not None:
        lines.append(f"edition = {manifest.edition}")
    if manifest.day is not None:
        lines.append(f"day = {_string(manifest.day.isoformat())}")
    for item in manifest.files:
        lines += ["", "[[file]]"]
        for key in _FILE:
            value = getattr(item, key)
            text = value.isoformat() if isinstance(value, date) else value
            if text:
                lines.append(f"{key} = {_string(text)}")
    return "".join(f"{line}\n" for line in lines).encode()


def check_content(item: ListedFile, data: bytes, path: Path) -> None:
    """Raise `TableError` for a file that is not the one that was named."""
    if item.sha256 and hashlib.sha256(data).hexdigest() != item.sha256:
        raise TableError(
            "the file is not the one that table.toml names: its sha256 is another",
            path=path,
            hint="it was edited or cut off: put it back, or leave it out of table.toml",
        )


def _listed(item: Mapping[str, Any], path: Path, where: str) -> ListedFile:
    check_keys(item, _FILE, path=path, where=where)
    name = text_of(item, "name", path=path, where=where)
    if not name or name != Path(name).name or name in (".", "..") or set(name) & set("\\/:\0"):
        hint = "the name of a file beside table.toml"
        raise TableError("not the name of a file", path=path, column=f"{where}.name", value=name, hint=hint)
    digest = text_of(item, "sha256", path=path, where=where)
    if digest and _SHA256.fullmatch(digest) is None:
        hint = "64 digits and letters a to f"
        raise TableError("not a SHA-256", path=path, column=f"{where}.sha256", value=digest, hint=hint)
    texts = {key: text_of(item, key, path=path, where=where) for key in _TEXTS}
    return ListedFile(name=name, sha256=digest, seen_last=_day(item, "seen_last", path, where), **texts)


def _day(table: Mapping[str, Any], key: str, path: Path, where: str = "") -> date | None:
    text = text_of(table, key, path=path, where=where)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        column = f"{where}.{key}" if where else key
        hint = "write it as 2026-11-25"
        raise TableError("not a day", path=path, column=column, value=text, hint=hint) from exc


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
