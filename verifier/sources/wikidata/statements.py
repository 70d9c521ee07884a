"""Reads the statements of an entity of Wikidata: value, rank, time, qualifiers, and references as sources.

Qualifiers bound a statement in time as they are meant (https://www.mediawiki.org/wiki/Wikibase/DataModel), by
what `wikidata.toml` says of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verifier.dates import FIRST_DAY, LAST_DAY, interval, iso
from verifier.evidence import NATURE
from verifier.model import (
    Date,
    EntityValue,
    Polarity,
    Rank,
    Source,
    Statement,
    TextValue,
    UnknownValue,
    Value,
)
from verifier.sources.wikidata.snaks import IGNORED, NoValue, mapping, read_snak
from verifier.sources.wikidata.vocabulary import Vocabulary

__all__ = ["StatementReader"]

_SITE = "https://www.wikidata.org/wiki/"

_Snaks = Mapping[str, Sequence[Mapping[str, Any]]]


def _page(id: str) -> str:
    """The address at which people read of an entity."""
    return f"{_SITE}Property:{id}" if id.startswith("P") else _SITE + id


@dataclass(frozen=True, slots=True)
class _Time:
    """When a statement holds; `open_end` if it is said that it has not ended."""

    start: Date | None = None
    end: Date | None = None
    point: Date | None = None
    open_end: bool = False


_NO_TIME = _Time()


@dataclass(frozen=True, slots=True)
class StatementReader:
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
        qualifiers = mapping(data.get("qualifiers"))
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
        start = self._bound(qualifiers, self.vocabulary.starts, self.vocabulary.not_before)
        ends = [snak for name in self.vocabulary.ends for snak in qualifiers.get(name, ())]
        end = self._end(qualifiers, ends, start)
        if start is not None and end is not None and end.latest < start.latest:
            if end.latest < start.earliest:
                raise ValueError("it ended before it began")
            end = None  # it began again after it had ended
        open_end = bool(ends) and all(snak["snaktype"] == "novalue" for snak in ends)
        return _Time(start, end, self._bound(qualifiers, self.vocabulary.points), open_end)

    def _end(self, qualifiers: _Snaks, ends: Sequence[Mapping[str, Any]], start: Date | None) -> Date | None:
        if any(snak["snaktype"] == "somevalue" for snak in ends):
            # It ended, and nobody says when: some time between its start and the day of the data.
            first = FIRST_DAY if start is None else start.earliest
            return interval(first, max(first, LAST_DAY if self.day is None else self.day.latest))
        return self._bound(qualifiers, self.vocabulary.ends, latest=self.vocabulary.not_after)

    def _bound(
        self,
        qualifiers: _Snaks,
        names: Sequence[str],
        earliest: Sequence[str] = (),
        latest: Sequence[str] = (),
    ) -> Date | None:
        """The date that these qualifiers give, where several may be meant the whole from first to last."""
        dates = self._dates(qualifiers, names)
        if dates:
            if len(set(dates)) == 1:
                return dates[0]
            return interval(min(d.earliest for d in dates), max(d.latest for d in dates))
        if first := self._dates(qualifiers, earliest):
            return interval(min(d.earliest for d in first), LAST_DAY if self.day is None else self.day.latest)
        if last := self._dates(qualifiers, latest):
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
            f"{_page(self.id)}#{property}",
            f"{self.label} - Wikidata",
            "Wikidata",
            day,
            statement_id,
            self.revision,
        )
        for reference in references:
            snaks = mapping(reference["snaks"])
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
            for address in addresses or [_page(id) for id in stated_in]:
                title = next(iter((*titles, *stated_in)), "")
                yield Source(address, title, "", next(iter(seen), ""))

    def _values(self, snaks: _Snaks, name: str) -> list[Value | NoValue | None]:
        return [read_snak(snak, self.vocabulary.units) for snak in snaks.get(name, ())]

    def _texts(self, snaks: _Snaks, name: str) -> list[str]:
        return [value.text for value in self._values(snaks, name) if isinstance(value, TextValue)]
