"""Reading what a source showed: every form, what is refused row by row, and what makes a file unusable."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tracemalloc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.refresh.plain_feed import feed
from verifier.errors import SourceError
from verifier.night import FeedKind, Refused
from verifier.refresh.fetch import RawFile
from verifier.refresh.raw import open_rows, read_raw

CSV, JSON, SPARQL = FeedKind.CSV, FeedKind.JSON, FeedKind.SPARQL


def read(
    content: str | bytes,
    folder: Path,
    kind: FeedKind = CSV,
    *,
    media: str = "",
    largest: int = 1 << 30,
    chunk: int = 50_000,
    **changes: Any,
) -> tuple[list[Mapping[str, Any]], list[Refused]]:
    """The rows with their numbers, and those refused."""
    path = folder / "rows.raw"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    raw = RawFile(path, kind, media=media, origin="source")
    refused: list[Refused] = []
    frames = list(read_raw(raw, feed("x", kind, **changes), refused.append, largest=largest, chunk=chunk))
    assert all(frame.columns[0] == "#" for frame in frames)
    assert all(len(frame) <= chunk for frame in frames)
    assert all(str(dtype) == "str" for frame in frames for dtype in frame.dtypes[1:])
    return [row for frame in frames for row in frame.to_dict("records")], refused


def columns(content: str, folder: Path, kind: FeedKind = CSV, **changes: Any) -> list[str]:
    """The columns of the only frame."""
    path = folder / "rows.raw"
    path.write_text(content)
    (frame,) = read_raw(RawFile(path, kind), feed("x", kind, **changes))
    return list(frame.columns)


# ------------------------------------------------------------------------------------------------- CSV

TWO = [{"#": 2, "id": "Q1", "city": "Bonn"}, {"#": 3, "id": "Q2", "city": "Köln"}]
FORMS: Mapping[str, tuple[str | bytes, dict[str, Any]]] = {
    "commas": ("id,city\nQ1,Bonn\nQ2,Köln\n", {}),
    "semicolons": ("id;city\nQ1;Bonn\nQ2;Köln\n", {}),
    "tabs": ("id\tcity\nQ1\tBonn\nQ2\tKöln\n", {}),
    "bars": ("id|city\nQ1|Bonn\nQ2|Köln\n", {}),
    "a delimiter that is given": ("id:city\nQ1:Bonn\nQ2:Köln\n", {"delimiter": ":"}),
    "no last line end": ("id,city\nQ1,Bonn\nQ2,Köln", {}),
    "line ends of Windows": ("id,city\r\nQ1,Bonn\r\nQ2,Köln\r\n", {}),
    "line ends of old": ("id,city\rQ1,Bonn\rQ2,Köln\r", {}),
    "a byte order mark": ("\ufeffid,city\nQ1,Bonn\nQ2,Köln\n", {}),
    "UTF-16": ("id,city\nQ1,Bonn\nQ2,Köln\n".encode("utf-16"), {}),
    "UTF-16 with its big end first": (b"\xfe\xff" + "id,city\nQ1,Bonn\nQ2,Köln\n".encode("utf-16-be"), {}),
    "an encoding that the service names": (
        "id,city\nQ1,Bonn\nQ2,Köln\n".encode("latin-1"),
        {"media": 'text/csv; charset="ISO-8859-1"'},
    ),
    "quotes": ('"id","city"\n"Q1","Bonn"\n"Q2","Köln"\n', {}),
    "names with spaces": (" id , city \nQ1,Bonn\nQ2,Köln\n", {}),
    "delimiters at the end of the header": ("id;city;;\nQ1;Bonn\nQ2;Köln\n", {}),
    "delimiters at the end of the rows": ("id;city\nQ1;Bonn;\nQ2;Köln;;\n", {}),
    "packed": (gzip.compress("id,city\nQ1,Bonn\nQ2,Köln\n".encode()), {}),
    "packed in two members": (gzip.compress(b"id,city\nQ1,Bonn\n") + gzip.compress("Q2,Köln\n".encode()), {}),
}


@pytest.mark.parametrize(("content", "changes"), FORMS.values(), ids=FORMS)
def test_a_form_of_csv(content: str | bytes, changes: dict[str, Any], tmp_path: Path) -> None:
    """Whatever the form, the same rows."""
    assert read(content, tmp_path, **changes) == (TWO, [])


def test_cells_are_kept_as_they_are(tmp_path: Path) -> None:
    """Line breaks, delimiters, quotes, spaces, "NA"; the number is that of the line on which a row starts."""
    rows, refused = read('a,b\n"x\ny,""z""", NA \n\n,\n1e5,007\n', tmp_path)
    assert rows == [
        {"#": 2, "a": 'x\ny,"z"', "b": " NA "},
        {"#": 5, "a": "", "b": ""},
        {"#": 6, "a": "1e5", "b": "007"},
    ]
    assert refused == []


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    """Its columns are known all the same."""
    assert columns("id,city\n", tmp_path) == ["#", "id", "city"]
    assert read("id,city\n", tmp_path) == ([], [])


