"""What somebody decided to hear no more of, in the formats for programs."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.reports.drafts import draft
from verifier.model import Report, Suppressed, Verdict
from verifier.reports import REPORTS


def told() -> Report:
    """Contradicted claims, of which the first is ignored and the second in the baseline."""
    first, second, *others = draft(verdict=Verdict.CONTRADICTED).results
    ignored = replace(first, suppressed=Suppressed.INLINE)
    return replace(draft(), results=(ignored, replace(second, suppressed=Suppressed.BASELINE), *others))


def test_sarif_says_so_and_makes_no_error_of_it() -> None:
    """Each result says whether it is suppressed, as the standard wants it where one does."""
    found = json.loads(REPORTS["sarif"](told()))["runs"][0]["results"]
    assert [one["suppressions"] for one in found[:3]] == [[{"kind": "inSource"}], [{"kind": "external"}], []]
    assert [one["level"] for one in found[:3]] == ["note", "note", "error"]
    plain = json.loads(REPORTS["sarif"](draft()))["runs"][0]["results"]
    assert not [one for one in plain if "suppressions" in one]


def test_github_shows_it_nowhere() -> None:
    """Nor is it published as a review."""
    assert REPORTS["github"](told()).count("::error ") == len(told().results) - 2
    assert "Pristina" not in REPORTS["github"](told())
    assert len(json.loads(REPORTS["claimreview"](told()))["@graph"]) == len(told().results) - 2


def test_an_annotation_is_tagged() -> None:
    """It is still there to be seen."""
    found = json.loads(REPORTS["webannotation"](told()))["first"]["items"]
    tags = [[body["value"] for body in one["body"] if body["purpose"] == "tagging"] for one in found[:3]]
    assert [one[2:] for one in tags] == [["ignored"], ["in baseline"], []]
