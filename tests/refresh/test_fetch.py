"""Fetching against a real server on this machine: what comes, what goes wrong, and where nobody is sent."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.refresh import server
from tests.refresh.fetching import fetch
from tests.refresh.plain_feed import feed
from tests.refresh.server import Fault, Source, speaking
from tests.wikidata.world import Clock
from verifier import __version__
from verifier.errors import SourceError
from verifier.night import FeedKind
from verifier.refresh.fetch import Fetcher, RawFile
from verifier.settings import Settings
from verifier.sources.http.redirects import is_public, moved

ROWS = "id;city\nQ1;Bonn\nQ2;Köln\n"
QUERY = "SELECT ?x { VALUES ?x { 1 2 } } ORDER BY ?x\n"


@pytest.fixture
def source() -> Iterator[Source]:
    with Source() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


def got(
    source: Source, clock: Clock, folder: Path, kind: FeedKind = FeedKind.CSV, **patience: Any
) -> RawFile:
    """What the source's only file, or its query service, gives."""
    (folder / "towns.rq").write_text(QUERY)
    names = {FeedKind.CSV: "rows.csv", FeedKind.JSON: "rows.json"}
    address = "towns.rq" if kind is FeedKind.SPARQL else f"{source.root}/{names[kind]}"
    return fetch(
        feed(address, kind),
        folder=folder,
        base=folder,
        settings=source.settings(folder),
        patience=clock.patience(**patience),
    )


# ------------------------------------------------------------------------------------------ what comes


def test_a_file_comes_as_it_is(source: Source, clock: Clock, tmp_path: Path) -> None:
    """Byte for byte, unpacked where only the way here was packed; the media type goes along."""
    source.put("rows.csv", ROWS)
    raw = got(source, clock, tmp_path)
    assert raw == RawFile(
        tmp_path / "towns.raw", FeedKind.CSV, media="text/csv; charset=utf-8", origin="127.0.0.1"
    )
    assert raw.path.read_text() == ROWS
    assert source.seen[0].header("User-Agent") == (
        f"verifier/{__version__} (desk@example.org) requests/{requests.__version__}"
    )


def test_a_packed_file_stays_packed(source: Source, clock: Clock, tmp_path: Path) -> None:
    """Whoever reads it unpacks it."""
    packed = gzip.compress(ROWS.encode())
    source.put("rows.csv", packed, "application/gzip")
    assert got(source, clock, tmp_path).path.read_bytes() == packed


def test_a_file_needs_no_contact(source: Source, clock: Clock, tmp_path: Path) -> None:
    """A query does: the service wants to know whom to turn to. The others go on without."""
    address = source.put("rows.csv", ROWS)
    (tmp_path / "towns.rq").write_text(QUERY)
    settings = source.settings(tmp_path, contact="")
    with Fetcher(settings, patience=clock.patience()) as fetcher:
        fetcher.fetch(feed(address), folder=tmp_path, base=tmp_path)
        with pytest.raises(SourceError, match="VERIFIER_CONTACT"):
            fetcher.fetch(feed("towns.rq", FeedKind.SPARQL), folder=tmp_path, base=tmp_path)
    assert [seen.header("User-Agent") for seen in source.seen] == [
        f"verifier/{__version__} requests/{requests.__version__}"
    ]


def test_the_answer_of_a_query_comes(source: Source, clock: Clock, tmp_path: Path) -> None:
    """Asked for as JSON, of which the end can be told."""
    raw = got(source, clock, tmp_path, FeedKind.SPARQL)
    assert raw.path.read_bytes().startswith(b'{"head":{"vars":["x"]}')
    assert source.seen[0].head[0].startswith("GET ")
    assert (source.seen[0].header("Accept") or "").startswith("application/sparql-results+json")


