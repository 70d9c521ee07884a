"""The client against a real server on this machine: its manners, its faults, and what it keeps.

To accept a change of the trace, run `UPDATE_GOLDEN=1 pytest tests/wikidata` and read the difference.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.wikidata import server
from tests.wikidata.server import Fault, Wikidata
from tests.wikidata.world import START, Clock, asked_ids, asking, kept
from verifier import __version__
from verifier.errors import SourceError, UsageError
from verifier.settings import Settings
from verifier.sources.wikidata.client import Client
from verifier.sources.wikidata.shapes import Hit

GOLDEN = Path(__file__).parent / "trace.txt"
CAPITALS = """
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
SELECT ?country ?capital WHERE { VALUES ?country { wd:Q30 wd:Q16957 } ?country wdt:P36 ?capital }
ORDER BY ?country
"""

Ask = Callable[[Client], Any]
ASKS: dict[str, Ask] = {
    "entities": lambda client: client.entities(["Q30"]),
    "search": lambda client: client.search("Germany"),
    "select": lambda client: client.select("SELECT ?x { VALUES ?x { 1 } }"),
}

# ------------------------------------------------------------------------------------------ what is asked


def test_entities_come_by_the_ids_that_were_asked_for(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """A redirected id has what it leads to, a missing one says so, and each is asked for once."""
    wikidata.redirect("Q99999", "Q30")
    with asking(wikidata.settings(tmp_path), clock) as client:
        found = client.entities(["Q99999", "Q16957", "Q123456", "Q16957"])
    assert list(found) == ["Q99999", "Q16957", "Q123456"]
    assert found["Q99999"].data["id"] == "Q30"
    assert found["Q99999"].data["redirects"] == {"from": "Q99999", "to": "Q30"}
    assert found["Q16957"].data["claims"] == wikidata.entities["Q16957"]["claims"]
    assert found["Q123456"].data == {"id": "Q123456", "missing": ""}
    assert {(answer.fetched, answer.stale) for answer in found.values()} == {(START, False)}
    assert (client.failures, client.outdated, client.requests_made) == ([], [], 1)


def test_names_alone_have_no_claims(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """They are asked for as such; a whole entity that is kept has them too, but not the other way."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        names = client.entities(["Q183"], names_only=True)["Q183"].data
        assert names["labels"]["en"]["value"] == "Germany"
        assert "claims" not in names
        assert "claims" in client.entities(["Q183", "Q30"])["Q183"].data
        assert client.requests_made == 2
        assert "claims" not in client.entities(["Q30"], names_only=True)["Q30"].data
        assert client.requests_made == 2
    assert [seen.parameters["props"].split("|").count("claims") for seen in wikidata.seen] == [0, 1]


