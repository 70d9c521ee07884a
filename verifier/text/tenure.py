"""In which office somebody followed somebody else: "X succeeded Y as president of Z"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verifier.model import Term
from verifier.relations import Catalogue, RelationRole
from verifier.text.fits import Fit
from verifier.text.kinds import may_be
from verifier.text.reading import Handle, Line
from verifier.text.vocabulary import ADJECTIVES, DETERMINERS

__all__ = ["with_office"]

_REACH = 6
"""Words that may stand between the names and "as president"."""


def with_office(line: Line, fit: Fit, catalogue: Catalogue) -> Fit:
    """A fit of one person after another with the office and the state in which that was, if they are said.

    The office is a further slot, named by its relation, and the state is what fills it.
    """
    if not catalogue.has_role(fit.found.pattern.relation, RelationRole.FOLLOWS, RelationRole.FOLLOWED_BY):
        return fit
    last = max(fit.words)
    for at in range(last + 1, min(len(line.words), last + 1 + _REACH)):
        if line.words[at].lemma == "as":
            for stop, office, state in _offices(line, at + 1, catalogue):
                owner = state or _owner(line, fit, office)
                if owner is not None:
                    slot = (f"{{{office}}}", Handle((owner,), at, stop, stop - 1))
                    return replace(fit, slots=(*fit.slots, slot), words=fit.words | {*range(at, stop)})
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
