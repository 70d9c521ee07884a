"""`verifier check`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import click

from verifier.cli.inputs import Batch, Reading, read_inputs
from verifier.cli.options import Tables, output_option, publication_options, settings_help, table_options
from verifier.cli.output import ProgressBar, colour, complain, refuse_to_overwrite, width, write
from verifier.errors import UsageError
from verifier.model import Document, Report, Verdict
from verifier.reports import REPORTS, claimreview, terminal

__all__ = ["check", "exit_code"]

_EPILOG = f"""\b
Examples:
  verifier check claims/kosovo-israel.md
  verifier check "Pristina is the capital of Kosovo."
  verifier check "Kosovo | capital | Pristina" --as-of 2021-02-01
  verifier check claims/triples.csv --format csv --output verdicts.csv
  verifier check "Norway | capital | Oslo" --reference my_table.csv --closed-world
  cat draft.txt | verifier check - --format json

\b
Exit codes:
  0    done, and nothing to fail on
  1    something to fail on was found (--fail-on), or no claim at all
  2    wrong use, an input that cannot be read, or an internal error
  130  interrupted (Ctrl-C)

\b
Settings, from the environment:
{settings_help()}
"""

FAILING = {
    "contradicted": (Verdict.CONTRADICTED,),
    "unknown": (Verdict.CONTRADICTED, Verdict.UNKNOWN),
    "never": (),
}


@click.command(epilog=_EPILOG)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--text", "reading", flag_value=Reading.TEXT.value, help="Every INPUT is a claim or a triple.")
@click.option("--file", "reading", flag_value=Reading.FILE.value, help="Every INPUT is a file or a folder.")
@table_options
@click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORTS)),
    default="terminal",
    show_default=True,
    help="How to report.",
)
@publication_options
@output_option
@click.option(
    "--fail-on",
    type=click.Choice(list(FAILING)),
    default="contradicted",
    show_default=True,
    help="Exit with 1 if a claim is contradicted, if one is not supported, or never.",
)
@click.option("--no-color", is_flag=True, help="No colours on a terminal (also: NO_COLOR).")
@click.pass_context
def check(
    context: click.Context,
    *,
    inputs: tuple[str, ...],
    reading: str | None,
    tables: Tables,
    form: str,
    publication: claimreview.Publication,
    output: Path | None,
    fail_on: str,
    no_color: bool,
) -> None:
    """Check each claim of a text, and show the rows that decide it.

    INPUT is a file (text, Markdown, a saved web page, Word, OpenDocument, PDF, EPUB, an e-mail, or a table of
    claims), a folder of them, a web address (with --online), - for stdin, a claim as text, or a triple
    "subject | relation | object". What has no white space, but a separator or a known suffix, is a path.
    """
    if form != "claimreview" and publication != claimreview.Publication():
        raise UsageError("--review-url, -author, -author-url and -date are about --format claimreview")
    batches = read_inputs(
        inputs, reading=Reading(reading or Reading.GUESS), read_address=partial(_read_address, tables)
    )
    refuse_to_overwrite(output, read=chain((name for name, _ in batches if name), tables.files()))
    checker = tables.checker()
    reports = []
    for batch in batches:
        name, what = batch
        with ProgressBar(name or "checking") as progress:
            reports.append(_named(checker.check(what, progress=progress), batch))
    if form == "terminal":
        text = terminal.render(*reports, colour=colour(output, allowed=not no_color), width=width())
    elif form == "claimreview":
        text = claimreview.render(*reports, publication=publication)
        if publication.missing:
            complain(f"readers of ClaimReview want {', '.join(publication.missing)}: see --review-url")
    else:
        text = REPORTS[form](*reports)
    write(text, output)
    for report in reports:
        if not report.results:
            complain(f"{report.document.name}: no checkable claim was found: this is not a pass")
    context.exit(exit_code(reports, fail_on=fail_on))


def exit_code(reports: Iterable[Report], *, fail_on: str) -> int:
    """0, or 1 if there is something to fail on: a verdict, or a document without any claim."""
    failing = FAILING[fail_on]
    if not failing:
        return 0
    return int(
        any(
            not report.results or any(result.verdict in failing for result in report.results)
            for report in reports
        )
    )


def _read_address(tables: Tables, address: str) -> Document:
    from verifier.readers.web import read_address  # late: most runs ask nobody

    return read_address(address, settings=tables.settings(), trace=tables.trace())


def _named(report: Report, batch: Batch) -> Report:
    """A report on a table of claims, which is no document, under the name of the table."""
    name, what = batch
    return report if isinstance(what, Document) else replace(report, document=Document("", name))
