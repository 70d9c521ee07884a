"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from verifier.files import make_folder, put, replacing, sync_folder


def test_what_is_written_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    """And nothing else stays in the folder."""
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    with replacing(path) as new:
        new.write_text("after", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "before"
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {"a.txt": "after"}


@pytest.mark.parametrize("before", [None, "before"])
def test_what_fails_leaves_what_was_there(tmp_path: Path, before: str | None) -> None:
    """Also if somebody interrupts it."""
    path = tmp_path / "a.txt"
    if before is not None:
        path.write_text(before, encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), replacing(path) as new:
        new.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ([before] if before else [])


@pytest.mark.skipif(os.name == "nt", reason="permissions as POSIX has them")
def test_permissions_are_those_of_the_file_replaced(tmp_path: Path) -> None:
    """What is only cached is nobody else's to read."""
    path = tmp_path / "a.txt"
    with replacing(path):
        pass
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with replacing(path, kept=True):
        pass
    assert path.stat().st_mode & 0o777 == 0o640


def in_use(code: int) -> PermissionError:
    """What Windows raises for a file that another program has open."""
    error = PermissionError("in use")
    error.winerror = code
    return error


def test_a_file_that_is_in_use_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows replaces no file that a reader or a virus scanner has open; most are soon done."""
    monkeypatch.setattr("verifier.files._PAUSES", (0, 0, 0))
    replace, errors = Path.replace, [in_use(32), in_use(5)]

    def busy(self: Path, target: Path) -> Path:
        if errors:
            raise errors.pop()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    put(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    errors += [in_use(32)] * 9
    with pytest.raises(PermissionError, match="in use"):
        put(tmp_path / "a.txt", b"newer")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"new"]
    errors[:] = [PermissionError("no right")]
    with pytest.raises(PermissionError, match="no right"):
        put(tmp_path / "a.txt", b"newer")


def test_folders_are_made_down_to_the_last(tmp_path: Path) -> None:
    """Those that are there stay."""
    for _ in range(2):
        make_folder(tmp_path / "a" / "b" / "c")
    sync_folder(tmp_path / "a")
    assert (tmp_path / "a" / "b" / "c").is_dir()
