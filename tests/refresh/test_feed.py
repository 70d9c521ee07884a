"""One source in one night, from raw rows to the new file; and that the reader of tables takes every file."""

from __future__ import annotations

import csv
import datetime
import hashlib
import string
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.growth import assert_linear
from tests.refresh.feeds import ANYTHING, MISSION, feed, frame, night
from verifier.errors import SourceError
from verifier.night import Bounds, ChangeKind, Counts, FeedReport, FeedStatus, Refused, RowChange
from verifier.refresh.feed import unchanged
from verifier.sources.assemble import assemble
from verifier.sources.bundled import bundled_catalogue
from verifier.sources.table import find_files, read_bytes

HEADER = "id; state; city; cityID; host; since; until; page"
FIRST = f"""{HEADER}
1; Kosovo; Jerusalem; Q1218; Israel; 2021-03; ; https://a.org
2; Honduras; Tel Aviv; Q33935; Israel; ; ; https://a.org
3; Iraq; Kuwait City; Q35178; Kuwait; ; ; https://a.org
"""
SECOND = f"""{HEADER}
1; Kosovo; Jerusalem; Q1218; Israel; 2021-03-14; ; https://a.org
2; Honduras; Jerusalem; Q1218; Israel; ; ; https://a.org
4; Nepal; Kuwait City; Q35178; Kuwait; ; ; https://a.org
5; Nepal; ; ; Kuwait; ; ; https://a.org
6; Nepal; Rome; ; Italy; soon; ; https://a.org
"""


def rows(path: Path | None) -> list[dict[str, str]]:
    """The rows of a file of statements, without empty cells."""
    assert path is not None
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(file)]


def test_two_nights(tmp_path: Path) -> None:
    """The whole report of the second night, and the whole file."""
    first = night(tmp_path, FIRST, "2021-03-20")
    second = night(tmp_path, SECOND, "2021-07-01", before=first, last="2021-03-20")

    iraq = {
        "statement_id": "missions:3",
        "subject": "Iraq",
        "predicate": "embassy",
        "object": "Kuwait City",
        "object_id": "Q35178",
        "seen_first": "2021-03-20",
        "source_url": "https://a.org",
        "P17": "Kuwait",
    }
    assert second.report == FeedReport(
        "missions",
        FeedStatus.REFRESHED,
        read=5,
        left_out=1,
        rows=3,
        kept=1,
        refused=(Refused(6, "start", "soon", second.report.refused[0].problem),),
        counts={"embassy": Counts(added=1, changed=2, gone=1, corrected=1)},
        changes=(
            RowChange(
                "missions",
                ChangeKind.CHANGED,
                "missions:1",
                "embassy",
                {
                    "statement_id": "missions:1",
                    "subject": "Kosovo",
                    "predicate": "embassy",
                    "object": "Jerusalem",
                    "object_id": "Q1218",
                    "start": "2021-03-14",
                    "source_url": "https://a.org",
                    "P17": "Israel",
                },
                old={"start": "2021-03"},
                new={"start": "2021-03-14"},
            ),
            RowChange(
                "missions",
                ChangeKind.CHANGED,
                "missions:2",
                "embassy",
                {
                    "statement_id": "missions:2",
                    "subject": "Honduras",
                    "predicate": "embassy",
                    "object": "Jerusalem",
                    "object_id": "Q1218",
                    "source_url": "https://a.org",
                    "P17": "Israel",
                },
                old={"object": "Tel Aviv", "object_id": "Q33935"},
                new={"object": "Jerusalem", "object_id": "Q1218"},
                correction=True,
            ),
            RowChange("missions", ChangeKind.GONE, "missions:3", "embassy", iraq),
            RowChange(
                "missions",
                ChangeKind.ADDED,
                "missions:4",
                "embassy",
                {
                    "statement_id": "missions:4",
                    "subject": "Nepal",
                    "predicate": "embassy",
                    "object": "Kuwait City",
                    "object_id": "Q35178",
                    "source_url": "https://a.org",
                    "P17": "Kuwait",
                },
            ),
        ),
    )
    assert [(row["statement_id"], row["seen_first"], row.get("seen_last")) for row in rows(second.file)] == [
        ("missions:2", "2021-07-01", None),  # another town than was shown before
        ("missions:3", "2021-03-20", "2021-03-20"),
        ("missions:1", "2021-03-20", None),
        ("missions:4", "2021-07-01", None),
    ]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ("1; Kosovo; Jerusalem; Q1218; Israel; 2021-03; 2022; https://b.org", ["2021-03-01 to "]),
        ("1; Republic of Kosovo; Jerusalem; Q1218; Israel; ; ; https://a.org", ["2021-04-01 to "]),
        ("1; Kosovo; al-Quds; Q1218; Israel; ; ; https://a.org", ["2021-03-01 to "]),
        ("1; Kosovo; Tel Aviv; Q33935; Israel; ; ; https://a.org", ["2021-04-01 to "]),
        ("1; Kosovo; Jerusalem; Q1218; Palestine; ; ; https://a.org", ["2021-04-01 to "]),
        (
            "2; Iraq; Jerusalem; Q1218; Israel; ; ; https://a.org",
            ["2021-03-01 to 2021-03-01", "2021-04-01 to "],
        ),
    ],
)
def test_since_when_a_row_was_shown(later: str, expected: list[str], tmp_path: Path) -> None:
    """Under the same id another fact begins anew; dates, sources and spellings leave it the same."""
    first = night(
        tmp_path, f"{HEADER}\n1; Kosovo; Jerusalem; Q1218; Israel; 2021-03; ; https://a.org", "2021-03-01"
    )
    second = night(
        tmp_path, f"{HEADER}\n{later}", "2021-04-01", before=first, last="2021-03-01", accepted=True
    )
    found = sorted(f"{row['seen_first']} to {row.get('seen_last', '')}" for row in rows(second.file))
    assert found == expected


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("2021-04-01", ["missions:1 2021-03-01 to "]),
        ("2021-04-02", ["missions:1 2021-04-02 to ", "missions:1@2021-03-01 2021-03-01 to 2021-03-01"]),
    ],
)
def test_a_row_that_was_away(again: str, expected: list[str], tmp_path: Path) -> None:
    """For longer than a month: what was shown before stays, and nothing is said of the time between."""
    other = "2; Iraq; Kuwait City; Q35178; Kuwait; ; ; https://a.org"
    row = "1; Kosovo; Jerusalem; Q1218; Israel; ; ; https://a.org"
    nights = [("2021-03-01", row), ("2021-03-20", other), (again, row), ("2021-06-01", row)]
    before, last = None, ""
    for day, text in nights:
        made = night(tmp_path, f"{HEADER}\n{text}", day, before=before, last=last, accepted=True)
        before, last = made, day
    found = [
        f"{row['statement_id']} {row['seen_first']} to {row.get('seen_last', '')}"
        for row in rows(made.file)
        if row["subject"] == "Kosovo"
    ]
    assert sorted(found) == expected


