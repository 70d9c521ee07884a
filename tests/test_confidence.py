"""What `confidence` promises is looked up, and never depends on which way the verdict goes."""

from __future__ import annotations

from itertools import product

import pytest

from verifier.calibrated import RIGHT
from verifier.confidence import Ground, Link, confidence
from verifier.model import Match, MatchKind, Reason, Way


def link(score: float, kind: MatchKind = MatchKind.FUZZY) -> Match:
    """A link of this score."""
    return Match("x", "X", "X", score, kind)


def test_every_kind_of_verdict_has_a_probability() -> None:
    """None is missing, and none is certain."""
    assert set(RIGHT) == {"/".join(key) for key in product(Way, Link, Ground)}
    assert all(0 < figure < 1 for figure in RIGHT.values())


@pytest.mark.parametrize(
    ("way", "reason"), list(product(Way, (Reason.SAME_VALUE, Reason.NOT_IN_COMPLETE_LIST)))
)
def test_a_worse_link_is_never_surer(way: Way, reason: Reason) -> None:
    """The worse of two ends counts."""
    named = link(100.0, MatchKind.EXACT)
    sure = [confidence(way, (named, other), reason) for other in (named, link(95.0), link(86.0))]
    assert sure == sorted(sure, reverse=True)


def test_a_name_taken_from_the_text_is_no_guess() -> None:
    """Only fuzzy links are doubted."""
    told = link(92.0, MatchKind.CONTEXT)
    assert confidence(Way.PHRASING, (told,), Reason.SAME_VALUE) == confidence(
        Way.PHRASING, (), Reason.SAME_VALUE
    )
