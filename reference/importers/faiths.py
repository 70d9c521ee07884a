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
    "Hinduism": "Hindu",
    "Islamic": "Muslim",
    "Muslims": "Muslim",
    "Orthodox Christian": "Orthodox",
    "Buddhism": "Buddhist",
    "Christianity": "Christian",
    "Indian- and Nepali-influenced Hinduism": "Hindu",
    "Jains": "Jain",
    "Lamaistic Buddhist": "Buddhist",
    "Protestant Evangelical": "Protestant",
    "Protestant/Anglican": "Protestant",
    "Protestant/Evangelical": "Protestant",
    "Evangelical or Protestant": "Protestant",
    "Sunni": "Sunni Muslim",
    "Shia": "Shia Muslim",
}
_EASTERN = re.compile(r"(?:Greek|Russian|Serbian|Romanian|Macedonian|Bulgarian|Georgian|Ukrainian) Orthodox$")
"""Churches of Eastern Orthodoxy; the Ethiopian, Coptic and Syriac Orthodox are of another communion."""
_DENOMINATIONS = frozenset(
    {"Roman Catholic", "Protestant", "Orthodox", "Armenian Apostolic", "Evangelical", "Evangelical Christian"}
)
_ITEM = re.compile(
    r"^(?:nominally )?(?P<name>[A-Z][\w'/ -]*?)(?: \((?P<remark>(?:[^()]|\([^()]*\))*)\))?"
    r"(?: (?P<share>\d*\.?\d+)(?:%.*|(?<=\.\d))| (?:more than )?[\d.]+(?: ?- ?[\d.]+)?%.*| \(.*)?$"
)
_YEAR = re.compile(r"\((?:[^()]*\b)?\d{4}[^()]*\)")


_OTHER_BASE = re.compile(r"\bdata represent (?!the (?:total|whole|entire) population)|\btotal adherents\b")


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
    out, and what is less than one percent.

    "Christian 13.2%" beside "Orthodox 46.1%" is the rest of the Christians, not all of them.
    """
    for survey in _surveys(re.split(r"; note\b", text)[0]):
        years = [found for found in _YEAR.finditer(survey) if year_of(found[0])]
        year = years[-1] if years else None
        found_items = []
        for item in _items(re.sub(r"(?<=[a-z]), (?=\d)", " ", survey)):
            if re.match(r"less than 1 ?(?:%|percent)", item):
                break
            if (found := _ITEM.match(item)) is not None:
                found_items.append((_faith_name(found["name"].strip()), found["share"] or "", item))
        names = {name for name, _, _ in found_items}
        for name, share, item in found_items:
            if name not in _FAITHS or (name == "Christian" and names & _DENOMINATIONS):
                continue
            when = year_of(year[0]) if year is not None else ""
            percent = f"0{share}%" if share.startswith(".") else f"{share}%" if share else ""
            yield Share(_FAITHS[name], percent, when, _with_year(item, year, survey))


def other_base(note: str) -> bool:
    """Whether the note says that the shares are of others than the population: adults, citizens."""
    return _OTHER_BASE.search(note) is not None


def _surveys(text: str) -> Iterator[str]:
    """ "... none 47.3% Roman Catholic 42%, ...": one survey ends without its year, the next one begins."""
    depth, start = 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if depth == 0 and re.match(r"% [A-Z]", text[place:]):
            yield text[start : place + 1]
            start = place + 2
    yield text[start:]


def _faith_name(name: str) -> str:
    return "Orthodox" if _EASTERN.match(name) else _SPELLINGS.get(name, name)


def _with_year(item: str, year: re.Match[str] | None, text: str) -> str:
    if year is None or year[0] in item:
        return item
    adjacent = f"{item} {year[0]}"
    return adjacent if adjacent in text else f"{item} ... {year[0]}"


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
