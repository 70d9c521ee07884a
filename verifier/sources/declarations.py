"""What `table.toml` says of a table: title, publisher, licence, what is complete, how many rows to expect."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from verifier.dates import parse_date
from verifier.errors import TableError
from verifier.model import Date, Source

__all__ = [
    "CompleteList",
    "Declarations",
    "Expectation",
    "check_keys",
    "read_declarations",
    "read_toml",
    "text_of",
]

_TEXTS = ("title", "publisher", "url", "licence", "description")
_COMPLETE = (
    "relation",
    "subject",
    "object",
    "subject_types",
    "except",
    "as_of",
    "source_url",
    "source_title",
    "publisher",
    "retrieved",
)
_BOUNDS = ("min", "max", "min_subjects", "max_subjects")
_EXPECT = ("relation", *_BOUNDS)
_MANIFEST = ("edition", "day", "file")
"""Keys that `manifest` reads."""


@dataclass(frozen=True, slots=True)
class CompleteList:
    """A list that the table has in full, in the words of the declaration."""

    where: str
    relation: str
    subject: str = ""
    object: str = ""
    as_of: Date | None = None
    source: Source | None = None
    subject_types: tuple[str, ...] = ()
    """The list of each subject of these types is meant ..."""
    excepted: tuple[str, ...] = ()
    """... but of these."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """How many statements of a relation there must be, and of how many subjects; the bounds are included."""

    where: str
    relation: str
    least: int | None = None
    most: int | None = None
    least_subjects: int | None = None
    most_subjects: int | None = None


@dataclass(frozen=True, slots=True)
class Declarations:
    """What a table says of itself."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    curated: bool = False
    """True if every row is held to what `curated` asks (`curated = true`)."""
    everything: bool = False
    """True if every slot of the table is complete (`complete = true`)."""
    complete: tuple[CompleteList, ...] = ()
    expect: tuple[Expectation, ...] = ()


def read_declarations(data: bytes, path: Path) -> Declarations:
    """Read a `table.toml`. Raises `TableError` that names the key that is wrong."""
    tables = read_toml(data, path)
    check_keys(tables, (*_TEXTS, "curated", "complete", "expect", *_MANIFEST), path=path)
    complete = tables.get("complete", [])
    if not isinstance(tables.get("curated", False), bool):
        raise TableError(
            "neither true nor false",
            path=path,
            column="curated",
            value=str(tables["curated"]),
            hint="write true",
        )
    return Declarations(
        title=text_of(tables, "title", path=path),
        publisher=text_of(tables, "publisher", path=path),
        url=text_of(tables, "url", path=path),
        licence=text_of(tables, "licence", path=path),
        curated=tables.get("curated", False),
        everything=complete is True,
        complete=() if isinstance(complete, bool) else tuple(_lists(complete, path)),
        expect=tuple(_expectations(tables.get("expect", []), path)),
    )


def _lists(items: Any, path: Path) -> list[CompleteList]:
    found = []
    for where, item in _items(items, "complete", _COMPLETE, path=path):
        as_of = text_of(item, "as_of", path=path, where=where)
        source = Source(
            url=text_of(item, "source_url", path=path, where=where),
            title=text_of(item, "source_title", path=path, where=where),
            publisher=text_of(item, "publisher", path=path, where=where),
            retrieved=text_of(item, "retrieved", path=path, where=where),
        )
        try:
            day = parse_date(as_of) if as_of else None
        except ValueError as exc:
            raise TableError(str(exc), path=path, column=f"{where}.as_of", value=as_of) from exc
        kinds = _texts(item, "subject_types", path=path, where=where)
        excepted = _texts(item, "except", path=path, where=where)
        _check_kinds(item, path=path, where=where)
        found.append(
            CompleteList(
                where=where,
                relation=text_of(item, "relation", path=path, where=where),
                subject=text_of(item, "subject", path=path, where=where),
                object=text_of(item, "object", path=path, where=where),
                as_of=day,
                source=None if source == Source() else source,
                subject_types=kinds,
                excepted=excepted,
            )
        )
    return found


def _check_kinds(item: Mapping[str, Any], *, path: Path, where: str) -> None:
    """Kinds of subjects are for a list of no one subject or object, and exceptions are from kinds."""
    if "subject_types" in item:
        for key in ("subject", "object"):
            if key in item:
                hint = f"leave out {key}, or subject_types"
                problem = "it is about one thing or about kinds of things"
                raise TableError(problem, path=path, column=f"{where}.{key}", value=str(item[key]), hint=hint)
    elif "except" in item:
        hint = "say subject_types too"
        raise TableError("there are no kinds to except from", path=path, column=f"{where}.except", hint=hint)


def _expectations(items: Any, path: Path) -> list[Expectation]:
    found = []
    for where, item in _items(items, "expect", _EXPECT, path=path):
        bounds = [_bound(item, key, path=path, where=where) for key in _BOUNDS]
        for (least, most), name in zip((bounds[:2], bounds[2:]), ("min", "min_subjects"), strict=True):
            if least is not None and most is not None and least > most:
                raise TableError(
                    f"more than the maximum, {most}",
                    path=path,
                    column=f"{where}.{name}",
                    value=str(least),
                    hint="write the smaller number as the minimum",
                )
        if bounds == [None] * len(_BOUNDS):
            hint = f"give one of {', '.join(_BOUNDS)}"
            raise TableError("nothing is expected", path=path, column=where, hint=hint)
        found.append(Expectation(where, text_of(item, "relation", path=path, where=where), *bounds))
    return found


def _bound(item: Mapping[str, Any], key: str, *, path: Path, where: str) -> int | None:
    value = item.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise TableError(
        "not a whole number", path=path, column=f"{where}.{key}", value=str(value), hint="write 0, 1, 2 ..."
    )


def _items(
    items: Any, key: str, allowed: tuple[str, ...], *, path: Path
) -> list[tuple[str, Mapping[str, Any]]]:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise TableError(
            "not a list of tables", path=path, column=key, hint=f"write [[{key}]] above the keys of each"
        )
    numbered = [(f"{key}[{number}]", item) for number, item in enumerate(items, start=1)]
    for where, item in numbered:
        check_keys(item, allowed, path=path, where=where)
        if not item.get("relation"):
            raise TableError(
                "a relation is missing",
                path=path,
                column=f"{where}.relation",
                hint="an id, a label or an alias",
            )
    return numbered


def read_toml(data: bytes, path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises `TableError` if it is none."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as exc:
        raise TableError(f"not TOML: {exc}", path=path) from exc


def check_keys(table: Mapping[str, Any], allowed: tuple[str, ...], *, path: Path, where: str = "") -> None:
    """Raise `TableError` for a key that nobody reads."""
    for key in table:
        if key not in allowed:
            name = f"{where}.{key}" if where else key
            raise TableError("unknown key", path=path, column=name, hint=f"one of {', '.join(allowed)}")


def text_of(table: Mapping[str, Any], key: str, *, path: Path, where: str = "") -> str:
    """The text of a key, a date in ISO 8601; "" if it is not there. Raises `TableError` for another kind."""
    value = table.get(key, "")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise TableError("not a text", path=path, column=f"{where}.{key}" if where else key, value=str(value))
    return value.strip()


def _texts(table: Mapping[str, Any], key: str, *, path: Path, where: str) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise TableError("not a list of texts", path=path, column=f"{where}.{key}", value=str(values))
    if key in table and not values:
        raise TableError("an empty list", path=path, column=f"{where}.{key}", hint="leave the key out")
    return tuple(value.strip() for value in values)
