"""Capitals, and the towns where missions stand, as entities: which words mean one place and which lie in
another.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from archives import LAST_SEEN, PUBLISHER, page_url
from atlas import Atlas
from gazetteer import Gazetteer, folded
from log import Log
from rows import Origin, Row, Thing, merged

_SAME_AS_CITY = re.compile(
    r"^(?:City of )?(?P<city>.+?)"
    r"(?: (?:City|[Mm]unicipality|Capital Municipality|City Municipality|commune|Urban))*$"
)
_AREA = re.compile(r" (?:Governorate|Emirate|Province|Prefecture|Region|County|Canton|Department)$|^Ontario$")
"""An administrative area where a town should stand."""
_WITHIN_CITY = re.compile(
    r"^(?:\d+\w* arrondissement of (?P<a>.+)|(?:Central|Old|North|South|East|West) (?P<b>.+)|"
    r"(?P<c>.+?) (?:District )?[IVX]+|(?P<d>.+?) \d+|.+, (?P<e>[^,]+)|.+ \((?P<f>[^()]+)\)|"
    r".+ (?P<g>Lefkosias))$"
)
_SEAT = re.compile(
    r"([A-Z][\w ]+?) (?:is the seat of government|\((?:seat of government|administrative capital)\b)|"
    r"([A-Z]\w+) is referred to as an? (?:federal government )?administrative center|"
    r"government buildings have been built at ([A-Z]\w+)"
)
_SHARED = re.compile(
    r"; ?(?!note)|, (?=[A-Z][\w -]+\((?:administrative|commercial|legislative|national|de facto))"
)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A source says that this quarter lies in that city."""

    city: str
    origin: Origin


@dataclass(slots=True)
class Cities:
    """The towns met so far, by id."""

    atlas: Atlas
    gazetteer: Gazetteer
    quarters: dict[tuple[str, str], Quarter]
    """By country and folded name."""
    things: dict[str, Thing] = field(default_factory=dict)
    capitals: dict[tuple[str, str], str] = field(default_factory=dict)
    """State id and folded name to the id of its capital."""

    def capital(self, state: Thing, name: str, others: Iterable[str]) -> Thing:
        """The capital of a state under the names that the Factbook gives; the newest is its label."""
        names = [name, *others]
        keys = [(state.id, folded(one)) for one in names]
        known = next((self.capitals[key] for key in keys if key in self.capitals), "")
        qids = [
            qid
            for one in names
            for form in (one, f"{one} City", re.sub(r"^Saint ", "St. ", one))
            if (qid := self.gazetteer.city(form, state.id))
        ]
        if folded(name) == folded(state.label) and not qids:
            # Vatican City and Singapore are their own capitals.
            identifier = state.id
        else:
            identifier = known or (qids[0] if qids else f"city:{slug(name)}-{slug(state.label)}")
        counted = self.gazetteer.city_names.get(identifier, Counter())
        usual = name if name in counted or not counted else max(sorted(counted), key=lambda one: counted[one])
        usual = _SAME_AS_CITY.sub(r"\g<city>", usual) if usual != name else usual
        # "Washington" for "Washington, D.C.", where the list of labels has it so.
        short = [one for one in self.gazetteer.aliases.get(identifier, ()) if usual.startswith(f"{one}, ")]
        thing = self._keep(identifier, usual, ("city", "capital"), [*names, *counted, *short])
        self.things[identifier] = thing = replace(thing, label=usual)
        self.capitals |= dict.fromkeys(keys, identifier)
        return thing

    def seat(self, state: Thing, name: str) -> Thing:
        """The town where the government sits, though it is not the capital."""
        qid = self.capitals.get((state.id, folded(name))) or self.gazetteer.city(name, state.id)
        return self._keep(qid or f"city:{slug(name)}-{slug(state.label)}", name, ("city",), [name])

    def of_mission(self, qid: str, name: str, host: Thing) -> Thing:
        """The town of a mission; the municipality of a capital counts as the capital."""
        same = _SAME_AS_CITY.match(name)
        if same and (capital := self.capitals.get((host.id, folded(same["city"])))):
            return self.things[capital]
        if qid not in self.things and (country := self.atlas.by_id().get(qid)) is not None:
            # Some missions give the country where the town should stand.
            return country
        kind = "region" if _AREA.search(name) else "city"
        return self._keep(qid, name, (kind,), self.gazetteer.city_names[qid])

    def town_types(self, qid: str) -> tuple[str, ...]:
        """What a town of the lists is, if it is a country that is not its own capital; () otherwise."""
        country = self.atlas.by_id().get(qid)
        return () if qid in self.things or country is None else country.types

    def around(self, place: Thing, host: Thing) -> tuple[Thing, Origin | None] | None:
        """The city in which a quarter lies, by a source or by the quarter's own name ("16th arrondissement
        of Paris").
        """
        for name in (place.label, *sorted(place.aliases)):
            quarter = self.quarters.get((host.label, folded(name)))
            if quarter is not None:
                city = self._named(quarter.city, host)
                return None if city is None else (city, quarter.origin)
        found = _WITHIN_CITY.match(place.label)
        if found is None:
            return None
        name = next(value for value in found.groups() if value)
        capital = self.capitals.get((host.id, folded({"Lefkosias": "Lefkosia"}.get(name, name))))
        return None if capital is None or capital == place.id else (self.things[capital], None)

    def _named(self, name: str, host: Thing) -> Thing | None:
        capital = self.capitals.get((host.id, folded(name)))
        return self.things.get(capital or self.gazetteer.city(name, host.id))

    def _keep(self, identifier: str, label: str, types: tuple[str, ...], names: Iterable[str]) -> Thing:
        known = self.things.get(identifier)
        thing = Thing(identifier, label, types, frozenset(names)) if known is None else known
        if known is not None:
            kinds = tuple(dict.fromkeys((*known.types, *types)))
            thing = replace(known, types=kinds, aliases=known.aliases | set(names) | {label})
        self.things[identifier] = thing
        return thing


