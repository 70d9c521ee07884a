"""Makes text from outside inert: in a terminal, in a spreadsheet, in Markdown, in HTML.

A claim, a label or a source's title may hold control sequences, characters that turn the direction of writing
(and so show another text than they are), formulas, or markup. They are shown, not obeyed.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote, urlsplit

__all__ = ["cell", "html", "html_text", "inert_json", "markdown", "visible", "web_address"]

# C0 and C1 controls, line separators, bidi embeddings, overrides and isolates (Unicode TR 9), half surrogate
# pairs, invisible tags, the byte order mark. Left-to-right and joining marks are harmless.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$^]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LINE_BREAK = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_NO_CHARACTER = re.compile(
    "[\ufdd0-\ufdef]|["
    + "".join(f"{chr(0x10000 * n + 0xFFFE)}-{chr(0x10000 * n + 0xFFFF)}" for n in range(17))
    + "]"
)
"""Code points that HTML allows in no text: the noncharacters of Unicode."""
_MENTION = re.compile(r"@(?=\w)")


def visible(text: str) -> str:
    """One line in which nothing is hidden: white space is folded, control characters are pictured."""
    return _HIDDEN.sub(_picture, _SPACE.sub(" ", text).strip(" "))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return f"<U+{code:04X}>"


def inert_json(dumped: str) -> str:
    """JSON without characters that act on a terminal or turn the writing; it still reads as the same."""
    return _HIDDEN.sub(_json_escape, dumped)


def _json_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code in (0x0A, 0x0D):  # between values: inside a string `json.dumps` has escaped them
        return match[0]
    if code > 0xFFFF:
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"


def cell(text: str) -> str:
    """A spreadsheet cell that is no formula: one that begins like it gets an apostrophe in front.

    The rule is OWASP's for CSV injection (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    shown = visible(text)
    return f"'{shown}" if shown.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else shown


def markdown(text: str) -> str:
    """Text that Markdown, as GitHub reads it, shows as it is: no markup, HTML or link, nobody mentioned."""
    return _MENTION.sub("@<!-- -->", _MARKUP.sub(r"\\\g<0>", visible(text)))


def html(text: str) -> str:
    """Text that HTML shows as it is, in an element or in a quoted attribute: no tag, no entity, one line."""
    return html_text(visible(text))


def html_text(text: str) -> str:
    """The same for running text, whose white space is kept: line breaks become those of HTML."""
    lines = _LINE_BREAK.sub("\n", text).split("\n")
    tabs = ("\t".join(_HIDDEN.sub(_picture, cell) for cell in line.split("\t")) for line in lines)
    return escape(_NO_CHARACTER.sub(_picture, "\n".join(tabs)))


def web_address(url: str) -> str:
    """The address if it is one of the web, with what could end a link percent-encoded; else ""."""
    try:
        parts = urlsplit(url)
        if parts.scheme.casefold() not in ("http", "https") or not parts.hostname:
            return ""
    except ValueError:
        return ""
    return quote(url, safe="/:?#@!$&'*+,;=%~-._", errors="replace")
