"""The pipeline, from top to bottom: a document or claims table in, a report out.

document -> claims -> triples -> entities and relations -> statements -> verdict -> report
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verifier.conclude import conclude
from verifier.errors import UsageError
from verifier.evidence import named_by
from verifier.given import DayGiven, dated, day_given, name_given, row_given, rows_given
from verifier.judge import judge
from verifier.model import (
    Candidates,
    Claim,
    ClaimRow,
    Date,
    Document,
    Part,
    Report,
    Result,
    Triple,
)
from verifier.namesakes import SpokenOf, judge_claim
from verifier.phrasebook import open_lexicon
from verifier.relations import Catalogue
from verifier.settings import Settings
from verifier.sources import open_source
from verifier.sources.combined import Combined, Source
from verifier.sources.root import Root, default_root
from verifier.suppress import suppress
from verifier.surroundings import world_of
from verifier.text.claims import find_claims, read_claims
from verifier.text.lexicon import Lexicon
from verifier.text.proper_names import proper_names
from verifier.text.reading import World
from verifier.text.row_claims import claim_of, names_in
from verifier.text.words import has_dictionary, use_dictionary
from verifier.values import parse_date
from verifier.version import __version__
from verifier.wordlist import open_dictionary

if TYPE_CHECKING:
    import pandas as pd

    from verifier.sources.wikidata.live import Live
    from verifier.trace import Trace
    from verifier.tracing import Record

__all__ = ["Checker", "check"]

Progress = Callable[[int, int], None]


@dataclass
class Checker:
    """Checks any number of documents and claims against one set of tables.

    Reach for this instead of `check` when the same tables serve more than one call: they are opened once.

    Raises `TableError` on first use if a table cannot be read, `UsageError` if there is no table at all.

        >>> from pathlib import Path
        >>> from verifier import Checker
        >>> size = Path("mayors.csv").write_text("subject,predicate,object\\nRuritania,mayor,Ann Holt\\n")
        >>> checker = Checker("mayors.csv", closed_world=True, as_of="2021-02-01")
        >>> for claim in ("Ruritania | mayor | Ann Holt", "Ruritania | mayor | Bo Lind"):
        ...     print(*checker.check(claim).results)
        <Result 'c1': supported (same-value), 'Ruritania | mayor | Ann Holt'>
        <Result 'c1': contradicted (not-in-complete-list), 'Ruritania | mayor | Bo Lind'>
    """

    reference: str | Path | Sequence[str | Path] = ()
    """Tables of your own, files or folders; they are believed before the bundled one."""
    bundled: bool = True
    """Whether the curated table that comes with the program is asked too."""
    closed_world: bool = False
    """Declare every list in the tables of `reference` complete."""
    as_of: DayGiven | None = None
    """The day for claims that name none, as text or from a calendar; else the document's, else that of the
    edition that `root` is, else today, fixed at the first use."""
    key: str | None = None
    """The column that names the thing, in wide tables."""
    settings: Settings | None = None
    sources: Sequence[Source] = ()
    """Further sources, opened already."""
    trace: Callable[[str], None] | None = None
    """Is told every byte that leaves, where `settings` allow to ask services."""
    root: Root | None = None
    """Where the bundled table lives, or an edition of it; None: the checkout, else the user's data folder."""

    def __post_init__(self) -> None:
        day_given(self.as_of)  # what is wrong with it is said at once

    def __getstate__(self) -> dict[str, Any]:
        """What it was made of, and its day: a copy, or another process, opens the tables anew."""
        kept = {*(field.name for field in fields(self)), "_today"}
        return {name: value for name, value in vars(self).items() if name in kept}

    def check(
        self,
        what: Document | str | Path | pd.DataFrame | pd.Series[Any] | Sequence[str | ClaimRow],
        *,
        progress: Progress | None = None,
    ) -> Report:
        """Check a document (or its path or web address), a claim (any other text) or several claims.

        A text is a path if it has no white space and looks like one (a separator, a known suffix), else a
        sentence or a triple "subject | relation | object": one result. A document has a result for each of
        its claims, in the order of the text, and may have none; a table one for each row, in order, and so a
        list or a series of claims. `progress` is called with how many of how many are done.

        Raises `InputError` if a file cannot be read, `TableError` if a cell of a table cannot, `UsageError`
        if it is none of these.

            >>> import pandas as pd
            >>> from verifier import Checker, Document
            >>> checker = Checker(as_of="2021-02-01")
            >>> checker.check(Document("Oslo is lovely. Bergen is the capital of Norway.", name="draft.txt"))
            <Report of 'draft.txt': 1 claim, 0 supported, 1 contradicted, 0 unknown>
            >>> checker.check(pd.DataFrame({"claim": ["Oslo is the capital of Norway."]})).results[0].verdict
            <Verdict.SUPPORTED: 'supported'>
        """
        if isinstance(what, Document):
            return self._document(dated(what), progress)
        if isinstance(what, (str, Path)):
            from verifier.readers import is_address, looks_like_path, read
            from verifier.readers.claim_text import claim_row

            if isinstance(what, str) and is_address(what):
                from verifier.readers.web import read_address

                document = read_address(what, settings=self._settings, trace=self.trace)
                return self.check(document, progress=progress)
            if isinstance(what, Path) or looks_like_path(what):
                return self.check(read(Path(what)), progress=progress)
            return self._rows(Document(what), (claim_row(what, "c1"),), progress)
        return self._rows(Document(""), rows_given(what), progress)

    def lookup(self, name: str, *, limit: int = 5) -> Candidates:
        """The candidates for a name, best first, each with its entity and the table that has it.

        A score is of 100, where 100 is the very name; a link should be taken only if it is high and stands
        out from its `runner_up`. The entity is None where no table describes the thing. A notebook shows
        them as a list. Raises `UsageError` for what is no text.

            >>> from verifier import Checker
            >>> match, entity, table = Checker().lookup("Prishtina")[0]
            >>> match.label, match.id, table
            ('Pristina', 'Q25270', 'reference')
        """
        name = name_given(name)
        if self._live is not None:
            self._live.find((name,))
            return self._with(self._live).lookup(name, limit=limit)
        return Candidates(
            (match, self.evidence.entity(match.id), self.evidence.origin(match.id))
            for match in self.evidence.search(name, limit=limit)
        )

    def explain(self, claim: str | ClaimRow) -> Trace:
        """How one claim, a sentence or a triple, is read and decided: the way to the result of `check`.

        Reach for it when a verdict surprises: it has each name with its candidates, each row that was
        considered, the rule that decided, and what would settle it. Raises `UsageError` if it is no claim.

            >>> from verifier import Checker
            >>> trace = Checker(as_of="2021-02-01").explain("Bergen is the capital of Norway.")
            >>> trace.result.reason, trace.parts[0].part.repair
            (<Reason.DIFFERENT_VALUE: 'different-value'>, 'Oslo')
        """
        row = row_given(claim, "c1")
        document = Document(claim if isinstance(claim, str) else "")
        if self._live is None:
            return self._explained(document, row, lambda report: report)
        self._rows(document, (row,), None)
        return self._with(self._live)._explained(document, row, self._live.told)

    def _explained(self, document: Document, row: ClaimRow, told: Callable[[Report], Report]) -> Trace:
        # Late: `check` needs none of it.
        from verifier.trace import Day, Origin
        from verifier.tracing import Record, retrace

        record = Record()
        report = told(self._rows(document, (row,), None, record))
        own = Origin.OPTION
        if self.as_of is None:
            own = Origin.TODAY if self._root.day is None else Origin.EDITION
        day = Day(self._day(), own) if row.as_of is None else Day(row.as_of, Origin.ROW)
        return retrace(report, record, self.evidence, catalogue=self.catalogue, day=day)

    # ------------------------------------------------------------------------------------------- opened once

    @cached_property
    def _settings(self) -> Settings:
        return self.settings if self.settings is not None else Settings.from_env()

    @cached_property
    def _root(self) -> Root:
        return default_root() if self.root is None else self.root

    @cached_property
    def _declared(self) -> Catalogue:
        return self._root.catalogue()

    @cached_property
    def evidence(self) -> Combined:
        """All tables as one, the user's before the bundled ones."""
        own = (self.reference,) if isinstance(self.reference, (str, Path)) else self.reference
        opened = partial(open_source, catalogue=self._declared, cache_dir=self._settings.cache_dir)
        sources: list[Source] = [
            opened(Path(path), key=self.key, closed_world=self.closed_world) for path in own
        ]
        if self.bundled:
            sources += [opened(path, bundled=True) for path in self._root.tables]
        sources += self.sources
        if not sources and not self._settings.online:
            raise UsageError("no table to check against: give --reference PATH, or leave out --no-bundled")
        return Combined(sources, catalogue=self._declared)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The relations of the catalogue and those of the tables' own."""
        return self._declared.with_relations(
            relation for source in self.evidence.sources for relation in source.relations
        )

    def _open_words(self) -> None:
        """Read words by the dictionary that is kept in the cache."""
        if not has_dictionary():
            use_dictionary(open_dictionary(self._settings.cache_dir))

    @cached_property
    def _lexicon(self) -> Lexicon:
        return open_lexicon(tuple(self.catalogue.relations.values()), self._settings.cache_dir)

    @cached_property
    def _world(self) -> World:
        return world_of(self.evidence, self._lexicon, self.catalogue)

    @cached_property
    def _today(self) -> Date:
        return parse_date((self._root.day or datetime.date.today()).isoformat())

    @property
    def day(self) -> Date:
        """The day for claims that name none, in texts that name none."""
        return self._day()

    def _day(self, *candidates: Date | None) -> Date:
        return next((day for day in (day_given(self.as_of), *candidates) if day is not None), self._today)

    # ---------------------------------------------------------------------------------------------- online

    @cached_property
    def _live(self) -> Live | None:
        """What services know, if they may be asked."""
        if not self._settings.online:
            return None
        # Late: most runs ask nobody.
        from verifier.online import open_live

        return open_live(self._settings, self._declared, trace=self.trace)

    def _with(self, live: Live) -> Checker:
        """A checker that asks the same tables, and what came from services."""
        return Checker(
            bundled=False,
            as_of=self.as_of,
            settings=replace(self._settings, online=False),
            root=self._root,
            sources=(*self.evidence.sources, live.source()),
        )

    def _asked(
        self, live: Live, names: Sequence[str], check: Callable[[Checker], Report], progress: Progress | None
    ) -> Report:
        from verifier.online import in_rounds

        def again() -> tuple[Report, Combined, Catalogue]:
            checker = self._with(live)
            return check(checker), checker.evidence, checker.catalogue

        return in_rounds(live, names, again, progress=progress)

    # ------------------------------------------------------------------------------------------- the pipeline

    def _document(self, document: Document, progress: Progress | None) -> Report:
        if self._live is not None:
            names = proper_names(document.text, document.prose)
            return self._asked(self._live, names, lambda checker: checker.check(document), progress)
        as_of = self._day(document.as_of)
        self._open_words()
        claims = find_claims(document, world=self._world, catalogue=self.catalogue, as_of=as_of)
        return suppress(self._report(document, self._results(claims, as_of, progress), as_of))

    def _rows(
        self,
        document: Document,
        rows: Sequence[ClaimRow],
        progress: Progress | None,
        record: Record | None = None,
    ) -> Report:
        if self._live is not None:
            names = tuple(dict.fromkeys(name for row in rows for name in names_in(row)))
            return self._asked(
                self._live, names, lambda checker: checker._rows(document, rows, None), progress
            )
        as_of = self._day()
        self._open_words()
        told = [(row.id, row.claim, row.as_of or as_of) for row in rows if row.claim]
        watch = None if record is None else record.reads.append
        read = (
            read_claims(told, world=self._world, catalogue=self.catalogue, watch=watch) if told else iter(())
        )
        results = []
        for number, row in enumerate(rows):
            claim = next(read) if row.claim else claim_of(row, world=self._world, catalogue=self.catalogue)
            results.append(self._result(replace(claim, as_of=row.as_of), row.as_of or as_of, record=record))
            if progress is not None:
                progress(number + 1, len(rows))
        return self._report(document, tuple(results), as_of)

    def _results(self, claims: Sequence[Claim], as_of: Date, progress: Progress | None) -> tuple[Result, ...]:
        results = []
        spoken_of = SpokenOf(self.evidence, self.catalogue)
        for number, claim in enumerate(claims):
            results.append(self._result(claim, claim.as_of or as_of, spoken_of))
            spoken_of.learn(results[-1])
            if progress is not None:
                progress(number + 1, len(claims))
        return tuple(results)

    def _result(
        self, claim: Claim, as_of: Date, spoken_of: SpokenOf | None = None, record: Record | None = None
    ) -> Result:
        def ask(triple: Triple) -> Part:
            decide = partial(judge, triple, self.evidence, catalogue=self.catalogue, as_of=as_of)
            return decide() if record is None else record.trial(triple, decide)

        in_text = ask if spoken_of is None else lambda triple: spoken_of.ask(triple, ask)
        return conclude(claim, judge_claim(claim, in_text))

    def _report(self, document: Document, results: tuple[Result, ...], as_of: Date) -> Report:
        findings = (finding for result in results for part in result.parts for finding in part.findings)
        things, named = named_by(finding.statement for finding in findings)
        labels = {id: entity.label for id in things if (entity := self.evidence.entity(id)) is not None}
        labels |= {id: relation.label for id in named if (relation := self.catalogue.get(id)) is not None}
        tables, names = self.evidence.tables, tuple(sorted(labels.items()))
        return Report(document, results, tables, (), as_of, names, __version__)


def check(
    what: Document | str | Path | pd.DataFrame | pd.Series[Any] | Sequence[str | ClaimRow],
    *,
    reference: Sequence[str | Path] = (),
    bundled: bool = True,
    closed_world: bool = False,
    as_of: DayGiven | None = None,
) -> Report:
    """Check one document, claim, or table or list of claims; see `Checker` for many, and for the arguments.

    Raises `InputError` if what is given or a table cannot be read, `UsageError` if there is no table to ask,
    or what is given is of another kind.

        >>> import verifier
        >>> report = verifier.check("The capital of Norway is Bergen.", as_of="2021-02-01")
        >>> report
        <Report: 1 claim, 0 supported, 1 contradicted, 0 unknown>
        >>> result = report.results[0]
        >>> result.reason, result.parts[0].repair
        (<Reason.DIFFERENT_VALUE: 'different-value'>, 'Oslo')
        >>> result.parts[0].findings[0].statement.sources[0].title
        'Norway, The World Factbook, edition of 2015-10-28'
    """
    return Checker(reference, bundled=bundled, closed_world=closed_world, as_of=as_of).check(what)
