"""The queries of the bundled table, run by a SPARQL engine over data in the shape of Wikidata's, and mapped.

What comes out is compared with what the JSON of the entities says, read by a few lines of its own.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat, Store

from tests.refresh.fetching import fetch
from tests.refresh.server import Source
from tests.wikidata.rdf import load
from tests.wikidata.server import fixture
from verifier.night import Feed, FeedKind, Refused
from verifier.refresh.config import read_sources
from verifier.refresh.fetch import RawFile
from verifier.refresh.mapping import map_rows, raw_columns
from verifier.refresh.raw import read_raw
from verifier.sources.bundled import bundled_catalogue, bundled_path

FOLDER = bundled_path()
FEEDS = {feed.name: feed for feed in read_sources(FOLDER / "sources.toml").feeds}
STATES = {"Q6256", "Q3624078", "Q161243"}
PARTIAL = {
    *("P518", "P1013", "P1480", "P1319", "P1326", "P571", "P729", "P576", "P730", "P2669", "P2241"),
}
NATURES = {"Q29509043", "Q132555", "Q712144"}
ROLES = {"P2868", "P3831"}
PROPERTIES = {
    "capitals": "P36",
    "borders": "P47",
    "memberships": "P463",
    "heads-of-state": "P35",
    "heads-of-government": "P6",
    "populations": "P1082",
    "relations": "P530",
    "independence": "P571",
}

Row = Mapping[str, str]


@cache
def store() -> Store:
    return load(fixture())


def answer(name: str, over: Store) -> dict[str, Any]:
    """The JSON of the query's answer."""
    query = (FOLDER / FEEDS[name].address).read_text(encoding="utf-8")
    results: Any = over.query(query)
    found: dict[str, Any] = json.loads(results.serialize(format=QueryResultsFormat.JSON))
    return found


