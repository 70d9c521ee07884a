"""What the sources show of things that the curated table has rows of, read from their files as they are.

Compiling a table of a million rows to ask it for a few would take longer than all the rest of a night.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from verifier.dates import parse_date
from verifier.ids import is_item
from verifier.model import Date, EntityValue, Statement
from verifier.relations import Catalogue
from verifier.sources.manifest import ListedFile
from verifier.sources.sheets import LONGEST_CELL

__all__ = ["read_shown"]

Slot = tuple[str, str]
"""A subject and a relation, by id."""


def read_shown(
    files: Iterable[tuple[Path, ListedFile]],
    slots: Collection[Slot],
    *,
    catalogue: Catalogue,
    link: Callable[[str, str, str], str],
) -> Mapping[Slot, tuple[Statement, ...]]:
    """The statements of these slots in files of sources: values that are things, keys, and dates.

    A value or key without an id has the one that `link` gives for its label, if any.
    """
    csv.field_size_limit(LONGEST_CELL)
    found: dict[Slot, list[Statement]] = defaultdict(list)
    for path, listed in files:
        shown = None if listed.seen_last is None else parse_date(listed.seen_last.isoformat())
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                known = catalogue.find(row["predicate"])
                relation = row["predicate"] if known is None else known.id
                slot = (row.get("subject_id") or row["subject"], relation)
                if slot in slots:
                    keys = () if known is None else known.key
                    qualifiers = tuple(
                        (key, EntityValue(_id(row[key], key, link))) for key in keys if row.get(key)
                    )
                    value = row.get("object_id") or _id(row["object"], relation, link)
                    found[slot].append(
                        Statement(
                            id=row.get("statement_id", ""),
                            subject=slot[0],
                            relation=relation,
                            value=EntityValue(value),
                            end=_date(row.get("end", "")),
                            point_in_time=_date(row.get("point_in_time", "")),
                            seen_last=_date(row.get("seen_last", "")) or shown,
                            qualifiers=qualifiers,
                        )
                    )
    return {slot: tuple(rows) for slot, rows in found.items()}


def _id(text: str, relation: str, link: Callable[[str, str, str], str]) -> str:
    return text if is_item(text) else link(text, relation, "object") or text


def _date(text: str) -> Date | None:
    return parse_date(text) if text else None
