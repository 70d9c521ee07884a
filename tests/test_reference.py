"""The bundled table keeps what `reference/README.md` promises of its rows."""

from __future__ import annotations

import csv
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from verifier.dates import parse_date
from verifier.model import Day
from verifier.relations import read_catalogue
from verifier.sources import open_source

REFERENCE = Path(__file__).parent.parent / "reference"
ENTITIES = sorted(REFERENCE.glob("entities-*.csv"))
FILES = sorted(REFERENCE.glob("statements-*.csv"))
NATURES = {"pledge", "plan", "announcement", "stated position", "agreement", "claim", "report", "request"}


def rows(*paths: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Every row with its file and line."""
    for path in paths:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            for row in reader:
                yield f"{path.name}:{reader.line_num}", row


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_row_can_be_looked_up(path: Path) -> None:
    """A row names an address, what is found there, who publishes it, and when it was read."""
    bare = [
        place
        for place, row in rows(path)
        if not row["source_url"].startswith(("https://", "http://"))
        or not all(row[name].strip() for name in ("source_title", "publisher", "retrieved", "quote"))
    ]
    assert bare == []


def test_no_fact_stands_there_twice() -> None:
    """The same fact from the same page is one row."""
    times = Counter(
        tuple(
            value for name, value in sorted(row.items()) if name not in {"quote", "retrieved", "source_title"}
        )
        for _, row in rows(*FILES)
    )
    assert [row for row, count in times.items() if count > 1] == []


def test_every_predicate_is_in_the_catalogue() -> None:
    """A misspelt predicate would make a relation of its own, in silence."""
    catalogue = read_catalogue(REFERENCE / "relations.toml")
    unknown = {row["predicate"] for _, row in rows(*FILES)} - set(catalogue.relations)
    assert unknown == set()


def test_what_was_only_said_says_what_it_was() -> None:
    """The nature of a statement that never counts as a fact is one of a few words."""
    found = {row["P5102"] for _, row in rows(*FILES) if row.get("P5102")}
    assert found <= NATURES


def test_an_id_is_one_thing() -> None:
    """Files of entities may add names to each other's things, not rename them."""
    labels: dict[str, set[str]] = {}
    for _, row in rows(*ENTITIES):
        labels.setdefault(row["id"], set()).add(row["label"])
    assert {id: found for id, found in labels.items() if len(found) > 1} == {}


def test_a_row_calls_a_thing_by_a_name_of_its_id() -> None:
    """An id that is mistyped, or of another thing than the name beside it, would turn the row into a lie."""
    names: dict[str, set[str]] = {}
    for _, row in rows(*ENTITIES):
        names.setdefault(row["id"], set()).update((row["label"], *row["aliases"].split("|")))
    wrong = [
        (place, row[end], row[f"{end}_id"])
        for place, row in rows(*FILES)
        for end in ("subject", "object")
        if (row[f"{end}_id"] or end == "subject") and row[end] not in names.get(row[f"{end}_id"], ())
    ]
    assert wrong == []


def test_no_country_bears_the_name_of_another() -> None:
    """A country that has two ids, or the label of another for an alias, would be ambiguous for good."""
    bearers: dict[str, set[str]] = {}
    labels = set()
    for _, row in rows(*ENTITIES):
        if {"state", "territory"} & set(row["types"].split("|")):
            labels.add(row["label"])
            for name in (row["label"], *filter(None, row["aliases"].split("|"))):
                bearers.setdefault(name, set()).add(row["id"])
    assert {name: found for name, found in bearers.items() if name in labels and len(found) > 1} == {}


def listed(relation: str, name: str) -> set[str]:
    """The subjects of the rows that say so of this object, and that have not ended."""
    return {
        row["subject_id"]
        for _, row in rows(*FILES)
        if (row["predicate"], row["object"]) == (relation, name)
        and not row.get("end")
        and row.get("polarity") != "negative"
    }


def declared(relation: str) -> set[str]:
    """The objects whose list of subjects is declared complete."""
    tables = tomllib.loads((REFERENCE / "table.toml").read_text(encoding="utf-8"))
    return {
        item["object"] for item in tables["complete"] if item["relation"] == relation and "object" in item
    }


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("Arab state", 22),
        ("Baltic state", 3),
        ("Benelux country", 3),
        ("Nordic state", 5),
        ("South Caucasus state", 3),
        ("Visegrád state", 4),
        ("permanent member of the United Nations Security Council", 5),
    ],
)
def test_a_complete_class_has_as_many_members_as_were_counted(name: str, counted: int) -> None:
    """What is declared complete may contradict, so its length is that of a sourced count."""
    assert name in declared("P31")
    assert len(listed("P31", name)) == counted


