"""What takes up several things: "they", "all three", "both countries", "two of them", "none of the six"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from verifier.model import Group, Quantifier, QuantifierKind, Quantity, Term
from verifier.relations import RelationRole
from verifier.text.coreference import NOUN_KINDS, Many, Role
from verifier.text.noun_phrases import Clause, Named
from verifier.text.reading import Handle, Line
from verifier.text.vocabulary import AUXILIARIES, COPULAS, DETERMINERS, PREPOSITIONS
from verifier.text.words import Word, word_set

__all__ = ["NUMBERS", "many_at", "members_of", "taken_up"]

_WORDS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), start=2)}
NUMBERS |= {str(number): number for number in range(2, 100)}
"""How many there are, as a word or in digits."""
_COUNTING = frozenset({"nummod", "det", "predet", "amod", "compound", "quantmod", "nmod"})
_SETS = {"pair": 2, "duo": 2, "trio": 3, "threesome": 3, "quartet": 4, "quintet": 5, "sextet": 6}
_FEW = 3
"""Of fewer things, a group may have as many members by chance."""
_PLACES = {"former": 0, "latter": 1}
_SOME = {
    "none": QuantifierKind.NO,
    "neither": QuantifierKind.NO,
    "most": QuantifierKind.MOST,
    "some": QuantifierKind.SOME,
    "half": QuantifierKind.EXACTLY,
}
_WHOLES = {"all": 0, "both": 0, "each": 0, "one": 1}
_OPENERS = frozenset(["they", "them", "both", "all", "each", "the", "not", *_SOME, *NUMBERS])
"""What a phrase begins with that takes up several things."""
_MEMBERSHIPS = (("class", RelationRole.KIND), ("organisation", RelationRole.MEMBERSHIP))
"""What a group can be a group of, and which relation makes a thing a member of it."""
_VERBS = word_set(
    """
    belong join enter border recognise keep maintain have open reopen establish sign leave lie share use
    become gain win declare proclaim refuse withdraw sever cut accede remain sit host speak adopt introduce
    """
)
"""What is said of several states, as a rule."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What a phrase asks for: which several things it means, and how many of them it speaks of."""

    end: int
    number: int = 0
    noun: str = ""
    quantifier: Quantifier | None = None
    leads: bool = False
    only: int | None = None
    """Which one of two it means: "the former" the first, "the latter" the second."""


def many_at(clause: Clause, position: int) -> Iterator[Named]:
    """What takes up several things and begins here, if it is certain which."""
    meant = _meant(clause, position)
    if meant is None:
        return
    phrase, found, start, stop = meant
    line = clause.line
    terms = _terms(line, found, phrase)
    if terms:
        span, text = line.span_of(start, stop), line.slice(start, stop)
        whole = len(terms) == 1 and terms[0].group is not None
        terms = tuple(replace(t, text=text if whole else t.text, span=span) for t in terms)
        yield phrase.end, Handle(terms, start, stop, line.head(start, stop), "and" if len(terms) > 1 else "")


def taken_up(clause: Clause, position: int) -> tuple[Many, int, int] | None:
    """The several things that a phrase here takes up, all or some of them, and the words that it takes."""
    meant = _meant(clause, position)
    return None if meant is None else meant[1:]


def _meant(clause: Clause, position: int) -> tuple[_Phrase, Many, int, int] | None:
    phrase = _phrase(clause.row, clause.low, position)
    indices = clause.view.indices
    if phrase is None or any(i < 0 for i in indices[position : phrase.end]):
        return None
    line = clause.line
    start, stop = clause.extent(position, phrase.end)
    if stop - start != phrase.end - position or not _stands_alone(line, start, stop):
        return None
    before = line.words[start].span.start
    found = line.history.many(number=phrase.number, noun=phrase.noun, before=before, leads=phrase.leads)
    if found is None and _says_all(clause.row, position):
        found = _all_members(line, phrase, before)
    return None if found is None else (phrase, found, start, stop)


def _says_all(row: Sequence[Word], position: int) -> bool:
    """Whether a phrase speaks of all of a number: "all eleven"."""
    return row[position].text.casefold() == "all"


