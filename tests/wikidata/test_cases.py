"""A table of claims that Wikidata decides: by a snapshot, and by asking the service."""

from __future__ import annotations

import csv
import datetime
import gzip
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from tests.wikidata.forms import entity
from tests.wikidata.server import DATA, Wikidata, named
from tests.wikidata.world import Clock
from verifier.check import Checker
from verifier.dates import day, parse_date
from verifier.model import ClaimRow, Report, Result
from verifier.readers.claim_text import claim_row
from verifier.reports.record import report_record
from verifier.settings import Settings
from verifier.sources.bundled import bundled_catalogue
from verifier.sources.wikidata import client
from verifier.sources.wikidata.labels import read_labels
from verifier.sources.wikidata.snapshot import build_snapshot
from verifier.sources.wikidata.vocabulary import wikidata_vocabulary

CASES = tomllib.loads((DATA.parents[1] / "cases" / "wikidata.toml").read_text(encoding="utf-8"))["case"]
AS_OF = "2020-07-01"
LABELS = DATA / "cases_labels.csv"
Asked = Callable[[Sequence[ClaimRow] | str], Report]


@cache
def entities() -> tuple[Mapping[str, Any], ...]:
    """The entities of the cases, as they were in 2020."""
    with gzip.open(DATA / "cases.ndjson.gz", "rt", encoding="utf-8") as lines:
        return tuple(json.loads(line) | {"modified": f"{AS_OF}T00:00:00Z"} for line in lines)


def rows() -> list[ClaimRow]:
    """The claims of the cases, each of its own day."""
    return [
        ClaimRow(**{**_fields(case), "id": str(number), "as_of": parse_date(case.get("as_of", AS_OF))})
        for number, case in enumerate(CASES)
    ]


def _fields(case: Mapping[str, str]) -> dict[str, Any]:
    row = claim_row(case["claim"], "")
    return {name: getattr(row, name) for name in ("claim", "subject", "predicate", "object")}


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for what all checkers lay out once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def by_snapshot(cache_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Result]:
    """What a snapshot of the entities makes of the cases, by their numbers."""
    path = tmp_path_factory.mktemp("wikidata") / "cases.snapshot"
    build_snapshot(
        entities(),
        path,
        catalogue=bundled_catalogue(),
        vocabulary=wikidata_vocabulary(),
        name=path.name,
        labels=read_labels(LABELS),
        day=day(2020, 7, 1),
    )
    checker = Checker([path], bundled=False, settings=Settings(cache_dir=cache_dir))
    return {result.claim.id: result for result in checker.check(rows()).results}


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=[f"{n}: {case['claim']}" for n, case in enumerate(CASES)]
)
def test_each_case(number: int, by_snapshot: Mapping[str, Result]) -> None:
    """The statements decide the claim as the table says, for that reason and in those words."""
    case, result = CASES[number], by_snapshot[str(number)]
    assert f"{result.verdict} {result.reason}" == case["is"], result.explanation
    assert [words for words in case["says"] if words not in result.explanation] == [], result.explanation


def test_each_verdict_cites_its_statement(by_snapshot: Mapping[str, Result]) -> None:
    """By its id, with the address of the page where it can be read."""
    for result in by_snapshot.values():
        cited = [f.statement.sources[0] for part in result.parts for f in part.findings]
        assert all(one.statement_id and one.url.startswith("https://www.wikidata.org/wiki/") for one in cited)
        assert cited or result.verdict == "unknown", result.claim.text


# ------------------------------------------------------------------------------------- by asking the service


@pytest.fixture(scope="module")
def service() -> Iterator[Wikidata]:
    """A local Wikidata with the entities of the cases; those that they refer to have their names alone."""
    whole = {entity["id"]: entity for entity in entities()}
    with LABELS.open(encoding="utf-8", newline="") as lines:
        others = {row["id"]: named(row) for row in csv.DictReader(lines)}
    with Wikidata({**others, **whole}.values()) as server:
        yield server


