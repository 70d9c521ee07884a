"""How much or how many a sentence says: numbers with units, hedges, ranges and wholes ("98 out of 193").

Ordinals, labels ("Resolution 242", "Flight 370"), times of day and scores are no quantities. Dates are the
caller's to mask, by `taken`, and so are names with numbers in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from verifier.amounts import HEDGES, plain
from verifier.model import Bound, Quantity, Span
from verifier.text.bare_years import is_plural
from verifier.text.measures import DETERMINERS, Measure, TokenRow
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


_MONEY = frozenset(UNITS[sign.casefold()] for sign in PREFIXED)
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


def _range(row: TokenRow, first: Measure, begin: int) -> Measure | None:
    """ "80-90", "5 to 10", "between 80 and 90 per cent"; the words before the first number end at `begin`."""
    opens, link = row.low(begin - 1), row.low(first.stop)
    if link == "and":
        if opens != "between":
            return None
    elif link == "to":
        if opens == "from" and not row.low(begin - 2).startswith("rang"):
            return None  # "rose from 5 to 10" has two numbers
    elif link != "-":
        return None
    if not row.low(first.stop + 1):
        return None
    if link == "-" and row.glued(first.stop) != row.glued(first.stop + 1):
        return None
    last = row.end_of_range(first.stop + 1)
    if last is None:
        return None
    low, high = first.quantity, last.quantity
    if low.unit and high.unit and low.unit != high.unit:
        return None
    amount = low.amount
    shares = first.numeral.scale == 1 < last.numeral.scale and low.unit in ("", *_MONEY)
    if shares and amount * last.numeral.scale < high.amount:
        amount *= last.numeral.scale  # "between 80 and 90 million"
    if amount >= high.amount:
        return None
    middle = Quantity(plain((amount + high.amount) / 2), high.unit or low.unit, plain(high.amount - amount))
    return Measure(begin - (opens in ("between", "from")), last.stop, middle, last.numeral)


def _is_score(row: TokenRow, at: int) -> bool:
    """True for the hyphen of "2-1" and of codes."""
    hyphen = row.low(at) == "-" and row.glued(at) and row.glued(at + 1)
    return hyphen and row.tokens[at + 1].kind == "number"


def _hedge(row: TokenRow, begin: int, floor: int) -> tuple[int, Bound | None]:
    for length in range(min(_LONGEST_HEDGE, begin - floor), 0, -1):
        first = begin - length
        if not all(row.free[first:begin]):
            continue
        written = row.folded[row.tokens[first].start : row.tokens[begin - 1].end]
        bound = HEDGES.get(" ".join(written.casefold().split()))
        if bound is not None:
            return first, bound
    return begin, None


def _after(row: TokenRow, stop: int) -> tuple[int, Bound | None]:
    if row.low(stop) == "+" and row.glued(stop):
        return stop + 1, Bound.AT_LEAST
    bound = _AFTER_HEDGES.get((row.low(stop), row.low(stop + 1)))
    return (stop, None) if bound is None else (stop + 2, bound)


def _noun(row: TokenRow, stop: int, *, share: bool) -> str:
    at = stop
    if share and row.low(at) == "of":
        at += 1
    while row.low(at) in DETERMINERS or (at > stop and row.low(at) == "of"):
        at += 1
    if row.low(at) == "-" and row.glued(at):
        at += 1
    first, last = at, at
    while at < len(row.tokens) and at < first + _LONGEST_NOUN:
        token = row.tokens[at]
        if token.kind == "mark" and token.low in "'-" and row.glued(at) and row.glued(at + 1) and at > first:
            at += 1
            continue
        if token.kind != "word" or not row.free[at] or _NO_NOUN.fullmatch(token.low):
            break
        at += 1
        last = at
        if is_plural(token.low) and row.folded[token.start].islower():
            break
    return row.text[row.tokens[first].start : row.tokens[last - 1].end] if last > first else ""


def _mention(row: TokenRow, at: int, floor: int) -> tuple[QuantityMention, int] | None:
    """The whole phrase around the number at a token, and the token after it."""
    read = row.amount(at, floor)
    if read is None:
        return None
    begin, bound = _hedge(row, read.begin, floor)
    ranged = _range(row, read, begin)
    if ranged is not None:
        read, begin = ranged, ranged.begin
    elif _is_score(row, read.stop):
        return None
    stop, quantity, of = read.stop, read.quantity, None
    whole = row.whole(at, stop) if not quantity.unit or read.numeral.share else None
    if whole is not None and (read.numeral.share or whole[0].amount >= quantity.amount):
        of, stop = whole
    else:
        stop, later = _after(row, stop)
        bound = bound or later
    if bound is not None:
        step = quantity.step
        if bound == Bound.EXACT and step >= 1:  # "exactly 1,200" has no rounded zeros
            step = Decimal(1)
        quantity = replace(quantity, bound=bound, step=step)
    noun = _noun(row, stop, share=quantity.unit == "%")
    if stop == at + 1 and begin == at and not is_plural(noun.rpartition(" ")[2]) and _is_in_name(row, at):
        return None
    span = Span(row.tokens[begin].start, row.tokens[stop - 1].end)
    return QuantityMention(span, quantity, of, noun), stop


def _is_in_name(row: TokenRow, at: int) -> bool:
    """True for a short number right after a capital ("Fiat 125"), unless that may only begin the sentence."""
    token = row.tokens[at]
    if not row.low(at - 1).isalpha() or not token.low.isdecimal() or len(token.low) > 4:
        return False
    before = row.folded[row.tokens[at - 1].start : row.tokens[at - 1].end]
    return before[0].isupper() and (row.low(at - 2)[:1].isalnum() or (len(before) > 1 and before.isupper()))


def find_quantities(text: str, *, taken: Iterable[Span] = ()) -> tuple[QuantityMention, ...]:
    """Every quantity of a sentence or text, in order, none overlapping another or a span that is taken.

    Offsets are those of `text`.
    """
    row = TokenRow(text, taken)
    found = []
    at = floor = 0
    while at < len(row.tokens):
        mention = _mention(row, at, floor)
        if mention is None:
            at += 1
        else:
            found.append(mention[0])
            at = floor = mention[1]
    return tuple(found)
