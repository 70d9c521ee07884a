"""A notebook that is run, written as a page and opened in a real Chromium: what its outputs look like.

Needs what tests/browser/test_page.py needs, and is skipped as that is.
"""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import seen_by

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LIGHT, DARK = "rgb(252, 251, 248)", "rgb(22, 24, 26)"
PAPERS = {
    "light": LIGHT,
    "dark": DARK,
    "light, the system dark": LIGHT,
    "dark, the system dark": DARK,
    "narrow": LIGHT,
    "code, dark": DARK,
    "code, light, the system dark": LIGHT,
    "no theme, the system dark": DARK,
}
CELLS = (
    "import pandas as pd\nimport verifier\nreport = verifier.check('claims/kosovo-israel.md')\nreport",
    "table = pd.read_csv('claims/baltic.csv').head(12)\ntable.claims.report()",
    "report.results[-1]",
    "from verifier.names import NameIndex\n"
    "NameIndex.build([('Q25270', 'Pristina')], FOLDER + '/names.db').search('Prishtina')[0]",
    "from tests.reports.report import hostile\nhostile()",
    "table.assign(**table.claims.check())[['claim', 'verdict']]",
)

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The notebook as a page, light and dark."""
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    folder = tmp_path_factory.mktemp("notebook")
    code = [f"FOLDER = {str(folder)!r}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})", *CELLS]
    text = "# A notebook\n\nWords, `code` and\n\n> a quotation\n\n- an item\n\n<p class='card'>A card</p>"
    cells = [nbformat.v4.new_markdown_cell(text), *map(nbformat.v4.new_code_cell, code)]
    found = nbformat.v4.new_notebook(cells=cells)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nbclient.NotebookClient(found, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    path = folder / "notebook.ipynb"
    nbformat.write(found, path)
    command = [sys.executable, "-m", "nbconvert", "--to", "html", str(path), "--output"]
    for theme in ("light", "dark"):
        subprocess.run([*command, theme, "--theme", theme], check=True, capture_output=True, timeout=300)
    return [folder / "light.html", folder / "dark.html"]


@pytest.fixture(scope="module")
def seen(pages: list[Path]) -> dict[str, Any]:
    """What a reader meets."""
    return seen_by("output.mjs", *pages)


def test_axe_finds_nothing(seen: dict[str, Any]) -> None:
    """In every theme, with everything unfolded."""
    assert {name: found for name, found in seen["violations"].items() if found} == {}


def test_the_paper_is_that_of_the_theme(seen: dict[str, Any]) -> None:
    """Of JupyterLab and of Visual Studio Code, whatever the system has; else of the system."""
    assert seen["papers"] == PAPERS


def test_a_highlight_leads_to_its_card(seen: dict[str, Any]) -> None:
    """Which was folded, and with it the fold that it is in."""
    assert seen["opened"] == [[False, True], [False, True]]


def test_each_highlight_is_the_text_of_the_claim(seen: dict[str, Any]) -> None:
    """As the browser has it."""
    text = (ROOT / "claims" / "kosovo-israel.md").read_text(encoding="utf-8")
    assert len(seen["words"]) > 30
    assert all(
        text[start:end].replace("\n", " ") == words.replace("\n", " ") for start, end, words in seen["words"]
    )


def test_nothing_else_is_styled(seen: dict[str, Any]) -> None:
    """The notebook looks the same with our style sheets and without; nothing of ours sticks out."""
    assert seen["others"] > 20
    assert seen["leaks"] == []
    assert seen["overflow"] <= 0
