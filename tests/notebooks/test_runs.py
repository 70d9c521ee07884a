"""Each notebook runs from a clean folder, says what `verifier` says, and says the same again."""

from __future__ import annotations

import re
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import verifier
from tests.notebooks.running import NAMES, ROOT, SECONDS, Run, run

pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

pytestmark = pytest.mark.slow

PROBES = {
    "1-check-the-draft": """{
        "verdicts": found["verdict"].value_counts().to_dict(),
        "contradicted": contradicted["id"].tolist(),
        "instead": contradicted["instead"].tolist(),
        "sections": int(sections.to_numpy().sum()),
        "triples": triples["verdict"].tolist(),
        "own": said["verdict"].tolist(),
        "closed": again["verdict"].tolist(),
        "kept": sorted(path.name for path in folder.iterdir()),
    }""",
    "2-explore-the-table": """{
        "years": [years[0], years[-1]],
        "decided": slots.pivot(index="relation", columns="year", values="decided").to_dict("index"),
        "holders": {f"{country} {office}": one["who"].tolist() for (country, office), one in held.items()},
        "day": day,
        "claims": claims[["subject", "object", "verdict"]].to_numpy().tolist(),
        "neighbours": sorted(borders["Kosovo"]),
        "recognises": dict(zip(others, verdicts, strict=True)),
    }""",
    "3-where-it-is-wrong": """{
        "files": claims.groupby("file").agg(
            claims=("right", "size"), right=("right", "sum"),
            wrong=("verdict", lambda of: int((of.ne("unknown") & ~claims.loc[of.index, "right"]).sum())),
        ).to_dict("index"),
        "confusion": int(confusion.to_numpy().sum()),
        "browsed": len(browse()),
        "binned": int(curves["as written"]["claims"].sum()),
        "slips": outcomes.sum(axis=1).to_dict(),
        "wrong slips": int(outcomes["wrong verdict"].sum()),
    }""",
    "4-what-changed": """{
        "counts": counts.to_numpy().tolist(),
        "turned": turned[["claim", "verdict", "reason"]].to_numpy().tolist(),
        "spells": [one["verdict"] for one in spells],
        "verdicts": verdicts.T.to_dict(),
        "kept": ask_root("history", CLAIM)["history"] == spells,
    }""",
}
FIGURES = {"1-check-the-draft": 1, "2-explore-the-table": 4, "3-where-it-is-wrong": 4, "4-what-changed": 3}


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables are compiled once, by the first notebook, as on a new machine."""
    import matplotlib.font_manager  # noqa: F401  # it tells on stderr that it lists the fonts, once on a machine

    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def runs(cache_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebooks, each run once."""

    @cache
    def once(name: str) -> Run:
        began = time.monotonic()
        done = run(name, PROBES[name], tmp_path_factory.mktemp("run"), cache_dir)
        print(f"{name}: {time.monotonic() - began:.0f} s")
        assert time.monotonic() - began < SECONDS
        return done

    return once


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_in_silence(name: str, runs: Any) -> None:
    """It draws its figures, warns of nothing, asks nobody outside, and leaves no file."""
    done = runs(name)
    assert len(done.outputs("image/png")) == FIGURES[name]
    assert done.outputs("stderr") == []
    assert done.refused == ""
    files = {path.name for path in (ROOT / "notebooks").iterdir() if path.is_file()}
    assert done.files == files


