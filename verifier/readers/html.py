"""Web pages, as they are saved: the text of the article, without menus, related links, comments and footers.

`trafilatura` tells which part of the page that is; a page without any of these, as a word processor writes
it, is read whole. A page in one file (.mhtml) is read as the page in it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import partial
from itertools import dropwhile
from typing import TYPE_CHECKING, Any

from verifier.errors import InputError
from verifier.model import Document
from verifier.readers.bylines import Dated, find_byline
from verifier.readers.flow import Block, document_of
from verifier.readers.marked_tree import read_marked
from verifier.readers.packed import needs
from verifier.readers.page_dates import published
from verifier.readers.text import decode_as
from verifier.readers.tree import blocks_of, drop, is_hidden, is_note_mark, tag_of

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read", "read_page", "tree_of"]

_LARGEST = 16 << 20
_MOST = 20_000
"""Elements of a page in which the article is looked for: that takes much longer for more."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|\A\s*<\?xml\s[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_WINDOWS = frozenset(["iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"])
"""What browsers read as Windows-1252: https://encoding.spec.whatwg.org/#names-and-labels"""
_FURNITURE = frozenset(["nav", "aside", "footer", "form", "iframe", "button", "article", "main"])
_TEI = {
    "head": "h2",
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "lb": "br",
    "ref": "span",
    "hi": "span",
    "del": "s",
    "graphic": "img",
}
"""What trafilatura calls the elements of a text, in HTML."""


def read(data: bytes, name: str) -> Document:
    """Read a saved page. Raises `InputError` if it is empty, too large, no page, or without any prose."""
    return read_page(data, name)


def read_page(data: bytes, name: str, *, charset: str = "") -> Document:
    """The same, where the server that sent the page named its encoding."""
    root = tree_of(data, name, charset=charset)
    title = _text(next(root.iter("title"), None))
    headline = next((_text(heading) for heading in root.iter("h1") if _text(heading)), "")
    stated = published(root) or _byline(root, headline)
    marked = read_marked(root, partial(_main, name=name))
    if headline and not any(block.folded() == headline for block in marked.blocks[:3]):
        marked = replace(marked, blocks=(Block(headline), *marked.blocks))
    return marked.mark(document_of(marked.blocks, name=name, title=headline or title, stated=stated))


def tree_of(data: bytes, name: str, *, charset: str = "") -> etree._Element:
    """The tree of a page. Raises `InputError` if there is none."""
    if len(data) > _LARGEST:
        raise InputError(f"{name}: {len(data):,} bytes are too many for a page")
    try:
        from lxml import etree
        from lxml.html import HTMLParser
    except ImportError as exc:
        raise needs(name, "HTML needs", exc) from exc
    text = _decode(data, name, charset)
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise InputError(f"{name}: there is no page in it") from exc
    if root is None:
        raise InputError(f"{name}: the page is empty")
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise InputError(f"{name}: its elements are nested too deeply, hundreds in one another: not read")
    return root


def _decode(data: bytes, name: str, charset: str) -> str:
    """The characters of a page, as a browser reads them; it must be UTF-8 if no encoding is declared."""
    for mark, known in _MARKS:
        if data.startswith(mark):
            encoding, data = known, data[len(mark) :]
            break
    else:
        declared = _DECLARED.search(data[:4096])
        stated = "" if declared is None else (declared[1] or declared[2]).decode("ascii")
        # What can be read byte by byte is not UTF-16, whatever it says (HTML, 13.2.3.2).
        encoding = charset or ("utf-8" if stated.lower().startswith("utf-16") else stated)
    if encoding:
        text = decode_as(data, "windows-1252" if encoding.lower() in _WINDOWS else encoding.lower(), name)
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as exc:
            wrong = f"byte {exc.start} (0x{data[exc.start]:02X}) is not UTF-8"
            raise InputError(f"{name}: {wrong}, and no encoding is declared: save it as UTF-8") from exc
    if "\0" in text:
        raise InputError(f"{name}: not a page (it holds a NUL character)")
    if not text.strip():
        raise InputError(f"{name}: the document is empty")
    return text


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _byline(root: etree._Element, headline: str) -> Dated | None:
    """The day that stands below the headline."""
    if not headline:
        return None
    following = dropwhile(lambda text: text != headline, (block.folded() for block in blocks_of(root)))
    next(following, None)
    return find_byline(following)


def _main(root: etree._Element, *, name: str) -> list[Block]:
    """The blocks of the article."""
    if not _has_furniture(root):
        return list(blocks_of(root))
    if sum(1 for _ in root.iter()) > _MOST:
        return list(blocks_of(_without_furniture(root)))
    try:
        import trafilatura
    except ImportError as exc:
        raise needs(name, "web pages need", exc) from exc
    drop(list(_no_text(root)))
    found: Any = trafilatura.bare_extraction(
        deepcopy(root), include_comments=False, include_tables=True, with_metadata=False, deduplicate=False
    )
    body = None if found is None else found.body
    if body is None or not len(body):
        return list(blocks_of(_without_furniture(root)))
    for element in body.iter():
        tag = tag_of(element)
        if tag == "code" and element.getparent() is body:
            element.tag = "pre"
        elif tag in _TEI:
            element.tag = _TEI[tag]
    return list(blocks_of(body))


def _has_furniture(root: etree._Element) -> bool:
    """Whether there is more on a page than its text: what says so, or a block that is only a link."""
    for element in root.iter():
        tag = tag_of(element)
        if tag in _FURNITURE:
            return True
        if tag == "a" and not (element.get("href") or "#").startswith(("#", "mailto:")):
            parent = element.getparent()
            alone = parent is not None and tag_of(parent) in ("li", "p", "div", "td", "h2", "h3", "h4")
            if (
                alone
                and len(parent) == 1
                and not (parent.text or "").strip()
                and not (element.tail or "").strip()
            ):
                return True
    return False


def _without_furniture(root: etree._Element) -> etree._Element:
    """The page without what says of itself that it is no part of the text: where nothing better is known."""
    for element in list(root.iter("nav", "aside", "footer")):
        element.tag = "template"
    return root


def _no_text(root: etree._Element) -> Iterator[etree._Element]:
    """The marks of footnotes, and what is struck out or hidden."""
    for element in root.iter():
        tag = tag_of(element)
        if tag in ("a", "sup"):
            if is_note_mark(element):
                yield element
        elif tag in ("del", "s", "strike") or (tag not in ("html", "body", "head") and is_hidden(element)):
            yield element
