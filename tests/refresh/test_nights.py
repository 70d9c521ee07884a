"""Three real nights: the Database of Embassies of 2021-01-25, 2021-04-22 and 2022-11-16, one after another.

What the job reports is held against a count that pandas makes over the same files, without any code of the
job, and the verdicts of a watched draft against those rows.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.refresh.nights import (
    DATA,
    MISSION_DAYS,
    Night,
    mission_facts,
    read_missions,
    root_with,
    said,
    spend,
    write_missions,
)

pytestmark = pytest.mark.slow

CLAIMS = (
    # The claim; the id of the sender, the relation and the town of the rows that support it; its verdict in
    # each night. By the third night the list calls Ireland "Republic of Ireland", which changes no verdict.
    ("Honduras has its embassy in Jerusalem.", "Q783", "embassy", "Jerusalem", "uus"),
    ("Comoros has its embassy in Rabat.", "Q970", "embassy", "Rabat", "uss"),
    ("Ireland has its embassy in Kampala.", "Q27", "embassy", "Kampala", "uss"),
    ("Azerbaijan has its embassy in Doha.", "Q227", "embassy", "Doha", "uss"),
    ("Afghanistan has its embassy in Canberra.", "Q889", "embassy", "Canberra", "uss"),
    ("Norway has its embassy in London.", "Q20", "embassy", "London", "uss"),
    ("Slovenia has an honorary consulate in Tashkent.", "Q215", "honorary-consulate", "Tashkent", "uss"),
    ("The United Kingdom has a consulate in Mumbai.", "Q145", "consulate", "Mumbai", "uss"),
    # Wikidata took these back: the mission has another town, or is of another kind.
    ("France has a consulate in Macau.", "Q142", "consulate", "Macau", "suu"),
    ("Slovenia has a consulate in Tashkent.", "Q215", "consulate", "Tashkent", "suu"),
    ("Poland has its embassy in Damascus.", "Q36", "embassy", "Damascus", "ssu"),
    # No row of these changed, or none that matters.
    ("The United States has its embassy in Jerusalem.", "Q30", "embassy", "Jerusalem", "sss"),
    ("Egypt has its embassy in Vienna.", "Q79", "embassy", "Vienna", "sss"),
    # The second night no longer lists the mission, which says nothing of whether it is still there.
    ("Slovenia has a consulate in Izmir.", "Q215", "consulate", "İzmir", "sss"),
    ("Poland has its embassy in The Hague.", "Q36", "embassy", "The Hague", "sss"),
    # The third night has one id for both, so neither row is taken.
    ("Nepal has its embassy in Kuwait City.", "Q837", "embassy", "Kuwait City", "uuu"),
    ("Iraq has its embassy in Kuwait City.", "Q796", "embassy", "Kuwait City", "uuu"),
)
VERDICTS = {"s": "supported", "u": "unknown"}
DRAFT = "\n\n".join(claim for claim, *_ in CLAIMS) + "\n"
CELLS = ("subject", "subject_id", "predicate", "object", "object_id", "P17", "start")
DOUBLED = "Q106686567"


@dataclass(frozen=True, slots=True)
class Counted:
    """What pandas finds in the list of one night."""

    raw: int
    left_out: int
    refused: tuple[int, ...]
    """Lines of the file."""
    rows: pd.DataFrame
    """The statements by their ids."""


def count(path: Path) -> Counted:
    """The list of one night as statements."""
    kinds = tomllib.loads((DATA / "missions.toml").read_text(encoding="utf-8"))["missions"]["values"]["type"]
    frame = read_missions(path)
    wanted = frame["type"].isin(list(kinds)) & (frame["city"] != "")
    doubled = wanted & frame["QID"].duplicated(keep=False)
    taken = frame[wanted & ~doubled]
    rows = pd.DataFrame(
        {
            "subject": taken["operator"],
            "subject_id": _bare(taken["operatorQID"]),
            "predicate": taken["type"].map(kinds),
            "object": taken["city"],
            "object_id": _bare(taken["cityQID"]),
            "P17": taken["country"],
            "start": taken["creation"].str.slice(0, 10),
        }
    )
    lines = tuple(int(place) + 2 for place in frame.index[doubled])
    return Counted(len(frame), int((~wanted).sum()), lines, rows.set_index(_bare(taken["QID"])))


def _bare(addresses: pd.Series[str]) -> pd.Series[str]:
    return addresses.str.rsplit("/", n=1).str[-1]


@dataclass(frozen=True, slots=True)
class Nights:
    """The three nights, the count of each, and what a check of the draft said on the day."""

    root: Path
    nights: tuple[Night, ...]
    counts: tuple[Counted, ...]
    checks: tuple[str, ...]
    replays: tuple[str, ...]


@pytest.fixture(scope="module")
def spent(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """All three nights, once."""
    root = root_with(tmp_path_factory.mktemp("missions"), "missions.toml", DRAFT)
    draft = str(root / "claims" / "draft.md")
    facts = mission_facts()
    nights, counts, checks, replays = [], [], [], []
    for number, day in enumerate(MISSION_DAYS, 1):
        listing = root / "reference" / "missions.csv"
        write_missions(facts, day, listing)
        counts.append(count(listing))
        nights.append(spend(root, day))
        checks.append(checked("--as-of", day, root=root, draft=draft))
        replays.append(checked("--as-of-edition", str(number), root=root, draft=draft))
    return Nights(root, tuple(nights), tuple(counts), tuple(checks), tuple(replays))


def checked(*options: str, root: Path, draft: str) -> str:
    """What a check of the draft against the root says, as JSON."""
    return said("check", "--root", str(root), *options, "--fail-on", "never", "--format", "json", draft)[1]


def pairs(spent: Nights) -> Iterator[tuple[Night, pd.DataFrame, pd.DataFrame]]:
    """Each night after the first, with the rows of the night before and its own."""
    for number in (1, 2):
        yield spent.nights[number], spent.counts[number - 1].rows, spent.counts[number].rows


def test_the_data_have_what_is_tested(spent: Nights) -> None:
    """The count finds rows of every kind of change, and the id that stands twice."""
    assert [counted.raw for counted in spent.counts] == [6365, 7193, 9852]
    assert [len(counted.refused) for counted in spent.counts] == [0, 0, 2]
    for _, before, now in pairs(spent):
        assert len(now.index.difference(before.index)) > 800
        assert len(before.index.difference(now.index)) > 40
        assert len(_differing(before, now)) > 200


def test_each_night_takes_leaves_and_refuses_the_rows_that_pandas_counts(spent: Nights) -> None:
    """Raw rows, rows that are not wanted, refused rows and statements."""
    for number, (day, night, counted) in enumerate(
        zip(MISSION_DAYS, spent.nights, spent.counts, strict=True), 1
    ):
        assert (night.report["edition"], night.report["day"], night.feed["status"]) == (
            number,
            day,
            "refreshed",
        )
        assert (night.feed["read"], night.feed["left_out"]) == (counted.raw, counted.left_out)
        assert night.feed["rows"] == len(counted.rows)
        assert sorted(one["line"] for one in night.feed["refused"]) == list(counted.refused)
        assert all(DOUBLED in one["value"] + one["problem"] for one in night.feed["refused"])


def test_the_first_night_adds_every_row(spent: Nights) -> None:
    """Nothing was there before, so nothing changed and nothing is gone."""
    night, rows = spent.nights[0], spent.counts[0].rows
    assert {mission(change) for change in night.changes("added")} == set(rows.index)
    assert not night.changes("changed")
    assert not night.changes("gone")
    assert night.report["before"] is None


def test_rows_that_came_and_went_are_those_of_the_count(spent: Nights) -> None:
    """By id and by relation, with the cells of the row."""
    for night, before, now in pairs(spent):
        for kind, rows, others in (("added", now, before), ("gone", before, now)):
            expected = rows.loc[rows.index.difference(others.index)]
            found = {mission(change): change for change in night.changes(kind)}
            assert sorted(found) == sorted(expected.index)
            for statement_id, row in expected.iterrows():
                assert cells(found[str(statement_id)]["row"]) == tuple(row[list(CELLS)])
            by_relation = {
                relation: counts[kind] for relation, counts in night.feed["counts"].items() if counts[kind]
            }
            assert by_relation == dict(Counter(expected["predicate"]))


def test_rows_that_changed_show_each_cell_before_and_after(spent: Nights) -> None:
    """No other cell, and no other row."""
    for night, before, now in pairs(spent):
        expected = _differing(before, now)
        found = {
            mission(change): {
                name: (change["old"].get(name, ""), change["new"].get(name, ""))
                for name in CELLS
                if name in change["old"] or name in change["new"]
            }
            for change in night.changes("changed")
        }
        assert found == expected
        assert sum(counts["changed"] for counts in night.feed["counts"].values()) == len(expected)


def test_another_town_is_a_correction_and_a_date_where_none_was_is_not(spent: Nights) -> None:
    """What was stated before is stated otherwise, or is only added to."""
    for night, before, now in pairs(spent):
        expected = _differing(before, now)
        found = {mission(change): change["correction"] for change in night.changes("changed")}
        moved = [one for one, differing in expected.items() if "object_id" in differing]
        dated = [
            one
            for one, differing in expected.items()
            if set(differing) == {"start"} and not differing["start"][0]
        ]
        assert moved
        assert all(found[one] for one in moved)
        assert not any(found[one] for one in dated)


def test_rows_no_longer_listed_are_kept(spent: Nights) -> None:
    """Each night says how many rows the source showed once, and no more."""
    ever: set[str] = set()
    for night, counted in zip(spent.nights, spent.counts, strict=True):
        now = {str(one) for one in counted.rows.index}
        ever |= now
        assert night.feed["kept"] == len(ever - now)


@pytest.mark.parametrize(("claim", "sender", "relation", "town", "letters"), CLAIMS)
def test_the_expected_verdicts_are_those_of_the_rows(
    claim: str, sender: str, relation: str, town: str, letters: str, spent: Nights
) -> None:
    """A claim is supported as long as the last that was listed of some mission says it."""
    last: dict[str, tuple[str, str, str]] = {}
    for counted, letter in zip(spent.counts, letters, strict=True):
        columns = counted.rows[["subject_id", "predicate", "object"]].itertuples(name=None)
        last |= {
            statement_id: (subject, predicate, value) for statement_id, subject, predicate, value in columns
        }
        assert ((sender, relation, town) in last.values()) == (letter == "s"), claim


def test_the_draft_is_decided_by_the_rows_of_each_night(spent: Nights) -> None:
    """Every claim has the verdict that the rows of the night give it."""
    for number, text in enumerate(spent.checks):
        assert verdicts(text) == {claim: VERDICTS[letters[number]] for claim, *_, letters in CLAIMS}


def test_a_verdict_is_reported_when_and_only_when_it_changed(spent: Nights) -> None:
    """Each with the verdicts, the place in the draft, and the row that made it so."""
    first = {sentence(one["claim"]): (one["old"], one["new"]) for one in spent.nights[0].report["verdicts"]}
    supported = (sentence(claim) for claim, *_, letters in CLAIMS if letters[0] == "s")
    assert first == dict.fromkeys(supported, ("unknown", "supported"))  # by the curated table alone: unknown
    for number, (night, before, now) in enumerate(pairs(spent), 1):
        expected = {
            claim: (VERDICTS[letters[number - 1]], VERDICTS[letters[number]])
            for claim, *_, letters in CLAIMS
            if letters[number - 1] != letters[number]
        }
        changed = night.report["verdicts"]
        assert {sentence(one["claim"]): (one["old"], one["new"]) for one in changed} == {
            sentence(claim): both for claim, both in expected.items()
        }
        assert night.code == (1 if expected else 0)
        assert night.report["exit_code"] == night.code
        assert all(one["document"] == "claims/draft.md" for one in changed)
        moved = {*_differing(before, now), *now.index.difference(before.index)}
        lines = {sentence(claim): 2 * place + 1 for place, (claim, *_) in enumerate(CLAIMS)}
        for one in changed:
            assert one["line"] == lines[sentence(one["claim"])]
            causes = {mission(cause) for cause in one["causes"]}
            deciding = deciding_rows(sentence(one["claim"]), before, now)
            assert deciding, one["claim"]
            assert causes & deciding, one["claim"]
            assert causes <= moved, one["claim"]


def deciding_rows(claim: str, before: pd.DataFrame, now: pd.DataFrame) -> set[str]:
    """The rows that say what the claim says, of one night and not of the other."""
    sender, relation, town = next(
        (sender, relation, town) for words, sender, relation, town, _ in CLAIMS if sentence(words) == claim
    )
    found = [
        {
            str(one)
            for one in rows.index[
                (rows["subject_id"] == sender) & (rows["predicate"] == relation) & (rows["object"] == town)
            ]
        }
        for rows in (before, now)
    ]
    return found[0] ^ found[1]


def test_the_watched_draft_is_counted(spent: Nights) -> None:
    """How many of its claims came out how."""
    for number, night in enumerate(spent.nights):
        (document,) = night.report["documents"]
        expected = Counter(VERDICTS[letters[number]] for *_, letters in CLAIMS)
        assert document["path"] == "claims/draft.md"
        assert {verdict: count for verdict, count in document["verdicts"].items() if count} == dict(expected)


def test_an_earlier_edition_is_replayed_byte_for_byte(spent: Nights) -> None:
    """By its number and by its day, whatever came after; and as it was found on the day itself."""
    draft = str(spent.root / "claims" / "draft.md")
    for number, day in enumerate(MISSION_DAYS, 1):
        by_number = checked("--as-of-edition", str(number), root=spent.root, draft=draft)
        assert by_number == spent.replays[number - 1]
        assert by_number == checked("--as-of-edition", day, root=spent.root, draft=draft)
        assert by_number == spent.checks[number - 1]
        code, report = said("refresh", "--root", str(spent.root), "--as-of-edition", day, "--format", "json")
        assert (code, report) == (spent.nights[number - 1].code, spent.nights[number - 1].text)


def test_the_history_of_a_claim_tells_when_its_verdict_changed(spent: Nights) -> None:
    """Runs of equal verdicts, the first and the last edition of each."""
    claim = CLAIMS[0][0]
    code, text = said("history", "--root", str(spent.root), "--format", "json", claim)
    assert code == 0
    assert [one["verdict"] for one in json.loads(text)["history"]] == ["unknown", "supported"]


def verdicts(text: str) -> dict[str, str]:
    """The verdict of each claim in a report as JSON."""
    decided = {sentence(one["text"]): one["verdict"] for one in json.loads(text)["results"]}
    return {claim: decided[sentence(claim)] for claim, *_ in CLAIMS}


def sentence(claim: str) -> str:
    """The words of a claim, without the article that a claim's own text may lack, and the full stop."""
    return claim.removeprefix("The ").removesuffix(".")


def mission(change: dict[str, Any]) -> str:
    """The id of the mission that a row of a report is about, without the name of the source before it."""
    return str(change["statement_id"]).removeprefix("missions:")


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """The mapped cells of a reported row; empty ones are left out of it."""
    return tuple(row.get(name, "") for name in CELLS)


def _differing(before: pd.DataFrame, now: pd.DataFrame) -> dict[str, dict[str, tuple[str, str]]]:
    """The cells, before and after, of each row of both nights that has others."""
    both = before.index.intersection(now.index)
    old, new = before.loc[both, list(CELLS)], now.loc[both, list(CELLS)]
    unlike = old != new
    found = {}
    for statement_id in unlike.index[unlike.any(axis=1)]:
        names = [name for name in CELLS if unlike.at[statement_id, name]]
        found[str(statement_id)] = {
            name: (str(old.at[statement_id, name]), str(new.at[statement_id, name])) for name in names
        }
    return found
