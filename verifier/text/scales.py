"""Words that compare: "larger", "most populous", "second oldest", "three times as", "half the size of".

An adjective goes by the relations that the catalogue lists it under (`more`, `less`); one that is listed
nowhere ("richer", "stronger") compares nothing that could be looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from verifier.model import Bound, Quantity
from verifier.relations import Catalogue
from verifier.text.numerals import CARDINALS, ORDINALS
from verifier.text.words import Word, lemma

__all__ = [
    "MAGNITUDES",
    "Scale",
    "comparative",
    "factor_at",
    "plain_scale",
    "rank_at",
    "superlative",
]

MAGNITUDES = {
    **dict.fromkeys(("large", "big", "great", "high", "much", "many"), True),
    **dict.fromkeys(("small", "little", "low", "few"), False),
}
"""What a noun of a figure can be called: "a larger area", "a lower rate"; True for more of it."""
_MULTIPLES = {"twice": 2, "double": 2, "thrice": 3, "triple": 3}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_BOUNDS: dict[tuple[str, ...], Bound] = {
    ("more", "than"): Bound.MORE_THAN,
    ("over",): Bound.MORE_THAN,
    ("less", "than"): Bound.LESS_THAN,
    ("under",): Bound.LESS_THAN,
    ("at", "least"): Bound.AT_LEAST,
    ("at", "most"): Bound.AT_MOST,
    ("about",): Bound.ABOUT,
    ("around",): Bound.ABOUT,
    ("roughly",): Bound.ABOUT,
    ("approximately",): Bound.ABOUT,
    ("some",): Bound.ABOUT,
    ("nearly",): Bound.ALMOST,
    ("almost",): Bound.ALMOST,
    ("exactly",): Bound.EXACT,
}
_IRREGULAR = {"further": "far", "farther": "far", "older": "old", "elder": "old", "eldest": "old"}
_MOST_WORDS = 3
"""The longest adjective that a catalogue may list ("densely populated")."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An adjective: where it ends, and by which relations it goes, with True for more."""

    end: int
    relations: tuple[tuple[str, bool], ...]
    magnitude: bool | None = None
    """For "larger", "lower" and the like: which way it goes with a noun."""

    def turned(self) -> Scale:
        """The other way: "less populous"."""
        back = None if self.magnitude is None else not self.magnitude
        return Scale(self.end, tuple((id, not more) for id, more in self.relations), back)


def plain_scale(words: Sequence[Word], at: int, catalogue: Catalogue) -> Scale | None:
    """The adjective that begins here, in its basic form."""
    for end in range(min(at + _MOST_WORDS, len(words)), at, -1):
        spelled = " ".join(word.text.casefold() for word in words[at:end])
        found = _named(spelled, end, catalogue)
        if found is not None:
            return found
    return None


def _named(adjective: str, end: int, catalogue: Catalogue) -> Scale | None:
    relations = catalogue.scales.get(adjective, ())
    magnitude = MAGNITUDES.get(adjective)
    return Scale(end, relations, magnitude) if relations or magnitude is not None else None


def comparative(words: Sequence[Word], at: int, catalogue: Catalogue) -> Scale | None:
    """ "larger", "more populous", "less densely populated"; "more" and "fewer" by themselves are of nouns."""
    return _graded(words, at, catalogue, ending="er", by=("more", "less"))


def superlative(words: Sequence[Word], at: int, catalogue: Catalogue) -> Scale | None:
    """ "largest", "most populous", "least densely populated"."""
    return _graded(words, at, catalogue, ending="est", by=("most", "least"))


def _graded(
    words: Sequence[Word], at: int, catalogue: Catalogue, *, ending: str, by: tuple[str, str]
) -> Scale | None:
    if at >= len(words):
        return None
    low = words[at].text.casefold()
    if low in by:
        found = plain_scale(words, at + 1, catalogue)
        return found if found is None or low == by[0] else found.turned()
    if not low.endswith(ending) and low not in _IRREGULAR:
        return None
    for stem in _stems(low, ending):
        found = _named(stem, at + 1, catalogue)
        if found is not None:
            return found
    return None


def _stems(low: str, ending: str) -> tuple[str, ...]:
    """What an adjective in -er or -est may be the form of."""
    short = low.removesuffix(ending)
    doubled = short[:-1] if len(short) > 2 and short[-1] == short[-2] else short
    soft = f"{short[:-1]}y" if short.endswith("i") else short
    return tuple(dict.fromkeys((_IRREGULAR.get(low, lemma(low)), short, f"{short}e", doubled, soft)))


def rank_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The place that an ordinal gives, and the position after it: "second", "11th"."""
    if at >= len(words):
        return None
    low = words[at].text.casefold()
    if low in ORDINALS:
        return at + 1, ORDINALS[low]
    digits = low.rstrip("stndrh")
    if digits.isdecimal() and low != digits:
        return at + 1, int(digits)
    if low.isdecimal() and at + 1 < len(words) and words[at + 1].text.casefold() in {"st", "nd", "rd", "th"}:
        return at + 2, int(low)
    return None


def factor_at(words: Sequence[Word], at: int) -> tuple[int, Quantity] | None:
    """How many times, with what hedges it, and the position after it: "more than three times", "half"."""
    bound = Bound.EXACT
    for lead, kind in _BOUNDS.items():
        if tuple(word.text.casefold() for word in words[at : at + len(lead)]) == lead:
            bound, at = kind, at + len(lead)
            break
    if at >= len(words):
        return None
    low = words[at].text.casefold()
    if low in _MULTIPLES:
        return at + 1, Quantity(Decimal(_MULTIPLES[low]), bound=bound)
    part = at + 1 if low in {"a", "one"} and at + 1 < len(words) else at
    name = words[part].text.casefold()
    if name in _PARTS and (part > at or name == "half"):
        step = Decimal(1) / _PARTS[name]
        return part + 1, Quantity(Decimal(1) / _PARTS[name], step=step, bound=bound)
    if at + 1 < len(words) and words[at + 1].text.casefold() == "times":
        amount = CARDINALS.get(low)
        if amount is None and low.replace(".", "", 1).isdecimal():
            return at + 2, Quantity(Decimal(low), bound=bound)
        if amount is not None and amount > 1:
            return at + 2, Quantity(Decimal(amount), bound=bound)
    return None
