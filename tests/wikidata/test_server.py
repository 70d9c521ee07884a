"""The local server answers in the form in which a real Wikibase does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import requests

from tests.wikidata.rdf import triples
from tests.wikidata.record import record
from tests.wikidata.server import DATA, Wikidata

FORMS = json.loads((DATA / "forms.json").read_text(encoding="utf-8"))
ASKED = {
    "wbgetentities_Q1246": "Q1246|Q801",
    "wbgetentities_missing": "Q999999",
    "wbgetentities_invalid": "X5",
    "wbgetentities_51ids": "|".join(f"Q{number}" for number in range(1, 52)),
}


def ask(wikidata: Wikidata, **parameters: str) -> requests.Response:
    return requests.get(wikidata.api, params={"format": "json", **parameters}, timeout=5)


def shape(data: Any) -> Any:
    """Which keys there are, and what kind of values."""
    if isinstance(data, dict):
        return {
            key: shape(value) for key, value in data.items() if key not in ("hash", "messages", "servedby")
        }
    return [shape(one) for one in data[:1]] if isinstance(data, list) else type(data).__name__


@pytest.mark.parametrize("name", FORMS)
def test_answers_have_the_form_of_the_service(name: str, wikidata: Wikidata) -> None:
    """The same keys, headers and codes."""
    form = FORMS[name]
    for id, entity in form["body"].get("entities", {}).items():
        wikidata.entities.pop(id, None)
        if "missing" not in entity:
            wikidata.entities[id] = {
                key: entity[key] for key in entity if key not in ("pageid", "ns", "title")
            }
    answer = ask(wikidata, action="wbgetentities", ids=ASKED[name])
    for header, value in form["headers"].items():
        assert answer.headers[header].casefold() == value.casefold()
    assert shape(answer.json()) == shape(form["body"])
    if "error" in form["body"]:
        error = answer.json()["error"]
        assert {key: error[key] for key in error if key != "*"} == {
            key: value for key, value in form["body"]["error"].items() if key not in ("*", "messages")
        }


def test_a_search_has_the_form_of_the_service(wikidata: Wikidata) -> None:
    """https://www.wikidata.org/w/api.php?action=help&modules=wbsearchentities"""
    answer = ask(wikidata, action="wbsearchentities", search="oxford", language="en", limit="1").json()
    assert answer["searchinfo"] == {"search": "oxford"}
    assert answer["search-continue"] == 1
    (hit,) = answer["search"]
    assert hit["match"] == {"type": "label", "language": "en", "text": "Oxford"}
    assert ask(wikidata, action="wbsearchentities", search="zzzz", language="en").json() == {
        "searchinfo": {"search": "zzzz"},
        "search": [],
        "success": 1,
    }


def test_entities_become_the_triples_of_a_real_wikibase() -> None:
    """All those of an entity, its statements, references and values, up to the names of values."""

    def without_values(found: Any) -> set[str]:
        return {str(triple) for triple in found if "wikidata.org/value/" not in str(triple)}

    real = pyoxigraph.parse((DATA / "Q1246.nt").read_bytes(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    entity = FORMS["wbgetentities_Q1246"]["body"]["entities"]["Q1246"]
    ours = [pyoxigraph.Triple(*triple) for triple in triples(entity)]
    assert without_values(ours) == without_values(
        pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in real
    )
    assert any("TimeValue" in str(triple) for triple in ours)


def test_ranks_snaks_and_qualifiers_can_be_asked_for(wikidata: Wikidata) -> None:
    """In SPARQL, as of Wikidata: what is truthy, and what was once."""
    wikidata.entities = {"Q30": wikidata.entities["Q30"]}
    prefixes = (
        "PREFIX wd: <http://www.wikidata.org/entity/> PREFIX p: <http://www.wikidata.org/prop/>"
        "PREFIX ps: <http://www.wikidata.org/prop/statement/> PREFIX pq: <http://www.wikidata.org/prop/qualifier/>"
        "PREFIX wdt: <http://www.wikidata.org/prop/direct/> PREFIX wikibase: <http://wikiba.se/ontology#>"
    )

    def rows(query: str) -> list[dict[str, str]]:
        answer = requests.get(wikidata.sparql, params={"query": prefixes + query}, timeout=5).json()
        return [{key: term["value"] for key, term in row.items()} for row in answer["results"]["bindings"]]

    assert [row["c"] for row in rows("SELECT ?c { wd:Q30 wdt:P36 ?c }")] == [
        "http://www.wikidata.org/entity/Q61"
    ]
    once = rows("SELECT ?c ?r ?end { wd:Q30 p:P36 ?s . ?s ps:P36 ?c ; wikibase:rank ?r ; pq:P582 ?end }")
    assert {row["r"] for row in once} == {"http://wikiba.se/ontology#NormalRank"}
    assert {row["end"][:4] for row in once} == {"1790", "1800"}
    assert requests.get(wikidata.sparql, params={"query": "SELECT"}, timeout=5).status_code == 400


def test_answers_can_be_recorded(wikidata: Wikidata, tmp_path: Path) -> None:
    """With what was sent; a second recording asks again only for what is new."""
    settings = wikidata.settings(tmp_path / "cache")
    assert record(tmp_path, "entities", ["Q30", "Q123456"], settings) == []
    assert record(tmp_path, "search", ["New York"], settings) == []
    (tmp_path / "x.rq").write_text("SELECT ?x { VALUES ?x { 1 } }")
    assert record(tmp_path, "select", [str(tmp_path / "x.rq")], settings) == []
    assert json.loads((tmp_path / "Q30.json").read_text(encoding="utf-8"))["entity"]["id"] == "Q30"
    found = json.loads((tmp_path / "search-New-York.json").read_text(encoding="utf-8"))
    assert found["found"][0]["label"] == "New York"
    assert (tmp_path / "trace.txt").read_text(encoding="utf-8").count("> GET ") == len(wikidata.seen) == 3
