"""Checks the claims of a text against tables of sourced statements, and shows the row behind each verdict.

    >>> import verifier
    >>> report = verifier.check("Pristina is the capital of Kosovo.", as_of="2021-02-01")
    >>> report.results[0].verdict
    <Verdict.SUPPORTED: 'supported'>

The names below are loaded when they are first used, so that `import verifier` takes no time. Where pandas is
loaded already, its frames get `df.claims` (see `verifier.pandas`).
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from verifier.version import __version__ as __version__

if TYPE_CHECKING:
    from verifier.check import Checker, check
    from verifier.errors import InputError, SourceError, TableError, UsageError, VerifierError
    from verifier.model import (
        Candidates,
        Claim,
        ClaimRow,
        Document,
        Entity,
        Finding,
        Match,
        Part,
        Reason,
        Report,
        Result,
        Source,
        Statement,
        Triple,
        Verdict,
    )
    from verifier.names import NameIndex, NameMatch
    from verifier.settings import Settings

__all__ = [
    "Candidates",
    "Checker",
    "Claim",
    "ClaimRow",
    "Document",
    "Entity",
    "Finding",
    "InputError",
    "Match",
    "NameIndex",
    "NameMatch",
    "Part",
    "Reason",
    "Report",
    "Result",
    "Settings",
    "Source",
    "SourceError",
    "Statement",
    "TableError",
    "Triple",
    "UsageError",
    "Verdict",
    "VerifierError",
    "check",
]

_HOMES = {
    "verifier.check": ("Checker", "check"),
    "verifier.errors": ("InputError", "SourceError", "TableError", "UsageError", "VerifierError"),
    "verifier.names": ("NameIndex", "NameMatch"),
    "verifier.settings": ("Settings",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


class _Package(ModuleType):
    """The package, in which `check` is always the function.

    `verifier.check` is also a module, and importing a module puts it on its package under the same name,
    where it would hide the function.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "check" and isinstance(value, ModuleType):
            value = value.check
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOME.get(name, "verifier.model")), name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package

if hasattr(sys.modules.get("pandas"), "DataFrame"):
    # Who has pandas open already gets `df.claims` without a further import; it is not opened for that.
    import_module("verifier.pandas")
