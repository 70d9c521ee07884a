"""The day on which a document that is a zip archive was last saved, if its metadata can be believed.

A program that fills a template leaves the template's day in the metadata, which says nothing of the draft. So
the day has to be that of the archive, which whoever writes it dates; Office dates none, but counts the
letters whenever it saves, which a template has few of.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from verifier.readers.bylines import Dated, from_metadata
from verifier.readers.flow import Block
from verifier.readers.packed import Packed

__all__ = ["saved_on"]

_ZONES = datetime.timedelta(days=1)
"""An archive has the time of a place, metadata that of Greenwich."""


def saved_on(said: str | None, counted: str | None, packed: Packed, blocks: Iterable[Block]) -> Dated | None:
    """The day that metadata says, or None where it may be another's; `counted` is their count of letters."""
    saved = from_metadata(said)
    if saved is None:
        return None
    written = packed.written()
    if written is not None:
        return saved if abs(written - datetime.date(*saved.date.earliest)) <= _ZONES else None
    letters = sum(len("".join(block.text.split())) for block in blocks)
    count = int(counted) if counted and counted.isdecimal() else 0
    return saved if max(count, letters) <= 2 * min(count, letters) else None
