"""Figures in the description of a place: "a country of 5 million people", "X (population 5 million)".

They are read as if the sentence said that the place has them, so that the phrasings of the catalogue tell
which relation each belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from verifier.model import Span, Term
from verifier.relations import Catalogue, RelationRole, ValueKind
from verifier.text.coreference import NOUN_KINDS, PLACES
from verifier.text.fits import Fit
from verifier.text.lexicon import Filler, Found
from verifier.text.noun_phrases import Clause, is_class
from verifier.text.parse import Parse
from verifier.text.quantities import QuantityMention
from verifier.text.reading import Handle, Line
from verifier.text.slots import fillers
from verifier.text.views import View, bracketed, measured, subject_of
from verifier.text.vocabulary import DETERMINERS, PREPOSITIONS
from verifier.text.words import Word, words

__all__ = ["find_descriptions"]

_DESCRIBED = frozenset(noun for noun, kind in NOUN_KINDS.items() if kind in PLACES) | {"island", "land"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FRONTED = _SUBJECTS | {"dep", "npadvmod", "advcl"}
"""How a description hangs that stands before its subject: "A land of 5 million people, X is"."""
_HAVING = frozenset(["have", "count", "number", "cover"])
_PEOPLE = "people"
_FEW = 100
"""Of fewer, a number without a noun does not count people: "a federation of seven"."""


def find_descriptions(line: Line, fits: Sequence[Fit], catalogue: Catalogue) -> Iterator[Fit]:
    """What a sentence says by the figures in its descriptions that no phrasing read."""
    tree = line.tree
    if tree is None or line.world.closed:
        return
    read = {i for fit in fits for i in fit.words}
    clause = Clause.of(line, View(tuple(range(len(line.words)))))
    yield from _kinds(clause, tree, catalogue)
    for mention, indices in line.quantities:
        if not indices or read & {*indices} or mention.of is not None:
            continue
        head = _noun(line, tree, mention, indices)
        place = _place(clause, tree, mention, indices, head)
        if place is not None:
            fit = _as_fit(line, mention, indices, place, catalogue)
            if fit is not None:
                yield fit


def _kinds(clause: Clause, tree: Parse, catalogue: Catalogue) -> Iterator[Fit]:
    """ "Landlocked X borders Y": the kind that is told by an adjective before the name of a place."""
    line = clause.line
    root = next(i for i in range(len(line.words)) if tree.heads[i] == i)
    if tree.fine[root] == "VBD":
        return  # what it was then
    for kind in line.candidates:
        at = kind.start
        before = line.words[at - 1] if at else None
        alone = before is None or not before.is_word or before.lemma in DETERMINERS | PREPOSITIONS
        told = tree.deps[at] in {"amod", "compound"} and alone and kind.end == at + 1
        if not told or not is_class(line, line.term(kind)) or line.words[at].lemma in NOUN_KINDS:
            continue
        last = next((c.end - 1 for c in line.starting(at + 1) if c.known and tree.heads[at] == c.end - 1), -1)
        place = _named(clause, last) if last > 0 else None
        if place is None or place.start != at + 1:
            continue
        row = (Word("X", "x", Span(0, 0), True), *words("is"), Word("Y", "y", Span(0, 0), False))
        thing = Handle((line.term(kind),), at, at + 1, at)
        for found in line.world.lexicon.find(row, _seated({0: place, 2: thing})):
            if catalogue.has_role(found.pattern.relation, RelationRole.KIND):
                slots = tuple((s, f.handle) for s, f, _ in found.fillers if isinstance(f.handle, Handle))
                taken = frozenset(range(at, place.end))
                yield Fit(found, -1, slots, (), taken, at, ())
                break


def _noun(line: Line, tree: Parse, mention: QuantityMention, indices: Sequence[int]) -> int:
    """The word on which a figure hangs in its sentence: its noun, or its unit."""
    end = indices[-1] + 1 + len(mention.noun_hint.split())
    return tree.root_of(indices[0], min(end, len(line.words)))


def _place(
    clause: Clause, tree: Parse, mention: QuantityMention, indices: Sequence[int], head: int
) -> Handle | None:
    """The place in whose description a figure stands."""
    line = clause.line
    inside = bracketed(line.words)
    if indices[0] in inside:
        opened = next(i for i in range(indices[0], -1, -1) if line.words[i].text in {"(", "["})
        return _named(clause, opened - 1)
    at, told = head, False
    for _ in range(8):
        above, dep = tree.heads[at], tree.deps[at]
        if dep == "pobj" and line.words[above].lemma in {"of", "with"}:
            at, told = measured(line.words, tree, tree.heads[above]), True
            if tree.is_verb(at):
                with_it = line.words[above].lemma == "with" and line.words[at].lemma == "be"
                return _subject(clause, tree, at) if with_it else None
            if tree.tags[at] == "PROPN":
                return _named(clause, at) if line.words[above].lemma == "with" else None
            if line.words[at].lemma not in _DESCRIBED and tree.fine[at] != "JJS":
                return None
            if line.words[above].lemma == "of" and (known := _named(clause, at)) is not None:
                return known
        elif dep == "appos" and mention.quantity.unit and at == head and not told:
            return _named(clause, above)
        elif dep == "conj" and tree.tags[above] in {"NOUN", "PROPN"} and not told:
            if not any(above == i or tree.heads[i] == above for _, row in line.quantities for i in row):
                return None
            at = above
        elif dep == "dobj" and line.words[above].lemma in _HAVING and at != head:
            return _subject(clause, tree, above)
        elif not told:
            return None
        elif dep == "appos" and (named := _named(clause, above)) is not None:
            return named
        elif dep == "appos" and tree.tags[above] == "NOUN":
            at = above
        elif (dep == "attr" and line.words[above].lemma == "be") or (
            dep in _FRONTED
            and tree.is_verb(above)
            and at < above
            and at not in subject_of(line.words, tree, above)
        ):
            return _subject(clause, tree, above)
        else:
            return None
    return None


def _subject(clause: Clause, tree: Parse, verb: int) -> Handle | None:
    row = [i for i in subject_of(clause.line.words, tree, verb) if clause.line.words[i].is_word]
    if any(clause.line.words[c].lemma == "not" for c in tree.children[verb]):
        return None
    return _named(clause, row[-1]) if row else None


def _named(clause: Clause, last: int) -> Handle | None:
    """The one known place whose name, pronoun or description ends with this word."""
    at = fillers(clause)
    for begin in range(last, max(-1, last - 6), -1):
        for filler in at(begin, "{s}"):
            handle = filler.handle
            if not isinstance(handle, Handle) or handle.end != last + 1 or len(handle.terms) != 1:
                continue
            if clause.line.is_part(handle.start, handle.end):
                continue  # "Guinea" in "Equatorial Guinea"
            matches = handle.terms[0].matches
            if matches and clause.line.world.types(matches[0].id) & PLACES:
                return handle
    return None


def _as_fit(
    line: Line, mention: QuantityMention, indices: Sequence[int], place: Handle, catalogue: Catalogue
) -> Fit | None:
    """The fit of "PLACE has FIGURE", "PLACE covers FIGURE" or, in brackets, "PLACE's noun is FIGURE"."""
    start, stop = indices[0], indices[-1] + 1
    after = range(stop, min(len(line.words), stop + len(mention.noun_hint.split())))
    nouns = [*after]
    before: list[int] = []
    if line.words[start - 1].text == ":" and start > 1:
        start -= 1
    while start > 0 and line.words[start - 1].is_word and start - 1 in bracketed(line.words):
        start -= 1
        before.insert(0, start)
    term = Term(line.slice(indices[0], stop), line.span_of(indices[0], stop), value=mention.quantity)
    figure = Handle((term,), indices[0], stop, stop - 1)
    for told in (
        ((*words("'s"), *(line.words[i] for i in before)),) if before else (words("has"), words("covers"))
    ):
        if not (nouns or before or mention.quantity.unit) and mention.quantity.amount < _FEW:
            continue
        tail = [line.words[i] for i in nouns] or (
            [] if before or mention.quantity.unit else [*words(_PEOPLE)]
        )
        row = (Word("X", "x", Span(0, 0), True), *told, Word("0", "0", Span(0, 0), True), *tail)
        seats = {0: place, 1 + len(told): figure}
        real = {1 + n: i for n, i in enumerate((-1, *before) if before else (-1,))}
        real |= {2 + len(told) + n: i for n, i in enumerate(nouns)}
        for found in line.world.lexicon.find(row, _seated(seats)):
            fit = _fit(line, found, real, catalogue)
            if fit is not None:
                return fit
    return None


def _seated(seats: Mapping[int, Handle]) -> Callable[[int, str], Sequence[Filler]]:
    """What stands at each place of such a row."""
    return lambda place, _: [Filler(place + 1, seats[place])] if place in seats else []


def _fit(line: Line, found: Found, real: dict[int, int], catalogue: Catalogue) -> Fit | None:
    relation = catalogue[found.pattern.relation]
    slots = tuple((slot, f.handle) for slot, f, _ in found.fillers if isinstance(f.handle, Handle))
    ends = dict(slots)
    if relation.value is not ValueKind.QUANTITY or {"{s}", "{o}"} - {*ends}:
        return None
    value = ends["{o}"].terms[0].value
    if value is None or ends["{s}"].terms[0].value is not None:
        return None
    if bool(getattr(value, "unit", "")) is not bool(relation.unit):
        return None
    literals = tuple(real[p] for p in found.literals if real.get(p, -1) >= 0)
    covered = [i for _, h in slots for i in range(h.start, h.end)]
    anchor = ends["{o}"].head if not literals else literals[0]
    return Fit(found, -1, slots, literals, frozenset((*literals, *covered)), anchor, ())
