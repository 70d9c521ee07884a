"""Sentences: where they begin and end, whatever the lines are wrapped at."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from verifier.model import Span
from verifier.text.sentences import sentences


def said(text: str) -> list[str]:
    """The sentences with their line ends as blanks."""
    return [" ".join(text[span.start : span.end].split()) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One is here. Two is there.", ["One is here.", "Two is there."]),
        (
            "Dr. Osmani met Gen. Mattis on Feb. 4. They spoke.",
            ["Dr. Osmani met Gen. Mattis on Feb. 4.", "They spoke."],
        ),
        ("A title\n\nIt begins\nhere.", ["A title", "It begins here."]),
        ("It began in February\n2008. Then it ended.", ["It began in February 2008.", "Then it ended."]),
        ("They met on March\n12. Then they left.", ["They met on March 12.", "Then they left."]),
        ("They met on Mar.\n12. Then they left.", ["They met on Mar. 12.", "Then they left."]),
        ("It won (see chapter\n12) and left.", ["It won (see chapter 12) and left."]),
        ("It is over.\n12. It is new", ["It is over.", "It is new"]),
        ('He said "It is over."\r\n3. It is new', ['He said "It is over."', "It is new"]),
        ("Who came:\n1) Ana\n2) Jon\nDoe\n3) Eva", ["Who came:", "Ana", "Jon Doe", "Eva"]),
        ("- Ana came\n2. Jon came", ["Ana came", "Jon came"]),
        ("Who came\n- Ana\n* Jon\n• Eva", ["Who came", "Ana", "Jon", "Eva"]),
        ("# A title\nIt begins", ["A title It begins"]),
        ("before\n> quoted", ["before", "quoted"]),
    ],
)
def test_sentences_end_at_stops_and_items(text: str, expected: list[str]) -> None:
    """A number at the head of a line is an item's only if something ended before it."""
    assert said(text) == expected


@given(st.text(alphabet="aB1 .!?\n-*)#>\"'\u00a0", max_size=80))
@example("It is the capital\nof it. It is\none.\n\nNext")
def test_line_ends_of_windows_part_nothing_else(text: str) -> None:
    """A sentence goes on over either line end, and ends at an empty line."""
    assert said(text.replace("\n", "\r\n")) == said(text)


def test_only_the_prose_is_read() -> None:
    """Sentences do not reach over a gap."""
    text = "One is here `code` two is there."
    assert sentences(text, [Span(0, 12), Span(19, 32)]) == (Span(0, 11), Span(19, 32))


@given(st.text(alphabet="aB1 .!?\n\r-*)#>\"'\u00a0", max_size=80))
def test_sentences_are_in_order_and_trimmed(text: str) -> None:
    """Whatever the text, no sentence overlaps another or holds nothing."""
    spans = sentences(text)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in spans)
