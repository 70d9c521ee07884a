"""The text of a document as a reader sees it, put together block by block, and where its prose lies in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from verifier.errors import InputError
from verifier.model import Document, Span
from verifier.readers.bylines import Dated, find_byline

__all__ = ["Block", "document_of", "starts_of"]

_GAP = "\n\n"
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_BREAK = re.compile(r" ?\N{LINE SEPARATOR} ?")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item or a row; a line separator (U+2028) in it is a line break that shows.

    What is no prose (a row of a table, code, a reply that is quoted) is kept, so that the text is whole, and
    is not checked.
    """

    text: str
    prose: bool = True

    def folded(self) -> str:
        """The text with every other run of white space as one space; hard spaces stay."""
        return _BREAK.sub("\n", _SPACES.sub(" ", self.text)).strip()


def starts_of(blocks: Iterable[Block]) -> list[int]:
    """Where each block begins in the text of the document that they make."""
    starts, at = [], 0
    for block in blocks:
        starts.append(at)
        text = block.folded()
        at += len(text) + len(_GAP) if text else 0
    return starts


def document_of(
    blocks: Iterable[Block],
    *,
    name: str,
    title: str = "",
    stated: Dated | None = None,
    saved: Dated | None = None,
) -> Document:
    """The document that the blocks make, an empty line between two.

    Its day is that which it states as its own (`stated`), else that of a byline at its head, else that on
    which its file was `saved`. Raises `InputError` if there is no prose in it.
    """
    pieces: list[str] = []
    prose: list[Span] = []
    at = 0
    for block in blocks:
        text = block.folded()
        if not text:
            continue
        if block.prose and any(map(str.isalnum, text)):
            prose.append(Span(at, at + len(text)))
        pieces.append(text)
        at += len(text) + len(_GAP)
    if not prose:
        raise InputError(f"{name}: there is no prose in it: only pictures, tables, or nothing at all")
    text = _GAP.join(pieces)
    said = (text[span.start : span.end] for span in prose)
    dated = stated or find_byline(said) or saved
    return Document(
        text=text,
        name=name,
        as_of=None if dated is None else dated.date,
        title=" ".join(title.split()),
        prose=tuple(prose),
        dated="" if dated is None else dated.how,
    )