def test_the_file_is_named_by_its_content(tmp_path: Path) -> None:
    """The same rows in another order, and in other chunks, are the same file."""
    first = night(tmp_path, FIRST, "2021-03-20")
    assert first.file is not None
    digest = hashlib.sha256(first.file.read_bytes()).hexdigest()
    assert first.file.name == f"statements-missions-{digest[:12]}.csv"
    whole = frame(FIRST)
    chunks = [whole.iloc[[2]], whole.iloc[[0, 1]].reset_index(drop=True)]
    again = night(tmp_path, chunks, "2021-03-21", before=first, last="2021-03-20")
    assert (again.file, again.report.counts, again.report.changes) == (first.file, {}, ())
    assert [path.name for path in tmp_path.iterdir()] == [first.file.name]


def test_a_guard_rail_keeps_the_rows_of_yesterday(tmp_path: Path) -> None:
    """What would have changed is told; by name it is taken all the same."""
    strict = feed(bounds=Bounds(gone=0.1, changed=0.1, refused=0.5))
    first = night(tmp_path, FIRST, "2021-03-20", source=strict)
    stopped = night(tmp_path, SECOND, "2021-07-01", source=strict, before=first, last="2021-03-20")
    assert (stopped.report.status, stopped.file, stopped.report.rows, stopped.report.kept) == (
        FeedStatus.STOPPED,
        None,
        3,
        0,
    )
    assert stopped.report.problem == (
        "1 of 3 rows before are gone, at most 10 % are expected; "
        "2 of 3 rows before are changed, at most 10 % are expected: "
        "look at the source, and take it by --accept missions if it is right"
    )
    assert stopped.report.counts == {"embassy": Counts(added=1, changed=2, gone=1, corrected=1)}
    taken = night(
        tmp_path, SECOND, "2021-07-01", source=strict, before=first, last="2021-03-20", accepted=True
    )
    assert (taken.report.status, taken.report.rows, taken.report.kept, len(taken.report.accepted)) == (
        FeedStatus.REFRESHED,
        3,
        1,
        2,
    )
    assert taken.file is not None


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (HEADER, "no row at all"),
        (FIRST.replace("city;", "town;"), "there is no column 'city'"),
        (FIRST + FIRST.removeprefix(HEADER).lstrip(), "3 of 3 ids are doubled, at most 1 % are expected"),
        (FIRST.replace("https://a.org", ""), "3 of 3 rows before lost the address of their source"),
        (FIRST.replace("2021-03", "soon").replace("; ; ; h", "; soon; ; h"), "3 of 3 rows are refused"),
    ],
)
def test_what_stops_a_source(raw: str, told: str, tmp_path: Path) -> None:
    """By the bounds that every source has."""
    source = feed(bounds=Bounds())
    first = night(tmp_path, FIRST, "2021-03-20", source=source)
    found = night(tmp_path, raw, "2021-03-21", source=source, before=first, last="2021-03-20")
    assert (found.report.status, found.file) == (FeedStatus.STOPPED, None)
    assert told in found.report.problem


