"""Makes frames of cells of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame_of", "frame_of_records"]


def frame_of(header: Sequence[str], numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """A frame of these rows with their numbers before them."""
    import pandas as pd

    columns = zip(*rows, strict=True) if rows else ([] for _ in header)
    data = {name: pd.Series(list(column), dtype="str") for name, column in zip(header, columns, strict=True)}
    return pd.DataFrame(
        {"#": pd.Series(numbers, dtype="int64"), **{k: v for k, v in data.items() if k != "#"}}
    )


def frame_of_records(
    columns: Sequence[str], numbers: Sequence[int], records: Sequence[Mapping[str, str]]
) -> pd.DataFrame:
    """The same of rows that do not have every column."""
    return frame_of(columns, numbers, [[record.get(name, "") for name in columns] for record in records])
