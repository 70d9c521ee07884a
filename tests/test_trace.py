"""The trace of a claim holds the verdict of `check`, and what the rules went by."""

from __future__ import annotations

import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.factory import CATALOGUE, claim, on, world
from tests.thinned import thinned
from verifier import Checker
from verifier.conclude import conclude
from verifier.judge import judge
from verifier.model import Claim, ClaimRow, Document, PeriodKind, Report, Stance, Verdict
from verifier.readers import read
from verifier.reports.trace_data import render_json
from verifier.reports.trace_text import render_text
from verifier.trace import Day, Origin, Trace
from verifier.tracing import Record, retrace

TESTS = Path(__file__).parent


def cases(name: str) -> dict[str, Any]:
    """A table of cases."""
    return tomllib.loads((TESTS / "cases" / name).read_text(encoding="utf-8"))


def traced(case: dict[str, Any]) -> Trace:
    """The trace of a case of judging."""
    known = world(
        case.get("rows", ()),
        things=case.get("things", ()),
        complete=case.get("complete", ()),
        closed=case.get("closed", False),
    )
    triple, day = claim(case["claim"], known), on(case.get("as_of", "2021-02-01"))
    decide = partial(judge, triple, known, catalogue=CATALOGUE, as_of=day)
    record = Record()
    watched = record.trial(triple, decide)
    assert watched == decide()
    result = conclude(Claim("c1", case["claim"], (triple,)), (watched,))
    report = Report(Document(""), (result,), known.tables, as_of=day)
    return retrace(report, record, known, catalogue=CATALOGUE, day=Day(day, Origin.OPTION))


JUDGED = cases("judge.toml")["case"]


@pytest.mark.parametrize("case", thinned(JUDGED, every=9, name=lambda n, case: f"{n}: {case['claim']}"))
def test_watching_changes_nothing_and_every_row_is_shown(case: dict[str, Any]) -> None:
    """For every rule: the same part, its rows with their stance, one reading at most, and it can be told."""
    found = traced(case)
    (part,) = found.parts
    assert f"{found.result.verdict} {found.result.reason}" == case["is"]
    shown = {(row.statement.id, row.statement.table): row.stance for row in part.rows}
    decided = {(f.statement.id, f.statement.table): f.stance for f in reversed(part.part.findings)}
    assert shown | decided == shown
    assert len(shown) == len(part.rows)
    assert sum(reading.taken for reading in part.readings) <= 1
    assert all(row.ground and row.words for row in part.rows)
    assert found.how and part.said and part.times
    assert render_text(found) == render_text(traced(case))
    assert render_json(found) == render_json(traced(case))


@pytest.mark.parametrize(
    "name", ["closed_kinds.toml", pytest.param("closed_world.toml", marks=pytest.mark.slow)]
)
def test_a_trace_has_the_result_of_check_in_a_closed_world(name: str, tmp_path: Path) -> None:
    """Whole: verdict, reason, words, confidence and evidence."""
    file = cases(name)
    (tmp_path / "table.csv").write_text(f"{file['table'].strip()}\n", encoding="utf-8")
    checker = Checker(tmp_path / "table.csv", bundled=False, closed_world=True, as_of="2021-02-01")
    for case in file["case"]:
        assert checker.explain(case["text"]).result == checker.check(case["text"]).results[0]


@pytest.mark.parametrize(
    "name",
    ["triples.csv", *(pytest.param(name, marks=pytest.mark.slow) for name in ("baltic.csv", "gulf.csv"))],
)
def test_a_trace_has_the_result_of_check_against_the_bundled_table(name: str) -> None:
    """Sentences and triples, with days of their own."""
    checker = Checker(as_of="2021-02-01")
    rows = read(TESTS.parent / "claims" / name)
    assert isinstance(rows, tuple)
    for row, result in zip(rows, checker.check(rows).results, strict=True):
        found = checker.explain(row)
        assert found.result == result
        assert render_text(found) and render_json(found)


@pytest.fixture(scope="module")
def bundled() -> Checker:
    """The bundled table as of a day."""
    return Checker(as_of="2021-02-01")


def test_where_the_time_comes_from(bundled: Checker) -> None:
    """The claim's own words, its tense, its row, the option, or today."""

    def origins(what: str | ClaimRow, checker: Checker = bundled) -> list[Origin]:
        (part,) = checker.explain(what).parts
        return [time.origin for time in part.times]

    assert origins("Emmanuel Macron was the president of France in 2018.") == [Origin.CLAIM]
    assert origins("Emmanuel Macron is the former president of France.") == [Origin.WORDING, Origin.OPTION]
    assert origins("Kosovo | capital | Pristina") == [Origin.OPTION]
    assert origins("Kosovo | capital | Pristina", Checker()) == [Origin.TODAY]
    triple = {"subject": "Kosovo", "predicate": "capital", "object": "Pristina"}
    assert origins(ClaimRow("r", **triple, point_in_time=on("2018"))) == [Origin.ROW]
    assert origins(ClaimRow("r", **triple, as_of=on("2018"))) == [Origin.ROW]


