"""Web pages that a browser saved in one file (.mhtml), which has the form of an e-mail."""

from __future__ import annotations

from verifier.errors import InputError
from verifier.model import Document
from verifier.readers.html import read_page
from verifier.readers.mail import content_of, message_of

__all__ = ["read"]


def read(data: bytes, name: str) -> Document:
    """Read the page in the file; its day is what the page says, not that on which it was saved.

    Raises `InputError` as `html.read` does.
    """
    for part in message_of(data, name).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content, charset = content_of(part)
            return read_page(content, name, charset=charset)
    raise InputError(f"{name}: there is no web page in it")
