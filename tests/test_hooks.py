"""What runs the command for editors: pre-commit, and the workflow for pull requests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.refresh.test_schedules import ran, tool
from verifier.readers import READERS

ROOT = Path(__file__).parents[1]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
WORKFLOW = ROOT / "reference" / "schedules" / "github-drafts.yml"
WRONG, RIGHT = "Oslo is the capital of Sweden.\n", "Oslo is the capital of Norway.\n"
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")


def hook() -> dict[str, Any]:
    (found,) = yaml.safe_load(MANIFEST.read_text())
    assert isinstance(found, dict)
    return found


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A. Writer", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_pre_commit_accepts_the_manifest(tmp_path: Path) -> None:
    """And not one without an entry."""
    assert ran(tool("pre-commit"), "validate-manifest", MANIFEST, PRE_COMMIT_HOME=str(tmp_path)) == (0, "")
    broken = tmp_path / "hooks.yaml"
    broken.write_text(MANIFEST.read_text().replace("entry:", "exit:"))
    assert ran(tool("pre-commit"), "validate-manifest", broken, PRE_COMMIT_HOME=str(tmp_path))[0] == 1


def test_the_hook_takes_every_document_that_is_read() -> None:
    """Not tables of claims, and nothing else that a repository holds."""
    pattern = re.compile(hook()["files"])
    taken = {suffix for suffix in READERS if suffix and pattern.search(f"drafts/a{suffix}")}
    assert taken == {suffix for suffix in READERS if suffix} - set(TABLES)
    assert not any(map(pattern.search, ("a.py", "txt", "a.md.bak", "README", "a.json")))


@pytest.mark.slow
def test_pre_commit_runs_the_hook(tmp_path: Path) -> None:
    """Installed from a repository as anybody's would be: a wrong draft stops the commit."""
    source, drafts = tmp_path / "source", tmp_path / "drafts"
    source.mkdir(), drafts.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", MANIFEST.name):
        shutil.copy(ROOT / name, source)
    for name in ("verifier", "reference"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    git(source, "init", "--quiet")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "--message", "All of it")
    config = {
        "repos": [
            {"repo": str(source), "rev": git(source, "rev-parse", "HEAD"), "hooks": [{"id": "verifier"}]}
        ]
    }
    (drafts / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(drafts, "init", "--quiet")
    paths = {"PRE_COMMIT_HOME": str(tmp_path / "home"), "VERIFIER_CACHE_DIR": str(tmp_path / "cache")}

    def commits(name: str, text: str) -> tuple[int, str]:
        (drafts / name).write_text(text)
        git(drafts, "add", "--all")
        done = subprocess.run(
            [tool("pre-commit"), "run"], cwd=drafts, env=os.environ | paths, capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr

    code, said = commits("a.md", WRONG)
    if code == 3 and re.search("ConnectionError|Temporary failure|Could not find a version", said):
        pytest.skip("no registry of packages can be reached")
    assert (code, "✗ contradicted" in said) == (1, True), said
    assert commits("a.md", f"{WRONG[:-1]} <!-- verifier: ignore -->\n")[0] == 0
    code, said = commits("page.html", f"<p>{RIGHT}</p>")
    assert (code, "Passed" in said) == (0, True), said


def test_the_workflow_is_valid(tmp_path: Path) -> None:
    """actionlint has nothing to say of it, and does of a copy with a wrong name."""
    actionlint = tool("actionlint")
    assert ran(actionlint, "-no-color", WORKFLOW) == (0, "")
    broken = tmp_path / "broken.yml"
    broken.write_text(WORKFLOW.read_text().replace("steps.drafts", "steps.draughts"))
    code, complaints = ran(actionlint, "-no-color", broken)
    assert code == 1
    assert '"draughts" is not defined' in complaints


@pytest.mark.slow
def test_the_workflow_does_what_it_says(tmp_path: Path) -> None:
    """Its own lines, in a repository with a pull request: only what that changes is checked."""
    steps = {
        step["name"]: step
        for step in yaml.safe_load(WORKFLOW.read_text())["jobs"]["check"]["steps"]
        if "name" in step
    }
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    git(drafts, "init", "--quiet")
    (drafts / "old.md").write_text(WRONG)
    (drafts / "gone.md").write_text(WRONG)
    git(drafts, "add", "--all")
    git(drafts, "commit", "--quiet", "--message", "Old")
    base = git(drafts, "rev-parse", "HEAD")
    (drafts / "gone.md").unlink()
    (drafts / "-a b.md").write_text(WRONG)
    git(drafts, "add", "--all")
    git(drafts, "commit", "--quiet", "--message", "New")
    command = tmp_path / "bin" / "verifier"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m verifier "$@"\n')
    command.chmod(0o755)
    environment = {
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(command.parent),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "BASE": base,
    }

    def does(name: str) -> tuple[int, str]:
        return ran("bash", "-e", "-o", "pipefail", "-c", steps[name]["run"], cwd=drafts, **environment)

    assert does("List the drafts that changed") == (0, "")
    assert (tmp_path / "output").read_text() == "any=true\n"
    code, said = does("Check them")
    assert code == 1, said
    assert "::error file=-a b.md,line=1," in said
    assert "old.md" not in said
    assert "1 contradicted" in (tmp_path / "summary").read_text()
    assert '"2.1.0"' in (drafts / "verifier.sarif").read_text()
    ran(command, "check", "--file", "--write-baseline", "known.json", "--", "-a b.md", cwd=drafts)
    code, said = does("Check them")
    assert (code, "in the baseline" in said) == (0, True), said
