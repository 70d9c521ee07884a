"""Documents at web addresses, read with `--online`: what leaves this machine is a request for the page.

Only http and https, only hosts of the public net (also after redirects, and by the address that is connected
to), within limits of size and time. What comes is read as the file of its media type.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from email.message import Message
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from verifier.errors import InputError, SourceError
from verifier.model import Document
from verifier.readers import docx, epub, html, markdown, odt, pdf, text
from verifier.settings import Settings, require_contact
from verifier.sources.http.manners import Manners
from verifier.sources.http.patience import Patience
from verifier.sources.http.redirects import host, without_password
from verifier.sources.http.transport import Reply, Transport

__all__ = ["PATIENCE", "read_address"]

PATIENCE = Patience(tries=2, read=20.0, whole=60.0, longest_wait=20.0, largest=32 << 20)
"""Somebody waits; and no article is larger."""

_ACCEPT = "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.8, */*;q=0.5"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    _OFFICE: ".docx",
}
"""As which file a media type is read."""
_BY_BYTES = {".docx": docx.read, ".odt": odt.read, ".epub": epub.read, ".pdf": pdf.read}
_BY_CHARACTERS = {".md": markdown.read, ".markdown": markdown.read, ".txt": text.read}
_VAGUE = ("application/octet-stream", "binary/octet-stream", "text/plain")
"""Media types that servers give files that they do not know."""


def read_address(
    address: str,
    *,
    settings: Settings,
    trace: Callable[[str], None] | None = None,
    patience: Patience = PATIENCE,
    public_only: bool = True,
) -> Document:
    """Read what stands at a web address.

    Raises `InputError` if nothing may be asked, nothing good is answered, or it cannot be read, and
    `UsageError` without a contact.
    """
    name = without_password(address.strip())
    asked = _host(name)
    if not settings.online:
        raise InputError(
            f"{name}: a web address is read only with --online (a request is sent to {asked}), "
            "or save the page and give the file"
        )
    require_contact(settings.contact)
    transport = Transport(settings.contact, trace=trace, public_only=public_only)
    manners = Manners(patience)
    send = partial(
        transport.send,
        address.strip(),
        {},
        accept=_ACCEPT,
        posted=False,
        limits=manners.limits(query=False),
        roam=True,
    )
    try:
        reply = manners.ask(asked, partial(manners.reply, asked, send, query=False))
    except SourceError as exc:
        raise InputError(f"{name}: it cannot be read: {exc}") from exc
    finally:
        transport.close()
    # Whoever wrote a page of the web does not decide what its readers hear.
    return replace(_read(reply, name), name=name, marks=())


def _host(address: str) -> str:
    """The host of an address. Raises `InputError` if it is none that is read."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # which is wrong only once it is asked for
    except ValueError as exc:
        raise InputError(f"{address}: not a web address") from exc
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise InputError(f"{address}: only web addresses that begin with https:// or http:// are read")
    return host(address)


def _read(reply: Reply, name: str) -> Document:
    """The document in an answer, by its media type, else by its name, else by how it begins."""
    header = Message()
    header["Content-Type"] = reply.headers.get("Content-Type", "") or "application/octet-stream"
    media, charset = header.get_content_type(), str(header.get_content_charset() or "")
    kind = _KINDS.get(media, "")
    suffix = PurePosixPath(unquote(urlsplit(name).path)).suffix.casefold()
    if media in _VAGUE and suffix in (*_BY_BYTES, *_BY_CHARACTERS):
        kind = suffix
    if not kind and reply.body.startswith(b"%PDF-"):
        kind = ".pdf"
    if kind == ".html":
        return html.read_page(reply.body, name, charset=charset)
    if kind in _BY_BYTES:
        return _BY_BYTES[kind](reply.body, name)
    if kind in _BY_CHARACTERS:
        return _BY_CHARACTERS[kind](_as_utf8(reply.body, name, charset), name)
    raise InputError(f"{name}: it is {media}, which is not read: give a page, a PDF or a text")


def _as_utf8(body: bytes, name: str, charset: str) -> bytes:
    if not charset:
        return body
    try:
        return body.decode(charset).encode("utf-8", "replace")
    except (LookupError, ValueError) as exc:
        raise InputError(f"{name}: it is not encoded as its server says ({charset[:40]})") from exc
