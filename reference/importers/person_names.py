"""The names that lie in one spelling of the Factbook, which writes the name by which a person is known in
CAPITALS.
"""

from __future__ import annotations

import re

from holders import in_capitals

NUMERAL = re.compile(r"^[IVX]+$")
NICKNAME = re.compile(r' ?"([^"]*)"?| \(([^()]*)\)')
_REGNAL = ("King", "Queen", "Emperor", "Pope", "Sultan", "Emir", "Prince", "Grand Duke")
_EAST_ASIAN = frozenset({"ch", "hk", "ja", "kn", "ks", "mc", "tw"})
"""Pages on whose persons texts put the surname first or last."""
_SURNAME_FIRST = _EAST_ASIAN | {"cb", "my", "sn", "vm"}
"""Pages that write the surname before the given name."""
_KEEP_DE = frozenset({"be"})
"""Pages on which "De" is a part of the name like any other."""
_PARTICLES_LIST = """
DE DA DO DOS DAS DEL DI DU LA LE VAN VON DER DEN AL EL BIN BEN BINT IBN ABU ABDUL SAINT SAN E Y
"""
_PARTICLES = frozenset(_PARTICLES_LIST.split())
_LOWER_LIST = """
DA DO DOS DAS DE DEL DER DEN DU E Y BIN BINT IBN Bin Ibn
"""
_LOWER = frozenset(_LOWER_LIST.split())
"""Particles that are written small inside a name."""
_HOUSE = re.compile(r"^(?:Al|al)(?:[- ]|$)")
_APOSTROPHES = "'\u2018\u2019"


def without_nicknames(name: str) -> str:
    """The name without what stands in quotation marks or brackets."""
    return NICKNAME.sub("", name)


def usual(name: str, title: str, *, code: str) -> tuple[str, str]:
    """The name for a label, and a short one for an id: "Luiz Inacio LULA da Silva" is labelled in full."""
    found = forms(name, title, code=code)
    tail = re.search(r"[A-Z]{3,} (?:da|de|do|dos|das|del|i|y|e) [A-Z]\w+$", without_nicknames(name))
    return found[0 if tail else min(1, len(found) - 1)], found[min(2, len(found) - 1)]


def further_forms(name: str, *, code: str) -> list[str]:
    """Orders and short forms that texts use beside those: Jong Un Kim for "KIM Jong Un", Tamim bin Hamad for
    "TAMIM bin Hamad Al Thani".
    """
    words = without_nicknames(name).split()
    written = [cased(word, first=place == 0) for place, word in enumerate(words)]
    capitals = [place for place, word in enumerate(words) if in_capitals(word)]
    found = []
    if code in _EAST_ASIAN and len(capitals) == 1 and len(words) > 1 and capitals[0] == 0:
        found.append(" ".join([*written[1:], written[0]]))
    if code == "ja" and len(capitals) == 1 and 0 < capitals[0] == len(words) - 1:
        found.append(" ".join([written[-1], *written[:-1]]))
    house = len(words) - (2 if len(words) > 1 and words[-2] in {"Al", "al"} else 1)
    has_house = house > 2 and _HOUSE.match(words[house]) is not None
    if len(words) > 3 and words[1].lower() in {"bin", "ibn", "bint"}:
        if has_house:
            found.append(" ".join(written[:house]))
        if len(words) > 4:
            # "Muhammad bin Salman (Al Saud)" for MUHAMMAD BIN SALMAN bin Abd al-Aziz Al Saud
            end = 4 if words[2].endswith("-al") or words[2] in {"Abd", "ABD"} else 3
            found.append(" ".join(written[:end]))
            found.append(" ".join([*written[:end], *(written[house:] if has_house else ())]))
    elif has_house and len(words) > 3 and words[1] not in {"Al", "al"}:
        found.append(" ".join([*written[:2], *written[house:]]))
    elif code not in _SURNAME_FIRST and len(words) > 2 and capitals == [0]:
        # A name of one's own and those of the fathers: MULATU Teshome Wirtu
        found.append(" ".join(written[:2]))
    return [one for one in dict.fromkeys(found) if one != " ".join(written)]