def test_a_long_query_is_posted(source: Source, clock: Clock, tmp_path: Path) -> None:
    """No server takes an address of any length. The source's own service is asked if it names one."""
    (tmp_path / "long.rq").write_text(QUERY + "#" * 3000)
    settings = Settings(cache_dir=tmp_path, contact="desk@example.org", wikidata_sparql="http://127.0.0.1:9/")
    one = feed("long.rq", FeedKind.SPARQL, endpoint=source.sparql)
    raw = fetch(one, folder=tmp_path, base=tmp_path, settings=settings, patience=clock.patience())
    assert raw.origin == "127.0.0.1"
    assert source.seen[0].head[0].startswith("POST /sparql ")
    assert source.seen[0].parameters == {"query": QUERY + "#" * 3000}


def test_a_path_is_read_where_it_is(tmp_path: Path, clock: Clock) -> None:
    """From the folder of `sources.toml`; no connection is opened."""
    (tmp_path / "towns.csv").write_text(ROWS)
    raw = fetch(
        feed("towns.csv"), folder=tmp_path / "none", base=tmp_path, settings=Settings(cache_dir=tmp_path)
    )
    assert raw == RawFile(tmp_path / "towns.csv", FeedKind.CSV, origin="towns.csv")


@pytest.mark.parametrize(
    ("address", "kind", "says"),
    [
        ("none.csv", FeedKind.CSV, "none.csv: there is no such file"),
        (".", FeedKind.CSV, "it is no file"),
        ("none.rq", FeedKind.SPARQL, "none.rq: there is no such file of a query"),
        ("empty.rq", FeedKind.SPARQL, "empty.rq: there is no query in it"),
        ("latin.rq", FeedKind.SPARQL, "latin.rq: the query cannot be read"),
        ("~no such user/x.csv", FeedKind.CSV, "there is no such home folder"),
        ("~no such user/x.rq", FeedKind.SPARQL, "there is no such home folder"),
        ("a" * 300, FeedKind.CSV, "it cannot be read: File name too long"),
        ("a\0b", FeedKind.CSV, "there is no such file"),
        ("a\0b", FeedKind.SPARQL, "the query cannot be read"),
        ("http://[::1", FeedKind.CSV, "no host: the request cannot be made"),
        ("ftp://example.org/x.csv", FeedKind.CSV, "there is no such file"),
    ],
)
def test_what_is_not_there_is_said(
    address: str, kind: FeedKind, says: str, tmp_path: Path, clock: Clock
) -> None:
    """In one sentence."""
    (tmp_path / "empty.rq").write_text("\n")
    (tmp_path / "latin.rq").write_bytes(b"# \xe9\n")
    settings = Settings(cache_dir=tmp_path, contact="desk@example.org")
    with pytest.raises(SourceError) as error:
        fetch(
            feed(address, kind),
            folder=tmp_path,
            base=tmp_path,
            settings=settings,
            patience=clock.patience(),
        )
    assert says in str(error.value)


def test_progress_is_told(source: Source, clock: Clock, tmp_path: Path) -> None:
    """Bytes so far; each try begins anew."""
    address = source.put("rows.csv", ROWS * 10_000)
    told: list[tuple[int, int | None]] = []
    fetch(
        feed(address),
        folder=tmp_path,
        base=tmp_path,
        settings=source.settings(tmp_path),
        patience=clock.patience(),
        progress=lambda size, whole: told.append((size, whole)),
    )
    assert told == sorted(told)
    assert told[-1] == (len((ROWS * 10_000).encode()), None)
    assert len(told) > 2


# ----------------------------------------------------------------------------------------------- faults


@dataclass(frozen=True, slots=True)
class Case:
    """A fault, how often it is asked for, and what is said."""

    fault: Fault
    requests: int
    says: str
    kind: FeedKind = FeedKind.CSV
    patience: dict[str, float] = field(default_factory=dict)


