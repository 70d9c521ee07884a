"""`df.claims`: which columns it takes, that what it gives lies as the frame does, how it gets there."""

from __future__ import annotations

import datetime
import subprocess
import sys
import warnings
from collections.abc import Callable
from importlib import reload
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import verifier
import verifier.pandas
from verifier import Checker, TableError, UsageError
from verifier.pandas import FrameClaims, SeriesClaims

FOUND = ["verdict", "reason", "confidence", "explanation", "instead", "sources"]
TRUE, FALSE, VAGUE = (
    "Oslo is the capital of Norway.",
    "Bergen is the capital of Norway.",
    "It was a fine day.",
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    """Against a table of one row, opened once."""
    path = tmp_path_factory.mktemp("tables") / "capitals.csv"
    path.write_text(
        "subject,predicate,object,start\nNorway,capital,Oslo,1814-05-17\nBergen,instance of,city,\n",
        encoding="utf-8",
    )
    return Checker([path], bundled=False, closed_world=True, as_of="2021-02-01")


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(3),
        pd.Index([7, 7, 3]),
        pd.Index(["a", None, "a"]),
        pd.MultiIndex.from_tuples([("x", 1), ("x", 1), ("y", 2)], names=["letter", "number"]),
        pd.DatetimeIndex(["2021-01-02", "2021-01-01", "2021-01-02"], name="day"),
    ],
    ids=["range", "repeated", "missing", "levels", "days"],
)
def test_what_is_found_lies_as_the_frame_does(checker: Checker, index: pd.Index[Any]) -> None:
    """Row by row, whatever the index: labels may repeat, be missing, have levels, be unsorted."""
    df = pd.DataFrame({"claim": [TRUE, None, FALSE], "note": [1, 2, 3]}, index=index)
    found = FrameClaims(df).check(checker=checker)
    assert found.index.equals(df.index) and found.index.names == df.index.names
    assert list(found.columns) == FOUND
    assert found["verdict"].astype(object).where(found["verdict"].notna(), "").tolist() == [
        "supported",
        "",
        "contradicted",
    ]
    both = df.assign(**found.to_dict("series"))
    assert both["note"].tolist() == [1, 2, 3]
    assert both["verdict"].tolist()[::2] == ["supported", "contradicted"]
    pd.testing.assert_frame_equal(
        df.assign(**FrameClaims(both).check(checker=checker).to_dict("series")), both
    )


def test_it_joins(checker: Checker) -> None:
    """Where no label is there twice, and with a prefix where names would meet."""
    df = pd.DataFrame({"claim": [TRUE, FALSE], "verdict": ["mine", "mine"]}, index=["b", "a"])
    joined = df.join(FrameClaims(df).check(checker=checker, prefix="found_"))
    assert joined.columns.tolist() == ["claim", "verdict", *(f"found_{name}" for name in FOUND)]
    assert joined["found_verdict"].tolist() == ["supported", "contradicted"]
    with pytest.raises(ValueError, match="overlap"):
        df.join(FrameClaims(df).check(checker=checker))


def test_types_are_those_of_a_report_also_with_gaps_or_no_rows(checker: Checker) -> None:
    """And an empty frame of claims opens no table."""
    types = FrameClaims(pd.DataFrame({"claim": [TRUE]})).report(checker=checker).to_frame().dtypes[FOUND]
    for claims in ([], [None], [TRUE, None], [TRUE]):
        df = pd.DataFrame({"claim": pd.Series(claims, dtype=object)})
        found = FrameClaims(df).check(checker=checker)
        pd.testing.assert_series_equal(found.dtypes, types)
        assert len(found) == len(df)
    unread = Checker(["no such table.csv"])
    assert FrameClaims(pd.DataFrame({"claim": [None, " "]})).check(checker=unread)["verdict"].isna().all()


@pytest.mark.parametrize("gap", [None, float("nan"), pd.NA, pd.NaT, "", " \t"])
def test_a_row_that_claims_nothing_is_left_out(checker: Checker, gap: object) -> None:
    """Of sentences and of triples; the results keep the numbers of their rows as ids."""
    sentences = pd.DataFrame({"claim": pd.Series([gap, TRUE, gap, VAGUE], dtype=object)})
    assert [result.claim.id for result in FrameClaims(sentences).report(checker=checker).results] == [
        "2",
        "4",
    ]
    ends = {"subject": [gap, "Norway"], "predicate": [gap, "capital"], "object": [gap, "Oslo"]}
    found = FrameClaims(pd.DataFrame(ends, dtype=object)).check(checker=checker)
    assert found["verdict"].isna().tolist() == [True, False]


