"""The persons behind the names of the Factbook, which spells one person in several ways and writes SURNAMES
in capitals.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations

from cities import slug
from gazetteer import folded
from holders import in_capitals
from person_names import NUMERAL, forms, further_forms, single_names, usual, without_nicknames
from rapidfuzz import fuzz
from rows import Thing

_SAME_SPELLING = 90
_SAME_TENURE = 55
SAME_PERSON = {
    "aa": (('Michiel "Mike" EMAN', "Mike EMAN"), ('Michiel "Mike" Godfried EMAN', "Mike EMAN")),
    "bm": (("MIN AUNG HLAING", "Sr. Gen. MIN AUNG HLAING"),),
    "et": (("ABIY Ahmed", "ABIY Ahmed Ali"),),
    "ga": (("Mohammed JALLOW", "Muhammed B.S. JALLOW"),),
    "la": (("BOUN-GNANG Volachit", "BOUNNYANG Vorachit"),),
    "mi": (("Arthur Peter MUTHARIKA", "Peter MUTHARIKA"),),
    "pk": (("Shahbaz SHARIF", "Shehbaz SHARIF"),),
    "pm": (("Juan Carlos VARELA", "Juan Carlos VARELA Rodriguez"),),
    "ro": (("Nicolae CIUCA", "Nicolae-Ionel CIUCA"),),
    "tl": (("Esera Fofō Filipo Tuisano TUISANO", "Fofo Filipo TUISANO"),),
    "th": (("Paetongtarn SHINAWATRA", "PHAETHONGTHAN Chinnawat"),),
    "tp": (("Patrice Emery TROVOADA", "Patrice TROVOADA"),),
    "tz": (("Samia SULUHU", "Samia Suluhu HASSAN"),),
    "wz": (("Russell DLAMINI", "Russell Mmiso DLAMINI"),),
    "ym": (("ALI MUHSIN al-Ahmar", "Mohsin al-AHMAR"),),
}
"""Spellings too far apart to be told as one by rule, by Factbook code."""


@dataclass(frozen=True, slots=True, order=True)
class Naming:
    """One edition's name for the holder of an office."""

    code: str
    office: str
    start: str
    name: str
    title: str
    text: str
    """The whole line: persons named side by side in one line are different persons."""
    others: tuple[str, ...] = ()
    """Further names of the person that the line gives."""


