"""A statement written to a row of the compiled table and read back is the same statement."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from verifier.dates import parse_date
from verifier.model import (
    Bound,
    Date,
    EntityValue,
    Polarity,
    Quantity,
    Rank,
    Source,
    Statement,
    TextValue,
    UnknownValue,
    Value,
)
from verifier.relations import Relation, Single, ValueKind
from verifier.sources.codec import decode_relation, decode_statement, encode_relation, encode_statement

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
dates: st.SearchStrategy[Date] = st.sampled_from(
    ["2021", "2021-02", "-0043-03-15", "1990s", "2020-01-31"]
).map(parse_date)
quantities = st.builds(
    Quantity,
    amount=st.decimals(allow_nan=False, allow_infinity=False),
    unit=texts,
    step=st.sampled_from([Decimal(1), Decimal("0.01"), Decimal("1E+6")]),
    bound=st.sampled_from(Bound),
)
values: st.SearchStrategy[Value] = st.one_of(
    st.builds(EntityValue, texts), st.builds(TextValue, texts), st.just(UnknownValue()), dates, quantities
)
statements = st.builds(
    Statement,
    id=texts,
    subject=texts,
    relation=texts,
    value=values,
    start=st.none() | dates,
    end=st.none() | dates,
    point_in_time=st.none() | dates,
    seen_first=st.none() | dates,
    seen_last=st.none() | dates,
    open_end=st.booleans(),
    qualifiers=st.lists(st.tuples(texts, values), max_size=3).map(tuple),
    rank=st.sampled_from(Rank),
    polarity=st.sampled_from(Polarity),
    sources=st.lists(st.builds(Source, texts, texts, texts, texts, texts, texts), max_size=2).map(tuple),
    quote=texts,
    table=st.just("t"),
)


@given(statements)
def test_round_trip(statement: Statement) -> None:
    assert decode_statement(encode_statement(statement), table="t", files=()) == statement


def test_a_row_that_is_cited_by_its_place() -> None:
    row = encode_statement(Statement("s", "a", "b", EntityValue("c")))
    row = row._replace(body=row.body.replace("[]", "[[1,12]]"))
    statement = decode_statement(row, table="t", files=["a.csv, line", "b.csv, line"])
    assert statement.sources == (Source(title="b.csv, line 12"),)


def test_relations_round_trip() -> None:
    relation = Relation(
        "P1", "one", nouns=("a", "b"), value=ValueKind.DATE, single=Single.EVER, drift=0.1, declared=False
    )
    assert decode_relation(encode_relation(relation)) == relation
