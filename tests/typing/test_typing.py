"""The types of the public names, as a program that uses them meets them: `api.py` through mypy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

API = Path(__file__).with_name("api.py")

pytestmark = pytest.mark.slow


def complaints(path: Path, tmp_path: Path) -> str:
    """What mypy says, strict, of a program outside the package."""
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--ignore-missing-imports"]
    command += ["--follow-imports=silent", f"--cache-dir={tmp_path}", str(path)]
    return subprocess.run(command, cwd=API.parents[2], capture_output=True, text=True, check=False).stdout


def test_the_public_names_have_the_types_that_are_promised(tmp_path: Path) -> None:
    """And what is wrong is found, line by line."""
    assert complaints(API, tmp_path).startswith("Success")


def test_a_wrong_type_is_found(tmp_path: Path) -> None:
    """The test above can fail."""
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import verifier\n\nreport: int = verifier.check('x')\n", encoding="utf-8")
    assert '"Report"' in complaints(wrong, tmp_path)
