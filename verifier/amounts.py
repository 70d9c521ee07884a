"""Numbers as people and tables write them: "85,279,553", "$4.8 billion", "about 40 %", "10,887 sq km"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from verifier.model import Bound, Quantity
from verifier.units import PREFIXED, UNITS, split_scale

__all__ = ["HEDGES", "parse_quantity", "plain", "read_number", "written_step"]

HEDGES: Mapping[str, Bound] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "about",
                "around",
                "roughly",
                "approximately",
                "approx",
                "approx.",
                "some",
                "circa",
                "ca.",
                "c.",
                "an estimated",
                "estimated",
                "close to",
                "in the region of",
                "~",
                "≈",
            ),
            Bound.ABOUT,
        ),
        **dict.fromkeys(
            ("nearly", "almost", "just under", "just below", "not quite", "approaching"), Bound.ALMOST
        ),
        **dict.fromkeys(
            (
                "more than",
                "over",
                "above",
                "greater than",
                "larger than",
                "higher than",
                "upwards of",
                "in excess of",
                "exceeding",
                "well over",
                "just over",
                "slightly over",
                "slightly more than",
                "well above",
                ">",
            ),
            Bound.MORE_THAN,
        ),
        **dict.fromkeys(
            (
                "at least",
                "no fewer than",
                "no less than",
                "not less than",
                "a minimum of",
                "minimum",
                "≥",
                ">=",
            ),
            Bound.AT_LEAST,
        ),
        **dict.fromkeys(
            ("fewer than", "less than", "under", "below", "smaller than", "lower than", "well under", "<"),
            Bound.LESS_THAN,
        ),
        **dict.fromkeys(
            ("at most", "up to", "as many as", "no more than", "not more than", "a maximum of", "≤", "<="),
            Bound.AT_MOST,
        ),
        **dict.fromkeys(("exactly", "precisely", "a total of"), Bound.EXACT),
    }
)
"""What the words before a number say about it."""

_LONGEST_NUMBER = 40
_LONGEST_CELL = 120
_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_NUMBER = re.compile(
    rf"([0-9]{{1,3}}(?:,[0-9]{{2,3}})*,[0-9]{{3}}|[0-9]{{1,3}}(?:[{_SPACES} '][0-9]{{3}})+|[0-9]+)?"
    r"(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?"
)
_QUANTITY = re.compile(
    r"(?P<hedge>[^\W\d_][a-z. ]*?\.?|[~≈<>≤≥]=?)??\s*"
    rf"(?P<money>{'|'.join(re.escape(sign) for sign in PREFIXED)}|[A-Z]{{3}}\s)?\s*"
    rf"(?P<sign>[+-])?(?P<number>[0-9.][0-9.,{_SPACES}' ]*(?:[eE][+-]?[0-9]{{1,2}})?)(?P<rest>.*)"
)


def read_number(text: str) -> Decimal | None:
    """The number that these digits write ("85,279,553", "1.8e6"); None if they write none.

    A comma, a space or an apostrophe separates thousands; a point begins the decimals.
    """
    if not 0 < len(text) <= _LONGEST_NUMBER:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None or (match[1] is None and match[2] is None):
        return None
    digits = "".join(c for c in match[1] or "0" if c.isdecimal())
    return Decimal(digits + (match[2] or "") + (match[3] or ""))


def written_step(number: Decimal, scale: int = 1) -> Decimal:
    """The place to which a number is written, after its scale word: 100,000 for "4.8 million".

    Decimals count as written. A whole number is exact, except that closing zeros are taken for rounding from
    1,000 up or before a scale word, though two digits always count ("100 million" is to the nearest ten). A
    scale word after one small digit would allow nearly everything ("1 million"), so it counts to a fifth.
    """
    written, _, decimals = f"{abs(number):f}".partition(".")
    place = -len(decimals)
    if not decimals and (scale > 1 or number.copy_abs() >= 1000):
        place = max(0, min(len(written) - len(written.rstrip("0")), len(written) - 2))
    step = Decimal(10) ** place * scale
    return min(step, abs(number) * scale / 5) if scale > 1 and number else step


def plain(number: Decimal) -> Decimal:
    """The same number without an exponent and without empty decimals, so that equal amounts look equal."""
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()


def parse_quantity(text: str, unit: str = "") -> Quantity:
    """Read the number in a cell of a table or of a claim: "10,887 sq km", "$4.8 billion", "about 40%".

    `unit` is that of the column, as written there ("km2", "million USD"); one in the cell itself goes first.
    Raises ValueError that says what would be right, for a cell that is not one number with a known unit.
    """
    cell = text.strip().replace("\N{MINUS SIGN}", "-")
    match = _QUANTITY.fullmatch(cell) if len(cell) <= _LONGEST_CELL else None
    hedge = "" if match is None or match["hedge"] is None else " ".join(match["hedge"].casefold().split())
    number = None if match is None else read_number(match["number"].strip(" ,"))
    if match is None or number is None or (hedge and hedge not in HEDGES):
        raise ValueError(
            f"{text[:40]!r} is not a quantity: write 1234.5, 1,234, 4.8 million, 95.6 % or 12 km"
        )
    money = (match["money"] or "").strip()
    scale, own_unit = split_scale(match["rest"])
    column_scale, column_unit = split_scale(unit)
    if own_unit and own_unit not in UNITS.values():
        raise ValueError(
            f"{text[:40]!r} has a unit that is not known, {own_unit[:20]!r}: write km, km2, kg, %, USD"
        )
    if money:
        if money.casefold() not in UNITS or own_unit:
            raise ValueError(
                f"{text[:40]!r} has no currency that is known: write it as in $5 million or 5 USD"
            )
        own_unit = UNITS[money.casefold()]
    elif scale == 1 and not own_unit:
        scale = column_scale
    if match["sign"] == "-":
        number = -number
    step = written_step(number, scale)
    bound = HEDGES.get(hedge, Bound.EXACT)
    return Quantity(plain(number * scale), own_unit or column_unit, plain(step), bound)
