"""Compiled phrasings are kept between runs, and are what compiling them gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import catalogue
from verifier import phrasebook
from verifier.text.lexicon import forms

open_lexicon = phrasebook.open_lexicon.__wrapped__  # what a process remembers would hide the file
RELATIONS = tuple(catalogue().relations.values())[:40]


def stored(folder: Path) -> list[Path]:
    """The files of compiled phrasings in a cache."""
    return sorted((folder / "phrasings").glob("*.json"))


def test_what_is_kept_is_what_was_compiled(tmp_path: Path) -> None:
    """The second time the same patterns and nouns come from the file."""
    first = open_lexicon(RELATIONS, tmp_path)
    (kept,) = stored(tmp_path)
    written = kept.stat().st_mtime_ns
    second = open_lexicon(RELATIONS, tmp_path)
    found, nouns = forms(RELATIONS)
    assert first.cues.patterns == second.cues.patterns == found
    assert first.nouns == second.nouns == nouns
    assert first.vocabulary == second.vocabulary
    assert kept.stat().st_mtime_ns == written


def test_other_relations_have_another_file(tmp_path: Path) -> None:
    """A catalogue that changed is compiled anew, and the old one stays for those who still use it."""
    open_lexicon(RELATIONS, tmp_path)
    open_lexicon(RELATIONS[:-1], tmp_path)
    assert len(stored(tmp_path)) == 2


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"patterns": [], "nouns": 3}', b"\xff\xfe"])
def test_a_broken_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    """A cut or foreign file is no error, and does not stay."""
    open_lexicon(RELATIONS, tmp_path)
    (kept,) = stored(tmp_path)
    whole = kept.read_bytes()
    kept.write_bytes(content)
    assert open_lexicon(RELATIONS, tmp_path).cues.patterns == forms(RELATIONS)[0]
    assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a file stands in the place of the folder, the phrasings are compiled in each run."""
    (tmp_path / "phrasings").write_text("in the way")
    assert open_lexicon(RELATIONS, tmp_path).nouns == forms(RELATIONS)[1]
    assert "cannot be kept" in caplog.text


def test_checkers_of_one_process_read_by_one_lexicon(tmp_path: Path) -> None:
    """It is the largest thing in memory, and takes longest to lay out."""
    first, second = (phrasebook.open_lexicon(RELATIONS[:3], tmp_path) for _ in range(2))
    assert first is second
