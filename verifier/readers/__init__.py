"""From a file or a stream to what is to be checked: a `Document`, or the rows of a claims table.

The suffix of a file decides what it is read as. To add a format, write a module with a `read` of the same
shape and give it a row in `READERS`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from verifier.errors import InputError
from verifier.model import ClaimRow, Document
from verifier.readers import claims_table, markdown, text

__all__ = ["READERS", "Reader", "files_in", "looks_like_path", "read", "suffix_of"]

Reader = Callable[[bytes, str], Document | tuple[ClaimRow, ...]]
"""The bytes of an input and its name; raises `InputError` for what it cannot read."""

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "": text.read,
        ".txt": text.read,
        ".text": text.read,
        ".md": markdown.read,
        ".markdown": markdown.read,
        ".csv": claims_table.read,
        ".tsv": claims_table.read,
        ".jsonl": claims_table.read,
        ".ndjson": claims_table.read,
        ".parquet": claims_table.read,
    }
)
"""How a file is read, by its suffix in lower case; "" is a file without one."""


_DOCUMENTS = (
    ".doc",
    ".docx",
    ".epub",
    ".htm",
    ".html",
    ".json",
    ".odt",
    ".pdf",
    ".rst",
    ".rtf",
    ".tex",
    ".xls",
    ".xlsx",
)
"""Known as files, though not read: their names are never taken for claims."""


def looks_like_path(text: str) -> bool:
    """Whether an input is the name of a file: it exists, or has no white space but a separator or suffix."""
    if "\0" in text or not text.strip() or len(text) > 4096:
        return False
    if not any(character.isspace() for character in text):
        suffix = suffix_of(text)
        if os.sep in text or "/" in text or (suffix and (suffix in READERS or suffix in _DOCUMENTS)):
            return True
    return os.path.exists(text)


def suffix_of(name: str) -> str:
    """The suffix that `READERS` knows a name by; a name of a day ("2021-02-01" or "2021.02.01") has none."""
    suffix = Path(name).suffix.casefold()
    return "" if suffix[1:].isdigit() else suffix


def read(path: Path) -> Document | tuple[ClaimRow, ...]:
    """Read one file by its suffix.

    Raises `InputError` that says what is wrong and what would be right: no such file, a folder, a format that
    is not read, an encoding without a byte order mark other than UTF-8, a broken table, nothing in it.
    """
    reader = READERS.get(suffix_of(path.name))
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError(f"{path}: a folder, not a file")
        if reader is None:
            known = ", ".join(suffix for suffix in READERS if suffix)
            raise InputError(f"{path}: {path.suffix} files are not read: save it as one of {known}")
        data = path.read_bytes()
    except FileNotFoundError as exc:
        raise InputError(f"{path}: there is no such file") from exc
    except (OSError, ValueError) as exc:
        raise InputError(f"{path}: cannot be read: {getattr(exc, 'strerror', None) or exc}") from exc
    return reader(data, str(path))


def files_in(folder: Path, *, unlisted: Callable[[str, InputError], None] | None = None) -> Iterator[Path]:
    """The files under a folder that have a suffix `READERS` knows, in the order of their paths.

    Hidden files and folders are left out, and links to folders are not followed. Raises `InputError` if a
    folder cannot be listed; `unlisted` is told the folder and the error instead, and the rest goes on.
    """

    def refuse(exc: OSError) -> None:
        error = InputError(f"{exc.filename}: cannot be listed: {exc.strerror}")
        if unlisted is None:
            raise error from exc
        unlisted(str(exc.filename), error)

    found = []
    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(parent, name) for name in names if not name.startswith(".") and suffix_of(name) in READERS
        ]
    yield from sorted(path for path in found if path.suffix)
