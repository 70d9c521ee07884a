"""Frames and series of claims that check themselves: `df.claims.check()`.

    import pandas as pd
    import verifier.pandas  # `import verifier` is enough after `import pandas`

    df = df.assign(**df.claims.check(as_of="2021-02-01"))

Importing this registers the accessor `claims` with pandas, for data frames and for series of sentences
(https://pandas.pydata.org/docs/development/extending.html). A column that is called `claims` is then read as
`df["claims"]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from verifier.check import Checker
    from verifier.given import DayGiven
    from verifier.model import ClaimRow, Report

__all__ = ["FrameClaims", "SeriesClaims"]

_ENDS = ("subject", "predicate", "object")
_OF_TRIPLES = ("start", "end", "point_in_time", "negated")
"""Of sentences they would say nothing, and are often something else (offsets)."""
_FOUND = ["verdict", "reason", "confidence", "explanation", "instead", "sources"]
"""The columns of `Report.to_frame` that say what came of a claim; the others may be those of claims."""
_NAMED = 20
"""Columns that an error names."""


class FrameClaims:
    """The claims of a data frame, one in each row: `df.claims`.

    A row asks about a sentence, in the column `claim`, or about a triple, in `subject`, `predicate` and
    `object`; where it has both, the sentence counts. `claim="text"` and the like name other columns.
    `as_of`, and of triples `start`, `end`, `point_in_time` and `negated`, are read as in a table of claims
    (README, "What it reads"), and so is `id` where every row has its own. Cells may be text, numbers, dates
    and timestamps, of which the day counts. A row in which nothing is claimed (all of it `None`, `NaN`,
    `<NA>` or blank) is not checked.

    Raises `UsageError` if a column is missing, and `TableError`, with the number of the row from 1, for a
    cell that cannot be read: half a triple, a date that is none.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def check(
        self,
        *,
        claim: str | None = None,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        checker: Checker | None = None,
        reference: str | Path | Sequence[str | Path] = (),
        bundled: bool = True,
        closed_world: bool = False,
        as_of: DayGiven | None = None,
        prefix: str = "",
    ) -> pd.DataFrame:
        """What came of each claim: a frame with the same index, row by row.

        Its columns are `verdict`, `reason`, `confidence`, `explanation`, `instead` and `sources`, of the
        types of `Report.to_frame`; all are missing in a row that claims nothing. `prefix` stands before
        their names, for a frame that has such columns. `df.assign(**df.claims.check())` puts them beside the
        claims whatever the index, and again if the cell of a notebook is run twice; so does `df.join`, where
        the index has no label twice and the frame no such column.

        `checker` is a `Checker` that has its tables open already; else the other arguments are those of
        `verifier.check`.

            >>> import pandas as pd
            >>> import verifier.pandas
            >>> df = pd.DataFrame({"said": ["Oslo is the capital of Norway.", None]}, index=["a", "b"])
            >>> found = df.claims.check(claim="said", as_of="2021-02-01")
            >>> found.loc["a", ["verdict", "reason"]].tolist()
            ['supported', 'same-value']
            >>> found["verdict"].isna().tolist()
            [False, True]
        """
        chosen = _checker(checker, reference, bundled=bundled, closed_world=closed_world, as_of=as_of)
        places, rows = self._rows(claim=claim, subject=subject, predicate=predicate, object=object)
        report = chosen.check(rows) if rows else _no_report()
        found = report.to_frame()[_FOUND]
        found.index = pd.Index(places, dtype="int64")
        found = found.reindex(pd.RangeIndex(len(self._frame)))
        found.index = self._frame.index
        return found.add_prefix(prefix) if prefix else found

    def report(
        self,
        *,
        claim: str | None = None,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        checker: Checker | None = None,
        reference: str | Path | Sequence[str | Path] = (),
        bundled: bool = True,
        closed_world: bool = False,
        as_of: DayGiven | None = None,
    ) -> Report:
        """The report on the claims, with all that led to each verdict; the arguments are those of `check`.

        Its results are in the order of the rows; one that claims nothing has none.

            >>> import pandas as pd
            >>> import verifier.pandas
            >>> df = pd.DataFrame({"state": ["Norway"], "what": ["capital"], "object": ["Bergen"]})
            >>> report = df.claims.report(subject="state", predicate="what", as_of="2021-02-01")
            >>> report.results[0].parts[0].repair
            'Oslo'
        """
        chosen = _checker(checker, reference, bundled=bundled, closed_world=closed_world, as_of=as_of)
        _, rows = self._rows(claim=claim, subject=subject, predicate=predicate, object=object)
        return chosen.check(rows)

    def _rows(self, **named: str | None) -> tuple[list[int], tuple[ClaimRow, ...]]:
        """The rows that claim something, and where each is in the frame, from 0."""
        from verifier.readers.claims_table import rows_of_frame

        asked = self._asked(named)
        table = pd.DataFrame({name: self._column(at) for name, at in asked.items()})
        filled = [_filled(table[name]) for name in ("claim", *_ENDS) if name in table]
        places = [place for place, row in enumerate(zip(*filled, strict=True)) if any(row)]
        numbers = [place + 1 for place in places]
        table = table.loc[places].assign(id=[str(number) for number in numbers])
        at = self._where("id")
        if at is not None:
            ids = self._column(at).loc[places]
            if all(_filled(ids)) and len(set(_texts(ids))) == len(ids):
                table["id"] = ids
        return places, rows_of_frame(table, numbers) if places else ()

    def _asked(self, named: dict[str, str | None]) -> dict[str, int]:
        """Which column of the frame is which of a table of claims.

        Whoever names the column of a sentence asks about that alone; and so with the ends of a triple.
        """
        from verifier.errors import UsageError

        given = {name: column for name, column in named.items() if column is not None}
        wanted: tuple[str, ...] = ("claim",) if set(given) == {"claim"} else ("claim", *_ENDS)
        if given and "claim" not in given:
            wanted = _ENDS
        found = {name: self._where(given.get(name, name), exact=name in given) for name in wanted}
        lacking = [given[name] for name in given if found[name] is None]
        if lacking:
            raise UsageError(f"no column {_listed(lacking)} in the frame; {self._there()}")
        missing = [given.get(name, name) for name in _ENDS if found.get(name) is None]
        if found.get("claim") is None and missing:
            what = "a column `claim`, or `subject`, `predicate` and `object`"
            if "claim" not in wanted:
                what = "columns for `subject`, `predicate` and `object`"
            raise UsageError(
                f"a frame of claims has {what}; missing: {_listed(missing)}; {self._there()} "
                '(claim="..." names the column of the sentences)'
            )
        of_triples = () if missing else _OF_TRIPLES
        found |= {name: self._where(name) for name in (*of_triples, "as_of")}
        return {name: at for name, at in found.items() if at is not None}

    def _where(self, name: str, *, exact: bool = False) -> int | None:
        """The place of a column; its own name in capitals will do, where the user has not written it."""
        from verifier.errors import UsageError

        columns = list(self._frame.columns)
        places = [at for at, column in enumerate(columns) if column == name]
        if not places and not exact:
            places = [at for at, column in enumerate(columns) if str(column).casefold() == name]
        if len(places) > 1:
            raise UsageError(f"{len(places)} columns of the frame are called {name!r}")
        return places[0] if places else None

    def _column(self, at: int) -> pd.Series[Any]:
        return self._frame.iloc[:, at].reset_index(drop=True)

    def _there(self) -> str:
        return f"it has {_listed(self._frame.columns) or 'no columns'}"


