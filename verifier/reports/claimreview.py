"""ClaimReview (schema.org, JSON-LD): the claims that a newsroom may publish its check of, with their ratings.

The type: https://schema.org/ClaimReview. What readers of it want:
https://developers.google.com/search/docs/appearance/structured-data/factcheck.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from verifier.dates import iso
from verifier.model import Date, Document, Precision, Report, Result, Source, Verdict
from verifier.reports.escape import visible, web_address
from verifier.reports.listed import listed
from verifier.reports.places import sources_of

__all__ = ["Publication", "render"]

Record = dict[str, Any]

_WORST, _BEST = 1, 5
_RATINGS = {Verdict.SUPPORTED: _BEST, Verdict.CONTRADICTED: _WORST}
"""1: the sources contradict it; 5: they support it. There is nothing between, and no number for unknown."""

_MADE = ("metadata", "byline")


@dataclass(frozen=True, slots=True)
class Publication:
    """What only the newsroom knows of its review; what it does not give is left out, and never made up."""

    url: str = ""
    """The page on which the review stands. `{id}` in it becomes the id of the claim: an anchor for each."""
    author: str = ""
    """The organisation that publishes it."""
    author_url: str = ""
    published: Date | None = None
    """The day of publication."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The properties that readers of ClaimReview want and that nobody gave."""
        given = {"url": web_address(self.url), "author": self.author, "datePublished": _day(self.published)}
        return tuple(name for name, value in given.items() if not value)


def render(*reports: Report, publication: Publication = Publication()) -> str:
    """A graph with a review of each claim that is not suppressed.

    `claimReviewed` is the claim in full: cut to the 75 characters that Google would like, a claim may say the
    opposite.
    """
    reviews = (
        _review(result, report, publication)
        for report in reports
        for result in report.results
        if result.suppressed is None
    )
    return listed({"@context": "https://schema.org", "@graph": []}, reviews)


def _review(result: Result, report: Report, publication: Publication) -> Record:
    return {
        "@type": "ClaimReview",
        **_publication(result, publication),
        "claimReviewed": visible(result.claim.text),
        "reviewRating": _rating(result),
        "itemReviewed": _claim(result, report.document),
        **_citations(result),
    }


def _publication(result: Result, publication: Publication) -> Record:
    record: Record = {}
    url = web_address(publication.url.replace("{id}", quote(result.claim.id, safe="", errors="replace")))
    if url:
        record["url"] = url
    if publication.author:
        address = web_address(publication.author_url)
        record["author"] = {
            "@type": "Organization",
            "name": visible(publication.author),
            **({"url": address} if address else {}),
        }
    if _day(publication.published):
        record["datePublished"] = _day(publication.published)
    return record


def _rating(result: Result) -> Record:
    record: Record = {"@type": "Rating"}
    if result.verdict in _RATINGS:
        record |= {"ratingValue": _RATINGS[result.verdict], "bestRating": _BEST, "worstRating": _WORST}
    return record | {
        "alternateName": result.verdict.value.capitalize(),
        "ratingExplanation": visible(result.explanation),
    }


def _claim(result: Result, document: Document) -> Record:
    """What was said, and where and when, as far as the document tells. Who said it, it does not.

    A day that somebody gave, or wrote into the front matter, is what the claims are about; one that was found
    in a page or a file is when they were made.
    """
    record: Record = {"@type": "Claim", "text": visible(result.claim.text)}
    if document.dated in _MADE and _day(document.as_of):
        record["datePublished"] = _day(document.as_of)
    address = web_address(document.name)
    if address:
        title = {"name": visible(document.title)} if document.title else {}
        record["appearance"] = {"@type": "CreativeWork", "url": address, **title}
    return record


def _citations(result: Result) -> Record:
    works = [work for work in map(_work, sources_of(result)) if len(work) > 1]
    return {"citation": works} if works else {}


def _work(source: Source) -> Record:
    record: Record = {"@type": "CreativeWork"}
    if source.title:
        record["name"] = visible(source.title)
    address = web_address(source.url)
    if address:
        record["url"] = address
    if source.publisher:
        record["publisher"] = {"@type": "Organization", "name": visible(source.publisher)}
    return record


def _day(date: Date | None) -> str:
    """A date that is a day: schema.org has no words for "2021" or "the 1990s"."""
    return iso(date) if date is not None and date.precision is Precision.DAY else ""
