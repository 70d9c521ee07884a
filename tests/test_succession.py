"""Who succeeded whom in an office, told from the rows of who held it, in both directions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factory import verdict
from verifier.model import Part, Verdict

ADA = "Alba | premier | Ada; start=2010-01-10; end=2014-05-01; seen=2011-01-01..2014-04-01"
BOB = "Alba | premier | Bob; start=2014-05-01; end=2018-06-01; seen=2015-01-01..2018-05-01"
CAL = "Alba | premier | Cal; start=2018-06-01; seen=2019-01-01..2021-01-15"
THREE = (ADA, BOB, CAL)


def both(later: str, earlier: str, rows: Sequence[str], more: str = "; premier=Alba") -> Part:
    """The verdict on "LATER succeeded EARLIER", which is that on "EARLIER was succeeded by LATER"."""
    one = verdict(f"{later} | P1365 | {earlier}{more}", rows)
    for other in (
        f"{earlier} | P1366 | {later}{more}",
        f"{earlier} | P1365^ | {later}{more}",
        f"{later} | P1366^ | {earlier}{more}",
    ):
        turned = verdict(other, rows)
        assert (turned.verdict, turned.reason) == (one.verdict, one.reason), other
    return one


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        ("Bob", "Ada", "supported implied"),
        ("Cal", "Bob", "supported implied"),
        ("Cal", "Ada", "contradicted different-value"),
        ("Bob", "Cal", "contradicted different-value"),
        ("Ada", "Bob", "unknown no-statement"),
        ("Bob", "Bob", "unknown no-statement"),
        ("Bob", "Dan", "unknown no-statement"),
        ("Dan", "Bob", "unknown no-statement"),
    ],
)
def test_three_in_a_row(later: str, earlier: str, expected: str) -> None:
    """Who was before the first, and who never held the office by any row, is not known."""
    part = both(later, earlier, THREE)
    assert f"{part.verdict} {part.reason}" == expected
    if part.reason == "different-value":
        assert part.repair in ("Ada", "Bob", "")
        assert "right before" in part.explanation


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([ADA.replace("end=2014-05-01", "end=2014-04-12"), BOB], "supported"),
        ([ADA.replace("end=2014-05-01", "end=2014-03-20"), BOB], "unknown"),
        ([ADA.replace("end=2014-05-01", "end=2014"), BOB], "supported"),
        ([ADA.replace("end=2014-05-01", "end=2013"), BOB], "unknown"),
        ([ADA.replace("end=2014-05-01; ", ""), BOB], "supported"),
        ([ADA.replace("end=2014-05-01; ", "").replace("..2014-04-01", "..2014-03-01"), BOB], "unknown"),
        ([ADA, BOB.replace("start=2014-05-01", "start=2014")], "unknown"),
        ([ADA, BOB.replace("start=2014-05-01; ", "")], "unknown"),
        ([ADA, BOB, "Alba | premier | Eve; start=2014-04-20; end=2014-05-01"], "unknown"),
        ([ADA, BOB, "Alba | premier | Eve; start=2014-05-01; end=2014-05-20"], "unknown"),
        ([ADA, BOB, "Alba | premier | Eve; seen=2014-04-01..2014-04-20"], "unknown"),
        ([ADA, BOB, "Alba | premier | Eve; seen=2009-04-01..2009-12-20"], "supported"),
        ([ADA, BOB, "Alba | premier | ?; start=2014-04-20"], "unknown"),
        ([ADA, BOB, "Alba | premier | Eve; start=2014-04-20; P5102=plan"], "supported"),
        ([ADA, BOB, "Alba | premier | Bob; start=2013-01-01; end=2013-02-01"], "unknown"),
    ],
)
def test_what_leaves_room_for_somebody_else(rows: list[str], expected: str) -> None:
    """Bob succeeded Ada if her row reaches to his, to the days, and nobody else may have been between."""
    assert both("Bob", "Ada", rows).verdict == expected


@pytest.mark.parametrize(
    "rows",
    [
        [ADA, BOB.replace("end=2018-06-01", "end=2018"), CAL],
        [ADA, BOB.replace("end=2018-06-01", "end=2018-04-20"), CAL],
        [ADA, BOB.replace("start=2014-05-01", "start=2018-05-01"), CAL],
        [ADA, BOB + "; title=Interim Prime Minister", CAL],
        [ADA, BOB, CAL, "Alba | acting-premier | Bob; start=2014-05-01; end=2018-06-01"],
        [ADA, BOB, CAL, "Alba | acting-premier | Ada; start=2018-05-20; end=2018-06-01"],
        [ADA, BOB, CAL, "Alba | premier | Cal; start=2020-01-01"],
        [ADA, BOB, CAL, "Alba | premier | Ada; seen=2018-01-01..2018-02-01"],
        [ADA, BOB, CAL, "Alba | premier | Ada; start=2019-01-01; end=2020-01-01"],
        [ADA.replace("end=2014-05-01", "end=2014"), BOB, CAL],
        [ADA.replace("end=2014-05-01; ", ""), BOB, CAL],
        [ADA.replace("end=2014-05-01", "end=2013-05-01"), BOB, CAL],
        [ADA.replace("end=2014-05-01", "end=2018-05-20"), BOB, CAL],
    ],
)
def test_what_keeps_another_from_being_excluded(rows: list[str]) -> None:
    """Cal did not succeed Ada for certain: Bob's time, or what came after hers, is not sure enough."""
    assert both("Cal", "Ada", rows).verdict is Verdict.UNKNOWN


