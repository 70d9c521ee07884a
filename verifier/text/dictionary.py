"""The dictionary forms of English words, as simplemma has them.

simplemma decodes its dictionary anew in each process and brings the rules of all its languages, which takes
longer than checking a sentence. Here it is laid out once as sorted lines of text, in which a word is found
without reading the rest; `verifier.wordlist` keeps that copy between runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Dictionary", "lay_out_whole"]

_RULED = ("cies", "doms", "isms", "ists", "ized", "ments", "nces", "ships", "tions", "ums", "erves")
"""How a word ends that the dictionary has not and that the rules for English may still change."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Sorted lines, each a word in lower case, a tab, and its dictionary form if that is another."""

    lines: bytes

    def base(self, word: str) -> str:
        """The dictionary form of a word of ASCII letters in lower case; the word itself if it has none."""
        found = self._find(word)
        if found is None and word.endswith(_RULED):
            import simplemma

            return simplemma.lemmatize(word, lang="en").casefold()
        return found or word

    def has(self, word: str) -> bool:
        """Whether the dictionary has a word, given in lower case, or a name of these letters."""
        if not word.isascii():
            from unicodedata import normalize

            word = normalize("NFC", word)
        return self._find(word) is not None

    def _find(self, word: str) -> str | None:
        """What stands beside a word; None if it is not there."""
        sought = word.encode("utf-8", "surrogatepass") + b"\t"
        lines = self.lines
        low, high = 0, len(lines)
        while low < high:
            start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = lines.index(b"\n", start)
            line = lines[start:end]
            if line.startswith(sought):
                return line[len(sought) :].decode()
            if line < sought:
                low = end + 1
            else:
                high = start
        return None


def lay_out_whole() -> bytes:
    """The lines of simplemma's dictionary of English."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    return _lay_out(DefaultDictionaryFactory().get_dictionary("en"))


def _lay_out(entries: Mapping[str, str]) -> bytes:
    """The lines of a dictionary, of which words in lower case and names are kept."""
    found: dict[str, str] = {}
    for word, base in entries.items():
        low = word.lower()
        is_own = word == low or (word == low.capitalize() and low not in entries)
        if is_own and low == low.casefold():
            found[low] = base.casefold()
    lines = (f"{low}\t{'' if base == low else base}\n".encode() for low, base in found.items())
    return b"".join(sorted(lines))
