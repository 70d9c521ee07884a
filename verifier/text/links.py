"""What ties two names together where no phrasing fits word for word: the words beside them, and their kinds.

A clause that names two things says something of them in the words that are left. Every relation whose own
words are among those, and that the tables use of such things, is a reading; if any word is left over that
none of them explains, nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from verifier.model import Match
from verifier.relations import Catalogue, Relation, ValueKind
from verifier.text.ends import CLASSES, belong_together, one_thing
from verifier.text.fits import Fit, anchor_of
from verifier.text.lexicon import Filler, Found
from verifier.text.noun_phrases import Clause, is_class
from verifier.text.patterns import Pattern
from verifier.text.reading import Handle, Line
from verifier.text.signals import Signals, is_light
from verifier.text.slots import fillers
from verifier.text.vocabulary import ADJECTIVES, CARRIERS, PREPOSITIONS

__all__ = ["find_links"]

_BARE = PREPOSITIONS - {"than", "about", "against", "over", "without"}
"""Prepositions that may tie two things by themselves: "X is from Y"."""


_End = tuple[int, Handle, int]
"""Where in a clause a name begins, the name, and the position after it."""


@dataclass(frozen=True, slots=True)
class _Tie:
    """One relation that may hold between the two ends, and which end it is said of."""

    relation: str
    cue: frozenset[str]
    turned: bool


def find_links(clauses: Sequence[Clause], catalogue: Catalogue, fits: Sequence[Fit]) -> list[Fit]:
    """The fits of a sentence, with what else their words may mean, and what they leave unread."""
    found = list(fits)
    for clause in clauses:
        for link in _links(clause, catalogue):
            alike = next((n for n, fit in enumerate(found) if _same_ends(fit, link)), None)
            if alike is not None:
                fit = found[alike]
                known = {one.found.pattern.relation for one in (fit, *fit.others)}
                more = [one for one in (link, *link.others) if one.found.pattern.relation not in known]
                found[alike] = replace(fit, others=(*fit.others, *more))
            elif not any(fit.words & link.words and not fit.free for fit in found):
                found = [*(fit for fit in found if not fit.words & link.words), link]
    return found


def _same_ends(one: Fit, other: Fit) -> bool:
    """Whether a phrasing was found between the two names that a link ties, in the words of the link."""
    spans = [{(h.start, h.end) for slot, h in fit.slots} for fit in (one, other)]
    return spans[0] == spans[1] and set(one.literals) <= {*other.literals, *other.passed}


def _links(clause: Clause, catalogue: Catalogue) -> Iterator[Fit]:
    """The ties of a clause that names two things and no more, else of those that stand side by side in it."""
    ends = _ends(clause)
    if len(ends) == 2:
        inside = {p for start, _, stop in ends for p in range(start, stop)}
        rest = [p for p in range(len(clause.row)) if p not in inside]
        if (link := _link(clause, catalogue, ends, rest)) is not None:
            yield link
            return
    for pair in pairwise(ends):
        between = [*range(pair[0][2], pair[1][0]), *_counted(clause, pair[1])]
        link = _link(clause, catalogue, pair, between)
        if link is not None and not link.found.pattern.bare and _stands_alone(clause, link, catalogue):
            yield link


def _counted(clause: Clause, end: _End) -> range:
    """The positions after a figure that say what it counts: the people of "1.3 million people"."""
    if end[1].terms[0].value is None:
        return range(0)
    start = clause.view.indices[end[0]]
    hint = next((m.noun_hint for m, indices in clause.line.quantities if start in indices), "")
    return range(end[2], min(len(clause.row), end[2] + len(hint.split())))


def _stands_alone(clause: Clause, link: Fit, catalogue: Catalogue) -> bool:
    """Whether neither end belongs to something else beside the two."""
    relation = catalogue[link.found.pattern.relation]
    return belong_together(
        clause,
        link.found.pattern,
        link.slots,
        literals=link.literals,
        words=link.words,
        value=relation.value,
        object_types=relation.object_types,
    )


def _link(clause: Clause, catalogue: Catalogue, ends: Sequence[_End], rest: Sequence[int]) -> Fit | None:
    if one_thing([handle for _, handle, _ in ends]):
        return None
    words = frozenset(clause.row[p].lemma for p in rest if clause.row[p].is_word and not _is_empty(clause, p))
    if not words and not any(clause.row[p].lemma in _BARE for p in rest):
        return None
    found = [
        _fit(clause, tie, ends, rest) for tie in _ties(clause, catalogue, [h for _, h, _ in ends], words)
    ]
    return replace(found[0], others=tuple(found[1:])) if found else None


def _ends(clause: Clause) -> list[_End]:
    """The names, lists and figures of a clause from left to right, none inside another.

    What is written small and is a word of some phrasing is a name only where there are too few others.
    """
    found = [end for end in _names(clause) if not is_class(clause.line, end[1].terms[0])]
    vocabulary = clause.line.world.lexicon.vocabulary
    proper = [
        end
        for end in found
        if end[2] - end[0] > 1 or clause.row[end[0]].capital or clause.row[end[0]].lemma not in vocabulary
    ]
    return proper if len(proper) >= 2 else found


def _names(clause: Clause) -> Iterator[_End]:
    at = fillers(clause)
    position = 0
    while position < len(clause.row):
        whole = [f for f in at(position, "{s}") if _begins(clause, position, f)]
        longest = max(whole, key=lambda filler: filler.end, default=None)
        if longest is None or not isinstance(longest.handle, Handle):
            position += 1
            continue
        yield position, longest.handle, longest.end
        position = longest.end


def _begins(clause: Clause, position: int, filler: Filler) -> bool:
    handle = filler.handle
    return isinstance(handle, Handle) and handle.start == clause.view.indices[position]


def _is_empty(clause: Clause, position: int) -> bool:
    """Whether a word tells nothing; an adjective does unless it stands before what it belongs to."""
    word = clause.row[position]
    if word.lemma in ADJECTIVES and word.text.casefold().endswith("est"):
        return False
    if word.lemma in ADJECTIVES:
        after = clause.row[position + 1] if position + 1 < len(clause.row) else None
        return after is not None and after.is_word and after.lemma not in PREPOSITIONS
    return is_light(word) or word.lemma in PREPOSITIONS or word.text == "'s" or word.lemma in {"and", "that"}


# ------------------------------------------------------------------------------------------------- which ties


def _ties(clause: Clause, catalogue: Catalogue, ends: Sequence[Handle], words: frozenset[str]) -> list[_Tie]:
    """The relations that the words of a clause may mean between its two ends."""
    line = clause.line
    cues = line.world.lexicon.cues
    named = {relation: cue for relation in cues.naming(words) if (cue := cues.cue(relation, words))}
    links = frozenset(word.lemma for word in clause.row if word.lemma in PREPOSITIONS or word.text == "'s")
    used = _used(line, catalogue, ends)
    told = [name for name, cue in named.items() if words - cue <= cues.words_of(name) | CARRIERS]
    if line.world.closed and not set(told) & set(used):
        return _guessed(line, catalogue, ends, used, words, links)
    fitting = [
        _Tie(name, named[name], turned)
        for name in told
        if (orders := used.get(name))
        and (turned := _order(catalogue[name], orders, cues.turned(name, named[name], links))) is not None
    ]
    most = max((len(tie.cue) for tie in fitting), default=0)
    return [tie for tie in fitting if len(tie.cue) == most]


def _guessed(
    line: Line,
    catalogue: Catalogue,
    ends: Sequence[Handle],
    used: dict[str, frozenset[bool]],
    words: frozenset[str],
    links: frozenset[str],
) -> list[_Tie]:
    """What the words may mean if the tables are all there is: a relation that they use of both ends.

    A word of a relation that they use of one end only is of that relation, and tells nothing here.
    """
    cues = line.world.lexicon.cues
    words = words - CARRIERS
    near = {name: frozenset(words & cues.words_of(name)) for name in used}
    most = max(map(len, near.values()), default=0)
    if not most and any(cues.naming(words) & set(line.world.uses(m.id)[0]) for e in ends for m in _meant(e)):
        return []
    best = {name: cue for name, cue in near.items() if len(cue) == most}
    if not most and len(words) and len(best) > 1:
        return []
    return [
        _Tie(name, cue, turned)
        for name, cue in sorted(best.items())
        if (turned := _order(catalogue[name], used[name], cues.turned(name, cues.cue(name, words), links)))
        is not None
    ]


def _order(relation: Relation, orders: frozenset[bool], said: bool | None) -> bool | None:
    """Whether the second end is the subject; None if neither the kinds of the ends nor the words tell."""
    if len(orders) == 1:
        return next(iter(orders))
    if not orders or relation.symmetric:
        return False if orders else None
    return said


def _used(line: Line, catalogue: Catalogue, ends: Sequence[Handle]) -> dict[str, frozenset[bool]]:
    """The relations that the tables use of both ends, each with the orders that they allow."""
    found: dict[str, set[bool]] = {}
    first, second = ends
    for turned, subject, object in ((False, first, second), (True, second, first)):
        if any(term.value is not None or term.group is not None for term in subject.terms):
            continue
        for name in {r for match in _meant(subject) for r in line.world.uses(match.id)[0]}:
            relation = catalogue.get(name)
            if relation is not None and relation.role not in CLASSES and _is_value(line, relation, object):
                found.setdefault(name, set()).add(turned)
    return {name: frozenset(orders) for name, orders in found.items()}


def _is_value(line: Line, relation: Relation, object: Handle) -> bool:
    """Whether the tables have such a value in the relation: this thing, or a figure."""
    if any(term.value is not None for term in object.terms):
        return relation.value is ValueKind.QUANTITY
    return relation.value is not ValueKind.QUANTITY and all(
        any(relation.id in line.world.uses(match.id)[1] for match in term.matches) for term in object.terms
    )


def _meant(handle: Handle) -> list[Match]:
    return [m for term in handle.terms for m in term.matches if m.score >= term.matches[0].score - 1]


# ------------------------------------------------------------------------------------------------- as a fit


def _fit(clause: Clause, tie: _Tie, ends: Sequence[_End], rest: Sequence[int]) -> Fit:
    """A tie as if a phrasing had fitted: the cue's words are literals, the others were passed over."""
    indices = clause.view.indices
    said = [p for p in rest if clause.row[p].lemma in tie.cue]
    passed = [p for p in rest if clause.row[p].is_word and p not in said]
    first, last = ("{o}", "{s}") if tie.turned else ("{s}", "{o}")
    period = clause.line.world.lexicon.cues.period(tie.relation, tie.cue)
    pattern = Pattern(
        tie.relation, (first, *sorted(tie.cue), last), period=period, bare=not tie.cue, linked=True
    )
    subject, object = (ends[1], ends[0]) if tie.turned else (ends[0], ends[1])
    fillers = (
        ("{s}", Filler(subject[2], subject[1]), subject[0]),
        ("{o}", Filler(object[2], object[1]), object[0]),
    )
    signals = Signals.of([(p, clause.row[p]) for p in passed])
    literals = tuple(indices[p] for p in said if indices[p] >= 0)
    covered = [i for _, handle, _ in ends for i in range(handle.start, handle.end)]
    heads = tuple(handle.head for _, handle, _ in ends)
    return Fit(
        Found(pattern, tuple(said), fillers, signals),
        clause.view.verb,
        (("{s}", subject[1]), ("{o}", object[1])),
        literals,
        frozenset((*literals, *covered)),
        anchor_of(clause.line, literals or heads),
        tuple(indices[p] for p in passed if indices[p] >= 0),
    )
