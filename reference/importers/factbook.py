"""Make the part of the bundled table that comes from the World Factbook and the Database of Embassies.

    python reference/importers/factbook.py DATA_FOLDER

DATA_FOLDER holds `factbook/` (two archived editions and the log of changes), `embassies/` (lists of
missions) and `wikidata/labels.csv` (ids for names). The same data make the same files, byte for byte.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import archives
import atlas as atlas_of
import chanceries
import closures
import currencies as currencies_of
import embassies
import faiths
import missions as missions_of
import offices
import states
from changes import ended, first_dates, newest
from cities import Cities, capital_rows, read_quarters
from classes import CLASSES, REGIONS
from departures import read_departures
from gazetteer import Gazetteer, folded
from log import Log
from people import People
from rows import Row, Thing, merged, write_statements, write_things
from towns import apart, named_before, town_rows

REFERENCE = Path(__file__).resolve().parent.parent
CURATED = REFERENCE / "entities-diplomacy.csv"
EDITIONS = (
    ("factbook-2021-03.tar.gz", "2021-03-01", "82c7c16b84"),
    ("factbook-final-2026.tar.gz", "2026-05-17", "8662a8b17a"),
)
"""The archives with the day and the commit of the copy that they hold."""


def main(data: Path) -> None:
    """Write the four files and say what is in them."""
    editions = tuple(
        archives.edition(data / "factbook" / name, date=date, commit=commit)
        for name, date, commit in EDITIONS
    )
    listings = sorted((data / "embassies").glob("database_of_embassies_*.csv.gz"))
    gazetteer = Gazetteer()
    for listing in listings:
        gazetteer.read_missions(archives.missions(listing))
    gazetteer.read_labels(data / "wikidata" / "labels.csv")
    atlas = atlas_of.build(editions, gazetteer)
    log = Log(archives.changes(data / "factbook" / "factbook_changes.tsv.gz"), editions)

    cities = Cities(atlas, gazetteer, read_quarters(Path(__file__).with_name("quarters.csv")))
    page_rows = ended(newest(merged(_page_rows(editions, atlas))), editions, atlas)
    state_rows = merged([*page_rows, *capital_rows(log, cities)])

    people = People(_known_people(gazetteer, CURATED))
    lines = offices.entries(log, atlas)
    offices.read_people(log, lines, people)
    left = read_departures(Path(__file__).with_name("departures.csv"))
    office_rows = offices.office_rows(log, atlas, lines, people, left)

    others = missions_of.other_places()
    places = atlas.by_id() | {thing.id: thing for thing in others}
    tally = missions_of.Tally()
    missions = [
        mission
        for listing in listings
        for mission in missions_of.read(archives.missions(listing), _date(listing), places, cities, tally)
    ]
    positions = embassies.capital_positions(editions[-1], atlas)
    closed = closures.closures(log, atlas)
    mission_rows = embassies.mission_rows(missions, cities, positions, first_dates(state_rows), closed)
    american = chanceries.embassy_rows(log, cities, atlas.countries["us"])
    mission_rows = [*mission_rows, *merged(american)]

    named = (*state_rows, *office_rows, *mission_rows)
    towns, known = _town_rows(editions, atlas, state_rows), _all_things(named, atlas, cities, others)
    state_rows += merged([*named_before(towns, cities), *apart(towns, known)])
    named = (*state_rows, *office_rows, *mission_rows)
    things = [
        *atlas.countries.values(),
        *others,
        *(cities.things[identifier] for identifier in sorted(cities.things)),
        *(
            thing
            for row in named
            for thing in (row.subject, row.value)
            if isinstance(thing, Thing) and _own(thing, cities)
        ),
        *REGIONS.values(),
        *CLASSES.values(),
        *faiths.things(),
    ]
    print("entities", write_things(REFERENCE / "entities-world.csv", things))
    for name, rows in (("states", state_rows), ("offices", office_rows), ("embassies", mission_rows)):
        print(
            name,
            write_statements(REFERENCE / f"statements-{name}.csv", rows),
            Counter(row.predicate for row in rows),
        )
    for reason, count in sorted(tally.counts.items()):
        print(reason, count)


def _all_things(
    rows: tuple[Row, ...], atlas: atlas_of.Atlas, cities: Cities, others: Iterable[Thing]
) -> Iterator[Thing]:
    """Everything that has a name in the table already."""
    yield from (
        *atlas.countries.values(),
        *others,
        *cities.things.values(),
        *REGIONS.values(),
        *CLASSES.values(),
    )
    yield from faiths.things()
    yield from (thing for row in rows for thing in (row.subject, row.value) if isinstance(thing, Thing))


def _town_rows(editions: tuple[archives.Edition, ...], atlas: atlas_of.Atlas, rows: list[Row]) -> list[Row]:
    capitals: dict[str, set[str]] = {}
    for row in rows:
        if row.predicate in {"P36", "seat-of-government"} and isinstance(row.value, Thing):
            capitals.setdefault(row.subject.id, set()).update({row.value.label, *row.value.aliases})
    return merged(
        town
        for edition in editions
        for page in edition.pages
        if (state := atlas.countries[page.code]).types == ("state",) and state.id in capitals
        for town in town_rows(edition, page, state, capitals[state.id])
    )


def _own(thing: Thing, cities: Cities) -> bool:
    """Towns grow more names while they are read; their last state is taken from `cities`."""
    return thing.id not in cities.things


def _page_rows(editions: tuple[archives.Edition, ...], atlas: atlas_of.Atlas) -> list[Row]:
    purse = currencies_of.build(editions)
    return [
        row
        for edition in editions
        for page in edition.pages
        for row in states.statements(states.Reading(edition, page, atlas.countries[page.code], atlas, purse))
    ]


def _known_people(gazetteer: Gazetteer, curated: Path) -> dict[str, tuple[str, str]]:
    """Names of persons that have one id already, in the list of labels or in the curated table."""
    names: dict[str, dict[str, str]] = {}
    for qid, forms in gazetteer.aliases.items():
        for form in forms:
            if " " in form:
                names.setdefault(folded(form), {})[qid] = forms[0]
    if curated.exists():
        with curated.open(encoding="utf-8", newline="") as stream:
            people = [row for row in csv.DictReader(stream) if row["types"] == "person"]
        labels = {row["id"]: row["label"] for row in people}
        for row in people:
            for form in (row["label"], *filter(None, row["aliases"].split("|"))):
                names.setdefault(folded(form), {})[row["id"]] = row["label"]
        for ids in names.values():
            ids |= {one: labels[one] for one in ids if one in labels}
    return {name: next(iter(ids.items())) for name, ids in names.items() if len(ids) == 1}


def _date(listing: Path) -> str:
    found = re.search(r"\d{4}-\d\d-\d\d", listing.name)
    if found is None:
        raise SystemExit(f"{listing.name}: no date in the name of a list of missions")
    return found[0]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
