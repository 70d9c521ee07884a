"""Which lines of an e-mail are its own, and which quote another, introduce a quotation, or sign it.

By what mail programs write: lines that begin with `>` and the line that introduces them, the head of another
message (`From:`, `Sent:`, `To:`, `Subject:`, under a rule or by itself), below which all is quoted, and the
two dashes before a signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from verifier.readers.flow import Block

__all__ = ["begins_with_head", "has_own", "own_of"]

_BREAK = "\N{LINE SEPARATOR}"
_PRIVATE = re.compile("[\U000f0000-\U0010fffd]")
"""Letters that tell where marks are: see `marked_tree`."""
_QUOTED = re.compile(r"[ \t]*>")
_RULE = re.compile(r"\s*(?:_{5,}|[-\u2013\u2014]{2,}\s*\w.{1,60}\w\s*[-\u2013\u2014]{2,})\s*")
"""A line to write under, or words between dashes."""
_FIELD = re.compile(r"[\s*]*(?P<name>[^\W\d_][\w -]{0,20}?)[\s*]*:[\s*]*(?P<value>.*)")
_INTRODUCES = re.compile(
    r"(?:on|am|le|el|il|op|den|em|w dniu|dne|\d{4}[-/.]\d).{5,200}:\s*", re.IGNORECASE | re.DOTALL
)
_SENT_BY = re.compile(r"@|\b\d{4}\b.*\b\d{1,2}[:.]\d{2}\b", re.DOTALL)
_TIME = re.compile(r"\b\d{4}\b.*\b\d{1,2}[:.]\d{2}\b")
_WORDS = re.compile(r"\b(?:\w++\W++){3}\w")
_STOP = re.compile(r"[.!?\u2026]")
_SENDERS = frozenset(
    [
        "from",
        "von",
        "de",
        "da",
        "van",
        "fra",
        "från",
        "od",
        "feladó",
        "lähettäjä",
        "от",
        "expéditeur",
        "remitente",
        "mittente",
    ]
)
_OTHERS = frozenset(
    [
        "subject",
        "betreff",
        "objet",
        "asunto",
        "assunto",
        "oggetto",
        "onderwerp",
        "emne",
        "ämne",
        "temat",
        "předmět",
        "tárgy",
        "aihe",
        "тема",
        "sent",
        "date",
        "gesendet",
        "datum",
        "envoyé",
        "enviado",
        "enviada",
        "inviato",
        "data",
        "verzonden",
        "sendt",
        "skickat",
        "wysłano",
        "fecha",
        "to",
        "an",
        "à",
        "para",
        "a",
        "aan",
        "til",
        "till",
        "do",
        "komu",
        "címzett",
        "vastaanottaja",
        "кому",
    ]
)
"""What the fields of a head are called: of it one of the first, and one of the others."""
_LONGEST = 12
"""Lines of a head."""


@dataclass(slots=True)
class _Line:
    block: int
    text: str
    own: bool


def own_of(
    blocks: Iterable[Block], *, heads: frozenset[str] = frozenset(), forwarded: bool = False
) -> list[Block]:
    """The blocks, what is not the e-mail's own as no prose.

    `heads` are the first lines of what the page marks as the head of another message. If the text is
    `forwarded`, that of the first such message is taken as own, and not what stands before it.
    """
    blocks = list(blocks)
    lines = [
        _Line(number, line, own=block.prose)
        for number, block in enumerate(blocks)
        for line in block.text.split(_BREAK)
    ]
    plain = [_PRIVATE.sub("", line.text).strip() for line in lines]
    signed = below = False
    heads_seen = at = 0
    while at < len(lines):
        head = _head(plain, at, heads)
        if head > at:
            heads_seen += 1
            signed, below = False, not forwarded or heads_seen > 1
            if forwarded and heads_seen == 1:
                for line in lines[:at]:
                    line.own = False
            _disown(lines[at:head])
            at = head
            continue
        introduced = 0 if below else _introduced(plain, lines, at)
        if introduced:
            _disown(lines[at:introduced])
            follows = _next(plain, introduced)
            below = follows < len(plain) and not _QUOTED.match(plain[follows]) and lines[follows].own
            at = introduced
            continue
        signed = signed or plain[at] == "--"
        if signed or below or _QUOTED.match(plain[at]):
            lines[at].own = False
        at += 1
    return [
        piece for number, group in groupby(lines, lambda line: line.block) for piece in _pieces(list(group))
    ]


def has_own(blocks: Iterable[Block]) -> bool:
    """Whether there is a sentence in the prose: a greeting and "FYI" are none."""
    for block in blocks:
        words = _WORDS.search(block.text) if block.prose else None
        if words is not None and _STOP.search(block.text, words.end()):
            return True
    return False


def begins_with_head(text: str) -> bool:
    """Whether a quoted text is a message that is passed on with its head."""
    lines = [line.strip() for line in text.split("\n") if line.strip()][: 2 * _LONGEST]
    return any(_head(lines, at, frozenset()) > at for at in range(min(2, len(lines))))


def _disown(lines: Iterable[_Line]) -> None:
    for line in lines:
        line.own = False


def _pieces(lines: Sequence[_Line]) -> Iterator[Block]:
    """A block in pieces that are prose, and that are none."""
    for own, group in groupby(lines, lambda line: line.own):
        yield Block(_BREAK.join(line.text for line in group), prose=own)


def _next(lines: Sequence[str], at: int) -> int:
    """The next line that is not blank."""
    while at < len(lines) and not lines[at]:
        at += 1
    return at


def _head(lines: Sequence[str], at: int, heads: frozenset[str]) -> int:
    """Where the head of another message ends that begins at a line; the line itself if none does."""
    first = at
    ruled = _RULE.fullmatch(lines[at]) is not None
    if ruled or (lines[at].endswith(":") and len(lines[at]) < 60):
        first = _next(lines, at + 1)
    names: list[str] = []
    values: list[str] = []
    end = following = first
    while following < len(lines) and len(names) < _LONGEST:
        field = _FIELD.fullmatch(lines[following])
        if field is None:
            break
        names.append(field["name"].lower())
        values.append(field["value"][:200])
        end = following + 1
        following = _next(lines, end)
    if not names:
        return at
    known = _SENDERS.intersection(names) and (ruled or len(_OTHERS.intersection(names)) > 1)
    addressed = len(names) > 2 and any("@" in value for value in values) and any(map(_TIME.search, values))
    marked = len(names) > 1 and lines[first] in heads
    return end if known or addressed or marked else at


def _introduced(plain: Sequence[str], lines: Sequence[_Line], at: int) -> int:
    """Where the words end that introduce a quotation, from a line on; 0 if there are none."""
    if not plain[at] or not _INTRODUCES.match(plain[at] + " " * 6 + ":"):
        return 0
    said = ""
    for end in range(at, min(at + 3, len(plain))):
        if lines[end].block != lines[at].block or not plain[end]:
            break
        said = f"{said}\n{plain[end]}"
        if said.endswith(":") and _INTRODUCES.fullmatch(said.strip()):
            follows = _next(plain, end + 1)
            quoted = follows < len(plain) and (
                _QUOTED.match(plain[follows]) is not None or not lines[follows].own
            )
            return end + 1 if quoted or _SENT_BY.search(said) else 0
    return 0
