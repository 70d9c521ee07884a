"""Every relation of the catalogue that may have many values: absence and other values exclude nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.factory import claim, on, world
from tests.thinned import thinned
from verifier.judge import judge
from verifier.model import Match, MatchKind, Part, Reading, Reason, Statement, TextValue, Value
from verifier.relations import Relation, Single, ValueKind, read_catalogue
from verifier.values import parse_date, parse_quantity

CATALOGUE = read_catalogue(Path(__file__).parent.parent / "reference" / "relations.toml")
MANY = [r for r in CATALOGUE.relations.values() if r.single is Single.NO and r.single_subject is Single.NO]
SINGLE = [r for r in CATALOGUE.relations.values() if r not in MANY]
NEVER = (Reason.DIFFERENT_VALUE, Reason.NOT_IN_COMPLETE_LIST)

TIMES = ("", "; start=2010; end=2030", "; at=2012")
"""What a row may say of its time."""
WHEN = ("", "; at=2016")
"""What a claim may."""
ROWS = (
    ("Alba | {r} | Borea{t}",),
    ("Alba | {r} | Borea{t}", "Alba | {r} | Corvo{t}"),
    ("Alba | {r} | Borea{t}; rank=preferred", "Alba | {r} | Corvo{t}; table=wikidata"),
    ("Dunmore | {r} | Esk{t}", "Borea | {r} | Alba{t}"),
    ("Alba | {r} | Borea{t}; denied",),
)
_VALUES = {"Borea": "1990", "Corvo": "1995", "Esk": "2003"}


def stated(statement: Statement, relation: Relation) -> Statement:
    """The statement with a value of the relation's own kind."""
    return replace(statement, value=value_of(str(getattr(statement.value, "id", "")), relation))


def value_of(name: str, relation: Relation) -> Value:
    """A thing, or the date, quantity or text that stands for it."""
    number = _VALUES.get(name, "1234")
    match relation.value:
        case ValueKind.DATE:
            return parse_date(number)
        case ValueKind.QUANTITY:
            return parse_quantity(number, relation.unit)
        case ValueKind.TEXT:
            return TextValue(name)
    return world([f"Alba | any | {name}"]).rows[0].value


def part(relation: Relation, rows: tuple[str, ...], time: str, when: str, value: str) -> Part:
    """The verdict on "Alba, relation, value" in a world of these rows."""
    known = world([text.format(r=relation.id, t=time) for text in rows], things=["Alba", "Esk", "Fenn"])
    known.rows = tuple(stated(statement, relation) for statement in known.rows)
    triple = claim(f"Alba | any | {value}{when}", known)
    of_kind = value_of(value, relation)
    object = triple.object
    if relation.value in (ValueKind.DATE, ValueKind.QUANTITY, ValueKind.TEXT):
        object = replace(object, matches=(), value=of_kind)
    else:
        object = replace(object, matches=(Match(value, value, value, 100.0, MatchKind.EXACT),))
    reading = Reading(relation.id, relation.label, relation.label, 100.0)
    return judge(
        replace(triple, object=object, readings=(reading,)),
        known,
        catalogue=CATALOGUE,
        as_of=on("2021-02-01"),
    )


@pytest.mark.parametrize("relation", thinned(MANY, every=8, name=lambda _, relation: relation.id))
def test_where_there_may_be_many_values_another_one_excludes_nothing(relation: Relation) -> None:
    """In the open world no other value, and no list that lacks it, contradicts such a claim."""
    fired = [
        (rows, time, when, value)
        for rows in ROWS
        for time in TIMES
        for when in WHEN
        for value in ("Corvo", "Fenn")
        if part(relation, rows, time, when, value).reason in NEVER
    ]
    assert fired == []


@pytest.mark.parametrize("relation", [pytest.param(r, id=r.id) for r in SINGLE])
def test_where_there_is_one_value_another_one_excludes_it(relation: Relation) -> None:
    """The same rows do decide where the catalogue says that there is one: the test above can fail."""
    found = part(relation, ROWS[0], "; start=2010; end=2030", "; at=2016", "Fenn")
    decided = found.reason in (Reason.DIFFERENT_VALUE, Reason.DATE_DIFFERS, Reason.QUANTITY_DIFFERS)
    assert decided is (relation.key == ())  # one embassy in each country: the row names none
