"""How a stated value stands to the claimed one: the same, inside it, another thing, or in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from verifier.evidence import Evidence, affirms
from verifier.model import (
    Date,
    EntityValue,
    Match,
    MatchKind,
    Quantity,
    Term,
    TextValue,
    UnknownValue,
    Value,
)
from verifier.name_score import score
from verifier.relations import Relation, RelationRole
from verifier.values import Comparison, compare_dates, compare_quantities, compare_texts

__all__ = [
    "FUZZY_MARGIN",
    "FUZZY_SCORE",
    "Agreement",
    "End",
    "agreement",
    "is_sure",
    "may_share",
    "place_contains",
    "too_like",
]

FUZZY_SCORE = 85.0
"""A fuzzy link below this proves nothing. The name index gives more to one wrong letter in eight or two in
fifteen, and at most 84 to a name that has a word more or less."""
FUZZY_MARGIN = 5.0
"""... and the best link must beat the next thing by this: less than one letter of a name of common length."""

_PLACE_STEPS = 6

_TOO_LIKE = 80.0
"""Names that share all words of the shorter one (83 to 84) may be two names of one thing ..."""
_SAME_NAME = 95.0
"""... unless the claim gives a thing's very label: then only the same name, but for brackets, is too like."""


class Agreement(Enum):
    """How a stated value stands to the claimed end."""

    SAME = "same"
    INSIDE = "inside"
    """It is another value, and entails the claimed one: a city of the claimed country."""
    OTHER = "other"
    """It is another value."""
    UNSURE = "unsure"
    """It may be the same: a namesake, a wider place, a value that the source does not name."""


_FROM = {
    Comparison.AGREES: Agreement.SAME,
    Comparison.DIFFERS: Agreement.OTHER,
    Comparison.INCOMPARABLE: Agreement.UNSURE,
}


@dataclass(frozen=True, slots=True)
class End:
    """One end of a claim as one reading takes it: a thing, a value, or words that no table knows."""

    term: Term
    match: Match | None = None
    value: Value | None = None

    @property
    def id(self) -> str | None:
        """The thing's id, if it is one."""
        return (
            self.match.id
            if self.match is not None
            else self.value.id
            if isinstance(self.value, EntityValue)
            else None
        )

    @property
    def unresolved(self) -> bool:
        """True if it is only words."""
        return self.match is None and self.value is None


def is_sure(match: Match) -> bool:
    """Whether a verdict may rest on this link: by name, by context, or close and ahead of the next."""
    if match.kind is not MatchKind.FUZZY:
        return True
    return match.score >= FUZZY_SCORE and match.score - match.runner_up >= FUZZY_MARGIN


def agreement(
    value: Value, end: End, relation: Relation, evidence: Evidence, *, near: bool = True
) -> Agreement:
    """Compare a stated value with the claimed end; without `near`, another thing is another thing at once."""
    if isinstance(value, UnknownValue):
        return Agreement.SAME if end.value == value else Agreement.UNSURE
    if isinstance(end.value, UnknownValue):
        return Agreement.SAME  # that there is a value at all
    if not near and end.id is not None and isinstance(value, EntityValue):
        return Agreement.SAME if value.id == end.id else Agreement.OTHER
    if end.id is not None:
        return _with_thing(value, end, end.id, relation, evidence)
    claimed = end.value if end.value is not None else TextValue(end.term.text)
    if isinstance(claimed, Date) and isinstance(value, Date):
        return _FROM[compare_dates(claimed, value)]
    if isinstance(claimed, Quantity) and isinstance(value, Quantity):
        return _FROM[compare_quantities(claimed, value)]
    if isinstance(claimed, TextValue):
        return _with_text(value, claimed.text, evidence)
    return Agreement.UNSURE