def statements(name: str, over: Store, folder: Path) -> list[Row]:
    """What the source's rows become, without the cells that are empty."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps(answer(name, over)))
    refused: list[Refused] = []
    frames = list(read_raw(RawFile(path, FeedKind.SPARQL), FEEDS[name], refused.append))
    assert refused == []
    mapped = [map_rows(frame, FEEDS[name], bundled_catalogue()) for frame in frames]
    assert sum(rows.left_out for rows in mapped) == 0
    return [
        {
            key: cell.removeprefix(f"{name}:") if key == "statement_id" else cell
            for key, cell in row.items()
            if cell and key != "#"
        }
        for rows in mapped
        for row in rows.frame.to_dict("records")
    ]


# ------------------------------------------------------------------------------- what the JSON says


def labels(of: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {
        entity["id"]: (entity["labels"].get("en") or entity["labels"].get("mul"))["value"]
        for entity in of
        if entity["labels"].get("en") or entity["labels"].get("mul")
    }


def classes(entity: Mapping[str, Any]) -> set[str]:
    """What it is by its best statements."""
    told = [one for one in entity["claims"].get("P31", ()) if one["rank"] != "deprecated"]
    best = [one for one in told if one["rank"] == "preferred"] or told
    return {one["mainsnak"]["datavalue"]["value"]["id"] for one in best if "datavalue" in one["mainsnak"]}


def is_over(entity: Mapping[str, Any]) -> bool:
    return "P576" in entity["claims"] or "Q3024240" in classes(entity)


def values(statement: Mapping[str, Any], qualifier: str) -> list[Any]:
    """The values of a qualifier; None is one that is not known."""
    snaks = statement.get("qualifiers", {}).get(qualifier, ())
    return [snak.get("datavalue", {}).get("value") for snak in snaks if snak["snaktype"] != "novalue"]


def date(value: Mapping[str, Any]) -> str:
    """As far as it is precise; shorter than a year is no date here."""
    whole = value["time"].removeprefix("+").partition("T")[0]
    return {9: whole[:4], 10: whole[:7], 11: whole}.get(value["precision"], "")


def counts(statement: Mapping[str, Any], more: Iterable[str] = ()) -> bool:
    qualifiers = statement.get("qualifiers", {}).keys()
    natures = {value["id"] for value in values(statement, "P5102")}
    return (
        statement["rank"] != "deprecated"
        and statement["mainsnak"]["snaktype"] == "value"
        and not qualifiers & {*PARTIAL, *more}
        and natures <= NATURES
    )


def dated(statement: Mapping[str, Any], column: str, qualifier: str) -> Row | None:
    """The cell of a date; None if the statement cannot be dated."""
    found = values(statement, qualifier)
    if not [value for value in found if value is not None]:
        return {} if not found or qualifier == "P580" else None
    known = [value for value in found if value is not None]
    if len(known if qualifier == "P580" else found) > 1 or not date(known[0]):
        return None
    return {column: date(known[0])}


def urls(statement: Mapping[str, Any]) -> list[str]:
    """The web addresses of its references."""
    return [
        snak["datavalue"]["value"]
        for reference in statement.get("references", ())
        for snak in reference["snaks"].get("P854", ())
        if "datavalue" in snak and re.fullmatch(r"https?://[^ ]+", snak["datavalue"]["value"])
    ]


def is_cited(statement: Mapping[str, Any]) -> bool:
    return any({"P854", "P248"} & reference["snaks"].keys() for reference in statement.get("references", ()))


def expected(name: str) -> Iterator[Row]:
    """The statements that the query should have, from the entities alone."""
    entities = {entity["id"]: entity for entity in fixture()}
    names, property = labels(entities.values()), PROPERTIES[name]
    for id, entity in entities.items():
        wanted = STATES - {"Q161243"} if name == "independence" else STATES
        if not classes(entity) & wanted or is_over(entity) or id not in names:
            continue
        told = [one for one in entity["claims"].get(property, ()) if one["rank"] != "deprecated"]
        for statement in told:
            row = _row(name, statement, names, entities, alone=len(told) == 1)
            if row is not None:
                url = min(urls(statement), default="")
                publisher = re.sub("^https?://([^/]+).*", r"Wikidata, citing \1", url)
                yield {
                    "statement_id": statement["id"],
                    "subject": names[id],
                    "subject_id": id,
                    "predicate": property,
                    **({"rank": "preferred"} if statement["rank"] == "preferred" else {}),
                    "source_url": url or f"https://www.wikidata.org/wiki/{id}",
                    "publisher": publisher or "Wikidata",
                    **row,
                }


def _row(
    name: str,
    statement: Mapping[str, Any],
    names: Mapping[str, str],
    entities: Mapping[str, Mapping[str, Any]],
    *,
    alone: bool,
) -> Row | None:
    """The object and the dates of a statement; None if it is none of the query's."""
    value = statement["mainsnak"].get("datavalue", {}).get("value")
    if name == "independence":
        more = {*ROLES, "P580", "P582"}
        late = date(value) and date(value) >= "1940"
        return {"object": date(value)} if alone and counts(statement, more) and late else None
    if name == "populations":
        point = dated(statement, "point_in_time", "P585")
        return (
            {"object": value["amount"].lstrip("+"), **point}
            if counts(statement, {"P1011"}) and point
            else None
        )
    if not counts(statement, ROLES if name == "memberships" else ()) or value["id"] not in names:
        return None
    if name in ("borders", "relations") and is_over(entities[value["id"]]):
        return None
    start, end = dated(statement, "start", "P580"), dated(statement, "end", "P582")
    if start is None or end is None:
        return None
    if name == "relations" and not start and not is_cited(statement):
        return None
    return {"object": names[value["id"]], "object_id": value["id"], **start, **end}


def by_id(rows: Iterable[Row]) -> dict[str, Row]:
    """By the id of the statement, which the two forms of Wikidata write in either case."""
    return {
        row["statement_id"].casefold(): {
            key: cell for key, cell in row.items() if key not in ("statement_id", "source_title")
        }
        for row in rows
    }


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_query_says_what_the_entities_say(name: str, tmp_path: Path) -> None:
    """Every statement that counts, no other, and each once: with its rank, and dates as they are."""
    found = statements(name, store(), tmp_path)
    right = by_id(expected(name))
    assert len(right) >= (0 if name == "independence" else 6)  # made-up states test it, below
    assert by_id(found) == right
    assert len(found) == len(right)
    assert {row["source_title"].partition(": ")[0] for row in found} == {row["subject"] for row in found}


