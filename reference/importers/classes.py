"""The classes, former states and regions that rows of the Factbook point to."""

from __future__ import annotations

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
    "Holy Roman Empire": Thing(
        "historic:holy-roman-empire", "Holy Roman Empire", ("state",), frozenset(), "former state"
    ),
    "German Confederation": Thing(
        "historic:german-confederation", "German Confederation", ("state",), frozenset(), "former state"
    ),
    "UN trusteeship": Thing(
        "historic:un-trusteeship",
        "United Nations trusteeship",
        ("territory",),
        frozenset({"UN trusteeship", "UN trust territory", "United Nations trust territory"}),
        "administration of former mandates",
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
Northern Southern Southeast Southeastern Southwestern East-Central north-eastern interior south
"""
_REGION_WORDS = frozenset(_REGION_WORDS_LIST.split())
_REGION_IDS = {"Africa": "Q15", "Europe": "Q46"}
_SAME_REGION = {
    "Southeast Europe": "Southeastern Europe",
    "South Central Europe": "Central Europe",
    "Interior Western Africa": "Western Africa",
    "North-eastern Africa": "Northeastern Africa",
    "North Asia": "Northern Asia",
    "Southeast Asia": "Southeastern Asia",
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
