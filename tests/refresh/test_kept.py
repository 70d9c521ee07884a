"""Which claim of this night is which of the last."""

from __future__ import annotations

import pytest

from verifier.refresh.kept import KeptClaim, paired, same_claim


def kept(text: str, line: int | None = 1, column: int | None = 1, id: str = "c1") -> KeptClaim:
    return KeptClaim(id, text, line, column if line is not None else None, "unknown", "no-statement", "")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([kept("a"), kept("b", 2)], [kept("a"), kept("b", 2)], [("a", 0), ("b", 1)]),
        # Ids of a text are numbers, which move; those of a table are the places of its claims.
        ([kept("a", id="c1")], [kept("a", id="c2")], [("a", 0)]),
        ([kept("a", None, id="x")], [kept("a", None, id="y")], [(None, 0), ("a", None)]),
        # The same words at another place are another claim.
        ([kept("a", 1)], [kept("a", 5)], [(None, 0), ("a", None)]),
        # What begins at the same place is the same, read otherwise, but only if nothing else is.
        ([kept("a b")], [kept("a")], [("a b", 0)]),
        ([kept("a b"), kept("a")], [kept("a"), kept("a b c")], [("a", 0), ("a b", 1)]),
        # Twice the same words at one place, once gone.
        ([kept("a"), kept("a")], [kept("a")], [("a", 0), ("a", None)]),
        ([], [kept("a")], [(None, 0)]),
        ([kept("a")], [], [("a", None)]),
    ],
)
def test_claims_are_paired_by_place_and_words(
    old: list[KeptClaim], new: list[KeptClaim], expected: list[tuple[str | None, int | None]]
) -> None:
    """Each once, in the order of now, what is gone last."""
    found = [(None if claim is None else claim.text, number) for claim, number in paired(old, new)]
    assert found == expected


def test_the_same_claim_is_found_by_the_first_that_has_one() -> None:
    """By what it was, else by what it is."""
    claims = (kept("a"), kept("b", 2))
    assert same_claim(claims, None, kept("b", 2)) == claims[1]
    assert same_claim(claims, kept("x", 9), kept("a")) == claims[0]
    assert same_claim(claims, None, None) is None
