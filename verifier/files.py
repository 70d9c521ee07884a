"""Files that are written whole or not at all, whoever reads or writes them meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

__all__ = ["make_folder", "put", "replacing", "sync_folder", "write_whole"]

_IN_USE = (5, 32)
"""What Windows says of a file that is in use (ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION)."""
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds until the next try; such programs (readers, virus scanners) are soon done."""


@contextmanager
def replacing(path: Path, *, kept: bool = False) -> Iterator[Path]:
    """A new, empty file beside `path` to write to; once that is done, it takes the place of `path`.

    If anything is raised meanwhile, the new file goes and what was there before stays. A file of a cache is
    the user's alone. With `kept`, for what the user asked for: it is on the disk before it takes the place,
    and has the permissions of the file that it replaces. Raises `OSError` if there is no writing there.
    """
    new = path.with_name(f".{path.name}-{uuid4().hex[:12]}.tmp")
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666 if kept else 0o600))
    try:
        yield new
        if kept:
            with new.open("rb+") as written:
                os.fsync(written.fileno())
            if path.exists():
                new.chmod(path.stat().st_mode & 0o777)
        _take_place(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of a cache, and the folders above it. Raises `OSError` if that cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as new:
        new.write_bytes(content)


def put(path: Path, content: bytes) -> None:
    """Write a file that must outlast a power cut: its content and its name are on the disk when this returns.

    Raises `OSError` if that cannot be; then what was there before stays.
    """
    with replacing(path, kept=True) as new:
        new.write_bytes(content)
    sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, names and all on the disk. Raises `OSError`."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows has no way to say so, and needs none."""
    if os.name == "nt":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _take_place(new: Path, path: Path) -> None:
    """Rename, and try again for a while if Windows says that somebody has the old file open."""
    for pause in _PAUSES:
        try:
            new.replace(path)
            return
        except PermissionError as exc:
            if getattr(exc, "winerror", None) not in _IN_USE:
                raise
            time.sleep(pause)
    new.replace(path)
