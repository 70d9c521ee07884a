"""Handing the report to a program: what it gets, and what is told when it fails."""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path

import pytest

from verifier.errors import UsageError
from verifier.refresh.notify import notify, read_command


def python(code: str, *arguments: str) -> str:
    return shlex.join([sys.executable, "-c", code, *arguments])


def test_the_program_gets_report_and_summary(tmp_path: Path) -> None:
    """The report on its stdin, the summary in a variable, its arguments as they are written."""
    into = tmp_path / "it's here"
    code = (
        "import os, sys; open(sys.argv[1], 'w', encoding='utf-8').write("
        "os.environ['VERIFIER_SUMMARY'] + '|' + sys.stdin.buffer.read().decode() + '|' + sys.argv[2])"
    )
    report = "# Night\n\nŻubr\n" * 20_000
    assert notify(python(code, str(into), "$HOME; `id` *"), report, summary="1 verdict\nchanged\x1b") == ""
    assert into.read_text(encoding="utf-8") == f"1 verdict changed␛|{report}|$HOME; `id` *"


def test_a_program_that_reads_nothing_does_no_harm() -> None:
    """No broken pipe, however long the report is."""
    assert notify(python("pass"), "x" * 1_000_000, summary="") == ""


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (
            "/no/such/program --now",
            "/no/such/program could not be started to tell of this night: No such file",
        ),
        ("/", "could not be started"),
        (python("import sys; sys.exit('no\\nserver\\x1b[2J')"), "ended with exit code 1: server␛[2J"),
        (python("import sys; sys.exit(3)"), "ended with exit code 3"),
        (python("import os; os.kill(os.getpid(), 9)"), "ended by signal 9"),
    ],
)
def test_a_failure_is_a_sentence(command: str, words: str) -> None:
    """It is a warning of the run, and never its end; nothing of what the program wrote acts."""
    told = notify(command, "# Night", summary="x")
    assert words in told
    assert "\x1b" not in told


@pytest.mark.slow
def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    """Also what holds on to its output; the night does not wait for it."""
    late = tmp_path / "late"
    child = f"import time; time.sleep(3); open({str(late)!r}, 'w')"
    code = (
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    begun = time.monotonic()
    assert "it took longer than 1 s" in notify(python(code), "# Night", summary="x", patience=1)
    assert time.monotonic() - begun < 20
    time.sleep(3)
    assert not late.exists()


@pytest.mark.parametrize(
    ("command", "windows", "words"),
    [
        ("mail -s 'a \"b\" # c' d\\ e", False, ["mail", "-s", 'a "b" # c', "d e"]),
        (
            r'"C:\Program Files\mail.exe" o\'clock "a b"',
            True,
            [r"C:\Program Files\mail.exe", r"o\'clock", "a b"],
        ),
        (r"C:\mail.exe desk@example.org", True, [r"C:\mail.exe", "desk@example.org"]),
    ],
)
def test_a_command_is_parted_as_its_shell_would(command: str, windows: bool, words: list[str]) -> None:
    """A backslash is a part of a path on Windows, and nowhere else."""
    assert read_command(command, windows=windows) == words


@pytest.mark.parametrize("command", ["", "  ", "mail 'to", "mail \0"])
def test_what_no_shell_could_part_is_wrong_use(command: str) -> None:
    """Found before the night begins."""
    with pytest.raises(UsageError, match="--notify"):
        read_command(command)
