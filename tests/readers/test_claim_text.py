"""A claim in words or as a triple."""

from __future__ import annotations

import pytest

from verifier.errors import UsageError
from verifier.model import ClaimRow
from verifier.readers.claim_text import claim_row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A | r | B", ClaimRow("c1", subject="A", predicate="r", object="B")),
        (
            "Kosovo|diplomatic relation|the US\n",
            ClaimRow("c1", subject="Kosovo", predicate="diplomatic relation", object="the US"),
        ),
        (" It is so. ", ClaimRow("c1", claim="It is so.")),
        ("A | B", ClaimRow("c1", claim="A | B")),
        ("A | B | C | D", ClaimRow("c1", claim="A | B | C | D")),
    ],
)
def test_two_bars_make_a_triple(text: str, expected: ClaimRow) -> None:
    """Any other number of them belongs to a sentence."""
    assert claim_row(text, "c1") == expected


@pytest.mark.parametrize("text", ["", " \n", "A | | B", "||", "A | r |"])
def test_nothing_is_no_claim(text: str) -> None:
    """Neither a whole one nor an end of one."""
    with pytest.raises(UsageError, match="empty"):
        claim_row(text, "c1")
