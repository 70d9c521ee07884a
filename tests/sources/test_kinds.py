"""What kind of value the cells of a relation hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from verifier.dates import parse_date
from verifier.errors import TableError
from verifier.model import Quantity, TextValue, UnknownValue, Value
from verifier.relations import Catalogue, Relation, ValueKind
from verifier.sources.kinds import Cell, Place, Reading, read_cells

PLACE = Place("t.csv", 7, "object")


def read(
    relation: Relation, *texts: str, strict: bool = False, unit: str = "", names: tuple[str, ...] = ()
) -> Reading:
    cells: dict[Cell, Place] = {(text, unit): PLACE for text in texts}
    return read_cells(relation, cells, strict=strict, is_name=names.__contains__)


def own(words: str) -> Relation:
    return Catalogue().of_predicate(words)


def number(amount: str, unit: str = "", step: str = "1") -> Quantity:
    return Quantity(Decimal(amount), unit, Decimal(step))


@pytest.mark.parametrize(
    ("relation", "texts", "kind"),
    [
        ("birthDate", ("1970-03-08", "1978", "1994-06-14"), ValueKind.DATE),
        ("foundingYear", ("1878",), ValueKind.DATE),
        ("established", ("1996", "2001-01-01", "late 16th century"), ValueKind.DATE),
        ("numberOfStudents", ("1500", "1800", "2000", "1200"), ValueKind.QUANTITY),
        ("seats", ("1200",), ValueKind.QUANTITY),
        ("edition", ("1990", "1991", "1995"), ValueKind.DATE),
        ("runway", ("900.0", "3,640 m", "1.2e3"), ValueKind.QUANTITY),
        ("postcode", ("00682", "02139"), ValueKind.ENTITY),
        ("child", ("Ann", "Bob", "5"), ValueKind.ANY),
        ("child", ("Ann", "Bob"), ValueKind.ENTITY),
        ("child", ("", "Bob"), ValueKind.ENTITY),
    ],
)
def test_an_undescribed_relation_is_what_its_cells_are(
    relation: str, texts: tuple[str, ...], kind: ValueKind
) -> None:
    assert read(own(relation), *texts).kind is kind


@pytest.mark.parametrize(
    ("relation", "texts", "values"),
    [
        ("child", ("Ann", "Bob", "5", "30 km", ""), {"5": number("5"), "": UnknownValue()}),
        (
            "season",
            ("2014", "Serie A", "2014-05-01"),
            {"2014": number("2014"), "2014-05-01": parse_date("2014-05-01")},
        ),
        ("founded", ("6 December 2017", "May 1981", "1990", "unknown"), None),
        ("motto", ("x" * 251, "y"), {"x" * 251: TextValue("x" * 251)}),
    ],
)
def test_cells_that_are_not_things(
    relation: str, texts: tuple[str, ...], values: dict[str, Value] | None
) -> None:
    if values is None:
        values = {
            "6 December 2017": parse_date("2017-12-06"),
            "May 1981": parse_date("1981-05"),
            "1990": parse_date("1990"),
            "unknown": TextValue("unknown"),
        }
    assert read(own(relation), *texts).values == {(text, ""): value for text, value in values.items()}


def test_a_number_that_names_something_is_that_thing() -> None:
    assert read(own("starring"), "311", "Abba", "Blur", names=("311",)).values == {}


def test_the_unit_of_the_column_counts() -> None:
    assert read(own("size"), "5", "7.5", unit="km2").values == {
        ("5", "km2"): number("5", "km2"),
        ("7.5", "km2"): number("7.5", "km2", "0.1"),
    }


BORN = Relation("P569", "date of birth", value=ValueKind.DATE)
AREA = Relation("P2046", "area", value=ValueKind.QUANTITY, unit="km2")
CAPITAL = Relation("P36", "capital")


@pytest.mark.parametrize(
    ("relation", "text", "strict", "message"),
    [
        (
            BORN,
            "2021-02-30",
            False,
            "t.csv:7, column 'object', value '2021-02-30': date of birth (P569) is a date: "
            "February 2021 has no day "
            "30: days are 01 to 28 (write 2021, 2021-02 or 2021-02-01)",
        ),
        (
            BORN,
            "17.02.2008",
            False,
            "t.csv:7, column 'object', value '17.02.2008': date of birth (P569) is a date: ",
        ),
        (
            BORN,
            "May 1981",
            True,
            "t.csv:7, column 'object', value 'May 1981': date of birth (P569) is a date: ",
        ),
        (AREA, "large", True, "t.csv:7, column 'object', value 'large': area (P2046) is a quantity: "),
    ],
)
def test_a_cell_of_another_kind_than_the_catalogue_says(
    relation: Relation, text: str, strict: bool, message: str
) -> None:
    with pytest.raises(TableError) as caught:
        read(relation, text, strict=strict)
    assert str(caught.value).startswith(message)


def test_a_relation_found_by_its_words_keeps_a_remark_as_a_text() -> None:
    reading = read(BORN, "1990", "1991-05", "Padua")
    assert reading.values["Padua", ""] == TextValue("Padua")
    assert (reading.misfits, reading.fits) == ((("Padua", ""),), True)


@pytest.mark.parametrize(
    ("relation", "texts", "fits"),
    [
        (BORN, ("Dune", "Emma", "1990"), False),
        (CAPITAL, ("12", "15", "Rome"), False),
        (CAPITAL, ("12", "Oslo", "Rome"), True),
    ],
)
def test_a_relation_with_most_cells_of_another_kind_is_a_namesake(
    relation: Relation, texts: tuple[str, ...], fits: bool
) -> None:
    assert read(relation, *texts).fits is fits


def test_the_catalogue_gives_a_unit_that_the_table_leaves_out() -> None:
    assert read(AREA, "10,908", strict=True).values == {("10,908", ""): number("10908", "km2")}
