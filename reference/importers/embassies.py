"""Diplomatic missions by edition of the Database of Embassies, as rows."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import replace

from archives import Edition
from atlas import Atlas
from cities import Cities
from closures import Closure, Closures
from missions import Mission
from rows import Origin, Row, Thing, merged, shortened

PUBLISHER = "Database of Embassies, from Wikidata"
NEAR_CAPITAL_KM = 40.0
NEAR_TOWN_KM = 15.0
_TOWN_OF_EMBASSIES = 20
"""From so many embassies on, a town that is not the capital is where embassies of that state are said to
be.
"""
_FIRST_START = "1800"
"""No mission of the lists has stood so long; an earlier creation is that of the building."""


def mission_rows(
    missions: list[Mission],
    cities: Cities,
    capitals: dict[str, tuple[float, float]],
    founded: dict[str, str] | None = None,
    closed: Closures | None = None,
) -> list[Row]:
    """The missions as rows: sender, relation by kind, town, with the host as a qualifier.

    An embassy in a suburb is not in the capital, but everybody says it is. So a town that only lies near
    the capital (or near a town where many embassies are) is no statement of where the embassy is: the row
    says then that there is a diplomatic mission. A quarter of which a source or its own name says which
    city it belongs to gets a row that says so. An embassy that a newer edition lists as a consulate was one
    all along. A state as the town of its own mission is no statement, and a mission older than the sender or
    the host (`founded`: the first date of each) is not this one. An embassy to Libya that stands in Tunis is
    no embassy in Tunisia, but a diplomatic mission there. An embassy ended when the Factbook says that it
    closed (`closed`); where it says that there is none, the row says so.
    """
    first = founded or {}
    by_edition = sorted(missions, key=lambda one: one.edition)
    newest = {one.id: one.relation for one in by_edition}
    listed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in by_edition:
        listed[one.id, one.city].append(one.edition)
    missions = [one for one in missions if (one.relation, newest[one.id]) != ("embassy", "consulate")]
    missions = [one for one in missions if "state" not in cities.town_types(one.city)]
    missions = [replace(one, opened="") if _too_early(one, first) else one for one in missions]
    here = {(one.id, one.host.id) for one in missions if not one.elsewhere}
    missions = [
        replace(one, relation="diplomatic-mission")
        if one.elsewhere and (one.id, one.host.id) not in here
        else one
        for one in missions
    ]
    towns = _towns(missions, cities)
    where = _positions(missions)
    senders = {(one.host.id, towns[one].id, one.sender.id) for one in missions if one.relation == "embassy"}
    crowded = Counter((host, town) for host, town, _ in senders)
    rows = []
    for one in missions:
        town = towns[one]
        relation = one.relation
        if "capital" in town.types:
            pass
        elif (around := cities.around(town, one.host)) is not None:
            rows.append(_part_of(one, town, *around))
        elif relation == "embassy" and _near(one, town, where, capitals, crowded):
            relation = "diplomatic-mission"
        closure = (closed or {}).get((one.sender.id, one.host.id)) if one.relation == "embassy" else None
        commission = relation == "embassy" and "high commission" in one.kind.lower()
        if closure is None or (closure.day and one.opened > closure.day):
            rows.append(_row(one, relation, town))
            # What a state of the Commonwealth has in another one is an embassy, and called a high commission.
            if commission:
                called = _row(one, "high-commission", town)
                rows.append(replace(called, statement_id=f"{called.statement_id}-high-commission"))
        elif closure.denies(one.edition):
            rows.append(_denial(one, town, closure))
        elif not closure.doubts(one.edition):
            rows.append(_closed(_row(one, relation, town), closure, listed[one.id, one.city]))
    hosts = {one.host.label: one.host.id for one in missions}
    shared = {thing.label for thing in cities.things.values()} & set(hosts)
    return [_by_id(row, hosts, shared) for row in _with_ids(_one_start(merged(rows)))]


def _by_id(row: Row, hosts: dict[str, str], shared: set[str]) -> Row:
    """A row whose host shares its name with a town names the host by its id."""
    host = dict(row.qualifiers).get("P17", "")
    return replace(row, qualifiers=(("P17", hosts[host]),)) if host in shared else row


def _too_early(one: Mission, founded: dict[str, str]) -> bool:
    return bool(one.opened) and any(
        one.opened[:4] < day[:4]
        for day in (_FIRST_START, founded.get(one.sender.id, ""), founded.get(one.host.id, ""))
    )


def _one_start(rows: list[Row]) -> list[Row]:
    """A mission opened when the newest edition that states it says so."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        host = dict(row.qualifiers).get("P17", "")
        key = (row.statement_id, row.predicate, row.subject.id, row.object_id, host, row.polarity)
        found[key].append(row)
    kept = []
    for group in found.values():
        dated = [row for row in group if row.start]
        start = max(dated, key=lambda row: row.origin.retrieved).start if dated else ""
        kept.extend(replace(row, start=start) for row in group if row.statement_id)
        kept.extend(row for row in group if not row.statement_id)
    return merged(kept)


