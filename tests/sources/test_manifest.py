"""Tables whose `table.toml` names their files."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import TableError
from verifier.model import EntityValue, Source, Statement
from verifier.relations import Catalogue
from verifier.sources import open_source
from verifier.sources.manifest import ListedFile, Manifest, is_manifest, read_manifest, write_manifest
from verifier.sources.store import TableSource
from verifier.sources.table import find_files

DAY = datetime.date(2026, 11, 25)
ROWS = (
    "statement_id,subject,subject_id,predicate,object,object_id,seen_first,seen_last,source_url,retrieved\n"
)


def lay_out(folder: Path, manifest: str, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content)
    (folder / "table.toml").write_text(manifest)
    return folder


def opened(folder: Path, cache: Path | None = None) -> TableSource:
    return open_source(folder, catalogue=Catalogue(), cache_dir=cache)


def rows(folder: Path) -> list[Statement]:
    source = opened(folder)
    return [row for relation in source.relations for row in source.all_statements(relation.id)]


def test_only_the_named_files_are_the_table(tmp_path: Path) -> None:
    """What else lies in the folder is of a run that was cut off, or of the edition before."""
    manifest = 'edition = 7\nday = "2026-11-25"\n[[file]]\nname = "statements-a.csv"\nfeed = "a"\n'
    row = "subject,predicate,object\nNorway,twin,{}\n"
    table = lay_out(
        tmp_path / "t", manifest, **{"statements-a": row.format("Chad"), "statements-b": row.format("Mali")}
    )
    assert [path.name for path in find_files(table).statements] == ["statements-a.csv"]
    assert [row.value for row in rows(table)] == [EntityValue("Chad")]
    assert opened(table).info.statements == 1


def test_rows_are_dated_and_cited_by_the_manifest(tmp_path: Path) -> None:
    """Where they say nothing themselves; a row that is shown no more keeps the day on which it was."""
    manifest = """
        edition = 7
        [[file]]
        name = "rows.csv"
        seen_last = 2026-11-25
        publisher = "Wikidata"
        title = "Embassies"
        url = "https://www.wikidata.org"
    """
    table = lay_out(
        tmp_path / "t",
        manifest,
        rows=ROWS
        + "Q1$a,Norway,Q20,twin,Chad,Q657,2026-11-01,,,\n"
        + "Q1$b,Norway,Q20,twin,Mali,Q912,2026-11-01,2026-11-20,,\n"
        + "Q1$c,Norway,Q20,twin,Peru,Q419,2026-11-01,,https://example.org/1,\n"
        + "Q1$d,Norway,Q20,twin,Cuba,Q241,2026-11-01,,https://example.org/2,2026-10-01\n",
    )
    found = {row.id: row for row in rows(table)}
    last = {id: row.seen_last.earliest for id, row in found.items() if row.seen_last is not None}
    assert last == {
        "Q1$a": (2026, 11, 25),
        "Q1$b": (2026, 11, 20),
        "Q1$c": (2026, 11, 25),
        "Q1$d": (2026, 11, 25),
    }
    assert {id: row.sources for id, row in found.items()} == {
        "Q1$a": (Source("https://www.wikidata.org", "Embassies", "Wikidata", "2026-11-25"),),
        "Q1$b": (Source("https://www.wikidata.org", "Embassies", "Wikidata", "2026-11-20"),),
        "Q1$c": (Source("https://example.org/1", "", "", "2026-11-25"),),
        "Q1$d": (Source("https://example.org/2", "", "", "2026-10-01"),),
    }


def test_two_sources_may_show_the_same_row(tmp_path: Path) -> None:
    """It is one of each, and told apart; twice in one source is a slip."""
    manifest = 'edition = 1\n[[file]]\nname = "a.csv"\nfeed = "a"\n[[file]]\nname = "b.csv"\nfeed = "b"\n'
    row = ROWS + "Q1$a,Norway,Q20,twin,Chad,Q657,,,,\n"
    table = lay_out(tmp_path / "t", manifest, a=row, b=row)
    assert sorted(row.id for row in rows(table)) == ["Q1$a", "Q1$a (b)"]
    lay_out(table, manifest, b=row + "Q1$z,Chad,Q657,twin,Norway,Q20,,,,\n" * 2)
    with pytest.raises(TableError, match="the statement id of an earlier row"):
        opened(table)


@pytest.mark.parametrize("manifest", ["edition = 3\n", 'edition = 3\n[[file]]\nname = "a.csv"\n'])
def test_an_edition_may_be_empty(tmp_path: Path, manifest: str) -> None:
    """The first night, and no source could be had; nobody shall have to mend that by hand."""
    source = opened(lay_out(tmp_path / "t", manifest, a=ROWS), tmp_path / "cache")
    assert (source.info.name, source.info.statements) == ("t", 0)
    assert source.exact("Norway") == ()


def test_a_file_that_was_edited_is_no_part_of_an_edition(tmp_path: Path) -> None:
    """Its content is held to the SHA-256 that the manifest gives."""
    row = ROWS + "Q1$a,Norway,Q20,twin,Chad,Q657,,,,\n"
    digest = hashlib.sha256(row.encode()).hexdigest()
    manifest = f'edition = 1\n[[file]]\nname = "a.csv"\nsha256 = "{digest}"\n'
    table = lay_out(tmp_path / "t", manifest, a=row)
    assert opened(table).info.statements == 1
    (table / "a.csv").write_text(row.replace("Chad", "Mali"))
    with pytest.raises(TableError, match=r"not the one that table\.toml names"):
        opened(table)


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ('[[file]]\nname = "../a.csv"', r"column 'file\[1\].name', value '../a.csv': not the name of a file"),
        ('[[file]]\nname = "a.txt"', "not a table"),
        ('[[file]]\nfeed = "a"', "not the name of a file"),
        ('[[file]]\nname = "a.csv"\n[[file]]\nname = "A.csv"', r"column 'file\[2\].name'.* named twice"),
        ('[[file]]\nname = "a.csv"\nsha = "1"', r"column 'file\[1\].sha': unknown key"),
        ('[[file]]\nname = "a.csv"\nsha256 = "1"', "not a SHA-256"),
        ('[[file]]\nname = "a.csv"\nseen_last = "yesterday"', "write it as 2026-11-25"),
        ('[[file]]\nname = "b.csv"', "there is no such file"),
        ('file = "a.csv"', r"write \[\[file\]\]"),
        ("edition = 0", "not the number of an edition"),
        ("edition = true", "not the number of an edition"),
        ('edition = 1\nday = "25.11.2026"', "not a day"),
    ],
)
def test_a_manifest_that_cannot_be_read_says_which_key_is_wrong(
    tmp_path: Path, manifest: str, problem: str
) -> None:
    """With the value, and what would be right."""
    with pytest.raises(TableError, match=problem):
        opened(lay_out(tmp_path / "t", manifest, a=ROWS))


_LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
_FILES = st.builds(
    ListedFile,
    name=st.from_regex(r"[a-z]{1,8}\.csv", fullmatch=True),
    feed=_LINE,
    sha256=st.sampled_from(["", "0" * 64]),
    seen_last=st.none() | st.dates(),
    publisher=_LINE,
    title=_LINE,
    url=_LINE,
    licence=_LINE,
)


@given(
    st.builds(
        Manifest,
        title=_LINE,
        edition=st.integers(1, 10**9),
        day=st.none() | st.dates(),
        files=st.lists(_FILES, max_size=3, unique_by=lambda item: item.name).map(tuple),
    )
)
def test_a_manifest_is_read_as_it_was_written(manifest: Manifest) -> None:
    """Whatever characters its texts have."""
    data = write_manifest(manifest)
    assert is_manifest(data)
    assert read_manifest(data, Path("table.toml")) == manifest


def test_a_table_without_files_of_its_own_naming_is_no_manifest() -> None:
    """The curated table leaves its files to their names."""
    assert not is_manifest(b'title = "file = 1"\n# file = 1\n[[complete]]\n')
    assert is_manifest(b"  [[ file ]]\n")