def test_who_came_back_may_have_been_there_before() -> None:
    """The table lacks who followed Ada: that may have been Cal, for a first time."""
    rows = [ADA, BOB.replace("start=2014-05-01", "start=2016-05-01"), CAL]
    assert both("Cal", "Ada", rows).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("when", "later", "earlier", "expected"),
    [
        ("began=2014", "Bob", "Ada", "supported implied"),
        ("at=2014-05", "Bob", "Ada", "supported implied"),
        ("began=2015", "Bob", "Ada", "contradicted date-differs"),
        ("at=2015", "Bob", "Ada", "unknown no-statement"),
        ("as-of=2015", "Bob", "Ada", "unknown no-statement"),
        ("since=2014", "Bob", "Ada", "unknown no-statement"),
        ("former", "Bob", "Ada", "unknown no-statement"),
        ("began=2018", "Cal", "Ada", "contradicted different-value"),
        ("began=2005", "Cal", "Ada", "unknown no-statement"),
    ],
)
def test_with_a_date(when: str, later: str, earlier: str, expected: str) -> None:
    """A date is that of the handover; another date may be of another one, that no row tells of."""
    part = both(later, earlier, THREE, f"; premier=Alba; {when}")
    assert f"{part.verdict} {part.reason}" == expected


def test_what_is_still_to_come() -> None:
    """On the day of the claim Cal has not begun."""
    assert verdict("Cal | P1365 | Bob; premier=Alba", THREE, as_of="2018-05-01").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("more", "later", "earlier", "expected"),
    [
        ("", "Bob", "Ada", "supported"),
        ("", "Cal", "Ada", "unknown"),
        ("; president=Alba", "Bob", "Ada", "unknown"),
        ("; premier=Borea", "Bob", "Ada", "unknown"),
        ("; premier=?nowhere", "Bob", "Ada", "unknown"),
        ("; award=Alba", "Bob", "Ada", "unknown"),
        ("; premier=Alba; country=Alba", "Bob", "Ada", "unknown"),
    ],
)
def test_the_office(more: str, later: str, earlier: str, expected: str) -> None:
    """Without an office any that both held supports it, and none contradicts it."""
    assert both(later, earlier, [*THREE, "Borea | premier | Ada; start=2000-01-01"], more).verdict == expected


def test_a_row_that_says_so_goes_before() -> None:
    assert verdict(
        "Cal | P1365 | Ada; premier=Alba", [*THREE, "Cal | P1365 | Ada; premier=Alba"]
    ).verdict == (Verdict.SUPPORTED)


def test_a_denial_is_supported_by_who_it_was() -> None:
    assert verdict("not Cal | P1365 | Ada; premier=Alba", THREE).verdict is Verdict.SUPPORTED