def _towns(missions: list[Mission], cities: Cities) -> dict[Mission, Thing]:
    return {one: cities.of_mission(one.city, one.city_name, one.host) for one in missions}


def _positions(missions: list[Mission]) -> dict[str, tuple[float, float]]:
    """The middle of the missions of each town."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in missions:
        if one.place is not None:
            found[one.city].append(one.place)
    return {city: _median(places) for city, places in found.items()}


def _median(places: list[tuple[float, float]]) -> tuple[float, float]:
    middle = len(places) // 2
    return sorted(place[0] for place in places)[middle], sorted(place[1] for place in places)[middle]


def _near(
    one: Mission,
    town: Thing,
    where: dict[str, tuple[float, float]],
    capitals: dict[str, tuple[float, float]],
    crowded: Counter[tuple[str, str]],
) -> bool:
    """Whether the town lies by the capital or by a town of embassies, or nobody knows where it lies."""
    if "city" not in town.types:
        return True
    if crowded[one.host.id, town.id] >= _TOWN_OF_EMBASSIES and not _within(
        where.get(one.city), capitals.get(one.host.id), NEAR_CAPITAL_KM
    ):
        return False
    place = one.place or where.get(one.city)
    if place is None:
        return True
    if _within(place, capitals.get(one.host.id), NEAR_CAPITAL_KM):
        return True
    hubs = [
        city for (host, city), count in crowded.items() if host == one.host.id and count >= _TOWN_OF_EMBASSIES
    ]
    return any(_within(place, where.get(city), NEAR_TOWN_KM) for city in hubs)


def _within(one: tuple[float, float] | None, other: tuple[float, float] | None, km: float) -> bool:
    if one is None or other is None:
        return False
    (lat1, lon1), (lat2, lon2) = ((math.radians(value) for value in place) for place in (one, other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(math.sqrt(half)) <= km


def _row(one: Mission, relation: str, town: Thing) -> Row:
    return Row(
        one.sender,
        relation,
        town,
        _origin(one, f"{one.kind} of {one.sender.label}; country: {one.country}; city: {one.city_name}"),
        start=one.opened,
        seen_first=one.edition,
        seen_last=one.edition,
        qualifiers=(("P17", one.host.label),),
        statement_id=one.id,
    )


def _closed(row: Row, closure: Closure, listed: list[str]) -> Row:
    """The row of an embassy with its end; what a list behind the time shows later does not count."""
    end = closure.end(listed)
    if not end:
        return row
    words = f'"{shortened(closure.origin.quote, 110)}" ({closure.origin.title})'
    gone = end.split("/")[0]
    seen = row.seen_last if row.seen_last[: len(gone)] <= gone else ""
    origin = replace(row.origin, quote=f"{row.origin.quote}; {words}")
    return replace(row, end=end, seen_first=seen, seen_last=seen, origin=origin)


def _denial(one: Mission, town: Thing, closure: Closure) -> Row:
    return Row(
        one.sender,
        one.relation,
        town,
        closure.origin,
        seen_first=closure.first,
        seen_last=closure.last,
        polarity="negative",
        qualifiers=(("P17", one.host.label),),
    )


def _part_of(one: Mission, quarter: Thing, city: Thing, source: Origin | None) -> Row:
    own = _origin(one, f"city: {one.city_name}; country: {one.host.label}")
    return Row(quarter, "P131", city, source or own)


def _origin(one: Mission, quote: str) -> Origin:
    url = f"https://www.wikidata.org/wiki/{one.id}"
    return Origin(
        url, f"{one.kind} of {one.sender.label} in {one.host.label} ({one.id})", PUBLISHER, one.edition, quote
    )


def _with_ids(rows: list[Row]) -> list[Row]:
    """Statement ids: the mission's own; with the town's, where editions give one mission several towns or
    dates.
    """
    counts = Counter(row.statement_id for row in rows if row.statement_id)
    taken: Counter[str] = Counter()
    found = []
    for row in sorted(rows, key=lambda row: (row.statement_id, row.predicate, row.object_id, row.start)):
        if counts[row.statement_id] > 1:
            taken[row.statement_id] += 1
            row = replace(row, statement_id=f"{row.statement_id}-{taken[row.statement_id]}")
        found.append(row)
    return found


def capital_positions(edition: Edition, atlas: Atlas) -> dict[str, tuple[float, float]]:
    """Where the Factbook says that each capital lies, by the id of the state; the first if there are
    several.
    """
    found = {}
    for page in edition.pages:
        text = page.cell("Government", "Capital", "geographic coordinates")
        if parts := re.search(r"(\d+) (\d+) ([NS]),? (\d+) (\d+) ([EW])", text):
            # "50 84 N, 4 35 E" gives hundredths of a degree; all others give minutes.
            parts_of_degree = 100 if int(parts[2]) >= 60 or int(parts[5]) >= 60 else 60
            lat = (int(parts[1]) + int(parts[2]) / parts_of_degree) * (1 if parts[3] == "N" else -1)
            lon = (int(parts[4]) + int(parts[5]) / parts_of_degree) * (1 if parts[6] == "E" else -1)
            found[atlas.countries[page.code].id] = (lat, lon)
    return found
