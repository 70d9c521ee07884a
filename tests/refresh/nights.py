"""Real data as nights: the sources as they came, and a root whose job reads them in turn."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from verifier.cli import run
from verifier.sources.bundled import bundled_path

DATA = Path(__file__).parent / "data"
MISSION_DAYS = ("2021-01-25", "2021-04-22", "2022-11-16")
_ADDRESS = "http://www.wikidata.org/entity/"
_TABLE = """\
curated = true
title = "Capitals, for the nights of the tests"
publisher = "The verifier authors"
licence = "CC0-1.0"
"""


@dataclass(frozen=True, slots=True)
class Night:
    """What one run of the job left: its exit code, and its report as data."""

    code: int
    report: dict[str, Any]
    text: str
    """The report as it was written."""

    @property
    def feed(self) -> dict[str, Any]:
        """The only source's part of the report."""
        (only,) = self.report["sources"]
        assert isinstance(only, dict)
        return only

    def changes(self, kind: str) -> list[dict[str, Any]]:
        """The rows that were `added`, `changed` or `gone`."""
        return [change for change in self.feed["changes"] if change["kind"] == kind]


def root_with(folder: Path, sources: str, draft: str) -> Path:
    """A root whose curated table knows states, towns, persons and capitals, but no mission and no head of
    anything; `sources` is the name of a file of `data`, and `draft` is watched.
    """
    curated = folder / "reference"
    curated.mkdir(parents=True)
    bundled = bundled_path()
    for name in ("relations.toml", "entities-world.csv"):
        shutil.copy(bundled / name, curated / name)
    (curated / "table.toml").write_text(_TABLE, encoding="utf-8")
    states = pd.read_csv(bundled / "statements-states.csv", dtype=str, keep_default_na=False)
    states[states["predicate"] == "P36"].to_csv(curated / "statements-capitals.csv", index=False)
    shutil.copy(DATA / sources, curated / "sources.toml")
    (folder / "claims").mkdir()
    (folder / "claims" / "draft.md").write_text(draft, encoding="utf-8")
    return folder


def spend(root: Path, day: str) -> Night:
    """Run the job in this process, as of the day."""
    code, text = said("refresh", "--root", str(root), "--as-of", day, "--format", "json")
    return Night(code, json.loads(text), text)


def said(*arguments: str) -> tuple[int, str]:
    """The exit code of the command, and what it wrote to stdout."""
    written = io.BytesIO()
    with contextlib.redirect_stdout(io.TextIOWrapper(written, encoding="utf-8", write_through=True)) as out:
        code = run(list(arguments))
    out.detach()
    return code, written.getvalue().decode()


def mission_facts() -> pd.DataFrame:
    """The facts of the lists of missions; `nights` are the days of the lists that have the row."""
    return pd.read_csv(DATA / "missions.csv.gz", dtype=str, keep_default_na=False)


def write_missions(facts: pd.DataFrame, day: str, path: Path) -> None:
    """The list of the day as it came: ids as addresses; the two later ones have a head of one cell more than
    their rows.
    """
    rows = facts[facts["nights"].str.split("|").map(lambda days: day in days)].drop(columns="nights")
    for name in rows.columns[rows.columns.str.endswith("QID")]:
        rows[name] = rows[name].map(lambda qid: _ADDRESS + qid if qid else "")
    text = rows.to_csv(index=False, sep=";", lineterminator="\n")
    if day != MISSION_DAYS[0]:
        head, _, body = text.partition("\n")
        text = f"{head};\n{body}"
    path.write_text(text, encoding="utf-8")


def read_missions(path: Path) -> pd.DataFrame:
    """The list as pandas reads it, for a count of its own."""
    frame = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, index_col=False)
    return frame.drop(columns=[name for name in frame.columns if name.startswith("Unnamed")])


def head_facts() -> pd.DataFrame:
    """Who heads what, from which edition of the Factbook on."""
    return pd.read_csv(DATA / "heads.csv.gz", dtype=str, keep_default_na=False)


def write_heads(facts: pd.DataFrame, day: str, path: Path) -> None:
    """The edition of the day: of each country and office those that the newest change names."""
    until = facts[facts["edition_date"] <= day]
    newest = until.groupby(["country_id", "office"])["edition_date"].transform("max")
    rows = until[(until["edition_date"] == newest) & (until["holder"] != "")]
    rows.drop(columns="edition_date").to_csv(
        path, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL
    )
