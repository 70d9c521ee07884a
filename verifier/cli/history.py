"""`verifier history`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verifier.cli.options import day_option, output_option, root_of, root_option
from verifier.cli.output import ProgressBar, complain, refuse_to_overwrite, write
from verifier.errors import InputError, UsageError
from verifier.model import Date, Report
from verifier.settings import Settings

if TYPE_CHECKING:
    from verifier.refresh.edition import Edition
    from verifier.refresh.editions import Editions
    from verifier.refresh.history import Spell

__all__ = ["history"]

_EPILOG = """\b
Examples:
  verifier history "Honduras has its embassy in Jerusalem."
  verifier history "Chad | embassy | Jerusalem" --since 2026-01-01
  verifier history "Honduras has its embassy in Jerusalem." --format json --output history.json

\b
Exit codes: 0 whatever the verdicts, 2 wrong use, no edition, or editions of which none can be read.
"""


@click.command(epilog=_EPILOG)
@click.argument("claim")
@click.option("--text", "as_text", is_flag=True, help="CLAIM is a claim, even if it looks like a path.")
@root_option
@day_option("The day for a claim that names none, in every edition. Default: each edition's own.")
@click.option("--since", metavar="N|DATE", help="From this edition or day on. Default: all.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@output_option
def history(
    *,
    claim: str,
    as_text: bool,
    root: Path | None,
    as_of: Date | None,
    since: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Show the verdict of one claim over the editions that `verifier refresh` made.

    CLAIM is a sentence or a triple "subject | relation | object". It is checked against the bundled table as
    each night left it; editions with the same verdict for the same row are told together.
    """
    # Late: none of it is needed for --help.
    from verifier.readers import looks_like_path
    from verifier.refresh.editions import Editions
    from verifier.refresh.history import spells

    if not as_text and (claim == "-" or looks_like_path(claim)):
        raise UsageError(f"{claim}: one claim is looked at, not a file: give its words (or --text)")
    place = root_of(root)
    refuse_to_overwrite(output, read=(path for table in place.tables for path in table.iterdir()))
    editions = Editions(place)
    found = spells(_reports(claim, editions, editions.since("1" if since is None else since), as_of))
    if not found:
        raise InputError(f"{place.path}: none of the editions can be read")
    write(_json(claim, found) if form == "json" else _text(claim, found), output)


def _reports(
    claim: str, editions: Editions, wanted: tuple[Edition, ...], as_of: Date | None
) -> Iterator[tuple[Edition, Report]]:
    from verifier.check import Checker
    from verifier.readers.claim_text import claim_row

    row = claim_row(claim, "c1")
    settings = Settings.from_env()
    with ProgressBar("editions") as progress:
        for number, edition in enumerate(wanted, start=1):
            try:
                root = editions.materialise(edition, settings.cache_dir)
                checker = Checker(as_of=as_of, settings=settings, root=root)
                yield edition, checker.check([row])
            except InputError as exc:
                complain(f"edition {edition.number} is left out: {exc}")
            progress(number, len(wanted))


def _text(claim: str, found: tuple[Spell, ...]) -> str:
    from verifier.refresh.history import deciding_row
    from verifier.reports.escape import visible
    from verifier.reports.terminal import MARKS

    count = sum(spell.editions for spell in found)
    days = _span(str(found[0].first.day), str(found[-1].last.day))
    lines = [f"“{visible(claim)}” in {count} edition{'' if count == 1 else 's'}, {days}", ""]
    for spell in found:
        result = spell.result
        numbers = _span(str(spell.first.number), str(spell.last.number))
        name = f"edition{'' if spell.editions == 1 else 's'} {numbers}"
        days = _span(str(spell.first.day), str(spell.last.day))
        lines.append(f"{MARKS[result.verdict][0]} {result.verdict}  {name}, {days}  [{result.reason}]")
        lines.append(f"  {visible(result.explanation)}")
        row = deciding_row(result)
        if row is not None:
            lines.append(f"  row {visible(row.statement.id)} in {visible(row.statement.table)}")
        lines.append("")
    return "".join(f"{line}\n" for line in lines[:-1])


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _json(claim: str, found: tuple[Spell, ...]) -> str:
    from verifier.reports.escape import inert_json

    record = {"claim": claim, "history": [_record(spell) for spell in found]}
    return inert_json(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"


def _record(spell: Spell) -> dict[str, Any]:
    from verifier.refresh.history import deciding_row
    from verifier.reports.statements import source_record, statement_record

    row = deciding_row(spell.result)
    labels = dict(spell.report.labels)
    return {
        "from": {"edition": spell.first.number, "day": spell.first.day.isoformat()},
        "to": {"edition": spell.last.number, "day": spell.last.day.isoformat()},
        "editions": spell.editions,
        "verdict": spell.result.verdict.value,
        "reason": spell.result.reason.value,
        "explanation": spell.result.explanation,
        "row": None if row is None else statement_record(row.statement, labels),
        "sources": [] if row is None else [source_record(source) for source in row.statement.sources],
    }
