"""A clock that nobody waits for, and clients that ask the local server."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.wikidata.server import Wikidata
from verifier.settings import Settings
from verifier.sources.http.patience import Patience
from verifier.sources.wikidata.answers import FILE
from verifier.sources.wikidata.client import Client

START = datetime.datetime(2021, 2, 1, 12, tzinfo=datetime.UTC)


@dataclass(slots=True)
class Clock:
    """Time that passes only when somebody sleeps; `slept` has how long."""

    time: datetime.datetime = START
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime.datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += datetime.timedelta(seconds=seconds)

    def pass_by(self, **parts: float) -> None:
        """Let time pass, such as `days=2`."""
        self.time += datetime.timedelta(**parts)

    def patience(self, **changes: Any) -> Patience:
        """Patience that goes by this clock."""
        return Patience(**{"sleep": self.sleep, "now": self.now, **changes})


@contextmanager
def asking(
    settings: Settings, clock: Clock, trace: Callable[[str], None] | None = None, **patience: Any
) -> Iterator[Client]:
    """A client, closed in the end."""
    client = Client(settings, trace=trace, patience=clock.patience(**patience))
    try:
        yield client
    finally:
        client.close()


def kept(cache_dir: Path) -> list[tuple[Any, ...]]:
    """All that is in the cache, byte for byte, but for the server's address."""
    path = cache_dir / "wikidata" / FILE
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT kind, key, fetched, body FROM answer ORDER BY kind, key"
        return connection.execute(query).fetchall()


def asked_ids(wikidata: Wikidata) -> list[int]:
    """How many ids each request for entities had."""
    return [len(seen.ids) for seen in wikidata.seen if "ids" in seen.parameters]
