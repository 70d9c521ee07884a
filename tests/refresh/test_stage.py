"""The rows of two nights: doubled ids, comparison, and the file that is written."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest

from verifier.errors import TableError
from verifier.night import Refused
from verifier.refresh.stage import Stage, file_columns

COLUMNS = (
    "statement_id",
    "subject",
    "subject_id",
    "predicate",
    "object",
    "object_id",
    "start",
    "P17",
    "source_url",
)


def stage(
    folder: Path, rows: str, yesterday: Path | None = None, columns: tuple[str, ...] = COLUMNS
) -> Stage:
    """A stage with rows `id subject object start source`, a comma between two; "-" is an empty cell."""
    found = Stage(folder, columns, yesterday)
    cells: dict[str, list[str]] = {name: [] for name in columns}
    for text in filter(None, rows.split(",")):
        given = dict(
            zip(("statement_id", "subject", "object", "start", "source_url"), text.split(), strict=False)
        )
        for name in columns:
            cells[name].append(given.get(name, "").replace("-", "") if name != "predicate" else "P36")
    found.add(cells, list(range(2, 2 + len(cells["subject"]))))
    return found


def write(found: Stage, path: Path, day: str = "2021-01-02", last: str = "2021-01-01") -> list[list[str]]:
    """The rows of the new file: id, object, seen_first, seen_last."""
    found.refuse_doubled(9)
    found.compare()
    found.write(path, day, last, lambda *asked: "")
    with path.open(encoding="utf-8", newline="") as file:
        return [
            [row[name] for name in ("statement_id", "object", "seen_first", "seen_last")]
            for row in csv.DictReader(file)
        ]


def test_columns_of_the_file() -> None:
    """In a fixed order, whatever order they are given in."""
    assert file_columns({"quote", "P17", "P1107", "end", "start", "unit"}) == (
        *("statement_id", "subject", "subject_id", "predicate", "object", "object_id", "start", "end"),
        *("seen_first", "seen_last", "unit", "quote", "P1107", "P17"),
    )


def test_three_nights(tmp_path: Path) -> None:
    """A row that is shown no more stays with the last day on which it was, until it is shown again."""
    one, two, three = (tmp_path / f"{name}.csv" for name in ("one", "two", "three"))
    with stage(tmp_path, "a A x,b B y,c C z") as found:
        assert write(found, one, "2021-01-01") == [
            ["a", "x", "2021-01-01", ""],
            ["b", "y", "2021-01-01", ""],
            ["c", "z", "2021-01-01", ""],
        ]
        assert (found.rows, found.before, found.kept, found.first) == (3, 0, 0, True)
    with stage(tmp_path, "d D w,b B yy,c C z", one) as found:
        assert write(found, two, "2021-01-02", "2021-01-01") == [
            ["a", "x", "2021-01-01", "2021-01-01"],
            ["b", "yy", "2021-01-01", ""],
            ["c", "z", "2021-01-01", ""],
            ["d", "w", "2021-01-02", ""],
        ]
        assert found.counts() == {("P36", "added"): 1, ("P36", "changed"): 1, ("P36", "gone"): 1}
        assert (found.rows, found.before, found.kept, found.kept_before) == (3, 3, 1, 0)
    with stage(tmp_path, "a A x,b B yy", two) as found:
        assert write(found, three, "2021-01-03", "2021-01-02") == [
            ["a", "x", "2021-01-01", ""],
            ["b", "yy", "2021-01-01", ""],
            ["c", "z", "2021-01-01", "2021-01-02"],
            ["d", "w", "2021-01-02", "2021-01-02"],
        ]
        assert found.counts() == {("P36", "added"): 1, ("P36", "gone"): 2}
        assert (found.rows, found.before, found.kept, found.kept_before) == (2, 3, 2, 1)


def test_what_changed(tmp_path: Path) -> None:
    """Both rows of a change, in the order of their ids; one of them if it came or went."""
    path = tmp_path / "one.csv"
    with stage(tmp_path, "b B y 2020,a A x") as found:
        write(found, path)
    with stage(tmp_path, "b B yy,c C z", path) as found:
        write(found, tmp_path / "two.csv")
        pairs = {kind: list(found.changes(kind)) for kind in ("added", "changed", "gone")}
    assert [(pair.id, pair.old) for pair in pairs["added"]] == [("c", None)]
    assert [(pair.id, pair.new) for pair in pairs["gone"]] == [("a", None)]
    assert [
        (one.id, one.old["start"], one.new["start"]) for one in pairs["changed"] if one.old and one.new
    ] == [("b", "2020", "")]


def test_the_order_of_the_file(tmp_path: Path) -> None:
    """Subject, then object, then id, each as a whole; not the texts run together."""
    with stage(tmp_path, "b A x,a A x,c AB a,d A b") as found:
        assert [row[:2] for row in write(found, tmp_path / "new.csv")] == [
            ["d", "b"],
            ["a", "x"],
            ["b", "x"],
            ["c", "a"],
        ]


def test_doubled_ids_take_all_their_rows(tmp_path: Path) -> None:
    """Nobody knows which of them is meant."""
    with stage(tmp_path, "a A x,b B y,a A z,a A x,c C w") as found:
        assert found.refuse_doubled(9) == (
            1,
            [Refused(line, "statement_id", "a", "another row has the same id") for line in (2, 4, 5)],
        )
        assert found.rows == 2
    with stage(tmp_path, "a A x,b B y,a A z,b A x") as found:
        ids, listed = found.refuse_doubled(3)
        assert (ids, len(listed)) == (2, 3)


def test_columns_that_come_and_go(tmp_path: Path) -> None:
    """A column that is mapped no more is a change of every row that had it, as is one that is new."""
    path = tmp_path / "one.csv"
    fewer = tuple(name for name in COLUMNS if name != "start")
    with stage(tmp_path, "a A x 2020,b B y") as found:
        write(found, path)
    with stage(tmp_path, "a A x,b B y", path, fewer) as found:
        write(found, tmp_path / "two.csv")
        assert [pair.id for pair in found.changes("changed")] == ["a"]
    with stage(tmp_path, "a A x,b B y", None, fewer) as found:
        write(found, path)
    with stage(tmp_path, "a A x 2020,b B y", path) as found:
        write(found, tmp_path / "two.csv")
        assert [pair.id for pair in found.changes("changed")] == ["a"]


def test_ids_that_are_filled_in(tmp_path: Path) -> None:
    """They are written, and are no change in the night after."""
    path = tmp_path / "one.csv"
    with stage(tmp_path, "a A x") as found:
        found.refuse_doubled(9)
        found.compare()
        found.write(
            path, "2021-01-01", "2021-01-01", lambda label, relation, end: "Q1" if end == "subject" else ""
        )
    assert "Q1" in path.read_text(encoding="utf-8")
    with stage(tmp_path, "a A x", path) as found:
        found.refuse_doubled(9)
        found.compare()
        assert found.counts() == {}


def test_rows_that_lost_their_source(tmp_path: Path) -> None:
    """Those that had the address of one."""
    path = tmp_path / "one.csv"
    with stage(tmp_path, "a A x - https://a.org,b B y - https://a.org,c C z") as found:
        write(found, path)
    with stage(tmp_path, "a A x - https://b.org,b B y,c C z,d D w", path) as found:
        found.refuse_doubled(9)
        assert found.unsourced == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a column is missing"),
        ("subject,predicate\n", "column 'statement_id': a column is missing"),
        (
            "statement_id,subject,subject_id,predicate,object,object_id,seen_first,seen_last\n"
            "a,A,,P36,x,,2021-01-01,\na,A,,P36,x,,2021-01-01,\n",
            "not a file that the nightly job wrote",
        ),
        (
            "statement_id,subject,subject_id,predicate,object,object_id,seen_first,seen_last\na,A\n",
            "not a file that the nightly job wrote",
        ),
    ],
)
def test_a_file_of_yesterday_that_is_none(text: str, told: str, tmp_path: Path) -> None:
    """It is refused as a whole: what it said would be lost."""
    path = tmp_path / "one.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=told):
        Stage(tmp_path, COLUMNS, path)
    assert [one.name for one in tmp_path.iterdir()] == ["one.csv"]


def test_nothing_stays_behind(tmp_path: Path) -> None:
    """The file of the stage goes; a full disk is an `OSError`."""
    with pytest.raises(OSError, match="disk is full"), stage(tmp_path, "a A x"):
        raise sqlite3.OperationalError("database or disk is full")
    assert list(tmp_path.iterdir()) == []
