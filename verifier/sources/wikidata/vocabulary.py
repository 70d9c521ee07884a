"""The words of Wikidata that mean something to us, by id: which qualifier is a start, which unit a mile.

They are data (`reference/wikidata.toml`), so that none stands in the code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from verifier.errors import TableError
from verifier.sources.bundled import bundled_path

__all__ = ["Vocabulary", "read_vocabulary", "wikidata_vocabulary"]


_ITEMS = ("units", "kinds", "natures", "pages", "offices", "missions")


# A frozen class without slots: `functools.cached_property` needs a place to keep what it worked out.
@dataclass(frozen=True)
class Vocabulary:
    """Ids of properties by what they are to a reader, and ids of items by what they stand for."""

    instance_of: str
    subclass_of: str
    stated_in: str
    reference_url: str
    title: str
    retrieved: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    points: tuple[str, ...]
    not_before: tuple[str, ...] = ()
    """What began no earlier than this; when, is not said."""
    not_after: tuple[str, ...] = ()
    """What ended no later than this."""
    partial: tuple[str, ...] = ()
    """Qualifiers under which a statement is of a part only, and says nothing of the whole."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Canonical unit by the id of Wikidata's."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """What the catalogue calls the things of a class, by the id of the class."""
    natures: Mapping[str, str] = field(default_factory=dict)
    """What a statement may be by its nature and still say that something is so, with their names."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Classes of pages that stand for no thing of the world, with their names."""
    offices: Mapping[str, str] = field(default_factory=dict)
    """The properties from which offices are told, by what they say."""
    missions: Mapping[str, str] = field(default_factory=dict)
    """The relation that a mission of this class makes between who sent it and where it is."""
    mission: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The properties of a mission, by what they say of it."""

    @cached_property
    def of_time(self) -> frozenset[str]:
        """The qualifiers that are read as dates of the statement."""
        return frozenset((*self.starts, *self.ends, *self.points, *self.not_before, *self.not_after))

    @property
    def needed(self) -> frozenset[str]:
        """The properties that are read whatever else is wanted."""
        return frozenset((self.instance_of, self.subclass_of))


def read_vocabulary(path: Path) -> Vocabulary:
    """Read a `wikidata.toml`. Raises `TableError` that names the key that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise TableError(f"cannot be read: {exc}", path=path) from exc
    try:
        structure: dict[str, Any] = {**_texts(data["structure"])}
        bounds: dict[str, Any] = {key: tuple(ids) for key, ids in data["time"].items()}
        items: dict[str, Any] = {key: _texts(data[key]) for key in _ITEMS if key in data}
        mission = {key: tuple(ids) for key, ids in data.get("mission", {}).items()}
        partial = tuple(data["partial"]["qualifiers"])
        return Vocabulary(**structure, **bounds, **items, mission=mission, partial=partial)
    except (AttributeError, KeyError, TypeError) as exc:
        raise TableError(f"not as it should be: {exc}", path=path) from exc


def _texts(table: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in table.items()}


@cache
def wikidata_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the program, read once in a process."""
    return read_vocabulary(bundled_path() / "wikidata.toml")
