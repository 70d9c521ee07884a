"""Entities of Wikidata in its own JSON form, written in a line a statement.

    entity("Q30 United States of America; USA", "P36 Q61; P580=1800-11-17; preferred", "P35 somevalue")

A value is an id, a date with as many parts as are known (`1800`, `1800-11`, `-0043`), a quantity
(`~83149300`, `~357400 Q712226`), a text in quotes, `novalue` or `somevalue`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

__all__ = ["entity", "line", "statement", "value"]

_DATE = re.compile(r"(?P<sign>-?)(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")
_CALENDAR = "http://www.wikidata.org/entity/Q1985727"


def entity(named: str, *statements: str, **more: Any) -> dict[str, Any]:
    """An item: id, label and aliases, then its statements."""
    id, _, names = named.partition(" ")
    label, *aliases = (name.strip() for name in names.split(";"))
    claims: dict[str, list[dict[str, Any]]] = {}
    for number, text in enumerate(statements):
        made = statement(text, id=f"{id}${number}")
        claims.setdefault(made["mainsnak"]["property"], []).append(made)
    data: dict[str, Any] = {
        "type": "property" if id.startswith("P") else "item",
        "id": id,
        "labels": {"en": {"language": "en", "value": label}} if label else {},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]} if aliases else {},
        "descriptions": {},
        "claims": claims,
    }
    return {**data, **more}


def statement(text: str, *, id: str = "Q1$0") -> dict[str, Any]:
    """A statement: property and value; then qualifiers, a rank, and references (`ref P854=\"...\"`)."""
    main, *others = (part.strip() for part in text.split("; "))
    made: dict[str, Any] = {
        "mainsnak": _snak(*main.split(" ", 1)),
        "type": "statement",
        "id": id,
        "rank": "normal",
    }
    for other in others:
        if other in ("preferred", "normal", "deprecated"):
            made["rank"] = other
        elif other.startswith("ref "):
            property, _, told = other.removeprefix("ref ").partition("=")
            made.setdefault("references", []).append({"snaks": {property: [_snak(property, told)]}})
        else:
            property, _, told = other.partition("=")
            made.setdefault("qualifiers", {}).setdefault(property, []).append(_snak(property, told))
    return made


def line(data: object) -> bytes:
    """One line of a dump."""
    return json.dumps(data, ensure_ascii=False).encode() + b"\n"


def _snak(property: str, told: str) -> dict[str, Any]:
    if told in ("novalue", "somevalue"):
        return {"snaktype": told, "property": property}
    return {"snaktype": "value", "property": property, **value(told)}


def value(told: str) -> dict[str, Any]:
    """The data type and value of a snak."""
    if told.startswith('"'):
        return {"datatype": "string", "datavalue": {"type": "string", "value": told.strip('"')}}
    if told.startswith("~"):
        amount, _, unit = told[1:].partition(" ")
        written = {
            "amount": amount if amount[0] in "+-" else f"+{amount}",
            "unit": f"http://www.wikidata.org/entity/{unit}" if unit else "1",
        }
        return {"datatype": "quantity", "datavalue": {"type": "quantity", "value": written}}
    if found := _DATE.fullmatch(told):
        time = (
            f"{found['sign'] or '+'}{found['year']}-{found['month'] or '00'}-{found['day'] or '00'}T00:00:00Z"
        )
        precision = 11 if found["day"] else 10 if found["month"] else 9
        written = {"time": time, "precision": precision, "calendarmodel": _CALENDAR}
        return {
            "datatype": "time",
            "datavalue": {"type": "time", "value": {**written, "timezone": 0, "before": 0, "after": 0}},
        }
    kind = "property" if told.startswith("P") else "item"
    written = {"entity-type": kind, "numeric-id": int(told[1:]), "id": told}
    return {"datatype": f"wikibase-{kind}", "datavalue": {"type": "wikibase-entityid", "value": written}}


def lines(entities: Sequence[object]) -> bytes:
    """A dump of a line for each."""
    return b"".join(map(line, entities))
