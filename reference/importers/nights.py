"""Make the facts that the tests of the nightly refresh write their sources from.

    python reference/importers/nights.py DATA_FOLDER

`tests/refresh/data/missions.csv.gz`: who has which mission in which town, by three editions of the Database
of Embassies (from Wikidata, CC0). `tests/refresh/data/heads.csv.gz`: who heads which state or government, by
each edition of the World Factbook (public domain) that changed a line on it. DATA_FOLDER is that of
`factbook.py`. The same data make the same files, byte for byte.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import archives
import atlas as atlas_of
from factbook import EDITIONS
from gazetteer import Gazetteer
from holders import holders
from log import Log
from titles import FIELDS, relations

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "refresh" / "data"
MISSION = (
    "operator",
    "operatorQID",
    "country",
    "countryQID",
    "city",
    "cityQID",
    "type",
    "typeQID",
    "creation",
    "QID",
)
"""The columns of the Database of Embassies that say what a mission is; the rest is how to reach it."""
HEAD = ("edition_date", "country", "country_id", "office", "holder", "start", "commit")


def main(data: Path) -> None:
    """Write the two files and say how many facts are in them."""
    listings = sorted((data / "embassies").glob("database_of_embassies_*.csv.gz"))
    print("missions", _write(FOLDER / "missions.csv.gz", ("nights", *MISSION), mission_facts(listings)))
    editions = tuple(
        archives.edition(data / "factbook" / name, date=date, commit=commit)
        for name, date, commit in EDITIONS
    )
    gazetteer = Gazetteer()
    for listing in listings:
        gazetteer.read_missions(archives.missions(listing))
    gazetteer.read_labels(data / "wikidata" / "labels.csv")
    atlas = atlas_of.build(editions, gazetteer)
    log = Log(archives.changes(data / "factbook" / "factbook_changes.tsv.gz"), editions)
    print("heads", _write(FOLDER / "heads.csv.gz", HEAD, head_facts(log, atlas)))


def mission_facts(listings: Sequence[Path]) -> Iterator[tuple[str, ...]]:
    """Each row of the lists once, after the days of the lists that have it; a mission that was changed is as
    many rows as it had states.
    """
    nights: dict[tuple[str, ...], list[str]] = {}
    for listing in listings:
        day = re.search(r"\d{4}-\d\d-\d\d", listing.name)
        if day is None:
            raise SystemExit(f"{listing.name}: no date in the name of a list of missions")
        for row in archives.missions(listing):
            nights.setdefault(tuple(row[name] for name in MISSION), []).append(day[0])
    for fact in sorted(nights, key=lambda fact: (fact[-1], nights[fact], fact)):
        yield "|".join(nights[fact]), *fact


def head_facts(log: Log, atlas: atlas_of.Atlas) -> Iterator[tuple[str, ...]]:
    """Whom a line names as head of state or of government from an edition on, and since when: all that the
    line names, each in a row with the commit that first has it so; one row without a name if it names nobody.
    Slips are left as they are, for a source has slips.
    """
    shown: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    for change in log.changes:
        country = atlas.countries.get(change.code)
        if change.field not in FIELDS or country is None or country.types == ("organisation",):
            continue
        office = FIELDS[change.field]
        named = {
            holder.name: holder.start
            for holder in holders(change.text, field=change.field)
            if office
            in relations(holder.title, field=change.field, kind=country.types[0], second=holder.second)
        }
        before = shown.get((change.code, office))
        if before is not None and {name: start for name, (start, _) in before.items()} == named:
            # The line only puts the same in other words.
            continue
        heads = {
            name: known
            if before is not None and (known := before.get(name, ("", "")))[0] == start
            else (start, change.commit)
            for name, start in named.items()
        }
        shown[change.code, office] = heads
        for name, (start, commit) in sorted(heads.items()) or [("", ("", change.commit))]:
            yield change.date, country.label, country.id, office, name, start, commit


def _write(path: Path, header: Sequence[str], rows: Iterable[tuple[str, ...]]) -> int:
    """The rows as a compressed CSV without the day of writing; how many there are."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    return count


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
