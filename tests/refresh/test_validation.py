"""Which statements are refused, and what is told of each."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from verifier.night import Refused
from verifier.refresh.mapping import OPTIONAL, REQUIRED
from verifier.refresh.validation import Validator
from verifier.sources.bundled import bundled_catalogue

COLUMNS = (*REQUIRED, *OPTIONAL, "P17", "P571")
GOOD = {"statement_id": "x:1", "subject": "Kosovo", "predicate": "embassy", "object": "Jerusalem"}


def check(*rows: dict[str, Any]) -> tuple[list[int], list[Refused]]:
    """The lines of the rows that are accepted, and what is refused; the first row is line 2."""
    whole = [{**dict.fromkeys(COLUMNS, ""), **GOOD, **row} for row in rows]
    table = pd.DataFrame(whole, columns=list(COLUMNS), dtype=object).assign(**{"#": range(2, len(rows) + 2)})
    accepted, refused = Validator(COLUMNS, bundled_catalogue()).check(table)
    return accepted["#"].tolist(), refused


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"start": "2021", "end": "2021-02", "point_in_time": "1990s", "retrieved": "2021-02-01"},
        {"start": "1801/1900", "end": "1850"},
        {"start": "-0043-03-15", "end": "../1969"},
        {"rank": "preferred", "polarity": "negative", "source_url": "https://example.org/a?b#c"},
        {"source_url": "HTTP://EXAMPLE.ORG"},
        {"predicate": "P1082", "object": "4,800,000"},
        {"predicate": "P1082", "object": "4.8 million"},
        {"predicate": "P1082", "object": "1800000|1900000"},
        {"predicate": "P2046", "object": "10887", "unit": "km2"},
        {"predicate": "P571", "object": "2008-02-17"},
        {"predicate": "P47", "object": "Serbia|Albania", "object_id": "Q403|Q222"},
        {"predicate": "P47", "object": "Serbia|Albania"},
        {"predicate": "P36", "object": "1984", "object_id": "Q1"},
        {"predicate": "P36", "object": "Area 51"},
        {"object": "", "object_id": "Q1218"},
        {"object": "a\tb\u2028c\u202e=1+1"},
        {"P17": "Israel|Palestine", "P571": "2008|1999-06"},
        {"statement_id": "x:a#b"},
    ],
)
def test_rows_that_are_accepted(row: dict[str, str]) -> None:
    """Dates of any precision, lists with an id for each, odd characters."""
    assert check(row) == ([2], [])


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        ({"predicate": "embasy"}, "predicate", "the catalogue has no such relation"),
        ({"start": "17.02.2008"}, "start", "'17.02.2008' is not a date: write 2021"),
        ({"start": "2021-02-30"}, "start", "February 2021 has no day 30"),
        ({"end": "_:b0"}, "end", "'_:b0' is not a date"),
        ({"point_in_time": "2021-13"}, "point_in_time", "there is no month 13"),
        ({"retrieved": "today"}, "retrieved", "'today' is not a date"),
        ({"start": "2021", "end": "2020-12-31"}, "end", "before the start '2021'"),
        ({"source_url": "n/a"}, "source_url", "not the address of a page"),
        ({"source_url": "javascript:alert(1)"}, "source_url", "not the address of a page"),
        ({"source_url": "https://"}, "source_url", "not the address of a page"),
        ({"source_url": "https://a b"}, "source_url", "not the address of a page"),
        ({"rank": "best"}, "rank", "not a rank"),
        ({"polarity": "maybe"}, "polarity", "not a polarity"),
        ({"statement_id": ""}, "statement_id", "an empty cell"),
        ({"statement_id": "x:1#2"}, "statement_id", "an id may not end in # and a number"),
        (
            {"predicate": "P1082", "object": "many"},
            "object",
            "population (P1082) is a quantity: 'many' is not",
        ),
        (
            {"predicate": "P1082", "object": "5|many"},
            "object",
            "population (P1082) is a quantity: 'many' is not",
        ),
        (
            {"predicate": "P1082", "object": "5", "object_id": "Q5"},
            "object",
            "is a quantity, which has no id",
        ),
        ({"predicate": "P571", "object": "Kosovo"}, "object", "is a date: 'Kosovo' is not a date"),
        ({"predicate": "P36", "object": "2008-02-17"}, "object", "a date, where a thing is named"),
        ({"predicate": "P36", "object": "4,800,000"}, "object", "a quantity, where a thing is named"),
        ({"object": "A|B", "object_id": "Q1"}, "object", "2 objects and 1 ids"),
        ({"object": "|", "object_id": ""}, "object", "a list without an item"),
        ({"P571": "2008-13-01"}, "P571", "there is no month 13"),
        ({"quote": "a\0b"}, "quote", "the character U+0000: this is not text"),
        ({"subject": "a\x1fb"}, "subject", "the character U+001F: this is not text"),
        ({"object": "a\ud800b"}, "object", "the character U+D800: this is not text"),
        ({"quote": "a" * 131_072}, "quote", "a cell of more than 131,072 characters"),
    ],
)
def test_rows_that_are_refused(row: dict[str, str], column: str, problem: str) -> None:
    """The row alone, with the column, its value and what is wrong."""
    lines, refused = check({}, row, {"statement_id": "x:3"})
    assert lines == [2, 4]
    assert [(one.line, one.column, one.value) for one in refused] == [(3, column, row[column])]
    assert problem in refused[0].problem


def test_a_row_is_told_once() -> None:
    """However much is wrong with it: the first column that is."""
    lines, refused = check({"start": "x", "end": "y", "rank": "z"}, {"rank": "z"})
    assert lines == []
    assert [(one.line, one.column) for one in refused] == [(2, "start"), (3, "rank")]


def test_chunks_remember_what_was_wrong() -> None:
    """A cell that was refused is refused again."""
    validator = Validator(COLUMNS, bundled_catalogue())
    row = {**dict.fromkeys(COLUMNS, ""), **GOOD, "predicate": "P1082", "object": "many"}
    table = pd.DataFrame([row], columns=list(COLUMNS), dtype=object).assign(**{"#": [7]})
    assert [len(validator.check(table)[1]) for _ in range(2)] == [1, 1]
    assert validator.check(table.iloc[:0])[1] == []