def test_a_column_without_a_name_has_its_place(tmp_path: Path) -> None:
    """And one that is called as the line numbers are gives way."""
    assert read("id,,#\nQ1,x,y\n", tmp_path)[0] == [{"#": 2, "id": "Q1", "column 2": "x"}]


BROKEN_ROWS = {
    "too few cells": (
        "id,city\nQ1,Bonn\nQ2\n",
        Refused(3, "city", "", "the row has 1 cells, the header has 2"),
    ),
    "too many": ("id,city\nQ1,Bonn\nQ2,a,b\n", Refused(3, "", "b", "the row has 3 cells, the header has 2")),
    "text after a quote": (
        'id,city\nQ1,Bonn\nQ2,"Köln"x\n',
        Refused(3, "", "", "there is text after the closing quote of a cell"),
    ),
    "a quote that is closed by another row's": (
        'id,city\nQ1,Bonn\nQ2,"Köln\nQ3,"Ulm"\n',
        Refused(3, "", "", "there is text after the closing quote of a cell (lines 3 to 4 are lost with it)"),
    ),
}


@pytest.mark.parametrize(("content", "row"), BROKEN_ROWS.values(), ids=BROKEN_ROWS)
def test_a_broken_row_is_refused(content: str, row: Refused, tmp_path: Path) -> None:
    """And the others are read, with their own numbers."""
    rows, refused = read(content + "Q9,Trier\n", tmp_path)
    assert [(one["#"], one["id"]) for one in rows] == [(2, "Q1"), (content.count("\n") + 1, "Q9")]
    assert refused == [row]


