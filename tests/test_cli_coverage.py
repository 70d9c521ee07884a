"""`verifier coverage` on small tables of a user, from the arguments to what is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verifier.cli import run

TABLE = """subject,predicate,object,start,end,seen_last,retrieved
Kosovo,capital,Pristina,2008,,,2021-01-05
Kosovo,capital,Prizren,2010,2012,,
Norway,capital,Oslo,,,,
Norway,hasMascot,Moose,2001,2003,,
Oslo Fjord,country,Norway,,,,
"""
TABLES = ("--reference", "facts.csv", "--no-bundled", "--as-of", "2021-02-01")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a table."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "facts.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def printed(capfd: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["coverage", *arguments, *TABLES]) == 0
    return capfd.readouterr().out


def test_a_line_for_each_relation(capfd: pytest.CaptureFixture[str]) -> None:
    """Those of the table's own too."""
    lines = printed(capfd).splitlines()
    assert lines[:6] == [
        "as of 1 February 2021",
        "5 rows of 3 relations, 1 conflict",
        "",
        "relation      rows subj. values     years     newest age stale dated lists clash",
        "capital (P36)    3     2      3 2008–2012 2021-01-05 27d     –     2     –     1",
        "country (P17)    1     1      1         –          –   –     –     –     –     –",
    ]
    assert any(line.startswith("hasMascot") for line in lines)
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("--entity", "Kosovo"), "      Prizren, from 2010 to 2012\n"),
        (("--entity", "kosovo", "--year", "2011"), "      Pristina, since 2008 [in force in 2011]\n"),
        (("--entity", "Norway"), "  as object\n    country (P17): 1 row, no date\n      Oslo Fjord\n"),
        (("--relation", "has mascot"), "Norway     1      1 2001–2003"),
        (("--relation", "HASMASCOT", "--year", "2002"), "hasMascot           1       1  "),
        (("--relation", "capital city", "--years", "2009-2011"), "Kosovo      1    1    –    –\n"),
        (("--conflicts",), "  - Prizren, from 2010 to 2012: facts.csv:3\n"),
        (("--conflicts", "--year", "2020"), "0 conflicts\n"),
        (("--conflicts", "--entity", "Norway"), "0 conflicts\n"),
    ],
)  # fmt: skip
def test_filters(capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], shown: str) -> None:
    """Names in whatever case, ids and aliases."""
    assert shown in printed(capfd, *arguments)


def test_a_name_with_a_slip_is_taken_and_said(capfd: pytest.CaptureFixture[str]) -> None:
    """On stderr, so that the figures stay as they are."""
    assert run(["coverage", "--entity", "Pristna", *TABLES]) == 0
    captured = capfd.readouterr()
    assert "verifier: --entity 'Pristna' is taken for Pristina (Pristina, " in captured.err
    assert "\nPristina\n  as object\n" in captured.out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (
            ("--entity", "Oslo Town"),
            "--entity 'Oslo Town': no table knows such a thing; the nearest are Oslo",
        ),
        (("--entity", "Zzyzx"), "--entity 'Zzyzx': no table knows such a thing"),
        (("--entity", " "), "--entity ' ': no table knows such a thing"),
        (("--relation", "capitol"), "has such a relation; the nearest are capital (P36)"),
        (("--relation", ""), "--relation '': neither the catalogue nor a table has such a relation"),
        (("--relation", "xqzw"), "has such a relation: write an id, a label or an alias"),
        (("--year", "soon"), "'soon' is not a date"),
        (("--year", "2021-02"), "'2021-02' is not a year: write 2021, or -0043 for 44 BC"),
        (("--years", "2021"), "'2021' is not a range of years: write 2015-2021"),
        (("--years", "2021-2015"), "the first is after the last"),
        (("--years", "1000-2000"), "that is more than 100"),
        (("--year", "2020", "--years", "2020-2021"), "--year and --years ask the same"),
        (("--format", "markdown"), "'markdown' is not one of"),
        (("--output", "facts.csv"), "would overwrite facts.csv, which is read"),
        (("--reference", "none.csv"), "none.csv: there is no such file or folder"),
    ],
)
def test_wrong_use_ends_with_two(
    capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], problem: str
) -> None:
    """Which name, and what is nearest; nothing on stdout."""
    assert run(["coverage", *arguments, *TABLES]) == 2
    captured = capfd.readouterr()
    assert problem in captured.err
    assert (captured.out, "Traceback" in captured.err) == ("", False)


def test_a_name_of_several_things_asks_for_the_id(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """And a label beats an alias."""
    table = folder / "things"
    table.mkdir()
    (table / "statements.csv").write_text(
        "subject,subject_id,predicate,object\nGeorgia,Q230,capital,Tbilisi\nGeorgia,Q1428,capital,Atlanta\n"
    )
    (table / "entities.csv").write_text("label,id,aliases\nMersin,Q1,Tarsus\nTarsus,Q2,\n")
    tables = ("--reference", "things", "--no-bundled")
    assert run(["coverage", "--entity", "Georgia", *tables]) == 2
    assert (
        "is the name of several things: Georgia (Q1428), Georgia (Q230): write the id"
        in capfd.readouterr().err
    )
    assert run(["coverage", "--entity", "Q230", *tables]) == 0
    assert "Georgia (Q230)\n" in capfd.readouterr().out
    assert run(["coverage", "--entity", "Tarsus", *tables]) == 0
    captured = capfd.readouterr()
    assert "taken for Tarsus (Q2); also so named: Mersin (Q1)" in captured.err
    assert "\nTarsus (Q2)\n  no row\n" in captured.out


def test_two_tables_are_counted_as_one(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A thing has one id, and the same row of two tables counts twice."""
    (folder / "more.csv").write_text("subject,subject_id,predicate,object\nKosovo,Q1246,capital,Pristina\n")
    out = printed(capfd, "--reference", "more.csv", "--entity", "Kosovo", "--format", "json")
    record = json.loads(out)
    (kosovo,) = record["entities"]
    assert (kosovo["id"], [each["rows"] for each in kosovo["relations"]]) == ("Q1246", [3])
    assert [table["name"] for table in record["reference"]["tables"]] == ["more.csv", "facts.csv"]


def test_the_same_call_gives_the_same_bytes(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Also in a file, and whatever the order of the rows but for their lines."""
    first = printed(capfd, "--conflicts", "--format", "json")
    assert run(["coverage", "--conflicts", "--format", "json", "--output", "out.json", *TABLES]) == 0
    assert (folder / "out.json").read_text(encoding="utf-8") == first
    before = printed(capfd)
    header, *rows = TABLE.splitlines()
    (folder / "facts.csv").write_text("\n".join([header, *reversed(rows), ""]), encoding="utf-8")
    assert printed(capfd).splitlines()[:-1] == before.splitlines()[:-1]


@pytest.mark.slow
def test_the_bundled_table_is_counted_whole(capfd: pytest.CaptureFixture[str]) -> None:
    """Every row once, and every conflict that is counted is listed."""
    assert run(["coverage", "--conflicts", "--format", "json"]) == 0
    record = json.loads(capfd.readouterr().out)
    (table,) = record["reference"]["tables"]
    assert sum(each["rows"] for each in record["relations"]) == table["statements"]
    assert sum(each["conflicts"] for each in record["relations"]) == len(record["conflicts"])
