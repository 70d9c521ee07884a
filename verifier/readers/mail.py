"""E-mails (.eml): the text, with the formatting if it has any.

A mail that it answers is quoted and not checked, nor are a signature and attachments; but of a mail that only
passes another on, that is the text. The subject is its title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from verifier.errors import InputError
from verifier.model import Document
from verifier.readers.bylines import Dated, from_metadata
from verifier.readers.flow import Block, document_of
from verifier.readers.html import tree_of
from verifier.readers.marked_tree import Marked, read_marked
from verifier.readers.text import decode_as
from verifier.readers.threads import begins_with_head, has_own, own_of
from verifier.readers.tree import blocks_of

if TYPE_CHECKING:
    from email.message import EmailMessage, Message

    from lxml import etree

__all__ = ["content_of", "message_of", "read"]

_QUOTES = re.compile(
    r"\b(?:gmail_quote|moz-cite-prefix|yahoo_quoted|protonmail_quote)\b|divRplyFwdMsg"
    r"|gmail_signature|moz-signature|protonmail_signature|\b(?:x_|AppleMail|ms-outlook-mobile-)?signature\b",
    re.IGNORECASE,
)
"""Classes and identifiers of what quotes, or signs."""
_HEAD = re.compile(r"border:\s*none;\s*border-top:\s*solid", re.IGNORECASE)
"""How Outlook draws the line above the head of another message."""
_SECRET = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")


def read(data: bytes, name: str) -> Document:
    """Read an e-mail; its day is that on which it was sent, whatever it says.

    Raises `InputError` if it is encrypted, no e-mail, or without any prose.
    """
    message = message_of(data, name)
    part: Any = message.get_body(preferencelist=("html", "plain"))
    if part is None:
        raise InputError(f"{name}: there is no text in this e-mail")
    content, charset = content_of(part)
    if part.get_content_type() == "text/html":
        read_it: Callable[..., Marked] = partial(_of_page, content, name, charset)
    else:
        read_it = partial(_of_text, list(_paragraphs(decode_as(content, charset or "utf-8", name))))
    marked = read_it(forwarded=False)
    if not has_own(marked.blocks):
        passed_on = read_it(forwarded=True)
        marked = passed_on if has_own(passed_on.blocks) else marked
    title = _header(message, "subject")
    return marked.mark(document_of(marked.blocks, name=name, title=title, stated=_sent(message)))


def message_of(data: bytes, name: str) -> EmailMessage:
    """What has the form of an e-mail. Raises `InputError` if nothing has, or it is encrypted."""
    if not data.strip():
        raise InputError(f"{name}: the document is empty")
    # Late: it takes long to load, for what is seldom read.
    import email
    import email.policy

    try:
        message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
        kinds = [part.get_content_type() for part in message.walk()]
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as exc:
        raise InputError(f"{name}: not an e-mail, or a damaged one") from exc
    if not message.keys():
        raise InputError(f"{name}: not an e-mail: it has no headers")
    if any(kind in _SECRET for kind in kinds):
        raise InputError(f"{name}: encrypted: save it as it reads when it is opened")
    return message


def content_of(part: Message[Any, Any]) -> tuple[bytes, str]:
    """The content of a part, and the encoding of its characters that it names."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return content, str(part.get_content_charset() or "")


def _header(message: EmailMessage, key: str) -> str:
    try:
        return str(message.get(key, ""))
    except (ValueError, LookupError, AttributeError, TypeError):  # a header may hold anything
        return ""


def _sent(message: EmailMessage) -> Dated | None:
    from email.utils import parsedate_to_datetime

    try:
        return from_metadata(parsedate_to_datetime(_header(message, "date")))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _of_page(content: bytes, name: str, charset: str, *, forwarded: bool) -> Marked:
    """The formatted text; what it quotes is no prose."""
    root = tree_of(content, name, charset=charset)
    heads = set()
    for element in list(root.iter("blockquote", "div", "span", "table")):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if "divRplyFwdMsg" in marks or _HEAD.search(element.get("style") or ""):
            first = next((block.folded() for block in blocks_of(element)), "")
            heads.add(first.partition("\n")[0].strip())
            continue
        quotes = element.get("type") == "cite" or _QUOTES.search(marks)
        if quotes and not (forwarded and _passes_on(element)):
            element.tag = "pre"  # what is no prose
    return read_marked(root, partial(_own, heads=frozenset(heads), forwarded=forwarded))


def _of_text(paragraphs: list[Block], *, forwarded: bool) -> Marked:
    return Marked(tuple(own_of(paragraphs, forwarded=forwarded)))


def _own(root: etree._Element, *, heads: frozenset[str], forwarded: bool) -> list[Block]:
    return own_of(blocks_of(root), heads=heads, forwarded=forwarded)


def _passes_on(element: etree._Element) -> bool:
    """Whether what is quoted begins with the head of a message."""
    return begins_with_head("\n".join(block.folded() for block in islice(blocks_of(element), 12)))


def _paragraphs(text: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.replace("\r\n", "\n").replace("\r", "\n")):
        yield Block(paragraph.replace("\n", "\N{LINE SEPARATOR}"))
