"""`verifier lookup`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from verifier.cli.options import Tables, output_option, table_options
from verifier.cli.output import complain, refuse_to_overwrite, write
from verifier.errors import UsageError
from verifier.model import Entity, Match
from verifier.reports.escape import inert_json, visible

__all__ = ["lookup"]

_Candidate = tuple[Match, Entity | None, str]


@click.command()
@click.argument("name")
@click.option(
    "--limit", type=click.IntRange(min=1), default=5, show_default=True, help="How many candidates to show."
)
@table_options
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True
)
@output_option
def lookup(*, name: str, limit: int, tables: Tables, form: str, output: Path | None) -> None:
    """Show what NAME may stand for: candidates, best first, with their scores and why."""
    if not name.strip():
        raise UsageError("the name is empty")
    refuse_to_overwrite(output, read=tables.files())
    found = tables.checker().lookup(name, limit=limit)
    write(_json(found) if form == "json" else _text(found), output)
    if not found:
        complain(f"no table knows a name like {name!r}")


def _text(found: Sequence[_Candidate]) -> str:
    lines = []
    for match, entity, table in found:
        kinds = f", {', '.join(map(visible, entity.types))}" if entity is not None and entity.types else ""
        lines.append(f"{match.score:5.1f}  {visible(match.label)} ({visible(match.id)}{kinds})")
        why = f"{match.kind} match of the name “{visible(match.alias)}”"
        lines.append(f"       {why}; next best {match.runner_up:.1f}; in {visible(table)}")
        if entity is not None and entity.description:
            lines.append(f"       {visible(entity.description)}")
    return "".join(f"{line}\n" for line in lines)


def _json(found: Sequence[_Candidate]) -> str:
    records = [
        {
            "id": match.id,
            "label": match.label,
            "score": round(match.score, 1),
            "via": match.kind.value,
            "name": match.alias,
            "runner_up": round(match.runner_up, 1),
            "types": [] if entity is None else list(entity.types),
            "aliases": [] if entity is None else list(entity.aliases),
            "description": "" if entity is None else entity.description,
            "table": table,
        }
        for match, entity, table in found
    ]
    return inert_json(json.dumps(records, ensure_ascii=False, indent=2)) + "\n"
