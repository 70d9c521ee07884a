"""The readers of the Factbook's prose: office-holders, tenures, dates, shares of religions."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "reference" / "importers"))

from archives import Change, Edition, Page
from atlas import Atlas
from dates import dated, iso
from departures import departures
from faiths import muslim_share, only_muslim, shares
from holders import holders
from log import Log
from offices import entries, office_rows, read_people
from people import Naming, People
from person_names import cased, forms, further_forms, usual
from rows import Thing
from spellings import other_spellings
from states import Reading, statements
from tenures import Shown, endings
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
        ("State Affairs Commission President", "state", ["P35"]),
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


def tenures(*lines: tuple[str, str, str]) -> set[tuple[str, str, str, str]]:
    """(relation, person, start, end) that the lines (field, edition, text) of one page give."""
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
    rows = office_rows(log, atlas, found, people)
    return {
        (row.predicate, row.value.label, row.start, row.end) for row in rows if isinstance(row.value, Thing)
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
            {("prime-minister", "Ana Perez", "2020")},
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
