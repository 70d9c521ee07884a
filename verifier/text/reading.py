"""One sentence being read: its words, and the names, dates and quantities among them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from verifier.model import Date, Match, MatchKind, Span, Term
from verifier.names import normalise
from verifier.relations import Catalogue
from verifier.text.closed.world import Surroundings
from verifier.text.coreference import GIVEN, THINGS, TITLES, History, bare_name, with_nouns
from verifier.text.lexicon import Lexicon
from verifier.text.mentions import Candidate, Names, as_term, find_names
from verifier.text.parse import Parse
from verifier.text.quantities import QuantityMention, find_quantities
from verifier.text.time import DateMention, find_dates
from verifier.text.vocabulary import PLACE_NAMED, PLACE_SIDES, POSSESSIVES
from verifier.text.words import Word, words

__all__ = ["Handle", "Line", "World", "read_line"]

_FAMILIES = (frozenset(["it", "its"]), frozenset(["he", "his", "him"]), frozenset(["she", "her", "hers"]))
"""Pronouns that stand for one thing in a sentence."""
_NEAR = 85.0
"""From this score on, a row of capitalised words may be a misspelt name rather than several."""


def _is_title(word: Word) -> bool:
    return word.text.casefold() in TITLES


def _is_part_of_name(name: Sequence[str], full: str, *, given: bool) -> bool:
    """Whether this part is what somebody is called by: rulers by their first names, others by the last."""
    whole = tuple(normalise(full).split())
    part = tuple(normalise(" ".join(name)).split())
    return (whole[: len(part)] if given else whole[-len(part) :]) == part


def nothing(relation: str, thing: str, day: Date) -> tuple[Match, ...]:
    """What a world without tables knows."""
    return ()


@dataclass(frozen=True, slots=True)
class World:
    """What reading needs to know besides the text."""

    names: Names
    lexicon: Lexicon
    types: Callable[[str], frozenset[str]]
    is_a: Callable[[str, str], bool]
    """Whether the tables say that the first entity is of the class that the second is."""
    states_of: Callable[[str, Date], tuple[Match, ...]]
    """The states for which this capital or office holder may act on that day."""
    owners: Callable[[str, str], tuple[Match, ...]]
    """The subjects that have this value in a relation: the states in which somebody held an office."""
    tenures: Callable[[str, str, Date], tuple[Date, ...]]
    """When somebody was in office in a state, up to a day: who did it says when it was done."""
    uses: Callable[[str], tuple[frozenset[str], frozenset[str]]]
    """The relations that the tables state of a thing, and those of which it is a value."""
    closed: bool = False
    """True if all that there is to know is in the tables."""
    values: Callable[[str, str, Date], tuple[Match, ...]] = nothing
    """What stands in a relation to a thing on that day: a state's capital, its president."""
    members: Callable[[str, str, Date], tuple[Match, ...]] = nothing
    """The things of which this is the value of a relation on that day: who is a member of a bloc."""
    catalogue: Catalogue = field(default_factory=Catalogue)
    near: Surroundings = field(default_factory=Surroundings)
    """What the tables state beside a thing; asked in a closed world."""
    asks: Callable[[str], tuple[frozenset[str], frozenset[str]]] = lambda relation: (frozenset(), frozenset())
    """The types of things that a relation asks for as its subject, and as its object."""


@dataclass(frozen=True, slots=True)
class Handle:
    """What stands in a slot: one term or several, and the words `[start, end)` it takes."""

    terms: tuple[Term, ...]
    start: int
    end: int
    head: int
    joint: str = ""
    partial: bool = False
    """True for a name that is only the first of a list."""
    free: bool = False
    """True for words that are taken as a name only because a phrasing asks for one there."""


