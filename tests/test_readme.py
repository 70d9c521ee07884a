"""What the README shows is what happens.

`UPDATE_GOLDEN=1 pytest tests/test_readme.py` writes the help and the examples anew: read the difference.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from verifier.cli import commands
from verifier.model import Reason
from verifier.reports import REPORTS
from verifier.settings import VARIABLES

ROOT = Path(__file__).parent.parent
EDITION = re.compile(r"(?<=, edition )[0-9a-f]{12}(?=\)$)", re.MULTILINE)
"""The fingerprint of the bundled table, which changes with every byte of it."""
README = (ROOT / "README.md").read_text(encoding="utf-8")


def verifier(*arguments: str, code: int = 0) -> str:
    """What the command prints in the checkout; it must end with `code`, also when writing anew."""
    command = [sys.executable, "-m", "verifier", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (code, "")
    return done.stdout


def compare(shown: str, printed: str) -> None:
    """Fail unless both are the same, or put what is printed in the place of what is shown."""
    if os.environ.get("UPDATE_GOLDEN"):
        path = ROOT / "README.md"
        path.write_text(path.read_text(encoding="utf-8").replace(shown, printed), encoding="utf-8")
    else:
        assert EDITION.sub("…", shown) == EDITION.sub("…", printed)


@pytest.mark.parametrize("name", ["check", "coverage", "explain"])
def test_the_help_is_that_of_the_command(tmp_path: Path, name: str) -> None:
    """Word for word."""
    shown = re.search(rf"^Usage: verifier {name}.*?(?=^```$)", README, re.DOTALL | re.MULTILINE)
    assert shown is not None
    compare(shown[0], verifier(name, "--help"))


@pytest.mark.parametrize("name", commands.commands)
def test_every_command_is_explained(name: str) -> None:
    """Not only listed."""
    assert f"verifier {name}" in README


@pytest.mark.parametrize(
    "word", [*VARIABLES, *(f"`{name}`" for name in REPORTS), *(f"`{reason}`" for reason in Reason)]
)
def test_every_setting_format_and_reason_is_named(word: str) -> None:
    """A reader can look each of them up."""
    assert word in README


def test_set_up_is_two_commands() -> None:
    """`.ci/run` runs them as they stand: the first checks a draft, the second passes the tests."""
    section = re.search(r"^## Set up$.*?^## ", README, re.DOTALL | re.MULTILINE)
    assert section is not None
    blocks = re.findall(r"^```sh\n(.*?)^```$", section[0], re.DOTALL | re.MULTILINE)
    first, second = blocks[0].splitlines()
    draft = re.search(r"verifier check (claims/\S+)", first)
    assert draft is not None
    assert (ROOT / draft[1]).is_file()
    assert second.endswith("-m pytest -q")


def test_examples_print_what_is_shown(tmp_path: Path) -> None:
    """Each `$ verifier ...` line is run, and its whole output compared."""
    blocks = re.findall(r"^```console\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert blocks
    for block in blocks:
        first, *examples = re.split(r"^(?=\$ verifier )", block, flags=re.MULTILINE)
        assert first == ""
        for example in examples:
            command = example.partition("\n")[0]
            code = int("✗ contradicted" in example)
            printed = verifier(*shlex.split(command)[2:], code=code)
            compare(example, f"{command}\n{printed}")


SAID = """
assert repr(report.results[0].verdict) == "<Verdict.SUPPORTED: 'supported'>"
assert df["verdict"].tolist()[:2] == ["supported", "contradicted"]
assert df["verdict"].isna().tolist() == [False, False, True]
"""
"""What the comments in the examples of Python promise."""


def test_python_blocks_run(tmp_path: Path) -> None:
    """One after the other, in a new Python, as in a notebook; what a comment says of a line is so."""
    (tmp_path / "my_table.csv").write_text(
        "subject,predicate,object\nNorway,capital,Oslo\n", encoding="utf-8"
    )
    (tmp_path / "draft.md").write_text("Oslo is the capital of Norway.\n", encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert "report.results[0].verdict  # <Verdict.SUPPORTED: 'supported'>" in README
    assert 'df["verdict"]  # supported, contradicted, missing' in README
    program = "\n".join((f"import sys\nsys.path.insert(0, {str(ROOT)!r})", *blocks, SAID))
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("supported Oslo is the capital of Norway")


def test_the_example_of_explain_is_its_golden_file() -> None:
    """It is about a made-up table, so that new rows of the bundled one leave it as it is."""
    golden = (ROOT / "tests" / "golden" / "trace-time.text.txt").read_text(encoding="utf-8")
    shown = re.search(rf"^{re.escape(golden.partition(chr(10))[0])}\n.*?(?=^```$)", README, re.DOTALL | re.M)
    assert shown is not None
    compare(shown[0].rstrip("\n"), golden.rstrip("\n"))
