"""Which statements of a source can be accepted: every other is refused by itself, and told with its place.

What is accepted here is what the reader of tables accepts, so that no row of a source makes the table of all
unreadable. The checks are pandera's (https://pandera.readthedocs.io), which gathers all that fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from verifier.dates import parse_date
from verifier.model import Date
from verifier.night import Refused
from verifier.refresh.mapping import DATES, LINE, OPTIONAL, REQUIRED
from verifier.refresh.objects import ObjectCheck
from verifier.relations import Catalogue
from verifier.sources.sheets import LONGEST_CELL

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Validator"]

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""Characters that no file of text holds, or that part the cells of a row in the job's own files."""
_URL = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_FURTHER = re.compile(r".*#[0-9]+", re.DOTALL)
"""How the reader names the further objects of a list."""
_RANKS = ("", "preferred", "deprecated")
_POLARITIES = ("", "negative")
_MOST_KNOWN = 200_000

Problem = Callable[[str], str]
"""What is wrong with a cell; "" if nothing is."""


class Validator:
    """Checks the statements of one source, a chunk at a time; what it has read it reads no more."""

    def __init__(self, columns: tuple[str, ...], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._columns = columns
        self._dates: dict[str, Date | str] = {}
        self._objects = ObjectCheck(catalogue)
        self._qualifiers = tuple(name for name in columns if name not in (*REQUIRED, *OPTIONAL))
        self._problems = self._of_cells(columns)
        self._schema = self._pandera(columns)

    def check(self, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Refused]]:
        """The statements that are accepted, and one `Refused` for each of the others, by their lines."""
        import pandera.errors

        unfit = self._unfit(frame)
        if unfit:
            rest, refused = self.check(frame.drop(index=list(unfit)).reset_index(drop=True))
            return rest, sorted((*refused, *unfit.values()), key=lambda one: one.line)
        if frame.empty:
            return frame, []
        try:
            self._schema.validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as exc:
            first: dict[int, str] = {}
            order = {name: number for number, name in enumerate(self._problems)}
            failed = zip(exc.failure_cases["check"], exc.failure_cases["index"], strict=True)
            for name, index in sorted(failed, key=lambda one: order[str(one[0])]):
                first.setdefault(int(index), str(name))
            refused = [self._refused(frame, index, name) for index, name in sorted(first.items())]
            return frame.drop(index=list(first)).reset_index(drop=True), refused
        return frame, []

    def _unfit(self, frame: pd.DataFrame) -> dict[int, Refused]:
        """The rows with a cell that is no text, by their place; pandas itself may choke on them."""
        found: dict[int, Refused] = {}
        lines = frame[LINE].tolist()
        for name in self._columns:
            cells = frame[name].tolist()
            if not "".join(cells).isprintable() or max(map(len, cells), default=0) >= LONGEST_CELL:
                for index, cell in enumerate(cells):
                    if problem := _unfit(cell):
                        found.setdefault(index, Refused(lines[index], name, cell, problem))
        return found

    def _of_cells(self, columns: tuple[str, ...]) -> dict[str, tuple[str, Problem | None]]:
        """The checks in the order in which they are told: name, the column, and what is wrong with a cell."""
        found: dict[str, tuple[str, Problem | None]] = {
            "id": ("statement_id", _bad_id),
            "relation": ("predicate", self._no_relation),
        }
        for name in (*DATES, "retrieved"):
            if name in columns:
                found[f"{name}: date"] = name, self._no_date
        for name, problem in (
            ("source_url", _no_address),
            ("rank", _no_rank),
            ("polarity", _no_polarity),
        ):
            if name in columns:
                found[name] = name, problem
        found["object"] = "object", None
        for name in self._qualifiers:
            found[f"{name}: value"] = name, self._objects.of_qualifier(name)
        if "start" in columns and "end" in columns:
            found["order"] = "end", None
        return found

    def _pandera(self, columns: tuple[str, ...]) -> Any:
        import pandera.pandas as pa

        checks: dict[str, list[Any]] = {name: [] for name in columns}
        wide = []
        for name, (column, problem) in self._problems.items():
            if problem is None:
                wide.append(pa.Check(self._wide(name), name=name, error=name))
            else:
                checks[column].append(pa.Check(_of_column(problem), name=name, error=name))
        return pa.DataFrameSchema(
            {name: pa.Column(object, of, nullable=True) for name, of in checks.items()}, checks=wide
        )

    def _wide(self, name: str) -> Callable[[pd.DataFrame], pd.Series[bool]]:
        return self._in_order if name == "order" else self._fits

    def _in_order(self, frame: pd.DataFrame) -> pd.Series[bool]:
        import pandas as pd

        pairs = zip(frame["start"].tolist(), frame["end"].tolist(), strict=True)
        right = [not (start and end) or self._runs_forwards(start, end) for start, end in pairs]
        return pd.Series(right, index=frame.index)

    def _runs_forwards(self, start: str, end: str) -> bool:
        first, last = self._date(start), self._date(end)
        return isinstance(first, str) or isinstance(last, str) or last.latest >= first.earliest

    def _fits(self, frame: pd.DataFrame) -> pd.Series[bool]:
        import pandas as pd

        units = frame["unit"].tolist() if "unit" in frame else [""] * len(frame)
        cells = zip(
            frame["predicate"].tolist(),
            frame["object"].tolist(),
            frame["object_id"].tolist(),
            units,
            strict=True,
        )
        return pd.Series(self._objects.fit(list(cells)), index=frame.index)

    def _refused(self, frame: pd.DataFrame, index: int, name: str) -> Refused:
        row: dict[str, Any] = {str(key): cell for key, cell in frame.loc[index].items()}
        column, problem = self._problems[name]
        value = str(row[column])
        if problem is not None:
            told = problem(value)
        elif name == "order":
            told = f"before the start {row['start']!r}"
        else:
            told = self._objects.problem(
                row["predicate"], row["object"], row["object_id"], row.get("unit", "")
            )
        return Refused(int(row[LINE]), column, value, told)

    def _no_relation(self, cell: str) -> str:
        return (
            "" if cell in self._catalogue else "the catalogue has no such relation: map it, or leave it out"
        )

    def _no_date(self, cell: str) -> str:
        date = self._date(cell) if cell else ""
        return date if isinstance(date, str) else ""

    def _date(self, cell: str) -> Date | str:
        """The date of a cell, or what is wrong with it."""
        found = self._dates.get(cell)
        if found is None:
            if len(self._dates) > _MOST_KNOWN:
                self._dates.clear()
            try:
                found = parse_date(cell)
            except ValueError as exc:
                found = str(exc)
            self._dates[cell] = found
        return found


