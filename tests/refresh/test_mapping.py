"""From raw rows to statements."""

from __future__ import annotations

import pytest

from tests.refresh.feeds import MISSION, feed, frame
from verifier.night import Feed
from verifier.refresh.cells import (
    cut_date,
    plain_date,
    plain_id,
    plain_rank,
    plain_text,
    plain_texts,
    source_address,
)
from verifier.refresh.mapping import columns_of, map_rows, raw_columns, statement_id, template_columns
from verifier.sources.bundled import bundled_catalogue

WIKIDATA = "http://www.wikidata.org/"


def mapped(text: str, source: Feed) -> list[dict[str, str]]:
    """The statements of raw rows, without empty cells."""
    rows = map_rows(frame(text), source, bundled_catalogue()).frame.to_dict("records")
    return [{str(name): cell for name, cell in row.items() if cell != ""} for row in rows]


@pytest.mark.parametrize(
    ("template", "columns"),
    [
        ("", ()),
        ("P36", ()),
        ("{city}", ("city",)),
        ("https://example.org/{id}?of={the state}", ("id", "the state")),
        ("{{not}} {a.b}", ("a.b",)),
    ],
)
def test_columns_of_a_template(template: str, columns: tuple[str, ...]) -> None:
    """Names stand in braces; doubled braces are meant as such."""
    assert template_columns(template) == columns


@pytest.mark.parametrize("template", ["{", "a}", "{}", "{a", "{a{b}}"])
def test_braces_that_do_not_close(template: str) -> None:
    """They are no templates."""
    with pytest.raises(ValueError, match="a brace without its other"):
        template_columns(template)


@pytest.mark.parametrize(
    ("cell", "id"),
    [
        (WIKIDATA + "entity/Q30", "Q30"),
        ("https://www.wikidata.org/wiki/Q30", "Q30"),
        ("https://www.wikidata.org/wiki/Property:P36", "P36"),
        (WIKIDATA + "prop/direct/P36", "P36"),
        (WIKIDATA + "entity/statement/Q30-AB12-34cd", "Q30$AB12-34cd"),
        (WIKIDATA + "entity/statement/q30-AB12-34cd", "q30$AB12-34cd"),
        (f"{WIKIDATA}entity/Q1|{WIKIDATA}entity/Q2", "Q1|Q2"),
        (WIKIDATA + ".well-known/genid/0123abcd", ""),
        ("_:b0", ""),
        ("Q30", "Q30"),
        ("https://example.org/entity/Q30", "https://example.org/entity/Q30"),
        ("", ""),
    ],
)
def test_ids(cell: str, id: str) -> None:
    """An address of Wikidata is an id."""
    assert plain_id(cell) == id


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        (WIKIDATA + "entity/Q30", "https://www.wikidata.org/wiki/Q30"),
        (WIKIDATA + "entity/statement/Q30-AB12", "https://www.wikidata.org/wiki/Q30"),
        ("P36", "https://www.wikidata.org/wiki/Property:P36"),
        ("https://a.org|https://b.org", "https://a.org"),
        ("n/a", "n/a"),
        ("", ""),
    ],
)
def test_addresses(cell: str, address: str) -> None:
    """A source is cited by the page that people read."""
    assert source_address(cell) == address


@pytest.mark.parametrize(
    ("cell", "date_format", "date"),
    [
        ("2021-01-25T00:00:00Z", "", "2021-01-25"),
        ("+2021-01-25T00:00:00Z", "", "2021-01-25"),
        ("2021-01-25 00:00:00", "", "2021-01-25"),
        ("2021-01-25T13:45:10.5+02:00", "", "2021-01-25"),
        ("-0043-03-15T00:00:00Z", "", "-0043-03-15"),
        ("+12021-01-01", "", "+12021-01-01"),
        ("+2021", "", "2021"),
        ("2021-02", "", "2021-02"),
        ("3.12.2020", "%d.%m.%Y", "2020-12-03"),
        ("12/2020", "%m/%Y", "2020-12"),
        ("2020", "%Y", "2020"),
        ("December 3, 2020", "%B %d, %Y", "2020-12-03"),
        ("soon", "%d.%m.%Y", "soon"),
        ("", "%d.%m.%Y", ""),
    ],
)
def test_dates(cell: str, date_format: str, date: str) -> None:
    """What cannot be read is left for the checks to refuse."""
    assert plain_date(cell, date_format) == date


