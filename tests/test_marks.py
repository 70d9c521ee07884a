"""The form of a claim is told from its reading."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from verifier.check import Checker
from verifier.marks import form_of, marks_of, way_of
from verifier.model import ClaimRow, Result

TABLE = """\
subject,predicate,object
Arland,bogglement,Berland
Arland,founder,Cora Dorn
Cora Dorn,birthplace,Elbow Creek
"""


@cache
def _checker() -> Checker:
    return Checker(as_of="2021-02-01")


def read(claim: str) -> Result:
    """What is read from a claim, with the bundled table."""
    return _checker().check([ClaimRow("1", claim=claim)]).results[0]


@pytest.mark.parametrize(
    ("claim", "form"),
    [
        ("Kosovo borders Serbia.", "active"),
        ("Israel has recognised Kosovo.", "active"),
        ("Kosovo was recognised by Israel.", "passive"),
        ("Pristina is located in Kosovo.", "passive"),
        ("Pristina is the capital of Kosovo.", "nominal"),
        ("The capital of Kosovo is Pristina.", "nominal"),
        ("Kosovo's capital is Pristina.", "possessive"),
        ("Pristina, the capital of Kosovo, is large.", "appositive"),
        ("Kosovan president Hashim Thaci resigned.", "title"),
        ("Kosovo is a state.", "class"),
        ("Pristina is in Kosovo.", "preposition"),
        ("It rains.", "unread"),
    ],
)
def test_how_a_relation_is_told(claim: str, form: str) -> None:
    """Each claim has one form."""
    assert form_of(read(claim)) == form


@pytest.mark.parametrize(
    ("claim", "marks"),
    [
        ("Kosovo borders Serbia.", ("plain",)),
        ("Kosovo does not border Serbia.", ("negation",)),
        ("Kosovo or Serbia borders Albania.", ("disjunction",)),
        ("Kosovo borders Serbia and Albania.", ("conjunction",)),
        ("All EU members recognise Kosovo.", ("quantifier or group",)),
        ("The population of Kosovo is 1.9 million.", ("quantity",)),
        ("Kosovo declared independence on 17 February 2008.", ("date",)),
        ("Is Pristina the capital of Kosovo?", ("question or opinion",)),
    ],
)
def test_what_else_a_claim_says(claim: str, marks: tuple[str, ...]) -> None:
    """Any number of marks, in a fixed order."""
    assert marks_of(read(claim)) == marks


def test_a_closed_world_ties_names_without_a_phrasing(tmp_path: Path) -> None:
    """Relations that nobody listed are found by what the table states; a thing left unnamed is a hop."""
    table = tmp_path / "t.csv"
    table.write_text(TABLE, encoding="utf-8")
    checker = Checker([table], bundled=False, closed_world=True, as_of="2021-02-01")
    claims = ("The bogglement of Arland is Berland.", "The founder of Arland was born in Elbow Creek.")
    one, two = checker.check([ClaimRow(c, claim=c) for c in claims]).results
    assert (form_of(one), way_of(one), marks_of(one)) == ("names", "tied", ("plain",))
    assert (form_of(two), way_of(two)) == ("names", "tied")
    assert marks_of(two)[0] == "several hops"


def test_a_triple_is_no_sentence() -> None:
    """What is given as subject, predicate and object was not read at all."""
    row = ClaimRow("1", subject="Kosovo", predicate="capital", object="Pristina")
    result = _checker().check([row]).results[0]
    assert (form_of(result), way_of(result)) == ("triple", "given")