def test_ids_are_asked_in_batches_with_maxlag(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """Fifty at most, as the service refuses more."""
    ids = [f"Q{number}" for number in range(1, 121)]
    with asking(wikidata.settings(tmp_path), clock) as client:
        found = client.entities(ids)
    assert list(found) == ids
    assert asked_ids(wikidata) == [50, 50, 20]
    assert {seen.parameters["maxlag"] for seen in wikidata.seen} == {"5"}


def test_what_is_no_id_is_not_sent(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """The service would refuse the whole batch for it."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        found = client.entities(["q30", "Q30", "Q1|Q2", "", "Q\x1b[31m", "Q٣"])
    assert list(found) == ["Q30"]
    assert [seen.ids for seen in wikidata.seen] == [["Q30"]]
    assert client.failures == ["not ids of Wikidata: 'q30', 'Q1|Q2', '', 'Q\\x1b[31m', 'Q٣'"]


def test_an_id_that_the_service_refuses_loses_no_other(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """It names the id; the others are asked for once more."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        found = client.entities(["Q30", "Q99999999999", "Q183"])
    assert list(found) == ["Q30", "Q183"]
    assert [seen.ids for seen in wikidata.seen] == [["Q30", "Q99999999999", "Q183"], ["Q30", "Q183"]]
    assert len(client.failures) == 1
    assert "without Q99999999999" in client.failures[0]


def test_a_search_gives_what_the_service_found(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """With the name by which it was found."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        assert client.search("New  York\n", limit=2) == (
            Hit("Q1384", "New York", "", "New York", "label"),
            Hit("Q60", "New York City", "", "New York", "alias"),
        )
        assert client.search("no such name at all") == ()
    assert wikidata.seen[0].parameters["search"] == "New York"
    assert client.failures == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 251, "\x00", "\ud800"])
def test_what_is_no_name_is_not_sent(name: str, wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """There is nothing to be found."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        assert client.search(name) == ()
    assert wikidata.seen == []


@pytest.mark.parametrize("remark", ["", f"# {'long ' * 500}"])
def test_a_query_gives_plain_values(remark: str, wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """However long it is."""
    wikidata.entities = {id: wikidata.entities[id] for id in ("Q30", "Q16957")}
    with asking(wikidata.settings(tmp_path), clock) as client:
        rows = client.select(CAPITALS + remark)
    entity = "http://www.wikidata.org/entity/"
    assert rows == (
        {"country": f"{entity}Q16957", "capital": f"{entity}Q56037"},
        {"country": f"{entity}Q30", "capital": f"{entity}Q61"},
    )
    assert wikidata.seen[0].head[0].startswith("POST" if remark else "GET")
    assert wikidata.seen[0].header("Accept") == "application/sparql-results+json"


# ---------------------------------------------------------------------------------------------- manners


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_without_a_contact_nothing_is_asked(
    ask: Ask, wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """The sentence says how to set one, and why."""
    with asking(wikidata.settings(tmp_path, contact=" "), clock) as client:
        with pytest.raises(UsageError, match=r"set VERIFIER_CONTACT .* User-Agent policy"):
            ask(client)
        assert client.requests_made == 0
    assert wikidata.seen == []
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("contact", ["a\r\nX-Header: b", "müller@example.org", "me (at home)"])
def test_a_contact_that_would_break_the_header_is_refused(
    contact: str, wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """It stands in brackets, in one line."""
    with (
        asking(wikidata.settings(tmp_path, contact=contact), clock) as client,
        pytest.raises(UsageError, match="VERIFIER_CONTACT"),
    ):
        client.search("x")


def test_every_request_says_who_asks(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """In the form of Wikimedia's policy."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        for ask in ASKS.values():
            ask(client)
    agent = f"verifier/{__version__} (desk@example.org) requests/{requests.__version__}"
    assert [seen.header("User-Agent") for seen in wikidata.seen] == [agent] * 3


def test_one_request_is_made_at_a_time(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """Even if several threads share the client."""
    wikidata.always = server.slow(0.02)
    with asking(wikidata.settings(tmp_path), clock) as client:
        threads = [threading.Thread(target=client.search, args=(f"name {number}",)) for number in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(wikidata.seen), wikidata.most_at_once) == (5, 1)


def test_no_cookie_and_no_password_is_sent(
    wikidata: Wikidata, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither one that the service sets, nor one for its host in the user's `.netrc`."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    wikidata.fail(
        server.body({"search": []}, {"Set-Cookie": "id=1; Path=/", "Content-Type": "application/json"})
    )
    with asking(wikidata.settings(tmp_path), clock) as client:
        client.search("one")
        client.search("two")
    assert [seen.header("Cookie") for seen in wikidata.seen] == [None, None]
    assert [seen.header("Authorization") for seen in wikidata.seen] == [None, None]


def test_a_password_in_the_address_is_neither_shown_nor_kept(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """It is sent, as whoever set the address wanted."""
    address = wikidata.api.replace("//", "//me:secret@")
    settings = Settings(cache_dir=tmp_path, contact="desk@example.org", wikidata_api=address)
    lines: list[str] = []
    with asking(settings, clock, lines.append) as client:
        client.search("Germany")
        wikidata.always = server.forbidden()
        with pytest.raises(SourceError) as raised:
            client.search("France")
    assert wikidata.seen[0].header("Authorization") is not None
    everything = "\n".join([*lines, *client.failures, str(raised.value)])
    assert "secret" not in everything
    assert "Authorization: (not shown)" in everything
    assert b"secret" not in (tmp_path / "wikidata" / "answers-1.sqlite").read_bytes()


def test_redirects_are_followed_within_the_host_only(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """What a draft says goes to nobody else."""
    wikidata.fail(server.elsewhere("/w/api.php?action=wbsearchentities&search=Germany&language=en", 301))
    with Wikidata([]) as other, asking(wikidata.settings(tmp_path), clock) as client:
        assert client.search("Germany")[0].id == "Q183"
        wikidata.fail(server.elsewhere(other.api))
        with pytest.raises(SourceError, match="sends elsewhere"):
            client.search("France")
        wikidata.always = server.elsewhere("/w/api.php")
        with pytest.raises(SourceError, match="sends in a circle"):
            client.search("Poland")
        assert other.seen == []
        assert client.requests_made == 2 + 1 + 4


def test_what_a_client_needs_is_loaded_when_it_asks() -> None:
    """`requests` takes a third of a second."""
    code = (
        "import sys; from pathlib import Path; from verifier.settings import Settings\n"
        "from verifier.sources.wikidata.client import Client\n"
        "Client(Settings(Path('nowhere')))\n"
        "print({'requests', 'tenacity', 'urllib3', 'sqlite3.dbapi2'} & set(sys.modules) - {'sqlite3.dbapi2'})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_the_trace_shows_every_line_that_leaves(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """As the server saw it, and with a line about each answer."""
    lines: list[str] = []
    wikidata.fail(server.too_many_requests("1"), server.cut())
    with asking(wikidata.settings(tmp_path), clock, lines.append) as client:
        client.entities(["Q16957", "Q727"])
        client.entities(["Q727", "Q9899"], names_only=True)
        client.search("Zürich & Genève \u202e")
        client.select("SELECT ?x { VALUES ?x { 1 } }" + " " * 2000)
        client.search("Zürich & Genève \u202e")
    left = [line.removeprefix("> ").removeprefix(">") for line in lines if line.startswith(">")]
    came = [line for seen in wikidata.seen for line in [*seen.head, "", *([seen.body] if seen.body else [])]]
    assert left == came
    text = "\n".join(lines) + "\n"
    for pattern, plain in (
        (re.escape(wikidata.root.removeprefix("http://")), "HOST"),
        (r"verifier/\S+", "verifier/VERSION"),
        (r"requests/\S+", "requests/VERSION"),
        (r"\d+\.\d{3} s", "TIME"),
        (r"\+{100,}", "BLANKS"),
    ):
        text = re.sub(pattern, plain, text)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8", newline="")
    assert text == GOLDEN.read_text(encoding="utf-8")


# ----------------------------------------------------------------------------------------------- faults


@dataclass(frozen=True, slots=True)
class Case:
    """A fault, and what the client does about it when it happens again and again."""

    fault: Fault
    requests: int
    waits: tuple[float, ...] | None
    """None where the client chooses them."""
    says: str
    patience: dict[str, float] = field(default_factory=dict)


IN_A_MINUTE = format_datetime(START.replace(second=40), usegmt=True)
FAULTS = {
    "429 with Retry-After": Case(server.too_many_requests("7"), 3, (7, 7), "asks for fewer requests"),
    "429 with Retry-After of 0": Case(server.too_many_requests("0"), 3, (0, 0), "asks for fewer requests"),
    "429 with a date": Case(server.too_many_requests(IN_A_MINUTE), 3, (40, 0), "asks for fewer requests"),
    "429 with a long Retry-After": Case(
        server.too_many_requests("3600"), 1, (), "left alone for 3600 seconds"
    ),
    "429 with nonsense": Case(server.too_many_requests("soon"), 3, None, "asks for fewer requests"),
    "429 with a number too large": Case(server.too_many_requests("9" * 12), 1, (), "asks to be left alone"),
    "429 without": Case(server.too_many_requests(), 3, None, "asks for fewer requests"),
    "503 with Retry-After": Case(server.unavailable("2"), 3, (2, 2), "cannot answer now (status 503)"),
    "503 without": Case(server.unavailable(), 3, None, "cannot answer now (status 503)"),
    "403": Case(server.forbidden(), 1, (), "status 403"),
    "maxlag": Case(server.maxlag(), 3, (5, 5), "cannot answer now (maxlag"),
    "maxlag without Retry-After": Case(server.maxlag(None), 3, (7.25, 7.25), "cannot answer now (maxlag"),
    "maxlag with nonsense": Case(server.maxlag(None, "much"), 3, (5, 5), "cannot answer now (maxlag"),
    "maxlag of hours": Case(server.maxlag(None, 7200), 1, (), "left alone for 7200 seconds"),
    "ratelimited": Case(server.error({"code": "ratelimited", "info": "slow down"}), 3, None, "ratelimited"),
    "no-such-entity": Case(server.no_such_entity(), 1, (), "refuses: no-such-entity"),
    "toomanyvalues": Case(server.too_many_values(), 1, (), "refuses: toomanyvalues"),
    "an error that is no object": Case(server.body({"error": "no"}), 1, (), "refuses: error: no"),
    "HTML": Case(server.html(), 3, None, "a web page instead of data"),
    "HTML called JSON": Case(server.body(b"<html></html>"), 3, None, "cannot be read"),
    "cut": Case(server.cut(), 3, None, "broke before the answer was whole"),
    "cut JSON": Case(server.body(b'{"entities": {"Q30"'), 3, None, "cannot be read"),
    "reset": Case(server.reset(), 3, None, "broke before the answer was whole"),
    "slow": Case(server.slow(0.15), 3, None, "does not answer in time", {"read": 0.1, "query": 0.1}),
    "dripping": Case(server.dripping(0.01), 3, None, "no whole answer within 0.1 seconds", {"whole": 0.1}),
    "not gzip": Case(
        server.body(b"{}", {"Content-Encoding": "gzip", "Content-Type": "application/json"}),
        3,
        None,
        "cannot be unpacked",
    ),
    "empty": Case(server.body(b""), 3, None, "cannot be read"),
    "null": Case(server.body(b"null"), 3, None, "cannot be read"),
    "a list": Case(server.body([]), 3, None, "cannot be read"),
    "another object": Case(server.body({"batchcomplete": ""}), 3, None, "cannot be read"),
    "of wrong types": Case(
        server.body({"entities": [], "search": {}, "results": {"bindings": "x"}}), 3, None, "cannot be read"
    ),
    "deep": Case(server.body(b'{"a":' * 100_000), 3, None, "nested too deep"),
    "a number too long": Case(server.body(b'{"entities": ' + b"1" * 5000 + b"}"), 3, None, "cannot be read"),
    "not a number": Case(server.body(b'{"entities": NaN}'), 3, None, "NaN is no number"),
    "not UTF-8": Case(server.body(b'{"entities": "\xff"}'), 3, None, "is no text"),
    "UTF-16": Case(server.body('{"entities": {}}'.encode("utf-16")), 3, None, "is no text"),
    "control characters": Case(
        server.error({"code": "x\x1b[2J", "info": "\u202eevil\n" + "y" * 5000}), 1, (), "refuses: x\ufffd[2J"
    ),
}


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS)
def test_a_fault_that_lasts(case: Case, wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """Few tries, waits as they are wanted, said in words, and nothing in the cache."""
    wikidata.always = case.fault
    with asking(wikidata.settings(tmp_path), clock, **case.patience) as client:
        assert client.entities(["Q16957", "Q30"]) == {}
        assert client.requests_made == len(wikidata.seen) == case.requests
        assert len(client.failures) == 1
        assert case.says in client.failures[0]
        assert client.failures[0].startswith("127.0.0.1: ")
        assert client.failures[0].endswith(": without Q16957, Q30")
        assert client.failures[0].isprintable()
        assert len(client.failures[0]) < 400
    if case.waits is None:
        assert len(clock.slept) == 2
        assert 1 <= clock.slept[0] <= 2 <= clock.slept[1] <= 3
    else:
        assert tuple(clock.slept) == case.waits
    assert kept(tmp_path) == []


@pytest.mark.parametrize("ask", ["search", "select"])
@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_search_or_query_that_lasts(
    case: Case, ask: str, wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """It is an error, never an empty answer."""
    wikidata.always = case.fault
    with asking(wikidata.settings(tmp_path), clock, **case.patience) as client:
        with pytest.raises(SourceError):
            ASKS[ask](client)
        assert client.requests_made <= 3
        assert len(client.failures) == 1
    assert kept(tmp_path) == []


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize(
    "name", [name for name, case in FAULTS.items() if case.requests == 3 and name != "dripping"]
)
def test_a_fault_that_passes(name: str, ask: str, wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """The third try has the right answer, which is kept."""
    if (name, ask) == ("slow", "select"):
        pytest.skip("a slow query is not tried again")
    case = FAULTS[name]
    wikidata.fail(case.fault, case.fault)
    with asking(wikidata.settings(tmp_path), clock, **case.patience) as client:
        if ask == "entities":
            assert list(client.entities(["Q16957"])) == ["Q16957"]
        elif ask == "search":
            assert client.search("Germany")[0].id == "Q183"
        else:
            wikidata.entities = {}
            assert ASKS[ask](client) == ({"x": "1"},)
        assert client.requests_made == len(wikidata.seen) == 3
        assert client.failures == []
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS)
def test_an_old_answer_serves_as_stale(case: Case, wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """When the service does not; what is in the cache stays as it is, byte for byte."""
    with asking(wikidata.settings(tmp_path), clock) as client:
        client.entities(["Q16957"])
        client.search("Germany")
    before = kept(tmp_path)
    clock.pass_by(days=2)
    wikidata.always = case.fault
    with asking(wikidata.settings(tmp_path), clock, **case.patience) as client:
        found = client.entities(["Q16957", "Q30"])
        assert {id: (answer.fetched, answer.stale) for id, answer in found.items()} == {
            "Q16957": (START, True)
        }
        assert found["Q16957"].data["claims"]
        assert client.search("Germany")[0].id == "Q183"
        assert len(client.failures) == 1
        assert client.failures[0].endswith(": without Q30")
        assert "answers of 2021-02-01 serve for Q16957" in client.outdated[0]
        assert "an answer of 2021-02-01 serves for the search for 'Germany'" in client.outdated[-1]
    assert kept(tmp_path) == before


def test_a_failed_batch_loses_no_other(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """The rest comes, and the next run asks for the lost ones alone."""
    ids = [f"Q{number}" for number in range(1, 151)]
    with asking(wikidata.settings(tmp_path), clock) as client:
        wikidata.fail(Fault(), *[server.html()] * 3)
        wikidata.faults[0] = server.slow(0)
        found = client.entities(ids)
    assert list(found) == ids[:50] + ids[100:]
    assert client.failures[0].endswith("without Q51, Q52, Q53, Q54, Q55 and 45 more")
    with asking(wikidata.settings(tmp_path), clock) as client:
        assert list(client.entities(ids)) == ids
    assert wikidata.seen[-1].ids == ids[50:100]


def test_a_service_that_asks_to_be_left_alone_is(wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """Until the time that it said, by every request."""
    wikidata.fail(server.too_many_requests("3600"))
    with asking(wikidata.settings(tmp_path), clock) as client:
        for _ in range(3):
            with pytest.raises(SourceError):
                client.search("Germany")
        assert client.requests_made == 1
        assert "left alone until 13:00:00 UTC" in client.failures[-1]
        clock.pass_by(minutes=59, seconds=30)
        assert client.search("Germany")[0].id == "Q183"
        assert clock.slept == [30]


def test_the_next_request_waits_as_long_as_the_service_asked(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """What it says of one request goes for all."""
    wikidata.fail(*[server.too_many_requests("7")] * 3)
    with asking(wikidata.settings(tmp_path), clock) as client:
        client.entities(["Q30"])
        clock.pass_by(seconds=3)
        assert client.search("Germany")[0].id == "Q183"
    assert clock.slept == [7, 7, 4]


def test_a_service_that_is_down_is_not_asked_for_every_name(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """After three requests in a row it is left alone for a while; one good answer and all is well."""
    wikidata.always = server.reset()
    with asking(wikidata.settings(tmp_path), clock) as client:
        for number in range(20):
            with pytest.raises(SourceError):
                client.search(f"name {number}")
        assert client.requests_made == 9
        wikidata.always = None
        clock.pass_by(minutes=2)
        assert client.search("Germany")[0].id == "Q183"
        assert client.search("France")


def test_an_address_where_nobody_listens(clock: Clock, tmp_path: Path) -> None:
    """It is said in words, without the library's."""
    with Wikidata([]) as gone:
        settings = gone.settings(tmp_path)
    with asking(settings, clock) as client:
        assert client.entities(["Q30"]) == {}
    assert client.failures == ["127.0.0.1: it cannot be reached (asked 3 times): without Q30"]


@pytest.mark.parametrize(
    "address", ["http://", "http://exa mple.org/", "https://xn--/", "http://[::1/", "ftp://example.org/"]
)
def test_an_address_that_is_none(address: str, clock: Clock, tmp_path: Path) -> None:
    """Settings refuse most of them; the others are a fault like any."""
    settings = Settings(cache_dir=tmp_path, contact="desk@example.org", wikidata_api=address)
    with asking(settings, clock) as client:
        assert client.entities(["Q30"]) == {}
    assert len(client.failures) == 1


@pytest.mark.parametrize(
    ("fault", "patience"),
    [
        (server.server_error(), {}),
        (server.slow(0.15), {"query": 0.1, "read": 0.1}),
        (server.dripping(0.02), {"whole": 0.1}),
    ],
)
def test_a_query_that_takes_too_long_is_not_tried_again(
    fault: Fault, patience: dict[str, float], wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """It would cost the service as much again; an entity is."""
    wikidata.always = fault
    with asking(wikidata.settings(tmp_path), clock, **patience) as client:
        with pytest.raises(SourceError):
            client.select("SELECT * { ?s ?p ?o }")
        assert client.requests_made == 1
        client.entities(["Q30"])
        assert client.requests_made == 4


# ---------------------------------------------------------------------------------------- hostile answers

NAMED: dict[str, Any] = {"labels": {"en": {"language": "en", "value": "x"}}, "claims": {}}
BROKEN: dict[str, Any] = {
    "no object": "x",
    "null": None,
    "without id": NAMED,
    "with another id": NAMED | {"id": "Q31"},
    "with an id that is none": NAMED | {"id": "Q30\u202e"},
    "with an id that is a list": NAMED | {"id": ["Q30"]},
    "redirected from another": NAMED | {"id": "Q31", "redirects": {"from": "Q32", "to": "Q31"}},
    "redirected to another": NAMED | {"id": "Q31", "redirects": {"from": "Q30", "to": "Q32"}},
    "missing, with another id": {"id": "Q31", "missing": ""},
    "without names": {"id": "Q30", "claims": {}},
    "without claims": {"id": "Q30", "labels": {}},
    "with names that are text": NAMED | {"id": "Q30", "labels": "x"},
    "with a name that is text": NAMED | {"id": "Q30", "labels": {"en": "x"}},
    "with claims that are a list": NAMED | {"id": "Q30", "claims": [1]},
    "with claims of one that is no list": NAMED | {"id": "Q30", "claims": {"P31": {}}},
    "with half a character": NAMED | {"id": "Q30", "title": "\ud800"},
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_entity_loses_no_other(
    broken: Any, wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """It is left out, said, and not kept; the other one of the answer is."""
    good = {"id": "Q183", "labels": [], "claims": []}
    wikidata.fail(server.body({"entities": {"Q30": broken, "Q183": good}, "success": 1}))
    with asking(wikidata.settings(tmp_path), clock) as client:
        assert {id: answer.data for id, answer in client.entities(["Q30", "Q183"]).items()} == {"Q183": good}
        assert client.failures == ["127.0.0.1: its answer leaves them out, or cannot be read: without Q30"]
    assert [row[1] for row in kept(tmp_path)] == ["Q183"]


@pytest.mark.parametrize(
    "hit",
    [
        "x",
        {},
        {"id": 30},
        {"id": "Q30\n"},
        {"id": "Q30", "label": ["x"]},
        {"id": "Q30", "match": "x"},
        {"id": "Q30", "match": {"text": 1}},
        {"id": "Q30", "description": "x" * 20_000},
        {"id": "Q30", "label": "\ud800"},
    ],
)
def test_a_broken_hit_is_no_answer(hit: Any, wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """The whole answer is a fault: a name that is lost might be the right one."""
    wikidata.always = server.body({"search": [{"id": "Q183", "label": "Germany"}, hit]})
    with (
        asking(wikidata.settings(tmp_path), clock) as client,
        pytest.raises(SourceError, match="cannot be read"),
    ):
        client.search("Germany")
    assert kept(tmp_path) == []


@pytest.mark.parametrize("row", ["x", {"x": "y"}, {"x": {"value": 1, "type": "uri"}}, {"x": {"value": "y"}}])
def test_a_broken_row_is_no_answer(row: Any, wikidata: Wikidata, clock: Clock, tmp_path: Path) -> None:
    """Nor an answer without it."""
    wikidata.always = server.body({"head": {"vars": ["x"]}, "results": {"bindings": [row]}})
    with (
        asking(wikidata.settings(tmp_path), clock) as client,
        pytest.raises(SourceError, match="cannot be read"),
    ):
        client.select("SELECT ?x { VALUES ?x { 1 } }")
    assert kept(tmp_path) == []


def test_a_text_that_turns_the_writing_is_kept_as_it_is(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """To show it safely is for whoever shows it."""
    label = "\u202eevil\u0007"
    wikidata.fail(server.body({"search": [{"id": "Q30", "label": label}]}))
    for _ in range(2):
        with asking(wikidata.settings(tmp_path), clock) as client:
            assert client.search("x") == (Hit("Q30", label, "", "", ""),)
    assert len(wikidata.seen) == 1


def test_an_answer_that_is_too_large_is_asked_for_in_halves(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """An entity that is too large by itself is left out and said."""
    wikidata.change("Q99", labels={"en": {"language": "en", "value": "x" * 60_000}})
    with asking(wikidata.settings(tmp_path), clock, largest=60_000) as client:
        found = client.entities(["Q16957", "Q727", "Q99", "Q9899"])
    assert list(found) == ["Q16957", "Q727", "Q9899"]
    assert client.failures == ["127.0.0.1: its answer has more than 60000 bytes: without Q99"]
    assert [seen.ids for seen in wikidata.seen] == [
        ["Q16957", "Q727", "Q99", "Q9899"],
        ["Q16957", "Q727"],
        ["Q99", "Q9899"],
        ["Q99"],
        ["Q9899"],
    ]


def test_an_answer_that_swells_when_unpacked_is_too_large(
    wikidata: Wikidata, clock: Clock, tmp_path: Path
) -> None:
    """A hundred megabytes of blanks are a few kilobytes of gzip."""
    wikidata.always = server.body(b" " * 20_000_000)
    with (
        asking(wikidata.settings(tmp_path), clock, largest=1_000_000) as client,
        pytest.raises(SourceError, match="more than 1000000 bytes"),
    ):
        client.search("x")
    assert client.requests_made == 1


# ------------------------------------------------------------------------------------------- the service


@pytest.mark.online
def test_the_public_service_answers(tmp_path: Path) -> None:
    """Run by hand: `VERIFIER_CONTACT=you@example.org pytest -m online tests/wikidata`."""
    settings = Settings.from_env({**os.environ, "VERIFIER_CACHE_DIR": str(tmp_path)})
    client = Client(settings)
    assert client.entities(["Q30", "Q183"])["Q30"].data["labels"]["en"]["value"]
    assert client.search("Germany")
    assert client.select("SELECT ?x { VALUES ?x { 1 } }") == ({"x": "1"},)
    assert client.failures == []
    client.close()
