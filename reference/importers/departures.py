"""What the Factbook's remarks say of persons who left an office: "President Hashim THACI (since 7 April 2016)
resigned 5 November 2020"; and what other pages say of those whom it showed too long, or last before a gap
between editions.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from dates import DAY, iso
from gazetteer import folded
from tenures import Ending

_TITLE = (
    r"(?:(?:[Aa]cting |[Ii]nterim |[Tt]ransition(?:al)? )?(?P<title>Vice President|Deputy President|"
    r"President|Prime Minister|Chancellor|King|Queen|Amir|Emir|Sultan|Emperor) )"
)
_RANK = r"(?:(?:Lt|Gen|Col|Sr)\. |Sheikh |Sir |Tan Sri |Dr\. )*"
_NAME = (
    r"(?P<name>(?:[A-Z][\w'\u2019.-]*,? |bin |al-|ibn |de |da |van |der )*?"
    r"[A-Z][A-Z'\u2019-]+(?: [A-Z][\w'\u2019-]*)*)"
    r"(?:, Lt\. Gen\.)?(?: \((?:since|inaugurated|selected)[^()]*\))*(?: \([^()]*installed[^()]*\))?,? "
)
_HOW = (
    r"(?P<how>resigned|stepped down|died|abdicated|left office|departed the country|"
    r"was (?:impeached and )?(?:ousted|removed|deposed|assassinated|dismissed|fired)"
)
_FORMS = (
    re.compile(
        rf"{_TITLE}?{_RANK}{_NAME}(?:was arrested and detained [^;()]*? and )?"
        rf"{_HOW}|ousted|removed(?= from office))"
        r"(?: the (?:presidency|throne)| from office| as (?:president|prime minister)| of natural causes|"
        r" by (?:President [A-Z]+|the [A-Z][a-z]+ military)| in (?:a )?no-confidence vote)*"
        rf"(?: effective| on| in)* (?P<date>{DAY})"
    ),
    re.compile(rf"\b[Oo]n (?P<date>{DAY}),? (?:newly reelected )?{_TITLE}{_RANK}{_NAME}{_HOW})\b"),
    re.compile(
        rf"\b(?P<how>dismissed|removed) (?P<title>Prime Minister) {_NAME}(?:from office )?on (?P<date>{DAY})"
    ),
    re.compile(
        rf"\b[Oo]n (?P<date>{DAY}), the Constitutional Court confirmed "
        r"(?P<name>[A-Z]{3,})['\u2019]s impeachment and (?P<how>removal) from office"
    ),
    re.compile(
        rf"\b(?P<how>vacant) since (?P<date>{DAY}) when the military ousted (?:former )?"
        r"(?P<title>Prime Minister) (?P<name>(?:[A-Z][\w'\u2019-]*[a-z] )*[A-Z]{3,})\b"
    ),
    re.compile(
        rf"\b(?P<how>deposed) (?P<title>president) {_NAME}(?:has been )?under house arrest since a military "
        rf"coup on (?P<date>{DAY})"
    ),
)
_MAY_STAY = frozenset({"resigned", "stepped down", "ousted", "was ousted"})
_COUP = "deposed"


@dataclass(frozen=True, slots=True)
class Departure:
    """A remark says that somebody left an office."""

    name: str
    title: str
    """The office; "" if the remark names none."""
    date: str
    words: str
    may_stay: bool
    """Whether a prime minister who goes so mostly stays until there is a new one."""
    coup: bool = False
    """Whether the day is that of a coup, after which others took the office on a day of their own."""


def departures(text: str) -> list[Departure]:
    """The days on which, by the line's remarks, somebody left an office."""
    return [
        Departure(
            found["name"],
            found.groupdict().get("title") or "",
            iso(found["date"]),
            found[0],
            found["how"] in _MAY_STAY,
            coup=found["how"] == _COUP,
        )
        for form in _FORMS
        for found in form.finditer(text)
        if not text[: found.start()].endswith(("Vice ", "Deputy "))
    ]


def read_departures(path: Path) -> dict[tuple[str, str], Ending]:
    """The curated list of ends by (folded name, start) of the tenure; it has the address of each page."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (folded(row["name"]), row["start"]): Ending(
                row["end"], f'"{row["quote"]}" ({row["publisher"]}, {row["retrieved"]})'
            )
            for row in csv.DictReader(stream)
        }
