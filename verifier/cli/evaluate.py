"""`verifier evaluate`."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from verifier import readers
from verifier.cli.options import Tables, output_option, table_options
from verifier.cli.output import ProgressBar, refuse_to_overwrite, write
from verifier.errors import InputError
from verifier.model import Document

__all__ = ["evaluate"]


@click.command()
@click.argument("claims", type=click.Path(path_type=Path))
@table_options
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json", "csv"]), default="terminal", show_default=True
)
@output_option
def evaluate(*, claims: Path, tables: Tables, form: str, output: Path | None) -> None:
    """Measure the verdicts on CLAIMS, a table of claims with a column `gold`.

    `gold` is supported, contradicted or unknown, or several of them with | between. Accuracy counts an
    unknown as wrong unless it is the gold; wrong is the share of the verdicts given that the gold does not
    allow. Both are shown by reason, by relation and by form of claim; csv has a line for each claim.
    """
    from verifier.evaluate import evaluate as measure
    from verifier.evaluate import render_csv, render_json, render_text, require_labels

    refuse_to_overwrite(output, read=chain([claims], tables.files()))
    rows = readers.read(claims)
    if isinstance(rows, Document):
        raise InputError(f"{claims}: a text, not a table of claims: give a CSV, TSV, JSONL or Parquet file")
    require_labels(rows, name=str(claims))
    with ProgressBar(str(claims)) as progress:
        report = tables.checker().check(rows, progress=progress)
    if form == "csv":
        write(render_csv(rows, report), output)
        return
    evaluation = measure(rows, report)
    write(render_json(evaluation) if form == "json" else render_text(evaluation), output)