def _cut_json(tail: str = "") -> Fault:
    return server.body(b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": ' + tail.encode())


FAULTS = {
    "HTML page": Case(server.html(), 3, "a web page instead of data"),
    "HTML page called CSV": Case(
        Fault(200, {"Content-Type": "text/csv"}, b"\n<html>"), 3, "a web page instead of data"
    ),
    "HTML page for JSON": Case(server.html(), 3, "a web page instead of data", FeedKind.JSON),
    "HTML page for a query": Case(server.html(), 3, "a web page instead of data", FeedKind.SPARQL),
    "cut": Case(server.cut(), 3, "broke before the answer was whole"),
    "cut gzip": Case(server.cut_gzip(ROWS * 50), 3, "cannot be unpacked"),
    "no gzip": Case(server.no_gzip(), 3, "cannot be unpacked"),
    "another packing": Case(
        Fault(200, {"Content-Type": "text/csv", "Content-Encoding": "br"}, b"x"), 3, "cannot be unpacked"
    ),
    "cut JSON": Case(_cut_json(), 3, "its answer is cut", FeedKind.JSON),
    "cut JSON of a query": Case(_cut_json(), 1, "its answer is cut", FeedKind.SPARQL),
    "a query that ends in an error": Case(
        _cut_json("java.util.concurrent.TimeoutException\n\tat java.base"), 1, "is cut", FeedKind.SPARQL
    ),
    "no JSON": Case(server.body(b""), 3, "its answer is empty", FeedKind.JSON),
    "reset": Case(server.reset(), 3, "broke before the answer was whole"),
    "slow": Case(server.slow(0.3), 3, "does not answer in time", patience={"read": 0.1}),
    "slow query": Case(
        server.slow(0.3), 1, "does not answer in time", FeedKind.SPARQL, patience={"query": 0.1}
    ),
    "dripping": Case(server.dripping(0.02), 3, "no whole answer within 0.1 seconds", patience={"whole": 0.1}),
    "429": Case(server.too_many_requests("7"), 3, "asks for fewer requests (status 429)"),
    "429 of a query": Case(server.too_many_requests("7"), 3, "(status 429)", FeedKind.SPARQL),
    "429 for an hour": Case(server.too_many_requests("3600"), 1, "left alone for 3600 seconds"),
    "503": Case(server.unavailable("2"), 3, "cannot answer now (status 503)"),
    "503 of a query": Case(server.unavailable(), 3, "cannot answer now (status 503)", FeedKind.SPARQL),
    "500": Case(server.server_error(), 3, "cannot answer now (status 500)"),
    "500 of a query": Case(server.server_error(), 1, "answers with status 500", FeedKind.SPARQL),
    "403": Case(server.forbidden(), 1, "status 403"),
    "404": Case(Fault(404, {}, b""), 1, "status 404"),
    "206": Case(Fault(206, {"Content-Type": "text/csv"}, b"id;"), 1, "status 206"),
    "204": Case(Fault(204, {}, b""), 1, "status 204"),
    "a circle": Case(server.elsewhere("rows.csv"), 6, "sends in a circle"),
    "another host": Case(
        server.elsewhere("http://example.org/rows.csv"), 1, "sends elsewhere, which is not followed"
    ),
    "a query sent elsewhere": Case(
        server.elsewhere("https://example.org/sparql"), 1, "which is not followed", FeedKind.SPARQL
    ),
    "a file of this machine": Case(server.elsewhere("file:///etc/passwd"), 1, "which is not followed"),
    "no address": Case(server.elsewhere("http://[::1"), 1, "sends to what is no address"),
    "no port": Case(server.elsewhere("http://127.0.0.1:99999/"), 1, "sends to what is no address"),
    "too large": Case(
        Fault(200, {"Content-Type": "text/csv"}, b"a" * 5000),
        1,
        "more than 4000 bytes: ask it for less",
        patience={"largest": 4000},
    ),
    "too large, unpacked": Case(
        Fault(200, {"Content-Encoding": "gzip"}, gzip.compress(b"a" * 10_000_000)),
        1,
        "more than 4000 bytes: ask it for less",
        patience={"largest": 4000},
    ),
}


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS)
def test_a_fault_that_lasts(case: Case, source: Source, clock: Clock, tmp_path: Path) -> None:
    """Few tries, one sentence that says what it was, and nothing is left on the disk."""
    source.put("rows.csv", ROWS)
    source.put("rows.json", '[{"id": "Q1"}]')
    source.always = case.fault
    with pytest.raises(SourceError) as error:
        got(source, clock, tmp_path, case.kind, **case.patience)
    assert case.says in str(error.value)
    assert str(error.value).startswith("127.0.0.1: ")
    assert str(error.value).isprintable()
    assert len(source.seen) == case.requests
    assert not (tmp_path / "towns.raw").exists()


