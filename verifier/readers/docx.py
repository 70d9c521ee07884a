"""Word (.docx): the text with all tracked changes accepted, and its footnotes at the end.

`mammoth` knows the format and makes HTML of it, which is read as any other; comments, headers, footers and
pictures are left out.
"""

from __future__ import annotations

import io
import zipfile
from xml.parsers.expat import ExpatError

from verifier.errors import InputError
from verifier.model import Document
from verifier.readers.bylines import Dated
from verifier.readers.docx_parts import Styles, prepare
from verifier.readers.flow import Block, document_of
from verifier.readers.html import tree_of
from verifier.readers.packed import Packed, needs
from verifier.readers.saved import saved_on
from verifier.readers.tree import blocks_of

__all__ = ["read"]

_KIND = "a Word document (.docx)"
_WORD = "word/"
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"
_FAULTS = (
    *(ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError),
    *(ExpatError, zipfile.BadZipFile),
)
"""What mammoth lets pass for a document that is not as it should be: it has no error of its own."""


def read(data: bytes, name: str) -> Document:
    """Read a Word document; its day is that of a byline, or else that on which it was last saved.

    Raises `InputError` if it is encrypted, damaged, another format, or without any prose.
    """
    try:
        import mammoth
    except ImportError as exc:
        raise needs(name, "Word documents need", exc) from exc
    packed = Packed(data, name, kind=_KIND)
    if "[Content_Types].xml" not in packed.names():
        raise packed.without("[Content_Types].xml is missing")
    try:
        result = mammoth.convert_to_html(
            _text_parts(packed),
            convert_image=mammoth.images.img_element(lambda image: {}),
            style_map=_STYLES,
            external_file_access=False,
        )
    except _FAULTS as exc:
        raise packed.without(f"it cannot be read ({type(exc).__name__})") from exc
    if not result.value.strip():
        raise InputError(f"{name}: the document is empty")
    blocks = list(blocks_of(tree_of(f"<html><body>{result.value}</body></html>".encode(), name)))
    title, saved = _properties(packed, blocks)
    return document_of(blocks, name=name, title=title, saved=saved)


def _text_parts(packed: Packed) -> io.BytesIO:
    """The archive with its XML only, each part unpacked within limits."""
    from lxml import etree

    styles = Styles(packed.xml(f"{_WORD}styles.xml"))
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for part in dict.fromkeys(packed.names()):
            if part.startswith(_WORD) and part.endswith(".xml") and "/" not in part[len(_WORD) :]:
                root = packed.xml(part)
                if root is not None:
                    prepare(root, styles)
                    archive.writestr(part, etree.tostring(root, encoding="utf-8", xml_declaration=True))
            elif part.lower().endswith((".xml", ".rels")):
                archive.writestr(part, packed.read(part) or b"")
    copy.seek(0)
    return copy


def _properties(packed: Packed, blocks: list[Block]) -> tuple[str, Dated | None]:
    """Title, and the day when it was last saved: when it was made may be the day of a template."""
    root = packed.xml("docProps/core.xml")
    if root is None:
        return "", None
    title = root.findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    program = packed.xml("docProps/app.xml")
    counted = None if program is None else program.findtext("{*}Characters")
    return title, saved_on(root.findtext("{http://purl.org/dc/terms/}modified"), counted, packed, blocks)