def single_names(name: str) -> list[str]:
    """The bare name of one who has one word only: PHILIPPE is Philippe."""
    words = without_nicknames(name).split()
    return [cased(words[0], first=True)] if len(words) == 1 and len(words[0]) > 4 else []


def forms(name: str, title: str, *, code: str = "") -> list[str]:
    """The names for one person that lie in one spelling: in full, then as spoken, then in short, then the
    rest.

    "Joseph R. BIDEN, Jr." is also Joseph R. Biden and Joseph Biden; "Michelle BACHELET Jeria" is Michelle
    Bachelet.
    """
    nicknames = [first or second for first, second in NICKNAME.findall(name)]
    bare = re.sub(r"(?<=[A-Z]{3} E)\.(?= [A-Z]{3})", "", without_nicknames(name))
    words = re.sub(r",? [JS]r\.?$", "", bare).split()
    words = [
        word
        for place, word in enumerate(words)
        if place == 0 or word.casefold() != words[place - 1].casefold()
    ]
    full = " ".join(cased(word, first=place == 0) for place, word in enumerate(words))
    regnal = next((word for word in _REGNAL if re.search(rf"\b{word}\b", title.replace("Amir", "Emir"))), "")
    if len(words) == 1:
        # "Philippe" alone names nobody in particular.
        return [f"{regnal} {full}".strip()]
    found = [full]
    last = max(
        (place for place, word in enumerate(words) if in_capitals(word) and not NUMERAL.match(word)),
        default=-1,
    )
    first = min((place for place, word in enumerate(words) if in_capitals(word)), default=-1)
    if last > 0 and first > 0:
        end = len(words) if words[last].rstrip(".") in _PARTICLES else last + 1
        own = [cased(word, first=False) for word in words[first:end]]
        given = [cased(word, first=place == 0) for place, word in enumerate(words[:first])]
        spoken = [word for word in given if not re.fullmatch(r"[A-Z]\.", word)]
        found.append(" ".join([*spoken, *own]))
        found.append(" ".join([given[0], *own]))
        found.append(" ".join([*given, *own]))
        if len(own) > 1 and words[first].upper() not in _PARTICLES:
            found.append(" ".join([*spoken, own[0]]))
            found.append(" ".join([given[0], own[0]]))
        found.extend(" ".join([nickname, *own]) for nickname in nicknames)
    if bare != bare.rstrip("."):
        found.append(" ".join(cased(word, first=place == 0) for place, word in enumerate(bare.split())))
    if regnal and (NUMERAL.match(words[-1]) or regnal == "Pope"):
        found.append(f"{regnal} {full}")
    if code in _KEEP_DE:
        found = [re.sub(r"\bde\b", "De", one) for one in found]
    return [one for one in found if len(one) > 3]


def cased(word: str, *, first: bool) -> str:
    """A word of a name in usual letters: OSMANI-Sadriu becomes Osmani-Sadriu; the numeral of Felipe VI
    stays.
    """
    if not first and NUMERAL.match(word):
        return word
    if not first and word in _LOWER:
        return word.lower()
    if re.match(r"Mc|MC(?=[A-Z]{3})", word):
        return "Mc" + word[2:].capitalize()
    parts = re.split(rf"([-{_APOSTROPHES}.])", word)
    written = []
    for place, part in enumerate(parts):
        after = parts[place - 1] if place else ""
        inside = bool(after) and after in _APOSTROPHES and parts[place - 2] != "" and len(parts[0]) > 1
        if part.isupper() and len(part) > 1:
            written.append(part.lower() if inside else part.capitalize())
        else:
            written.append(part.lower() if inside and part.isupper() else part)
    return "".join(written)
