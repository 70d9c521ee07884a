"""The readers of the Factbook's prose: office-holders, tenures, dates, shares of religions."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "reference" / "importers"))

import currencies
import geonames
import languages
from archives import Change, Edition, Page
from atlas import Atlas
from changes import ended, newest
from cities import Cities, capital_rows
from classes import CLASSES
from closures import Closure, Closures, closures
from dates import dated, iso
from departures import departures, read_departures
from embassies import mission_rows
from faiths import muslim_share, only_muslim, other_base, shares
from gazetteer import Gazetteer
from governments import form as governments_form
from governments import forms as governments_of
from governments import regime
from holders import holders
from independence import former_rulers, founding
from log import Log
from missions import Tally, read
from nights import head_facts
from offices import entries, office_rows, read_people
from people import Naming, People
from person_names import cased, forms, further_forms, usual
from rows import Origin, Row, Thing
from spellings import other_spellings
from states import Reading, statements
from tenures import Ending, Shown, endings
from titles import office, relations


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
                ("Captain Regent", "Ana PEREZ", "2025-04-01"),
                ("Captain Regent", "Jon DOE", "2025-04-01"),
            ],
        ),
        (
            "President Ana PEREZ (since 2016); Prime Minister Jon DOE (since 2017); Prime Minister Tom ROE "
            "(since 2015) resigned 8 April 2016",
            [("President", "Ana PEREZ", "2016"), ("Prime Minister", "Jon DOE", "2017")],
        ),
        (
            "President Ana PEREZ (since 2016); Vice Presidents Jon DOE and Tom ROE (both since May 2017)",
            [
                ("President", "Ana PEREZ", "2016"),
                ("Vice President", "Jon DOE", "2017-05"),
                ("Vice President", "Tom ROE", "2017-05"),
            ],
        ),
        ("Ana PEREZ (presidency member since 2016)", [("presidency member", "Ana PEREZ", "2016")]),
        ("Sultan and Prime Jon DOE (since 2016)", [("Sultan and Prime Minister", "Jon DOE", "2016")]),
        ("Minister Jon DOE (since 2016)", [("Prime Minister", "Jon DOE", "2016")]),
        ("President President Jon DOE (since1 May 2016)", [("President", "Jon DOE", "2016-05-01")]),
        ("King Sultan ALFRED Ahmad (since 2016)", [("King", "ALFRED Ahmad", "2016")]),
        ("Secretary of State Cardinal Jon DOE (since 2016)", [("Secretary of State", "Jon DOE", "2016")]),
        (
            "Mayor and Chairman of the Island Council Jon DOE (since 2016)",
            [("Mayor and Chairman of the Island Council", "Jon DOE", "2016")],
        ),
        (
            "Sovereign Council Chairman General Jon DOE (since 2016)",
            [("Sovereign Council Chairman", "Jon DOE", "2016")],
        ),
        (
            "Acting Vice President Ana PEREZNOTE (since 2016)",
            [("Acting Vice President", "Ana PEREZ", "2016")],
        ),
        ("president (vacant); President Jon DOE departed the country; CEO Ana PEREZ (since 2014)", []),
        ("Commander in Chief Sr. Gen. Jon DOE", [("Commander in Chief", "Jon DOE", "")]),
        (
            "Speaker of the House of Representatives Jon DOE (since 2014)",
            [("Speaker of the House of Representatives", "Jon DOE", "2014")],
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
        ("French Co-prince", "state", ["P35", "monarch"]),
        ("Spanish Coprince", "state", ["P35", "monarch"]),
        ("State Affairs Commission President", "state", ["P35"]),
        ("Transitional President", "state", ["P35", "president", "transitional-president"]),
        ("Transition President", "territory", ["P35"]),
        ("Chairman of the Presidency", "state", ["P35", "presidency-chair"]),
        ("Vice President and Prime Minister", "state", ["vice-president", "prime-minister"]),
        ("Acting Vice President", "state", ["vice-president"]),
        (
            "First Vice President of the Council of State and "
            "First Vice President of the Council of Ministers",
            "state",
            ["vice-president"],
        ),
    ],
)
def test_a_title_gives_its_relations(title: str, kind: str, expected: list[str]) -> None:
    """The general relation, and that of the title where there is one."""
    assert relations(title, field="chief_of_state", kind=kind) == expected


def test_who_presides_over_an_assembly_heads_no_government() -> None:
    """Nor does one whom the line names after the head."""
    field = "head_of_government"
    assert relations("President of the Territorial Assembly", field=field, kind="territory") == []
    assert relations("Supreme People's Assembly President", field=field, kind="state") == []
    assert relations("Acting Vice President", field=field, kind="state") == ["vice-president"]
    assert relations("Prime Minister", field=field, kind="state", second=True) == ["prime-minister"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Taoiseach (Prime Minister)", "prime minister"),
        ("Interim President", "president"),
        ("President of the Swiss Confederation", "president"),
        ("President of the Government (Prime Minister)", "prime minister"),
        ("President of the Council of Ministers", "president of the council of ministers"),
        ("Acting First Vice President", "vice president"),
        ("Sultan and Prime Minister", "prime minister"),
        ("Amir", "monarch"),
        ("Caretaker Chief Minister", "chief minister"),
    ],
)
def test_an_office_is_one_under_several_titles(title: str, expected: str) -> None:
    """Acting or not, however it is worded."""
    assert office(title) == expected


def shown(person: str, start: str, *editions: str, acting: bool = False) -> Shown:
    """One holder in a row of editions."""
    return Shown(person, person, start, acting, editions)


@pytest.mark.parametrize(
    ("timeline", "end"),
    [
        ([shown("a", "2017-01-20", "2021-01-01"), shown("b", "2021-01-20", "2021-02-15")], "2021-01-20"),
        ([shown("a", "2010-01-20", "2020-11-27"), shown("b", "2021-11-01", "2021-11-11")], None),
        ([shown("a", "2010-01-20", "2021-03-01"), shown("b", "2021-11-01", "2021-11-11")], "2021"),
        ([shown("a", "2010-01-20", "2017-03-29"), shown("b", "2017-04-01", "2020-11-27")], None),
        ([shown("a", "2010-01-20", "2017-03-29"), shown("b", "2017-11-01", "2020-11-27")], None),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "President Ana PEREZ (since 2016) resigned 5 May 2020",
            ("President", "Ana PEREZ", "2020-05-05", True),
        ),
        ("Ana PEREZ resigned the presidency effective 5 May 2020", ("", "Ana PEREZ", "2020-05-05", True)),
        ("on 5 May 2020, President Ana PEREZ died in", ("President", "Ana PEREZ", "2020-05-05", False)),
        (
            "Prime Minister Ana PEREZ (since 2015) was dismissed by President DOE on 5 May 2020",
            ("Prime Minister", "Ana PEREZ", "2020-05-05", False),
        ),
        (
            "President DOE removed Prime Minister Ana PEREZ from office on 5 May 2020",
            ("Prime Minister", "Ana PEREZ", "2020-05-05", False),
        ),
        (
            "President Ana PEREZ departed the country on 5 May 2020",
            ("President", "Ana PEREZ", "2020-05-05", False),
        ),
        (
            "Vice President Ana PEREZ resigned 5 May 2020",
            ("Vice President", "Ana PEREZ", "2020-05-05", True),
        ),
        (
            "on 5 May 2020, the Constitutional Court confirmed PEREZ's impeachment and removal from office",
            ("", "PEREZ", "2020-05-05", False),
        ),
        (
            "vacant since 5 May 2020 when the military ousted former Prime Minister Ana PEREZ (2019)",
            ("Prime Minister", "Ana PEREZ", "2020-05-05", False),
        ),
        (
            "deposed president PEREZ has been under house arrest since a military coup on 5 May 2020",
            ("president", "PEREZ", "2020-05-05", False),
        ),
        (
            "Prime Minister Ana PEREZ was arrested and detained by the military on 3 May 2020 and resigned "
            "on 5 May 2020",
            ("Prime Minister", "Ana PEREZ", "2020-05-05", True),
        ),
        ("on 5 May 2020, President Ana PEREZ dismissed Prime Minister Jon DOE", None),
        ("President Ana PEREZ was impeached on 5 May 2020 and awaits the decision", None),
    ],
)
def test_a_remark_tells_who_left_which_office(text: str, expected: tuple[str, str, str, bool] | None) -> None:
    """The office belongs to the departure; who dismisses somebody stays."""
    found = [(one.title, one.name, one.date, one.may_stay) for one in departures(text)]
    assert found == ([] if expected is None else [expected])


EDITIONS = ("2019-12-01", "2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01", "2020-05-01", "2020-06-01")
STATE, HEAD = "chief_of_state", "head_of_government"


def rows_of(*lines: tuple[str, str, str], known: dict[tuple[str, str], Ending] | None = None) -> list[Row]:
    """The rows that the lines (field, edition, text) of one page give."""
    filler = [("capital", date, "Alba City") for date in EDITIONS]
    changes = [
        Change("europe/xx.json", "Alba", field, date, "0a1b2c3", text)
        for field, date, text in (*lines, *filler)
    ]
    log = Log(changes, ())
    atlas = Atlas({"xx": Thing("Q1", "Alba", ("state",))}, {}, {})
    people = People({})
    found = entries(log, atlas)
    read_people(log, found, people)
    return office_rows(log, atlas, found, people, known)


def tenures(*lines: tuple[str, str, str]) -> set[tuple[str, str, str, str]]:
    """(relation, person, start, end) that the lines (field, edition, text) of one page give."""
    return {
        (row.predicate, row.value.label, row.start, row.end)
        for row in rows_of(*lines)
        if isinstance(row.value, Thing)
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            [
                (STATE, "2020-01-01", "President Ana PEREZ (since 1 May 2019)"),
                (HEAD, "2020-01-01", "President Ana PEREZ (since 1 May 2019)"),
                (HEAD, "2020-03-01", "Prime Minister Jon DOE (since 10 February 2020)"),
            ],
            {("president", "Ana Perez", ""), ("P6", "Ana Perez", "")},
            id="no prime minister ends a president",
        ),
        pytest.param(
            [
                (HEAD, "2020-01-01", "Prime Minister Ana PEREZ (since 1 May 2017)"),
                (STATE, "2020-03-01", "President Ana PEREZ (since 1 March 2019)"),
                (HEAD, "2020-03-01", "Prime Minister Jon DOE (since 10 February 2020)"),
                (
                    STATE,
                    "2020-05-01",
                    "Acting President Tom ROE; President Ana PEREZ resigned 9 April 2020",
                ),
            ],
            {("prime-minister", "Ana Perez", "2020-02-10"), ("president", "Ana Perez", "2020-04-09")},
            id="a departure is from its own office",
        ),
        pytest.param(
            [
                (HEAD, "2020-01-01", "Prime Minister Ana PEREZ (since 1 May 2017)"),
                (
                    HEAD,
                    "2020-04-01",
                    "(vacant); Prime Minister Ana PEREZ resigned 9 March 2020",
                ),
                (HEAD, "2020-06-01", "Prime Minister Jon DOE (since 20 May 2020)"),
            ],
            {("prime-minister", "Ana Perez", "2020-03-09/2020-05-20")},
            id="a prime minister who resigned left by the start of the next",
        ),
        pytest.param(
            [
                (HEAD, "2020-01-01", "Prime Minister Ana PEREZ (since 1 May 2017)"),
                (HEAD, "2020-03-01", "Acting Prime Minister Ana PEREZ (since 10 February 2020)"),
                (HEAD, "2020-05-01", "Prime Minister Jon DOE (since 10 April 2020)"),
            ],
            {("P6", "Ana Perez", "2020-04-10")},
            id="who stays as a caretaker has not left",
        ),
        pytest.param(
            [
                (
                    STATE,
                    "2020-01-01",
                    "Captain Regent Ana PEREZ (for the period 1 May 2019 - 1 October 2019)",
                )
            ],
            {("P35", "Ana Perez", "2019-10-01")},
            id="a stated period ends",
        ),
        pytest.param(
            [
                (
                    STATE,
                    "2020-01-01",
                    "President Jon DOE (since 2010); Vice President Ana PEREZ (2015)",
                ),
                (
                    STATE,
                    "2020-03-01",
                    "President Ana PEREZ (since 10 February 2020)",
                ),
            ],
            {("vice-president", "Ana Perez", "2020-02-10"), ("president", "Ana Perez", "")},
            id="a vice president who rises",
        ),
        pytest.param(
            [
                (STATE, "2020-01-01", "President Jon DOE (since 15 June 2014)"),
                (STATE, "2020-03-01", "President Ana PEREZ (since 15 June 2014)"),
            ],
            {("president", "Jon Doe", "")},
            id="a start that is the predecessor's ends nothing",
        ),
        pytest.param(
            [
                (STATE, "2020-01-01", "President Ana PEREZ (since 1 May 2014)"),
                (
                    STATE,
                    "2020-03-01",
                    "Acting President Jon DOE (since 9 February 2020); note - President PEREZ was suspended "
                    "and awaits the final decision of the Court",
                ),
            ],
            {("president", "Ana Perez", "")},
            id="a suspension is no end",
        ),
    ],
)
def test_a_tenure_ends_only_with_its_office(
    lines: list[tuple[str, str, str]], expected: set[tuple[str, str, str]]
) -> None:
    """Where it is not stated or clear when somebody left, no end stands."""
    assert expected <= {(relation, person, end) for relation, person, _, end in tenures(*lines)}
    told = {(relation, person) for relation, person, _ in expected}
    ends = {(relation, person, end) for relation, person, _, end in tenures(*lines)}
    assert {one for one in ends if one[:2] in told} == expected


@pytest.mark.parametrize(
    ("timeline", "end"),
    [
        pytest.param(
            [shown("a", "2012-03-23", "2021-03-01", "2021-06-15"), shown("b", "2021-05-12", "2021-07-29")],
            "2021-05-11/2021-05-12",
            id="shown before and after the successor's start",
        ),
        pytest.param(
            [shown("a", "2012-03-23", "2016-11-26", "2017-03-29"), shown("b", "2017-03-19", "2020-11-27")],
            "2016-11-26/2017-03-19",
            id="shown after it and then not before a long gap",
        ),
        pytest.param(
            [shown("a", "2012-08-16", "2017-03-29", "2021-03-01"), shown("b", "2020-08-16", "2021-05-23")],
            "2017-03-29/2020-08-16",
            id="shown after a long gap in which it lies",
        ),
        pytest.param(
            [shown("a", "2019-01-01", "2020-11-27"), shown("b", "2020-11-20", "2021-01-01")],
            "2020-11-19/2020-11-20",
            id="shown soon after it",
        ),
        pytest.param(
            [shown("a", "2011-06-22", "2015-10-28"), shown("b", "2015-05-29", "2015-11-29")],
            "2011-06-22/2015-05-29",
            id="shown long after it, and never before",
        ),
        pytest.param(
            [shown("a", "2016-10-03", "2021-03-01", "2021-12-30"), shown("b", "2021-04", "2022-01-20")],
            "2021-03-01/2021-04",
            id="a successor since a month",
        ),
        pytest.param(
            [
                shown("a", "2014-08-25", "2022-08-25"),
                shown("b", "2022-08", "2022-09-29", acting=True),
                shown("a", "2014-08-25", "2022-10-27"),
            ],
            None,
            id="who came back did not leave",
        ),
    ],
)
def test_a_page_may_be_behind_the_time(timeline: list[Shown], end: str | None) -> None:
    """The successor's start ends a tenure that editions went on to show."""
    first = timeline[0]
    found = endings(timeline).get((first.person, first.start, first.acting))
    assert (found.date if found else None) == end


