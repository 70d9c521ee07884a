"""The dictionary is laid out once and kept, and says of every word what simplemma says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import simplemma
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.text.dictionary import Dictionary, lay_out_whole
from verifier.wordlist import open_dictionary

WHOLE = Dictionary(lay_out_whole())
KNOWN = [line.split("\t")[0] for line in WHOLE.lines.decode().splitlines()]
ENDINGS = ["", "s", "es", "ed", "ing", "cies", "doms", "isms", "ists", "ized", "ments", "nces", "ships"]
ENDINGS += ["tions", "ums", "erves", "ization", "ness"]
letters = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9)


def stored(folder: Path) -> list[Path]:
    """The dictionaries in a cache."""
    return sorted((folder / "words").glob("*.txt"))


@settings(deadline=None)  # simplemma decodes its dictionary at the first call
@given(stem=letters | st.sampled_from(KNOWN), ending=st.sampled_from(ENDINGS), cut=st.integers(0, 3))
def test_every_word_has_the_form_that_simplemma_gives_it(stem: str, ending: str, cut: int) -> None:
    """Words of the dictionary, words made of them, and letters that are no word."""
    word = stem[: len(stem) - cut] + ending
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return
    assert WHOLE.base(word) == simplemma.lemmatize(word, lang="en").casefold()
    assert WHOLE.has(word) == simplemma.is_known(word, lang="en")


@pytest.mark.parametrize("word", [KNOWN[0], KNOWN[1], KNOWN[-2], KNOWN[-1]])
def test_the_first_and_the_last_words_are_found(word: str) -> None:
    """Searching by halves reaches both ends."""
    assert WHOLE.has(word)
    assert not WHOLE.has(word + "\U0010ffff")


@pytest.mark.parametrize("word", ["café", "cafe\u0301", "åland", "zürich", "ß", "\ud800", "u.s", "3d", "-"])
def test_what_is_not_plain_letters_is_known_as_simplemma_knows_it(word: str) -> None:
    """Accents, composed or not, marks and figures."""
    assert WHOLE.has(word) == (word != "\ud800" and simplemma.is_known(word, lang="en"))


def test_what_is_kept_is_what_was_laid_out(tmp_path: Path) -> None:
    """The second time the same lines come from the file."""
    first = open_dictionary(tmp_path)
    (kept,) = stored(tmp_path)
    written = kept.stat().st_mtime_ns
    assert open_dictionary(tmp_path) == first == WHOLE
    assert kept.stat().st_mtime_ns == written


@pytest.mark.slow
def test_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    """A cut, changed or foreign file is no error, and does not stay."""
    open_dictionary(tmp_path)
    (kept,) = stored(tmp_path)
    whole = kept.read_bytes()
    for content in (b"", b"\n", whole[:-1], whole[: len(whole) // 2], whole.replace(b"city", b"cite", 1)):
        kept.write_bytes(content)
        assert open_dictionary(tmp_path) == WHOLE
        assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a file stands in the place of the folder, the dictionary is laid out in each run."""
    (tmp_path / "words").write_text("in the way")
    assert open_dictionary(tmp_path) == WHOLE
    assert "cannot be kept" in caplog.text


@pytest.mark.slow
def test_a_simple_sentence_loads_neither_the_parser_nor_simplemma(tmp_path: Path) -> None:
    """Once the caches are filled, only what the sentence needs is imported."""
    code = f"""
import sys
from pathlib import Path
from verifier import Checker
from verifier.settings import Settings
checker = Checker(settings=Settings(cache_dir=Path({str(tmp_path)!r})))
(result,) = checker.check("Paris is the capital of France").results
heavy = ("numpy", "pandas", "rich", "simplemma", "spacy")
print(result.verdict.value, *[name for name in heavy if name in sys.modules])
"""
    said = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        said.append(done.stdout.split())
    assert said == [["supported", "simplemma"], ["supported"]]
