"""Reports as data frames, for who counts, sorts and joins.

The columns are those of the `csv` report, their cells as they are: a text that begins with "=" gets no
apostrophe. Their types are the same under pandas 2 and 3, and whatever the rows are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from verifier.model import Report, Verdict
from verifier.reports.cells import COLUMNS, Cell, rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame_of"]


def frame_of(report: Report) -> pd.DataFrame:
    """A row for each result, numbered from 0 in their order; see `Report.to_frame`."""
    import pandas as pd

    columns = list(zip(*rows(report), strict=True)) or [()] * len(COLUMNS)
    return pd.DataFrame(
        {name: _array(name, cells) for name, cells in zip(COLUMNS, columns, strict=True)},
        index=pd.RangeIndex(len(report.results)),
    )


def _array(name: str, cells: Iterable[Cell]) -> Any:
    """The cells as an array of the column's type; what a claim does not have is missing."""
    import pandas as pd

    if name == "verdict":
        # Of plain objects: pandas 3 would make the names a type that pandas 2 does not have.
        verdicts = pd.Index([verdict.value for verdict in Verdict], dtype=object)
        return pd.Categorical(list(cells), dtype=pd.CategoricalDtype(verdicts))
    if COLUMNS[name] is str:
        # Kept by Python: "string" alone is kept by pyarrow where that is installed, and is then another type.
        return pd.array([str(cell) if cell else pd.NA for cell in cells], dtype="string[python]")
    return pd.Series(list(cells), dtype="Int64" if COLUMNS[name] is int else "float64")
