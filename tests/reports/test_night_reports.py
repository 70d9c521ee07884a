"""The report of a night in each format, against golden files, back from data, and against hostile input.

To accept a change, run `UPDATE_GOLDEN=1 pytest tests/reports` and read the difference.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reports.night import GONE, RURITANIA, hostile, night, quiet
from tests.reports.report import HOSTILE
from tests.reports.test_reports import ACTIVE, compare
from verifier.night import FeedReport, FeedStatus, NightReport
from verifier.reports import night_data, night_markdown, night_text
from verifier.reports.night_data import from_data, to_data
from verifier.reports.night_words import in_order, listed, more, summary

FORMATS = {"terminal": night_text.render, "markdown": night_markdown.render, "json": night_data.render}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("which", [night, quiet])
def test_a_night_is_written_as_in_its_golden_file(name: str, which: object) -> None:
    """Byte for byte."""
    assert callable(which)
    compare(f"{which.__name__}.{name}.txt", FORMATS[name](which()))


def test_the_terminal_in_colour_keeps_to_its_width() -> None:
    """But for addresses, which stay whole."""
    compare("night.terminal-colour.txt", night_text.render(night(), colour=True, width=70))
    for width in (40, 80):
        lines = night_text.render(night(), width=width).splitlines()
        assert max(len(line) for line in lines if "→" not in line) <= width


def test_the_verdicts_that_changed_come_first() -> None:
    """An editor reads them before anything else."""
    for render in (night_text.render, night_markdown.render):
        text = render(night())
        places = [text.index(words) for words in ("4 verdicts changed", "Ruritania has", "8,123", "2017-03")]
        assert places == sorted(places)


@pytest.mark.parametrize("report", [night(), quiet(), hostile(HOSTILE)])
def test_a_stored_report_is_rendered_again_byte_for_byte(report: NightReport) -> None:
    """Whatever order the store gives the keys of an object, and by way of its bytes."""
    stored = json.dumps(to_data(report), sort_keys=True)
    again = from_data(json.loads(stored))
    assert again == report
    for render in FORMATS.values():
        assert render(again) == render(report)


def test_every_field_is_stored() -> None:
    """A field that the data forgets would come back as its default: none of this night's is one."""
    plain = quiet()
    for each in fields(NightReport):
        assert getattr(night(), each.name) != getattr(plain, each.name) or each.name in ("program",)


TEXT = st.text(max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    row=st.dictionaries(st.sampled_from(["subject", "object", "P17", "quote", "zeta", "start"]), TEXT),
    texts=st.tuples(TEXT, TEXT, TEXT),
    number=st.integers(0, 10**9),
    day=st.dates(),
)
def test_data_and_back(
    row: dict[str, str], texts: tuple[str, str, str], number: int, day: datetime.date
) -> None:
    """Any report, with any text in it."""
    change = replace(RURITANIA, row=row, old=row, statement_id=texts[0], relation=texts[1])
    feed = FeedReport(texts[2], FeedStatus.REFRESHED, texts[0], read=number, changes=(change, GONE))
    report = replace(night(), feeds=(feed,), day=day, fingerprint=texts[1], labels={texts[0]: texts[1]})
    assert from_data(json.loads(night_data.render(report))) == report


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_from_outside_acts(name: str) -> None:
    """No control character, no half surrogate pair and no bidi override gets out."""
    text = FORMATS[name](hostile(HOSTILE))
    assert ACTIVE.search(text) is None
    assert text.encode()


def test_markdown_has_no_markup_from_outside() -> None:
    """No link to anywhere but the address of a row, no HTML, no mention, no cell more than the table has."""
    text = night_markdown.render(hostile(HOSTILE))
    assert "<script" not in text.replace("\\<script", "")
    assert re.search(r"(?<!\\)\]\((?!<https)", text) is None
    shown = re.sub(r"\(<https://[^>]*>\)", "", text)
    assert re.search(r"@\w", shown) is None
    assert re.search(r"(?<!\\)://", shown) is None
    assert not re.search(r"^# head", text, re.MULTILINE)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


def test_a_pull_request_with_the_report_closes_no_issue() -> None:
    """`fixes #1` in its text would, whoever wrote it into a source."""
    change = replace(night().verdicts[0], claim="Fixes #1, closes desk/table#2 and C# too")
    text = night_markdown.render(replace(night(), verdicts=(change,)))
    assert "Fixes #<!-- -->1, closes desk/table#<!-- -->2 and C# too" in text


def test_long_lists_are_cut_for_people_and_whole_in_json() -> None:
    """And what is left out is counted."""
    many = replace(night(), verdicts=night().verdicts * 40)
    assert "and 130 more (--format json has all)" in night_text.render(many)
    assert "and 110 more" in night_markdown.render(many)
    assert len(json.loads(night_data.render(many))["verdicts"]) == 160
    assert (listed("abc", 2), more("abc", 2)) == ("abc", "")
    assert (listed("abcd", 2), more("abcd", 2)) == ("ab", "and 2 more (--format json has all)")


def test_a_markdown_report_fits_into_an_issue() -> None:
    """GitHub takes 65,536 characters; the verdicts come first, so that a longer one loses the rest."""
    many = replace(night(), verdicts=night().verdicts * 100)
    text = night_markdown.render(many)
    assert len(text) < 65_536
    assert "\n## Watched\n" in text


def test_the_summary_is_one_line() -> None:
    """What a mail has as its subject."""
    assert summary(night()) == (
        "4 verdicts changed; borders failed; members stopped; towns dropped; "
        "3 sources refreshed (10 added, 1 changed (1 correction), 1 gone); "
        "1 document not read; 8 rows grown old"
    )
    assert summary(quiet()) == "no verdict changed; 1 source refreshed (no row changed)"


def test_cells_stand_in_the_order_of_a_table() -> None:
    """What a statement says, then the qualifiers, then where it is from."""
    row = dict.fromkeys(("quote", "P17", "start", "object", "subject", "A1"), "x")
    assert list(in_order(row)) == ["subject", "object", "start", "A1", "P17", "quote"]
