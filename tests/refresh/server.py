"""A small source on this machine: files that it serves, a query service beside them, and the faults of both.

    with Source(fixture()) as source:
        address = source.put("rows.csv", "id;city\\nQ1;Bonn\\n")
        source.always = html()                    # every answer, until it is None again
        source.put("rows.csv", halved(text))      # the source itself goes wrong

It is a real server on the loopback interface; `seen` has every request as it came.
"""

from __future__ import annotations

import csv
import gzip
import io
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.wikidata.server import (
    Fault,
    Wikidata,
    body,
    cut,
    dripping,
    elsewhere,
    forbidden,
    html,
    reset,
    server_error,
    slow,
    too_many_requests,
    unavailable,
)

__all__ = [
    "Fault",
    "Source",
    "body",
    "changed_rows",
    "cut",
    "cut_gzip",
    "cut_without_length",
    "doubled",
    "dripping",
    "elsewhere",
    "empty_answer",
    "forbidden",
    "halved",
    "html",
    "no_gzip",
    "one_doubled",
    "reset",
    "server_error",
    "slow",
    "speaking",
    "too_many_requests",
    "unavailable",
    "with_value",
    "without_column",
    "without_rows",
]

CSV, JSON = "text/csv; charset=utf-8", "application/json"


class Source(Wikidata):
    """The server, for the length of a `with`: files by their path, and `/sparql` over the entities."""

    def __init__(self, entities: Iterable[Mapping[str, Any]] = ()) -> None:
        super().__init__(entities)
        self._files: dict[str, Fault] = {}

    def put(self, name: str, content: str | bytes, media: str = CSV) -> str:
        """Serve this under a name from now on; its address."""
        data = content.encode() if isinstance(content, str) else content
        self._files[f"/{name}"] = Fault(200, {"Content-Type": media}, data)
        return f"{self.root}/{name}"

    def answer(self, path: str, parameters: Mapping[str, str]) -> Fault:
        """A file, else what a Wikidata says."""
        if path in self._files:
            return self._files[path]
        if path.endswith(("/sparql", "/w/api.php")):
            return super().answer(path, parameters)
        return Fault(404, {"Content-Type": "text/html"}, b"<!DOCTYPE html><title>Not found</title>")


# ------------------------------------------------------------------------------------------- answers


def empty_answer() -> Fault:
    """Nothing at all, with a good status."""
    return Fault(200, {"Content-Type": CSV}, b"")


def no_gzip() -> Fault:
    """Called gzip, and not packed so."""
    return Fault(200, {"Content-Type": CSV, "Content-Encoding": "gzip"}, b"id;city\n")


def cut_gzip(content: str) -> Fault:
    """All bytes that were announced, and the end of the packed stream is not among them."""
    return Fault(200, {"Content-Type": CSV, "Content-Encoding": "gzip"}, gzip.compress(content.encode())[:-9])


def cut_without_length(content: str) -> bytes:
    """A whole HTTP answer in chunks, of which the last does not come; for `speaking`."""
    data = content.encode()
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n"
        + f"{len(data):x}\r\n".encode()
        + data
        + b"\r\n"
    )


@contextmanager
def speaking(answer: bytes) -> Iterator[str]:
    """A server that says these bytes to whoever comes, and hangs up; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.02)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    client, _ = listener.accept()
                except TimeoutError:
                    continue
                with client:
                    client.settimeout(5)
                    client.recv(65_536)
                    client.sendall(answer)
                    client.shutdown(socket.SHUT_WR)
                    while client.recv(65_536):
                        pass

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/rows.csv"
        finally:
            stop.set()
            thread.join()


# ------------------------------------------------------------------------------------------- the table itself


def changed_rows(
    text: str, change: Callable[[list[str], list[list[str]]], tuple[list[str], list[list[str]]]]
) -> str:
    """A CSV text with another header and other rows."""
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    header, *rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header, rows = change(header, rows)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def halved(text: str) -> str:
    """Every other row."""
    return changed_rows(text, lambda header, rows: (header, rows[::2]))


def doubled(text: str) -> str:
    """Every row twice."""
    return changed_rows(text, lambda header, rows: (header, [row for row in rows for _ in range(2)]))


def one_doubled(text: str, column: str, **other: str) -> str:
    """The first row once more, with other cells but the same id."""

    def change(header: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
        again = [
            other.get(name, f"{cell} again" if name == column else cell)
            for name, cell in zip(header, rows[0], strict=True)
        ]
        return header, [*rows, again]

    return changed_rows(text, change)


def without_column(text: str, column: str) -> str:
    """The same without a column."""

    def change(header: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
        at = header.index(column)
        return [*header[:at], *header[at + 1 :]], [[*row[:at], *row[at + 1 :]] for row in rows]

    return changed_rows(text, change)


def with_value(text: str, row: int, column: str, value: str) -> str:
    """The same with another value in one cell; rows from 0."""

    def change(header: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
        rows[row][header.index(column)] = value
        return header, rows

    return changed_rows(text, change)


def without_rows(text: str) -> str:
    """The header alone."""
    return changed_rows(text, lambda header, rows: (header, []))
