"""OpenDocument text (.odt): the text with all tracked changes accepted, and its notes at the end.

The elements are those of https://docs.oasis-open.org/office/OpenDocument/v1.3/; they are given the names of
HTML's, and read as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.errors import InputError
from verifier.model import Document
from verifier.readers.bylines import Dated
from verifier.readers.flow import Block, document_of
from verifier.readers.odt_styles import Styles, clear_unseen
from verifier.readers.packed import Packed, needs
from verifier.readers.saved import saved_on
from verifier.readers.tree import blocks_of, drop, tag_of

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read"]

_KIND = "an OpenDocument text (.odt)"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"

_HTML = {
    "h": "h2",
    "list": "ul",
    "list-item": "li",
    "list-header": "li",
    "table-row": "tr",
    "table-cell": "td",
    "covered-table-cell": "td",
    "line-break": "br",
    "text-box": "div",
    "frame": "span",
    "section": "div",
}
_NAMES_OF_UNREAD = """
tracked-changes annotation annotation-end sequence-decls variable-decls user-field-decls forms scripts
table-of-content alphabetical-index illustration-index table-index object-index user-index bibliography
hidden-text note-citation ruby-text image object title desc
"""
_UNREAD = frozenset(_NAMES_OF_UNREAD.split())
_SPACES = frozenset(["s", "tab"])


def read(data: bytes, name: str) -> Document:
    """Read an OpenDocument text; its day is that of a byline, or else that on which it was last saved.

    Raises `InputError` if it is encrypted, damaged, another format, or without any prose.
    """
    try:
        from lxml import etree
    except ImportError as exc:
        raise needs(name, "OpenDocument needs", exc) from exc
    packed = Packed(data, name, kind=_KIND)
    if b"encryption-data" in (packed.read("META-INF/manifest.xml") or b""):
        raise InputError(f"{name}: encrypted: save it without a password")
    content = packed.xml("content.xml")
    body = None if content is None else content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise packed.without("there is no text in it")
    styles = Styles(packed.xml("styles.xml"), content)
    clear_unseen(body, styles)
    _put_after(body)
    raised = [span for span in body.iter(f"{_TEXT}span") if styles.is_raised(span)]
    notes = etree.SubElement(body, "div")
    for element in list(body.iter()):
        _rename(element, notes)
    for span in raised:
        span.tag = "sup"
    blocks = list(blocks_of(body))
    title, saved = _properties(packed, blocks)
    return document_of(blocks, name=name, title=title, saved=saved)


def _put_after(body: etree._Element) -> None:
    """Put boxes and shapes with text in them behind the paragraph that they are bound to."""
    from lxml import etree

    boxes = [
        element
        for element in body.iter(f"{_DRAW}*")
        if any(child.tag in (f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}list") for child in element)
    ]
    known = frozenset(boxes)
    bound: list[tuple[etree._Element, etree._Element]] = []
    for box in boxes:
        paragraph = None
        for outer in box.iterancestors():
            if outer in known:
                break
            if outer.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                paragraph = outer
        if paragraph is not None:
            bound.append((box, paragraph))
    drop(box for box, _ in bound)
    last: dict[etree._Element, etree._Element] = {}
    for box, paragraph in bound:
        block = etree.Element("div")
        block.append(box)
        last.get(paragraph, paragraph).addnext(block)
        last[paragraph] = block


def _rename(element: etree._Element, notes: etree._Element) -> None:
    """Give an element its name in HTML; a note goes to the end."""
    tag = tag_of(element)
    if tag in _UNREAD:
        element.tag = "template"
    elif tag in _SPACES:
        element.tag, element.text = "span", " "
    elif tag == "note":
        element.tag = "span"
    elif tag == "note-body":
        element.tag = "div"
        notes.append(element)
    elif tag in _HTML:
        element.tag = _HTML[tag]


def _properties(packed: Packed, blocks: list[Block]) -> tuple[str, Dated | None]:
    root = packed.xml("meta.xml")
    if root is None:
        return "", None
    meta = f"{_OFFICE}meta"
    said = root.findtext(f"{meta}/{_DC}date") or root.findtext(f"{meta}/{_META}creation-date")
    counts = root.find(f"{meta}/{_META}document-statistic")
    counted = None if counts is None else counts.get(f"{_META}character-count")
    return root.findtext(f"{meta}/{_DC}title") or "", saved_on(said, counted, packed, blocks)
