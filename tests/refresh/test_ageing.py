"""Which curated rows have grown old: by tables of a few rows."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from verifier.refresh.ageing import find_stale
from verifier.refresh.shown import read_shown
from verifier.sources import open_source
from verifier.sources.bundled import bundled_catalogue
from verifier.sources.manifest import ListedFile
from verifier.sources.store import TableSource

HEADER = (
    "subject,predicate,object,P17,start,end,point_in_time,seen_last,polarity,rank,retrieved,source_url,P5102"
)
URL = "https://example.org/"


def row(
    subject: str,
    predicate: str,
    value: str,
    *,
    seen: str = "",
    read: str = "",
    start: str = "",
    end: str = "",
    at: str = "",
    country: str = "",
    polarity: str = "",
    rank: str = "",
    nature: str = "",
) -> str:
    cells = (subject, predicate, value, country, start, end, at, seen, polarity, rank, read, URL, nature)
    return ",".join(cells)


def table(folder: Path, rows: Sequence[str]) -> TableSource:
    folder.mkdir()
    (folder / "statements.csv").write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    return open_source(folder, catalogue=bundled_catalogue())


def old(
    tmp_path: Path, curated: Sequence[str], refreshed: Sequence[str] = (), on: str = "2022-03-02"
) -> list[str]:
    """The rows that are old, in words, with the day they were last shown."""
    file = tmp_path / "statements-feed.csv"
    file.write_text("\n".join((HEADER, *refreshed, "")), encoding="utf-8")
    rows = [(file, ListedFile(file.name))]
    shown = partial(read_shown, rows, catalogue=bundled_catalogue(), link=lambda *asked: "")
    found = find_stale(
        table(tmp_path / "curated", curated),
        shown,
        catalogue=bundled_catalogue(),
        on=datetime.date.fromisoformat(on),
    )
    return [f"{words} ({shown})" for one in found for _, words, shown in one.rows]


KING = row("Ruritania", "P35", "Ann Kelp", seen="2021-01-25")
IS_OLD = ["Ruritania | head of state | Ann Kelp (2021-01-25)"]


@pytest.mark.parametrize(
    ("curated", "expected"),
    [
        ([KING], IS_OLD),
        ([row("Ruritania", "P35", "Ann Kelp", seen="2021-01-26")], []),  # 400 days: the last that counts
        ([row("Ruritania", "P35", "Ann Kelp", seen="2021-01-25", end="2021-06")], []),
        ([row("Ruritania", "P35", "Ann Kelp", seen="2021-01-25", rank="deprecated")], []),
        ([row("Ruritania", "P35", "Ann Kelp", seen="2021-01-25", nature="pledge")], []),
        # It is retrieved, where nothing else tells.
        (
            [row("Ruritania", "P35", "Ann Kelp", start="2019", read="2020-05-01")],
            ["Ruritania | head of state | Ann Kelp (2020-05-01)"],
        ),
        ([row("Ruritania", "P35", "Ann Kelp", start="2019", read="2022-03")], []),
        ([row("Ruritania", "P35", "Ann Kelp", start="2019")], []),
        # What lasts does not grow old, nor what no relation says grows old.
        ([row("Ruritania", "P36", "Bay City", seen="1990")], []),
        # A later row takes the place of one that there can be one of at a time ...
        ([KING, row("Ruritania", "P35", "Bo Kelp", seen="2022-01-01")], []),
        ([KING, row("Ruritania", "P35", "Bo Kelp", start="2021-02-01", end="2021-12-01")], []),
        ([row("Ruritania", "P35", "Bo Kelp", seen="2015"), KING], IS_OLD),
        # ... for each country, of embassies ...
        (
            [
                row("Ruritania", "embassy", "Bay City", country="Atlantis", seen="2015-01-01"),
                row("Ruritania", "embassy", "Port Kelp", country="Sylvania", seen="2022-01-01"),
            ],
            ["Ruritania | embassy | Bay City, country: Atlantis (2015-01-01)"],
        ),
        # ... and of what there can be many of, the same alone.
        (
            [
                row("Ruritania", "P463", "The League", seen="2015-01-01"),
                row("Ruritania", "P463", "The Union", seen="2022-01-01"),
            ],
            ["Ruritania | member of | The League (2015-01-01)"],
        ),
        (
            [
                row("Ruritania", "P463", "The League", seen="2015-01-01"),
                row("Ruritania", "P463", "The League", seen="2022-01-01", polarity="negative"),
            ],
            [],
        ),
        # That something is not so grows old, too; the oldest comes first.
        (
            [
                row("Ruritania", "P463", "The League", seen="2015", polarity="negative"),
                row("Sylvania", "P463", "The League", seen="2014-02"),
            ],
            [
                "Sylvania | member of | The League (2014-02)",
                "not: Ruritania | member of | The League (2015)",
            ],
        ),
        # A figure is as old as its year.
        ([row("Ruritania", "P1082", "1200", at="2010"), row("Ruritania", "P1082", "1300", at="2020")], []),
        ([row("Ruritania", "P1082", "1200", at="2010")], ["Ruritania | population | 1,200 (2010)"]),
    ],
)
def test_rows_grow_old(tmp_path: Path, curated: list[str], expected: list[str]) -> None:
    """By the days that their relation allows."""
    assert old(tmp_path, curated) == expected


@pytest.mark.parametrize(
    ("refreshed", "expected"),
    [
        (row("Ruritania", "P35", "Ann Kelp", seen="2022-03-01"), []),
        (row("Ruritania", "P35", "Bo Kelp", seen="2022-03-01"), []),
        (row("Sylvania", "P35", "Ann Kelp", seen="2022-03-01"), IS_OLD),
        (row("Ruritania", "P6", "Ann Kelp", seen="2022-03-01"), IS_OLD),
        (row("Ruritania", "P35", "Ann Kelp", seen="2020-03-01"), IS_OLD),
    ],
)
def test_a_row_that_a_source_refreshes_is_not_old(
    tmp_path: Path, refreshed: str, expected: list[str]
) -> None:
    """Nor one whose place a refreshed row took; one that went before it was last shown says nothing."""
    assert old(tmp_path, [KING], [refreshed]) == expected


def test_a_row_is_told_by_its_place(tmp_path: Path) -> None:
    """The file and the line, as an editor finds it."""
    found = find_stale(
        table(tmp_path / "curated", [row("Ruritania", "P36", "Bay City"), KING]),
        lambda slots: {},
        catalogue=bundled_catalogue(),
        on=datetime.date(2022, 3, 2),
    )
    (one,) = found
    assert (one.relation, one.label, one.stale_after) == ("P35", "head of state", 400)
    assert one.rows == (("curated/statements.csv:3", "Ruritania | head of state | Ann Kelp", "2021-01-25"),)
