"""The rules by which verdicts are given, each in one sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from verifier.model import Reason, Verdict

__all__ = ["RULES", "rule_of"]

RULES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.SAME_VALUE: "A row in force at the time of the claim says the same.",
        Reason.IMPLIED: "A row in force at the time of the claim entails it.",
        Reason.GROUP_HOLDS: "It holds for as many members of the group as the claim says.",
        Reason.COUNT_AGREES: "It is as many as the claim says.",
        Reason.DIFFERENT_VALUE: "There can be only one, and a row in force gives another.",
        Reason.EXPLICIT_NEGATIVE: "A row denies it.",
        Reason.NOT_IN_COMPLETE_LIST: "A list that is declared complete does not have it.",
        Reason.OUTSIDE_DATES: "It was so at another time: the dates of the row exclude that of the claim.",
        Reason.DATE_DIFFERS: "The date of the claim excludes the one that a row gives.",
        Reason.QUANTITY_DIFFERS: "The figure of the claim excludes the one that a row gives.",
        Reason.COUNTER_EXAMPLE: "One is enough: there is an exception.",
        Reason.COUNT_DIFFERS: "The number is known, and it is another.",
        Reason.NOT_CHECKABLE: "An opinion, a forecast or something vague is not decided by rows.",
        Reason.REPORTED_SPEECH: "What somebody said or plans is not checked as if it were asserted.",
        Reason.UNKNOWN_RELATION: "What the claim says is in no relation that the catalogue or a table has.",
        Reason.UNKNOWN_ENTITY: "No table surely knows what the claim names.",
        Reason.AMBIGUOUS_ENTITY: "The names fit several things, and the verdicts for them differ.",
        Reason.WEAK_MATCH: "A link between the words and the tables is too weak to rest a verdict on.",
        Reason.NO_STATEMENT: "No row says it, and none excludes it; what no row says is not thereby false.",
        Reason.DATES_UNKNOWN: "A row says it, and whether it does for the time of the claim is not known.",
        Reason.INCOMPLETE_GROUP: "Not enough is known of the members of the group.",
        Reason.SOURCES_DISAGREE: "Rows that are believed equally say different things.",
        Reason.SOURCE_UNAVAILABLE: "A source that was needed could not be asked.",
    }
)
"""Each reason as a rule, in one sentence."""

_AFFIRMING = frozenset({Reason.SAME_VALUE, Reason.IMPLIED, Reason.GROUP_HOLDS, Reason.COUNT_AGREES})


def rule_of(verdict: Verdict, reason: Reason) -> str:
    """The rule behind a verdict; of a denial, what is a ground against the one thing is one for the other."""
    turned = verdict is (Verdict.CONTRADICTED if reason in _AFFIRMING else Verdict.SUPPORTED)
    return f"{RULES[reason]} The claim denies it, which turns the verdict round." if turned else RULES[reason]
