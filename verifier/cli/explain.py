"""`verifier explain`."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.cli.options import Tables, output_option, table_options
from verifier.cli.output import colour, refuse_to_overwrite, width, write
from verifier.errors import UsageError

__all__ = ["explain"]

_EPILOG = """\b
Examples:
  verifier explain "The US recognised Jerusalem as Israel's capital in 2018."
  verifier explain "Kosovo | capital | Pristina" --as-of 2021-02-01
  verifier explain "Norway | capital | Bergen" --reference my_table.csv --closed-world
  verifier explain "Most Arab states recognise Israel." --format json --output why.json

\b
Exit codes: 0 whatever the verdict, 2 wrong use or a table that cannot be read.
"""


@click.command(epilog=_EPILOG)
@click.argument("claim")
@click.option("--text", "as_text", is_flag=True, help="CLAIM is a claim, even if it looks like a path.")
@table_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@output_option
@click.option("--no-color", is_flag=True, help="No colours on a terminal (also: NO_COLOR).")
def explain(
    *, claim: str, as_text: bool, tables: Tables, form: str, output: Path | None, no_color: bool
) -> None:
    """Show how one claim is decided, from the names in it to the rule.

    CLAIM is a sentence or a triple "subject | relation | object". The verdict is that of `verifier check`
    with the same options: what was read of the claim and what was not, every name with its candidates, the
    relations that the words may mean, the rows that were considered and whether they are in force, and what
    would settle it.
    """
    # Late: none of it is needed for --help.
    from verifier.readers import looks_like_path
    from verifier.reports.trace_data import render_json
    from verifier.reports.trace_text import render_text

    if not as_text and (claim == "-" or looks_like_path(claim)):
        raise UsageError(f"{claim}: one claim is explained, not a file: give its words (or --text)")
    refuse_to_overwrite(output, read=tables.files())
    trace = tables.checker().explain(claim)
    if form == "json":
        write(render_json(trace), output)
    else:
        write(render_text(trace, colour=colour(output, allowed=not no_color), width=width()), output)
