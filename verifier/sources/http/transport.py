"""Sends one request to a web service, reads its answer to the end, and shows what leaves."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from verifier.errors import SourceError
from verifier.sources.http.packing import NotPacked, unpacked
from verifier.sources.http.redirects import host, moved
from verifier.version import __version__

if TYPE_CHECKING:
    import requests

__all__ = ["Denied", "Limits", "NoReply", "Reply", "Sink", "TooLarge", "Transport"]

_HOPS = 3
"""Redirects that are followed within the same host."""
_HOPS_ROAMING = 5
_CHUNK = 1 << 16
_NO_BODY = 1 << 20
"""Bytes of an answer that are read where only a good one is wanted."""


class Denied(SourceError):
    """The service works, and only this cannot be had of it."""


class TooLarge(Denied):
    """The answer is larger than may be; less might be asked at once."""


class NoReply(Exception):
    """No whole answer came; another try may do. `late` if it was only not there in time."""

    def __init__(self, problem: str, *, late: bool) -> None:
        self.late = late
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, without a byte, and until the last byte; and bytes of the answer, unpacked."""

    connect: float
    read: float
    whole: float
    largest: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came; the names of the headers in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Sink(Protocol):
    """Where the body of a good answer goes instead of into memory."""

    def begin(self, length: int | None) -> None:
        """A new answer comes, of so many bytes if that is known; what came before it is void."""

    def write(self, data: bytes, /) -> object:
        """The next bytes, unpacked. May raise `SourceError`."""


class Transport:
    """Connections to web services. Not safe for threads at once.

    No cookie is kept, no password of `~/.netrc` is sent, no other host is gone to unless that is allowed.
    `trace` is given every line that leaves, and a line about each answer; a password in the address is not
    shown.
    """

    def __init__(self, contact: str, *, trace: Callable[[str], None] | None) -> None:
        self.made = 0
        self._contact = contact
        self._trace = trace
        self._session: requests.Session | None = None
        self._connections: weakref.WeakSet[Any] = weakref.WeakSet()

    def send(
        self,
        address: str,
        parameters: Mapping[str, str],
        *,
        accept: str,
        posted: bool,
        limits: Limits,
        sink: Sink | None = None,
        roam: bool = False,
    ) -> Reply:
        """The answer; with a `sink`, the body of one with status 200 is there. `roam`: see `redirects.moved`.

        Raises `NoReply`, `TooLarge`, or `SourceError` if the request cannot be sent at all.
        """
        import requests

        try:
            request = self._open().prepare_request(
                requests.Request(
                    "POST" if posted else "GET",
                    address,
                    params=None if posted else parameters,
                    data=parameters if posted else None,
                    headers={"Accept": accept},
                )
            )
        except (requests.RequestException, ValueError) as exc:
            raise SourceError(f"{host(address)}: the request cannot be made: {type(exc).__name__}") from exc
        for _ in range((_HOPS_ROAMING if roam else _HOPS) + 1):
            reply = self._send(request, limits, sink)
            target = reply.headers.get("Location", "")
            if reply.status not in (301, 302, 303, 307, 308) or not target:
                return reply
            request = moved(request, target, roam=roam, first=host(address))
        raise SourceError(f"{host(address)}: it sends in a circle")

    def tell(self, line: str) -> None:
        """Tell the trace something."""
        if self._trace is not None:
            self._trace(line)

    def close(self) -> None:
        """Close the connections; they are opened again when they are needed again."""
        if self._session is not None:
            self._session.close()

    def _send(self, request: requests.PreparedRequest, limits: Limits, sink: Sink | None) -> Reply:
        import requests
        import urllib3

        session = self._open()
        self.made += 1
        self._show(request)
        started = time.monotonic()
        size, body = 0, bytearray()
        with _Deadline(self._connections, limits.whole) as deadline:
            try:
                options: Any = session.merge_environment_settings(request.url or "", {}, True, None, None)
                with session.send(
                    request, allow_redirects=False, timeout=(limits.connect, limits.read), **options
                ) as response:
                    if sink is not None and response.status_code == 200:
                        sink.begin(_length(response.headers))
                        put, largest = sink.write, limits.largest
                    else:
                        put, largest = body.extend, limits.largest if sink is None else _NO_BODY
                    packed = response.raw.stream(_CHUNK, decode_content=False)
                    for chunk in unpacked(packed, response.headers.get("Content-Encoding", ""), _CHUNK):
                        size += len(chunk)
                        if size > largest:
                            break
                        put(chunk)
            except (requests.RequestException, urllib3.exceptions.HTTPError, NotPacked, OSError) as exc:
                problem, late = f"no whole answer within {limits.whole:g} seconds", True
                if not deadline.passed:
                    problem, late = _problem(exc), isinstance(exc, requests.Timeout)
                self.tell(f"< {problem}, {time.monotonic() - started:.3f} s")
                raise NoReply(problem, late=late) from exc
            except ValueError as exc:  # `requests` looks where a redirect leads
                raise SourceError(f"{host(request.url or '')}: it sends to what is no address") from exc
        self.tell(f"< {response.status_code}, {size} bytes, {time.monotonic() - started:.3f} s")
        if size > limits.largest:
            raise TooLarge(f"{host(request.url or '')}: its answer has more than {limits.largest} bytes")
        return Reply(response.status_code, response.headers, bytes(body))

    def _open(self) -> requests.Session:
        if self._session is None:
            from http.cookiejar import DefaultCookiePolicy

            import requests

            session = requests.Session()
            session.headers.clear()
            who = f" ({self._contact})" if self._contact else ""
            session.headers["User-Agent"] = f"verifier/{__version__}{who} requests/{requests.__version__}"
            session.headers["Accept-Encoding"] = "gzip"
            session.auth = _own_password  # else one for the host in ~/.netrc would be sent
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            adapter = _adapter(self._connections)
            session.mount("http://", adapter)
            session.mount("https://", adapter)
            weakref.finalize(self, session.close)
            self._session = session
        return self._session

    def _show(self, request: requests.PreparedRequest) -> None:
        """Every line of the request as it leaves."""
        if self._trace is None:
            return
        parts = urlsplit(request.url or "")
        place = parts.netloc.rpartition("@")[2]
        self._trace(f"# to {parts.scheme}://{place}")
        self._trace(f"> {request.method} {request.path_url} HTTP/1.1")
        self._trace(f"> Host: {place}")
        for key, value in request.headers.items():
            self._trace(f"> {key}: {'(not shown)' if key.lower() == 'authorization' else value}")
        self._trace(">")
        if request.body:
            body = request.body
            self._trace(f"> {body.decode('ascii') if isinstance(body, bytes) else body}")


