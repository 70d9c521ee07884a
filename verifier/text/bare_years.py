"""Is this number a year? "its 2008 declaration" has one, "2000 people" has none.

Nothing but the words around a number tells; where they do not, it is taken for a number.
"""

from __future__ import annotations

import re

from verifier.model import Span
from verifier.units import SCALES, UNITS

__all__ = ["is_count", "is_plural", "is_year"]

_NEXT = re.compile(r" +([^\W\d_][\w'-]*)")
_LAST = re.compile(r"([^\W\d_][\w'-]*\.?|[^\w\s]) *$")
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_MODERN = 1800

_PLURAL = re.compile(r"people|men|women|children|police|troops|personnel|staff|cattle|sheep|fish")
_NO_PLURAL = re.compile(
    r"was|is|has|does|its|as|this|thus|us|his|hers|always|perhaps|besides|across|versus|yes|afterwards|towards"
    r"|onwards|census|crisis|campus|status|virus|congress|progress|series|news|politics|economics|athletics"
)
_DETERMINER = re.compile(r"the|its|his|her|their|our|your|my|this|that|these|those|'s|.*'s?")
_TAKES_NUMBER = re.compile(
    r"nos?\.?|number|nr\.?|resolution|flight|route|chapter|page|pp?\.?|article|section|model|version|room|highway"
    r"|bus|channel|unit|item|line|order|law|decree|than|least|most|over|under|nearly|almost|some|about|around"
    r"|above|below|exceeding|exactly|approximately|roughly|times|x|has|have|had|with|contains?|includes?|windows"
)
"""A number after one of these words numbers or counts."""
_TAKES_YEAR = re.compile(r"born|died|founded|established|built|est\.?|b\.|d\.")
_TIME_ONLY = re.compile(r"(?:.* )?(?:in|during|since|until|till|throughout|through)|as of|as at|dated")
"""Prepositions after which a number is a year unless it counts the next word; others take numbers too."""
_MEASURED = re.compile(
    r"(?<!\w)(?:population|area|length|height|width|depth|elevation|altitude|distance|capacity|mass|weight|speed"
    r"|temperature|number|total|price|cost|budget|gdp|density|attendance|circulation|enrol?lment|staff|members"
    r"|employees|passengers|inhabitants|residents|rank|score|index)(?!\w)"
)
_CHANGED = re.compile(
    r"(?:grew|grow|grown|rose|rise|risen|fell|fall|fallen|increased?|decreased?|dropped|drop|expanded?|went|shrank"
    r"|jumped|declined?|climbed|rang(?:e|es|ed|ing)|var(?:y|ied|ies)|reduced|cut|raised|up|down) *$"
)


def is_plural(word: str) -> bool:
    """True if a word in lower case looks like the plural of a noun."""
    if _PLURAL.fullmatch(word):
        return True
    ending = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return ending and _NO_PLURAL.fullmatch(word) is None


def _counted(folded: str, end: int) -> bool:
    """True if the next word is a unit, a scale word or a plural, so that the number counts it."""
    match = _NEXT.match(folded, end)
    if match is None or not match[1][0].islower():
        return False
    word = match[1].removesuffix("'s")
    return word in SCALES or (len(word) > 1 and word in UNITS) or is_plural(word)


def is_count(folded: str, span: Span, *, lead: int) -> bool:
    """True if the last number of a pair that begins at `lead` counts or measures something."""
    if _counted(folded, span.end):
        return True
    before = folded[max(0, lead - 40) : lead]
    return _CHANGED.search(before) is not None or _measured(before)


def _measured(before: str) -> bool:
    clause = re.split(r"[.;:!?]", before)[-1]
    return _MEASURED.search(clause.lower()) is not None


def is_year(folded: str, span: Span, *, preposition: str, part: bool, lead: int) -> bool:
    """True if the four digits at `span` are a year.

    `preposition` and `part` ("the end of") are what the text from `lead` up to the span has been read as.
    """
    number = int(folded[span.start : span.end])
    before, after = folded[max(0, lead - 50) : lead], folded[span.end : span.end + 1]
    if part or preposition in ("pre", "post", "circa", "c.", "ca."):
        return number <= _LAST_YEAR
    if before.endswith("-"):
        return False
    is_round, counted = number % 100 == 0, _counted(folded, span.end)
    if _TIME_ONLY.fullmatch(preposition):
        if counted:
            return not is_round and _MODERN <= number <= _LAST_YEAR
        return number < 3000
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        return False
    last = _LAST.search(before)
    word = last[1].lower() if last else ""
    if not preposition and _DETERMINER.fullmatch(word):
        return not counted or (number >= _MODERN and not is_round)
    if counted or _TAKES_NUMBER.fullmatch(word):
        return False
    if preposition in ("", "of", "about", "around", "up to"):
        follows = _NEXT.match(folded, span.end)
        if number < _MODERN and follows is not None and follows[1][0].isupper():
            return False  # the asteroid 1147 Stavropolis
        if not preposition and last is not None and last[1][0].isupper() and last.start() > 0:
            return False  # AC Bari 1908
        if (word == "(" and after == ")") or _TAKES_YEAR.fullmatch(word):
            return True
        return not is_round and not _measured(before)
    return True
