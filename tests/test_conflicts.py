"""Where rows in force disagree, and where they only seem to."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.factory import CATALOGUE, world
from verifier.conflicts import Clash, Conflict, find_conflicts

A, B = "Kosovo | capital | Pristina", "Kosovo | capital | Prizren"
P, Q = "France | president | Hollande", "France | president | Macron"


def conflicts(rows: list[str], **more: list[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Relation, clash and ids of the rows of each conflict."""
    known = world([f"{text}; id={number}" for number, text in enumerate(rows)], **more)
    found: list[Conflict] = []
    for relation in dict.fromkeys(row.relation for row in known.rows):
        found += find_conflicts(known.all_statements(relation), CATALOGUE[relation], known)
    return [(each.relation, each.clash.value, tuple(row.id for row in each.rows)) for each in found]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([A, B], [("capital", "value", ("0", "1"))]),
        ([A, A], []),
        ([f"{A}; end=2010", f"{B}; start=2010"], []),
        ([f"{A}; end=2012", f"{B}; start=2010"], [("capital", "value", ("0", "1"))]),
        ([A, f"{B}; denied=yes"], []),
        ([A, f"{B}; P5102=plan"], []),
        ([A, f"{B}; rank=deprecated"], []),
        ([A, f"{B}; rank=preferred"], []),
        ([A, f"{B}; table=mine"], []),
        ([A, "Kosovo | capital | ?"], []),
        ([A, "Serbia | capital | Belgrade"], []),
        (["Kosovo | borders | Serbia", "Kosovo | borders | Albania"], []),
        # Who follows takes over on the day on which the one before leaves.
        ([f"{P}; start=2012-05-15; end=2017-05-14", f"{Q}; start=2017-05-14"], []),
        (
            [f"{P}; start=2012-05-15; end=2017-05-14", f"{Q}; start=2017-05-10"],
            [("president", "value", ("0", "1"))],
        ),
        # A row that was last seen is known to hold until then, and only assumed to hold since.
        ([f"{P}; start=2012; seen=2015-01-01..2015-11-29", f"{Q}; start=2017"], []),
        (
            [f"{P}; seen=2015-01-01..2015-11-29", f"{Q}; seen=2015-11-29"],
            [("president", "value", ("0", "1"))],
        ),
        ([P, Q], []),  # without a date nobody knows when they held
        # One embassy a country, which the city's own row says where the row does not.
        (
            [
                "US | embassy | Tel Aviv; country=Israel; seen=2020..2021",
                "US | embassy | Jerusalem; country=Israel; seen=2020..2021",
                "US | embassy | Paris; seen=2020..2021",
                "Paris | country | France",
            ],
            [("embassy", "value", ("0", "1"))],
        ),
        (["US | embassy | Tel Aviv; seen=2021", "US | embassy | Jerusalem; seen=2021"], []),
        # A place inside another is not another.
        (["Ann | born | Vienna", "Ann | born | Hietzing", "Hietzing | P131 | Vienna"], []),
        (["Ann | born | Vienna", "Ann | born | Berlin"], [("born", "value", ("0", "1"))]),
        (["US | inception | 1776-07-04", "US | inception | 1776"], []),
        (["US | inception | 1776-07-04", "US | inception | 1783"], [("inception", "value", ("0", "1"))]),
        (["X | population | 85000; at=2020", "X | population | 91000; at=2021"], []),
        (
            ["X | population | 85000; at=2020", "X | population | 91000; at=2020"],
            [("population", "value", ("0", "1"))],
        ),
        # Two dates for one fact, also where there may be many.
        (["A | ties | B; start=2008-02", "A | ties | B; start=2008-03"], [("ties", "start", ("0", "1"))]),
        (["A | ties | B; start=2008", "A | ties | B; start=2008-02-20"], []),
        (["A | ties | B; start=1990; end=1999", "A | ties | B; start=2008"], []),
        (["A | ties | B; start=2008; title=x", "A | ties | B; start=2010; title=y"], []),
        (
            [f"{P}; start=2012; end=2017-05-14", f"{P}; start=2012; end=2017-06-01"],
            [("president", "end", ("0", "1"))],
        ),
        # Three that disagree are one conflict.
        ([A, B, "Kosovo | capital | Peja"], [("capital", "value", ("0", "1", "2"))]),
    ],
)  # fmt: skip
def test_rows_conflict(rows: list[str], found: list[tuple[str, str, tuple[str, ...]]]) -> None:
    """What cannot all be right, and nothing else."""
    assert conflicts(rows) == found


def test_the_order_of_rows_does_not_matter() -> None:
    """Neither of the conflicts nor within one."""
    rows = world(
        [A, B, "Norway | capital | Oslo", "Norway | capital | Bergen", "Norway | capital | Oslo; start=1814"]
    )
    known = [find_conflicts(order, CATALOGUE["capital"], rows) for order in permutations(rows.rows)]
    assert all(each == known[0] for each in known)
    assert [(each.subject, each.clash, len(each.rows)) for each in known[0]] == [
        ("Kosovo", Clash.VALUE, 2),
        ("Norway", Clash.VALUE, 3),
    ]


def test_a_conflict_says_per_what_there_can_be_one() -> None:
    """The country of two embassies."""
    rows = [
        "US | embassy | Tel Aviv; country=Israel; seen=2021",
        "US | embassy | Jerusalem; country=Israel; seen=2021",
    ]
    known = world(rows)
    (found,) = find_conflicts(known.rows, CATALOGUE["embassy"], known)
    assert found == Conflict("embassy", "US", Clash.VALUE, known.rows, ("Israel",))


@pytest.mark.slow
@pytest.mark.parametrize("dates", ["; at=2020", "; start={0}; end={1}", ""])
def test_a_long_series_is_gone_through_quickly(dates: str) -> None:
    """A log of readings has thousands of rows of one slot, and pairs without number."""
    texts = [f"X | population | {1000 + 50 * n}{dates.format(1000 + n, 1001 + n)}" for n in range(1500)]
    known = world(texts)
    found = find_conflicts(known.rows, CATALOGUE["population"], known)
    assert [len(each.rows) for each in found] == ([len(texts)] if "at" in dates else [])
