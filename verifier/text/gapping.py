"""Clauses that leave unsaid what the one before them said: "A joined in 2004, B in 2007 and C in 2013".

What is left of such a clause is set beside the ends of the first: a name of the same kind takes the place of
one of them, and a date or a second end must follow, so that a mere list is never taken for clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from verifier.text.fits import Fit
from verifier.text.noun_phrases import Clause
from verifier.text.reading import Handle, Line
from verifier.text.slots import fillers
from verifier.text.views import View
from verifier.text.vocabulary import PREPOSITIONS

__all__ = ["with_gaps"]

_STOPS = frozenset([",", ";", ":"])
_JOINTS = frozenset(["and", "while", "but", "whereas"])
_LEADS = frozenset(["the", "a"])
_MAX = 12
"""Clauses that may follow one another."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is left of a clause: what takes the place of which end, and the words that it takes."""

    places: Mapping[str, Handle]
    start: int
    stop: int
    dated: bool


def with_gaps(line: Line, fits: Sequence[Fit]) -> list[Fit]:
    """The fits of a sentence, with those of the clauses that leave their words unsaid."""
    if line.tree is None or line.world.closed:
        return list(fits)
    clause = Clause.of(line, View(tuple(range(len(line.words)))))
    taken = {i for fit in fits for i in fit.literals}
    found: list[Fit] = []
    for fit in fits:
        rests = [] if fit.free or fit.found.signals.negations else list(_rests(clause, fit, taken))
        if not rests:
            found.append(fit)
            continue
        found.append(_replaced(fit, {}, until=rests[0].start))
        found.extend(
            _replaced(fit, rest.places, own=range(rest.start, rest.stop) if rest.dated else None)
            for rest in rests
        )
    return found


def _rests(clause: Clause, fit: Fit, taken: set[int]) -> Iterator[_Rest]:
    """The clauses after a fit that share its words, as far as one follows the other."""
    line = clause.line
    ends = sorted(((s, h) for s, h in fit.slots if h.start >= 0), key=lambda end: end[1].start)
    if not ends or max(fit.words) < min(fit.literals, default=len(line.words)):
        return
    first = ends[0][1]
    at = _past_dates(line, max(fit.words) + 1)
    dates = sum(bool(i) and min(fit.words) <= i[0] < at for _, i in line.dates)
    for _ in range(_MAX):
        begin = _past_joint(line, at)
        if begin is None:
            return
        rest = _rest(clause, fit, ends, begin)
        if rest is None or taken & {*range(rest.start, rest.stop)}:
            return
        if not rest.dated and dates:
            return  # when that was is not told
        if line.words[at].text == ":" and first.end - first.start == 0:
            return
        yield rest
        at = rest.stop


def _past_dates(line: Line, at: int) -> int:
    """The first word after the dates that begin here."""
    for _, indices in line.dates:
        if indices and indices[0] == at:
            return _past_dates(line, max(i for i in indices if line.words[i].is_word) + 1)
    return at


def _past_joint(line: Line, at: int) -> int | None:
    """Where the next clause begins, after a comma, "and" or both; None if there is none."""
    begin = at
    if begin < len(line.words) and line.words[begin].text in _STOPS:
        begin += 1
    if begin < len(line.words) and line.words[begin].lemma in _JOINTS:
        begin += 1
    return begin if at < begin < len(line.words) else None


