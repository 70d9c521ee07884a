"""Forms of government out of a Factbook cell such as "federal parliamentary republic": the name that the page
gives, and the general classes that its words contain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archives import without_note
from gazetteer import folded
from rows import Thing

_ALIASES = {
    "absolute monarchy": ("absolute monarchies",),
    "communist state": ("communist country", "communist-ruled state", "communist regime"),
    "constitutional monarchy": ("constitutional monarchies",),
    "grand duchy": ("grand duchies",),
    "kingdom": ("kingdoms",),
    "principality": ("principalities",),
    "sultanate": ("sultanates",),
    "federation": ("federal state", "federal country"),
    "monarchy": ("monarchies",),
    "one-party state": ("single-party state",),
    "parliamentary democracy": ("parliamentary democracies",),
    "parliamentary republic": ("parliamentary republics",),
    "presidential republic": ("presidential republics",),
    "unitary state": ("unitary republic",),
}
_GENERAL = (
    ("constitutional monarchy", r"constitutional monarch(?:y|ies)"),
    ("absolute monarchy", r"(?<!self-described as an \")absolute monarchy"),
    ("elective monarchy", r"elective monarchy"),
    ("monarchy", r"(?<!\")(?<!\"absolute )monarch(?:y|ies)"),
    ("sultanate", r"sultanate"),
    ("emirate", r"emirate"),
    ("co-principality", r"co-principality"),
    ("parliamentary democracy", r"parliamentary democracy"),
    ("presidential republic", r"(?<!-)presidential(?: Islamic)? republic"),
    ("semi-presidential republic", r"semi-presidential republic"),
    ("parliamentary republic", r"parliamentary(?: democratic)? republic"),
    ("Islamic republic", r"Islamic republic"),
    ("federal republic", r"federal (?:\w+ )?republic"),
    ("republic", r"republic"),
    ("federation", r"federal|federation"),
    ("confederation", r"confederation"),
    ("unitary state", r"unitary"),
    ("communist state", r"communist (?:party-led )?state"),
    ("one-party state", r"single-party (?:\w+ )?state"),
    ("dictatorship", r"dictatorship"),
    ("theocracy", r"theocratic"),
    ("authoritarian state", r"authoritarian"),
)
_REGIMES = (
    ("monarchy", r"monarch(?:y|ies)"),
    ("communist", r"communist"),
    ("junta", r"military regime"),
    ("theocracy", r"^theocratic$"),
    ("republic", r"republic"),
)
"""Forms of which a state has one at a time; the first whose words stand in the text."""


def form(label: str) -> Thing:
    """A form of government by its name."""
    return Thing(f"class:{folded(label)}", label, ("class",), frozenset(_ALIASES.get(label, ())))


def forms(text: str) -> Iterator[Thing]:
    """The form of government as the text names it, and the general forms that its words contain.

    Nothing for a form that the state had "formerly".
    """
    own = re.sub(r"^Republic of Cyprus - ", "", without_note(text))
    if not own or own.startswith("formerly"):
        return
    if own == "in transition":
        yield Thing("class:intransition", "government in transition", ("class",), frozenset({own}))
        return
    parts = [part.strip() for part in re.split(r";|, (?=single-party)", own)]
    label = re.sub(r" that retains .*", "", re.sub(r" \([^()]*\)", "", parts[0])).rstrip(".")
    seen = {label}
    yield form(label)
    # What follows a semicolon says more of the state itself only if it says how it is ruled.
    words = "; ".join([parts[0], *(part for part in parts[1:] if _says_how(part))])
    for name, pattern in _GENERAL:
        if name not in seen and re.search(rf"(?<![\w-]){pattern}(?!\w)", _without_proper_names(words)):
            seen.add(name)
            yield form(name)


def titled(name: str) -> Iterator[Thing]:
    """What a state calls itself in its full name: "Kingdom of Tonga"."""
    for word in ("grand duchy", "kingdom", "principality", "sultanate"):
        if re.search(rf"\b{word}\b", name.lower()):
            yield form(word)


def _says_how(part: str) -> bool:
    return bool(re.match(r"(?:highly )?authoritarian|single-party", part))


def _without_proper_names(words: str) -> str:
    """ "(Parliament of Canada)" names an assembly, not a form of government."""
    return re.sub(r" \([A-Z][^()]*\)| \(since[^()]*\)", "", words)


def regime(text: str) -> str:
    """Which of the forms that exclude each other the text names; "" if none of them."""
    own = without_note(text).split(";")[0].strip()
    if own.startswith("formerly"):
        return "former"
    return next((name for name, pattern in _REGIMES if re.search(pattern, own)), "")
