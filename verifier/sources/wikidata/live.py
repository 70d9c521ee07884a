"""The things that a text speaks of, asked of Wikidata's services and laid out as a table like any other.

Nothing but names, ids and queries leaves: never the text. What was fetched grows from round to round, as what
was read tells what else is needed.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from verifier.errors import SourceError
from verifier.model import EntityValue, Part, Rank, Reason, Report, Result, SourceFailure, Verdict
from verifier.relations import Catalogue
from verifier.sources.store import TableSource
from verifier.sources.wikidata.entity import BrokenEntity, Item, read_entity
from verifier.sources.wikidata.questions import ids_of, question
from verifier.sources.wikidata.snapshot import build_snapshot
from verifier.sources.wikidata.vocabulary import Vocabulary

if TYPE_CHECKING:
    from verifier.sources.wikidata.client import Answer
    from verifier.sources.wikidata.shapes import Hit

__all__ = ["Live", "Wants", "WikidataService"]

_NAME = "Wikidata"
_FOR_LACK = frozenset(
    {
        Reason.UNKNOWN_ENTITY,
        Reason.UNKNOWN_RELATION,
        Reason.WEAK_MATCH,
        Reason.NO_STATEMENT,
        Reason.DATES_UNKNOWN,
        Reason.INCOMPLETE_GROUP,
    }
)
"""The reasons of what might be known, had the service answered."""
_MOST_WORDS = 6
"""Words of a name that is asked about: what is longer may be a sentence, and a draft is confidential."""
_MOST_HITS = 10
"""Things of one name that are fetched; more have it seldom, and then no name alone decides a claim."""
_MOST_LIKE = 3
"""Things of a like name that are fetched where nothing has the very name."""
_MOST_THINGS = 2_000
"""Things that are fetched for one checker."""
_MOST_MEMBERS = 500
"""Things that one query may give."""
_WIDER = 8
"""How many steps of classes are asked about, from a thing's own to wider ones."""
_ALIKE = 85.0
"""How like a name must be to one that was asked for, of 100, where nothing has the very name."""


class WikidataService(Protocol):
    """What is asked of Wikidata; `client.Client` does so over the network."""

    def entities(self, ids: Iterable[str]) -> Mapping[str, Answer]:
        """Entities by the id that was asked for; what could not be had is not among them."""
        ...

    def search(self, name: str) -> Sequence[Hit]:
        """What bears a name like this. Raises `SourceError` if it cannot be asked."""
        ...

    def select(self, query: str) -> Sequence[Mapping[str, str]]:
        """The rows of a query, by variable. Raises `SourceError` if it cannot be asked."""
        ...


@dataclass(frozen=True, slots=True)
class Wants:
    """What is to be asked."""

    names: tuple[str, ...] = ()
    """Names whose bearers are sought."""
    things: tuple[str, ...] = ()
    """Ids of things of which everything is wanted."""
    members: tuple[tuple[str, str], ...] = ()
    """Property and item: everything of which a statement of the property has the item as its value."""
    missions: tuple[str, ...] = ()
    """States whose missions are wanted."""


