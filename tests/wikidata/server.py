"""A small Wikidata on this machine: entities, search and SPARQL in the service's own form, and its faults.

    with Wikidata(fixture()) as wikidata:
        wikidata.fail(too_many_requests(retry_after="2"), html())   # the next two answers
        client = Client(wikidata.settings(tmp_path))

It is a real server on the loopback interface; `seen` has every request as it came.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pyoxigraph import QueryResultsFormat

from tests.wikidata.rdf import load
from verifier.settings import Settings

DATA = Path(__file__).parent / "data"
LIMIT = 50
_ID = re.compile(r"[QP][1-9][0-9]{0,9}")
_LARGEST = 2_147_483_647
_INFO = ("pageid", "ns", "title", "lastrevid", "modified")


@lru_cache(maxsize=1)
def fixture() -> tuple[Mapping[str, Any], ...]:
    """The entities of the tests; those that are only referred to have their names alone."""
    with gzip.open(DATA / "entities.ndjson.gz", "rt", encoding="utf-8") as lines:
        whole = {entity["id"]: entity for entity in map(json.loads, lines)}
    with (DATA / "labels.csv").open(encoding="utf-8", newline="") as rows:
        others = {row["id"]: named(row) for row in csv.DictReader(rows)}
    return tuple({**others, **whole}.values())


def named(row: Mapping[str, str]) -> Mapping[str, Any]:
    def text(value: str) -> Mapping[str, str]:
        return {"language": "en", "value": value}

    aliases = [text(name) for name in row["aliases"].split("|") if name]
    return {
        "type": "property" if row["id"].startswith("P") else "item",
        "id": row["id"],
        "labels": {"en": text(row["label"])},
        "descriptions": {},
        "aliases": {"en": aliases} if aliases else {},
        "claims": {},
    }


# ------------------------------------------------------------------------------------------------- faults


@dataclass(frozen=True, slots=True)
class Fault:
    """How an answer goes wrong. Without a body it is the right one, as far as it comes."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut: bool = False
    reset: bool = False
    wait: float = 0.0
    """Seconds before the answer begins."""
    drip: float = 0.0
    """Seconds between two bytes."""


_JSON = {"Content-Type": "application/json; charset=utf-8"}
_PAGE = {"Content-Type": "text/html; charset=utf-8"}
_ERROR_PAGE = b"<!DOCTYPE html><html lang=en><title>Error</title><p>Our servers are under maintenance.</html>"


def too_many_requests(retry_after: str | None = None) -> Fault:
    return Fault(429, _PAGE | _after(retry_after), b"<html>Too many requests</html>")


def unavailable(retry_after: str | None = None) -> Fault:
    return Fault(503, _PAGE | _after(retry_after), _ERROR_PAGE)


def server_error() -> Fault:
    return Fault(500, _PAGE, _ERROR_PAGE)


def forbidden() -> Fault:
    return Fault(403, {"Content-Type": "text/plain"}, b"Please set a user-agent.")


def maxlag(retry_after: str | None = "5", lag: float | str = 7.25) -> Fault:
    """As https://www.mediawiki.org/wiki/Manual:Maxlag_parameter has it: with status 200."""
    body = {"code": "maxlag", "info": f"Waiting for all: {lag} seconds lagged.", "host": "all", "lag": lag}
    headers = {"MediaWiki-API-Error": "maxlag", "X-Database-Lag": "7"} | _after(retry_after)
    return error(body | {"type": "wikibase-queryservice", "queryserviceLag": 626}, headers)


def no_such_entity(id: str = "X5") -> Fault:
    text = f'Could not find an entity with the ID "{id}".'
    return error({"code": "no-such-entity", "info": text, "id": id})


def too_many_values() -> Fault:
    text = f'Too many values supplied for parameter "ids". The limit is {LIMIT}.'
    limits = {"parameter": "ids", "limit": LIMIT, "lowlimit": LIMIT, "highlimit": 500}
    return error({"code": "toomanyvalues", "info": text} | limits)


def error(body: Mapping[str, Any], headers: Mapping[str, str] = {}) -> Fault:
    return Fault(
        200,
        {**_JSON, "MediaWiki-API-Error": str(body["code"]), **headers},
        json.dumps({"error": {**body, "*": "See /w/api.php for API usage."}, "servedby": "mw1"}).encode(),
    )


def html() -> Fault:
    return Fault(200, _PAGE, _ERROR_PAGE)


def cut() -> Fault:
    return Fault(cut=True)


def reset() -> Fault:
    return Fault(reset=True)


def slow(seconds: float) -> Fault:
    return Fault(wait=seconds)


def dripping(seconds: float) -> Fault:
    return Fault(drip=seconds)


