"""`verifier coverage`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verifier.cli.options import Tables, output_option, table_options
from verifier.cli.output import complain, refuse_to_overwrite, write
from verifier.dates import parse_date
from verifier.errors import InputError, UsageError
from verifier.model import Match, Precision

if TYPE_CHECKING:
    from verifier.relations import Catalogue
    from verifier.sources.combined import Combined

__all__ = ["coverage"]

_NEAREST = 5
_MOST_YEARS = 100
_RANGE = re.compile(r"(?P<first>[+-]?[0-9]+)\s*[-–/]\s*(?P<last>[+-]?[0-9]+)")

_EPILOG = """\b
Examples:
  verifier coverage
  verifier coverage --entity Kosovo --year 2017
  verifier coverage --relation capital --relation president
  verifier coverage --years 2015-2021 --format csv --output years.csv
  verifier coverage --conflicts --entity Israel
  verifier coverage --reference my_table.csv --no-bundled --format json
"""


def _year(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, ...]:
    if value is None:
        return ()
    try:
        return (_number(value),)
    except ValueError as exc:
        raise click.BadParameter(str(exc), context, option) from exc


def _years(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, ...]:
    if value is None:
        return ()
    try:
        found = _RANGE.fullmatch(value.strip())
        if found is None:
            raise ValueError(f"{value[:40]!r} is not a range of years: write 2015-2021")
        first, last = _number(found["first"]), _number(found["last"])
        if not 0 <= last - first < _MOST_YEARS:
            why = "the first is after the last" if last < first else f"that is more than {_MOST_YEARS}"
            raise ValueError(f"{value[:40]!r}: {why}: write 2015-2021")
    except ValueError as exc:
        raise click.BadParameter(str(exc), context, option) from exc
    return tuple(range(first, last + 1))


def _number(text: str) -> int:
    date = parse_date(text)
    if date.precision is not Precision.YEAR or date.earliest[0] != date.latest[0]:
        raise ValueError(f"{text[:40]!r} is not a year: write 2021, or -0043 for 44 BC")
    return date.earliest[0]


@click.command(epilog=_EPILOG)
@click.option("--relation", "relations", multiple=True, metavar="NAME", help="A relation, by subject.")
@click.option(
    "--entity",
    "entities",
    multiple=True,
    metavar="NAME",
    help="A thing: what the tables say of it, as subject and as object.",
)
@click.option("--year", callback=_year, metavar="YEAR", help="How many slots can be decided for that year.")
@click.option("--years", callback=_years, metavar="YEAR-YEAR", help="The same for each of these years.")
@click.option("--conflicts", is_flag=True, help="List each slot in which rows in force disagree.")
@table_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json", "csv"]),
    default="terminal",
    show_default=True,
    help="How to report.",
)
@output_option
def coverage(
    *,
    relations: tuple[str, ...],
    entities: tuple[str, ...],
    year: tuple[int, ...],
    years: tuple[int, ...],
    conflicts: bool,
    tables: Tables,
    form: str,
    output: Path | None,
) -> None:
    """Show which relations, things and years the tables can decide, and where they disagree.

    Without a filter: one line a relation. --relation, --entity and the years narrow it down; the first two
    are repeatable, and take an id or a name.
    """
    # Late: neither is needed for --help.
    from verifier.reports.survey_data import render_csv, render_json
    from verifier.reports.survey_text import render_conflicts, render_text
    from verifier.survey import Scope, survey

    if year and years:
        raise UsageError("--year and --years ask the same: leave one out")
    refuse_to_overwrite(output, read=tables.files())
    checker = tables.checker()
    evidence, catalogue = checker.evidence, checker.catalogue
    scope = Scope(
        as_of=checker.day,
        relations=tuple(dict.fromkeys(_relation(name, catalogue) for name in relations)),
        entities=tuple(dict.fromkeys(_entity(name, evidence) for name in entities)),
        years=year or years,
    )
    found = survey(evidence, catalogue, scope)
    if form == "json":
        text = render_json(found, conflicts=conflicts)
    elif form == "csv":
        text = render_csv(found, conflicts=conflicts)
    else:
        text = render_conflicts(found) if conflicts else render_text(found)
    write(text, output)


def _relation(name: str, catalogue: Catalogue) -> str:
    """The id of the relation with this id, label or alias. Raises `InputError` that names the nearest."""
    found = catalogue.find(name) if name.strip() else None
    if found is not None:
        return found.id
    names = {**{id.casefold(): id for id in catalogue.relations}, **catalogue.by_name}
    folded = name.strip().casefold()
    if folded in names:
        return names[folded]
    near = difflib.get_close_matches(folded, names, n=2 * _NEAREST, cutoff=0.5)
    ids = list(dict.fromkeys(names[word] for word in near))[:_NEAREST]
    nearest = ", ".join(f"{catalogue[id].label} ({id})" for id in ids)
    raise InputError(
        f"--relation {name!r}: neither the catalogue nor a table has such a relation"
        + (f"; the nearest are {nearest}" if nearest else ": write an id, a label or an alias")
    )


def _entity(name: str, evidence: Combined) -> str:
    """The id of the thing with this id or name. Raises `InputError` that names the candidates."""
    from verifier.agreement import is_sure

    text = name.strip()
    exact = evidence.exact(text) if text else ()
    by_id = [match for match in exact if match.id == text]
    if len(exact) == 1 or by_id:
        return (by_id or exact)[0].id
    by_label = [match for match in exact if match.label.casefold() == text.casefold()]
    if len(by_label) == 1:
        others = _candidates(match for match in exact if match is not by_label[0])
        complain(f"--entity {name!r} is taken for {_candidates(by_label)}; also so named: {others}")
        return by_label[0].id
    if exact:
        raise InputError(
            f"--entity {name!r} is the name of several things: {_candidates(exact)}: write the id"
        )
    near = evidence.search(text, limit=_NEAREST) if text else ()
    if near and is_sure(near[0]):
        complain(f"--entity {name!r} is taken for {_candidates(near[:1], scores=True)}")
        return near[0].id
    raise InputError(
        f"--entity {name!r}: no table knows such a thing"
        + (f"; the nearest are {_candidates(near, scores=True)}" if near else "")
    )


def _candidates(matches: Iterable[Match], *, scores: bool = False) -> str:
    return ", ".join(
        f"{match.label} ({match.id}{f', {match.score:.0f} of 100' if scores else ''})" for match in matches
    )
