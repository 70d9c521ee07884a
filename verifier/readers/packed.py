"""Documents that are zip archives of XML (Word, OpenDocument, EPUB), opened so that none does harm.

What is read of an archive is limited by its size when it is unpacked, and no XML part may define entities,
which could blow it up or fetch files.
"""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from verifier.errors import InputError

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Packed", "needs"]

_LARGEST = 32 << 20
_WHOLE = 128 << 20
_MEMBERS = 20_000
_NO_YEAR = 1980
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of old Office begin, and new ones that are encrypted."""
_OTHERS = {
    "word/document.xml": "a Word document (.docx)",
    "xl/workbook.xml": "an Excel file (.xlsx)",
    "ppt/presentation.xml": "a PowerPoint file (.pptx)",
    "META-INF/container.xml": "an electronic book (.epub)",
    "content.xml": "an OpenDocument file",
}
"""What an archive is that has this part."""
_ENTITIES = tuple("<!ENTITY".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def needs(name: str, what: str, exc: ImportError) -> InputError:
    """The error for a format whose library is not installed."""
    return InputError(
        f"{name}: {what} {exc.name or 'a library'}: pip install '.[documents]' in the checkout of verifier"
    )


class Packed:
    """The parts of one archive, each unpacked when it is read. `kind` is what messages call it."""

    def __init__(self, data: bytes, name: str, *, kind: str) -> None:
        self.name, self._kind = name, kind
        self._read = 0
        if data.startswith(_COMPOUND):
            raise InputError(
                f"{name}: encrypted, or a file of an old program: save it as {kind} without a password"
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as exc:
            raise self._broken("it is no zip archive, or a damaged one") from exc
        if len(self._zip.filelist) > _MEMBERS:
            raise self._broken(f"it has {len(self._zip.filelist):,} parts, more than a document has")

    def names(self) -> list[str]:
        """The names of the parts, in the order in which they are packed."""
        return self._zip.namelist()

    def written(self) -> datetime.date | None:
        """The day on which the latest part was packed; None if they have none, which is said by 1980."""
        days = [info.date_time[:3] for info in self._zip.filelist if info.date_time[0] > _NO_YEAR]
        try:
            return datetime.date(*max(days)) if days else None
        except ValueError:
            return None

    def read(self, part: str) -> bytes | None:
        """One part, or None if there is none.

        Raises `InputError` if it is encrypted, damaged, too large, or defines entities.
        """
        try:
            info = self._zip.getinfo(part)
        except KeyError:
            return None
        if info.flag_bits & 0x1:
            raise InputError(f"{self.name}: encrypted: save it without a password")
        self._read += info.file_size
        if info.file_size > _LARGEST or self._read > _WHOLE:
            raise InputError(
                f"{self.name}: too large when it is unpacked ({info.file_size:,} bytes in {part})"
            )
        try:
            content = self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as exc:
            raise self._broken(f"{part} cannot be unpacked") from exc
        if any(entities in content for entities in _ENTITIES):
            raise InputError(f"{self.name}: {part} defines XML entities, which no document needs: not read")
        return content

    def xml(self, part: str) -> etree._Element | None:
        """The root of one XML part, or None if there is no such part. Raises `InputError` as `read` does."""
        content = self.read(part)
        if content is None:
            return None
        from lxml import etree

        try:
            root: Any = etree.fromstring(
                content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
            )
        except (etree.XMLSyntaxError, ValueError) as exc:
            raise self._broken(f"{part} is not well-formed XML") from exc
        return root

    def without(self, problem: str) -> InputError:
        """The error for an archive that lacks what makes it a document: it may be one of another kind."""
        names = frozenset(self.names())
        other = next((kind for part, kind in _OTHERS.items() if part in names and kind != self._kind), None)
        return self._broken(problem if other is None else f"it is {other}")

    def _broken(self, problem: str) -> InputError:
        return InputError(f"{self.name}: not {self._kind}: {problem}")