@pytest.mark.parametrize("name", NAMES)
def test_a_temporary_folder_lives_as_long_as_the_kernel(name: str, runs: Any) -> None:
    """A page can be opened, and a cell run again, when all cells were run; afterwards nothing is left."""
    done = runs(name)
    if name.startswith("1"):
        assert done.told["kept"] == ["report.csv", "report.html", "towns.csv"]
    if name.startswith("4"):
        assert done.told["kept"] is True
    assert done.left == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_says_the_same_again(
    name: str, runs: Any, cache_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Another kernel in another folder shows the same texts."""
    runs(name)
    cached = set(cache_dir.rglob("*"))
    again = run(name, PROBES[name], tmp_path_factory.mktemp("again"), cache_dir)
    assert again.texts == runs(name).texts
    assert again.told == runs(name).told
    assert again.titles == runs(name).titles
    if not name.startswith("1"):  # which has a table of its own compiled
        assert set(cache_dir.rglob("*")) == cached


def test_the_draft_is_checked_as_by_the_command(runs: Any) -> None:
    """The verdicts are those of `verifier check`."""
    told = runs("1-check-the-draft").told
    report = verifier.check(ROOT / "claims" / "kosovo-israel.md")
    assert told["verdicts"] == {
        verdict.value: sum(result.verdict is verdict for result in report.results)
        for verdict in verifier.Verdict
    }
    wrong = [result for result in report.results if result.verdict is verifier.Verdict.CONTRADICTED]
    assert told["contradicted"] == [result.claim.id for result in wrong]
    assert told["instead"] == [result.parts[0].repair for result in wrong]
    assert told["sections"] == len(report.results)
    triples = verifier.check(ROOT / "claims" / "triples.csv")
    assert told["triples"] == [result.verdict.value for result in triples.results]
    assert told["own"] == ["supported", "contradicted", "contradicted", "supported", "unknown"]
    assert told["closed"] == [*told["own"][:-1], "contradicted"]


def test_the_table_is_counted_as_by_the_survey(runs: Any) -> None:
    """The map has the figures of `verifier coverage`; the networks have the verdicts of single claims."""
    from verifier.survey import Scope, survey

    told = runs("2-explore-the-table").told
    checker = verifier.Checker(as_of=told["day"])
    first, last = told["years"]
    scope = Scope(as_of=checker.day, years=tuple(range(first, last + 1)))
    counted = survey(checker.evidence, checker.catalogue, scope).relations
    decided = {one.relation.label: {str(of.year): of.decided for of in one.tally.years} for one in counted}
    assert told["decided"] == decided
    for subject, object, verdict in told["claims"]:
        assert checker.check(f"{subject} | embassy | {object}").results[0].verdict == verdict
    for state, verdict in told["recognises"].items():
        assert checker.check(f"{state} | recognises | Kosovo").results[0].verdict == verdict
    for state in told["neighbours"]:
        assert checker.check(f"{state} | shares border with | Kosovo").results[0].verdict == "supported"
    for office, holders in told["holders"].items():
        country, _, relation = office.partition(" ")
        rows = checker.evidence.statements(checker.lookup(country)[0][0].id, relation)
        names = {checker.evidence.entity(row.value.id).label for row in rows}  # type: ignore[union-attr]
        assert set(holders) == names


def test_the_labelled_sets_are_measured_as_by_the_command(runs: Any) -> None:
    """The counts are those of `verifier evaluate`, of every set in the folder."""
    from verifier.evaluate import evaluate
    from verifier.readers import read

    told = runs("3-where-it-is-wrong").told
    paths = sorted((ROOT / "claims").glob("*.csv"))
    assert sorted(told["files"]) == [path.name for path in paths]
    missed = 0
    for path in paths:
        rows = read(path)
        assert isinstance(rows, tuple)
        measured = evaluate(rows, verifier.Checker().check(rows))
        wrong = sum(share.wrong for share in measured.by_reason)
        right = sum(share.right for share in measured.by_reason)
        assert told["files"][path.name] == {"claims": measured.claims, "right": right, "wrong": wrong}
        missed += len(measured.misses)
    assert told["browsed"] == missed
    assert told["confusion"] == sum(one["claims"] for one in told["files"].values())
    assert told["binned"] > 0.5 * told["confusion"]
    assert min(told["slips"].values()) > 50


def test_a_slip_in_a_name_never_gives_a_wrong_verdict(runs: Any) -> None:
    """The notebook would be the first to see it."""
    assert runs("3-where-it-is-wrong").told["wrong slips"] == 0


def test_the_nights_change_what_was_made_up(runs: Any) -> None:
    """One correction, one end, one row gone, one new; a row that is gone turns no verdict."""
    told = runs("4-what-changed").told
    first, *later = told["counts"]
    assert first[0] > 3
    assert first[1:] == [0, 0]
    assert later == [[0, 1, 0], [0, 1, 1], [1, 0, 0]]
    assert [verdict for _, verdict, _ in told["turned"]] == [
        "supported → contradicted",
        "supported → contradicted",
        "contradicted → supported",
    ]
    assert [reason for *_, reason in told["turned"]] == ["date-differs", "outside-dates", "same-value"]
    assert told["spells"] == ["supported", "contradicted", "supported"]
    turned = {claim for claim, *_ in told["turned"]}
    moved = {claim for claim, nights in told["verdicts"].items() if len(set(nights.values())) > 1}
    assert moved == turned


RIGHT = "Oslo is the capital of Norway.\\n"
LABELLED = "Oslo is the capital of Norway.,2021,supported\\n"
EDITS: dict[str, tuple[str, dict[str, str], tuple[str, ...], tuple[str, ...]]] = {
    "no claim is contradicted": (
        "1-check-the-draft",
        {"DRAFT": f"Path('right.md'); DRAFT.write_text('{RIGHT}')"},
        ("0 of 1 claims are contradicted, 0 could not be decided", "Draft: right.md."),
        ("kosovo-israel",),
    ),
    "there is no claim": (
        "1-check-the-draft",
        {"DRAFT": "Path('none.md'); DRAFT.write_text('It was a fine day.')"},
        (),
        ("claims are contradicted",),
    ),
    "the draft is a table": (
        "1-check-the-draft",
        {"DRAFT": "'../claims/triples.csv'"},
        ("Draft: triples.csv.",),
        ("kosovo-israel",),
    ),
    "other names": (
        "2-explore-the-table",
        {
            "OFFICES": "[('Latvia', 'president')]",
            "CITIES": "('Kyiv', 'Minsk')",
            "STATE": "'Israel'",
        },
        ("Latvia: a president", "in Kyiv (", "in Minsk (", "neighbours of Israel recognise it"),
        ("Pristina", "Jerusalem", "Kosovo", "Italy"),
    ),
    "names of which little is known": (
        "2-explore-the-table",
        {
            "OFFICES": "[('Pristina', 'president'), ('Latvia', 'prime-minister')]",
            "CITIES": "('Bergen', 'Pristina')",
            "STATE": "'Iceland'",
        },
        ("Pristina: no row names a president", "0 in Bergen, 21 in Pristina", "0 of 0 neighbours of Iceland"),
        ("Kosovo", "Jerusalem", "Italy"),
    ),
    "a table of one's own": (
        "3-where-it-is-wrong",
        {"TABLES": f"[Path('own.csv')]; TABLES[0].write_text('claim,as_of,gold\\n{LABELLED}')"},
        ("0 of 1 verdicts are wrong", "own.csv (1 claims)", "0 of 1 claims are unknown"),
        ("triples.csv",),
    ),
}
"""What a reader writes instead of constants, and what titles and feet then say, and do not."""


@pytest.mark.parametrize(("name", "changes", "said", "unsaid"), EDITS.values(), ids=EDITS)
def test_a_reader_may_change_the_names(
    name: str,
    changes: dict[str, str],
    said: tuple[str, ...],
    unsaid: tuple[str, ...],
    cache_dir: Path,
    tmp_path: Path,
) -> None:
    """Every cell still runs, in silence, and titles are of what was asked."""
    done = run(name, "0", tmp_path, cache_dir, changes)
    assert done.outputs("stderr") == []
    words = "\n".join(done.titles)
    assert [one for one in said if one not in words] == []
    assert [one for one in unsaid if one in words] == []
    assert not re.search(r"-\d+ more", words)


def test_titles_and_feet_are_true(runs: Any) -> None:
    """They have the numbers of what is drawn, and when that was last listed."""
    words = "\n".join(runs("2-explore-the-table").titles)
    assert "21 in Pristina (20 last listed in November 2022)" in words
    done = runs("3-where-it-is-wrong")
    (foot,) = (one for one in done.titles if "Slips are made" in one)
    assert "triples.csv" not in foot
    assert f"({done.told['slips']['as written']} claims)" in foot
