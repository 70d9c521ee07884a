"""The catalogue of relations: what each means, how it is phrased, and what follows from it.

The catalogue is data (`reference/relations.toml`); a table may bring relations of its own. A predicate that
nobody listed becomes a many-valued relation that is matched by its words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from verifier.errors import TableError

__all__ = [
    "ENUMS",
    "Catalogue",
    "Relation",
    "RelationRole",
    "Single",
    "ValueKind",
    "is_loose",
    "read_catalogue",
    "split_words",
]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class ValueKind(StrEnum):
    """What kind of thing stands at the object's end."""

    ENTITY = "entity"
    DATE = "date"
    QUANTITY = "quantity"
    TEXT = "text"
    ANY = "any"
    """A relation that nobody described: decided cell by cell."""


class Single(StrEnum):
    """Whether a subject can have more than one value."""

    NO = "no"
    EVER = "ever"
    AT_A_TIME = "at-a-time"


class RelationRole(StrEnum):
    """What a relation is to the rules that need to know it by more than its words."""

    KIND = "kind"
    """It says what kind of thing the subject is."""
    SUBKIND = "subkind"
    """It says of which wider kind a kind is."""
    POST = "post"
    OCCUPATION = "occupation"
    PLACE = "place"
    """It says in what wider place, or of what whole, the subject is."""
    MEMBERSHIP = "membership"
    """It says of which organisation the subject is a member."""
    FOUNDER = "founder"
    """It says who founded the subject; the date of that may be told with it."""
    CAPITAL = "capital"
    HEAD_OF_STATE = "head-of-state"
    HEAD_OF_GOVERNMENT = "head-of-government"
    FOREIGN_MINISTER = "foreign-minister"
    FORM_OF_GOVERNMENT = "form-of-government"
    CEASED = "ceased"
    """It says when the subject ceased to be."""
    FOLLOWS = "follows"
    """The subject came after the object."""
    FOLLOWED_BY = "followed-by"
    """The object came after the subject."""


ENUMS = {"value": ValueKind, "single": Single, "single_subject": Single, "role": RelationRole}
"""The keys of a relation whose value is one of a few words."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: `{s}` stands in it to `{o}`."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    """Other names of the relation, as a table's predicate column may spell it."""
    nouns: tuple[str, ...] = ()
    """{o} is the NOUN of {s}: "capital"."""
    inverse_nouns: tuple[str, ...] = ()
    """{s} is the NOUN of {o}: "member"."""
    phrasings: tuple[str, ...] = ()
    """Sentences with {s}, {o} and, for further ends, {P17}: "{s} borders {o}"."""
    sentence: str = ""
    """How a report says it, with {s} and {o}: "{s} has diplomatic relations with {o}"."""
    value: ValueKind = ValueKind.ENTITY
    single: Single = Single.NO
    key: tuple[str, ...] = ()
    """Qualifier relations per which it is single-valued ("one embassy per country")."""
    single_subject: Single = Single.NO
    """Whether an object can have more than one subject ("one country per president at a time")."""
    lasting: bool = False
    """Holds without dates until a stated end."""
    event: bool = False
    """Happens at one time: a row with one date tells when; of what lasts, only that it was so then."""
    symmetric: bool = False
    inverse: str = ""
    transitive: bool = False
    implied_by: tuple[str, ...] = ()
    """Relations with the same ends that entail this one."""
    value_within: str = ""
    """Relation by which a wider value is entailed: a birthplace inside the country claimed (P131, P17)."""
    subject_types: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    unit: str = ""
    """Canonical unit of a quantity."""
    loose: tuple[str, ...] = ()
    """Words that may say less than the relation: "neighbour", also of who is across the sea."""
    strict: tuple[str, ...] = ()
    """Words beside those that take it back: "land neighbour"."""
    more: tuple[str, ...] = ()
    """Adjectives for what has much of it, or has it late ("large", "tall", "new"), the most usual first."""
    less: tuple[str, ...] = ()
    """Adjectives for what has little of it, or has it early: "small", "old" of a date."""
    drift: float = 0.0
    """Share by which a yearly figure may change from one year to the next."""
    stale_after: int = 0
    """Days after which an undated "last seen" no longer counts; 0: never."""
    role: RelationRole | None = None
    """What the rules know it as, if they do."""
    titles: tuple[str, ...] = ()
    """What the object is called before its name: "king"."""
    declared: bool = True
    """False for a predicate that only a table's column named."""


