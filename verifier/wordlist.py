"""The dictionary of English words, laid out once and kept between runs: decoding simplemma's takes long."""

from __future__ import annotations

import hashlib
import logging
import zlib
from importlib.metadata import version
from pathlib import Path

from verifier.phrasebook import write_whole
from verifier.text import dictionary
from verifier.text.dictionary import Dictionary, lay_out_whole

__all__ = ["open_dictionary"]

log = logging.getLogger(__name__)


def open_dictionary(cache_dir: Path) -> Dictionary:
    """The dictionary: as it was laid out before, or laid out now and kept in `cache_dir`.

    A file that cannot be read or written, or was damaged, is no error: the dictionary is then laid out anew.
    """
    try:
        path = cache_dir / "words" / f"{_key()}.txt"
    except OSError:  # the package has no files of its own
        return Dictionary(lay_out_whole())
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    head, _, lines = content.partition(b"\n")
    if lines and head == _check(lines):
        return Dictionary(lines)
    lines = lay_out_whole()
    try:
        write_whole(path, _check(lines) + b"\n" + lines)
    except OSError as exc:
        log.warning("%s: the laid out dictionary cannot be kept (%s)", path.parent, exc)
    return Dictionary(lines)


def _key() -> str:
    own = Path(str(dictionary.__file__)).read_bytes()
    return hashlib.sha256(version("simplemma").encode() + b"\n" + own).hexdigest()[:32]


def _check(lines: bytes) -> bytes:
    return b"%d bytes, CRC %08x" % (len(lines), zlib.crc32(lines))
