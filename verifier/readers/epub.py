"""Electronic books (.epub): their chapters in the order in which they are read.

How the parts are found is told by https://www.w3.org/TR/epub-33/.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html.entities import html5
from typing import TYPE_CHECKING
from urllib.parse import unquote

from verifier.errors import InputError
from verifier.model import Document
from verifier.readers.bylines import from_metadata
from verifier.readers.flow import Block, document_of
from verifier.readers.html import tree_of
from verifier.readers.packed import Packed, needs
from verifier.readers.tree import blocks_of

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read"]

_KIND = "an electronic book (.epub)"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset([b"amp", b"lt", b"gt", b"quot", b"apos"])


def read(data: bytes, name: str) -> Document:
    """Read an electronic book; its day is that of its metadata, if it states one.

    Raises `InputError` if it is encrypted, damaged, another format, or without any prose.
    """
    try:
        import lxml.etree  # noqa: F401
    except ImportError as exc:
        raise needs(name, "electronic books need", exc) from exc
    packed = Packed(data, name, kind=_KIND)
    container = packed.xml("META-INF/container.xml")
    rootfile = None if container is None else container.find(".//{*}rootfile")
    place = "" if rootfile is None else rootfile.get("full-path") or ""
    package = packed.xml(place) if place else None
    if package is None:
        raise packed.without("it does not say where its contents are")
    pages = list(dict.fromkeys(_pages(package, posixpath.dirname(place))))  # no page is listed twice
    _refuse_encrypted(packed, pages)
    days = (from_metadata(found.text) for found in package.iterfind("{*}metadata/{*}date"))
    return document_of(
        _blocks(packed, pages),
        name=name,
        title=package.findtext("{*}metadata/{*}title") or "",
        stated=next((found for found in days if found is not None), None),
    )


def _pages(package: etree._Element, folder: str) -> Iterator[str]:
    """The parts that are read one after another, without the table of contents."""
    items = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}
    for reference in package.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if (
            item is None
            or item.get("media-type") not in _PAGES
            or "nav" in (item.get("properties") or "").split()
        ):
            continue
        yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))


def _refuse_encrypted(packed: Packed, pages: list[str]) -> None:
    """Fonts may be obfuscated, pages must not."""
    encryption = packed.xml("META-INF/encryption.xml")
    if encryption is None:
        return
    hidden = {unquote(found.get("URI") or "") for found in encryption.iter("{*}CipherReference")}
    if hidden.intersection(pages):
        raise InputError(f"{packed.name}: encrypted: a book without protection is needed")


def _blocks(packed: Packed, pages: list[str]) -> Iterator[Block]:
    for page in pages:
        content = packed.read(page)
        if content is None or not content.strip():
            continue
        yield from blocks_of(_tree(content, packed.name))


def _tree(content: bytes, name: str) -> etree._Element:
    """The tree of a page: XML if it is well-formed, as it should be; else as a browser would read it."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root: etree._Element = etree.fromstring(_NAMED.sub(_character, content), parser)
    except (etree.XMLSyntaxError, ValueError):
        return tree_of(content, name)
    return root


def _character(match: re.Match[bytes]) -> bytes:
    """A character that HTML names and XML does not."""
    character = html5.get(match[1].decode() + ";")
    if character is None or match[1] in _OF_XML:
        return match[0]
    return b"".join(b"&#%d;" % ord(one) for one in character)
