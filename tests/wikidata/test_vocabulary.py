"""The ids of `wikidata.toml` beside the labels that lists of Wikidata's give them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.wikidata.server import DATA
from verifier.errors import TableError
from verifier.sources.bundled import bundled_catalogue, bundled_path
from verifier.sources.wikidata.vocabulary import read_vocabulary, wikidata_vocabulary
from verifier.units import UNITS

UNLISTED = {"Q29509043", "Q132555", "Q712144", "Q4167410"}
"""Three natures of statements and the class of disambiguation pages, of which no list in hand has a label."""


def listed() -> dict[str, str]:
    with (DATA / "ids.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["label"] for row in csv.DictReader(lines)}


def test_each_id_is_called_what_the_lists_call_it() -> None:
    """The comment beside an id, or the name after it, is the label of a list; no id is without one."""
    text = (bundled_path() / "wikidata.toml").read_text(encoding="utf-8")
    labels = listed()
    assert set(re.findall(r"\b[QP]\d+\b", text)) - set(labels) == UNLISTED
    wrong = []
    for line in text.splitlines():
        ids, _, told = line.partition("#")
        names = [name.strip() for name in told.split(",")]
        for id in re.findall(r"\b[QP]\d+\b", ids):
            # A long label is cut: "dissolved ...".
            cut = [name.removesuffix("...").strip() for name in names]
            if id in labels and not any(labels[id].startswith(name) for name in cut if name):
                wrong.append((id, labels[id], told))
    assert wrong == []


def test_units_are_those_that_quantities_know() -> None:
    """Each id stands for a canonical unit, and no unit has two ids."""
    units = wikidata_vocabulary().units
    assert set(units.values()) <= set(UNITS.values())
    assert len(set(units.values())) == len(units)


def test_missions_are_relations_of_the_catalogue() -> None:
    """What a mission makes of its sender is a relation that sentences are read as."""
    catalogue = bundled_catalogue()
    assert all(relation in catalogue for relation in wikidata_vocabulary().missions.values())


@pytest.mark.parametrize("content", ["[structure", "[structure]\n", "[units]\nQ1 = 1\n"])
def test_a_vocabulary_that_is_none(tmp_path: Path, content: str) -> None:
    """Refused, with the file's name."""
    path = tmp_path / "wikidata.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=r"wikidata\.toml"):
        read_vocabulary(path)