@dataclass(slots=True)
class People:
    """Who is meant by a name on a country's page."""

    known: dict[str, tuple[str, str]]
    """Folded name to id and label, for persons who have an id elsewhere."""
    _parents: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    _things: dict[tuple[str, str], Thing] = field(default_factory=dict)

    def read(self, namings: Iterable[Naming], weights: Counter[tuple[str, str]]) -> None:
        """Find the persons; `weights` says how long each (page code, name) was shown, and so which spelling
        to prefer.
        """
        ordered = sorted(set(namings))
        for one in ordered:
            self._parents.setdefault((one.code, one.name), (one.code, one.name))
        by_code: dict[str, list[Naming]] = defaultdict(list)
        by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for one in ordered:
            by_code[one.code].append(one)
            by_name[_letters(one.name)].append((one.code, one.name))
        for spellings in by_name.values():
            for other in spellings[1:]:
                self._join(spellings[0], other)
        for group in by_code.values():
            for one, another in combinations(group, 2):
                if one.name != another.name and (_same(one, another) or _listed(one, another)):
                    self._join((one.code, one.name), (another.code, another.name))
        self._name_them(ordered, weights)

    def person(self, code: str, name: str) -> Thing:
        """The person whom the page of this country calls so."""
        return self._things[self._root((code, name))]

    def _root(self, key: tuple[str, str]) -> tuple[str, str]:
        while self._parents[key] != key:
            key = self._parents[key]
        return key

    def _join(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._parents[second] = first

    def _name_them(self, namings: list[Naming], weights: Counter[tuple[str, str]]) -> None:
        members: dict[tuple[str, str], set[Naming]] = defaultdict(set)
        for one in namings:
            members[self._root((one.code, one.name))].add(one)
        taken: dict[str, tuple[str, str]] = {}
        kept = set[tuple[str, str]]()
        bare: dict[tuple[str, str], set[str]] = {}
        for root in sorted(members):
            group = members[root]
            spelled: Counter[str] = Counter()
            for one in group:
                spelled[one.name] += weights[one.code, one.name]
            best = max(sorted(spelled), key=lambda name: spelled[name])
            names = {
                form
                for one in group
                for name in (one.name, *one.others)
                for form in (*forms(name, one.title, code=one.code), *further_forms(name, code=one.code))
            }
            title = next(one.title for one in sorted(group) if one.name == best)
            label, short = usual(best, title, code=root[0])
            ids = {self.known[key] for name in names | {label} if (key := folded(name)) in self.known}
            if len(ids) == 1:
                identifier, label = next(iter(ids))
            else:
                identifier = f"person:{slug(short)}"
                if taken.setdefault(identifier, root) != root:
                    identifier = f"person:{slug(label)}-{root[0]}"
            self._things[root] = Thing(identifier, label, ("person",), frozenset(names))
            kept |= {(identifier, folded(one)) for one in (label, *(forms(name, "")[0] for name in spelled))}
            bare[root] = {
                form for one in group for name in (one.name, *one.others) for form in single_names(name)
            }
        self._drop_shared(kept, bare)

    def _drop_shared(self, kept: set[tuple[str, str]], bare: dict[tuple[str, str], set[str]]) -> None:
        """Short names that are another's too go, but not a label or a name in full; a name of one word stays
        only if nobody else has the word.
        """
        bearers: dict[str, set[str]] = defaultdict(set)
        words: dict[str, set[str]] = defaultdict(set)
        for thing in self._things.values():
            for name in thing.aliases | {thing.label}:
                bearers[folded(name)].add(thing.id)
                for word in re.split(r"[ -]", name):
                    words[folded(word)].add(thing.id)
        for root, thing in self._things.items():
            names = {
                name
                for name in thing.aliases
                if len(bearers[folded(name)]) == 1 or (thing.id, folded(name)) in kept
            }
            single = {name for name in bare[root] if words[folded(name)] <= {thing.id}}
            self._things[root] = replace(thing, aliases=frozenset(names | single))


def _letters(name: str) -> str:
    """A name as its letters, without nicknames and initials."""
    words = without_nicknames(name).replace(",", " ").split()
    return "".join(folded(word) for word in words if not re.fullmatch(r"[A-Z]\.|[JS]r\.?", word))


def _same(one: Naming, other: Naming) -> bool:
    if one.text == other.text:
        return False
    first, second = (" ".join(sorted(_words(each.name))) for each in (one, other))
    score = fuzz.ratio(first, second)
    if score >= _SAME_SPELLING or _contained(one.name, other.name):
        return True
    # "Reuben RIVLIN" and "Reuven RIVLIN" took one office on one day; two deputies may also have done so.
    tenure = (one.office, one.start) == (other.office, other.start) and len(one.start) == 10
    return (
        tenure
        and one.office != "vice-president"
        and max(score, fuzz.token_set_ratio(first, second)) >= _SAME_TENURE
    )


def _contained(one: str, other: str) -> bool:
    """Whether one name is the other with words left out, as "Delcy RODRIGUEZ" is of "Delcy Eloina
    RODRIGUEZ Gomez".
    """
    first, second = _words(one), _words(other)
    surnames = [
        {folded(word) for word in name.split() if in_capitals(word) and not NUMERAL.match(word)}
        for name in (one, other)
    ]
    return (
        min(len(first), len(second)) > 1
        and first[0] == second[0]
        and bool(surnames[0] & surnames[1])
        and (set(first) <= set(second) or set(second) <= set(first))
    )


def _listed(one: Naming, other: Naming) -> bool:
    return any({one.name, other.name} == set(pair) for pair in SAME_PERSON.get(one.code, ()))


def _words(name: str) -> list[str]:
    return [folded(word) for word in without_nicknames(name).split() if folded(word)]
