"""The shapes that the service's answers must have: whatever comes from outside is hostile until it is read.

The forms are those of `wbgetentities` and `wbsearchentities` (https://www.wikidata.org/w/api.php?action=help)
and of https://www.w3.org/TR/sparql11-results-json/. A `ValueError` says what is wrong with an answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from verifier.ids import is_id

__all__ = [
    "ErrorAnswer",
    "Hit",
    "read_entities",
    "read_hit",
    "read_hits",
    "read_json",
    "read_rows",
    "shown",
    "without_claims",
]

_PARTS = {"labels": Mapping, "descriptions": Mapping, "aliases": list, "claims": list}
"""What is in the parts of an entity, by language or property."""
_LONGEST = 10_000
"""Characters of any text of a hit; the service allows names of 250."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that the service's search found for a name, in the service's order."""

    id: str
    label: str
    description: str
    matched: str
    """The name that was found: a label, an alias or an id."""
    matched_by: str
    """`label`, `alias` or `entityId`."""


class ErrorAnswer(ValueError):
    """The service said that it will not do what was asked."""

    def __init__(self, code: str, info: str, *, id: str = "", lag: float | None = None) -> None:
        self.code, self.id, self.lag = code, id, lag
        super().__init__(f"{shown(code)}: {shown(info)}" if info else shown(code))


def shown(text: str, longest: int = 200) -> str:
    """Text from outside as it may stand in a message: short, and without what moves a terminal's cursor."""
    cut = text[:longest] + ("…" if len(text) > longest else "")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut)


def read_json(body: bytes) -> Any:
    """The data of an answer. Raises `ValueError` if it is no JSON, or none that can be kept."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except RecursionError as exc:
        raise ValueError("it is nested too deep") from exc


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def read_entities(data: Any, asked: Sequence[str], *, whole: bool) -> dict[str, Mapping[str, Any]]:
    """The entities of an answer of `wbgetentities`, by the ids that were asked for.

    One that is broken, or another than was asked for, or without claims though `whole`, is left out; so one
    broken entity loses no other.
    Raises `ErrorAnswer` for an error, `ValueError` for another shape.
    """
    given = _without_error(data).get("entities")
    if not isinstance(given, Mapping):
        raise ValueError("it has no entities")
    redirected = {
        str(entity["redirects"].get("from")): entity
        for entity in given.values()
        if isinstance(entity, Mapping) and isinstance(entity.get("redirects"), Mapping)
    }
    found = {}
    for id in asked:
        entity = given.get(id, redirected.get(id))
        if entity is not None and _is_entity(entity, id, whole):
            found[id] = entity
    return found


def _is_entity(entity: Any, asked: str, whole: bool) -> bool:
    """Whether it is the entity that was asked for, itself or as what that is redirected to."""
    if not isinstance(entity, Mapping):
        return False
    id = entity.get("id")
    if not is_id(id):
        return False
    if id != asked:
        redirects = entity.get("redirects")
        if not isinstance(redirects, Mapping) or (redirects.get("from"), redirects.get("to")) != (asked, id):
            return False
    if "missing" in entity:
        return id == asked
    if "labels" not in entity or (whole and "claims" not in entity):
        return False
    return all(_is_part(entity[part], kind) for part, kind in _PARTS.items() if part in entity)


def _is_part(part: Any, kind: type) -> bool:
    # An empty mapping of PHP is written as a list.
    return part == [] or (isinstance(part, Mapping) and all(isinstance(one, kind) for one in part.values()))


def without_claims(entity: Mapping[str, Any]) -> Mapping[str, Any]:
    """The entity with its names alone."""
    return {key: value for key, value in entity.items() if key not in ("claims", "sitelinks")}


def read_hits(data: Any) -> list[Mapping[str, Any]]:
    """What `wbsearchentities` found, as the service wrote it; each makes a `Hit` by `read_hit`."""
    found = _without_error(data).get("search")
    if not isinstance(found, list):
        raise ValueError("it has no list of what was found")
    for one in found:
        read_hit(one)
    return found


def read_hit(data: Any) -> Hit:
    """One thing found. Raises `ValueError` if it is none."""
    if not isinstance(data, Mapping) or not is_id(data.get("id")):
        raise ValueError("what was found has no id")
    match = data.get("match", {})
    if not isinstance(match, Mapping):
        raise ValueError("what was found does not say by which name")
    texts = (data.get("label", ""), data.get("description", ""), match.get("text", ""), match.get("type", ""))
    if not all(isinstance(text, str) and len(text) <= _LONGEST for text in texts):
        raise ValueError("what was found has names that are no text")
    return Hit(data["id"], *texts)


def read_rows(data: Any) -> list[dict[str, str]]:
    """The rows of a query's answer: the plain values by variable; a variable without a value is left out."""
    results = data.get("results") if isinstance(data, Mapping) else None
    rows = results.get("bindings") if isinstance(results, Mapping) else None
    if not isinstance(rows, list):
        raise ValueError("it has no rows")
    return [_row(row) for row in rows]


def _row(row: Any) -> dict[str, str]:
    if not isinstance(row, Mapping):
        raise ValueError("a row is no object")
    for term in row.values():
        if (
            not isinstance(term, Mapping)
            or not isinstance(term.get("value"), str)
            or term.get("type") not in ("uri", "literal", "typed-literal", "bnode")
        ):
            raise ValueError("a value of a row is no term")
    return {variable: term["value"] for variable, term in row.items()}


def _without_error(data: Any) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise ValueError("it is no object")
    error = data.get("error")
    if error is None:
        return data
    if not isinstance(error, Mapping):
        raise ErrorAnswer("error", str(error)[:200])
    code, info, id, lag = (error.get(key) for key in ("code", "info", "id", "lag"))
    raise ErrorAnswer(
        code if isinstance(code, str) else "error",
        info if isinstance(info, str) else "",
        id=id if isinstance(id, str) else "",
        lag=float(lag) if isinstance(lag, int | float) and 0 <= lag < 1e6 else None,
    )