def _all_members(line: Line, phrase: _Phrase, before: int) -> Many | None:
    """The one group that the text named, with so many members, if no list of that many is known."""
    history = line.history
    if phrase.number < _FEW or any(
        len(many.ids) == phrase.number and many.end <= before for many in history.lists
    ):
        return None
    found: dict[frozenset[str], tuple[Term, ...]] = {}
    for relation, term in _named_groups(line):
        if line.as_of is None or term.span is None or term.span.end > before:
            continue
        members = {m.id: m for m in line.world.members(relation, term.matches[0].id, line.as_of)}
        if len(members) == phrase.number and all("state" in line.world.types(id) for id in members):
            found[frozenset(members)] = tuple(Term(m.label, None, (m,)) for m in members.values())
    if len(found) != 1:
        return None
    (ids, terms) = next(iter(found.items()))
    return Many(terms, ids, frozenset({"state"}), history.sentence, before, Role.PLAIN)


def _stands_alone(line: Line, start: int, stop: int) -> bool:
    """Whether no noun follows that the words count ("all four recognised states")."""
    tree = line.tree
    if tree is None or tree.deps[tree.root_of(start, stop)] not in _COUNTING:
        return True
    word, after = (*line.words[stop : stop + 2], None, None)[:2]
    plain = word is not None and word.lemma in _VERBS and word.text == word.lemma
    return plain and (after is None or after.capital or after.lemma in DETERMINERS | PREPOSITIONS)


def members_of(line: Line, term: Term) -> frozenset[str]:
    """The members of a group on the day of the claim, if one condition makes them so."""
    group = term.group
    if group is None or len(group.conditions) != 1 or line.as_of is None:
        return frozenset()
    relation, other, is_object = group.conditions[0]
    if not other.matches:
        return frozenset()
    ask = line.world.values if is_object else line.world.members
    return frozenset(match.id for match in ask(relation, other.matches[0].id, line.as_of))


# ------------------------------------------------------------------------------------------------- the words


def _phrase(row: Sequence[Word], words: Sequence[str], position: int) -> _Phrase | None:
    """The phrase that begins at a position of a clause; `words` are those of the row in small letters."""
    first = words[position]
    if first not in _OPENERS:
        return None
    at = position + 1
    if first in {"they", "them"}:
        return None if _after_of(words, position) else _Phrase(at, leads=first == "they")
    if first in {"both", "all", "each"}:
        if words[at : at + 1] == ("of",):
            inner = _whole(row, words, at + 1)
            if inner is None or (first == "both" and inner.number not in {0, 2}):
                return None
            return replace(inner, number=2) if first == "both" else inner
        if first == "both":
            return _closed(row, *_noun(row, at), number=2)
        number = NUMBERS.get(words[at], 0) if first == "all" and at < len(words) else 0
        return _closed(row, *_noun(row, at + 1), number=number) if number else None
    if first == "the" and not _after_of(words, position) and (position == 0 or words[position - 1] != "all"):
        return _whole(row, words, position)
    return _part(row, words, position)


def _whole(row: Sequence[Word], words: Sequence[str], at: int) -> _Phrase | None:
    """ "them", "the three", "the two countries", "the pair"."""
    if words[at : at + 1] == ("them",):
        return _Phrase(at + 1)
    if words[at : at + 1] != ("the",) or at + 1 >= len(words):
        return None
    if words[at + 1] in _PLACES:
        one = _closed(row, at + 2, "", number=2)
        return None if one is None else replace(one, only=_PLACES[words[at + 1]])
    if words[at + 1] in _SETS:
        return _closed(row, at + 2, "", number=_SETS[words[at + 1]])
    number = NUMBERS.get(words[at + 1], 0)
    return _closed(row, *_noun(row, at + 2), number=number) if number else None


