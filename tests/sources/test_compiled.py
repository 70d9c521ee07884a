"""When a table is compiled, and when an earlier compilation serves."""

from __future__ import annotations

import gc
import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from verifier.errors import InputError, TableError
from verifier.names import NameIndex
from verifier.relations import Catalogue
from verifier.sources import assemble as assembling
from verifier.sources import open_source
from verifier.sources.assemble import Assembled, assemble
from verifier.sources.compiled import open_table
from verifier.sources.store import TableSource

TEXT = "subject,predicate,object\nA,P36,B\n"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of tables in the order in which they were compiled."""
    names: list[str] = []

    def counting(*args: Any, **options: Any) -> Assembled:
        table = assemble(*args, **options)
        names.append(table.name)
        return table

    monkeypatch.setattr(assembling, "assemble", counting)
    return names


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(TEXT)
    return path


@pytest.fixture
def opened(tmp_path: Path, table: Path, catalogue: Catalogue) -> Callable[[], TableSource]:
    return lambda: open_table(table, catalogue=catalogue, cache_dir=tmp_path / "cache")


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "tables").iterdir())


def test_a_table_is_compiled_once(opened: Callable[[], TableSource], counted: list[str]) -> None:
    first, second = opened(), opened()
    assert counted == ["t.csv"]
    assert first.info == second.info


def test_a_table_that_was_only_touched_is_not_compiled_again(
    opened: Callable[[], TableSource], counted: list[str], table: Path
) -> None:
    opened()
    os.utime(table, ns=(1, 1))
    opened()
    assert counted == ["t.csv"]


def test_a_changed_table_is_compiled_and_the_old_one_goes(
    opened: Callable[[], TableSource], counted: list[str], table: Path, tmp_path: Path
) -> None:
    before = opened().info.fingerprint
    table.write_text(TEXT + "C,P36,D\n")
    after = opened()
    assert counted == ["t.csv", "t.csv"]
    assert (after.info.statements, after.info.fingerprint != before) == (2, True)
    assert [path.suffix for path in kept(tmp_path)].count(".sqlite") == 1


def test_the_index_of_names_is_taken_over_while_the_names_stay_the_same(
    opened: Callable[[], TableSource], table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened()
    monkeypatch.setattr(NameIndex, "write", lambda *_: pytest.fail("the index was written again"))
    table.write_text("subject,predicate,object,start\nA,P36,B,2020\n")
    source = opened()
    assert source.exact("A")[0].id == "A" and source.search("B")[0].id == "B"
    assert source.statements("A", "P36")[0].start is not None


def test_a_new_name_is_found(opened: Callable[[], TableSource], table: Path) -> None:
    opened()
    table.write_text(TEXT + "Valletta,P17,Malta\n")
    assert opened().search("Valetta")[0].id == "Valletta"


def test_a_changed_catalogue_compiles_again_unless_only_its_phrasings_changed(
    table: Path, tmp_path: Path, catalogue: Catalogue, counted: list[str]
) -> None:
    changes: dict[str, Any]
    for changes in ({}, {"phrasings": ("{s} lies in {o}",)}, {"label": "seat of government"}):
        changed = replace(catalogue["P36"], **changes)
        open_table(table, catalogue=catalogue.with_relations([changed]), cache_dir=tmp_path / "cache")
    assert counted == ["t.csv", "t.csv"]


def test_another_key_is_another_table(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "w.csv"
    path.write_text("year,name,capital\n2020,Malta,Valletta\n")
    by_first = open_table(path, catalogue=catalogue, cache_dir=tmp_path / "cache")
    by_name = open_table(path, catalogue=catalogue, cache_dir=tmp_path / "cache", key="name")
    assert by_first.relations_of("2020") and by_name.relations_of("Malta")
    assert not by_name.relations_of("2020")


@pytest.mark.parametrize("size", [0, 100, 5000, -1])
def test_a_compiled_file_that_was_cut_off_is_made_again(
    opened: Callable[[], TableSource], counted: list[str], tmp_path: Path, size: int
) -> None:
    opened()
    (path,) = (path for path in kept(tmp_path) if path.suffix == ".sqlite")
    os.truncate(path, size if size >= 0 else path.stat().st_size - 1)
    assert opened().statements("A", "P36")
    assert counted == ["t.csv", "t.csv"]


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"files": 1, "compiled": "../../x"}', "\ufffd"])
def test_a_note_that_says_nothing_is_written_again(
    opened: Callable[[], TableSource], counted: list[str], tmp_path: Path, note: str
) -> None:
    opened()
    (path,) = (path for path in kept(tmp_path) if path.suffix == ".json")
    path.write_text(note, encoding="utf-8")
    opened()
    assert counted == ["t.csv"]
    assert len(kept(tmp_path)) == 2


def test_a_refused_table_leaves_nothing_behind(
    opened: Callable[[], TableSource], table: Path, tmp_path: Path
) -> None:
    table.write_text("subject,predicate,object\nA,P569,soon\n")
    with pytest.raises(TableError):
        opened()
    assert not (tmp_path / "cache").exists()


def test_without_a_place_to_keep_it_the_table_still_opens(
    table: Path, tmp_path: Path, catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        source = open_table(table, catalogue=catalogue, cache_dir=tmp_path / "cache")
    assert source.statements("A", "P36")
    assert "the compiled table cannot be kept" in caplog.text


def test_a_temporary_table_goes_with_its_source(
    table: Path, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    source = open_table(table, catalogue=catalogue)
    assert source.statements("A", "P36") and list(place.iterdir())
    del source
    gc.collect()
    assert not list(place.iterdir())


def test_no_room_anywhere_is_an_input_error(
    table: Path, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(InputError, match=r"t\.csv: there is no room for the compiled table"):
        open_table(table, catalogue=catalogue)


def test_a_compiled_file_can_be_given_itself(
    opened: Callable[[], TableSource], tmp_path: Path, catalogue: Catalogue
) -> None:
    opened()
    (path,) = (path for path in kept(tmp_path) if path.suffix == ".sqlite")
    source = open_source(path, catalogue=catalogue, closed_world=True)
    assert source.info.name == "t.csv"
    assert source.completeness("P36")
