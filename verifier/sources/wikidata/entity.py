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

from verifier.dates import FIRST_DAY, LAST_DAY, interval, iso, parse_date
from verifier.errors import InputError
from verifier.evidence import EXCLUDING, NATURE
from verifier.ids import is_id
from verifier.model import (
    Date,
    Entity,
    EntityValue,
    Polarity,
    Rank,
    Source,
    Statement,
    TextValue,
    UnknownValue,
    Value,
)
from verifier.sources.wikidata.snaks import IGNORED, NoValue, read_snak
from verifier.sources.wikidata.vocabulary import Vocabulary

__all__ = ["SITE", "BrokenEntity", "Item", "page", "read_entity"]

SITE = "https://www.wikidata.org/wiki/"

_FALLBACKS = ("mul", "en", "en-gb", "en-ca", "en-us")
"""The languages whose name is taken where there is none in those that were asked for."""
_MOST_NAMES = 200
_LONGEST_NAME = 250
"""Characters of a name; the service allows no more."""

_Snaks = Mapping[str, Sequence[Mapping[str, Any]]]


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


def page(id: str) -> str:
    """The address at which people read of an entity."""
    return f"{SITE}Property:{id}" if id.startswith("P") else SITE + id


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
        description = _in_language(_mapping(data.get("descriptions")), languages)
        claims = _mapping(data.get("claims"))
        revision = str(data["lastrevid"]) if isinstance(data.get("lastrevid"), int) else ""
        modified = _day(data.get("modified"))
    except (AttributeError, KeyError, TypeError, ValueError) as exc:
        raise BrokenEntity(f"{id}: cannot be read: {exc}") from exc
    label = names[0] if names else id
    reader = _Reader(id, label, vocabulary, revision, retrieved or modified)
    statements: list[Statement] = []
    dropped = 0
    for property in claims:
        told = claims[property]
        if wanted is not None and property not in wanted and property not in vocabulary.needed:
            continue
        if not isinstance(told, Sequence) or isinstance(told, str) or not is_id(str(property)):
            dropped += 1
            continue
        slot: list[Statement] = []
        for one in told:
            try:
                statement = reader.statement(str(property), one)
            except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
                dropped += 1
            else:
                if statement is not None:
                    slot.append(statement)
        statements += _with_exceptions(slot, vocabulary.partial)
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
    labels, aliases = _mapping(data.get("labels")), _mapping(data.get("aliases"))
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
    return " ".join(text[:_LONGEST_NAME].split())


def _mapping(value: object) -> Mapping[str, Any]:
    """A JSON object; the service writes an empty one as an empty list."""
    if value is None or value == []:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError(f"not an object: {value!r:.40}")
    return value


def _day(text: object) -> Date | None:
    return parse_date(text[:10]) if isinstance(text, str) and text else None


# -------------------------------------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True)
class _Time:
    """When a statement holds; `open_end` if it is said that it has not ended."""

    start: Date | None = None
    end: Date | None = None
    point: Date | None = None
    open_end: bool = False


