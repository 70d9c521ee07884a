"""Runs the programs of `tests/reports/consumers`, installed from npm into a temporary folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent / "consumers"


def installed(folder: Path) -> Path:
    """The folder with the scripts and what they import; skips the test only where there is no Node.js."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("Node.js and npm are needed to run the programs that read this format")
    for script in SCRIPTS.iterdir():
        shutil.copy(script, folder)
    options = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    subprocess.run(["npm", "install", *options], cwd=folder, check=True, capture_output=True, text=True)
    return folder


def answer(folder: Path, script: str, asked: str) -> str:
    """What a script of the folder writes when it is asked this."""
    done = subprocess.run(
        ["node", script], cwd=folder, input=asked.encode(), capture_output=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()
