"""Asks Wikidata: entities by id, names by its search, SPARQL queries; each answer is kept and asked for once.

Reach for this in a source only (`live`). It never says that there is no such thing: what could not be had is
in `failures`, and what is not there by the service's own word is an entity with `missing`.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar
from unicodedata import category

from verifier.errors import SourceError
from verifier.ids import is_id
from verifier.settings import Settings
from verifier.sources.http.patience import Patience
from verifier.sources.http.redirects import host, without_password
from verifier.sources.http.transport import TooLarge
from verifier.sources.wikidata.answers import Answers, pack
from verifier.sources.wikidata.service import Refused, Service
from verifier.sources.wikidata.shapes import (
    Hit,
    read_entities,
    read_hit,
    read_hits,
    read_rows,
    shown,
    without_claims,
)

__all__ = ["Answer", "Client"]

_T = TypeVar("_T")

_BATCH = 50
"""Ids of one request, which is as many as the service takes."""
_MAXLAG = "5"
_NAMES = "info|labels|aliases|descriptions|datatype"
_WHOLE = f"{_NAMES}|claims"
_LONGEST_NAME = 250
"""Characters; the service has no longer names, and refuses to look for one."""
_MOST_HITS = 50
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said of one entity, and when; `stale` if it is old and could not be asked for anew."""

    data: Mapping[str, Any]
    fetched: datetime.datetime
    stale: bool


