"""From what was read to what is shown: a report on each input, compared with a baseline, as one text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from verifier.baseline import Baseline, compare
from verifier.cli.inputs import Batch
from verifier.cli.output import ProgressBar, complain, width, write
from verifier.model import Document, Report
from verifier.reports import REPORTS, claimreview, terminal
from verifier.reports.columns import counted
from verifier.suppress import complaints

if TYPE_CHECKING:
    from verifier.check import Checker

__all__ = ["Delivery", "checked", "compared", "tell"]

_NEEDED = {
    True: "is no longer needed: its claim is gone, or supported (--write-baseline writes a new one)",
    False: "are no longer needed: their claims are gone, or supported (--write-baseline writes a new one)",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """In which form reports go where."""

    form: str
    publication: claimreview.Publication
    output: Path | None
    colour: bool

    def deliver(self, reports: Sequence[Report]) -> None:
        """Write them, as one text."""
        if self.form == "terminal":
            text = terminal.render(*reports, colour=self.colour, width=width())
        elif self.form == "claimreview":
            text = claimreview.render(*reports, publication=self.publication)
            if self.publication.missing:
                complain(
                    f"readers of ClaimReview want {', '.join(self.publication.missing)}: see --review-url"
                )
        else:
            text = REPORTS[self.form](*reports)
        write(text, self.output)


def checked(checker: Checker, batch: Batch) -> Report:
    """The report on one batch, under its name, with a bar that shows how far it is."""
    name, what = batch
    with ProgressBar(name or "checking") as progress:
        report = checker.check(what, progress=progress)
    # A table of claims is no document.
    return report if isinstance(what, Document) else replace(report, document=Document("", name))


def compared(reports: Sequence[Report], baseline: Baseline | None) -> tuple[Report, ...]:
    """The reports with what is in the baseline set aside; says how much of it is of no use any more."""
    if baseline is None:
        return tuple(reports)
    found, stale = compare(reports, baseline)
    if stale:
        complain(f"{counted(len(stale), 'result')} of the baseline {_NEEDED[len(stale) == 1]}")
    return found


def tell(reports: Iterable[Report]) -> None:
    """Say on stderr which documents have no claim, and which marks do not do what they seem to."""
    for report in reports:
        for line, problem in complaints(report):
            complain(f"{report.document.name}:{line}: {problem}")
        if not report.results:
            complain(f"{report.document.name}: no checkable claim was found: this is not a pass")