def test_one_doubled_id_refuses_its_rows_alone(tmp_path: Path) -> None:
    """The id is told as the source has it; what it showed before is shown no more."""
    source = feed(bounds=Bounds(doubled=0.5, gone=0.5))
    first = night(tmp_path, FIRST, "2021-03-20", source=source)
    twice = FIRST.replace("3; Iraq", "2; Iraq")
    found = night(
        tmp_path, twice, "2021-03-21", source=source, before=first, last="2021-03-20", accepted=True
    )
    assert found.report.refused == tuple(
        Refused(line, "statement_id", "2", "another row has the same id") for line in (3, 4)
    )
    assert (found.report.rows, found.report.kept) == (1, 2)


def test_a_source_that_breaks_off(tmp_path: Path) -> None:
    """Nothing is written, and the rows of yesterday are counted."""
    first = night(tmp_path, FIRST, "2021-03-20")

    def broken() -> Iterator[pd.DataFrame]:
        yield frame(SECOND)
        raise SourceError("the answer ends in the middle: try again later")

    found = night(tmp_path, broken(), "2021-03-21", before=first, last="2021-03-20")
    assert found.file is None
    assert found.report == FeedReport(
        "missions", FeedStatus.FAILED, "the answer ends in the middle: try again later", rows=3
    )
    assert [path.name for path in tmp_path.iterdir()] == [getattr(first.file, "name", "")]


def test_rows_that_could_not_be_read_are_refused(tmp_path: Path) -> None:
    """They are asked when all others were read, and count as read and refused."""
    unread: list[Refused] = []

    def chunks() -> Iterator[pd.DataFrame]:
        yield frame(FIRST)
        unread.append(Refused(3, "", "a;b", "2 cells, the header has 8"))

    found = night(tmp_path, chunks(), "2021-03-20", unread=unread)
    assert (found.report.read, found.report.rows, found.report.refused) == (4, 3, tuple(unread))


def test_a_source_that_was_not_asked(tmp_path: Path) -> None:
    """One that failed before a row came, or is listed no more."""
    first = night(tmp_path, FIRST, "2021-03-20")
    assert unchanged("missions", FeedStatus.FAILED, "refused", first.file, tmp_path) == FeedReport(
        "missions", FeedStatus.FAILED, "refused", rows=3
    )
    assert unchanged("missions", FeedStatus.DROPPED, "", None, tmp_path) == FeedReport(
        "missions", FeedStatus.DROPPED
    )


def test_ids_of_the_curated_table(tmp_path: Path) -> None:
    """Asked once for each label; written, and no change the next night, even if they are known no more."""
    asked: list[tuple[str, str, str]] = []

    def link(label: str, relation: str, end: str) -> str:
        asked.append((label, relation, end))
        return {"Kosovo": "Q1246", "Serbia": "Q403", "Albania": "Q222"}.get(label, "")

    source = feed({"statement_id": "{n}", "subject": "{a}", "predicate": "P47", "object": "{b}"})
    raw = "n; a; b\n1; Kosovo; Serbia\n2; Kosovo; Serbia|Albania\n3; Kosovo; Serbia|Elsewhere"
    first = night(tmp_path, raw, "2021-03-20", source=source, link=link)
    assert [(row["subject_id"], row.get("object_id")) for row in rows(first.file)] == [
        ("Q1246", "Q403"),
        ("Q1246", "Q403|Q222"),
        ("Q1246", None),
    ]
    assert sorted(asked) == [
        ("Albania", "P47", "object"),
        ("Elsewhere", "P47", "object"),
        ("Kosovo", "P47", "subject"),
        ("Serbia", "P47", "object"),
    ]
    second = night(tmp_path, raw, "2021-03-21", source=source, before=first, last="2021-03-20")
    assert second.report.counts == {}


def test_a_figure_is_no_name(tmp_path: Path) -> None:
    """The curated table is not asked about the objects of relations of figures and dates."""
    source = feed({"subject": "{a}", "predicate": "P1082", "object": "{n}", "subject_id": "Q1"})
    found = night(tmp_path, "a; n\nKosovo; 1800000", "2021-03-20", source=source, link=lambda *asked: "Q2")
    assert "object_id" not in rows(found.file)[0]