# ------------------------------------------------------------------------------- made-up statements


def item(id: str, label: str = "", *, language: str = "en", **claims: list[dict[str, Any]]) -> dict[str, Any]:
    """An entity with these statements."""
    told = {
        property: [
            {"id": f"{id}${property}-{n}", "rank": "normal", "type": "statement", **one}
            for n, one in enumerate(ones)
        ]
        for property, ones in claims.items()
    }
    names = {language: {"language": language, "value": label}} if label else {}
    return {"id": id, "type": "item", "labels": names, "descriptions": {}, "aliases": {}, "claims": told}


def snak(value: Any, property: str = "P1") -> dict[str, Any]:
    """An id, a date, an amount; None is a value that is not known."""
    if value is None:
        return {"snaktype": "somevalue", "property": property}
    if value.startswith("Q"):
        kind, data = "wikibase-entityid", {"entity-type": "item", "id": value}
    else:
        precision = {4: 9, 7: 10, 10: 11}.get(len(value), 7)
        filled = (value + "-00-00")[:10] if precision != 7 else f"{value[1:]}-00-00"
        calendar = "http://www.wikidata.org/entity/Q1985727"
        kind = "time"
        data = {
            "time": f"+{filled}T00:00:00Z",
            "precision": precision,
            "timezone": 0,
            "calendarmodel": calendar,
        }
    return {"snaktype": "value", "property": property, "datavalue": {"type": kind, "value": data}}


def said(value: Any, *, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    """A statement; several values of a qualifier are a list."""
    listed = {key: one if isinstance(one, list) else [one] for key, one in qualifiers.items()}
    return {
        "rank": rank,
        "mainsnak": snak(value),
        "qualifiers": {key: [snak(one, key) for one in ones] for key, ones in listed.items()},
    }


def capitals_of(*told: dict[str, Any], folder: Path, **more: list[dict[str, Any]]) -> list[Row]:
    """What the query of capitals makes of a made-up state's statements."""
    state = item("Q901", "Utopia", P31=[said("Q6256")], P36=list(told), **more)
    return statements("capitals", load([state, item("Q902", "Amaurot"), item("Q903", "Mentiranum")]), folder)


@pytest.mark.parametrize(
    ("told", "rows"),
    [
        ([said("Q902")], [{}]),
        ([said("Q902", rank="preferred")], [{"rank": "preferred"}]),
        ([said("Q902", rank="deprecated")], []),
        ([said("Q902", P580="1516")], [{"start": "1516"}]),
        ([said("Q902", P580="1516-12", P582="1517-01-31")], [{"start": "1516-12", "end": "1517-01-31"}]),
        ([said("Q902", P580=None)], [{}]),
        ([said("Q902", P582=None)], []),
        ([said("Q902", P580="c1500")], []),
        ([said("Q902", P580=["1516", "1520"])], []),
        ([said("Q902", P582=["1516", None])], []),
        ([said("Q902", P518="Q903")], []),
        ([said("Q902", P1480="Q903")], []),
        ([said("Q902", P1326="1520")], []),
        ([said("Q902", P5102="Q132555")], [{}]),
        ([said("Q902", P5102="Q903")], []),
        ([said(None)], []),
        ([said("Q904")], []),
    ],
)
def test_which_statements_count(told: list[dict[str, Any]], rows: list[Row], tmp_path: Path) -> None:
    """An unknown end is an end, an unknown start is none; what is in doubt or of a part is left out."""
    same = {"subject": "Utopia", "object": "Amaurot", "source_url": "https://www.wikidata.org/wiki/Q901"}
    kept = ("subject", "object", "source_url", "rank", "start", "end")
    found = capitals_of(*told, folder=tmp_path)
    assert [{key: row[key] for key in kept if key in row} for row in found] == [
        {**same, **row} for row in rows
    ]


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ([said("1960-07-05")], ["1960-07-05"]),
        ([said("1940")], ["1940"]),
        ([said("1999-12")], ["1999-12"]),
        ([said("2011-07-09", rank="preferred")], ["2011-07-09"]),
        ([said("1939-12-31")], []),
        ([said("1804")], []),
        ([said("1947-08-15"), said("1950-01-26")], []),
        ([said("1947-08-15"), said("1950-01-26", rank="deprecated")], ["1947-08-15"]),
        ([said("1960-07-05", P518="Q903")], []),
        ([said(None)], []),
    ],
)
def test_which_inceptions_count(told: list[dict[str, Any]], days: list[str], tmp_path: Path) -> None:
    """The only one of a state, if it is young: older states came to be in steps."""
    over = load([item("Q901", "Utopia", P31=[said("Q6256")], P571=told)])
    assert [row["object"] for row in statements("independence", over, tmp_path)] == days


