"""The local server, for each test anew, with so few statements that it is quick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from tests.wikidata.server import Wikidata, fixture
from tests.wikidata.world import Clock

FEW = ("P31", "P35", "P36", "P463")


@cache
def brief() -> tuple[Mapping[str, Any], ...]:
    """The entities of the tests, with statements of a few properties."""
    return tuple(
        {**entity, "claims": {id: told for id, told in entity["claims"].items() if id in FEW}}
        for entity in fixture()
    )


@pytest.fixture
def wikidata() -> Iterator[Wikidata]:
    with Wikidata(brief()) as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()
