"""Dates in sentences: which words belong to them, what they say, and what is no date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from verifier.dates import MONTHS, add_days, day, iso, parse_date
from verifier.model import Day, PeriodKind, Span
from verifier.text.dates import find_expressions
from verifier.text.time import DateMention, find_dates

MONDAY = day(2021, 2, 1)


def found(text: str, *, as_of: str | None = "2021-02-01") -> list[tuple[str, str, str]]:
    """The phrases, kinds and dates in a text; two dates are written with "..." between them."""
    mentions = find_dates(text, as_of=parse_date(as_of) if as_of else None)
    return [(text[m.span.start : m.span.end], str(m.period.kind), _dates(m)) for m in mentions]


def _dates(mention: DateMention) -> str:
    ends = (mention.period.date, mention.period.until)
    return "...".join(iso(date) for date in ends if date is not None)


@pytest.mark.parametrize(
    ("text", "phrase", "kind", "date"),
    [
        ("Kosovo declared independence in 2008.", "in 2008", "at", "2008"),
        ("On December 6, 2017, he recognised it.", "On December 6, 2017,", "at", "2017-12-06"),
        ("He, on December 6, 2017, recognised it.", ", on December 6, 2017,", "at", "2017-12-06"),
        ("He said on December 6, 2017, that it is so.", "on December 6, 2017,", "at", "2017-12-06"),
        ("It opened on 6 December 2017.", "on 6 December 2017", "at", "2017-12-06"),
        ("the 6th of December 2017 was", "the 6th of December 2017", "at", "2017-12-06"),
        ("on the 14th of June, 1994.", "on the 14th of June, 1994", "at", "1994-06-14"),
        ("born on March 8th, 1970 in", "on March 8th, 1970", "at", "1970-03-08"),
        ("on Wednesday, 6 December 2017", "on Wednesday, 6 December 2017", "at", "2017-12-06"),
        ("in Sept. 2020 it", "in Sept. 2020", "at", "2020-09"),
        ("on 6 Dec 2017", "on 6 Dec 2017", "at", "2017-12-06"),
        ("on 2017-12-06 he", "on 2017-12-06", "at", "2017-12-06"),
        ("founded on 2001-01-01T00:00:00Z", "on 2001-01-01T00:00:00Z", "at", "2001-01-01"),
        ("on 13/12/2017", "on 13/12/2017", "at", "2017-12-13"),
        ("on 12/13/2017", "on 12/13/2017", "at", "2017-12-13"),
        ("on 13-12-2017", "on 13-12-2017", "at", "2017-12-13"),
        ("on the 22nd of September, in 1856.", "on the 22nd of September, in 1856", "at", "1856-09-22"),
        ("on 06.12.2017", "on 06.12.2017", "at", "2017-12-06"),
        ("occupied since 1967 but", "since 1967", "since", "1967"),
        ("from 2009 onwards", "from 2009 onwards", "since", "2009"),
        ("from 2009 on.", "from 2009 on", "since", "2009"),
        ("starting in May 2019", "starting in May 2019", "since", "2019-05"),
        ("in office since the 1990s", "since the 1990s", "since", "1990s"),
        ("president from 2009 to the present", "from 2009 to the present", "since", "2009"),
        ("president (2009-present)", "(2009-present)", "since", "2009"),
        ("As of September 2020, 98 did.", "As of September 2020,", "at", "2020-09"),
        ("embassy there until 14 May 2018", "until 14 May 2018", "until", "2018-05-14"),
        ("it was up until 2018", "up until 2018", "until", "2018"),
        ("to Jerusalem by June 2021, largely", "by June 2021", "by", "2021-06"),
        ("no later than 1 July 2021", "no later than 1 July 2021", "by", "2021-07-01"),
        ("by the end of 2021", "by the end of 2021", "by", "2021"),
        ("well before 1948", "well before 1948", "before", "1948"),
        ("prior to May 1948", "prior to May 1948", "before", "1948-05"),
        ("the pre-1967 borders", "pre-1967", "before", "1967"),
        ("after 6 December 2017", "after 6 December 2017", "after", "2017-12-06"),
        ("shortly after 2008", "shortly after 2008", "after", "2008"),
        ("post-2008 Kosovo", "post-2008", "after", "2008"),
        ("during the 1990s", "during the 1990s", "at", "1990s"),
        ("in the '90s", "in the '90s", "at", "1990s"),
        ("in the early 1990s", "in the early 1990s", "at", "1990/1994"),
        ("in the 1900s", "in the 1900s", "at", "1900/1999"),
        ("in the 19th century", "in the 19th century", "at", "1801/1900"),
        ("completed in late 16th century and", "in late 16th century", "at", "1551/1600"),
        ("in the second half of the 1990s", "in the second half of the 1990s", "at", "1995/1999"),
        ("in the first half of the 19th century", "in the first half of the 19th century", "at", "1801/1851"),
        ("in the twenty-first century", "in the twenty-first century", "at", "2001/2100"),
        ("in the 3rd century BC", "in the 3rd century BC", "at", "-0299/-0200"),
        ("in the second millennium", "in the second millennium", "at", "1001/2000"),
        ("he died in 44 BC.", "in 44 BC", "at", "-0043"),
        ("on 15 March 44 BC", "on 15 March 44 BC", "at", "-0043-03-15"),
        ("fell in AD 476", "in AD 476", "at", "0476"),
        ("until 476 CE", "until 476 CE", "until", "0476"),
        ("in early 2020", "in early 2020", "at", "2020"),
        ("in mid-2020", "in mid-2020", "at", "2020"),
        ("at the end of 2018", "at the end of 2018", "at", "2018"),
        ("in the first half of 2020", "in the first half of 2020", "at", "2020"),
        ("in the summer of 1967", "in the summer of 1967", "at", "1967"),
        ("in the year 1984", "in the year 1984", "at", "1984"),
        ("on the night of 6 December 2017", "on the night of 6 December 2017", "at", "2017-12-06"),
        ("built circa 1500", "circa 1500", "at", "1495/1505"),
        ("Kosovo’s 2008 declaration", "2008", "at", "2008"),
        ("its 2008 declaration of independence", "2008", "at", "2008"),
        ("the 2016 elections", "2016", "at", "2016"),
        ("In the 2014 season it won", "2014", "at", "2014"),
        ("The war of 1812 began.", "of 1812", "at", "1812"),
        ("Kosovo (2008) and", "(2008)", "at", "2008"),
        ("In 2018 sales rose.", "In 2018", "at", "2018"),
        ("in 2018", "in 2018", "at", "2018"),
    ],
)
def test_phrase_kind_and_date(text: str, phrase: str, kind: str, date: str) -> None:
    """A date is found with all the words that go if it goes."""
    assert found(text) == [(phrase, kind, date)]


@pytest.mark.parametrize(
    ("text", "phrase", "dates"),
    [
        ("He served from 2009 to 2017.", "from 2009 to 2017", "2009...2017"),
        ("from 2009 until the end of 2017", "from 2009 until the end of 2017", "2009...2017"),
        ("between May 2003 and June 2004 it", "between May 2003 and June 2004", "2003-05...2004-06"),
        ("from 3 May to 5 June 2020", "from 3 May to 5 June 2020", "2020-05-03...2020-06-05"),
        (
            "from 30 December to 2 January 2020",
            "from 30 December to 2 January 2020",
            "2019-12-30...2020-01-02",
        ),
        ("from 3 to 5 May 2020", "from 3 to 5 May 2020", "2020-05-03...2020-05-05"),
        ("on May 3–5, 2020, in", "on May 3–5, 2020,", "2020-05-03...2020-05-05"),
        ("in May and June 2020", "in May and June 2020", "2020-05...2020-06"),
        ("Obama (2009–2017) was", "(2009–2017)", "2009...2017"),
        ("the 2012–13 season", "2012–13", "2012...2013"),
        ("the 2011-12 season", "2011-12", "2011...2012"),
        ("from September 2020 to last month", "from September 2020 to last month", "2020-09...2021-01"),
    ],
)
def test_ranges(text: str, phrase: str, dates: str) -> None:
    """Two dates and what lies between them are one mention."""
    assert found(text) == [(phrase, "between", dates)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Last year, Israel inked deals", "2020"),
        ("this year", "2021"),
        ("next month", "2021-03"),
        ("last month", "2021-01"),
        ("last week", "2021-01-25/2021-01-31"),
        ("in January", "2021-01"),
        ("in March", "2020-03"),
        ("last March", "2020-03"),
        ("next March", "2021-03"),
        ("in a statement on January 29", "2021-01-29"),
        ("on 2 February", "2020-02-02"),
        ("on 29 February", "2020-02-29"),
        ("over Zoom on Monday", "2021-02-01"),
        ("on Sunday", "2021-01-31"),
        ("signed Tuesday", "2021-01-26"),
        ("last Monday", "2021-01-25"),
        ("next Monday", "2021-02-08"),
        ("this Friday", "2021-02-05"),
        ("yesterday", "2021-01-31"),
        ("today", "2021-02-01"),
        ("tomorrow", "2021-02-02"),
        ("two years ago", "2019"),
        ("three days ago", "2021-01-29"),
        ("a month ago", "2021-01"),
        ("last century", "1901/2000"),
    ],
)
def test_relative_to_the_day_of_the_text(text: str, date: str) -> None:
    """A date without a year is the nearest one that is not after the text."""
    assert [dates for _, _, dates in found(text)] == [date]


def test_relative_dates_without_a_day() -> None:
    """A phrase that cannot be resolved is found all the same, so that it can be cut out."""
    assert found("Last year, on Monday", as_of=None) == [("Last year,", "at", ""), ("on Monday", "at", "")]
    assert found("last year and on Monday", as_of="2021") == [
        ("last year", "at", "2020"),
        ("on Monday", "at", ""),
    ]
    assert found("on 31 February 2021") == [("on 31 February 2021", "at", "")]
    assert found("more than two years ago") == [("more than two years ago", "at", "")]


@pytest.mark.parametrize(
    "text",
    [
        "2000 people came.",
        "98 out of 193 UN member states",
        "in 1500 villages",
        "after 2000 soldiers died",
        "visited by 1948 refugees",
        "the population of 1980",
        "The elevation is 1345.",
        "an army of 1500 men",
        "It grew from 1200 to 1500.",
        "between 1100 and 1900 members",
        "more than 2000",
        "$2000 and 2,000 and 2000.5 and 2000%",
        "Flight 1984 of No. 1985",
        "It has 1985 active members",
        "Resolution 2334",
        "the asteroid 1147 Stavropolis",
        "He played at FC Bari 1908 and on Windows Server 2003.",
        "SU-2000 and 2000-strong and 1967-born",
        "06/12/2017",
        "six years later",
        "the last year of the war",
        "May resigned after May did",
        "he may 29 times",
        "the Sunday Times on Black Friday sales",
        "They march in the march.",
        "12:30 or 1.2.3",
        "",
    ],
)
def test_no_dates(text: str) -> None:
    """Numbers, names and verbs that only look like dates are none."""
    assert found(text) == []


def test_several_in_one_sentence() -> None:
    """Each date is a mention, and a second one after "and" takes the preposition of the first."""
    text = "He won in 2012 and 2016, signed before May 2018, and left on 3 June 2020 in Rome (1 July)."
    assert found(text) == [
        ("in 2012", "at", "2012"),
        (" and 2016", "at", "2016"),
        ("before May 2018", "before", "2018-05"),
        ("on 3 June 2020", "at", "2020-06-03"),
        ("(1 July)", "at", "2020-07-01"),
    ]


def test_typographic_spaces_and_dashes() -> None:
    """No-break spaces and dashes count as plain ones, and no offset moves."""
    text = "“In\u00a0May\u202f2018 – ‘on\u00a06\u2009December\u00a02017’"
    assert [phrase for phrase, _, _ in found(text)] == [
        "In\u00a0May\u202f2018",
        "on\u00a06\u2009December\u00a02017",
    ]


def test_period_text_is_the_phrase() -> None:
    """The period keeps its words, without the comma that goes with them."""
    (mention,) = find_dates("On December 6, 2017, he", as_of=MONDAY)
    assert (mention.period.text, mention.span) == ("On December 6, 2017", Span(0, 20))


def test_taken_spans_are_left_alone() -> None:
    """A name that has a date in it is not searched, and lends no preposition."""
    text = "the Law of 2016 on 2017 taxes and iOS in 2018"
    taken = (Span(4, 15), Span(34, 40))
    assert [text[m.span.start : m.span.end] for m in find_dates(text, as_of=MONDAY, taken=taken)] == ["2018"]


days = st.integers(-2_000_000, 30_000).map(lambda n: add_days((1970, 1, 1), n)).filter(lambda d: d[0] >= 1000)


@given(days)
def test_every_day_is_read_in_every_form(on: Day) -> None:
    """Law: a day is the same day however it is written."""
    year, month, number = on
    name = MONTHS[month - 1]
    forms = (
        f"{number} {name} {year}",
        f"{name} {number}, {year}",
        f"the {number}th of {name[:3]} {year}",
        iso(day(*on)),
    )
    for form in forms:
        assert found(f"It was on {form} in Rome.") == [(f"on {form}", "at", iso(day(*on)))]


@given(st.text(alphabet="0123456789 ,.-/–MayonitheBCsfromtand", max_size=80), st.booleans())
def test_spans_are_in_order_and_within_the_text(text: str, dated: bool) -> None:
    """Law: mentions do not overlap, and each date is a kind of period."""
    mentions = find_dates(text, as_of=MONDAY if dated else None)
    edges = [edge for m in mentions for edge in (m.span.start, m.span.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
    assert all(m.period.kind in PeriodKind and m.period.text in text for m in mentions)


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["1", "1,", "(", " ", "the ", "from 1 to ", "early ", "2018 and "])
def test_time_is_linear(unit: str) -> None:
    """Hostile text takes time in proportion to its length."""
    assert_linear(lambda size: find_dates(unit * (size // len(unit)), as_of=MONDAY), 100_000)


@pytest.mark.parametrize(
    "text",
    [
        *("2017-12", "May", "Tuesday", "next Sept", "yesterday", "today", "tonight", "tomorrow"),
        *("last week", "this month", "the current year", "a decade ago", "two days ago"),
        *("the first century", "the second millennium BC"),
    ],
)
def test_every_form_is_sought_in_a_text_that_may_have_one(text: str) -> None:
    """The quick look for a digit or a word of time passes whatever a form can match."""
    assert find_expressions(text, as_of=MONDAY, taken=())


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("In the autumn of 2023, Finland joined.", "2023-09-01/2023-12-31"),
        ("It joined in spring 2023.", "2023-03-01/2023-06-30"),
        ("It joined in the winter of 2023.", "2023-12-01/2024-03-31"),
        ("It joined in late 2023.", "2023-07-01/2023-12-31"),
        ("It joined in the second half of 2023.", "2023-07-01/2023-12-31"),
        ("It joined in Q2 2023.", "2023-04-01/2023-06-30"),
        ("It joined in 2023.", ""),
        ("It joined before the end of 2023.", ""),
        ("It joined in late May 2023.", ""),
    ],
)
def test_a_part_of_a_year_is_kept_beside_it(text: str, part: str) -> None:
    """A season or a half narrows what a claim says, and the date stays the year."""
    (mention,) = find_dates(text, as_of=None)
    assert ("" if mention.period.part is None else iso(mention.period.part)) == part
