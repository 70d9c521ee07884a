"""Ids of Wikidata, which tables use as well: Q1246 is an item (a thing), P36 a property (a relation)."""

from __future__ import annotations

import re
from typing import TypeGuard

__all__ = ["is_id", "is_item", "is_property"]

_DIGITS = r"[1-9][0-9]{0,15}"
_ITEM = re.compile(f"Q{_DIGITS}")
_PROPERTY = re.compile(f"P{_DIGITS}")


def is_item(text: object) -> TypeGuard[str]:
    """Whether it is the id of an item."""
    return isinstance(text, str) and _ITEM.fullmatch(text) is not None


def is_property(text: object) -> TypeGuard[str]:
    """Whether it is the id of a property."""
    return isinstance(text, str) and _PROPERTY.fullmatch(text) is not None


def is_id(text: object) -> TypeGuard[str]:
    """Whether it is the id of either."""
    return is_item(text) or is_property(text)