def test_why_a_namesake_is_taken(bundled: Checker) -> None:
    """The other end tells it; the one that was not taken says what the claim comes to for it."""
    (subject, _) = bundled.explain("Congo | capital | Brazzaville").mentions
    assert [(c.match.label, c.taken, c.why) for c in subject.candidates] == [
        ("Republic of the Congo", True, "the tables say of it what the claim speaks of"),
        (
            "Democratic Republic of the Congo",
            False,
            "asked about too: for it the claim is contradicted (different-value)",
        ),
    ]


def test_a_denial_turns_what_is_told_of_others(bundled: Checker) -> None:
    """What the claim comes to, not the bare relation; and the rule says so."""
    found = bundled.explain("Brazzaville is not the capital of Congo.")
    assert found.result.verdict is Verdict.CONTRADICTED
    (congo,) = [mention for mention in found.mentions if mention.text == "Congo"]
    assert congo.candidates[1].why.endswith("the claim is supported (different-value)")
    assert [pair.verdict.value for pair in found.parts[0].pairs if not pair.taken] == ["supported"]
    assert "which turns the verdict round" in render_text(found)


def test_what_is_left_unread_is_told(bundled: Checker) -> None:
    """In the words of the claim; the whole is then not supported by what was read."""
    found = bundled.explain("Pristina is the capital of Kosovo and hosts a notable jazz festival.")
    (sentence,) = found.sentences
    assert sentence.parsed
    assert [clause.text for clause in sentence.clauses] == ["Pristina is the capital of Kosovo"]
    assert "hosts" in " ".join(sentence.unread)
    assert (found.deciding, found.result.reason.value) == (None, "unknown-relation")
    assert found.how.startswith("What was read is not all")


def test_the_members_of_a_group_are_told(bundled: Checker) -> None:
    """What makes each one a member, and what the claim comes to for it."""
    (part,) = bundled.explain("All members of NATO recognise Kosovo.").parts
    (group,) = part.groups
    assert len(group.members) > 20
    assert all(member.statement is not None and member.verdict is not None for member in group.members)


def test_rows_that_never_count_are_told() -> None:
    """Pledges, and what its source has withdrawn."""
    rows = [
        "Serbia | embassy | Jerusalem; country=Israel; P5102=pledge; at=2020-09-04",
        "Serbia | embassy | Haifa; country=Israel; rank=deprecated",
    ]
    (part,) = traced({"claim": "Serbia | embassy | Jerusalem; country=Israel", "rows": rows}).parts
    told = sorted(row.ground for row in part.rows)
    assert told == [
        "deprecated by its source: it never counts",
        "records only a pledge: it never counts for the thing",
    ]
    assert {row.stance for row in part.rows} <= {None, Stance.NEUTRAL}


def test_how_many_values_there_can_be() -> None:
    """One, one for each key, or several: what another value means."""
    for text, other, told in (
        ("Kosovo | capital | Prizren", "Kosovo | capital | Pristina", "one only"),
        (
            "US | embassy | Haifa; country=Israel",
            "US | embassy | Oslo; country=Norway; start=2000",
            "names besides",
        ),
        ("US | embassy | Haifa", "US | embassy | Oslo; country=Norway; start=2000", "one for each country"),
        ("Ada | award | Prize", "Ada | award | Medal", "several"),
    ):
        (part,) = traced({"claim": text, "rows": [other]}).parts
        assert told in part.rows[0].ground


def test_the_words_of_a_comparison_are_no_mention(bundled: Checker) -> None:
    """Only what is compared is."""
    found = bundled.explain("Greece is larger than Turkey.")
    told = [(mention.text, mention.roles) for mention in found.mentions if mention.roles]
    assert told == [("Greece", ("subject",)), ("Turkey", ("compared with",))]
    assert found.parts[0].rows[0].stance is Stance.CONTRADICTS


def test_a_dated_triple_tells_its_kind_of_time() -> None:
    """A beginning is not the time at which it was so."""
    (part,) = traced({"claim": "A | member | Z; began=2020", "rows": ["A | member | Z; start=2019"]}).parts
    assert [time.period.kind for time in part.times] == [PeriodKind.BEGAN]
    assert part.rows[0].ground == "the same value, not when the claim says"


def test_a_checker_can_explain_and_check(tmp_path: Path) -> None:
    """One after the other, from the same tables."""
    (tmp_path / "t.csv").write_text("subject,predicate,object\nNorway,capital,Oslo\n", encoding="utf-8")
    checker = Checker(tmp_path / "t.csv", bundled=False, as_of="2021")
    assert (
        checker.explain("Norway | capital | Oslo").result
        == checker.check("Norway | capital | Oslo").results[0]
    )
