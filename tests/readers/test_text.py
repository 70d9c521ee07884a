"""Plain text is taken as it is, or refused."""

from __future__ import annotations

import pytest

from verifier.errors import InputError
from verifier.model import Document
from verifier.readers import text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Caf\u00e9\r\nTwo\u00a0words".encode(), "Caf\u00e9\r\nTwo\u00a0words"),
        (b"\xef\xbb\xbfabc", "abc"),
        ("Priština".encode("utf-16"), "Priština"),
        ("Priština".encode("utf-32"), "Priština"),
    ],
)
def test_every_character_but_the_byte_order_mark_is_kept(data: bytes, expected: str) -> None:
    """Line ends and no-break spaces stay, so that offsets are those of the file."""
    assert text.read(data, "a.txt") == Document(text=expected, name="a.txt")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "a.txt: the document is empty"),
        (b" \n\t\n", "a.txt: the document is empty"),
        (b"abc\ncaf\xe9", "a.txt:2: byte 7 (0xE9) is not UTF-8: save the text as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00", "a.txt:1: byte 0 (0x89) is not UTF-8: save the text as UTF-8"),
        (b"abc\x00def", "a.txt: not a text (it holds a NUL character): save it as text or Markdown"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, problem: str) -> None:
    """No guess at an encoding."""
    with pytest.raises(InputError) as caught:
        text.read(data, "a.txt")
    assert str(caught.value) == problem
