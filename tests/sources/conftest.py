"""Tables for the tests of sources: written to a temporary folder, opened with a small catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verifier.relations import Catalogue, Relation, RelationRole, Single, ValueKind
from verifier.sources.compiled import open_table
from verifier.sources.store import TableSource

CATALOGUE = Catalogue(
    {
        relation.id: relation
        for relation in (
            Relation("P17", "country", nouns=("country",), single=Single.AT_A_TIME),
            Relation("P31", "instance of", aliases=("type",), role=RelationRole.KIND),
            Relation("P36", "capital", aliases=("capital city",), nouns=("capital",)),
            Relation("P569", "date of birth", aliases=("born",), value=ValueKind.DATE),
            Relation("P1082", "population", value=ValueKind.QUANTITY),
            Relation("P1449", "nickname", value=ValueKind.TEXT),
            Relation("P2046", "area", value=ValueKind.QUANTITY, unit="km2"),
        )
    }
)


@pytest.fixture
def catalogue() -> Catalogue:
    return CATALOGUE


@pytest.fixture
def open_text(tmp_path: Path) -> Callable[..., TableSource]:
    """Write a file (or, given a dict, a folder of files) and open it as a table."""

    def write(
        content: str | bytes | dict[str, str], name: str = "my_table.csv", **options: Any
    ) -> TableSource:
        if isinstance(content, dict):
            folder = tmp_path / "facts"
            folder.mkdir(exist_ok=True)
            for file, text in content.items():
                (folder / file).write_text(text, encoding="utf-8", newline="")
            return open_table(folder, catalogue=CATALOGUE, cache_dir=tmp_path / "cache", **options)
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        return open_table(tmp_path / name, catalogue=CATALOGUE, cache_dir=tmp_path / "cache", **options)

    return write