class Client:
    """Wikidata's action API and query service. Safe to share between threads, which wait for each other.

    Each method raises `UsageError` if the settings have no contact. `failures` says in words what could not
    be had, `outdated` for what an old answer serves.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        trace: Callable[[str], None] | None = None,
        patience: Patience = Patience(),  # noqa: B008 # frozen
    ) -> None:
        self.failures: list[str] = []
        self.outdated: list[str] = []
        self._api = settings.wikidata_api
        self._sparql = settings.wikidata_sparql
        self._patience = patience
        self._service = Service(settings.contact, patience=patience, trace=trace)
        self._answers = Answers(settings.cache_dir / "wikidata", keep=patience.keep)
        self._lock = threading.RLock()

    @property
    def requests_made(self) -> int:
        """How many requests left, repeated ones included."""
        return self._service.transport.made

    def close(self) -> None:
        """Close connections and files; they are opened again when they are needed again."""
        self._service.transport.close()
        self._answers.close()

    # ----------------------------------------------------------------------------------------- entities

    def entities(self, ids: Iterable[str], *, names_only: bool = False) -> Mapping[str, Answer]:
        """Entities by the id that was asked for, in that order; what could not be had is not among them.

        The data are those of `wbgetentities`, without sitelinks, and with `names_only` without claims. An id
        that is redirected has what it is redirected to, one that does not exist `{"id": ..., "missing": ""}`.
        """
        self._service.require_contact()
        with self._lock:
            asked = tuple(dict.fromkeys(ids))
            good = [id for id in asked if is_id(id)]
            if len(good) < len(asked):
                wrong = [shown(repr(id), 40) for id in asked if not is_id(id)]
                self._fail(f"not ids of Wikidata: {_listed(wrong)}")
            kept = {id: answer for id in good if (answer := self._kept_entity(id, names_only)) is not None}
            found = {id: answer for id, answer in kept.items() if not answer.stale}
            if found:
                self._tell_kept(", ".join(found))
            lacking = [id for id in good if id not in found]
            batches = [lacking[start : start + _BATCH] for start in range(0, len(lacking), _BATCH)]
            while batches:
                batch = batches.pop(0)
                problem = f"{host(self._api)}: its answer leaves them out, or cannot be read"
                refused: dict[str, str] = {}
                try:
                    found |= self._fetch(batch, names_only, refused)
                except TooLarge as exc:
                    if len(batch) > 1:
                        half = len(batch) // 2
                        batches[:0] = [batch[:half], batch[half:]]
                        continue
                    problem = str(exc)
                except SourceError as exc:
                    problem = str(exc)
                for id, why in refused.items():
                    self._do_without([id], kept, found, why)
                self._do_without([id for id in batch if id not in {*found, *refused}], kept, found, problem)
            return {id: found[id] for id in asked if id in found}

    def _kept_entity(self, id: str, names_only: bool) -> Answer | None:
        """The newest answer in the cache; a whole entity has its names too."""
        best: Answer | None = None
        for kind in ("names", "entity") if names_only else ("entity",):
            kept = self._answers.get(without_password(self._api), kind, id)
            if kept is None or (best is not None and best.fetched >= kept[1]):
                continue
            data = read_entities({"entities": {id: kept[0]}}, [id], whole=kind == "entity").get(id)
            if data is None:
                continue
            stale = not self._patience.is_fresh(kept[1], empty="missing" in data)
            if not stale or self._patience.serves(kept[1], empty="missing" in data):
                best = Answer(without_claims(data) if names_only else data, kept[1], stale)
        return best

    def _fetch(self, batch: Sequence[str], names_only: bool, refused: dict[str, str]) -> dict[str, Answer]:
        """Ask for a batch and keep what comes. Raises `SourceError` if nothing does."""
        entities = self._ask_entities(batch, names_only, refused)
        fetched = self._patience.now()
        bodies = {}
        for id, entity in entities.items():
            try:
                bodies[id] = pack(entity)
            except ValueError:
                continue  # it has what is no text
        self._answers.put(
            without_password(self._api), "names" if names_only else "entity", bodies, fetched=fetched
        )
        return {id: Answer(entities[id], fetched, stale=False) for id in bodies}

    def _ask_entities(
        self, batch: Sequence[str], names_only: bool, refused: dict[str, str]
    ) -> dict[str, Mapping[str, Any]]:
        """The entities of a batch; once more without an id for which the service refuses them all."""
        tries = self._patience.tries
        while True:
            begun = self.requests_made
            parameters = {
                "action": "wbgetentities",
                "ids": "|".join(batch),
                "props": _NAMES if names_only else _WHOLE,
                "format": "json",
                "maxlag": _MAXLAG,
            }
            read = partial(read_entities, asked=batch, whole=not names_only)
            try:
                return self._service.ask(self._api, parameters, read=read, tries=tries)
            except Refused as exc:
                rest = [id for id in batch if id != exc.id]
                tries -= self.requests_made - begun
                if exc.code != "no-such-entity" or len(rest) in (0, len(batch)) or tries < 1:
                    raise
                refused[exc.id] = str(exc)
                batch = rest

    def _do_without(
        self, ids: Sequence[str], kept: Mapping[str, Answer], found: dict[str, Answer], problem: str
    ) -> None:
        """Let old answers serve, and say what has none."""
        old = [id for id in ids if id in kept]
        found |= {id: kept[id] for id in old}
        if old:
            oldest = min(kept[id].fetched for id in old)
            _add(self.outdated, f"{problem}: answers of {oldest:%Y-%m-%d} serve for {_listed(old)}")
        none = [id for id in ids if id not in kept]
        if none:
            self._fail(f"{problem}: without {_listed(none)}")

    # -------------------------------------------------------------------------------- search and queries

    def search(self, name: str, *, limit: int = 20, language: str = "en") -> tuple[Hit, ...]:
        """The items that the service finds for a name, in its order: names that begin with it.

        None is no proof that there is none. Raises `SourceError` if the service cannot be asked and no older
        answer serves.
        """
        self._service.require_contact()
        plain = "".join(" " if category(c) in ("Cc", "Cs") else c for c in name)
        wanted = " ".join(plain.split())
        if not wanted or len(wanted) > _LONGEST_NAME:
            return ()
        most = min(max(limit, 1), _MOST_HITS)
        parameters = {
            "action": "wbsearchentities",
            "search": wanted,
            "language": language,
            "uselang": language,
            "type": "item",
            "limit": str(most),
            "format": "json",
        }
        found = self._remembered(
            self._api,
            parameters,
            kind="search",
            what=f"search for {wanted!r}",
            read=read_hits,
            again=lambda data: read_hits({"search": data}),
        )
        return tuple(read_hit(one) for one in found[:most])

    def select(self, query: str) -> tuple[Mapping[str, str], ...]:
        """The rows of a SPARQL query (`SELECT`): the plain values by variable, without those that have none.

        Raises `SourceError` if the service cannot be asked and no older answer serves.
        """
        self._service.require_contact()
        return tuple(
            self._remembered(
                self._sparql,
                {"query": query},
                kind="select",
                what="query",
                read=read_rows,
                again=lambda data: [{str(key): str(value) for key, value in row.items()} for row in data],
                query=True,
            )
        )

    def _remembered(
        self,
        address: str,
        parameters: Mapping[str, str],
        *,
        kind: str,
        what: str,
        read: Callable[[Any], list[_T]],
        again: Callable[[Any], list[_T]],
        query: bool = False,
    ) -> list[_T]:
        """The answer's list, from the cache if it is there; `again` reads what `read` made."""
        key = "\n".join(f"{name}={value}" for name, value in parameters.items())
        with self._lock:
            kept = self._answers.get(without_password(address), kind, key)
            old: list[_T] | None = None
            if kept is not None:
                try:
                    old = again(kept[0])
                except (AttributeError, TypeError, ValueError):
                    kept = None  # it is not what was put there
            if kept is not None and old is not None and self._patience.is_fresh(kept[1], empty=not old):
                self._tell_kept(what)
                return old
            try:
                data = self._service.ask(
                    address, parameters, read=lambda data: _packed(read(data)), query=query
                )
            except SourceError as exc:
                if kept is None or old is None or not self._patience.serves(kept[1], empty=not old):
                    self._fail(f"{exc}: without the {what}")
                    raise
                _add(self.outdated, f"{exc}: an answer of {kept[1]:%Y-%m-%d} serves for the {what}")
                return old
            found, body = data
            self._answers.put(without_password(address), kind, {key: body}, fetched=self._patience.now())
            return found

    # --------------------------------------------------------------------------------------------- words

    def _tell_kept(self, what: str) -> None:
        self._service.transport.tell(f"= {what}: from the cache")

    def _fail(self, problem: str) -> None:
        _add(self.failures, problem)


def _packed(found: list[_T]) -> tuple[list[_T], bytes]:
    """What was found, and as the cache keeps it; `ValueError` if it cannot be kept."""
    return found, pack(found)


def _listed(ids: Sequence[str]) -> str:
    more = len(ids) - _LISTED
    return ", ".join(ids[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _add(said: list[str], sentence: str) -> None:
    if sentence not in said:
        said.append(sentence)
