"""Each format against its golden file, and against hostile input.

To accept a change of a format, run `UPDATE_GOLDEN=1 pytest tests/reports` and read the difference.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reports.report import HOSTILE, hostile, report
from verifier.dates import parse_date
from verifier.reports import REPORTS, terminal
from verifier.reports.escape import cell, inert_json, markdown, visible, web_address

GOLDEN = Path(__file__).parent.parent / "golden"
ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def compare(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_written_as_in_its_golden_file(name: str) -> None:
    """Byte for byte, and the same when it is written again."""
    text = REPORTS[name](report())
    assert text == REPORTS[name](report())
    compare(f"report.{name}.txt", text)


@pytest.mark.parametrize("name", REPORTS)
def test_several_reports_are_written_as_one_text(name: str) -> None:
    """A folder of drafts gives one output."""
    empty = replace(report(), results=(), failures=())
    compare(f"two.{name}.txt", REPORTS[name](report(), empty))


def test_the_terminal_in_colour() -> None:
    """Links carry no number that is made up, so that the bytes are the same every time."""
    text = terminal.render(report(), colour=True, width=60)
    compare("report.terminal-colour.txt", text)
    assert "\x1b]8;;https://example.org/factbook/kv" in text


def test_the_terminal_keeps_to_its_width_but_for_addresses() -> None:
    """Addresses stay whole, so that they can be opened."""
    for width in (30, 60, 120):
        lines = terminal.render(report(), width=width).splitlines()
        assert max(len(line) for line in lines if "→" not in line) <= width


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_from_outside_acts(name: str) -> None:
    """No control character, no half surrogate pair and no bidi override gets out."""
    text = REPORTS[name](hostile())
    assert ACTIVE.search(text) is None
    assert text.encode()


def test_json_says_what_was_there() -> None:
    """Escaping loses nothing."""
    record = json.loads(REPORTS["json"](hostile()))
    assert record["results"][0]["text"] == HOSTILE
    assert record["results"][0]["parts"][0]["evidence"][0]["sources"][0]["title"] == HOSTILE


def test_jsonl_has_a_result_a_line() -> None:
    """The same results as in JSON."""
    lines = REPORTS["jsonl"](report()).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(REPORTS["json"](report()))["results"]


def test_json_has_the_promised_keys() -> None:
    """The shape of one result, as programs rely on it."""
    record = json.loads(REPORTS["json"](report()))
    assert set(record) >= {"results", "document", "reference", "summary"}
    first, second, third = record["results"]
    keys = ["id", "text", "start", "end", "sentence", "verdict", "reason", "explanation", "confidence"]
    keys.append("suppressed")
    assert list(first) == [*keys, "occurrences", "parts"]
    assert list(second) == [*keys, "parts"]
    assert report().document.text[first["start"] : first["end"]] == first["text"]
    part = second["parts"][0]
    assert {"triple", "verdict", "reason", "explanation", "evidence"} <= set(part)
    triple = part["triple"]
    assert list(triple) == [
        *("subject", "relation", "object", "qualifiers"),
        *("negated", "quantifier", "modality", "speaker"),
    ]
    assert triple["qualifiers"] == {"point_in_time": "2009", "former": True, "P17": "the Balkans"}
    assert list(part["evidence"][0]) == ["stance", "detail", "statement", "sources"]
    assert list(part["evidence"][0]["sources"][0]) == ["url", "title", "publisher", "retrieved"]
    assert third["confidence"] is None


def test_qualifiers_are_named_like_every_other_value() -> None:
    """By the labels of the report; an id that has none stands for itself."""
    for labels, expected in ((report().labels, "Israel"), ((), "Q801")):
        record = json.loads(REPORTS["json"](replace(report(), labels=labels)))
        statement = record["results"][0]["parts"][0]["evidence"][0]["statement"]
        assert statement["qualifiers"][1] == {
            "relation": "P17",
            "value": {"type": "entity", "id": "Q801", "label": expected},
        }


def test_a_claim_says_its_own_day_where_it_is_another() -> None:
    """Not where it is the day of the report, which stands at the head."""
    first, *others = report().results
    for day, shown in (("2019-05", True), ("2021-02-01", False), (None, False)):
        own = None if day is None else parse_date(day)
        dated = replace(report(), results=(replace(first, claim=replace(first.claim, as_of=own)), *others))
        record = json.loads(REPORTS["json"](dated))["results"][0]
        assert record.get("as_of") == ("2019-05" if shown else None)
        assert json.loads(REPORTS["jsonl"](dated).splitlines()[0]) == record
        for name in ("terminal", "markdown"):
            assert ("as of May 2019" in REPORTS[name](dated)) is shown


@pytest.mark.parametrize("name", ["terminal", "json", "markdown", "html"])
def test_how_the_day_was_found_is_told_of_the_document_s_own_alone(name: str) -> None:
    """Not where --as-of overrules it."""
    day = parse_date("2021-02-01")
    for own, shown in ((day, True), (parse_date("2020-05-01"), False)):
        document = replace(report().document, as_of=own, dated="byline")
        assert ("byline" in REPORTS[name](replace(report(), as_of=day, document=document))) is shown


def test_csv_reads_back_and_holds_no_formula() -> None:
    """Whatever a cell begins with, a spreadsheet takes it for text."""
    rows = list(csv.reader(io.StringIO(REPORTS["csv"](report(), hostile()))))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [row[2] for row in rows[1:]] == ["supported", "contradicted", "unknown", "contradicted"]
    assert not [value for row in rows for value in row if value.lstrip().startswith(("=", "+", "-", "@"))]


def test_markdown_has_no_markup_from_outside() -> None:
    """No link to anywhere but the web, no HTML, no mention, no heading."""
    text = REPORTS["markdown"](hostile())
    assert "<script" not in text.replace("\\<script", "")
    assert re.search(r"(?<!\\)\]\((?!<https)", text) is None
    shown = re.sub(r"\(<https://[^>]*>\)", "", text)
    assert re.search(r"@\w", shown) is None
    assert re.search(r"(?<!\\)://", shown) is None
    assert not re.search(r"^# head", text, re.MULTILINE)
    assert "javascript:" not in re.sub(r"\\[\[\]<>*`|]", "", REPORTS["markdown"](report()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\n c\u00a0d", "a b c\u00a0d"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("\u202eabc\u2069\x9b", "<U+202E>abc<U+2069><U+009B>"),
        ("שלום \u200eabc 👩\u200d🚀", "שלום \u200eabc 👩\u200d🚀"),
    ],
)
def test_visible_shows_what_would_act(text: str, expected: str) -> None:
    """Letters of every script and the marks that names need stay as they are."""
    assert visible(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a b>(c)", "https://example.org/a%20b%3E%28c%29"),
        ("https://example.org/%20?q=é#x", "https://example.org/%20?q=%C3%A9#x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, expected: str) -> None:
    """And nothing in one can end it."""
    assert web_address(url) == expected


@pytest.mark.parametrize("text", ["=SUM(A1)", "+1", "-1", "@x", " =1", "\t=1", "＝1"])
def test_formulas_become_text(text: str) -> None:
    """An apostrophe in front is what spreadsheets read as "this is text"."""
    assert cell(text).startswith("'")


def test_escapes_leave_plain_text_alone() -> None:
    """What cannot act is not changed."""
    plain = "Kosovo’s 1.8 million people: 98 (of 193), e.g. 50% – “so”."
    assert (visible(plain), cell(plain), markdown(plain), inert_json(plain)) == (plain,) * 4