def test_another_page_tells_when_somebody_left() -> None:
    """The curated list goes before what the editions, behind the time, imply; its words are quoted."""
    lines = (
        (HEAD, "2020-01-01", "Prime Minister Ana PEREZ (since 1 May 2013)"),
        (HEAD, "2020-05-01", "Prime Minister Jon DOE (since 10 February 2020)"),
    )
    known = {("anaperez", "2013-05-01"): Ending("2015-08-31", '"Perez left on 31 August" (Alba Post, 2015)')}
    ana = [row for row in rows_of(*lines, known=known) if row.start == "2013-05-01"]
    assert {(row.end, row.seen_first, row.seen_last) for row in ana} == {("2015-08-31", "", "")}
    assert all(row.origin.quote.endswith('; "Perez left on 31 August" (Alba Post, 2015)') for row in ana)


def test_the_curated_departures_are_sourced() -> None:
    """Each has a whole source, and an end after its start."""
    path = Path(__file__).parents[1] / "reference" / "importers" / "departures.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert all(all(row.values()) and row["start"] < row["end"] for row in rows)
    assert len(read_departures(path)) == len(rows) > 0


def test_the_edition_that_states_the_day_is_cited() -> None:
    """Not an earlier one that shows the successor with less of a date."""
    timeline = [
        shown("a", "2020-06-28", "2025-09-25", "2025-10-07"),
        shown("b", "", "2025-11-27"),
        shown("b", "2025-10-04", "2025-12-11"),
    ]
    (found,) = endings(timeline).values()
    assert found == Ending("2025-10-04", "succeeded by b on 2025-10-04 (edition of 2025-12-11)")