@pytest.mark.parametrize(
    ("cell", "precision", "date"),
    [
        ("1927-05-06", "11", "1927-05-06"),
        ("1927-05-01", "10", "1927-05"),
        ("1927-01-01", "9", "1927"),
        ("1927-01-01", "8", "1920s"),
        ("1927-01-01", "7", "1901/2000"),
        ("2000-01-01", "7", "1901/2000"),
        ("2001-01-01", "7", "2001/2100"),
        ("1927-01-01", "6", "1001/2000"),
        ("-0043-01-01", "9", "-0043"),
        ("-0043-01-01", "7", "-0099/0000"),
        ("-0100-01-01", "7", "-0199/-0100"),
        ("1927-01-01", "5", "1927-01-01 (precision 5)"),
        ("1927", "11", "1927"),
        ("1927-01-01", "", "1927-01-01"),
        ("1927-01-01", "day", "1927-01-01"),
        ("soon", "9", "soon"),
        ("", "9", ""),
    ],
)
def test_precision(cell: str, precision: str, date: str) -> None:
    """A day is cut to what it is meant as."""
    assert cut_date(cell, precision) == date


@pytest.mark.parametrize(
    ("cell", "rank"),
    [
        ("http://wikiba.se/ontology#PreferredRank", "preferred"),
        ("http://wikiba.se/ontology#NormalRank", ""),
        ("Normal", ""),
        ("deprecated", "deprecated"),
        ("best", "best"),
    ],
)
def test_ranks(cell: str, rank: str) -> None:
    """As SPARQL and as tables write them."""
    assert plain_rank(cell) == rank


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" a  b ", "a  b"),
        ("a\r\n b", "a b"),
        ("a\tb\n", "a b"),
        ("a\N{NO-BREAK SPACE}", "a"),
        ("a\0b", "a\0b"),
    ],
)
def test_texts(cell: str, text: str) -> None:
    """A cell is one line."""
    assert plain_text(cell) == text
    assert plain_texts([cell]) == [text]
    assert plain_texts(["a", cell, "b"]) == ["a", text, "b"]


def test_a_row_becomes_a_statement() -> None:
    """Every column, and the line."""
    text = f"""
        id; state; city; cityID; host; since; until; page
        Q1; Kosovo; Jerusalem; {WIKIDATA}entity/Q1218; Israel; 2021-03-14T00:00:00Z; ; {WIKIDATA}entity/Q1
    """
    assert mapped(text, feed()) == [
        {
            "statement_id": "missions:Q1",
            "subject": "Kosovo",
            "predicate": "embassy",
            "object": "Jerusalem",
            "object_id": "Q1218",
            "P17": "Israel",
            "start": "2021-03-14",
            "source_url": "https://www.wikidata.org/wiki/Q1",
            "#": 2,
        }
    ]


def test_several_statements_of_a_row() -> None:
    """Each template makes its own; a row that makes one is not left out."""
    source = feed(
        {"subject": "{a}", "predicate": "capital", "object": "{b}"},
        {"subject": "{b}", "predicate": "P17", "object": "{c}"},
    )
    text = "a; b; c\nFrance; Paris; France\nSpain; ; Spain\nItaly; Rome;"
    rows = map_rows(frame(text), source, bundled_catalogue())
    told = [
        (row["#"], row["subject"], row["predicate"], row["object"]) for row in rows.frame.to_dict("records")
    ]
    assert told == [
        (2, "France", "P36", "Paris"),
        (4, "Italy", "P36", "Rome"),
        (2, "Paris", "P17", "France"),
    ]
    assert rows.left_out == 1


def test_rows_that_are_not_wanted() -> None:
    """By `where`, by a value that is not listed, by an end that is empty."""
    source = feed(
        {"subject": "{a}", "predicate": "{type}", "object": "{b}"},
        where={"in": ("x", "y")},
        values={"type": {"Embassy": "embassy", "both": "embassy|consulate"}},
    )
    text = (
        "a; b; type; in\nA; B; Embassy; x\nA; B; Embassy; z\nA; B; other; x\nA; ; Embassy; y\n; B; Embassy; x"
    )
    rows = map_rows(frame(text), source, bundled_catalogue())
    assert (rows.frame["#"].tolist(), rows.left_out) == ([2], 4)


