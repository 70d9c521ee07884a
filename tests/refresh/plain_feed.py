"""A source of `sources.toml` as the tests of fetching and reading want it."""

from __future__ import annotations

from typing import Any

from verifier.night import Feed, FeedKind

__all__ = ["feed"]


def feed(address: str, kind: FeedKind = FeedKind.CSV, **changes: Any) -> Feed:
    """A source at an address or path."""
    return Feed(
        **{
            "name": "towns",
            "kind": kind,
            "title": "Towns",
            "publisher": "The desk",
            "licence": "CC0-1.0",
            "address": address,
            **changes,
        }
    )
