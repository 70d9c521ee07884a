"""Two sources, one of which goes wrong: what the whole job makes of it, and what it says.

The other source shows something new each time, and goes on; the one that fails keeps the rows of before.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial, reduce
from pathlib import Path
from typing import Any

import pytest

from tests.refresh import server
from tests.refresh.jobs import JERUSALEM, SIZE, consulates, embassies, make_root, rows_of, write_sources
from tests.refresh.nights import said
from tests.refresh.server import Fault, Source
from tests.wikidata.world import Clock
from verifier.refresh import run as job
from verifier.refresh.editions import Editions
from verifier.refresh.fetch import Fetcher
from verifier.sources.root import Root

FIRST = datetime.date(2026, 11, 1)
VIENNA_ID = "Q104602763"


@dataclass
class World:
    """A root, its two sources on two servers, and the nights so far."""

    root: Root
    bad: Source
    good: Source
    clock: Clock
    nights: int = 0
    code: int = 0
    report: dict[str, Any] = field(default_factory=dict)

    def show(self, text: str) -> None:
        """What the source that goes wrong shows from now on."""
        self.bad.put("embassies.csv", text)

    def spend(self, *options: str, code: int | None = None) -> dict[str, Any]:
        """One night, in which the good source shows something else than before; its report."""
        self.nights += 1
        self.good.put("consulates.csv", consulates(f"List {self.nights}"))
        day = FIRST + datetime.timedelta(self.nights)
        args = ("refresh", "--root", str(self.root.path), "--as-of", day.isoformat(), "--format", "json")
        self.code, text = said(*args, *options)
        assert text, "the run failed"
        self.report = json.loads(text)
        assert self.report["exit_code"] == self.code
        assert code is None or self.code == code, text
        # Whatever became of the other, this one is as it should be.
        good = self.feed("consulates")
        assert good["status"] == "refreshed"
        assert good["counts"]["consulate"]["changed" if self.nights > 1 else "added"] == SIZE
        assert {row["source_title"] for row in rows_of(self.root, "consulates")} == {f"List {self.nights}"}
        return self.feed("embassies")

    def feed(self, name: str) -> dict[str, Any]:
        """What the report says of a source."""
        (found,) = (one for one in self.report["sources"] if one["name"] == name)
        assert isinstance(found, dict)
        return found

    def again(self, form: str) -> str:
        """The report of this night once more, in another form."""
        place = ("--root", str(self.root.path), "--as-of-edition", str(self.report["edition"]))
        code, text = said("refresh", *place, "--format", form)
        assert code == self.code
        return text

    def kept(self) -> list[dict[str, str]]:
        """The rows of the source that goes wrong."""
        return rows_of(self.root, "embassies")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    clock = Clock()
    patience = clock.patience(tries=2, read=0.5, whole=3.0)
    monkeypatch.setattr(job, "Fetcher", partial(Fetcher, patience=patience))
    with Source() as bad, Source() as good:
        urls = {
            "embassies": bad.put("embassies.csv", embassies()),
            "consulates": good.put("consulates.csv", "").replace("127.0.0.1", "localhost"),
        }
        expect = "least = 10, gone = 0.1, changed = 1.0, doubled = 0.05, refused = 0.05"
        world = World(make_root(tmp_path / "root", urls, expect), bad, good, clock)
        assert world.spend(code=1)["rows"] == SIZE  # the first rows made a claim supported
        assert world.report["verdicts"][0]["new"] == "supported"
        yield world


FAILS: dict[str, tuple[Fault, str]] = {
    "an HTML page": (server.html(), "it answers with a web page instead of data"),
    "a cut answer": (server.cut(), "."),
    "a connection that is reset": (server.reset(), "."),
    "a timeout": (server.slow(1.5), "."),
    "an answer that drips": (server.dripping(0.3), "."),
    "429": (server.too_many_requests(), r"it asks for fewer requests \(status 429\)"),
    "429 for an hour": (server.too_many_requests("3600"), "asks to be left alone for 3600 seconds"),
    "503": (server.unavailable(), r"it cannot answer now \(status 503\)"),
    "503 for a while": (server.unavailable("30"), r"it cannot answer now \(status 503\)"),
    "500": (server.server_error(), "status 500"),
    "403": (server.forbidden(), "status 403"),
    "nothing at all": (server.empty_answer(), "."),
    "no gzip": (server.no_gzip(), "."),
    "a packed answer that is cut": (server.cut_gzip(embassies()), "."),
}


LATER = (
    "a timeout",
    "an answer that drips",
    "429",
    "503",
    "503 for a while",
    "429 for an hour",
    "500",
    "403",
    "nothing at all",
)


@pytest.mark.parametrize(
    "fault",
    [pytest.param(one, marks=[pytest.mark.slow] if one in LATER else []) for one in FAILS],
)
def test_a_source_that_cannot_be_had_fails_alone(world: World, fault: str) -> None:
    """Its rows are those of before, down to the day on which they were last shown; nothing can accept it."""
    answer, words = FAILS[fault]
    before = Editions(world.root).manifest().of("embassies")
    rows = world.kept()
    world.bad.always = answer
    for options in ((), ("--accept", "embassies")):
        feed = world.spend(*options, code=2)

        assert feed["status"] == "failed"
        check_told(world, "failed", words)
        assert (feed["rows"], feed["changes"], feed["counts"]) == (SIZE, [], {})
        assert Editions(world.root).manifest().of("embassies") == before
        assert world.kept() == rows
        assert world.report["verdicts"] == []
        assert [one["verdicts"] for one in world.report["documents"]] == [
            {"supported": 1, "contradicted": 0, "unknown": 1}
        ]
    world.bad.always = None
    world.clock.pass_by(hours=2)
    assert world.spend(code=0)["status"] == "refreshed"


def check_told(world: World, status: str, words: str) -> None:
    """Each form says what became of the source, and why."""
    feed = world.feed("embassies")
    assert re.search(words, feed["problem"]), feed["problem"]
    assert not feed["problem"].endswith(".")
    assert f"embassies {status}" in world.report["summary"]
    terminal, markdown = world.again("terminal"), world.again("markdown")
    assert f"embassies: {status}, the rows of before stay: " in " ".join(terminal.split())
    plain = re.sub(r"\\(.)", r"\1", markdown)
    assert f"- **embassies**: {status}, the rows of before stay: " in plain
    assert f"embassies {status}" in plain.splitlines()[2]
    first = feed["problem"].split()[0]
    assert first in terminal
    assert first in plain
    assert json.loads(world.again("json")) == world.report


def test_a_fault_that_passes_is_none(world: World) -> None:
    """The second try brings the rows."""
    for fault in (server.unavailable(), server.too_many_requests("20"), server.html(), server.cut()):
        world.bad.fail(fault)
        assert world.spend(code=0)["status"] == "refreshed"
    assert 20 in world.clock.slept


STOPS: dict[str, tuple[Callable[[str], str], str, int, int]] = {
    # What the source shows; what is said; rows and kept rows once it is accepted.
    "half of the rows": (server.halved, "30 of 60 rows before are gone, at most 10 % are expected", 30, 30),
    "a column less": (
        lambda text: server.without_column(text, "city"),
        "there is no column 'city'",
        SIZE,  # the ids of the towns are still there
        0,
    ),
    "the column of ids less": (
        lambda text: server.without_column(text, "QID"),
        "there is no column 'QID'",
        0,
        SIZE,
    ),
    "all ids twice": (server.doubled, "60 of 60 ids are doubled, at most 5 % are expected", 0, SIZE),
    "no row": (server.without_rows, "no row at all", 0, SIZE),
    "many wrong values": (
        lambda text: reduce(
            lambda text, row: server.with_value(text, row, "creation", "soon"), range(5, 9), text
        ),
        "4 of 60 rows are refused, at most 5 % are expected",
        SIZE - 4,
        4,
    ),
}


@pytest.mark.parametrize("fault", STOPS)
def test_a_source_that_changes_too_much_is_stopped_until_it_is_accepted(world: World, fault: str) -> None:
    """The rows of before stay, the report says what would have changed, and `--accept` takes it."""
    change, words, rows_then, kept_then = STOPS[fault]
    before = Editions(world.root).manifest().of("embassies")
    rows = world.kept()
    world.show(change(embassies()))
    feed = world.spend(code=1)
    assert feed["status"] == "stopped"
    assert "--accept embassies" in feed["problem"]
    check_told(world, "stopped", words)
    assert (feed["rows"], feed["kept"]) == (SIZE, 0)
    assert Editions(world.root).manifest().of("embassies") == before
    assert world.kept() == rows
    assert world.report["verdicts"] == []

    feed = world.spend("--accept", "embassies", code=0)
    assert feed["status"] == "refreshed"
    assert any(words in one for one in feed["accepted"])
    told = " ".join(world.again("terminal").split())
    assert f"overruled by name: {feed['accepted'][0]}" in told
    assert "overruled by name: " in world.again("markdown")
    assert (feed["rows"], feed["kept"]) == (rows_then, kept_then)
    last = [row["seen_last"] for row in world.kept()]
    assert len(last) == SIZE
    assert last.count("") == feed["rows"]
    # What is shown no more has not ended thereby: it was last shown in the first night.
    assert set(last) - {""} <= {"2026-11-02"}
    assert world.report["verdicts"] == []


def test_a_doubled_id_refuses_its_rows_alone(world: World) -> None:
    """Of both: nobody can tell which is right. What was shown before stays, and so does the verdict."""
    world.show(server.one_doubled(embassies(), "operator", city="Jerusalem"))
    feed = world.spend(code=0)
    assert feed["status"] == "refreshed"
    assert feed["rows"] == SIZE - 1
    assert [(one["line"], one["column"], one["value"]) for one in feed["refused"]] == [
        (2, "statement_id", VIENNA_ID),
        (SIZE + 2, "statement_id", VIENNA_ID),
    ]
    assert feed["counts"]["embassy"] == {"added": 0, "changed": 0, "gone": 1, "corrected": 0}
    (row,) = (row for row in world.kept() if row["seen_last"])
    assert (row["subject"], row["object"], row["seen_last"]) == ("Egypt", "Vienna", "2026-11-02")
    for text in (world.again("terminal"), world.again("markdown").replace("\\", "")):
        assert f"line 2, column 'statement_id', value '{VIENNA_ID}'" in " ".join(text.split())
    assert world.report["verdicts"] == []


@pytest.mark.parametrize(
    ("column", "value", "refused"),
    [
        ("creation", "soon", ("start", "soon")),
        ("creation", "2026-13-40", ("start", "2026-13-40")),
    ],
)
def test_a_value_of_the_wrong_type_refuses_its_row_alone(
    world: World, column: str, value: str, refused: tuple[str, str]
) -> None:
    """The report names line, column and value; the row of before stays."""
    world.show(server.with_value(embassies(), 4, column, value))
    feed = world.spend(code=0)
    assert feed["status"] == "refreshed"
    assert [(one["line"], one["column"], one["value"]) for one in feed["refused"]] == [(6, *refused)]
    assert (feed["rows"], feed["kept"]) == (SIZE - 1, 1)
    assert feed["counts"]["embassy"] == {"added": 0, "changed": 0, "gone": 1, "corrected": 0}
    assert len(world.kept()) == SIZE
    assert "1 refused" in world.again("terminal")


def test_a_stopped_source_and_a_changed_verdict_are_both_told(world: World) -> None:
    """Taken by name, the rows change the verdicts, each with its row."""
    world.show(server.halved(embassies(**JERUSALEM)))
    assert world.spend(code=1)["status"] == "stopped"
    assert world.report["verdicts"] == []
    assert world.spend("--accept", "embassies", code=1)["status"] == "refreshed"
    changed = {one["id"]: (one["old"], one["new"]) for one in world.report["verdicts"]}
    assert changed == {"vienna": ("supported", "unknown"), "jerusalem": ("unknown", "supported")}
    for one in world.report["verdicts"]:
        assert [cause["statement_id"] for cause in one["causes"]] == [f"embassies:{VIENNA_ID}"]


def test_a_failure_counts_for_more_than_a_changed_verdict(world: World) -> None:
    """2, and the other source changes verdicts all the same."""
    world.bad.always = server.html()
    write_sources(
        world.root,
        {"embassies": f"{world.bad.root}/embassies.csv", "consulates": f"{world.good.root}/consulates.csv"},
        "gone = 0.1, changed = 1.0",
    )
    text = (world.root.path / "reference" / "sources.toml").read_text()
    (world.root.path / "reference" / "sources.toml").write_text(
        text.replace('predicate = "consulate"', 'predicate = "embassy"')
    )
    world.good.put("consulates.csv", consulates("x", operator="Egypt", operatorQID="Q79", **JERUSALEM))
    code, told = said("refresh", "--root", str(world.root.path), "--as-of", "2026-11-20", "--format", "json")
    report = json.loads(told)
    assert code == 2
    assert [one["new"] for one in report["verdicts"]] == ["supported"]
    assert [one["status"] for one in report["sources"]] == ["failed", "refreshed"]


def test_a_source_that_is_listed_no_more_keeps_its_rows_until_that_is_accepted(world: World) -> None:
    """Then its rows go, the report says which, and what they made true is unknown."""
    rows = world.kept()
    write_sources(world.root, {"consulates": f"{world.good.root}/consulates.csv"}, "changed = 1.0")
    feed = world.spend(code=1)
    assert (feed["status"], feed["rows"], feed["changes"]) == ("dropped", SIZE, [])
    assert "embassies dropped" in world.report["summary"]
    assert "no longer in sources.toml, its rows stay until that is accepted" in world.again("terminal")
    assert world.kept() == rows

    feed = world.spend("--accept", "embassies", code=1)
    assert (feed["status"], feed["rows"], feed["kept"]) == ("dropped", 0, 0)
    assert feed["accepted"]
    assert feed["counts"]["embassy"]["gone"] == SIZE
    assert "rows stay" not in world.again("terminal")
    assert "rows stay" not in world.again("markdown")
    (changed,) = world.report["verdicts"]
    assert (changed["id"], changed["old"], changed["new"]) == ("vienna", "supported", "unknown")
    assert [cause["statement_id"] for cause in changed["causes"]] == [f"embassies:{VIENNA_ID}"]
    assert world.kept() == []
    assert len(list(world.root.refreshed.glob("*.csv"))) == 1

    world.nights += 1
    code, text = said("refresh", "--root", str(world.root.path), "--as-of", "2026-11-20", "--format", "json")
    assert code == 0
    assert [one["name"] for one in json.loads(text)["sources"]] == ["consulates"]


def test_a_name_that_is_no_source_cannot_be_accepted(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says which there are."""
    code, text = said("refresh", "--root", str(world.root.path), "--accept", "embassy")
    assert (code, text) == (2, "")
    assert "there is no such source (known: consulates, embassies)" in capsys.readouterr().err
