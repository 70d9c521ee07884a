"""What `reference/README.md` says of changing the table: each slip is told in its words, and each change does
what it says.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from verifier.cli import run
from verifier.errors import TableError
from verifier.relations import read_catalogue
from verifier.sources import open_source

pytestmark = pytest.mark.slow

REFERENCE = Path(__file__).parent.parent / "reference"
CATALOGUE = read_catalogue(REFERENCE / "relations.toml")
FILE = "statements-diplomacy.csv"
DAY = "2021-05-01"
_TABLE = """\
curated = true
title = "A part of the table"

[[complete]]
relation = "P463"
object = "United Nations"
as_of = "2011-07-14/2024-06-18"
"""

Rows = list[dict[str, str]]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A copy of a part of the table, with its catalogue and all its things."""
    copy = tmp_path / "reference"
    copy.mkdir()
    for path in (*REFERENCE.glob("entities-*.csv"), REFERENCE / FILE, REFERENCE / "relations.toml"):
        shutil.copy(path, copy)
    (copy / "table.toml").write_text(_TABLE, encoding="utf-8")
    return copy


def edit(table: Path, change: Callable[[Rows], object]) -> None:
    """Change rows of the file."""
    path = table / FILE
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        names = dict.fromkeys(name for row in rows for name in row)
        writer = csv.DictWriter(stream, list(names), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def kosovo(rows: Rows) -> dict[str, str]:
    """The row that says when Kosovo opened its embassy in Jerusalem."""
    return next(row for row in rows if row["subject"] == "Kosovo" and row["start"] == "2021-03-14")


def malawi(**cells: str) -> Callable[[Rows], None]:
    """A row that says that Malawi has an embassy in Jerusalem, all spring; it is made up."""

    def add(rows: Rows) -> None:
        model = next(row for row in rows if (row["subject"], row["predicate"]) == ("Malawi", "embassy"))
        made_up = {"source_url": "https://example.org/one", "P5102": "", "stated-by": "", "point_in_time": ""}
        rows.append({**model, **made_up, "seen_first": "2021-04-01", "seen_last": "2021-06-01", **cells})

    return add


def denial(**cells: str) -> Callable[[Rows], None]:
    """A row that says that it is not so, from another page."""
    return malawi(**{"polarity": "negative", "source_url": "https://example.org/two", "P17": "", **cells})


def checked(table: Path, *claims: str, day: str = DAY) -> list[tuple[str, str]]:
    """The verdict and the reason of each claim."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8")
    with contextlib.redirect_stdout(out):
        options = ["--no-bundled", "--reference", str(table), "--as-of", day, "--fail-on", "never"]
        run(["check", *options, "--format", "json", "--text", *claims])
    out.flush()
    return [(one["verdict"], one["reason"]) for one in json.loads(raw.getvalue())["results"]]


def promised() -> list[str]:
    """The messages in the tables of the page, in their order."""
    text = (REFERENCE / "README.md").read_text(encoding="utf-8")
    return [
        message
        for table in text.split("| what slipped | what is said of it |\n|---|---|\n")[1:]
        for message in re.findall(r"^\| .+? \| `(.+)` \|$", table.split("\n\n")[0], re.MULTILINE)
    ]


def cut(at: int, cells: str) -> Callable[[Path], None]:
    """The line with other cells, as an editor writes it."""

    def change(table: Path) -> None:
        lines = (table / FILE).read_text(encoding="utf-8").splitlines()
        lines.insert(at, cells.format(lines[at]))
        (table / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change


def declared(old: str, new: str) -> Callable[[Path], None]:
    """The declaration with other words."""

    def change(table: Path) -> None:
        assert old in _TABLE
        (table / "table.toml").write_text(_TABLE.replace(old, new), encoding="utf-8")

    return change


def with_cells(**cells: str) -> Callable[[Path], None]:
    """The row on Kosovo with other cells."""
    return lambda table: edit(table, lambda rows: kosovo(rows).update(cells))


SLIPS: tuple[Callable[[Path], None], ...] = (
    with_cells(subject_id="Q12466"),
    with_cells(subject="Utopia", subject_id="Q999"),
    with_cells(subject="Kosova state"),
    with_cells(predicate="embasy"),
    with_cells(source_url=""),
    with_cells(end="2020-01-01"),
    with_cells(rank="wrong"),
    lambda table: edit(table, lambda rows: rows.append(kosovo(rows))),
    cut(11, "Malawi,Q1020,embassy"),
    cut(11, "{},,x"),
    declared('"United Nations"', '"United Nation"'),
    declared('"P463"', '"P463x"'),
    declared("as_of", "asof"),
)
"""What slipped, in the order of the messages of the page."""


def test_each_message_of_the_page_is_tried() -> None:
    """None is there that no slip of this file brings about."""
    assert len(promised()) == len(SLIPS)


@pytest.mark.parametrize("place", range(len(SLIPS)))
def test_a_slip_is_told_in_the_words_of_the_page(place: int, table: Path) -> None:
    """And such a table is not opened."""
    SLIPS[place](table)
    with pytest.raises(TableError) as error:
        open_source(table, catalogue=CATALOGUE)
    assert promised()[place] in str(error.value).replace(f"{table}/", "")


def test_a_row_with_another_day_beside_the_first_supports_either(table: Path) -> None:
    """Until one of the two is deprecated."""
    claims = [
        f"Kosovo opened its embassy in Jerusalem on {day}." for day in ("14 March 2021", "1 April 2021")
    ]
    other = {"start": "2021-04-01", "source_url": "https://example.org/one"}
    edit(table, lambda rows: rows.append({**kosovo(rows), **other, "rank": "preferred"}))
    assert [verdict for verdict, _ in checked(table, *claims)] == ["supported", "supported"]
    with_cells(rank="deprecated")(table)
    assert checked(table, *claims) == [("contradicted", "date-differs"), ("supported", "same-value")]


PLAIN = "Malawi has its embassy in Jerusalem."
HOSTED = "Malawi's embassy in Israel is in Jerusalem."
DENIED = ("contradicted", "explicit-negative")
DISAGREE = ("unknown", "sources-disagree")


def test_a_denial_speaks_for_its_time(table: Path) -> None:
    """A claim about a day before it is open."""
    edit(table, denial())
    assert checked(table, PLAIN, HOSTED) == [DENIED, DENIED]
    assert [verdict for verdict, _ in checked(table, PLAIN, HOSTED, day="2021-03-01")] == ["unknown"] * 2


def test_a_qualifier_narrows_a_denial(table: Path) -> None:
    """The claim that names no host is not refused by a row that does."""
    edit(table, denial(P17="Israel"))
    (plain, _), hosted = checked(table, PLAIN, HOSTED)
    assert plain == "unknown"
    assert hosted == DENIED


def test_rows_that_disagree_decide_nothing_until_one_is_preferred(table: Path) -> None:
    """So a row of the nightly job that is wrong can be outranked."""
    edit(table, malawi())
    edit(table, denial())
    assert checked(table, PLAIN, HOSTED) == [DISAGREE, DISAGREE]
    edit(table, lambda rows: rows[-1].update(rank="preferred"))
    assert checked(table, PLAIN, HOSTED) == [DENIED, DENIED]
