"""Embassies of the United States, as the pages of the Factbook have their addresses: one in each capital that
an address names, for as long as the editions show it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from archives import plain
from cities import Cities
from gazetteer import folded
from log import Log
from rows import Row, Thing

_NOT_OPEN = re.compile(
    r"suspend|clos(?:ed|ure)|does not|no (?:US |American )?(?:embassy|presence)|not have|relocat"
    r"|operat(?:es|ed|ing)|accredited|Interests? Section|Consulate|branch|temporar|evacuat|resides?\b|covered"
    r"|none|Affairs Unit",
    re.IGNORECASE,
)

_SECTION = "Diplomatic representation from the US"
_CLOSED = re.compile(r"suspend|clos(?:ed|ure)|does not (?:maintain|have)|evacuat", re.IGNORECASE)


def embassy_rows(log: Log, cities: Cities, sender: Thing) -> Iterator[Row]:
    """A row for each edition's text that gives an address in the capital, and says nothing of a closure."""
    closed = {
        code
        for edition in log.editions
        for code, page in edition.by_code().items()
        if _CLOSED.search(plain(json.dumps(page.data.get("Government", {}).get(_SECTION, {}))))
    }
    for change in log.changes:
        if change.code in closed:
            continue
        state = cities.atlas.countries.get(change.code)
        if change.field != "us_embassy" or state is None or state.types != ("state",):
            continue
        named = {
            name: city
            for (owner, _), city in cities.capitals.items()
            if owner == state.id
            for name in (cities.things[city].label, *cities.things[city].aliases)
        }
        words = f" {re.sub(r'[^a-z0-9]+', ' ', _plain(change.text))} "
        found = {city for name, city in named.items() if f" {_plain(name)} " in words and len(name) > 3}
        if len(found) != 1 or _NOT_OPEN.search(change.text):
            continue
        first, last = log.shown(change)
        origin = log.origin(
            change, state.label, f"Diplomatic representation from the US, embassy: {change.text}"
        )
        yield Row(
            sender,
            "embassy",
            cities.things[found.pop()],
            origin,
            seen_first=first,
            seen_last=last,
            qualifiers=(("P17", state.label),),
        )


def _plain(text: str) -> str:
    return " ".join(word for part in re.split(r"[\W_]+", text) if (word := folded(part)))