def test_lists_stay_lists() -> None:
    """The reader of the table takes them apart; values stand for each of their items."""
    source = feed(
        {"subject": "{a}", "predicate": "P47", "object": "{b}", "object_id": "{ids}"},
        values={"b": {"x": "X", "y": "Y"}},
    )
    text = f"a; b; ids\nA; x|y; {WIKIDATA}entity/Q1|{WIKIDATA}entity/Q2\nA; x|z; Q1|Q2"
    assert [(row["object"], row["object_id"]) for row in mapped(text, source)] == [("X|Y", "Q1|Q2")]


def test_templates_with_text() -> None:
    """Empty as soon as one of their columns is; an address in one is an id."""
    source = feed({**MISSION, "source_url": "https://example.org/{id}#{host}", "quote": "{{in}} {city}"})
    text = f"id; state; city; cityID; host; since; until\n{WIKIDATA}entity/Q1; A; B; ; C; ;\nQ2; A; B; ; ; ;"
    assert [(row.get("source_url"), row["quote"]) for row in mapped(text, source)] == [
        ("https://example.org/Q1#C", "{in} B"),
        (None, "{in} B"),
    ]


def test_dates_of_precision() -> None:
    """`x_precision` beside `x` cuts it, in a column of dates and as the object of a relation of dates."""
    source = feed(
        {"subject": "{a}", "predicate": "P571", "object": "{day}"},
        {"subject": "{a}", "predicate": "P36", "object": "{b}", "start": "{day}", "end": "{until}"},
    )
    text = "a; b; day; day_precision; until; end_precision\nA; B; 1927-01-01T00:00:00Z; 9; 1950-02-01; 10"
    assert [(row["object"], row.get("start"), row.get("end")) for row in mapped(text, source)] == [
        ("1927", None, None),
        ("B", "1927", "1950-02"),
    ]


def test_a_column_that_is_not_there() -> None:
    """It counts as empty; that it is missing is told by a guard rail."""
    assert mapped("id; state; city\nQ1; A; B", feed()) == [
        {"statement_id": "missions:Q1", "subject": "A", "predicate": "embassy", "object": "B", "#": 2}
    ]


def test_columns() -> None:
    """What a mapping asks for, and what it gives."""
    source = feed(
        {**MISSION, "quote": "{note} {city}"}, where={"open": ("yes",)}, values={"type": {"a": "b"}}
    )
    assert raw_columns(source) == (
        *("id", "state", "city", "cityID", "host", "since", "until", "page", "note", "open", "type"),
    )
    assert columns_of(source) == (
        *("statement_id", "subject", "subject_id", "predicate", "object", "object_id"),
        *("start", "end", "source_url", "quote", "P17"),
    )


def cells(**more: str) -> dict[str, list[str]]:
    """The cells of one statement, by columns."""
    known = {
        "subject": "A",
        "subject_id": "",
        "predicate": "P36",
        "object": "B",
        "object_id": "",
        "statement_id": "",
    }
    return {name: [cell] for name, cell in (known | more).items()}


def test_an_id_that_is_made() -> None:
    """It is that of subject, predicate, object, start and qualifiers; an id goes before a name."""
    source = feed({"subject": "{a}", "predicate": "P36", "object": "{b}"})
    first = statement_id(cells(), source)
    assert first == statement_id(cells(end="2020", source_url="https://a.org", rank="preferred"), source)
    assert first == statement_id(cells(), source)
    for other in ({"subject": "C"}, {"object": "C"}, {"start": "2020"}, {"P17": "C"}, {"object_id": "Q1"}):
        assert statement_id(cells(**other), source) != first
    assert statement_id(cells(object_id="Q1"), source) == statement_id(
        cells(object_id="Q1", object="C"), source
    )
    assert first[0].startswith("missions:")


def test_an_id_by_a_key() -> None:
    """Only the columns of the key count, whatever id the source gives."""
    source = feed({**MISSION}, key=("subject", "predicate"))
    assert statement_id(cells(statement_id="1"), source) == statement_id(
        cells(statement_id="2", object="C"), source
    )
    assert statement_id(cells(statement_id="1"), feed(MISSION, key=("statement_id",))) == ["missions:1"]
    assert statement_id(cells(), feed(MISSION)) == [""]