@pytest.mark.parametrize("name", [name for name, case in FAULTS.items() if case.requests == 3])
def test_a_fault_that_passes(name: str, source: Source, clock: Clock, tmp_path: Path) -> None:
    """The third try has the whole answer, and nothing of those before."""
    if name == "dripping":
        pytest.skip("the right answer would not come in time, either")
    case = FAULTS[name]
    source.put("rows.csv", ROWS)
    source.put("rows.json", '[{"id": "Q1"}]')
    source.fail(case.fault, case.fault)
    raw = got(source, clock, tmp_path, case.kind, **case.patience)
    assert len(source.seen) == 3
    right = {FeedKind.CSV: "id;city", FeedKind.JSON: '[{"id"', FeedKind.SPARQL: '{"head"'}
    assert raw.path.read_text().startswith(right[case.kind])
    assert raw.path.read_text().count("id;city") <= 1


def test_chunks_of_which_the_last_does_not_come(clock: Clock, tmp_path: Path) -> None:
    """No length says how much is missing, and still it is noticed."""
    with speaking(server.cut_without_length(ROWS)) as address, pytest.raises(SourceError, match="whole"):
        fetch(
            feed(address),
            folder=tmp_path,
            base=tmp_path,
            settings=Settings(cache_dir=tmp_path),
            patience=clock.patience(),
        )


def test_nobody_listens(clock: Clock, tmp_path: Path) -> None:
    """A port that is closed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(SourceError, match=r"it cannot be reached \(asked 3 times\)"):
        fetch(
            feed(f"http://127.0.0.1:{port}/rows.csv"),
            folder=tmp_path,
            base=tmp_path,
            settings=Settings(cache_dir=tmp_path),
            patience=clock.patience(),
        )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_is_said(source: Source, clock: Clock, tmp_path: Path) -> None:
    """And asked for once: another try would not help."""
    source.put("rows.csv", ROWS)
    (tmp_path / "towns.raw").symlink_to("/dev/full")
    with pytest.raises(SourceError, match="cannot be written: No space left on device"):
        got(source, clock, tmp_path)
    assert len(source.seen) == 1


def test_a_service_that_fails_is_left_alone(source: Source, clock: Clock, tmp_path: Path) -> None:
    """By the other sources of the night, too."""
    source.always = server.too_many_requests("3600")
    address = source.put("rows.csv", ROWS)
    with Fetcher(source.settings(tmp_path), patience=clock.patience()) as fetcher:
        for _ in range(3):
            with pytest.raises(SourceError, match="left alone"):
                fetcher.fetch(feed(address), folder=tmp_path, base=tmp_path)
    assert len(source.seen) == 1


# ----------------------------------------------------------------------------------------------- redirects


def test_a_redirect_within_the_host_is_followed(source: Source, clock: Clock, tmp_path: Path) -> None:
    """Five times at most."""
    source.put("rows.csv", ROWS)
    source.fail(*[server.elsewhere("/rows.csv", status) for status in (301, 302, 303, 307, 308)])
    assert got(source, clock, tmp_path).path.read_text() == ROWS


ADDRESSES = {
    "public.example": ["93.184.216.34"],
    "other.example": ["93.184.216.35", "2606:2800:220:1::1"],
    "desk.example": ["10.0.0.7"],
    "both.example": ["93.184.216.36", "127.0.0.1"],
    "mapped.example": ["::ffff:192.168.0.1"],
    "link.example": ["fe80::1%eth0"],
    "metadata.example": ["169.254.169.254"],
}


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that no server on the net needs to know."""

    def find(name: str, *rest: object, **more: object) -> list[Any]:
        if name[:1].isdigit() or ":" in name:
            return [(0, 0, 0, "", (name, 0))]
        if name not in ADDRESSES:
            raise socket.gaierror("not found")
        return [(0, 0, 0, "", (address, 0)) for address in ADDRESSES[name]]

    monkeypatch.setattr(socket, "getaddrinfo", find)


