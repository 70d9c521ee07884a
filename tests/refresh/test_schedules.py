"""The schedules that come with the program: each is read by the tool that is made for it, which does complain
of a broken copy.
"""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from croniter import croniter
from crontab import CronTab

from tests.refresh.nights import said

SCHEDULES = Path(__file__).parents[2] / "reference" / "schedules"
CRONTAB = SCHEDULES / "crontab"
SERVICE = SCHEDULES / "verifier-refresh.service"
TIMER = SCHEDULES / "verifier-refresh.timer"
WORKFLOW = SCHEDULES / "github-workflow.yml"
ROOT = "/srv/verifier"
EVENING = datetime(2026, 11, 25, 18, 0)
ONE_DAY = timedelta(days=1)


def tool(name: str) -> str:
    """The program's path, beside this Python or on the path; else the test is skipped."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    found = shutil.which(name, path=places)
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found


def ran(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> tuple[int, str]:
    """The exit code of a program and all that it said."""
    done = subprocess.run(
        [str(one) for one in arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout


def service() -> configparser.SectionProxy:
    """The section of the unit that says what is run."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(SERVICE, encoding="utf-8")
    return unit["Service"]


def test_the_crontab_has_one_job_that_runs_every_night() -> None:
    """A crontab parser takes every line, and the job's runs are a day apart."""
    table = CronTab(tabfile=str(CRONTAB))
    (job,) = table
    assert job.is_valid()
    assert job.is_enabled()
    assert set(table.env or {}) == {"MAILTO", "VERIFIER_CONTACT"}
    runs = croniter(str(job.slices), EVENING)
    first, second, third = (runs.get_next(datetime) for _ in range(3))
    assert EVENING < first < EVENING + ONE_DAY
    assert second - first == third - second == ONE_DAY
    # cron takes a percent sign for the end of the line.
    assert "%" not in job.command


def test_every_line_of_the_crontab_is_a_remark_a_variable_or_the_job() -> None:
    """The parser leaves out a line that it cannot read; none is."""
    lines = [line for line in CRONTAB.read_text(encoding="utf-8").splitlines() if line.strip()]
    own = [line for line in lines if not line.startswith("#")]
    assert [bool(re.match(r"[A-Z_]+=\S+$", line)) for line in own] == [True, True, False]
    assert len(list(CronTab(tab="17 33 * * * verifier refresh\n"))) == 0


def test_the_timer_and_the_service_are_valid(tmp_path: Path) -> None:
    """`systemd-analyze verify` has nothing to say of them, where the program is in its place."""
    analyze = tool("systemd-analyze")
    units = laid_out(tmp_path)
    assert ran(analyze, "verify", "--man=no", *units) == (0, "")
    units[1].write_text(
        units[1].read_text(encoding="utf-8").replace("03:17:00", "33:17:00"), encoding="utf-8"
    )
    code, said_of_it = ran(analyze, "verify", "--man=no", *units)
    assert code != 0
    assert "33:17:00" in said_of_it


def laid_out(folder: Path) -> list[Path]:
    """Copies of the two units whose program is there."""
    program = folder / "root" / ".venv" / "bin" / "verifier"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    units = []
    for unit in (SERVICE, TIMER):
        text = unit.read_text(encoding="utf-8").replace(ROOT, str(folder / "root"))
        units.append(folder / unit.name)
        units[-1].write_text(text, encoding="utf-8")
    return units