def is_loose(relation: Relation, words: str) -> bool:
    """Whether these words may say less than the relation, so that what lacks it is not denied."""
    folded = words.casefold()
    return any(word in folded for word in relation.loose) and not {*folded.split()} & {*relation.strict}


def split_words(predicate: str) -> str:
    """A predicate as words: `birthPlace`, `birth_place` and `birth-place` are "birth place"."""
    name = predicate.rsplit("/", 1)[-1] if "://" in predicate else predicate
    text = _CAMEL.sub(" ", re.sub(r"[_\-/.:]+", " ", name))
    return " ".join(text.split()).casefold()


_OF_TIME = frozenset({"in", "on"})
_PLURALS = (("ies", "y"), ("s", ""))


@dataclass(frozen=True)
class Catalogue:
    """Relations by id, and by any of their names."""

    relations: Mapping[str, Relation] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Relation id by normalised label, alias or noun: each beats the next, the first a later one."""
        names: dict[str, str] = {}
        for relation in self.relations.values():
            names.setdefault(split_words(relation.label), relation.id)
        for relation in self.relations.values():
            for alias in relation.aliases:
                names.setdefault(split_words(alias), relation.id)
        for relation in self.relations.values():
            for noun in relation.nouns:
                names.setdefault(split_words(noun), relation.id)
        return names

    def inflected(self, words: str) -> str | None:
        """What is meant by "founded in", of a date, or by "twin towns", of which there may be many."""
        stem, _, last = words.rpartition(" ")
        if last in _OF_TIME and (found := self.by_name.get(stem)) is not None:
            return found if self.relations[found].value is ValueKind.DATE else None
        for plural, one in _PLURALS:
            found = self.by_name.get(words.removesuffix(plural) + one) if words.endswith(plural) else None
            if found is not None and self.relations[found].single is Single.NO:
                return found
        return None

    @cached_property
    def scales(self) -> dict[str, tuple[tuple[str, bool], ...]]:
        """Relation ids by the adjectives that go by them, with True for "more"; the most usual first."""
        found: dict[str, list[tuple[int, str, bool]]] = {}
        for relation in self.relations.values():
            for words, more in ((relation.more, True), (relation.less, False)):
                for place, word in enumerate(words):
                    found.setdefault(word, []).append((place, relation.id, more))
        return {
            word: tuple((id, more) for _, id, more in sorted(listed, key=lambda one: one[0]))
            for word, listed in found.items()
        }

    @cached_property
    def listed(self) -> frozenset[str]:
        """The relations that a catalogue declares, not those that only a column of a table names."""
        return frozenset(id for id, relation in self.relations.items() if relation.declared)

    @cached_property
    def _by_role(self) -> dict[RelationRole, tuple[str, ...]]:
        found: dict[RelationRole, tuple[str, ...]] = {}
        for relation in self.relations.values():
            if relation.role is not None:
                found[relation.role] = (*found.get(relation.role, ()), relation.id)
        return found

    @cached_property
    def by_title(self) -> dict[str, tuple[str, ...]]:
        """The offices whose holders have a title before their names, by the title."""
        found: dict[str, tuple[str, ...]] = {}
        for relation in self.relations.values():
            for title in relation.titles:
                found[title] = (*found.get(title, ()), relation.id)
        return found

    def playing(self, *roles: RelationRole) -> tuple[str, ...]:
        """The relations that have these roles, role by role."""
        return tuple(id for role in roles for id in self._by_role.get(role, ()))

    def first(self, role: RelationRole) -> str:
        """The first relation of a role; "", which no table uses, if there is none."""
        return next(iter(self.playing(role)), "")

    def has_role(self, relation: str, *roles: RelationRole) -> bool:
        """Whether a relation has one of these roles."""
        known = self.relations.get(relation)
        return known is not None and known.role in roles

    def __getitem__(self, relation: str) -> Relation:
        return self.relations[relation]

    def __contains__(self, relation: object) -> bool:
        return relation in self.relations

    def get(self, relation: str) -> Relation | None:
        """The relation with this id, or None."""
        return self.relations.get(relation)

    def find(self, predicate: str) -> Relation | None:
        """The relation that a table's predicate names: a property id, a label or an alias; else None."""
        text = predicate.strip()
        last = text.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
        for candidate in (text, last):
            if candidate in self.relations:
                return self.relations[candidate]
        found = self.by_name.get(split_words(text)) or self.inflected(split_words(text))
        return None if found is None else self.relations[found]

    def of_predicate(self, predicate: str) -> Relation:
        """Like `find`, but an unknown word becomes a many-valued relation of its own."""
        found = self.find(predicate)
        if found is not None:
            return found
        words = split_words(predicate)
        return Relation(
            id=predicate.strip(),
            label=words,
            nouns=(words,),
            value=ValueKind.ANY,
            lasting=True,
            declared=False,
        )

    def with_relations(self, more: Iterable[Relation]) -> Catalogue:
        """A catalogue with these relations added; a declared one replaces one that only a column named.

        What the rules know a relation as stays with its id.
        """
        merged = dict(self.relations)
        for relation in more:
            known = merged.get(relation.id)
            if known is None:
                merged[relation.id] = relation
            elif relation.declared:
                merged[relation.id] = replace(
                    relation, role=relation.role or known.role, titles=relation.titles or known.titles
                )
        return Catalogue(merged)


