"""Asks Wikidata as its rules want it: who asks, and which errors come with a good status.

The rules are those of https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy,
https://www.mediawiki.org/wiki/API:Etiquette, https://www.mediawiki.org/wiki/Manual:Maxlag_parameter and
https://www.mediawiki.org/wiki/Wikimedia_APIs/Rate_limits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from verifier.settings import require_contact
from verifier.sources.http.manners import Again, Manners
from verifier.sources.http.patience import Patience
from verifier.sources.http.redirects import host
from verifier.sources.http.transport import Denied, Reply, Transport
from verifier.sources.wikidata.shapes import ErrorAnswer, read_json

__all__ = ["Refused", "Service"]

_T = TypeVar("_T")

_LAG_WAIT = 5.0
"""Seconds to wait after `maxlag` at least, where the service does not say."""
_LATER = ("maxlag", "ratelimited", "readonly", "internal_api_error")
"""How the codes of those errors of the API begin that pass."""
_LONGEST_LINE = 2_000
"""Characters of a query that is sent in the address; a longer one is posted."""
_JSON = "application/json"
_ROWS = "application/sparql-results+json"


class Refused(Denied):
    """The service works, and will not answer this; `code` is its word for why, `id` the entity it names."""

    def __init__(self, message: str, code: str, id: str) -> None:
        self.code, self.id = code, id
        super().__init__(message)


class Service:
    """Asks, one request at a time, whoever asks. `trace` is given every line that leaves."""

    def __init__(self, contact: str, *, patience: Patience, trace: Callable[[str], None] | None) -> None:
        self.transport = Transport(contact.strip(), trace=trace)
        self._contact = contact.strip()
        self._manners = Manners(patience)

    def require_contact(self) -> None:
        """Raise `UsageError` if nobody is named to whom the service could turn."""
        require_contact(self._contact)

    def ask(
        self,
        address: str,
        parameters: Mapping[str, str],
        *,
        read: Callable[[Any], _T],
        query: bool = False,
        tries: int | None = None,
    ) -> _T:
        """What `read` makes of the answer's JSON; it raises `ValueError` if the answer has another shape.

        Raises `SourceError` if there is no good answer after the tries, `UsageError` without a contact.
        """
        self.require_contact()
        once = partial(self._once, address, parameters, read, query)
        return self._manners.ask(host(address), once, tries=tries)

    def _once(
        self, address: str, parameters: Mapping[str, str], read: Callable[[Any], _T], query: bool
    ) -> _T:
        name = host(address)
        send = partial(
            self.transport.send,
            address,
            parameters,
            accept=_ROWS if query else _JSON,
            posted=query and sum(map(len, parameters.values())) > _LONGEST_LINE,
            limits=self._manners.limits(query=query),
        )
        reply = self._manners.reply(name, send, query=query)
        try:
            return _read(reply, read)
        except ErrorAnswer as exc:
            if not exc.code.startswith(_LATER):
                raise Refused(f"{name}: it refuses: {exc}", exc.code, exc.id) from exc
            wait = self._manners.retry_after(reply.headers)
            if wait is None and exc.code == "maxlag":
                wait = max(_LAG_WAIT, exc.lag or 0.0)
            raise self._manners.later(name, f"it cannot answer now ({exc})", wait) from exc


def _read(reply: Reply, read: Callable[[Any], _T]) -> _T:
    """What `read` makes of a good answer. Raises `Again`, or `ErrorAnswer` for an error inside of it."""
    try:
        return read(read_json(reply.body))
    except ErrorAnswer:
        raise
    except UnicodeDecodeError as exc:
        raise Again("its answer is no text") from exc
    except ValueError as exc:
        if "html" in reply.headers.get("Content-Type", ""):
            raise Again("it answers with a web page instead of data") from exc
        raise Again(f"its answer cannot be read: {exc}") from exc
