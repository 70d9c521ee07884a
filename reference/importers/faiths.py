"""Shares of religions in a population, out of a Factbook cell such as "Muslim 95.6%, Roman Catholic 2.2%
(2011 est.)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archives import without_note
from dates import year_of
from rows import Thing

_MAJORITY_ALIASES = (
    "Muslim-majority|Muslim-majority state|Muslim-majority nation|majority-Muslim country|"
    "majority-Muslim state|majority-Muslim nation|Muslim country|Muslim nation|predominantly Muslim country"
)
MUSLIM_MAJORITY = Thing(
    "class:muslim-majority-country",
    "Muslim-majority country",
    ("class",),
    frozenset(_MAJORITY_ALIASES.split("|")),
)


def _faith(label: str, aliases: str, *, qid: str = "") -> Thing:
    names = frozenset(filter(None, aliases.split("|")))
    return Thing(qid or f"religion:{label.lower().replace(' ', '-')}", label, ("religion",), names)


_ISLAM = _faith("Islam", "Muslim|Muslims|Islamic|Islamic faith|Muslim faith", qid="Q432")
_FAITHS = {
    "Muslim": _ISLAM,
    "Islam": _ISLAM,
    "Sunni Muslim": _faith("Sunni Islam", "Sunni Muslim|Sunni Muslims|Sunni|Sunnis"),
    "Shia Muslim": _faith("Shia Islam", "Shia Muslim|Shia Muslims|Shia|Shiite|Shiites|Shi'a"),
    "Ibadhi Muslim": _faith("Ibadi Islam", "Ibadhi|Ibadi|Ibadhi Muslim"),
    "Christian": _faith("Christianity", "Christian|Christians|Christian faith"),
    "Roman Catholic": _faith(
        "Catholicism", "Catholic|Catholics|Roman Catholic|Roman Catholics|Roman Catholicism|Catholic Church"
    ),
    "Protestant": _faith("Protestantism", "Protestant|Protestants"),
    "Orthodox": _faith(
        "Orthodox Christianity",
        "Orthodox|Orthodox Christian|Orthodox Christians|Eastern Orthodox|Eastern Orthodoxy",
    ),
    "Armenian Apostolic": _faith(
        "Armenian Apostolic Church", "Armenian Apostolic|Armenian Apostolic Christian"
    ),
    "Jewish": _faith("Judaism", "Jewish|Jews|Jew", qid="Q9268"),
    "Hindu": _faith("Hinduism", "Hindu|Hindus"),
    "Buddhist": _faith("Buddhism", "Buddhist|Buddhists"),
    "Sikh": _faith("Sikhism", "Sikh|Sikhs"),
    "Taoist": _faith("Taoism", "Taoist|Taoists"),
    "Shintoism": _faith("Shinto", "Shintoism|Shintoist"),
    "Jain": _faith("Jainism", "Jain|Jains"),
    "Baha'i": _faith("Baha'i Faith", "Baha'i|Bahai|Bahais"),
    "Druze": _faith("Druze faith", "Druze|Druzes"),
}
_SPELLINGS = {
    "Armenian Apostolic Christian": "Armenian Apostolic",
    "Catholic": "Roman Catholic",
    "Christian Orthodox": "Orthodox",
    "Eastern Orthodox": "Orthodox",
    "Eastern Orthodox Christian": "Orthodox",
    "Greek Orthodox": "Orthodox",
    "Hinduism": "Hindu",
    "Islamic": "Muslim",
    "Jain": "Jain",
    "Muslims": "Muslim",
    "Orthodox Christian": "Orthodox",
    "Russian Orthodox": "Orthodox",
    "Serbian Orthodox": "Orthodox",
    "Sunni": "Sunni Muslim",
    "Shia": "Shia Muslim",
}
_ITEM = re.compile(
    r"^(?P<name>[A-Z][\w' -]*?)(?: \((?P<remark>[^()]*)\))?(?: (?P<share>\d[\d.]*)%.*| \(.*)?$"
)
_YEAR = re.compile(r"\(([^()]*\d{4}[^()]*)\)(?!.*\(\d{4})")


@dataclass(frozen=True, slots=True)
class Share:
    """So much of the population holds to this religion; `share` is "" if the text names it without a
    figure.
    """

    religion: Thing
    share: str
    year: str
    quote: str


def _items(text: str) -> Iterator[str]:
    """The parts of a list, split at commas and semicolons outside brackets."""
    depth, start = 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if letter in ",;" and depth <= 0:
            yield text[start:place].strip()
            start = place + 1
    yield text[start:].strip()


def shares(text: str) -> Iterator[Share]:
    """The religions with one stated share of the whole population; ranges and shares of a share are left
    out.
    """
    found_year = _YEAR.search(text)
    year = year_of(found_year[1]) if found_year else ""
    for item in _items(re.split(r"; note\b", text)[0]):
        found = _ITEM.match(item)
        if found is None:
            continue
        name = _SPELLINGS.get(found["name"].strip(), found["name"].strip())
        if name in _FAITHS:
            share = f"{found['share']}%" if found["share"] else ""
            yield Share(_FAITHS[name], share, year, _with_year(item, found_year))


def _with_year(item: str, year: re.Match[str] | None) -> str:
    return item if year is None or year[0] in item else f"{item} {year[0]}"


def muslim_share(text: str) -> tuple[float, str]:
    """The least percentage of Muslims that the text states, and the words that state it; (0, "") if none."""
    best, words = 0.0, ""
    for item in _items(text):
        if not re.match(r"(Sunni |Shia )?(Muslim|Islam)", item):
            continue
        own = re.match(r"[A-Z][\w' ]*?(?: \([^()]*\))? (?:about |roughly )?(\d[\d.]*)", item)
        if own:
            percent = float(own[1])
        else:
            # "Muslim (official; citizens are 85-90% Sunni and 10-12% Shia)": the lower ends together.
            percent = sum(
                float(low) for low in re.findall(r"(\d[\d.]*)(?: ?- ?[\d.]+)?% (?:Sunni|Shia)", item)
            )
        if percent > best:
            best, words = percent, item
    return best, words


def only_muslim(text: str) -> str:
    """The text if it names no religion beside Islam but for a "small minority"; "" otherwise."""
    first, *others = [item for item in _items(without_note(text)) if item] or [""]
    muslim = re.match(r"(Sunni )?Muslim\b", first) and "%" not in text
    return text if muslim and all("small" in item and "minority" in item for item in others) else ""


def things() -> list[Thing]:
    """The religions, whether or not a row names them."""
    return [*dict.fromkeys(_FAITHS.values()), MUSLIM_MAJORITY]
