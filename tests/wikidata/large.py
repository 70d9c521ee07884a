"""A dump of any size, made up: things of a tree of classes, with statements like Wikidata's.

    python tests/wikidata/large.py 200000 [SHARE-OF-BROKEN] | verifier snapshot build - -o large.snapshot

The same number gives the same dump. Three names, some 15 statements each, four in ten of them dated, every
third with a reference.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from random import Random
from typing import Any

_CLASSES = 2_000
_KINDS = ("Q6256", "Q515", "Q5", "Q43229", "Q56061")
_RELATIONS = ("P17", "P131", "P19", "P27", "P106", "P39", "P463", "P47", "P530", "P166", "P69", "P102")
_SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ru",
    "ten",
    "sha",
    "vor",
    "bel",
    "an",
    "dri",
    "os",
    "que",
    "lim",
    "far",
    "zu",
)


def dump(things: int, *, broken: float = 0.0) -> Iterator[str]:
    """The lines of the dump; a share of them is cut in the middle."""
    random = Random(things)
    for number in range(things):
        line = json.dumps(_entity(number, things, random), separators=(",", ":"))
        yield line[: len(line) // 2] if random.random() < broken else line


def _entity(number: int, things: int, random: Random) -> dict[str, Any]:
    id = f"Q{number + 10_000_000}"
    names = ["".join(random.choices(_SYLLABLES, k=4)).title() + f" {number % 97}" for _ in range(3)]
    classes = min(_CLASSES, things // 20)
    if number < classes:
        above = _KINDS[number % len(_KINDS)] if number < 20 else f"Q{random.randrange(number) + 10_000_000}"
        claims = {"P279": [_told(id, "P279", 0, above, random)]}
    else:
        kind = f"Q{random.randrange(classes) + 10_000_000}"
        claims = {"P31": [_told(id, "P31", 0, kind, random)]}
        for n in range(1, 14):
            property = random.choice(_RELATIONS)
            value = f"Q{random.randrange(things) + 10_000_000}"
            claims.setdefault(property, []).append(_told(id, property, n, value, random))
        claims["P1082"] = [_figure(id, random)]
    return {
        "type": "item",
        "id": id,
        "lastrevid": number,
        "modified": "2020-06-01T00:00:00Z",
        "labels": {"en": {"language": "en", "value": names[0]}, "de": {"language": "de", "value": names[0]}},
        "aliases": {"en": [{"language": "en", "value": name} for name in names[1:]]},
        "descriptions": {"en": {"language": "en", "value": f"thing number {number}"}},
        "claims": claims,
    }


def _told(id: str, property: str, number: int, value: str, random: Random) -> dict[str, Any]:
    data = {"value": {"entity-type": "item", "id": value}, "type": "wikibase-entityid"}
    told: dict[str, Any] = _statement(id, property, number, data, "wikibase-item")
    if random.random() < 0.4:
        told["qualifiers"] = {"P580": [_date(random.randrange(1900, 2020))]}
    if random.random() < 0.33:
        stated = {"value": {"entity-type": "item", "id": value}, "type": "wikibase-entityid"}
        snak = {"snaktype": "value", "property": "P248", "datavalue": stated}
        told["references"] = [{"hash": f"{number:040x}", "snaks": {"P248": [snak]}}]
    return told


def _figure(id: str, random: Random) -> dict[str, Any]:
    data = {"value": {"amount": f"+{random.randrange(10**7)}", "unit": "1"}, "type": "quantity"}
    return _statement(id, "P1082", 99, data, "quantity") | {"qualifiers": {"P585": [_date(2015)]}}


def _statement(id: str, property: str, number: int, data: dict[str, Any], kind: str) -> dict[str, Any]:
    snak = {"snaktype": "value", "property": property, "datatype": kind, "datavalue": data}
    return {"mainsnak": snak, "type": "statement", "id": f"{id}${number:08x}-{property}", "rank": "normal"}


def _date(year: int) -> dict[str, Any]:
    value = {
        "time": f"+{year}-00-00T00:00:00Z",
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": 9,
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    }
    return {"snaktype": "value", "datavalue": {"value": value, "type": "time"}}


if __name__ == "__main__":
    for text in dump(int(sys.argv[1]), broken=float(sys.argv[2]) if len(sys.argv) > 2 else 0.0):
        print(text)
