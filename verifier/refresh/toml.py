"""One table of a TOML file, whose keys are asked for by what they must be."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from verifier.errors import TableError

__all__ = ["Keys"]


class Keys:
    """The keys of one table; everything that is asked for raises `TableError` that names the key."""

    def __init__(self, path: Path, where: str, table: Any) -> None:
        self.path, self.where = path, where
        if not isinstance(table, dict):
            hint = f"write [{where}] above its keys"
            raise TableError("not a table of keys", path=path, column=where, value=str(table), hint=hint)
        self.table: Mapping[str, Any] = table

    def error(self, problem: str, key: str, value: str | None = None, *, hint: str = "") -> TableError:
        """The error that names a key of this table."""
        return TableError(problem, path=self.path, column=f"{self.where}.{key}", value=value, hint=hint)

    def check(self, known: Sequence[str]) -> None:
        """Refuse a key that is none of these, and tell the nearest."""
        for key in self.table:
            if key not in known:
                near = difflib.get_close_matches(key.casefold(), known, n=1, cutoff=0.6)
                hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(known)}"
                raise self.error("unknown key", key, hint=hint)

    def inner(self, key: str) -> Keys:
        """The table under a key; an empty one if it is not there."""
        return Keys(self.path, f"{self.where}.{key}", self.table.get(key, {}))

    def text(self, key: str, *, needed: str = "") -> str:
        """A text. `needed` says what it must be, of one that may not be empty."""
        value = self.table.get(key, "")
        if not isinstance(value, str):
            raise self.error("not a text", key, str(value), hint=needed)
        if needed and not value.strip():
            raise self.error("an empty text" if key in self.table else "a key is missing", key, hint=needed)
        return value.strip()

    def url(self, key: str) -> str:
        """An address of a page, or ""."""
        text = self.text(key)
        if (text or key in self.table) and not text.startswith(("http://", "https://")):
            raise self.error("not an address", key, text, hint="write https://...")
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text; () if the key is not there."""
        value = self.table.get(key, [])
        if isinstance(value, str):
            return (value.strip(),)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error("not a list of texts", key, str(value), hint='as ["a", "b"]')
        if key in self.table and not value:
            raise self.error("an empty list", key, hint="leave the key out")
        return tuple(item.strip() for item in value)

    def whole(self, key: str, default: int, *, least: int) -> int:
        """A whole number."""
        value = self.table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.error("not a whole number", key, str(value), hint=f"write {least} or more")
        return value

    def share(self, key: str, default: float, *, most: float) -> float:
        """A share, such as 0.1."""
        value = self.table.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= most:
            raise self.error("not a share", key, str(value), hint="write 0.1 for a tenth")
        return float(value)
