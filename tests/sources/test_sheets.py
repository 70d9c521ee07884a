"""Bytes to cells: what is read, and what is refused with which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import TableError
from verifier.sources.sheets import LONGEST_CELL, Sheet, read_delimited

HEADER = "subject,predicate,object\n"


def read(data: bytes | str, name: str = "t.csv") -> Sheet:
    return read_delimited(data.encode() if isinstance(data, str) else data, path=Path(name), name=name)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16"], ids=["UTF-8", "UTF-8 with a mark", "UTF-16 with a mark"]
)
def test_encodings_that_say_what_they_are(encoding: str) -> None:
    sheet = read("subject,predicate,object\nŁódź,P17,Polska\n".encode(encoding))
    assert sheet.header == ("subject", "predicate", "object")
    assert sheet.rows == [(2, ["Łódź", "P17", "Polska"])]


@pytest.mark.parametrize(
    ("text", "header", "name"),
    [
        ("a;b;c\n1,5;2;3\n", ("a", "b", "c"), "t.csv"),
        ("name;area (km2, land)\nX;5\n", ("name", "area (km2, land)"), "t.csv"),
        ("a\tb\n1,2\t3\n", ("a", "b"), "t.csv"),
        ("a,b\n1;2,3\n", ("a", "b"), "t.csv"),
        ("a;b,c\n1;2\n", ("a;b,c",), "t.tsv"),
    ],
)
def test_the_delimiter_is_the_one_that_gives_a_table(text: str, header: tuple[str, ...], name: str) -> None:
    if name == "t.tsv":
        text = text.replace("1;2", "x")
    assert read(text, name).header == header


def test_a_row_has_the_line_on_which_it_starts() -> None:
    sheet = read(HEADER + '\n"a\nb",P1,c\r\n,,\nd,P1,e')
    assert [(line, cells[0]) for line, cells in sheet.rows] == [(3, "a\nb"), (6, "d")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a;b\n10,5;1,234\n1.234.567,8;1.234\n", ["10.5", "1.234", "1234567.8", "1234"]),
        ("a;b\n10.5;1,234\n", ["10.5", "1,234"]),
        ('a,b\n"10,5","1,234"\n', ["10,5", "1,234"]),
        ("a;b\n10,5;17.02.2008\n", ["10.5", "17.02.2008"]),
    ],
)
def test_decimal_commas(text: str, numbers: list[str]) -> None:
    assert [cell for _, cells in read(text).rows for cell in cells] == numbers


def test_cells_stay_as_they_are_written() -> None:
    cells = ["=HYPERLINK(1)", "\u202eevil\x07", "@cmd"]
    assert read(HEADER + ",".join(cells) + "\n").rows == [(2, cells)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "t.csv: the file is empty (the first line names the columns)"),
        (b" \n\n", "t.csv: the file is empty (the first line names the columns)"),
        (
            b"name,capital\nMalm\xf6,x\n",
            "t.csv:2: byte 17 (0xF6) is not UTF-8 (save the file as UTF-8: in a spreadsheet, "
            "'Save as' and then "
            "'CSV UTF-8')",
        ),
        (
            b"\xff\xfea\x00\x00",
            "t.csv:1: byte 4 (0x00) is not UTF-16-LE (save the file as UTF-8: in a "
            "spreadsheet, 'Save as' and then "
            "'CSV UTF-8')",
        ),
        (
            b"a,b\n1,2\n\x00,3\n",
            "t.csv:3: a NUL character: this is not a text file (save the file as UTF-8: in a spreadsheet, "
            "'Save as' and then 'CSV UTF-8')",
        ),
        (
            b"a,b\n1,2\n3\n",
            "t.csv:3, column 'b': the row has 1 cells, the header has 2 (leave a cell empty, not out)",
        ),
        (
            b"a,b\n1,2,3\n4,5\n",
            "t.csv:2, value '3': the row has 3 cells, the header has 2 (a cell that holds the "
            "delimiter or a line "
            "break is written in quotes)",
        ),
        (b"a,A\n1,2\n", "t.csv:1, column 'A': two columns have the same name (rename one of them)"),
        (b"a,,b\n1,2,3\n", "t.csv:2, value '2': column 2 has no name (name it in the header)"),
        (b",\n", "t.csv: the file is empty (the first line names the columns)"),
        (
            b'a,b\n1,"2\n3,4\n',
            "t.csv:2: a quoted cell that begins in this row never ends (put the whole cell in "
            "quotes and double the "
            'quotes in it: "the ""Big"" one")',
        ),
        (
            b'a,b\n"Weird" Al,2\n',
            "t.csv:2: text after the closing quote of a cell (put the whole cell in quotes and "
            "double the quotes in "
            'it: "the ""Big"" one")',
        ),
        (
            b"a,b\n1," + b"x" * (LONGEST_CELL + 1) + b"\n",
            "t.csv:2: a cell has more than 131,072 characters (a quote that never closes also does this)",
        ),
    ],
)
def test_what_cannot_be_read_without_guessing_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(TableError) as caught:
        read(data)
    assert str(caught.value) == message


def test_a_column_without_a_name_may_be_empty() -> None:
    assert read("a,b,\n1,2,\n").rows == [(2, ["1", "2", ""])]


@given(st.binary(max_size=200), st.sampled_from(["t.csv", "t.tsv"]))
def test_any_bytes_are_a_table_or_an_error_that_says_so(data: bytes, name: str) -> None:
    try:
        sheet = read(data, name)
    except TableError:
        return
    assert all(len(cells) == len(sheet.header) for _, cells in sheet.rows)
