"""The answers on disk: how long they serve, and what happens to a cache that is damaged, full or shared."""

from __future__ import annotations

import json
import logging
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.wikidata import server
from tests.wikidata.server import Wikidata
from tests.wikidata.world import START, Clock, asking, kept
from verifier.errors import SourceError
from verifier.sources.wikidata.answers import FILE, pack


def test_a_second_run_asks_nothing(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """It has the same answers, from the disk."""
    found = []
    for _ in range(2):
        with asking(wikidata.settings(tmp_path), clock) as client:
            entities = client.entities(["Q30", "Q123456"])
            found.append((entities, client.search("Germany"), client.search("nothing")))
            made = client.requests_made
        clock.pass_by(minutes=30)
    assert found[0] == found[1]
    assert (made, len(wikidata.seen)) == (0, 3)


def test_an_answer_serves_for_a_day_and_an_empty_one_for_an_hour(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """A search without a hit is no proof that there is none, and a missing entity may come."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        client.entities(["Q30", "Q123456"])
        client.search("Germany")
        client.search("Newly Named")
        clock.pass_by(hours=2)
        wikidata.change("Q123456", labels={"en": {"language": "en", "value": "Newly Named"}})
        assert [hit.id for hit in client.search("Newly Named")] == ["Q123456"]
        assert "missing" not in client.entities(["Q30", "Q123456"])["Q123456"].data
        assert client.search("Germany")
        assert wikidata.seen[-1].ids == ["Q123456"]
        assert client.requests_made == 5
        clock.pass_by(days=1)
        wikidata.delete("Q30")
        assert client.entities(["Q30"])["Q30"].data == {"id": "Q30", "missing": ""}
        assert client.requests_made == 6


def test_an_answer_of_last_season_serves_no_more(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """Not even when the service does not answer; and it is removed when a newer one is kept."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        client.entities(["Q30"])
    clock.pass_by(days=91)
    with asking(wikidata.settings(tmp_path), clock) as client:
        wikidata.fail(*[server.html()] * 3)
        assert client.entities(["Q30"]) == {}
        client.entities(["Q727"])
    assert [row[1] for row in kept(tmp_path)] == ["Q727"]


def test_an_answer_from_the_future_is_not_fresh(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """Somebody's clock was wrong."""
    clock.pass_by(days=30)
    with asking(wikidata.settings(tmp_path), clock) as client:
        client.entities(["Q727"])
    clock.time = START
    with asking(wikidata.settings(tmp_path), clock) as client:
        assert client.entities(["Q727"])["Q727"].fetched == START


def test_services_share_nothing(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """An id means another thing elsewhere."""
    with Wikidata([]) as other, asking(wikidata.settings(tmp_path), clock) as client:
        client.entities(["Q30"])
        with asking(other.settings(tmp_path), clock) as second:
            assert "missing" in second.entities(["Q30"])["Q30"].data


def test_the_file_is_the_users_alone(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """What was asked tells what a draft is about."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        client.search("Germany")
    assert (tmp_path / "wikidata" / FILE).stat().st_mode & 0o077 == 0


DAMAGE = {
    "no database": b"not a database at all" * 100,
    "empty": b"",
    "cut": None,
    "with other tables": "CREATE TABLE answer (x)",
    "of zeros in the middle": b"\0" * 3000,
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_file_is_moved_aside_and_said(
    name: str, wikidata: Wikidata, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The answers are asked for anew, and kept in a new file."""
    path = tmp_path / "wikidata" / FILE
    with asking(wikidata.settings(tmp_path), clock) as client:
        client.entities(["Q727", "Q9899"])
    whole = path.read_bytes()
    damage = DAMAGE[name]
    if isinstance(damage, str):
        path.unlink()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(damage)
    elif damage is None:
        path.write_bytes(whole[: len(whole) // 2])
    elif name == "of zeros in the middle":
        path.write_bytes(whole[:4096] + damage + whole[4096 + len(damage) :])
    else:
        path.write_bytes(damage)
    for _ in range(2):
        with asking(wikidata.settings(tmp_path), clock) as client:
            assert list(client.entities(["Q727", "Q9899"])) == ["Q727", "Q9899"]
            assert client.failures == []
    assert client.requests_made == 0
    assert len(kept(tmp_path)) == 2
    aside = path.with_name(f"{FILE}.damaged")
    assert aside.exists() == ("is damaged; it is moved to" in caplog.text) == (name != "empty")


@pytest.mark.parametrize("body", [b"", b"x", pack([]), pack({"id": "Q31"}), pack(None), pack({"id": "Q30"})])
def test_a_damaged_answer_is_asked_for_anew(
    body: bytes, wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """It is checked when it is read as when it came."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        client.entities(["Q30"])
        client.search("Germany")
    with closing(sqlite3.connect(tmp_path / "wikidata" / FILE)) as connection, connection:
        connection.execute("UPDATE answer SET body = ?", (body,))
    with asking(wikidata.settings(tmp_path), clock) as client:
        assert client.entities(["Q30"])["Q30"].data["claims"]
        if body != pack([]):  # an empty search is a good one
            assert client.search("Germany")[0].id == "Q183"
            assert client.requests_made == 2


def test_a_folder_that_cannot_be_written_costs_repeats(
    wikidata: Wikidata, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once."""
    (tmp_path / "wikidata").write_text("a file")
    with asking(wikidata.settings(tmp_path), clock) as client:
        for _ in range(3):
            assert client.entities(["Q727"])["Q727"].stale is False
        assert client.requests_made == 3
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "answers are asked for anew" in caplog.text


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process that asks."""
    return subprocess.Popen(
        [sys.executable, "-W", "error::ResourceWarning", "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


ASKING = """
import json, resource, signal, sys
from pathlib import Path
from verifier.settings import Settings
from verifier.sources.wikidata.client import Client
api, folder, ids, limit = sys.argv[1:]
if int(limit):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
settings = Settings(cache_dir=Path(folder), contact="desk@example.org", wikidata_api=api)
client = Client(settings)
found = [id for one in ids.split() for id in client.entities([one])]
client.close()
print(json.dumps([found, client.failures, client.requests_made]))
"""


def test_a_full_disk_costs_repeats(wikidata: Wikidata, tmp_path: Path) -> None:
    """Answers come all the same, those from the disk too; what is there is whole."""
    with run(ASKING, wikidata.api, str(tmp_path), "Q60 Q30 Q60 Q30", "13000") as process:
        out, err = process.communicate()
    assert json.loads(out) == [["Q60", "Q30", "Q60", "Q30"], [], 3], err
    assert err.count("answers are asked for anew") == 1
    with closing(sqlite3.connect(tmp_path / "wikidata" / FILE)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def test_processes_share_one_file(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """All at once from nothing: each has its answers, and every answer is kept."""
    ids = [f"Q{number}" for number in range(1, 41)]
    orders = [ids, ids[::-1], ids[20:] + ids[:20]]
    processes = [run(ASKING, wikidata.api, str(tmp_path), " ".join(order), "0") for order in orders]
    for process, order in zip(processes, orders, strict=True):
        with process:
            out, err = process.communicate()
        assert json.loads(out)[:2] == [order, []], err
        assert err == ""
    assert sorted(row[1] for row in kept(tmp_path)) == sorted(ids)


def test_a_file_that_another_process_writes_is_waited_for_no_longer_than_needed(
    wikidata: Wikidata, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the answer is not kept, and the next one is."""
    monkeypatch.setattr("verifier.sources.wikidata.answers._LOCKED", 0.05)
    with asking(wikidata.settings(tmp_path), clock) as client:
        client.entities(["Q727"])
        with closing(sqlite3.connect(tmp_path / "wikidata" / FILE)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert list(client.entities(["Q9899"])) == ["Q9899"]
        client.entities(["Q30"])
    assert [row[1] for row in kept(tmp_path)] == ["Q30", "Q727"]


def test_a_search_that_failed_serves_nothing(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """The error comes each time that it is asked for, and the answer when it can be had."""
    wikidata.fail(*[server.unavailable()] * 3)
    with asking(wikidata.settings(tmp_path), clock) as client:
        with pytest.raises(SourceError):
            client.search("Germany")
        assert client.search("Germany")[0].id == "Q183"


def test_that_there_was_nothing_once_says_nothing_of_today(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """An old empty answer serves for nothing when the service does not answer."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        assert "missing" in client.entities(["Q123456"])["Q123456"].data
        assert client.search("nothing") == ()
    clock.pass_by(hours=2)
    wikidata.always = server.unavailable()
    with asking(wikidata.settings(tmp_path), clock) as client:
        assert client.entities(["Q123456"]) == {}
        with pytest.raises(SourceError):
            client.search("nothing")
        assert len(client.failures) == 2