class SeriesClaims:
    """The claims of a series of sentences: `df["text"].claims`."""

    def __init__(self, series: pd.Series[Any]) -> None:
        self._claims = FrameClaims(series.to_frame("claim"))

    def check(
        self,
        *,
        checker: Checker | None = None,
        reference: str | Path | Sequence[str | Path] = (),
        bundled: bool = True,
        closed_world: bool = False,
        as_of: DayGiven | None = None,
        prefix: str = "",
    ) -> pd.DataFrame:
        """What came of each sentence, with the index of the series; see `FrameClaims.check`."""
        return self._claims.check(
            checker=checker,
            reference=reference,
            bundled=bundled,
            closed_world=closed_world,
            as_of=as_of,
            prefix=prefix,
        )

    def report(
        self,
        *,
        checker: Checker | None = None,
        reference: str | Path | Sequence[str | Path] = (),
        bundled: bool = True,
        closed_world: bool = False,
        as_of: DayGiven | None = None,
    ) -> Report:
        """The report on the sentences; see `FrameClaims.report`."""
        return self._claims.report(
            checker=checker, reference=reference, bundled=bundled, closed_world=closed_world, as_of=as_of
        )


def _checker(
    checker: Checker | None,
    reference: str | Path | Sequence[str | Path],
    *,
    bundled: bool,
    closed_world: bool,
    as_of: DayGiven | None,
) -> Checker:
    from verifier.check import Checker
    from verifier.errors import UsageError

    given = [reference] if isinstance(reference, (str, Path)) else list(reference)
    if checker is None:
        return Checker(given, bundled=bundled, closed_world=closed_world, as_of=as_of)
    if given or not bundled or closed_world or as_of is not None:
        raise UsageError("`checker` has its tables and its day already: give it alone, or not at all")
    return checker


def _filled(column: pd.Series[Any]) -> list[bool]:
    """Which cells have something in them."""
    known = zip(column.notna().tolist(), _texts(column), strict=True)
    return [there and text != "" for there, text in known]


def _texts(column: pd.Series[Any]) -> list[str]:
    """Its cells as text, made by Python: pyarrow, which pandas may keep text with, refuses half a pair."""
    return [str(cell).strip() for cell in column.tolist()]


def _no_report() -> Report:
    from verifier.model import Document, Report

    return Report(Document(""), ())


def _listed(names: Sequence[object] | pd.Index[Any]) -> str:
    shown = [repr(name)[:80] for name in list(names)[:_NAMED]]
    return ", ".join(shown + [f"and {len(names) - _NAMED} more"] * (len(names) > _NAMED))


def _forget(kind: type) -> None:
    """Take away what this module has registered when it was loaded before: pandas would warn of it."""
    if getattr(getattr(kind, "claims", None), "__module__", "") == __name__:
        delattr(kind, "claims")


_forget(pd.DataFrame)
_forget(pd.Series)
pd.api.extensions.register_dataframe_accessor("claims")(FrameClaims)
pd.api.extensions.register_series_accessor("claims")(SeriesClaims)
