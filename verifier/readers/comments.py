"""Comments by which a document says what it does not want to hear of: `<!-- verifier: ignore -->`.

`ignore` is for the sentence before it, or for the block that it stands before; `off` is for all that follows,
until `on`. A reason may follow, after a colon or a dash or in brackets. A comment that seems to be meant as
one of these and is not is a mark with a problem, so that whoever wrote it is told.

Everything here takes time linear in the text, whatever it holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from verifier.model import Mark, Scope, Span

__all__ = [
    "NOTHING_FOLLOWS",
    "Comment",
    "Lines",
    "Word",
    "comment_of",
    "comments_in",
    "looks_like_mark",
    "paired",
]

_MEANT = re.compile(r"<!--\s{0,40}+v", re.IGNORECASE)
"""Nothing else can be meant for us."""
_ADDRESSED = re.compile(r"\s{0,40}+(?P<name>v[a-z]{4,10}+)\s{0,20}+(?P<colon>:?)\s{0,40}+", re.IGNORECASE)
_SAID = re.compile(r"(?P<word>[a-z]++)(?!\w)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_REASON = re.compile(
    r"(?:\s*+[:\u2013\u2014]|\s++-{1,3})(?P<told>.*)|\s*+\((?P<bracketed>.*)\)\s*", re.DOTALL
)
NOTHING_FOLLOWS = "verifier: ignore: no block follows it, and no sentence stands before it in its own"
_BREAK = re.compile(r"\r\n|\r|\n")
_NAME = "verifier"
_LONGEST = 2_000
"""Characters of a comment that may be a mark; a longer one, or one that is never closed, is none."""


class Word(StrEnum):
    """What a comment says."""

    IGNORE = "ignore"
    OFF = "off"
    ON = "on"


@dataclass(frozen=True, slots=True)
class Comment:
    """These characters are a comment that says this word, or that says something wrong."""

    span: Span
    word: Word | None
    reason: str = ""
    problem: str = ""


class Lines:
    """Tells the line of an offset, as editors count."""

    def __init__(self, text: str) -> None:
        self._starts = [match.end() for match in _BREAK.finditer(text)]

    def at(self, offset: int) -> int:
        """The line, counted from 1."""
        return bisect_right(self._starts, offset) + 1


def looks_like_mark(text: str) -> bool:
    """False if no comment in the text can be a mark."""
    return _MEANT.search(text) is not None


def comments_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Comment]:
    """The marks among the comments of a text, or of what lies between two offsets of it, in order."""
    at, end = start, len(text) if end is None else end
    while (start := text.find("<!--", at, end)) >= 0:
        closed = text.find("-->", start + 2, end)
        at = end if closed < 0 else closed + 3
        comment = comment_of(text, Span(start, at))
        if comment is not None:
            yield comment


def comment_of(text: str, span: Span) -> Comment | None:
    """What the comment at these characters of a text says, if it is a mark or seems to be meant as one."""
    start = span.start + len("<!--")
    named = _ADDRESSED.match(text, start, span.end)
    if named is None:
        return None
    closed = text.endswith("-->", start - 2, span.end)
    end = min(span.end - 3 if closed else span.end, start + _LONGEST)
    said = _SAID.match(text, named.end(), end)
    word = None if said is None or said["word"].lower() not in _WORDS else Word(said["word"].lower())
    exact = named["name"].lower() == _NAME
    if not (exact and named["colon"]) and (word is None or not (exact or _close(named["name"]))):
        return None
    written = " ".join((text[start:end] if closed else _BREAK.split(text[start:end], maxsplit=1)[0]).split())
    shown = f"<!-- {written[:60]}{'…' if len(written) > 60 else ''}"

    def wrong(problem: str) -> Comment:
        line_end = None if closed else _BREAK.search(text, start, span.end)
        return Comment(
            span if line_end is None else Span(span.start, line_end.start()), None, problem=problem
        )

    if not closed:
        return wrong(f"{shown} is a comment that is never closed: end it with -->")
    shown += " -->"
    if span.end - 3 > end:
        return wrong(f"{shown} is longer than {_LONGEST:,} characters: give a shorter reason")
    if not exact or not named["colon"] or word is None or said is None:
        known = ", ".join(f"verifier: {word}" for word in Word)
        return wrong(f"{shown} is not understood: write one of {known}")
    rest = said["rest"]
    reason = _REASON.fullmatch(rest)
    if rest.strip() and reason is None:
        return wrong(f"{shown} is not understood: write a reason after a colon or a dash, or in brackets")
    why = "" if reason is None else reason["told"] or reason["bracketed"] or ""
    return Comment(span, word, " ".join(why.split()))


_WORDS = frozenset(word.value for word in Word)


def _close(name: str) -> bool:
    """Whether it is the name misspelt."""
    from rapidfuzz.distance import OSA

    return OSA.distance(name.lower(), _NAME, score_cutoff=2) <= 2


def paired(comments: Iterable[tuple[Comment, int]], end: int) -> dict[Comment, Mark]:
    """The mark of each comment, with the line it is told by; an `on` belongs to its `off`, and has none.

    The end of the text closes what is still open. What an `ignore` covers is left to the reader: only that
    knows what stands around it.
    """
    told: dict[Comment, Mark] = {}
    off: Comment | None = None
    for comment, line in comments:
        if comment.problem:
            told[comment] = Mark(Scope.SENTENCE, line, problem=comment.problem)
        elif comment.word is Word.IGNORE:
            told[comment] = Mark(Scope.BLOCK, line, reason=comment.reason)
        elif comment.word is Word.OFF and off is not None:
            problem = f"verifier: off: it is off already, since line {told[off].line}"
            told[comment] = Mark(Scope.REGION, line, problem=problem)
        elif comment.word is Word.OFF:
            off = comment
            told[off] = Mark(Scope.REGION, line, (Span(off.span.end, end),), off.reason)
        elif off is None:
            problem = "verifier: on: nothing is off here: write verifier: off before it"
            told[comment] = Mark(Scope.REGION, line, problem=problem)
        else:
            told[off] = replace(told[off], covers=(Span(off.span.end, comment.span.start),))
            off = None
    return told
