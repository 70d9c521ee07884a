"""Heads of state and government over all editions of the Factbook, as rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from archives import Change
from atlas import Atlas
from gazetteer import folded
from holders import Holder, departures, holders
from log import Log
from people import Naming, People
from rows import Row, Thing, merged, shortened
from tenures import Ending, Shown, endings

FIELDS = {"chief_of_state": "P35", "head_of_government": "P6"}
SLIPS = frozenset(
    {
        ("ae", "chief_of_state", "2022-05-26"),  # "bin Rashid" for "bin Zayid" as president
        ("cg", "head_of_government", "2022-04-28"),  # the prime minister of the other Congo
        ("ku", "chief_of_state", "2022-09-29"),  # the prime minister as head of state
        ("wz", "head_of_government", "2023-11-30"),  # a namesake's first names
    }
)
"""Lines (page, field, edition) that name the wrong person, as the editions around them show."""
_MONARCH = re.compile(r"\b(king|queen|emperor|emir|amir|sultan|grand duke|prince)\b")
_PRIME_MINISTER = re.compile(r"\b(prime minister|premier|taoiseach)\b")
_PRESIDENT = re.compile(
    r"^(?:acting |interim |caretaker |transition(?:al)? |executive )*(?:president\b[ ,(]*)+"
    r"(?:of (?:the )?(?:republic|swiss confederation))?(?:$| and | \()"
)
_ACTING = re.compile(r"\b(acting|interim|caretaker)\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log with the persons that it names."""

    change: Change
    holders: tuple[Holder, ...]


def relations(title: str, *, field: str, kind: str) -> list[str]:
    """The relations that this title gives its holder; only a state has presidents, prime ministers and
    monarchs.
    """
    words = title.lower()
    vice = "vice president" in words
    own = re.sub(
        r"\b(?:co-)?(?:first |second |third |executive )?vice president\b|\bcrown prince\b", "", words
    ).strip(" ,")
    own = re.sub(r"^and | and$", "", own)
    found = [] if vice and (not own or field == "chief_of_state") else [FIELDS[field]]
    if kind != "state":
        return found
    if vice:
        found.append("vice-president")
    if _PRIME_MINISTER.search(own) and "president of the government or" not in own:
        found.append("prime-minister")
    elif "chancellor" in own:
        found.append("chancellor")
    if _MONARCH.search(own) and "prince" not in re.sub(r"\bprince$", "", own):
        found.append("monarch")
    if _PRESIDENT.search(own):
        found.append("acting-president" if _ACTING.search(own) else "president")
    return found


def entries(log: Log, atlas: Atlas) -> list[Entry]:
    """The lines on the executive of states and territories. A line without a title takes the one usual
    there.
    """
    found = []
    for change in log.changes:
        country = atlas.countries.get(change.code)
        if change.field in FIELDS and country is not None and country.types != ("organisation",):
            slip = (change.code, change.field, change.date) in SLIPS
            named = () if slip else tuple(holders(change.text, field=change.field))
            found.append(Entry(change, named))
    titles: dict[tuple[str, str], set[str]] = {}
    for entry in found:
        if entry.holders and entry.holders[0].title:
            usual = re.sub(r"^(acting|interim|caretaker) ", "", entry.holders[0].title.lower())
            titles.setdefault((entry.change.code, entry.change.field), set()).add(usual)
    completed = []
    for entry in found:
        usual_titles = titles.get((entry.change.code, entry.change.field), set())
        if entry.holders and not entry.holders[0].title and len(usual_titles) == 1:
            usual = next(iter(usual_titles)).title().replace(" Of ", " of ").replace(" The ", " the ")
            entry = Entry(entry.change, (replace(entry.holders[0], title=usual), *entry.holders[1:]))
        completed.append(entry)
    return completed


def read_people(log: Log, lines: list[Entry], people: People) -> None:
    """Tell the persons of the lines apart."""
    namings = []
    weights: Counter[tuple[str, str]] = Counter()
    for entry in lines:
        code = entry.change.code
        first, last = log.span(entry.change)
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
        for holder in entry.holders:
            office = "vice-president" if "vice president" in holder.title.lower() else entry.change.field
            namings.append(Naming(code, office, holder.start, holder.name, holder.title, entry.change.text))
            weights[code, holder.name] += days
    people.read(namings, weights)


