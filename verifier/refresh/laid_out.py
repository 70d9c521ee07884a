"""Tables of an edition as files again, so that claims can be checked against them.

Each table is laid out in a folder named after its content: that of the curated table, which hardly changes,
is shared by many editions, and with it its compiled form.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from verifier.errors import InputError
from verifier.refresh.blobs import Blobs
from verifier.refresh.edition import CATALOGUE, REFRESHED, Edition, fingerprint_of
from verifier.sources.compiled import forget
from verifier.sources.root import Root

__all__ = ["lay_out"]

_UNUSED = 7 * 86_400
"""Seconds after which a table that was laid out goes."""


def lay_out(edition: Edition, blobs: Blobs, *, cache_dir: Path | None, root: Root) -> Root:
    """The tables of an edition, in folders of the cache, or for this process alone if it cannot be written.

    Raises `InputError` if the edition is not whole.
    """
    folder = _cache(cache_dir)
    tables: dict[str, dict[str, str]] = {}
    for path, digest in edition.files.items():
        table, _, name = path.partition("/")
        if not name or name != Path(name).name or table in ("", ".", "..") or table != Path(table).name:
            raise InputError(f"edition {edition.number}: {path!r} is not the name of a file of a table")
        tables.setdefault(table, {})[name] = digest
    laid = {table: _lay_out(folder, table, files, blobs) for table, files in tables.items()}
    curated = next((path for table, path in laid.items() if table not in (CATALOGUE, REFRESHED)), None)
    if curated is None or REFRESHED not in laid:
        raise InputError(f"edition {edition.number}: its record names no curated or no refreshed table")
    relations = laid.get(CATALOGUE, curated) / "relations.toml"
    _sweep(folder, used=set(laid.values()), cache_dir=cache_dir)
    return Root(root.path, curated, laid[REFRESHED], relations, edition.number, edition.day)


def _cache(cache_dir: Path | None) -> Path:
    if cache_dir is not None:
        with suppress(OSError):
            folder = cache_dir / "editions"
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
    folder = Path(tempfile.mkdtemp(prefix="verifier-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _lay_out(folder: Path, table: str, files: Mapping[str, str], blobs: Blobs) -> Path:
    named = {f"{table}/{name}": digest for name, digest in files.items()}
    place = folder / fingerprint_of(named)[:32]
    path = place / table
    if path.is_dir():
        with suppress(OSError):
            os.utime(place)
        return path
    new = folder / f".{place.name}-{uuid4().hex[:12]}.tmp"
    try:
        (new / table).mkdir(parents=True)
        for name, digest in files.items():
            blobs.unpack(digest, new / table / name)
        with suppress(OSError):  # another process has just laid it out
            new.rename(place)
        if not path.is_dir():
            raise InputError(f"{path}: cannot be written")
    except OSError as exc:
        raise InputError(f"{folder}: the edition cannot be laid out: {exc.strerror or exc}") from exc
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return path


def _sweep(folder: Path, *, used: set[Path], cache_dir: Path | None) -> None:
    """Remove what was not used for long, and its compiled form."""
    oldest = time.time() - _UNUSED
    with suppress(OSError):
        for place in folder.iterdir():
            if place.stat().st_mtime > oldest or any(path.parent == place for path in used):
                continue
            if cache_dir is not None and not place.name.startswith("."):
                for table in place.iterdir():
                    forget(table, cache_dir=cache_dir)
            shutil.rmtree(place, ignore_errors=True)
