"""Files that are written whole or not at all, whoever reads or writes them meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

__all__ = ["replacing", "write_whole"]


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
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of a cache, and the folders above it. Raises `OSError` if that cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as new:
        new.write_bytes(content)
