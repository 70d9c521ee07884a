"""How the public names are used, for a type checker; nothing runs this (see test_typing.py).

What is wrong is marked as such: a marked line in which mypy finds nothing is an error too.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import assert_type

import pandas as pd

import verifier
from verifier import (
    Candidates,
    Checker,
    ClaimRow,
    Document,
    Entity,
    Match,
    NameIndex,
    NameMatch,
    Report,
    Result,
    Settings,
)
from verifier.pandas import FrameClaims, SeriesClaims
from verifier.reports import REPORTS, Render
from verifier.trace import Trace


def check(frame: pd.DataFrame) -> None:
    assert_type(verifier.check("Oslo is the capital of Norway."), Report)
    assert_type(verifier.check(Path("draft.md"), reference=["a.csv", Path("b")], as_of="2021"), Report)
    assert_type(verifier.check(frame, closed_world=True, bundled=False), Report)
    assert_type(verifier.check(["Oslo is the capital of Norway."], as_of=datetime.date(2021, 2, 1)), Report)
    assert_type(verifier.check(frame["claim"], as_of=pd.Timestamp("2021-02-01")), Report)
    verifier.check()  # type: ignore[call-arg]
    verifier.check("x", "2021-02-01")  # type: ignore[call-arg]
    verifier.check(12)  # type: ignore[arg-type]
    verifier.check("x", as_of=2021)  # type: ignore[arg-type]
    verifier.chekc("x")  # type: ignore[attr-defined]


def use(checker: Checker) -> None:
    report = checker.check(
        [ClaimRow("1", claim="Oslo is the capital of Norway.")], progress=lambda n, of: None
    )
    assert_type(report.results, tuple[Result, ...])
    assert_type(report.to_frame(), pd.DataFrame)
    assert_type(report.to_html(), str)
    assert_type(report.results[0].confidence, float | None)
    assert_type(checker.lookup("Oslo", limit=2), Candidates)
    assert_type(checker.lookup("Oslo")[0], tuple[Match, Entity | None, str])
    assert_type(checker.explain("Oslo is the capital of Norway."), Trace)
    assert_type(checker.check(Document("text", name="x.txt")), Report)
    report.results[0].verdict = verifier.Verdict.UNKNOWN  # type: ignore[misc]
    if report.results[0].verdict is verifier.Verdict.SUPPORTED:
        assert_type(report.results[0].reason, verifier.Reason)
    Checker("a.csv", settings=Settings(cache_dir=Path("cache")), as_of="2021")
    Checker(refrence="a.csv")  # type: ignore[call-arg]


def find(pairs: Iterable[tuple[str, str]]) -> None:
    with NameIndex.build(pairs, "names.db") as index:
        assert_type(index, NameIndex)
        assert_type(index.search("Oslo", limit=3, cutoff=80), tuple[NameMatch, ...])
        index.search("Oslo", 3)  # type: ignore[call-arg]
    assert_type(NameIndex.open(Path("names.db")).exact("Oslo")[0].score, float)


def ask(frame: pd.DataFrame, series: pd.Series[str], checker: Checker) -> None:
    assert_type(FrameClaims(frame).check(claim="text", checker=checker), pd.DataFrame)
    assert_type(FrameClaims(frame).report(as_of="2021"), Report)
    assert_type(SeriesClaims(series).check(prefix="x_"), pd.DataFrame)
    FrameClaims(frame).check("text")  # type: ignore[call-arg]
    SeriesClaims(series).check(claim="text")  # type: ignore[call-arg]


def write(report: Report) -> None:
    assert_type(REPORTS, Mapping[str, Render])
    assert_type(REPORTS["json"](report, report), str)
