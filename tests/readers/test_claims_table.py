"""A claims table is read as a whole, or refused with the cell that is wrong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.dates import parse_date
from verifier.errors import TableError
from verifier.model import ClaimRow
from verifier.readers import claims_table


def read(text: str, name: str = "claims.csv") -> tuple[ClaimRow, ...]:
    return claims_table.read(text.encode(), name)


def test_a_table_of_sentences() -> None:
    """`claim` alone is enough; rows without an id are called by their number."""
    assert read("claim\nA is B.\n\nC is D.\n") == (
        ClaimRow("1", claim="A is B.", line=2),
        ClaimRow("2", claim="C is D.", line=4),
    )


def test_a_table_of_triples_with_everything() -> None:
    """Every column of the format arrives in its field."""
    header = "id,subject,predicate,object,start,end,point_in_time,negated,as_of,gold"
    row = "t1,Kosovo,capital,Pristina,2008,2010-05,2009-01-01,true,2021-02-01,supported|unknown"
    assert read(f"{header}\n{row}\n") == (
        ClaimRow(
            "t1",
            subject="Kosovo",
            predicate="capital",
            object="Pristina",
            start=parse_date("2008"),
            end=parse_date("2010-05"),
            point_in_time=parse_date("2009-01-01"),
            negated=True,
            as_of=parse_date("2021-02-01"),
            line=2,
            gold=("supported", "unknown"),
        ),
    )


def test_a_sentence_beats_the_triple_and_a_triple_fills_in_for_it() -> None:
    """With both forms in the header a row needs one of them."""
    rows = read("claim,subject,predicate,object\nA is B.,x,y,z\n,x,y,z\n")
    assert [row.claim for row in rows] == ["A is B.", ""]


@pytest.mark.parametrize("name", ["claims.tsv", "claims.jsonl"])
def test_other_formats_give_the_same_rows(name: str) -> None:
    """Tabs and JSON lines are two more spellings of one table."""
    row = {"id": "a", "subject": "Kosovo", "predicate": "capital", "object": "Pristina"}
    tsv = "\t".join(row) + "\n" + "\t".join(row.values())
    text = tsv if name.endswith("tsv") else json.dumps(row)
    (found,) = read(text, name)
    assert (found.id, found.subject, found.predicate, found.object) == ("a", "Kosovo", "capital", "Pristina")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "claims.csv: the file is empty"),
        ("claim\n", "claims.csv: there are no claims below the header"),
        ("subject,object\na,b\n", "claims.csv:1: a claims table has a column `claim`"),
        ("subject,object\na,b\n", "(missing: predicate)"),
        ("claim,start\nA,soon\n", "claims.csv:2, column 'start', value 'soon': not a date"),
        ("claim,as_of\nA,2021-02-30\n", "claims.csv:2, column 'as_of', value '2021-02-30': not a date"),
        ("claim,start,end\nA,2021,2020\n", "column 'end', value '2020': before the start (2021)"),
        ("claim,negated\nA,perhaps\n", "column 'negated', value 'perhaps': neither yes nor no"),
        (
            "claim,gold\nA,true\n",
            "column 'gold', value 'true': not a verdict (supported, contradicted, unknown",
        ),
        ("id,claim\n1,A\n2,B\n1,C\n", "claims.csv:4, column 'id', value '1': the id stands in line 2 too"),
        ("claim,id\n,7\n", "claims.csv:2, column 'claim': nothing is claimed"),
        ("subject,predicate,object\na,,c\n", "claims.csv:2, column 'predicate': nothing is claimed"),
    ],
)
def test_a_bad_table_names_the_cell(text: str, problem: str) -> None:
    """File, line, column, value and what would be right."""
    with pytest.raises(TableError) as caught:
        read(text)
    assert problem in str(caught.value)


def test_a_data_frame_is_a_claims_table() -> None:
    """Missing values are empty cells; days and whole numbers are written as in a file."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "subject": ["Kosovo", "Serbia"],
            "predicate": ["capital", "capital"],
            "object": ["Pristina", "Belgrade"],
            "start": [2008.0, None],
            "as_of": [pandas.Timestamp("2021-02-01"), None],
        }
    )
    first, second = claims_table.rows_of_frame(frame)
    assert (first.start, first.as_of, first.id) == (parse_date("2008"), parse_date("2021-02-01"), "1")
    assert (second.start, second.as_of, second.id) == (None, None, "2")


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_any_bytes_are_rows_or_a_table_error(data: bytes) -> None:
    """Nothing else ever comes out."""
    for name in ("x.csv", "x.tsv", "x.jsonl"):
        try:
            rows = claims_table.read(data, name)
        except TableError:
            continue
        assert rows