def test_half_a_triple_is_an_error_with_the_row_of_the_frame(checker: Checker) -> None:
    """Counted with the rows that claim nothing."""
    df = pd.DataFrame({"subject": [None, "Norway"], "predicate": [None, "capital"], "object": [None, None]})
    with pytest.raises(TableError, match=r"DataFrame:2, column 'object': nothing is claimed"):
        FrameClaims(df).check(checker=checker)


@pytest.mark.parametrize(
    "start",
    [
        *(1814, 1814.0, "1814", "1814-05-17", pd.Timestamp("1814-05-17"), datetime.date(1814, 5, 17)),
        *(datetime.datetime(1814, 5, 17, 13, 30), pd.Timestamp("1814-05-17 10:00", tz="Europe/Oslo")),
        pd.Period("1814", freq="Y"),
    ],
    ids=repr,
)
def test_a_cell_may_be_text_a_number_or_a_date(checker: Checker, start: object) -> None:
    """Of a stamp the day counts."""
    df = pd.DataFrame({"subject": ["Norway"], "predicate": ["capital"], "object": ["Oslo"], "start": [start]})
    assert FrameClaims(df).check(checker=checker)["verdict"].tolist() == ["supported"]
    df["start"] = [pd.Timestamp("1905-06-07 10:00")]
    assert FrameClaims(df).check(checker=checker)["verdict"].tolist() == ["contradicted"]


def test_each_row_may_have_its_own_day(checker: Checker) -> None:
    """`as_of` in a column, as stamps with hours: before the row of the table begins nothing is known."""
    days = pd.to_datetime(["2020-01-01 12:00", "1700-01-01 12:00"])
    df = pd.DataFrame({"claim": [TRUE, TRUE], "as_of": days})
    assert FrameClaims(df).check(checker=checker)["reason"].tolist() == ["same-value", "outside-dates"]


def test_columns_may_have_other_names(checker: Checker) -> None:
    """Then those by the usual names are something else, as are offsets called `start`."""
    df = pd.DataFrame({"claim": [FALSE], "text": [TRUE], "start": [12], "end": [3], "gold": ["yes"]})
    assert FrameClaims(df).check(claim="text", checker=checker)["verdict"].tolist() == ["supported"]
    assert FrameClaims(df).check(checker=checker)["verdict"].tolist() == ["contradicted"]
    ends = pd.DataFrame({"state": ["Norway"], "what": ["capital"], "Object": ["Oslo"], "claim": [FALSE]})
    found = FrameClaims(ends).check(subject="state", predicate="what", checker=checker)
    assert found["verdict"].tolist() == ["supported"]


def test_a_sentence_counts_before_a_triple(checker: Checker) -> None:
    """Row by row, as in a table of claims."""
    df = pd.DataFrame(
        {
            "claim": [FALSE, None],
            "subject": ["Norway", "Norway"],
            "predicate": ["capital", "capital"],
            "object": ["Oslo", "Oslo"],
            "negated": [False, True],
        }
    )
    assert FrameClaims(df).check(checker=checker)["verdict"].tolist() == ["contradicted", "contradicted"]


def test_ids_are_taken_where_each_row_has_its_own(checker: Checker) -> None:
    """Else they are of something else, such as the article, and rows go by their number."""
    for ids, taken in ((["x", "y"], ["x", "y"]), (["x", "x"], ["1", "2"]), (["x", None], ["1", "2"])):
        report = FrameClaims(pd.DataFrame({"claim": [TRUE, FALSE], "id": ids})).report(checker=checker)
        assert [result.claim.id for result in report.results] == taken


@pytest.mark.parametrize(
    ("columns", "named", "message"),
    [
        (["text", "day"], {}, "`claim`.*missing: 'subject', 'predicate', 'object'; it has 'text', 'day'"),
        (["subject", "object"], {}, "missing: 'predicate'; it has 'subject', 'object'"),
        (["text"], {"claim": "sentence"}, "no column 'sentence' in the frame; it has 'text'"),
        (["claim", "state"], {"subject": "state"}, "missing: 'predicate', 'object'"),
        (["claim", "claim"], {}, "2 columns of the frame are called 'claim'"),
        ([f"c{number}" for number in range(99)], {}, "'c19', and 79 more"),
        ([0, ("a", 1), None], {}, "it has 0, .*'a', 1.*, (None|nan)"),
        ([], {}, "it has no columns"),
    ],
)
def test_a_missing_column_is_named_beside_what_is_there(
    columns: list[object], named: dict[str, Any], message: str
) -> None:
    """Before any table is opened."""
    df = pd.DataFrame([["x"] * len(columns)], columns=pd.Index(columns, dtype=object))
    with pytest.raises(UsageError, match=message):
        FrameClaims(df).check(checker=Checker(["no such table.csv"]), **named)


