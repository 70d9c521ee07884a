"""Gives what a source names without an id the id that the curated table has for it."""

from __future__ import annotations

from collections.abc import Callable

from verifier.model import MatchKind
from verifier.relations import Catalogue
from verifier.sources.combined import Combined

__all__ = ["linking"]


def linking(curated: Callable[[], Combined], catalogue: Catalogue) -> Callable[[str, str, str], str]:
    """A function that gives the id for a label, a relation and an end of it ("subject" or "object"), or "".

    Only for a label that is the name of exactly one thing of the curated table, to the letter but for case,
    marks and accents, and of a kind that fits the relation. The table is opened when it is first asked.
    """

    def link(label: str, relation: str, end: str) -> str:
        table = curated()
        found = {match.id for match in table.exact(label) if match.kind is not MatchKind.FUZZY}
        if len(found) != 1:
            return ""
        (id,) = found
        known = catalogue.get(relation)
        wanted = () if known is None else known.subject_types if end == "subject" else known.object_types
        types = table.types(id)
        return id if not wanted or not types or types & set(wanted) else ""

    return link
