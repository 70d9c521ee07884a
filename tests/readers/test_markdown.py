"""Markdown keeps its text, and says where the prose is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from verifier.dates import parse_date
from verifier.errors import InputError
from verifier.model import Document
from verifier.readers import markdown


def read(text: str) -> Document:
    return markdown.read(text.encode(), "draft.md")


def blocks(text: str) -> list[str]:
    """The prose as a reader sees it: a gap with a line break parts blocks, any other gap is blank."""
    document = read(text)
    found: list[str] = []
    end = 0
    for span in document.prose:
        gap = document.text[end : span.start]
        piece = document.text[span.start : span.end]
        if found and "\n" not in gap:
            found[-1] += " " + piece
        else:
            found.append(piece)
        end = span.end
    return [" ".join(block.split()) for block in found]


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("One.\n\nTwo\ngoes on.\n", ["One.", "Two goes on."]),
        ("# Head #\nBody.", ["Head", "Body."]),
        ("Head\n====\nBody.", ["Head", "Body."]),
        ("C# is #1\n", ["C# is #1"]),
        ("- # C# # and #\n", ["C# # and"]),
        ("Two\nlines\n---\nBody.", ["Two lines", "Body."]),
        ("A **bold** and _soft_ word", ["A bold and soft word"]),
        ("snake_case and 2 * 3", ["snake_case and 2 * 3"]),
        ("Run `rm -rf` now", ["Run now"]),
        ("Run ``a ` b`` now", ["Run now"]),
        ("a ` b", ["a ` b"]),
        ("See [the page](https://example.org/a_(b) 'T') today", ["See the page today"]),
        ("See [the page][ref] today\n\n[ref]: https://example.org", ["See the page today"]),
        ("[Home][]", ["Home"]),
        ("Signed [File photo]", ["Signed [File photo]"]),
        ("![A flag](flag.png) Words", ["Words"]),
        ("[![badge](b.svg)](https://x.org) Words", ["Words"]),
        ("At <https://example.org> and https://example.org/x. Then", ["At and . Then"]),
        ("A <b>big</b> <br/> one, 1 < 2", ["A big one, 1 < 2"]),
        ("A note[^1].\n\n[^1]: It is so.", ["A note .", "It is so."]),
        (
            "A note[^1].\n\n[^1]: Yes.\n[^b]: It is\nso.\n\n    Indeed.",
            ["A note .", "Yes.", "It is so.", "Indeed."],
        ),
        ("Before <!-- not\nthis --> after", ["Before after"]),
        ("One.\n\n<!-- hidden\n\nclaim -->\nTwo.", ["One.", "Two."]),
        ("One.\n```python\nx = 1\n\ny = 2\n```\nTwo.", ["One.", "Two."]),
        ("~~~\nnever closed\n\nstill code", []),
        ("One.\n\n    indented code\n\nTwo.", ["One.", "Two."]),
        (
            "- item one\n  goes on\n- item two\n\n    inside the item",
            ["item one goes on", "item two", "inside the item"],
        ),
        ("1. first\n2) second", ["first", "second"]),
        ("It began in\n2008. Then\n3) more", ["It began in 2008. Then 3) more"]),
        ("- It began in\n  2008. Then\n- more", ["It began in 2008. Then", "more"]),
        ("> It began in\n> 2008. Then", ["It began in 2008. Then"]),
        ("It began:\n1. first\n2. second", ["It began:", "first", "second"]),
        ("- a\n\n  - b\n\n        code\n\n\tin b", ["a", "b", "in b"]),
        ("- [x] done", ["done"]),
        ("- ```\n  code\n  ```\n- text", ["text"]),
        ("> quoted\n> goes on\n\nafter", ["quoted goes on", "after"]),
        ("before\n> quoted", ["before", "quoted"]),
        ("| a | b |\n|---|:-:|\n| c | d |\n\nafter", ["after"]),
        ("***\n\n---\n\nafter", ["after"]),
        (r"not \*bold\*", ["not *bold *"]),
        ("<script>\nlet x\n</script>\nWords", ["Words"]),
        ("<div>\nsee [it](x.md)\n</div>\n\nafter", ["see it", "after"]),
        ("<ul>\n<li>one\ngoes on</li>\n<li>two</li>\n</ul>", ["one goes on", "two"]),
        ("<table>\n<tr>\n\n<td>cell</td>\n\n</tr>\n</table>\n\nafter", ["after"]),
        ("<svg>\n\nnever closed\n\n<svg>", ["never closed"]),
        ("> <!-- not\n> this -->\n> but this", ["but this"]),
        ("a&nbsp;b", ["a b"]),
        ("\u00a0\nOne\n\u00a0\ntwo", ["One two"]),
        ("\x85\nOne\n\x85\ntwo", ["One two"]),
        ("> \x1f\n> One\ntwo", ["One two"]),
        ("One.\r\nTwo.\r\n\r\nThree.\r\n", ["One. Two.", "Three."]),
    ],
)
def test_prose_is_what_a_reader_reads(text: str, prose: list[str]) -> None:
    """Markup, code, comments, tables and targets are left out; blocks stay apart."""
    if not prose:
        with pytest.raises(InputError, match="no prose"):
            read(text)
    else:
        assert blocks(text) == prose


def test_front_matter_dates_and_names_the_document() -> None:
    """`date:` gives the day, and the keys are no prose."""
    document = read("---\ntitle: 'Ties'\ndate: 2021-02-01T08:00:00Z # filed\ntags: [a]\n---\nBody.\n")
    assert (document.title, document.as_of) == ("Ties", parse_date("2021-02-01"))
    assert [document.text[span.start : span.end] for span in document.prose] == ["Body."]


def test_as_of_beats_date() -> None:
    """The day that the claims are about may be another than that of the page."""
    assert read("---\ndate: 2024-01-01\nas_of: 2021-02\n---\nBody.").as_of == parse_date("2021-02")


def test_a_date_that_is_none_is_an_error_with_its_line() -> None:
    """Today would be a wrong guess."""
    with pytest.raises(InputError, match=r"draft\.md:3: date is 'Monday', which is not a date"):
        read("---\ntitle: x\ndate: Monday\n---\nBody.")


@given(st.text(alphabet="ab .\n\r#*_`[]()!<>-|~=\\&:/^1\t\u00a0é", max_size=200))
def test_any_text_is_kept_and_its_spans_are_in_order(text: str) -> None:
    """Whatever the markup, no character moves and no span overlaps another."""
    try:
        document = read(text)
    except InputError:
        return
    assert document.text == text
    ends = [0, *(edge for span in document.prose for edge in (span.start, span.end)), len(text)]
    assert ends == sorted(ends)
    assert all(span.start < span.end for span in document.prose)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "](",
        "![",
        "`",
        "``a`",
        "<!--",
        "<a",
        "*a ",
        "> ",
        "- ",
        "| ",
        "[^",
        '](a "',
        " ",
        "#",
        "\\",
        "<svg>\n\n",
    ],
)
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    """Two hundred thousand characters of one construct are read at once."""
    assert_linear(lambda size: read("a " + piece * (size // len(piece))), 200_000)


@pytest.mark.slow
def test_ten_megabytes_are_read() -> None:
    """A book is no hostile input, but must not be slower than one."""
    chapter = "## A [head](x.md)\n\nSome **words** and `code`, as _ever_.\n\n- one\n- two\n\n```\nx\n```\n\n"
    document = read(chapter * (10_000_000 // len(chapter)))
    assert len(document.prose) > 100_000


@pytest.mark.parametrize("mark", [">", "> ", "- "])
def test_what_lies_deep_is_read_as_text(mark: str) -> None:
    """However deep lists and quotes are: nothing is left out without a word."""
    deep = mark * 200
    assert blocks(f"One.\n\n{deep}Two goes\n{'' if mark == '- ' else deep}on.\n\nThree.\n")[:2] == [
        "One.",
        "Two goes on.",
    ]
