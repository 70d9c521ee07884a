"""Comparisons, places in a group and lengths: laws in a small world, and whole claims over tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factory import verdict
from verifier import Checker, Document
from verifier.model import ClaimRow, Verdict

SWAPPED = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}
amounts = st.integers(1, 10**6)
days = st.dates().map(lambda date: date.isoformat())


def larger(one: str, other: str, *rows: str, denied: bool = False) -> Verdict:
    """Whether one thing is said to have more area than another."""
    said = f"{'not ' * denied}{one} | area | ?larger; order=more {other}"
    return verdict(said, rows).verdict


@settings(max_examples=60, deadline=None)
@given(amounts, amounts)
def test_only_one_of_two_is_larger(first: int, second: int) -> None:
    """A is larger than B: then B is not larger than A; figures that may be equal leave both open."""
    rows = (f"A | area | {first}", f"B | area | {second}")
    one, other = larger("A", "B", *rows), larger("B", "A", *rows)
    assert other is SWAPPED.get(one, Verdict.UNKNOWN)
    assert larger("A", "B", *rows, denied=True) is SWAPPED.get(one, Verdict.UNKNOWN)
    if one is not Verdict.UNKNOWN:
        assert one is (Verdict.SUPPORTED if first > second else Verdict.CONTRADICTED)


@settings(max_examples=60, deadline=None)
@given(days, days)
def test_one_day_is_before_the_other_or_they_are_the_same(first: str, second: str) -> None:
    """Of two days one is earlier, but where two calendars may give one day two dates."""
    rows = (f"A | member | Club; start={first}", f"B | member | Club; start={second}")
    said = "{} | member | Club; order=start less {}"
    one = verdict(said.format("A", "B"), rows, as_of="9999-12-31").verdict
    other = verdict(said.format("B", "A"), rows, as_of="9999-12-31").verdict
    if first == second:
        assert one is other is not Verdict.SUPPORTED
    else:
        assert other is SWAPPED.get(one, Verdict.UNKNOWN)
        assert one is not (Verdict.CONTRADICTED if first < second else Verdict.SUPPORTED)


@settings(max_examples=40, deadline=None)
@given(amounts, amounts, amounts)
def test_a_row_about_something_else_changes_nothing(first: int, second: int, third: int) -> None:
    """Neither of another thing nor of another relation."""
    rows = (f"A | area | {first}", f"B | area | {second}")
    more = (f"C | area | {third}", f"A | population | {third}; at=2020")
    assert larger("A", "B", *rows) is larger("A", "B", *rows, *more)


@settings(max_examples=40, deadline=None)
@given(st.lists(amounts, min_size=2, max_size=5), st.booleans(), st.data())
def test_a_missing_member_never_gives_a_verdict(
    sizes: list[int], complete: bool, data: st.DataObject
) -> None:
    """What a complete group with all its figures decides is the same or open with one figure less."""
    kinds = [f"T{n} | kind | Tribe" for n in range(len(sizes))]
    areas = [f"T{n} | area | {size}" for n, size in enumerate(sizes)]
    left_out = data.draw(st.sampled_from(areas))
    lists = ("* | kind | Tribe",) if complete else ()
    said = "T0 | area | ?largest; order=#1 more all {* kind Tribe}"
    whole = verdict(said, (*kinds, *areas), complete=lists).verdict
    less = verdict(said, (*kinds, *(row for row in areas if row != left_out)), complete=lists).verdict
    assert less in (whole, Verdict.UNKNOWN)
    if whole is not Verdict.UNKNOWN:
        assert (whole is Verdict.SUPPORTED) is (sizes[0] == max(sizes))
    assert complete or whole is not Verdict.SUPPORTED


# ------------------------------------------------------------------------------------- over whole tables

INSTRUMENTS = """instrument,loudness (dB),weight (kg)
Gamba,70,9.0
Ophicleide,110,4.0
Serpent,90,3.0
"""
RELATIONS = """
["loudness"]
label = "loudness"
value = "quantity"
more = ["loud"]
less = ["quiet"]
lasting = true
"""


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("The Ophicleide is louder than the Gamba.", "supported implied"),
        ("The Gamba is louder than the Serpent.", "contradicted quantity-differs"),
        ("The Gamba is quieter than the Serpent.", "supported implied"),
        ("The Gamba has a lower loudness than the Serpent.", "supported implied"),
        ("The loudness of the Gamba is higher than that of the Serpent.", "contradicted quantity-differs"),
        ("The Gamba is heavier than the Serpent.", "supported implied"),
        ("The Gamba is three times as heavy as the Serpent.", "supported implied"),
        ("The Gamba is finer than the Serpent.", "unknown unknown-relation"),
    ],
)
def test_a_table_of_ones_own_names_its_adjectives(tmp_path: Path, claim: str, expected: str) -> None:
    """A relation that a user declares is compared by the adjectives that it lists."""
    (tmp_path / "statements.csv").write_text(
        "subject,predicate,object,unit\n"
        + "".join(
            f"{name},loudness,{loud},\n{name},mass,{mass},kg\n"
            for name, loud, mass in (line.split(",") for line in INSTRUMENTS.splitlines()[1:])
        ),
        encoding="utf-8",
    )
    (tmp_path / "relations.toml").write_text(RELATIONS, encoding="utf-8")
    assert _verdicts(Checker([tmp_path], bundled=False, as_of="2026-01-01"), claim) == [expected]


def _verdicts(checker: Checker, *claims: str) -> list[str]:
    rows = [ClaimRow(str(number), claim=text) for number, text in enumerate(claims)]
    return [f"{result.verdict} {result.reason}" for result in checker.check(rows).results]


BUNDLED = {
    "Lithuania is the largest of the three Baltic states.": "supported group-holds",
    "Latvia is the largest Baltic state by area.": "contradicted counter-example",
    "Latvia is the second largest Baltic state by area.": "supported group-holds",
    "Indonesia is the most populous member of ASEAN.": "supported group-holds",
    "The smallest member of ASEAN by area is Singapore.": "supported group-holds",
    "Luxembourg is the smallest member of the European Union.": "contradicted counter-example",
    "Sweden is the newest member of NATO.": "supported group-holds",
    "Timor-Leste was the eleventh member to join ASEAN.": "supported group-holds",
    "Lithuania was the first of the three Baltic states to join the European Union.": (
        "unknown incomplete-group"
    ),
    "Egypt is the most populous Arab state.": "unknown incomplete-group",
    "Tunisia is the most populous Arab state.": "contradicted counter-example",
    "Turkey is larger than Greece.": "supported implied",
    "Turkey is not larger than Greece.": "contradicted implied",
    "Turkey has fewer inhabitants than Greece.": "contradicted quantity-differs",
    "Egypt has three times as many people as Saudi Arabia.": "supported implied",
    "Israel was founded before Jordan.": "contradicted date-differs",
    "Finland joined NATO before Sweden.": "supported implied",
    "Lithuania joined the European Union before Latvia.": "contradicted date-differs",
    "Angela Merkel was chancellor of Germany for 16 years.": "supported same-value",
    "Angela Merkel was chancellor of Germany for 12 years.": "unknown dates-unknown",
    "Emmanuel Macron has been president of France for four years.": "contradicted quantity-differs",
    "Vladimir Putin was president of Russia for eight years.": "unknown dates-unknown",
    "Turkey has been a member of NATO for 70 years.": "unknown dates-unknown",
    "Turkey is richer than Greece.": "unknown unknown-relation",
    "Is Turkey larger than Greece?": "unknown not-checkable",
    "George Washington was the first president of the United States.": "unknown unknown-relation",
}


def test_the_bundled_table_orders_states() -> None:
    """Whole claims in the open world, on a day for which the lists of members are complete."""
    found = _verdicts(Checker(as_of="2026-01-01"), *BUNDLED)
    assert dict(zip(BUNDLED, found, strict=True)) == BUNDLED


def test_a_comparison_in_a_text_is_a_claim_of_its_own() -> None:
    """The claim is the stretch that compares, and a pronoun stands for what was named before."""
    text = "Turkey joined NATO in 1952. It is also larger than Greece.\n"
    report = Checker(as_of="2026-01-01").check(Document(text))
    told = [(result.claim.text, f"{result.verdict} {result.reason}") for result in report.results]
    assert told == [
        ("Turkey joined NATO in 1952", "supported same-value"),
        ("It is also larger than Greece", "supported implied"),
    ]
