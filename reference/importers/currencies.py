"""Currencies out of a Factbook cell such as "Danish kroner (DKK) per US dollar": one id for all spellings of
one currency, its name in the singular, and the names that everybody uses for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from archives import Edition, Page
from atlas import in_united_nations
from gazetteer import folded
from rows import Thing

_CELL = re.compile(r"^(.*?) per US dollar")
_NAMED = re.compile(r"^(?P<name>.*?)(?: \((?P<codes>[A-Z]{3}(?:/[A-Z]{3})*|KD)\))?$")
_SINGULARS = {
    "colones": "colon",
    "emalangeni": "lilangeni",
    "koruny": "koruna",
    "kroner": "krone",
    "kronor": "krona",
    "kronur": "krona",
    "lei": "leu",
    "leke": "lek",
    "leones": "leone",
    "leva": "lev",
    "litai": "litas",
    "maloti": "loti",
    "meticais": "metical",
    "quetzales": "quetzal",
    "zlotych": "zloty",
}
"""Plurals that are not made with -s."""
_ALSO = {
    "BAM": ("convertible mark", "convertible marks"),
    "GBP": ("pound sterling", "sterling", "UK pound"),
    "ILS": ("Israeli shekel", "new shekel"),
    "PEN": ("sol", "Peruvian sol"),
    "RMB": ("renminbi", "Chinese yuan", "yuan renminbi", "CNY"),
    "TRY": ("Turkish lira",),
    "USD": ("U.S. dollar", "American dollar", "United States dollar"),
    "XAF": ("CFA franc", "Central African CFA franc", "CFA"),
    "XOF": ("CFA franc", "West African CFA franc", "CFA"),
    "XPF": ("CFP franc", "Pacific franc"),
}
"""Names by which a currency goes though no page has them, by its code on the pages."""
_VERBS = frozenset({"won"})
"""Nouns of several currencies that are too common a word."""
_SLIPS = {
    ("lh", "2021-03-01"): "gives the rate of the euro, which the page's own history names, under the old name"
}


@dataclass(frozen=True, slots=True)
class Money:
    """A page says that this currency is used."""

    name: str
    code: str
    quote: str


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currencies that any page names, by code or folded name."""

    things: dict[str, Thing] = field(default_factory=dict)

    def named(self, money: Money) -> Thing:
        """The currency of a page."""
        return self.things.get(_key(money)) or _thing(money)


def used(page: Page, date: str) -> Iterator[Money]:
    """The currencies that the page gives its country."""
    if (page.code, date) in _SLIPS:
        return
    heading = ("Economy", "Exchange rates")
    texts = [page.cell(*heading, "Currency"), page.cell(*heading), page.cell(*heading, "note")]
    text = next(filter(None, texts), "")
    if page.code == "us":
        # The page of the United States gives other currencies in its own.
        if text.startswith("British pounds per US dollar"):
            yield Money("US dollars", "USD", f"Exchange rates: {text}")
    elif re.match(r"(?:note: )?the US dollar (?:is used|became \w+'s currency)", text):
        yield Money("US dollars", "USD", f"Exchange rates: {text}")
    elif re.match(r"note: uses the euro$", text):
        yield Money("euros", "EUR", f"Exchange rates: {text}")
    elif found := _CELL.match(text):
        for part in found[1].split(" or "):
            named = _NAMED.match(part.strip())
            if named is not None:
                yield Money(named["name"], named["codes"] or "", f"Exchange rates: {found[0]}")


def build(editions: tuple[Edition, ...]) -> Currencies:
    """The currencies of all editions, the newest name first, with what they are called for short.

    A currency is called by its noun alone ("shekel", "dinar"), which several may share, and by the adjective
    of the country if it has none in its name and one country uses it ("Polish zloty").
    """
    found: dict[str, Thing] = {}
    users: dict[str, dict[str, Page]] = defaultdict(dict)
    for edition in reversed(editions):
        for page in edition.pages:
            for money in used(page, edition.date):
                thing, known = _thing(money), found.get(_key(money))
                if known is not None:
                    thing = replace(known, aliases=known.aliases | thing.aliases | {thing.label})
                found[_key(money)] = thing
                users[_key(money)].setdefault(page.code, page)
    nouns: dict[str, set[str]] = defaultdict(set)
    for key, thing in found.items():
        nouns[_noun(thing)].add(key)
    for key, thing in found.items():
        more = set()
        if len(nouns[_noun(thing)]) == 1 or _noun(thing) not in _VERBS:
            more = {_noun(thing)}
            if f"{thing.label}s" in thing.aliases:
                more.add(f"{_noun(thing)}s")
        if " " not in thing.label and len(users[key]) == 1:
            [page] = users[key].values()
            if in_united_nations(page):
                more |= {f"{word} {thing.label}" for word in _adjectives(page)}
        if "rubles" in " ".join(thing.aliases):
            more |= {name.replace("ruble", "rouble") for name in (thing.label, *thing.aliases, *more)}
        found[key] = replace(thing, aliases=(thing.aliases | more) - {thing.label})
    return Currencies(found)


def _adjectives(page: Page) -> Iterable[str]:
    text = page.cell("People and Society", "Nationality", "adjective")
    return [word.strip() for word in re.split(r";|,| or ", text) if re.fullmatch(r" ?[A-Z][\w-]+ ?", word)]


def _key(money: Money) -> str:
    return money.code.split("/")[0] or {"euros": "EUR"}.get(money.name, folded(money.name))


def _thing(money: Money) -> Thing:
    names = [name for name in re.split("/", re.sub(r" \([^()]*\)", "", money.name)) if name]
    if len(names) == 2 and " " in names[0] and " " not in names[1]:
        # "Aruban guilders/florins"
        names[1] = f"{names[0].rsplit(' ', 1)[0]} {names[1]}"
    labels = [_singular(name) for name in names]
    codes = money.code.split("/") if money.code else []
    key = _key(money)
    code = money.code if re.fullmatch(r"[A-Z]{3}", money.code) else ""
    identifier = "Q4916" if key == "EUR" else f"currency:{code.lower() or folded(labels[-1])}"
    aliases = {*names, *labels, *codes, *_ALSO.get(key, ())}
    if "New Zealand dollar" in labels[0]:
        aliases.add("NZ dollar")
    return Thing(identifier, labels[0], ("currency",), frozenset(aliases - {labels[0]}))


def _singular(name: str) -> str:
    head, _, noun = name.rpartition(" ")
    single = _SINGULARS.get(noun) or re.sub(r"s$", "", noun)
    return f"{head} {single}".strip()


def _noun(thing: Thing) -> str:
    return thing.label.rsplit(" ", 1)[-1]