@dataclass(slots=True)
class Line:
    """A sentence in work."""

    text: str
    span: Span
    words: tuple[Word, ...]
    candidates: tuple[Candidate, ...]
    dates: tuple[tuple[DateMention, tuple[int, ...]], ...]
    quantities: tuple[tuple[QuantityMention, tuple[int, ...]], ...]
    skip: frozenset[int]
    world: World
    history: History
    as_of: Date | None = None
    alone: bool = False
    """True for a claim given by itself: what a phrasing asks for may then be a name that no table has."""
    tree: Parse | None = None
    _by_start: dict[int, list[Candidate]] = field(default_factory=dict)
    _counted: dict[int, list[tuple[QuantityMention, tuple[int, ...]]]] = field(default_factory=dict)
    _longer: dict[int, list[Candidate]] = field(default_factory=dict)
    _pronouns: dict[int, Term | None] = field(default_factory=dict)

    def starting(self, index: int) -> Sequence[Candidate]:
        """The candidates that begin at a word, longest first."""
        if not self._by_start and self.candidates:
            for candidate in self.candidates:
                self._by_start.setdefault(candidate.start, []).append(candidate)
        return self._by_start.get(index, ())

    def counting(self, index: int) -> Sequence[tuple[QuantityMention, tuple[int, ...]]]:
        """The quantities that a word is part of, and their words."""
        if not self._counted and self.quantities:
            for mention, indices in self.quantities:
                for i in indices:
                    self._counted.setdefault(i, []).append((mention, indices))
        return self._counted.get(index, ())

    def is_part(self, start: int, end: int) -> bool:
        """Whether these words begin or end inside a longer name that the tables have as it is written."""
        if not self._longer:
            self._longer[-1] = []
            for c in self.candidates:
                near = c.known and (c.matches[0].kind is MatchKind.EXACT or c.matches[0].score >= _NEAR)
                if near and c.end - c.start > 1 and self.words[c.start].capital:
                    for i in range(c.start, c.end):
                        self._longer.setdefault(i, []).append(c)
        return any(  # what overlaps and is not inside has the first word or the last
            (start > c.start or (end < c.end and self.words[end].capital))
            and not (start <= c.start and c.end <= end)
            for i in (start, end - 1)
            for c in self._longer.get(i, ())
        )

    def term(self, candidate: Candidate) -> Term:
        """A candidate as a term; a name the tables lack may be short for one the text gave before."""
        term = as_term(candidate, self.words)
        if not term.matches or term.matches[0].score < 95:
            short = self.history.short_name(candidate.text)
            short = short or self._in_office(candidate)
            if short is not None:
                return replace(short, text=term.text, span=term.span)
        return term

    def _in_office(self, candidate: Candidate) -> Term | None:
        """Whoever holds the office that a title names, if the name is a part of theirs: "King Salman".

        The state is one that the sentence names or the text speaks of; of two that fit, neither is meant.
        """
        before = self.words[max(0, candidate.start - 2) : candidate.start]
        title, name = bare_name(" ".join((*(w.text for w in before if _is_title(w)), candidate.text)))
        offices = self.world.catalogue.by_title.get(title, ())
        if not name or not offices or self.as_of is None:
            return None
        states = {c.matches[0].id for c in self.candidates if c.known and c.matches[0].score >= 95}
        topic = self.history.topic(frozenset({"state"}), before=self.words[candidate.start].span.start)
        states |= {topic.matches[0].id} if topic is not None else set()
        found: dict[str, Match] = {}
        for state in states:
            for office in offices if "state" in self.world.types(state) else ():
                for match in self.world.values(office, state, self.as_of):
                    entity = self.world.names.entity(match.id)
                    names = () if entity is None else (entity.label, *entity.aliases)
                    if any(_is_part_of_name(name, full, given=title in GIVEN) for full in names):
                        found[match.id] = match
        return Term(candidate.text, None, tuple(found.values())) if len(found) == 1 else None

    def with_tree(self, tree: Parse | None) -> Line:
        """The same sentence to be read anew with its parse."""
        return replace(self, tree=tree, _by_start={}, _pronouns={})

    def pronoun(self, index: int) -> Term | None:
        """What a pronoun of this sentence stands for."""
        self.history.settle()
        if index not in self._pronouns:
            owner = self._just_before(index) if self.words[index].lemma == "whose" else None
            self._pronouns[index] = owner or self._spoken_of(index)
        return self._pronouns[index]

    def _spoken_of(self, index: int) -> Term | None:
        """What a pronoun takes up: as its like before it; as an object, never its own clause's subject."""
        low = self.words[index].text.casefold()
        family = next((f for f in _FAMILIES if low in f), frozenset([low]))
        alike = next((i for i in range(index) if self.words[i].text.casefold() in family), None)
        if alike is not None and not self._is_idle(alike) and self._may_be(index, self.pronoun(alike)):
            return self.pronoun(alike)
        if self._is_idle(index):
            return None
        is_object = self._is_object(index)
        clause = self.words[self.clause_start(index)].span.start
        before = clause if is_object else self.words[index].span.start
        apart = self._apart(index)
        here = [s for s in self.history.seen if s.sentence == self.history.sentence and not s.implied]
        barred = frozenset(s.id for s in here if s.end in apart)
        # "Washington reopened its embassy": that of whom the capital of its own clause speaks for
        named = {s.id for s in here if s.end <= before}
        acting = {
            s.end
            for s in self.history.seen
            if s.sentence == self.history.sentence and s.implied and s.end > clause and s.id not in named
        } - apart
        kinds = self._kinds_asked(index, before=before) if family & {"it", "its"} else frozenset()
        return self.history.pronoun(
            self.words[index],
            before=before,
            is_object=is_object,
            fits=lambda s: s.id not in barred and (not kinds or bool(s.types & kinds) or s.end in acting),
            kinds=kinds,
            clause=clause,
        )

    def _may_be(self, index: int, term: Term | None) -> bool:
        """Whether a pronoun may stand for this too, by what the words after it ask for."""
        if term is None or "person" in self.world.types(term.matches[0].id):
            return True
        kinds = self._kinds_asked(index, before=self.words[index].span.start)
        return not kinds or bool(kinds & self.world.types(term.matches[0].id))

    def _is_object(self, index: int) -> bool:
        """Whether a pronoun is an object, and so never what its clause is about.

        "X has Y to the north of it": what only places something else may be beside the subject itself.
        """
        tree = self.tree
        if tree is None or tree.deps[index] not in {"dobj", "pobj", "dative"}:
            return False
        whole = tree.heads[tree.heads[index]]
        return tree.deps[index] != "pobj" or tree.is_verb(whole) or tree.deps[whole] != "pobj"

    def _kinds_asked(self, index: int, *, before: int) -> frozenset[str]:
        """The types of what can have what the words after a pronoun say of it; empty if they do not tell.

        "its capital" is a state's, "it joined NATO" is said of a state. Where the things that were named are
        of several such types, of those of which the tables have it.
        """
        asked = self._told(index)
        kinds = frozenset(kind for r, is_subject in asked for kind in self.world.asks(r)[not is_subject])
        having = {
            kind
            for seen in self.history.seen
            if seen.end <= before and seen.types & kinds
            for relation, is_subject in asked
            if relation in self.world.uses(seen.id)[not is_subject]
            for kind in seen.types & THINGS
        }
        return frozenset(having) & kinds or kinds

    def _told(self, index: int) -> frozenset[tuple[str, bool]]:
        """The relations in which the words after a pronoun put it, and whether as their subject."""
        if self.words[index].text.casefold() in POSSESSIVES:
            nouns, owned = self.world.lexicon.nouns, self.world.lexicon.owned
            for start in range(index + 1, min(index + 5, len(self.words))):
                if not self.words[start].is_word:
                    break
                for stop in range(min(start + 4, len(self.words)), start, -1):
                    lemmas = tuple(word.lemma for word in self.words[start:stop])
                    found = nouns.get(lemmas) or owned.get(lemmas, ())
                    if found and not self._goes_on(stop):
                        return frozenset((relation, not is_subject) for relation, is_subject in found)
            return frozenset()
        tree = self.tree
        if tree is not None and self._is_object(index):
            verb = next((a for a in tree.ancestors(index) if tree.is_verb(a)), index)
            return self.world.lexicon.told_of(self.words[verb:index]) if verb < index else frozenset()
        return self.world.lexicon.told_by(self.words[index + 1 :])

    def _goes_on(self, stop: int) -> bool:
        """Whether a noun follows that what stands before it only modifies: "its capital markets"."""
        tree = self.tree
        return (
            tree is not None
            and tree.deps[stop - 1] in {"compound", "amod", "nmod"}
            and tree.heads[stop - 1] >= stop
        )

    def _is_idle(self, index: int) -> bool:
        """Whether a pronoun stands for nothing: "it is said that", "there is"."""
        return self.tree is not None and self.tree.deps[index] == "expl"

    def clause_start(self, index: int) -> int:
        """The word with which the main clause around a word begins."""
        tree = self.tree
        if tree is None:
            return 0
        verb = index
        for above in tree.ancestors(index):
            if tree.deps[verb] == "conj" and tree.is_verb(verb) and self._subject(verb) is not None:
                break
            verb = above
        later = [i for c in tree.children[verb] if c < verb and tree.is_verb(c) for i in tree.subtree(c)]
        closed = [i for i in later if self.words[i + 1].text in {";", ":"}]
        return max(closed) + 2 if closed and max(closed) + 2 < index else min(tree.subtree(verb))

    def _subject(self, verb: int) -> int | None:
        """The subject of a verb."""
        tree = self.tree
        if tree is None:
            return None
        return next((c for c in tree.children[verb] if tree.deps[c] in {"nsubj", "nsubjpass"}), None)

    def _apart(self, index: int) -> frozenset[int]:
        """Where the names end that a possessive cannot mean, as its noun tells what they are.

        "X, its capital, ...", "X is its capital": X is not its own capital.
        """
        tree = self.tree
        if tree is None or tree.deps[index] != "poss":
            return frozenset()
        noun = tree.heads[index]
        told: int | None = None
        if tree.deps[noun] == "appos":
            told = tree.heads[noun]
        elif tree.deps[noun] == "attr":
            told = self._subject(tree.heads[noun])
        if told is None:
            return frozenset()
        return frozenset(self.words[i].span.end for i in (told, *tree.children[told]) if i <= told)

    def head(self, start: int, end: int) -> int:
        """The word of a stretch that the others belong to; the last one where there is no parse."""
        return self.tree.root_of(start, end) if self.tree is not None else end - 1

    def slice(self, start: int, end: int) -> str:
        """The text from one word to another, as written."""
        return self.text[self.words[start].span.start : self.words[end - 1].span.end]

    def span_of(self, start: int, end: int) -> Span:
        """Where in the document a stretch of words stands."""
        return Span(self.words[start].span.start, self.words[end - 1].span.end)

    def _just_before(self, index: int) -> Term | None:
        """The name that "whose" follows."""
        stop = index - 1 if index and self.words[index - 1].text == "," else index
        named = next((c for c in self.candidates if c.end == stop and c.known), None)
        return None if named is None else self.term(named)