def read_catalogue(path: Path) -> Catalogue:
    """Read a `relations.toml`: one table a relation, keyed by its id.

    Raises `TableError` that names the relation and the key that is wrong.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise TableError(f"cannot be read: {exc}", path=path) from exc
    relations = {identifier: _relation(identifier, row, path) for identifier, row in data.items()}
    for relation in relations.values():
        if relation.inverse and relation.inverse not in relations:
            raise TableError(
                "the inverse is not in the catalogue", path=path, column=relation.id, value=relation.inverse
            )
    return Catalogue({**relations, **_given_inverses(relations)})


def _given_inverses(relations: Mapping[str, Relation]) -> dict[str, Relation]:
    """Inverses declared on one side hold on the other."""
    changed = {}
    for relation in relations.values():
        if relation.inverse and not relations[relation.inverse].inverse:
            changed[relation.inverse] = replace(relations[relation.inverse], inverse=relation.id)
    return changed


def _relation(identifier: str, row: Any, path: Path) -> Relation:
    if not isinstance(row, dict):
        raise TableError(
            "a relation is a table of keys", path=path, column=identifier, hint='write ["P36"] above its keys'
        )
    known = {f.name for f in fields(Relation)} - {"id", "declared"}
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key not in known:
            raise TableError(
                "unknown key",
                path=path,
                column=f"{identifier}.{key}",
                hint=f"one of {', '.join(sorted(known))}",
            )
        if key in ENUMS:
            try:
                value = ENUMS[key](value)
            except ValueError as exc:
                allowed = ", ".join(member.value for member in ENUMS[key])
                raise TableError(
                    "unknown value", path=path, column=f"{identifier}.{key}", value=str(value), hint=allowed
                ) from exc
        elif isinstance(value, list):
            value = tuple(str(item) for item in value)
        values[key] = value
    if not values.get("label"):
        raise TableError("a relation needs a label", path=path, column=identifier)
    return Relation(id=identifier, **values)
