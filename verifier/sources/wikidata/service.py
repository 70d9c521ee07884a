"""Asks a public web service as its rules want it: who asks, one request at a time, few tries, and long waits.

The rules are those of https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy,
https://www.mediawiki.org/wiki/API:Etiquette, https://www.mediawiki.org/wiki/Manual:Maxlag_parameter and
https://www.mediawiki.org/wiki/Wikimedia_APIs/Rate_limits.
"""

from __future__ import annotations

import datetime
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar

from verifier.errors import SourceError
from verifier.settings import require_contact
from verifier.sources.wikidata.patience import Patience
from verifier.sources.wikidata.shapes import ErrorAnswer, read_json
from verifier.sources.wikidata.transport import Limits, NoReply, Reply, TooLarge, Transport, host

if TYPE_CHECKING:
    from tenacity import RetryCallState

__all__ = ["Refused", "Service"]

_T = TypeVar("_T")

_LAG_WAIT = 5.0
"""Seconds to wait after `maxlag` at least, where the service does not say."""
_BUSY = frozenset({429, 502, 503})
_FAILED = frozenset({500, 504})
"""What the query service answers to a query that takes too long: another try costs it as much again."""
_LATER = ("maxlag", "ratelimited", "readonly", "internal_api_error")
"""How the codes of those errors of the API begin that pass."""
_LONGEST_LINE = 2_000
"""Characters of a query that is sent in the address; a longer one is posted."""
_JSON = "application/json"
_ROWS = "application/sparql-results+json"


class Refused(SourceError):
    """The service works, and will not answer this; `code` is its word for why, `id` the entity it names."""

    def __init__(self, message: str, code: str, id: str) -> None:
        self.code, self.id = code, id
        super().__init__(message)


class _Again(Exception):
    """A fault that may pass; `wait` is how long the service asks to be left alone, in seconds."""

    def __init__(self, problem: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(problem)


class Service:
    """Asks, one request at a time, whoever asks. `trace` is given every line that leaves."""

    def __init__(self, contact: str, *, patience: Patience, trace: Callable[[str], None] | None) -> None:
        self.transport = Transport(contact.strip(), trace=trace)
        self._contact = contact.strip()
        self._patience = patience
        self._lock = threading.Lock()
        self._until: dict[str, datetime.datetime] = {}
        self._lost: Counter[str] = Counter()

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
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

        self.require_contact()
        name = host(address)
        number = self._patience.tries if tries is None else tries
        with self._lock:
            self._be_let_in(name)
            attempts = Retrying(
                stop=stop_after_attempt(number),
                wait=self._wait,
                retry=retry_if_exception_type(_Again),
                sleep=self._patience.sleep,
                reraise=True,
            )
            try:
                answer: _T = attempts(self._once, address, parameters, read, query)
            except _Again as exc:
                self._lose(name, exc.wait)
                times = "once" if number == 1 else f"{number} times"
                raise SourceError(f"{name}: {exc} (asked {times})") from exc
            except (Refused, TooLarge):
                self._lost[name] = 0
                raise
            except SourceError:
                self._lose(name, None)
                raise
            self._lost[name] = 0
            return answer

    def _once(
        self, address: str, parameters: Mapping[str, str], read: Callable[[Any], _T], query: bool
    ) -> _T:
        patience = self._patience
        limits = Limits(
            patience.connect, patience.query if query else patience.read, patience.whole, patience.largest
        )
        name = host(address)
        posted = query and sum(map(len, parameters.values())) > _LONGEST_LINE
        try:
            reply = self.transport.send(
                address, parameters, accept=_ROWS if query else _JSON, posted=posted, limits=limits
            )
        except NoReply as exc:
            if query and exc.late:  # as with `_FAILED`
                raise SourceError(f"{name}: {exc}") from exc
            raise _Again(str(exc)) from exc
        wait = self._retry_after(reply.headers)
        if reply.status in _BUSY or (reply.status in _FAILED and not query):
            says = "it asks for fewer requests" if reply.status == 429 else "it cannot answer now"
            raise self._later(name, f"{says} (status {reply.status})", wait)
        if reply.status != 200:
            raise SourceError(f"{name}: it answers with status {reply.status}")
        try:
            return _read(reply, read)
        except ErrorAnswer as exc:
            if not exc.code.startswith(_LATER):
                raise Refused(f"{name}: it refuses: {exc}", exc.code, exc.id) from exc
            if wait is None and exc.code == "maxlag":
                wait = max(_LAG_WAIT, exc.lag or 0.0)
            raise self._later(name, f"it cannot answer now ({exc})", wait) from exc

    # ------------------------------------------------------------------------------------------ manners

    def _be_let_in(self, name: str) -> None:
        """Wait as long as the service asked for; if that is too long, raise `SourceError`."""
        until = self._until.get(name)
        left = 0.0 if until is None else (until - self._patience.now()).total_seconds()
        if left > self._patience.longest_wait or (left > 0 and self._lost[name] >= self._patience.in_a_row):
            raise SourceError(f"{name}: it is left alone until {until:%H:%M:%S} UTC, as it did not answer")
        if left > 0:
            self._patience.sleep(left)

    def _lose(self, name: str, wait: float | None) -> None:
        self._lost[name] += 1
        if self._lost[name] >= self._patience.in_a_row:
            wait = max(wait or 0.0, self._patience.longest_wait)
        self._leave_alone(name, wait or 0.0)

    def _leave_alone(self, name: str, seconds: float) -> None:
        until = self._patience.now() + datetime.timedelta(seconds=min(seconds, 1e6))
        self._until[name] = max(until, self._until.get(name, until))

    def _later(self, name: str, problem: str, wait: float | None) -> Exception:
        """The fault to raise: one that may be tried again, if the wait is not too long."""
        if wait is None or wait <= self._patience.longest_wait:
            return _Again(problem, wait)
        self._leave_alone(name, wait)
        return SourceError(f"{name}: {problem}, and asks to be left alone for {wait:.0f} seconds")

    def _wait(self, state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome is not None else None
        if isinstance(fault, _Again) and fault.wait is not None:
            return fault.wait
        # With jitter, so that those who were turned away together do not come back together.
        return self._patience.backoff * (2.0 ** (state.attempt_number - 1) + random.random())

    def _retry_after(self, headers: Mapping[str, str]) -> float | None:
        """Seconds for which the service asks to be left alone, which it says in seconds or by a date.

        https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
        """
        text = headers.get("Retry-After", "").strip()
        if re.fullmatch(r"[0-9]{1,12}", text):
            return float(text)
        try:
            date = parsedate_to_datetime(text)
        except (IndexError, OverflowError, TypeError, ValueError):
            return None
        date = date.replace(tzinfo=datetime.UTC) if date.tzinfo is None else date
        return max(0.0, (date - self._patience.now()).total_seconds())


def _read(reply: Reply, read: Callable[[Any], _T]) -> _T:
    """What `read` makes of a good answer. Raises `_Again`, or `ErrorAnswer` for an error inside of it."""
    try:
        return read(read_json(reply.body))
    except ErrorAnswer:
        raise
    except UnicodeDecodeError as exc:
        raise _Again("its answer is no text") from exc
    except ValueError as exc:
        if "html" in reply.headers.get("Content-Type", ""):
            raise _Again("it answers with a web page instead of data") from exc
        raise _Again(f"its answer cannot be read: {exc}") from exc
