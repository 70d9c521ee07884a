"""What is watched: each document and table of claims under `claims/` is checked again, and compared.

A verdict that changed is told with what changed it: rows of the night, else time, else the program.
"""

from __future__ import annotations

import datetime
import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from verifier.check import Checker
from verifier.dates import day as date_of
from verifier.dates import format_date
from verifier.errors import InputError, VerifierError
from verifier.model import ClaimRow, Date, Document, Report, Result, Verdict
from verifier.night import FeedReport, RowChange, VerdictChange, WatchedDocument
from verifier.readers import files_in, read
from verifier.refresh.causes import Changes, passed
from verifier.refresh.kept import KeptClaim, KeptDocument, keep, paired, same_claim
from verifier.relations import Catalogue

__all__ = ["Check", "Table", "Watched", "checking", "recheck"]

log = logging.getLogger(__name__)

Read = Document | tuple[ClaimRow, ...]
Check = Callable[[Read, Date], Report]
"""Checks a document or a table of claims as of a day, which is the document's own where it has one."""


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table as it stood in one night, as something that checks."""

    check: Check
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of the documents that are watched."""

    documents: tuple[WatchedDocument, ...]
    verdicts: tuple[VerdictChange, ...]
    kept: Mapping[str, KeptDocument]
    """What the next night compares with (`kept.kept_to_data`)."""


def checking(checker: Checker) -> Check:
    """A checker as `Check`; its tables are opened once, at the first use."""

    def check(what: Read, as_of: Date) -> Report:
        checker.as_of = as_of
        return checker.check(what)

    return check


def recheck(
    folder: Path,
    now: Table,
    before: Table | None,
    *,
    kept: Mapping[str, KeptDocument],
    feeds: Iterable[FeedReport],
    catalogue: Catalogue,
    progress: Callable[[int, int], None] | None = None,
) -> Watched:
    """Check everything under a folder, and compare with what was kept of the last night.

    A document that was not kept, or is another since, is compared with what the table `before` says of it.
    One that cannot be read or checked is told as such; what was kept of it stays.
    """
    changes = Changes(feeds, catalogue)
    documents: list[WatchedDocument] = []
    verdicts: list[VerdictChange] = []
    keeping: dict[str, KeptDocument] = {}

    def unlisted(where: str, error: InputError) -> None:
        name = _name(Path(where), folder)
        documents.append(WatchedDocument(name, {}, str(error).replace(where, name)))

    files = tuple(files_in(folder, unlisted=unlisted)) if folder.is_dir() else ()
    for number, path in enumerate(files, start=1):
        name = _name(path, folder)
        last = kept.get(name)
        try:
            found = _Again(path, name, now, before, last, changes, catalogue)
            report = found.report
            verdicts += found.changed()
        except Exception as exc:  # one document is not to end the night of all the others
            if not isinstance(exc, VerifierError):
                log.exception("%s: cannot be checked", name)
            problem = str(exc) if isinstance(exc, VerifierError) else f"cannot be checked: {exc!r}"
            problem = problem.replace(str(path), name)
            documents.append(WatchedDocument(name, {}, problem))
            if last is not None:
                keeping[name] = last
        else:
            documents.append(WatchedDocument(name, _counts(report.results)))
            keeping[name] = found.kept
        if progress is not None:
            progress(number, len(files))
    # A folder that could not be listed hides what is in it: that is not gone.
    hidden = [f"{one.path}/" for one in documents if one.problem and one.path not in kept]
    keeping |= {
        name: one for name, one in kept.items() if name not in keeping and name.startswith(tuple(hidden))
    }
    documents.sort(key=lambda one: one.path)
    return Watched(tuple(documents), tuple(verdicts), keeping)


def _name(path: Path, folder: Path) -> str:
    """The path from the root, as it can be written anywhere."""
    name = path.relative_to(folder.parent).as_posix()
    return name.encode("utf-8", "backslashreplace").decode()


