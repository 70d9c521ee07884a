"""Where sentences begin and end, without a parser: paragraphs first, then full stops that end something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from verifier.model import Span
from verifier.text.words import fold

__all__ = ["sentences"]

_PARAGRAPH = re.compile(
    r"""(?>\r\n?|\n)[^\S\r\n]*                                            # atomic: \r\n is one line end
        (?: (?>\r\n?|\n)\s*                                               # an empty line
          | (?=(?:[-*+•] | (?P<number>\d{1,3}[.)]) | \#{1,6} | >)\s) )     # or a line that begins with a mark
    """,
    re.VERBOSE,
)
_FURNITURE = re.compile(r"\s*(?:(?:[-*+•]|\d{1,3}[.)]|#{1,6}|>)\s+)+")
_STOP = re.compile(
    r"""(?<![.!?])[.!?]++["')\]*_]*+(?:(?=\s++["'(\[*_]*+[A-Z0-9À-ÖØ-Þ\u0370-\u1fff])|\s*+\Z)"""
)
"""Nothing is tried twice, so that a row of a million stops takes linear time."""
_LAST_WORD = re.compile(r"(\S+)\Z")
_CLOSERS = "\"'”’»)]*_"
_CAPTION = re.compile(r"\s*(?:Pictured|File photo|Photo|Image|Caption|Read more)\s*:\s*", re.IGNORECASE)

_LONGEST = 2_000
"""Characters after which a sentence that does not end is cut at a space: it is no prose."""
_MOST = 600
"""Words and marks after which it is cut."""
_PIECE = re.compile(r"\w+|[^\w\s]")
_DATELINE = re.compile(
    r"""\s*[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'. ]{2,40}      # PRISTINA or TEL AVIV
        (?:,[^-\n]{0,40}?|\s\([A-Za-z ]{2,30}\))?\s+-\s+(?=["'A-Z])      # , March 20 - or (Reuters) -
    """,
    re.VERBOSE,
)

# Abbreviations that are followed by a capital letter without ending the sentence.
_ABBREVIATED = """
mr mrs ms dr prof st sr jr gen col lt sgt capt maj adm sen rep gov hon rev pres messrs mt ft no nos vol
fig jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun vs etc inc ltd co corp
bros approx ca c cf ed eds al viz e.g i.e u.s u.k u.n d.c p.m a.m bn mn
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())


def sentences(text: str, prose: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The sentences of a text, in order; list marks, headings' marks and white space stay outside.

    With `prose`, only these parts of the text are read. Takes time linear in the text.
    """
    folded = fold(text)
    found: list[Span] = []
    for part in prose or (Span(0, len(text)),):
        for paragraph in _paragraphs(text, part):
            found.extend(_split(folded, paragraph))
    return tuple(found)


def _paragraphs(text: str, part: Span) -> Iterator[Span]:
    begin = part.start
    for gap in _PARAGRAPH.finditer(text, part.start, part.end):
        if gap["number"] is None or _may_end(text, begin, gap.start()):
            yield Span(begin, gap.start())
            begin = gap.end()
    yield Span(begin, part.end)


def _may_end(text: str, begin: int, end: int) -> bool:
    """Whether what follows can be the next item of a list, rather than the rest of "on March / 12. Then"."""
    if _FURNITURE.match(text, begin, end) is not None:
        return True
    line = text[max(begin, end - 80) : end].rstrip().rstrip(_CLOSERS)
    stopped = line.removesuffix(".")
    if stopped == line:
        return line.endswith(("!", "?", ":", "…"))
    return not _abbreviates(stopped.rpartition(" ")[2])


def _split(folded: str, paragraph: Span) -> Iterator[Span]:
    begin, end = paragraph.start, paragraph.end
    furniture = _FURNITURE.match(folded, begin, end)
    if furniture is not None:
        begin = furniture.end()
    chunk = folded[begin:end]
    last, length = 0, len(chunk.rstrip())
    for stop in _STOP.finditer(chunk):
        word = _LAST_WORD.search(chunk[max(last, stop.start() - 40) : stop.start()])
        if (
            word is not None
            and stop.group().startswith(".")
            and stop.end() < length
            and _abbreviates(word.group())
        ):
            continue
        yield from _trim(folded, begin + last, begin + stop.end())
        last = stop.end()
    yield from _trim(folded, begin + last, end)


def _abbreviates(word: str) -> bool:
    bare = word.strip("\"'([").casefold()
    return bare in _ABBREVIATIONS or (len(bare) == 1 and bare.isalpha() and bare != "i")


def _trim(folded: str, start: int, end: int) -> Iterator[Span]:
    caption = _CAPTION.match(folded, start, end)
    if caption is not None:
        start = caption.end()
    dateline = _DATELINE.match(folded, start, end)
    if dateline is not None:
        start = dateline.end()
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    while (limit := _limit(folded, start, end)) < end:
        cut = folded.rfind(" ", start, limit)
        cut = limit if cut <= start else cut
        yield Span(start, cut)
        start = cut + (folded[cut] == " ")
    if any(character.isalnum() for character in folded[start:end]):
        yield Span(start, end)


def _limit(folded: str, start: int, end: int) -> int:
    """Where a sentence must be cut that goes on too long to be one; its end if it does not."""
    limit = min(end, start + _LONGEST)
    if limit - start <= _MOST:
        return limit
    pieces = _PIECE.finditer(folded, start, limit)
    return next((piece.start() for piece in islice(pieces, _MOST, None)), limit)
