"""`verifier snapshot`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verifier.cli.output import ProgressBar, complain, refuse_to_overwrite
from verifier.dates import parse_date
from verifier.errors import InputError, UsageError
from verifier.ids import is_property
from verifier.model import Date

if TYPE_CHECKING:
    from verifier.sources.wikidata.dump import Broken
    from verifier.sources.wikidata.snapshot import Counts

__all__ = ["snapshot"]

_MOST_NAMED = 20
"""Broken entities of which the place is told."""
_LANGUAGE = re.compile(r"[a-z]{2,12}(?:-[a-z0-9]{1,12}){0,3}")

_EPILOG = """\b
Examples:
  verifier snapshot build entities.ndjson.gz -o wikidata.snapshot
  verifier snapshot build latest-all.json.bz2 -o states.snapshot --types state,city,person
  verifier snapshot build a.json b.json.gz -o ab.snapshot --labels labels.csv --date 2020-07-01
  verifier check draft.md --reference wikidata.snapshot
"""


@click.group()
def snapshot() -> None:
    """Make an offline snapshot of Wikidata, to be given with --reference."""


def _listed(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    if value is None:
        return ()
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    if not names:
        raise click.BadParameter("name at least one, separated by commas", context, option)
    return names


def _properties(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    return _checked(context, option, value, is_property, "a property id like P36")


def _languages(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    return _checked(context, option, value, _LANGUAGE.fullmatch, "a language code like en")


def _checked(
    context: click.Context,
    option: click.Parameter,
    value: str | None,
    is_right: Callable[[str], object],
    right: str,
) -> tuple[str, ...]:
    names = _listed(context, option, value)
    for name in names:
        if not is_right(name):
            raise click.BadParameter(f"{name[:40]!r} is not {right}", context, option)
    return names


def _day(context: click.Context, option: click.Parameter, value: str | None) -> Date | None:
    try:
        return None if value is None else parse_date(value)
    except ValueError as exc:
        raise click.BadParameter(str(exc), context, option) from exc


@snapshot.command(epilog=_EPILOG)
@click.argument("dumps", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DUMP...")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="PATH", help="Where it is kept."
)
@click.option(
    "--labels",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV (id, label, aliases) of things that the dump only refers to. Repeatable.",
)
@click.option(
    "--properties", callback=_properties, metavar="P,P...", help="Keep statements of these properties only."
)
@click.option("--languages", callback=_languages, metavar="CODE,...", help="Languages of names. Default: en.")
@click.option(
    "--types",
    callback=_listed,
    metavar="TYPE,...",
    help="Keep statements of these things only: kinds of the catalogue (state), ids of classes (Q3624078).",
)
@click.option(
    "--date",
    "day",
    callback=_day,
    metavar="DATE",
    help="The day of the dump, when all of it was so. Default: when each entity was last changed.",
)
def build(
    *,
    dumps: tuple[Path, ...],
    output: Path,
    labels: tuple[Path, ...],
    properties: tuple[str, ...],
    languages: tuple[str, ...],
    types: tuple[str, ...],
    day: Date | None,
) -> None:
    """Turn dumps of Wikidata into one snapshot.

    DUMP is entity JSON: .json or .ndjson, plain, .gz or .bz2, an array or a line for each; - is stdin. What
    cannot be read is counted and shown. The snapshot appears whole or not at all; a build that was stopped is
    simply run again.
    """
    from verifier.sources import is_compiled
    from verifier.sources.bundled import bundled_catalogue
    from verifier.sources.wikidata.dump import Broken
    from verifier.sources.wikidata.snapshot import Narrowed, build_snapshot
    from verifier.sources.wikidata.vocabulary import wikidata_vocabulary

    if output.is_dir():
        raise UsageError(f"--output {output} is a folder: name a file")
    if output.exists() and not (output.is_file() and is_compiled(output)):
        raise UsageError(f"--output {output} is there already, and no snapshot: name another file")
    refuse_to_overwrite(output, read=[*dumps, *labels])
    missing = [path for path in (*dumps, *labels) if str(path) != "-" and not path.is_file()]
    if missing:
        raise InputError(f"{missing[0]}: there is no such file")
    broken = Broken()
    with ProgressBar("reading") as progress:
        counts = build_snapshot(
            _all(dumps, broken, progress),
            output,
            catalogue=bundled_catalogue(),
            vocabulary=wikidata_vocabulary(),
            name=output.name,
            labels=_labels(labels),
            narrowed=Narrowed(languages or ("en",), frozenset(properties) or None, frozenset(types) or None),
            day=day,
        )
    for line in _told(counts, broken):
        complain(line)
    click.echo(
        f"{output}: {counts.statements:,} statements of {counts.entities:,} entities"
        f" ({counts.named_only:,} more are named only)"
    )


def _all(
    dumps: Sequence[Path], broken: Broken, progress: Callable[[int, int], None]
) -> Iterator[Mapping[str, Any]]:
    from verifier.sources.wikidata.dump import read_dump

    sizes = [path.stat().st_size if path.is_file() else 0 for path in dumps]
    for number, path in enumerate(dumps):
        before, total = sum(sizes[:number]), sum(sizes) if all(sizes) else 0
        yield from read_dump(path, broken=broken, progress=partial(_further, progress, before, total))


def _further(progress: Callable[[int, int], None], before: int, total: int, done: int, size: int) -> None:
    """Tell how much is read of one file, as a part of all."""
    progress(before + done, total)


def _labels(paths: Sequence[Path]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    from verifier.sources.wikidata.labels import read_labels

    for path in paths:
        yield from read_labels(path)


def _told(counts: Counts, broken: Broken) -> Iterator[str]:
    """What went wrong, and what was left out."""
    passed_over = broken.count + counts.broken
    if passed_over:
        yield f"{_count(passed_over, 'entity was', 'entities were')} passed over as unreadable:"
        yield from (f"  {line}" for line in (*broken.first, *counts.first_broken)[:_MOST_NAMED])
    if counts.dropped:
        yield f"{_count(counts.dropped, 'statement was', 'statements were')} left out as unreadable"
    if counts.doubled:
        yield f"{_count(counts.doubled, 'entity', 'entities')} came twice; the first was taken"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
