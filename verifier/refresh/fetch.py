"""Brings what a source shows to this machine, whole or not at all: a file, an address, a query's answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType

from verifier.errors import SourceError, UsageError
from verifier.night import Feed, FeedKind
from verifier.settings import Settings, require_contact
from verifier.sources.http.manners import Again, Manners
from verifier.sources.http.patience import Patience
from verifier.sources.http.redirects import host
from verifier.sources.http.transport import TooLarge, Transport

__all__ = ["LARGEST", "NIGHTLY", "Fetcher", "RawFile", "is_page"]

LARGEST = 2 * 1024**3
"""Bytes of a source, unpacked: more is a mistake, or somebody who wants to fill the disk."""
NIGHTLY = Patience(
    tries=4,
    read=60.0,
    whole=900.0,
    longest_wait=300.0,
    backoff=5.0,
    largest=LARGEST,
)
"""At night nobody waits: longer waits than for a draft, and a quarter of an hour for one answer.

Wikidata's query service lets a client have a minute of its time in each minute, and says `Retry-After` beyond
that: https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual#Query_limits
"""

_LONGEST_LINE = 2_000
"""Characters of a query that is sent in the address; a longer one is posted."""
_LONGEST_QUERY = 1 << 20
_ACCEPT = {
    FeedKind.CSV: "text/csv, text/tab-separated-values;q=0.9, text/plain;q=0.8, */*;q=0.5",
    FeedKind.JSON: "application/json, application/x-ndjson;q=0.9, */*;q=0.5",
    # The end of JSON can be told, so that a cut answer is noticed even where the connection does not show it.
    FeedKind.SPARQL: "application/sparql-results+json, text/csv;q=0.5",
}
_HEAD = 4096
_BLANK = b" \t\r\n\xef\xbb\xbf\0"
_PAGE = re.compile(rb"<(!doctype|!--|\?xml|html|head|body|title|meta|script)", re.IGNORECASE)
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class RawFile:
    """What a source showed, as it came; it may be packed by gzip."""

    path: Path
    kind: FeedKind
    media: str = ""
    """Media type as the service gave it, with its parameters; "" if none did."""
    origin: str = ""
    """How messages name it: the host, or the path as `sources.toml` has it."""


Progress = Callable[[int, int | None], None]
"""Is told how many bytes came, and how many come in all, if that is known."""


class Fetcher:
    """Fetches the sources of a night, one after the other; a service that wants to be left alone is.

    `trace` is given every line that leaves.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        patience: Patience = NIGHTLY,
        trace: Callable[[str], None] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._settings = settings
        self._contact = settings.contact.strip()
        self._transport = Transport(self._contact, trace=trace)
        self._manners = Manners(patience)
        self._progress = progress

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def fetch(self, feed: Feed, *, folder: Path, base: Path) -> RawFile:
        """What the source shows now. `folder` takes the file of an answer; a path is read where it is.

        Paths are from `base`, the folder of `sources.toml`. An address may send us to other hosts, but from
        `https` never to `http`, and from the public net never to a private one; a query service may not.
        Raises `SourceError` in one sentence if it cannot be had whole.
        """
        if feed.kind is FeedKind.SPARQL:
            query = _query(_path(feed.address, base), feed.address)
            endpoint = feed.endpoint or self._settings.wikidata_sparql
            return self._download(feed, endpoint, {"query": query}, folder)
        if re.match(r"https?://", feed.address, re.IGNORECASE):
            return self._download(feed, feed.address, {}, folder)
        path = _path(feed.address, base)
        try:
            is_file, is_there = path.is_file(), path.exists()
        except OSError as exc:
            raise SourceError(f"{feed.address}: it cannot be read: {exc.strerror}: mend its path") from exc
        if not is_file:
            what = "it is no file" if is_there else "there is no such file"
            raise SourceError(f"{feed.address}: {what}: the path is taken from the folder of sources.toml")
        return RawFile(path, feed.kind, origin=feed.address)

    def _download(self, feed: Feed, address: str, parameters: dict[str, str], folder: Path) -> RawFile:
        name, path = host(address), folder / f"{feed.name}.raw"
        try:
            if parameters or self._contact:
                require_contact(self._contact)
            with _File(path, self._progress) as sink:
                once = partial(self._once, feed, address, parameters, sink)
                media = self._manners.ask(name, once)
        except UsageError as exc:
            raise SourceError(f"{name}: {exc}") from exc
        except TooLarge as exc:
            path.unlink(missing_ok=True)
            raise SourceError(f"{exc}: ask it for less") from exc
        except SourceError as exc:
            path.unlink(missing_ok=True)
            raise SourceError(
                f"{exc}: the next run tries again; if it stays so, see whether its address is still right"
            ) from exc
        return RawFile(path, feed.kind, media=media, origin=name)

    def _once(self, feed: Feed, address: str, parameters: dict[str, str], sink: _File) -> str:
        """One try; the media type of the answer."""
        name, query = host(address), feed.kind is FeedKind.SPARQL
        send = partial(
            self._transport.send,
            address,
            parameters,
            accept=_ACCEPT[feed.kind],
            posted=sum(map(len, parameters.values())) > _LONGEST_LINE,
            limits=self._manners.limits(query=query),
            sink=sink,
            roam=not query,
        )
        media = self._manners.reply(name, send, query=query).headers.get("Content-Type", "")
        head, tail = sink.ends()
        if is_page(head, feed.kind):
            raise Again("it answers with a web page instead of data")
        if _is_json(feed, media) and not head.startswith(_GZIP) and tail[-1:] not in (b"}", b"]"):
            if query and tail:  # the service ended it, and another try costs it as much again
                raise SourceError(f"{name}: its answer is cut: the query may take it too long")
            raise Again("its answer is cut" if tail else "its answer is empty")
        return media