def _with_thing(value: Value, end: End, claimed: str, relation: Relation, evidence: Evidence) -> Agreement:
    if isinstance(value, EntityValue):
        if value.id == claimed:
            return Agreement.SAME
        if relation.value_within and place_contains(claimed, value.id, evidence, stated_end=False):
            return Agreement.INSIDE
        if place_contains(claimed, value.id, evidence) or place_contains(value.id, claimed, evidence):
            return Agreement.UNSURE
        if relation.value_within and not _of_one_kind(value.id, claimed, evidence):
            return Agreement.UNSURE
        return Agreement.UNSURE if too_like(end, value.id, evidence) else Agreement.OTHER
    if isinstance(value, TextValue):
        texts = (end.term.text, end.match.label if end.match is not None else claimed)
        if any(compare_texts(text, value.text) is Comparison.AGREES for text in texts):
            return Agreement.SAME
    return Agreement.UNSURE


def _with_text(value: Value, claimed: str, evidence: Evidence) -> Agreement:
    if isinstance(value, TextValue):
        found = _FROM[compare_texts(claimed, value.text)]
        return (
            Agreement.UNSURE
            if found is Agreement.OTHER and score(claimed, value.text)[0] >= _TOO_LIKE
            else found
        )
    if not isinstance(value, EntityValue):
        return Agreement.UNSURE
    best = max((score(claimed, name)[0] for name in _names(value.id, evidence)), default=0.0)
    return (
        Agreement.SAME if best >= _SAME_NAME else Agreement.UNSURE if best >= _TOO_LIKE else Agreement.OTHER
    )


def _names(id: str, evidence: Evidence) -> tuple[str, ...]:
    entity = evidence.entity(id)
    return (id,) if entity is None else (entity.label, *entity.aliases)


def too_like(end: End, stated: str, evidence: Evidence) -> bool:
    """Whether the claim's words could be a name of the stated thing after all."""
    by_label = (
        end.match is not None and end.match.kind is MatchKind.EXACT and end.match.alias == end.match.label
    )
    limit = _SAME_NAME if by_label else _TOO_LIKE
    # "Springfield" is the name of "Springfield, Illinois": what follows a comma only tells apart.
    names = (variant for name in _names(stated, evidence) for variant in {name, name.partition(",")[0]})
    return any(score(end.term.text, name)[0] >= limit for name in names)


def _of_one_kind(stated: str, claimed: str, evidence: Evidence) -> bool:
    """Whether two places can exclude each other: a city excludes another city, and a country only if its own
    is known.

    Where nobody says what kind of place one of them is, they are taken to be of one kind.
    """
    ours, theirs = evidence.types(claimed), evidence.types(stated)
    if not ours or not theirs or ours & theirs:
        return True
    return any(ours & evidence.types(place) for place in _around(stated, evidence)) or any(
        theirs & evidence.types(place) for place in _around(claimed, evidence)
    )


def place_contains(wider: str, narrower: str, evidence: Evidence, *, stated_end: bool = True) -> bool:
    """Whether `wider` is reached from `narrower` by walking from place to what it lies in.

    With `stated_end=False` only statements that nobody says have ended count.
    """
    return any(place == wider for place in _around(narrower, evidence, stated_end=stated_end))


def may_share(one: str, other: str, country: str, evidence: Evidence) -> bool:
    """Whether nothing puts two places apart: that both lie in places, and in no common one but a country."""
    around = [
        {place for place in _around(id, evidence) if not evidence.statements_about(country, place)}
        for id in (one, other)
    ]
    return not all(around) or bool(around[0] & around[1])


def _around(narrower: str, evidence: Evidence, *, stated_end: bool = True) -> Iterator[str]:
    """The places that a place lies in, nearest first, in at most `_PLACE_STEPS` steps."""
    relations = evidence.playing(RelationRole.PLACE)
    reached, frontier = {narrower}, [narrower]
    for _ in range(_PLACE_STEPS):
        following = []
        for place in frontier:
            for relation in relations:
                for statement in evidence.statements(place, relation):
                    value = statement.value
                    if not affirms(statement) or not isinstance(value, EntityValue):
                        continue
                    if statement.end is not None and not stated_end:
                        continue
                    if value.id not in reached:
                        reached.add(value.id)
                        following.append(value.id)
                        yield value.id
        frontier = following