def test_the_timer_runs_once_a_day() -> None:
    """As systemd reads it."""
    analyze = tool("systemd-analyze")
    (when,) = re.findall(r"^OnCalendar=(.*)$", TIMER.read_text(encoding="utf-8"), re.MULTILINE)
    code, answer = ran(
        analyze, "calendar", "--base-time=2026-11-25 18:00:00 UTC", "--iterations=3", when, TZ="UTC"
    )
    assert code == 0, answer
    stamps = re.findall(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC", answer)
    first, second, third = sorted({datetime.fromisoformat(stamp) for stamp in stamps})
    assert EVENING < first < EVENING + ONE_DAY
    assert second - first == third - second == ONE_DAY


def test_the_service_may_write_its_own_folder_and_takes_news_for_no_failure() -> None:
    """Exit code 1 says that verdicts changed or a guard rail stopped a source; 2 stays a failure."""
    section = service()
    assert section["SuccessExitStatus"] == "1"
    assert section["ReadWritePaths"] == ROOT
    assert section["ExecStart"].startswith(f"{ROOT}/")


def test_the_workflow_is_valid(tmp_path: Path) -> None:
    """actionlint has nothing to say of it, and does of a copy with a wrong hour and a wrong name."""
    actionlint = tool("actionlint")
    assert ran(actionlint, "-no-color", WORKFLOW) == (0, "")
    broken = tmp_path / "broken.yml"
    text = WORKFLOW.read_text(encoding="utf-8")
    broken.write_text(
        text.replace("17 3 *", "17 33 *").replace("steps.refresh", "steps.fresh"), encoding="utf-8"
    )
    code, complaints = ran(actionlint, "-no-color", broken)
    assert code == 1
    assert "CRON" in complaints
    assert '"fresh" is not defined' in complaints


@pytest.mark.parametrize(
    "words",
    [
        next(iter(CronTab(tabfile=str(CRONTAB)))).command.removesuffix(" >/dev/null"),
        service()["ExecStart"],
        *re.findall(r"^ *(verifier refresh .*?) >", WORKFLOW.read_text(encoding="utf-8"), re.MULTILINE),
    ],
)
def test_the_command_has_every_option_of_a_schedule(words: str) -> None:
    """A schedule that names an option which is not there would fail every night, unseen."""
    program, command, *rest = shlex.split(words)
    assert (Path(program).name, command) == ("verifier", "refresh")
    code, text = said("refresh", "--help")
    assert code == 0
    options = [word for word in rest if word.startswith("--")]
    assert options
    assert [option for option in options if option not in text] == []


def step(name: str) -> str:
    """The commands of a step of the workflow."""
    found = re.search(
        rf"- name: {re.escape(name)}\n(?:(?! *- ).*\n)*? +run: \|\n((?:\n| {{10}}.*\n)+)",
        WORKFLOW.read_text(encoding="utf-8"),
    )
    assert found is not None, name
    return textwrap.dedent(found[1])


def bash(script: str, cwd: Path, **environment: str) -> tuple[int, str]:
    """What a step says, run as GitHub runs it: `bash -e`."""
    return ran(tool("bash"), "-e", "-c", script, cwd=cwd, **environment)


def test_the_workflow_pushes_the_rows_and_opens_one_pull_request(tmp_path: Path) -> None:
    """Once; after that it mends the one that is open. Without other rows it does nothing."""
    git = tool("git")
    away, here, temporary = (tmp_path / name for name in ("away.git", "here", "temporary"))
    asked = temporary / "asked"
    temporary.mkdir()
    (temporary / "report.md").write_text("# Report\n", encoding="utf-8")
    gh = temporary / "gh"
    gh.write_text(
        f'#!/bin/sh\necho "$@" >>{asked}\n[ "$2" != list ] || cat {temporary}/open\n', encoding="utf-8"
    )
    gh.chmod(0o755)
    environment = {
        "RUNNER_TEMP": str(temporary),
        "PATH": f"{temporary}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    script = step("Open a pull request with the rows")
    ran(git, "init", "--quiet", "--bare", "--initial-branch=main", away)
    ran(git, "clone", "--quiet", away, here)
    (here / "README.md").write_text("A table.\n", encoding="utf-8")
    own = ("-c", "user.name=editor", "-c", "user.email=editor@example.org")
    assert ran(git, "-C", here, "add", "README.md")[0] == 0
    assert ran(git, "-C", here, *own, "commit", "--quiet", "-m", "Begin")[0] == 0
    assert ran(git, "-C", here, "push", "--quiet", "origin", "HEAD:main")[0] == 0

    (here / "reference" / "refreshed").mkdir(parents=True)
    for number, rows in (("", "1"), ("12\n", "2")):
        (temporary / "open").write_text(number, encoding="utf-8")
        (here / "reference" / "refreshed" / "statements-a.csv").write_text(rows, encoding="utf-8")
        code, answer = bash(script, here, **environment)
        assert code == 0, answer
        assert ran(git, "-C", away, "show", "refresh:reference/refreshed/statements-a.csv") == (0, rows)
        # Each night is a new checkout of the main branch.
        assert ran(git, "-C", here, "switch", "--quiet", "--detach", "origin/main")[0] == 0
        assert ran(git, "-C", here, "branch", "--quiet", "-D", "refresh")[0] == 0
        (here / "reference" / "refreshed").mkdir(parents=True)
    calls = [line.split()[:3] for line in asked.read_text(encoding="utf-8").splitlines()]
    assert calls == [
        ["pr", "list", "--head"],
        ["pr", "create", "--head"],
        ["pr", "list", "--head"],
        ["pr", "edit", "12"],
    ]
    assert ran(git, "-C", away, "log", "--format=%s", "main..refresh") == (0, "Refresh the reference\n")

    assert bash(script, here, **environment) == (0, "nothing changed\n")


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_workflow_keeps_the_exit_code_and_the_report(code: int, tmp_path: Path) -> None:
    """Whatever the code is, the later steps run; the last one fails the job where it is 2."""
    program = tmp_path / "verifier"
    program.write_text(f"#!/bin/sh\necho '# Report'\nexit {code}\n", encoding="utf-8")
    program.chmod(0o755)
    output, summary = tmp_path / "output", tmp_path / "summary"
    environment = {
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
    }
    assert bash(step("Refresh"), tmp_path, **environment) == (0, "")
    assert output.read_text(encoding="utf-8") == f"code={code}\n"
    assert summary.read_text(encoding="utf-8") == "# Report\n"
