"""From the pages of a PDF to its lines, with where they stand: all that a PDF knows of its text.

PDFium (by `pypdfium2`) gives each character with its place, in the order in which they were drawn, which is
the order of reading in what word processors, browsers and typesetters write.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

__all__ = ["Line", "lines_of"]

_GAP = 3.0
"""Widths of a letter between two columns, or two cells of a table."""
_SMALL = 0.85
"""A mark of a footnote is at most so large beside the text around it."""
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_NOTHING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINE_END_HYPHEN = 2
"""The code that PDFium gives a hyphen at the end of a line."""
_HYPHENS = "-\u2010\u00ad"
_MARK = re.compile(r"\[?\d{1,3}\]?|[*\u2020\u2021\u00a7]{1,3}|[a-z]")
_SIGNS = "*\u2020\u2021\u00a7[],"
_HIGHER = 0.15
"""So much of the height of letters does a mark stand above the others, if it is as large as they."""
_LARGER = 1.3
_TOUCHES = 0.12
"""A first letter so large belongs to the word that begins so close to it."""
_POWERS = {"2": "\u00b2", "3": "\u00b3"}
_UNIT = re.compile(r"(?:\A|[\s\d/])[a-z]{1,2}\Z")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """These words stand here on this page, from the left to the right and from the bottom to the top."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    """The height of its letters, from the deepest to the highest there are in the font."""
    first_word: float
    """How wide its first word is."""
    bold: bool = False
    hyphen: bool = False
    """It ends in a hyphen that may part a word."""
    noted: bool = False
    """It begins with the mark of a footnote, which is left out."""
    over: float = 0.0
    """How far marks that are left out reach over its letters, which pushes it down."""


@dataclass(slots=True)
class _Letter:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    at: int
    """Its number on the page."""
    base: float
    """The height at which it stands: that of the line, or higher for what is raised."""

    @property
    def size(self) -> float:
        return self.top - self.bottom


def lines_of(page: Any, number: int) -> list[Line]:
    """The lines of one page, in the order in which they are drawn; text that stands aslant is left out."""
    text_page = page.get_textpage()
    try:
        lines = (_line(letters, number, text_page) for letters in _by_line(text_page))
        return [line for line in lines if line.text]
    finally:
        text_page.close()


def _by_line(text_page: Any) -> Iterator[list[_Letter]]:
    letters: list[_Letter] = []
    space = False
    for letter in _letters(text_page):
        if letter.text == " ":
            space = True
            continue
        if letters and _continues(letters, letter):
            if space:
                before = letters[-1]
                letters.append(replace(before, text=" ", left=before.right, right=letter.left))
            letters.append(letter)
        else:  # letters of a line that stands aslant are a line each
            if letters and _is_level(letters[0], text_page):
                yield letters
            letters = [letter]
        space = False
    if letters and _is_level(letters[0], text_page):
        yield letters


def _letters(text_page: Any) -> Iterator[_Letter]:
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    place = ctypes.byref(box)
    x, y = ctypes.c_double(), ctypes.c_double()
    origin = ctypes.byref(x), ctypes.byref(y)
    for at, character in _characters(text_page):
        if character.isspace():
            yield _Letter(" ", 0, 0, 0, 0, at, 0)
        elif not _NOTHING.match(character) and raw.FPDFText_GetLooseCharBox(text_page, at, place):
            if _LIGATURE.match(character):
                character = unicodedata.normalize("NFKC", character)
            if box.top > box.bottom:
                base = y.value if raw.FPDFText_GetCharOrigin(text_page, at, *origin) else box.bottom
                yield _Letter(character, box.left, box.right, box.bottom, box.top, at, base)


def _characters(text_page: Any) -> Iterator[tuple[int, str]]:
    """Each character with its number; what comes as two halves has that of the first."""
    import pypdfium2.raw as raw

    codes = [raw.FPDFText_GetUnicode(text_page, at) for at in range(text_page.count_chars())]
    pairs = enumerate(pairwise((*codes, 0)))
    for at, (code, after) in pairs:
        if code == _LINE_END_HYPHEN:
            yield at, "-"
        elif 0xD800 <= code < 0xDC00 <= after < 0xE000:
            yield at, chr(0x10000 + ((code - 0xD800) << 10) + after - 0xDC00)
            next(pairs)
        elif 0xD800 <= code < 0xE000:
            yield at, "\N{REPLACEMENT CHARACTER}"
        else:
            yield at, chr(code) if code < 0x110000 else " "


def _is_level(letter: _Letter, text_page: Any) -> bool:
    import pypdfium2.raw as raw

    angle = raw.FPDFText_GetCharAngle(text_page, letter.at)
    return bool(abs(math.remainder(angle, math.tau)) < 0.1)


def _is_bold(letter: _Letter, text_page: Any) -> bool:
    import pypdfium2.raw as raw

    name = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(text_page, letter.at, name, 128, ctypes.byref(ctypes.c_int()))
    return 0 < length <= 128 and _BOLD.search(name.value.decode("utf-8", "replace")) is not None


def _continues(letters: list[_Letter], letter: _Letter) -> bool:
    """Whether a letter stands on the line of those before."""
    last = letters[-1]
    is_initial = len(letters) == 1 and last.size > _LARGER * letter.size and letter.text.isalpha()
    if is_initial and letter.base > last.base + 0.5 * letter.size:
        return False  # the first letter reaches over several lines, and this is the first of them
    # The line is where its larger letters are: after a raised figure it goes on as before.
    base = last if last.size >= letter.size else max(letters[-6:], key=lambda one: one.size)
    overlap = min(base.top, letter.top) - max(base.bottom, letter.bottom)
    smaller = min(base.size, letter.size)
    if overlap < (0.5 if letter.size > _SMALL * base.size else 0.3) * smaller:
        return False
    width = 0.5 * base.size
    # Letters that are drawn as one ("fi") have the place of the whole.
    return letter.left - last.right < _GAP * width and letter.left - last.left > -0.2 * width


def _line(letters: list[_Letter], page: int, text_page: Any) -> Line:
    size = median(one.size for one in letters if one.text != " ")
    raised = _raised(letters, size)
    kept, noted = _without_marks(letters, raised)
    if len(kept) > 2 and kept[0].size > _LARGER * size and kept[1].text == " ":
        # It is none that was written, but seems one beside a large letter.
        kept[1:2] = [] if kept[2].left - kept[0].right < _TOUCHES * size else kept[1:2]
    text = "".join(one.text for one in kept)
    end = text.find(" ") if " " in text else len(text)
    whole = kept or letters
    of_text = [one for one in letters if one.size >= size * _SMALL and one.at not in raised] or letters
    top = max(one.top for one in of_text)
    return Line(
        text=" ".join(text.split()),
        page=page,
        left=whole[0].left,
        right=whole[-1].right,
        bottom=min(one.bottom for one in of_text),
        top=top,
        size=size,
        first_word=kept[min(end, len(kept)) - 1].right - kept[0].left if kept else 0.0,
        bold=all(_is_bold(whole[at], text_page) for at in (0, len(whole) // 2, -1)),
        hyphen=len(kept) > 1 and kept[-1].text in _HYPHENS and kept[-2].text[-1].isalnum(),
        noted=noted,
        over=max(0.0, max(one.top for one in letters) - top),
    )


def _without_marks(letters: list[_Letter], raised: frozenset[int]) -> tuple[list[_Letter], bool]:
    """The letters without the marks of footnotes, which are raised; powers stay."""
    kept: list[_Letter] = []
    noted = False
    at = 0
    while at < len(letters):
        end = at
        while end < len(letters) and letters[end].text != " " and letters[end].at in raised:
            end += 1
        if end == at:
            kept.append(letters[at])
            at += 1
            continue
        words = "".join(one.text for one in letters[at:end])
        before = "".join(one.text for one in kept[-4:])
        if words in _POWERS and _UNIT.search(before):
            letters[at].text = _POWERS[words]
            kept.append(letters[at])
        elif all(_MARK.fullmatch(word) for word in re.split(r"[,\s]+", words.strip()) if word):
            noted = noted or not before.strip()
        else:
            kept += letters[at:end]
        at = end
    while kept and kept[0].text == " ":
        kept.pop(0)
    return kept, noted


def _raised(letters: list[_Letter], size: float) -> frozenset[int]:
    """The numbers of the raised letters of a line: any smaller ones, and marks of any size after a word."""
    usual = next((one for one in letters if one.size > _SMALL * size and one.text != " "), None)
    if usual is None:
        return frozenset()
    base = median(one.base for one in letters if one.text != " ")
    # The middle of a raised letter is higher than that of the others.
    middle = usual.top + usual.bottom + 0.1 * size
    found: set[int] = set()
    for before, one in pairwise((replace(usual, text=" "), *letters)):
        if one.size <= _SMALL * size:
            raised = one.top + one.bottom > middle
        else:
            is_sign = one.text.isdecimal() or one.text in _SIGNS
            raised = is_sign and one.base > base + _HIGHER * size and before.text != " "
        if raised:
            found.add(one.at)
    return frozenset(found)
