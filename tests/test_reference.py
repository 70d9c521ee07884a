"""The bundled table keeps what `reference/README.md` promises of its rows."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from verifier.dates import parse_date
from verifier.relations import read_catalogue

REFERENCE = Path(__file__).parent.parent / "reference"
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
    for _, row in rows(*sorted(REFERENCE.glob("entities-*.csv"))):
        labels.setdefault(row["id"], set()).add(row["label"])
    assert {id: found for id, found in labels.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("relation", "column", "name", "counted"),
    [
        ("P463", "object", "United Nations", 193),
        ("P463", "object", "Arab League", 22),
        ("P31", "object", "Arab state", 22),
    ],
)
def test_a_complete_list_has_as_many_rows_as_were_counted(
    relation: str, column: str, name: str, counted: int
) -> None:
    """What is declared complete may contradict, so its length is that of a sourced count."""
    declared = tomllib.loads((REFERENCE / "table.toml").read_text(encoding="utf-8"))["complete"]
    assert any(item["relation"] == relation and item.get(column) == name for item in declared)
    listed = {
        row["subject_id"] or row["subject"]
        for _, row in rows(*FILES)
        if row["predicate"] == relation
        and row[column] == name
        and not row.get("end")
        and row.get("polarity") != "negative"
    }
    assert len(listed) == counted


def test_properties_carry_wikidata_s_own_labels() -> None:
    """No property id is from memory: each is in Wikidata's list with the label that the catalogue gives it."""
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