@dataclass(slots=True, weakref_slot=True, eq=False)
class Live:
    """What was asked so far, and what came.

    Call `fetch` with what is wanted until it says that there is nothing new; `source` then answers from it.
    """

    service: WikidataService
    catalogue: Catalogue
    vocabulary: Vocabulary
    failed: dict[str, str] = field(default_factory=dict)
    """Names and ids of which the service could not be asked, and why."""
    stale: set[str] = field(default_factory=set)
    """The days of answers that are older than they should be, for the service did not give new ones."""
    _asked: set[object] = field(default_factory=set)
    _answers: dict[str, Answer] = field(default_factory=dict)
    _items: dict[str, Item | None] = field(default_factory=dict)
    _folder: Path | None = None
    _edition: int = 0

    def find(self, names: Sequence[str], *, progress: Callable[[int, int], None] | None = None) -> bool:
        """Ask who or what bears these names; whether anything came that was not there."""
        return self.fetch(Wants(names=tuple(names)), progress=progress)

    def fetch(self, wants: Wants, *, progress: Callable[[int, int], None] | None = None) -> bool:
        """Ask for what was not asked before; whether anything came that was not there."""
        before = len(self._answers)
        short = (name for name in wants.names if len(name.split()) <= _MOST_WORDS)
        names = self._new("name", short)
        ids: list[str] = list(self._new("thing", wants.things))
        for number, name in enumerate(names):
            ids += self._bearers(name)
            if progress is not None:
                progress(number + 1, len(names))
        for property, item in self._new("members", wants.members):
            ids += self._listed("subjects", item, property=property)
        for item in self._new("missions", wants.missions):
            ids += self._listed("missions", item, classes=tuple(self.vocabulary.missions))
        self._get(ids)
        self._get_offices()
        self._get_classes()
        return len(self._answers) > before

    def told(self, report: Report) -> Report:
        """The report, with what could not be asked, and the results that hang on it marked so."""
        failures = [SourceFailure(_NAME, why) for why in dict.fromkeys(self.failed.values())]
        failures += [
            SourceFailure(_NAME, f"the answers of {day} were used again") for day in sorted(self.stale)
        ]
        if not failures:
            return report
        results = tuple(self._marked(result) for result in report.results)
        return replace(report, results=results, failures=(*report.failures, *failures))

    def _marked(self, result: Result) -> Result:
        if result.verdict is not Verdict.UNKNOWN or result.reason not in _FOR_LACK:
            return result
        parts = tuple(self._marked_part(part, result.claim.text) for part in result.parts)
        first = next((part for part in parts if part.reason is Reason.SOURCE_UNAVAILABLE), None)
        if first is not None:
            return replace(result, parts=parts, reason=first.reason, explanation=first.explanation)
        lacking = [name for name in self.failed if name in result.claim.text] if not parts else []
        if not lacking:
            return result
        return replace(result, reason=Reason.SOURCE_UNAVAILABLE, explanation=self._why(lacking[0]))

    def _marked_part(self, part: Part, text: str) -> Part:
        terms = (part.triple.subject, part.triple.object)
        asked = [name for term in terms for name in (term.text, *(match.id for match in term.matches))]
        lacking = [name for name in (*asked, *(n for n in self.failed if n in text)) if name in self.failed]
        if part.verdict is not Verdict.UNKNOWN or part.reason not in _FOR_LACK or not lacking:
            return part
        return replace(part, reason=Reason.SOURCE_UNAVAILABLE, explanation=self._why(lacking[0]))

    def _why(self, name: str) -> str:
        return f"{_NAME} could not be asked about “{name}”: {self.failed[name]}."

    def source(self) -> TableSource:
        """What came, as a source. The file is kept as long as this object."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="verifier-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._edition += 1
        path = self._folder / f"{self._edition}.sqlite"
        build_snapshot(
            (self._dated(id) for id in sorted(self._answers)),
            path,
            catalogue=self.catalogue,
            vocabulary=self.vocabulary,
            name=_NAME,
            redirects=self._redirects(),
            kept=False,
        )
        return TableSource(path)

    # ----------------------------------------------------------------------------------------- what is asked

    def _new(self, kind: str, wanted: Iterable[Any]) -> tuple[Any, ...]:
        found = tuple(item for item in dict.fromkeys(wanted) if (kind, item) not in self._asked)
        self._asked.update((kind, item) for item in found)
        return found

    def _bearers(self, name: str) -> list[str]:
        try:
            hits = self.service.search(name)
        except SourceError as exc:
            self.failed[name] = str(exc)
            return []
        return [hit.id for hit in best_hits(name, hits)]

    def _listed(self, query: str, item: str, classes: tuple[str, ...] = (), **ids: str) -> list[str]:
        try:
            rows = self.service.select(
                question(query, limit=_MOST_MEMBERS, classes=classes, item=item, **ids)
            )
        except SourceError as exc:
            self.failed[item] = str(exc)
            return []
        return list(ids_of(rows))

    def _get(self, ids: Iterable[str]) -> None:
        room = max(0, _MOST_THINGS - len(self._answers))
        wanted = [id for id in dict.fromkeys(ids) if id not in self._answers][:room]
        if not wanted:
            return
        answers = self.service.entities(wanted)
        for id in wanted:
            answer = answers.get(id)
            if answer is None:
                self.failed[id] = "it did not answer"
                continue
            self._answers[id] = answer
            self._items[id] = self._read(answer)
            if answer.stale:
                self.stale.add(answer.fetched.date().isoformat())

    def _get_offices(self) -> None:
        """The positions that things hold or have, for a president is told by the name of the office."""
        says = self.vocabulary.offices
        named = ("position_held", "office_of_state", "office_of_government")
        self._get(self._values(tuple(says[key] for key in named if key in says)))

    def _get_classes(self) -> None:
        """The classes of what came, and wider ones, until all are of a known kind or the walk is long."""
        own = (self.vocabulary.instance_of, self.vocabulary.subclass_of)
        for _ in range(_WIDER):
            known = len(self._answers)
            self._get(id for id in self._values(own) if id not in self.vocabulary.kinds)
            if len(self._answers) == known:
                return

    def _values(self, properties: Sequence[str]) -> Iterator[str]:
        for item in list(self._items.values()):
            for statement in () if item is None else item.statements:
                if (
                    statement.relation in properties
                    and statement.rank is not Rank.DEPRECATED
                    and isinstance(statement.value, EntityValue)
                ):
                    yield statement.value.id

    def _read(self, answer: Answer) -> Item | None:
        try:
            return read_entity(answer.data, vocabulary=self.vocabulary)
        except BrokenEntity:
            return None

    def _dated(self, id: str) -> Mapping[str, Any]:
        """An entity, dated by when it was fetched: its statements were there on that day."""
        answer = self._answers[id]
        return {**answer.data, "modified": answer.fetched.date().isoformat()}

    def _redirects(self) -> dict[str, str]:
        """The ids of today, by those that things had before."""
        ids = ((id, answer.data.get("id")) for id, answer in self._answers.items())
        return {id: now for id, now in ids if isinstance(now, str) and now != id}


def best_hits(name: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that bear this name; where none does, the nearest by name."""
    from rapidfuzz import fuzz, utils

    scored = [
        (max(fuzz.ratio(name, text, processor=utils.default_process) for text in _names(hit)), hit)
        for hit in hits
    ]
    exact = [hit for score, hit in scored if score == 100.0]
    if exact:
        return exact[:_MOST_HITS]
    near = sorted((pair for pair in scored if pair[0] >= _ALIKE), key=lambda pair: -pair[0])
    return [hit for _, hit in near[:_MOST_LIKE]]


def _names(hit: Hit) -> Iterator[str]:
    """The names of what was found, with and without what stands in brackets after them."""
    for name in (hit.label, hit.matched):
        yield name
        yield name.partition(" (")[0]
