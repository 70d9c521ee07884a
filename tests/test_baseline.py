"""A file of known results: what it sets aside, what it does not, and what is no such file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.drafts import result
from tests.reports.report import HOSTILE
from verifier.baseline import baseline_of, compare, read_baseline, render
from verifier.errors import InputError
from verifier.model import Document, Report, Suppressed, Verdict

VERDICTS = list(Verdict)
S, C, U = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNKNOWN


def report(*claims: tuple[str, Verdict], name: str = "drafts/a.md") -> Report:
    results = tuple(result(f"c{number}", text, verdict) for number, (text, verdict) in enumerate(claims))
    return Report(Document("", name), results)


def aside(found: Report) -> list[bool]:
    return [one.suppressed is Suppressed.BASELINE for one in found.results]


def kept(path: Path, *reports: Report) -> Path:
    path.write_text(render(baseline_of(reports, path.parent)), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("then", "now", "set_aside", "stale"),
    [
        (C, C, True, 0),
        (U, U, True, 0),
        (C, U, True, 0),
        (U, C, False, 0),
        (S, C, False, 0),
        (S, U, False, 0),
        (C, S, False, 1),
        (U, S, False, 1),
        (S, S, False, 0),
    ],
)
def test_what_is_no_worse_than_it_was_is_set_aside(
    tmp_path: Path, then: Verdict, now: Verdict, set_aside: bool, stale: int
) -> None:
    """What got worse is told again; what is supported needs no entry."""
    path = kept(tmp_path / "known.json", report(("Rome", then)))
    (found,), left = compare([report(("Oslo", C), ("Rome", now))], read_baseline(path))
    assert aside(found) == [False, set_aside]
    assert len(left) == stale
    assert [one.verdict for one in found.results] == [C, now]


def test_it_knows_a_claim_by_its_words_in_its_document(tmp_path: Path) -> None:
    """Whatever its line, and however its path is written; a further one with the same words is new."""
    known = read_baseline(kept(tmp_path / "known.json", report(("Rome  is\nhere", C), ("Oslo", U))))
    (found,), _ = compare([report(("Riga", C), ("Rome is here", C), ("Rome is here", C), ("Oslo", U))], known)
    assert aside(found) == [False, True, False, True]
    (other,), stale = compare([report(("Oslo", U), name="drafts/b.md")], known)
    assert (aside(other), stale) == ([False], ())


def test_only_entries_of_documents_that_were_checked_are_stale(tmp_path: Path) -> None:
    """A hook hands over the files that changed, not all."""
    known = read_baseline(
        kept(tmp_path / "known.json", report(("Rome", C), ("Oslo", C)), report(("Riga", C), name="b.md"))
    )
    _, stale = compare([report(("Rome", C))], known)
    assert [entry.text for entry in stale] == ["Oslo"]


@pytest.mark.parametrize("name", ["", "-"])
def test_what_was_read_from_no_file_is_known_and_never_stale(name: str) -> None:
    """Another claim on the command line, or another text from stdin, does not say that the first is gone."""
    known = baseline_of([report(("Rome", C), ("Oslo", C), name=name)], Path())
    (found,), stale = compare([report(("Rome", C), ("Riga", C), name=name)], known)
    assert (aside(found), stale) == ([True, False], ())


def test_a_baseline_holds_in_another_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By paths from its folder: from whatever folder, by absolute paths, and through a link."""
    for name in ("one", "two"):
        (tmp_path / name / "drafts").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "one")
    text = render(baseline_of([report(("Rome", C), name="./drafts//a.md")], Path()))
    assert json.loads(text)["entries"][0]["document"] == "drafts/a.md"
    path = tmp_path / "two" / "known.json"
    path.write_text(text)
    (tmp_path / "link").symlink_to(tmp_path / "two")
    for folder, name in (
        ("two", "drafts/a.md"),
        ("two/drafts", "a.md"),
        ("two/drafts", "../drafts/a.md"),
        (".", "two/drafts/a.md"),
        (".", "link/drafts/a.md"),
        ("one", str(tmp_path / "two" / "drafts" / "a.md")),
    ):
        monkeypatch.chdir(tmp_path / folder)
        (found,), _ = compare([report(("Rome", C), name=name)], read_baseline(path))
        assert aside(found) == [True], (folder, name)