_NO_TIME = _Time()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the statements of one entity."""

    id: str
    label: str
    vocabulary: Vocabulary
    revision: str
    day: Date | None

    def statement(self, property: str, data: Mapping[str, Any]) -> Statement | None:
        """One statement; None for one of a kind that no claim is about."""
        snak = data["mainsnak"]
        if snak.get("datatype") in IGNORED:
            return None
        value = read_snak(snak, self.vocabulary.units)
        if value is None:
            return None
        denied = isinstance(value, NoValue)
        statement_id = str(data.get("id") or f"{self.id}-{property}")[:120]
        qualifiers = _mapping(data.get("qualifiers"))
        time = _NO_TIME if qualifiers.keys().isdisjoint(self.vocabulary.of_time) else self._time(qualifiers)
        return Statement(
            id=statement_id,
            subject=self.id,
            relation=property,
            value=UnknownValue() if isinstance(value, NoValue) else value,
            start=time.start,
            end=time.end,
            point_in_time=time.point,
            seen_last=self.day,
            open_end=time.open_end,
            qualifiers=self._qualifiers(qualifiers) if qualifiers else (),
            rank=Rank(data.get("rank", "normal")),
            polarity=Polarity.NEGATIVE if denied else Polarity.POSITIVE,
            sources=tuple(self._sources(property, statement_id, data.get("references") or ())),
        )

    def _time(self, qualifiers: _Snaks) -> _Time:
        """When a statement holds, by its qualifiers."""
        start = self._bound(qualifiers, self.vocabulary.starts, self.vocabulary.not_before, None)
        ends = [snak for name in self.vocabulary.ends for snak in qualifiers.get(name, ())]
        end = self._end(qualifiers, ends, start)
        if start is not None and end is not None and end.latest < start.latest:
            if end.latest < start.earliest:
                raise ValueError("it ended before it began")
            end = None  # it began again after it had ended
        open_end = bool(ends) and all(snak["snaktype"] == "novalue" for snak in ends)
        return _Time(start, end, self._bound(qualifiers, self.vocabulary.points, (), None), open_end)

    def _end(self, qualifiers: _Snaks, ends: Sequence[Mapping[str, Any]], start: Date | None) -> Date | None:
        if any(snak["snaktype"] == "somevalue" for snak in ends):
            # It ended, and nobody says when: some time between its start and the day of the data.
            first = FIRST_DAY if start is None else start.earliest
            return interval(first, max(first, LAST_DAY if self.day is None else self.day.latest))
        return self._bound(qualifiers, self.vocabulary.ends, (), self.vocabulary.not_after)

    def _bound(
        self,
        qualifiers: _Snaks,
        names: Sequence[str],
        earliest: Sequence[str] = (),
        latest: Sequence[str] | None = None,
    ) -> Date | None:
        """The date that these qualifiers give, where several may be meant the whole from first to last."""
        dates = self._dates(qualifiers, names)
        if dates:
            if len(set(dates)) == 1:
                return dates[0]
            return interval(min(d.earliest for d in dates), max(d.latest for d in dates))
        if first := self._dates(qualifiers, earliest):
            return interval(min(d.earliest for d in first), LAST_DAY if self.day is None else self.day.latest)
        if last := self._dates(qualifiers, latest or ()):
            return interval(FIRST_DAY, max(d.latest for d in last))
        return None

    def _dates(self, qualifiers: _Snaks, names: Sequence[str]) -> list[Date]:
        found = (
            read_snak(snak, self.vocabulary.units) for name in names for snak in qualifiers.get(name, ())
        )
        return [value for value in found if isinstance(value, Date)]

    def _qualifiers(self, qualifiers: _Snaks) -> tuple[tuple[str, Value], ...]:
        kept: list[tuple[str, Value]] = []
        for name, snaks in qualifiers.items():
            if name in self.vocabulary.of_time:
                continue
            for snak in snaks:
                value = read_snak(snak, self.vocabulary.units)
                plain = (
                    name == NATURE and isinstance(value, EntityValue) and value.id in self.vocabulary.natures
                )
                if value is not None and not isinstance(value, NoValue) and not plain:
                    kept.append((str(name), value))
        return tuple(sorted(kept, key=lambda pair: (pair[0], repr(pair[1]))))

    def _sources(
        self, property: str, statement_id: str, references: Sequence[Mapping[str, Any]]
    ) -> Iterator[Source]:
        """Wikidata itself first, then what it refers to; an import from a wiki is no reference."""
        day = "" if self.day is None else iso(self.day)
        yield Source(
            f"{page(self.id)}#{property}",
            f"{self.label} - Wikidata",
            "Wikidata",
            day,
            statement_id,
            self.revision,
        )
        for reference in references:
            snaks = _mapping(reference["snaks"])
            stated_in = [
                v.id for v in self._values(snaks, self.vocabulary.stated_in) if isinstance(v, EntityValue)
            ]
            titles = self._texts(snaks, self.vocabulary.title)
            seen = [iso(v) for v in self._values(snaks, self.vocabulary.retrieved) if isinstance(v, Date)]
            addresses = [
                text
                for text in self._texts(snaks, self.vocabulary.reference_url)
                if text.startswith(("http://", "https://"))
            ]
            for address in addresses or [page(id) for id in stated_in]:
                title = next(iter((*titles, *stated_in)), "")
                yield Source(address, title, "", next(iter(seen), ""))

    def _values(self, snaks: _Snaks, name: str) -> list[Value | NoValue | None]:
        return [read_snak(snak, self.vocabulary.units) for snak in snaks.get(name, ())]

    def _texts(self, snaks: _Snaks, name: str) -> list[str]:
        return [value.text for value in self._values(snaks, name) if isinstance(value, TextValue)]
