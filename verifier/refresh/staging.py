"""The table as it would be after a night, laid out so that claims can be checked against it before it is."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from verifier.refresh.blobs import digest_of
from verifier.refresh.edition import CATALOGUE, REFRESHED, Staged
from verifier.sources.manifest import Manifest, write_manifest
from verifier.sources.root import Root
from verifier.sources.table import find_files

__all__ = ["lay_out_new"]


def lay_out_new(
    root: Root, place: Path, files: Mapping[str, Path], manifest: Manifest, *, day: datetime.date
) -> Staged:
    """Lay out the curated table, which is copied, and the refreshed one in a folder, which is emptied first.

    Raises `TableError` if the curated table is none, and `OSError` if there is no room.
    """
    shutil.rmtree(place, ignore_errors=True)
    curated = find_files(root.curated)
    table, refreshed = place / curated.root.resolve().name, place / REFRESHED
    for new in (table, refreshed):
        new.mkdir(parents=True)
    for file in curated.all:
        shutil.copyfile(file, table / file.name)
    if curated.relations is None:
        (place / CATALOGUE).mkdir()
        shutil.copyfile(root.relations, place / CATALOGUE / "relations.toml")
    for item in manifest.files:
        _link(files.get(item.feed, root.refreshed / item.name), refreshed / item.name)
    (refreshed / "table.toml").write_bytes(write_manifest(manifest))
    laid = sorted(path for path in place.rglob("*") if path.is_file())
    digests = {path.relative_to(place).as_posix(): digest_of(path) for path in laid}
    relations = (table if curated.relations is not None else place / CATALOGUE) / "relations.toml"
    now = Root(root.path, table, refreshed, relations, manifest.edition, day)
    return Staged(now, place, manifest, digests)


def _link(file: Path, place: Path) -> None:
    """A second name for a file that is never changed; a copy on another disk, or one without such names."""
    try:
        os.link(file, place)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(file, place)