@pytest.mark.parametrize(
    ("first", "target", "roams", "followed"),
    [
        ("https://public.example/a", "/b", False, True),
        ("https://public.example/a", "https://public.example/b", False, True),
        ("http://public.example/a", "https://public.example/b", False, True),
        ("https://public.example/a", "https://other.example/b", False, False),
        ("https://public.example/a", "https://other.example/b", True, True),
        ("http://public.example/a", "https://other.example/b", True, True),
        ("http://public.example/a", "http://public.example:8080/b", True, True),
        ("http://public.example/a", "http://other.example/b", True, False),
        ("https://public.example/a", "http://public.example/b", True, False),
        ("https://public.example/a", "http://other.example/b", True, False),
        ("https://public.example/a", "https://desk.example/b", True, False),
        ("https://public.example/a", "https://both.example/b", True, False),
        ("https://public.example/a", "https://mapped.example/b", True, False),
        ("https://public.example/a", "https://link.example/b", True, False),
        ("https://public.example/a", "https://metadata.example/b", True, False),
        ("https://public.example/a", "https://127.0.0.1/b", True, False),
        ("https://public.example/a", "https://[::1]/b", True, False),
        ("https://public.example/a", "https://localhost/b", True, False),
        ("https://public.example/a", "https://printer.local/b", True, False),
        ("https://public.example/a", "https://unknown.example/b", True, True),
        ("https://desk.example/a", "https://metadata.example/b", True, True),
        ("https://public.example/a", "ftp://other.example/b", True, False),
        ("https://public.example/a", "javascript:alert(1)", True, False),
    ],
)
def test_where_an_answer_may_send_us(
    first: str, target: str, roams: bool, followed: bool, names: None
) -> None:
    """Never to an open line, and from the public net never to a private one."""
    request = requests.Request("GET", first).prepare()
    if not followed:
        with pytest.raises(SourceError, match="not followed"):
            moved(request, target, roam=roams, first=first.split("/")[2])
        return
    assert moved(request, target, roam=roams, first=first.split("/")[2]).url is not None


def test_no_password_goes_to_another_host(names: None) -> None:
    """It does to the same one."""
    request = requests.Request("GET", "https://me:secret@public.example/a").prepare()
    assert "Authorization" in request.headers
    same = moved(request, "/b", roam=True, first="public.example")
    other = moved(request, "https://other.example/b", roam=True, first="public.example")
    assert "Authorization" in same.headers
    assert "Authorization" not in other.headers
    assert "secret" not in (other.url or "")


def test_what_is_posted_goes_nowhere_else(names: None) -> None:
    """A query that was posted would go along."""
    request = requests.Request("POST", "https://public.example/a", data={"query": "x"}).prepare()
    with pytest.raises(SourceError, match="not followed"):
        moved(request, "/b", roam=True, first="public.example")


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("public.example", True),
        ("desk.example", False),
        ("LOCALHOST.", False),
        ("x" * 300 + ".example", True),
        ("intranet", False),
    ],
)
def test_whether_a_host_is_public(name: str, public: bool, names: None) -> None:
    assert is_public(name) is public
