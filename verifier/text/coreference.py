"""What "it", "the city", "all three" and a bare surname stand for, by what the text said before.

What is unsure stays unresolved: of two things that compete, neither is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import islice

from verifier.model import Match, MatchKind, Term
from verifier.text.vocabulary import DETERMINERS, PREPOSITIONS
from verifier.text.words import Word, word_set

__all__ = [
    "GIVEN",
    "NOUN_KINDS",
    "PLACES",
    "THINGS",
    "TITLES",
    "History",
    "Many",
    "Role",
    "bare_name",
    "with_nouns",
]

_PERSON = frozenset(["he", "she", "him", "his", "hers"])
_THING = frozenset(["it", "its"])
_MANY = frozenset(["they", "them", "their"])
_NOUNS = {
    "state": """
        state country nation republic kingdom emirate sultanate monarchy federation archipelago
        government cabinet neighbour
    """,
    "city": "city town village metropolis",
    "person": "politician leader minister president diplomat premier statesman man woman",
    "organisation": "organisation organization bloc alliance company club union grouping cartel association",
    "treaty": "agreement accord deal treaty pact declaration",
    "territory": "territory",
    "region": "region",
}
NOUN_KINDS = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
"""The head noun of a description, and the type of thing that it can stand for."""
PLACES = frozenset({"state", "city", "territory", "region"})
"""The types of places."""
_ACTORS = frozenset({"state", "organisation", "city", "territory"})
THINGS = _ACTORS | {"currency", "language", "treaty"}
"""The types of what "it" can stand for."""
TITLES = word_set(
    """
    president prime minister premier king queen emir sultan sheikh sheik shaikh chancellor mr mrs ms dr sir
    """
)
"""What stands before the name of somebody in office."""
GIVEN = word_set("king queen emir sultan sheikh sheik shaikh")
"""Titles that go with a given name."""
_HAVING = word_set("have keep maintain open reopen run operate establish too also")
"""What stands before "one" where it stands for a noun."""
_NEAR = 4
"""Sentences over which a thing stays spoken of."""
_RECENT = 3
"""Sentences over which a list is remembered by the number of its members."""
_OFTEN = 3
"""How often a text must have named some things together for them to be what it is about."""


class Role(IntEnum):
    """What part a thing has in its sentence."""

    ASIDE = 0
    """Named in passing: "shed Italian rule", or in a subordinate part."""
    PLAIN = 1
    OWNER = 2
    """Whose the subject is: "Kenya's president said"."""
    SUBJECT = 3


@dataclass(frozen=True, slots=True)
class _Seen:
    term: Term
    types: frozenset[str]
    sentence: int
    role: Role
    implied: bool = False
    """True for what is not named: the state of a capital, or of whoever is in office there."""

    @property
    def id(self) -> str:
        return self.term.matches[0].id

    @property
    def label(self) -> str:
        return self.term.matches[0].label

    @property
    def end(self) -> int:
        return -1 if self.term.span is None else self.term.span.end


@dataclass(frozen=True, slots=True)
class Many:
    """Several things that the text named together: a list, or a group of a known size."""

    terms: tuple[Term, ...]
    """The members that the text lists, or the one term of a group."""
    ids: frozenset[str]
    types: frozenset[str]
    """What all of them are."""
    sentence: int
    end: int
    """Where in the document its words end."""
    role: Role

    @property
    def is_group(self) -> bool:
        """True for a group by its name ("the Baltic states"), not a list of its members."""
        return self.terms[0].group is not None

    def has(self, noun: str) -> bool:
        """Whether its members can be called by this noun, in the singular."""
        return not noun or NOUN_KINDS.get(noun) in self.types


@dataclass(slots=True)
class _Before:
    """What stays of the sentences that are read, laid out by what is asked of it.

    Nothing here is looked through from end to end, so that a long text takes no longer in proportion.
    """

    things: dict[str, dict[str, Term]] = field(default_factory=dict)
    """For each type, the things of it that the text named, by id."""
    names: dict[str, dict[tuple[tuple[str, ...], str], _Seen]] = field(default_factory=dict)
    """Under a word, the names that begin or end with it, each once: its words and its id."""
    lists: dict[frozenset[str], Many] = field(default_factory=dict)
    """The last list of these things one by one."""
    told: Counter[frozenset[str]] = field(default_factory=Counter)
    """How often the text named these things together."""
    often: dict[tuple[int, str], dict[frozenset[str], Many]] = field(default_factory=dict)
    """Lists that were named often, by the number of their members and what these are."""
    crowds: dict[int, int] = field(default_factory=dict)
    """The last sentence with a plural of so many things that are not listed."""
    uncounted: set[int] = field(default_factory=set)
    """The sentences with a plural whose number is not said."""

    def add_name(self, seen: _Seen) -> None:
        """Remember by which words a thing was called."""
        for kind in seen.types:
            self.things.setdefault(kind, {})[seen.id] = seen.term
        full = _name_words(seen.term.text)
        for word in {*full[-1:], *_name_words(seen.label)[:1]}:
            names = self.names.setdefault(word, {})
            names.pop((full, seen.id), None)
            names[full, seen.id] = seen

    def add_list(self, many: Many) -> None:
        """Remember that these were named together."""
        self.told[many.ids] += 1
        if not many.is_group:
            self.lists[many.ids] = many
        if self.told[many.ids] >= _OFTEN:
            for kind in ("", *many.types):
                same = self.often.setdefault((len(many.ids), kind), {})
                if many.ids not in same or not many.is_group:
                    same[many.ids] = many

    def add_crowd(self, sentence: int, number: int) -> None:
        """Remember a plural that is no list."""
        self.crowds[number] = sentence
        if not number:
            self.uncounted.add(sentence)


@dataclass(slots=True)
class History:
    """The things a text has named so far, in order; grows as the text is read."""

    types: Callable[[str], frozenset[str]]
    """The types of an entity, by its id."""
    seen: list[_Seen] = field(default_factory=list)
    """What the last sentences name."""
    lists: list[Many] = field(default_factory=list)
    """What they list."""
    crowds: list[int] = field(default_factory=list)
    """The plurals of this sentence that are no list of known things: their number (0 if it is not said)."""
    strangers: list[tuple[int, int]] = field(default_factory=list)
    """Names that no table has: the sentence, and where they end."""
    before: _Before = field(default_factory=_Before)
    blanks: dict[int, frozenset[str]] = field(default_factory=dict)
    """Sentences whose subject is something that is not known, with its types if its noun tells them."""
    sentence: int = 0
    objects: dict[str, Term] = field(default_factory=dict)
    """The last object that the text gave for a relation, the one told last at the end."""
    subjects: dict[str, _Seen] = field(default_factory=dict)
    """What was the subject of some sentence so far, in order."""
    _untold: Callable[[], None] | None = None

    def expect(self, tell: Callable[[], None]) -> None:
        """Have this tell what the sentence in work names, once that is asked for: few sentences ask."""
        self._untold = tell

    def settle(self) -> None:
        """Learn what is still to be told."""
        tell, self._untold = self._untold, None
        if tell is not None:
            tell()

    def note(self, term: Term, *, role: Role, implied: bool = False) -> None:
        """Remember that the text named this, or spoke of it by naming something else."""
        for match in (m for m in term.matches if m.score >= term.matches[0].score - 1):
            one = replace(term, matches=(match,))
            self.seen.append(_Seen(one, self.types(match.id), self.sentence, role, implied))

    def note_many(self, terms: tuple[Term, ...], *, ids: frozenset[str], end: int, role: Role) -> None:
        """Remember that the text named these together; the members of a group are its `ids`."""
        kinds = [self.types(id) for id in ids]
        types = frozenset.intersection(*kinds) if kinds else frozenset({"state"})
        if types:
            self.lists.append(Many(terms, ids, types, self.sentence, end, role))

    def note_crowd(self, number: int) -> None:
        """Remember that the text speaks of so many things that are not on a list."""
        self.crowds.append(number)

    def forget_sentence(self) -> None:
        """Read the sentence anew."""
        self.seen = [s for s in self.seen if s.sentence != self.sentence]
        self.lists = [m for m in self.lists if m.sentence != self.sentence]
        self.crowds = []
        self.strangers = [s for s in self.strangers if s[0] != self.sentence]
        self.blanks.pop(self.sentence, None)

    def next_sentence(self) -> None:
        """The text goes on to the next sentence."""
        self.settle()
        for seen in self.seen:
            if seen.sentence == self.sentence and not seen.implied:
                self.before.add_name(seen)
                if seen.role is Role.SUBJECT:
                    self.subjects.setdefault(seen.id, seen)
        for many in self.lists:
            if many.sentence == self.sentence:
                self.before.add_list(many)
        for number in self.crowds:
            self.before.add_crowd(self.sentence, number)
        self.sentence += 1
        self.crowds = []
        self.seen = [s for s in self.seen if self.sentence - s.sentence <= _NEAR]
        self.lists = [m for m in self.lists if self.sentence - m.sentence <= _RECENT]
        self.strangers = [s for s in self.strangers if self.sentence - s[0] <= _NEAR]

    def pronoun(
        self,
        word: Word,
        *,
        before: int,
        is_object: bool = False,
        fits: Callable[[_Seen], bool] = lambda seen: True,
        kinds: frozenset[str] = frozenset(),
        clause: int = 0,
    ) -> Term | None:
        """What a pronoun stands for, of the things named before this place of the text that fit.

        As an object, "it" may also be what is only used: a currency, a language. Where the words around it
        tell the `kinds` of thing that it can be, it may be what is not named, but spoken of by its capital or
        its president: in another sentence, or before the `clause` begins.
        """
        self.settle()
        low = word.text.casefold()
        if low in _PERSON or low == "her":
            return self._chosen(word.text, before, lambda s: "person" in s.types and fits(s), person=True)
        if low in _THING:
            usual = THINGS if is_object else _ACTORS
            term = self._chosen(
                word.text,
                before,
                lambda s: "person" not in s.types and bool(s.types & usual) and fits(s),
                thing=True,
                kinds=kinds,
                implied=bool(kinds),
                clause=clause,
            )
            if term is not None and is_object and kinds and self._is_beside(term, before, usual):
                return _by_context(term, word.text, likely=True)
            return term
        if low in _MANY and not self._near_lists(before):
            return self._chosen(
                word.text,
                before,
                lambda s: s.term.text.endswith("s") and s.term.text == s.term.matches[0].alias != s.label,
            )
        if low == "there":

            def elsewhere(s: _Seen) -> bool:
                return bool(s.types & PLACES) and (s.sentence != self.sentence or s.role is not Role.SUBJECT)

            town = self._last_city(word.text, before, elsewhere)
            return town or self._chosen(word.text, before, elsewhere)
        return None

    def description(
        self,
        head: str,
        text: str,
        before: int,
        fits: Callable[[str], bool] | None = None,
        *,
        clause: int = 0,
    ) -> Term | None:
        """What "the tiny Balkan state" stands for; `fits` tells whether an entity is of its class."""
        kind = NOUN_KINDS.get(head)
        if kind is None:
            return None
        return self._chosen(
            text,
            before,
            lambda s: kind in s.types and (fits is None or fits(s.id)),
            implied=True,
            aside=True,
            clause=clause,
        )

    def topics(self, types: frozenset[str], *, before: int, start: int) -> tuple[Term, ...]:
        """The things of these types that the text may speak of: in this sentence, and before its `start`."""
        found = (self.topic(types, before=place) for place in (before, start))
        return tuple({term.matches[0].id: term for term in found if term is not None}.values())

    def topic(self, types: frozenset[str], *, before: int) -> Term | None:
        """The thing of these types that the text speaks of."""
        return self._chosen("", before, lambda s: bool(s.types & types))

    def only_one(self, types: frozenset[str], *, before: int) -> Term | None:
        """The one thing of these types that the last sentences name; None if they name several."""
        self.settle()
        near = [
            s
            for s in self.seen
            if self.sentence - s.sentence <= 2
            and not s.implied
            and s.types & types
            and s.term.span is not None
            and s.term.span.end <= before
        ]
        return _by_context(near[-1].term, "") if len({s.id for s in near}) == 1 else None

    def led_by(
        self, types: frozenset[str], *, text: str = "", fits: Callable[[str], bool] = lambda id: True
    ) -> Term | None:
        """The one thing of these types that the last sentence was about: it is likely still meant."""
        self.settle()
        last = [s for s in self.seen if s.sentence == self.sentence - 1 and s.role >= Role.OWNER]
        only = _only([s for s in last if s.types & types and fits(s.id)])
        return None if only is None else _by_context(only.term, text, likely=True)

    def short_name(self, text: str) -> Term | None:
        """What a part of a name stands for that the text gave in full before.

        A surname ("Nausėda"), a ruler's first name after a title ("King Salman"), the end of a long name
        ("the Emirates").
        """
        title, name = bare_name(text)
        if not name:
            return None
        self.settle()
        found = {}
        known = [s for word in {name[0], name[-1]} for s in self.before.names.get(word, {}).values()]
        for seen in (*known, *(s for s in self.seen if s.sentence == self.sentence and not s.implied)):
            full = _name_words(seen.term.text)
            if len(full) <= len(name):
                continue
            ends = full[-len(name) :] == name
            person = "person" in seen.types and (ends or (title in GIVEN and _begins(seen.term, name)))
            many = ends and not title and name[-1].endswith("s") and "state" in seen.types
            if person or many:
                found[seen.id] = seen.term
        return _by_context(next(iter(found.values())), text) if len(found) == 1 else None

    # ------------------------------------------------------------------------------------------- several

    def many(self, *, number: int, noun: str, before: int, leads: bool) -> Many | None:
        """The list or group that "they", "all three" or "the two countries" takes up, if there is only one.

        `number` is 0 where none is said; `noun` is what they are called; `leads` says that only what was the
        subject can be meant ("they").
        """
        self.settle()
        # Of what was named often, two are as good as more: neither is then meant.
        often = self.before.often.get((number, NOUN_KINDS.get(noun, "")), {}) if number else {}
        fit = sorted(islice(often.values(), 2), key=lambda m: m.end)
        fit += [m for m in self.lists if m.end <= before and m.has(noun) and number in {0, len(m.ids)}]
        told = self._told_of(noun)
        rivals = number and len(told) == number and all(m.ids != {*told} for m in fit)
        if rivals and all(m.role is not Role.SUBJECT and self.sentence - m.sentence > 1 for m in fit):
            terms = tuple(_by_context(s.term, s.term.text, likely=True) for s in told.values())
            return Many(
                terms, frozenset(told), frozenset({NOUN_KINDS[noun]}), self.sentence, before, Role.PLAIN
            )
        if not fit:
            return None
        last = max(m.sentence for m in fit)
        if not noun and self._may_mean_crowd(number, last):
            return None
        if number and len({m.ids for m in fit}) == 1:
            return _as_list([*(m for m in (self.before.lists.get(fit[-1].ids),) if m is not None), *fit])
        near = [m for m in fit if m.sentence == last and self.sentence - last <= 1]
        subjects = [m for m in near if m.role is Role.SUBJECT]
        chosen = subjects or ([] if leads else near)
        return _as_list(chosen) if len({m.ids for m in chosen}) == 1 else None

    def _told_of(self, noun: str) -> dict[str, _Seen]:
        """What can be called so of what the text has told something of, sentence by sentence."""
        kind = NOUN_KINDS.get(noun)
        return {id: s for id, s in self.subjects.items() if kind in s.types}

    def named(self, types: frozenset[str]) -> tuple[Term, ...]:
        """Every thing of these types that the text named, once."""
        self.settle()
        found = {id: term for kind in sorted(types) for id, term in self.before.things.get(kind, {}).items()}
        here = (s for s in self.seen if s.sentence == self.sentence and not s.implied)
        found |= {s.id: s.term for s in here if s.types & types}
        return tuple(found.values())

    def _may_mean_crowd(self, number: int, last: int) -> bool:
        """Whether other plurals, named since the list or beside it, may be meant: as many, or not counted."""
        if number in self.crowds or 0 in self.crowds or self.before.crowds.get(number, -1) >= last:
            return True
        uncounted = self.before.crowds.get(0, -1)
        return bool(number) and (
            last in self.before.uncounted or (uncounted >= last and uncounted >= self.sentence - 1)
        )

    def _near_lists(self, before: int) -> bool:
        return any(m.end <= before and self.sentence - m.sentence <= 1 for m in self.lists)

    # ---------------------------------------------------------------------------------------------- one

    def _near(
        self, before: int, fits: Callable[[_Seen], bool], *, implied: bool = False, clause: int = 0
    ) -> list[list[_Seen]]:
        """What fits and was named before, sentence by sentence, the last first."""
        self.settle()
        rows: dict[int, list[_Seen]] = {}
        for seen in self.seen:  # of the last sentences only
            if seen.implied and (not implied or (seen.sentence == self.sentence and seen.end > clause)):
                continue  # "Y is its capital" does not tell whose by what Y is the capital of
            if self.sentence - seen.sentence <= _NEAR and 0 <= seen.end <= before and fits(seen):
                rows.setdefault(seen.sentence, []).append(seen)
        return [rows[sentence] for sentence in sorted(rows, reverse=True)]

    def _chosen(
        self,
        text: str,
        before: int,
        fits: Callable[[_Seen], bool],
        *,
        person: bool = False,
        thing: bool = False,
        kinds: frozenset[str] = frozenset(),
        implied: bool = False,
        aside: bool = False,
        clause: int = 0,
    ) -> Term | None:
        """The one thing that is spoken of: the last subject, or what no other fitting thing competes with.

        A `person` competes with every stranger since, a `thing` of some `kinds` with a subject that is not
        known and may be of them. It is only likely if something else of its sentence would fit, if it is not
        named itself, or if it was not what a sentence spoke of and is not of the last one; or, `aside`, if it
        was named in passing and nothing else would fit.
        """
        rows = self._near(before, fits, implied=implied, clause=clause)
        for number, row in enumerate(rows):
            subjects = [s for s in row if s.role is Role.SUBJECT]
            others = [s for s in row if s.role in {Role.PLAIN, Role.OWNER}]
            if subjects or others:
                chosen = _only(subjects or others)
                owners = [s for s in others if s.role is Role.OWNER]
                likely = chosen is None and not subjects
                if likely:
                    chosen = _only(owners)
                if chosen is not None:
                    chosen = max((s for s in row if s.id == chosen.id), key=lambda s: s.role)
                if chosen is None or _competes(chosen, rows[number + 1 :], others):
                    return None
                far = chosen.role is Role.PLAIN and self.sentence - chosen.sentence > 1
                behind = all(s.implied for s in row if s.id == chosen.id)
                own = {s.end for s in row if s.id == chosen.id}  # where a namesake may stand
                likely = likely or any(s.end not in own for s in (*subjects, *others))
                if person and self._stranger_since(chosen, before, is_subject=bool(subjects)):
                    return None
                if thing and chosen.role is Role.PLAIN and self._has_blank(chosen.sentence, kinds):
                    return None
                last = chosen.sentence
                near = [s for s in self.seen if s.sentence >= last and s.end not in own and s.end <= before]
                rivals = {s.id: s.term.matches[0] for s in near if s.id != chosen.id and fits(s)}
                return _by_context(
                    chosen.term, text, likely=likely or far or behind, rivals=tuple(rivals.values())
                )
        passing = [s for row in rows for s in row if not s.implied]
        only = passing[0] if aside and len({s.id for s in passing}) == 1 else None
        return None if only is None else _by_context(only.term, text, likely=True)

    def _is_beside(self, term: Term, before: int, types: frozenset[str]) -> bool:
        """Whether something else of these types was spoken of beside what a verb's objects are, or since.

        "X left it" may be said of a state, though the tables have only who left an organisation.
        """
        near = [s for s in self.seen if not s.implied and 0 <= s.end <= before]
        last = max((s for s in near if s.id == term.matches[0].id), key=lambda s: s.sentence, default=None)
        return last is None or any(
            s.id != last.id and s.sentence >= last.sentence and s.role >= last.role and s.types & types
            for s in near
            if "person" not in s.types
        )

    def _has_blank(self, sentence: int, kinds: frozenset[str]) -> bool:
        """Whether a subject of that sentence is not known, and may be of these kinds."""
        types = self.blanks.get(sentence)
        return types is not None and (not types or not kinds or bool(types & kinds))

    def _stranger_since(self, chosen: _Seen, before: int, *, is_subject: bool) -> bool:
        """Whether a name that no table has was read since, which may be somebody's."""
        return any(
            end <= before and (sentence > chosen.sentence or (sentence == chosen.sentence and not is_subject))
            for sentence, end in self.strangers
        )

    def _last_city(self, text: str, before: int, fits: Callable[[_Seen], bool]) -> Term | None:
        """The town that the last sentence with such a place names."""
        row = next(iter(self._near(before, fits)), [])
        chosen = _only([s for s in row if "city" in s.types and s.role is not Role.ASIDE])
        return None if chosen is None else _by_context(chosen.term, text)


