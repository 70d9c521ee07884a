"""A statement as plain data, as it stands in every report: what it says, where it can be read, its value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.dates import format_date, iso
from verifier.explain import nameless
from verifier.model import Date, EntityValue, Polarity, Quantity, Rank, Source, Statement, TextValue, Value

__all__ = ["amount_text", "source_record", "statement_record", "value_record", "value_text"]

Record = dict[str, Any]
Labels = Mapping[str, str]


def statement_record(statement: Statement, labels: Labels) -> Record:
    """What a statement says; dates and qualifiers only where it has them."""
    record: Record = {
        "id": statement.id,
        "subject": {"id": statement.subject, "label": labels.get(statement.subject, statement.subject)},
        "relation": {"id": statement.relation, "label": labels.get(statement.relation, statement.relation)},
        "value": value_record(statement.value, labels),
    }
    for name in ("start", "end", "point_in_time", "seen_first", "seen_last"):
        date = getattr(statement, name)
        if date is not None:
            record[name] = iso(date)
    if statement.open_end:
        record["open_end"] = True
    if statement.qualifiers:
        record["qualifiers"] = [
            {"relation": relation, "value": value_record(value, labels)}
            for relation, value in statement.qualifiers
        ]
    if statement.rank is not Rank.NORMAL or any(one.publisher == "Wikidata" for one in statement.sources):
        record["rank"] = statement.rank.value
    if statement.polarity is not Polarity.POSITIVE:
        record["polarity"] = statement.polarity.value
    if statement.quote:
        record["quote"] = statement.quote
    record["table"] = statement.table
    return record


def source_record(source: Source) -> Record:
    """Where a statement can be read."""
    record: Record = {
        "url": source.url,
        "title": source.title,
        "publisher": source.publisher,
        "retrieved": source.retrieved,
    }
    if source.statement_id:
        record["statement_id"] = source.statement_id
    if source.revision:
        record["revision"] = source.revision
    return record


def value_record(value: Value, labels: Labels) -> Record:
    """A value with its type."""
    match value:
        case EntityValue(id=id):
            return {"type": "entity", "id": id, "label": labels.get(id, id)}
        case Date():
            return {"type": "date", "date": iso(value)}
        case Quantity():
            return {"type": "quantity", "amount": amount_text(value), "unit": value.unit}
        case TextValue(text=text):
            return {"type": "text", "text": text}
        case _:
            return {"type": "unknown"}


def amount_text(quantity: Quantity) -> str:
    """Digits, never an exponent: an amount in JSON keeps every digit as a string."""
    return format(quantity.amount, "f")


def value_text(value: Value, labels: Labels) -> str:
    """A value for people, in a table of results."""
    match value:
        case EntityValue(id=id):
            return labels.get(id) or nameless(id)
        case Date():
            return format_date(value)
        case Quantity():
            return f"{value.amount:,f} {value.unit}".rstrip()
        case TextValue(text=text):
            return text
        case _:
            return "a value that the source does not name"
