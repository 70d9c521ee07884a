"""Web Annotations (W3C, JSON-LD): each claim of a document with its verdict, why, and where to read it.

The model: https://www.w3.org/TR/annotation-model/. Each place is given twice: by the words with what stands
around them, which outlives an edit, and by its code points, which are exact.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from verifier.model import Document, Report, Result, Span, Suppressed
from verifier.reports.escape import visible, web_address
from verifier.reports.fingerprints import fingerprints
from verifier.reports.listed import listed
from verifier.reports.places import sources_of
from verifier.reports.regions import file_address

__all__ = ["render"]

Record = dict[str, Any]

_AROUND = 32
"""UTF-16 code units of `prefix` and `suffix`: dom-anchor-text-quote cannot look for more."""
_TAGS = {Suppressed.INLINE: "ignored", Suppressed.BASELINE: "in baseline"}
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def render(*reports: Report) -> str:
    """One collection, with all annotations in its only page.

    A claim that is part of no document, such as a row of a table, has nothing to annotate and is not in it.
    """
    prints = [fingerprints(report) for report in reports]
    told = [(_source(report.document), *own) for report, own in zip(reports, prints, strict=True)]
    id = _id(hashlib.sha256(repr(told).encode()).hexdigest())
    version = next((report.version for report in reports if report.version), "")
    page: Record = {"id": _id(f"{id} page 1"), "type": "AnnotationPage", "startIndex": 0, "items": []}
    collection: Record = {
        "@context": _CONTEXT,
        "id": id,
        "type": "AnnotationCollection",
        "label": "Claims and their verdicts",
        "generator": {"type": "Software", "name": visible(f"verifier {version}")},
        "total": sum(result.claim.span is not None for report in reports for result in report.results),
        "first": page,
    }
    found = (
        _annotation(result, report.document, own)
        for report, prints_of in zip(reports, prints, strict=True)
        for result, own in zip(report.results, prints_of, strict=True)
        if result.claim.span is not None
    )
    return listed(collection, found)


def _id(name: str) -> str:
    """An address for what has no page of its own; the same in each run."""
    return uuid5(NAMESPACE_URL, f"verifier {name}").urn


def _annotation(result: Result, document: Document, own: str) -> Record:
    targets = [_target(document, span) for span in _spans(result)]
    named = "" if file_address(document.name) else _source(document)
    return {
        "id": _id(f"{own} {named}"),
        "type": "Annotation",
        "motivation": "assessing",
        "body": list(_bodies(result)),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _spans(result: Result) -> Iterator[Span]:
    if result.claim.span is not None:
        yield result.claim.span
    yield from result.claim.occurrences


def _bodies(result: Result) -> Iterator[Record]:
    yield _tag(result.verdict.value)
    yield _tag(result.reason.value)
    if result.suppressed is not None:
        yield _tag(_TAGS[result.suppressed])
    yield _words("assessing", visible(result.explanation))
    for repair in dict.fromkeys(part.repair for part in result.parts if part.repair):
        yield _words("editing", visible(repair))
    for source in sources_of(result):
        address = web_address(source.url)
        if address:
            yield {"type": "SpecificResource", "source": address, "purpose": "linking"}


def _tag(word: str) -> Record:
    return {"type": "TextualBody", "value": word, "purpose": "tagging"}


def _words(purpose: str, text: str) -> Record:
    body = {"type": "TextualBody", "value": text, "format": "text/plain", "language": "en"}
    return {**body, "purpose": purpose}


def _target(document: Document, span: Span) -> Record:
    text = document.text
    return {
        "source": _source(document),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[span.start : span.end],
                "prefix": _fitting(text[max(span.start - _AROUND, 0) : span.start][::-1])[::-1],
                "suffix": _fitting(text[span.end : span.end + _AROUND]),
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _fitting(text: str) -> str:
    """As many characters from the start as there is room for."""
    room = _AROUND
    for at, character in enumerate(text):
        room -= 2 if character > "\uffff" else 1
        if room < 0:
            return text[:at]
    return text


def _source(document: Document) -> str:
    """The address of the file or page; of a text from nowhere one made of its bytes (RFC 6920)."""
    address = file_address(document.name)
    if address:
        return address
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()
    return f"ni:///sha-256;{urlsafe_b64encode(digest).decode().rstrip('=')}"