def _rest(clause: Clause, fit: Fit, ends: Sequence[tuple[str, Handle]], begin: int) -> _Rest | None:
    """What is left of a clause that begins here, if it is a name and a date, or both ends."""
    line, at = clause.line, fillers(clause)
    named = [(f.end, f.handle) for f in at(begin, "{s}") if isinstance(f.handle, Handle)]
    for end, handle in sorted(named, key=lambda n: -n[0]):
        if not all(t.matches or t.value is not None for t in handle.terms):
            continue
        alike = [slot for slot, other in ends if _alike(line, handle, other)]
        after = _past_dates(line, end)
        if after == end:
            after = _past_aside(line, end)
        if after > end and len(alike) == 1 and _ends(line, after):
            return _Rest({alike[0]: handle}, begin, after, True)
        if len(ends) > 1 and ends[0][0] in alike:
            second = _second(clause, fit, ends[-1], after)
            if second is not None:
                stop = _past_dates(line, second.end)
                if _ends(line, stop):
                    places = {ends[0][0]: handle, ends[-1][0]: second}
                    return _Rest(places, begin, stop, after > end or stop > second.end)
    return None


def _past_aside(line: Line, end: int) -> int:
    """The first word after a name with an aside between two commas and a date: "X, the latest, in 2004"."""
    if end >= len(line.words) or line.words[end].text != ",":
        return end
    closed = next((i for i in range(end + 1, len(line.words)) if line.words[i].text in _STOPS), None)
    if closed is None or line.words[closed].text != "," or line.words[end + 1].lemma not in _LEADS:
        return end
    inner = range(end + 1, closed)
    if any(line.words[i].capital for i in inner) or line.tree is None or any(map(line.tree.is_verb, inner)):
        return end
    after = _past_dates(line, closed + 1)
    return after if after > closed + 1 else end


def _second(clause: Clause, fit: Fit, end: tuple[str, Handle], begin: int) -> Handle | None:
    """The second end of a clause, behind the preposition that stands before that end in the first."""
    line, (slot, model) = clause.line, end
    before = next((line.words[i].lemma for i in range(model.start - 1, -1, -1) if not _leads(line, i)), "")
    if before in PREPOSITIONS:
        if begin >= len(line.words) or line.words[begin].lemma != before:
            return None
        begin += 1
    if begin >= len(line.words):
        return None
    for filler in sorted(fillers(clause)(begin, slot), key=lambda f: -f.end):
        handle = filler.handle
        if isinstance(handle, Handle) and _alike(line, handle, model):
            return handle
    return None


def _leads(line: Line, index: int) -> bool:
    """Whether a word only begins the noun phrase of a name."""
    return line.words[index].lemma in _LEADS


def _ends(line: Line, at: int) -> bool:
    """Whether a clause is over here: no verb of its own follows."""
    if at >= len(line.words):
        return True
    word = line.words[at]
    return word.text in {".", ",", ";", "!", ")"} or (word.lemma in _JOINTS and word.text.islower())


def _alike(line: Line, one: Handle, other: Handle) -> bool:
    """Whether two ends are of one kind: figures of one unit, or things that share a type."""
    values = [{type(t.value) for t in handle.terms} for handle in (one, other)]
    if values[0] != values[1]:
        return False
    first, second = one.terms[-1], other.terms[-1]
    if first.value is not None:
        return getattr(first.value, "unit", None) == getattr(second.value, "unit", None)
    kinds = [
        {
            kind
            for m in term.matches
            if m.score >= term.matches[0].score - 1
            for kind in line.world.types(m.id)
        }
        for term in (first, second)
    ]
    return bool(kinds[0] & kinds[1])


def _replaced(fit: Fit, places: Mapping[str, Handle], *, own: range | None = None, until: int = -1) -> Fit:
    """A fit with other ends; the relations that its words may also mean keep the same ends."""
    old = {(h.start, h.end): places[s] for s, h in fit.slots if s in places}
    slots = tuple((s, old.get((h.start, h.end), h)) for s, h in fit.slots)
    others = tuple(
        replace(other, slots=tuple((s, old.get((h.start, h.end), h)) for s, h in other.slots))
        for other in fit.others
    )
    covered = {i for _, h in slots if h.start >= 0 for i in range(h.start, h.end)}
    return replace(
        fit, slots=slots, others=others, words=frozenset({*fit.literals, *covered}), own=own, until=until
    )
