"""What judging may look up; the sources answer it, the rules ask it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from verifier.model import Completeness, Entity, EntityValue, Polarity, Rank, Statement
from verifier.relations import RelationRole

__all__ = [
    "BUNDLED",
    "EXCLUDING",
    "NATURE",
    "STATED_BY",
    "USER",
    "WHY_DEPRECATED",
    "WIKIDATA",
    "Evidence",
    "affirms",
    "named_by",
]

USER, BUNDLED, WIKIDATA = 2, 1, 0
"""Trust in a table, by who gave it: where sources disagree, the higher number is believed."""

NATURE = "P5102"
"""Qualifier "nature of statement": a row that carries it records a pledge, a plan, an announcement or a
position. Such a row never counts for what it speaks of."""
WHY_DEPRECATED = "P2241"
"""Qualifier "reason for deprecated rank"."""
EXCLUDING = "P1011"
"""Qualifier "excluding": what a row is not said of."""
STATED_BY = "stated-by"
"""Qualifier: who pledged, planned or said what a row with `NATURE` records."""


def affirms(statement: Statement) -> bool:
    """Whether it says that something is so: not that it is not, was wrongly held to be, or is to be."""
    return (
        statement.polarity is Polarity.POSITIVE
        and statement.rank is not Rank.DEPRECATED
        and not statement.qualifier(NATURE)
    )


class Evidence(Protocol):
    """Statements and things by id, the same answer every time."""

    def entity(self, id: str) -> Entity | None:
        """The thing with this id, or None if no table knows it."""
        ...

    def statements(self, subject: str, relation: str) -> tuple[Statement, ...]:
        """All statements with this subject and relation."""
        ...

    def statements_about(self, relation: str, value: str) -> tuple[Statement, ...]:
        """All statements of this relation whose value is this thing."""
        ...

    def completeness(self, relation: str) -> tuple[Completeness, ...]:
        """Which lists of this relation are declared complete; a closed-world table declares all of its."""
        ...

    def playing(self, *roles: RelationRole) -> tuple[str, ...]:
        """The relations that the catalogue knows as one of these."""
        ...

    def known(self, id: str, table: str) -> bool:
        """Whether the thing is subject or value of a statement in this table."""
        ...

    def undated(self, table: str, relation: str) -> bool:
        """Whether it is a table of the user's in which no row of this relation has a date.

        Those rows hold until further notice.
        """
        ...

    def trust(self, statement: Statement) -> int:
        """`USER`, `BUNDLED` or `WIKIDATA`."""
        ...

    def curated(self, statement: Statement) -> bool:
        """Whether its table is one whose rows are held to name the exact thing (`curated = true`)."""
        ...

    def types(self, id: str) -> frozenset[str]:
        """What kinds of thing it is, as ids and as casefolded labels; empty if nobody says."""
        ...


def named_by(statements: Iterable[Statement]) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the things that statements speak of, and those of their relations and qualifiers."""
    things: set[str] = set()
    relations: set[str] = set()
    for statement in statements:
        values = (statement.value, *(value for _, value in statement.qualifiers))
        things |= {statement.subject, *(value.id for value in values if isinstance(value, EntityValue))}
        relations |= {statement.relation, *(name for name, _ in statement.qualifiers)}
    return frozenset(things), frozenset(relations)