def test_a_row_was_not_seen_after_its_end() -> None:
    """What a page that is behind the time shows is not counted."""
    found = rows_of(
        (HEAD, "2020-01-01", "Prime Minister Ana PEREZ (since 1 May 2017)"),
        (HEAD, "2020-05-01", "Prime Minister Jon DOE (since 10 February 2020)"),
    )
    ana = {(row.end, row.seen_first, row.seen_last) for row in found if row.start == "2017-05-01"}
    assert ana == {("2020-02-10", "2020-01-01", "2020-02-01")}
    found = rows_of(
        (HEAD, "2020-03-01", "Prime Minister Ana PEREZ (since 1 May 2017)"),
        (HEAD, "2020-05-01", "Prime Minister Jon DOE (since 10 February 2020)"),
    )
    ana = {(row.end, row.seen_first, row.seen_last) for row in found if row.start == "2017-05-01"}
    assert ana == {("2020-02-09/2020-02-10", "", "")}


def test_a_chair_ends_and_the_colleagues_stay() -> None:
    """One of several has the chair; the start of the next chair is not the end of a member."""
    found = tenures(
        (
            STATE,
            "2020-01-01",
            "Chairman of the Presidency Ana PEREZ (chairman since 1 May 2019); Jon DOE (presidency member "
            "since 20 November 2018)",
        ),
        (
            STATE,
            "2020-03-01",
            "Chairman of the Presidency Jon DOE (chairman since 10 February 2020); Ana PEREZ (presidency "
            "member since 1 May 2019)",
        ),
    )
    assert {(person, start, end) for relation, person, start, end in found if relation == "P35"} >= {
        ("Ana Perez", "2019-05-01", "2020-02-10"),
        ("Ana Perez", "2019-05-01", ""),
        ("Jon Doe", "2018-11-20", ""),
    }


def test_a_prime_minister_named_second_ends_too() -> None:
    """If the page still shows them after the start of the next."""
    found = tenures(
        (HEAD, "2020-01-01", "President Tom ROE (since 2010); Prime Minister Ana PEREZ (since 1 May 2017)"),
        (HEAD, "2020-04-01", "President Tom ROE (since 2010); Prime Minister Jon DOE (since 1 March 2020)"),
    )
    assert ("prime-minister", "Ana Perez", "2017-05-01", "2020-02-29/2020-03-01") in found


def test_one_start_does_not_date_two_offices() -> None:
    """That of a "King and Prime Minister" is the king's, unless the page dates the other office too."""
    found = tenures((HEAD, "2020-01-01", "King and Prime Minister Tom ROE (since 1 May 1990)"))
    assert {(relation, start) for relation, _, start, _ in found} == {
        ("monarch", "1990-05-01"),
        ("P6", ""),
        ("prime-minister", ""),
    }
    found = tenures(
        (STATE, "2020-01-01", "Acting President and Prime Minister Tom ROE (since 1 May 2019)"),
        (HEAD, "2020-01-01", "Prime Minister Tom ROE (since 1 May 2019)"),
    )
    assert ("prime-minister", "2019-05-01") in {(relation, start) for relation, _, start, _ in found}


def test_an_impossible_start_is_left_out() -> None:
    """That of a predecessor, or of an election."""
    wrong = tenures(
        (STATE, "2020-01-01", "President Jon DOE (since 15 June 2014)"),
        (STATE, "2020-03-01", "President Ana PEREZ (since 15 June 2014)"),
    )
    assert ("president", "Ana Perez", "", "") in wrong
    elected = tenures(
        (HEAD, "2020-01-01", "President-elect Ana PEREZ (since 18 December 2019)"),
        (HEAD, "2020-03-01", "President Ana PEREZ (since 18 December 2019)"),
    )
    assert elected == {("P6", "Ana Perez", "", ""), ("president", "Ana Perez", "", "")}


def test_two_editions_may_differ_about_a_start() -> None:
    """Both stand as rows."""
    found = tenures(
        (HEAD, "2020-01-01", "Prime Minister Ana PEREZ (since 22 November 2019)"),
        (HEAD, "2020-03-01", "Prime Minister Ana PEREZ (since 22 December 2019)"),
    )
    assert {start for relation, _, start, _ in found if relation == "P6"} == {"2019-11-22", "2019-12-22"}


def test_a_term_before_a_gap_may_have_ended_in_it() -> None:
    """One who came back shares no end with the earlier term; corrections and terms without a gap do."""
    timeline = [
        shown("a", "2014-11-07", "2016-11-26"),
        shown("a", "2014-11-07", "2017-03-29"),
        shown("a", "2017-05-04", "2020-11-27", "2021-04-23"),
        shown("b", "2021-05-12", "2021-06-15"),
    ]
    assert {key[1]: found.date for key, found in endings(timeline).items()} == {"2017-05-04": "2021-05-12"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("15 February 2021", "2021-02-15"), ("July 2021 est.", "2021-07"), ("NA 2010", "2010"), ("none", "")],
)
def test_dates_keep_their_precision(text: str, expected: str) -> None:
    """What is not written is not invented."""
    assert iso(text) == expected


