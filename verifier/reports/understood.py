"""What a part of a claim was understood as: what has the relation, which one, and to what."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.model import Match, Part, Term
from verifier.reports.statements import value_text

__all__ = ["ends_of", "name_of_end", "relation_of"]


def ends_of(part: Part) -> tuple[tuple[Term, Match | None], tuple[Term, Match | None]]:
    """What has the relation, then to what, whichever the claim names first: a capital is a state's."""
    subject, object = (part.triple.subject, part.subject), (part.triple.object, part.object)
    return (object, subject) if part.reading is not None and part.reading.inverse else (subject, object)


def name_of_end(term: Term, match: Match | None, labels: Mapping[str, str]) -> str:
    """The thing that it is, the value, or the words where it is not known as either."""
    if match is not None:
        return match.label
    return term.text if term.value is None else value_text(term.value, labels)


def relation_of(part: Part) -> str:
    """The relation, or the words for it where none was found."""
    return part.triple.relation_text if part.reading is None else part.reading.label
