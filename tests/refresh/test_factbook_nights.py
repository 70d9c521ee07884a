"""Sixty-five editions of the World Factbook as nights: who heads which state or government.

Every holder who came, went or got another start is reported in the night that brought it, and nothing else;
the editions are compared by pandas, without any code of the job.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from tests.refresh.nights import Night, head_facts, root_with, spend, write_heads

DRAFT = """\
Albin Kurti has been head of government of Kosovo since 22 February 2021.

Albin Kurti took office as head of government of Kosovo on 22 March 2021.

Albin Kurti is the head of government of Kosovo.

Olaf Scholz is the head of government of Germany.
"""
KURTI = ("Kosovo", "P6", "Albin KURTI")
_LIMIT = 300.0
"""Seconds for all nights."""


def editions(days: Iterable[str], root: Path) -> Iterator[tuple[pd.Series[str], Night]]:
    """The starts that each edition shows, by country, office and holder, and the night that read it."""
    facts = head_facts()
    for day in days:
        edition = root / "reference" / "heads.csv"
        write_heads(facts, day, edition)
        frame = pd.read_csv(edition, dtype=str, keep_default_na=False)
        yield frame.set_index(["country", "office", "holder"])["start"], spend(root, day)


def reported(night: Night, kind: str) -> set[tuple[str, str, str]]:
    """Country, office and holder of the rows that came, changed or went."""
    return {
        (change["row"]["subject"], change["relation"], change["row"]["object"])
        for change in night.changes(kind)
    }


@pytest.mark.slow
def test_two_editions_that_disagree_about_a_date_are_a_correction(tmp_path: Path) -> None:
    """They state two days on which Albin Kurti took office; the claims about it change with the row."""
    root = root_with(tmp_path, "heads.toml", DRAFT)
    (_, first), (_, second) = editions(("2021-11-11", "2021-12-30"), root)
    assert first.feed["status"] == second.feed["status"] == "refreshed"
    (change,) = [one for one in second.changes("changed") if one["row"]["subject"] == "Kosovo"]
    assert (change["row"]["subject"], change["relation"], change["row"]["object"]) == KURTI
    assert (change["old"]["start"], change["new"]["start"]) == ("2021-02-22", "2021-03-22")
    assert change["correction"] is True
    found = {one["claim"].removesuffix("."): (one["old"], one["new"]) for one in second.report["verdicts"]}
    first_claim, second_claim, third_claim, _ = DRAFT.replace(".", "").split("\n\n")
    assert found[first_claim] == ("supported", "contradicted")
    assert found[second_claim] == ("contradicted", "supported")
    assert third_claim not in found
    for one in second.report["verdicts"]:
        if one["claim"].startswith("Albin"):
            assert change["statement_id"] in {cause["statement_id"] for cause in one["causes"]}
    assert second.code == 1


@pytest.mark.slow
def test_every_edition_is_a_night_that_reports_what_it_brought(tmp_path: Path) -> None:
    """All holders who came, went or got another start, in each of the nights, in less than five minutes."""
    days = sorted(head_facts()["edition_date"].unique())
    assert len(days) == 65
    root = root_with(tmp_path, "heads.toml", DRAFT)
    began = time.monotonic()
    before = pd.Series(dtype=str)
    corrections = 0
    for number, (now, night) in enumerate(editions(days, root), 1):
        assert (night.report["edition"], night.feed["status"]) == (number, "refreshed"), night.feed["problem"]
        assert night.feed["read"] == night.feed["rows"] == len(now)
        assert not night.feed["refused"]
        both = [key for key in now.index if key in before.index]
        differing = {key for key in both if before[key] != now[key]}
        assert reported(night, "added") == {key for key in now.index if key not in before.index}
        assert reported(night, "gone") == {key for key in before.index if key not in now.index}
        assert reported(night, "changed") == differing
        # A day within the month or the year that was stated before is no other date.
        corrected = {
            key for key in differing if before[key] and now[key] and not now[key].startswith(before[key])
        }
        for change in night.changes("changed"):
            key = (change["row"]["subject"], change["relation"], change["row"]["object"])
            assert (change["old"].get("start", ""), change["new"].get("start", "")) == (before[key], now[key])
            assert change["correction"] == (key in corrected), key
        corrections += len(corrected)
        before = now
    assert corrections > 90
    assert time.monotonic() - began < _LIMIT
