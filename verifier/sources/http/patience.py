"""How long and how often a service is asked, and how long its answers are good."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Patience"]


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@dataclass(frozen=True, slots=True)
class Patience:
    """How much is asked of a service, and of its answers. Numbers are seconds, where nothing else is said."""

    tries: int = 3
    connect: float = 10.0
    read: float = 30.0
    """Without a byte."""
    query: float = 65.0
    """The same for a SPARQL query: the query service itself ends one after 60 seconds."""
    whole: float = 120.0
    """Until the last byte."""
    longest_wait: float = 60.0
    """A service that asks to be left alone for longer is left alone: somebody waits for the report."""
    backoff: float = 1.0
    """Before the second try, where the service does not say; twice that before the third; and jitter."""
    largest: int = 128 * 1024 * 1024
    """Bytes of an answer, unpacked."""
    in_a_row: int = 3
    """After so many requests that failed in all their tries, the service is left alone for `longest_wait`."""
    fresh: datetime.timedelta = datetime.timedelta(days=1)
    """An answer serves unasked for so long: a draft is checked many times a day, and what has changed since
    yesterday is what a desk wants to be told."""
    fresh_empty: datetime.timedelta = datetime.timedelta(hours=1)
    """The same for a search without a hit and for a missing entity: these are no proof that there is none."""
    keep: datetime.timedelta = datetime.timedelta(days=90)
    """An older answer serves no more, even if the service does not answer."""
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime.datetime] = _utc_now

    def is_fresh(self, fetched: datetime.datetime, *, empty: bool) -> bool:
        """Whether an answer of then may serve without asking; `empty` if it was that there is nothing."""
        # A little in the future is another machine's clock; more is a wrong one.
        age = self.now() - fetched
        return -self.fresh_empty <= age < (self.fresh_empty if empty else self.fresh)

    def serves(self, fetched: datetime.datetime, *, empty: bool) -> bool:
        """Whether it may serve if no new one comes; that there was nothing once says nothing of today."""
        return not empty and self.now() - fetched < self.keep
