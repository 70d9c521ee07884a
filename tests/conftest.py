"""One cache for all tests of a run, and not that of whoever runs them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[None]:
    """What is laid out at first use (phrasings, words, compiled tables) is shared, also between processes.

    A test of the cache itself takes another folder.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERIFIER_CACHE_DIR", str(shared / "verifier-cache"))
        yield