@dataclass
class _Again:
    """One document that is checked again."""

    path: Path
    name: str
    now: Table
    before: Table | None
    last: KeptDocument | None
    changes: Changes
    catalogue: Catalogue
    what: Read = field(init=False)
    report: Report = field(init=False)
    kept: KeptDocument = field(init=False)
    _earlier: dict[datetime.date, Report] = field(default_factory=dict)
    """What the table of now says as of a day before."""

    def __post_init__(self) -> None:
        self.what = read(self.path)
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest()
        self.report = self._check(self.now, self.now.day)
        self.kept = keep(self.report, digest=digest, day=self.now.day)

    def _check(self, table: Table, day: datetime.date) -> Report:
        own = self.what.as_of if isinstance(self.what, Document) else None
        return table.check(self.what, own if own is not None else _date(day))

    @cached_property
    def _then(self) -> KeptDocument | None:
        """What the table before says of the document as it is now, by the program as it is now."""
        if self.before is None:
            return None
        report = self._check(self.before, self.before.day)
        return keep(report, digest=self.kept.digest, day=self.before.day)

    @cached_property
    def _old(self) -> KeptDocument | None:
        same = self.last is not None and self.last.digest == self.kept.digest
        return self.last if same else self._then

    def changed(self) -> Iterator[VerdictChange]:
        """Each claim whose verdict is another than it was."""
        if self._old is None:
            return
        for old, number in paired(self._old.claims, self.kept.claims):
            new = None if number is None else self.kept.claims[number]
            if _verdict(old) != _verdict(new):
                result = None if number is None else self.report.results[number]
                causes, because = self._why(self._old, old, new, result)
                yield _change(self.name, old, new, causes, because)

    def _why(
        self, then: KeptDocument, old: KeptClaim | None, new: KeptClaim | None, result: Result | None
    ) -> tuple[tuple[RowChange, ...], str]:
        """The rows that changed a verdict, or in words what else did."""
        if then.program != self.kept.program and self._then is not None:
            same = same_claim(self._then.claims, old, new)
            if _verdict(same) == _verdict(new):
                return (), f"another version of the program: {self.kept.program}, before {then.program}"
            old = same
        causes = self.changes.of_evidence(old, new)
        if causes:
            return causes, ""
        with_time, passing = self._time(then.day, old, new, result)
        if passing:
            return (), f"time: {passing}"
        if result is not None:
            causes = self.changes.of_slot(result) or self.changes.of_names(result)
        if causes:
            return causes, ""
        if with_time:
            return (), f"time: it was checked as of {format_date(_date(then.day))} before"
        if self.before is not None and then.day < self.before.day:
            return (), f"a night since {format_date(_date(then.day))}, when it could last be checked"
        return (), "no row of a source did it: what else the table says was changed"

    def _time(
        self, since: datetime.date, old: KeptClaim | None, new: KeptClaim | None, result: Result | None
    ) -> tuple[bool, str]:
        """Whether the verdict is as it was if only the day is, and which row has a date that passed since."""
        own = self.what.as_of if isinstance(self.what, Document) else None
        claimed = None if result is None else result.claim.as_of
        if own is not None or claimed is not None or since >= self.now.day:
            return False, ""
        if since not in self._earlier:
            self._earlier[since] = self._check(self.now, since)
        report = self._earlier[since]
        claims = keep(report, digest=self.kept.digest, day=since).claims
        same = same_claim(claims, old, new)
        if _verdict(same) != _verdict(old):
            return False, ""
        earlier = None if same is None else report.results[claims.index(same)]
        for told, asked in ((report, earlier), (self.report, result)):
            days = {"since": _date(since), "until": _date(self.now.day)}
            if asked is not None and (words := passed(told, asked, self.catalogue, **days)):
                return True, words
        return True, ""


def _counts(results: Iterable[Result]) -> dict[str, int]:
    counts = Counter(result.verdict for result in results)
    return {verdict.value: counts[verdict] for verdict in Verdict}


def _verdict(claim: KeptClaim | None) -> str | None:
    return None if claim is None else claim.verdict


def _date(of: datetime.date) -> Date:
    return date_of(of.year, of.month, of.day)


def _change(
    name: str, old: KeptClaim | None, new: KeptClaim | None, causes: tuple[RowChange, ...], because: str
) -> VerdictChange:
    claim = new or old
    assert claim is not None
    return VerdictChange(
        document=name,
        line=claim.line,
        column=claim.column,
        claim_id=claim.id,
        claim=claim.text,
        old=_verdict(old),
        new=_verdict(new),
        old_reason="" if old is None else old.reason,
        new_reason="" if new is None else new.reason,
        explanation=claim.explanation,
        causes=causes,
        because=because,
    )
