"""E-mails (.eml): the text, with the formatting if it has any.

A mail that it answers is quoted and not checked, nor are a signature and attachments. The subject is its
title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from verifier.errors import InputError
from verifier.model import Document
from verifier.readers.bylines import Dated, from_metadata
from verifier.readers.flow import Block, document_of
from verifier.readers.html import tree_of
from verifier.readers.marked_tree import Marked, read_marked
from verifier.readers.text import decode_as

if TYPE_CHECKING:
    from email.message import EmailMessage, Message

    from lxml import etree

__all__ = ["content_of", "message_of", "read"]

_QUOTES = re.compile(r"\b(?:gmail_quote|moz-cite-prefix|yahoo_quoted|protonmail_quote)\b|divRplyFwdMsg")
_QUOTED = re.compile(r"[ \t]*>")
_INTRODUCES = re.compile(r"(?:on|am|le|el|il) .{5,200}:\s*\Z", re.IGNORECASE | re.DOTALL)
_SECRET = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")


def read(data: bytes, name: str) -> Document:
    """Read an e-mail; its day is that of a byline in it, or else that on which it was sent.

    Raises `InputError` if it is encrypted, no e-mail, or without any prose.
    """
    message = message_of(data, name)
    part: Any = message.get_body(preferencelist=("html", "plain"))
    if part is None:
        raise InputError(f"{name}: there is no text in this e-mail")
    content, charset = content_of(part)
    if part.get_content_type() == "text/html":
        marked = read_marked(_page(content, name, charset))
    else:
        marked = Marked(tuple(_of_text(decode_as(content, charset or "utf-8", name))))
    title = _header(message, "subject")
    return marked.mark(document_of(marked.blocks, name=name, title=title, saved=_sent(message)))


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


def _page(content: bytes, name: str, charset: str) -> etree._Element:
    """The formatted text; what it quotes is no prose."""
    root = tree_of(content, name, charset=charset)
    for element in root.iter("blockquote", "div"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.get("type") == "cite" or _QUOTES.search(marks):
            element.tag = "pre"  # what is no prose
    return root


def _of_text(text: str) -> Iterator[Block]:
    """Paragraphs; those that quote, introduce a quotation or sign are no prose."""
    signed = False
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.replace("\r\n", "\n").replace("\r", "\n"))
    for number, paragraph in enumerate(paragraphs):
        own: list[str] = []
        for line in [*paragraph.split("\n"), None]:
            quoted = line is not None and _QUOTED.match(line) is not None
            signed = signed or line in ("-- ", "--")
            if line is None or quoted or signed:
                follows = quoted or _quotes_next(paragraphs, number)
                said = "\N{LINE SEPARATOR}".join(own)
                yield Block(said, prose=not (follows and _INTRODUCES.match(said)))
                own.clear()
                if line is not None:
                    yield Block(line, prose=False)
            else:
                own.append(line)


def _quotes_next(paragraphs: list[str], number: int) -> bool:
    return number + 1 < len(paragraphs) and _QUOTED.match(paragraphs[number + 1]) is not None