def test_what_the_text_ignores_is_not_in_it(tmp_path: Path) -> None:
    """It is set aside where it stands; and an entry for it does not count as stale."""
    first, second = report(("Rome", C), ("Oslo", C)).results
    ignored = replace(report(), results=(replace(first, suppressed=Suppressed.INLINE), second))
    assert [entry.text for entry in baseline_of([ignored], tmp_path).entries.values()] == ["Oslo"]
    known = baseline_of([report(("Rome", C), ("Oslo", C))], tmp_path)
    (found,), stale = compare([ignored], known)
    assert [one.suppressed for one in found.results] == [Suppressed.INLINE, Suppressed.BASELINE]
    assert stale == ()


CLAIMS = st.lists(
    st.tuples(st.sampled_from(["Rome", "Oslo", "Riga", HOSTILE, "\ud800"]), st.sampled_from(VERDICTS))
)


@given(st.lists(CLAIMS, max_size=3))
def test_what_is_written_is_read_and_sets_all_of_it_aside(drafts: list[list[tuple[str, Verdict]]]) -> None:
    """The same bytes each time; afterwards nothing but what is supported is left to tell."""
    reports = [report(*claims, name=f"{number}.md") for number, claims in enumerate(drafts)]
    made = baseline_of(reports, Path())
    assert render(made) == render(baseline_of(reports[::-1], Path()))
    compared, stale = compare(reports, made)
    assert stale == ()
    for before, after in zip(reports, compared, strict=True):
        assert aside(after) == [one.verdict is not S for one in before.results]
        assert [replace(one, suppressed=None) for one in after.results] == list(before.results)


ENTRY = {"fingerprint": "0" * 64, "document": "a.md", "text": "Rome", "verdict": "unknown", "reason": "x"}


def file(**changes: Any) -> str:
    return json.dumps({"version": 1, "entries": [ENTRY | changes]})


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "not a baseline: it is no JSON"),
        ("{", "not a baseline: it is no JSON"),
        ("[" * 100_000, "not a baseline: it is no JSON"),
        ("\x00\x01", "not a baseline: it is no JSON"),
        ("[]", 'not a baseline: it has no "version" and "entries"'),
        ('{"version": 1}', 'not a baseline: it has no "version" and "entries"'),
        ('{"version": 1, "entries": {}}', 'not a baseline: it has no "version" and "entries"'),
        ('{"version": 2, "entries": []}', "its version is '2', and 1 is the one that is read"),
        ('{"version": true, "entries": []}', "its version is 'True', and 1 is the one that is read"),
        ('{"version": 1, "entries": [1]}', "entry 1 has not what an entry has"),
        (file(fingerprint="0" * 63), "entry 1 has not what an entry has"),
        (file(fingerprint=7), "entry 1 has not what an entry has"),
        (file(verdict="wrong"), "entry 1 has not what an entry has"),
        (file(document=None), "entry 1 has not what an entry has"),
        (json.dumps({"version": 1, "entries": [ENTRY, ENTRY]}), "entry 2 is there twice"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    """With its name and what would be right."""
    path = tmp_path / "known.json"
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        read_baseline(path)
    assert str(caught.value) == f"{path}: {problem}: write a new one with --write-baseline"


def test_a_baseline_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Nor is a folder one, nor other bytes than text."""
    with pytest.raises(InputError, match="there is no such baseline"):
        read_baseline(tmp_path / "known.json")
    with pytest.raises(InputError, match="cannot be read"):
        read_baseline(tmp_path)
    (tmp_path / "known.json").write_bytes(b"\xff\xfe\xfd")
    with pytest.raises(InputError, match="no JSON"):
        read_baseline(tmp_path / "known.json")
