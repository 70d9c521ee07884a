"""Whatever an answer holds, it is read or refused: nothing else is raised."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wikidata.world import START, Clock
from verifier.sources.http.manners import Manners
from verifier.sources.wikidata.answers import pack
from verifier.sources.wikidata.shapes import read_entities, read_hit, read_hits, read_json, read_rows, shown

KEYS = (
    "entities",
    "search",
    "results",
    "bindings",
    "error",
    "id",
    "labels",
    "claims",
    "redirects",
    "match",
    "Q30",
)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(KEYS)
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=20,
)
READERS: dict[str, Callable[[Any], Any]] = {
    "entities": lambda data: read_entities(data, ["Q30"], whole=True),
    "names": lambda data: read_entities(data, ["Q30"], whole=False),
    "search": read_hits,
    "hit": read_hit,
    "results": read_rows,
}


@pytest.mark.parametrize("name", READERS)
@given(data=ANYTHING)
def test_any_data_is_read_or_refused(name: str, data: Any) -> None:
    """At any depth, whatever type stands where another should."""
    for whole in (data, {name: data}, {name: [data]}, {name: {"Q30": data, "bindings": [data]}}):
        with contextlib.suppress(ValueError):
            READERS[name](whole)


@given(body=st.binary(max_size=40) | st.text(alphabet='[]{}",:0e-\\u d8', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """And what is read can be kept, or is refused then."""
    with contextlib.suppress(ValueError):
        pack(read_json(body))


@given(text=st.text())
def test_any_text_can_be_shown(text: str) -> None:
    """Without what moves a cursor or turns the writing, and in one line."""
    assert shown(text).isprintable()
    assert len(shown(text)) <= 201


@given(
    text=st.text(max_size=20)
    | st.integers().map(str)
    | st.datetimes().map("{:%a, %d %b %Y %H:%M:%S GMT}".format)
)
def test_any_retry_after_is_a_wait_or_none(text: str) -> None:
    """Nothing that a header may hold is an error, and no wait is negative."""
    clock = Clock()
    wait = Manners(clock.patience()).retry_after({"Retry-After": text})
    assert wait is None or wait >= 0
    assert clock.time == START


def test_numbers_stay_numbers() -> None:
    """A lag is a number or it is none; an amount is text in the service's own form."""
    assert read_json(json.dumps({"a": 1.5, "b": "+1"}).encode()) == {"a": 1.5, "b": "+1"}
