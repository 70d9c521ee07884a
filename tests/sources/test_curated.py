"""What is told at once of a slip in a row: where it is, and what would be right."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from verifier.errors import TableError
from verifier.sources.store import TableSource

Open = Callable[..., TableSource]

HEADER = "subject,subject_id,predicate,object,object_id,start,end,polarity,P17,source_url\n"
NORWAY = "Norway,Q20,P36,Oslo,Q585,1814,,,,https://example.org/no\n"
ENTITIES = "id,label,aliases\nQ20,Norway,Norge\nQ585,Oslo,\nQ90,Paris,\nQ142,France,\n"


def folder(rows: str, *, header: str = HEADER, curated: bool = True) -> dict[str, str]:
    declared = {"table.toml": "curated = true\n"} if curated else {}
    return {"statements.csv": f"{header}{NORWAY}{rows}", "entities.csv": ENTITIES, **declared}


FRANCE = "France,Q142,P36,Paris,Q90,,,,,https://example.org/fr\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # In any table.
        ("Q90,", "Q90,14.7.1789", "column 'start', value '14.7.1789': '14.7.1789' is not a date: write 2021"),
        ("Q90,,", "Q90,1900,1800", "column 'end', value '1800': before the start '1900'"),
        (",,,,,", ",,,no,,", "column 'polarity', value 'no': not a polarity (write positive, negative"),
        ("Paris", '"Par"is', "text after the closing quote of a cell (put the whole cell in quotes"),
        ("France", '"France', "a quoted cell that begins in this row never ends"),
        (",,,,,", ",,,,", "column 'source_url': the row has 9 cells, the header has 10"),
        ("France,Q142", ",", "column 'subject', value '': an empty cell"),
        # In one with files of entities: the row of line 2 again.
        (FRANCE, NORWAY, "this row stands in facts/statements.csv, line 2 already (delete one"),
        # In a curated one.
        ("Q142", "Q143", "column 'subject_id', value 'Q143': no file of entities has this thing (France"),
        ("Q90", "Q 90", "column 'object_id', value 'Q 90': no file of entities has this thing (Paris"),
        ("Paris,Q90", "Lyon,", "column 'object', value 'Lyon': no file of entities has this thing (mend"),
        ("Paris", "", "column 'object', value '': no name beside the id 'Q90' (write 'Paris')"),
        ("France", "", "column 'subject', value '': no name beside the id 'Q142' (write 'France')"),
        ("France", "Norway", "column 'subject', value 'Norway': not a name of Q142, which is France (mend"),
        (",,,,,", ",,,,Frnace,", "column 'P17', value 'Frnace': no file of entities has this thing"),
        ("P36", "P63", "value 'P63': the catalogue has no such relation (the nearest is P36)"),
        ("P36", "emblem", "value 'emblem': the catalogue has no such relation (describe it in"),
        ("https://example.org/fr", "", "column 'source_url', value '': a row of a curated table without"),
        ("https://example.org/fr", "an atlas", "column 'source_url', value 'an atlas': a row of a curated"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_place_and_what_would_be_right(
    open_text: Open, old: str, new: str, told: str
) -> None:
    """File, line, column, value."""
    with pytest.raises(TableError) as caught:
        open_text(folder(FRANCE.replace(old, new)))
    assert told in str(caught.value)
    assert (caught.value.path.endswith("statements.csv"), caught.value.line) == (True, 3)


def test_a_curated_table_without_a_slip_is_accepted(open_text: Open) -> None:
    """Aliases are names, a thing may be named without its id, and figures name nothing."""
    more = "Norge,Q20,P1082,5000000,,,,,,https://example.org/no\nParis,,P17,France,,,,,Norway,https://e.org\n"
    assert open_text(folder(FRANCE + more)).info.statements == 4


def test_other_tables_need_not_declare_what_they_name(
    open_text: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """A file of entities may add aliases to a few things; ids that it lacks are only pointed at."""
    rows = "Mars,Q111,emblem,War,Q198,,,,,\nFrance,Q142,P36,Lyon,Q456,,,,,\n"
    with caplog.at_level(logging.WARNING):
        assert open_text(folder(rows, curated=False)).info.statements == 3
    (record,) = caplog.records
    assert "statements.csv:3: no file of entities has 'Q111', nor have 2 more ids" in record.getMessage()


def test_a_plain_table_may_have_a_row_twice(open_text: Open) -> None:
    """An export may, and it says nothing more by it."""
    assert open_text(f"{HEADER}{NORWAY}{NORWAY}").info.statements == 2


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        ("seen_lats", "seen_last"),
        ("starts", "start"),
        ("polartiy", "polarity"),
        ("Subject_ids", "subject_id"),
    ],
)
def test_a_misspelt_column_is_not_a_qualifier(open_text: Open, column: str, meant: str) -> None:
    """Its dates would count for nothing, and a row would hold for ever."""
    with pytest.raises(TableError) as caught:
        open_text(f"subject,predicate,object,{column}\nNorway,P36,Oslo,2020\n")
    assert f"my_table.csv:1, column {column!r}: neither a column of statements nor a relation" in str(
        caught.value
    )
    assert f"(write {meant!r}; " in str(caught.value)


@pytest.mark.parametrize("column", ["state", "lend", "status", "title", "published", "source", "country"])
def test_a_column_of_its_own_is(open_text: Open, column: str) -> None:
    """Words that are only a little like those of the format."""
    assert open_text(f"subject,predicate,object,{column}\nNorway,P36,Oslo,x\n").info.statements == 1
