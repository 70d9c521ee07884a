"""What one source shows now, without the others of its night."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verifier.night import Feed
from verifier.refresh.fetch import Fetcher, RawFile
from verifier.settings import Settings

__all__ = ["fetch"]


def fetch(feed: Feed, *, folder: Path, base: Path, settings: Settings, **options: Any) -> RawFile:
    """Fetch it with a fetcher of its own, which `options` are given to."""
    with Fetcher(settings, **options) as fetcher:
        return fetcher.fetch(feed, folder=folder, base=base)
