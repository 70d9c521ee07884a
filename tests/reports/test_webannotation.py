"""Web Annotation: by the context of the W3C, by the model, and by two libraries that find the text again."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from tests.reports.consumer import answer, installed
from tests.reports.drafts import CLAIMS, TEXT, draft, hostile_draft, result
from tests.reports.report import report
from verifier.model import Document, Report, Verdict
from verifier.reports import webannotation

OA, AS, RDF = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
CONTEXT = {
    # What http://www.w3.org/ns/anno.jsonld says of the words that are used here, and of no other: one that is
    # not in it would be dropped, and a test would miss it. The source of the context is
    # https://github.com/w3c/web-annotation/blob/gh-pages/jsonld/anno.jsonld.
    "id": "@id",
    "type": "@type",
    **{
        name: OA + name
        for name in (
            *("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector"),
            *("assessing", "tagging", "linking", "editing"),
            *("exact", "prefix", "suffix", "start", "end"),
        )
    },
    **{
        name: {"@id": OA + told, "@type": "@id"}
        for name, told in {
            "body": "hasBody",
            "target": "hasTarget",
            "source": "hasSource",
            "selector": "hasSelector",
        }.items()
    },
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "Software": AS + "Application",
    "first": {"@id": AS + "first", "@type": "@id"},
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
    "generator": {"@id": AS + "generator", "@type": "@id"},
    "total": AS + "totalItems",
    "startIndex": AS + "startIndex",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "name": "http://xmlns.com/foaf/0.1/name",
    "value": RDF + "value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
}


def read(*reports: Report) -> Any:
    return json.loads(webannotation.render(*reports))


def items(*reports: Report) -> list[Any]:
    found: list[Any] = read(*reports)["first"]["items"]
    return found


def targets(annotation: Any) -> list[Any]:
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def words(value: Any) -> set[str]:
    """Every key and type that is used."""
    if isinstance(value, list):
        return set().union(*map(words, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    types = {value["type"]} if "type" in value else set()
    return set(value) | types | set().union(*(words(inside) for inside in value.values()))


def test_every_word_is_one_of_the_standard() -> None:
    """As RDF it keeps each of them: nothing is dropped when the context is applied."""
    record = read(report(), draft(), hostile_draft("x.md"))
    assert record["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert words(record) - {"@context"} <= set(CONTEXT)
    (expanded,) = jsonld.expand(
        {**record, "@context": CONTEXT}, {"base": "https://example.org/", "processingMode": "json-ld-1.0"}
    )
    (page,) = expanded[AS + "first"]
    found = page[AS + "items"][0]["@list"]
    assert len(found) == record["total"] == len(items(report(), draft(), hostile_draft("x.md")))
    for one in found:
        assert one["@type"] == [OA + "Annotation"]
        assert one[OA + "motivatedBy"] == [{"@id": OA + "assessing"}]
        for target in one[OA + "hasTarget"]:
            assert target[OA + "hasSource"][0]["@id"].startswith("https://example.org/")
            assert len(target[OA + "hasSelector"]) == 2


def test_selectors_tell_the_place_to_the_character() -> None:
    """Exactly one quote with what stands around it, and the code points, the end not included."""
    for annotation, (told, count) in zip(items(draft()), CLAIMS, strict=True):
        assert len(targets(annotation)) == count
        for target in targets(annotation):
            quote, position = target["selector"]
            assert target["source"] == "drafts/ties.md"
            assert TEXT[position["start"] : position["end"]] == quote["exact"] == told
            assert TEXT[: position["start"]].endswith(quote["prefix"])
            assert TEXT[position["end"] :].startswith(quote["suffix"])
            for around in (quote["prefix"], quote["suffix"]):
                assert len(around.encode("utf-16-le")) <= 64
            assert len(quote["prefix"].encode("utf-16-le")) >= min(62, 2 * position["start"])
            assert TEXT.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def test_a_body_for_each_thing_that_is_said() -> None:
    """Verdict and reason as tags, the sentence, the repair, and sources only where they are of the web."""
    contradicted = items(report())[1]
    assert contradicted["body"] == [
        {"type": "TextualBody", "value": "contradicted", "purpose": "tagging"},
        {"type": "TextualBody", "value": "date-differs", "purpose": "tagging"},
        {
            "type": "TextualBody",
            "value": "The declaration was on 17 February 2008, not in 2009.",
            "format": "text/plain",
            "language": "en",
            "purpose": "assessing",
        },
        {
            "type": "TextualBody",
            "value": "17 February 2008",
            "format": "text/plain",
            "language": "en",
            "purpose": "editing",
        },
        {"type": "SpecificResource", "source": "https://example.org/factbook/kv", "purpose": "linking"},
    ]


def test_what_is_part_of_no_document_is_not_annotated() -> None:
    """A text from nowhere has an address of its own bytes; a row of a table has no place."""
    nowhere = replace(draft(), document=Document(TEXT, "-"))
    (source,) = {target["source"] for one in items(nowhere) for target in targets(one)}
    assert source == "ni:///sha-256;" + urlsafe_b64encode(sha256(TEXT.encode()).digest()).decode().rstrip("=")
    row = Report(Document("", "claims.csv"), (result("r1", "Oslo | in | Spain", Verdict.UNKNOWN),))
    assert (items(row), read(row)["total"]) == ([], 0)


def test_ids_are_lasting_and_of_one_thing_only() -> None:
    """Of each annotation, of the page and of the collection."""
    nowhere = [Report(Document(text), draft().results) for text in (TEXT, f"{TEXT} ")]
    record = read(report(), draft(), *nowhere)
    ids = [record["id"], record["first"]["id"], *(one["id"] for one in record["first"]["items"])]
    assert len(set(ids)) == len(ids)
    changed = replace(draft(), document=Document(f"New. {TEXT}", "drafts/ties.md"))
    assert [one["id"] for one in items(changed)] == [one["id"] for one in items(draft())]


@pytest.mark.slow
def test_two_libraries_find_the_text_again(tmp_path: Path) -> None:
    """@apache-annotator/dom by quote and by position, dom-anchor-text-quote by quote, in a DOM."""
    found = [target for one in items(draft()) for target in targets(one)]
    asked = [{"quote": one["selector"][0], "position": one["selector"][1]} for one in found]
    answers = json.loads(
        answer(installed(tmp_path), "anchors.mjs", json.dumps({"text": TEXT, "targets": asked}))
    )
    assert len(answers) == len(found) == sum(count for _, count in CLAIMS)
    for one, said in zip(asked, answers, strict=True):
        start = len(TEXT[: one["position"]["start"]].encode("utf-16-le")) // 2
        place = [start, one["quote"]["exact"]]
        assert said == {"quoted": [place], "placed": [place], "anchored": place}
