"""The states and territories of the Factbook as entities: ids, usual English names, other names and
demonyms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archives import Edition, Page, without_note
from gazetteer import Gazetteer, folded
from rows import Thing

USUAL_NAMES = {
    "bm": "Myanmar",
    "cf": "Republic of the Congo",
    "cg": "Democratic Republic of the Congo",
    "ch": "China",
    "ck": "Cocos (Keeling) Islands",
    "cv": "Cape Verde",
    "dr": "Dominican Republic",
    "dx": "Dhekelia",
    "ee": "European Union",
    "ez": "Czechia",
    "fk": "Falkland Islands",
    "fm": "Federated States of Micronesia",
    "gz": "Gaza Strip",
    "io": "British Indian Ocean Territory",
    "iv": "Ivory Coast",
    "sv": "Svalbard",
    "tu": "Turkey",
    "um": "United States Pacific Island Wildlife Refuges",
    "vq": "United States Virgin Islands",
    "vt": "Vatican City",
}
"""The label where it is not the Factbook's conventional short form."""

SPELLED_AS = {
    "bf": ("Bahamas",),
    "cf": ("Congo-Brazzaville",),
    "cg": ("Congo-Kinshasa",),
    "ch": ("People's Republic of China",),
    "ee": ("EU",),
    "ei": ("Republic of Ireland",),
    "fm": ("Micronesia",),
    "ga": ("Gambia",),
    "gz": ("Gaza",),
    "mk": ("Macedonia",),
    "tt": ("East Timor",),
    "tu": ("Türkiye",),
    "uk": ("Britain", "Great Britain"),
    "us": ("United States of America",),
    "vt": ("Vatican", "Holy See"),
}
"""Further spellings, which are how the lists of missions or other pages of the Factbook call the country."""

HARMLESS_FORMER_NAMES = frozenset(
    {
        "Abyssinia",
        "Basutoland",
        "Bechuanaland",
        "Belgian Congo",
        "British Guiana",
        "British Honduras",
        "Burma",
        "Burma (Myanmar)",
        "Ceylon",
        "Dahomey",
        "Dutch Guiana",
        "East Timor",
        "Formosa",
        "Ivory Coast",
        "New Hebrides",
        "Nyasaland",
        "Persia",
        "Portuguese Timor",
        "Republic of Macedonia",
        "Rhodesia",
        "Siam",
        "South-West Africa",
        "Southern Rhodesia",
        "Swaziland",
        "Upper Volta",
        "Western Samoa",
        "Zaire",
    }
)
"""Former names that still stand for the country alone. Others, such as "Mali Federation" or "Quito", do
not.
"""

