"""What one page of the Factbook states of its country, as rows: place, capital, people, independence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import currencies
import governments
import independence
import languages
from archives import PUBLISHER, Edition, Page, page_url, without_note
from atlas import ORGANISATIONS, Atlas, in_united_nations
from classes import CLASSES, CONTINENTS, REGIONS, region
from currencies import Currencies
from dates import year_of
from faiths import MUSLIM_MAJORITY, muslim_share, only_muslim, other_base, shares
from rows import Origin, Row, Thing

_SQUARE_KM = re.compile(r"^([\d,.]+)(?: (million))? sq km")
_PEOPLE = re.compile(r"^(?:approximately )?([\d,]+)(?: [A-Z][\w ]*)?(?= \(|$)")
_ESTIMATE = re.compile(r"\(([^()]*\d{4}[^()]*)\)")
_BORDER = re.compile(r"^(.*?)\s*[\d.,]+ k?m\b")
_NO_BORDER = re.compile(r"0 km(?: ?$|;? ?\(?note)")
_RULER = re.compile(
    r"(?:territory|territories|country|collectivity|region|Kingdom|possession|under the sovereignty) "
    r"of (?:the )?"
    r"(UK|US|France|Norway|Denmark|Netherlands|Australia|New Zealand|People's Republic of China)\b"
)
_COAST = re.compile(r"^(?:total: )?([\d,.]+) km\b( \((?:doubly )?landlocked\))?")
_ISLAND = re.compile(
    r"^(?:[A-Z][a-z]+(?: [A-Z][a-z]+)*, )?"
    r"(?:an? |(?:[\w-]+ ){0,3}(?:group|chain) of (?:\w+ ){0,2}|consists of \d+ )?"
    r"(?:islands?(?: chain| group)?|archipelago|(?:coral )?atolls)\b|"
    r"^[\w ]+, (?:occupying )?(?:\w+ )?[\w]+-\w+ of the island of "
)
_MAP_REGIONS = frozenset({"Middle East"})
_CONTINENT_BY_THE_WAY = re.compile(
    r"(?:extending (?:in)?to|extending from|small|includes the|easternmost|geographically part of)[^;]*?"
    r"\b(Europe|Asia|Africa)(?:an|n)?\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One page, ready to be quoted."""

    edition: Edition
    page: Page
    subject: Thing
    atlas: Atlas
    currencies: Currencies = field(default_factory=Currencies)

    def row(self, predicate: str, value: Thing | str, quote: str, **more: str) -> Row:
        """A row that this page states; `more` are dates and qualifiers by column."""
        own = ("start", "end", "point_in_time", "unit", "polarity")
        times = {key: more.pop(key) for key in own if key in more}
        seen = "" if "point_in_time" in times else self.edition.seen
        return Row(
            subject=self.subject,
            predicate=predicate,
            value=value,
            origin=self.origin(quote),
            seen_first=seen,
            seen_last=seen,
            qualifiers=tuple(sorted(more.items())),
            **times,
        )

    def origin(self, quote: str) -> Origin:
        """This page as a source."""
        title = f"{self.subject.label}, The World Factbook, edition of {self.edition.date}"
        url = page_url(self.page.path, self.edition.commit)
        return Origin(url, title, PUBLISHER, self.edition.date, quote)


def statements(reading: Reading) -> Iterator[Row]:
    """Everything that the page states and the table takes, but for capitals and office-holders."""
    for part in _PARTS:
        yield from part(reading)


def _nature(reading: Reading) -> Iterator[Row]:
    if in_united_nations(reading.page):
        quote = (
            f"International organization participation: {_around('UN', reading.page.cell(*ORGANISATIONS))}"
        )
        yield reading.row("P31", CLASSES["sovereign state"], quote)
    elif reading.page.code == "vt":
        quote = reading.page.cell("Government", "Independence")
        if "full sovereignty" in quote:
            yield reading.row("P31", CLASSES["sovereign state"], quote)
    text = reading.page.cell("Government", "Government type")
    if reading.subject.types == ("state",):
        for form in governments.forms(text):
            yield reading.row("P122", form, f"Government type: {text}")
        name = without_note(reading.page.cell("Government", "Country name", "conventional long form"))
        for form in governments.titled(name):
            yield reading.row("P122", form, f"Country name: conventional long form: {name}")


def _around(word: str, listing: str) -> str:
    """A member of a long list with its neighbours."""
    names = [name.strip() for name in listing.split(",")]
    place = names.index(word)
    return "... " + ", ".join(names[max(0, place - 2) : place + 3]) + " ..."


def _dependence(reading: Reading) -> Iterator[Row]:
    text = reading.page.cell("Government", "Dependency status")
    if found := _RULER.search(without_note(text)):
        ruler = reading.atlas.named(found[1])
    elif "British crown dependency" in text or "UK overseas territory" in text:
        ruler = reading.atlas.named("UK")
    else:
        return
    if ruler is not None:
        row = reading.row("governs", reading.subject, f"{reading.subject.label}: {text}")
        yield Row(
            ruler, row.predicate, row.value, row.origin, seen_first=row.seen_first, seen_last=row.seen_last
        )