ONE_SEAT = {"factbook:wi": "Q40362"}
"""Western Sahara, as the Factbook calls the member that is the Sahrawi Arab Democratic Republic."""


def in_force(row: dict[str, str], day: Day) -> bool:
    """Whether the row's dates leave room for this day; a figure of one moment tells of that moment only."""
    start, end = (parse_date(row[name]) if row.get(name) else None for name in ("start", "end"))
    if row["predicate"] == "P2124" and start is None and end is None:
        when = parse_date(row["point_in_time"])
        return when.earliest <= day <= when.latest
    return (start is None or start.earliest <= day) and (end is None or day <= end.latest)


def test_a_complete_list_of_members_is_as_long_as_a_row_states() -> None:
    """On the first and the last day of each span, the rows are as many as a source counts then; a state that
    one source calls a member and another does not is not counted.
    """
    members: dict[str, list[dict[str, str]]] = {}
    counts: dict[str, list[dict[str, str]]] = {}
    for _, row in rows(*FILES):
        if row["predicate"] == "P463":
            members.setdefault(row["object"], []).append(row)
        elif row["predicate"] == "P2124":
            counts.setdefault(row["subject"], []).append(row)
    wrong = []
    for item in tomllib.loads((REFERENCE / "table.toml").read_text(encoding="utf-8"))["complete"]:
        if item["relation"] != "P463":
            continue
        span = parse_date(item["as_of"])
        for day in (span.earliest, span.latest):
            now = [row for row in members[item["object"]] if in_force(row, day)]
            denied = {row["subject_id"] for row in now if row.get("polarity") == "negative"}
            found = len({ONE_SEAT.get(row["subject_id"], row["subject_id"]) for row in now} - denied)
            stated = {int(row["object"]) for row in counts[item["object"]] if in_force(row, day)}
            if found not in stated:
                wrong.append((item["object"], day, found, stated))
    assert wrong == []
    assert {"United Nations", "Arab League"} <= declared("P463")


def test_properties_carry_wikidata_s_own_labels() -> None:
    """No property id is from memory: each has the label that Wikidata gives it."""
    catalogue = read_catalogue(REFERENCE / "relations.toml")
    with (Path(__file__).parent / "cases" / "properties.csv").open(encoding="utf-8", newline="") as stream:
        known = {row["id"]: row["label"] for row in csv.DictReader(stream)}
    ours = {
        id: relation.label
        for id, relation in catalogue.relations.items()
        if id[0] == "P" and id[1:].isdigit()
    }
    assert ours == known


def test_dates_are_dates() -> None:
    """Every date of every row is ISO 8601, and no row ends before it began."""
    for place, row in rows(*FILES):
        dates = {
            name: parse_date(row[name])
            for name in ("start", "end", "point_in_time", "seen_first", "seen_last")
            if row.get(name)
        }
        if "start" in dates and "end" in dates:
            assert dates["start"].earliest <= dates["end"].latest, place


@pytest.mark.slow
def test_a_copy_is_accepted_as_curated(tmp_path: Path) -> None:
    """Every id is declared, under that name; every predicate is in the catalogue; no row stands twice."""
    for path in (*REFERENCE.glob("*.csv"), *REFERENCE.glob("*.toml")):
        shutil.copy(path, tmp_path)
    declared = tmp_path / "table.toml"
    text = declared.read_text(encoding="utf-8")
    if "curated" not in tomllib.loads(text):
        declared.write_text(f"curated = true\n{text}", encoding="utf-8")
    catalogue = read_catalogue(REFERENCE / "relations.toml")
    assert open_source(tmp_path, catalogue=catalogue).info.statements == sum(1 for _ in rows(*FILES))
