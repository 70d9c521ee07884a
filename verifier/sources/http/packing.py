"""Unpacks an answer as it comes in, and notices where one ends too early."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

__all__ = ["NotPacked", "unpacked"]


class NotPacked(Exception):
    """The bytes are not packed as the answer says, or their end is not there."""


def unpacked(chunks: Iterable[bytes], encoding: str, most: int) -> Iterator[bytes]:
    """The bytes of an answer of this `Content-Encoding`, few at a time, however well they are packed.

    `most` is how many at once. Raises `NotPacked`.
    """
    name = encoding.strip().casefold()
    if name in ("", "identity"):
        yield from chunks
    elif name in ("gzip", "x-gzip"):
        yield from _gzip(chunks, most)
    else:
        raise NotPacked(f"it is packed as {name!r:.40}, which was not asked for")


def _gzip(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """https://www.rfc-editor.org/rfc/rfc1952: members that follow each other; zeros may fill up the end."""
    member, begun = None, False
    for chunk in chunks:
        rest = chunk
        while True:
            if member is None:
                rest = rest.lstrip(b"\0") if begun else rest
                if not rest:
                    break
                member, begun = zlib.decompressobj(16 + zlib.MAX_WBITS), True
            try:
                data = member.decompress(rest, most)
            except zlib.error as exc:
                raise NotPacked(str(exc)) from exc
            if data:
                yield data
            if member.eof:
                rest, member = member.unused_data, None
                continue
            rest = member.unconsumed_tail
            if not rest and len(data) < most:
                break
    if member is not None:
        raise NotPacked("it ends too early")
