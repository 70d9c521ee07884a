"""What a caller may give: days from a calendar, lists of claims; and what is said of anything else."""

from __future__ import annotations

import copy
import datetime
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import verifier
from verifier import Candidates, Checker, ClaimRow, Document, TableError, UsageError
from verifier.dates import parse_date
from verifier.given import day_given

TRUE, FALSE = "Oslo is the capital of Norway.", "Bergen is the capital of Norway."
DAY = parse_date("2021-02-01")
MISSING: Any = pd.NaT


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    """Against a table of one row, opened once."""
    path = tmp_path_factory.mktemp("tables") / "capitals.csv"
    path.write_text(
        "subject,predicate,object\nNorway,capital,Oslo\nBergen,instance of,city\n", encoding="utf-8"
    )
    return Checker([path], bundled=False, closed_world=True, as_of="2021-02-01")


@pytest.mark.parametrize(
    "day",
    [
        "2021-02-01",
        "2021-02-01T12:30:00Z",
        DAY,
        datetime.date(2021, 2, 1),
        datetime.datetime(2021, 2, 1, 23, 59),
        datetime.datetime(2021, 2, 1, 23, 59, tzinfo=datetime.UTC),
        pd.Timestamp("2021-02-01 23:59"),
        pd.Timestamp("2021-02-01 23:59", tz="Asia/Tokyo"),
    ],
    ids=repr,
)
def test_a_day_is_a_day(day: Any) -> None:
    """As text, from a calendar, from a clock, of which the day counts; wherever one is given."""
    checker = Checker(as_of=day)
    assert checker.day == DAY
    assert checker.check(TRUE).as_of == DAY
    checker = Checker(as_of="1999")
    report = checker.check(Document(TRUE, as_of=day))
    assert report.document.as_of == DAY
    row = ClaimRow("r", claim=TRUE, as_of=day, start=day)
    assert checker.check([row]) == checker.check([replace(row, as_of=DAY, start=DAY)])
    assert checker.explain(row).day.date == DAY


def test_the_day_of_a_document_comes_before_today() -> None:
    """Also where it was given as text."""
    report = Checker().check(Document(TRUE, as_of="2021"))  # type: ignore[arg-type]
    assert report.as_of == parse_date("2021")


@pytest.mark.parametrize(
    "day", ["yesterday", "", "2021-02-30", 2021, MISSING, float("nan"), b"2021"], ids=repr
)
def test_what_is_no_day_is_refused_at_once(day: Any) -> None:
    """With what would be right, before any table is opened."""
    for ask in (
        lambda: Checker(as_of=day),
        lambda: verifier.check(TRUE, as_of=day),
        lambda: verifier.check(Document(TRUE, as_of=day)),
        lambda: verifier.check([ClaimRow("r", claim=TRUE, end=day)]),
        lambda: pd.DataFrame({"claim": [TRUE]}).claims.check(as_of=day),
    ):
        with pytest.raises(UsageError, match=r"2021-02-01|has no day"):
            ask()


def test_no_day_is_none() -> None:
    """Then another one counts."""
    assert day_given(None) is None


@pytest.mark.parametrize("make", [list, tuple, iter, pd.Series], ids=lambda make: make.__name__)
def test_several_sentences_are_several_claims(make: Any, checker: Checker) -> None:
    """In their order; a triple is one too, and a row stays what it is."""
    report = checker.check(make([TRUE, FALSE, "Norway | capital | Oslo"]))
    assert [str(result.verdict) for result in report.results] == ["supported", "contradicted", "supported"]
    assert [result.claim.text for result in report.results][:2] == [TRUE, FALSE]


def test_texts_and_rows_go_together(checker: Checker) -> None:
    """Each keeps its id."""
    report = checker.check([TRUE, ClaimRow("own", claim=FALSE)])
    assert [result.claim.id for result in report.results] == ["c1", "own"]


