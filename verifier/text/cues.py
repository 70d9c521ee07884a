"""The words that a relation's phrasings are made of, in any order: which relations may these words mean?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from verifier.model import PeriodKind
from verifier.text.patterns import COUNTERPART, Pattern
from verifier.text.vocabulary import PREPOSITIONS

__all__ = ["Cues"]

_NO_CONTENT = PREPOSITIONS | {",", "a", "be", "and", "'s", "its", "as", "or", COUNTERPART}


@dataclass(slots=True)
class Cues:
    """The content words of each relation's phrasings; laid out when first asked for."""

    patterns: tuple[Pattern, ...]
    _phrases: dict[str, dict[frozenset[str], list[Pattern]]] = field(default_factory=dict)
    _by_length: dict[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    """The cues of each relation, the longest first."""
    _naming: dict[str, set[str]] = field(default_factory=dict)
    _words: dict[str, frozenset[str]] = field(default_factory=dict)

    def naming(self, words: Iterable[str]) -> set[str]:
        """The relations of which some phrasing has one of these words."""
        self._lay_out()
        return {relation for word in words for relation in self._naming.get(word, ())}

    def cue(self, relation: str, words: frozenset[str]) -> frozenset[str]:
        """The most of these words that make up a phrasing of the relation; empty if none do."""
        self._lay_out()
        return next((cue for cue in self._by_length.get(relation, ()) if cue <= words), frozenset())

    def words_of(self, relation: str) -> frozenset[str]:
        """Every content word of the relation's phrasings."""
        self._lay_out()
        return self._words.get(relation, frozenset())

    def period(self, relation: str, cue: frozenset[str]) -> PeriodKind | None:
        """What phrasings with this cue say of time, if they agree: "took office" is of a beginning."""
        self._lay_out()
        kinds = {pattern.period for pattern in self._phrases.get(relation, {}).get(cue, ())}
        return next(iter(kinds)) if len(kinds) == 1 else None

    def turned(self, relation: str, cue: frozenset[str], links: frozenset[str]) -> bool | None:
        """Whether phrasings with this cue and these prepositions name the object first; None if unclear."""
        self._lay_out()
        best: dict[bool, int] = {}
        for pattern in self._phrases.get(relation, {}).get(cue, ()):
            slots = [item for item in pattern.items if item in {"{s}", "{o}"}]
            if len(slots) == 2:
                own = {item for item in pattern.items if item in PREPOSITIONS or item == "'s"}
                order = slots[0] == "{o}"
                best[order] = max(best.get(order, -9), -len(own ^ links))
        if not best or (len(best) == 2 and best[True] == best[False]):
            return None
        return max(best, key=lambda order: best[order])

    def _lay_out(self) -> None:
        if self._words:
            return
        for pattern in self.patterns:
            cue = frozenset(item for item in pattern.items if item[0] != "{" and item not in _NO_CONTENT)
            if cue:
                self._phrases.setdefault(pattern.relation, {}).setdefault(cue, []).append(pattern)
                for word in cue:
                    self._naming.setdefault(word, set()).add(pattern.relation)
        for relation, phrases in self._phrases.items():
            self._by_length[relation] = tuple(sorted(phrases, key=len, reverse=True))
        self._words = {relation: frozenset().union(*phrases) for relation, phrases in self._phrases.items()}