def test_events_are_dates_with_words() -> None:
    """Days that are written as a span are a span; a bracket that nobody closed ends before the next date."""
    text = (
        "17 February 2008 (from Serbia); 14-15 May 1811 (from Spain); ca. 965 (unified); "
        "9 May 1877 (proclaimed; 13 July 1878 (recognized)"
    )
    assert [(one.date, one.words) for one in dated(text)] == [
        ("2008-02-17", "from Serbia"),
        ("1811-05-14/1811-05-15", "from Spain"),
        ("1877-05-09", "proclaimed"),
        ("1878-07-13", "recognized"),
    ]


def test_shares_are_those_of_the_whole_population() -> None:
    """A share in brackets is a share of a share; a range is no figure."""
    text = "Muslim 95.6%, Roman Catholic 2.2% (Old Rite 1%), Orthodox 15-20%, other 0.1% (2011 est.)"
    assert [(one.religion.label, one.share, one.year) for one in shares(text)] == [
        ("Islam", "95.6%", "2011"),
        ("Catholicism", "2.2%", "2011"),
        ("Orthodox Christianity", "", "2011"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orthodox 46.1%, Christian 13.2% (2021 est.)", [("Orthodox Christianity", "46.1%", "2021")]),
        (
            "Roman Catholic 36.5%, none 47.3% Roman Catholic 42%, Protestant 15% (2023 est.)",
            [("Catholicism", "36.5%", ""), ("Catholicism", "42%", "2023"), ("Protestantism", "15%", "2023")],
        ),
        ("Hindu 2.7%, Muslim, 1.3%", [("Hinduism", "2.7%", ""), ("Islam", "1.3%", "")]),
        ("Christian (mostly Roman Catholic) 89.5, other 8.8%", [("Christianity", "89.5%", "")]),
        ("Hindu 81.2%; less than 1%: Jains, Sikh", [("Hinduism", "81.2%", "")]),
        (
            "nominally Roman Catholic 92%, Buddhism .5%",
            [("Catholicism", "92%", ""), ("Buddhism", "0.5%", "")],
        ),
        ("Russian Orthodox 15-20%", [("Orthodox Christianity", "", "")]),
        ("Ethiopian Orthodox 43.8%", []),
    ],
)
def test_each_survey_and_each_denomination_stands_for_itself(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    """The rest of the Christians is not all of them, and an Oriental church is not an Eastern one."""
    assert [(one.religion.label, one.share, one.year) for one in shares(text)] == expected


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
    ("name", "expected"),
    [
        ("MCLAUGHLIN", "McLaughlin"),
        ("TU'I'ONETOA", "Tu'i'onetoa"),
        ("D'OLIVEIRA", "D'Oliveira"),
        ("MULI'AKA'AKA", "Muli'aka'aka"),
        ("DOS", "dos"),
        ("BIN", "bin"),
        ("al-'ABADI", "al-'Abadi"),
    ],
)
def test_particles_are_small(name: str, expected: str) -> None:
    """Inside a name, as in usual spelling."""
    assert cased(name, first=False) == expected


@pytest.mark.parametrize(
    ("name", "code", "label"),
    [
        ("Luiz Inacio LULA da Silva", "br", "Luiz Inacio Lula da Silva"),
        ("Ulisses CORREIA E. SILVA", "cv", "Ulisses Correia e Silva"),
        ("Alexander DE CROO", "be", "Alexander De Croo"),
        ("Jose Eduardo DOS SANTOS", "ao", "Jose Eduardo dos Santos"),
        ("Michelle BACHELET Jeria", "ci", "Michelle Bachelet"),
        ('Mohamed ABDULLAHI Mohamed "Farmaajo', "so", "Mohamed Abdullahi"),
    ],
)
def test_a_label_is_the_name_in_usual_letters(name: str, code: str, label: str) -> None:
    """With the particle that belongs to it."""
    assert usual(name, "President", code=code)[0] == label


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("KIM Jong Un", "kn", ["Jong Un Kim"]),
        ("Shinzo ABE", "ja", ["Abe Shinzo"]),
        ("HAITHAM bin Tarik Al Said", "mu", ["Haitham bin Tarik"]),
        ("SALMAN bin Abd al-Aziz Al Saud", "sa", ["Salman bin Abd al-Aziz"]),
        ("Joao LOURENCO", "ao", []),
    ],
)
def test_names_have_other_orders_and_short_forms(name: str, code: str, expected: list[str]) -> None:
    """The surname first or last in East Asia; without the house in Arabia."""
    assert further_forms(name, code=code) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("KARIM", "King KARIM; also spelled Kareem (since 2016)", ("Kareem",)),
        ("SONEXAY Siphandon", "SONEXAY (also spelled SONXAI) Siphandon", ("SONXAI Siphandon",)),
        ("Taur Matan RUAK", "Taur Matan RUAK, aka Jose de VASCONCELOS (since", ("Jose de VASCONCELOS",)),
        ("Jon DOE", "Ana PEREZ, also spelled Anna PERES", ()),
    ],
)
def test_a_line_may_give_other_spellings(name: str, text: str, expected: tuple[str, ...]) -> None:
    """They are names of the person beside whose name they stand."""
    assert other_spellings(name, text) == expected


def named(*namings: tuple[str, str, str]) -> People:
    """The people of (page, name, title), each alone in a line."""
    people = People({})
    told = [Naming(code, HEAD, "", name, title, f"{code} {name}") for code, name, title in namings]
    people.read(told, Counter())
    return people


def test_spellings_of_one_person_are_one_entity() -> None:
    """A name with words left out is the same person's; all spellings are aliases."""
    people = named(
        ("aa", "Ana RUIZ Gomez", "Prime Minister"),
        ("aa", "Ana Eloína RUÍZ Gómez", "Prime Minister"),
        ("aa", "Jon RUIZ Gomez", "Prime Minister"),
    )
    one = people.person("aa", "Ana RUIZ Gomez")
    assert one == people.person("aa", "Ana Eloína RUÍZ Gómez") != people.person("aa", "Jon RUIZ Gomez")
    assert {"Ana Ruiz", "Ana Eloína Ruíz Gómez"} <= one.aliases | {one.label}


def test_a_short_name_is_nobody_else_s() -> None:
    """What could be two persons' name is neither's alias; one word is a name only if nobody else has it."""
    people = named(
        ("aa", "Ram Baran YADAV", "President"),
        ("aa", "Ram Sahaya Prasad YADAV", "President"),
        ("bb", "WILLEM-ALEXANDER", "King"),
        ("cc", "PHILIPPE", "King"),
        ("dd", "Edouard PHILIPPE", "Prime Minister"),
    )
    assert "Ram Yadav" not in people.person("aa", "Ram Baran YADAV").aliases
    assert "Willem-Alexander" in people.person("bb", "WILLEM-ALEXANDER").aliases
    assert "Philippe" not in people.person("cc", "PHILIPPE").aliases


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


def page(**headings: dict[str, object]) -> Page:
    """A page of the Factbook with these headings, "_" for a blank."""
    return Page("europe/xx.json", {name.replace("_", " "): cells for name, cells in headings.items()})


