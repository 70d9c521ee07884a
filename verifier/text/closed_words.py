"""Which words speak of which relation, where nobody listed its phrasings: by stem, and by kin.

"Assembled" is of `assembly`, "was born" of `birth place`. Kin are the families of English words that tell of
one thing and that no common stem joins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from verifier.text.cues import Cues
from verifier.text.vocabulary import CARRIERS, PREPOSITIONS
from verifier.text.words import lemma, word_set

__all__ = ["VAGUE", "Senses"]

_KIN = tuple(
    word_set(family)
    for family in (
        "birth born bear native",
        "death die dead decease",
        "spouse marry wife husband wed",
        "child son daughter father mother parent",
        "residence reside live home dwell",
        "nationality citizenship citizen national",
        "author writer write pen",
        "manufacturer manufacture make produce maker",
        "builder build building construct construction built assemble assembly",
        "designer design architect architecture",
        "founder found establish foundation founded set start inception begin create",
        "leader lead head president chief rule govern run",
        "network broadcast air show broadcaster channel screen",
        "starring star act cast actor feature appear play",
        "composer compose music song score opera symphony",
        "cinematography cinematographer photography film camera shoot shot photograph",
        "editor edit editing cut",
        "education educate study attend graduate student school college university alma degree",
        "employer employ work staff employee",
        "team club play player squad side",
        "manager manage coach managed",
        "successor succeed follow next after",
        "predecessor precede previous before",
        "language speak spoken tongue",
        "nickname alias known call dub aka name",
        "elevation elevate altitude high height above",
        "length long extent",
        "width wide beam broad",
        "runtime duration minute last run",
        "area size square",
        "population people inhabitant populate live",
        "number many total count",
        "owner own owning belong property",
        "operator operate run",
        "company firm corporation business",
        "subsidiary subsid branch daughter",
        "ingredient include contain use made make dish",
        "product produce make sell",
        "award win prize honour medal receive",
        "ground stadium play home",
        "occupation profession job work career",
        "crew member board fly mission",
        "discoverer discover find discovery",
        "genus family order class belong species",
        "religion faith believe",
        "party political politician",
        "office serve title position post",
        "launch start begin first open opening",
        "end last close retire retirement",
        "cost price budget",
        "revenue earn income gross sales",
        "river flow",
        "ethnic people group",
        "related relate similar relation like",
        "origin come originate from region",
        "established establish since exist",
        "part belong within member",
        "country nation state",
        "location locate place city site situate base find",
        "headquarter headquarters base seat office",
        "capital seat",
        "cross crosses span bridge crossing",
        "food feed eat diet prey hunt",
        "depend require need dependency requirement",
        "worship revere venerate deity god cult",
        "mine extract yield mineral",
        "commission order",
        "power engine motor drive propel",
    )
)
"""Families of words; a word may be in several."""
_EMPTY = PREPOSITIONS | word_set("name title label of the a in at by for number after before all")
_PLACED = word_set("in at on from near where")
_OF_PLACES = word_set("location country city region place state part locate district")
VAGUE = word_set("part member know call name number one form unit line branch other also add")
"""Words of labels that name a relation only together with others."""
_STEM = 5


@dataclass(slots=True)
class Senses:
    """The words of each relation; laid out as they are asked for."""

    cues: Cues
    _words: dict[str, frozenset[str]] = field(default_factory=dict)

    def words(self, relation: str, label: str) -> frozenset[str]:
        """The words that name a relation: those of its label, without what only says that it has a name."""
        found = self._words.get(relation)
        if found is None:
            own = frozenset(lemma(word) for word in label.split())
            found = self._words[relation] = (own - _EMPTY) or own
        return found

    def affinity(self, relation: str, label: str, said: Iterable[str]) -> float:
        """How much of what is said speaks of a relation: 0 if nothing does, 1 and more if its words do."""
        said = tuple(said)
        own = self.words(relation, label)
        exact = sum(any(_alike(word, other) for other in said) for word in own)
        kin = sum(any(_akin(word, other) for other in said) for word in own)
        told = self.cues.words_of(relation) - CARRIERS
        listed = sum(word in told for word in said)
        placed = 0.2 * (bool(own & _OF_PLACES) and any(word in _PLACED for word in said))
        return (exact + 0.6 * min(len(own), kin)) / len(own) + 0.5 * min(2, listed) + placed

    def names(self, relation: str, label: str, said: Iterable[str]) -> bool:
        """Whether every word of a relation's label is said, or all that one of its phrasings is made of."""
        said = tuple(said)
        if label.replace(" ", "") in said or label.replace(" ", "") in {word + "s" for word in said}:
            return True  # "youthclub" is of the "youth clubs"
        said += tuple(a + b for a, b in pairwise(said))  # "primeminister" is the "prime minister"
        if all(any(_alike(word, other) for other in said) for word in self.words(relation, label)):
            return True
        return bool(self.cues.cue(relation, frozenset(said)) - CARRIERS)

    def said_whole(self, relation: str, label: str, said: Sequence[str], *, alone: bool = False) -> bool:
        """Whether the words of a label are all said; with `alone`, and no other words that carry meaning."""
        own = self.words(relation, label)
        whole = all(any(_alike(word, other) for other in said) for word in own)
        return whole and (not alone or all(any(_alike(word, other) for word in own) for other in said))

    def like(self, relation: str, label: str, said: Iterable[str]) -> bool:
        """Whether every word of a relation's label is said, or one that tells of the same."""
        said = tuple(said)
        return all(
            any(_alike(word, other) or _akin(word, other) for other in said)
            for word in self.words(relation, label)
        )

    def like_one(self, relation: str, label: str, word: str) -> bool:
        """Whether one word tells of a relation."""
        own = self.words(relation, label) | self.cues.words_of(relation)
        return any(_alike(one, word) or _akin(one, word) for one in own)


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> bool:
    """Whether two words have one stem: "assembly" and "assemble", "creator" and "create"."""
    if one == other:
        return True
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    longest = max(len(one), len(other))
    return shared >= max(4, min(_STEM, len(one) - 1, len(other) - 1)) and (
        shared >= 0.6 * longest or (shared > _STEM and shared >= 0.5 * longest)  # "restoration", "restore"
    )


@lru_cache(maxsize=65536)
def _akin(one: str, other: str) -> bool:
    return any(one in family and other in family for family in _families())


@lru_cache(maxsize=1)
def _families() -> tuple[frozenset[str], ...]:
    """The families with the dictionary forms of their words."""
    return tuple(family | {lemma(word) for word in family} for family in _KIN)
