"""The figures of `verifier coverage`, on small tables."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factory import CATALOGUE, World, world
from verifier.dates import parse_date
from verifier.inforce import Hold
from verifier.model import EntityValue
from verifier.survey import Scope, Survey, survey
from verifier.tallies import Tally, YearTally

ROWS = (
    "Kosovo | capital | Pristina; seen=2015-10-28..2021-03-01",
    "Kosovo | capital | Prizren; seen=2020..2020",
    "Norway | capital | Oslo; start=1814; end=2024",
    "US | embassy | Tel Aviv; country=Israel; start=1966; end=2018-05-14",
    "US | embassy | Jerusalem; country=Israel; start=2018-05-14; seen=2021-01-01..2021-04-22",
    "US | embassy | Jerusalem; country=Israel; P5102=pledge; at=2017-12-06",
    "Serbia | recognises | Kosovo; denied=yes; start=2008-02-17",
    "Albania | recognises | Kosovo; start=2008-02-18",
    "Palau | recognises | Kosovo; rank=deprecated; start=2009",
)  # fmt: skip


def count(
    rows: tuple[str, ...] | World = ROWS, as_of: str = "2021-06-01", **asked: tuple[object, ...]
) -> Survey:
    known = rows if isinstance(rows, World) else world(rows)
    return survey(known, CATALOGUE, Scope(parse_date(as_of), **asked))  # type: ignore[arg-type]


def tally(relation: str, *rows: str, as_of: str = "2021-06-01", years: tuple[int, ...] = ()) -> Tally:
    """The figures of one relation."""
    (found,) = count(rows or ROWS, as_of, relations=(relation,), years=years).relations
    return found.tally


def test_a_relation_in_figures() -> None:
    """Every field, with what decides and what does not apart."""
    assert tally("embassy") == Tally(
        rows=3,
        affirmed=2,
        denied=0,
        recorded=1,
        deprecated=0,
        subjects=1,
        values=2,
        dated=3,
        stale=0,
        first=1966,
        last=2021,
        newest=parse_date("2021-04-22"),
        age=40,
        conflicts=0,
    )
    found = tally("recognises")
    assert (found.affirmed, found.denied, found.recorded, found.deprecated) == (1, 1, 0, 1)
    assert (found.first, found.last, found.newest, found.age) == (2008, 2009, None, None)
    assert tally("capital").conflicts == 1


@pytest.mark.parametrize(
    ("as_of", "stale", "age"),
    [("2021-04-22", 0, 0), ("2021-01-01", 0, -111), ("2024-04-26", 0, 1100), ("2024-04-27", 1, 1101)],
)
def test_rows_grow_stale(as_of: str, stale: int, age: int) -> None:
    """`stale_after` of embassies is 1100 days here; a row with an end never is."""
    found = tally("embassy", as_of=as_of)
    assert (found.stale, found.age) == (stale, age)


@pytest.mark.parametrize(
    ("relation", "year", "decided", "disputed", "unsure", "outside"),
    [
        ("capital", 2020, 1, 1, 0, 0),  # Norway is decided, of Kosovo two capitals are stated
        ("capital", 1800, 0, 1, 0, 1),  # a lasting relation held before anybody saw it
        ("embassy", 2016, 1, 0, 0, 0),
        ("embassy", 1950, 0, 0, 0, 1),
        ("embassy", 2030, 0, 0, 1, 0),  # seen too long ago
        ("recognises", 2010, 2, 0, 0, 0),  # a denial decides too; a deprecated row makes no slot
        ("recognises", 2000, 0, 0, 0, 2),
    ],
)  # fmt: skip
def test_slots_in_a_year(
    relation: str, year: int, decided: int, disputed: int, unsure: int, outside: int
) -> None:
    """By the reading of dates that verdicts use."""
    slots = decided + disputed + unsure + outside
    expected = YearTally(year, slots, decided, disputed, unsure, outside)
    assert tally(relation, years=(year,)).years == (expected,)


def test_without_a_filter_every_relation_is_there_once() -> None:
    """Those with rows with their figures, the others of the catalogue by name."""
    found = count()
    assert [each.relation.id for each in found.relations] == ["capital", "embassy", "recognises"]
    assert {each.id for each in found.empty} == set(CATALOGUE.relations) - {
        "capital",
        "embassy",
        "recognises",
    }
    assert [conflict.subject for conflict in found.conflicts] == ["Kosovo"]


def test_complete_lists_are_told() -> None:
    """Which, and as of when."""
    known = world(ROWS, things=["Israel"], complete=["* | embassy | Jerusalem; as-of=2021-02-01"])
    (each,) = count(known, relations=("embassy",)).relations
    assert [(item.object, item.as_of) for item in each.complete] == [("Jerusalem", parse_date("2021-02-01"))]


def test_a_relation_by_subject() -> None:
    """Sorted by name, each with its own figures."""
    (each,) = count(relations=("recognises",)).relations
    assert [(s.label, s.tally.rows) for s in each.subjects] == [("Albania", 1), ("Palau", 1), ("Serbia", 1)]
    assert all(not other.subjects for other in count().relations)


def test_a_thing_as_subject_and_as_object() -> None:
    """With what stands at the other end, and whether it held in the year."""
    (kosovo,) = count(entities=("Kosovo",), years=(2020, 1990)).entities
    told = [
        (side.relation.id, side.as_subject, row.other, row.holds)
        for side in kosovo.sides
        for row in side.rows
    ]
    held, over = (Hold.HOLDS, Hold.HOLDS), (Hold.HOLDS, Hold.OUTSIDE)
    assert told == [
        ("capital", True, EntityValue("Pristina"), held),
        ("capital", True, EntityValue("Prizren"), held),
        ("recognises", False, EntityValue("Albania"), over),
        ("recognises", False, EntityValue("Palau"), ()),  # a deprecated row decides nothing
        ("recognises", False, EntityValue("Serbia"), over),
    ]


def test_relations_and_years_narrow_a_thing_and_the_conflicts() -> None:
    """One filter never widens another."""
    found = count(entities=("Kosovo",), relations=("recognises",))
    assert [side.relation.id for side in found.entities[0].sides] == ["recognises"]
    assert (found.relations, found.conflicts, found.empty) == ((), (), ())
    assert len(count(entities=("Kosovo",)).conflicts) == 1
    later = ("A | president | B; start=2001; end=2008", "A | president | C; start=2003; end=2009")
    assert [len(count(later, years=(year,)).conflicts) for year in (2002, 2005, 2010)] == [0, 1, 0]


@given(st.permutations(ROWS * 2), st.integers(1900, 2030))
def test_rows_add_up_in_whatever_order(rows: list[str], year: int) -> None:
    """Of all relations, of all subjects, by kind of row, and of the slots of a year."""
    known = world(rows)
    kinds = tuple({row.relation for row in known.rows})
    found = count(known, relations=kinds, years=(year,))
    assert sum(each.tally.rows for each in found.relations) == len(rows)
    for each in found.relations:
        one = each.tally
        assert one.affirmed + one.denied + one.recorded + one.deprecated == one.rows
        assert sum(subject.tally.rows for subject in each.subjects) == one.rows
        assert sum(subject.tally.conflicts for subject in each.subjects) == one.conflicts
        assert len(each.subjects) == one.subjects
        (slots,) = one.years
        assert slots.decided + slots.disputed + slots.unsure + slots.outside == slots.slots
        for name in ("slots", "decided", "disputed", "unsure", "outside"):
            parts = sum(getattr(subject.tally.years[0], name) for subject in each.subjects)
            assert parts == getattr(slots, name)


def test_the_order_of_rows_does_not_matter() -> None:
    """The same figures, conflicts and lists, row for row."""
    known = world(ROWS)
    shuffled = list(known.rows)
    Random(1).shuffle(shuffled)
    other = World(tuple(shuffled), known.things)
    for asked in ({}, {"relations": ("capital", "embassy")}, {"entities": ("Kosovo", "US")}):
        assert count(known, **asked) == count(other, **asked)