UNUSABLE: Mapping[str, tuple[str | bytes, FeedKind, dict[str, Any], str]] = {
    "empty": (b"", CSV, {}, "it is empty"),
    "blank": (b"\n \n", CSV, {}, "it is empty"),
    "two columns of one name": ("id,city,id\n", CSV, {}, "two of its columns are called 'id'"),
    "a quote that never closes": ('id,city\nQ1,"Bonn\nQ2,Ulm\n', CSV, {}, "cell on line 2 is not closed"),
    "a quote that closes too late": ('id,city\nQ1,"Bonn\n' + "Q2,Ulm\n" * 20_000, CSV, {}, "on line 2"),
    "Latin-1": ("id,city\nQ1,Köln\n".encode("latin-1"), CSV, {}, "the byte 0xF6 is not UTF-8"),
    "an unknown encoding": (b"id\n", CSV, {"media": "text/csv; charset=x-none"}, "'x-none' is not known"),
    "no text encoding": (b"id\n\xff\n", CSV, {"media": "text/csv; charset=base64"}, "is not UTF-8"),
    "a NUL": (b"id,city\nQ1,\0\n", CSV, {}, "line 2 has a NUL character"),
    "a page": (b"\xef\xbb\xbf\n<!DOCTYPE html>", CSV, {}, "a web page instead of data"),
    "a page for JSON": (b"<p>", JSON, {}, "a web page instead of data"),
    "a packed page": (gzip.compress(b"<html>"), CSV, {}, "a web page instead of data"),
    "a spreadsheet": (b"PK\x03\x04....", CSV, {}, "a ZIP archive or a spreadsheet"),
    "Parquet": (b"PAR1", CSV, {}, "a Parquet file"),
    "a cut packed file": (gzip.compress(b"id,city\n" + b"Q1,Bonn\n" * 999)[:-9], CSV, {}, "ends too early"),
    "a broken packed file": (gzip.compress(b"id\n")[:12] + b"xxxxxxxx", CSV, {}, "packed file"),
    "too much": ("id,city\n" + "Q1,Bonn\n" * 99, CSV, {"largest": 100}, "it has more than 100 bytes"),
    "too much, packed": (gzip.compress(b"id\n" * 9999), CSV, {"largest": 100}, "more than 100 bytes"),
    "no JSON": (b"id,city\n", JSON, {}, "it is not JSON"),
    "empty JSON": (b" ", JSON, {}, "it is empty"),
    "cut JSON": ('[{"id": "Q1"}, {"id": "Q', JSON, {}, "it is cut after row 1"),
    "broken JSON": ('[{"id": "Q1"}, {id: 1}]', JSON, {}, "JSON is broken after row 1"),
    "JSON with an end too many": ('[{"id": "Q1"}]]', JSON, {}, "JSON is broken after row 1"),
    "JSON in Latin-1": ('[{"id": "Köln"}]'.encode("latin-1"), JSON, {}, "JSON is broken"),
    "no list": ('{"a": {"b": 1}}', JSON, {"rows_at": "a.c"}, "there is no list at 'a.c'"),
    "an object instead": ('{"a": {"b": 1}}', JSON, {"rows_at": "a"}, "there is no list at 'a'"),
    "one object with a list": ('{"rows": [{"id": 1}]}', JSON, {}, "name the keys that lead to its list"),
    "one object on many lines": ('{\n"rows": []\n}', JSON, {}, "name the keys that lead to its list"),
    "many keys": (json.dumps([{f"k{n}": 1} for n in range(2000)]), JSON, {}, "different keys"),
    "no answer of a query": ('{"error": "x"}', SPARQL, {}, "the query must be a SELECT"),
    "ASK": ('{"head": {"vars": []}, "boolean": true}', SPARQL, {}, "no list at 'results.bindings'"),
    "a cut answer": (
        '{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "u"}},',
        SPARQL,
        {},
        "it is cut after row 1",
    ),
    "an answer that ends in an error": (
        '{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": \njava.util.concurrent.Timeout',
        SPARQL,
        {},
        "JSON is broken after row 0",
    ),
}


