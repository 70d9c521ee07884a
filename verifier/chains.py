"""Transitive relations: a part of a part is a part."""

from __future__ import annotations

from verifier.agreement import Agreement
from verifier.inforce import Hold
from verifier.model import EntityValue
from verifier.outranked import outranked_by
from verifier.weigh import Question, Weighed, facts_of, weigh

__all__ = ["chain"]

_LONGEST = 6
"""Steps of a chain; a longer one is more likely an error of a table than a fact."""


def chain(question: Question) -> tuple[Weighed, ...]:
    """The statements in force that lead in steps from the subject to the object; empty if there are none."""
    start, goal = question.subject.id, question.object.id
    if not question.relation.transitive or start is None or goal is None:
        return ()
    paths: dict[str, tuple[Weighed, ...]] = {start: ()}
    frontier = [start]
    for _ in range(_LONGEST):
        following = []
        for thing in frontier:
            for step in _steps(question, thing):
                value = step.fact.value
                if not isinstance(value, EntityValue) or value.id in paths:
                    continue
                paths[value.id] = (*paths[thing], step)
                if value.id == goal:
                    return paths[goal]
                following.append(value.id)
        frontier = following
    return ()


def _steps(question: Question, thing: str) -> list[Weighed]:
    weighed = [weigh(question, fact) for fact in facts_of(question, thing) if fact.positive]
    return [w for w in weighed if _counts(question, w)]


def _counts(question: Question, step: Weighed) -> bool:
    """Whether it is in force, of all that the claim adds, and not behind better ranked ones."""
    in_force = step.timing.hold is Hold.HOLDS and step.qualifiers is Agreement.SAME
    return in_force and not outranked_by(question, step.fact)
