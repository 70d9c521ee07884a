"""Asks a public web service as its rules want it: one request at a time, few tries, and long waits.

The rules are those of https://www.mediawiki.org/wiki/API:Etiquette,
https://www.mediawiki.org/wiki/Wikimedia_APIs/Rate_limits and
https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3, and are good for any service.
"""

from __future__ import annotations

import datetime
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from verifier.errors import SourceError
from verifier.sources.http.patience import Patience
from verifier.sources.http.transport import Denied, Limits, NoReply, Reply

if TYPE_CHECKING:
    from tenacity import RetryCallState

__all__ = ["Again", "Manners"]

_T = TypeVar("_T")

_BUSY = frozenset({429, 502, 503})
_FAILED = frozenset({500, 504})
"""What the query service answers to a query that takes too long: another try costs it as much again."""


class Again(Exception):
    """A fault that may pass; `wait` is how long the service asks to be left alone, in seconds."""

    def __init__(self, problem: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(problem)


class Manners:
    """How services are asked, each by its host's name; threads wait for each other."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._until: dict[str, datetime.datetime] = {}
        self._lost: Counter[str] = Counter()

    def limits(self, *, query: bool) -> Limits:
        """What one request may take."""
        patience = self._patience
        return Limits(
            patience.connect, patience.query if query else patience.read, patience.whole, patience.largest
        )

    def ask(self, name: str, once: Callable[[], _T], *, tries: int | None = None) -> _T:
        """What `once` gives, which is tried anew as long as it raises `Again`.

        Raises `SourceError` if there is no good answer after the tries.
        """
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

        number = self._patience.tries if tries is None else tries
        with self._lock:
            self._be_let_in(name)
            attempts = Retrying(
                stop=stop_after_attempt(number),
                wait=self._wait,
                retry=retry_if_exception_type(Again),
                sleep=self._patience.sleep,
                reraise=True,
            )
            try:
                answer = attempts(once)
            except Again as exc:
                self._lose(name, exc.wait)
                times = "once" if number == 1 else f"{number} times"
                raise SourceError(f"{name}: {exc} (asked {times})") from exc
            except Denied:
                self._lost[name] = 0
                raise
            except SourceError:
                self._lose(name, None)
                raise
            self._lost[name] = 0
            return answer

    def reply(self, name: str, send: Callable[[], Reply], *, query: bool) -> Reply:
        """The answer that `send` has, if it is a good one. Raises `Again` or `SourceError` for any other."""
        try:
            reply = send()
        except NoReply as exc:
            if query and exc.late:  # as with `_FAILED`
                raise SourceError(f"{name}: {exc}") from exc
            raise Again(str(exc)) from exc
        if reply.status in _BUSY or (reply.status in _FAILED and not query):
            says = "it asks for fewer requests" if reply.status == 429 else "it cannot answer now"
            problem = f"{says} (status {reply.status})"
            raise self.later(name, problem, self.retry_after(reply.headers))
        if reply.status != 200:
            raise SourceError(f"{name}: it answers with status {reply.status}")
        return reply

    def later(self, name: str, problem: str, wait: float | None) -> Exception:
        """The fault to raise: one that may be tried again, if the wait is not too long."""
        if wait is None or wait <= self._patience.longest_wait:
            return Again(problem, wait)
        self._leave_alone(name, wait)
        return SourceError(f"{name}: {problem}, and asks to be left alone for {wait:.0f} seconds")

    def retry_after(self, headers: Mapping[str, str]) -> float | None:
        """Seconds for which the service asks to be left alone, which it says in seconds or by a date."""
        text = headers.get("Retry-After", "").strip()
        if re.fullmatch(r"[0-9]{1,12}", text):
            return float(text)
        try:
            date = parsedate_to_datetime(text)
        except (IndexError, OverflowError, TypeError, ValueError):
            return None
        date = date.replace(tzinfo=datetime.UTC) if date.tzinfo is None else date
        return max(0.0, (date - self._patience.now()).total_seconds())

    # ------------------------------------------------------------------------------------------- waits

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

    def _wait(self, state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome is not None else None
        if isinstance(fault, Again) and fault.wait is not None:
            return fault.wait
        # With jitter, so that those who were turned away together do not come back together.
        return self._patience.backoff * (2.0 ** (state.attempt_number - 1) + random.random())
