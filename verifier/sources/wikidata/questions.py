"""The questions that are put to the query service, as files of SPARQL 1.1 with places for ids.

No label service and no other extension is used, so that any engine answers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from string import Template

from verifier.ids import is_id

__all__ = ["ids_of", "question"]

_ENTITY = re.compile(r"https?://www\.wikidata\.org/entity/([QP][1-9][0-9]{0,15})")


def question(name: str, *, limit: int, classes: Iterable[str] = (), **ids: str) -> str:
    """The query of this name, with these ids in it. Raises `ValueError` for what is no id."""
    for id in (*classes, *ids.values()):
        if not is_id(id):
            raise ValueError(f"{id!r:.40} is not an id of Wikidata")
    places = {"LIMIT": str(limit), "CLASSES": " ".join(f"wd:{id}" for id in classes)}
    return Template(_text(name)).substitute(places, **{key.upper(): id for key, id in ids.items()})


def ids_of(rows: Iterable[Mapping[str, str]], variable: str = "item") -> tuple[str, ...]:
    """The ids of the entities that a variable stands for in the rows of an answer."""
    found = (_ENTITY.fullmatch(row.get(variable, "")) for row in rows)
    return tuple(dict.fromkeys(match[1] for match in found if match is not None))


@cache
def _text(name: str) -> str:
    return (files("verifier.sources.wikidata") / "queries" / f"{name}.rq").read_text(encoding="utf-8")
