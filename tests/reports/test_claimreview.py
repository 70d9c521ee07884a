"""ClaimReview: by the vocabulary of schema.org and by shapes from the documentation of its readers."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from pyshacl import validate
from rdflib import Graph, URIRef

from tests.reports.drafts import TEXT, draft, hostile_draft, result
from tests.reports.report import hostile, report
from verifier.dates import parse_date
from verifier.model import Document, Report, Verdict
from verifier.reports import claimreview
from verifier.reports.claimreview import Publication

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:(rdflib|pyshacl)")

CONTEXT = {
    # As https://schema.org/docs/jsonldcontext.jsonld has them; its Date and Number are those of XML Schema in
    # the shapes of schema.org.
    "@vocab": "http://schema.org/",
    "url": {"@type": "@id"},
    "datePublished": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
    **{
        name: {"@type": "http://www.w3.org/2001/XMLSchema#float"}
        for name in ("ratingValue", "bestRating", "worstRating")
    },
}
NEWSROOM = Publication(
    "https://news.example/checks/ties#{id}", "The Example", "https://news.example/", parse_date("2021-02-03")
)


def read(*reports: Report, publication: Publication = NEWSROOM) -> Any:
    return json.loads(claimreview.render(*reports, publication=publication))


def reviews(*reports: Report, publication: Publication = NEWSROOM) -> list[Any]:
    found: list[Any] = read(*reports, publication=publication)["@graph"]
    return found


def page(document: Document | None = None) -> Report:
    """A page of the web with a date of its own."""
    told = document or Document(
        TEXT, "https://paper.example/a b", parse_date("2021-01-30"), title="Ties", dated="metadata"
    )
    return replace(draft(), document=told)


EVERYTHING = (
    report(),
    draft(),
    page(),
    hostile(),
    hostile_draft("x.md"),
    hostile_draft("https://x.example/"),
)


def graph(record: Any) -> Graph:
    assert record["@context"] == "https://schema.org"
    quads = jsonld.to_rdf({**record, "@context": CONTEXT}, {"format": "application/n-quads"})
    return Graph().parse(data=quads, format="nt")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(Path(__file__).parent / "review_shapes.ttl")


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    """The shapes of schema.org by datashapes.org, which pySHACL ships."""
    return Graph().parse(files("pyshacl").joinpath("assets", "schema.ttl"), format="turtle")  # type: ignore[arg-type]


def problems(record: Any, shapes: Graph, types: Graph | None = None) -> str:
    """What SHACL finds; `types` says which type is below which."""
    conforms, _, text = validate(graph(record), shacl_graph=shapes, ont_graph=types)
    return "" if conforms else text


def test_it_has_what_is_required_and_recommended(shapes: Graph) -> None:
    """Once the newsroom has said who publishes it, where and when."""
    record = read(*EVERYTHING)
    assert len(record["@graph"]) == sum(len(one.results) for one in EVERYTHING)
    assert problems(record, shapes) == ""


SPOILT: dict[str, Callable[[Any], object]] = {
    "no page": lambda review: review.pop("url"),
    "no claim": lambda review: review.pop("claimReviewed"),
    "no rating": lambda review: review.pop("reviewRating"),
    "no name": lambda review: review["author"].pop("name"),
    "a number alone": lambda review: review["reviewRating"].update(ratingValue=3),
    "a number for unknown": lambda review: review["reviewRating"].update(
        ratingValue=3, bestRating=5, worstRating=1
    ),
    "a year for a day": lambda review: review.update(datePublished="2021"),
    "a review of another thing": lambda review: review["itemReviewed"].update({"@type": "CreativeWork"}),
    "a script for a page": lambda review: review.update(url="javascript:alert(1)"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_the_shapes_would_find_it(name: str, shapes: Graph) -> None:
    """A review of an unknown claim, spoilt."""
    record = read(draft(verdict=Verdict.UNKNOWN))
    assert problems(record, shapes) == ""
    spoilt = copy.deepcopy(record)
    SPOILT[name](spoilt["@graph"][0])
    assert problems(spoilt, shapes) != ""


@pytest.mark.slow
def test_every_word_is_one_of_schema_org(vocabulary: Graph) -> None:
    """Each property exists, stands with a type that has it, and has a value of a kind that it takes."""
    told = graph(read(*EVERYTHING))
    for subject, predicate, _ in told:
        if predicate.startswith("http://schema.org/"):
            types = [str(kind) for kind in told.objects(subject, None) if (kind, None, None) in vocabulary]
            assert any(has(vocabulary, kind, str(predicate)) for kind in types), (predicate, types)
    assert problems(read(*EVERYTHING), vocabulary, vocabulary) == ""
    spoilt = read(report())
    spoilt["@graph"][0]["reviewRating"]["@type"] = "Claim"
    assert "reviewRating" in problems(spoilt, vocabulary, vocabulary)


def has(vocabulary: Graph, kind: str, predicate: str) -> bool:
    """Whether a type, or one above it, has the property."""
    query = """
        PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        ASK { ?kind rdfs:subClassOf*/sh:property/sh:path ?path }
    """
    bound = {"kind": URIRef(kind), "path": URIRef(predicate)}
    return bool(vocabulary.query(query, initBindings=bound).askAnswer)


def test_the_rating() -> None:
    """1 or 5 for what the sources decide, and no number for what they do not."""
    supported, contradicted, unknown = (one["reviewRating"] for one in reviews(report()))
    scale = {"bestRating": 5, "worstRating": 1}
    assert supported.items() >= {"ratingValue": 5, "alternateName": "Supported", **scale}.items()
    assert contradicted.items() >= {"ratingValue": 1, "alternateName": "Contradicted", **scale}.items()
    assert unknown == {
        "@type": "Rating",
        "alternateName": "Unknown",
        "ratingExplanation": "There is no row for Morocco and Sudan.",
    }


def test_a_claim_is_never_cut() -> None:
    """Of "... is not true" cut, the review would be of the opposite."""
    claim = f"It is said of {'this and ' * 20}that, which is not true"
    (one,) = reviews(Report(Document(""), (result("c", claim, Verdict.CONTRADICTED),)))
    assert one["claimReviewed"] == claim == one["itemReviewed"]["text"]


def test_nothing_is_made_up() -> None:
    """What the newsroom does not give is left out, and named."""
    for one in reviews(*EVERYTHING, publication=Publication()):
        assert not {"url", "author", "datePublished"} & set(one)
    assert Publication().missing == ("url", "author", "datePublished")
    assert NEWSROOM.missing == ()
    odd = Publication("javascript:alert(1)", "A", "data:x", parse_date("2021"))
    (one,) = reviews(Report(Document(""), (result("c", "x", Verdict.UNKNOWN),)), publication=odd)
    assert (one["author"], "url" in one, "datePublished" in one) == (
        {"@type": "Organization", "name": "A"},
        False,
        False,
    )
    assert odd.missing == ("url", "datePublished")


def test_where_and_when_it_was_claimed() -> None:
    """A page of the web that says when it was published; not a draft, and not a day that somebody gave."""
    assert reviews(page())[0]["itemReviewed"] == {
        "@type": "Claim",
        "text": "“Pristina” 𝔦𝔰 the capital of Kosovo",
        "datePublished": "2021-01-30",
        "appearance": {"@type": "CreativeWork", "url": "https://paper.example/a%20b", "name": "Ties"},
    }
    given = page(Document(TEXT, "draft.md", parse_date("2021-01-30"), dated="front matter"))
    assert set(reviews(given)[0]["itemReviewed"]) == {"@type", "text"}


def test_each_review_has_an_anchor_of_its_own() -> None:
    """`{id}` is the id of the claim, whatever is in it."""
    assert [one["url"] for one in reviews(report())] == [
        f"https://news.example/checks/ties#c{number}" for number in (1, 2, 3)
    ]
    odd = Report(Document(""), (result("a b/#\n>", "x", Verdict.UNKNOWN),))
    assert reviews(odd)[0]["url"] == "https://news.example/checks/ties#a%20b%2F%23%0A%3E"


def test_sources_are_cited() -> None:
    """By address only if it is one of the web."""
    assert reviews(report())[1]["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "Kosovo",
            "url": "https://example.org/factbook/kv",
            "publisher": {"@type": "Organization", "name": "The World Factbook"},
        },
        {"@type": "CreativeWork", "name": "my_table.csv, line 12"},
        {
            "@type": "CreativeWork",
            "name": "A [trap](x)",
            "publisher": {"@type": "Organization", "name": "Nobody"},
        },
    ]