def elsewhere(address: str, status: int = 302) -> Fault:
    return Fault(status, {"Location": address}, b"")


def body(content: bytes | str | Any, headers: Mapping[str, str] = _JSON) -> Fault:
    """An answer of this content: bytes as they are, anything else as JSON."""
    return Fault(200, headers, content if isinstance(content, bytes) else json.dumps(content).encode())


def empty_search() -> Fault:
    return body({"searchinfo": {"search": ""}, "search": [], "success": 1})


def _after(seconds: str | None) -> Mapping[str, str]:
    return {} if seconds is None else {"Retry-After": seconds}


# ------------------------------------------------------------------------------------------------- server


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came: its head line by line, and its parameters, of the address or the body."""

    head: tuple[str, ...]
    parameters: Mapping[str, str]
    body: str

    @property
    def ids(self) -> list[str]:
        return self.parameters.get("ids", "").split("|")

    def header(self, name: str) -> str | None:
        """The value of a header of the request."""
        found = [
            line.partition(": ")[2] for line in self.head if line.lower().startswith(f"{name.lower()}: ")
        ]
        return found[0] if found else None


class Wikidata:
    """The server, for the length of a `with`. Change what it knows by `change`, `redirect` and `delete`."""

    def __init__(self, entities: Iterable[Mapping[str, Any]]) -> None:
        self.entities = {entity["id"]: entity for entity in entities}
        self.redirects: dict[str, str] = {}
        self.seen: list[Seen] = []
        self.faults: deque[Fault] = deque()
        self.always: Fault | None = None
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Wikidata:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def api(self) -> str:
        return f"{self.root}/w/api.php"

    @property
    def sparql(self) -> str:
        return f"{self.root}/sparql"

    def settings(self, cache_dir: Path, *, contact: str = "desk@example.org") -> Settings:
        """Settings that name this server."""
        return Settings(
            cache_dir=cache_dir,
            online=True,
            contact=contact,
            wikidata_api=self.api,
            wikidata_sparql=self.sparql,
        )

    def fail(self, *faults: Fault) -> None:
        """The next answers go wrong in these ways, in turn."""
        self.faults.extend(faults)

    def redirect(self, old: str, new: str) -> None:
        """An id is merged into another."""
        self.redirects[old] = new

    def delete(self, id: str) -> None:
        """An entity is there no more."""
        self.entities.pop(id, None)

    def change(self, id: str, **parts: Any) -> None:
        """An entity says something else from now on."""
        self.entities[id] = {
            **self.entities.get(id, {"id": id, "type": "item", "labels": {}, "claims": {}}),
            **parts,
        }

    # ------------------------------------------------------------------------------------ right answers

    def answer(self, path: str, parameters: Mapping[str, str]) -> Fault:
        """The right answer, by the address."""
        if path.endswith("/sparql"):
            return self._query(parameters.get("query", ""))
        action = parameters.get("action")
        if action == "wbgetentities":
            return self._entities(parameters)
        if action == "wbsearchentities":
            return self._search(parameters)
        return error({"code": "badvalue", "info": f'Unrecognized value for parameter "action": {action}.'})

    def _entities(self, parameters: Mapping[str, str]) -> Fault:
        ids = parameters.get("ids", "").split("|")
        if len(ids) > LIMIT:
            return too_many_values()
        wrong = [id for id in ids if not _ID.fullmatch(id) or int(id[1:]) > _LARGEST]
        if wrong:
            return no_such_entity(wrong[0])
        props = parameters.get("props", "info|sitelinks|aliases|labels|descriptions|claims|datatype").split(
            "|"
        )
        return body({"entities": {id: self._entity(id, props) for id in dict.fromkeys(ids)}, "success": 1})

    def _entity(self, asked: str, props: list[str]) -> Mapping[str, Any]:
        id = self.redirects.get(asked, asked)
        if id not in self.entities:
            return {"id": asked, "missing": ""}
        number = int(id[1:])
        # Page and revision numbers are the server's own.
        entity = {
            "pageid": number,
            "ns": 0,
            "title": id,
            "lastrevid": number,
            "modified": "2020-06-01T00:00:00Z",
        }
        entity |= self.entities[id]
        if id != asked:
            entity["redirects"] = {"from": asked, "to": id}
        left_out = {
            part for part in ("aliases", "labels", "descriptions", "claims", "datatype") if part not in props
        }
        left_out |= set(_INFO) if "info" not in props else set()
        return {key: value for key, value in entity.items() if key not in left_out}

    def _search(self, parameters: Mapping[str, str]) -> Fault:
        wanted, language = parameters["search"], parameters["language"]
        limit = min(int(parameters.get("limit", "7")), LIMIT)
        start = wanted.casefold()
        found = sorted(self._found(start, language), key=lambda hit: (hit[0], int(hit[1]["id"][1:])))
        hits: dict[str, Mapping[str, Any]] = {}
        for _, hit in found:
            hits.setdefault(hit["id"], hit)
        answer: dict[str, Any] = {"searchinfo": {"search": wanted}, "search": list(hits.values())[:limit]}
        if len(hits) > limit:
            answer["search-continue"] = limit
        return body(answer | {"success": 1})

    def _found(self, start: str, language: str) -> Iterator[tuple[tuple[bool, bool], dict[str, Any]]]:
        """Each name that begins so, with how well it fits: whole names first, and labels before aliases."""
        for entity in self.entities.values():
            if entity["type"] != "item":
                continue
            label = entity["labels"].get(language, {}).get("value")
            names = [("label", label)] if label else []
            names += [("alias", name["value"]) for name in (entity.get("aliases") or {}).get(language, ())]
            for kind, name in names:
                if name.casefold().startswith(start):
                    fit = (name.casefold() != start, kind == "alias")
                    yield fit, self._hit(entity, label, kind, name, language)

    def _hit(
        self, entity: Mapping[str, Any], label: str | None, kind: str, name: str, language: str
    ) -> dict[str, Any]:
        id = entity["id"]
        hit = {
            "id": id,
            "title": id,
            "pageid": int(id[1:]),
            "concepturi": f"http://www.wikidata.org/entity/{id}",
            "repository": "wikidata",
            "url": f"//www.wikidata.org/wiki/{id}",
        }
        if label is not None:
            hit["label"] = label
        description = (entity.get("descriptions") or {}).get(language, {}).get("value")
        if description is not None:
            hit["description"] = description
        hit["match"] = {"type": kind, "language": language, "text": name}
        if kind == "alias":
            hit["aliases"] = [name]
        return hit

    def _query(self, query: str) -> Fault:
        try:
            results = self._store.query(query)
        except SyntaxError as exc:
            return Fault(400, {"Content-Type": "text/plain"}, f"MalformedQueryException: {exc}".encode())
        content: Any = results.serialize(format=QueryResultsFormat.JSON)
        return Fault(200, {"Content-Type": "application/sparql-results+json;charset=utf-8"}, content)

    @cached_property
    def _store(self) -> Any:
        return load(self.entities.values())

    # ------------------------------------------------------------------------------------ one request

    def handle(self, path: str, seen: Seen) -> Fault:
        """The answer to a request; what a fault leaves open is that of the right one."""
        with self._lock:
            self.seen.append(seen)
            fault = self.faults.popleft() if self.faults else self.always
        if fault is not None and fault.body is not None:
            return fault
        right = self.answer(path, seen.parameters)
        if fault is None:
            return right
        return Fault(fault.status, right.headers, right.body, fault.cut, fault.reset, fault.wait, fault.drip)

    def count(self, step: int) -> None:
        """One more request is at work, or one less."""
        with self._lock:
            self.at_once += step
            self.most_at_once = max(self.most_at_once, self.at_once)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *arguments: Any) -> None:
        """Say nothing: a client that goes is what some tests are about."""


def _handler(wikidata: Wikidata) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 10

        def do_GET(self) -> None:
            self._do("")

        def do_POST(self) -> None:
            self._do(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode())

        def _do(self, posted: str) -> None:
            wikidata.count(1)
            try:
                self._answer(posted)
            except OSError:
                self.close_connection = True  # the client has gone
            finally:
                wikidata.count(-1)

        def _answer(self, posted: str) -> None:
            parts = urlsplit(self.path)
            head = (self.requestline, *(f"{key}: {value}" for key, value in self.headers.items()))
            parameters = dict(parse_qsl(posted or parts.query, keep_blank_values=True))
            answer = wikidata.handle(parts.path, Seen(head, parameters, posted))
            if answer.wait:
                time.sleep(answer.wait)
            if answer.reset:
                # With no time to linger, closing sends a reset.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                return
            content = answer.body or b""
            self.send_response(answer.status)
            for key, value in answer.headers.items():
                self.send_header(key, value)
            if "gzip" in self.headers.get("Accept-Encoding", "") and "Content-Encoding" not in answer.headers:
                content = gzip.compress(content, 1)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if answer.cut:
                self.wfile.write(content[: len(content) // 2])
                self.close_connection = True
                return
            self._write(content, answer.drip)

        def _write(self, content: bytes, drip: float) -> None:
            if not drip:
                self.wfile.write(content)
                return
            for byte in content:
                self.wfile.write(bytes([byte]))
                time.sleep(drip)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    return Handler
