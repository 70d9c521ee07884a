"""The day on which a web page says it was published, in the fields that are made for it.

JSON-LD (https://schema.org/datePublished), Open Graph (https://ogp.me/#type_article), Dublin Core, the names
that search engines and libraries read, and HTML's `<time>` below the headline. Not the address of the page,
nor any other date on it: claims would be checked as of a day that nobody stated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from verifier.readers.bylines import Dated, from_metadata
from verifier.readers.tree import tag_of

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["published"]

_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "citation_online_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "date",
)
"""Names of meta elements, the surest first."""
_LONG = 160
"""Characters of a paragraph that is text, below which no byline is looked for."""


def published(root: etree._Element) -> Dated | None:
    """The day of publishing; None if it is not stated, or not as one day."""
    return _of_json(root) or _of_meta(root) or _of_time(root)


def _of_json(root: etree._Element) -> Dated | None:
    """What JSON-LD says of the one article, or of the page."""
    stated: dict[bool, set[str]] = {True: set(), False: set()}
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            content = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _items(content):
            value = item.get("datePublished")
            if isinstance(value, str):
                kinds = item.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                is_article = any(str(kind).endswith(("Article", "Posting", "Report")) for kind in names)
                stated[is_article].add(value.strip()[:10])
    values = stated[True] or stated[False]
    return from_metadata(values.pop()) if len(values) == 1 else None


def _items(content: Any) -> Iterator[dict[str, Any]]:
    """The things at the top of JSON-LD: what they only mention is dated otherwise."""
    for item in content if isinstance(content, list) else [content]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (one for one in graph if isinstance(one, dict))
            main = item.get("mainEntity")
            if isinstance(main, dict):
                yield main


def _of_meta(root: etree._Element) -> Dated | None:
    given: dict[str, str] = {}
    for meta in root.iter("meta"):
        for key in ("property", "name", "itemprop"):
            if named := meta.get(key):
                given.setdefault(named.strip().lower(), (meta.get("content") or "").replace("/", "-"))
    return next((found for name in _NAMES if (found := from_metadata(given.get(name)))), None)


def _of_time(root: etree._Element) -> Dated | None:
    """The `<time>` that is marked as that of publishing, or the only day between headline and text."""
    days: dict[str, Dated] = {}
    below = False
    for element in root.iter():
        tag = tag_of(element)
        if tag == "time":
            found = from_metadata(element.get("datetime"))
            if found is None:
                continue
            if element.get("pubdate") is not None or "datePublished" in (element.get("itemprop") or ""):
                return found
            if below:
                days.setdefault((element.get("datetime") or "").strip()[:10], found)
        elif tag == "h1":
            below = True
        elif below and tag == "p" and sum(map(len, element.itertext())) > _LONG:
            below = False
            if len(days) == 1:
                return next(iter(days.values()))
            days.clear()
            break
    return None
