"""Sources and raw rows in a few words, for the tests of the nightly job."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from verifier.night import Bounds, Feed, FeedKind, Mapped, Refused
from verifier.refresh.feed import Before, Link, Refreshed, Tonight, refresh_feed
from verifier.relations import Catalogue
from verifier.sources.bundled import bundled_catalogue

__all__ = ["ANYTHING", "MISSION", "feed", "frame", "night", "no_link"]

MISSION = {
    "statement_id": "{id}",
    "subject": "{state}",
    "predicate": "embassy",
    "object": "{city}",
    "object_id": "{cityID}",
    "P17": "{host}",
    "start": "{since}",
    "end": "{until}",
    "source_url": "{page}",
}
ANYTHING = Bounds(least=0, gone=1, changed=1, added=1e6, doubled=1, refused=1, unsourced=1)
"""Bounds that stop nothing."""


def feed(
    *columns: Mapping[str, str],
    where: Mapping[str, tuple[str, ...]] | None = None,
    bounds: Bounds = ANYTHING,
    **more: Any,
) -> Feed:
    """A source named `missions`, with a template for each of `columns`; `MISSION` without one."""
    return Feed(
        "missions",
        FeedKind.CSV,
        title="Missions",
        publisher="A ministry",
        licence="CC0-1.0",
        address="missions.csv",
        url="https://example.org/missions",
        statements=tuple(Mapped(one, where or {}) for one in columns or (MISSION,)),
        bounds=bounds,
        **more,
    )


def frame(text: str) -> pd.DataFrame:
    """Raw rows from lines of cells with `;` between, the first of which has the names."""
    header, *rows = [[cell.strip() for cell in line.split(";")] for line in text.strip().splitlines()]
    return pd.DataFrame(rows, columns=header, dtype=str).assign(**{"#": range(2, len(rows) + 2)})


def no_link(label: str, relation: str, end: str) -> str:
    """A curated table that knows nothing."""
    return ""


def night(
    folder: Path,
    raw: str | Iterable[pd.DataFrame],
    day: str,
    *,
    source: Feed | None = None,
    before: Refreshed | None = None,
    last: str = "",
    link: Link = no_link,
    accepted: bool = False,
    unread: Iterable[Refused] = (),
    catalogue: Catalogue | None = None,
) -> Refreshed:
    """One night of a source; `before` is what the last night that was not stopped made."""
    frames = [frame(raw)] if isinstance(raw, str) else raw
    return refresh_feed(
        source or feed(),
        frames,
        Tonight(datetime.date.fromisoformat(day), folder, catalogue or bundled_catalogue(), link),
        Before(None if before is None else before.file, datetime.date.fromisoformat(last) if last else None),
        accepted=accepted,
        unread=unread,
    )