NOWHERE = Thing("Q0", "Nowhere", ("state",))
FRANCE, BELGIUM, SWEDEN = (
    Thing(f"Q{n}", name, ("state",)) for n, name in enumerate(("France", "Belgium", "Sweden"), 1)
)
WORLD = Atlas(
    {"fr": FRANCE, "be": BELGIUM, "sw": SWEDEN},
    {"france": "fr", "belgium": "be", "sweden": "sw"},
    {"french": "fr", "belgian": "be"},
)


def stated(one: Page, predicate: str) -> list[tuple[str, str]]:
    """What the page states of Nowhere in this relation, with the date of each."""
    reading = Reading(Edition("2021-03-01", "2021-03-01", "abc", (one,)), one, NOWHERE, WORLD)
    return [
        (row.value if isinstance(row.value, str) else row.value.label, row.point_in_time)
        for row in statements(reading)
        if row.predicate == predicate
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "federal parliamentary democracy (Parliament of X) under a constitutional monarchy; a realm",
            [
                "federal parliamentary democracy under a constitutional monarchy",
                "constitutional monarchy",
                "monarchy",
                "parliamentary democracy",
                "federation",
            ],
        ),
        ("semi-presidential republic", ["semi-presidential republic", "republic"]),
        ("communist party-led state", ["communist party-led state", "communist state"]),
        ("federal republic (formally a confederation)", None),
        ("presidential republic; highly authoritarian", None),
        ('elective monarchy; self-described as an "absolute monarchy"', ["elective monarchy", "monarchy"]),
        ("dictatorship, single-party communist state", None),
        ("in transition", ["government in transition"]),
        ("formerly, semi-presidential republic", []),
        ("", []),
    ],
)
def test_a_form_of_government_contains_general_ones(text: str, expected: list[str] | None) -> None:
    """The page's own name comes first; what it was formerly, or calls itself, is none."""
    found = [one.label for one in governments_of(text)]
    others = {
        "federal republic (formally a confederation)": [
            "federal republic",
            "republic",
            "federation",
            "confederation",
        ],
        "presidential republic; highly authoritarian": [
            "presidential republic",
            "republic",
            "authoritarian state",
        ],
        "dictatorship, single-party communist state": ["dictatorship", "communist state", "one-party state"],
    }
    assert found == (others[text] if expected is None else expected)


def test_regimes_exclude_each_other() -> None:
    """Other words for one form are no change; a republic in place of a monarchy is one."""
    assert regime("communist state") == regime("communist party-led state") == "communist"
    assert regime("parliamentary democracy under a constitutional monarchy") == "monarchy"
    assert regime("parliamentary republic; a realm") == "republic"
    assert regime("formerly, presidential republic") == "former"
    assert regime("authoritarian") == ""


@pytest.mark.parametrize(
    ("text", "note", "expected"),
    [
        ("Spanish (Castilian; official) 98.6%, Quechua 3%", "", ["Spanish"]),
        ("Kyrgyz (state language) 71.4%, Russian (official language) 9%", "", ["Kyrgyz", "Russian"]),
        ("Kiswahili or Swahili (official), Swahili/Kiswahili (official)", "", ["Swahili"]),
        ("isiZulu or Zulu (official) 25.3%", "", ["Zulu"]),
        ("Asante 16%, Ewe 14%", "note: English is the official language", ["English"]),
        (
            "Mambai 16%",
            "note: data are old; Tetun and Portuguese are official languages",
            ["Tetum", "Portuguese"],
        ),
        ("Swedish, Danish", "note: only the 24 official languages are listed", ["Swedish", "Danish"]),
        (
            "Shona (official), 2 minority languages (official; includes Chewa, sign language, and Venda)",
            "",
            ["Shona", "Chewa", "Venda"],
        ),
        (
            "Oromo (official regional working language) 33.8%, Amharic (official national language)",
            "",
            ["Amharic"],
        ),
        ("Catalan (official in Catalonia) 17%, Hungarian 0.4% (official, only in some towns)", "", []),
        (
            "Georgian (official), other (including Abkhaz, the official language in Abkhazia)",
            "",
            ["Georgian"],
        ),
        ("German (official)", "note: Danish and Frisian are official minority languages", ["German"]),
    ],
)
def test_official_languages_have_one_id_each(text: str, note: str, expected: list[str]) -> None:
    """A language of a part of the country is not the country's, and two names are one language."""
    one = page(People_and_Society={"Languages": {"Languages": {"text": text}, "note": note}})
    assert [found.thing.label for found in languages.official(one)] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ({"Currency": {"text": "leva (BGN) per US dollar -"}}, [("lev", "BGN")]),
        ({"currency": {"text": "leva (BGN) per US dollar -"}}, [("lev", "BGN")]),
        ({"text": "<p>the US dollar is used</p>"}, [("US dollar", "USD")]),
        ({"text": "the US dollar became Nowhere's currency in 2001"}, [("US dollar", "USD")]),
        ({"text": "<strong>note:</strong> uses the euro"}, [("euro", "EUR")]),
        (
            {"Currency": {"text": "Nowhere dollars or Australian dollars (AUD) per US dollar"}},
            [("Nowhere dollar", ""), ("Australian dollar", "AUD")],
        ),
        ({"text": "see entry for the West Bank"}, []),
    ],
)
def test_a_currency_is_named_in_the_singular(
    cell: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """Whatever the edition calls the cell."""
    one = page(Economy={"Exchange rates": cell})
    purse = currencies.Currencies()
    found = [(purse.named(money).label, money.code) for money in currencies.used(one, "2021-03-01")]
    assert found == expected


def test_a_currency_goes_by_its_noun() -> None:
    """ "dollar" may be any of several, "won" is too common a word; an adjective goes before a noun alone."""

    def made(name: str, path: str) -> Page:
        cells = {"Exchange rates": {"Currency": {"text": f"{name} per US dollar"}}}
        people = {"Nationality": {"adjective": {"text": "Nowherian"}}}
        state = {"International organization participation": {"text": "UN"}}
        return Page(path, {"Economy": cells, "People and Society": people, "Government": state})

    names = (
        "new Israeli shekels (ILS)",
        "Fijian dollars (FJD)",
        "Hong Kong dollars (HKD)",
        "zlotych (PLN)",
        "North Korean won (KPW)",
        "South Korean won (KRW)",
    )
    pages = tuple(made(name, f"europe/{code}.json") for code, name in zip("abcdef", names, strict=True))
    found = currencies.build((Edition("2021-03-01", "2021-03-01", "abc", pages),)).things
    assert {"shekel", "shekels", "new Israeli shekels"} <= found["ILS"].aliases
    assert "dollar" in found["FJD"].aliases & found["HKD"].aliases
    assert "won" not in found["KPW"].aliases | found["KRW"].aliases
    assert (found["PLN"].label, "Nowherian zloty" in found["PLN"].aliases) == ("zloty", True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("from Belgium-administered UN trusteeship", ["Belgium", "United Nations trusteeship"]),
        (
            "from the Belgium-, Sweden-, and France-administered UN trusteeship",
            ["Belgium", "Sweden", "France", "United Nations trusteeship"],
        ),
        ("from UN trusteeship under Belgian administration", ["Belgium", "United Nations trusteeship"]),
        ("from UN trusteeship", []),
        ("from League of Nations mandate under French administration", ["France"]),
        ("from Sweden and France", ["Sweden", "France"]),
        ("from France protectorate status; the rising of 1952 led to a republic", ["France"]),
        ("union with Sweden declared dissolved", ["Sweden"]),
        ("Czechoslovakia split into two", ["Czechoslovakia"]),
        ("from Atlantis", []),
    ],
)
def test_the_former_ruler_is_named(words: str, expected: list[str]) -> None:
    """Of a trusteeship who administered it; nobody if the page does not say who."""
    assert [one.label for one in former_rulers(words, WORLD)] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("from France", True),
        ("declared independence from France", True),
        ("Union of Nowhere formed from four colonies", True),
        ("founding of the Confederation", True),
        ("republic proclaimed, succeeding the Empire", True),
        ("referendum endorsed independence from France", True),
        ("republic proclaimed", False),
        ("became a parliamentary constitutional monarchy", False),
        ("recognized by France", False),
        ("majority rule", False),
        ("independence reestablished after 60 years", False),
        ("independence declared from France; in actuality, autonomy attained", False),
    ],
)
def test_not_every_date_of_a_country_is_its_founding(words: str, expected: bool) -> None:
    """A republic declared in an old country, a treaty and an act are none."""
    assert founding(words) is expected