def office_rows(log: Log, atlas: Atlas, lines: list[Entry], people: People) -> list[Row]:
    """All rows on offices, each holder once per title and stated start."""
    by_page: dict[str, list[Entry]] = {}
    for entry in lines:
        by_page.setdefault(entry.change.code, []).append(entry)
    rows: list[Row] = []
    for code, page in by_page.items():
        stated = _stated_ends(page, people)
        for field in FIELDS:
            own = [entry for entry in page if entry.change.field == field]
            ends = _endings(log, own, people)
            for entry in own:
                rows.extend(_entry_rows(log, atlas.countries[code], entry, people, ends, stated))
    return _one_end(merged(rows))


def _entry_rows(
    log: Log,
    country: Thing,
    entry: Entry,
    people: People,
    ends: dict[tuple[str, str, bool], Ending],
    stated: dict[tuple[str, str], Ending],
) -> Iterator[Row]:
    first, last = log.shown(entry.change)
    for holder in entry.holders:
        person = people.person(entry.change.code, holder.name)
        acting = bool(_ACTING.search(holder.title.lower()))
        # A line that had to be mended before it could be read is quoted as it stands.
        words = holder.words if holder.words in entry.change.text else entry.change.text
        ending = stated.get((person.id, holder.start), ends.get((person.id, holder.start, acting)))
        for relation in relations(holder.title, field=entry.change.field, kind=country.types[0]):
            settled = None if relation == "vice-president" else ending
            quote = words if settled is None else f"{shortened(words, 110)}; {settled.words}"
            yield Row(
                country,
                relation,
                person,
                log.origin(entry.change, country.label, quote),
                start=holder.start,
                end="" if settled is None else settled.date,
                seen_first=first,
                seen_last=last,
                qualifiers=(("title", holder.title),) if holder.title else (),
            )


def _endings(log: Log, lines: list[Entry], people: People) -> dict[tuple[str, str, bool], Ending]:
    """The ends that successors settle in one field of one page; none where several hold the office
    together.
    """
    shown = []
    dates = log.dates()
    for entry in lines:
        heads = [
            holder
            for place, holder in enumerate(entry.holders)
            if place == 0 or "vice president" not in holder.title.lower()
        ]
        if len(heads) > 1:
            return {}
        first, last = log.span(entry.change)
        editions = tuple(day for day in dates if first <= day <= last)
        if heads:
            person = people.person(entry.change.code, heads[0].name)
            acting = bool(_ACTING.search(heads[0].title.lower()))
            shown.append(Shown(person.id, person.label, heads[0].start, acting, editions))
        elif "assumes office" not in entry.change.text:
            shown.append(Shown("", "", "", False, editions))
    return endings(shown)


def _stated_ends(page: list[Entry], people: People) -> dict[tuple[str, str], Ending]:
    """The departures that the page states, of persons whom no later edition shows in office."""
    found: dict[tuple[str, str], Ending] = {}
    for said in page:
        later = {
            people.person(entry.change.code, holder.name).id
            for entry in page
            if entry.change.date >= said.change.date
            for holder in entry.holders
        }
        for departure in departures(said.change.text):
            leaver = {folded(word) for word in departure.name.split()}
            for entry in page:
                for holder in entry.holders[:1] if entry.change.date < said.change.date else ():
                    person = people.person(entry.change.code, holder.name)
                    named = leaver <= {folded(word) for word in holder.name.split()}
                    if named and person.id not in later and holder.start < departure.date:
                        words = f'"{departure.words}" (edition of {said.change.date})'
                        found.setdefault((person.id, holder.start), Ending(departure.date, words))
    return found


def _one_end(rows: list[Row]) -> list[Row]:
    """Where one field of a page settles an end and another does not, or less finely, the finest counts."""
    finest: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = (row.subject.id, row.predicate, row.object_id, row.start, row.qualifiers)
        known = finest.get(key)
        if known is None:
            finest[key] = row
            continue
        better = row if len(row.end) > len(known.end) else known
        finest[key] = replace(
            better,
            seen_first=min(row.seen_first, known.seen_first),
            seen_last=max(row.seen_last, known.seen_last),
        )
    return list(finest.values())
