"""The text as it was written, with each claim highlighted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from verifier.model import Document, Span
from verifier.reports.escape import html_text
from verifier.reports.page.highlights import Mark, Piece
from verifier.reports.page.kinds import Kind
from verifier.reports.page.layout import Block, Role, blocks, is_markup

__all__ = ["Article"]

_DEEPEST = 6
_UNREAD = {
    "---": "Front matter",
    "<!--": "Comment",
    "```": "Code",
    "~~~": "Code",
    "|": "Table",
    "!": "Picture",
}
"""What a stretch that was not read is called, by how it begins."""


class Article:
    """Writes a document with its highlights; each opens the card of its note.

    `prefix` stands before every id, so that several documents fit on a page; `level` is that of the first
    heading. A piece says in `data-start` and `data-end` which characters of the document it shows.
    """

    def __init__(
        self,
        document: Document,
        pieces: Sequence[Piece],
        marks: Sequence[Mark],
        *,
        prefix: str = "",
        level: int = 2,
    ) -> None:
        self._text = document.text
        self._blocks = tuple(blocks(document))
        self._pieces = pieces
        self._starts = [piece.span.start for piece in pieces]
        self._marks = marks
        self._mark = 0
        self._prefix = prefix
        self._top = self._level = level
        self._first_heading = 0
        self._anchored: set[int] = set()

    def html(self) -> Iterator[str]:
        """The blocks, one after the other."""
        for number, block in enumerate(self._blocks):
            if block.role is Role.UNREAD:
                yield self._unread(block)
                continue
            following = self._blocks[number + 1 :][:1]
            limit = following[0].span.start if following else len(self._text) + 1
            yield self._read(block, limit)

    def _unread(self, block: Block) -> str:
        words = self._text[block.span.start : block.span.end]
        what = next((name for mark, name in _UNREAD.items() if words.startswith(mark)), "Markup")
        return (
            f'<details class="unread"><summary>{what}, not checked</summary>'
            f"<pre>\n{html_text(words)}</pre></details>\n"
        )

    def _read(self, block: Block, limit: int) -> str:
        words = "".join((*self._words(block), *self._rest(limit)))
        if block.role is Role.HEADING:
            level = self._heading(block.level)
            return f'<h{level} class="h{min(block.level, 3)}" dir="auto">{words}</h{level}>\n'
        classes = {Role.ITEM: f"item deep-{block.level}", Role.QUOTE: "quoted"}.get(block.role, "")
        classes = f"{classes} lines".strip() if block.lines else classes
        lead = f'<span class="lead">{html_text(block.lead)}</span> ' if block.lead else ""
        named = f' class="{classes}"' if classes else ""
        return f'<p{named} dir="auto">{lead}{words}</p>\n'

    def _heading(self, level: int) -> int:
        """Headings begin below that of the page, and go down one step at a time."""
        self._first_heading = self._first_heading or level
        wanted = self._top + max(level - self._first_heading, 0)
        self._level = min(wanted, self._level + 1, _DEEPEST)
        return self._level

    def _words(self, block: Block) -> Iterator[str]:
        """The characters of a block, in and out of highlights."""
        at, end = block.span.start, block.span.end
        number = max(bisect_right(self._starts, at) - 1, 0)
        inside = _Gaps(self._text, block.gaps)
        while at < end:
            while number < len(self._pieces) and self._pieces[number].span.end <= at:
                number += 1
            piece = self._pieces[number] if number < len(self._pieces) else None
            if piece is None or piece.span.start >= end:
                yield inside.html(at, end)
                return
            if at < piece.span.start:
                yield inside.html(at, piece.span.start)
                at = piece.span.start
            stop = min(piece.span.end, end)
            yield self._highlight(piece, Span(at, stop), inside.html(at, stop))
            at = stop

    def _highlight(self, piece: Piece, span: Span, words: str) -> str:
        """A link to the note of the piece, with its mark if the claim ends here; then the other marks."""
        ending = list(self._ending(span.end))
        own = next((mark for mark in ending if mark is piece.mark), None)
        kinds = " ".join(kind.letter for kind in reversed(piece.kinds))
        words = f'<span class="w" data-start="{span.start}" data-end="{span.end}">{words}</span>'
        if own is None:  # the claim goes on: its mark is what the keyboard stops at
            link = f'<a class="hl {kinds}" {self._to(piece.mark)} tabindex="-1">{words}</a>'
        else:
            link = f'<a class="hl {kinds}" {self._to(own)}{self._id(own)}>{words}{_sign(own)}</a>'
        return link + "".join(self._alone(mark) for mark in ending if mark is not own)

    def _ending(self, end: int) -> Iterator[Mark]:
        """The marks that are due by here, each once."""
        while self._mark < len(self._marks) and self._marks[self._mark].span.end <= end:
            self._mark += 1
            yield self._marks[self._mark - 1]

    def _rest(self, limit: int) -> Iterator[str]:
        """The marks of claims that end before the next block, in what is no prose."""
        for mark in self._ending(limit - 1):
            yield self._alone(mark)

    def _alone(self, mark: Mark) -> str:
        return f'<a class="mark {mark.kind.letter}" {self._to(mark)}{self._id(mark)}>{_sign(mark)}</a>'

    def _to(self, mark: Mark) -> str:
        return f'href="#{self._prefix}n{mark.numbers[0]}"'

    def _id(self, mark: Mark) -> str:
        """The id that the cards of these notes lead back to: of the first place where the words stand."""
        number = mark.numbers[0]
        if number in self._anchored:
            return ""
        self._anchored.add(number)
        return f' id="{self._prefix}t{number}"'


def _sign(mark: Mark) -> str:
    """A mark and its number; in words for those who do not see it."""
    plural = "s" if len(mark.numbers) > 1 else ""
    word = {Kind.ASIDE: "set aside"}.get(mark.kind, mark.kind.word.casefold())
    return (
        f'<span class="unseen"> ({word}, note{plural} {mark.label})</span>'
        f'<sup class="sign {mark.kind.letter}" aria-hidden="true">{mark.kind.mark}{mark.label}</sup>'
    )


class _Gaps:
    """Writes runs of a block, in order, with what in them is no prose."""

    def __init__(self, text: str, gaps: Sequence[Span]) -> None:
        self._text = text
        self._gaps = gaps
        self._at = 0

    def html(self, start: int, end: int) -> str:
        """The characters from `start` to `end`; markup among them is there, but not shown."""
        parts = []
        while start < end:
            while self._at < len(self._gaps) and self._gaps[self._at].end <= start:
                self._at += 1
            gap = self._gaps[self._at] if self._at < len(self._gaps) else None
            if gap is None or gap.start >= end:
                parts.append(html_text(self._text[start:end]))
                break
            if start < gap.start:
                parts.append(html_text(self._text[start : gap.start]))
                start = gap.start
            stop = min(gap.end, end)
            words = html_text(self._text[start:stop])
            hidden = is_markup(self._text[gap.start : gap.end])
            parts.append(f"<span hidden>{words}</span>" if hidden else f'<code class="raw">{words}</code>')
            start = stop
        return "".join(parts)
