"""One sentence being read: its words, names, dates and quantities, and what can fill the slots of a phrasing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from verifier.model import Date, Match, MatchKind, QuantifierKind, Quantity, Span, Term
from verifier.text.coreference import NOUN_KINDS, History
from verifier.text.groups import find_group
from verifier.text.mentions import Candidate, Names, as_term, find_names
from verifier.text.parse import Parse
from verifier.text.phrases import ADJECTIVES, DETERMINERS, PREPOSITIONS, Filler, Lexicon
from verifier.text.quantities import QuantityMention, find_quantities
from verifier.text.time import DateMention, find_dates
from verifier.text.views import View
from verifier.text.words import Word, fold, words

__all__ = ["Handle", "Line", "World", "group_term", "read_line"]

_TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "sir", "lord", "lady", "president", "prime", "minister", "premier", "king", "queen", "prince", "princess", "emir", "sultan", "chancellor", "senator", "general", "foreign", "secretary", "professor", "pope", "archbishop", "governor", "ambassador", "minister"]
)
_POSSESSIVES = frozenset(["its", "his", "their", "her", "whose"])
_RANKS = frozenset(["latest", "first", "second", "third", "last", "only", "next", "other", "another", "same", "former"])
_SIDES = {"eastern": "East", "western": "West", "northern": "North", "southern": "South"}
_PARTS = frozenset(["part", "half", "side", "sector"])
_JOINTS = frozenset({"and", "or", "&", "nor"})
_EXAMPLES = (("including",), ("such", "as"), ("notably",), ("namely",), ("like",), ("among", "them"))
_TRANSPARENT = frozenset(["state", "city", "country", "town", "republic", "kingdom", "government", "nation"])


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
    """The subjects that the tables give a value in a relation: the states in which somebody held an office."""


@dataclass(frozen=True, slots=True)
class Handle:
    """What stands in a slot: one term or several, and the words `[start, end)` it takes."""

    terms: tuple[Term, ...]
    start: int
    end: int
    head: int
    joint: str = ""
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
    _pronouns: dict[int, Term | None] = field(default_factory=dict)

    def starting(self, index: int) -> Sequence[Candidate]:
        """The candidates that begin at a word, longest first."""
        if not self._by_start and self.candidates:
            for candidate in self.candidates:
                self._by_start.setdefault(candidate.start, []).append(candidate)
        return self._by_start.get(index, ())

    def term(self, candidate: Candidate) -> Term:
        """A candidate as a term; a name the tables lack may be short for one the text gave before."""
        term = as_term(candidate, self.words)
        if not term.matches or term.matches[0].score < 95:
            short = self.history.short_name(candidate.text)
            if short is not None:
                return replace(short, text=term.text, span=term.span)
        return term

    def note_resolved(self) -> None:
        """Tell the history what this sentence's pronouns stood for: what is spoken of goes on being spoken of."""
        for index, term in self._pronouns.items():
            if term is not None:
                leads = self.words[index].text[:1].isupper() or (
                    self.tree is not None and self.tree.deps[index] in {"nsubj", "nsubjpass"}
                )
                self.history.note(replace(term, span=self.words[index].span), subject=leads)

    def fillers(self, view: View) -> Callable[[int, str], Sequence[Filler]]:
        """What can stand in a slot at each position of a view."""
        cache: dict[int, list[Filler]] = {}
        row = view.words(self.words)

        def at(position: int, slot: str) -> Sequence[Filler]:
            found = cache.get(position)
            if found is None:
                found = cache[position] = list(self._fill(view, row, position))
            if slot == "{o}" and not found:
                return self._free(view, row, position)
            return found

        return at

    # ------------------------------------------------------------------------------------- inside

    def _fill(self, view: View, row: Sequence[Word], position: int) -> Sequence[Filler]:
        found: list[Filler] = []
        singles = self._names_at(view, row, position)
        for end, handle in singles:
            found.append(Filler(end, handle))
            found.extend(self._joined(view, row, end, handle))
        group = find_group(
            row,
            position,
            lexicon=self.world.lexicon,
            names=lambda p: [(end, handle.terms[0]) for end, handle in self._plain_names(view, row, p)],
            quantities=lambda p: self._quantity_at(view, p),
            is_class=self._is_class,
        )
        if group is not None:
            start, stop = self._extent(view, position, group.end)
            term = replace(group.term, text=self._slice(start, stop), span=self._span(start, stop))
            if group.vague and term.quantifier is not None:
                term = replace(
                    term, group=None, quantifier=replace(term.quantifier, kind=QuantifierKind.SOME)
                )
            head = self.tree.root_of(start, stop) if self.tree is not None else stop - 1
            handle = Handle((term,), start, stop, head)
            found.append(Filler(group.end, handle))
            found.extend(self._examples(view, row, group.end, start))
        number = self._quantity_at(view, position)
        if number is not None and number[2] is None:
            end, quantity, _ = number
            start, stop = self._extent(view, position, end)
            found.append(
                Filler(
                    end,
                    Handle(
                        (Term(self._slice(start, stop), self._span(start, stop), value=quantity),),
                        start,
                        stop,
                        stop - 1,
                    ),
                )
            )
        return found

    def _names_at(self, view: View, row: Sequence[Word], position: int) -> list[tuple[int, Handle]]:
        """Names whose noun phrase begins here: what stands before the name inside its phrase is passed over."""
        found = list(self._plain_names(view, row, position))
        if found and row[position].text.casefold() not in _POSSESSIVES:
            return found
        described = self._described(view, row, position)
        if described is not None:
            found.append(described)
        at = position
        while at < len(row) - 1 and at < position + 9 and view.indices[at] >= 0:
            if not self._leads(row[at]) and self.tree is None:
                break
            if not row[at].is_word and row[at].text not in {"-", '"', "'"}:
                break
            at += 1
            named = self._plain_names(view, row, at)
            for end, handle in named:
                lead = [view.indices[i] for i in range(position, at)]
                if all(self._belongs(index, handle) for index in lead):
                    found.append((end, handle))
            if found and named:
                break
        return found

    def _plain_names(self, view: View, row: Sequence[Word], position: int) -> list[tuple[int, Handle]]:
        if position >= len(row):
            return []
        index = view.indices[position]
        if index < 0:
            return []
        found = []
        for candidate in self.starting(index):
            length = candidate.end - candidate.start
            if view.indices[position : position + length] == tuple(range(candidate.start, candidate.end)):
                head = (
                    self.tree.root_of(candidate.start, candidate.end)
                    if self.tree is not None
                    else candidate.end - 1
                )
                found.append(
                    (position + length, Handle((self.term(candidate),), candidate.start, candidate.end, head))
                )
        low = row[position].text.casefold()
        if low in _POSSESSIVES or low in {"it", "he", "she", "him", "there", "they", "them"}:
            term = self._pronoun(index)
            if term is not None:
                found.append(
                    (
                        position + 1,
                        Handle((replace(term, span=self.words[index].span),), index, index + 1, index),
                    )
                )
        return found

    def _pronoun(self, index: int) -> Term | None:
        if index not in self._pronouns:
            owner = self._just_before(index) if self.words[index].lemma == "whose" else None
            self._pronouns[index] = owner or self.history.pronoun(self.words[index])
        return self._pronouns[index]

    def _just_before(self, index: int) -> Term | None:
        """The name that "whose" follows."""
        stop = index - 1 if index and self.words[index - 1].text == "," else index
        named = next((c for c in self.candidates if c.end == stop and c.known), None)
        return None if named is None else self.term(named)

    def _described(self, view: View, row: Sequence[Word], position: int) -> tuple[int, Handle] | None:
        """ "the tiny Balkan state", "the city": a thing that the text named before."""
        if row[position].lemma not in {"the", "this", "that"} or position + 1 >= len(row):
            return None
        kind: Term | None = None
        at = position + 1
        while at < min(len(row), position + 7):
            named = next(iter(self._plain_names(view, row, at)), None)
            if named is not None and self._is_class(named[1].terms[0]):
                at, kind = named[0], named[1].terms[0]
                break
            if row[at].lemma in _RANKS or row[at].text.endswith("est"):
                return None
            if not row[at].is_word or row[at].capital or row[at].lemma in PREPOSITIONS:
                return None
            at += 1
            following = row[at].lemma if at < len(row) else ""
            if (row[at - 1].lemma in NOUN_KINDS and following not in NOUN_KINDS) or (
                row[at - 1].lemma in _PARTS and following == "of"
            ):
                break
        else:
            return None
        head = row[at - 1]
        if (
            at < len(row)
            and row[at].lemma == "of"
            and row[at - 2].text.casefold() in _SIDES
            and head.lemma in _PARTS
        ):
            return self._side(view, row, position, at)
        fits = None
        if kind is not None and kind.matches and kind.text.casefold() not in NOUN_KINDS:
            class_id = kind.matches[0].id
            fits = lambda entity: self.world.is_a(entity, class_id)  # noqa: E731
        start, stop = self._extent(view, position, at)
        term = self.history.description(
            head.lemma, self._slice(start, stop), self.words[start].span.start, fits
        )
        if term is None or (at < len(row) and row[at].lemma == "of"):
            return None
        return at, Handle((replace(term, span=self._span(start, stop)),), start, stop, stop - 1)

    def _side(self, view: View, row: Sequence[Word], position: int, at: int) -> tuple[int, Handle] | None:
        """ "the eastern part of the city": a part that has a name of its own, if the tables know it."""
        for end, whole in self._names_at(view, row, at + 1):
            matches = whole.terms[0].matches
            name = f"{_SIDES[row[at - 2].text.casefold()]} {matches[0].label}" if matches else ""
            part = self.world.names.exact(name) if name else ()
            if part:
                start, stop = self._extent(view, position, end)
                by_context = tuple(replace(match, kind=MatchKind.CONTEXT) for match in part)
                return end, Handle(
                    (Term(self._slice(start, stop), self._span(start, stop), by_context),),
                    start,
                    stop,
                    view.indices[at - 1],
                )
        return None

    def _joined(self, view: View, row: Sequence[Word], end: int, first: Handle) -> Sequence[Filler]:
        """ "A, B and C": lists that begin with a name."""
        terms, at, joint, last = list(first.terms), end, "", first
        found: list[Filler] = []
        while at < len(row):
            step, word = at, row[at]
            if word.text == ",":
                step += 1
                word = row[step] if step < len(row) else word
            if word.lemma in _JOINTS:
                joint = "or" if word.lemma in {"or", "nor"} else "and"
                step += 1
            elif word.lemma == "as" and [w.lemma for w in row[step : step + 3]] == ["as", "well", "as"]:
                joint, step = "and", step + 3
            elif row[at].text != ",":
                break
            named = self._names_at(view, row, step) if step < len(row) else []
            following = next(
                (n for n in named if self.words[n[1].end - 1].text.casefold() not in _POSSESSIVES), None
            )
            if following is None:
                break
            at, last = following
            terms.extend(last.terms)
            if joint:
                found.append(Filler(at, Handle(tuple(terms), first.start, last.end, first.head, joint)))
        return found[-1:]

    def _examples(self, view: View, row: Sequence[Word], end: int, start: int) -> Sequence[Filler]:
        """ "Arab states, including A, B and C" may stand for A, B and C."""
        at = end + 1 if end < len(row) and row[end].text == "," else end
        for lead in _EXAMPLES:
            if (
                tuple(w.lemma if w.lemma != "include" else "including" for w in row[at : at + len(lead)])
                == lead
            ):
                found = []
                for stop, handle in self._names_at(view, row, at + len(lead)):
                    wide = Handle(handle.terms, start, handle.end, handle.head, "and")
                    found.append(Filler(stop, wide))
                    found.extend(
                        Filler(f.end, replace(f.handle, start=start))
                        for f in self._joined(view, row, stop, handle)
                        if isinstance(f.handle, Handle)
                    )
                return found
        return ()

    def _free(self, view: View, row: Sequence[Word], position: int) -> Sequence[Filler]:
        """Words to the end of the sentence, taken as the name of something the tables do not know."""
        if not self.alone or view.verb >= 0 or not 0 < len(row) - position <= 10:
            return ()
        end = len(row)
        while end > position and not row[end - 1].is_word:
            end -= 1
        begin = position
        while begin < end and row[begin].lemma in DETERMINERS:
            begin += 1
        if (
            begin >= end
            or any(not w.is_word and w.text not in {"-", "'", ".", "&"} for w in row[begin:end])
            or not _nominal(row[begin:end])
        ):
            return ()
        start, stop = self._extent(view, begin, end)
        if self.tree is not None and any(
            self.tree.tags[i] in {"VERB", "AUX"} and self.tree.deps[i] != "amod" for i in range(start, stop)
        ):
            return ()
        text = self._slice(start, stop)
        term = Term(text, self._span(start, stop), self.world.names.search(text, limit=3))
        return (Filler(end, Handle((term,), start, stop, stop - 1, free=True)),)

    def _quantity_at(self, view: View, position: int) -> tuple[int, Quantity, Quantity | None] | None:
        if position >= len(view.indices):
            return None
        index = view.indices[position]
        for mention, indices in self.quantities:
            if indices and indices[0] == index:
                end = position
                while end < len(view.indices) and view.indices[end] in indices:
                    end += 1
                return end, mention.quantity, mention.of
            numbers = [i for i in indices if self.words[i].text[:1].isdigit()]
            if mention.of is not None and len(numbers) > 1 and numbers[-1] == index:
                return position + 1, mention.of, None
        return None

    def _is_class(self, term: Term) -> bool:
        return bool(term.matches) and any("class" in self.world.types(match.id) for match in term.matches[:3])

    def _leads(self, word: Word) -> bool:
        return word.lemma in DETERMINERS | ADJECTIVES | _TITLES | _TRANSPARENT or word.lemma == "of"

    def _is_person(self, handle: Handle) -> bool:
        return any("person" in self.world.types(m.id) for t in handle.terms for m in t.matches[:2])

    def _belongs(self, index: int, handle: Handle) -> bool:
        """Whether a word before a name is part of its noun phrase."""
        if index < 0:
            return False
        word = self.words[index]
        if word.lemma == "of":
            return index > 0 and self.words[index - 1].lemma in _TRANSPARENT
        if self.tree is None:
            return self._leads(word) and (word.lemma not in _TITLES or self._is_person(handle))
        if word.lemma in DETERMINERS | ADJECTIVES or (
            word.lemma in _TRANSPARENT and self.words[index + 1].lemma == "of"
        ):
            return True
        if self.tree.tags[index] in {"VERB", "AUX"} and self.tree.deps[index] not in {"amod", "compound"}:
            return False
        return handle.head in self.tree.ancestors(index)

    def _extent(self, view: View, start: int, end: int) -> tuple[int, int]:
        inside = [index for index in view.indices[start:end] if index >= 0]
        return min(inside), max(inside) + 1

    def _slice(self, start: int, end: int) -> str:
        return self.text[self.words[start].span.start : self.words[end - 1].span.end]

    def _span(self, start: int, end: int) -> Span:
        return Span(self.words[start].span.start, self.words[end - 1].span.end)


