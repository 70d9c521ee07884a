"""Web addresses: what is asked, what never is, and as what an answer is read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests import formats
from tests.readers.test_documents import DRAFT
from verifier.cli.inputs import read_inputs
from verifier.errors import InputError, UsageError
from verifier.model import Document
from verifier.readers import markdown
from verifier.readers.web import PATIENCE, read_address
from verifier.settings import Settings
from verifier.sources.http import redirects

ONLINE = Settings(Path("unused"), online=True, contact="desk@example.org")
Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def site(**answers: Answer) -> Iterator[tuple[str, list[str]]]:
    """A server on this machine with these pages, and the requests that it saw."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(f"{self.path} {self.headers['User-Agent']} {self.headers['Cookie']}")
            status, headers, body = answers.get(self.path[1:].partition(".")[0], (404, {}, b""))
            self.send_response(status)
            for key, value in (headers | {"Content-Length": str(len(body))}).items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *given: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", seen
        finally:
            server.shutdown()
            thread.join()


def typed(media: str, body: bytes) -> Answer:
    """A good answer of this media type."""
    return 200, {"Content-Type": media}, body


def from_site(address: str, **options: object) -> Document:
    """Read an address of this machine, which is allowed here."""
    return read_address(address, settings=ONLINE, public_only=False, **options)  # type: ignore[arg-type]


def test_an_answer_is_read_by_its_media_type() -> None:
    """Or by the name of the page, where a server does not know it."""
    with site(
        page=typed("text/html; charset=utf-8", formats.page(DRAFT)),
        pdf=typed("application/pdf", formats.pdf(DRAFT)),
        word=typed("application/octet-stream", formats.docx(DRAFT)),
        text=typed(
            "text/plain; charset=iso-8859-1", "Pristina is the capital of Kosovo. \u00e9".encode("latin-1")
        ),
        draft=typed("text/plain", b"---\ndate: 2021-02-01\n---\nPristina is the capital of Kosovo."),
    ) as (address, seen):
        for name in ("page", "pdf", "word.docx", "text", "draft.md"):
            document = from_site(f"{address}/{name}")
            assert "Pristina is the capital of Kosovo." in document.text
            assert document.name == f"{address}/{name}"
    assert all("(desk@example.org)" in line and line.endswith(" None") for line in seen)


def test_a_page_of_the_web_does_not_say_what_to_ignore() -> None:
    """Whoever wrote it is not who reads it; a file is the editor's own."""
    body = b"<!-- verifier: off -->\nPristina is the capital of Kosovo.\n"
    assert markdown.read(body, "draft.md").marks
    with site(draft=typed("text/plain", body)) as (address, _):
        assert from_site(f"{address}/draft.md").marks == ()


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ((404, {}, b""), "status 404"),
        (typed("image/png", b"x"), "it is image/png, which is not read"),
        (typed("text/html", b"<div id=root></div>"), "there is no prose in it"),
        ((302, {"Location": "ftp://example.org/"}, b""), "which is not followed"),
        ((302, {"Location": "/x"}, b""), "it sends in a circle"),
        (typed("text/html", b"x" * 3000), "more than 2000 bytes"),
    ],
)
def test_what_is_no_document_is_an_error_of_the_input(answer: Answer, problem: str) -> None:
    """With the address and the reason."""
    from dataclasses import replace

    patience = replace(PATIENCE, largest=2000, tries=1)
    with site(x=answer) as (address, _), pytest.raises(InputError) as caught:
        from_site(f"{address}/x", patience=patience)
    assert problem in str(caught.value)
    assert str(caught.value).startswith(f"{address}/x: ")


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "localhost",
            "[::1]",
            "0.0.0.0",
            "10.0.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "2130706433",
        ),
        *(
            "[::ffff:127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[fd00::1]",
            "intranet",
            "printer.local",
        ),
    ],
)
def test_nothing_private_is_asked(host: str) -> None:
    """Under whatever name."""
    lines: list[str] = []
    with pytest.raises(InputError, match="it is on a private network, which is not asked"):
        read_address(f"http://{host}:1/x", settings=ONLINE, trace=lines.append)
    assert lines == []


def test_a_name_that_turns_out_private_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """One whose address is another when it is connected to than when it was looked up."""
    from verifier.sources.http import transport

    monkeypatch.setattr(transport, "is_public", lambda name: True)
    with site(x=typed("text/html", b"<p>A secret.</p>")) as (address, seen):
        with pytest.raises(InputError, match="it is on a private network"):
            read_address(f"{address}/x", settings=ONLINE)
        assert seen == []


def test_a_public_page_cannot_send_to_a_private_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where the first host counts as public."""
    monkeypatch.setattr(redirects, "is_public", lambda name: name == "127.0.0.1")
    with site(x=(302, {"Location": "https://localhost:1/secret"}, b"")) as (address, seen):
        with pytest.raises(InputError, match="it sends to a private network"):
            from_site(f"{address}/x")
        assert len(seen) == 1


def test_nothing_leaves_without_being_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offline, or without a contact."""
    monkeypatch.setattr("socket.getaddrinfo", None)
    with pytest.raises(InputError, match=r"read only with --online .a request is sent to example.org"):
        read_address("https://example.org/page", settings=Settings(Path("unused")))
    with pytest.raises(UsageError, match="VERIFIER_CONTACT"):
        read_address("https://example.org/page", settings=Settings(Path("unused"), online=True))


@pytest.mark.parametrize(
    "address", ["ftp://example.org/x", "file:///etc/passwd", "https://", "http://[x/", "javascript://x"]
)
def test_only_web_addresses_are_read(address: str) -> None:
    """Never a file of this machine, nor another protocol."""
    with pytest.raises(InputError, match="web address"):
        read_address(address, settings=ONLINE)


def test_a_password_is_not_shown() -> None:
    """In no name of a document, nor in a message."""
    with pytest.raises(InputError) as caught:
        read_address("https://me:secret@localhost/x", settings=ONLINE)
    assert "secret" not in str(caught.value)


def test_an_address_is_an_input_of_its_own() -> None:
    """Beside files and claims."""
    asked: list[str] = []

    def fetch(address: str) -> Document:
        asked.append(address)
        return Document("A text.", name=address)

    batches = read_inputs(["https://example.org/a?b=c", "Oslo is a city."], read_address=fetch)
    assert asked == ["https://example.org/a?b=c"]
    assert [name for name, _ in batches] == ["https://example.org/a?b=c", ""]
