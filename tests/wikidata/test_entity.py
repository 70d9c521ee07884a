"""One entity of Wikidata, read into our own nouns as Wikidata means it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wikidata.forms import entity, statement
from verifier.dates import day, iso, parse_date
from verifier.model import Date, EntityValue, Polarity, Quantity, Rank, Statement, TextValue, UnknownValue
from verifier.sources.wikidata.entity import BrokenEntity, Item, read_entity
from verifier.sources.wikidata.vocabulary import wikidata_vocabulary

VOCABULARY = wikidata_vocabulary()
DAY = day(2020, 7, 1)


def read(data: dict[str, Any], **more: Any) -> Item:
    return read_entity(data, vocabulary=VOCABULARY, retrieved=DAY, **more)


def one(text: str) -> Statement:
    """The statement that an entity with just this one has."""
    (found,) = read(entity("Q1 Thing", text)).statements
    return found


def test_an_entity() -> None:
    """Label, aliases, description, classes and revision."""
    data = entity("Q30 United States of America; USA; US", "P31 Q6256", "P279 Q7", lastrevid=12)
    data["descriptions"] = {"en": {"language": "en", "value": "country in North America"}}
    item = read(data)
    assert (item.entity.id, item.entity.label) == ("Q30", "United States of America")
    assert item.entity.aliases == ("USA", "US")
    assert item.entity.description == "country in North America"
    assert (item.classes, item.superclasses, item.revision) == (("Q6256",), ("Q7",), "12")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("P36 Q61", EntityValue("Q61")),
        ('P1449 "the  Big Apple"', TextValue("the Big Apple")),
        ("P1082 ~83149300", Quantity(Decimal(83149300), step=Decimal(100))),
        ("P2046 ~357400 Q712226", Quantity(Decimal(357400), "km2", Decimal(100))),
        ("P2044 ~8848.86 Q11573", Quantity(Decimal("8848.86"), "m", Decimal("0.01"))),
        ("P2067 ~3 Q999999999", Quantity(Decimal(3), "Q999999999")),
        ("P569 1952-03-11", day(1952, 3, 11)),
        ("P569 -0043", parse_date("-0042")),
        ("P40 somevalue", UnknownValue()),
    ],
)
def test_a_value(text: str, value: object) -> None:
    """Each kind of value; 43 BC is the astronomical year -42."""
    assert one(text).value == value


def test_no_value_denies() -> None:
    """It is said that there is none."""
    told = one("P40 novalue")
    assert (told.value, told.polarity) == (UnknownValue(), Polarity.NEGATIVE)


@pytest.mark.parametrize(
    ("qualifiers", "start", "end", "point", "open_end"),
    [
        ("P580=2017-01-20", "2017-01-20", None, None, False),
        ("P580=2009-01-20; P582=2017-01-20", "2009-01-20", "2017-01-20", None, False),
        ("P580=1990; P582=novalue", "1990", None, None, True),
        ("P580=1990-05-02; P582=somevalue", "1990-05-02", "1990-05-02/2020-07-01", None, False),
        ("P582=somevalue", None, "../2020-07-01", None, False),
        ("P585=2019-09-30", None, None, "2019-09-30", False),
        ("P580=1990; P580=1993", "1990/1993", None, None, False),
        ("P571=1990", "1990", None, None, False),
        ("P1319=1990-01-01", "1990-01-01/2020-07-01", None, None, False),
        ("P1326=1999-12-31", None, "../1999-12-31", None, False),
        ("P580=somevalue", None, None, None, False),
        ("P580=1918; P580=1991; P582=1939", "1918/1991", None, None, False),
        ("P580=1939; P582=1939", "1939", "1939", None, False),
    ],
)
def test_dates(
    qualifiers: str, start: str | None, end: str | None, point: str | None, open_end: bool
) -> None:
    """What bounds a statement in time; an end that nobody knows has come by the day of the data."""

    def told(date: Date | None) -> str | None:
        return None if date is None else iso(date)

    found = one(f"P35 Q2; {qualifiers}")
    assert (told(found.start), told(found.end), told(found.point_in_time)) == (start, end, point)
    assert (found.open_end, found.qualifiers) == (open_end, ())


def test_ranks_and_other_qualifiers() -> None:
    """The rank stays; what is no date stays as a qualifier."""
    told = one("P35 Q2; P642=Q3; P1545=~4; deprecated")
    assert told.rank is Rank.DEPRECATED
    assert told.qualifiers == (("P1545", Quantity(Decimal(4))), ("P642", EntityValue("Q3")))


def test_the_nature_of_a_statement() -> None:
    """De facto is so; another nature keeps a statement from deciding anything."""
    assert one("P36 Q2; P5102=Q712144").qualifiers == ()
    assert one("P36 Q2; P5102=Q30230067").qualifiers == (("P5102", EntityValue("Q30230067")),)


def test_sources() -> None:
    """Wikidata itself first, then the references; an import from a wiki is none, nor is an odd address."""
    data = entity("Q30 US", lastrevid=7)
    data["claims"] = {
        "P36": [
            statement(
                'P36 Q61; ref P854="https://example.org/a"; ref P143=Q328; ref P248=Q36578; '
                'ref P854="javascript:alert(1)"',
                id="Q30$1",
            )
        ]
    }
    (told,) = read(data).statements
    assert [(s.url, s.title, s.statement_id, s.revision, s.retrieved) for s in told.sources] == [
        ("https://www.wikidata.org/wiki/Q30#P36", "US - Wikidata", "Q30$1", "7", "2020-07-01"),
        ("https://example.org/a", "", "", "", ""),
        ("https://www.wikidata.org/wiki/Q36578", "Q36578", "", "", ""),
    ]


def test_languages() -> None:
    """Names in the languages asked for; where there are none, one name in another."""
    data = entity("Q64 Berlin; Berlin, Germany")
    data["labels"]["pl"] = {"language": "pl", "value": "Berlin nad Sprewą"}
    assert read(data, languages=("pl",)).entity.label == "Berlin nad Sprewą"
    assert read(data, languages=("pl", "en")).entity.aliases == ("Berlin", "Berlin, Germany")
    assert read(data, languages=("fr",)).entity.label == "Berlin"
    assert read(entity("Q64 ")).entity.label == "Q64"


def test_an_empty_list_stands_for_an_empty_object() -> None:
    """The service writes `[]` where it has nothing."""
    item = read({"id": "Q1", "labels": [], "aliases": [], "descriptions": [], "claims": []})
    assert (item.entity.label, item.statements) == ("Q1", ())


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"id": 5},
        {"id": "Q01"},
        {"id": "Q1; DROP TABLE"},
        {"id": "Q1", "missing": ""},
        {"id": "Q1", "labels": {"en": {"value": 5}}},
        {"id": "Q1", "labels": {"en": "Berlin"}},
        {"id": "Q1", "claims": "all"},
        {"id": "Q1", "modified": "yesterday"},
    ],
)
def test_no_entity(data: Any) -> None:
    """What is none is refused by name."""
    with pytest.raises(BrokenEntity):
        read(data)


@pytest.mark.parametrize(
    "broken",
    [
        None,
        "P36",
        {},
        {"mainsnak": {"snaktype": "value"}},
        {"mainsnak": {"snaktype": "value", "datavalue": {"type": "quantity", "value": {"amount": "1e9999"}}}},
        {"mainsnak": {"snaktype": "value", "datavalue": {"type": "time", "value": {"time": "now"}}}},
        {"mainsnak": {"snaktype": "strange"}},
        {"mainsnak": {"snaktype": "novalue"}, "rank": "best"},
        {"mainsnak": {"snaktype": "novalue"}, "qualifiers": {"P580": [{}]}},
    ],
)
def test_a_broken_statement_is_counted_and_the_others_stay(broken: Any) -> None:
    """One bad statement costs that one only."""
    data = entity("Q1 Thing", "P36 Q2")
    data["claims"]["P36"].append(broken)
    item = read(data)
    assert (len(item.statements), item.dropped) == (1, 1)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        _nested := (
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ["mainsnak", "snaktype", "datavalue", "value", "type", "rank", "qualifiers", "P580"]
                    ),
                    inner,
                    max_size=4,
                )
            )
        ),
        max_leaves=12,
    )
)
def test_nothing_crashes_the_reader(anything: Any) -> None:
    """Whatever stands where a statement should be, the entity is read or refused."""
    item = read({"id": "Q1", "claims": {"P36": [anything], "P35": [statement("P35 Q2")]}})
    assert any(told.relation == "P35" for told in item.statements)


def test_what_ended_before_it_began_is_dropped() -> None:
    """Nobody can tell which of the dates is wrong."""
    item = read_entity(
        entity("Q1 Somewhere", "P35 Q2; P580=2000; P582=1990", "P35 Q3"), vocabulary=wikidata_vocabulary()
    )
    assert ([s.value for s in item.statements], item.dropped) == ([EntityValue("Q3")], 1)


def test_that_there_is_none_is_not_said_of_what_is_stated_of_a_part() -> None:
    """Australia has no official language, and English by another criterion."""
    item = read_entity(
        entity("Q408 Australia", "P37 Q1860; P1013=Q5", "P37 novalue"), vocabulary=wikidata_vocabulary()
    )
    (none,) = (s for s in item.statements if s.polarity is Polarity.NEGATIVE)
    assert none.qualifier("P1011") == (EntityValue("Q1860"),)
