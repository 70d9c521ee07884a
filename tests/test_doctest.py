"""The examples in the docstrings of what `import verifier` offers are run, and there are some."""

from __future__ import annotations

import doctest
import inspect
from importlib import import_module
from pathlib import Path

import pytest

import verifier

MODULES = (
    "verifier",
    "verifier.check",
    "verifier.errors",
    "verifier.model",
    "verifier.names",
    "verifier.pandas",
    "verifier.settings",
)
"""Where the public names live."""
SHOWN = (
    "verifier",
    "verifier.check.Checker",
    "verifier.check.Checker.check",
    "verifier.check.Checker.explain",
    "verifier.check.Checker.lookup",
    "verifier.check.check",
    "verifier.errors.TableError",
    "verifier.model.ClaimRow",
    "verifier.model.Document",
    "verifier.model.Report",
    "verifier.model.Report.to_frame",
    "verifier.model.Report.to_html",
    "verifier.model.Result",
    "verifier.names",
    "verifier.names.NameIndex.build",
    "verifier.names.NameIndex.exact",
    "verifier.names.NameIndex.open",
    "verifier.names.NameIndex.search",
    "verifier.pandas.FrameClaims.check",
    "verifier.pandas.FrameClaims.report",
    "verifier.settings.Settings",
    "verifier.settings.Settings.from_env",
)
"""What has an example, because people call or make it."""


def examples_of(module: str) -> list[doctest.DocTest]:
    """The docstrings of a module that have examples."""
    found = doctest.DocTestFinder(exclude_empty=True).find(import_module(module), module)
    return [test for test in found if test.examples]


@pytest.mark.parametrize("module", MODULES)
def test_examples_print_what_is_shown(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, against the bundled table."""
    monkeypatch.chdir(tmp_path)
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF)
    for test in examples_of(module):
        runner.run(test, out=told.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(told)


def test_what_people_call_has_an_example() -> None:
    """And none of them is skipped, or says what only holds today."""
    found = {test.name: test for module in MODULES for test in examples_of(module)}
    assert sorted(set(SHOWN) - set(found)) == []
    examples = [example for test in found.values() for example in test.examples]
    assert not [one.source for one in examples if doctest.SKIP in one.options]
    assert not [one.source for one in examples if "+" in one.source and "doctest:" in one.source]


@pytest.mark.parametrize("name", verifier.__all__)
def test_every_public_name_says_what_it_is(name: str) -> None:
    """And so does each public method of it."""
    noun = getattr(verifier, name)
    assert noun.__module__ in MODULES
    assert inspect.getdoc(noun)
    methods = {key: value for key, value in vars(noun).items() if not key.startswith("_") and callable(value)}
    assert [key for key, method in methods.items() if not inspect.getdoc(method)] == []