def read_line(
    text: str,
    folded: str,
    span: Span,
    *,
    world: World,
    history: History,
    as_of: Date | None,
    alone: bool = False,
) -> Line:
    """Find what one sentence names; `text` is the whole document, `folded` the same with plain marks."""
    row = with_nouns(words(folded[span.start : span.end], offset=span.start), world.lexicon.vocabulary)
    sentence = folded[span.start : span.end]
    first = find_names(folded, row, world.names, skip=frozenset(), vocabulary=world.lexicon.vocabulary)
    taken = tuple(
        Span(row[c.start].span.start - span.start, row[c.end - 1].span.end - span.start)
        for c in first
        if c.known and any(ch.isdigit() for ch in c.text) and any(ch.isalpha() for ch in c.text)
    )
    dates = tuple(
        (d, _inside(row, d.span, span.start)) for d in find_dates(sentence, as_of=as_of, taken=taken)
    )
    dated = frozenset(i for _, indices in dates for i in indices)
    spans = tuple(d.span for d, _ in dates)
    quantities = tuple(
        (q, _inside(row, q.span, span.start)) for q in find_quantities(sentence, taken=(*taken, *spans))
    )
    counted = frozenset(i for _, indices in quantities for i in indices)
    candidates = tuple(
        c
        for c in first
        if not any(i in dated for i in range(c.start, c.end))
        and not all(i in counted for i in range(c.start, c.end))
        and not (c.known and _is_part_only(row, c))
    )
    candidates = tuple(
        _as_written(c, text[row[c.start].span.start : row[c.end - 1].span.end]) for c in candidates
    )
    return Line(text, span, row, candidates, dates, quantities, dated, world, history, as_of, alone)


def _is_part_only(row: Sequence[Word], candidate: Candidate) -> bool:
    """ "Northern France", "New Paris": whether a name is only part of a longer one that no table knows."""
    if candidate.start == 0 or not row[candidate.start].capital:
        return False
    before, name = row[candidate.start - 1], row[candidate.start]
    words_before = PLACE_NAMED if before.capital else PLACE_SIDES
    return before.text.casefold() in words_before and before.span.end + 1 == name.span.start


def _as_written(candidate: Candidate, text: str) -> Candidate:
    """The candidate with these characters for its text."""
    return candidate if candidate.text == text else replace(candidate, text=text)


def _inside(row: Sequence[Word], span: Span, offset: int) -> tuple[int, ...]:
    first = bisect_left(row, span.start + offset, key=lambda word: word.span.start)
    last = bisect_right(row, span.end + offset, key=lambda word: word.span.end)
    return tuple(range(first, last))
