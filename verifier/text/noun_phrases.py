"""The names at a place of a clause: plain, at the end of a noun phrase, as pronouns, as descriptions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from verifier.model import Match, MatchKind, Term
from verifier.relations import RelationRole
from verifier.text.coreference import NOUN_KINDS
from verifier.text.kinds import may_be
from verifier.text.lexicon import Filler
from verifier.text.reading import Handle, Line
from verifier.text.views import View, views
from verifier.text.vocabulary import (
    ADJECTIVES,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RANKS,
    TITLES,
)
from verifier.text.words import Word

__all__ = ["LEADS", "Clause", "clauses_of", "is_class", "names_at", "plain_names"]

_RANKS = RANKS | {"other", "another", "same", "former"}
_SIDES = {"eastern": "East", "western": "West", "northern": "North", "southern": "South"}
_PARTS = frozenset(["part", "half", "side", "sector"])
_TRANSPARENT = frozenset(["state", "city", "country", "town", "republic", "kingdom", "government", "nation"])
LEADS = DETERMINERS | ADJECTIVES | TITLES | _TRANSPARENT | {"of", "both", "either"}
"""Words that may stand before a name inside its noun phrase."""
_COUNTRIES = frozenset(["country", "nation", "homeland", "government", "cabinet", "kingdom", "republic"])
"""What somebody in office may call the state."""
_PLACING = frozenset(["in", "to", "at", "from", "near", "outside", "visit", "into", "around"])
"""What stands before a place that something else is said of."""
_CROWNED = frozenset(["kingdom", "emirate", "sultanate", "monarchy", "principality", "duchy"])
_FORMS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "kingdom": (frozenset(["kingdom"]), frozenset(["republic"])),
    "sultanate": (frozenset(["sultanate"]), frozenset(["republic"])),
    "emirate": (
        frozenset(["emirate", "monarchy"]),
        frozenset(["kingdom", "sultanate", "republic", "emirates"]),
    ),
    "monarchy": (_CROWNED, frozenset(["republic"])),
    "federation": (frozenset(["federation", "federal"]), frozenset()),
    "archipelago": (frozenset(["islands", "archipelago"]), frozenset()),
    "republic": (frozenset(["republic"]), _CROWNED),
}
"""What a form of state is called by, and the words that exclude it."""
_RESTRICTING = frozenset(["who", "that", "which", "whose", "where"])
"""What follows a noun without a comma, and tells which one is meant: not one that was named before."""
_MAX_LEAD = 8
"""Words of a noun phrase before the name in it."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A view of a sentence, with its line; positions count in the view, indices in the line.

    It keeps what was found at each position, so it is for one state of what the text has named so far.
    """

    line: Line
    view: View
    row: tuple[Word, ...]
    low: tuple[str, ...]
    """The words in small letters."""
    named: dict[int, tuple[Named, ...]] = field(default_factory=dict, repr=False, compare=False)
    """The names that begin at a position, as far as they were asked for."""
    filled: dict[int, tuple[Filler, ...]] = field(default_factory=dict, repr=False, compare=False)
    """What can fill a slot at a position, as far as it was asked for."""
    unknown: dict[int, Sequence[Filler]] = field(default_factory=dict, repr=False, compare=False)
    """What no table knows at a position, as far as it was asked for."""

    @staticmethod
    def of(line: Line, view: View) -> Clause:
        """The words of a view, looked up once."""
        row = view.words(line.words)
        return Clause(line, view, row, tuple(word.text.casefold() for word in row))

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """The indices between which these positions lie."""
        inside = [index for index in self.view.indices[start:end] if index >= 0]
        return min(inside), max(inside) + 1


def clauses_of(line: Line) -> tuple[Clause, ...]:
    """A sentence as it stands, and clause by clause."""
    return tuple(Clause.of(line, view) for view in views(line.words, line.tree, skip=line.skip))


Named = tuple[int, Handle]
"""A name, and the position after it."""


def names_at(clause: Clause, position: int) -> list[Named]:
    """Names whose noun phrase begins here: what stands before the name inside its phrase is passed over."""
    row, view, line = clause.row, clause.view, clause.line
    found = [*plain_names(clause, position)]
    if found and row[position].text.casefold() not in POSSESSIVES:
        return found
    described = _described(clause, position) or _by_office(clause, position) or _homeland(clause, position)
    if described is not None:
        found.append(described)
    at = position
    while at < len(row) - 1 and at <= position + _MAX_LEAD and view.indices[at] >= 0:
        if line.tree is None and row[at].lemma not in LEADS:
            break
        if not row[at].is_word and row[at].text not in {"-", '"', "'"}:
            break
        at += 1
        named = plain_names(clause, at)
        lead = view.indices[position:at]
        whole = [(end, handle) for end, handle in named if all(_belongs(line, i, handle) for i in lead)]
        found.extend(whole)
        kind = row[at].lemma in _TRANSPARENT and row[at].text.islower()
        if found and named and not (kind and at + 1 < len(row) and row[at + 1].lemma == "of"):
            break  # but "the city of X" goes on to X
    return found


def plain_names(clause: Clause, position: int) -> tuple[Named, ...]:
    """Names and pronouns that begin exactly here."""
    found = clause.named.get(position)
    if found is None:
        found = clause.named[position] = tuple(_plain_names(clause, position))
    return found


def _plain_names(clause: Clause, position: int) -> Iterator[Named]:
    line, indices = clause.line, clause.view.indices
    index = indices[position] if position < len(clause.row) else -1
    if index < 0:
        return
    for candidate in line.starting(index):
        start, end = candidate.start, candidate.end
        stop = position + end - start
        if indices[position:stop] == tuple(range(start, end)):
            yield stop, Handle((line.term(candidate),), start, end, line.head(start, end))
    if clause.row[position].text.casefold() in PRONOUNS:
        term = line.pronoun(index)
        if term is not None:
            term = replace(term, span=line.words[index].span)
            yield position + 1, Handle((term,), index, index + 1, index)


def is_class(line: Line, term: Term) -> bool:
    """Whether a name may be that of a kind of thing ("Arab states")."""
    return may_be(line, term.matches[:3], {"class"})


def _described(clause: Clause, position: int) -> Named | None:
    """ "the tiny Balkan state", "the city": a thing that the text named before."""
    row, line = clause.row, clause.line
    if row[position].lemma not in {"the", "this", "that"} or position + 1 >= len(row):
        return None
    phrase = _description(clause, position + 1)
    if phrase is None:
        return _by_last_word(clause, position)
    at, kind = phrase
    head = row[at - 1]
    owns = at < len(row) and row[at].lemma == "of"
    past = (_measured(clause, at + 1) if owns else 0) or at  # a figure is told of it by itself
    part_of = owns and past == at
    if part_of and row[at - 2].text.casefold() in _SIDES and head.lemma in _PARTS:
        return _side(clause, position, at)
    start, stop = clause.extent(position, at)
    if stop < len(line.words) and line.words[stop].lemma in _RESTRICTING:
        return None
    term = line.history.description(
        head.lemma,
        line.slice(start, stop),
        line.words[start].span.start,
        _membership(line, kind, head),
        clause=line.words[line.clause_start(start)].span.start,
    )
    if term is None and kind is None and head.lemma in _FORMS:
        term = line.history.led_by(
            frozenset({"state"}),
            text=line.slice(start, stop),
            fits=lambda entity: _is_form(line, entity, head.lemma, surely=False),
        )
    if term is None or part_of:
        return None
    return past, Handle((replace(term, span=line.span_of(start, stop)),), start, stop, stop - 1)


def _by_last_word(clause: Clause, position: int) -> Named | None:
    """ "the islands", of the one state that the text named whose name ends so: likely that one."""
    row, line = clause.row, clause.line
    word, after = (*row[position + 1 : position + 3], None)[:2]
    if word is None or not _is_plural(word) or word.capital or word.lemma in NOUN_KINDS:
        return None
    if after is not None and after.is_word and after.lemma in _RESTRICTING | {"of"}:
        return None
    start, stop = clause.extent(position, position + 2)
    term = line.history.short_name(word.text)
    if term is None or stop - start != 2:
        return None
    likely = tuple(replace(match, kind=MatchKind.LIKELY) for match in term.matches)
    text, span = line.slice(start, stop), line.span_of(start, stop)
    return position + 2, Handle((Term(text, span, likely),), start, stop, stop - 1)


def _measured(clause: Clause, position: int) -> int:
    """ "the country of 80,000 square kilometres": where a figure that stands here ends; 0 if none does."""
    index = clause.view.indices[position] if position < len(clause.row) else -1
    counting = clause.line.counting(index) if index >= 0 else ()
    return max((position + indices[-1] + 1 - index for _, indices in counting), default=0)


def _description(clause: Clause, begin: int) -> tuple[int, Term | None] | None:
    """Where a description ends that begins here, and the class that it names, if it names one."""
    row, at = clause.row, begin
    while at < min(len(row), begin + 6):
        named = next(iter(plain_names(clause, at)), None)
        spoken = _spoken(clause, at)
        if spoken is not None:
            rest = _description(clause, spoken[0])
            return None if rest is None or _names_class(rest[1]) else (rest[0], spoken[1])
        if named is not None and is_class(clause.line, named[1].terms[0]):
            return None if _is_plural(row[named[0] - 1]) else (named[0], named[1].terms[0])
        word = row[at]
        if word.lemma in _RANKS or word.text.endswith("est"):
            return None
        if word.text == "-" and at > begin:
            at += 1
            continue
        if not word.is_word or word.capital or word.lemma in PREPOSITIONS:
            return None
        at += 1
        following = row[at].lemma if at < len(row) else ""
        if word.lemma in NOUN_KINDS and following not in NOUN_KINDS:
            alone = not _is_plural(word) or NOUN_KINDS[word.lemma] == "treaty"  # one treaty: "the accords"
            return (at, None) if alone else None
        if word.lemma in _PARTS and following == "of":
            return at, None
    return None


def _names_class(kind: Term | None) -> bool:
    """Whether a class tells more than that it is a state, a city and the like."""
    return kind is not None and bool(kind.matches) and kind.text.casefold() not in NOUN_KINDS


def _spoken(clause: Clause, position: int) -> tuple[int, Term] | None:
    """The language of "Portuguese-speaking", and the position after it."""
    types = clause.line.world.types
    for end, handle in plain_names(clause, position):
        matches = tuple(match for match in handle.terms[0].matches if "language" in types(match.id))
        if matches and clause.low[end : end + 2] == ("-", "speaking"):
            return end + 2, replace(handle.terms[0], matches=matches)
    return None


def _is_plural(word: Word) -> bool:
    return word.text.casefold() != word.lemma and word.text.endswith("s")


def _membership(line: Line, kind: Term | None, head: Word) -> Callable[[str], bool] | None:
    """The test whether an entity is of the class that a description names; None if it names none."""
    if kind is None or not _names_class(kind):
        return None if head.lemma not in _FORMS else lambda entity: _is_form(line, entity, head.lemma)
    class_id = kind.matches[0].id
    if "language" in line.world.types(class_id):
        return lambda entity: _speaks(line, entity, class_id)
    is_a = line.world.catalogue.first(RelationRole.KIND)
    known = line.as_of is not None and line.world.members(is_a, class_id, line.as_of)
    if not known and not any(line.world.is_a(seen.id, class_id) for seen in line.history.seen):
        return None  # no table has things of this class, so that none can be told from the others by it
    return lambda entity: line.world.is_a(entity, class_id)


def _speaks(line: Line, entity: str, language: str) -> bool:
    """Whether the tables have this language for an entity."""
    return line.as_of is not None and any(
        match.id == language
        for relation in line.world.catalogue.relations.values()
        if relation.object_types == ("language",)
        for match in line.world.values(relation.id, entity, line.as_of)
    )


def _is_form(line: Line, entity: str, noun: str, *, surely: bool = True) -> bool:
    """Whether a state is a kingdom, a republic or the like, by its full name and its form of government.

    Not `surely`: whether nothing is told of it that excludes that.
    """
    known = line.world.names.entity(entity)
    names = () if known is None else (known.label, *known.aliases)
    relation = line.world.catalogue.first(RelationRole.FORM_OF_GOVERNMENT)
    forms = () if line.as_of is None else line.world.values(relation, entity, line.as_of)
    told = {word for name in names for word in name.casefold().split()}
    told |= {word for form in forms for word in form.label.casefold().split()}
    own, others = _FORMS[noun]
    if told & others:
        return False
    if not surely:
        return True
    return bool(told & own) or (noun == "republic" and not told & _CROWNED)


def _by_office(clause: Clause, position: int) -> Named | None:
    """ "the Saudi capital", "in the capital, Mogadishu": what the tables have there, one and in force.

    Where it is said what it is ("the capital is X"), the sentence tells it, and nothing is taken for granted.
    """
    row, line = clause.row, clause.line
    at = position + (row[position].lemma == "the")
    state: Term | None = None
    named = next(iter(plain_names(clause, at)), None) if at < len(row) else None
    if named is not None:
        at, state = named[0], named[1].terms[0]
        if at < len(row) and row[at].text == "'s":
            at += 1
    elif at == position:
        return None
    if at >= len(row) or row[at].text.casefold() != "capital" or line.as_of is None:
        return None
    start, stop = clause.extent(position, at + 1)
    before = line.words[start].span.start
    states = (
        line.history.topics(frozenset({"state"}), before=before, start=line.span.start)
        if state is None
        else (state,)
    )
    if not _takes_for_granted(clause, position, at):
        return None
    found = [m for s in states for m in _capitals(line, s)]
    end = at + 1
    beside = next(iter(line.starting(stop + 1)), None) if line.words[stop - 1 :][1:2] else None
    if beside is not None and line.words[stop].text == ",":
        named_so = {match.id for match in beside.matches}
        found = [match for match in found if match.id in named_so]
        follows = clause.view.indices[end : end + 1] == (stop,)
        end, stop = (end + 1 + beside.end - beside.start, beside.end) if follows else (end, stop)
    if len(found) != 1:
        return None
    term = Term(line.slice(start, stop), line.span_of(start, stop), tuple(found))
    return end, Handle((term,), start, stop, line.head(start, stop))


def _capitals(line: Line, state: Term) -> tuple[Match, ...]:
    """The capital of a state on the day of the claim, if it has one."""
    id = next((m.id for m in state.matches if "state" in line.world.types(m.id)), "")
    relation = line.world.catalogue.first(RelationRole.CAPITAL)
    found = line.world.values(relation, id, line.as_of) if id and line.as_of is not None else ()
    return found if len(found) == 1 else ()


def _takes_for_granted(clause: Clause, position: int, at: int) -> bool:
    """Whether a capital is only a place in its sentence, of which nothing is said by calling it so."""
    row = clause.row
    before = row[position - 1] if position else None
    after = row[at + 1].lemma if at + 1 < len(row) else ""
    return (
        before is not None
        and before.lemma in _PLACING
        and after not in {"of", "city", "be", "become", "remain", "'s", "-"}
    )


def _homeland(clause: Clause, position: int) -> Named | None:
    """ "her country", "his government": the one state in which she holds an office."""
    row, line = clause.row, clause.line
    low = row[position].text.casefold()
    if low not in {"his", "her"} or position + 1 >= len(row) or line.as_of is None:
        return None
    if row[position + 1].lemma not in _COUNTRIES or row[position + 1].text.endswith("s"):
        return None
    person = line.pronoun(clause.view.indices[position])
    if person is None:
        return None
    states = line.world.states_of(person.matches[0].id, line.as_of)
    if len({state.id for state in states}) != 1:
        return None
    start, stop = clause.extent(position, position + 2)
    term = Term(line.slice(start, stop), line.span_of(start, stop), states[:1])
    return position + 2, Handle((term,), start, stop, stop - 1)


def _side(clause: Clause, position: int, at: int) -> Named | None:
    """ "the eastern part of the city": a part that has a name of its own, if the tables know it."""
    line, row = clause.line, clause.row
    for end, whole in names_at(clause, at + 1):
        matches = whole.terms[0].matches
        if not matches:
            continue
        part = line.world.names.exact(f"{_SIDES[row[at - 2].text.casefold()]} {matches[0].label}")
        if part:
            start, stop = clause.extent(position, end)
            by_context = tuple(replace(match, kind=MatchKind.CONTEXT) for match in part)
            term = Term(line.slice(start, stop), line.span_of(start, stop), by_context)
            return end, Handle((term,), start, stop, clause.view.indices[at - 1])
    return None


def _belongs(line: Line, index: int, handle: Handle) -> bool:
    """Whether a word before a name is part of its noun phrase."""
    if index < 0:
        return False
    word = line.words[index]
    if word.lemma == "of":
        return index > 0 and line.words[index - 1].lemma in _TRANSPARENT
    if word.lemma in {"not", "never"}:
        return False  # a denial is no part of a name
    if line.tree is None:
        return word.lemma in LEADS and (word.lemma not in TITLES or _is_person(line, handle.terms))
    if word.lemma in DETERMINERS | ADJECTIVES | {"both", "either"} or (
        word.lemma in _TRANSPARENT and index + 1 < len(line.words) and line.words[index + 1].lemma == "of"
    ):
        return True
    if line.tree.is_verb(index) and line.tree.deps[index] not in {"amod", "compound"}:
        return False
    return handle.head in line.tree.ancestors(index)


def _is_person(line: Line, terms: Sequence[Term]) -> bool:
    return any(may_be(line, term.matches[:2], {"person"}) for term in terms)
