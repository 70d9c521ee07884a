"""Runs a script of this folder that looks at pages in Chromium, and gives what it saw."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

__all__ = ["seen_by"]

_HERE = Path(__file__).parent
_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def seen_by(script: str, *pages: Path) -> dict[str, Any]:
    """What a reader meets; skipped where something is missing, or with BROWSER_TESTS=1 an error."""
    if _CHROMIUM is None or shutil.which("node") is None or not (_HERE / "node_modules").exists():
        missing = "needs chromium, node and `npm ci --prefix tests/browser`"
        pytest.fail(missing) if os.environ.get("BROWSER_TESTS") else pytest.skip(missing)
    command = ["node", str(_HERE / script), *map(str, pages), _CHROMIUM]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