def with_nouns(row: Sequence[Word], vocabulary: Container[str]) -> tuple[Word, ...]:
    """ "Finland has an embassy in A, and Estonia has one in B": "one" with the lemma of "embassy".

    Only of a noun that relations are told by, and if the words before name one such noun alone.
    """
    found = list(row)
    for index in range(2, len(row)):
        if row[index].text.casefold() == "one" and row[index - 1].lemma in _HAVING and _is_bare(row, index):
            before = {
                row[i].lemma
                for i in range(1, index)
                if row[i].lemma in vocabulary
                and row[i - 1].lemma in DETERMINERS
                and _is_bare(row, i, {"and"})
            }
            if len(before) == 1:
                found[index] = replace(row[index], lemma=before.pop())
    return tuple(found)


def _is_bare(row: Sequence[Word], index: int, joints: Container[str] = ()) -> bool:
    """Whether a noun ends here: no other noun follows that it belongs to."""
    after = row[index + 1] if index + 1 < len(row) else None
    return after is None or not after.is_word or after.lemma in PREPOSITIONS or after.lemma in joints


def bare_name(text: str) -> tuple[str, tuple[str, ...]]:
    """The last title before a name, and the words of the name without titles, in small letters."""
    words = text.casefold().replace("-", " ").replace(".", "").split()
    title = ""
    while words and words[0] in TITLES:
        title = words.pop(0)
    return title, tuple(words)


