"""What can go wrong, by what the caller does about it.

VerifierError
├── InputError          the input cannot be read: say so and stop (exit code 2)
│   └── TableError      a table is refused as a whole; names file, line, column and value
├── UsageError          the call itself is wrong (exit code 2)
└── SourceError         one source could not be asked: the run goes on and names it
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["InputError", "SourceError", "TableError", "UsageError", "VerifierError"]


class VerifierError(Exception):
    """The base of every error that `verifier` raises on purpose."""


class InputError(VerifierError):
    """An input cannot be read; the message says which, why, and what would be right."""


class UsageError(VerifierError):
    """The call is wrong in itself, whatever the input holds."""


class SourceError(VerifierError):
    """A source of evidence could not be asked; other sources still can."""


class TableError(InputError):
    """A table has a cell or a shape that cannot be accepted; the table is refused as a whole.

    >>> import pandas as pd
    >>> import verifier
    >>> try:
    ...     verifier.check(pd.DataFrame({"claim": ["Oslo is in Norway."], "as_of": ["last week"]}))
    ... except verifier.TableError as error:
    ...     error.line, error.column, error.value
    (1, 'as_of', 'last week')
    """

    def __init__(
        self,
        problem: str,
        *,
        path: Path | str,
        line: int | None = None,
        column: str | None = None,
        value: str | None = None,
        hint: str = "",
    ) -> None:
        self.path, self.line, self.column, self.value, self.hint = str(path), line, column, value, hint
        where = self.path if line is None else f"{self.path}:{line}"
        if column is not None:
            where += f", column {column!r}"
        if value is not None:
            where += f", value {value[:80]!r}"
        super().__init__(f"{where}: {problem}" + (f" ({hint})" if hint else ""))
