"""What a row says before its cells are understood, and which relation a predicate names."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from verifier.errors import TableError
from verifier.model import Source
from verifier.relations import Catalogue, Relation, ValueKind, split_words
from verifier.sources.codec import source_json
from verifier.sources.kinds import Place
from verifier.sources.sheets import Sheet
from verifier.values import parse_date

__all__ = ["Fact", "Origin", "Predicates", "SourceCells"]

log = logging.getLogger(__name__)

_LONGEST_PREDICATE = 250
_NEAR = 0.88
_LONG = 6
"""Letters from which on one that is wrong makes a misspelling, rather than another word."""
_URL = re.compile(r"[a-z][a-z0-9+.-]*:\S+\Z|www\.\S+\Z", re.IGNORECASE)


class Fact(NamedTuple):
    """One value of one row. Texts are as written, without white space around them."""

    line: int
    id: str
    subject: str
    subject_id: str
    relation: str
    object: str
    object_id: str
    unit: str
    extras: tuple[str, ...]
    """JSON text of each extra that needs no names (see `codec`)."""
    qualifiers: tuple[tuple[str, str], ...]
    """Relation id and cell."""
    sources: str
    """JSON text of the list of sources."""
    column: str
    """The header over the object."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a sheet is in, and what its rows are cited by where they name no source."""

    number: int
    sheet: Sheet
    source: Source
    """Its `retrieved` holds for every row that gives none."""
    seen_last: str = ""
    """When those rows were last shown that do not say it; "" if nobody knows."""

    def place(self, line: int, column: str) -> Place:
        """A cell, for messages."""
        return Place(str(self.sheet.path), line, column)


