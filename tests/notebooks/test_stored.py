"""The notebooks as they lie in the repository: whole, without outputs, in words that need no network."""

from __future__ import annotations

import ast
import json
import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.notebooks.running import NAMES, ROOT

nbformat = pytest.importorskip("nbformat")

FOLDER = ROOT / "notebooks"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""Neither a version nor a machine."""
OURS = {"newsroom", "verifier"}


def test_the_folder_has_these_notebooks() -> None:
    """And each of them is run by the tests, and named in the README."""
    assert tuple(sorted(path.stem for path in FOLDER.glob("*.ipynb"))) == NAMES
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"notebooks/{name}.ipynb" not in readme] == []


def stripped(path: Path) -> Any:
    """The notebook without what a run, or an editor, leaves in it."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat_minor = 5
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id, cell.metadata = f"cell-{number:02}", nbformat.from_dict({})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_stored_without_what_a_run_leaves(name: str) -> None:
    """Its metadata is always the same, so that a difference is a difference of words or code."""
    path = FOLDER / f"{name}.ipynb"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(nbformat.writes(stripped(path)) + "\n", encoding="utf-8")
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata == METADATA
    assert [cell.id for cell in notebook.cells] == [
        f"cell-{number:02}" for number in range(1, len(notebook.cells) + 1)
    ]
    for cell in notebook.cells:
        assert cell.metadata == {}
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)
    assert path.read_text(encoding="utf-8") == nbformat.writes(notebook) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_begins_with_what_it_is_for(name: str) -> None:
    """A title and some words, before any code."""
    first = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4).cells[0]
    assert first.cell_type == "markdown"
    title, *words = first.source.splitlines()
    assert title.startswith("# ")
    assert len(" ".join(words)) > 100


def imported(source: str) -> set[str]:
    """The packages that a piece of code imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - OURS


def sources(path: Path) -> list[str]:
    """The code of a notebook, or of a module."""
    if path.suffix == ".py":
        return [path.read_text(encoding="utf-8")]
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_the_extra_has_what_the_notebooks_import() -> None:
    """`pip install '.[notebooks]'` is enough; pandas brings numpy."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["notebooks"]]
    installed = {requirement.partition(">")[0] for requirement in wanted} | {"numpy"}
    paths = [*FOLDER.glob("*.ipynb"), *FOLDER.glob("*.py")]
    assert {name for path in paths for code in sources(path) for name in imported(code)} <= installed
