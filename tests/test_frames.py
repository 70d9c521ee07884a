"""Reports as data frames: columns, types, missing cells, alike under every pandas."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

import verifier
from tests.growth import assert_linear
from tests.reports.drafts import many
from tests.reports.report import HOSTILE, hostile, report
from verifier.model import ClaimRow, Document, Report, Suppressed
from verifier.reports import REPORTS
from verifier.reports.cells import COLUMNS

TYPES = {
    **{name: pd.StringDtype("python") for name, kind in COLUMNS.items() if kind is str},
    "verdict": pd.CategoricalDtype(pd.Index(["supported", "contradicted", "unknown"], dtype=object)),
    "confidence": "float64",
    "start": pd.Int64Dtype(),
    "end": pd.Int64Dtype(),
}


def empty() -> Report:
    return Report(Document(""), ())


@pytest.mark.parametrize("found", [report(), hostile(), empty()])
def test_columns_and_types_are_the_same_for_every_report(found: Report) -> None:
    """So frames of several reports can be put together, and nothing changes when one is empty."""
    frame = found.to_frame()
    assert list(frame.columns) == list(COLUMNS)
    assert {name: frame[name].dtype for name in frame} == TYPES
    assert not frame["verdict"].cat.ordered
    assert frame["verdict"].cat.categories.dtype == object
    assert frame.index.equals(pd.RangeIndex(len(found.results)))


def test_frames_of_several_reports_keep_their_types() -> None:
    """Also beside an empty one."""
    both = pd.concat([report().to_frame(), empty().to_frame(), hostile().to_frame()], ignore_index=True)
    assert {name: both[name].dtype for name in both} == TYPES
    assert len(both) == len(report().results) + len(hostile().results)


def test_a_row_is_what_the_result_says() -> None:
    """The first of the report made by hand, cell by cell."""
    found = report()
    result, span = found.results[0], found.results[0].claim.span
    assert span is not None
    frame = found.to_frame()
    row = {name: frame.loc[0, name] for name in frame}
    assert row.pop("instead") is row.pop("suppressed") is pd.NA
    assert row.pop("document") == found.document.name
    assert row == {
        "id": "c1",
        "verdict": "supported",
        "reason": "same-value",
        "confidence": 0.98765,
        "text": result.claim.text,
        "explanation": result.explanation,
        "subject": "Kosovo",
        "subject_id": "Q1246",
        "relation": "capital",
        "relation_id": "P36",
        "object": "Pristina",
        "object_id": "Q25270",
        "sources": "https://example.org/factbook/kv",
        "start": span.start,
        "end": span.end,
        "sentence": result.claim.sentence,
    }


def test_the_subject_is_what_has_the_relation() -> None:
    """Also where a claim names it last ("is the capital of"), in the frame and in the CSV."""
    (result, *_) = report().results
    turned = replace(result.parts[0].triple.readings[0], inverse=True)
    parts = (replace(result.parts[0], reading=turned), result.parts[0])
    found = replace(report(), results=(replace(result, parts=parts),))
    frame = found.to_frame()
    assert frame.loc[0, ["subject", "object"]].tolist() == ["Pristina|Kosovo", "Kosovo|Pristina"]
    assert frame.loc[0, ["subject_id", "object_id"]].tolist() == ["Q25270|Q1246", "Q1246|Q25270"]
    (row,) = csv.DictReader(io.StringIO(REPORTS["csv"](found)))
    assert row["subject"] == "Pristina|Kosovo"


def test_what_the_parts_say_keeps_its_place() -> None:
    """The second id belongs to the second name, though the first is not known."""
    part = replace(report().results[0].parts[0], repair="1999")
    unknown = replace(part, subject=None, repair="")
    for parts, names, ids, repairs in (
        ((unknown, part), "Kosovo|Kosovo", "|Q1246", "1999"),
        ((part, unknown, part), "Kosovo|Kosovo|Kosovo", "Q1246||Q1246", "1999"),
        ((unknown, unknown), "Kosovo|Kosovo", pd.NA, pd.NA),
    ):
        frame = replace(report(), results=(replace(report().results[0], parts=parts),)).to_frame()
        assert frame.loc[0, ["subject", "subject_id", "instead"]].tolist() == [names, ids, repairs]


def test_what_a_claim_does_not_have_is_missing() -> None:
    """The same cells that are empty in the CSV; of these confidence is NaN."""
    found = report()
    frame = found.to_frame()
    rows = list(csv.DictReader(io.StringIO(REPORTS["csv"](found))))
    assert [[cell == "" for cell in row.values()] for row in rows] == frame.isna().to_numpy().tolist()
    assert frame["confidence"].isna().any() and frame["start"].notna().any()


def test_what_is_set_aside_says_by_whom() -> None:
    """And keeps its verdict."""
    results = [replace(report().results[1], suppressed=who) for who in (None, *Suppressed)]
    frame = replace(report(), results=tuple(results)).to_frame()
    assert frame["suppressed"].fillna("").tolist() == ["", "inline", "baseline"]
    assert set(frame["verdict"]) == {"contradicted"}


def test_a_cell_is_as_it_is() -> None:
    """A frame is no spreadsheet: no apostrophe, nothing pictured, whatever came from outside."""
    frame = hostile().to_frame()
    assert frame.loc[0, "text"] == hostile().results[0].claim.text
    assert HOSTILE in frame.loc[0, "explanation"]


def test_offsets_are_those_of_the_text() -> None:
    """`text[start:end]` is the claim."""
    found = report()
    for row in found.to_frame().dropna(subset="start").itertuples():
        assert found.document.text[row.start : row.end] == row.text


def test_rows_lie_as_the_results() -> None:
    """Ids may repeat: the order is what tells them."""
    first = report().results[0]
    results = tuple(replace(first, claim=replace(first.claim, id=id)) for id in "bab")
    assert Report(Document(""), results).to_frame()["id"].tolist() == ["b", "a", "b"]


def test_time_is_linear_in_the_results() -> None:
    """A frame of many results."""
    assert_linear(lambda size: many(size).to_frame(), 500)


def test_a_report_is_one_line() -> None:
    """Its `repr` holds neither the text nor the rows, and nothing that acts on a terminal."""
    assert repr(replace(report(), document=Document("x", "draft.md"))) == (
        "<Report of 'draft.md': 3 claims, 1 supported, 1 contradicted, 1 unknown>"
    )
    aside = replace(report().results[1], suppressed=Suppressed.BASELINE)
    assert repr(Report(Document(""), (report().results[0], aside))) == (
        "<Report: 2 claims, 1 supported, 0 contradicted, 0 unknown, 1 set aside>"
    )
    assert repr(empty()) == "<Report: 0 claims, 0 supported, 0 contradicted, 0 unknown>"
    assert repr(report().results[0]) == (
        "<Result 'c1': supported (same-value), 'Priština is the capital of Kosovo.'>"
    )
    for noun in (hostile(), hostile().results[0], replace(hostile(), document=Document("", HOSTILE * 99))):
        assert repr(noun).isprintable() and len(repr(noun)) < 400


def test_the_page_is_that_of_the_command() -> None:
    """`to_html` is `--format html`."""
    assert report().to_html() == REPORTS["html"](report())


def test_a_claim_that_is_not_understood_has_its_row() -> None:
    """Nothing is dropped."""
    checker = verifier.Checker(as_of="2021-02-01")
    frame = checker.check([ClaimRow("x", claim="Nobody knows."), ClaimRow("y", claim="Why?")]).to_frame()
    assert frame["id"].tolist() == ["x", "y"]
    assert frame["verdict"].tolist() == ["unknown", "unknown"]
    assert frame["confidence"].isna().all()
