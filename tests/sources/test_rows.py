"""Long tables: from a row to its statement."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from verifier.dates import parse_date
from verifier.errors import TableError
from verifier.model import (
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
from verifier.relations import Relation, ValueKind
from verifier.sources.store import TableSource

Open = Callable[..., TableSource]
TABLE = "my_table.csv"


def only(source: TableSource, relation: str) -> Statement:
    (statement,) = source.all_statements(relation)
    return statement


def test_every_column(open_text: Open) -> None:
    source = open_text(
        "statement_id,Subject,subject_id,predicate,predicate_id,object,object_id,start,end,point_in_time,seen_first,"
        "seen_last,polarity,rank,source_url,source_title,publisher,retrieved,quote,country,P31,remark\n"
        "s1,Kosovo,Q1246,capital,P36,Pristina,Q25270,2008-02-17,2021,2010-05,2015,2022,Negative,preferred,https://a.b,"
        'A,Pub,2024-01-01,"he said ""so""",Serbia|Kosovo,city,as it is\n'
    )
    assert only(source, "P36") == Statement(
        id="s1",
        subject="Q1246",
        relation="P36",
        value=EntityValue("Q25270"),
        start=parse_date("2008-02-17"),
        end=parse_date("2021"),
        point_in_time=parse_date("2010-05"),
        seen_first=parse_date("2015"),
        seen_last=parse_date("2022"),
        qualifiers=(
            ("P17", EntityValue("Serbia")),
            ("P17", EntityValue("Q1246")),
            ("P31", EntityValue("city")),
            ("remark", TextValue("as it is")),
        ),
        rank=Rank.PREFERRED,
        polarity=Polarity.NEGATIVE,
        sources=(Source("https://a.b", "A", "Pub", "2024-01-01"),),
        quote='he said "so"',
        table=TABLE,
    )
    assert source.dated == {"P36"}


def test_a_row_without_a_source_is_cited_by_file_and_line(open_text: Open) -> None:
    source = open_text("subject,predicate,object\nA,P36,B\n\nC,P36,D\n")
    assert [s.sources for s in source.all_statements("P36")] == [
        (Source(title="my_table.csv, line 2"),),
        (Source(title="my_table.csv, line 4"),),
    ]
    assert [s.id for s in source.all_statements("P36")] == ["my_table.csv:2", "my_table.csv:4"]
    assert not source.dated


@pytest.mark.parametrize(
    ("predicate", "relation"),
    [
        ("P36", "P36"),
        ("capital", "P36"),
        ("Capital City", "P36"),
        ("capitalCity", "P36"),
        ("http://www.wikidata.org/prop/direct/P36", "P36"),
        ("wdt:P36", "P36"),
        ("sisterCity", "sisterCity"),
    ],
)
def test_predicates(open_text: Open, predicate: str, relation: str) -> None:
    source = open_text(f"subject,predicate,object\nA,{predicate},B\n")
    assert only(source, relation).value == EntityValue("B")


def test_unknown_words_become_one_relation_whatever_their_spelling_and_order(open_text: Open) -> None:
    rows = ["A,twin_town,B", "C,twinTown,D"]
    for order in (rows, rows[::-1]):
        source = open_text("subject,predicate,object\n" + "\n".join(order))
        assert source.relations == (
            Relation(
                "twinTown",
                "twin town",
                nouns=("twin town",),
                value=ValueKind.ENTITY,
                lasting=True,
                declared=False,
            ),
        )
        assert {s.subject for s in source.all_statements("twinTown")} == {"A", "C"}


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("A,P569,1990-02,", parse_date("1990-02")),
        ("A,P1082,85 million,", Quantity(Decimal(85_000_000), step=Decimal(1_000_000))),
        ("A,area,4 211,sq mi", Quantity(Decimal(4211), "mi2")),
        ("A,P1449,The Big One,", TextValue("The Big One")),
        ("A,P36,,", UnknownValue()),
    ],
)
def test_values_by_the_kind_of_the_relation(open_text: Open, row: str, value: Value) -> None:
    source = open_text(f"subject,predicate,object,unit\n{row.replace('4 211', '4211')}\n")
    (relation,) = source.relations_of("A")
    assert only(source, relation).value == value


