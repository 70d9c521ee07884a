"""The words of a verdict."""

from __future__ import annotations

import pytest

from verifier.explain import article, list_words, with_capital
from verifier.relations import Relation


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("United Kingdom", "a"),
        ("unimportant thing", "an"),
        ("European state", "a"),
        ("EU state", "an"),
        ("UN mission", "a"),
        ("NATO member", "a"),
        ("empire", "an"),
        ("one-off", "a"),
        ("hour", "an"),
        ("house", "a"),
    ],
)
def test_the_article_goes_by_the_sound(words: str, expected: str) -> None:
    """Not by the letter: "an United Kingdom" is wrong."""
    assert article(words) == expected


def test_a_sentence_begins_with_a_capital_and_a_file_does_not() -> None:
    """The name of a file stays as it is."""
    assert with_capital("long.csv lists all") == "long.csv lists all."
    assert with_capital("the list is complete") == "The list is complete."


def test_a_list_is_called_after_what_it_lists() -> None:
    """By the nouns of its relation, on the side that it lists."""
    relation = Relation("P463", "member of", inverse_nouns=("member",), nouns=("union",))
    assert list_words(relation, object="NATO") == "the list of members of NATO"
    assert list_words(relation, subject="Oslo") == "the list of unions of Oslo"
