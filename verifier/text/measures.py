"""One quantity in a text: a number with its sign, currency and unit, and the whole that it is out of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verifier.amounts import plain
from verifier.model import Bound, Quantity, Span
from verifier.text.bare_years import is_plural
from verifier.text.numerals import Numeral, Token, read_numeral, tokens
from verifier.text.words import fold
from verifier.units import PREFIXED, UNITS

__all__ = ["DETERMINERS", "Measure", "TokenRow"]

_SHORT_SCALES = {"m": 10**6, "b": 10**9, "k": 10**3}
_LABELS = re.compile(
    r"no|nos|nr|number|resolution|article|chapter|section|page|pp?|flight|route|highway|motorway|phase|part|act|scene"
    r"|vol|volume|episode|season|level|type|model|version|channel|room|table|figure|line|psalm|rule|grade|category"
    r"|formula|top|protocol|law|bill|amendment|platform|gate|apollo|boeing|airbus|windows|war|agenda|annex|paragraph"
)
_PEOPLE = frozenset(["people", "persons", "residents", "inhabitants", "citizens", "adults"])
_NOT_AFTER = re.compile(r"am|pm|o")
_ONE_IS_PRONOUN = re.compile(
    r"another|who|that|which|can|could|cannot|should|must|may|might|would|will|is|was|has|had|does|did|by|on|in|at"
    r"|to|and|or|but|as|with|for|day|time|side|hand|thing|way|where|when|if|the|more|such|else|'s"
)
DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our", "all", "a", "total"})
"""What may stand between "of" and a number or noun."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that the tokens from `begin` up to `stop` write."""

    begin: int
    stop: int
    quantity: Quantity
    numeral: Numeral


