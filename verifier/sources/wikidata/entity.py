"""Reads one entity of Wikidata, as dumps and the API give it, into our own nouns.

The model is read as it is meant (https://www.mediawiki.org/wiki/Wikibase/DataModel): ranks stay, `novalue`
denies, `somevalue` says that there is a value, qualifiers bound a statement in time, references become
sources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from verifier.dates import parse_date
from verifier.errors import InputError
from verifier.evidence import EXCLUDING
from verifier.ids import is_id
from verifier.model import (
    Date,
    Entity,
    EntityValue,
    Polarity,
    Rank,
    Statement,
    UnknownValue,
)
from verifier.sources.wikidata.snaks import mapping
from verifier.sources.wikidata.statements import StatementReader
from verifier.sources.wikidata.vocabulary import Vocabulary

__all__ = ["BrokenEntity", "Item", "read_entity"]

_FALLBACKS = ("mul", "en", "en-gb", "en-ca", "en-us")
"""The languages whose name is taken where there is none in those that were asked for."""
_MOST_NAMES = 200
_LONGEST_NAME = 250
"""Characters of a name; the service allows no more."""


class BrokenEntity(InputError):
    """An entity that cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Item:
    """What Wikidata says of one thing, in our own nouns."""

    entity: Entity
    classes: tuple[str, ...] = ()
    """The ids of what it is an instance of, by its best-ranked statements."""
    superclasses: tuple[str, ...] = ()
    """The ids of what it is a subclass of."""
    statements: tuple[Statement, ...] = ()
    revision: str = ""
    modified: Date | None = None
    dropped: int = 0
    """Statements that could not be read."""


def read_entity(
    data: Mapping[str, Any],
    *,
    vocabulary: Vocabulary,
    languages: Sequence[str] = ("en",),
    retrieved: Date | None = None,
    wanted: frozenset[str] | None = None,
) -> Item:
    """Read an entity. A statement that cannot be read is counted and left out.

    `retrieved` is the day on which it was so; without it, that on which the entity was last changed. `wanted`
    limits the properties. Raises `BrokenEntity` for what is no entity at all.
    """
    if not isinstance(data, Mapping):
        raise BrokenEntity(f"not an entity of Wikidata: {data!r:.80}")
    id = data.get("id")
    if not is_id(id):
        raise BrokenEntity(f"not the id of an entity: {id!r:.80}")
    if "missing" in data:
        raise BrokenEntity(f"{id}: there is no such entity")
    try:
        names = _names(data, languages)
        description = _in_language(mapping(data.get("descriptions")), languages)
        claims = mapping(data.get("claims"))
        revision = str(data["lastrevid"]) if isinstance(data.get("lastrevid"), int) else ""
        modified = _day(data.get("modified"))
    except (AttributeError, KeyError, TypeError, ValueError) as exc:
        raise BrokenEntity(f"{id}: cannot be read: {exc}") from exc
    label = names[0] if names else id
    reader = StatementReader(id, label, vocabulary, revision, retrieved or modified)
    kept = None if wanted is None else wanted | vocabulary.needed
    statements: list[Statement] = []
    dropped = 0
    for property, told in claims.items():
        if kept is None or property in kept:
            slot, unreadable = _slot(property, told, reader)
            statements += _with_exceptions(slot, vocabulary.partial)
            dropped += unreadable
    entity = Entity(id, label, names[1:], description=description)
    return Item(
        entity,
        _targets(statements, vocabulary.instance_of),
        _targets(statements, vocabulary.subclass_of),
        _distinct(statements),
        revision,
        modified,
        dropped,
    )


def _slot(property: str, told: Any, reader: StatementReader) -> tuple[list[Statement], int]:
    """The statements of one property, and how many are left out as they cannot be read."""
    if not isinstance(told, Sequence) or isinstance(told, str) or not is_id(property):
        return [], 1
    found: list[Statement] = []
    dropped = 0
    for one in told:
        try:
            statement = reader.statement(property, one)
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
            dropped += 1
        else:
            if statement is not None:
                found.append(statement)
    return found, dropped


def _with_exceptions(slot: Sequence[Statement], partial: Sequence[str]) -> Iterator[Statement]:
    """The statements of a property; one that there is none does not deny what is stated of a part of it.

    Australia has no official language, and has English by another criterion
    (https://www.wikidata.org/wiki/Q408#P37).
    """
    parts = tuple(
        (EXCLUDING, one.value)
        for one in slot
        if one.polarity is Polarity.POSITIVE and any(one.qualifier(name) for name in partial)
    )
    for one in slot:
        none = one.polarity is Polarity.NEGATIVE and isinstance(one.value, UnknownValue)
        yield replace(one, qualifiers=(*one.qualifiers, *parts)) if none and parts else one


def _distinct(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, each under an id of its own; a dump may have one twice."""
    counted = Counter(statement.id for statement in statements)
    if all(number == 1 for number in counted.values()):
        return tuple(statements)
    return tuple({statement.id: statement for statement in statements}.values())


def _targets(statements: Sequence[Statement], property: str) -> tuple[str, ...]:
    told = [s for s in statements if s.relation == property and s.rank is not Rank.DEPRECATED]
    best = [s for s in told if s.rank is Rank.PREFERRED] or told
    return tuple(dict.fromkeys(s.value.id for s in best if isinstance(s.value, EntityValue)))


# ------------------------------------------------------------------------------------------------- names


def _names(data: Mapping[str, Any], languages: Sequence[str]) -> tuple[str, ...]:
    """The label and then the aliases, in the languages asked for."""
    labels, aliases = mapping(data.get("labels")), mapping(data.get("aliases"))
    found: dict[str, None] = {}
    for language in (*languages, "mul"):
        if language in labels:
            found[_name(labels[language]["value"])] = None
    if not found:
        label = _in_language(labels, languages) or next(
            (_name(item["value"]) for item in labels.values()), ""
        )
        found[label] = None
    for language in (*languages, "mul"):
        for item in aliases.get(language, ()):
            found[_name(item["value"])] = None
    return tuple(name for name in found if name)[:_MOST_NAMES]


def _in_language(texts: Mapping[str, Any], languages: Sequence[str]) -> str:
    known = (language for language in (*languages, *_FALLBACKS) if language in texts)
    return next((_name(texts[language]["value"]) for language in known), "")


def _name(text: object) -> str:
    if not isinstance(text, str):
        raise ValueError(f"a name that is no text: {text!r:.40}")
    text.encode()  # half a character of UTF-16 is no text: UnicodeEncodeError is a ValueError
    return " ".join(text[:_LONGEST_NAME].split())


def _day(text: object) -> Date | None:
    return parse_date(text[:10]) if isinstance(text, str) and text else None
