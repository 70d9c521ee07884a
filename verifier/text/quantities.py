"""How much or how many a sentence says: numbers with their units, hedges, ranges and wholes ("98 out of 193").

Ordinals, labels ("Resolution 242", "Flight 370"), times of day and scores are no quantities. Dates are the
caller's to mask, by `taken`, and so are names with numbers in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from verifier.amounts import HEDGES, plain
from verifier.model import Bound, Quantity, Span
from verifier.text.bare_years import is_plural
from verifier.text.numerals import Numeral, Token, read_numeral, scaled, tokens
from verifier.text.words import fold
from verifier.units import PREFIXED, UNITS

__all__ = ["QuantityMention", "find_quantities"]


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """The phrase at `span` gives this quantity, perhaps out of a whole, of what `noun_hint` names.

    `span` takes in the hedge before, the unit and the whole, and not the noun. Ranges are the middle with the
    width as step. A share in words ("half the members") is in per cent and never exact.
    """

    span: Span
    quantity: Quantity
    of: Quantity | None = None
    noun_hint: str = ""


_MONEY_SCALES = {"m": 10**6, "b": 10**9, "k": 10**3}
_LABELS = re.compile(
    r"no|nos|nr|number|resolution|article|chapter|section|page|pp?|flight|route|highway|motorway|phase|part|act|scene"
    r"|vol|volume|episode|season|level|type|model|version|channel|room|table|figure|line|psalm|rule|grade|category"
    r"|formula|top|protocol|law|bill|amendment|platform|gate|apollo|boeing|airbus|windows|war|agenda|annex|paragraph"
)
_NOT_AFTER = re.compile(r"am|pm|o")
_ONE_IS_PRONOUN = re.compile(
    r"another|who|that|which|can|could|cannot|should|must|may|might|would|will|is|was|has|had|does|did|by|on|in|at"
    r"|to|and|or|but|as|with|for|day|time|side|hand|thing|way|where|when|if|the|more|such|else|'s"
)
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our", "all", "a", "total"})
_AFTER_HEDGES = {
    ("or", "more"): Bound.AT_LEAST,
    ("or", "so"): Bound.ABOUT,
    ("or", "fewer"): Bound.AT_MOST,
    ("or", "less"): Bound.AT_MOST,
}
_LONGEST_HEDGE = max(len(hedge.split()) for hedge in HEDGES)
_NO_NOUN = re.compile(
    r"of|in|on|at|to|by|for|from|with|and|or|but|as|than|that|which|who|is|are|was|were|be|been|has|have|had|does|do"
    r"|did|will|would|can|could|out|per|after|before|since|until|the|a|an|its|their|his|her|it|they|he|she|not|also"
    r"|including|among|between|into|over|under|more|less|fewer|so|while|when"
)
_LONGEST_NOUN = 5


@dataclass(frozen=True, slots=True)
class _Read:
    """A quantity that the tokens from `begin` up to `stop` write."""

    begin: int
    stop: int
    quantity: Quantity
    numeral: Numeral


class _Reader:
    """The tokens of one text, and what can be read at each of them."""

    def __init__(self, text: str, folded: str, taken: Iterable[Span]) -> None:
        self.text = text
        self.folded = folded
        free = bytearray(b"\1") * len(text)
        for span in taken:
            free[span.start : span.end] = bytes(len(free[span.start : span.end]))
        self.row: Sequence[Token] = tokens(folded)
        self.free = [bool(free[token.start]) for token in self.row]

    def low(self, at: int) -> str:
        """The word at a token; "" outside the text and in a span that is taken."""
        return self.row[at].low if 0 <= at < len(self.row) and self.free[at] else ""

    def glued(self, at: int) -> bool:
        """True if nothing stands between this token and the one before."""
        return 0 < at < len(self.row) and self.row[at - 1].end == self.row[at].start

    # ------------------------------------------------------------------------------ one quantity

    def amount(self, at: int, floor: int) -> _Read | None:
        """The number at a token with its sign, currency and unit."""
        if not self.low(at) or self._is_label(at):
            return None
        numeral = read_numeral(self.row, at, self.text)
        if numeral is None or not all(self.free[at : numeral.stop]):
            return None
        begin, unit, numeral = self._money(at, numeral, floor)
        stop = numeral.stop
        if not unit:
            unit, stop = self._unit(stop)
        if numeral.share:
            unit = "%"
        if self._is_spoiled(at, stop, unit) or self._is_pronoun(at, stop):
            return None
        amount = numeral.amount
        if self.low(begin - 1) == "-" and self.glued(begin) and not self.glued(begin - 1) and begin - 1 >= floor:
            begin, amount = begin - 1, -amount
        bound = Bound.ABOUT if numeral.share else Bound.EXACT
        return _Read(begin, stop, Quantity(amount, unit, numeral.step, bound), numeral)

    def _is_label(self, at: int) -> bool:
        if self.row[at].kind != "number":
            return False
        before = self.low(at - 1)
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
            return at, "", numeral
        if before == "$" and self.glued(begin) and f"{self.low(begin - 1)}$".upper() in PREFIXED and begin > floor:
            before, begin = f"{self.low(begin - 1)}$", begin - 1
        unit = UNITS.get(before, "")
        written = self.folded[self.row[at - 1].start : self.row[at - 1].end]
        if before.upper() not in PREFIXED and not (len(written) == 3 and written.isupper() and written == unit):
            return at, "", numeral
        scale = _MONEY_SCALES.get(self.low(numeral.stop)) if self.glued(numeral.stop) else None
        if scale is not None and numeral.mantissa is not None:
            wider = scaled(numeral.mantissa * scale, self.row, numeral.stop + 1)
            step = plain(min(numeral.step * scale, abs(wider.amount) / 5)) if wider.amount else numeral.step
            numeral = replace(wider, step=step, mantissa=None)
        return begin, unit, numeral

    def _unit(self, at: int) -> tuple[str, int]:
        """The unit that begins at a token, at most four tokens long, and the token after it."""
        # "a 10-km road": the hyphen goes with the unit.
        begin = at + 1 if self.low(at) == "-" and self.glued(at) and self.glued(at + 1) else at
        for stop in range(min(begin + 4, len(self.row)), begin, -1):
            if not all(self.free[begin:stop]):
                continue
            written = " ".join(self.folded[self.row[begin].start : self.row[stop - 1].end].casefold().split())
            unit = UNITS.get(written, "")
            ends = not self.glued(stop) or self.row[stop].kind == "mark"
            if unit and ends and not (len(written) == 1 and written.isalpha() and self.low(stop) == "'"):
                return unit, stop
        if self.low(begin) == "percentage" and self.low(begin + 1) in ("point", "points"):
            return "percentage points", begin + 2
        return "", at

    def _is_spoiled(self, at: int, stop: int, unit: str) -> bool:
        """True for ordinals, times of day, fractions in digits and codes."""
        after = self.low(stop)
        if self.row[at].kind == "number" and self.glued(stop) and not unit:
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
            return self._whole(at, stop) is None
        return _ONE_IS_PRONOUN.fullmatch(after) is not None or self.low(at - 1) in ("no", "the", "this", "that", "any")

    # ------------------------------------------------------------- ranges, wholes, hedges, nouns

    def _whole(self, at: int, stop: int) -> tuple[Quantity, int] | None:
        """The whole after "of", "out of" or, for "one", "in": the 193 of "98 out of the 193"."""
        link = self.low(stop)
        after = stop + 1
        if link == "out" and self.low(after) == "of":
            after += 1
        elif link != "of" and not (link == "in" and self.low(at) in ("one", "1")):
            return None
        while self.low(after) in _DETERMINERS or (self.low(after) == "of" and self.low(after - 1) == "total"):
            after += 1
        if not self.low(after) or (self.low(after) == "one" and link != "out"):
            return None
        numeral = read_numeral(self.row, after, self.text)
        if numeral is None or numeral.share or not all(self.free[after : numeral.stop]):
            return None
        unit, _ = self._unit(numeral.stop)
        if unit or (self.glued(numeral.stop) and self.low(numeral.stop)[:1].isalpha()):
            return None
        return Quantity(numeral.amount, "", numeral.step), numeral.stop

    def _range(self, first: _Read) -> _Read | None:
        """ "80-90", "5 to 10", "between 80 and 90 per cent"."""
        opens, link = self.low(first.begin - 1), self.low(first.stop)
        if link == "and":
            if opens != "between":
                return None
        elif link == "to":
            if opens == "from" and not self.low(first.begin - 2).startswith("rang"):
                return None  # "rose from 5 to 10" has two numbers
        elif link != "-":
            return None
        second = self.row[first.stop + 1].kind if first.stop + 1 < len(self.row) else ""
        if not second or not self.low(first.stop + 1):
            return None
        if link == "-" and self.glued(first.stop) != self.glued(first.stop + 1):
            return None
        last = self._end_of_range(first.stop + 1)
        if last is None:
            return None
        low, high = first.quantity, last.quantity
        if low.unit and high.unit and low.unit != high.unit:
            return None
        amount, shared = low.amount, last.numeral
        mantissa = first.numeral.mantissa
        if mantissa is not None and shared.mantissa is None and shared.amount > 0 and not low.unit:
            factor = _scale_of(shared)
            amount = mantissa * factor if mantissa * factor < high.amount else amount
        if amount >= high.amount:
            return None
        middle = Quantity(plain((amount + high.amount) / 2), high.unit or low.unit, plain(high.amount - amount))
        begin = first.begin - (opens in ("between", "from"))
        return _Read(begin, last.stop, middle, replace(last.numeral, mantissa=None))

    def _end_of_range(self, at: int) -> _Read | None:
        while at < len(self.row) and (self.low(at).upper() in PREFIXED or self.low(at) == "us"):
            at += 1
        if not self.low(at):
            return None
        numeral = read_numeral(self.row, at, self.text)
        if numeral is None or numeral.share:
            return None
        begin, unit, numeral = self._money(at, numeral, 0)
        stop = numeral.stop
        if not unit:
            unit, stop = self._unit(stop)
        if self._is_spoiled(at, stop, unit):
            return None
        return _Read(begin, stop, Quantity(numeral.amount, unit, numeral.step), numeral)

    def _hedge(self, begin: int, floor: int) -> tuple[int, Bound | None]:
        for length in range(min(_LONGEST_HEDGE, begin - floor), 0, -1):
            first = begin - length
            if not all(self.free[first:begin]):
                continue
            written = self.folded[self.row[first].start : self.row[begin - 1].end]
            bound = HEDGES.get(" ".join(written.casefold().split()))
            if bound is not None:
                return first, bound
        return begin, None

    def _after(self, stop: int) -> tuple[int, Bound | None]:
        if self.low(stop) == "+" and self.glued(stop):
            return stop + 1, Bound.AT_LEAST
        bound = _AFTER_HEDGES.get((self.low(stop), self.low(stop + 1)))
        return (stop, None) if bound is None else (stop + 2, bound)

    def _noun(self, stop: int, *, share: bool) -> str:
        at = stop
        if share and self.low(at) == "of":
            at += 1
        while self.low(at) in _DETERMINERS or (at > stop and self.low(at) == "of"):
            at += 1
        if self.low(at) == "-" and self.glued(at):
            at += 1
        first, last = at, at
        while at < len(self.row) and at < first + _LONGEST_NOUN:
            token = self.row[at]
            if token.kind == "mark" and token.low in "'-" and self.glued(at) and self.glued(at + 1) and at > first:
                at += 1
                continue
            if token.kind != "word" or not self.free[at] or _NO_NOUN.fullmatch(token.low):
                break
            at += 1
            last = at
            if is_plural(token.low) and self.folded[token.start].islower():
                break
        return self.text[self.row[first].start : self.row[last - 1].end] if last > first else ""

    def mention(self, at: int, floor: int) -> tuple[QuantityMention, int] | None:
        """The whole phrase around the number at a token, and the token after it."""
        read = self.amount(at, floor)
        if read is None:
            return None
        read = self._range(read) or read
        begin, bound = self._hedge(read.begin, floor)
        stop, quantity, of = read.stop, read.quantity, None
        if not quantity.unit and (whole := self._whole(at, stop)) and whole[0].amount >= quantity.amount:
            of, stop = whole
        else:
            stop, later = self._after(stop)
            bound = bound or later
        if bound is not None:
            step = quantity.step
            if bound == Bound.EXACT and step >= 1:  # "exactly 1,200" has no rounded zeros
                step = Decimal(1)
            quantity = replace(quantity, bound=bound, step=step)
        span = Span(self.row[begin].start, self.row[stop - 1].end)
        return QuantityMention(span, quantity, of, self._noun(stop, share=quantity.unit == "%")), stop


def _scale_of(numeral: Numeral) -> Decimal:
    """The power of ten by which a scale word multiplied the number."""
    return Decimal(10) ** (numeral.amount.adjusted() // 3 * 3)


def find_quantities(text: str, *, taken: Iterable[Span] = ()) -> tuple[QuantityMention, ...]:
    """Every quantity of a sentence or text, in order, none overlapping another or a span that is taken.

    Offsets are those of `text`.
    """
    reader = _Reader(text, fold(text), taken)
    found = []
    at = floor = 0
    while at < len(reader.row):
        mention = reader.mention(at, floor)
        if mention is None:
            at += 1
        else:
            found.append(mention[0])
            at = floor = mention[1]
    return tuple(found)
