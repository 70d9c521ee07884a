"""From the lines of a PDF to paragraphs: without what stands on every page, with words that line ends part
put together, and with footnotes at the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median, quantiles

from verifier.readers.flow import Block
from verifier.readers.pdf_lines import Line
from verifier.readers.pdf_words import Words

__all__ = ["blocks_of_lines"]

_OUTER = 3
"""So many lines at the top and at the bottom of a page may be a header or footer."""
_NUMBER = re.compile(
    r"(?:page\s*|p\.\s*)?[-\u2013\u2014|\s]*\d{1,4}[-\u2013\u2014|\s]*(?:(?:of|/)\s*\d{1,4})?|[ivxlc]{1,7}",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"(?:[\u2022\u25cf\u25cb\u25aa\u25ab\u25a0\u2023\u2043\uf0b7\uf0a7*+-]|(?:\(?\d{1,3}|\(?[a-z])[.)])\s"
)
_SHAPE = re.compile(r"[\u2022\u25cf\u25cb\u25aa\u25ab\u25a0\u2023\u2043\uf0b7\uf0a7]\s*")
_AROUND = 100
_ENDS = (".", "!", "?", ":", ";", "\u201d", '"')
_NOTE = re.compile(r"(?:\d{1,3}|[*\u2020\u2021\u00a7]{1,3})\.?\s+(?=[^\W\d_a-z]|[\"\u201c\u2018'])")
_DASHED = re.compile(r"\w[\u2013\u2014]\Z")
_ALIKE = 0.08
"""Two sizes that differ by less are one."""


def blocks_of_lines(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    """The blocks of a document by the lines of its pages."""
    kept = list(_without_furniture(pages))
    weights: Counter[float] = Counter()
    for page in kept:
        for line in page:
            weights[round(line.size, 1)] += len(line.text)
    if not weights:
        return
    body = weights.most_common(1)[0][0]
    text: list[Line] = []
    notes: list[Line] = []
    for page in kept:
        below = _notes(page, body)
        text += page[: len(page) - below]
        notes += map(_without_mark, page[len(page) - below :])
    words = Words([*text, *notes])
    for lines in (text, notes):
        for row in _rows(lines):
            yield from row if isinstance(row[0], Block) else _paragraphs(row, body, words)


def _without_furniture(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The pages without headers, footers and their numbers: what stands at the same height on several."""
    outer = [_outer(page) for page in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for ends in outer:
        seen.update({key for end in ends for line in end for key in _keys(line)})
    for number, (page, ends) in enumerate(zip(pages, outer, strict=True), start=1):
        furniture: set[int] = set()
        for end in ends:
            for at, line in enumerate(end):
                # From the edge inwards, up to what is text.
                if any(seen[key] > 1 for key in _keys(line)) or (
                    at == 0 and _is_numbered(line, number, page)
                ):
                    furniture.add(id(line))
                else:
                    break
        yield [line for line in page if id(line) not in furniture]


def _outer(page: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines at the top and at the bottom of a page, from its edges inwards."""
    by_height = sorted(page, key=lambda line: line.top)
    most = min(_OUTER, (len(page) + 1) // 2)
    return by_height[::-1][:most], by_height[:most]


def _keys(line: Line) -> tuple[tuple[str, int], ...]:
    """What it says, figures aside, and at what height: two keys, so that no border parts what is alike."""
    shape = re.sub(r"\d+", "0", line.text.casefold())
    return (shape, int(line.bottom // 8)), (shape, -1 - int((line.bottom + 4) // 8))


def _is_numbered(line: Line, number: int, page: Sequence[Line]) -> bool:
    """Whether it is the number of a page, or begins or ends with that of this one and stands apart."""
    if _NUMBER.fullmatch(line.text):
        return True
    words = line.text.split()
    if line.text.endswith(_ENDS):
        return False
    apart = min((abs(line.bottom - other.bottom) for other in page if other is not line), default=0.0)
    return str(number) in (words[0], words[-1]) and len(page) > 1 and apart > 1.7 * line.size


def _notes(page: Sequence[Line], body: float) -> int:
    """How many of the last lines of a page are notes: smaller than the text, and below all of it."""
    below = 0
    for line in reversed(page):
        if line.size > body * (1 - _ALIKE):
            break
        below += 1
    if below == len(page):
        return 0
    lowest = min((line.bottom for line in page[: len(page) - below]), default=0.0)
    return below if all(line.bottom < lowest for line in page[len(page) - below :]) else 0


def _without_mark(note: Line) -> Line:
    """A line of the notes without the mark that begins it."""
    mark = _NOTE.match(note.text)
    return note if mark is None else replace(note, text=note.text[mark.end() :], noted=True)


def _rows(lines: Iterable[Line]) -> Iterator[list[Line] | list[Block]]:
    """Runs of lines; rows of a table, whose cells stand side by side, are blocks that are no prose."""
    side_by_side: list[list[Line]] = []
    for line in lines:
        last = side_by_side[-1][-1] if side_by_side else None
        if last is not None and last.page == line.page and line.left > last.right and _level(last, line):
            side_by_side[-1].append(line)
        else:
            side_by_side.append([line])
    runs = [
        (is_table, list(run)) for is_table, run in groupby(side_by_side, key=lambda cells: len(cells) > 1)
    ]
    text: list[Line] = []
    for is_table, run in runs:
        if is_table and len(run) > 1:  # a single one may be a line that is stretched
            if text:
                yield text
            text = []
            yield [Block(" | ".join(cell.text for cell in cells), prose=False) for cells in run]
        else:
            text += [_one(cells) for cells in run]
    if text:
        yield text


def _level(first: Line, second: Line) -> bool:
    return abs(first.bottom - second.bottom) < 0.3 * max(first.size, second.size)


def _one(cells: list[Line]) -> Line:
    """A line that a wide gap parts, as one."""
    if len(cells) == 1:
        return cells[0]
    first, last = cells[0], cells[-1]
    return Line(
        text=" ".join(cell.text for cell in cells),
        page=first.page,
        left=first.left,
        right=last.right,
        bottom=first.bottom,
        top=first.top,
        size=first.size,
        first_word=first.first_word,
        bold=first.bold,
        hyphen=last.hyphen,
        noted=first.noted,
        over=max(cell.over for cell in cells),
    )


# ------------------------------------------------------------------------------------------- paragraphs


def _paragraphs(lines: list[Line], body: float, words: Words) -> Iterator[Block]:
    leading = _leading(lines)
    paragraph: list[Line] = []
    for at, line in enumerate(lines):
        if paragraph and not _goes_on(lines, at, paragraph, body, leading):
            yield Block(_joined(paragraph, words))
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield Block(_joined(paragraph, words))


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance between two lines, in heights of a letter."""
    distances = [
        (first.bottom - second.bottom) / first.size
        for first, second in pairwise(lines)
        if first.page == second.page
        and _alike(first, second)
        and 0 < first.bottom - second.bottom < 3 * first.size
    ]
    return median(distances) if distances else 1.5


def _alike(first: Line, second: Line) -> bool:
    return abs(first.size - second.size) < _ALIKE * max(first.size, second.size)


def _follows(first: Line, second: Line, leading: float) -> bool:
    """Whether the second stands right below the first."""
    distance = (first.bottom - second.bottom) / first.size
    if second.over and first.page == second.page and distance > leading:
        distance = max(leading, distance - second.over / first.size)
    return first.page == second.page and 0.5 < distance < 1.2 * leading + 0.05


def _goes_on(lines: list[Line], at: int, paragraph: list[Line], body: float, leading: float) -> bool:
    """Whether a line goes on with the paragraph of the one before."""
    line, last, first = lines[at], paragraph[-1], paragraph[0]
    if not _alike(last, line) or last.bold != line.bold or _SHAPE.match(line.text) or line.noted:
        return False
    if _BULLET.match(line.text) and last.text.endswith(_ENDS):
        return False
    letter = 0.5 * line.size
    heading = line.size > body * (1 + _ALIKE)
    following = lines[at + 1] if at + 1 < len(lines) else None
    set_in = (
        following is not None and _follows(line, following, leading) and line.left - following.left > letter
    )
    if _follows(last, line, leading):
        if heading:
            return True
        hangs = len(paragraph) == 1 and (_BULLET.match(first.text) is not None or first.noted)
        if (line.left - last.left > letter and not hangs) or (set_in and len(paragraph) == 1):
            return False  # the first line of the next one is set in
    else:
        below = last.page == line.page and line.bottom < last.bottom and line.left < last.right
        if heading or below or set_in:  # else it is at the head of another column or page
            return False
    if last.hyphen and line.text[:1].islower():
        return True
    # Would its first word have had room on the line before, that line ends there because the paragraph does.
    if _edge(lines, at - 1, leading) - last.right >= line.first_word + letter:
        return False
    # So does one that is much shorter than those above it, as the items of a list are.
    wide = _wide_edge(lines, at - 1)
    room = wide - last.right
    if not _follows(last, line, leading) and last.text.endswith(_ENDS) and room >= line.first_word + letter:
        return False
    return room < max(0.4 * (wide - last.left), line.first_word + letter) or line.text[:1].islower()


def _edge(lines: list[Line], at: int, leading: float) -> float:
    """How far to the right the lines around one reach, in its column."""
    right = lines[at].right
    for step in (-1, 1):
        here = at
        while 0 <= here + step < len(lines) and abs(here + step - at) < 12:
            first, second = (
                (lines[here + step], lines[here]) if step < 0 else (lines[here], lines[here + step])
            )
            if not (_alike(first, second) and _follows(first, second, leading)):
                break
            here += step
            right = max(right, lines[here].right)
    return right


def _wide_edge(lines: list[Line], at: int) -> float:
    """How far to the right most lines reach that begin not far to the left of one, on its page and around."""
    line = lines[at]
    around = range(max(0, at - _AROUND), min(len(lines), at + _AROUND))
    rights = [
        other.right
        for other in map(lines.__getitem__, around)
        if _alike(other, line)
        and -3 * line.size < other.left - line.left < 0.3 * line.size
        and other.right > line.left
    ]
    return quantiles(rights, n=4)[2] if len(rights) > 3 else line.right


def _joined(lines: Sequence[Line], words: Words) -> str:
    """The text of a paragraph; a mark before an item is left out."""
    text = _SHAPE.sub("", lines[0].text, count=1) if _SHAPE.match(lines[0].text) else lines[0].text
    for before, line in pairwise(lines):
        if before.hyphen:
            text = words.joined(text, line.text)
        else:
            text += ("" if _DASHED.search(text) else " ") + line.text
    return text
