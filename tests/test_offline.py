"""Offline is the default: no command opens a socket unless `--online` is given."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import NoReturn

import pytest

from tests.refresh.small_nights import make_root, night, rows
from tests.wikidata.forms import entity
from verifier.cli import commands, run

ROOT = Path(__file__).parent.parent
CLAIM = "Pristina is the capital of Kosovo."


class Reached(AssertionError):
    """Something tried to leave."""


def refuse(*given: object, **named: object) -> NoReturn:
    raise Reached(given)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever would reach another computer, or ask for its address, fails."""
    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setenv("VERIFIER_CONTACT", "desk@example.org")
    (tmp_path / "draft.md").write_text(f"# A draft\n\n{CLAIM}\n", encoding="utf-8")
    (tmp_path / "claims.csv").write_text(f"claim,gold\n{CLAIM},supported\n", encoding="utf-8")
    (tmp_path / "dump.json").write_text(json.dumps(entity("Q1 one", "P36 Q2")) + "\n", encoding="utf-8")


CALLS = {
    "check": (("check", CLAIM), ("check", "draft.md", "--format", "json"), ("check", "claims.csv")),
    "coverage": (("coverage", "--entity", "Kosovo"),),
    "evaluate": (("evaluate", "claims.csv"),),
    "explain": (("explain", CLAIM),),
    "history": (("history", CLAIM, "--root", "root"),),
    "lookup": (("lookup", "Kosovo"),),
    "refresh": (("refresh", "--root", "root"),),
    "snapshot": (("snapshot", "build", "dump.json", "-o", "made.snapshot"),),
}
SOURCES = """
[seats]
kind = "csv"
path = "seats.csv"
title = "Seats"
publisher = "The desk"
licence = "CC0-1.0"
page = "https://example.org/seats"
[[seats.statements]]
subject = "{state}"
predicate = "P36"
object = "{town}"
"""


def test_every_command_is_called_here() -> None:
    """A new one is added to the table."""
    assert set(commands.commands) <= set(CALLS)


@pytest.mark.parametrize("call", [c for name in commands.commands for c in CALLS[name]], ids=" ".join)
def test_nothing_leaves(call: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command does its work without the network."""
    monkeypatch.chdir(tmp_path)
    if "--root" in call:
        root = make_root(tmp_path / "root")
        night(root, rows("Rome"))
        (root.path / "reference" / "seats.csv").write_text("state,town\nKosovo,Pristina\n", encoding="utf-8")
        (root.path / "reference" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    assert run(call) == (1 if call[0] == "refresh" else 0)  # a source of the last night is no longer listed


def test_the_guard_would_see_it(capfd: pytest.CaptureFixture[str]) -> None:
    """With `--online` the same guard is hit."""
    assert run(["check", CLAIM, "--online"]) == 2
    assert "Reached" in capfd.readouterr().err
