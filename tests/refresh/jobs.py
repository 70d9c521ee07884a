"""A root whose job asks two sources of a server: the embassies and the consulates of some states."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.refresh.nights import mission_facts
from verifier.refresh.editions import Editions
from verifier.sources.root import Root

__all__ = [
    "EXPECT",
    "JERUSALEM",
    "SIZE",
    "VIENNA",
    "consulates",
    "embassies",
    "listed",
    "make_root",
    "rows_of",
    "write_sources",
]

SIZE = 60
"""Rows of each source."""
VIENNA = {"city": "Vienna", "cityQID": "Q1741"}
JERUSALEM = {"city": "Jerusalem", "cityQID": "Q1218"}
"""Where the first of the embassies may be; both are towns of the curated table."""
CURATED = """\
subject,subject_id,predicate,object,object_id,source_url
Austria,Q40,P36,Vienna,Q1741,https://www.wikidata.org/wiki/Q40
Israel,Q801,P36,Jerusalem,Q1218,https://www.wikidata.org/wiki/Q801
"""
_RELATIONS = """\
[P36]
label = "capital"
single = "at-a-time"
lasting = true
subject_types = ["state"]
object_types = ["city"]

[P17]
label = "country"
[embassy]
label = "embassy"
value_within = "P17"

[consulate]
label = "consulate"
value_within = "P17"
"""
"""A catalogue that is read fast."""
_CLAIMS = "id,subject,predicate,object\nvienna,Egypt,embassy,Vienna\njerusalem,Egypt,embassy,Jerusalem\n"
_COLUMNS = ("QID", "operator", "operatorQID", "city", "cityQID", "country", "creation")
_SOURCE = """
[{name}]
kind = "csv"
url = "{url}"
title = "Database of Embassies"
publisher = "Wikidata"
licence = "CC0-1.0"
page = "https://www.wikidata.org/wiki/Wikidata:Main_Page"
expect = {{ {expect} }}

[[{name}.statements]]
statement_id = "{{QID}}"
subject = "{{operator}}"
subject_id = "{{operatorQID}}"
predicate = "{predicate}"
object = "{{city}}"
object_id = "{{cityQID}}"
P17 = "{{country}}"
start = "{{creation}}"
source_title = "{{night}}"
source_url = "https://www.wikidata.org/wiki/{{QID}}"
"""
EXPECT = "least = 10, gone = 0.1, changed = 0.2, added = 0.5, doubled = 0.05, refused = 0.05"
_PREDICATES = {"embassies": "embassy", "consulates": "consulate"}


def make_root(folder: Path, urls: Mapping[str, str], expect: str = EXPECT) -> Root:
    """A root that asks these addresses, by the name of the source."""
    (folder / "reference").mkdir(parents=True)
    (folder / "reference" / "statements.csv").write_text(CURATED)
    (folder / "reference" / "table.toml").write_text('title = "Curated"\n')
    (folder / "reference" / "relations.toml").write_text(_RELATIONS)
    write_sources(Root(folder), urls, expect)
    (folder / "claims").mkdir()
    (folder / "claims" / "claims.csv").write_text(_CLAIMS)
    return Root(folder)


def write_sources(root: Root, urls: Mapping[str, str], expect: str = EXPECT) -> None:
    """The `sources.toml` of these sources, and of no other."""
    text = "".join(_source_toml(name, url, expect) for name, url in urls.items())
    (root.path / "reference" / "sources.toml").write_text(text)


def _source_toml(name: str, url: str, expect: str = EXPECT) -> str:
    """What `sources.toml` says of one of them."""
    return _SOURCE.format(name=name, url=url, expect=expect, predicate=_PREDICATES[name])


@cache
def _rows(kind: str) -> tuple[tuple[str, ...], ...]:
    facts = mission_facts()
    facts = facts[(facts["type"] == kind) & (facts["city"] != "")]
    first = (facts["operator"] == "Egypt") & (facts["city"] == "Vienna")
    facts = facts.assign(last=~first).sort_values("last", kind="stable").drop_duplicates("QID")
    return tuple(tuple(row) for row in facts.head(SIZE)[list(_COLUMNS)].itertuples(index=False))


def _listing(kind: str, night: str, first: Mapping[str, str]) -> str:
    """Real rows of a kind of mission; each says of which night it is, and some cells of the first are set."""
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in _rows(kind)]
    rows[0] |= first
    lines = [",".join(f'"{cell}"' for cell in (*row.values(), night)) for row in rows]
    return "\n".join([",".join((*_COLUMNS, "night")), *lines, ""])


def embassies(night: str = "The list", **first: str) -> str:
    """The source of embassies; the first row is that of Egypt in Vienna."""
    return _listing("embassy", night, first)


def consulates(night: str = "The list", **first: str) -> str:
    """The source of consulates."""
    return _listing("consulate", night, first)


def rows_of(root: Root, name: str) -> list[dict[str, str]]:
    """The rows that the table has of a source, once its file has been found to be the one that is meant."""
    listed = Editions(root).manifest().of(name)
    if listed is None:
        return []
    content = (root.refreshed / listed.name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == listed.sha256
    return list(csv.DictReader(content.decode().splitlines()))


def listed(folder: Path) -> dict[str, tuple[str, int]]:
    """Every name under a folder with its content and the time that it was last written."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = os.lstat(path)
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        found[str(path.relative_to(folder))] = (content, status.st_mtime_ns)
    return found
