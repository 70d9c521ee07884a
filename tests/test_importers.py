"""The readers of the Factbook's prose: office-holders, tenures, dates, shares of religions."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "reference" / "importers"))

from archives import Edition, Page
from atlas import Atlas
from dates import dated, iso
from faiths import muslim_share, only_muslim, shares
from holders import departures, holders
from offices import relations
from people import cased, forms
from rows import Thing
from states import Reading, statements
from tenures import Shown, endings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Ana PEREZ Gil (since 4 April 2021)", [("President", "Ana PEREZ Gil", "2021-04-04")]),
        (
            "Acting President Ana PEREZ (since 5 November 2020); note: Jon DOE (since 2016) resigned",
            [("Acting President", "Ana PEREZ", "2020-11-05")],
        ),
        (
            "King ALFRED II (since 6 February 1952); represented by Governor General Jon DOE (since 2019)",
            [("King", "ALFRED II", "1952-02-06")],
        ),
        (
            "President Bashir al-KARIM (since May 2014); Vice President Ana PEREZ (since 2015); "
            "Deputy Prime Minister Jon DOE (since 2016)",
            [("President", "Bashir al-KARIM", "2014-05"), ("Vice President", "Ana PEREZ", "2015")],
        ),
        (
            "co-chiefs of state Captains Regent Ana PEREZ and Jon DOE "
            "(for the period 1 April 2025 - 30 September 2025)",
            [
                ("co-chiefs of state Captain Regent", "Ana PEREZ", "2025-04-01"),
                ("Captain Regent", "Jon DOE", "2025-04-01"),
            ],
        ),
        ("President Jon DOE (assumes office on 9 July 2021)", []),
        ("Prime Minister (vacant); note - Jon DOE resigned on 2 May 2020", []),
        ("Prime Minister Jon DOE became Acting President on 14 December 2024", []),
    ],
)
def test_holders_are_those_in_office(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Heirs, deputies, representatives and persons who only will be in office are left out."""
    assert [(one.title, one.name, one.start) for one in holders(text, field="chief_of_state")] == expected


@pytest.mark.parametrize(
    ("title", "kind", "expected"),
    [
        ("President", "state", ["P35", "president"]),
        ("President", "territory", ["P35"]),
        ("Interim President", "state", ["P35", "acting-president"]),
        ("First Vice President", "state", ["vice-president"]),
        ("King and Prime Minister", "state", ["P35", "prime-minister", "monarch"]),
        ("State Affairs Commission President", "state", ["P35"]),
        ("Vice President and Prime Minister", "state", ["vice-president", "prime-minister"]),
    ],
)
def test_a_title_gives_its_relations(title: str, kind: str, expected: list[str]) -> None:
    """The general relation, and that of the title where there is one."""
    assert relations(title, field="chief_of_state", kind=kind) == expected


def shown(person: str, start: str, *editions: str, acting: bool = False) -> Shown:
    """One holder in a row of editions."""
    return Shown(person, person, start, acting, editions)


@pytest.mark.parametrize(
    ("timeline", "end"),
    [
        ([shown("a", "2017-01-20", "2021-01-01"), shown("b", "2021-01-20", "2021-02-15")], "2021-01-20"),
        ([shown("a", "2010-01-20", "2017-03-29"), shown("b", "2017-11-01", "2020-11-27")], "2017"),
        ([shown("a", "2010-01-20", "2017-03-29"), shown("b", "2019-11-01", "2020-11-27")], None),
        (
            [
                shown("a", "2010-01-20", "2021-01-01"),
                shown("", "", "2021-02-01"),
                shown("b", "2021-02-20", "2021-03-01"),
            ],
            "2021",
        ),
        (
            [
                shown("a", "2010-01-20", "2021-01-01"),
                shown("b", "2021-01-20", "2021-02-01"),
                shown("a", "2010-01-20", "2021-03-01"),
            ],
            None,
        ),
        (
            [shown("a", "2020-11-05", "2021-03-01", acting=True), shown("a", "2021-04-04", "2021-05-23")],
            "2021",
        ),
    ],
)
def test_an_end_is_no_finer_than_the_editions_allow(timeline: list[Shown], end: str | None) -> None:
    """A successor's start ends a tenure only if nobody can well have stood between."""
    first = timeline[0]
    found = endings(timeline).get((first.person, first.start, first.acting))
    assert (found.date if found else None) == end


