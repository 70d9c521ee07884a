"""The missions that an edition of the Database of Embassies lists, and who sends and receives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cities import Cities
from gazetteer import ONE_STATE
from rows import Thing

KINDS = (
    (re.compile(r"honorary consulate"), "honorary-consulate"),
    (re.compile(r"deputy high commission"), "consulate"),
    (
        re.compile(r"assistant high commission|^interests section|^diplomatic mission|apostolic delegation"),
        "diplomatic-mission",
    ),
    (re.compile(r"de facto|representative office|government office|trade office"), "representative-office"),
    (re.compile(r"liaison office"), "liaison-office"),
    (re.compile(r"permanent mission"), "permanent-mission"),
    (re.compile(r"consul"), "consulate"),
    (re.compile(r"embassy|high commission|nunciature"), "embassy"),
)
"""The relation of each kind of mission, by a word of its type; the first that fits."""
NOT_IN_FACTBOOK = {
    "Q219060": ("Palestine", "state", ("State of Palestine",)),
    "Q40362": ("Sahrawi Arab Democratic Republic", "state", ("SADR",)),
    "Q190353": ("Sovereign Military Order of Malta", "organisation", ("Order of Malta", "SMOM")),
    "Q23681": ("Northern Cyprus", "state", ("Turkish Republic of Northern Cyprus", "TRNC")),
    "Q34754": ("Somaliland", "state", ()),
    "Q31354462": ("Abkhazia", "state", ()),
    "Q23427": ("South Ossetia", "state", ()),
    "Q176": ("Quebec", "region", ()),
}
"""Senders and hosts of missions that have no page in the Factbook; other senders, such as ministries, are
left out.
"""
HOLY_SEE = "Q237"
_ITALY = "Q38"


@dataclass(slots=True)
class Tally:
    """What an edition held that the table does not take, and why."""

    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Mission:
    """One row of one edition."""

    id: str
    kind: str
    relation: str
    sender: Thing
    host: Thing
    city: str
    city_name: str
    place: tuple[float, float] | None
    opened: str
    edition: str
    country: str
    """Where it stands and to whom it is accredited, in the source's words."""
    elsewhere: bool = False
    """By this edition, it is accredited to other states than the host."""


def read(
    rows: Iterable[dict[str, str]], edition: str, places: dict[str, Thing], cities: Cities, tally: Tally
) -> Iterator[Mission]:
    """The missions of one edition that name a sender, a host and a town."""
    seen = set()
    for row in rows:
        tally.counts[f"{edition} rows"] += 1
        sender = places.get(ONE_STATE.get(row["operatorQID"], row["operatorQID"]))
        host_id = ONE_STATE.get(row["countryQID"], row["countryQID"])
        to = _accredited_to(row["jurisdictionQIDs"])
        listed = host_id
        if sender is not None and row["cityQID"]:
            by_town = cities.gazetteer.host(row["cityQID"])
            if host_id == sender.id or (host_id not in to and by_town in to):
                # The country is the sender's, or a slip: the town tells the host.
                host_id = by_town
                tally.counts[f"{edition} host told by the town"] += 1
        if host_id == _ITALY and HOLY_SEE in to and _ITALY not in to:
            # These missions stand in Rome, for the state that receives them has no room.
            host_id = HOLY_SEE
            tally.counts[f"{edition} to the Holy See"] += 1
        host = places.get(host_id)
        relation = next((relation for pattern, relation in KINDS if pattern.search(row["type"].lower())), "")
        for reason, missing in (
            ("no town", not row["cityQID"]),
            ("sender is no state", sender is None),
            ("host is no state", host is None or host == sender),
            ("kind not known", not relation),
            ("id stands twice", row["QID"] in seen),
        ):
            if missing:
                tally.counts[f"{edition} {reason}"] += 1
                break
        else:
            assert sender is not None and host is not None
            seen.add(row["QID"])
            states = {one for one in to if one in places and "state" in places[one].types} - {sender.id}
            elsewhere = relation == "embassy" and bool(states) and host.id not in states
            if elsewhere:
                tally.counts[f"{edition} to another state than the host"] += 1
            place = (
                (float(row["latitude"]), float(row["longitude"]))
                if row["latitude"] and row["longitude"]
                else None
            )
            yield Mission(
                row["QID"],
                row["type"],
                relation,
                sender,
                host,
                row["cityQID"],
                row["city"],
                place,
                _day(row["creation"]),
                edition,
                _country(row, host, elsewhere=elsewhere, slip=host_id not in {listed, HOLY_SEE}),
                elsewhere,
            )


def _accredited_to(jurisdictions: str) -> set[str]:
    """The ids of those to whom a mission is accredited."""
    ids = (one.rsplit("/", 1)[-1] for one in jurisdictions.split("|"))
    return {ONE_STATE.get(one, one) for one in ids if one}


def _country(row: dict[str, str], host: Thing, *, elsewhere: bool, slip: bool) -> str:
    """The source's country; with the jurisdictions, where those tell that the mission is not one to it, and
    with what else tells the host, where the country is a `slip`.
    """
    states = row["jurisdictions"].replace("|", ", ")
    if slip and row["country"] != host.label:
        told_by = f"accredited to {states}" if states else f"the city lies in {host.label}"
        return f"{row['country']} ({told_by})"
    if not elsewhere and (host.id != HOLY_SEE or not states):
        return host.label
    return f"{row['country']}; jurisdictions: {states}"


def _day(stamp: str) -> str:
    """The data writes a bare year as its first of January, and a bare month as its first day."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)T", stamp)
    if found is None or found[1] == "0000":
        return ""
    if found[2] == found[3] == "01":
        return found[1]
    return f"{found[1]}-{found[2]}" if found[3] == "01" else f"{found[1]}-{found[2]}-{found[3]}"


def other_places() -> list[Thing]:
    """Senders and hosts without a page in the Factbook."""
    return [
        Thing(qid, label, (kind,), frozenset(aliases))
        for qid, (label, kind, aliases) in NOT_IN_FACTBOOK.items()
    ]