def test_nothing_to_check_is_an_empty_report(tmp_path: Path, checker: Checker) -> None:
    """Of a list and of a frame; a file of claims without one is a mistake still."""
    empty = pd.DataFrame({"claim": []})
    for given in ([], empty, empty["claim"]):
        assert checker.check(given).results == ()
        assert checker.check(given).to_frame().empty
    assert empty.claims.report(checker=checker).results == ()
    assert empty.claims.check(checker=checker).empty
    (tmp_path / "claims.csv").write_text("claim\n")
    with pytest.raises(TableError, match="no claims below the header"):
        checker.check(tmp_path / "claims.csv")
    with pytest.raises(TableError, match="missing: subject"):
        checker.check(pd.DataFrame({"said": []}))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (None, "None cannot be checked"),
        (b"x", "a bytes cannot be checked"),
        (12, "an int cannot be checked"),
        ({"claim": TRUE}, "a dict cannot be checked"),
        ([TRUE, None], "claim 2 of the list: a claim is a text or a `ClaimRow`, not None"),
        ([TRUE, "  "], "claim 2 of the list: a claim is empty"),
        (["draft.md"], "'draft.md' is a file"),
        ([Path("draft.md")], "'draft.md' is a file"),
    ],
    ids=repr,
)
def test_what_cannot_be_checked_is_refused(given: Any, told: str, checker: Checker) -> None:
    """With what would be right; never by an error from within."""
    with pytest.raises(UsageError) as caught:
        checker.check(given)
    assert told in str(caught.value)


def test_names_and_claims_are_texts(checker: Checker) -> None:
    """For who looks one up, and who asks why."""
    for none in (None, 12, b"Oslo", ["Oslo"]):
        with pytest.raises(UsageError, match="a name is a text"):
            checker.lookup(none)  # type: ignore[arg-type]
    for none in (None, pd.DataFrame({"claim": [TRUE]}), [TRUE]):
        with pytest.raises(UsageError, match="a claim is a text or a `ClaimRow`"):
            checker.explain(none)  # type: ignore[arg-type]


def test_half_a_character_is_read_as_what_it_is(checker: Checker) -> None:
    """In a sentence, within a word, and in a cell of a frame; of whatever type the column is."""
    for text in ("Oslo is the capital of Norway\ud800.", "Os\ud800lo is the capital of Norway.", "\udfff"):
        (alone,) = checker.check(text).results
        frame = pd.DataFrame({"claim": pd.Series([text, TRUE], dtype=object)})
        for report in (checker.check(frame), frame.claims.report(checker=checker)):
            assert report.results[0].verdict is alone.verdict
            assert report.results[0].claim.text == alone.claim.text
            assert str(report.results[1].verdict) == "supported"
        assert frame.claims.check(checker=checker)["verdict"].tolist()[0] == alone.verdict
        ids = pd.DataFrame({"claim": [TRUE, TRUE], "id": pd.Series([text, "b"], dtype=object)})
        assert [one.claim.id for one in ids.claims.report(checker=checker).results] == [text.strip(), "b"]


@pytest.mark.parametrize("again", [lambda one: pickle.loads(pickle.dumps(one)), copy.deepcopy, copy.copy])
def test_a_used_checker_can_be_copied(again: Any, checker: Checker) -> None:
    """And sent to another process: what it has opened is opened anew."""
    assert checker.check(FALSE).results
    other = again(checker)
    assert other == checker
    assert other.check(FALSE) == checker.check(FALSE)


def test_a_copy_has_the_same_today(checker: Checker) -> None:
    """The day was fixed at the first use."""
    own = Checker(checker.reference, bundled=False)
    own.__dict__["_today"] = DAY
    assert pickle.loads(pickle.dumps(own)).day == DAY


def test_candidates_are_what_they_were(checker: Checker) -> None:
    """A tuple of match, entity and table, best first."""
    found = checker.lookup("Oslo")
    assert isinstance(found, Candidates)
    assert [(match.label, table) for match, _, table in found] == [("Oslo", "capitals.csv")]
    assert pickle.loads(pickle.dumps(found)) == found == tuple(found)
