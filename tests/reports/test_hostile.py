"""Whatever comes from outside is inert, in each format of `REPORTS`; a new format gets a row in `LINKS`."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.growth import assert_linear
from tests.reports.drafts import VERDICTS, draft, hostile_draft, many
from tests.reports.report import HOSTILE, hostile, report
from verifier.model import Document, Report, Source
from verifier.reports import REPORTS, terminal

# Controls, bidi embeddings, overrides and isolates, half surrogate pairs, invisible tags.
ACTIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
URLS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://x.example",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    'https://x.example/"><script>alert(1)</script>',
    "https://x.example/)<img src=x onerror=alert(1)>",
    "https://x.example/\u202egpj.exe",
    "https://[",
    "https:///nothing",
)
TEXTS = (
    *(
        "<script>alert(1)</script>",
        "</script><!--",
        "<!-- verifier: ignore -->",
        "<img src=x onerror=alert(1)>",
    ),
    *("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", "a\n=1+1"),
    *(
        "[x](javascript:alert(1))",
        "![](https://x.example)",
        "`x` | **b** \\ ~~s~~",
        "{0} {1}",
        "%0A::error::x",
    ),
    *(
        "::stop-commands::x",
        "##[add-mask]x",
        "\x1b]8;;https://x.example\x07x",
        "\u202eabc\u2066",
        "\ud800",
        "",
    ),
)


def attacks() -> Iterator[Report]:
    """The hostile report with and without a place in a document, of each verdict, under each name."""
    yield hostile()
    for verdict in VERDICTS:
        for name in (HOSTILE, "-", "draft.md", *URLS):
            yield hostile_draft(name, verdict)
    for text in TEXTS:
        yield replaced(text)


def replaced(text: str) -> Report:
    """A hostile report in which the attack is this text, wherever one can stand."""

    def swapped(value: Any) -> Any:
        if type(value) is str:  # not a verdict or a reason, which are strings too
            return text if value == HOSTILE else value.replace(HOSTILE, text)
        if isinstance(value, tuple):
            return tuple(map(swapped, value))
        fields = getattr(value, "__dataclass_fields__", None)
        if fields is None or isinstance(value, Document):
            return value
        return replace(value, **{name: swapped(getattr(value, name)) for name in fields})

    made: Report = swapped(hostile())
    return replace(made, document=Document("", text, title=text))


def with_url(url: str) -> Report:
    """The hostile report with this address for its source."""
    (result,) = hostile_draft("draft.md").results
    part = result.parts[0]
    finding = part.findings[0]
    source = Source(url, "A title")
    cited = replace(finding, statement=replace(finding.statement, sources=(source,)))
    changed = replace(result, parts=(replace(part, findings=(cited,)),))
    return replace(hostile_draft("draft.md"), results=(changed,))


def values(record: Any, *keys: str) -> Iterator[str]:
    """Everything that stands under one of the keys."""
    if isinstance(record, list):
        for one in record:
            yield from values(one, *keys)
    elif isinstance(record, Mapping):
        for key, one in record.items():
            if key in keys and isinstance(one, str):
                yield one
            yield from values(one, *keys)


class Links(HTMLParser):
    """What an HTML page would fetch, run or follow."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "iframe", "object", "embed", "base", "form"), tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name in ("href", "src", "action", "srcset", "poster", "data") and not (value or "").startswith(
                "#"
            ):
                self.found.append(value or "")


def sarif_links(log: Any) -> Iterator[str]:
    """The links in messages, and where the results are if it is not in a file."""
    (run,) = log["runs"]
    for one in (*run["results"], *run["invocations"][0].get("toolExecutionNotifications", ())):
        yield from re.findall(r"\]\(([^)]*)\)", one["message"]["text"])
        yield from (uri for uri in values(one, "uri") if ":" in uri and not uri.startswith("file:///"))


LINKS: Mapping[str, Callable[[str], Iterable[str]]] = {
    # What a reader of the format takes for an address that can be followed.
    "terminal": lambda text: re.findall(r"\x1b\]8;[^;]*;([^\x1b\x07]+)", text),
    "json": lambda text: (),
    "jsonl": lambda text: (),
    "csv": lambda text: (),
    "markdown": lambda text: re.findall(r"(?<!\\)\]\(<?([^)>]*)", text),
    "html": lambda text: Links(text).found,
    "claimreview": lambda text: values(json.loads(text), "url", "@id"),
    "sarif": lambda text: sarif_links(json.loads(text)),
    "github": lambda text: (),
    "webannotation": lambda text: (
        uri
        for uri in values(json.loads(text), "source", "id")
        if ":" in uri and not uri.startswith(("file:///", "urn:uuid:", "ni:///sha-256;"))
    ),
}
IN_PAGES = ("claimreview", "webannotation")
"""JSON-LD, which stands in a `script` of a page."""


def test_every_format_has_a_row() -> None:
    """So that a new one is looked at."""
    assert set(REPORTS) <= set(LINKS)


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_acts_on_a_screen_or_turns_the_writing(name: str) -> None:
    """No control character, no bidi override, nothing invisible; and it can be written to a file."""
    for attack in attacks():
        text = REPORTS[name](attack)
        assert ACTIVE.search(text) is None
        assert text.encode()
        assert text.endswith("\n")


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_can_be_followed_but_the_web(name: str) -> None:
    """No script, no data, no file of the reader's, and nothing that ends a link and begins another."""
    for attack in (*attacks(), *map(with_url, URLS)):
        text = terminal.render(attack, colour=True) if name == "terminal" else REPORTS[name](attack)
        for address in LINKS[name](text):
            assert urlsplit(address).scheme in ("http", "https"), address
            assert re.search(r"[\s<>\"`\\^{|}]", address) is None, address


@pytest.mark.parametrize("name", IN_PAGES)
def test_nothing_ends_the_script_that_holds_it(name: str) -> None:
    """No tag, no comment and no entity in JSON-LD; it still reads as the same."""
    for attack in attacks():
        text = REPORTS[name](attack)
        assert re.search("[<>&]", text) is None
        assert json.loads(text)


def test_csv_has_no_formula() -> None:
    """In no cell, whatever white space is before it."""
    for attack in attacks():
        for row in csv.reader(io.StringIO(REPORTS["csv"](attack))):
            assert not [
                cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
            ]


def test_json_lines_have_a_line_each() -> None:
    """No text makes two of one."""
    for attack in attacks():
        assert len(REPORTS["jsonl"](attack).splitlines()) == len(attack.results)


@pytest.mark.parametrize("name", REPORTS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    """Nothing depends on the clock, on chance or on the order of a set."""
    reports = (report(), draft(), hostile())
    assert REPORTS[name](*reports) == REPORTS[name](*reports)
    assert REPORTS[name]() == REPORTS[name]()


@pytest.mark.slow
@pytest.mark.parametrize("name", REPORTS)
def test_a_million_claims_would_take_memory_in_proportion(name: str) -> None:
    """Four times as many claims on one line take four times as much."""
    peaks = []
    for count in (100, 400):
        made = many(count)
        REPORTS[name](made)
        tracemalloc.start()
        REPORTS[name](made)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 6 * peaks[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", REPORTS)
def test_a_million_claims_would_take_time_in_proportion(name: str) -> None:
    """Not more than that of fewer, many times over."""
    assert_linear(lambda count: REPORTS[name](many(count)), 4_000 if name == "terminal" else 40_000)
