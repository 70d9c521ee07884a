"""Which thing a cell names."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier.errors import TableError
from verifier.model import Entity
from verifier.sources.entities import Things, read_entities
from verifier.sources.sheets import read_delimited

SLOT = ("P17", "object")


def entities(text: str) -> tuple[Entity, ...]:
    return read_entities(read_delimited(text.encode(), path=Path("entities.csv"), name="entities.csv"))


def test_lists_are_parted_by_bars_and_the_id_is_the_label_if_none_is_given() -> None:
    assert entities(
        "label,id,aliases,types,description\nUAE,Q878,Emirates| the UAE |,Q6256|Q7275,state\nX,,,,\n"
    ) == (
        Entity("Q878", "UAE", ("Emirates", "the UAE"), ("Q6256", "Q7275"), "state"),
        Entity("X", "X"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\nQ1\n", "entities.csv:1: there is no column 'label'"),
        (
            "label,alias\nX,Y\n",
            "entities.csv:1, column 'alias': a column that entities do not have (the columns "
            "are label, id, aliases, "
            "types, description)",
        ),
        ("label,id\n,Q1\n", "entities.csv:2, column 'label': an entity needs a label"),
        ("label,id\nX,Q1\nY,Q1\n", "entities.csv:3, column 'id', value 'Q1': the id of an earlier row"),
        ("label\nX\nX\n", "entities.csv:3, column 'label', value 'X': the id of an earlier row"),
    ],
)
def test_bad_entities(text: str, message: str) -> None:
    with pytest.raises(TableError) as caught:
        entities(text)
    assert str(caught.value).startswith(message)


def things(*learned: tuple[str, str, tuple[str, str]], declared: tuple[Entity, ...] = ()) -> Things:
    found = Things(declared)
    for label, identifier, slot in learned:
        found.learn(label, identifier, slot)
    return found


@pytest.mark.parametrize(
    ("description", "known", "label", "expected"),
    [
        ("nothing is known: the label is the id", things(), "Paris", "Paris"),
        ("one id has the label", things(("Paris", "Q90", SLOT)), "Paris", "Q90"),
        (
            "two have it, one in this column",
            things(("Paris", "Q90", SLOT), ("Paris", "Q830149", ("P19", "object"))),
            "Paris",
            "Q90",
        ),
        (
            "two have it in this column",
            things(("Paris", "Q90", SLOT), ("Paris", "Q830149", SLOT)),
            "Paris",
            "Paris",
        ),
        ("the cell is an id", things(("Paris", "Q90", SLOT)), "Q90", "Q90"),
        ("an alias of one", things(declared=(Entity("Q90", "Paris", ("Lutetia",)),)), "Lutetia", "Q90"),
        (
            "an alias of two",
            things(declared=(Entity("Q90", "Paris", ("P",)), Entity("Q1", "Pau", ("P",)))),
            "P",
            "P",
        ),
        (
            "a label beats an alias",
            things(declared=(Entity("Q90", "Paris", ("Pau",)), Entity("Q1", "Pau"))),
            "Pau",
            "Q1",
        ),
    ],
)
def test_a_cell_without_an_id(description: str, known: Things, label: str, expected: str) -> None:
    assert known.find(label, SLOT) == expected, description


def test_the_most_frequent_label_is_the_label_and_the_others_are_aliases() -> None:
    found = things(
        ("Kiev", "Q1899", SLOT), ("Kyiv", "Q1899", SLOT), ("Kyiv", "Q1899", SLOT), ("Q1899", "Q1899", SLOT)
    )
    assert found.entities({}) == [Entity("Q1899", "Kyiv", ("Kiev",))]


def test_types_that_statements_give_come_after_the_declared_ones() -> None:
    found = things(declared=(Entity("Q1", "X", types=("person", "Q5")),))
    assert found.entities({"Q1": ["Q5", "Q6"]}) == [Entity("Q1", "X", types=("person", "Q5", "Q6"))]
