"""Why a verdict changed: the rows of the night that did it, else time, else the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from verifier.dates import format_date
from verifier.explain import date_words, quoted, row
from verifier.inforce import course
from verifier.model import Date, Match, Report, Result, Stance, Statement, Term
from verifier.night import ChangeKind, FeedReport, FeedStatus, RowChange
from verifier.refresh.kept import KeptClaim
from verifier.relations import Catalogue, Relation
from verifier.reports.statements import value_text

__all__ = ["Changes", "passed", "statement_words"]

_CITING = frozenset({"source_url", "source_title", "publisher", "retrieved", "quote"})
"""Columns that decide no verdict."""
_KEPT_AS_BEFORE = (FeedStatus.STOPPED, FeedStatus.FAILED)


class Changes:
    """The rows that changed in a night, to be found by what claims rest on and speak of.

    Of a source whose rows stay as they were, what would have changed does not count.
    """

    def __init__(self, feeds: Iterable[FeedReport], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        taken = (
            change
            for feed in feeds
            if feed.status not in _KEPT_AS_BEFORE
            for change in feed.changes
            if change.kind is not ChangeKind.CHANGED or {*change.old, *change.new} - _CITING
        )
        self._by_id: dict[str, list[RowChange]] = {}
        self._by_relation: dict[str, list[_Slot]] = {}
        for change in taken:
            self._by_id.setdefault(change.statement_id, []).append(change)
            self._by_relation.setdefault(change.relation, []).append(_Slot(change, _ends(change)))

    def of_evidence(self, *sides: KeptClaim | None) -> tuple[RowChange, ...]:
        """Those among the rows that decided, on either side; if none, among those that only bore on it."""
        claims = [side for side in sides if side is not None]
        return self._with_ids(one for claim in claims for one in claim.rows) or self._with_ids(
            one for claim in claims for one in claim.beside
        )

    def _with_ids(self, ids: Iterable[str]) -> tuple[RowChange, ...]:
        found: dict[int, RowChange] = {}
        for statement in dict.fromkeys(ids):
            changes = self._by_id.get(statement) or self._by_id.get(_of_list(statement), [])
            found |= {id(change): change for change in changes}
        return tuple(found.values())

    def of_slot(self, result: Result) -> tuple[RowChange, ...]:
        """Those of a relation of the claim and of both its ends; if none, of one end or of its groups."""
        both: dict[int, RowChange] = {}
        one: dict[int, RowChange] = {}
        for part in result.parts:
            triple = part.triple
            ends = (_names(triple.subject, part.subject), _names(triple.object, part.object))
            readings = (part.reading,) if part.reading is not None else triple.readings
            for slot in self._slots(reading.relation for reading in readings):
                touched = [bool(names & slot.ends) for names in ends]
                if all(touched):
                    both[id(slot.change)] = slot.change
                elif any(touched):
                    one[id(slot.change)] = slot.change
            for term in (triple.subject, triple.object):
                for relation, other, _ in () if term.group is None else term.group.conditions:
                    for slot in self._slots((relation,)):
                        if _names(other, None) & slot.ends:
                            one[id(slot.change)] = slot.change
        return tuple((both or one).values())

    def of_names(self, result: Result) -> tuple[RowChange, ...]:
        """Those that name a thing by the words of the claim, whatever their relation."""
        words = {
            term.text.casefold()
            for part in result.parts
            for term in (part.triple.subject, part.triple.object)
            if term.text
        }
        named = [slot for slots in self._by_relation.values() for slot in slots if words & slot.ends]
        return tuple(slot.change for slot in named)

    def _slots(self, relations: Iterable[str]) -> Iterator[_Slot]:
        wanted: dict[str, None] = {}
        for id in relations:
            wanted[id] = None
            relation = self._catalogue.get(id)
            if relation is not None:
                wanted |= dict.fromkeys((relation.inverse, *relation.implied_by))
        for id in wanted:
            yield from self._by_relation.get(id, ())


@dataclass(frozen=True, slots=True)
class _Slot:
    change: RowChange
    ends: frozenset[str]
    """The ids of what it speaks of, and its names in lower case."""


def _ends(change: RowChange) -> frozenset[str]:
    cells = [change.row.get(name, "") for name in ("subject_id", "object_id")]
    cells += [change.row.get(name, "").casefold() for name in ("subject", "object")]
    return frozenset(filter(None, cells))


def _of_list(statement: str) -> str:
    """The id of the row of which this is a further object."""
    row, _, number = statement.rpartition("#")
    return row if number.isdigit() else statement


def _names(term: Term, match: Match | None) -> frozenset[str]:
    """The ids of what a term stands for, or may stand for, and its names in lower case."""
    matches = term.matches if match is None else (match,)
    named = {match.id for match in matches} | {match.label.casefold() for match in matches}
    return frozenset(named | {term.text.casefold()}) - {""}


def passed(report: Report, result: Result, catalogue: Catalogue, *, since: Date, until: Date) -> str:
    """The date of a row of the result that passed between two days, as a sentence; "" if none did.

    That is the day on which a row grew too old to count, ended or began.
    """
    labels = dict(report.labels)
    findings = [finding for part in result.parts for finding in part.findings]
    findings.sort(key=lambda finding: finding.stance is Stance.NEUTRAL)
    for statement in (finding.statement for finding in findings):
        relation = catalogue.get(statement.relation)
        if relation is None:
            continue
        days = course(statement, relation, undated=False)
        told = quoted(statement_words(statement, relation, labels))
        if since.latest <= days.stale < until.latest and days.seen_last is not None:
            last = date_words(days.seen_last)
            return f"{told} was last shown {last}, and does not count after {relation.stale_after} days"
        if since.latest <= days.until < until.latest and statement.end is not None:
            return f"the end of {told}, {format_date(statement.end)}, has passed"
        if since.latest < days.begun_by <= until.latest and statement.start is not None:
            return f"the beginning of {told}, {format_date(statement.start)}, has come"
    return ""


def statement_words(statement: Statement, relation: Relation, labels: Mapping[str, str]) -> str:
    """A row as it stands in a table, without its dates."""
    return row(
        relation,
        labels.get(statement.subject, statement.subject),
        value_text(statement.value, labels),
        qualifiers=tuple(
            (labels.get(id, id), value_text(value, labels)) for id, value in statement.qualifiers
        ),
    )