def _part(row: Sequence[Word], words: Sequence[str], position: int) -> _Phrase | None:
    """ "none of them", "two of the three", "half of them", "not one of them"."""
    at = position
    if words[at : at + 2] == ("not", "one"):
        quantifier = Quantifier(QuantifierKind.NO)
        at += 2
    elif words[at] in _SOME:
        kind = _SOME[words[at]]
        share = Quantity(Decimal(50), "%") if words[at] == "half" else None
        quantifier = Quantifier(kind, share)
        at += 1
    elif words[at] in NUMBERS:
        quantifier = Quantifier(QuantifierKind.EXACTLY, Quantity(Decimal(NUMBERS[words[at]])))
        at += 1
    else:
        return None
    if words[at : at + 1] != ("of",):
        return None
    inner = _whole(row, words, at + 1)
    if inner is None or (inner.end < len(row) and row[inner.end].text == ","):
        return None  # "two of them, Djibouti and Somalia": those two
    if quantifier.count is not None and not quantifier.count.unit and inner.number:
        if quantifier.count.amount > inner.number:
            return None
        quantifier = replace(quantifier, of=Quantity(Decimal(inner.number)))
    if words[position] == "neither":
        return None if inner.number not in {0, 2} else replace(inner, number=2, quantifier=quantifier)
    return replace(inner, quantifier=quantifier)


def _noun(row: Sequence[Word], at: int) -> tuple[int, str]:
    """The plural noun at a position that tells what the several things are, and the position after it."""
    if at < len(row) and row[at].lemma in NOUN_KINDS and row[at].text.casefold().endswith("s"):
        return at + 1, row[at].lemma
    return at, ""


def _closed(row: Sequence[Word], end: int, noun: str, *, number: int) -> _Phrase | None:
    """A phrase, unless a word follows that makes it one about something else ("all three ministers")."""
    if end < len(row):
        word = row[end]
        ends = (
            not word.is_word
            or word.text == "'s"
            or word.lemma in AUXILIARIES | COPULAS
            or (word.lemma in PREPOSITIONS and word.lemma != "of")
            or word.lemma in {"and", "but", "or", "while", "also", "now", "already", "still", "not", "never"}
            or (not word.capital and not word.text.endswith("s") and bool(noun))
            or _is_finite(word)
        )
        if not ends or (noun and word.lemma in {"that", "which", "who", "whose"}):
            return None
    return _Phrase(end, number, noun)


def _is_finite(word: Word) -> bool:
    """Whether a word can only be a verb after "all three": one of the plural or the past."""
    return word.lemma in _VERBS and word.text.casefold() not in {"members", "states"}


def _after_of(words: Sequence[str], position: int) -> bool:
    """Whether a phrase is the whole of which "two of", "none of" take a part."""
    before = words[max(0, position - 2) : position]
    return len(before) == 2 and before[1] == "of" and (before[0] in _SOME or before[0] in NUMBERS | _WHOLES)


# --------------------------------------------------------------------------------------------- what they mean


def _terms(line: Line, found: Many, phrase: _Phrase) -> tuple[Term, ...]:
    """Each thing of a list, or so much of the group as the phrase says; none if it cannot be told."""
    if phrase.only is not None:
        return () if found.is_group else found.terms[phrase.only : phrase.only + 1]
    quantifier = phrase.quantifier
    single = quantifier is None or quantifier.kind is QuantifierKind.NO
    if single and not found.is_group:
        return tuple(replace(term, span=None, quantifier=quantifier) for term in found.terms)
    group = found.terms[0] if found.is_group else _group_of(line, found.ids)
    if group is None:
        return ()
    if quantifier is None:
        count = Quantity(Decimal(phrase.number)) if phrase.number else None
        quantifier = Quantifier(QuantifierKind.ALL, count)
    return (replace(group, quantifier=quantifier),)


def _group_of(line: Line, ids: frozenset[str]) -> Term | None:
    """The group that the text named whose members are these things and no others."""
    for relation, term in _named_groups(line):
        group = Term(term.text, None, group=Group(term.text, ((relation, term, False),)))
        if members_of(line, group) == ids:
            return group
    return None


def _named_groups(line: Line) -> Iterator[tuple[str, Term]]:
    """The groups that the text named, each with the relation that makes a thing a member of it."""
    for kind, role in _MEMBERSHIPS:
        for relation in line.world.catalogue.playing(role):
            for term in line.history.named(frozenset({kind})):
                yield relation, term