def test_an_older_country_is_not_founded_when_it_becomes_independent() -> None:
    """ "Notable earlier dates" leave it open when it was founded, not from whom it became independent."""
    text = "7 June 1991 (from France); notable earlier dates: 1253 (coronation, traditional founding date)"
    one = page(Government={"Independence": {"text": text}})
    assert stated(one, "independence-from") == [("France", "1991-06-07")]
    assert stated(one, "independence-date") == [("1991", "1991-06-07"), ("1991-06-07", "1991-06-07")]
    assert stated(one, "P571") == []


def test_independence_has_its_year_and_its_day() -> None:
    """Another day of the same year is not denied, another year is."""
    one = page(Government={"Independence": {"text": "5 July 1962 (from France)"}})
    assert stated(one, "independence-date") == [("1962", "1962-07-05"), ("1962-07-05", "1962-07-05")]
    assert stated(one, "P571") == [("1962-07-05", "")]


def test_an_early_independence_excludes_no_other_date() -> None:
    """Sources count such ones by other steps, too: its date stands apart, with the year and the day."""
    one = page(Government={"Independence": {"text": "5 July 1822 (from France)"}})
    found = [("1822", "1822-07-05"), ("1822-07-05", "1822-07-05")]
    assert stated(one, "early-independence-date") == found
    assert stated(one, "independence-date") == []


def test_independence_in_steps_has_the_date_of_each() -> None:
    """What only led to it, or stands in a note, makes a span in which no day is denied."""
    text = "30 August 1991 (declared from France); 18 October 1991 (adopted by the Council)"
    one = page(Government={"Independence": {"text": text}})
    days = ("1991-08-30", "1991-10-18")
    assert stated(one, "independence-from") == [("France", day) for day in days]
    assert stated(one, "independence-date") == [(value, day) for day in days for value in ("1991", day)]
    assert stated(one, "P571") == [("1991-08-30", ""), ("1991-08-30/1991-10-18", "")]
    note = "<strong>note:</strong> independence declared on 3 March 1992"
    noted = page(Government={"Independence": {"text": "1 March 1992 (from France)", "note": note}})
    span = "1992-03-01/1992-03-03"
    assert stated(noted, "independence-from") == [("France", "1992-03-01"), ("France", span)]
    assert stated(noted, "independence-date")[-1] == (span, span)
    text = (
        "3 March 1878 (as an autonomous principality); 22 September 1908 (complete independence from France)"
    )
    vague = page(Government={"Independence": {"text": text}})
    assert stated(vague, "independence-from") == [
        ("France", "1908-09-22"),
        ("France", "1878-03-03/1908-09-22"),
    ]


@pytest.mark.parametrize(
    "note", ["republic proclaimed on 1 May 1950", "former Nowhere declared independence on 1 May 1950"]
)
def test_a_note_about_something_else_is_no_step(note: str) -> None:
    """Of a republic, or of a predecessor."""
    one = page(Government={"Independence": {"text": "1 March 1992 (from France)", "note": f"note: {note}"}})
    assert stated(one, "independence-from") == [("France", "1992-03-01")]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("data represent population 15 years of age and older", True),
        ("data represent only the citizen population", True),
        ("total adherents among persons claiming a religious affiliation", True),
        ("data represent the total population; most are immigrants", False),
        ("officially atheist", False),
        ("", False),
    ],
)
def test_a_share_of_others_than_the_population_is_left_out(note: str, expected: bool) -> None:
    """The religion stays."""
    assert other_base(note) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8,787,045 (includes the Heights, annexed after 1967) (July 2021 est.)", [("8787045", "2021")]),
        ("66,052,076 United Kingdom (July 2021 est.)", [("66052076", "2021")]),
        ("652,271 (July 2020 est.)", [("652271", "2020")]),
        ("approximately 18,195 on the Sovereign Base Areas (2020)", []),
    ],
)
def test_a_population_has_the_year_of_its_estimate(text: str, expected: list[tuple[str, str]]) -> None:
    """Not one of what it includes, and not the figure of a larger area."""
    assert stated(page(People_and_Society={"Population": {"text": text}}), "P1082") == expected


def row(predicate: str, value: str, edition: str, *, year: str = "") -> Row:
    """A row that one edition states of Nowhere."""
    origin = Origin("https://example.org", "Nowhere", "CIA", edition, value)
    seen = "" if year else edition
    return Row(NOWHERE, predicate, value, origin, point_in_time=year, seen_first=seen, seen_last=seen)


def test_a_newer_edition_corrects_dates_and_figures_of_one_year() -> None:
    """Figures of other years stand, and so does what both editions may say."""
    rows = [
        row("P571", "1579", "2021-03-01"),
        row("P571", "1581", "2026-02"),
        row("P1082", "10", "2021-03-01", year="2020"),
        row("P1082", "11", "2026-02", year="2020"),
        row("P1082", "12", "2021-03-01", year="2021"),
        row("P37", "Latin", "2021-03-01"),
        row("P37", "Greek", "2026-02"),
    ]
    assert [one.value for one in newest(rows)] == ["1581", "11", "12", "Latin", "Greek"]


def test_one_form_of_government_or_currency_ends_where_another_begins() -> None:
    """Between the two editions; other words for the same form end nothing."""

    def edition(date: str, government: str) -> Edition:
        return Edition(date, date, "abc", (page(Government={"Government type": {"text": government}}),))

    atlas = Atlas({"xx": NOWHERE}, {}, {})
    span = "2021-03-01/2026-02"
    rows = [row("P122", "old", "2021-03-01"), row("P122", "new", "2026-02")]
    rows += [row("P38", "kuna", "2021-03-01"), row("P38", "euro", "2026-02")]
    changed = (edition("2021-03-01", "constitutional monarchy"), edition("2026-02", "parliamentary republic"))
    same = (edition("2021-03-01", "communist state"), edition("2026-02", "communist party-led state"))
    times = {one.value: (one.start, one.end) for one in ended(rows, changed, atlas)}
    assert times == {"old": ("", span), "new": (span, ""), "kuna": ("", span), "euro": (span, "")}
    assert [one.end for one in ended(rows[:2], same, atlas)] == ["", ""]
    junta = (edition("2021-03-01", "presidential republic"), edition("2026-02", "military regime"))
    rows = [row("P122", governments_form("republic").id, "2021-03-01"), row("P122", "old", "2021-03-01")]
    assert [one.end for one in ended(rows, junta, atlas)] == ["", span]