def test_a_list_of_objects_is_a_statement_each(open_text: Open) -> None:
    source = open_text("statement_id,subject,predicate,object,object_id\ns,A,P36,B|C,Q1|Q2\n")
    assert [(s.id, s.value) for s in source.all_statements("P36")] == [
        ("s", EntityValue("Q1")),
        ("s#2", EntityValue("Q2")),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("subject,predicate,object\n", ": the table has a header and no rows (write one statement a row)"),
        (
            "subject,object\nA,B\n",
            ":1: there is no column 'predicate' (statements have subject, predicate, object;",
        ),
        ("subject,predicate,object\n,P36,B\n", ":2, column 'subject', value '': an empty cell"),
        ("subject,predicate,object\nA,,B\n", ":2, column 'predicate', value '': an empty cell"),
        ("subject,predicate,object\nA,?!,B\n", ":2, column 'predicate', value '?!': this names no relation"),
        (
            "subject,predicate,object,start\nA,P36,B,2021-13-01\n",
            ":2, column 'start', value '2021-13-01': there is no month 13: months are 01 to 12",
        ),
        (
            "subject,predicate,object,start,End\nA,P36,B,2021,2020-05\n",
            ":2, column 'End', value '2020-05': before the start '2021'",
        ),
        (
            "subject,predicate,object,rank\nA,P36,B,best\n",
            ":2, column 'rank', value 'best': not a rank (write normal, preferred, deprecated, "
            "or leave it empty)",
        ),
        (
            "subject,predicate,object,polarity\nA,P36,B,no\n",
            ":2, column 'polarity', value 'no': not a polarity (write positive, negative, or leave it empty)",
        ),
        (
            "subject,predicate,object,source_url,retrieved\nA,P36,B,https://a.b,yesterday\n",
            ":2, column 'retrieved', value 'yesterday': 'yesterday' is not a date",
        ),
        (
            "subject,predicate,object,start,start time\nA,P36,B,,\n",
            ":1, column 'start time': a second column for 'start' (keep one of them)",
        ),
        (
            "subject,predicate,object,object_id\nA,P36,B|C,Q1\n",
            None,
        ),
        (
            "statement_id,subject,predicate,object\ns,A,P36,B\ns,A,P36,C\n",
            ":3, column 'statement_id', value 's': the statement id of an earlier row (it is "
            "that of my_table.csv, line 2)",
        ),
        (
            "subject,predicate,object\nA,P569,unknown\n",
            ":2, column 'object', value 'unknown': date of birth (P569) is a date: ",
        ),
    ],
)
def test_a_bad_cell_refuses_the_table(open_text: Open, text: str, message: str | None) -> None:
    with pytest.raises(TableError) as caught:
        open_text(text)
    message = (
        message
        or ":2, column 'object', value 'B|C': 2 objects and 1 ids (give each object of the list its id)"
    )
    path, _, rest = str(caught.value).partition(TABLE)
    assert rest.startswith(message), path


def test_a_namesake_of_a_relation_is_a_relation_of_the_tables_own(open_text: Open) -> None:
    source = open_text("subject,predicate,object\nAsimov,dateOfBirth,Emma\nDick,dateOfBirth,Dune\n")
    assert [relation.id for relation in source.relations] == ["dateOfBirth"]
    assert source.statements("Dick", "dateOfBirth")[0].value == EntityValue("Dune")
    assert not list(source.all_statements("P569"))


def test_what_a_table_says_for_nothing_is_told(open_text: Open, caplog: pytest.LogCaptureFixture) -> None:
    """A misspelt column or relation, an address that is none, an unknown unit: each is told once."""
    open_text(
        "subject,predicate,object,strat,unit,country,source_url\n"
        "Bern,capital of,Switzerland,1848,,Switzerland,not a url\n"
        "Bern,populaton,130000,,,,\nBern,area,51,,qm,,\n"
    )
    told = [record.getMessage().partition("my_table.csv")[2] for record in caplog.records]
    assert [text.split(" (did")[0].split(": it")[0] for text in told] == [
        ": column 'strat' is neither a column of statements nor a relation",
        ":3: 'populaton' is taken for a relation of the table's own",
        ":2: source_url 'not a url' is no address of a page",
        ":4, column 'object', value '51': the unit 'qm' is not known",
    ]
    assert "did you mean 'start'?" in told[0] and "did you mean 'population'?" in told[1]
