"""Unpacking what comes in: whole or not at all, and never much at once."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.sources.http.packing import NotPacked, unpacked

MOST = 1 << 10


def pieces(data: bytes, sizes: list[int]) -> list[bytes]:
    """The data, cut as a connection might."""
    cut, at = [], 0
    for size in sizes:
        cut.append(data[at : at + size])
        at += size
    return [piece for piece in (*cut, data[at:]) if piece]


@given(data=st.binary(max_size=5_000), sizes=st.lists(st.integers(1, 900)), members=st.integers(1, 3))
def test_what_was_packed_comes_back(data: bytes, sizes: list[int], members: int) -> None:
    """However it is cut, in however many members, with zeros after them."""
    packed = gzip.compress(data) * members + bytes(3)
    assert b"".join(unpacked(pieces(packed, sizes), "gzip", MOST)) == data * members


def test_little_comes_at_once() -> None:
    """Of what is packed a thousandfold, too."""
    chunks = list(unpacked([gzip.compress(bytes(10_000_000))], "x-gzip", MOST))
    assert max(map(len, chunks)) <= MOST
    assert sum(map(len, chunks)) == 10_000_000


@pytest.mark.parametrize("encoding", ["", "identity", " Identity "])
def test_what_is_not_packed_stays_as_it_is(encoding: str) -> None:
    assert list(unpacked([b"a", b"b"], encoding, MOST)) == [b"a", b"b"]


PACKED = gzip.compress(random.Random(7).randbytes(3 * MOST), mtime=0)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PACKED[:-1], "gzip"),
        (PACKED[:-8], "gzip"),
        (PACKED[:40], "gzip"),
        (gzip.compress(bytes(5 * MOST), mtime=0)[:-9], "gzip"),
        (PACKED + b"x", "gzip"),
        (PACKED[:-6] + b"xxxxxx", "gzip"),
        (b"id,city", "gzip"),
        (b"", "br"),
        (b"", "gzip, gzip"),
    ],
)
def test_what_is_broken_is_noticed(data: bytes, encoding: str) -> None:
    """Even if its length is right."""
    with pytest.raises(NotPacked):
        list(unpacked([data], encoding, MOST))