def _length(headers: Mapping[str, str]) -> int | None:
    """How many bytes come, if they come as they are."""
    text = headers.get("Content-Length", "")
    return int(text) if text.isdecimal() and not headers.get("Content-Encoding") else None


class _Deadline:
    """Ends a request that takes too long as a whole, however slowly its bytes come in."""

    def __init__(self, connections: weakref.WeakSet[Any], seconds: float) -> None:
        self.passed = False
        self._connections = connections
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        import socket

        self.passed = True
        for connection in list(self._connections):
            if connection.sock is not None:
                try:
                    connection.sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # it is closed already


def _adapter(connections: weakref.WeakSet[Any]) -> Any:
    """How `requests` connects, with the connections remembered, so that a deadline can end them."""
    from requests.adapters import HTTPAdapter

    class Remembering(HTTPAdapter):
        def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> Any:
            pool: Any = super().get_connection_with_tls_context(*arguments, **options)
            if "ConnectionCls" not in vars(pool):
                kind = pool.ConnectionCls

                def connect(*given: Any, **more: Any) -> Any:
                    connection = kind(*given, **more)
                    connections.add(connection)
                    return connection

                pool.ConnectionCls = connect
            return pool

    return Remembering()


def _own_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """The request with the name and password of its address, if there are any."""
    from requests.auth import HTTPBasicAuth
    from requests.utils import get_auth_from_url

    name, password = get_auth_from_url(request.url or "")
    return HTTPBasicAuth(name, password)(request) if name or password else request


def _problem(error: Exception) -> str:
    """What went wrong with a connection, in words that name no object of the program."""
    import requests
    import urllib3

    inner = error if isinstance(error, urllib3.exceptions.HTTPError) else next(iter(error.args), None)
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return "it cannot be reached in time"
    if isinstance(error, requests.exceptions.Timeout) or isinstance(inner, urllib3.exceptions.TimeoutError):
        return "it does not answer in time"
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        return "its certificate is not accepted"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not let the request pass"
    if isinstance(inner, urllib3.exceptions.ProtocolError):
        return "the connection broke before the answer was whole"
    if isinstance(error, NotPacked):
        return "its answer cannot be unpacked"
    if isinstance(error, requests.exceptions.ConnectionError):
        return "it cannot be reached"
    return f"the request failed ({type(error).__name__})"
