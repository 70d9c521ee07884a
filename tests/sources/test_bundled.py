"""The bundled table is found, and its catalogue is read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier.errors import InputError
from verifier.sources.bundled import bundled_catalogue, bundled_path

OURS = '[project]\nname = "verifier"\n'
FOREIGN = '[project]\nname = "another"\n'


def lay_out(folder: Path, *tables: str, pyproject: str | None = None) -> Path:
    """A folder with a package in it, tables in these places, and the file that says whose folder it is."""
    for table in tables:
        (folder / table).mkdir(parents=True)
        (folder / table / "relations.toml").write_text("")
    (folder / "verifier").mkdir(exist_ok=True)
    if pyproject is not None:
        (folder / "pyproject.toml").write_text(pyproject)
    return folder / "verifier"


def test_the_checkout_holds_the_catalogue() -> None:
    """Read once."""
    assert bundled_path() == Path(__file__).parent.parent.parent / "reference"
    assert (bundled_path() / "relations.toml").is_file()
    assert bundled_catalogue() is bundled_catalogue()
    assert bundled_catalogue().find("capital") is not None


@pytest.mark.parametrize(
    ("pyproject", "expected"),
    [
        (OURS, "reference"),
        (None, "verifier/_reference"),
        (FOREIGN, "verifier/_reference"),
        ("name = ", "verifier/_reference"),
        ("project = 1", "verifier/_reference"),
    ],
)
def test_a_checkout_reads_its_own_folder_and_a_package_its_copy(
    tmp_path: Path, pyproject: str | None, expected: str
) -> None:
    """Also where both are there."""
    package = lay_out(tmp_path, "reference", "verifier/_reference", pyproject=pyproject)
    assert bundled_path(package) == tmp_path / expected


@pytest.mark.parametrize("pyproject", [None, FOREIGN])
def test_a_folder_beside_an_installed_package_is_never_read(tmp_path: Path, pyproject: str | None) -> None:
    """Not even where the package has lost its copy."""
    with pytest.raises(InputError, match="install the package again"):
        bundled_path(lay_out(tmp_path, "reference", pyproject=pyproject))


def test_a_checkout_without_its_table_says_so(tmp_path: Path) -> None:
    """A copy that a build left behind is older than what was deleted."""
    with pytest.raises(InputError, match="restore the folder"):
        bundled_path(lay_out(tmp_path, "verifier/_reference", pyproject=OURS))
