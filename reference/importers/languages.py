"""Official languages out of a Factbook cell such as "German (official) 62.6%, Romansh (official) 0.5%": one
id for all names of one language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archives import Page
from gazetteer import folded
from rows import Thing

_NAME = r"(?<!\w)(?:[a-z]{1,5})?[A-Z][\w'\u2019 /-]*?"
_OFFICIAL = re.compile(
    rf"(?P<names>{_NAME})(?: \((?!official)[^()]*\))*(?: <?[\d.]+%)?(?: \((?!official)[^()]*\))* "
    r"\((?:(?:(?:de facto|de jure|[^()]*[,;]) )?official\b"
    r"(?! in | language in | regional| working|, only in |ly)|state language\b)(?:[^()]|\([^()]*\))*\)"
)
_IS_OFFICIAL = re.compile(
    rf"(?P<names>{_NAME}) (?:is|are|enjoys the status of)(?: the| an)?(?: subsidiary)? official"
    r"(?: languages?)?(?! (?:in|of|minority|language in)\b)(?=[;,.)]| (?:but|and)\b|$)"
)
_FOR_OFFICIAL_PURPOSES = re.compile(rf"(?P<names>{_NAME}) \([^()]*for official purposes\)")
_MINORITIES = re.compile(r"minority languages \(official; includes (?P<names>[^()]*)\)")
_ONLY_OFFICIAL = "only the 24 official languages are listed"
_SYNONYMS = """
Bengali: Bangla
Fijian: iTaukei
Greenlandic: Kalaallisut, West Greenlandic
Indonesian: Bahasa Indonesia
Irish: Irish Gaelic, Gaeilge
Malay: Bahasa Malaysia, Bahasa Melayu, Malaysian
Mandarin: Mandarin Chinese, Standard Chinese, Putonghua
Sepedi: Pedi, Northern Sotho
Norwegian Bokmal: Bokmal Norwegian, Bokmal, Norwegian
Norwegian Nynorsk: Nynorsk Norwegian, Nynorsk, Norwegian
Persian: Persian Farsi, Farsi
Dari: Afghan Persian
Romanian: Moldovan
Sotho: Sesotho, Southern Sotho
Spanish: Castilian Spanish, Castilian
Swahili: Kiswahili
Swati: siSwati
Tamazight: Berber
Tetum: Tetun
Tigrinya: Tigrigna
Tsonga: Xitsonga
Tswana: Setswana
Venda: Tshivenda
Xhosa: isiXhosa
Zulu: isiZulu
Ndebele: isiNdebele
"""
"""Names that pages give one language: "Kiswahili or Swahili", "Moldovan, virtually the same as Romanian"."""


@dataclass(frozen=True, slots=True)
class Language:
    """A page says that this language is official; the words that say so."""

    thing: Thing
    quote: str


def _known() -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for line in filter(None, _SYNONYMS.splitlines()):
        label, _, others = line.partition(": ")
        names = [label, *filter(None, others.split(", "))]
        thing = _thing(label, *names[1:])
        for name in names:
            # "Norwegian" stands for both written forms.
            found.setdefault(folded(name), thing)
    return found


def _thing(label: str, *others: str) -> Thing:
    names = (label, *others)
    full = {name if name.lower().endswith("language") else f"{name} language" for name in names}
    aliases = frozenset({*others, *full} - {label})
    return Thing(f"language:{folded(label)}", label, ("language",), aliases)


_KNOWN = _known()


def language(name: str) -> Thing:
    """A language by any of its English names."""
    return _KNOWN.get(folded(name)) or _thing(name)


def official(page: Page) -> Iterator[Language]:
    """The languages that the page calls official, of the whole country or of the state as such."""
    heading = ("People and Society", "Languages")
    text = page.cell(*heading, "Languages") or page.cell(*heading)
    note = re.sub(r"^note\s*\d?:\s*", "", page.cell(*heading, "note"))
    if _ONLY_OFFICIAL in note:
        for name in text.split(", "):
            yield Language(language(name), f"Languages: {text}; {_ONLY_OFFICIAL}")
        return
    seen = set()
    for pattern in (_OFFICIAL, _IS_OFFICIAL, _FOR_OFFICIAL_PURPOSES, _MINORITIES):
        for found in (*pattern.finditer(text), *pattern.finditer(note)):
            for name in _names(found["names"]):
                thing = language(name)
                if thing.id not in seen:
                    seen.add(thing.id)
                    yield Language(thing, f"Languages: {found[0]}")


def _names(words: str) -> Iterator[str]:
    for name in re.split(r"/|, and |, | and | or ", words.removesuffix(" only")):
        bare = re.sub(r"^(?:unspecified|only) ", "", name.strip())
        if bare and re.match(_NAME, bare) and bare.lower() != "sign language":
            yield bare
