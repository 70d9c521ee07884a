"""`verifier check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from verifier.baseline import baseline_of, read_baseline
from verifier.baseline import render as render_baseline
from verifier.cli.delivery import Delivery, checked, compared, tell
from verifier.cli.inputs import Reading, read_inputs
from verifier.cli.options import Tables, output_option, publication_options, settings_help, table_options
from verifier.cli.output import colour, complain, refuse_to_overwrite, write
from verifier.errors import UsageError
from verifier.model import Document, Report, Verdict
from verifier.reports import REPORTS, claimreview
from verifier.reports.columns import counted

__all__ = ["check", "exit_code"]

_EPILOG = f"""\b
Examples:
  verifier check claims/kosovo-israel.md
  verifier check "Pristina is the capital of Kosovo."
  verifier check "Kosovo | capital | Pristina" --as-of 2021-02-01
  verifier check claims/triples.csv --format csv --output verdicts.csv
  verifier check "Norway | capital | Oslo" --reference my_table.csv --closed-world
  cat draft.txt | verifier check - --format json
  verifier check drafts --write-baseline known.json
  verifier check drafts --baseline known.json --watch

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

_FAILING = {
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
    type=click.Choice(list(_FAILING)),
    default="contradicted",
    show_default=True,
    help="Exit with 1 if a claim is contradicted, if one is not supported, or never.",
)
@click.option("--no-color", is_flag=True, help="No colours on a terminal (also: NO_COLOR).")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Do not tell what is in this file of known results, unless it is worse now.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write such a file of all that is contradicted or unknown today.",
)
@click.option("--watch", "watched", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
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
    baseline: Path | None,
    write_baseline: Path | None,
    watched: bool,
) -> None:
    """Check each claim of a text, and show the rows that decide it.

    INPUT is a file (text, Markdown, a saved web page, Word, OpenDocument, PDF, EPUB, an e-mail, or a table of
    claims), a folder of them, a web address (with --online), - for stdin, a claim as text, or a triple
    "subject | relation | object". What has no white space, but a separator or a known suffix, is a path.
    """
    if form != "claimreview" and publication != claimreview.Publication():
        raise UsageError("--review-url, -author, -author-url and -date are about --format claimreview")
    if write_baseline is not None and (baseline is not None or watched):
        raise UsageError("--write-baseline writes all that is found: leave out --baseline and --watch")
    if output is not None and write_baseline is not None and output.resolve() == write_baseline.resolve():
        raise UsageError("--output and --write-baseline name the same file")
    delivery = Delivery(form, publication, output, colour(output, allowed=not no_color))
    given = Reading(reading or Reading.GUESS)
    if watched:
        from verifier.cli.watching import watch  # late: most runs end

        watch(inputs, reading=given, tables=tables, baseline=baseline, delivery=delivery)
    batches = read_inputs(inputs, reading=given, read_address=partial(_read_address, tables))

    def read() -> Iterator[Path | str]:
        yield from (name for name, _ in batches if name)
        if baseline is not None:
            yield baseline
        yield from tables.files()

    refuse_to_overwrite(output, read=read())
    refuse_to_overwrite(write_baseline, read=read(), option="--write-baseline")
    known = None if baseline is None else read_baseline(baseline)
    checker = tables.checker()
    reports = tuple(checked(checker, batch) for batch in batches)
    if write_baseline is not None:
        known = baseline_of(reports, write_baseline.parent)
        write(render_baseline(known), write_baseline, option="--write-baseline")
        complain(f"{write_baseline}: {counted(len(known.entries), 'result')} written")
    reports = compared(reports, known)
    delivery.deliver(reports)
    tell(reports)
    context.exit(exit_code(reports, fail_on=fail_on))


def exit_code(reports: Iterable[Report], *, fail_on: str) -> int:
    """0, or 1 if there is something to fail on: a verdict that is told, or a document without any claim."""
    failing = _FAILING[fail_on]
    if not failing:
        return 0
    return int(
        any(
            not report.results
            or any(result.verdict in failing and result.suppressed is None for result in report.results)
            for report in reports
        )
    )


def _read_address(tables: Tables, address: str) -> Document:
    from verifier.readers.web import read_address  # late: most runs ask nobody

    return read_address(address, settings=tables.settings(), trace=tables.trace())