def _of_column(problem: Problem) -> Callable[[pd.Series[Any]], pd.Series[bool]]:
    """A check of each different cell of a column."""

    def check(column: pd.Series[Any]) -> pd.Series[bool]:
        import pandas as pd

        cells = column.tolist()
        bad = {cell for cell in set(cells) if problem(cell)}
        right = [cell not in bad for cell in cells] if bad else True
        return pd.Series(right, index=column.index)

    return check


def _unfit(cell: str) -> str:
    if match := _UNFIT.search(cell):
        return f"the character U+{ord(match[0]):04X}: this is not text"
    return "" if len(cell) < LONGEST_CELL else f"a cell of more than {LONGEST_CELL:,} characters"


def _bad_id(cell: str) -> str:
    if not cell:
        return "an empty cell: every statement of this source has an id of its own"
    return "an id may not end in # and a number" if "#" in cell and _FURTHER.fullmatch(cell) else ""


def _no_address(cell: str) -> str:
    return "" if not cell or _URL.fullmatch(cell) else "not the address of a page: expected https://..."


def _no_rank(cell: str) -> str:
    return "" if cell in _RANKS else "not a rank: expected normal, preferred or deprecated"


def _no_polarity(cell: str) -> str:
    return "" if cell in _POLARITIES else "not a polarity: expected positive or negative"