@pytest.mark.parametrize(("content", "kind", "changes", "says"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_makes_a_file_unusable(
    content: str | bytes, kind: FeedKind, changes: dict[str, Any], says: str, tmp_path: Path
) -> None:
    """One sentence, with the source's name and what it was."""
    with pytest.raises(SourceError) as error:
        read(content, tmp_path, kind, **changes)
    assert says in str(error.value)
    assert str(error.value).startswith("source: ")
    assert str(error.value).isprintable()


def test_refused_rows_are_known_after_the_others(tmp_path: Path) -> None:
    """Once the frames are at their end."""
    path = tmp_path / "rows.csv"
    path.write_text("id,city\nQ1,Bonn\nQ2\n")
    rows = open_rows(RawFile(path, CSV), feed("x"))
    assert [len(frame) for frame in rows.frames] == [1]
    assert [row.line for row in rows.refused] == [3]


def test_a_file_of_broken_rows_is_given_up(tmp_path: Path) -> None:
    """It was read with the wrong delimiter, or is another file."""
    path = tmp_path / "rows.csv"
    path.write_text("id,city\n" + "x\n" * 100_001)
    with pytest.raises(SourceError, match="more than 100000 of its rows are broken: the row has 1 cells"):
        list(open_rows(RawFile(path, CSV), feed("x")).frames)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read: No such file"):
        list(read_raw(RawFile(tmp_path / "none.csv", CSV), feed("x")))


# ------------------------------------------------------------------------------------------------ JSON


@pytest.mark.parametrize(
    ("content", "rows_at"),
    [
        ('[{"id": "Q1", "city": "Bonn"}, {"id": "Q2", "city": "Köln"}]', ""),
        (' \n[{"id": "Q1", "city": "Bonn"}, {"id": "Q2", "city": "K\\u00f6ln"}]\n', ""),
        (
            '{"n": 2, "data": {"rows": [{"id": "Q1", "city": "Bonn"}, {"id": "Q2", "city": "Köln"}]}}',
            "data.rows",
        ),
        ('{"id": "Q1", "city": "Bonn"}\n{"id": "Q2", "city": "Köln"}', ""),
    ],
)
def test_a_form_of_json(content: str, rows_at: str, tmp_path: Path) -> None:
    """A list, a list within, one object a line."""
    rows, refused = read(content, tmp_path, JSON, rows_at=rows_at)
    assert (rows, refused) == ([{**row, "#": row["#"] - 1} for row in TWO], [])


def test_values_of_json_are_cells(tmp_path: Path) -> None:
    """Numbers as they are written, nothing as nothing, keys joined, lists with bars between."""
    row = (
        '{"a": 1.50, "b": 12345678901234567890123, "c": true, "d": null, "e": {"f": {"g": "x"}, "h": {}},'
        '"i": ["x", 2, null], "j": [], "k": [{"l": "A", "m": 1}, {"l": "B"}], "n": 1e3}'
    )
    expected = {
        "#": 1,
        **{"a": "1.50", "b": "12345678901234567890123", "c": "true", "d": "", "e.f.g": "x"},
        **{"i": "x|2|", "j": "", "k.l": "A|B", "k.m": "1|"},
    }
    (listed,), _ = read(f"[{row}]", tmp_path, JSON)
    (lined, _), _ = read(f"{row}\n{{}}", tmp_path, JSON)
    assert listed == {**expected, "n": "1000"}
    assert lined == {**expected, "n": "1e3"}


def test_a_key_that_not_every_row_has(tmp_path: Path) -> None:
    """Is empty in those that lack it."""
    assert read('[{"a": "1"}, {"b": "2"}]', tmp_path, JSON)[0] == [
        {"#": 1, "a": "1", "b": ""},
        {"#": 2, "a": "", "b": "2"},
    ]


@pytest.mark.parametrize("content", ["[]", '{"rows": []}'])
def test_an_empty_list_has_no_rows(content: str, tmp_path: Path) -> None:
    assert columns(content, tmp_path, JSON, rows_at="" if content == "[]" else "rows") == ["#"]


BAD_JSON_ROWS = {
    "no object": ("7", Refused(2, "", "7", "the row is no object")),
    "a NUL": (r'{"a": {"b": "\u0000"}}', Refused(2, "a.b", "\0", "the value has a NUL character in it")),
    "deep": (
        '{"a":' * 30 + "1" + "}" * 30,
        Refused(2, "a." * 21, "", "the row is nested too deep"),
    ),
    "a list of both": ('{"a": [1, {}]}', Refused(2, "a", "", "a list holds objects and other values")),
    "the mark of lists": (
        '{"a": ["x|y", "z"]}',
        Refused(2, "a", "x|y", "a value of a list has the mark | in it, which parts the values of a list"),
    ),
}


@pytest.mark.parametrize(("row", "refusal"), BAD_JSON_ROWS.values(), ids=BAD_JSON_ROWS)
def test_a_bad_row_of_json_is_refused(row: str, refusal: Refused, tmp_path: Path) -> None:
    """In a list as on lines; the others are read."""
    for content in (f'[{{"id": "Q1"}}, {row}, {{"id": "Q9"}}]', f'{{"id": "Q1"}}\n{row}\n{{"id": "Q9"}}\n'):
        rows, refused = read(content, tmp_path, JSON)
        assert [(one["#"], one["id"]) for one in rows] == [(1, "Q1"), (3, "Q9")]
        assert refused == [refusal]


@pytest.mark.parametrize("line", ['{"id": "Q', "nonsense", '{"id": NaN}', '{"id": ' + "[" * 100_000])
def test_a_broken_line_loses_no_other(line: str, tmp_path: Path) -> None:
    rows, refused = read(f'{{"id": "Q1"}}\n{line}\n{{"id": "Q9"}}\n', tmp_path, JSON)
    assert [(one["#"], one["id"]) for one in rows] == [(1, "Q1"), (3, "Q9")]
    assert [(one.line, one.problem) for one in refused] == [(2, "the line is not JSON")]
    assert len(refused[0].value) <= 200


def test_half_a_character_refuses_its_row(tmp_path: Path) -> None:
    """It could be written nowhere. (In a list, the parser makes a question mark of it.)"""
    rows, refused = read('{"id": "Q1"}\n{"id": "\\ud800"}\n', tmp_path, JSON)
    assert [row["id"] for row in rows] == ["Q1"]
    assert refused == [Refused(2, "id", "", "the value has half a character in it")]


# ---------------------------------------------------------------------------------------------- queries


def answer(*rows: Mapping[str, Any], variables: Sequence[str] = ("item", "label")) -> str:
    return json.dumps({"head": {"vars": list(variables)}, "results": {"bindings": list(rows)}})


ITEM = {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"}}
LABEL = {"label": {"type": "literal", "xml:lang": "en", "value": "universe"}}


def test_the_answer_of_a_query(tmp_path: Path) -> None:
    """Every variable is a column; one that is not bound is empty."""
    assert read(answer(ITEM | LABEL, ITEM), tmp_path, SPARQL) == (
        [
            {"#": 1, "item": "http://www.wikidata.org/entity/Q1", "label": "universe"},
            {"#": 2, "item": "http://www.wikidata.org/entity/Q1", "label": ""},
        ],
        [],
    )
    assert columns(answer(), tmp_path, SPARQL) == ["#", "item", "label"]


def test_the_answer_of_a_query_as_csv(tmp_path: Path) -> None:
    """As the media type says."""
    content = "item,label\r\nhttp://www.wikidata.org/entity/Q1,universe\r\n_:b0,x\r\n"
    rows, refused = read(content, tmp_path, SPARQL, media="text/csv; charset=utf-8")
    assert rows == [{"#": 2, "item": "http://www.wikidata.org/entity/Q1", "label": "universe"}]
    assert [(one.line, one.column) for one in refused] == [(3, "item")]


@pytest.mark.parametrize(
    "term",
    [
        {"type": "bnode", "value": "b0"},
        {"type": "uri", "value": "http://www.wikidata.org/.well-known/genid/0a1b"},
        {"type": "uri"},
        "Q1",
    ],
)
def test_a_value_that_is_none_refuses_its_row(term: Any, tmp_path: Path) -> None:
    """An unknown value must not be read as one that is not there: an unknown end is an end."""
    rows, refused = read(answer(ITEM, {"item": ITEM["item"], "label": term}), tmp_path, SPARQL)
    assert [row["#"] for row in rows] == [1]
    assert [(one.line, one.column) for one in refused] == [(2, "label")]


# ---------------------------------------------------------------------------------------------- the whole

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=9), chunk=st.integers(1, 4))
def test_any_rows_come_back(rows: list[list[str]], chunk: int, tmp_path: Path) -> None:
    """Whatever is in the cells and however many are read at once."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    found, refused = read(out.getvalue(), tmp_path, chunk=chunk, delimiter=",")
    assert ([[row["a"], row["b"], row["c"]] for row in found], refused) == (rows, [])
    lines = [dict(zip("abc", row, strict=True)) for row in rows]
    if rows:
        found, refused = read(json.dumps(lines), tmp_path, JSON, chunk=chunk)
        assert ([[row["a"], row["b"], row["c"]] for row in found], refused) == (rows, [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(content=st.binary(max_size=60) | st.text('[]{}",:\\ \n;a1|<', max_size=40).map(str.encode))
def test_nothing_that_comes_is_any_other_error(content: bytes, tmp_path: Path) -> None:
    """Rows, rows refused, or a `SourceError`."""
    for kind in FeedKind:
        for rows_at in ("", "a"):
            try:
                read(content, tmp_path, kind, rows_at=rows_at)
            except SourceError as exc:
                assert str(exc).startswith("source: ")


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    """As much as a few chunks take."""
    path = tmp_path / "rows.csv"
    with path.open("w") as file:
        file.write("id,city\n")
        file.writelines(f"Q{number},Bonn\n" for number in range(40_000))
    tracemalloc.start()
    try:
        count = sum(len(frame) for frame in read_raw(RawFile(path, CSV), feed("x"), chunk=1_000))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert count == 40_000
