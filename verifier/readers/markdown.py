"""Markdown (CommonMark, with GitHub's tables and footnotes): the text as it is, and where its prose lies.

No character is moved, so that offsets hold in the file as an editor shows it. Code, HTML, comments, tables,
images, link targets and markup are no prose. Front matter between two lines of `---` may give `date:` (or
`as_of:`), the day that the document's claims are about, and `title:`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from verifier.dates import parse_date
from verifier.errors import InputError
from verifier.model import Date, Document, Span
from verifier.readers import text as plain
from verifier.readers.inline import blank_inline

__all__ = ["read"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<keys>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"(?P<key>[A-Za-z_]+) ?:(?P<value>.*)")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?|$)")
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})(?P<info>[^\r\n]*)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_RULE = re.compile(r" {0,3}(?:=+|-+|(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t|:-]*-[ \t|:-]*")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]]{1,500}\]:[ \t]*\S")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\[\]\s]{1,100}\]:[ \t]*")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*\S")
_RAW = (
    ("<!--", "-->"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<pre", "</pre>"),
    ("<svg", "</svg>"),
)


def read(data: bytes, name: str) -> Document:
    """Read a Markdown text.

    Raises `InputError` if it is empty, binary, in another encoding, without any prose, or dated by something
    that is no date.
    """
    text = plain.decode(data, name)
    document = Document(text=text, name=name)
    body = 0
    if front := _FRONT.match(text):
        document = _with_front_matter(document, front["keys"])
        body = front.end()
    prose = _prose(text, body)
    if not prose:
        raise InputError(f"{name}: there is no prose in it: only markup, code or tables")
    return replace(document, prose=prose)


def _with_front_matter(document: Document, keys: str) -> Document:
    as_of: dict[str, Date] = {}
    title = ""
    for number, line in enumerate(keys.splitlines(), start=2):
        match = _KEY.fullmatch(line)
        if match is None:
            continue
        value = match["value"].partition(" #")[0].strip(" \t\"'")
        if match["key"] == "title":
            title = value
        elif match["key"] in ("date", "as_of") and value:
            try:  # a time of day, as site generators write it, does not matter
                as_of[match["key"]] = parse_date(re.split(r"[T ]", value)[0])
            except ValueError as exc:
                problem = f"{match['key']} is {value[:40]!r}, which is not a date: write it as 2021-02-01"
                raise InputError(f"{document.name}:{number}: {problem}") from exc
    return replace(document, as_of=as_of.get("as_of", as_of.get("date")), title=title)


def _prose(text: str, body: int) -> tuple[Span, ...]:
    """The runs of prose from offset `body` on."""
    mask = bytearray(len(text))
    for start, end, pieces in _blocks(text, body):
        for first, last in pieces:
            mask[first:last] = b"\1" * (last - first)
        blank_inline(text, start, end, mask)
        if not any(text[at].isalnum() for at in range(start, end) if mask[at]):
            mask[start:end] = bytes(end - start)
    return tuple(Span(*match.span()) for match in re.finditer(rb"\x01+", mask))


_Block = tuple[int, int, list[tuple[int, int]]]
"""Where it begins and ends, and the pieces in between that are not markers at the head of a line."""


def _blocks(text: str, body: int) -> list[_Block]:
    """Headings, paragraphs, items and the like; line ends inside a block belong to it."""
    lines = [match.span() for match in _LINE.finditer(text, body) if match.end() > match.start()]
    blocks: list[_Block] = []
    pieces: list[tuple[int, int]] = []

    def close() -> None:
        if pieces:
            first, last = pieces[-1]
            pieces[-1] = (first, first + len(text[first:last].rstrip()))
            blocks.append((pieces[0][0], pieces[-1][1], pieces.copy()))
            pieces.clear()

    until = ""  # what ends the code or HTML that we are in
    quoted = in_list = in_table = False
    for index, (start, end) in enumerate(lines):
        line = text[start:end].rstrip("\r\n")
        if until:
            if _ends(line, until):
                until = ""
            continue
        at = 0
        quote = _QUOTE.match(line)
        if quote is not None:
            at = quote.end()
        if (quote is not None) and not quoted:
            close()
        quoted = quote is not None
        rest = line[at:]
        if not rest.strip():
            close()
            in_table = False
            continue
        if not pieces and not in_list and _INDENTED.match(rest):
            continue
        if until := _opens(rest):
            close()
            if _closes_itself(rest, until):
                until = ""
            continue
        if item := _ITEM.match(rest):
            if _RULE.match(rest):
                close()
                continue
            close()
            in_list = True
            at += item.end()
            rest = line[at:]
            if until := _opens(rest):
                until = "" if _closes_itself(rest, until) else until
                continue
        elif not rest[0].isspace() and not pieces:
            in_list = False
        if _RULE.match(rest) or _DEFINITION.match(rest):
            close()
            continue
        following = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        if "|" in rest and (
            in_table or ("|" in following and _TABLE_RULE.fullmatch(following.rstrip("\r\n")))
        ):
            close()
            in_table = True
            continue
        in_table = False
        if footnote := _FOOTNOTE.match(rest):
            close()
            at += footnote.end()
        elif heading := _HEADING.match(rest):
            close()
            head = at + heading.end()
            title = line[head:].rstrip()
            unmarked = title.rstrip("#")
            if unmarked != title and (not unmarked or unmarked[-1].isspace()):
                title = unmarked.rstrip()
            pieces.append((start + head, start + head + len(title)))
            close()
            continue
        else:
            at += len(rest) - len(rest.lstrip())
        pieces.append((start + at, end))
    close()
    return blocks


def _opens(line: str) -> str:
    """What will end the code or HTML that begins on this line; "" if none does."""
    fence = _FENCE.match(line)
    if fence is not None and not (fence["fence"][0] == "`" and "`" in fence["info"]):
        return fence["fence"]
    head = line.lstrip().casefold()
    return next((last for first, last in _RAW if head.startswith(first)), "")


def _closes_itself(line: str, until: str) -> bool:
    return until[0] not in "`~" and until in line.casefold()


def _ends(line: str, until: str) -> bool:
    if until[0] in "`~":
        bare = line.strip("> \t")
        return len(bare) >= len(until) and set(bare) == {until[0]}
    return until in line.casefold()