def test_namesakes_are_not_others() -> None:
    """Who held it right before may be the one who is meant."""
    rows = [row.replace("Bob", "Robert Ada") for row in (*THREE, "Alba | premier | Bob; start=1990-01-01")]
    assert verdict("Cal | P1365 | Ada~90/0; premier=Alba", rows).verdict is Verdict.UNKNOWN


_HOLDERS = ("Ada", "Bob", "Cal", "Dan")
_DAYS = ("2010-01-10", "2014-05-01", "2014-05-20", "2018-06-01", "2018", "2020-02-01")
holders = st.builds(
    "Alba | {} | {}{}{}{}".format,
    st.sampled_from(("premier", "premier", "premier", "acting-premier")),
    st.sampled_from(_HOLDERS),
    st.sampled_from(("", *(f"; start={day}" for day in _DAYS))),
    st.sampled_from(("", *(f"; end={day}" for day in _DAYS))),
    st.sampled_from(("", "; seen=2014-05-10..2018-05-20", "; seen=2019-01-01..2021-01-15")),
)
pairs = st.tuples(st.sampled_from(_HOLDERS), st.sampled_from(_HOLDERS))


@given(st.lists(holders, max_size=5, unique=True), pairs)
def test_not_both_ways_at_once(rows: list[str], pair: tuple[str, str]) -> None:
    """Either direction of the words gives the same, and an unrelated row changes nothing."""
    part = both(*pair, rows)
    others = ["Elsewhere | premier | Nobody; start=2014-05-01", "Elsewhere | borders | Alba"]
    assert verdict(f"{pair[0]} | P1365 | {pair[1]}; premier=Alba", [*rows, *others]) == part


@given(st.lists(holders, max_size=5, unique=True), pairs)
def test_less_evidence_contradicts_nothing(rows: list[str], pair: tuple[str, str]) -> None:
    """Without the rows of one of the two, or of who came between, nothing is contradicted."""
    text = f"{pair[0]} | P1365 | {pair[1]}; premier=Alba"
    for name in pair:
        kept = [row for row in rows if f"| {name}" not in row]
        assert verdict(text, kept).verdict is Verdict.UNKNOWN
    kept = [row for row in rows if f"| {pair[0]}" in row or f"| {pair[1]}" in row]
    assert verdict(text, kept).verdict is not Verdict.CONTRADICTED


@given(st.lists(holders, max_size=5, unique=True), pairs, holders)
def test_one_more_row_never_turns_one_verdict_into_the_other(
    rows: list[str], pair: tuple[str, str], more: str
) -> None:
    """A further holder may leave it open who came right before, or settle it by being the one."""
    text = f"{pair[0]} | P1365 | {pair[1]}; premier=Alba"
    before, after = verdict(text, rows), verdict(text, [*rows, more])
    if {before.verdict, after.verdict} == {Verdict.SUPPORTED, Verdict.CONTRADICTED}:
        assert f"| {pair[0]}" not in more and f"| {pair[1]}" not in more


def test_a_start_that_is_told_twice_is_one() -> None:
    """Once by the month and once by the day; two days of one month may be two terms."""
    twice = [*THREE, CAL.replace("start=2018-06-01", "start=2018-06")]
    assert both("Cal", "Ada", twice).verdict is Verdict.CONTRADICTED
    days = [*THREE, CAL.replace("start=2018-06-01", "start=2018-06-20")]
    assert both("Cal", "Ada", days).verdict is Verdict.UNKNOWN


def test_who_held_another_office_did_not_act_between_two_who_adjoin() -> None:
    """Where a day or more lies between them, whoever had another office then may have had this one, too."""
    other = "Alba | acting-premier | Ada; start=2017-01-01; end=2020-01-01"
    assert both("Cal", "Ada", [*THREE, other]).verdict is Verdict.CONTRADICTED
    gap = [ADA, BOB, CAL.replace("start=2018-06-01", "start=2018-06-09"), other]
    assert both("Cal", "Ada", gap).verdict is Verdict.UNKNOWN