def test_a_prime_minister_who_resigns_may_stay() -> None:
    """Only a head of state's resignation is an end."""
    text = (
        "note - Prime Minister Jon DOE resigned on 2 May 2020; "
        "President Ana PEREZ (since 2016) resigned 5 November 2020"
    )
    assert [(one.name, one.date) for one in departures(text)] == [("Ana PEREZ", "2020-11-05")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("15 February 2021", "2021-02-15"), ("July 2021 est.", "2021-07"), ("NA 2010", "2010"), ("none", "")],
)
def test_dates_keep_their_precision(text: str, expected: str) -> None:
    """What is not written is not invented."""
    assert iso(text) == expected


def test_events_are_dates_with_words() -> None:
    """Days that are written as a span are no exact day."""
    text = "17 February 2008 (from Serbia); 14-15 May 1811 (from Spain)"
    assert [(one.date, one.words) for one in dated(text)] == [("2008-02-17", "from Serbia")]


def test_shares_are_those_of_the_whole_population() -> None:
    """A share in brackets is a share of a share; a range is no figure."""
    text = "Muslim 95.6%, Roman Catholic 2.2% (Old Rite 1%), Orthodox 15-20%, other 0.1% (2011 est.)"
    assert [(one.religion.label, one.share, one.year) for one in shares(text)] == [
        ("Islam", "95.6%", "2011"),
        ("Catholicism", "2.2%", "2011"),
    ]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("Muslim 50.7%, Orthodox 30.7%", 50.7),
        ("Muslim (official; citizens are 85-90% Sunni and 10-12% Shia), other", 95.0),
        ("Christian 63.1%, Muslim 34.1%", 34.1),
        ("Christian 97%, other (includes Muslim)", 0.0),
    ],
)
def test_the_share_of_muslims_is_the_least_stated(text: str, percent: float) -> None:
    """Of a range the lower end counts."""
    assert muslim_share(text)[0] == percent


def test_a_list_of_one_religion_needs_no_figure() -> None:
    """ "Sunni Muslim (official)" leaves nobody else."""
    assert only_muslim("Sunni Muslim (official)")
    assert not only_muslim("Sunni Muslim, Coptic Christian")


def test_one_spelling_holds_several_names() -> None:
    """The name in capitals is the one by which the person is known."""
    assert {"Joseph Biden", "Joseph R. Biden"} <= set(forms("Joseph R. BIDEN, Jr.", "President"))
    assert "Michelle Bachelet" in forms("Michelle BACHELET Jeria", "President")
    assert forms("PHILIPPE", "King") == ["King Philippe"]
    assert [cased("OSMANI-Sadriu", first=False), cased("VI", first=False)] == ["Osmani-Sadriu", "VI"]


@pytest.mark.parametrize(
    ("coastline", "location", "expected"),
    [
        ("0 km (landlocked)", "Central Africa, south of Libya", {("landlocked country", "")}),
        ("0 km (doubly landlocked)", "Central Asia, north of Iran", {("landlocked country", "")}),
        ("6,435 km", "Southern South America", {("landlocked country", "negative")}),
        (
            "4,970 km",
            "Northern Europe, island between two seas",
            {("landlocked country", "negative"), ("island country", "")},
        ),
        (
            "7,314 km",
            "Northern Europe, on a peninsula; also includes several major islands",
            {("landlocked country", "negative")},
        ),
        ("", "Caribbean, western one-third of the island of Hispaniola", {("island country", "")}),
    ],
)
def test_the_coastline_tells_a_landlocked_country(
    coastline: str, location: str, expected: set[tuple[str, str]]
) -> None:
    """A coast of any length denies it, a page without one says nothing; an island is told by its location."""
    page = Page("europe/xx.json", {"Geography": {"Coastline": coastline, "Location": location}})
    subject = Thing("Q0", "Nowhere", ("state",))
    reading = Reading(Edition("2021-03-01", "2021-03-01", "abc", (page,)), page, subject, Atlas({}, {}, {}))
    found = {
        (row.value.label, row.polarity)
        for row in statements(reading)
        if row.predicate == "P31" and isinstance(row.value, Thing)
    }
    assert found == expected