_ABBREVIATED = {"us": ("US", "USA", "U.S.", "U.S.A."), "uk": ("UK", "U.K."), "ae": ("UAE", "U.A.E.")}
_NO_NAME = frozenset({"", "none", "na"})
_MISLEADING = frozenset({"Island", "Tunis", "Uman", "CAR"})
"""Local names and abbreviations that are English for something else."""
_TWO_LETTERS = frozenset({"HK", "NZ"})
"""Abbreviations that are no word and no other country's: "AS", "CH" and "VI" are left out."""
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z.]{2,5}|[A-Z]\w+ [A-Z]{2,4}|St\. [A-Z]\w+|Saint-[A-Z]\w+")
_SECOND_NAMES = ("Burma", "Islas Malvinas", "Turkiye", "Türkiye", "Vatican City")
"""What stands in brackets after a name is a second name here; elsewhere it is the language of the name."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ORGANISATIONS = frozenset({"ee"})


@dataclass(frozen=True, slots=True)
class Atlas:
    """The countries by Factbook code, and what their names stand for."""

    countries: dict[str, Thing]
    names: dict[str, str]
    """Folded name to code; only names that stand for one country."""
    adjectives: dict[str, str]
    """Folded demonym of a state to its code; only demonyms of one state."""

    def named(self, name: str) -> Thing | None:
        """The country that another page calls so."""
        code = self.names.get(folded(re.sub(r"^the ", "", name.strip())))
        return None if code is None else self.countries[code]

    def of_adjective(self, word: str) -> Thing | None:
        """The state of this adjective: France for French."""
        code = self.adjectives.get(folded(word))
        return None if code is None else self.countries[code]

    def by_id(self) -> dict[str, Thing]:
        """The countries by entity id."""
        return {thing.id: thing for thing in self.countries.values()}


def build(editions: tuple[Edition, ...], gazetteer: Gazetteer) -> Atlas:
    """The countries of the newest edition, with the names that any edition gives."""
    countries: dict[str, Thing] = {}
    claimed: dict[str, set[str]] = {}
    demonyms_of: dict[str, set[str]] = {}
    for page in editions[-1].pages:
        pages = [older.by_code()[page.code] for older in editions if page.code in older.by_code()]
        names = dict.fromkeys(name for one in pages for name in _names(one))
        label = USUAL_NAMES.get(page.code) or next(iter(names), page.code)
        spelled = SPELLED_AS.get(page.code, ())
        qid = gazetteer.state(label, *spelled, *names)
        aliases = {*names, *spelled, *_ABBREVIATED.get(page.code, ())}
        for name in (label, *aliases):
            claimed.setdefault(folded(name), set()).add(page.code)
        demonyms_of[page.code] = {name for one in pages for name in _demonyms(one)}
        countries[page.code] = Thing(
            id=qid or f"factbook:{page.code}",
            label=label,
            types=(kind(pages),),
            aliases=frozenset(aliases | demonyms_of[page.code]),
            description=_description(pages),
        )
    _drop_borrowed_demonyms(countries, demonyms_of)
    labels = {folded(thing.label): code for code, thing in countries.items()}
    single = {name: next(iter(codes)) for name, codes in claimed.items() if len(codes) == 1}
    people: dict[str, set[str]] = {}
    for code, words in demonyms_of.items():
        for word in words if countries[code].types == ("state",) else ():
            people.setdefault(folded(word), set()).add(code)
    adjectives = {word: next(iter(codes)) for word, codes in people.items() if len(codes) == 1}
    return Atlas(countries, {**single, **labels}, adjectives)


def _drop_borrowed_demonyms(countries: dict[str, Thing], demonyms: dict[str, set[str]]) -> None:
    """The people of Aruba are Dutch too, but "Dutch" does not stand for Aruba."""
    states = {
        name for code, names in demonyms.items() if countries[code].types == ("state",) for name in names
    }
    for code, thing in countries.items():
        if thing.types != ("state",):
            countries[code] = replace(thing, aliases=thing.aliases - (demonyms[code] & states))


def kind(pages: list[Page]) -> str:
    """Whether the pages describe a state, a territory or an organisation."""
    code = pages[-1].code
    if code in _ORGANISATIONS:
        return "organisation"
    if any(in_united_nations(page) for page in pages) or code in {"vt", "kv", "tw"}:
        return "state"
    return "territory"


def in_united_nations(page: Page) -> bool:
    """Whether the page lists the United Nations itself among the organisations that the country takes part
    in.
    """
    return "UN" in (name.strip() for name in page.cell(*ORGANISATIONS).split(","))


ORGANISATIONS = ("Government", "International organization participation")


def _description(pages: list[Page]) -> str:
    for page in reversed(pages):
        status = without_note(page.cell("Government", "Dependency status")).split(";")[0]
        if status:
            return status
    if pages[-1].code in _ORGANISATIONS:
        return "organisation"
    return ", ".join(pages[-1].cell("Geography", "Location").split(",")[:1]) if pages else ""


def _names(page: Page) -> Iterator[str]:
    """The names that one page gives its country, the usual one first."""
    for form in ("conventional short form", "conventional long form", "local short form", "local long form"):
        text = without_note(page.cell("Government", "Country name", form))
        text = re.sub(r"\(prior to[^()]*\).*|;.*", "", text)
        bare = _bare(text)
        for part in re.split(r"/|,(?= [A-Z])| or ", bare) if form.startswith("local") else [bare]:
            name = re.sub(r"\s+", " ", part).strip(" ,-")
            if folded(name) not in _NO_NAME and len(folded(name)) > 2 and name not in _MISLEADING:
                yield name
        yield from (name for name in _SECOND_NAMES if f"({name})" in text)
    for former in page.cell("Government", "Country name", "former").split(","):
        if former.strip() in HARMLESS_FORMER_NAMES:
            yield former.strip()
    abbreviation = page.cell("Government", "Country name", "abbreviation")
    for part in re.split(r"\bor\b|[,;/]", _bare(without_note(abbreviation))):
        name = part.strip()
        if name in _TWO_LETTERS or (_ABBREVIATION.fullmatch(name) and name not in _MISLEADING):
            yield name


def _bare(text: str) -> str:
    """A text without what stands in brackets, however deep."""
    while (shorter := _BRACKETS.sub("", text)) != text:
        text = shorter
    return text


def _demonyms(page: Page) -> Iterator[str]:
    """The noun and adjective of nationality, in the singular and plural that the page gives."""
    for form in ("noun", "adjective"):
        text = without_note(page.cell("People and Society", "Nationality", form))
        text = re.sub(r"\(or ([^()]*)\)", r"; \1", text)
        for part in re.split(r",|;|/(?=[A-Z])|\bor\b", text):
            bare = re.sub(r"\((?!s\)|men\)|women\)|es\)|ns\))[^()]*\)", "", part)
            yield from _forms(bare.strip())


def _forms(word: str) -> Iterator[str]:
    if not re.fullmatch(r"[\w'\u2019. -]{3,40}(\((s|men|women|es|ns)\))?", word) or not re.search(
        r"[A-Z]", word
    ):
        return
    stem, _, plural = word.rstrip(")").partition("(")
    stem = stem.strip()
    yield stem
    if plural in {"s", "es", "ns"}:
        yield stem + ("s" if plural != "es" else "es")
    elif plural == "men" and stem.endswith("man"):
        yield stem[:-3] + "men"
    elif plural == "women" and stem.endswith("woman"):
        yield stem[:-5] + "women"
