"""What `import verifier` offers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest

import verifier

HEAVY = ("numpy", "pandas", "pyarrow", "requests", "rich", "spacy")
TABLE = "subject,predicate,object\nNorway,capital,Oslo\n"


def options(folder: Path) -> tuple[str, ...]:
    """Check against `TABLE` alone, and report to a file that has nothing else in it."""
    tables = ("--reference", str(folder / "capitals.csv"), "--no-bundled")
    return (*tables, "--format", "json", "--output", str(folder / "out.json"))


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
    assert {name for name in modules if name.startswith("verifier.")} == {"verifier.version"}


CHECK = """
from verifier.cli import run
assert run({arguments!r}) == 0
"""


def test_a_triple_is_checked_without_heavy_libraries(tmp_path: Path) -> None:
    """Neither the language model nor data frames are needed for it, whether its table is compiled or not."""
    (tmp_path / "capitals.csv").write_text(TABLE)
    arguments = ["check", "Norway | capital | Oslo", *options(tmp_path)]
    for _ in range(2):
        assert loaded(CHECK.format(arguments=arguments)) & set(HEAVY) == set()
    assert json.loads((tmp_path / "out.json").read_text())["summary"]["supported"] == 1


OFFLINE = """
import os, sys

OUTWARD = ("connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo")

def watch(event, arguments):
    if event in {f"socket.{name}" for name in OUTWARD}:
        os.write(2, event.encode())
        os._exit(1)  # no library can catch it and go on

sys.addaudithook(watch)
"""
"""Ends the process before it connects, sends or looks up a name, also from C.

Not when a socket is made: urllib3, which spaCy imports, binds one to this computer's own address to see
whether there is IPv6 (https://github.com/urllib3/urllib3/blob/main/src/urllib3/util/connection.py).
"""


def test_a_document_is_checked_without_a_connection(tmp_path: Path) -> None:
    """A draft is confidential: nothing is looked up, downloaded or reported, the language model included."""
    (tmp_path / "capitals.csv").write_text(TABLE)
    (tmp_path / "draft.md").write_text("# Norway\n\nOslo is the capital of Norway.\n")
    arguments = ["check", str(tmp_path / "draft.md"), *options(tmp_path)]
    modules = loaded(OFFLINE + CHECK.format(arguments=arguments))
    assert "spacy" in modules
    assert json.loads((tmp_path / "out.json").read_text())["summary"]["supported"] == 1


@pytest.mark.parametrize(
    ("call", "event"),
    [
        ("import socket; socket.socket().connect(('127.0.0.1', 9))", "socket.connect"),
        ("import socket; socket.getaddrinfo('localhost', 9)", "socket.getaddrinfo"),
        ("import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')", "socket."),
        (
            "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
            "socket.sendto",
        ),
    ],
)
def test_a_connection_would_be_noticed(call: str, event: str) -> None:
    """The test above can fail, even where the code that makes one would hide it."""
    with pytest.raises(subprocess.CalledProcessError) as caught:
        loaded(f"{OFFLINE}\ntry:\n    {call}\nexcept Exception:\n    pass")
    assert caught.value.stderr.startswith(event)


def test_the_command_starts_without_heavy_libraries() -> None:
    """A triple answers in a fraction of a second only if nothing slow is imported on the way."""
    assert loaded("import verifier.cli, verifier.check") & set(HEAVY) == set()
