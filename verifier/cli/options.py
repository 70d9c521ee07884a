"""Options that several commands share: which tables are asked, and as of when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from verifier.dates import parse_date
from verifier.errors import UsageError
from verifier.model import Date
from verifier.settings import VARIABLES, Settings, require_contact

if TYPE_CHECKING:
    from verifier.check import Checker
    from verifier.sources.root import Root

__all__ = [
    "Tables",
    "day_option",
    "output_option",
    "root_of",
    "root_option",
    "settings_help",
    "table_options",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _day(context: click.Context, option: click.Parameter, value: str | None) -> Date | None:
    try:
        return None if value is None else parse_date(value)
    except ValueError as exc:
        raise click.BadParameter(str(exc), context, option) from exc


def day_option(help: str) -> Callable[[_Command], _Command]:
    """The option --as-of, which gives a day as `as_of`."""
    return click.option("--as-of", callback=_day, metavar="DATE", help=help)


root_option = click.option(
    "--root",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the bundled table lives. Default: the checkout, else the user's data folder.",
)


def root_of(folder: Path | None) -> Root:
    """The root that --root names, or the default one. Raises `UsageError` for a folder that is none."""
    from verifier.sources.root import Root, default_root

    if folder is not None and not folder.is_dir():
        raise UsageError(f"--root {folder}: there is no such folder")
    return default_root() if folder is None else Root(folder)


@dataclass(frozen=True, slots=True)
class Tables:
    """What the options say about the evidence."""

    reference: tuple[Path, ...]
    bundled: bool
    closed_world: bool
    as_of: Date | None
    key: str | None
    online: bool | None
    trace_requests: bool
    root: Path | None = None
    as_of_edition: str | None = None

    def place(self) -> Root:
        """Where the bundled tables are, or the edition of them that is asked for.

        Raises `UsageError` for a folder that is none, and for an edition that is not kept.
        """
        root = root_of(self.root)
        if self.as_of_edition is None:
            return root
        if not self.bundled:
            raise UsageError("--as-of-edition is about the bundled table: leave out --no-bundled")
        from verifier.refresh.editions import Editions

        editions = Editions(root)
        return editions.materialise(editions.find(self.as_of_edition), Settings.from_env().cache_dir)

    def files(self) -> Iterator[Path]:
        """Every file of the tables. Raises `TableError` for a folder that is no table."""
        from verifier.sources.table import find_files

        for path in (*self.reference, *(self.place().tables if self.bundled else ())):
            if path.is_dir():
                yield from find_files(path).all
            else:
                yield path

    def checker(self) -> Checker:
        """A checker over these tables. Raises `UsageError` for options that do not go together."""
        settings = Settings.from_env()
        if self.online is not None:
            settings = replace(settings, online=self.online)
        if settings.online:
            require_contact(settings.contact)
        elif self.trace_requests:
            raise UsageError("--trace-requests is about --online: nothing leaves without it")
        if not self.reference:
            if self.closed_world:
                raise UsageError("--closed-world is about the tables of --reference: name one")
            if self.key is not None:
                raise UsageError("--key is about the tables of --reference: name one")
        # Late: the pipeline is not needed for --help, nor when the call itself is wrong.
        from verifier.check import Checker

        return Checker(
            reference=self.reference,
            bundled=self.bundled,
            closed_world=self.closed_world,
            as_of=self.as_of,
            key=self.key,
            settings=settings,
            trace=partial(click.echo, err=True) if self.trace_requests else None,
            root=self.place(),
        )


_OPTIONS = (
    click.option(
        "--reference",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="A table of facts: CSV, TSV, JSONL, Parquet, or a folder. Repeatable; beats the bundled one.",
    ),
    click.option(
        "--no-bundled",
        "bundled",
        is_flag=True,
        flag_value=False,
        default=True,
        help="Do not ask the bundled table.",
    ),
    root_option,
    click.option("--closed-world", is_flag=True, help="What the tables of --reference do not say is false."),
    day_option("The day of claims that name none (2021-02-01). Default: the document's, else today."),
    click.option(
        "--as-of-edition",
        metavar="N|DATE",
        help="The bundled table as `verifier refresh` left it in that edition, or on that day.",
    ),
    click.option(
        "--key",
        metavar="COLUMN",
        help="The column that names the thing, in a wide table. Default: the first.",
    ),
    click.option(
        "--online/--offline",
        "online",
        default=None,
        help="Whether Wikidata may be asked for what the tables lack. Default: offline.",
    ),
    click.option(
        "--trace-requests", is_flag=True, help="Show on stderr every request that leaves, with --online."
    ),
)


def table_options(command: _Command) -> _Command:
    """Add the options, and hand the command one `tables: Tables` for them."""
    import functools

    @functools.wraps(command)
    def with_tables(**options: Any) -> Any:
        names = Tables.__dataclass_fields__
        tables = Tables(**{name: options.pop(name) for name in names})
        return command(tables=tables, **options)

    for option in reversed(_OPTIONS):
        with_tables = option(with_tables)
    return with_tables  # type: ignore[return-value]


output_option = click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to a file, whole or not at all, instead of stdout.",
)


def settings_help() -> str:
    """The variables that the environment may set, for the end of a help text."""
    width = max(map(len, VARIABLES)) + 2
    return "\n".join(f"  {name.ljust(width)}{meaning}" for name, meaning in VARIABLES.items())