@pytest.mark.parametrize(
    "more", [{"as_of": "2021"}, {"reference": "x.csv"}, {"bundled": False}, {"closed_world": True}]
)
def test_a_checker_is_given_alone(checker: Checker, more: dict[str, Any]) -> None:
    """What it was made with holds, and nothing is quietly left out."""
    with pytest.raises(UsageError, match="give it alone"):
        FrameClaims(pd.DataFrame({"claim": [TRUE]})).check(checker=checker, **more)


def test_the_arguments_are_those_of_check(tmp_path: Path) -> None:
    """A table of one's own, alone, in a closed world, on a day."""
    (tmp_path / "capitals.csv").write_text(
        "subject,predicate,object\nNorway,capital,Oslo\n", encoding="utf-8"
    )
    df = pd.DataFrame({"subject": ["Oslo"], "predicate": ["capital"], "object": ["Norway"]})
    options: dict[str, Any] = {"reference": str(tmp_path / "capitals.csv"), "bundled": False, "as_of": "2020"}
    assert FrameClaims(df).check(**options)["verdict"].tolist() == ["unknown"]
    assert FrameClaims(df).check(**options, closed_world=True)["verdict"].tolist() == ["contradicted"]
    report = FrameClaims(df).report(**options)
    assert [table.statements for table in report.tables] == [1]
    assert report.as_of == verifier.Checker(as_of="2020").day


def test_a_series_is_of_sentences(checker: Checker) -> None:
    """Under any name, or none."""
    series = pd.Series([TRUE, None, FALSE], index=["a", "a", "b"], name="said")
    found = SeriesClaims(series).check(checker=checker)
    assert found.index.equals(series.index)
    assert found["verdict"].isna().tolist() == [False, True, False]
    assert len(SeriesClaims(series.rename(None)).report(checker=checker).results) == 2


def test_the_frame_is_left_as_it_was(checker: Checker) -> None:
    """Nothing is written into it."""
    df = pd.DataFrame({"Claim": [TRUE, None], "id": [1, 1]}, index=["x", "x"])
    before = df.copy(deep=True)
    FrameClaims(df).check(checker=checker)
    pd.testing.assert_frame_equal(df, before)


# ------------------------------------------------------------------------------------------ how it gets there


def modules(code: str) -> list[str]:
    """What a new Python has loaded after this code, which must print nothing and warn of nothing."""
    program = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_it_is_there_where_pandas_is() -> None:
    """And `import verifier` loads no pandas, nor, beside pandas, more of itself than the accessor."""
    assert "pandas" not in modules("import verifier")
    loaded = modules("import pandas, verifier; pandas.DataFrame.claims, pandas.Series.claims")
    assert {name for name in loaded if name.startswith("verifier.")} == {
        "verifier.version",
        "verifier.pandas",
    }
    modules("import verifier, pandas; assert not hasattr(pandas.DataFrame, 'claims')")
    modules("import verifier, verifier.pandas, pandas; pandas.DataFrame.claims")


def test_it_is_registered_once() -> None:
    """A module that is loaded anew, as notebooks do, warns of nothing; another's accessor is warned of."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        module = reload(verifier.pandas)
    assert pd.DataFrame.claims is module.FrameClaims  # type: ignore[attr-defined]
    taken: Callable[[Any], object] = lambda frame: frame  # noqa: E731
    del pd.DataFrame.claims  # type: ignore[attr-defined]
    pd.api.extensions.register_dataframe_accessor("claims")(taken)  # type: ignore[arg-type]
    with pytest.warns(UserWarning, match="claims"):
        reload(verifier.pandas)


def test_the_accessor_is_that_class(checker: Checker) -> None:
    """`df.claims` and `series.claims`, as people write it."""
    df = pd.DataFrame({"claim": [TRUE]})
    assert df.claims.check(checker=checker)["verdict"].tolist() == ["supported"]  # type: ignore[operator]
    assert df["claim"].claims.check(checker=checker)["verdict"].tolist() == ["supported"]
