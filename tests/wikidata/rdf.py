"""Entities as RDF, in the shape of Wikidata's query service.

The shape is that of https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format; a test holds this
against what a real Wikibase writes. Identifiers of values are our own.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

WD, WIKIBASE, PROP = (
    "http://www.wikidata.org/entity/",
    "http://wikiba.se/ontology#",
    "http://www.wikidata.org/prop/",
)
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
LABELS = (
    LABEL,
    NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
    NamedNode("http://schema.org/name"),
)
ALIAS = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
DESCRIPTION = NamedNode("http://schema.org/description")
DERIVED = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
XSD = "http://www.w3.org/2001/XMLSchema#"

Term = NamedNode | BlankNode | Literal
Triple = tuple[NamedNode | BlankNode, NamedNode, Term]


def load(entities: Iterable[Mapping[str, Any]]) -> Store:
    """A store to be asked in SPARQL."""
    store = Store()
    store.bulk_extend(Quad(*triple) for entity in entities for triple in triples(entity))
    return store


def triples(entity: Mapping[str, Any]) -> Iterator[Triple]:
    """The triples of one entity with its statements, references and values."""
    subject = NamedNode(WD + entity["id"])
    yield subject, TYPE, _wikibase("Property" if entity["id"].startswith("P") else "Item")
    for name in _all(entity, "labels"):
        for predicate in LABELS:
            yield subject, predicate, Literal(name["value"], language=name["language"])
    for name in _all(entity, "descriptions"):
        yield subject, DESCRIPTION, Literal(name["value"], language=name["language"])
    for names in _all(entity, "aliases"):
        for name in names:
            yield subject, ALIAS, Literal(name["value"], language=name["language"])
    for property, told in (entity.get("claims") or {}).items():
        best = _best(told)
        for statement in told:
            yield from _statement(subject, property, statement, statement["rank"] == best)


def _statement(
    subject: NamedNode, property: str, statement: Mapping[str, Any], best: bool
) -> Iterator[Triple]:
    node = NamedNode(f"{WD}statement/{statement['id'].replace('$', '-', 1)}")
    yield subject, NamedNode(PROP + property), node
    yield node, TYPE, _wikibase("Statement")
    yield node, _wikibase("rank"), _wikibase(f"{statement['rank'].capitalize()}Rank")
    if best:
        yield node, TYPE, _wikibase("BestRank")
        yield from _snak(subject, "direct", property, statement["mainsnak"], deep=False)
    yield from _snak(node, "statement", property, statement["mainsnak"])
    for name, snaks in statement.get("qualifiers", {}).items():
        for snak in snaks:
            yield from _snak(node, "qualifier", name, snak)
    for reference in statement.get("references", ()):
        source = NamedNode(f"http://www.wikidata.org/reference/{reference['hash']}")
        yield node, DERIVED, source
        yield source, TYPE, _wikibase("Reference")
        for name, snaks in reference["snaks"].items():
            for snak in snaks:
                yield from _snak(source, "reference", name, snak)


def _snak(
    subject: NamedNode, role: str, property: str, snak: Mapping[str, Any], *, deep: bool = True
) -> Iterator[Triple]:
    predicate = NamedNode(f"{PROP}{role}/{property}")
    if snak["snaktype"] == "novalue":
        yield subject, TYPE, NamedNode(f"{PROP}novalue/{property}")
        return
    if snak["snaktype"] == "somevalue":
        yield subject, predicate, BlankNode()
        return
    value, kind = snak["datavalue"]["value"], snak["datavalue"]["type"]
    yield subject, predicate, _simple(value, kind, snak.get("datatype", ""))
    if deep and kind in ("time", "quantity"):
        digest = hashlib.md5(json.dumps(value, sort_keys=True).encode(), usedforsecurity=False).hexdigest()
        node = NamedNode(f"http://www.wikidata.org/value/{digest}")
        yield subject, NamedNode(f"{PROP}{role}/value/{property}"), node
        yield from _value(node, value, kind)


def _value(node: NamedNode, value: Mapping[str, Any], kind: str) -> Iterator[Triple]:
    if kind == "time":
        yield node, TYPE, _wikibase("TimeValue")
        yield node, _wikibase("timeValue"), _time(value["time"])
        yield node, _wikibase("timePrecision"), _integer(value["precision"])
        yield node, _wikibase("timeTimezone"), _integer(value["timezone"])
        yield node, _wikibase("timeCalendarModel"), NamedNode(value["calendarmodel"])
        return
    yield node, TYPE, _wikibase("QuantityValue")
    for name, key in (
        ("quantityAmount", "amount"),
        ("quantityUpperBound", "upperBound"),
        ("quantityLowerBound", "lowerBound"),
    ):
        if key in value:
            yield node, _wikibase(name), _decimal(value[key])
    unit = "http://www.wikidata.org/entity/Q199" if value["unit"] == "1" else value["unit"]
    yield node, _wikibase("quantityUnit"), NamedNode(unit)


def _simple(value: Any, kind: str, datatype: str) -> Term:
    if kind == "wikibase-entityid":
        return NamedNode(WD + value["id"])
    if kind == "time":
        return _time(value["time"])
    if kind == "quantity":
        return _decimal(value["amount"])
    if kind == "monolingualtext":
        return Literal(value["text"], language=value["language"])
    if kind == "globecoordinate":
        return Literal(f"Point({value['longitude']} {value['latitude']})")
    if datatype == "url":
        return NamedNode(value)
    return Literal(value)


def _time(text: str) -> Literal:
    """A month or day that is not known is written as the first."""
    date = re.sub(r"-00(?=[-T])", "-01", text.removeprefix("+"))
    return Literal(date, datatype=NamedNode(f"{XSD}dateTime"))


def _decimal(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(f"{XSD}decimal"))


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(f"{XSD}integer"))


def _wikibase(name: str) -> NamedNode:
    return NamedNode(WIKIBASE + name)


def _best(told: Iterable[Mapping[str, Any]]) -> str:
    ranks = {statement["rank"] for statement in told}
    return "preferred" if "preferred" in ranks else "normal"


def _all(entity: Mapping[str, Any], part: str) -> Iterable[Any]:
    return (entity.get(part) or {}).values()
