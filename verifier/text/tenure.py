"""In which office somebody followed somebody else: "X succeeded Y as president of Z"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verifier.model import Term
from verifier.relations import Catalogue, RelationRole
from verifier.text.fits import Fit, find_fits
from verifier.text.kinds import may_be
from verifier.text.noun_phrases import Clause
from verifier.text.reading import Handle, Line
from verifier.text.views import View, bracketed
from verifier.text.vocabulary import ADJECTIVES, DETERMINERS

__all__ = ["handovers", "with_office"]

_REACH = 6
"""Words that may stand between the names and "as president"."""


def handovers(line: Line, fits: list[Fit], catalogue: Catalogue) -> list[Fit]:
    """The fits, with those of one person after another whose words stand around "as president of X".

    "Y was succeeded as president of X by Z", "Y's successor as president of X was Z": that somebody held the
    office is then no claim of its own.
    """
    for at in range(1, len(line.words) - 3):
        if line.words[at].lemma != "as":
            continue
        named = list(_offices(line, at + 1, catalogue))
        if not named:
            continue
        stop, office, state = max(named, key=lambda one: (one[0], one[2] is not None))
        out = {*range(at, stop), *line.skip, *bracketed(line.words)}
        view = View(tuple(i for i in range(len(line.words)) if i not in out), flat=True)
        around = [
            fit
            for fit in find_fits(line, [Clause.of(line, view)], catalogue)
            if _is_handover(fit, catalogue) and min(fit.words) < at and max(fit.words) >= stop
        ]
        if around:
            inside = {*range(at, stop)}
            return [fit for fit in fits if not inside & {*fit.literals}] + [
                _in_office(line, fit, office, state, at=at, stop=stop) for fit in around
            ]
    return fits


def _is_handover(fit: Fit, catalogue: Catalogue) -> bool:
    return catalogue.has_role(fit.found.pattern.relation, RelationRole.FOLLOWS, RelationRole.FOLLOWED_BY)


def _in_office(line: Line, fit: Fit, office: str, state: Term | None, *, at: int, stop: int) -> Fit:
    """The fit with the office as a further slot, if it is known of which state it is."""
    owner = state or _owner(line, fit, office)
    words = fit.words | {*range(at, stop)}
    if owner is None:
        return replace(fit, words=words)
    slot = (f"{{{office}}}", Handle((owner,), at, stop, stop - 1))
    return replace(fit, slots=(*fit.slots, slot), words=words)


def with_office(line: Line, fit: Fit, catalogue: Catalogue) -> Fit:
    """A fit of one person after another with the office and the state in which that was, if they are said.

    The office is a further slot, named by its relation, and the state is what fills it.
    """
    names = {slot.strip("{}") for slot, _ in fit.slots}
    if not _is_handover(fit, catalogue) or any(name in catalogue for name in names):
        return fit
    last = max(fit.words)
    for at in range(last + 1, min(len(line.words), last + 1 + _REACH)):
        if line.words[at].lemma == "as":
            for stop, office, state in _offices(line, at + 1, catalogue):
                owner = state or _owner(line, fit, office)
                if owner is not None:
                    return _in_office(line, fit, office, owner, at=at, stop=stop)
        if line.words[at].text in {".", ";"}:
            break
    return fit


def _offices(line: Line, begin: int, catalogue: Catalogue) -> Iterator[tuple[int, str, Term | None]]:
    """The offices that the words from here name: where each ends, its relation, and the state if said."""
    row, nouns = line.words, line.world.lexicon.nouns
    state: Term | None = None
    at = begin
    while at < len(row) and at < begin + _REACH:
        for stop in range(min(len(row), at + 3), at, -1):
            for relation, inverse in nouns.get(tuple(word.lemma for word in row[at:stop]), ()):
                if not inverse and "person" in catalogue[relation].object_types:
                    after = _state_at(line, stop + 1) if stop < len(row) and row[stop].lemma == "of" else None
                    end = stop if after is None else after[0]
                    yield end, relation, state or (None if after is None else after[1])
        named = _state_at(line, at)
        if named is not None:
            at, state = named
        elif row[at].lemma in DETERMINERS | ADJECTIVES or row[at].text == "'s":
            at += 1
        else:
            return


def _state_at(line: Line, index: int) -> tuple[int, Term] | None:
    if index < len(line.words) and line.words[index].lemma in DETERMINERS:
        index += 1
    for candidate in line.starting(index):
        if may_be(line, candidate.matches[:2], {"state"}):
            return candidate.end, line.term(candidate)
    return None


def _owner(line: Line, fit: Fit, office: str) -> Term | None:
    """The state in which one of the two held the office, if that is one."""
    for _, handle in fit.slots:
        for match in handle.terms[0].matches[:1]:
            states = line.world.owners(office, match.id)
            if len(states) == 1:
                return Term(states[0].label, None, states)
    return None
