"""What `verifier coverage` prints, against golden files, and what may act on a terminal or a spreadsheet.

To accept a change, run `UPDATE_GOLDEN=1 pytest tests/reports` and read the difference.
"""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.factory import CATALOGUE, world
from tests.reports.test_reports import ACTIVE, compare
from verifier.dates import parse_date
from verifier.relations import Catalogue
from verifier.reports.survey_data import render_csv, render_json
from verifier.reports.survey_text import render_conflicts, render_text
from verifier.survey import Scope, Survey, survey

WORLD = world(
    (
        "Kosovo | capital | Pristina; seen=2015-10-28..2021-03-01; id=states.csv:2; source=The Factbook",
        "Kosovo | capital | Prizren; seen=2020..2020; id=q1; source=An atlas",
        "Norway | capital | Oslo; start=1814; end=2024",
        "US | embassy | Tel Aviv; country=Israel; start=1966; end=2018-05-14",
        "US | embassy | Jerusalem; country=Israel; start=2018-05-14; seen=2021-01-01..2021-04-22",
        "US | embassy | Jerusalem; country=Israel; P5102=pledge; at=2017-12-06",
        "Serbia | recognises | Kosovo; denied=yes; start=2008-02-17",
        "Albania | recognises | Kosovo; start=2008-02-18",
        "Palau | recognises | Kosovo; rank=deprecated; start=2009",
        "Kosovo | population | 1935259; at=2021",
    ),
    things=("Kosovo: state, territory",),
    complete=("* | embassy | Jerusalem; as-of=2021-02-01",),
)
NAMED = Catalogue({id: CATALOGUE[id] for id in ("capital", "embassy", "recognises", "population", "spouse")})
SCOPES = {
    "all": {},
    "year": {"years": (2020,)},
    "relation": {"relations": ("capital", "embassy"), "years": tuple(range(2010, 2021))},
    "entity": {"entities": ("Kosovo", "US"), "years": (2008, 2016, 2017, 2020)},
}


def found(name: str) -> Survey:
    return survey(WORLD, NAMED, Scope(parse_date("2021-06-01"), **SCOPES[name]))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SCOPES)
def test_a_survey_is_written_as_in_its_golden_file(name: str) -> None:
    """Text for people, byte for byte."""
    compare(f"survey-{name}.terminal.txt", render_text(found(name)))


def test_conflicts_are_written_as_in_their_golden_file() -> None:
    """The rows by file and line or by their own id, and their sources."""
    compare("survey-conflicts.terminal.txt", render_conflicts(found("all")))


@pytest.mark.parametrize("name", ["relation", "entity"])
def test_the_data_is_written_as_in_its_golden_file(name: str) -> None:
    """JSON and CSV for programs; conflicts in full only where they are asked."""
    compare(f"survey-{name}.json.txt", render_json(found(name), conflicts=name == "entity"))
    compare(f"survey-{name}.csv.txt", render_csv(found(name)))


def test_no_line_is_longer_than_promised() -> None:
    """100 columns, but for the addresses of sources."""
    texts = [render_text(found(name)) for name in SCOPES] + [render_conflicts(found("all"))]
    assert max(len(line) for text in texts for line in text.splitlines() if "→" not in line) <= 100


def test_the_figures_are_the_same_in_every_format() -> None:
    """One row of CSV a relation, one object of JSON."""
    record = json.loads(render_json(found("all")))
    rows = list(csv.DictReader(io.StringIO(render_csv(found("all")))))
    assert [row["relation_id"] for row in rows] == [each["id"] for each in record["relations"]]
    for row, each in zip(rows, record["relations"], strict=True):
        assert (
            int(row["rows"])
            == each["rows"]
            == sum(each[kind] for kind in ("affirmed", "denied", "recorded", "deprecated"))
        )
        assert int(row["conflicts"]) == each["conflicts"]


def test_what_comes_from_outside_does_not_act() -> None:
    """Neither control characters nor formulas, wherever a table may have them."""
    evil = "=1+1\x1b[31m\u202e"
    known = world([f"{evil} | capital | a{evil}; table={evil}", f"{evil} | capital | b{evil}; table={evil}"])
    for asked in ({}, {"relations": ("capital",)}, {"entities": (evil,)}):
        one = survey(_trusted(known), NAMED, Scope(parse_date("2021"), **asked))  # type: ignore[arg-type]
        for text in (
            render_text(one),
            render_conflicts(one),
            render_json(one, conflicts=True),
            render_csv(one),
        ):
            assert ACTIVE.search(text) is None
        for row in csv.reader(io.StringIO(render_csv(one, conflicts=True))):
            assert not any(cell.startswith("=") for cell in row)


def _trusted(known: object) -> object:
    """A world that trusts its tables, whatever their names."""
    known.trust = lambda statement: 1  # type: ignore[attr-defined]
    return known
