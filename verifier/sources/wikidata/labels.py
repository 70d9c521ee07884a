"""Names of what a dump only refers to, from a file of their own."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from verifier.errors import InputError, TableError

__all__ = ["Labels", "read_labels"]

Labels = Iterable[tuple[str, str, tuple[str, ...]]]
"""Id, label and aliases of entities."""


def read_labels(path: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The rows of a CSV file `id, label, aliases` (aliases separated by `|`).

    Raises `TableError` for a file that is none.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames is None or not {"id", "label"} <= set(reader.fieldnames):
                raise TableError("there are no columns 'id' and 'label'", path=path, line=1)
            for row in reader:
                aliases = tuple(a.strip() for a in (row.get("aliases") or "").split("|") if a.strip())
                if row["id"] and row["label"]:
                    yield row["id"].strip(), row["label"].strip(), aliases
    except OSError as exc:
        raise InputError(f"{path}: cannot be read: {exc.strerror}") from exc
    except (UnicodeDecodeError, csv.Error) as exc:
        raise TableError(f"cannot be read as CSV: {exc}", path=path) from exc
