"""Phrasings are compiled into rows of lemmas and slots."""

from __future__ import annotations

import subprocess
import sys

import pytest

from verifier.text.patterns import alternatives, items_of

HEAVY = ("numpy", "pandas", "pyarrow", "rich", "simplemma", "spacy")


@pytest.mark.parametrize(
    ("phrasing", "spelled"),
    [
        ("{s} borders {o}", ["{s} borders {o}"]),
        ("{s} (joined|left) {o}", ["{s} joined {o}", "{s} left {o}"]),
        ("{s} [formally] joined {o}", ["{s} joined {o}", "{s} formally joined {o}"]),
        (
            "{s} (lies|is) in [the|a] {o}",
            [f"{{s}} {v} in{a} {{o}}" for v in ("lies", "is") for a in ("", " the", " a")],
        ),
    ],
)
def test_choices_are_spelled_out(phrasing: str, spelled: list[str]) -> None:
    """Every choice and every optional part gives a phrasing, in the order in which they are written."""
    assert list(alternatives(phrasing)) == spelled


@pytest.mark.parametrize(
    ("phrase", "items"),
    [
        ("{s} has joined the {o}", ("{s}", "join", "{o}")),
        ("{s} is located in {o}", ("{s}", "locate", "in", "{o}")),
        ("{s}'s capital is {o}", ("{s}", "'s", "capital", "{o}")),
        ("{s} is a {o}", ("{s}", "be", "a", "{o}")),
        ("{s}, a {o}", ("{s}", ",", "a", "{o}")),
    ],
)
def test_what_carries_no_meaning_is_left_out(phrase: str, items: tuple[str, ...]) -> None:
    """Articles and auxiliaries go, unless nothing else would be left between the slots."""
    assert items_of(phrase) == items


def test_reading_starts_without_the_parser() -> None:
    """What takes long to import waits for the sentence that needs it."""
    code = f"import sys, verifier.check; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
