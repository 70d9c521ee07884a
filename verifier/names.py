"""The fuzzy name index: which things a written name may mean, and how surely.

    >>> from verifier import NameIndex
    >>> pairs = [("Q25270", "Pristina"), ("Q25270", "Priština"), ("Q1085", "Prague")]
    >>> index = NameIndex.build(pairs, "names.db")
    >>> [(match.key, match.name, match.how.value) for match in index.search("Prishtina", limit=1)]
    [('Q25270', 'Pristina', 'fuzzy')]

It is one SQLite file, or a few tables inside one: it opens at once whatever its size, holds nothing in memory
but small caches (of a small index the written forms, once many names were asked for), and may be read by many
processes. `exact` is for scanning a text, `search` for a name that must be there.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest, nsmallest
from pathlib import Path
from typing import Any, Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from verifier import name_store
from verifier.errors import InputError
from verifier.model import MatchKind
from verifier.name_keys import LONGEST, clean, is_number, normalise, parse, split_words
from verifier.name_score import MOST_WORDS, allowed_edits, closeness, key_words, score

__all__ = ["NameIndex", "NameMatch", "normalise"]

_KINDS = tuple(MatchKind)
_BUDGET = 20_000
"""Postings that one search reads in full; more common words only confirm what rarer ones found."""
_SHORTLIST = 256
"""Names that are fetched, those of most agreeing letters."""
_SCORED = 48
"""Names that are scored, those with the greatest share of agreeing letters."""
_SAME_FORM = 1000
"""Names of one written form that are read; more would make a hostile table slow."""
_LIKE = 64
"""Words that one word of the query may be a misspelling of."""
_RECENT = 2048
"""Names whose nearest are kept: a text asks for the same one again, and for more or fewer of them."""
_ASKED = 500
"""After so many names have been asked for, the written forms of a small index are kept in memory."""
_SMALL = 100_000
"""Names of an index that is small: its forms take some ten megabytes."""
_MOST_FORMS = 8 * _SMALL
"""Forms that are read at most, whatever the index says of its size."""
_LOOK_AHEAD = 64
"""Tokens of a text that one name may take up."""
_BY_FORM = "SELECT key, name FROM name_form JOIN name_entry USING (id) WHERE form = ? ORDER BY id LIMIT ?"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """This name of the thing `key` is what was written, with this score out of 100."""

    key: str
    name: str
    score: float
    how: MatchKind
    runner_up: float = 0.0
    """The score of the best match to a different key, whether or not it was asked for; 0 if there is none."""

    def _repr_html_(self) -> str:
        """A line of a table, in a notebook."""
        from verifier.reports.page.notebook import match_html

        return match_html(self.name, self.key, self.score, self.how, self.runner_up)


class NameIndex:
    """Finds things by name in a file that `build` or `write` made.

    It may be used in a `with` block, which closes the file.
    """

    def __init__(self, connection: sqlite3.Connection, *, path: str = "") -> None:
        """Read the index in an open connection. Raises InputError if it holds none that can be read."""
        self._connection = connection
        self._path = path or "this database"
        # A table by the right name may be a view that never ends.
        tables = self._rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'name_%'")
        if not set(name_store.TABLES) <= {name for (name,) in tables}:
            raise InputError(f"{self._path}: there is no name index in it; NameIndex.build writes one")
        meta = self._rows("SELECT version, names FROM name_meta")
        if len(meta) != 1 or meta[0][0] != name_store.VERSION or not isinstance(meta[0][1], int):
            raise InputError(
                f"{self._path}: the name index is not one that this version reads; build it again"
            )
        self._size = meta[0][1]
        self._asked = 0
        self._forms: frozenset[str] | None = None
        self._exact = lru_cache(maxsize=8192)(self._find_exact)
        self._first = lru_cache(maxsize=8192)(self._find_longest)
        self._like = lru_cache(maxsize=4096)(self._find_like)
        self._nearest = lru_cache(maxsize=_RECENT)(self._find_nearest)
        self._bucket = lru_cache(maxsize=512)(self._read_bucket)

    @classmethod
    def build(cls, pairs: Iterable[tuple[str, str]], path: str | Path) -> Self:
        """Write an index of (key, name) pairs to a file, in bounded memory, and open it.

        The file appears whole or not at all; blank names are left out. Raises InputError if it cannot be.

            >>> pairs = [("us", "United States"), ("us", "USA"), ("dk", "Denmark")]
            >>> with NameIndex.build(pairs, "a.db") as index:
            ...     len(index), [match.key for match in index.exact("denmark")]
            (3, ['dk'])
        """
        name_store.build_file(pairs, Path(path))
        return cls.open(path)

    @staticmethod
    def write(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str]]) -> None:
        """Write an index into an open connection, beside other tables; the caller commits."""
        name_store.write_names(connection, pairs)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open an index for reading. Raises InputError if the file is missing or is none.

        >>> NameIndex.build([("dk", "Denmark")], "b.db").close()
        >>> with NameIndex.open("b.db") as index:
        ...     [(match.name, match.score) for match in index.search("Denmark")]
        [('Denmark', 100.0)]
        """
        connection = name_store.open_file(Path(path))
        try:
            return cls(connection, path=str(path))
        except InputError:
            connection.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __len__(self) -> int:
        """How many different (key, name) pairs it holds."""
        return self._size

    def exact(self, name: str) -> tuple[NameMatch, ...]:
        """The things that bear this very name, best first, one match a key.

        100: the same string. 99.5: the same but for case, accents, punctuation, "the". 95: the name goes on
        in brackets ("Mike Miller (player)"). 90: one of the two is an acronym, the other not ("us", "US").

            >>> index = NameIndex.build([("Q25270", "Priština"), ("Q25270", "Pristina")], "d.db")
            >>> [(match.name, match.score) for match in index.exact("PRISTINA")]
            [('Pristina', 99.5)]
        """
        return self._exact(name) if len(name) <= LONGEST else self._find_exact(name)

    def search(self, name: str, *, limit: int = 5, cutoff: float = 60.0) -> tuple[NameMatch, ...]:
        """The things whose names are nearest to this one, best first, one a key; none below `cutoff`.

        The order is by score, then kind, then key. A link should be taken only if its score is high and
        stands out from its `runner_up`; `verifier.name_score` says what a score means.

            >>> index = NameIndex.build([("se", "Sweden"), ("ch", "Switzerland")], "c.db")
            >>> [(match.key, match.score > match.runner_up) for match in index.search("Switzerlnd")]
            [('ch', True)]
        """
        matches = self._nearest(name) if len(name) <= LONGEST else self._find_nearest(name)
        return tuple([match for match in matches[: max(0, limit)] if match.score >= cutoff])

    def prefix_length(self, token: str) -> int:
        """How many words of a normal form the longest name has that begins with this one; 0 if none does."""
        return self._first(token) if len(token) <= LONGEST else 0

    def longest(self, tokens: Sequence[str], start: int) -> int:
        """How many tokens a name that begins at `start` can have at most; 0 if none begins there.

        So the candidates in a text are `" ".join(tokens[start : start + n])` for n up to this number.
        """
        ahead = tokens[start : start + _LOOK_AHEAD]
        # Initials are one word in a normal form, so a name may begin with several tokens written together.
        whole = (n for n, token in enumerate(ahead, 1) if any(len(word) > 1 for word in split_words(token)))
        first = split_words(" ".join(ahead[: next(whole, len(ahead))]))[:1]
        room = self.prefix_length(first[0]) if first else 0
        longest, single = 0, False
        for n, token in enumerate(ahead, 1):
            words = split_words(token)
            was_single, single = single, [len(word) for word in words] == [1] or (single and not words)
            room -= 0 if single and was_single else len(words)
            if room < 0:
                break
            longest = n if words else longest
        return longest

    def _find_exact(self, name: str) -> tuple[NameMatch, ...]:
        name = clean(name)
        form = normalise(name)
        entries = self._with_form(form) if form else []
        bare = " ".join(parse(name).words) if "(" in name or "\uff08" in name else form
        if bare != form:
            entries += self._with_form(bare)
        if not entries:
            return ()
        matches = _ranked(name, entries)
        # A truncated key never makes two names the same: what is only alike is left to `search`.
        return tuple([match for match in matches if match.how is not MatchKind.FUZZY])

    def _find_nearest(self, name: str) -> tuple[NameMatch, ...]:
        name = clean(name)
        return _ranked(name, self._candidates(name))

    def _find_longest(self, token: str) -> int:
        rows = self._rows("SELECT longest FROM name_token WHERE token = ?", clean(token))
        return rows[0][0] if rows and isinstance(rows[0][0], int) else 0

    def _candidates(self, name: str) -> list[tuple[str, str]]:
        """The entries worth scoring: those of the same letters, then those whose words agree most."""
        parsed = parse(name)
        if not parsed.form:
            return []
        spaced, letters = " ".join(parsed.words), "".join(parsed.words)
        forms = {parsed.form, spaced, letters, name_store.squeezed(parsed.words)}
        entries = [entry for form in sorted(forms) for entry in self._with_form(form)]
        words = key_words(parsed.words[:MOST_WORDS])
        weights = self._agreement(words)
        cut = min(nlargest(_SHORTLIST, weights.values()), default=0.0)
        ids = [i for i, weight in weights.items() if weight > cut]
        ids += sorted(i for i, weight in weights.items() if weight == cut)[: _SHORTLIST - len(ids)]
        marks = ",".join("?" * len(ids))
        rows = self._rows(f"SELECT key, name, id FROM name_entry WHERE id IN ({marks})", *ids)
        self._checked([row[:2] for row in rows])
        if any(i not in weights for _, _, i in rows):
            raise self._damaged()
        own = sum(map(len, words))
        shares = [(-weights[i] / (own + _letters(other)), i, key, other) for key, other, i in rows]
        return entries + [(key, other) for _, _, key, other in nsmallest(_SCORED, shares)]

    def _agreement(self, words: tuple[str, ...]) -> dict[int, float]:
        """For each name that shares a word with these, or nearly, how many letters of both agree."""
        weigh: dict[str, float] = {}
        for word in words:
            for token, close in self._like(word):
                weigh[token] = max(weigh.get(token, 0.0), close * (len(word) + len(token)))
        marks = ",".join("?" * len(weigh))
        rows = self._rows(f"SELECT token, ids FROM name_token WHERE token IN ({marks})", *weigh)
        if any(token not in weigh for token, _ in rows):
            raise self._damaged()
        postings = [(self._decode(blob), token) for token, blob in rows]
        agreement: dict[int, float] = {}
        left = _BUDGET
        for ids, token in sorted(postings, key=lambda posting: (len(posting[0]), posting[1])):
            weight = weigh[token]
            for i in ids[:left]:
                agreement[i] = agreement.get(i, 0.0) + weight
            # Ids run from short names to long ones, so what the budget cuts off is the long names.
            for i in agreement.keys() & ids[left:]:
                agreement[i] += weight
            left = max(0, left - len(ids))
        return agreement

    def _find_like(self, word: str) -> list[tuple[str, float]]:
        """The words of the index that may be this word misspelt, nearest first, itself included."""
        if is_number(word):
            return [(word, 1.0)]
        found = {word: 0}
        for length in range(max(1, len(word) - 3), len(word) + 4):
            allowed = allowed_edits(max(length, len(word)))
            if abs(length - len(word)) > allowed:
                continue
            for bucket in name_store.bucket_names(word, length):
                tokens = self._bucket(bucket)
                near = process.extract(word, tokens, scorer=OSA.distance, score_cutoff=allowed, limit=None)
                found.update([(token, edits) for token, edits, _ in near])
        nearest = sorted(found, key=lambda token: (found[token], token))[:_LIKE]
        close = [(token, closeness(word, token)) for token in nearest]
        if len(found) == 1:
            close += [(part, 1.0) for part in name_store.parts(word)]
        return [pair for pair in close if pair[1]]

    def _read_bucket(self, bucket: str) -> list[str]:
        rows = self._rows("SELECT tokens FROM name_bucket WHERE bucket = ?", bucket)
        return str(rows[0][0]).split() if rows else []

    def _with_form(self, form: str) -> list[tuple[str, str]]:
        if self._forms is not None:
            if form not in self._forms:
                return []
        elif self._size <= _SMALL:
            self._asked += 1
            if self._asked == _ASKED:
                rows = self._rows("SELECT DISTINCT form FROM name_form LIMIT ?", _MOST_FORMS)
                if len(rows) < _MOST_FORMS:
                    self._forms = frozenset([form for (form,) in rows])
        return self._checked(self._rows(_BY_FORM, form, _SAME_FORM))

    def _checked(self, entries: list[tuple[Any, Any]]) -> list[tuple[str, str]]:
        if all(type(key) is str and type(name) is str for key, name in entries):
            return entries
        raise self._damaged()

    def _damaged(self) -> InputError:
        return InputError(f"{self._path}: the name index is damaged; build it again")

    def _decode(self, blob: bytes) -> array[int]:
        try:
            return name_store.decode_ids(blob)
        except (TypeError, ValueError) as exc:
            raise self._damaged() from exc

    def _rows(self, query: str, *values: str | int) -> list[Any]:
        try:
            return self._connection.execute(query, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as exc:
            # SQLite quotes what it found in its own messages, and that may be no text at all.
            raise InputError(f"{self._path}: the name index cannot be read: {exc}") from exc


def _ranked(name: str, entries: Iterable[tuple[str, str]]) -> tuple[NameMatch, ...]:
    """Score the entries, keep the best of each key, best first, and tell each of its rival."""
    best: dict[str, tuple[float, int, str, str]] = {}
    for key, other in dict.fromkeys(entries):
        points, how = score(name, other)
        rank = (-points, _KINDS.index(how), key, other)
        best[key] = min(rank, best.get(key, rank))
    ranks = sorted(best.values())
    rivals = [-rank[0] for rank in ranks[:2]] + [0.0, 0.0]
    return tuple(
        [
            NameMatch(
                key=key, name=other, score=-points, how=_KINDS[kind], runner_up=rivals[0 if place else 1]
            )
            for place, (points, kind, key, other) in enumerate(ranks)
        ]
    )


def _letters(name: str) -> int:
    """About how many letters a name has, brackets left out."""
    end = name.find("(")
    return len(name if end < 1 else name[:end]) - name.count(" ")
