"""PDF: its text in paragraphs, as far as the places of its letters tell them."""

from __future__ import annotations

import re
from typing import Any

from verifier.errors import InputError
from verifier.model import Document
from verifier.readers.bylines import Dated, from_metadata
from verifier.readers.flow import document_of
from verifier.readers.packed import needs
from verifier.readers.pdf_initials import with_initials
from verifier.readers.pdf_layout import blocks_of_lines
from verifier.readers.pdf_lines import Line, lines_of

__all__ = ["read"]

_PAGES = 2_000
_LETTERS = 5_000_000
_DAY = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


def read(data: bytes, name: str) -> Document:
    """Read a PDF; its day is that of a byline, or else that on which the file was made.

    Raises `InputError` if it is encrypted, damaged, no PDF, too long, or a picture of a text.
    """
    if b"%PDF-" not in data[:1024]:
        raise InputError(f"{name}: not a PDF" if data.strip() else f"{name}: the document is empty")
    try:
        import pypdfium2
    except ImportError as exc:
        raise needs(name, "PDF needs", exc) from exc
    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        if "password" in str(exc).casefold():
            raise InputError(f"{name}: encrypted: save it without a password") from exc
        raise InputError(f"{name}: not a PDF, or a damaged one") from exc
    try:
        pages = _pages(document, name)
        if not any(pages):
            raise InputError(
                f"{name}: there is no text in it, only pictures of one: recognise its text (OCR) first"
            )
        properties = document.get_metadata_dict()
    except pypdfium2.PdfiumError as exc:
        raise InputError(f"{name}: a damaged PDF: {exc}") from exc
    finally:
        document.close()
    return document_of(
        blocks_of_lines(pages), name=name, title=properties.get("Title") or "", saved=_made(properties)
    )


def _pages(document: Any, name: str) -> list[list[Line]]:
    if len(document) > _PAGES:
        raise InputError(f"{name}: it has {len(document):,} pages, more than are read ({_PAGES:,})")
    pages: list[list[Line]] = []
    letters = 0
    for number in range(len(document)):
        page = document[number]
        try:
            pages.append(with_initials(lines_of(page, number)))
        finally:
            page.close()
        letters += sum(len(line.text) for line in pages[-1])
        if letters > _LETTERS:
            raise InputError(f"{name}: it has more text than is read ({_LETTERS:,} letters)")
    return pages


def _made(properties: dict[str, str]) -> Dated | None:
    day = _DAY.match(properties.get("CreationDate") or "")
    return None if day is None else from_metadata("-".join(day.groups()))
