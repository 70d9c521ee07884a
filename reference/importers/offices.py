"""Heads of state and government over all editions of the Factbook, as rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from archives import Change
from atlas import Atlas
from dates import DATE, iso
from holders import Holder, holders
from log import Log
from people import Naming, People
from rows import QUOTE_LENGTH, Row, Thing, merged, shortened
from tenures import Ending
from terms import Entry, Tenures
from titles import FIELDS, relations

SLIPS = frozenset(
    {
        ("ae", "chief_of_state", "2022-05-26"),  # "bin Rashid" for "bin Zayid" as president
        ("cg", "head_of_government", "2022-04-28"),  # the prime minister of the other Congo
        ("ku", "chief_of_state", "2022-09-29"),  # the prime minister as head of state
        ("ic", "head_of_government", "2024-08-29"),  # the president as prime minister
        ("kg", "head_of_government", "2021-12-30"),  # the president as prime minister
        ("kg", "head_of_government", "2025-01-30"),  # the chairman of the cabinet as president
        ("wz", "head_of_government", "2023-11-30"),  # a namesake's first names
    }
)
"""Lines (page, field, edition) that name the wrong person or title, as the editions around them show."""
_ELECTED = re.compile(rf"[- ](?:[Ee]lect|[Dd]esignate)\b[^;]*\(since ({DATE})\)")
FURTHER_NAMES = {
    # https://simple.m.wikipedia.org/wiki/Maha_Vajiralongkorn: "RTGS Wachiralongkon"
    ("th", "WACHIRALONGKON"): ("Maha VAJIRALONGKORN",),
}
"""Usual names (page, name) that no edition has, with the page that does."""
WRONG_STARTS = frozenset(
    {
        ("gy", "Mark PHILLIPS", "2015-05-20"),  # that of another; 2 August 2020 in later editions
        ("gy", "Bharrat JAGDEO", "2015-05-20"),
        ("rm", "Hilda C. HEINE", "2023-01-03"),  # editions to 2023-12-30 show her predecessor
    }
)
"""Starts (page, name, day) that a later edition corrects and no rule finds."""


def entries(log: Log, atlas: Atlas) -> list[Entry]:
    """The lines on the executive of states and territories. A line without a title takes the one usual
    there.
    """
    found = []
    elected = {
        (change.code, change.field, iso(words[1]))
        for change in log.changes
        for words in _ELECTED.finditer(change.text)
        if change.field in FIELDS
    }
    for change in log.changes:
        country = atlas.countries.get(change.code)
        if change.field in FIELDS and country is not None and country.types != ("organisation",):
            slip = (change.code, change.field, change.date) in SLIPS
            named = () if slip else tuple(holders(change.text, field=change.field))
            found.append(Entry(change, tuple(_with_own_start(change, one, elected) for one in named)))
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


def _with_own_start(change: Change, holder: Holder, elected: set[tuple[str, str, str]]) -> Holder:
    """The holder without a start that is that of an election or a designation, or of somebody else."""
    wrong = (change.code, holder.name, holder.start) in WRONG_STARTS
    if wrong or (change.code, change.field, holder.start) in elected:
        return replace(holder, start="")
    return holder


def read_people(log: Log, lines: list[Entry], people: People) -> None:
    """Tell the persons of the lines apart."""
    namings = []
    weights: Counter[tuple[str, str]] = Counter()
    for entry in lines:
        code = entry.change.code
        first, last = log.span(entry.change)
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
        for holder in entry.holders:
            others = (*holder.others, *FURTHER_NAMES.get((code, holder.name), ()))
            office = "vice-president" if "vice president" in holder.title.lower() else entry.change.field
            namings.append(
                Naming(code, office, holder.start, holder.name, holder.title, entry.change.text, others)
            )
            weights[code, holder.name] += days
    people.read(namings, weights)


def office_rows(
    log: Log,
    atlas: Atlas,
    lines: list[Entry],
    people: People,
    known: dict[tuple[str, str], Ending] | None = None,
) -> list[Row]:
    """All rows on offices, each holder once per title and stated start; `known` are the ends by (folded name,
    start) that other pages state.
    """
    by_page: dict[str, list[Entry]] = {}
    for entry in lines:
        by_page.setdefault(entry.change.code, []).append(entry)
    rows: list[Row] = []
    for code, entered in by_page.items():
        page = Tenures(log, entered, people, known or {})
        country = atlas.countries[code]
        for entry in page.entries:
            rows.extend(_entry_rows(log, country, entry, page))
    return [_up_to_the_end(row, log.dates()) for row in _one_row(merged(rows))]


def _entry_rows(log: Log, country: Thing, entry: Entry, page: Tenures) -> Iterator[Row]:
    first, last = log.shown(entry.change)
    for holder in entry.holders:
        person = page.people.person(entry.change.code, holder.name)
        # A line that had to be mended before it could be read is quoted as it stands.
        words = holder.words if holder.words in entry.change.text else entry.change.text
        field = entry.change.field
        for relation in relations(holder.title, field=field, kind=country.types[0], second=holder.second):
            settled = page.ending(relation, entry, holder)
            quote = words if settled is None else _with_reason(words, settled.words)
            if holder.end:
                quote = words
            yield Row(
                country,
                relation,
                person,
                log.origin(entry.change, country.label, quote),
                start="" if page.dates_another_office(relation, entry, holder) else holder.start,
                end=holder.end or ("" if settled is None else settled.date),
                seen_first=first,
                seen_last=last,
                qualifiers=(("title", holder.title),) if holder.title else (),
            )


def _with_reason(words: str, reason: str) -> str:
    """The line, as much of it as leaves room for why the tenure ended."""
    return f"{shortened(words, max(30, min(110, QUOTE_LENGTH - len(reason) - 2)))}; {reason}"


def _up_to_the_end(row: Row, editions: list[str]) -> Row:
    """The row without what editions that were behind the time show of it after its end."""
    end = row.end.split("/")[-1]
    if not end or row.seen_last[: len(end)] <= end:
        return row
    if row.seen_first[: len(end)] > end:
        return replace(row, seen_first="", seen_last="")
    return replace(row, seen_last=max(day for day in editions if day[: len(end)] <= end))


def _one_row(rows: list[Row]) -> list[Row]:
    """One row for what both fields of a page say, with the end that the deciding field settles."""
    found: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = (row.subject.id, row.predicate, row.object_id, row.start, row.qualifiers)
        known = found.get(key)
        if known is None:
            found[key] = row
            continue
        better = row if len(row.end) > len(known.end) else known
        found[key] = replace(
            better,
            seen_first=min(row.seen_first, known.seen_first),
            seen_last=max(row.seen_last, known.seen_last),
        )
    return list(found.values())
