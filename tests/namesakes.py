"""A made-up table in which every name is that of several things, with claims: `build(folder, names)`.

Names may be real, no statement is. A name is shared by two to six things (now and then by up to a dozen):
towns in different provinces, a person, a river, a ship, so that types, the other end of a claim or the text
around it tell which is meant; or nothing does, and then no verdict is right. Same seed, same bytes.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Case", "Namesakes", "build"]

_STATES, _PROVINCES, _VILLAGES = 24, 6, 240
_SYLLABLES = ("ba", "do", "fe", "gu", "hi", "ka", "lo", "me", "nu", "po", "ra", "si", "ta", "ve", "wi", "zo")
_YARDS = ("Belwater Yard", "Crane Quay Works", "Northgate Shipbuilders", "Tidemill Dock")


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, or a document of which the last claim counts, and the verdicts that are right."""

    kind: str
    text: str
    gold: tuple[str, ...]
    closed: tuple[str, ...] = ()
    """The same where the table is all there is to know; empty if it is no other."""
    ids: tuple[str, ...] = ()
    """The things that may be meant, where nothing tells which."""


@dataclass(slots=True)
class Namesakes:
    """A table being made: rows and entities, and what is known of each thing."""

    entities: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    rows: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)
    facts: dict[tuple[str, str], str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    towns: list[str] = field(default_factory=list)

    def thing(self, id: str, label: str, kind: str, *, aliases: str = "", description: str = "") -> str:
        """A new entity."""
        self.entities.append((id, label, aliases, kind, description))
        self.labels[id] = label
        return id

    def state(self, subject: str, relation: str, object: str) -> None:
        """A new statement; the object is an id or a value."""
        known = object in self.labels
        label = self.labels[object] if known else object
        self.rows.append((self.labels[subject], relation, label, subject, object if known else "", ""))
        self.facts[subject, relation] = object

    def write(self, folder: Path) -> None:
        """The table as a folder that `--reference` takes."""
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "entities.csv", "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(("id", "label", "aliases", "types", "description"))
            writer.writerows(self.entities)
        with open(folder / "statements.csv", "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(("subject", "predicate", "object", "subject_id", "object_id", "quote"))
            writer.writerows(self.rows)


def build(folder: Path, names: Sequence[str], *, seed: int = 7, claims: int = 1) -> tuple[Case, ...]:
    """Write a table in which these names are shared, and return claims about a share `claims` of them."""
    chance = random.Random(seed)
    table = Namesakes()
    words = _invented(chance, _STATES * (_PROVINCES + 1) + _VILLAGES + 40)
    states = [table.thing(f"s{n}", next(words), "state") for n in range(_STATES)]
    provinces = {
        s: [table.thing(f"{s}p{n}", next(words), "region") for n in range(_PROVINCES)] for s in states
    }
    for s, own in provinces.items():
        for p in own:
            table.state(p, "P17", s)
    places = [(s, p) for s, own in provinces.items() for p in own]
    villages = [table.thing(f"v{n}", next(words), "city") for n in range(_VILLAGES)]
    lakes = [table.thing(f"l{n}", f"Lake {next(words)}", "place") for n in range(20)]
    yards = [table.thing(f"y{n}", yard, "company") for n, yard in enumerate(_YARDS)]
    for number, name in enumerate(names):
        many = chance.choice((2, 2, 2, 3, 3, 4, 5, 6)) if chance.random() > 0.03 else chance.randint(7, 12)
        kinds = ["city", "city", *chance.choices(("city", "city", "person", "river", "ship"), k=many - 2)]
        ids: dict[str, list[str]] = {}
        for n, (kind, (s, p)) in enumerate(zip(kinds, chance.sample(places, many), strict=True)):
            if kind != "city" and kind in ids:
                kind = "city"  # one person, one river, one ship
            id = f"n{number}x{n}"
            ids.setdefault(kind, []).append(id)
            if kind == "city":
                table.thing(
                    id,
                    name,
                    kind,
                    aliases=f"{name}, {table.labels[p]}",
                    description=f"town in {table.labels[p]}",
                )
                table.towns.append(id)
                table.state(id, "P131", p)
                table.state(id, "P17", s)
                if n == 0 or chance.random() < 0.7:
                    table.state(id, "P571", str(1000 + 20 * n + 7 * (number % 100)))
            elif kind == "person":
                table.thing(id, name, kind, description="painter")
                shared = [id for id in table.towns if table.labels[id] != name]
                table.state(id, "P19", chance.choice(shared if shared and n % 2 else villages))
            elif kind == "river":
                table.thing(id, name, kind, description="river")
                table.state(id, "P403", chance.choice(lakes))
            else:
                table.thing(id, name, kind, description="ship")
                table.state(id, "P176", chance.choice(yards))
        if number % claims == 0:
            _cases(table, name, ids, chance, villages, places)
    born = [
        (table.thing(f"b{n}", f"{a} {b}", "person"), a)
        for n, (a, b) in enumerate(zip(words, words, strict=False))
    ]
    for person, _ in born:
        town = chance.choice(table.towns)
        table.state(person, "P19", town)
        other = chance.choice([t for t in table.towns if table.labels[t] != table.labels[town]])
        said = table.labels[person]
        table.cases.append(Case("other end", f"{said} was born in {table.labels[town]}.", ("supported",)))
        gold = ("contradicted", "unknown")  # a person's birthplace may lie in another that has the name
        table.cases.append(Case("none of them", f"{said} was born in {table.labels[other]}.", gold))
    table.write(folder)
    return tuple(table.cases)


def _cases(
    table: Namesakes,
    name: str,
    ids: dict[str, list[str]],
    chance: random.Random,
    villages: Sequence[str],
    places: Sequence[tuple[str, str]],
) -> None:
    add, facts, labels = table.cases.append, table.facts, table.labels
    towns = ids["city"]
    one, other = towns[0], towns[1]
    here = labels[facts[one, "P131"]]
    founded = {town: facts.get((town, "P571"), "") for town in towns}
    others = [id for kind, own in ids.items() if kind != "city" for id in own]
    add(Case("other end", f"{name} is located in {here}.", ("supported",)))
    add(Case("other end", f"{name} lies in {labels[facts[other, 'P17']]}.", ("supported",)))
    add(Case("other end", f"{name} is not located in {here}.", ("contradicted",)))
    taken = {facts[town, "P131"] for town in towns}
    nowhere = chance.choice([labels[p] for _, p in places if p not in taken])
    add(Case("none of them", f"{name} is located in {nowhere}.", ("unknown",), ("contradicted",)))
    for kind, relation, told in (("river", "P403", "flows into"), ("ship", "P176", "was built by")):
        for id in ids.get(kind, ()):
            add(Case("other end", f"{name} {told} {labels[facts[id, relation]]}.", ("supported",)))
    add(Case("full name", f"{name}, {here}, was founded in {founded[one]}.", ("supported",)))
    if founded[other]:
        add(Case("full name", f"{name}, {here} was founded in {founded[other]}.", ("contradicted",)))
        joined = f"{name} is located in {here} and was founded in {founded[other]}."
        add(Case("one thing", joined, ("contradicted", "unknown")))
        apart = f"{name} is located in {here}. {name} was founded in {founded[other]}."
        add(Case("spoken of", apart, ("contradicted", "unknown")))
    add(Case("one thing", f"{name} is located in {here} and was founded in {founded[one]}.", ("supported",)))
    add(
        Case(
            "spoken of", f"{name} is located in {here}. {name} was founded in {founded[one]}.", ("supported",)
        )
    )
    add(Case("spoken of", f"{name} is located in {here}. It was founded in 1900.", ("contradicted",)))
    open_to = [id for id in (*towns, *others) if not facts.get((id, "P571"))]
    said = f"{name} was founded in 1900."
    if open_to:
        add(Case("ambiguous", said, ("unknown",), ("contradicted",), (*towns, *others)))
    else:
        add(Case("none of them", said, ("contradicted",)))
    for person in ids.get("person", ()):
        home = facts[person, "P19"]
        away = chance.choice([v for v in villages if v != home])
        add(Case("type", f"{name} was born in {labels[home]}.", ("supported",)))
        gold = ("contradicted",) if home in villages else ("contradicted", "unknown")
        add(Case("type", f"{name} was born in {labels[away]}.", gold))


def _invented(chance: random.Random, count: int) -> Iterator[str]:
    """Names that nothing bears."""
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [chance.choice(_SYLLABLES) for _ in range(4)]
        found.setdefault("".join(parts).capitalize())
    return iter(found)