_NOT_NOMINAL = frozenset(
    ["while", "whereas", "because", "although", "when", "where", "which", "who", "that", "if", "after", "before", "since", "and", "or", "but", "it", "he", "she", "they", "we", "i", "you", "be", "have", "do", "not"]
)


def _nominal(row: Sequence[Word]) -> bool:
    """Whether these words can be a name: they do not begin like a clause or a phrase of circumstance."""
    return (
        row[0].lemma not in PREPOSITIONS | _NOT_NOMINAL and row[-1].lemma not in PREPOSITIONS | _NOT_NOMINAL
    )


def group_term(text: str, world: World) -> Term | None:
    """A phrase about a group that stands by itself, as in a table of claims: "Arab parties to the Abraham Accords"."""
    folded = fold(text)
    line = read_line(text, folded, Span(0, len(text)), world=world, history=History(world.types), as_of=None)
    view = View(tuple(range(len(line.words))))
    for filler in line.fillers(view)(0, "{s}") if line.words else ():
        handle = filler.handle
        if isinstance(handle, Handle) and filler.end == len(line.words) and handle.terms[0].group is not None:
            return handle.terms[0]
    return None


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
    row = words(folded[span.start : span.end], offset=span.start)
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
    )
    candidates = tuple(
        replace(c, text=text[row[c.start].span.start : row[c.end - 1].span.end]) for c in candidates
    )
    return Line(text, span, row, candidates, dates, quantities, dated, world, history, as_of, alone)


def _inside(row: Sequence[Word], span: Span, offset: int) -> tuple[int, ...]:
    return tuple(
        i
        for i, w in enumerate(row)
        if w.span.start >= span.start + offset and w.span.end <= span.end + offset
    )
