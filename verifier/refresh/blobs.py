"""Contents of files by their SHA-256, each kept once however many editions have it."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

from verifier.errors import InputError
from verifier.files import replacing

__all__ = ["Blobs", "digest_of"]

_CHUNK = 1 << 20
_BIG = 16 << 20
"""Bytes from which on a file is packed fast rather than well."""


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Blobs:
    """A folder of packed files named after their content; each is renamed into place once it is whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put_file(self, path: Path, digest: str) -> None:
        """Keep the content of a file whose SHA-256 is known. Raises `OSError`."""
        if self._path(digest).is_file():
            return
        level = 1 if path.stat().st_size > _BIG else 6
        with (
            replacing(self._path(digest), kept=True) as new,
            path.open("rb") as file,
            new.open("wb") as raw,
            gzip.GzipFile("", "wb", level, raw, mtime=0) as packed,
        ):
            shutil.copyfileobj(file, packed, _CHUNK)

    def put(self, data: bytes) -> str:
        """Keep some content, and give its SHA-256. Raises `OSError`."""
        digest = hashlib.sha256(data).hexdigest()
        if not self._path(digest).is_file():
            with replacing(self._path(digest), kept=True) as new:
                new.write_bytes(gzip.compress(data, mtime=0))
        return digest

    def has(self, digest: str) -> bool:
        """Whether the content is kept."""
        return self._path(digest).is_file()

    def read(self, digest: str) -> bytes:
        """The content. Raises `InputError` if it is not kept, or is damaged."""
        return b"".join(self._chunks(digest))

    def unpack(self, digest: str, path: Path) -> None:
        """Write the content to a file. Raises `InputError` as `read` does, `OSError` if there is no room."""
        with path.open("wb") as file:
            for chunk in self._chunks(digest):
                file.write(chunk)

    def digests(self) -> Iterator[str]:
        """All that is kept."""
        return (path.name.removesuffix(".gz") for path in self.folder.glob("*.gz"))

    def remove(self, digest: str) -> None:
        """Keep it no longer. Raises `OSError`."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest}.gz"

    def _chunks(self, digest: str) -> Iterator[bytes]:
        path = self._path(digest)
        found = hashlib.sha256()
        try:
            with gzip.open(path, "rb") as packed:
                while chunk := packed.read(_CHUNK):
                    found.update(chunk)
                    yield chunk
        except FileNotFoundError as exc:
            raise InputError(f"{path}: the edition lacks this file: it was removed, or is not kept") from exc
        except (OSError, EOFError, ValueError, zlib.error) as exc:
            raise InputError(f"{path}: cannot be read, or is damaged: {exc}") from exc
        if found.hexdigest() != digest:
            raise InputError(f"{path}: the file is damaged: its content is another than its name says")
