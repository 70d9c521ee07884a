"""Which files make up a table, and any table loads or says why not."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.errors import TableError
from verifier.model import Completeness, EntityValue, Source
from verifier.relations import Catalogue
from verifier.sources.compiled import open_table
from verifier.sources.store import TableSource
from verifier.sources.table import find_files, read_bytes

Open = Callable[..., TableSource]


def test_a_folder(open_text: Open) -> None:
    source = open_text(
        {
            "statements.csv": "subject,predicate,object\nUAE,has flag,Flag of the UAE\n",
            "statements-2.csv": "name,capital\nKosovo,Pristina\n",
            "entities.csv": "label,id,aliases,types\nUnited Arab Emirates,Q878,UAE|Emirates,Q6256\n",
            "relations.toml": '["has flag"]\nlabel = "flag"\n',
            "table.toml": 'title = "States"\npublisher = "Atlas"\nurl = "https://a.b"\n'
            '[[complete]]\nrelation = "capital"\nsubject = "Kosovo"\n'
            '[[expect]]\nrelation = "P36"\nmin = 1\nmax = 1\n',
            "notes.txt": "not read",
        }
    )
    assert (source.info.name, source.info.title, source.info.statements) == ("facts", "States", 2)
    (flag,) = source.statements("Q878", "has flag")
    assert flag.value == EntityValue("Flag of the UAE")
    assert flag.sources == (Source("https://a.b", "facts/statements.csv, line 2", "Atlas"),)
    assert [relation.label for relation in source.relations] == ["flag"]
    emirates = source.entity("Q878")
    assert emirates is not None
    assert (emirates.aliases, emirates.types) == (("UAE", "Emirates"), ("Q6256",))
    assert source.completeness("P36") == (
        Completeness("P36", subject="Kosovo", source=Source("https://a.b", "States", "Atlas"), table="facts"),
    )
    assert source.completeness("has flag") == ()


KINDS = '[[complete]]\nrelation = "has flag"\nsubject_types = ["state"]\nexcept = ["{}"]\n'


def test_a_list_for_each_of_a_kind(open_text: Open) -> None:
    """The exceptions are found by their names."""
    files = {
        "statements.csv": "subject,predicate,object\nUAE,has flag,Flag of the UAE\n",
        "entities.csv": "label,id,aliases,types\nUnited Arab Emirates,Q878,UAE|Emirates,state\n",
    }
    source = open_text({**files, "table.toml": KINDS.format("UAE")})
    (declared,) = source.completeness("has flag")
    assert (declared.subject_types, declared.excepted) == (("state",), ("Q878",))
    assert not declared.everything
    with pytest.raises(TableError, match=r"complete\[1\].except', value 'UEA': the table has nothing"):
        open_text({**files, "table.toml": KINDS.format("UEA")})


def make(folder: Path, what: str) -> Path:
    path = folder / "x.csv"
    match what:
        case "folder named like a file":
            path.mkdir()
        case "folder for a file":
            path.mkdir()
            (path / "statements.csv").mkdir()
        case "loop":
            path.symlink_to(path)
        case "pipe":
            os.mkfifo(path)
        case "other":
            path = folder / "x.docx"
            path.touch()
    return path


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("missing", "there is no such file or folder"),
        (
            "folder named like a file",
            "the folder holds no statements*.csv (name the file of statements statements.csv)",
        ),
        ("folder for a file", "not a file"),
        ("loop", "cannot be read: Too many levels of symbolic links"),
        ("pipe", "neither a file nor a folder"),
        (
            "other",
            "not a table (a folder, or a file that ends in .csv, .tsv, .tab, .jsonl, .ndjson, .parquet)",
        ),
    ],
)
def test_what_is_no_table(tmp_path: Path, what: str, message: str) -> None:
    path = make(tmp_path, what)
    with pytest.raises(TableError) as caught:
        for file in find_files(path).all:
            read_bytes(file)
    assert str(caught.value).endswith(f": {message}")


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "table.toml",
            "[[expect]]\nrelation = 'P36'\nmin = 2\n",
            "column 'expect[1].min': facts has 1 statements of P36, expected are 2 or more (put back",
        ),
        (
            "table.toml",
            "[[expect]]\nrelation = 'capital'\nmax = 0\n",
            "column 'expect[1].max': facts has 1 statements of capital, expected are 0 or fewer (take out",
        ),
        (
            "table.toml",
            "[[expect]]\nrelation = 'P36'\nmin = 1\n[[expect]]\nrelation = 'P36'\nmin_subjects = 2\n",
            "column 'expect[2].min_subjects': facts has 1 subjects of P36, expected are 2 or more",
        ),
        (
            "table.toml",
            "[[expect]]\nrelation = 'P36'\nmax_subjects = 0\n",
            "column 'expect[1].max_subjects': facts has 1 subjects of P36, expected are 0 or fewer",
        ),
        (
            "table.toml",
            "[[expect]]\nrelation = 'P569'\nmin = 1\n",
            "column 'expect[1].min': facts has 0 statements of P569, expected are 1 or more",
        ),
        (
            "table.toml",
            "[[expect]]\nrelation = 'emblem'\nmin = 1\n",
            "column 'expect[1].relation', value 'emblem': no such relation",
        ),
        (
            "table.toml",
            "[[complete]]\nrelation = 'emblem'\n",
            "column 'complete[1].relation', value 'emblem': no such relation",
        ),
        (
            "table.toml",
            "[[complete]]\nrelation = 'P36'\nobject = 'Mars'\n",
            "column 'complete[1].object', value 'Mars': the table has nothing of this name (write the id)",
        ),
        ("relations.toml", "[P36]\nname = 'x'\n", "column 'P36.name': unknown key"),
        ("entities.csv", "name\nx\n", "column 'name': a column that entities do not have"),
    ],
)
def test_a_folder_with_a_bad_file_is_refused(open_text: Open, file: str, text: str, message: str) -> None:
    with pytest.raises(TableError) as caught:
        open_text({"statements.csv": "subject,predicate,object\nA,P36,B\n", file: text})
    assert message in str(caught.value)
    assert caught.value.path.endswith(file)


def test_bounds_that_are_kept_are_no_error(open_text: Open) -> None:
    """Both ends are included; rows are counted apart from subjects."""
    rows = "subject,predicate,object\nA,P36,B\nA,P36,C\nD,capital,E\n"
    bounds = "[[expect]]\nrelation = 'capital'\nmin = 3\nmax = 3\nmin_subjects = 2\nmax_subjects = 2\n"
    assert open_text({"statements.csv": rows, "table.toml": bounds}).info.statements == 3


cells = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["", "|", "A", "B|C", "P36", "P569", "2020", "2020-13", "5 km", "-", "Q1", "born", "a (b)", "\0"]
    ),
)
headers = st.lists(
    st.sampled_from(
        [
            "subject",
            "predicate",
            "object",
            "subject_id",
            "object_id",
            "start",
            "end",
            "rank",
            "unit",
            "year",
            "P17",
            "area (km2)",
            "id",
            "name",
            "source_url",
            "quote",
            "",
        ]
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(headers, st.lists(st.lists(cells, min_size=6, max_size=6), max_size=4), st.booleans())
def test_any_table_loads_or_is_refused(header: list[str], rows: list[list[str]], long: bool) -> None:
    names = list(dict.fromkeys(["subject", "predicate", "object", *header] if long else header))
    text = io.StringIO()
    csv.writer(text).writerows([names, *[(row * 2)[: len(names)] for row in rows]])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_bytes(text.getvalue().encode("utf-8"))
        try:
            source = open_table(path, catalogue=Catalogue(), cache_dir=Path(folder, "cache"))
        except TableError:
            return
        statements = [s for relation in source.relations for s in source.all_statements(relation.id)]
        assert len(statements) == source.info.statements > 0
        assert all(source.entity(statement.subject) is not None for statement in statements)
