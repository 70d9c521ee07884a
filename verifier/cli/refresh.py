"""`verifier refresh`."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verifier.cli.options import output_option, settings_help
from verifier.cli.output import ProgressBar, colour, complain, width, write
from verifier.errors import UsageError, VerifierError
from verifier.settings import Settings

if TYPE_CHECKING:
    from verifier.night import NightReport
    from verifier.sources.root import Root

__all__ = ["refresh"]

_EPILOG = f"""\b
Examples:
  verifier refresh --dry-run
  verifier refresh --format markdown --output night.md
  verifier refresh --accept embassies
  verifier refresh --notify "mail -s verifier desk@example.org"
  verifier refresh --as-of-edition 2026-11-25

\b
A root is a folder with
  reference/  sources.toml (what is asked, and how much of it may change in a night), the queries, and tables
  claims/     the documents and tables of claims that are checked again
  .verifier/  what the job keeps: the editions, and the lock

\b
Exit codes:
  0    all is well: no verdict changed
  1    a verdict changed, or a source waits to be accepted (--accept)
  2    a source could not be had or read, wrong use, or the run failed: the table is as it was
  130  interrupted (Ctrl-C)

\b
Settings, from the environment:
{settings_help()}
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the table lives. Default: the checkout, else the user's data folder.",
)
@click.option(
    "--accept",
    multiple=True,
    metavar="NAME",
    help="Take the rows of this source though a guard rail stopped it, or let those of one go that is no "
    "longer listed. Repeatable.",
)
@click.option("--dry-run", is_flag=True, help="Report what would change, and write nothing.")
@click.option("--as-of", "day", metavar="DATE", help="The day of the night (2021-02-01). Default: today.")
@click.option(
    "--as-of-edition",
    metavar="N|DATE",
    help="Show the report of an earlier night again, and do nothing else.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "markdown", "json"]),
    default="terminal",
    show_default=True,
    help="How to report.",
)
@output_option
@click.option(
    "--notify",
    metavar="COMMAND",
    help="Hand the report (Markdown) to this program, on its stdin; VERIFIER_SUMMARY has it in one line.",
)
@click.option("--trace-requests", is_flag=True, help="Show on stderr every request that leaves.")
@click.option("--no-color", is_flag=True, help="No colours on a terminal (also: NO_COLOR).")
@click.pass_context
def refresh(
    context: click.Context,
    *,
    root: Path | None,
    accept: tuple[str, ...],
    dry_run: bool,
    day: str | None,
    as_of_edition: str | None,
    form: str,
    output: Path | None,
    notify: str | None,
    trace_requests: bool,
    no_color: bool,
) -> None:
    """Bring the table up to date, and report every verdict that changed.

    Each source of reference/sources.toml is fetched, mapped to statements, checked, and compared with what is
    there. A source that fails, or changes more than it may, keeps the rows of before. Then every document
    under claims/ is checked again, and the new table takes the place of the old one, whole or not at all.
    """
    from verifier.refresh.run import past_report

    place = _root(root)
    if as_of_edition is not None:
        if accept or dry_run or day or notify:
            raise UsageError("--as-of-edition shows the report of an earlier night: give no other option")
        report = past_report(place, as_of_edition)
    else:
        report = _spend(place, accept, dry_run, day, notify, trace=trace_requests)
    coloured = colour(output, allowed=not no_color)
    write(_rendered(report, form, coloured=coloured), output)
    context.exit(report.exit_code)


def _spend(
    root: Root, accept: tuple[str, ...], dry_run: bool, day: str | None, command: str | None, *, trace: bool
) -> NightReport:
    from verifier.refresh.notify import notify, read_command
    from verifier.refresh.run import Job
    from verifier.refresh.run import refresh as run
    from verifier.reports.night_words import summary

    if command is not None:
        read_command(command)

    def tell(text: str, in_a_line: str) -> None:
        if command is not None and (problem := notify(command, text, summary=in_a_line)):
            complain(problem)

    with _Bars() as bars:
        job = Job(
            root=root,
            settings=Settings.from_env(),
            day=_day(day),
            accept=accept,
            dry_run=dry_run,
            trace=partial(click.echo, err=True) if trace else None,
            progress=bars,
        )
        try:
            report = run(job)
        except VerifierError as exc:
            tell(f"The run failed: {exc}\n", f"the run failed: {exc}")
            raise
    tell(_rendered(report, "markdown", coloured=False), summary(report))
    return report


def _root(path: Path | None) -> Root:
    from verifier.sources.root import Root, default_root

    if path is not None and not path.is_dir():
        raise UsageError(f"--root {path}: there is no such folder")
    return default_root() if path is None else Root(path.absolute())


def _day(text: str | None) -> datetime.date:
    try:
        return datetime.date.today() if text is None else datetime.date.fromisoformat(text)
    except ValueError as exc:
        raise UsageError(f"--as-of {text!r} is no day: write it as 2026-11-25") from exc


def _rendered(report: NightReport, form: str, *, coloured: bool) -> str:
    from verifier.reports import night_data, night_markdown, night_text

    if form == "json":
        return night_data.render(report)
    if form == "markdown":
        return night_markdown.render(report)
    return night_text.render(report, colour=coloured, width=width())


class _Bars:
    """One progress bar after the other."""

    def __init__(self) -> None:
        self._label = ""
        self._bar: ProgressBar | None = None

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)

    def __call__(self, label: str, done: int, total: int) -> None:
        if self._bar is None or label != self._label:
            self.__exit__()
            self._label, self._bar = label, ProgressBar(label)
        self._bar(done, total)
