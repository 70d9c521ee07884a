"""How the compiled table writes a statement: one line of JSON, small and quick to read back.

The body is `[value, extras, sources, id]`. An entity as the value is 0, for the row has its id in a column.
Dates are seven numbers. A row that was cited by its file and line keeps just the two. The functions that
write return JSON text, so that a table with the same date or source in many rows writes it once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from verifier.model import (
    Bound,
    Date,
    EntityValue,
    Polarity,
    Precision,
    Quantity,
    Rank,
    Source,
    Statement,
    TextValue,
    UnknownValue,
    Value,
)
from verifier.relations import ENUMS, Relation

__all__ = [
    "DATES",
    "Row",
    "date_json",
    "decode_relation",
    "decode_statement",
    "encode_relation",
    "encode_statement",
    "join_body",
    "source_json",
    "string_json",
    "value_json",
]

string_json = json.encoder.encode_basestring
"""JSON text of a string."""

DATES = ("start", "end", "point_in_time", "seen_first", "seen_last")
"""The fields of a statement that are dates."""


class Row(NamedTuple):
    """One row of the compiled `statement` table."""

    subject: str
    relation: str
    value: str | None
    """The id of the entity that is the value; None if the value is none."""
    body: str


def encode_relation(relation: Relation) -> str:
    """JSON text of a relation, without the fields that are as usual."""
    usual = {item.name: item.default for item in fields(Relation)}
    return json.dumps(
        {name: value for name in usual if (value := getattr(relation, name)) != usual[name]},
        ensure_ascii=False,
    )


def decode_relation(text: str) -> Relation:
    """The relation that `encode_relation` wrote."""
    items: dict[str, Any] = json.loads(text)
    for name, value in items.items():
        if isinstance(value, list):
            items[name] = tuple(value)
        elif name in ENUMS:
            items[name] = ENUMS[name](value)
    return Relation(**items)


def date_json(date: Date) -> str:
    """JSON text of a date."""
    return str([*date.earliest, *date.latest, int(date.precision)])


def value_json(value: Value) -> str:
    """JSON text of a value."""
    match value:
        case EntityValue(id):
            return string_json(id)
        case Date():
            return date_json(value)
        case Quantity(amount, unit, step, bound):
            return json.dumps(["q", str(amount), unit, str(step), bound.value], ensure_ascii=False)
        case TextValue(text):
            return f'["t",{string_json(text)}]'
        case UnknownValue():
            return '["u"]'


def source_json(source: Source) -> str:
    """JSON text of a source; fields at the end that are empty are left out."""
    fields = [
        source.url,
        source.title,
        source.publisher,
        source.retrieved,
        source.statement_id,
        source.revision,
    ]
    while fields and not fields[-1]:
        fields.pop()
    return f"[{','.join(map(string_json, fields))}]"


def encode_statement(statement: Statement) -> Row:
    """The row that stands for this statement; its `table` is the table's own name and not written."""
    extras = [
        f'"{name}":{date_json(date)}' for name in DATES if (date := getattr(statement, name)) is not None
    ]
    if statement.open_end:
        extras.append('"open_end":true')
    if statement.rank is not Rank.NORMAL:
        extras.append(f'"rank":"{statement.rank.value}"')
    if statement.polarity is not Polarity.POSITIVE:
        extras.append(f'"polarity":"{statement.polarity.value}"')
    if statement.quote:
        extras.append(f'"quote":{string_json(statement.quote)}')
    if statement.qualifiers:
        pairs = ",".join(f"[{string_json(name)},{value_json(value)}]" for name, value in statement.qualifiers)
        extras.append(f'"qualifiers":[{pairs}]')
    value = statement.value.id if isinstance(statement.value, EntityValue) else None
    body = join_body(
        "0" if value is not None else value_json(statement.value),
        extras,
        f"[{','.join(map(source_json, statement.sources))}]",
        statement.id,
    )
    return Row(statement.subject, statement.relation, value, body)


def join_body(value: str, extras: Sequence[str], sources: str, identifier: str) -> str:
    """The body from its parts, each JSON text, and the statement's id."""
    return f"[{value},{{{','.join(extras)}}},{sources},{string_json(identifier)}]"


def decode_statement(row: Row, *, table: str, files: Sequence[str]) -> Statement:
    """The statement of a row. `files` are the files that rows without a source are cited by."""
    value, extras, sources, identifier = json.loads(row.body)
    if not extras:
        return Statement(
            id=identifier,
            subject=row.subject,
            relation=row.relation,
            value=EntityValue(row.value) if row.value is not None else _value(value),
            sources=tuple([_source(source, files) for source in sources]),
            table=table,
        )
    return Statement(
        id=identifier,
        subject=row.subject,
        relation=row.relation,
        value=EntityValue(row.value) if row.value is not None else _value(value),
        start=_date(extras.get("start")),
        end=_date(extras.get("end")),
        point_in_time=_date(extras.get("point_in_time")),
        seen_first=_date(extras.get("seen_first")),
        seen_last=_date(extras.get("seen_last")),
        open_end=extras.get("open_end", False),
        qualifiers=tuple([(name, _value(item)) for name, item in extras.get("qualifiers", ())]),
        rank=Rank(extras.get("rank", "normal")),
        polarity=Polarity(extras.get("polarity", "positive")),
        sources=tuple([_source(source, files) for source in sources]),
        quote=extras.get("quote", ""),
        table=table,
    )


def _value(item: Any) -> Value:
    if isinstance(item, str):
        return EntityValue(item)
    match item[0]:
        case "q":
            return Quantity(Decimal(item[1]), item[2], Decimal(item[3]), Bound(item[4]))
        case "t":
            return TextValue(item[1])
        case "u":
            return UnknownValue()
    date = _date(item)
    assert date is not None
    return date


def _date(numbers: list[int] | None) -> Date | None:
    return None if numbers is None else _known_date(*numbers)


@lru_cache(maxsize=4096)
def _known_date(
    year: int, month: int, day: int, to_year: int, to_month: int, to_day: int, precision: int
) -> Date:
    return Date((year, month, day), (to_year, to_month, to_day), Precision(precision))


def _source(item: list[Any], files: Sequence[str]) -> Source:
    if item and isinstance(item[0], int):
        return Source(title=f"{files[item[0]]} {item[1]}")
    return Source(*item)
