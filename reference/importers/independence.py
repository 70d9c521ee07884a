"""When and from whom a country became independent, and when it was founded, out of a Factbook cell such as
"1 July 1962 (from Belgium-administered UN trusteeship)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archives import Page, without_note
from atlas import Atlas
from classes import CLASSES
from dates import Event, dated
from rows import Thing

_NOTABLE = re.compile(r";?\s*\bnotable earlier dates?\b")
_FOUNDED = re.compile(
    r"^$|^from\b|^following\b|^declared\b|independen|establish|found(?:ed|ing)|form(?:ed|ing|ation)|unif|united|"
    r"\bunion\b|split into|^Kingdom of \w+ proclaimed|proclaimed, succeeding"
)
_NOT_FOUNDED = re.compile(
    r"\brecogni[sz]|Treaty (?:of|rec)|adopted|agreed|autonom|overthrown|majority rule|\bAct\b|renamed|"
    r"re-?establish|elected|ascended|self-governing|sovereign state under|administered by|free association"
)
_REPUBLIC = re.compile(r"^(?:[A-Z]\w+ )?(?:republic|kingdom) (?:proclaimed|declared)(?!, succeeding)")
_INDEPENDENT = re.compile(
    r"^from\b|^following\b|^declared\b|independence (?:declared |proclaimed )?from|"
    r"declared (?:their )?independence from|split into|^union with \w+ declared dissolved|^declared the union"
)
_MANDATE = re.compile(r"(?:mandate|trusteeship) under (\w+) administration")
_TRUSTEESHIP = re.compile(r"from (?:the )?([\w ,-]+?)-administered UN trusteeship")
_FORMER = re.compile(r"(?:\bfrom|^following) (?:the |a )?((?:(?:[A-Z][\w'\u2019.-]*|and|of|the) ?)+)")
_OTHER_NAMES = {"Malaysian Federation": "Malaysia", "Czechoslovakia split": "Czechoslovakia"}

_SINCE = "1940"
"""Before that, sources call several years that of independence: of the rising, the war's end, the treaty."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The page states this of its country: a former ruler on a date, or the date alone if `ruler` is None."""

    predicate: str
    date: str
    quote: str
    ruler: Thing | None = None


def statements(page: Page, atlas: Atlas, names: frozenset[str]) -> Iterator[Statement]:
    """Independence with its date and from whom, and the founding; `names` are those of the country itself.

    A country that the page calls older than its independence has no date of founding.
    """
    text = page.cell("Government", "Independence")
    if text.startswith(("none", "no official")):
        return
    own = without_note(_NOTABLE.split(text)[0])
    events = list(dated(own))
    older = _NOTABLE.search(text) is not None
    said = any(re.search(r"\d{4}", part) for part in re.split(r"[;,]", _without(own, events)))
    leaving = [event for event in events if _INDEPENDENT.search(_first(event)) or not event.words]
    for event in events:
        quote = f"Independence: {event.quote}"
        rulers = former_rulers(event.words, atlas)
        if not re.match(r"recogni[sz]ed", event.words):
            for ruler in rulers:
                yield Statement("independence-from", event.date, quote, ruler)
        if event in leaving and not older and event.date >= _SINCE:
            yield Statement("independence-date", event.date, quote)
        if not event.words and "-" not in event.date:
            # "1492" under the heading of independence is no founding.
            continue
        if founding(event.words) and not said:
            by_name = any(event.words.startswith(name) for name in names if " " in name)
            if not older or (by_name and "establish" in event.words):
                yield Statement("P571", event.date, quote)


def _without(text: str, events: list[Event]) -> str:
    for event in events:
        text = text.replace(event.quote, "")
    return re.sub(r"\([^()]*\)", "", text)


def _first(event: Event) -> str:
    return event.words.split(";")[0]


def founding(words: str) -> bool:
    """Whether what happened then is that the country came into being, not that it changed."""
    first = words.split(";")[0]
    if first.startswith("from "):
        return True
    if "independence" in first and re.search(r"independence (?:\w+ )?from", first):
        return "autonom" not in words and "recogni" not in first
    return bool(_FOUNDED.search(first)) and not (_NOT_FOUNDED.search(words) or _REPUBLIC.search(first))


def former_rulers(words: str, atlas: Atlas) -> list[Thing]:
    """The states that the words say the country left; of a trusteeship those that administered it, and the
    trusteeship itself.
    """
    first = words.split(";")[0]
    if first.startswith("from a merger") or re.search(r"\d{4}", first):
        return []
    if mandate := _MANDATE.search(first):
        rulers = _several(mandate[1], atlas)
        return [*rulers, CLASSES["UN trusteeship"]] if rulers and "trusteeship" in first else rulers
    if trusteeship := _TRUSTEESHIP.search(first):
        rulers = _several(re.sub(r"-(?=,| |$)", "", trusteeship[1]), atlas)
        return [*rulers, CLASSES["UN trusteeship"]] if rulers else []
    if ended := re.search(r"^(\w+) split into|[Uu]nion with (\w+) (?:declared )?dissolved", first):
        return _several(ended[1] or ended[2], atlas)
    found = _FORMER.search(first)
    return [] if found is None else _several(found[1], atlas)


def _several(words: str, atlas: Atlas) -> list[Thing]:
    """ "France and the UK" are two; "Bosnia and Herzegovina" is one."""
    name = _OTHER_NAMES.get(words.strip(), words.strip())
    whole = atlas.named(name) or CLASSES.get(name) or atlas.of_adjective(name)
    if whole is not None:
        return [whole]
    parts = [part for part in re.split(r",? and (?:the )?|, ", name) if part]
    found = [atlas.named(part) or CLASSES.get(part) or atlas.of_adjective(part) for part in parts]
    return [thing for thing in found if thing is not None] if len(parts) > 1 and all(found) else []
