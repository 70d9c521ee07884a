"""Towns that are no capitals, as a page of the Factbook names them: its largest towns, its ports, its
municipalities.

They are there to be told from the capital: who calls one of them the capital is wrong about a town that the
table knows. So no name is taken that could be another spelling of the capital's, or that something else has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from archives import PUBLISHER, Edition, Page, page_url, without_note
from cities import Cities, slug
from gazetteer import folded
from rapidfuzz import fuzz
from rows import Origin, Row, Thing

_URBAN = ("People and Society", "Major urban areas - population")
_PORTS = (
    ("Transportation", "Ports and terminals", "major seaport(s)"),
    ("Transportation", "Ports", "key ports"),
)
_DIVISIONS = ("Government", "Administrative divisions")
_SIZED = re.compile(r"[\d.,]+ (?:million )*([A-Z][^(),;]+?)(?: \(([^()]*)\))?(?=[,;]| \(|$)")
_MUNICIPALITIES = re.compile(r"\d+ (?:urban )?municipalities\b[^;:]*[;:](?: (?:urban )?municipalities:)?")
_CENTRES = re.compile(r"^[^;:]*[;:]|^.*\bor other\) ")
_NO_TOWN = re.compile(
    r"\b(?:Terminal|Harbou?r|Bay|Bahia|Rad[ae]|Oil|Gas|LNG|Field|Island|Islands|Port de|Puerto de|Point|Canal"
    r"|River|Sea|Ocean|Lake|Gulf|Estuary|Base|Mina|Ras|Baie|Area|City|and)\b|[\d*/&']"
)
_NAME = re.compile(r"[A-Z][^\W\d_]+(?:[ -][^\W\d_]+){0,2}")
_LEAST = 4
"""Letters of a name that is surely no other word."""
_LIKE_CAPITAL = 60
_VERY_LIKE = 75
_SOUNDS = str.maketrans("ckqgjyvwbzsx", "kkkgggvvvsss")
"""Letters that another transcription may begin the same name with."""
_ONE_TOWN = 85
_SHARED = 3
"""A last word that so many names of a list have is what they are, not what they are called."""


def town_rows(edition: Edition, page: Page, state: Thing, capital: Collection[str]) -> Iterator[Row]:
    """A row for each town that the page names; `capital` are the names of the capitals, past and present."""
    url = page_url(page.path, edition.commit)
    title = f"{state.label}, The World Factbook, edition of {edition.date}"
    taken: set[str] = set()
    for quote, names in _listed(page, frozenset(folded(name) for name in capital)):
        own = [name for name in names if is_town(name) and not any(is_alike(name, one) for one in capital)]
        if own and not taken & {folded(name) for name in own}:
            taken |= {folded(name) for name in own}
            town = Thing(f"city:{slug(own[0])}-{slug(state.label)}", own[0], ("city",), frozenset(own))
            origin = Origin(url, title, PUBLISHER, edition.date, quote)
            yield Row(town, "P17", state, origin, seen_first=edition.seen, seen_last=edition.seen)


def named_before(rows: Iterable[Row], cities: Cities) -> Iterator[Row]:
    """The rows of towns that the table has already, as it has them."""
    for row in rows:
        ids = {cities.gazetteer.city(name, row.object_id) for name in row.subject.aliases} - {""}
        if len(ids) == 1 and (town := cities.things.get(ids.pop())) is not None and "city" in town.types:
            yield replace(row, subject=town)


def apart(rows: Iterable[Row], things: Iterable[Thing]) -> list[Row]:
    """The rows of towns whose names nothing else has; two spellings of one town are one."""
    names = {folded(name) for thing in things for name in (thing.label, *thing.aliases)}
    kept: list[Row] = []
    towns: dict[str, list[Thing]] = {}
    for row in rows:
        own = {folded(name) for name in row.subject.aliases}
        if own & names:
            continue
        known = towns.setdefault(row.object_id, [])
        same = next((one for one in known if _one_town(one, row.subject)), None)
        if same is None:
            known.append(row.subject)
        kept.append(
            row if same is None else replace(row, subject=replace(row.subject, id=same.id, label=same.label))
        )
    return kept


def _listed(page: Page, capital: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each town of the page: the words that name it, and the names that it has there."""
    text = without_note(page.cell(*_URBAN))
    for found in _SIZED.finditer(text):
        inner = found[2] or ""
        if not found[1].isupper() and "capital" not in inner:
            yield f"Major urban areas: {found[0]}", (*((inner,) if _NAME.fullmatch(inner) else ()), found[1])
    for cell in _PORTS:
        for name in re.split(r"[,;] ?", re.sub(r"[\w ]+ - ", "", without_note(page.cell(*cell)))):
            yield f"{cell[-1]}: {name}", _both(name)
    text = page.cell(*_DIVISIONS)
    if head := _MUNICIPALITIES.match(text):
        names = re.split(r"[,;] ", re.split(r"\b[a-z ]+: ", text[head.end() :])[0])
        shared = _last_words(names)
        if any(folded(one) in capital for name in names for one in _both(name)):
            for name in names:
                if not shared & {*name.split()[1:]}:
                    yield f"Administrative divisions: {text[: head.end()]} ... {name.strip()}", _both(name)
    elif re.search(
        r"have the same names as their administrative centers", text + page.cell(*_DIVISIONS, "note")
    ):
        names = re.split(r"[,;] ", _CENTRES.sub("", without_note(text)))
        shared = _last_words(names)
        for name in names:
            # In brackets stands the town of a division that has another name, or a second name of both.
            plain = " ".join(word for word in _both(name)[0].split() if word not in shared)
            centres = "same names as their administrative centers"
            yield f"Administrative divisions: ... {name.strip()} ... {centres}", (plain,)


def _both(name: str) -> tuple[str, ...]:
    """The usual name that stands in brackets, and the one before it."""
    found = re.fullmatch(r"(.*?) ?\(([^()]*)\)(.*)", name.strip())
    if found is None:
        return (name.strip(" .*"),)
    return tuple(one for one in (found[2].strip(), (found[1] + found[3]).strip()) if one)


def _last_words(names: Iterable[str]) -> set[str]:
    counted = Counter(re.sub(r" ?\(.*", "", name).split()[-1] for name in names if " " in name.strip())
    return {word for word, count in counted.items() if count >= _SHARED}


def is_town(name: str) -> bool:
    return len(folded(name)) >= _LEAST and not _NO_TOWN.search(name) and _NAME.fullmatch(name) is not None


def is_alike(name: str, other: str) -> bool:
    one, two = folded(name), folded(other)
    likeness = fuzz.ratio(one, two)
    begins_alike = one[0].translate(_SOUNDS) == two[0].translate(_SOUNDS)
    return one in two or two in one or likeness >= (_LIKE_CAPITAL if begins_alike else _VERY_LIKE)


def _one_town(one: Thing, other: Thing) -> bool:
    return any(
        (fuzz.ratio(folded(a), folded(b)) >= _ONE_TOWN and folded(a)[0] == folded(b)[0])
        or a.endswith(f" {b}")
        or b.endswith(f" {a}")
        for a in one.aliases
        for b in other.aliases
    )