def test_a_clock_that_was_set_back(tmp_path: Path) -> None:
    """A row is never last seen before it was first seen: the day is the caller's, and the same counts."""
    first = night(tmp_path, FIRST, "2021-03-20")
    second = night(tmp_path, HEADER, "2021-03-20", before=first, last="2021-03-20")
    assert {row["seen_last"] for row in rows(second.file)} == {"2021-03-20"}


# ------------------------------------------------------------------------------ what the reader accepts

CELLS = st.one_of(
    st.text(max_size=12),
    st.text(string.printable, max_size=12),
    st.sampled_from(
        [
            *("", "A", "B", "A|B", "|", "Q1", "Q1|Q2", "1984", "5", "4,5", "2021-02-30", "2021", "2022/2020"),
            *(
                "=1+1",
                '"',
                "'",
                "a;b",
                "a\tb",
                "\ufeff",
                "\u202e",
                "x\r\ny",
                "\x1f",
                "\0",
                "\ud800",
                "#2",
                "a#2",
            ),
            *("http://www.wikidata.org/entity/Q5", "_:b0", "missions:1", "embassy", "P36", "P571", "capital"),
        ]
    ),
)
EVERYTHING = feed(
    {
        "statement_id": "{0}",
        "subject": "{1}",
        "subject_id": "{2}",
        "predicate": "{3}",
        "object": "{4}",
        "object_id": "{5}",
        "start": "{6}",
        "end": "{7}",
        "unit": "{8}",
        "rank": "{9}",
        "polarity": "{9}",
        "source_url": "https://a.org/{0}",
        "quote": "{8}",
        "P17": "{1}",
        "P571": "{6}",
        "country": "{7}",
    }
)
PREDICATES = st.sampled_from(
    ["P36", "P47", "P571", "P1082", "embassy", "P2046", "capital", "http://x/P36", "no such"]
)


@st.composite
def raw_rows(draw: st.DrawFn) -> pd.DataFrame:
    """A few raw rows of hostile cells."""
    drawn = draw(st.lists(st.lists(CELLS, min_size=10, max_size=10), min_size=1, max_size=8))
    for number, row in enumerate(drawn):
        row[0] = row[0] if draw(st.booleans()) else str(number)
        row[3] = row[3] if draw(st.integers(0, 3)) == 0 else draw(PREDICATES)
        row[1] = row[1] or "A"
        row[9] = row[9] if draw(st.integers(0, 3)) == 0 else ""
        if draw(st.booleans()):
            row[6:8] = ["", ""]
    table = pd.DataFrame(drawn, columns=[str(n) for n in range(10)], dtype=object)
    return table.assign(**{"#": range(2, len(drawn) + 2)})


@pytest.mark.slow
@given(nights=st.lists(raw_rows(), min_size=1, max_size=3))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_the_reader_takes_every_file(nights: list[pd.DataFrame]) -> None:
    """Whatever a source says, the table can be read: else one source would make all unreadable."""
    catalogue = bundled_catalogue()
    before = None
    last = ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, raw in enumerate(nights, start=1):
            day = datetime.date(2021, 1, number).isoformat()
            old = before
            before = night(folder, [raw], day, source=EVERYTHING, before=old, last=last)
            last = day
            assert before.file is not None
            if old is not None and old.file is not None and old.file != before.file:
                old.file.unlink()
            report = before.report
            given_rows = len(raw) - report.left_out - len(report.refused)
            assert report.rows == given_rows
            written = rows(before.file)
            assert len(written) == report.rows + report.kept
            if not written:
                continue
            files = find_files(folder)
            contents = {path: read_bytes(path) for path in files.all}
            table = assemble(files, contents, catalogue=catalogue)
            assert len(table.statements) >= len(written)


@pytest.mark.slow
def test_the_cost_grows_linearly(tmp_path: Path) -> None:
    """Of a second night, of which one row in a hundred differs."""

    def raw(count: int, changed: bool) -> Iterator[pd.DataFrame]:
        for begin in range(0, count, 5_000):
            numbers = range(begin, min(begin + 5_000, count))
            yield pd.DataFrame(
                {
                    "id": [f"Q{n}" for n in numbers],
                    "state": [f"State {n % 190}" for n in numbers],
                    "city": [f"City {n % 900}{'x' if changed and n % 100 == 0 else ''}" for n in numbers],
                    "#": list(numbers),
                }
            )

    source = feed(
        {name: MISSION[name] for name in ("statement_id", "subject", "predicate", "object")}, bounds=ANYTHING
    )

    def run(count: int) -> None:
        first = night(tmp_path, raw(count, False), "2021-01-01", source=source)
        second = night(
            tmp_path,
            raw(count, True),
            "2021-01-02",
            source=source,
            before=first,
            last="2021-01-01",
        )
        assert second.report.counts["embassy"].changed == count // 100

    assert_linear(run, 40_000)