def is_page(head: bytes, kind: FeedKind) -> bool:
    """Whether a file that begins so is a web page, and not what was asked for."""
    start = head.lstrip(_BLANK)
    return start.startswith(b"<") if kind is FeedKind.JSON else _PAGE.match(start) is not None


class _File:
    """Where an answer goes; each try begins it anew."""

    def __init__(self, path: Path, progress: Progress | None) -> None:
        self._path = path
        self._progress = progress
        self._size = 0
        self._length: int | None = None

    def __enter__(self) -> _File:
        try:
            self._file = self._path.open("w+b", buffering=0)
        except OSError as exc:
            raise self._no_room(exc) from exc
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def begin(self, length: int | None) -> None:
        try:
            if self._size:
                self._file.truncate(0)
            self._file.seek(0)
        except OSError as exc:
            raise self._no_room(exc) from exc
        self._size, self._length = 0, length

    def write(self, data: bytes, /) -> None:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as exc:
            raise self._no_room(exc) from exc
        self._size += len(data)
        if self._progress is not None:
            self._progress(self._size, self._length)

    def ends(self) -> tuple[bytes, bytes]:
        """How the answer begins and ends, without blanks at its end."""
        self._file.seek(0)
        head = self._file.read(_HEAD)
        self._file.seek(max(0, self._size - _HEAD))
        return head, self._file.read(_HEAD).rstrip(_BLANK)

    def _no_room(self, error: OSError) -> SourceError:
        return SourceError(f"{self._path}: it cannot be written: {error.strerror or error}")


def _path(address: str, base: Path) -> Path:
    """Where a path of `sources.toml` leads; `~` is a home. Raises `SourceError` if that is nowhere."""
    try:
        return base / Path(address).expanduser()
    except RuntimeError as exc:  # no such user
        raise SourceError(f"{address}: there is no such home folder: write the whole path") from exc


def _query(path: Path, name: str) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            query = file.read(_LONGEST_QUERY)
    except FileNotFoundError as exc:
        raise SourceError(f"{name}: there is no such file of a query in the folder of sources.toml") from exc
    except (OSError, ValueError) as exc:  # ValueError: not UTF-8, or a NUL in the path
        raise SourceError(f"{name}: the query cannot be read: {exc}") from exc
    if not query.strip():
        raise SourceError(f"{name}: there is no query in it")
    return query


def _is_json(feed: Feed, media: str) -> bool:
    return feed.kind is not FeedKind.CSV and "csv" not in media.casefold()
