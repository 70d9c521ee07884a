"""Wide tables: each row a thing, each column a relation."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from verifier.dates import parse_date
from verifier.errors import TableError
from verifier.model import EntityValue, Quantity, Source, Value
from verifier.sources.store import TableSource

Open = Callable[..., TableSource]


def facts(source: TableSource, subject: str) -> dict[str, list[Value]]:
    return {r: [s.value for s in source.statements(subject, r)] for r in source.relations_of(subject)}


def number(amount: int, unit: str = "") -> Quantity:
    return Quantity(Decimal(amount), unit)


def test_columns_are_relations_and_the_first_names_the_thing(open_text: Open) -> None:
    source = open_text(
        "country;capital;area (km2);official languages;born;twin (town)\n"
        "Kosovo;Pristina;10887;Albanian|Serbian;2008-02-17;x\n"
        "Malta;Valletta;316;-;n/a;\n"
    )
    assert facts(source, "Kosovo") == {
        "P36": [EntityValue("Pristina")],
        "P2046": [number(10887, "km2")],
        "P569": [parse_date("2008-02-17")],
        "official languages": [EntityValue("Albanian"), EntityValue("Serbian")],
        "twin (town)": [EntityValue("x")],
    }
    assert facts(source, "Malta") == {"P36": [EntityValue("Valletta")], "P2046": [number(316, "km2")]}
    (statement,) = source.statements("Malta", "P36")
    assert statement.sources == (Source(title="my_table.csv, line 3"),)
    assert statement.id == "my_table.csv:3:capital"


@pytest.mark.parametrize(
    ("text", "key", "subject"),
    [
        ("year,name,capital\n2020,Malta,Valletta\n", "Name", "Malta"),
        ("id,name,capital\nQ233,Malta,Valletta\n", None, "Q233"),
        ("name,id,capital\nMalta,Q233,Valletta\n", None, "Q233"),
        ("id,capital\nMalta,Valletta\n", None, "Malta"),
    ],
)
def test_the_key(open_text: Open, text: str, key: str | None, subject: str) -> None:
    assert facts(open_text(text, key=key), subject)["P36"] == [EntityValue("Valletta")]


def test_a_row_for_each_year_holds_in_its_year(open_text: Open) -> None:
    source = open_text("country,year,population\nMalta,2010,414027\nMalta,2020,525285\n")
    assert [(s.point_in_time, s.value) for s in source.statements("Malta", "P1082")] == [
        (parse_date("2010"), number(414027)),
        (parse_date("2020"), number(525285)),
    ]


def test_a_year_of_one_row_a_thing_is_a_relation(open_text: Open) -> None:
    source = open_text("club,year\nA,1900\nB,1910\n")
    assert facts(source, "A") == {"year": [parse_date("1900")]}


def test_the_source_of_a_row(open_text: Open) -> None:
    source = open_text("country,capital,source_url\nMalta,Valletta,https://a.b\n")
    assert source.statements("Malta", "P36")[0].sources == (Source("https://a.b"),)


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("a\nb\n", None, ":1: a table with one column says nothing (are the cells parted by commas?)"),
        (
            "a,b\n,x\n",
            None,
            ":2, column 'a', value '': an empty cell (this column names the thing of the row)",
        ),
        ("a,b\nx,y\n", "c", ":1: there is no column 'c' (the columns are a, b)"),
        ("a,b\n", None, ": the table has a header and no rows (write one statement a row)"),
        (
            "a,born\nx,31/12/1990\n",
            None,
            ":2, column 'born', value '31/12/1990': date of birth (P569) is a date: ",
        ),
        ("a,**\nx,y\n", None, ":1, column '**', value '**': this names no relation"),
        ("a,year,b\nx,2020,1\nx,soon,2\n", None, ":3, column 'year', value 'soon': 'soon' is not a date"),
    ],
)
def test_bad_tables(open_text: Open, text: str, key: str | None, message: str) -> None:
    with pytest.raises(TableError) as caught:
        open_text(text, key=key)
    assert str(caught.value).partition("my_table.csv")[2].startswith(message)
