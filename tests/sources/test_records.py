"""JSON lines and Parquet give the same cells as CSV would."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest

from verifier.errors import TableError
from verifier.sources.records import read_jsonl, read_parquet
from verifier.sources.sheets import Sheet


def jsonl(text: str) -> Sheet:
    return read_jsonl(text.encode(), path=Path("t.jsonl"), name="t.jsonl")


def parquet(columns: dict[str, list[Any]]) -> Sheet:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return read_parquet(buffer.getvalue(), path=Path("t.parquet"), name="t.parquet")


def test_keys_are_columns_and_numbers_keep_their_digits() -> None:
    sheet = jsonl(
        '{"a": "x", "b": 1.50}\n\n{"b": 12345678901234567890, "c": ["p", "q"], "d": null, "e": true}\n'
    )
    assert sheet.header == ("a", "b", "c", "d", "e")
    assert sheet.rows == [
        (1, ["x", "1.50", "", "", ""]),
        (3, ["", "12345678901234567890", "p|q", "", "true"]),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t.jsonl: the file is empty (write one JSON object a line)"),
        ('{"a": 1}\n[1]\n', 't.jsonl:2: not a JSON object (write {"subject": "...", ...})'),
        ('{"a": 1, "a": 2}\n', "t.jsonl:1: not JSON: the key 'a' comes twice (write one JSON object a line)"),
        ('{"a": NaN}\n', "t.jsonl:1: not JSON: NaN is not a value (write one JSON object a line)"),
        (
            '{"a": {"b": 1}}\n',
            "t.jsonl:1, column 'a': a cell holds an object (write a text or a list of texts)",
        ),
        ('{"a": [[1]]}\n', "t.jsonl:1, column 'a': a list in a list (write one list of texts)"),
        ('{"a": "\\ud800"}\n', "t.jsonl:1, column 'a': half a surrogate pair (write the whole character)"),
        ('{"a": "\\u0000"}\n', "t.jsonl:1, column 'a': a NUL character"),
        ('{"a": 1, "A ": 2}\n', "t.jsonl:1, column 'A': two columns have the same name (rename one of them)"),
    ],
)
def test_bad_lines_are_refused(text: str, message: str) -> None:
    with pytest.raises(TableError) as caught:
        jsonl(text)
    assert str(caught.value) == message


def test_a_deep_nest_is_refused() -> None:
    with pytest.raises(TableError, match=r"t\.jsonl:1"):
        jsonl("[" * 100_000)


def test_parquet_has_rows_and_python_values() -> None:
    sheet = parquet(
        {
            "name": ["x", "y"],
            "people": [5.0, None],
            "born": [datetime.date(1990, 2, 1), None],
            "seen": [datetime.datetime(2020, 1, 2), datetime.datetime(2020, 1, 2, 3, 4, 5)],
            "tags": [["a", "b"], None],
        }
    )
    assert sheet.unit == "row"
    assert sheet.rows == [
        (1, ["x", "5", "1990-02-01", "2020-01-02", "a|b"]),
        (2, ["y", "", "", "2020-01-02T03:04:05", ""]),
    ]


def test_parquet_that_is_none() -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(TableError, match="not a Parquet file"):
        read_parquet(b"PAR1 and nothing else", path=Path("t.parquet"), name="t.parquet")
