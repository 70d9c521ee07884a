"""The local server, for each test anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.wikidata.server import Wikidata, fixture
from tests.wikidata.world import Clock


@pytest.fixture
def wikidata() -> Iterator[Wikidata]:
    with Wikidata(fixture()) as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()
