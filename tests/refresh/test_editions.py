"""Editions: what is kept of a night, found again and replayed."""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import verifier.refresh.editions
from tests.refresh.small_nights import (
    CURATED,
    DAY,
    check_whole,
    make_root,
    night,
    numbered,
    objects,
    rows,
    stage,
    write,
)
from verifier.check import Checker
from verifier.cli import run
from verifier.errors import InputError, TableError, UsageError
from verifier.refresh.edition import Edition, read_edition, uncommitted, write_edition
from verifier.refresh.editions import Editions
from verifier.refresh.keeping import kept
from verifier.refresh.run import Job, refresh
from verifier.reports import REPORTS
from verifier.settings import Settings
from verifier.sources.bundled import bundled_path
from verifier.sources.root import Root
from verifier.version import __version__

DRAFT = """# Twins

Tegucigalpa is the capital of Honduras. Comayagua is the capital of Honduras.

Honduras has diplomatic relations with Israel.
"""
RELATIONS = "statement_id,subject,subject_id,predicate,object,object_id,seen_first,source_url\n"
TIES = RELATIONS + "Q783$1,Honduras,Q783,P530,Israel,Q801,2026-11-01,https://example.org/ties\n"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return make_root(tmp_path / "root")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at the day of the first night."""

    class Date(datetime.date):
        @classmethod
        def today(cls) -> datetime.date:
            return DAY

    monkeypatch.setattr(sys.modules["verifier.check"], "datetime", SimpleNamespace(date=Date))


def test_a_night_makes_an_edition(root: Root) -> None:
    """The table is what was staged, and the record says what it is made of."""
    editions = Editions(root)
    assert (editions.all(), editions.current(), editions.manifest().edition) == ((), None, None)
    edition = night(root, rows("Rome", "Oslo"), results={"a.md": [1]})
    assert (edition.number, edition.before, edition.day) == (1, None, DAY)
    assert editions.current() == edition == editions.find("1")
    assert editions.report(edition) == {"day": "2026-11-01"}
    assert editions.results(edition) == {"a.md": [1]}
    assert sorted(edition.files)[0:2] == ["catalogue/relations.toml", "reference/statements.csv"]
    assert objects(root) == {"Rome", "Oslo"}
    assert check_whole(root).day == DAY
    assert night(root, rows("Rome")).before == 1
    assert objects(root) == {"Rome"}
    assert sorted(path.name for path in root.state.iterdir()) == ["editions", "lock"]
    assert len(list(root.refreshed.iterdir())) == 2


def test_a_source_that_fails_keeps_its_file(root: Root) -> None:
    """And the day on which it was last seen."""
    night(root, {"a": rows("Rome"), "b": rows("Oslo", subject="Israel")})
    later = DAY + datetime.timedelta(1)
    night(root, {"a": rows("Bonn")}, day=later)
    assert objects(root) == {"Bonn", "Oslo"}
    assert {item.feed: item.seen_last for item in Editions(root).manifest().files} == {"a": later, "b": DAY}


def test_what_is_staged_is_what_is_committed(root: Root) -> None:
    """Whoever edits the curated table meanwhile: claims were checked against the staged copy."""
    editions = Editions(root)
    with editions.lock():
        staged = stage(root, write(root, rows("Rome")), day=DAY)
        assert not root.is_refreshed
        assert objects(staged.root) == {"Rome"}
        (root.curated / "statements.csv").write_text(CURATED.replace("Tegucigalpa", "Comayagua"))
        edition = editions.commit(staged, report={}, results={})
    assert edition.fingerprint == staged.fingerprint
    assert edition.files == staged.files
    replayed = editions.materialise(edition, None)
    assert (replayed.curated / "statements.csv").read_text() == CURATED


def test_a_run_that_writes_nothing_stages_elsewhere(root: Root, tmp_path: Path) -> None:
    """`--dry-run`: the root stays as it was, to the last file."""
    night(root, rows("Rome"))
    before = sorted(root.path.rglob("*"))
    editions = Editions(root)
    staged = editions.stage({}, editions.manifest(), day=DAY, folder=tmp_path)
    assert objects(staged.root) == {"Rome"}
    assert sorted(root.path.rglob("*")) == before


@pytest.mark.slow
@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("with_catalogue", [False, True])
def test_a_report_is_replayed_byte_for_byte(
    tmp_path: Path,
    cache: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    with_catalogue: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Years later, when rows, curated files and the catalogue are others."""
    monkeypatch.setenv("VERIFIER_CACHE_DIR", str(cache))
    monkeypatch.chdir(tmp_path)
    catalogue = (bundled_path() / "relations.toml").read_text() if with_catalogue else None
    root = make_root(tmp_path / "root", relations=catalogue)
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT)
    calls = [["check", "draft.md", "--root", "root", "--format", form] for form in REPORTS]
    calls.append(["lookup", "Tegucigalpa", "--root", "root", "--format", "json"])

    def outputs(*more: str) -> list[bytes]:
        found = []
        for call in calls:
            run([*call, *more])
            found.append(capfdbinary.readouterr().out)
        return found

    night(root, TIES)
    before = outputs()
    assert b"refreshed" in before[list(REPORTS).index("json")]
    night(
        root,
        RELATIONS + "Q783$2,Honduras,Q783,P530,Chad,Q657,2026-11-02,https://example.org\n",
        day=DAY + datetime.timedelta(400),
    )
    (root.curated / "statements.csv").write_text(CURATED.replace("Tegucigalpa,Q3238", "Comayagua,Q856171"))
    if catalogue is not None:
        (root.curated / "relations.toml").write_text(catalogue.replace('"capital"', '"seat of power"'))
    assert [old == new for old, new in zip(before, outputs(), strict=True)] == [False] * len(calls)
    assert outputs("--as-of-edition", "1") == before
    assert outputs("--as-of-edition", "2026-12-24") == before


