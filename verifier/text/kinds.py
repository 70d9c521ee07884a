"""What kinds of thing the words of a sentence may name, by what the tables say of each that has the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from verifier.model import Match, Term
from verifier.text.reading import Line

__all__ = ["are_surely", "cannot_be", "may_be"]


def cannot_be(line: Line, matches: Sequence[Match], types: Iterable[str]) -> bool:
    """Whether the tables know what each of these is, and none is of the kinds asked for (if any are)."""
    wanted = set(types)
    kinds = [line.world.types(match.id) for match in matches]
    return bool(wanted and kinds) and all(kinds) and not any(kind & wanted for kind in kinds)


def may_be(line: Line, matches: Sequence[Match], types: Iterable[str]) -> bool:
    """Whether one of these is of the kinds that are asked for."""
    wanted = set(types)
    return any(line.world.types(match.id) & wanted for match in matches)


def are_surely(line: Line, terms: Sequence[Term], types: Iterable[str]) -> bool:
    """Whether the best that each term may be is of the kinds that are asked for; not if none are."""
    wanted = set(types)
    return bool(wanted) and all(may_be(line, term.matches[:1], wanted) for term in terms)
