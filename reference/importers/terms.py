"""From when to when each person on a page of the Factbook held which office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archives import Change
from departures import Departure, departures
from gazetteer import folded
from holders import Holder
from log import Log
from people import People
from tenures import LONG_GAP, SHORT_GAP, Ending, Shown, days_between, endings, impossible
from titles import DECIDING, FIELDS, acting, office, relations


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log with the persons that it names."""

    change: Change
    holders: tuple[Holder, ...]


_TERM = 400
"""Days after which one who was shown as vice president may well have left before becoming president."""
_ONE_OFFICE = frozenset({"P6", "prime-minister"})
_COLLEAGUES = frozenset({"presidency member"})
"""Titles of those beside whom one has the chair, which is an office of one."""
_Ends = dict[tuple[str, str, bool], Ending]


@dataclass(slots=True)
class Tenures:
    """The lines of one page, and the ends of the tenures in them."""

    log: Log
    entries: list[Entry]
    people: People
    known: dict[tuple[str, str], Ending] = field(default_factory=dict)
    """The ends by (folded name, start) that other pages than the Factbook's state."""
    _ends: dict[str, _Ends] = field(default_factory=dict)
    _second_ends: dict[str, _Ends] = field(default_factory=dict)
    """The ends of those who are named after the head."""
    _stated: dict[tuple[str, str, str], Ending] = field(default_factory=dict)
    _decided: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        wrong = {(name, *one) for name in FIELDS for one in impossible(self._shown(name))}
        self.entries = [
            replace(entry, holders=tuple(self._possible(entry, one, wrong) for one in entry.holders))
            for entry in self.entries
        ]
        for name in FIELDS:
            shown = self._shown(name)
            self._ends[name] = endings(shown, same_office=name == "head_of_government")
            seconds = self._shown(name, second=True)
            self._second_ends[name] = endings(seconds, same_office=True, only_behind=True)
        for entry in self.entries:
            for holder in entry.holders:
                for relation in self._relations(entry, holder):
                    if DECIDING[relation] == entry.change.field:
                        self._decided.add((relation, self._id(entry, holder)))
        self._read_departures()
        self._read_promotions()

    def ending(self, relation: str, entry: Entry, holder: Holder) -> Ending | None:
        """When the holder's time in the office that gives this relation ended; None if that is not known."""
        known = self.known.get((folded(holder.name), holder.start))
        if known is not None:
            return known
        person = self._id(entry, holder)
        stated = self._stated.get((person, holder.start, _kind(relation, holder)))
        name = entry.change.field
        if holder.second and stated is None:
            return self._second_ends[name].get((person, holder.start, acting(holder.title)))
        if relation == "vice-president" or holder.second or holder not in self._heads(entry):
            return stated
        if (relation, person) in self._decided:
            name = DECIDING[relation]
        key = (person, holder.start, acting(holder.title))
        by_succession = self._succeeded(name, key, relation)
        if by_succession is None and relation == "P6" and office(holder.title) in {"president", "monarch"}:
            # Who is head of government as president is so no longer than president.
            by_succession = self._succeeded("chief_of_state", key, relation)
        ends = [one for one in (stated, by_succession) if one is not None]
        return max(ends, key=lambda one: (not one.in_gap, len(one.date)), default=None)

    def dates_another_office(self, relation: str, entry: Entry, holder: Holder) -> bool:
        """Whether the line's start may be that of the other office of a "Sultan and Prime Minister", so that
        it does not date this one.
        """
        given = set(self._relations(entry, holder))
        if relation not in {"P6", "prime-minister"} or "prime-minister" not in given or given <= _ONE_OFFICE:
            return False
        person = self._id(entry, holder)
        return not any(
            other == person and one.start == holder.start and set(self._relations(line, one)) <= _ONE_OFFICE
            for line, one, other in self._named()
        )

    def _succeeded(self, name: str, key: tuple[str, str, bool], relation: str) -> Ending | None:
        """The end that a successor settles; only an acting president ends by becoming president."""
        found = self._ends[name].get(key)
        while found is not None and found.then is not None and relation != "acting-president":
            found = self._ends[name].get(found.then)
        return found

    def _id(self, entry: Entry, holder: Holder) -> str:
        return self.people.person(entry.change.code, holder.name).id

    def _possible(self, entry: Entry, holder: Holder, wrong: set[tuple[str, str, str]]) -> Holder:
        key = (entry.change.field, self._id(entry, holder), holder.start)
        return replace(holder, start="") if key in wrong and not holder.second else holder

    @staticmethod
    def _relations(entry: Entry, holder: Holder) -> list[str]:
        return relations(holder.title, field=entry.change.field, kind="state", second=holder.second)

    def _heads(self, entry: Entry) -> list[Holder]:
        return [
            holder
            for place, holder in enumerate(entry.holders)
            if not holder.second
            and (place == 0 or holder.title.lower() not in _COLLEAGUES)
            and (place == 0 or "vice president" not in holder.title.lower())
        ]

    def _shown(self, name: str, *, second: bool = False) -> list[Shown]:
        """The heads of one field, or those named second; none where several hold the office together."""
        shown = []
        dates = self.log.dates()
        for entry in self.entries:
            if entry.change.field != name:
                continue
            heads = self._heads(entry)
            if second:
                heads = [holder for holder in entry.holders if holder.second]
                if not heads:
                    continue
            if len(heads) > 1:
                return []
            first, last = self.log.span(entry.change)
            editions = tuple(day for day in dates if first <= day <= last)
            if heads:
                (head,) = heads
                person = self.people.person(entry.change.code, head.name)
                title = acting(head.title), editions, office(head.title)
                # One who only stands in does not end the tenure of the one whose case is not decided.
                start = "" if "awaits the final decision" in entry.change.text else head.start
                shown.append(Shown(person.id, person.label, start, *title))
            elif "assumes office" not in entry.change.text:
                shown.append(Shown("", "", "", False, editions))
        return shown

    def _named(self) -> Iterator[tuple[Entry, Holder, str]]:
        for entry in self.entries:
            for holder in entry.holders:
                yield entry, holder, self._id(entry, holder)

    def _read_departures(self) -> None:
        """The departures that the page states, of persons whom no later edition shows with the same start."""
        for said in self.entries:
            for departure in departures(said.change.text):
                words = f'"{departure.words}" (edition of {said.change.date})'
                for key, last in self._leavers(departure, said).items():
                    if ending := self._left(departure, said, key, last, words):
                        self._stated.setdefault(key, ending)

    def _leavers(self, departure: Departure, said: Entry) -> dict[tuple[str, str, str], Entry]:
        """The tenures that the departure ended, each with the last line that shows it."""
        leaver = {folded(word) for word in departure.name.replace(",", " ").split()} - {""}
        last: dict[tuple[str, str, str], Entry] = {}
        kinds: dict[str, set[str]] = {}
        for entry, holder, person in self._named():
            if leaver <= {folded(word) for word in holder.name.split()}:
                kind = office(holder.title)
                if entry.change.date < said.change.date:
                    kinds.setdefault(person, set()).add(kind)
                    if holder.start < departure.date:
                        last[person, holder.start, kind] = entry
        wanted = office(departure.title)
        later = {
            (person, holder.start, office(holder.title))
            for entry, holder, person in self._named()
            if entry.change.date >= said.change.date
        }
        if len({person for person, _, _ in last}) > 1:
            return {}
        return {
            key: entry
            for key, entry in last.items()
            if key not in later
            and not any(one[0] == key[0] and one[1] > key[1] and _acted(entry, key) for one in last)
            and (key[2] == wanted if wanted else len(kinds[key[0]]) == 1 and key[2] != "vice president")
        }

    def _left(
        self, departure: Departure, said: Entry, key: tuple[str, str, str], last: Entry, words: str
    ) -> Ending | None:
        """The day of a departure; of one who may have stayed as a caretaker, and after a coup, the days from
        it to the start of the next.
        """
        caretaker = departure.may_stay and key[2] in {"prime minister", "chancellor"}
        if not caretaker and not departure.coup:
            return Ending(departure.date, words)
        starts = [
            holder.start
            for entry, holder, person in self._named()
            if entry.change.field == last.change.field
            and entry.change.date >= said.change.date
            and holder in self._heads(entry)
            and len(holder.start) == 10
            and (person, holder.start) != key[:2]
            and (office(holder.title) == key[2] or departure.coup)
        ]
        if not starts or starts[0] < departure.date:
            return None
        if starts[0] == departure.date:
            return Ending(departure.date, words)
        return Ending(f"{departure.date}/{starts[0]}", f"{words}; next since {starts[0]}")

    def _read_promotions(self) -> None:
        """A vice president who becomes president is no longer vice president."""
        risen: dict[str, list[tuple[str, str]]] = {}
        vices: dict[tuple[str, str], str] = {}
        for entry, holder, person in self._named():
            if "president" in self._relations(entry, holder) and len(holder.start) == 10:
                risen.setdefault(person, []).append((holder.start, entry.change.date))
            if office(holder.title) == "vice president":
                vices[person, holder.start] = self.log.span(entry.change)[1]
        for (person, start), shown in vices.items():
            for day, edition in risen.get(person, ()):
                again = any(other == person and start < one < day for other, one in vices)
                gap = days_between(shown, day)
                if start < day and shown < edition and gap < _TERM and not again:
                    words = f"president since {day} (edition of {edition})"
                    end = day if gap <= SHORT_GAP else day[:7]
                    if days_between(shown, edition) > LONG_GAP:
                        end = f"{shown}/{day}"
                    self._stated.setdefault((person, start, "vice president"), Ending(end, words))


def _acted(entry: Entry, key: tuple[str, str, str]) -> bool:
    return any(acting(holder.title) for holder in entry.holders if holder.start == key[1])


def _kind(relation: str, holder: Holder) -> str:
    """The office on which a departure must be stated to end this relation."""
    return "vice president" if relation == "vice-president" else office(holder.title)
