"""Plain text: all of it is prose."""

from __future__ import annotations

import codecs

from verifier.errors import InputError
from verifier.model import Document

__all__ = ["decode", "read"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, name: str) -> str:
    """The characters as they are written, line ends included; only a byte order mark is no part of the text.

    UTF-8, or what a byte order mark says. Raises `InputError` for anything else: a guess would put wrong
    letters into names.
    """
    encoding, start = next(
        ((known, len(mark)) for mark, known in _MARKS if data.startswith(mark)), ("utf-8", 0)
    )
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as exc:
        at = start + exc.start
        line = data.count(b"\n", 0, at) + 1
        raise InputError(
            f"{name}:{line}: byte {at} (0x{data[at]:02X}) is not {encoding.upper()}: save the text as UTF-8"
        ) from exc
    if "\0" in text:
        raise InputError(f"{name}: not a text (it holds a NUL character): save it as text or Markdown")
    if not text.strip():
        raise InputError(f"{name}: the document is empty")
    return text


def read(data: bytes, name: str) -> Document:
    """Read a plain text. Raises `InputError` if it is empty, binary or in another encoding."""
    return Document(text=decode(data, name), name=name)
