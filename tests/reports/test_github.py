"""Workflow commands, read as the runner reads them and compared with what GitHub's own library writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.reports.consumer import answer, installed
from tests.reports.drafts import CLAIMS, draft, hostile_draft, result
from tests.reports.report import hostile, report
from verifier.model import Document, Report, Verdict
from verifier.reports import github


class Command(NamedTuple):
    kind: str
    properties: dict[str, str]
    message: str


def commands(text: str) -> list[Command]:
    """Each line as the runner takes it apart.

    The rules are those of `TryParseV2` in
    https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs; a line that is no command
    fails the test.
    """
    return [_command(line) for line in text.removesuffix("\n").split("\n")]


def _command(line: str) -> Command:
    assert line.startswith("::"), line
    told, separator, data = line[2:].partition("::")
    assert separator, line
    kind, _, inside = told.partition(" ")
    assert kind in ("error", "warning", "notice"), line
    pairs = (pair.partition("=") for pair in inside.split(",") if pair)
    properties = {name: _unescaped(value, "\r\n:,%") for name, _, value in pairs}
    return Command(kind, properties, _unescaped(data, "\r\n%"))


def _unescaped(text: str, escaped: str) -> str:
    for character in escaped:
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def test_each_claim_stands_beside_its_line() -> None:
    """Contradicted is an error, unknown a notice; supported is only counted."""
    first, failure, contradicted, unknown = commands(github.render(report()))
    assert first == (
        "notice",
        {"title": "verifier"},
        "3 claims: 1 supported, 1 contradicted, 1 unknown.",
    )
    assert failure.kind == "warning"
    assert failure.message == "Could not be asked: wikidata: timed out after 10 s"
    assert contradicted.kind == "error"
    assert contradicted.properties == {
        "file": "drafts/ties.md",
        "line": "3",
        "endLine": "3",
        "col": "1",
        "endColumn": "50",
        "title": "contradicted: date-differs",
    }
    assert contradicted.message == (
        "“Kosovo declared independence from Serbia in 2009.”: The declaration was on 17 February 2008, not "
        "in 2009. Instead: 17 February 2008. Sources: Kosovo, The World Factbook: "
        "https://example.org/factbook/kv; my_table.csv, line 12; A [trap](x), Nobody"
    )
    assert (unknown.kind, unknown.properties["col"]) == ("notice", "51")


def test_a_repeated_claim_is_shown_wherever_it_stands() -> None:
    """And one that goes over several lines has no columns, which GitHub takes only within a line."""
    told = commands(github.render(draft(verdict=Verdict.CONTRADICTED)))[1:]
    assert len(told) == sum(count for _, count in CLAIMS)
    assert told[0].properties.items() >= {"line": "4", "endLine": "5"}.items()
    assert not {"col", "endColumn"} & set(told[0].properties)
    assert told[1].properties["col"] == "12"  # the rocket counts as two


def test_what_was_no_file_names_none() -> None:
    """Claims given directly, and standard input."""
    direct = Report(Document(""), (result("c1", "Oslo is in Spain", Verdict.CONTRADICTED),))
    (_, told) = commands(github.render(direct))
    assert told.properties == {"title": "contradicted: different-value"}
    assert commands(github.render(draft("brief.docx")))[1].properties["file"] == "brief.docx"


def test_it_says_what_github_will_not_show() -> None:
    """Ten of a kind in a step."""
    wrong = result("c", "No.", Verdict.CONTRADICTED)
    for count, told in ((github.MOST_SHOWN, False), (github.MOST_SHOWN + 1, True)):
        first, *others = commands(github.render(Report(Document(""), (wrong,) * count)))
        assert ("the log has them all" in first.message) is told
        assert len(others) == count


def test_a_draft_without_a_claim_is_a_warning() -> None:
    """It is not a pass."""
    _, told = commands(github.render(Report(Document("", "a.md"), ())))
    assert told == ("warning", {"file": "a.md", "title": "verifier: no claim"}, told.message)


def test_nothing_from_outside_is_a_command() -> None:
    """Every line is one of ours, and no property is made up."""
    attack = "x\n::stop-commands::y\r::add-mask::z ##[add-path]q %0A::error::%25 ,file=a::b"
    odd = Report(
        Document(attack, attack), (result(attack, attack, Verdict.CONTRADICTED, explanation=attack),)
    )
    _, told = commands(github.render(odd))
    assert set(told.properties) == {"file", "title"}
    assert "\n" not in told.message
    assert "%0A::error::%25" in told.message
    for one in commands(github.render(hostile(), hostile_draft("x.md"))):
        assert set(one.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}


@pytest.mark.slow
def test_githubs_own_library_writes_the_same(tmp_path: Path) -> None:
    """@actions/core, given what was meant."""
    text = github.render(report(), draft(), hostile(), hostile_draft("x,y:%.md"))
    names = {"line": "startLine", "col": "startColumn"}
    asked = [
        (kind, message, {names.get(name, name): value for name, value in properties.items()})
        for kind, properties, message in commands(text)
    ]
    written = answer(installed(tmp_path), "commands.mjs", json.dumps(asked))
    assert [_command(line) for line in written.splitlines()] == commands(text)
    assert sorted(map(sorted_line, written.splitlines())) == sorted(map(sorted_line, text.splitlines()))


def sorted_line(line: str) -> tuple[str, list[str], str]:
    """A command whatever the order of its properties."""
    told, _, message = line[2:].partition("::")
    kind, _, inside = told.partition(" ")
    return kind, sorted(inside.split(",")), message
