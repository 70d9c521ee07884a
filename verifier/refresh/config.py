"""Reads `sources.toml`: the sources of the nightly job, and which editions are kept."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from verifier.errors import TableError
from verifier.night import Feed, FeedKind, Mapped
from verifier.refresh.bounds import read_bounds
from verifier.refresh.mapping import OPTIONAL, REQUIRED, columns_of, template_columns
from verifier.refresh.toml import Keys
from verifier.relations import Catalogue
from verifier.sources.bundled import bundled_catalogue
from verifier.sources.rows import column_name

__all__ = ["Keep", "Sources", "read_sources"]

_NAME = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_LONGEST_NAME = 60
_EDITIONS = "editions"
_FEED = (
    *("kind", "path", "url", "query", "endpoint", "title", "publisher", "licence", "page"),
    *("delimiter", "rows", "dates", "key", "expect", "values", "statements"),
)
_ADDRESSES = {
    FeedKind.SPARQL: ("query",),
    FeedKind.CSV: ("path", "url"),
    FeedKind.JSON: ("path", "url"),
}
_ONLY = {"delimiter": FeedKind.CSV, "rows": FeedKind.JSON, "endpoint": FeedKind.SPARQL}
"""Keys that one kind of source alone has."""
_SET_BY_THE_JOB = ("seen_first", "seen_last")


@dataclass(frozen=True, slots=True)
class Keep:
    """Which editions are kept: each of the last `days` days, then the last of each of `months` months."""

    days: int = 60
    months: int = 120


@dataclass(frozen=True, slots=True)
class Sources:
    """All that `sources.toml` says."""

    feeds: tuple[Feed, ...]
    keep: Keep = Keep()


def read_sources(path: Path, catalogue: Catalogue | None = None) -> Sources:
    """Read a `sources.toml`; without a catalogue, relations are those of the bundled one.

    Raises `TableError` that names the key that is wrong, its value, and what would be right.
    """
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as exc:
        raise TableError(f"cannot be read: {exc}", path=path) from exc
    relations = bundled_catalogue() if catalogue is None else catalogue
    keep = _keep(Keys(path, _EDITIONS, data.pop(_EDITIONS, {})))
    seen: dict[str, str] = {}
    for name in data:
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            raise TableError(
                "not the name of a source", path=path, column=name, hint="write letters, digits and hyphens"
            )
        if name.casefold() in seen:
            raise TableError("two sources have the same name", path=path, column=name, hint="rename one")
        seen[name.casefold()] = name
    return Sources(
        tuple(_feed(name, Keys(path, name, table), relations) for name, table in data.items()), keep
    )


def _keep(keys: Keys) -> Keep:
    keys.check(("days", "months"))
    default = Keep()
    return Keep(
        days=keys.whole("days", default.days, least=1), months=keys.whole("months", default.months, least=0)
    )


def _feed(name: str, keys: Keys, catalogue: Catalogue) -> Feed:
    keys.check(_FEED)
    kind = _kind(keys)
    for key, of in _ONLY.items():
        if key in keys.table and kind is not of:
            raise keys.error(f"of a source of kind {of.value!r} alone", key, hint="leave it out")
    address = _address(keys, kind)
    statements = _statements(keys, catalogue)
    page = keys.url("page")
    if not page and not all("source_url" in mapped.columns for mapped in statements):
        raise keys.error("a key is missing", "page", hint="the page that a row without a source is cited by")
    feed = Feed(
        name=name,
        kind=kind,
        title=keys.text("title", needed="what the source is called"),
        publisher=keys.text("publisher", needed="who publishes it"),
        licence=keys.text("licence", needed="as CC0-1.0, or the words of the source"),
        address=address,
        endpoint=keys.url("endpoint"),
        url=page,
        statements=statements,
        values=_values(keys),
        key=keys.texts("key"),
        bounds=read_bounds(keys.inner("expect")),
        rows_at=keys.text("rows"),
        delimiter=_delimiter(keys),
        date_format=_date_format(keys),
    )
    _check_key(keys, feed)
    return feed


def _kind(keys: Keys) -> FeedKind:
    text = keys.text("kind", needed=f"one of {', '.join(FeedKind)}")
    if text not in set(FeedKind):
        raise keys.error("no kind of source", "kind", text, hint=f"one of {', '.join(FeedKind)}")
    return FeedKind(text)


def _address(keys: Keys, kind: FeedKind) -> str:
    allowed = _ADDRESSES[kind]
    given = [key for key in ("path", "url", "query") if key in keys.table]
    wrong = [key for key in given if key not in allowed]
    if wrong:
        raise keys.error(f"not for kind {kind.value!r}", wrong[0], hint=f"give {' or '.join(allowed)}")
    if len(given) != 1:
        problem = "where the source is, is missing" if not given else "the source is in two places"
        raise keys.error(problem, given[-1] if given else allowed[0], hint=f"give {' or '.join(allowed)}")
    return (
        keys.url("url") if given == ["url"] else keys.text(given[0], needed="a path from this file's folder")
    )


def _delimiter(keys: Keys) -> str:
    text = keys.table.get("delimiter", "")
    if not isinstance(text, str) or len(text) > 1 or text in ('"', "\n", "\r"):
        raise keys.error("not one character", "delimiter", str(text), hint='as ";", or leave it out')
    return text


def _date_format(keys: Keys) -> str:
    text = keys.text("dates")
    if text and not re.search("%[YycxG]", text):
        raise keys.error("a date without a year", "dates", text, hint="as %d.%m.%Y")
    return text


def _values(keys: Keys) -> dict[str, dict[str, str]]:
    found = {}
    tables = keys.inner("values")
    for column in tables.table:
        inner = tables.inner(column)
        if not inner.table:
            raise tables.error("no value is wanted", column, hint="list the values, or leave the table out")
        for value, instead in inner.table.items():
            if not isinstance(instead, str):
                raise inner.error("not a text", value, str(instead), hint="what stands for the value")
        found[column] = {value.strip(): instead.strip() for value, instead in inner.table.items()}
    return found


def _statements(keys: Keys, catalogue: Catalogue) -> tuple[Mapped, ...]:
    items = keys.table.get("statements", [])
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        hint = f"write [[{keys.where}.statements]] above the columns of a statement"
        raise keys.error("no statement is made of a row", "statements", hint=hint)
    numbered = enumerate(items, start=1)
    return tuple(
        _mapped(Keys(keys.path, f"{keys.where}.statements[{n}]", item), catalogue) for n, item in numbered
    )


def _mapped(keys: Keys, catalogue: Catalogue) -> Mapped:
    columns: dict[str, str] = {}
    for column in keys.table:
        if column != "where":
            _check_column(keys, column, catalogue)
            columns[column] = keys.text(column, needed="a text with the raw columns in braces, as {city}")
            _check_template(keys, column, columns[column], catalogue)
    for end in (("subject", "subject_id"), ("predicate",), ("object", "object_id")):
        if not any(name in columns for name in end):
            raise keys.error("a key is missing", end[0], hint='as {name}, or "P36"')
    inner = keys.inner("where")
    where = {name: inner.texts(name) for name in inner.table}
    return Mapped(columns, where)


def _check_template(keys: Keys, column: str, template: str, catalogue: Catalogue) -> None:
    try:
        raw = template_columns(template)
    except ValueError as exc:
        raise keys.error(str(exc), column, hint="write {{ and }} for braces that are meant") from exc
    if column == "predicate" and not raw and catalogue.find(template) is None:
        near = _near(template, (*catalogue.relations, *catalogue.by_name))
        raise keys.error("the catalogue has no such relation", column, template, hint=near)


def _check_column(keys: Keys, column: str, catalogue: Catalogue) -> None:
    """A column is one of the format's, in its own spelling, or names a relation."""
    known = (*REQUIRED, *OPTIONAL)
    if column in known:
        return
    if column in _SET_BY_THE_JOB:
        raise keys.error("the job itself writes this column", column, hint="leave it out")
    meant = column_name(column)
    if meant and meant in known:
        raise keys.error("unknown key", column, hint=f"write {meant}")
    if meant or catalogue.find(column) is None:
        hint = _near(column, (*known, "where")) or f"one of {', '.join(known)}, or a relation as P17"
        raise keys.error("unknown key", column, hint=hint)


def _check_key(keys: Keys, feed: Feed) -> None:
    columns = {column for mapped in feed.statements for column in mapped.columns}
    for name in feed.key:
        if name not in columns:
            known = columns_of(feed)
            hint = _near(name, known) or f"one of {', '.join(sorted(columns))}"
            raise keys.error("no statement has this column", "key", name, hint=hint)
    folded: dict[str, str] = {}
    for name in columns_of(feed):
        if name.casefold() in folded:
            raise keys.error(
                "two columns have the same name", "statements", name, hint="spell it the same way"
            )
        folded[name.casefold()] = name
    if feed.key in ((), ("statement_id",)):
        own = ["statement_id" in mapped.columns for mapped in feed.statements]
        if any(own) and not all(own):
            where = f"statements[{own.index(False) + 1}].statement_id"
            raise keys.error("a key is missing", where, hint="the other statements of this source have it")


def _near(text: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(text.casefold(), list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else ""