def mission(**cells: str) -> dict[str, str]:
    """A line of a list of missions."""
    names = "jurisdictions jurisdictionQIDs latitude longitude creation"
    usual = {
        "QID": "Q9",
        "operator": "Sweden",
        "operatorQID": "Q3",
        "country": "Italy",
        "countryQID": "Q38",
        "city": "Rome",
        "cityQID": "Q220",
        "type": "embassy",
    }
    return dict.fromkeys(names.split(), "") | usual | cells


def missions_of(*editions: dict[str, str], closed: Closures | None = None) -> list[Row]:
    """The rows of the Swedish mission of which the editions state these cells."""
    italy, libya = Thing("Q38", "Italy", ("state",)), Thing("Q4", "Libya", ("state",))
    places = {"Q3": SWEDEN, "Q38": italy, "Q4": libya}
    gazetteer = Gazetteer()
    gazetteer.read_missions([mission(), mission(cityQID="Q7", city="Old Rome")])
    cities = Cities(Atlas({"it": italy, "sw": SWEDEN, "ly": libya}, {}, {}), gazetteer, {})
    cities.capital(italy, "Rome", ())
    days = ("2021-01-25", "2022-11-16", "2023-01-01")
    found = [
        one
        for day, cells in zip(days, editions, strict=False)
        for one in read([mission(**cells)], day, places, cities, Tally())
    ]
    return mission_rows(found, cities, {}, {}, closed)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, [("embassy", "Rome", "Italy", "")]),
        ({"jurisdictionQIDs": "Q237"}, [("embassy", "Rome", "Holy See", "")]),
        ({"jurisdictionQIDs": "Q38|Q237"}, [("embassy", "Rome", "Italy", "")]),
        ({"creation": "1474-01-01T00:00:00Z"}, [("embassy", "Rome", "Italy", "")]),
        ({"creation": "1859-01-01T00:00:00Z"}, [("embassy", "Rome", "Italy", "")]),
        ({"creation": "1905-01-01T00:00:00Z"}, [("embassy", "Rome", "Italy", "1905")]),
        ({"city": "Italy", "cityQID": "Q38"}, []),
    ],
)
def test_a_mission_has_its_host_its_town_and_its_own_start(
    cells: dict[str, str], expected: list[tuple[str, str, str, str]]
) -> None:
    """In Rome for the Holy See; no older than its host; and the host is no town."""
    italy = Thing("Q38", "Italy", ("state",))
    places = {"Q3": SWEDEN, "Q38": italy, "Q237": Thing("Q237", "Holy See", ("state",))}
    gazetteer = Gazetteer()
    gazetteer.read_missions([mission()])
    cities = Cities(Atlas({"it": italy, "sw": SWEDEN}, {}, {}), gazetteer, {})
    cities.capital(italy, "Rome", ())
    cities.capital(places["Q237"], "Rome", ())
    found = list(read([mission(**cells)], "2021-01-25", places, cities, Tally()))
    rows = mission_rows(found, cities, {}, {"Q38": "1861-03-17"})
    assert [
        (one.predicate, one.value.label, dict(one.qualifiers)["P17"], one.start)
        for one in rows
        if isinstance(one.value, Thing)
    ] == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # An embassy to another state that stands here, and one that a newer edition lists as one to here.
        ([{"jurisdictionQIDs": "Q4"}], [("diplomatic-mission", "Italy", "2021-01-25")]),
        (
            [{"jurisdictionQIDs": "Q4"}, {"jurisdictionQIDs": "Q4|Q38"}],
            [("embassy", "Italy", "2022-11-16")],
        ),
        # Of no state the lists know, and of the sender: nothing follows.
        ([{"jurisdictionQIDs": "Q99|Q3"}], [("embassy", "Italy", "2021-01-25")]),
        ([{"type": "consulate", "jurisdictionQIDs": "Q4"}], [("consulate", "Italy", "2021-01-25")]),
        # The country is a slip, which the town and the jurisdictions tell.
        ([{"countryQID": "Q4", "jurisdictionQIDs": "Q38|Q99"}], [("embassy", "Italy", "2021-01-25")]),
    ],
)
def test_an_embassy_is_one_to_a_state_that_it_is_accredited_to(
    cells: list[dict[str, str]], expected: list[tuple[str, str, str]]
) -> None:
    """Where it stands tells less: the embassy to Libya may stand in Tunis."""
    rows = missions_of(*cells)
    assert [(one.predicate, dict(one.qualifiers)["P17"], one.seen_last) for one in rows] == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, "embassy of Sweden; country: Italy; city: Rome"),
        (
            {"country": "Sweden", "countryQID": "Q3", "jurisdictionQIDs": "Q38", "jurisdictions": "Italy"},
            "embassy of Sweden; country: Sweden (accredited to Italy); city: Rome",
        ),
        (
            {"country": "Sweden", "countryQID": "Q3"},
            "embassy of Sweden; country: Sweden (the city lies in Italy); city: Rome",
        ),
    ],
)
def test_a_country_that_is_a_slip_is_quoted_as_it_is_listed(cells: dict[str, str], expected: str) -> None:
    """What the list says stands in the quote, with what tells the host."""
    (found,) = missions_of(cells)
    assert found.origin.quote == expected


def test_the_newest_edition_tells_when_a_mission_opened() -> None:
    """A year becomes a day, or another year; an edition that states none says nothing."""
    rows = missions_of(
        {"creation": "1972-01-01T00:00:00Z"}, {"creation": "1973-07-16T00:00:00Z"}, {"creation": ""}
    )
    assert [(one.start, one.seen_first, one.seen_last) for one in rows] == [
        ("1973-07-16", "2021-01-25", "2023-01-01")
    ]


def told(day: str, *, suspended: bool = False, first: str = "2021-03-01", always: bool = False) -> Closure:
    """What a page says of an embassy that is no more."""
    origin = Origin("https://example.org/it", "Italy, edition of 2026", "Factbook", "2026-02-01", "none")
    return Closure(day, first, "2026-02", suspended, always, origin)