class TokenRow:
    """The tokens of one text, and what can be read at each of them."""

    def __init__(self, text: str, taken: Iterable[Span]) -> None:
        self.text = text
        self.folded = folded = fold(text)
        free = bytearray(b"\1") * len(text)
        for span in taken:
            free[span.start : span.end] = bytes(len(free[span.start : span.end]))
        self.tokens: Sequence[Token] = tokens(folded)
        self.free = [bool(free[token.start]) for token in self.tokens]

    def low(self, at: int) -> str:
        """The word at a token; "" outside the text and in a span that is taken."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) and self.free[at] else ""

    def glued(self, at: int) -> bool:
        """True if nothing stands between this token and the one before."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def amount(self, at: int, floor: int) -> Measure | None:
        """The number at a token with its sign, currency and unit."""
        if not self.low(at) or self._is_label(at):
            return None
        numeral = read_numeral(self.tokens, at, self.text)
        if numeral is None or not all(self.free[at : numeral.stop]):
            return None
        if self._is_pronoun(at, numeral.stop):
            return None
        begin, unit, numeral = self._money(at, numeral, floor)
        stop = numeral.stop
        if not unit:
            unit, stop = self._unit(stop)
        if numeral.share:
            unit = "%"
        if self._is_spoiled(at, stop, unit):
            return None
        amount = numeral.amount
        if (
            self.low(begin - 1) == "-"
            and self.glued(begin)
            and not self.glued(begin - 1)
            and begin - 1 >= floor
        ):
            begin, amount = begin - 1, -amount
        bound = Bound.ABOUT if numeral.share else Bound.EXACT
        return Measure(begin, stop, Quantity(amount, unit, numeral.step, bound), numeral)

    def _is_label(self, at: int) -> bool:
        token, before = self.tokens[at], self.low(at - 1)
        if token.kind != "number":
            # "League One", "The Three Musketeers"; at the start of a sentence a capital says nothing.
            return self.folded[token.start].isupper() and before[:1].isalnum()
        if len(token.low) > 1 and token.low[0] == "0" and token.low.isdecimal():
            return True  # 007
        if before == "." and self.glued(at - 1):
            before = self.low(at - 2)
        if before == "#":
            return True
        if before[:1].isalpha() and self.glued(at):
            # "G20", but "EUR5" and "US$5".
            return UNITS.get(before) != before.upper()
        if before in ("/", ":", ".", ",") and self.glued(at) and self.glued(at - 1):
            return True
        if before == "-" and self.glued(at) and self.glued(at - 1):
            return True  # "F-16", and the end of a range or score that was not read as one
        return _LABELS.fullmatch(before) is not None

    def _money(self, at: int, numeral: Numeral, floor: int) -> tuple[int, str, Numeral]:
        """A currency before the number, and the short scale after it: "$4.8m", "US$ 5", "EUR 5 million"."""
        before, begin = self.low(at - 1), at - 1
        if begin < floor or not before:
            return at, "", self._short_scale(numeral, money=False)
        if (
            before == "$"
            and self.glued(begin)
            and f"{self.low(begin - 1)}$".upper() in PREFIXED
            and begin > floor
        ):
            before, begin = f"{self.low(begin - 1)}$", begin - 1
        unit = UNITS.get(before, "")
        written = self.folded[self.tokens[at - 1].start : self.tokens[at - 1].end]
        if before.upper() not in PREFIXED and not (
            len(written) == 3 and written.isupper() and written == unit
        ):
            return at, "", self._short_scale(numeral, money=False)
        return begin, unit, self._short_scale(numeral, money=True)

    def _short_scale(self, numeral: Numeral, *, money: bool) -> Numeral:
        """ "$4.8m", "£5k"; without money only "5m people", since "5m" is a length."""
        letter = self.low(numeral.stop) if self.glued(numeral.stop) and numeral.scale == 1 else ""
        after = self.low(numeral.stop + 1)
        if letter not in _SHORT_SCALES or not (money or (letter == "m" and is_plural(after))):
            return numeral
        scale = _SHORT_SCALES[letter]
        # The step of a number such as 1,200 is that of its zeros: a letter only multiplies what is written.
        step = (
            min(numeral.step * scale, numeral.amount * scale / 5) if numeral.amount else numeral.step * scale
        )
        return Numeral(plain(numeral.amount * scale), plain(step), numeral.stop + 1, scale=scale)

    def _unit(self, at: int) -> tuple[str, int]:
        """The unit that begins at a token, at most four tokens long, and the token after it."""
        # "a 10-km road": the hyphen goes with the unit.
        begin = at + 1 if self.low(at) == "-" and self.glued(at) and self.glued(at + 1) else at
        if self.low(begin) == "percentage" and self.low(begin + 1) in ("point", "points"):
            return "percentage points", begin + 2
        for stop in range(min(begin + 4, len(self.tokens)), begin, -1):
            if not all(self.free[begin:stop]):
                continue
            written = " ".join(
                self.folded[self.tokens[begin].start : self.tokens[stop - 1].end].casefold().split()
            )
            unit = UNITS.get(written, "")
            letter = self.folded[self.tokens[begin].start : self.tokens[stop - 1].end]
            if self.glued(begin) and len(letter) == 1 and letter.isalpha() and letter not in "mglt":
                continue  # "the 1990s", "3D"
            ends = not self.glued(stop) or self.tokens[stop].kind == "mark"
            if unit and ends and not (len(written) == 1 and written.isalpha() and self.low(stop) == "'"):
                return unit, stop
        return "", at

    def _is_spoiled(self, at: int, stop: int, unit: str) -> bool:
        """True for ordinals, times of day, fractions in digits and codes."""
        after = self.low(stop)
        if self.tokens[at].kind == "number" and self.glued(stop) and not unit:
            if after and after[0].isalpha():
                return True  # 21st, 3D, 747s
            if after in ("/", ":", "_") and self.glued(stop + 1):
                return True
            if after == "'" and self.low(stop + 1) == "s":
                return True
        return not unit and _NOT_AFTER.fullmatch(after) is not None

    def _is_pronoun(self, at: int, stop: int) -> bool:
        if self.low(at) != "one" or stop > at + 1:
            return False
        after = self.low(stop)
        if not after or not (after[0].isalpha() or after == "-"):
            return True
        if after in ("of", "in", "out"):
            return self.whole(at, stop) is None
        return _ONE_IS_PRONOUN.fullmatch(after) is not None or self.low(at - 1) in (
            "no",
            "the",
            "this",
            "that",
            "any",
        )

    def whole(self, at: int, stop: int) -> tuple[Quantity, int] | None:
        """The whole after "of", "out of" or "in": the 193 of "98 out of the 193"."""
        if self.low(stop) in _PEOPLE and self.low(stop + 1) == "in":
            stop += 1  # "two people in three"
        link = self.low(stop)
        after = stop + 1
        spelled = self.low(at).isalpha() and self.low(after).isalpha()
        if link == "out" and self.low(after) == "of":
            after += 1
        elif link != "of" and not (link == "in" and (spelled or self.low(at) == "1")):
            return None
        while self.low(after) in DETERMINERS or (self.low(after) == "of" and self.low(after - 1) == "total"):
            after += 1
        if not self.low(after) or (self.low(after) == "one" and link != "out"):
            return None
        numeral = read_numeral(self.tokens, after, self.text)
        if numeral is None or numeral.share or not all(self.free[after : numeral.stop]):
            return None
        unit, _ = self._unit(numeral.stop)
        if unit or (self.glued(numeral.stop) and self.low(numeral.stop)[:1].isalpha()):
            return None
        return Quantity(numeral.amount, "", numeral.step), numeral.stop

    def end_of_range(self, at: int) -> Measure | None:
        while at < len(self.tokens) and (self.low(at).upper() in PREFIXED or self.low(at) == "us"):
            at += 1
        if not self.low(at):
            return None
        numeral = read_numeral(self.tokens, at, self.text)
        if numeral is None or numeral.share:
            return None
        begin, unit, numeral = self._money(at, numeral, 0)
        stop = numeral.stop
        if not unit:
            unit, stop = self._unit(stop)
        if self._is_spoiled(at, stop, unit):
            return None
        return Measure(begin, stop, Quantity(numeral.amount, unit, numeral.step), numeral)
