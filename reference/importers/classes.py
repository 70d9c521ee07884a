"""The classes, regions, languages, currencies and forms of government that rows of the Factbook point to."""

from __future__ import annotations

import re

from gazetteer import folded
from rows import Thing


def _class(label: str, *aliases: str, type_: str = "class") -> Thing:
    return Thing(f"{type_}:{label.lower().replace(' ', '-')}", label, (type_,), frozenset(aliases))


CLASSES = {
    "sovereign state": _class(
        "sovereign state",
        "independent state",
        "independent country",
        "sovereign country",
        "state",
        "country",
        "nation",
    ),
    "landlocked country": _class("landlocked country", "landlocked", "landlocked state", "landlocked nation"),
    "island country": _class("island country", "island state", "island nation"),
    "Soviet Union": Thing("Q15180", "Soviet Union", ("state",), frozenset({"USSR"}), "former state"),
    "Ottoman Empire": Thing("Q12560", "Ottoman Empire", ("state",), frozenset(), "former state"),
    "Yugoslavia": Thing("Q36704", "Yugoslavia", ("state",), frozenset(), "former state"),
    "Czechoslovakia": Thing(
        "historic:czechoslovakia", "Czechoslovakia", ("state",), frozenset(), "former state"
    ),
    "Soviet Russia": Thing(
        "historic:soviet-russia", "Soviet Russia", ("state",), frozenset(), "former state"
    ),
    "State Union of Serbia and Montenegro": Thing(
        "historic:serbia-and-montenegro",
        "Serbia and Montenegro",
        ("state",),
        frozenset({"State Union of Serbia and Montenegro"}),
        "former state",
    ),
}
"""Things by the words that the Factbook uses for them; ids are Wikidata's where a list of labels has the
name once.
"""

CONTINENTS = ("Africa", "Asia", "Europe", "Oceania", "Antarctica", "North America", "South America")
_REGION_WORDS_LIST = """
Africa Asia Europe America Caribbean Oceania Middle East Mediterranean North South Central Western Eastern
Northern Southern Southeastern Southwestern East-Central north-eastern interior south
"""
_REGION_WORDS = frozenset(_REGION_WORDS_LIST.split())
_REGION_IDS = {"Africa": "Q15", "Europe": "Q46"}
_SAME_REGION = {
    "Southeast Europe": "Southeastern Europe",
    "South Central Europe": "Central Europe",
    "Interior Western Africa": "Western Africa",
    "North-eastern Africa": "Northeastern Africa",
    "North Asia": "Northern Asia",
}
_OTHER_NAMES = {
    "Caribbean": ("the Caribbean",),
    "Middle East": ("the Middle East", "Mideast"),
    "Southeastern Asia": ("Southeast Asia", "South-East Asia", "South East Asia"),
    "Southeastern Europe": (
        "Southeast Europe",
        "South-East Europe",
        "South-Eastern Europe",
        "South East Europe",
    ),
    "Northern Africa": ("North Africa",),
    "Western Africa": ("West Africa",),
    "Eastern Africa": ("East Africa",),
    "Eastern Asia": ("East Asia",),
    "Southern Asia": ("South Asia",),
    "Eastern Mediterranean": ("East Mediterranean",),
}


def region(name: str) -> Thing | None:
    """The region of the world with this name; None for a description ("islands in the Indian Ocean")."""
    words = name.strip().split()
    if not words or len(words) > 3 or not all(word in _REGION_WORDS for word in words):
        return None
    label = " ".join(words)
    label = label[0].upper() + label[1:]
    label = _SAME_REGION.get(label, label)
    slug = label.lower().replace(" ", "-")
    aliases = frozenset(_OTHER_NAMES.get(label, ()))
    return Thing(_REGION_IDS.get(label, f"region:{slug}"), label, ("region",), aliases)


REGIONS = {name: thing for name in CONTINENTS if (thing := region(name)) is not None}


def language(name: str) -> Thing:
    """A language by its English name."""
    name = {"Bangla": "Bengali", "Castilian Spanish": "Spanish", "Standard Chinese": "Mandarin Chinese"}.get(
        name, name
    )
    return Thing(f"language:{folded(name)}", name, ("language",), frozenset({f"{name} language"}))


_PLURALS_OF_THEIR_OWN = ("colones", "meticais", "quetzales")


def money(name: str, *, code: str) -> Thing:
    """A currency by its name in the plural and its ISO 4217 code, by which spellings of one currency are
    known.
    """
    plural = re.sub(r" \([^()]*\)", "", name)
    label = plural if plural.endswith(_PLURALS_OF_THEIR_OWN) else re.sub(r"s$", "", plural)
    label = re.sub(r"^(.*guilder)s/.*", r"\1", label)
    qid = "Q4916" if code == "EUR" else ""
    identifier = qid or f"currency:{code.lower() or folded(label)}"
    return Thing(identifier, label, ("currency",), frozenset({plural, code} - {""}))


def form_of_government(text: str) -> list[Thing]:
    """The form of government as stated; none if the text is a description rather than a name."""
    label = text.strip().rstrip(".")
    if len(label) > 60 or re.search(r"[(,]| - |^in transition|^formerly", label):
        return []
    return [Thing(f"class:{folded(label)}", label, ("class",), frozenset())]
