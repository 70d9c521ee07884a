"""A root of a few rows, and nights that change what its one source shows."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from verifier.refresh.edition import Edition, Staged
from verifier.refresh.editions import Editions, list_file
from verifier.relations import Catalogue
from verifier.sources import open_source
from verifier.sources.manifest import Manifest
from verifier.sources.root import Root

HEADER = "statement_id,subject,subject_id,predicate,object,object_id,start,seen_first,seen_last,source_url"
CURATED = """subject,subject_id,predicate,object,object_id,source_url
Honduras,Q783,P36,Tegucigalpa,Q3238,https://example.org/honduras
Israel,Q801,P31,state,Q3624078,https://example.org/israel
"""
DAY = datetime.date(2026, 11, 1)


def make_root(folder: Path, curated: str = CURATED, relations: str | None = None) -> Root:
    """A root with a curated table, and a catalogue of its own if one is given."""
    (folder / "reference").mkdir(parents=True)
    (folder / "reference" / "statements.csv").write_text(curated)
    (folder / "reference" / "table.toml").write_text('title = "Curated"\n')
    if relations is not None:
        (folder / "reference" / "relations.toml").write_text(relations)
    return Root(folder)


def rows(*objects: str, subject: str = "Honduras") -> str:
    """A file of a source that shows one row for each of these objects."""
    return "".join(
        f"{line}\n"
        for line in (
            HEADER,
            *(f"{subject}${name},{subject},,twin town,{name},,,2026-11-01,," for name in objects),
        )
    )


def numbered(number: int, size: int = 3) -> str:
    """A file of which every row has the number of the night: no two nights can be taken together."""
    return rows(*(f"Town{number}x{row}" for row in range(size)))


def write(root: Root, shown: Mapping[str, str] | str) -> dict[str, Path]:
    """What the sources show, in files beside the root, as mapping and validation leave them."""
    files = {}
    for feed, text in ({"twins": shown} if isinstance(shown, str) else shown).items():
        files[feed] = root.path.parent / f"new-{feed}.csv"
        files[feed].write_text(text)
    return files


def stage(root: Root, files: Mapping[str, Path], *, day: datetime.date) -> Staged:
    """The table with these files of sources, laid out."""
    editions = Editions(root)
    manifest = editions.manifest()
    for feed, file in files.items():
        url = "https://example.org"
        manifest = manifest.with_file(
            list_file(file, feed=feed, seen_last=day, publisher="Wikidata", url=url)
        )
    manifest = replace(manifest, title="Rows of the sources", edition=editions.next_number(), day=day)
    return editions.stage(files, manifest, day=day)


def night(root: Root, shown: Mapping[str, str] | str, **options: Any) -> Edition:
    """One night in which the sources show this; options are those of `put_in_place`."""
    return put_in_place(root, write(root, shown), **options)


def put_in_place(
    root: Root,
    files: Mapping[str, Path],
    *,
    day: datetime.date = DAY,
    results: Mapping[str, Any] | None = None,
    days: int = 60,
    months: int = 120,
) -> Edition:
    """What a night does with the files of its sources, from the lock to the pruning."""
    editions = Editions(root)
    with editions.lock():
        editions.recover()
        staged = stage(root, files, day=day)
        edition = editions.commit(staged, report={"day": day.isoformat()}, results=results or {})
        editions.prune(days=days, months=months)
    return edition


def objects(root: Root) -> set[str]:
    """What the refreshed table says, opened anew."""
    source = open_source(root.refreshed, catalogue=Catalogue())
    return {
        row.value.id  # type: ignore[union-attr]
        for relation in source.relations
        for row in source.all_statements(relation.id)
    }


def check_whole(root: Root) -> Manifest:
    """The manifest of the table as it is, once each file of it has been found to be the one that is meant."""
    manifest = Editions(root).manifest()
    for item in manifest.files:
        content = (root.refreshed / item.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == item.sha256
    return manifest
