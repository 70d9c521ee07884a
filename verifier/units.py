"""Units and the words for them: one canonical spelling each, and conversion between those of one kind.

The canonical spelling is what `Quantity.unit` holds: "" for a plain number, "%" for a share, an ISO 4217 code
for money, an SI symbol or a common short form for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

__all__ = ["PREFIXED", "SCALES", "UNITS", "canonical_unit", "convert", "split_scale"]

SCALES: Mapping[str, int] = MappingProxyType(
    {
        "hundred": 10**2,
        "hundreds": 10**2,
        "thousand": 10**3,
        "thousands": 10**3,
        "lakh": 10**5,
        "million": 10**6,
        "millions": 10**6,
        "mn": 10**6,
        "mln": 10**6,
        "crore": 10**7,
        "billion": 10**9,
        "billions": 10**9,
        "bn": 10**9,
        "bln": 10**9,
        "trillion": 10**12,
        "trillions": 10**12,
        "tn": 10**12,
        "trn": 10**12,
    }
)
"""The words that multiply a number, short scale (a billion is a thousand million)."""

# Canonical unit, its name in pint ("" where nothing is to be converted), and the spellings in lower case.
# Spellings that differ only by case from another unit (mW, MW) are left out.
_TABLE: tuple[tuple[str, str, str], ...] = (
    ("", "", "people persons inhabitants residents units count number"),
    ("%", "", "% percent per_cent percentage per_cents pct"),
    ("mm", "mm", "mm millimetre millimetres millimeter millimeters"),
    ("cm", "cm", "cm centimetre centimetres centimeter centimeters"),
    ("m", "m", "m metre metres meter meters"),
    ("km", "km", "km kms kilometre kilometres kilometer kilometers"),
    ("in", "inch", "inch inches"),
    ("ft", "ft", "ft foot feet"),
    ("yd", "yard", "yd yard yards"),
    ("mi", "mile", "mi mile miles"),
    ("nmi", "nautical_mile", "nmi nautical_mile nautical_miles"),
    ("m2", "m**2", "m2 m² sq_m sqm square_metre square_metres square_meter square_meters"),
    (
        "km2",
        "km**2",
        "km2 km² km^2 sq_km sqkm square_kilometre square_kilometres square_kilometer square_kilometers",
    ),
    ("ft2", "ft**2", "ft2 ft² sq_ft square_foot square_feet"),
    ("mi2", "mile**2", "mi2 mi² sq_mi sq_mile sq_miles square_mile square_miles"),
    ("ha", "hectare", "ha hectare hectares"),
    ("ac", "acre", "ac acre acres"),
    ("m3", "m**3", "m3 m³ cubic_metre cubic_metres cubic_meter cubic_meters"),
    ("km3", "km**3", "km3 km³ cubic_kilometre cubic_kilometres cubic_kilometer cubic_kilometers"),
    ("l", "liter", "l litre litres liter liters"),
    ("bbl", "", "bbl barrel barrels"),
    ("mg", "mg", "mg milligram milligrams"),
    ("g", "g", "g gram grams gramme grammes"),
    ("kg", "kg", "kg kgs kilogram kilograms kilogramme kilogrammes kilo kilos"),
    ("t", "metric_ton", "t tonne tonnes metric_ton metric_tons metric_tonne metric_tonnes"),
    ("lb", "lb", "lb lbs pound_weight"),
    ("oz", "oz", "oz ounce ounces"),
    ("s", "s", "s sec secs second seconds"),
    ("min", "min", "min mins minute minutes"),
    ("h", "hour", "h hr hrs hour hours"),
    ("d", "day", "d day days"),
    ("wk", "week", "week weeks"),
    ("mo", "month", "month months"),
    ("y", "year", "y yr yrs year years"),
    ("km/h", "km/hour", "km/h kph kmh kilometres_per_hour kilometers_per_hour"),
    ("mph", "mile/hour", "mph miles_per_hour"),
    ("m/s", "m/s", "m/s metres_per_second meters_per_second"),
    ("km/s", "km/s", "km/s kilometres_per_second kilometers_per_second"),
    ("°C", "degC", "°c ℃ celsius degrees_celsius degree_celsius centigrade degrees_centigrade"),
    ("°F", "degF", "°f ℉ fahrenheit degrees_fahrenheit degree_fahrenheit"),
    ("K", "kelvin", "kelvin kelvins"),
    ("W", "watt", "watt watts"),
    ("kW", "kW", "kw kilowatt kilowatts"),
    ("MW", "MW", "megawatt megawatts"),
    ("GW", "GW", "gw gigawatt gigawatts"),
    ("USD", "", "usd us$ $ us_dollar us_dollars u.s._dollar u.s._dollars american_dollars dollar dollars"),
    ("EUR", "", "eur € euro euros"),
    ("GBP", "", "gbp £ pound_sterling pounds_sterling british_pounds"),
    ("JPY", "", "jpy ¥ yen japanese_yen"),
    ("ILS", "", "ils nis ₪ shekel shekels new_shekels israeli_shekels"),
    ("CHF", "", "chf swiss_franc swiss_francs"),
    ("INR", "", "inr ₹ rupee rupees indian_rupees"),
    ("CNY", "", "cny rmb yuan renminbi"),
    ("RUB", "", "rub ₽ rouble roubles ruble rubles"),
    ("CAD", "", "cad c$ ca$ canadian_dollar canadian_dollars"),
    ("AUD", "", "aud a$ au$ australian_dollar australian_dollars"),
)

UNITS: Mapping[str, str] = MappingProxyType(
    {
        spelling.replace("_", " "): canonical
        for canonical, _, spellings in _TABLE
        for spelling in spellings.split()
    }
)
"""The canonical unit of each spelling that is known, in lower case."""

PREFIXED = ("US$", "C$", "CA$", "A$", "AU$", "$", "€", "£", "¥", "₪", "₹", "₽")
"""The signs of money that stand before the amount."""

_PINT = {canonical: name for canonical, name, _ in _TABLE if name}


def canonical_unit(text: str) -> str:
    """The canonical spelling of a unit; a unit that is not known keeps its own words."""
    words = " ".join(text.split())
    folded = words.casefold()
    undotted = " ".join(word.rstrip(".") for word in folded.split())
    return UNITS.get(folded, UNITS.get(undotted, words))


def split_scale(text: str) -> tuple[int, str]:
    """Read a unit with a scale in it, as headers have it: "million USD" is (1000000, "USD")."""
    words = text.split()
    scale = 1
    while words and (factor := SCALES.get(words[0].casefold().rstrip("."))) is not None:
        scale *= factor
        words = words[1:]
    return scale, canonical_unit(" ".join(words))


@cache
def _registry() -> Any:
    # Late: pint takes a third of a second, and most comparisons are of one unit with itself.
    import pint

    return pint.UnitRegistry(non_int_type=Decimal)


def convert(amount: Decimal, unit: str, to: str) -> Decimal | None:
    """The amount in another unit; None between kinds (km to kg) and for money, whose rates change daily."""
    if unit == to:
        return amount
    if unit not in _PINT or to not in _PINT:
        return None
    registry = _registry()
    if registry.Unit(_PINT[unit]).dimensionality != registry.Unit(_PINT[to]).dimensionality:
        return None
    converted = registry.Quantity(amount, _PINT[unit]).to(_PINT[to]).magnitude
    return converted if isinstance(converted, Decimal) else Decimal(str(converted))
