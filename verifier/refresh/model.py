"""The nouns of the nightly job; they live in `verifier.night`, so that reports can speak of them."""

from __future__ import annotations

from verifier.night import (
    Bounds,
    ChangeKind,
    Counts,
    Feed,
    FeedKind,
    FeedReport,
    FeedStatus,
    Mapped,
    NightReport,
    Refused,
    RowChange,
    StaleRows,
    VerdictChange,
    WatchedDocument,
)

__all__ = [
    "Bounds",
    "ChangeKind",
    "Counts",
    "Feed",
    "FeedKind",
    "FeedReport",
    "FeedStatus",
    "Mapped",
    "NightReport",
    "Refused",
    "RowChange",
    "StaleRows",
    "VerdictChange",
    "WatchedDocument",
]