@pytest.fixture
def asked(service: Wikidata, cache_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What comes of asking the service on the day of the data."""
    clock = Clock(datetime.datetime(2020, 7, 1, 12, tzinfo=datetime.UTC))
    monkeypatch.setattr(client, "Client", partial(client.Client, patience=clock.patience()))

    def check(what: Sequence[ClaimRow] | str) -> Report:
        day = AS_OF if isinstance(what, str) else None
        return Checker(bundled=False, settings=service.settings(cache_dir), as_of=day).check(what)

    return check


@pytest.mark.slow
def test_the_service_gives_the_same_verdicts(
    service: Wikidata, asked: Asked, by_snapshot: Mapping[str, Result]
) -> None:
    """Live and from a snapshot, the same statements decide by the same rules; asked again, nothing leaves."""
    report = asked(rows())
    assert report.failures == ()
    found = {r.claim.id: f"{r.verdict} {r.reason}: {r.claim.text}" for r in report.results}
    told = {id: f"{r.verdict} {r.reason}: {r.claim.text}" for id, r in by_snapshot.items()}
    assert [pair for pair in zip(told.values(), found.values(), strict=True) if pair[0] != pair[1]] == []
    before = len(service.seen)
    again = asked(rows())
    assert again.results == report.results
    assert len(service.seen) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("claim", "expected", "words"),
    [
        ("All members of NATO are members of the Warsaw Pact", "contradicted counter-example", "Poland"),
        (
            "At least three members of NATO are members of the European Union",
            "supported count-agrees",
            "France, Germany",
        ),
        ("All members of NATO are members of the United Nations", "unknown incomplete-group", "Canada"),
    ],
)
def test_a_group_whose_members_the_service_tells(
    service: Wikidata, asked: Asked, claim: str, expected: str, words: str
) -> None:
    """Members that the claim does not name are asked for by a query."""
    (result,) = asked(claim).results
    assert f"{result.verdict} {result.reason}" == expected, result.explanation
    assert words in result.explanation
    assert any("P463" in seen.parameters.get("query", "") for seen in service.seen)


GHANA = (
    entity("Q6256 country"),
    entity("Q515 city"),
    entity("Q3917681 embassy"),
    entity("Q117 Ghana", "P31 Q6256"),
    entity("Q1008 Ivory Coast", "P31 Q6256"),
    entity("Q3761 Accra", "P31 Q515", "P17 Q117"),
    entity("Q1515 Abidjan", "P31 Q515", "P17 Q1008"),
    entity(
        "Q21 Embassy of Ivory Coast, Accra",
        "P31 Q3917681",
        "P137 Q1008",
        "P17 Q117",
        "P131 Q3761",
        "P571 1961",
    ),
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Ivory Coast has an embassy in Accra", "supported"),
        ("Ivory Coast | embassy | Accra", "supported"),
        ("Ghana has an embassy in Abidjan", "unknown"),
    ],
)
def test_a_mission_that_no_claim_names(asked: Asked, service: Wikidata, claim: str, verdict: str) -> None:
    """A query finds the items of the missions of the states that a claim speaks of."""
    with pytest.MonkeyPatch.context() as patch, Wikidata(GHANA) as ghana:
        patch.setattr(service, "settings", ghana.settings)
        (result,) = asked(claim).results
    assert result.verdict == verdict, result.explanation
    if verdict == "supported":
        assert result.parts[0].findings[0].statement.sources[0].statement_id == "Q21$1"


def test_what_a_program_is_told_of_a_statement(asked: Asked) -> None:
    """Its id, rank and qualifiers, and Wikidata itself as the first source, with the revision."""
    report = asked("Paris is the capital of France")
    told = report_record(report)["results"][0]["parts"][0]["evidence"][0]
    statement, sources = told["statement"], told["sources"]
    assert (statement["subject"]["id"], statement["relation"]["id"], statement["rank"]) == (
        "Q142",
        "P36",
        "preferred",
    )
    assert {"relation": "P828", "value": {"type": "entity", "id": "Q1151917", "label": "Q1151917"}} in (
        statement["qualifiers"]
    )
    assert sources[0] == {
        "url": "https://www.wikidata.org/wiki/Q142#P36",
        "title": "France - Wikidata",
        "publisher": "Wikidata",
        "retrieved": "2020-07-01",
        "statement_id": statement["id"],
        "revision": "142",
    }


def test_a_value_without_a_name_is_told_as_such(asked: Asked) -> None:
    """An id by itself says nothing to people."""
    (result,) = asked("Donald Trump was the head of state of East Germany in 1980").results
    assert "was Q2607 (name not known), from" in result.explanation
