"""What a phrasing may pass over, and what the words that it passes over say: not, former, would, became."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from verifier.model import PeriodKind
from verifier.text.vocabulary import ADJECTIVES, AUXILIARIES, DETERMINERS, DOUBTS, FUTURE, MODALS, REPORTED
from verifier.text.words import Word, word_set

__all__ = ["NEGATIONS", "Signals", "is_light"]

_MODALS = MODALS | FUTURE
NEGATIONS = frozenset(["not", "never", "neither", "nor", "no", "hardly"])
_COPULAS = {
    "become": PeriodKind.BEGAN,
    "remain": PeriodKind.STILL,
    "serve": None,
    "act": None,
    "constitute": None,
    "represent": None,
}
_TAKES_OFFICE = word_set(
    """
    elect appoint name install inaugurate nominate swear choose pick make
    """
)
_FORMER = frozenset(["former", "formerly", "ex", "previously", "once", "erstwhile", "onetime"])
_ADVERBS = word_set(
    """
    also now still already later then again even just both all today together thereby too soon once yet
    indeed longer who which that long far away moreover however ever always often sometimes usually well
    """
)
_HEDGES = REPORTED | DOUBTS
_NO_ADVERBS = word_set(
    """
    family supply assembly monopoly anomaly butterfly lily belly jelly bully rally homily reply apply rely
    comply imply multiply
    nearly practically virtually effectively essentially
    """
)
"""Nouns and verbs that only end like adverbs, and the adverbs that say it was not quite so."""

_LIGHT = frozenset().union(
    DETERMINERS,
    AUXILIARIES,
    _MODALS,
    NEGATIONS,
    _COPULAS,
    _TAKES_OFFICE,
    _FORMER,
    _ADVERBS,
    ADJECTIVES,
)


def is_light(word: Word) -> bool:
    """True for a word that a phrasing may pass over."""
    if not word.is_word:
        return word.text in {",", "-", '"', "'"}
    low = word.lemma
    if low in ADJECTIVES and word.text.casefold().endswith("est"):
        return False  # "the newest member" is not just any
    return (
        low in _LIGHT
        or word.text == "used"
        or (word.text.endswith("ly") and len(low) > 4 and not word.capital and low not in _NO_ADVERBS)
    )


@dataclass(frozen=True, slots=True)
class Signals:
    """What the passed-over words say about the claim."""

    negations: int = 0
    former: bool = False
    period: PeriodKind | None = None
    modal: str = ""
    hedged: bool = False
    tokens: tuple[int, ...] = ()

    @staticmethod
    def of(skipped: Sequence[tuple[int, Word]]) -> Signals:
        """Read the signals off the words that were passed over."""
        if not skipped:
            return _NONE
        if _MEANT.isdisjoint([word.lemma for _, word in skipped]):
            return Signals(tokens=tuple([index for index, _ in skipped]))
        negations = sum(word.lemma in NEGATIONS for _, word in skipped)
        former = any(word.lemma in _FORMER for _, word in skipped) or any(
            one.text == "used" and other.lemma == "to" for (_, one), (_, other) in pairwise(skipped)
        )
        period = next((kind for _, word in skipped if (kind := _COPULAS.get(word.lemma)) is not None), None)
        if period is None and any(word.lemma in _TAKES_OFFICE for _, word in skipped):
            period = PeriodKind.BEGAN
        modal = next((word.lemma for _, word in skipped if word.lemma in _MODALS), "")
        hedged = any(word.lemma in _HEDGES for _, word in skipped)
        return Signals(negations, former, period, modal, hedged, tuple(index for index, _ in skipped))


_NONE = Signals()
_MEANT = _MODALS | NEGATIONS | _COPULAS.keys() | _TAKES_OFFICE | _FORMER | _HEDGES | {"to"}
"""Words that say something; what else is passed over says nothing. "to" may follow "used"."""
