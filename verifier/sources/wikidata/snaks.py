"""Reads Wikidata's snaks: the values of statements, qualifiers and references.

The format is that of https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html. All of it is
hostile until parsed: whatever has another shape raises `ValueError`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from verifier.amounts import written_step
from verifier.dates import date_from_wikidata
from verifier.ids import is_id
from verifier.model import Date, EntityValue, Precision, Quantity, TextValue, UnknownValue, Value

__all__ = ["IGNORED", "NoValue", "mapping", "read_snak"]

IGNORED = frozenset(
    {
        "commonsMedia",
        "entity-schema",
        "external-id",
        "geo-shape",
        "globe-coordinate",
        "math",
        "musical-notation",
        "tabular-data",
        "wikibase-form",
        "wikibase-lexeme",
        "wikibase-sense",
    }
)
"""The data types of which no claim in prose can be checked."""

_UNIT = re.compile(r"https?://[^/]+/entity/(Q[1-9][0-9]{0,15})")
_LONGEST = 10_000
"""Characters of a text value that are kept; the service allows 2,500."""
_MOST_DIGITS = 127
"""Digits of a quantity, as the service allows."""


class NoValue:
    """What stands for Wikidata's `novalue`: it is said that there is none."""


def read_snak(snak: Mapping[str, Any], units: Mapping[str, str]) -> Value | NoValue | None:
    """The value of a snak; None for a kind of value that no claim is about.

    `units` gives the canonical unit by the id of Wikidata's. Raises `ValueError` for what cannot be read.
    """
    kind = snak["snaktype"]
    if kind == "novalue":
        return NoValue()
    if kind == "somevalue":
        return UnknownValue()
    if kind != "value":
        raise ValueError(f"snaktype {kind!r:.40}")
    if snak.get("datatype") in IGNORED:
        return None
    data = snak["datavalue"]
    value = data["value"]
    match data["type"]:
        case "wikibase-entityid":
            return _entity(value)
        case "time":
            return _time(value)
        case "quantity":
            return _quantity(value, units)
        case "monolingualtext":
            return TextValue(_text(value["text"]))
        case "string":
            return TextValue(_text(value))
    return None


def mapping(value: object) -> Mapping[str, Any]:
    """A JSON object; the service writes an empty one as an empty list."""
    if value is None or value == []:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError(f"not an object: {value!r:.40}")
    return value


def _entity(value: Mapping[str, Any]) -> EntityValue | None:
    # Dumps of before 2017 have the number alone.
    kinds = {"item": "Q", "property": "P"}
    id = value.get("id") or f"{kinds.get(str(value.get('entity-type')), '?')}{value.get('numeric-id')}"
    if not isinstance(id, str):
        raise ValueError(f"entity id {id!r:.40}")
    if not is_id(id):
        if id[:1] in "LE?":
            return None  # a lexeme, a form, a schema
        raise ValueError(f"entity id {id!r:.40}")
    return EntityValue(id)


def _time(value: Mapping[str, Any]) -> Date | None:
    time, precision = value["time"], value["precision"]
    if not isinstance(time, str) or type(precision) is not int:
        raise ValueError(f"time {time!r:.40}")
    if precision < Precision.MILLENNIUM:
        return None  # geological
    return date_from_wikidata(time, min(precision, int(Precision.DAY)))


def _quantity(value: Mapping[str, Any], units: Mapping[str, str]) -> Quantity:
    amount = _number(value["amount"])
    unit = value["unit"]
    if not isinstance(unit, str):
        raise ValueError(f"unit {unit!r:.40}")
    found = _UNIT.fullmatch(unit)
    name = "" if unit == "1" else units.get(found[1], found[1]) if found is not None else unit
    step = written_step(amount)
    if "upperBound" in value and "lowerBound" in value:
        step = max(step, abs(_number(value["upperBound"]) - _number(value["lowerBound"])))
    return Quantity(amount, name, step)


def _number(text: object) -> Decimal:
    if not isinstance(text, str) or len(text) > _MOST_DIGITS:
        raise ValueError(f"amount {text!r:.40}")
    try:
        number = Decimal(text)
    except InvalidOperation as exc:
        raise ValueError(f"amount {text[:40]!r}") from exc
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"amount {text[:40]!r}")
    return number


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise ValueError(f"text {text!r:.40}")
    text.encode()  # half a character of UTF-16 is no text: UnicodeEncodeError is a ValueError
    return " ".join(text[:_LONGEST].split())