def _place(reading: Reading) -> Iterator[Row]:
    text = re.sub(r"^metropolitan France: ", "", reading.page.cell("Geography", "Location"))
    quote = f"Location: {text}"
    head = re.split(r"[,;(]| bordering| between| \b(?:Baker Island|metropolitan)", text)[0]
    continents = dict.fromkeys(_CONTINENT_BY_THE_WAY.findall(text), quote)
    for name in re.split(r" and ", head):
        found = region(name)
        if found is None:
            continue
        yield reading.row("P361", found, quote)
        names = [word for word in CONTINENTS if word in name.split() or name.endswith(word)]
        continents |= dict.fromkeys(names, quote)
    maps = reading.page.cell("Geography", "Map references")
    quote = f"Map references: {maps}"
    if maps in CONTINENTS:
        continents = {maps: quote} | continents
    if (found := region(maps)) is not None and found.label in _MAP_REGIONS:
        yield reading.row("P361", found, quote)
    for name, words in sorted(continents.items()):
        yield reading.row("P30", REGIONS[name], words)


def _sea(reading: Reading) -> Iterator[Row]:
    """Landlocked or not, by the length of the coast; an island country, by the words of its location."""
    if reading.subject.types != ("state",):
        return
    text = reading.page.cell("Geography", "Coastline")
    if found := _COAST.match(text):
        quote = f"Coastline: {text}"
        if found[2]:
            yield reading.row("P31", CLASSES["landlocked country"], quote)
        elif float(found[1].replace(",", "")) > 0:
            yield reading.row("P31", CLASSES["landlocked country"], quote, polarity="negative")
    text = reading.page.cell("Geography", "Location")
    if _ISLAND.match(text):
        yield reading.row("P31", CLASSES["island country"], f"Location: {text}")


def _neighbours(reading: Reading) -> Iterator[Row]:
    if reading.subject.types == ("organisation",):
        return
    total = reading.page.cell("Geography", "Land boundaries", "total") or reading.page.cell(
        "Geography", "Land boundaries"
    )
    if reading.subject.types == ("state",) and _NO_BORDER.match(total):
        yield reading.row("land-neighbour-count", "0", f"Land boundaries, total: {total}")
    text = without_note(reading.page.cell("Geography", "Land boundaries", "border countries"))
    bare = re.sub(r"\([^()]*\)", "", re.sub(r"^\(\d+\): ?", "", text))
    for part in re.split(r";|, (?=[A-Z])| and (?=Spain)", bare):
        found = _BORDER.match(part.strip())
        other = reading.atlas.named(re.sub(r"\s+", " ", found[1])) if found else None
        if other is not None:
            yield reading.row("P47", other, f"border countries: {part.strip()}")


def _size(reading: Reading) -> Iterator[Row]:
    text = reading.page.cell("Geography", "Area", "total")
    if found := _SQUARE_KM.match(text):
        amount = found[1].replace(",", "")
        if found[2]:
            amount = str(round(float(amount) * 1_000_000))
        yield reading.row("P2046", amount, f"Area, total: {text}", unit="km2")
    people = ("People and Society", "Population")
    text = reading.page.cell(*people, "total") or reading.page.cell(*people)
    dates = [year_of(words)[:4] for words in _ESTIMATE.findall(text) if not words.startswith("includes")]
    if (found := _PEOPLE.match(text)) and (when := next(filter(None, dates), "")):
        yield reading.row("P1082", found[1].replace(",", ""), f"Population: {text}", point_in_time=when)


def _languages(reading: Reading) -> Iterator[Row]:
    for language in languages.official(reading.page):
        yield reading.row("P37", language.thing, language.quote)


def _currency(reading: Reading) -> Iterator[Row]:
    for money in currencies.used(reading.page, reading.edition.date):
        yield reading.row("P38", reading.currencies.named(money), money.quote)


def _religions(reading: Reading) -> Iterator[Row]:
    text = reading.page.cell("People and Society", "Religions")
    note = reading.page.cell("People and Society", "Religions", "note")
    of_others = other_base(note)
    for share in shares(text):
        more = {"P1107": share.share} if share.share and not of_others else {}
        if share.year and more:
            more["point_in_time"] = share.year
        remark = f" ... {note}" if of_others else ""
        yield reading.row("P140", share.religion, f"Religions: {share.quote}{remark}", **more)
    percent, quote = muslim_share(text)
    if not percent and (quote := only_muslim(text)):
        percent = 100
    if percent > 50 and reading.subject.types == ("state",):
        yield reading.row("P31", MUSLIM_MAJORITY, f"Religions: {quote}")


def _independence(reading: Reading) -> Iterator[Row]:
    if reading.subject.types == ("organisation",):
        return
    names = frozenset({reading.subject.label, *reading.subject.aliases})
    for stated in independence.statements(reading.page, reading.atlas, names):
        if stated.ruler is not None:
            yield reading.row(stated.predicate, stated.ruler, stated.quote, point_in_time=stated.date)
        else:
            # When it became independent is what the row says, and when that happened: the year, for which
            # sources agree, and the day, for which they need not.
            dated = stated.predicate in {"independence-date", "early-independence-date"}
            times = {"point_in_time": stated.date} if dated else {}
            exact = dated and "/" not in stated.date
            for value in dict.fromkeys((stated.date[:4], stated.date) if exact else (stated.date,)):
                yield reading.row(stated.predicate, value, stated.quote, **times)


_PARTS: tuple[Callable[[Reading], Iterator[Row]], ...] = (
    _nature,
    _dependence,
    _place,
    _sea,
    _neighbours,
    _size,
    _languages,
    _currency,
    _religions,
    _independence,
)