def read_quarters(path: Path) -> dict[tuple[str, str], Quarter]:
    """The curated list of quarters and the cities around them, each with its source."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (row["country"], folded(row["name"])): Quarter(
                row["city"],
                Origin(
                    row["source_url"], row["source_title"], row["publisher"], row["retrieved"], row["quote"]
                ),
            )
            for row in csv.DictReader(stream)
        }


def slug(name: str) -> str:
    """A name as part of an id: "Saint John's" becomes saint-johns."""
    words = re.sub(r"['\u2019.]", "", name)
    return "-".join(filter(None, (folded(word) for word in re.split(r"[\W_]+", words))))


def capital_rows(log: Log, cities: Cities) -> Iterator[Row]:
    """The capitals and other seats of government, for as long as the editions show them.

    What no later edition names as a capital has ended as one, between the last edition with it and the next.
    """
    logged = [*_logged_capitals(log, cities), *_capitals_of_moved_pages(log, cities)]
    rows = merged([*logged, *_noted_seats(log, cities)])
    dates = log.dates()
    now = LAST_SEEN.get(dates[-1], dates[-1])
    for row in rows:
        if row.predicate == "P36" and row.seen_last < now:
            following = min(date for date in dates if date > row.seen_last)
            yield replace(row, end=f"{row.seen_last}/{following}")
        else:
            yield row


def _capitals_of_moved_pages(log: Log, cities: Cities) -> Iterator[Row]:
    """The log follows a page from the edition on that has it in its newest folder; the archived editions have
    it before.
    """
    logged = {change.code: change.date for change in reversed(log.changes) if change.field == "capital"}
    for edition in log.editions:
        for code, page in edition.by_code().items():
            state = cities.atlas.countries.get(code)
            if state is None or state.types == ("organisation",) or logged.get(code, "") <= edition.date:
                continue
            text = page.cell("Government", "Capital", "name")
            for name, others in _named_capitals(text):
                title = f"{state.label}, The World Factbook, edition of {edition.date}"
                url = page_url(page.path, edition.commit)
                origin = Origin(url, title, PUBLISHER, edition.date, f"Capital: {text}")
                city = cities.capital(state, name, others)
                yield Row(state, "P36", city, origin, seen_first=edition.seen, seen_last=edition.seen)


def _noted_seats(log: Log, cities: Cities) -> Iterator[Row]:
    """Seats of government that an archived edition names in a note of its own, which the log has not."""
    for edition in log.editions:
        for code, page in edition.by_code().items():
            state = cities.atlas.countries.get(code)
            text = page.cell("Government", "Capital", "note")
            if state is not None and (seat := _SEAT.search(text)):
                title = f"{state.label}, The World Factbook, edition of {edition.date}"
                url = page_url(page.path, edition.commit)
                town = cities.seat(state, seat[1] or seat[2] or seat[3])
                origin = Origin(url, title, PUBLISHER, edition.date, f"Capital: {text}")
                yield Row(
                    state, "seat-of-government", town, origin, seen_first=edition.seen, seen_last=edition.seen
                )


def _logged_capitals(log: Log, cities: Cities) -> Iterator[Row]:
    for change in log.changes:
        state = cities.atlas.countries.get(change.code)
        if change.field != "capital" or state is None or state.types == ("organisation",):
            continue
        for name, others in _named_capitals(change.text):
            city = cities.capital(state, name, others)
            first, last = log.shown(change)
            origin = log.origin(change, state.label, f"Capital: {change.text}")
            yield Row(state, "P36", city, origin, seen_first=first, seen_last=last)
        if seat := _SEAT.search(change.text):
            first, last = log.shown(change)
            origin = log.origin(change, state.label, f"Capital: {change.text}")
            town = cities.seat(state, seat[1] or seat[2] or seat[3])
            yield Row(state, "seat-of-government", town, origin, seen_first=first, seen_last=last)


def _named_capitals(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each capital with its other names; "no official capital" and places that only stand in for one are
    none.
    """
    if re.match(r"no official|administered from|often regarded|\(?none", text):
        return
    own, _, remark = re.sub(r":? ?note [-\u2013]", "; note -", text, count=1).partition("; note -")
    if own.startswith("Nay Pyi Taw ("):
        own = "Nay Pyi Taw"
    parts = _SHARED.split(own)
    # "note - Cotonou (seat of government)" and "note - X is the administrative capital" name a second one.
    if second := re.match(
        r" ?([A-Z][\w ]+?) (?:is the (?:\w+ and )?\w+ capital|\(seat of government\))", remark
    ):
        parts.append(second[1])
    for part in parts:
        bare = re.split(r" is the | in (?:Romanian|Moldovan)| located in", re.sub(r"\([^()]*\)?", "", part))[
            0
        ]
        name = bare.strip(" ;:,.")
        if not name or not name[0].isupper():
            continue
        yield name, list(_other_names(part))


def _other_names(part: str) -> Iterator[str]:
    for inner in re.findall(r"\(([^()]*)\)", part):
        for word in re.split(r"[,/]", inner):
            words = re.sub(r"^aka | (?:as|is) the translit.*| in Russian$", "", word.strip())
            if re.fullmatch(r"[A-Z][\w' -]+", words) and not re.search(
                r"[Cc]apital|Distrito|seat|Cantonment", words
            ):
                yield words