@pytest.mark.parametrize(
    ("closure", "opened", "expected"),
    [
        # Listed in January 2021 and in November 2022.
        (told("2015-03"), "", [("", "2015-03", "", "")]),
        (told("2021-08"), "2006-01-01T00:00:00Z", [("", "2021-08", "2021-01-25", "2021-01-25")]),
        (told("2015-03"), "2019-05-02T00:00:00Z", [("", "", "2021-01-25", "2022-11-16")]),
        (told("2019-03-11", suspended=True), "", []),
        (
            told("2023-04-22", suspended=True),
            "",
            [("", "2023-04-22/2026-02", "2021-01-25", "2022-11-16")],
        ),
        # None since the first edition; since one between the two; since one after both.
        (told("", always=True), "", [("negative", "", "2021-03-01", "2026-02")]),
        (
            told(""),
            "",
            [
                ("negative", "", "2021-03-01", "2026-02"),
                ("", "2021-01-25/2021-03-01", "2021-01-25", "2021-01-25"),
            ],
        ),
        (told("", first="2026-02"), "", [("", "2022-11-16/2026-02", "2021-01-25", "2022-11-16")]),
    ],
)
def test_an_embassy_that_closed_is_no_more(
    closure: Closure, opened: str, expected: list[tuple[str, str, str, str]]
) -> None:
    """What lists go on showing is not counted; where there is none, the row says so."""
    rows = missions_of({"creation": opened}, {"creation": opened}, closed={("Q3", "Q38"): closure})
    found = sorted(((one.polarity, one.end, one.seen_first, one.seen_last) for one in rows), reverse=True)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the US Embassy in Alba closed in August 2021", ("2021-08", False)),
        ("Ambassador; note - on 6 February 2012, the US closed its embassy in Alba", ("2012-02-06", False)),
        ("note: Embassy ceased operations and closed on 18 March 2014", ("2014-03-18", False)),
        ("note: the U.S. Embassy in Alba suspended operations (too) on 22 April 2023", ("2023-04-22", True)),
        ("none note: operations at the embassy were suspended on 18 March 2014", ("2014-03-18", True)),
        ("US Embassy Alba operations suspended in 2014", ("2014", True)),
        (
            "on 11 March 2019, the Department of State announced the temporary suspension of operations of "
            "the US Embassy in Alba",
            ("2019-03-11", True),
        ),
        ("none; the US Interests Section is located in the Embassy of Arcadia", ("", False)),
        ("the US does not have an embassy in Alba; the US Ambassador to Arcadia is accredited", ("", False)),
        ("none; the Alba Permanent Mission to the UN serves as the Embassy", None),
        ("note - US Embassy in Alba reopened on 1 June 2023 after having been closed in 1996", None),
        ("1 High Street, Alba City; note - consulate in Port Alba closed as of 28 September 2018", None),
        ("1 High Street, Alba City", None),
    ],
)  # fmt: skip
def test_a_page_tells_that_an_embassy_closed(text: str, expected: tuple[str, bool] | None) -> None:
    """The day, and whether its operations were only suspended."""
    change = Change("europe/xx.json", "Alba", "us_embassy", "2021-03-01", "0a1b2c3", text)
    atlas = Atlas({"xx": Thing("Q1", "Alba", ("state",))}, {}, {})
    found = closures(Log([change], ()), atlas).get(("Q30", "Q1"))
    assert (None if found is None else (found.day, found.suspended)) == expected


def test_a_quarter_is_cited_by_the_mission_whose_line_was_read() -> None:
    """The words are those of the mission, so its address stands beside them."""
    rows = missions_of({"city": "Old Rome", "cityQID": "Q7"})
    (quarter,) = (one for one in rows if one.predicate == "P131")
    assert quarter.origin.url.endswith("/Q9")


def test_a_seat_of_government_may_stand_in_a_note_of_its_own() -> None:
    """The log has only the name of the capital; newer editions have the note beside it."""
    data = {
        "Government": {"Capital": {"name": {"text": "Rome"}, "note": "note: Turin is the seat of government"}}
    }
    edition = Edition("2026-05-17", "2026-02", "0a1b2c3", (Page("europe/it.json", data),))
    change = Change("europe/it.json", "Italy", "capital", "2021-03-01", "0a1b2c3", "Rome")
    italy = Thing("Q38", "Italy", ("state",))
    cities = Cities(Atlas({"it": italy}, {}, {}), Gazetteer(), {})
    seats = [one for one in capital_rows(Log([change], (edition,)), cities) if one.predicate != "P36"]
    assert [(one.object_id, one.seen_last) for one in seats] == [("city:turin-italy", "2026-02")]


def test_a_mission_to_the_holy_see_is_quoted_as_listed() -> None:
    """In Italy, with the jurisdictions that tell to whom it is accredited."""
    italy, holy_see = (Thing(qid, name, ("state",)) for qid, name in (("Q38", "Italy"), ("Q237", "Holy See")))
    places = {"Q3": SWEDEN, "Q38": italy, "Q237": holy_see}
    cities = Cities(Atlas({"it": italy, "sw": SWEDEN}, {}, {}), Gazetteer(), {})
    line = mission(jurisdictions="Vatican City|Malta", jurisdictionQIDs="Q237|Q233")
    (found,) = read([line], "2021-01-25", places, cities, Tally())
    assert (found.host, found.country) == (holy_see, "Italy; jurisdictions: Vatican City, Malta")


def test_the_trusteeship_of_the_united_nations_is_no_state() -> None:
    """It had an administrator, who is named beside it."""
    assert CLASSES["UN trusteeship"].types == ("territory",)


# ------------------------------------------------------------------------------------------------ geonames


def _town(name: str, people: int, *, east: float = 10.0, also: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "geonameid": len(name) * 1000 + people,
        "name": name,
        "latitude": 0.0,
        "longitude": east,
        "countrycode": "NW",
        "population": people,
        "alternatenames": [name, *also],
    }


@pytest.mark.parametrize(
    ("town", "taken"),
    [
        (_town("Farland", 90_000), True),
        (_town("Farland", 90_000, also=("Seat", "Farlandia")), False),  # a name of the capital's
        (_town("Farland", 90_000, east=0.1), False),  # beside the capital
        (_town("Saet", 90_000), False),  # like the capital's
        (_town("Reading", 90_000), False),  # a common word
        (_town("Someone", 90_000), False),  # a person's
        (_town("Twin", 90_000), False),
        (_town("Far", 90_000), False),  # short
    ],
)
def test_a_town_of_geonames_is_surely_another_than_the_capital(town: dict[str, object], taken: bool) -> None:
    """And its name is surely its own."""
    state = Thing("Q1", "Nowhere", ("state",))
    known = geonames.Known(
        {"nowhere": state}, {"Q1": frozenset({"Seat"})}, frozenset({"someone"}), frozenset({"reading"})
    )
    others = [_town("Seat", 500_000, east=0.0), _town("Twin", 80_000, east=30.0)]
    rows = list(geonames.town_rows([*others, town], {"NW": {"name": "Nowhere"}}, known))
    large = {row.subject.label for row in rows if row.origin.quote.endswith("90000")}
    assert (str(town["name"]) in large) is taken
    assert all(row.value == state and "CC BY 4.0" in row.origin.publisher for row in rows)


def test_the_facts_of_the_nights_are_the_heads_that_a_line_names() -> None:
    """With the edition that first has them so; a line in other words, or that names nobody, brings none."""
    lines = (
        ("2021-01-01", "aaa", "President Ana PEREZ (since 4 April 2021)"),
        ("2021-02-01", "bbb", "President Ana PEREZ (since 4 April 2021); note: she was elected"),
        ("2021-03-01", "ccc", "President Ana PEREZ (since 5 April 2021)"),
        ("2021-04-01", "ddd", "vacant"),
    )
    changes = [
        Change("europe/xx.json", "Xanadu", "chief_of_state", day, commit, text) for day, commit, text in lines
    ]
    atlas = Atlas({"xx": Thing("Q1", "Xanadu", ("state",))}, {}, {})
    assert list(head_facts(Log(changes, ()), atlas)) == [
        ("2021-01-01", "Xanadu", "Q1", "P35", "Ana PEREZ", "2021-04-04", "aaa"),
        ("2021-03-01", "Xanadu", "Q1", "P35", "Ana PEREZ", "2021-04-05", "ccc"),
        ("2021-04-01", "Xanadu", "Q1", "P35", "", "", "ddd"),
    ]
