"""A text as a reader sees it, without markup and what is invisible, and the way back to what is written.

Between runs of prose lies markup: where it has no line break in it, the words on both sides are one sentence.
Marks that turn the direction of writing, soft hyphens, joiners, spaces without width and control characters
say nothing, and inside a word would part it. Reading goes by the text without either; every place it tells of
is then moved to the text with them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from verifier.model import Span

__all__ = ["Seen", "seen"]

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0001-\U000e007f]+"
)
_LINE_END = re.compile(r"[\r\n]")
_WITHIN = frozenset("*_~\\`[]")
"""Markup that a reader does not take for the end of a word."""
_What = TypeVar("_What")


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it is seen, in parts: what a line break in the markup parts is read apart."""

    text: str
    parts: tuple[Span, ...] = ()
    """None for a text that is all one part."""
    kept: Sequence[int] | None = None
    """Where each character stands as written; None if all are seen."""

    def written(self, what: _What) -> _What:
        """The same with every span in it moved to the text as written."""
        return what if self.kept is None else _moved(what, self.kept)


def seen(text: str, prose: Sequence[Span] = ()) -> Seen:
    """What is seen of a text; with `prose`, of these runs of it."""
    if not prose and _UNSEEN.search(text) is None:
        return Seen(text)
    kept, pieces, parts = array("Q"), list[str](), list[Span]()
    begun, last = 0, None
    for run in prose or (Span(0, len(text)),):
        if last is not None:
            gap = text[last : run.start]
            parting = _LINE_END.search(gap)
            if parting is not None:
                parts.append(Span(begun, len(kept)))
                begun = len(kept) + 1
                kept.append(last + parting.start())
                pieces.append("\n")
            elif not _WITHIN.issuperset(gap) and text[last - 1].isalnum() and text[run.start].isalnum():
                kept.append(last)
                pieces.append(" ")
        last = run.start
        for gap_match in _UNSEEN.finditer(text, run.start, run.end):
            kept.extend(range(last, gap_match.start()))
            pieces.append(text[last : gap_match.start()])
            last = gap_match.end()
        kept.extend(range(last, run.end))
        pieces.append(text[last : run.end])
        last = run.end
    return Seen("".join(pieces), (*parts, Span(begun, len(kept))), kept)


def _moved(what: _What, kept: Sequence[int]) -> _What:
    if isinstance(what, Span):
        return Span(kept[what.start], kept[what.end - 1] + 1)  # type: ignore[return-value]
    if isinstance(what, tuple):
        return tuple([_moved(item, kept) for item in what])  # type: ignore[return-value]
    if is_dataclass(what) and not isinstance(what, type):
        values = {field.name: getattr(what, field.name) for field in fields(what) if field.init}
        changed = {name: moved for name, value in values.items() if (moved := _moved(value, kept)) != value}
        return replace(what, **changed) if changed else what
    return what