def _name_words(text: str) -> tuple[str, ...]:
    return tuple(text.casefold().replace("-", " ").split())


def _begins(term: Term, name: Sequence[str]) -> bool:
    return _name_words(term.matches[0].label)[: len(name)] == tuple(name)


def _only(row: Iterable[_Seen]) -> _Seen | None:
    """The one thing of a row, however often it is named there."""
    places: dict[int, list[_Seen]] = {}
    for seen in row:
        places.setdefault(seen.end, []).append(seen)
    # Of a state and its town of the same name, the state.
    meant = [next((s for s in same if "state" in s.types), same[0]) for same in places.values()]
    return meant[0] if len({s.id for s in meant}) == 1 else None


def _competes(chosen: _Seen, earlier: Sequence[Sequence[_Seen]], beside: Sequence[_Seen]) -> bool:
    """Whether the text spoke of something else before that it may still speak of.

    That is what was the subject, unless this one is now: then only if it is named beside it again.
    """
    topics = next((t for row in earlier if (t := [s for s in row if s.role >= Role.OWNER])), [])
    if not topics or any(s.id == chosen.id for s in topics):
        return False
    return chosen.role < Role.OWNER or any(s.id == topic.id for s in beside for topic in topics)


def _as_list(found: Sequence[Many]) -> Many:
    """Of the names of the same things, the list of them rather than that of the group."""
    return next((m for m in reversed(found) if not m.is_group), found[-1])


def _by_context(term: Term, text: str, *, likely: bool = False, rivals: Sequence[Match] = ()) -> Term:
    matches: Sequence[Match] = term.matches
    kind = MatchKind.LIKELY if likely or matches[0].kind is MatchKind.LIKELY else MatchKind.CONTEXT
    return Term(
        text,
        None,
        tuple(replace(match, kind=kind) for match in matches if match.score >= matches[0].score - 1),
        rivals=tuple(replace(match, kind=MatchKind.CONTEXT) for match in rivals),
    )