@pytest.mark.usefixtures("today")
def test_the_day_of_an_edition_is_that_of_claims_that_name_none(root: Root, cache: Path) -> None:
    """A day that is asked for, or that the document has, goes before it."""
    night(root, TIES.replace("2026-11-01", ""), day=DAY - datetime.timedelta(30))
    editions = Editions(root)
    laid = editions.materialise(editions.find("1"), cache)
    settings = Settings(cache_dir=cache)
    assert str(Checker(root=laid, settings=settings).day.earliest) == "(2026, 10, 2)"
    assert str(Checker(root=root, settings=settings).day.earliest) == "(2026, 11, 1)"
    assert str(Checker(root=laid, as_of="2020-01-01", settings=settings).day.earliest) == "(2020, 1, 1)"
    assert Checker(root=laid, settings=settings).explain("Honduras | capital | Oslo").day.origin == "edition"


def test_an_edition_is_found_by_number_and_by_day(root: Root) -> None:
    """A day stands for the last edition on it or before it."""
    for number in range(3):
        night(root, numbered(number), day=DAY + datetime.timedelta(number // 2))
    editions = Editions(root)
    found = {
        text: editions.find(text).number for text in ("1", "3", "2026-11-01", "2026-11-02", "2030-01-01")
    }
    assert found == {"1": 1, "3": 3, "2026-11-01": 2, "2026-11-02": 3, "2030-01-01": 3}
    assert [edition.number for edition in editions.since("2")] == [2, 3]
    assert [edition.number for edition in editions.since("2026-11-02")] == [3]
    for text in ("0", "4", "2026-10-31"):
        with pytest.raises(UsageError, match=r"is not kept: kept are 1 \(2026-11-01\) to 3 \(2026-11-02\)"):
            editions.find(text)
    with pytest.raises(UsageError, match="write its number, or a day"):
        editions.find("yesterday")


def test_options_of_editions_say_what_is_wrong(
    root: Root, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """No such folder, no edition, no bundled table."""
    place = ["--root", str(root.path)]
    assert run(["check", "It rains.", "--root", str(tmp_path / "none")]) == 2
    assert "there is no such folder" in capfd.readouterr().err
    assert run(["check", "It rains.", *place, "--as-of-edition", "1"]) == 2
    assert "there is no edition yet" in capfd.readouterr().err
    assert run(["history", "It rains.", *place]) == 2
    assert "there is no edition yet" in capfd.readouterr().err
    assert run(["check", "It rains.", *place, "--as-of-edition", "1", "--no-bundled"]) == 2
    assert "leave out --no-bundled" in capfd.readouterr().err


@pytest.mark.parametrize(
    "name",
    ["reference/sources.toml", "reference/statements.csv", "claims/a.md", ".verifier/editions/000001.json"],
)
def test_the_report_of_a_night_never_replaces_what_is_read(
    name: str, root: Root, capfd: pytest.CaptureFixture[str]
) -> None:
    """The sources, the tables, what is watched and the editions, before anything is done."""
    night(root, rows("Rome"))
    (root.path / "claims").mkdir()
    for other in ("reference/sources.toml", "claims/a.md"):
        (root.path / other).write_text("")
    before = (root.path / name).read_bytes()
    call = ["refresh", "--root", str(root.path), "--output", str(root.path / name)]
    for options in ([], ["--as-of-edition", "1"]):
        assert run([*call, *options]) == 2
        assert "which is read: name another file" in capfd.readouterr().err
    assert (root.path / name).read_bytes() == before
    assert len(Editions(root).all()) == 1


def test_history_tells_spells(
    root: Root, cache: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Editions with the same verdict for the same row are told together."""
    monkeypatch.setenv("VERIFIER_CACHE_DIR", str(cache))
    night(root, RELATIONS, day=DAY)
    for number in (1, 2):
        night(root, TIES, day=DAY + datetime.timedelta(number))
    call = ["history", "Honduras | diplomatic relations | Israel", "--root", str(root.path)]
    assert run(call) == 0
    assert capfd.readouterr().out.splitlines()[::2] == [
        "“Honduras | diplomatic relations | Israel” in 3 editions, 2026-11-01 to 2026-11-03",
        "? unknown  edition 1, 2026-11-01  [no-statement]",
        "",
        "  Honduras has diplomatic relations with Israel, listed from 1 November 2026 to 3 November 2026 "
        "(https://example.org/ties); the claim says the same.",
    ]
    assert run([*call, "--format", "json", "--since", "2026-11-02"]) == 0
    (spell,) = json.loads(capfd.readouterr().out)["history"]
    assert (spell["from"], spell["to"], spell["editions"]) == (
        {"edition": 2, "day": "2026-11-02"},
        {"edition": 3, "day": "2026-11-03"},
        2,
    )
    assert (spell["verdict"], spell["row"]["id"]) == ("supported", "Q783$1")
    assert run(["history", "claims/triples.csv"]) == 2


def test_old_editions_go_by_a_rule(root: Root) -> None:
    """And with them what no other edition is made of."""
    for number in range(5):
        night(root, numbered(number), day=DAY + datetime.timedelta(20 * number))
    editions = Editions(root)
    blobs = editions.folder / "blobs"
    before = len(list(blobs.iterdir()))
    with editions.lock():
        assert [edition.number for edition in editions.prune(days=25, months=1)] == [2, 3]
    assert [edition.number for edition in editions.all()] == [4, 5]
    assert len(list(blobs.iterdir())) == before - 6  # rows, manifest and report of two nights
    for edition in editions.all():
        assert objects(editions.materialise(edition, None)) == {
            f"Town{edition.number - 1}x{row}" for row in range(3)
        }
    with editions.lock():
        assert editions.prune(days=25, months=1) == ()


def test_the_last_of_each_month_is_kept() -> None:
    """Every edition of the last days, the last one of each month before."""
    days = [datetime.date(2025, 1, 1) + datetime.timedelta(number) for number in range(700)]
    editions = list(enumerate(days, start=1))
    stay = {number: day for number, day in editions if number in kept(editions, days=60, months=12)}
    today = days[-1]
    assert sum((today - day).days < 60 for day in stay.values()) == 60
    older = [day for day in stay.values() if (today - day).days >= 60]
    assert all((day + datetime.timedelta(1)).day == 1 for day in older)
    assert len(older) == 10
    assert kept([], days=1, months=0) == set()
    assert kept([(1, DAY)], days=0, months=0) == {1}


def test_numbers_are_given_once(root: Root) -> None:
    """A table that was set back by hand goes on after the last number, and loses no edition."""
    night(root, numbered(1))
    old = (root.refreshed / "table.toml").read_bytes()
    for number in (2, 3):
        night(root, numbered(number))
    (root.refreshed / "table.toml").write_bytes(old)
    edition = night(root, numbered(4))
    assert (edition.number, edition.before) == (4, 1)
    assert [edition.number for edition in Editions(root).all()] == [1, 2, 3, 4]


def test_an_edition_that_never_came_into_place_is_none(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its run was killed when the record was there and the manifest was not; the next one says so."""
    night(root, numbered(1))
    editions = Editions(root)
    put = verifier.refresh.editions.put

    def die(path: Path, content: bytes) -> None:
        if path.name == "table.toml":
            raise KeyboardInterrupt
        put(path, content)

    monkeypatch.setattr(verifier.refresh.editions, "put", die)
    with pytest.raises(KeyboardInterrupt):
        night(root, numbered(2))
    monkeypatch.undo()
    assert (editions.folder / "000002.json").is_file()
    assert [edition.number for edition in editions.all()] == [1]
    assert objects(root) == {f"Town1x{row}" for row in range(3)}
    with editions.lock():
        assert editions.recover() == ("the run before was cut off: its edition 2 was never in place",)
        assert editions.recover() == ()
    assert night(root, numbered(3)).number == 2


def test_which_records_were_never_committed() -> None:
    """The one that follows on the table in place, if nothing follows on it."""

    def dead(current: int | None, *pairs: tuple[int, int | None]) -> set[int]:
        return uncommitted([Edition(n, DAY, before, "1", {}, "", "") for n, before in pairs], current)

    assert dead(None) == set()
    assert dead(None, (1, None)) == {1}
    assert dead(1, (1, None)) == set()
    assert dead(1, (1, None), (2, 1)) == {2}
    assert dead(1, (1, None), (2, 1), (3, 2)) == set()
    assert dead(1, (1, None), (2, 1), (3, 2), (4, 1)) == {4}


def test_files_that_were_edited_are_put_back(root: Root) -> None:
    """The rows of the sources are nobody's to edit; a curated row corrects them."""
    night(root, rows("Rome"))
    (file,) = root.refreshed.glob("*.csv")
    file.write_text(file.read_text().replace("Rome", "Bonn"))
    with pytest.raises(TableError, match="edited or cut off"):
        objects(root)
    editions = Editions(root)
    with editions.lock():
        (note,) = editions.recover()
    assert "is again what the last edition has" in note
    assert objects(root) == {"Rome"}


def test_an_edition_that_is_damaged_says_so(root: Root, cache: Path) -> None:
    """It is not replayed from half of its files."""
    edition = night(root, rows("Rome"))
    editions = Editions(root)
    blob = editions.folder / "blobs" / f"{edition.files['refreshed/table.toml']}.gz"
    for content in (
        blob.read_bytes()[:-9],
        b"no gzip",
        (editions.folder / "blobs" / f"{edition.report}.gz").read_bytes(),
    ):
        blob.write_bytes(content)
        with pytest.raises(InputError, match="damaged"):
            editions.materialise(edition, cache)
    blob.unlink()
    with pytest.raises(InputError, match="lacks this file"):
        editions.materialise(edition, cache)


@pytest.mark.parametrize("name", ["../x.csv", "reference/../../x.csv", "x.csv", "/etc/x", "reference/"])
def test_a_record_names_no_file_outside(root: Root, cache: Path, name: str) -> None:
    """Records may come from another computer."""
    edition = night(root, rows("Rome"))
    digest = edition.files["refreshed/table.toml"]
    files = {**edition.files, name: digest}
    with pytest.raises(InputError, match="is not the name of a file"):
        Editions(root).materialise(Edition(1, DAY, None, "1", files, "", ""), cache)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    """What is none is refused, and what a later version wrote."""
    edition = Edition(7, DAY, 6, "0.1", {"reference/a.csv": "0" * 64}, "1" * 64, "2" * 64)
    path = tmp_path / "000007.json"
    path.write_bytes(write_edition(edition))
    assert read_edition(path) == edition
    for content, problem in (
        (b"{", "not the record"),
        (b"[]", "not the record"),
        (b'{"format": 1}', "not the record"),
        (write_edition(edition).replace(b'"format": 1', b'"format": 2'), "another version"),
        (write_edition(edition).replace(b'"number": 7', b'"number": 8'), "its number is 8"),
        (write_edition(edition).replace(b'"number": 7', b'"number": "7"'), "not the record"),
        (write_edition(edition).replace(b"1" * 64, b"../../../../tmp/x"), "is no SHA-256"),
    ):
        path.write_bytes(content)
        with pytest.raises(InputError, match=problem):
            read_edition(path)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_full_disk_ends_the_run_in_a_sentence(dry_run: bool, root: Root, tmp_path: Path) -> None:
    """Wherever the files of the run are; the table is as it was."""
    night(root, rows("Rome"))
    (root.path / "reference" / "sources.toml").write_text("")

    def fail(label: str, done: int, total: int) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    job = Job(root, Settings(cache_dir=tmp_path), DAY, dry_run=dry_run, progress=fail)
    with pytest.raises(InputError, match=r"disk is full\): the table is as it was"):
        refresh(job)
    assert objects(root) == {"Rome"}


def test_a_report_of_another_version_says_which(root: Root, capfd: pytest.CaptureFixture[str]) -> None:
    """It is wrong use of this version, and no error inside it."""
    night(root, rows("Rome"))  # its report is no more than a day
    assert run(["refresh", "--root", str(root.path), "--as-of-edition", "1"]) == 2
    assert f"its report cannot be read: use verifier {__version__}" in capfd.readouterr().err


def test_a_clock_that_was_set_back_is_noted(root: Root) -> None:
    """Editions stay in the order of their days, so that a day finds one."""
    editions = Editions(root)
    assert editions.day(DAY) == (DAY, ())
    night(root, rows("Rome"))
    day, notes = editions.day(DAY - datetime.timedelta(9))
    assert (day, notes) == (
        DAY,
        ("the day is 2026-10-23, before the last edition: the night counts as 2026-11-01",),
    )


def test_a_table_keeps_the_name_of_its_folder(tmp_path: Path) -> None:
    """In an installed package it is another, and reports have it."""
    given = make_root(tmp_path / "given").curated.rename(tmp_path / "_reference")
    root = Root(tmp_path / "root", curated_at=given)
    edition = night(root, rows("Rome"))
    laid = Editions(root).materialise(edition, tmp_path / "cache")
    assert [path.name for path in laid.tables] == ["_reference", "refreshed"]
    assert laid.catalogue().find("capital") is not None


def test_a_table_that_was_laid_out_is_used_again(root: Root, tmp_path: Path) -> None:
    """The curated one by all editions that have it; what nobody used for long goes."""
    laid, cache = [], tmp_path / "cache"
    for number in range(2):
        night(root, numbered(number))
        laid.append(Editions(root).materialise(Editions(root).find(str(number + 1)), cache))
    assert laid[0].curated == laid[1].curated
    assert laid[0].refreshed != laid[1].refreshed
    Checker(root=laid[0], settings=Settings(cache_dir=cache)).check("Honduras | capital | Oslo")
    compiled = set((cache / "tables").iterdir())
    for place in (cache / "editions").iterdir():
        os.utime(place, (0, 0))
    assert Editions(root).materialise(Editions(root).find("2"), cache) == laid[1]
    assert not laid[0].refreshed.exists()
    assert laid[1].curated.is_dir()
    assert len(compiled - set((cache / "tables").iterdir())) == 2  # the note and the compiled table