def test_a_state_that_is_no_more_is_left_out(tmp_path: Path) -> None:
    assert capitals_of(said("Q902"), folder=tmp_path, P576=[said("1600")]) == []


def test_a_name_for_all_languages_serves(tmp_path: Path) -> None:
    """Where there is no English one."""
    state = item("Q901", "Utopia", P31=[said("Q6256")], P35=[said("Q902"), said("Q903")])
    people = [item("Q902", "Utopus", language="mul"), item("Q903", "Ademus", language="fr")]
    (row,) = statements("heads-of-state", load([state, *people]), tmp_path)
    assert row["object"] == "Utopus"


def mission(id: str, kind: str, place: str, **more: list[dict[str, Any]]) -> dict[str, Any]:
    claims = {"P31": [said(kind)], "P137": [said("Q901")], "P17": [said("Q910")], "P131": [said(place)]}
    return item(id, f"mission {id}", **{**claims, **more})


def missions(*ones: dict[str, Any], folder: Path) -> list[Row]:
    """What the query makes of made-up missions of Utopia in Brobdingnag."""
    world = [
        item("Q901", "Utopia"),
        item("Q910", "Brobdingnag", P36=[said("Q911")]),
        item("Q911", "Lorbrulgrud"),
        item("Q912", "North Quarter", P131=[said("Q913")]),
        item("Q913", "Northern District", P131=[said("Q911")]),
        item("Q914", "Flanflasnic", P31=[said("Q915")]),
        item("Q915", "port city", P279=[said("Q515")]),
        item("Q916", "Harbour Quarter", P131=[said("Q914")]),
    ]
    return statements("missions", load([*world, *ones]), folder)


@pytest.mark.parametrize(
    ("one", "said_of_it"),
    [
        (mission("Q950", "Q3917681", "Q911"), [("embassy", "Lorbrulgrud")]),
        (mission("Q950", "Q3917681", "Q912"), [("embassy", "Lorbrulgrud")]),
        (mission("Q950", "Q3917681", "Q914"), [("embassy", "Flanflasnic")]),
        (mission("Q950", "Q3917681", "Q916"), [("diplomatic-mission", "Harbour Quarter")]),
        (
            mission("Q950", "Q18414273", "Q911"),
            [("embassy", "Lorbrulgrud"), ("high-commission", "Lorbrulgrud")],
        ),
        (mission("Q950", "Q372690", "Q914"), [("consulate", "Flanflasnic")]),
        (mission("Q950", "Q7843791", "Q916"), [("consulate", "Harbour Quarter")]),
        (mission("Q950", "Q23891529", "Q914"), [("honorary-consulate", "Flanflasnic")]),
        (mission("Q950", "Q64779402", "Q911"), [("liaison-office", "Lorbrulgrud")]),
        (mission("Q950", "Q33506", "Q911"), []),
        (mission("Q950", "Q3917681", "Q911", P131=[], P276=[said("Q914")]), [("embassy", "Flanflasnic")]),
        (mission("Q950", "Q3917681", "Q911", P131=[]), []),
        (mission("Q950", "Q3917681", "Q911", P131=[said("Q911"), said("Q914")]), []),
        (mission("Q950", "Q3917681", "Q911", P137=[said("Q901"), said("Q914")]), []),
        (mission("Q950", "Q3917681", "Q911", P31=[said("Q3917681"), said("Q372690")]), []),
        (mission("Q950", "Q3917681", "Q911", P1001=[said("Q901")]), []),
        (mission("Q950", "Q3917681", "Q911", P1001=[said("Q910")]), [("embassy", "Lorbrulgrud")]),
        (mission("Q950", "Q3917681", "Q911", P576=[said(None)]), []),
        (mission("Q950", "Q3917681", "Q911", P571=[said("c1800")]), []),
    ],
)
def test_what_is_said_of_a_mission(
    one: dict[str, Any], said_of_it: list[tuple[str, str]], tmp_path: Path
) -> None:
    """Whose it is, in which town; of one that stands in a quarter, only if it is the capital's."""
    assert [(row["predicate"], row["object"]) for row in missions(one, folder=tmp_path)] == said_of_it


