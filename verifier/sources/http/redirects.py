"""Where an answer may send us: a source cannot have us ask for what only this machine's own network shows."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from verifier.errors import SourceError

if TYPE_CHECKING:
    import requests

__all__ = ["host", "is_public", "moved", "without_password"]

_PRIVATE_ENDS = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")


def host(address: str) -> str:
    """The host of an address, as messages name it."""
    try:
        return urlsplit(address).hostname or "no host"
    except ValueError:
        return "no host"


def without_password(address: str) -> str:
    """The address without a name and password in it."""
    scheme, mark, rest = address.partition("://")
    place, slash, path = rest.partition("/")
    return scheme + mark + place.rpartition("@")[2] + slash + path


def is_public(name: str) -> bool:
    """Whether a host is on the public net, as far as is known here: every address of it must be.

    A name that is not found counts as public: only a proxy could reach it.
    """
    if name.casefold().rstrip(".").endswith(_PRIVATE_ENDS):
        return False
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return True
    return all(_is_global(str(address)) for address in found)


def _is_global(address: str) -> bool:
    one = ipaddress.ip_address(address.partition("%")[0])
    inner = one.ipv4_mapped if isinstance(one, ipaddress.IPv6Address) else None
    return (inner or one).is_global


def moved(
    request: requests.PreparedRequest, target: str, *, roam: bool, first: str
) -> requests.PreparedRequest:
    """The request to where the service sends it: never by an open line if it came by a safe one.

    Only to the same host; with `roam` to others, too, but from a public host (`first`: where the first
    request went) never to one that is not. No password goes along to another host.

    Raises `SourceError` for what is not followed.
    """
    old = urlsplit(request.url or "")
    try:
        new = urlsplit(urljoin(request.url or "", target))
        _ = new.port  # which is wrong only once it is asked for
    except ValueError as exc:
        raise SourceError(f"{old.hostname}: it sends to what is no address") from exc
    same = _place(old) == _place(new)
    if request.method != "GET" or not (_is_same(old, new) or (roam and _is_safe(old, new))):
        raise SourceError(f"{old.hostname}: it sends elsewhere, which is not followed")
    if not same and roam and is_public(first) and not is_public(new.hostname or ""):
        raise SourceError(f"{old.hostname}: it sends to a private network, which is not followed")
    next_one = request.copy()
    next_one.prepare_url(new.geturl(), None)
    if old.hostname != new.hostname:
        next_one.headers.pop("Authorization", None)
    return next_one


def _place(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]


def _is_same(old: SplitResult, new: SplitResult) -> bool:
    same = old.scheme == new.scheme and _place(old) == _place(new)
    return same or (
        (old.scheme, new.scheme) == ("http", "https") and _place(old) == _place(new) == old.hostname
    )


def _is_safe(old: SplitResult, new: SplitResult) -> bool:
    """To another host: over a safe line, or from an open one to an open one of the same host."""
    if not new.hostname:
        return False
    return new.scheme == "https" or (old.scheme == new.scheme == "http" and old.hostname == new.hostname)
