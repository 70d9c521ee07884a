"""The whole job may be killed at any moment: the table is the edition before or the one after, whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.refresh.jobs import make_root
from tests.refresh.server import Fault, Source, body

PROJECT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")

RELATIONS = """\
[P36]
label = "capital"
single = "at-a-time"
lasting = true
subject_types = ["state"]
object_types = ["city"]

[P17]
label = "country"
[embassy]
label = "embassy"
value_within = "P17"

[consulate]
label = "consulate"
value_within = "P17"
"""
"""A catalogue that is read fast."""
CLAIMS = "id,subject,predicate,object\nvienna,Egypt,embassy,Vienna\njerusalem,Egypt,embassy,Jerusalem\n"


class Shown(Source):
    """Serves what is in a folder at the time."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def answer(self, path: str, parameters: Mapping[str, str]) -> Fault:
        """The file of that name."""
        return body((self._folder / path[1:]).read_bytes(), {"Content-Type": "text/csv"})


@pytest.mark.parametrize("kills", [12, pytest.param(200, marks=pytest.mark.slow)])
def test_a_job_may_be_killed_at_any_moment(tmp_path: Path, kills: int) -> None:
    """SIGKILL at moments spread over its duration; each time the next run succeeds."""
    shown = tmp_path / "shown"
    shown.mkdir()
    with Shown(shown) as source:
        urls = {name: f"{source.root}/{name}.csv" for name in ("embassies", "consulates")}
        root = make_root(tmp_path / "root", urls, "gone = 1.0, changed = 1.0")
        (root.path / "reference" / "relations.toml").write_text(RELATIONS)
        with root.sources_file.open("a") as file:
            file.write("[editions]\ndays = 3\nmonths = 0\n")
        (root.claims / "draft.md").unlink()
        (root.claims / "claims.csv").write_text(CLAIMS)
        told = subprocess.run(
            [sys.executable, "-m", "tests.refresh.killed", str(root.path), str(shown), str(kills)],
            cwd=PROJECT,
            env={**os.environ, "VERIFIER_CACHE_DIR": str(tmp_path / "cache")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    assert told.returncode == 0, told.stdout[-3000:]
    outcomes = json.loads(told.stdout.splitlines()[-1])
    assert outcomes["old"] + outcomes["new"] > 0.7 * kills, outcomes
    assert outcomes["old"] > kills / 3
    assert outcomes["new"] > 0 or kills < 100