def test_a_mission_has_its_country_and_dates(tmp_path: Path) -> None:
    one = mission("Q950", "Q3917681", "Q911", P571=[said("1726-10")], P576=[said("1730-01-02")])
    assert missions(one, folder=tmp_path) == [
        {
            "statement_id": "Q950",
            "subject": "Utopia",
            "subject_id": "Q901",
            "predicate": "embassy",
            "object": "Lorbrulgrud",
            "object_id": "Q911",
            "start": "1726-10",
            "end": "1730-01-02",
            "source_url": "https://www.wikidata.org/wiki/Q950",
            "source_title": "embassy of Utopia in Brobdingnag",
            "P17": "Brobdingnag",
        }
    ]


def test_the_rows_come_from_a_service(tmp_path: Path) -> None:
    """Asked once, as its rules want it, and read from the file that comes."""
    state = item("Q901", "Utopia", P31=[said("Q6256")], P36=[said("Q902", P580="1516")])
    with Source([state, item("Q902", "Amaurot")]) as source:
        settings = source.settings(tmp_path)
        raw = fetch(FEEDS["capitals"], folder=tmp_path, base=FOLDER, settings=settings)
        assert [seen.head[0].partition(" ")[0] for seen in source.seen] == ["POST"]
    (frame,) = read_raw(raw, FEEDS["capitals"])
    rows = map_rows(frame, FEEDS["capitals"], bundled_catalogue()).frame
    assert rows[["subject", "object", "start"]].to_numpy().tolist() == [["Utopia", "Amaurot", "1516"]]


# ------------------------------------------------------------------------------- the files themselves


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_a_source_names_what_its_query_has(feed: Feed) -> None:
    """Every raw column is a variable, even of an answer without rows; dates come with their precision."""
    variables = answer(feed.name, Store())["head"]["vars"]
    assert set(raw_columns(feed)) <= set(variables)
    for column in ("start", "end", "point_in_time"):
        assert (column in variables) == (f"{column}_precision" in variables)


@pytest.mark.parametrize("path", sorted((FOLDER / "queries").glob("*.rq")), ids=lambda path: path.stem)
def test_a_query_is_plain_sparql(path: Path) -> None:
    """No service of one engine; the order is fixed, so that answers can be compared; a source reads it."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "SERVICE" not in text
    assert "ORDER BY" in text
    assert "LIMIT" not in text
    assert [feed.name for feed in FEEDS.values() if feed.address == f"queries/{path.name}"] == [path.stem]


def test_the_ids_in_the_queries_are_those_of_the_reader_of_wikidata() -> None:
    """Which classes are states and missions, and which qualifiers leave a statement undecided."""
    known = tomllib.loads((FOLDER / "wikidata.toml").read_text(encoding="utf-8"))
    qualifiers = {*known["partial"]["qualifiers"], *known["time"]["not_before"], *known["time"]["not_after"]}
    missions = (FOLDER / "queries" / "missions.rq").read_text(encoding="utf-8")
    capitals = (FOLDER / "queries" / "capitals.rq").read_text(encoding="utf-8")
    assert qualifiers <= PARTIAL
    assert set(re.findall(r"pq:(P[0-9]+)", capitals)) == {*PARTIAL, "P5102", "P582"}
    assert (
        set(known["natures"]) == NATURES == set(re.findall(r"wd:(Q[0-9]+)", capitals)) - STATES - {"Q3024240"}
    )
    assert set(known["missions"]) == set(re.findall(r"\(wd:(Q[0-9]+) ", missions))
