"""Which texts are ids of Wikidata."""

from __future__ import annotations

import pytest

from verifier.ids import is_id, is_item, is_property


@pytest.mark.parametrize(
    ("text", "item", "property"),
    [
        ("Q1246", True, False),
        ("P36", False, True),
        ("q1246", False, False),
        ("Q0", False, False),
        ("Q01", False, False),
        ("Q", False, False),
        ("Q12\n", False, False),
        ("Q1٢", False, False),
        ("Q" + 17 * "9", False, False),
        ("L12", False, False),
        ("person:ada", False, False),
        (1246, False, False),
        (None, False, False),
    ],
)
def test_an_id_is_a_letter_and_a_number(text: object, item: bool, property: bool) -> None:
    """Of ASCII digits, without a leading zero, and not too many."""
    assert (is_item(text), is_property(text), is_id(text)) == (item, property, item or property)
