"""Read the archived editions of The World Factbook, its log of changes and the lists of diplomatic missions.

The Factbook was a web page without stated versions; `github.com/factbook/factbook.json` keeps a copy of each
edition, and a page of an edition is cited by its path and commit there.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = "https://github.com/factbook/factbook.json"
PUBLISHER = "Central Intelligence Agency"

_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_NOTE = re.compile(r"\s*[;,:(]?\s*\bnotes?\b\s*\d?\s*[-\u2013:]\s*.*$", re.DOTALL)


def plain(text: str) -> str:
    """The words of a Factbook cell: entities decoded, tags and runs of white space gone."""
    return _SPACE.sub(" ", _TAG.sub(" ", html.unescape(html.unescape(text)))).strip()


def without_note(text: str) -> str:
    """A cell's own statement, without the remark that follows "note -"."""
    return _NOTE.sub("", text).strip()


@dataclass(frozen=True, slots=True)
class Page:
    """What one edition says of one country."""

    path: str
    """Place in the repository, such as europe/kv.json; countries have moved between folders."""
    data: dict[str, Any]

    @property
    def code(self) -> str:
        """The Factbook's two-letter code, which is not the ISO code."""
        return Path(self.path).stem

    def cell(self, *keys: str) -> str:
        """The plain text under these headings; "" if the page has no such cell."""
        node: Any = self.data
        for key in keys:
            if not isinstance(node, dict):
                return ""
            # One edition writes "total " with a trailing blank, and one "currency" for "Currency".
            node = next((node[name] for name in (key, f"{key} ", key.lower()) if name in node), None)
        if isinstance(node, dict):
            node = node.get("text")
        return plain(node) if isinstance(node, str) else ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The Factbook as it stood on one day."""

    date: str
    """Day of the commit, which is when the copy was retrieved."""
    seen: str
    """The latest time for which the edition's text vouches."""
    commit: str
    pages: tuple[Page, ...]

    def by_code(self) -> dict[str, Page]:
        """The pages by country code."""
        return {page.code: page for page in self.pages}


@dataclass(frozen=True, slots=True)
class Change:
    """From this edition on, until the next change, the field of the page read so."""

    path: str
    country: str
    field: str
    date: str
    commit: str
    text: str

    @property
    def code(self) -> str:
        """The Factbook's two-letter code."""
        return Path(self.path).stem


LAST_SEEN = {"2026-05-17": "2026-02"}
"""The copy of 2026-05-17 holds the last text of a Factbook that, by the copy's own README, was withdrawn in
February 2026.
"""


def edition(archive: Path, *, date: str, commit: str) -> Edition:
    """The country pages of one archived edition (`.tar.gz`), sorted by path."""
    pages = []
    with tarfile.open(archive) as tar:
        for member in tar:
            parts = member.name.split("/")
            if (
                len(parts) != 3
                or not member.name.endswith(".json")
                or parts[1] in {"meta", "oceans", "world"}
            ):
                continue
            stream = tar.extractfile(member)
            if stream is None:
                continue
            pages.append(Page("/".join(parts[1:]), json.load(stream)))
    return Edition(date, LAST_SEEN.get(date, date), commit, tuple(sorted(pages, key=lambda page: page.path)))


def changes(log: Path) -> list[Change]:
    """The log of changes in its own order, by edition."""
    with gzip.open(log, "rt", encoding="utf-8", newline="") as stream:
        return [
            Change(
                row["file"],
                row["country"],
                row["field"],
                row["edition_date"],
                row["commit"],
                plain(row["text"]),
            )
            for row in csv.DictReader(stream, delimiter="\t")
        ]


def missions(listing: Path) -> Iterator[dict[str, str]]:
    """The rows of one edition of the Database of Embassies, addresses of items cut down to QIDs."""
    with gzip.open(listing, "rb") as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline=""), delimiter=";"):
            yield {
                key: value.rsplit("/", 1)[-1] if key.endswith("QID") else value
                for key, value in row.items()
                if key and value is not None
            }


def page_url(path: str, commit: str) -> str:
    """The address of one page of one edition."""
    return f"{REPOSITORY}/blob/{commit}/{path}"
