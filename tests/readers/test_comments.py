"""Marks in texts and Markdown: what each comment says, what it covers, and what is no mark."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.growth import assert_linear
from verifier.model import Document
from verifier.readers import markdown, text

IGNORE = "<!-- verifier: ignore -->"
OFF, ON = "<!-- verifier: off -->", "<!-- verifier: on -->"


def covers(document: Document) -> list[str | tuple[str, ...]]:
    """What each mark covers, or the first words of what is wrong with it."""
    return [
        mark.problem or tuple(document.text[span.start : span.end].strip() for span in mark.covers)
        for mark in document.marks
    ]


def in_markdown(told: str) -> Document:
    return markdown.read(told.encode(), "a.md")


def in_text(told: str) -> Document:
    return text.read(told.encode(), "a.txt")


def prose(document: Document) -> str:
    return " ".join(document.text[span.start : span.end] for span in document.prose)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (f"One. Two. {IGNORE} Three.", "One. Two."),
        (f"One. Two.{IGNORE}", "One. Two."),
        (f"One.\n{IGNORE}\nTwo.", "One."),
        (f"One {IGNORE} goes on.", "One"),
        (f"{IGNORE}\n\nOne. Two.\n\nThree.", "One. Two."),
        (f"{IGNORE}\nOne.\nTwo.\n\nThree.", "One.\nTwo."),
        (f"Zero.\n\n{IGNORE}\n\nOne.\n\nTwo.", "One."),
        (f"Zero.\r\n\r\n{IGNORE}\r\n\r\nOne.\r\n\r\nTwo.", "One."),
        (f"{IGNORE}\r\nOne.\r\nTwo.\r\n\r\nThree.", "One.\r\nTwo."),
        (f"{IGNORE} One. Two.\n\nThree.", "One. Two."),
        (f"{IGNORE}\n\nOne.\n{IGNORE}\nTwo.\n\nThree.", f"One.\n{IGNORE}\nTwo."),
        (f"Zero.\n\n{IGNORE}\n\n- one\n- two\n\nThree.", "- one\n- two"),
        (f"A.\n\n{OFF}\n\nB.\n\nC.\n\n{ON}\n\nD.", "B.\n\nC."),
        (f"A. {OFF} B. {ON} C.", "B."),
        (f"A.\n\n{OFF}\n\nB.\n\nC.", "B.\n\nC."),
    ],
)
@pytest.mark.parametrize("read", [in_markdown, in_text])
def test_a_mark_covers_what_stands_before_or_after_it(
    read: Callable[[str], Document], told: str, found: str
) -> None:
    """After words of a block the sentence there; before them the block; from off to on all."""
    document = read(told)
    assert covers(document)[0] == (found,)
    assert document.text == told
    assert "verifier" not in prose(document)
    plain = told.replace(IGNORE, "").replace(OFF, "").replace(ON, "")
    assert [word for word in prose(document).split() if word != "-"] == plain.replace("-", "").split()


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (f"- a\n- b {IGNORE}\n- c", "b"),
        (f"- a\n  {IGNORE}\n- b", "- a"),
        (f"- a\n{IGNORE}\n- b\n- c", "- b"),
        (f"- a\n\n{IGNORE}\n\n- b\n- c", "- b"),
        (f"1. a\n\n{IGNORE}\n\n- b\n- c", "- b\n- c"),
        (f"- {IGNORE}\n  a\n\n  b\n- c", "a"),
        (f"# Head\n{IGNORE}\nOne.\n\nTwo.", "One."),
        (f"{IGNORE}\n# Head\nOne.", "# Head"),
        (f"# Head {IGNORE}\nOne.", "Head"),
        (f"> One.\n> {IGNORE}\n\nTwo.", "> One.\n>"),
        (f"{IGNORE}\n> One.\n> Two.\n\nThree.", "> One.\n> Two."),
        (f"<div>\nOne. {IGNORE}\n<p>Two.</p></div>", "<div>\nOne."),
        (f"<div>\n{IGNORE}\n<p>One.</p>\n<p>Two.</p></div>", "One."),
        (f"---\ntitle: x\n---\n{IGNORE}\nOne.\n\nTwo.", "One."),
        (f"Note[^1].\n\n[^1]: One. {IGNORE}\n\nTwo.", "One."),
    ],
)
def test_what_a_block_is_in_markdown(told: str, found: str) -> None:
    """A list as a whole, unless the mark parts it: then the next item."""
    assert covers(in_markdown(told)) == [(found,)]


@pytest.mark.parametrize(
    "told",
    [
        f"`{IGNORE}` is code.",
        f"A.\n\n```\n{IGNORE}\n```\n",
        f"A.\n\n    {IGNORE}\n",
        f"A.\n\n<pre>\n{IGNORE}\n</pre>\n",
        f"\\{IGNORE} A.",
        "A. <!-- verified by Anna --> <!-- verify on Monday --> <!-- very good: on it -->",
        f"A. <!-- an example: {IGNORE}",
    ],
)
def test_what_is_no_mark(told: str) -> None:
    """Code, an escaped comment, comments for other people."""
    assert in_markdown(told).marks == ()


@pytest.mark.parametrize("read", [in_markdown, in_text])
@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("<!--verifier:ignore-->", ""),
        ("<!--\n  Verifier: IGNORE\n-->", ""),
        ("<!-- verifier: ignore (checked by hand, 3 Nov) -->", "checked by hand, 3 Nov"),
        ("<!-- verifier: ignore: the ministry\n says so -->", "the ministry says so"),
        ("<!-- verifier: ignore - old -->", "old"),
        ("<!-- verifier: ignore — old -->", "old"),
        ("<!-- verifier: off: a quotation -->", "a quotation"),
    ],
)
def test_a_reason_may_be_given(read: Callable[[str], Document], comment: str, reason: str) -> None:
    """After a colon or a dash, or in brackets."""
    (mark,) = read(f"{comment}\n\nOne.").marks
    assert (mark.problem, mark.reason) == ("", reason)
    assert mark.covers


@pytest.mark.parametrize("read", [in_markdown, in_text])
@pytest.mark.parametrize(
    ("told", "line", "problem"),
    [
        ("One. <!-- verifier: ignroe -->", 1, "<!-- verifier: ignroe --> is not understood: write one of"),
        ("One.\n\n<!-- verifer: off -->\n\nTwo.", 3, "<!-- verifer: off --> is not understood"),
        ("One. <!-- verifier ignore -->", 1, "<!-- verifier ignore --> is not understood"),
        ("One. <!-- verifier: -->", 1, "<!-- verifier: --> is not understood"),
        (
            "One. <!-- verifier: ignore-next -->",
            1,
            "<!-- verifier: ignore-next --> is not understood: write a rea",
        ),
        (
            "One. <!-- verifier: ignore this -->",
            1,
            "<!-- verifier: ignore this --> is not understood: write a rea",
        ),
        ("One.\n<!-- verifier: ignore", 2, "<!-- verifier: ignore is a comment that is never closed"),
        (f"One.\n\n{ON}", 3, "verifier: on: nothing is off here"),
        (f"One.\n\n{IGNORE}\n", 3, "verifier: ignore: no block follows it"),
        (
            f"One. <!-- verifier: ignore: {'x' * 3000} -->",
            1,
            f"<!-- verifier: ignore: {'x' * 42}… --> is longer",
        ),
    ],
)
def test_what_is_meant_and_wrong_is_told(
    read: Callable[[str], Document], told: str, line: int, problem: str
) -> None:
    """With its line; it covers nothing, and is not read as prose."""
    document = read(told)
    (mark,) = document.marks
    assert (mark.line, mark.covers, mark.problem[: len(problem)]) == (line, (), problem)
    assert "verif" not in prose(document)


def test_nested_regions_are_told() -> None:
    """The first counts."""
    document = in_markdown(f"A.\n\n{OFF}\nB.\n\n{OFF}\nC.\n\n{ON}\nD.\n\n{ON}\nE.")
    assert [mark.problem for mark in document.marks] == [
        "",
        "verifier: off: it is off already, since line 3",
        "verifier: on: nothing is off here: write verifier: off before it",
    ]
    span = document.marks[0].covers[0]
    assert (document.text[span.start : span.end]).split() == ["B.", *OFF.split(), "C."]


@pytest.mark.parametrize(
    "table", ["| a {} | b |\n|---|---|\n| c | d |", "<table>\n<tr><td>a {}</td></tr></table>"]
)
def test_a_mark_in_a_table_is_told(table: str) -> None:
    """Nothing is read there."""
    (mark,) = in_markdown(f"One.\n\n{table.format(IGNORE)}\n\nTwo.").marks
    assert mark.problem == "a mark in a table covers nothing: no claim is looked for there"


def test_a_mark_in_front_matter_is_told() -> None:
    """It is no text; an `off` there turns nothing off."""
    told = in_markdown(f"---\ntitle: T {IGNORE}\n{OFF}\n---\n\nOne. {IGNORE}\n\nTwo.").marks
    assert [(mark.line, mark.problem[:25]) for mark in told[:2]] == [
        (2, "a mark in front matter co"),
        (3, "a mark in front matter co"),
    ]
    assert (told[2].problem, len(told)) == ("", 3)


@pytest.mark.parametrize(
    "piece",
    [
        f"One. {IGNORE}\n\n",
        f"{IGNORE}\n",
        f"A {IGNORE}",
        f"{OFF}\n\n",
        f"{OFF}{ON}",
        f"- a\n{IGNORE}\n",
        "<!-- v",
        "<!-- verifier: ",
        "<!-- verifier: ignore",
        "<!-- verifier: off - ",
        "<!--" + " " * 50,
        "<!-- verifier: ignore (",
        f"<div>{IGNORE} <b>a</b> </div>",
        f"<div>{IGNORE}",
        "<!--->",
    ],
)
@pytest.mark.parametrize("read", [in_markdown, in_text])
def test_hostile_comments_take_linear_time(read: Callable[[str], Document], piece: str) -> None:
    """Many, nested, never closed."""
    assert_linear(lambda size: read("Words. " + piece * (size // len(piece)) + "\n\nWords."), 150_000)
