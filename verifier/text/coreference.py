"""What "it", "the city" and a bare surname stand for, by what the text said before; unsure is unresolved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from verifier.model import Match, MatchKind, Term
from verifier.text.words import Word

__all__ = ["NOUN_KINDS", "History"]

_PERSON = frozenset(["he", "she", "him", "his", "hers"])
_THING = frozenset(["it", "its"])
_MANY = frozenset(["they", "them"])
_NOUNS = {
    "state": "state country nation republic kingdom emirate sultanate",
    "city": "city town capital village metropolis",
    "person": "politician leader minister president diplomat premier statesman man woman",
    "organisation": "organisation organization bloc alliance company",
    "treaty": "agreement accord deal treaty pact declaration",
    "territory": "territory",
    "region": "region",
}
NOUN_KINDS = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
"""The head noun of a description, and the type of thing that it can stand for."""
_PLACES = frozenset({"state", "city", "territory", "region"})


@dataclass(frozen=True, slots=True)
class _Seen:
    term: Term
    types: frozenset[str]
    sentence: int
    subject: bool


@dataclass(slots=True)
class History:
    """The things a text has named so far, in order; grows as the text is read."""

    types: Callable[[str], frozenset[str]]
    """The types of an entity, by its id."""
    seen: list[_Seen] = field(default_factory=list)
    sentence: int = 0
    objects: dict[str, Term] = field(default_factory=dict)
    """The last object that the text gave for a relation."""

    def note(self, term: Term, *, subject: bool) -> None:
        """Remember that the text named this."""
        if term.matches:
            self.seen.append(_Seen(term, self.types(term.matches[0].id), self.sentence, subject))

    def forget_sentence(self) -> None:
        """Read the sentence anew."""
        self.seen = [s for s in self.seen if s.sentence != self.sentence]

    def next_sentence(self) -> None:
        """The text goes on to the next sentence."""
        self.sentence += 1

    def pronoun(self, word: Word, *, before: int) -> Term | None:
        """What a pronoun stands for, of the things named before this place of the text."""
        low = word.text.casefold()
        if low in _PERSON or low == "her":
            return self._latest(word.text, before, lambda s: "person" in s.types)
        if low in _THING:
            actors = frozenset({"state", "organisation", "city", "territory"})
            return self._latest(
                word.text, before, lambda s: "person" not in s.types and bool(s.types & actors)
            )
        if low in _MANY:
            return self._latest(
                word.text,
                before,
                lambda s: s.term.text.endswith("s") and s.term.text != s.term.matches[0].label,
            )
        if low == "there":
            return self._latest(
                word.text, before, lambda s: "city" in s.types, subjects_first=False
            ) or self._latest(word.text, before, lambda s: bool(s.types & _PLACES), subjects_first=False)
        return None

    def description(
        self, head: str, text: str, before: int, fits: Callable[[str], bool] | None = None
    ) -> Term | None:
        """What "the tiny Balkan state" stands for; `fits` tells whether an entity is of its class."""
        kind = NOUN_KINDS.get(head)
        if kind is None:
            return None
        return self._latest(
            text, before, lambda s: kind in s.types and (fits is None or fits(s.term.matches[0].id))
        )

    def topic(self, types: frozenset[str], *, before: int) -> Term | None:
        """The thing of these types that the text speaks of."""
        return self._latest("", before, lambda s: bool(s.types & types))

    def short_name(self, text: str) -> Term | None:
        """What a part of a name stands for that the text gave in full before: a surname, a first word."""
        wanted = tuple(text.casefold().replace("-", " ").split())
        if not wanted:
            return None
        found = {}
        for seen in self.seen:
            full = tuple(seen.term.text.casefold().replace("-", " ").split())
            if len(full) > len(wanted) and full[-len(wanted) :] == wanted and "person" in seen.types:
                found[seen.term.matches[0].id] = seen.term
        return _by_context(next(iter(found.values())), text) if len(found) == 1 else None

    def _latest(
        self, text: str, before: int, fits: Callable[[_Seen], bool], *, subjects_first: bool = True
    ) -> Term | None:
        """The nearest fitting thing: in this sentence or the last that named one, subjects before others."""
        near = [
            s
            for s in self.seen
            if self.sentence - s.sentence <= 4
            and s.term.span is not None
            and s.term.span.end <= before
            and fits(s)
        ]
        if not near:
            return None
        latest = near[-1].sentence
        same = [s for s in near if s.sentence == latest]
        if subjects_first:
            subjects = [s for s in same if s.subject]
            chosen = subjects[0] if subjects else same[0]
        else:
            chosen = same[-1]
        return _by_context(chosen.term, text)


def _by_context(term: Term, text: str) -> Term:
    matches: Sequence[Match] = term.matches
    return Term(
        text,
        None,
        tuple(
            replace(match, kind=MatchKind.CONTEXT) for match in matches if match.score >= matches[0].score - 1
        ),
    )
