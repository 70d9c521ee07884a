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
from dates import DATE, Event, dated, iso
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

_OTHER_CHANGE = re.compile(
    r"\b(?:republic|kingdom) (?:proclaimed|declared)|majority rule|renamed|^from\b|constitution|monarchy"
)
"""A change of a country that was independent before, or another country's leaving it."""
_STEP = re.compile(r"recogni[sz]|adopted|independence|sovereign|agreed")
"""Words of a step to independence; others, such as a king's ascent, only make a span with the day of it."""
_STEP_IN_NOTE = re.compile(r"independen|\bsever\b|\brevolt\b|\bunified\b")
_NOT_ITS_OWN = re.compile(r"\bTurkish\b|\bformer\b|\breject|\bMuslim\b")
"""The note tells of a part of the country, of a predecessor, or of what did not come to be."""

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

    Independence that came in steps (declared, adopted, recognised) has the date of each; what a note adds
    makes a span with the date of the cell, within which no day is denied. A country that the page calls
    older than its independence has no date of founding.
    """
    text = page.cell("Government", "Independence")
    if text.startswith(("none", "no official")):
        return
    own = without_note(_NOTABLE.split(text)[0])
    events = list(dated(own))
    older = _NOTABLE.search(text) is not None
    said = any(re.search(r"\d{4}", part) for part in re.split(r"[;,]", _without(own, events)))
    leaving = [event for event in events if _INDEPENDENT.search(_first(event)) or not event.words]
    left = {event: _rulers(event, atlas) for event in events}
    steps = _steps(events, leaving)
    founded = []
    for event in events:
        quote = f"Independence: {event.quote}"
        firm = event in steps and _STEP.search(_first(event)) is not None
        for ruler in left[event] or (_nearest(event, left) if firm else []):
            yield Statement("independence-from", event.date, quote, ruler)
        recent = any(one.date >= _SINCE for one in leaving)
        if (event in leaving and event.date >= _SINCE and not (older and not left[event])) or (
            firm and recent
        ):
            yield Statement("independence-date", event.date, quote)
        elif event in leaving and left[event] and event.date < _SINCE and not older:
            # Sources count by other steps, too: this one may be meant, and excludes no other.
            yield Statement("early-independence-date", event.date, quote)
        if not event.words and "-" not in event.date:
            # "1492" under the heading of independence is no founding.
            continue
        if founding(event.words) and not said:
            by_name = any(event.words.startswith(name) for name in names if " " in name)
            if not older or (by_name and "establish" in event.words):
                founded.append(event)
                yield Statement("P571", event.date, quote)
    others = [one for one in events if one in steps or (one in leaving and one not in founded)]
    further = [(one.date, f"Independence: {one.quote}") for one in others] + list(_noted(page, text))
    vague = [(one.date, f"Independence: {one.quote}") for one in steps if not _STEP.search(_first(one))]
    for date, quote in (*vague, *_noted(page, text)):
        for event in (one for one in leaving if _differ(one.date, date)):
            for ruler in left[event]:
                yield Statement("independence-from", _span(event.date, date), quote, ruler)
            if event.date >= _SINCE and not older:
                yield Statement("independence-date", _span(event.date, date), quote)
    for date, quote in () if older else further:
        days = [one.date for one in founded if _differ(one.date, date)]
        if days and date not in {one.date for one in founded}:
            nearest = min(days, key=lambda day: abs(int(day[:4]) - int(date[:4])))
            yield Statement("P571", _span(nearest, date), quote)


def _steps(events: list[Event], leaving: list[Event]) -> list[Event]:
    """The other events on the way; what was established before a country left another is none of them."""
    found = []
    for place, event in enumerate(events):
        early = "establish" in event.words and not set(leaving) & set(events[:place])
        if event not in leaving and not early and not _OTHER_CHANGE.search(_first(event)):
            found.append(event)
    return found


def _differ(one: str, other: str) -> bool:
    """Whether two dates are of different days, neither a span nor only coarser than the other."""
    return "/" not in one + other and not one.startswith(other) and not other.startswith(one)


def _span(one: str, other: str) -> str:
    return "/".join(sorted((one, other)))


def _rulers(event: Event, atlas: Atlas) -> list[Thing]:
    return [] if re.match(r"recogni[sz]ed", event.words) else former_rulers(event.words, atlas)


def _nearest(step: Event, left: dict[Event, list[Thing]]) -> list[Thing]:
    """Whom the country left by this step: by the event before it, or else by the one after it."""
    events = list(left)
    place = events.index(step)
    near = [*reversed(events[:place]), *events[place + 1 :]]
    return next((left[event] for event in near if left[event]), [])


def _noted(page: Page, text: str) -> Iterator[tuple[str, str]]:
    """Further dates of its independence that the notes of a page state, each with the note's words."""
    notes = page.cell("Government", "Independence", "note") or text[len(without_note(text)) :]
    notes = re.sub(r"^\W*note\W+", "", notes)
    for clause in re.split(r";|, but\b", notes):
        if _STEP_IN_NOTE.search(clause) and not _NOT_ITS_OWN.search(notes):
            for found in re.finditer(DATE, clause):
                yield iso(found[0]), f"Independence: {clause.strip(' ,')}"


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
