"""Asking a compiled table."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from verifier.errors import InputError, SourceError
from verifier.model import Completeness, Entity, EntityValue, MatchKind, Statement
from verifier.sources.store import TableSource

Open = Callable[..., TableSource]
HEADER = "subject,subject_id,predicate,object,object_id\n"
ROWS = [
    "Kosovo,Q1246,P36,Pristina,Q25270",
    "Kosovo,Q1246,P31,state,Q3624078",
    "Serbia,Q403,P36,Belgrade,Q3711",
    "Serbia,Q403,border with,Kosovo,",
    "Pristina,,P17,Kosovo,Q1246",
    "Old Pristina,,P17,Kosovo,Q1246",
]


def test_statements_by_either_end_and_by_relation(open_text: Open) -> None:
    source = open_text(HEADER + "\n".join(ROWS))
    (capital,) = source.statements("Q1246", "P36")
    assert capital.value == EntityValue("Q25270")
    assert source.statements("Q1246", "P17") == ()
    assert source.statements_about("P36", "Q25270") == (capital,)
    assert {s.subject for s in source.statements_about("P17", "Q1246")} == {"Q25270", "Old Pristina"}
    assert source.relations_of("Q1246") == ("P31", "P36")
    assert source.relations_to("Q1246") == ("P17", "border with")
    assert [s.subject for s in source.all_statements("P36")] == ["Q1246", "Q403"]
    assert source.entity("Q1246") == Entity("Q1246", "Kosovo", types=("Q3624078",))
    assert source.entity("Q1") is None


def test_names(open_text: Open) -> None:
    source = open_text(HEADER + "\n".join(ROWS))
    (match,) = source.exact("Kosovo")
    assert (match.id, match.label, match.kind, match.score) == ("Q1246", "Kosovo", MatchKind.EXACT, 100)
    assert source.search("Kosvo", limit=1)[0].id == "Q1246"
    assert source.prefix_length("old") == 2
    assert source.exact("Atlantis") == ()


def test_closed_world_declares_the_relations_that_the_table_has(open_text: Open) -> None:
    text = HEADER + "\n".join(ROWS)
    assert open_text(text).completeness("P36") == ()
    source = open_text(text, closed_world=True)
    assert source.completeness("P36") == (Completeness("P36", table="my_table.csv"),)
    assert source.completeness("P569") == ()


def test_a_table_may_declare_itself_complete(open_text: Open) -> None:
    source = open_text({"statements.csv": HEADER + ROWS[0], "table.toml": "complete = true"})
    assert source.completeness("P36") == (Completeness("P36", table="facts"),)


def test_the_order_of_rows_changes_only_the_lines_that_are_cited(open_text: Open) -> None:
    def content(statement: Statement) -> tuple[object, ...]:
        return statement.subject, statement.relation, statement.value

    shuffled = random.Random(5).sample(ROWS, len(ROWS))
    first, second = open_text(HEADER + "\n".join(ROWS)), open_text(HEADER + "\n".join(shuffled), "other.csv")
    for relation in ("P36", "P31", "P17", "border with"):
        assert [*map(content, first.all_statements(relation))] == [
            *map(content, second.all_statements(relation))
        ]
    assert [first.entity(i) for i in ("Q1246", "Q25270")] == [second.entity(i) for i in ("Q1246", "Q25270")]


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0 and then nothing", b"text"])
def test_a_file_that_is_no_compiled_table(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.sqlite").write_bytes(content)
    with pytest.raises(InputError, match="not a compiled table"):
        TableSource(tmp_path / "x.sqlite")


def test_a_file_that_breaks_later_is_a_source_that_cannot_be_asked(open_text: Open, tmp_path: Path) -> None:
    open_text(HEADER + "\n".join(ROWS))
    (compiled,) = (tmp_path / "cache" / "tables").glob("*.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(compiled.read_bytes())
    connection = sqlite3.connect(broken)
    with connection:
        connection.execute("DROP TABLE statement")
    connection.close()
    with pytest.raises(SourceError, match=r"my_table\.csv: the compiled table cannot be read"):
        TableSource(broken).statements("Q1246", "P36")