class Predicates:
    """The relations of one table, by the words in its predicate column or header.

    Another spelling of the same unknown words (`birthPlace`, `birth place`) is the same relation; its id is
    the spelling that was given first, so give them sorted.
    """

    def __init__(self, catalogue: Catalogue, declared: Iterable[Relation] = ()) -> None:
        declared = tuple(declared)
        self._catalogue = catalogue.with_relations(declared)
        self.strict: set[str] = {relation.id for relation in declared}
        """Relations whose cells must be of their kind: those that the table declares or names by their id."""
        self._by_word: dict[str, set[str]] = {}
        """The words that a relation of the catalogue was found by."""
        self._own: dict[str, Relation] = {}
        self._by_words: dict[str, str] = {}
        self._found: dict[tuple[str, str], str] = {}

    def __getitem__(self, relation: str) -> Relation:
        return self._own.get(relation) or self._catalogue[relation]

    @property
    def own(self) -> tuple[Relation, ...]:
        """Relations that neither the catalogue nor the table describes."""
        return tuple(self._own.values())

    def described(self) -> tuple[str, ...]:
        """The ids of the relations that the catalogue or the table describes."""
        return tuple(self._catalogue.relations)

    def describe(self, relation: str, kind: ValueKind) -> None:
        """Note what the cells of a relation of the table's own hold."""
        if relation in self._own:
            self._own[relation] = replace(self._own[relation], value=kind)

    def known(self, text: str) -> str | None:
        """The id of a relation that is already known by this id or these words."""
        found = self._catalogue.find(text)
        if found is not None:
            return found.id
        return text if text in self._own else self._by_words.get(split_words(text))

    def find(self, text: str, place: Place, identifier: str = "") -> str:
        """The id of the relation that this predicate names; `identifier` is what the table gives as its id.

        Raises `TableError` for a predicate without a word in it.
        """
        found = self._found.get((text, identifier))
        if found is None:
            found = self._found[text, identifier] = self._find(text, place, identifier)
        return found

    def namesake(self, relation: str) -> str:
        """A relation of the table's own with the words that found this one, for cells that do not fit it."""
        own = min(self._by_word[relation])
        self._own[own] = replace(Catalogue().of_predicate(own), id=own)
        return own

    def other(self, relation: str) -> str | None:
        """Another relation that the words which found this one may name: "founded in" a place, or a year."""
        return self._catalogue.inflected(split_words(min(self._by_word[relation])))

    def _find(self, text: str, place: Place, identifier: str) -> str:
        relation = self._catalogue.find(identifier or text)
        if relation is not None:
            if relation.id == re.split(r"[/:]", (identifier or text).strip())[-1]:
                self.strict.add(relation.id)
            else:
                self._by_word.setdefault(relation.id, set()).add(text)
            return relation.id
        words = split_words(text)
        if not any(map(str.isalnum, words)) or len(text) > _LONGEST_PREDICATE:
            hint = "write a property id (P36), a label of the catalogue, or words of your own"
            raise place.error("this names no relation", text, hint)
        own = self._by_words.get(words) if not identifier else None
        if own is None:
            self._warn_if_near(text, words, place)
            own = identifier or text
            self._by_words.setdefault(words, own)
            self._own[own] = replace(self._catalogue.of_predicate(text), id=own)
        return own

    def _warn_if_near(self, text: str, words: str, place: Place) -> None:
        """Tell of words that may be a misspelt name of a relation of the catalogue."""
        names = self._catalogue.by_name
        near = process.extractOne(words, names.keys(), scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
        if near is not None and len(words) >= _LONG:
            hint = "%s:%d: %r is taken for a relation of the table's own (did you mean %r?)"
            log.warning(hint, place.path, place.line, text, near[0])


class SourceCells:
    """Reads the columns that say where a row can be read."""

    COLUMNS = ("source_url", "source_title", "publisher", "retrieved")
    SEEN_LAST = "seen_last"

    def __init__(self, origin: Origin, columns: Iterable[tuple[str, int]]) -> None:
        self._origin = origin
        found = dict(columns)
        self._columns = tuple(found.get(name) for name in (*self.COLUMNS, self.SEEN_LAST))
        self._known: dict[tuple[str, ...], str] = {}
        self._days: set[str] = set()
        self._told = False

    def read(self, line: int, cells: list[str]) -> str:
        """JSON text of a row's list of sources; a row without one is cited by its file and line."""
        key = tuple(["" if index is None else cells[index].strip() for index in self._columns])
        found = self._known.get(key)
        if found is None:
            self._check(line, retrieved=key[3])
            self._check_url(line, key[0])
            cited = Source(key[0], key[1], key[2], self._retrieved(key[3], key[4]))
            found = self._known[key] = f"[{source_json(cited)}]" if key[0] or key[1] else ""
        return found or self._place(line, publisher=key[2], retrieved=self._retrieved(key[3], key[4]))

    def _retrieved(self, retrieved: str, seen_last: str) -> str:
        """When a row was retrieved: where its file dates the rows, no later than it was last shown."""
        default = self._origin.source.retrieved
        return retrieved or (seen_last or default if default else "")

    def _check(self, line: int, *, retrieved: str) -> None:
        if not retrieved or retrieved in self._days:
            return
        try:
            parse_date(retrieved)
            self._days.add(retrieved)
        except ValueError as exc:
            raise self._origin.place(line, "retrieved").error(str(exc), retrieved, "") from exc

    def _check_url(self, line: int, url: str) -> None:
        if url and _URL.match(url) is None and not self._told:
            self._told = True
            log.warning(
                "%s:%d: source_url %r is no address of a page", self._origin.sheet.path, line, url[:80]
            )

    def _place(self, line: int, *, publisher: str, retrieved: str) -> str:
        table = self._origin.source
        publisher = publisher or table.publisher
        if not (publisher or retrieved or table.url):
            return f"[[{self._origin.number},{line}]]"
        title = table.title or f"{self._origin.sheet.name}, {self._origin.sheet.unit} {line}"
        return f"[{source_json(Source(table.url, title, publisher, retrieved))}]"


def told_apart(facts: Iterable[Fact], seen: Collection[str], *, feed: str) -> list[Fact]:
    """The facts of one source of several: an id that another source gave before is no slip of either's."""
    return [fact._replace(id=f"{fact.id} ({feed})") if fact.id in seen else fact for fact in facts]


def check_unique(facts: Iterable[Fact], origin: Origin, seen: dict[str, str]) -> None:
    """Raise `TableError` for a statement id that an earlier row has."""
    name = origin.sheet.name
    for fact in facts:
        if fact.id in seen:
            raise TableError(
                "the statement id of an earlier row",
                path=origin.sheet.path,
                line=fact.line,
                column="statement_id",
                value=fact.id,
                hint=f"it is that of {seen[fact.id]}",
            )
        seen[fact.id] = f"{name}, {origin.sheet.unit} {fact.line}"
