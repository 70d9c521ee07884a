"""The source of the tests goes wrong in the ways that it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from tests.refresh import server
from tests.refresh.server import Source

TEXT = 'id;city;note\nQ1;Bonn;"a;b"\nQ2;Köln;\nQ3;Ulm;x\n'


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (server.halved, 'id;city;note\nQ1;Bonn;"a;b"\nQ3;Ulm;x\n'),
        (server.without_rows, "id;city;note\n"),
        (lambda text: server.without_column(text, "note"), "id;city\nQ1;Bonn\nQ2;Köln\nQ3;Ulm\n"),
        (lambda text: server.with_value(text, 1, "city", "7"), TEXT.replace("Köln", "7")),
        (lambda text: server.one_doubled(text, "city"), TEXT + 'Q1;Bonn again;"a;b"\n'),
        (
            server.doubled,
            'id;city;note\nQ1;Bonn;"a;b"\nQ1;Bonn;"a;b"\nQ2;Köln;\nQ2;Köln;\nQ3;Ulm;x\nQ3;Ulm;x\n',
        ),
    ],
)
def test_the_table_goes_wrong(change: Callable[[str], str], text: str) -> None:
    """Nothing else of it changes."""
    assert change(TEXT) == text


def test_files_are_served_beside_the_query_service() -> None:
    """What is not there is an error, as from any server."""
    with Source() as source:
        address = source.put("a/rows.csv", TEXT)
        found = requests.get(address, timeout=5)
        assert (found.status_code, found.text) == (200, TEXT)
        assert found.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert requests.get(f"{source.root}/none.csv", timeout=5).status_code == 404
        rows = requests.get(source.sparql, {"query": "SELECT ?x { VALUES ?x { 1 } }"}, timeout=5).json()
        assert rows["results"]["bindings"][0]["x"]["value"] == "1"
        source.put("a/rows.csv", "id\n")
        assert requests.get(address, timeout=5).text == "id\n"
