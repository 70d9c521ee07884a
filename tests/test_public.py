"""What `import verifier` offers."""

from __future__ import annotations

import subprocess
import sys
from types import FunctionType

import verifier

HEAVY = ("numpy", "pandas", "pyarrow", "requests", "rich", "spacy")


def test_the_public_names_are_sorted_and_exist() -> None:
    """`__all__` is true, and `dir` shows it."""
    assert list(verifier.__all__) == sorted(verifier.__all__)
    for name in verifier.__all__:
        assert getattr(verifier, name).__name__ == name
    assert set(verifier.__all__) <= set(dir(verifier))


def test_check_is_the_function_whatever_was_imported_before() -> None:
    """The module of the same name does not hide it."""
    from verifier.check import Checker

    assert isinstance(verifier.check, FunctionType)
    assert verifier.Checker is Checker


def loaded(code: str) -> set[str]:
    """The modules that a new Python has loaded after this code."""
    program = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_next_to_nothing() -> None:
    """`import verifier` is instant: not even its own modules are loaded."""
    modules = loaded("import verifier")
    assert {name for name in modules if name.startswith("verifier.")} == set()


def test_the_command_starts_without_heavy_libraries() -> None:
    """A triple answers in a fraction of a second only if nothing slow is imported on the way."""
    assert loaded("import verifier.cli, verifier.check") & set(HEAVY) == set()
