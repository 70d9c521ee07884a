"""Which inputs are files, and what is read from them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from verifier.errors import InputError
from verifier.model import Document
from verifier.readers import READERS, files_in, looks_like_path, read, suffix_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("draft.md", True),
        ("drafts/first", True),
        ("report.docx", True),
        ("DRAFT.TXT", True),
        ("Pristina is the capital of Kosovo.", False),
        ("Either/or is a claim.", False),
        ("Kosovo", False),
        ("Kosovo|capital|Pristina", False),
        ("U.S.", False),
        ("", False),
        ("a\0b.md", False),
        ("x" * 100_000, False),
    ],
)
def test_what_looks_like_a_path(text: str, expected: bool) -> None:
    """A separator or a known suffix, and no white space."""
    assert looks_like_path(text) is expected


def test_what_exists_is_a_path(tmp_path: Path) -> None:
    """Whatever it is called."""
    path = tmp_path / "my first draft"
    assert not looks_like_path(str(path).replace(os.sep, " "))
    path.write_text("A.")
    assert looks_like_path(str(path))


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.MD", ".md"), ("draft", ""), ("2021.02.01", ""), ("a.b.txt", ".txt"), (".hidden", "")],
)
def test_suffixes_are_those_of_the_table(name: str, suffix: str) -> None:
    """Lower case, and a date's last number is none."""
    assert suffix_of(name) == suffix
    assert suffix in READERS


def test_a_file_is_read_by_its_suffix(tmp_path: Path) -> None:
    """Markdown knows where its prose is, a plain text does not need to."""
    for name in ("a.md", "a.txt"):
        (tmp_path / name).write_text("# Head\n")
    documents = [read(tmp_path / name) for name in ("a.md", "a.txt")]
    assert [isinstance(document, Document) and len(document.prose) for document in documents] == [1, 0]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("none.md", "there is no such file"),
        ("folder.md", "a folder, not a file"),
        ("a.rtf", ".rtf files are not read"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, problem: str) -> None:
    """With the name, and what would be right."""
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "a.rtf").write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        read(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    assert problem in str(caught.value)


def test_a_folder_gives_what_can_be_read_in_order(tmp_path: Path) -> None:
    """Hidden files and other formats are left out, a loop of links does no harm."""
    for name in ("b.md", "a.txt", "sub/c.csv", ".git/d.md", "e.png", "Makefile"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [path.relative_to(tmp_path).as_posix() for path in files_in(tmp_path)] == [
        "a.txt",
        "b.md",
        "sub/c.csv",
    ]
