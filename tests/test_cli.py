"""The command line: what it takes, where its output goes, how it ends.

Most tests put a checker of a few lines in the place of the real one; those at the end run the real command.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from verifier.cli import run
from verifier.cli.options import Tables
from verifier.dates import parse_date
from verifier.errors import SourceError
from verifier.model import (
    Claim,
    ClaimRow,
    Document,
    Entity,
    Match,
    MatchKind,
    Reason,
    Report,
    Result,
    Span,
    Verdict,
)

VERDICTS = {"true": Verdict.SUPPORTED, "false": Verdict.CONTRADICTED}


class FakeChecker:
    """Finds that a claim is what its last word says, and a claim in every line of a document that has one."""

    def check(
        self, what: Document | Sequence[ClaimRow], *, progress: Callable[[int, int], None] | None = None
    ) -> Report:
        if isinstance(what, Document):
            results = []
            for word in ("true", "false", "unsure"):
                at = what.text.find(word)
                if at >= 0:
                    results.append(result(Claim(word, word, (), Span(at, at + len(word)))))
            return Report(what, tuple(results), as_of=what.as_of)
        rows = tuple(what)
        if progress is not None:
            progress(len(rows), len(rows))
        texts = [row.claim or f"{row.subject} | {row.predicate} | {row.object}" for row in rows]
        return Report(
            Document(""),
            tuple(result(Claim(row.id, text, ())) for row, text in zip(rows, texts, strict=True)),
        )

    def lookup(self, name: str, *, limit: int = 5) -> tuple[tuple[Match, Entity | None, str], ...]:
        if name == "nobody":
            return ()
        match = Match("Q1", "Label\x1b", name, 91.25, MatchKind.FUZZY, 40.0)
        return ((match, Entity("Q1", "Label", types=("state",), description="A thing."), "mine.csv"),)[:limit]


def result(claim: Claim) -> Result:
    verdict = VERDICTS.get(claim.text.split()[-1].rstrip("."), Verdict.UNKNOWN)
    return Result(claim, (), verdict, Reason.NO_STATEMENT, "Because it says so.")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands check with `FakeChecker`."""
    monkeypatch.setattr(Tables, "checker", lambda self: FakeChecker())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def records(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


# ------------------------------------------------------------------------------------------------ inputs


@pytest.mark.usefixtures("fake")
def test_claims_and_triples_given_directly(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """One report, an id each, in order."""
    assert run(["check", "It is true.", "a | is | true", "--format", "jsonl"]) == 0
    found = [(record["id"], record["text"]) for record in records(capfd.readouterr().out)]
    assert found == [("c1", "It is true."), ("c2", "a | is | true")]


@pytest.mark.usefixtures("fake")
def test_a_file_a_folder_and_stdin(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is read as what it is, and each line says where it is from."""
    (folder / "drafts").mkdir()
    (folder / "drafts" / "b.txt").write_text("This is true.")
    (folder / "drafts" / "a.csv").write_text("id,claim\nx,It is true.\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Also true.")))
    assert run(["check", "drafts", "-", "--format", "jsonl"]) == 0
    found = [(record["document"], record["start"]) for record in records(capfd.readouterr().out)]
    assert found == [(os.path.join("drafts", "a.csv"), None), (os.path.join("drafts", "b.txt"), 8), ("-", 5)]


@pytest.mark.usefixtures("fake")
def test_text_and_file_force_either_reading(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A claim that looks like a path, and a file that looks like a claim."""
    (folder / "It is true.").write_text("false")
    assert run(["check", "and/or.md", "--text"]) == 0
    assert run(["check", "It is true.", "--text"]) == 0
    assert run(["check", "It is true.", "--file"]) == 1
    assert run(["check", "It is not there", "--file"]) == 2
    assert "there is no such file" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["check"], "Missing argument 'INPUT...'"),
        (["check", "none.md"], "none.md: there is no such file (--text checks it as a claim)"),
        (["check", "drafts/none"], "drafts/none: there is no such file"),
        (["check", "https://example.org/page"], "a web address is read only with --online"),
        (["check", ""], "a claim is empty"),
        (["check", "a | | c"], "a triple is `subject | relation | object`"),
        (["check", "-", "-"], "- (stdin) can be read only once"),
        (["check", "empty.md"], "empty.md: the document is empty"),
        (["check", "binary.txt"], "binary.txt:1: byte 0 (0xFF) is not UTF-8"),
        (["check", "picture.png"], ".png files are not read"),
        (["check", "nothing"], "there is nothing to read in this folder"),
        (["check", "bad.csv"], "bad.csv:2, column 'start', value 'soon': not a date"),
        (["check", "a", "--as-of", "2021-02-30"], "February 2021 has no day 30"),
        (["check", "a", "--closed-world"], "--closed-world is about the tables of --reference"),
        (["check", "a", "--key", "name"], "--key is about the tables of --reference"),
        (["check", "a", "--online"], "set VERIFIER_CONTACT to an e-mail or web address"),
        (["check", "a", "--trace-requests"], "--trace-requests is about --online"),
        (["check", "a", "--format", "xml"], "'xml' is not one of"),
        (["check", "a", "--fail-on", "x"], "'x' is not one of"),
        (["lookup", " "], "the name is empty"),
        (["evaluate", "draft.txt"], "a text, not a table of claims"),
        (["evaluate", "unlabelled.csv"], "unlabelled.csv:2: claim '1' has no label"),
        (["chekc", "a"], "No such command 'chekc'"),
    ],
)
def test_wrong_use_ends_with_two_and_says_why(
    folder: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    """One complaint on stderr, no traceback, nothing on stdout."""
    (folder / "empty.md").write_text(" \n")
    (folder / "binary.txt").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "nothing").mkdir()
    (folder / "bad.csv").write_text("claim,start\nA,soon\n")
    (folder / "draft.txt").write_text("A.")
    (folder / "unlabelled.csv").write_text("claim\nA\n")
    assert run(arguments) == 2
    captured = capfd.readouterr()
    assert problem in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_a_malformed_setting_is_wrong_use(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, not ignored."""
    monkeypatch.setenv("VERIFIER_ONLINE", "perhaps")
    assert run(["check", "a"]) == 2
    assert "VERIFIER_ONLINE is 'perhaps': write 1 or 0" in capfd.readouterr().err


# -------------------------------------------------------------------------------------------- exit codes


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("words", "contradicted", "unknown", "never"),
    [(["true"], 0, 0, 0), (["true", "unsure"], 0, 1, 0), (["false", "true"], 1, 1, 0), ([], 1, 1, 0)],
)
def test_the_exit_code_says_what_was_found(
    folder: Path, words: list[str], contradicted: int, unknown: int, never: int
) -> None:
    """A document without any claim is not a pass."""
    (folder / "draft.txt").write_text(" ".join(words) or "Hello.")
    assert run(["check", "draft.txt"]) == contradicted
    assert run(["check", "draft.txt", "--fail-on", "contradicted"]) == contradicted
    assert run(["check", "draft.txt", "--fail-on", "unknown"]) == unknown
    assert run(["check", "draft.txt", "--fail-on", "never"]) == never


@pytest.mark.usefixtures("fake")
def test_a_document_without_a_claim_says_so(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """On stderr, whatever the format."""
    (folder / "draft.txt").write_text("Hello.")
    run(["check", "draft.txt", "--format", "jsonl"])
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err == "verifier: draft.txt: no checkable claim was found: this is not a pass\n"


def test_a_bug_does_not_look_like_a_finding(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unexpected error ends with 2 and without a traceback, one that is expected with its message."""
    for error, message in (
        (KeyError("x"), "internal error: KeyError: 'x'"),
        (SourceError("no disk"), "no disk"),
    ):

        def fail(self: Tables, error: Exception = error) -> FakeChecker:
            raise error

        monkeypatch.setattr(Tables, "checker", fail)
        assert run(["check", "a"]) == 2
        err = capfd.readouterr().err
        assert f"verifier: {message}" in err
        assert "Traceback" not in err


@pytest.mark.parametrize("command", [["check", "a"], ["lookup", "a"]])
def test_an_interrupted_run_ends_as_a_shell_expects(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """128 and the number of the signal, with a word on stderr and no traceback."""

    def interrupt(self: Tables) -> FakeChecker:
        raise KeyboardInterrupt

    monkeypatch.setattr(Tables, "checker", interrupt)
    assert run(command) == 130
    assert capfd.readouterr().err.strip() == "verifier: interrupted"


# ------------------------------------------------------------------------------------------------ output


@pytest.mark.usefixtures("fake")
def test_a_review_says_what_the_newsroom_said(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """And stderr names what nobody said."""
    given = ("--review-url", "https://news.example/a#{id}", "--review-author", "The Example")
    assert (
        run(["check", "It is true.", "--format", "claimreview", *given, "--review-date", "2021-02-01"]) == 0
    )
    out, err = capfd.readouterr()
    (review,) = json.loads(out)["@graph"]
    assert review["url"] == "https://news.example/a#c1"
    assert (review["author"]["name"], review["datePublished"]) == ("The Example", "2021-02-01")
    assert err == ""
    assert run(["check", "It is true.", "--format", "claimreview", *given]) == 0
    assert "want datePublished" in capfd.readouterr().err


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "claimreview", "--review-url", "javascript:alert(1)"),
        ("--format", "claimreview", "--review-author-url", "news.example"),
        ("--format", "claimreview", "--review-date", "2021"),
        ("--format", "sarif", "--review-author", "The Example"),
    ],
)
def test_a_review_is_told_of_rightly_or_not_at_all(
    arguments: Sequence[str], folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """An address of the web, a day, and nothing that no format would show."""
    assert run(["check", "It is true.", *arguments]) == 2
    assert "--review-" in capfd.readouterr().err


@pytest.mark.usefixtures("fake")
def test_output_is_a_whole_file_or_none(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It replaces the last version at once, keeps its permissions, and leaves nothing else behind."""
    (folder / "out").mkdir()
    target = folder / "out" / "report.json"
    target.write_text("old")
    target.chmod(0o640)
    assert run(["check", "It is true.", "--format", "json", "--output", str(target)]) == 0
    assert json.loads(target.read_text())["summary"]["supported"] == 1
    assert target.stat().st_mode & 0o777 == 0o640
    assert os.listdir(folder / "out") == ["report.json"]
    assert capfd.readouterr().out == ""


@pytest.mark.usefixtures("fake")
def test_output_through_a_link_or_into_a_device(folder: Path) -> None:
    """A link stays a link, and a device is written to, not replaced."""
    (folder / "real.json").write_text("old")
    (folder / "link.json").symlink_to("real.json")
    assert run(["check", "It is true.", "--format", "json", "--output", "link.json"]) == 0
    assert (folder / "link.json").is_symlink()
    assert json.loads((folder / "real.json").read_text())
    assert run(["check", "It is true.", "--output", os.devnull]) == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("output", "problem"),
    [
        ("none/report.json", "cannot be written"),
        (".", "a folder: name a file for --output"),
        ("draft.txt", "would overwrite draft.txt, which is read"),
    ],
)
def test_output_that_cannot_be_is_refused(
    folder: Path, capfd: pytest.CaptureFixture[str], output: str, problem: str
) -> None:
    """And the draft is still there."""
    (folder / "draft.txt").write_text("true")
    assert run(["check", "draft.txt", "--output", output]) == 2
    assert problem in capfd.readouterr().err
    assert (folder / "draft.txt").read_text() == "true"


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("command", "target"),
    [
        ("check drafts", "drafts/a.md"),
        ("check drafts", "drafts/deep/b.csv"),
        ("check claim drafts/a.md", "link.md"),
        ("check drafts/a.md", "hard.md"),
        ("check drafts/a.md", "drafts/deep/../a.md"),
        ("check claim --reference facts.csv", "facts.csv"),
        ("check claim --reference table", "table/statements.csv"),
        ("check claim --reference table", "table/entities.csv"),
        ("check claim --reference table", "table/relations.toml"),
        ("check claim --reference facts.csv --reference table", "table/table.toml"),
        ("lookup name --reference facts.csv", "facts.csv"),
        ("lookup name --reference table", "table/entities.csv"),
        ("evaluate gold.csv", "gold.csv"),
        ("evaluate gold.csv --reference table", "table/table.toml"),
    ],
)
def test_output_never_replaces_what_is_read(
    folder: Path, capfd: pytest.CaptureFixture[str], command: str, target: str
) -> None:
    """Inputs and tables, alone or in a folder, by whatever name; what is not read may be replaced."""
    contents = {
        "drafts/a.md": "true",
        "drafts/deep/b.csv": "claim\nIt is true\n",
        "facts.csv": "subject,predicate,object\n",
        "table/statements.csv": "subject,predicate,object\n",
        "table/entities.csv": "label\n",
        "table/relations.toml": "",
        "table/table.toml": "",
        "gold.csv": "claim,gold\nIt is true,supported\n",
        "drafts/report.json": "old",
        "table/report.json": "old",
    }
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    (folder / "link.md").symlink_to("drafts/a.md")
    (folder / "hard.md").hardlink_to("drafts/a.md")
    assert run([*command.split(), "--output", target]) == 2
    assert f"--output {target} would overwrite " in capfd.readouterr().err
    assert {name: (folder / name).read_text() for name in contents} == contents
    for other in ("drafts/report.json", "table/report.json", "new.csv"):
        assert run([*command.split(), "--output", other]) == 0
        assert (folder / other).read_text() not in ("", "old")


@pytest.mark.usefixtures("fake")
def test_output_never_replaces_the_bundled_table(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Unless it is not read."""
    (folder / "reference").mkdir()
    (folder / "reference" / "statements.csv").write_text("old")
    command = ["check", "It is true.", "--root", ".", "--output", "reference/statements.csv"]
    assert run(command) == 2
    assert "which is read" in capfd.readouterr().err
    assert run([*command, "--no-bundled"]) == 0


def test_output_never_replaces_what_comes_in_by_stdin(tmp_path: Path) -> None:
    """`verifier check - --output draft.txt < draft.txt`."""
    draft = tmp_path / "draft.txt"
    draft.write_text("Oslo is the capital of Norway.")
    with draft.open("rb") as stdin:
        command = [sys.executable, "-m", "verifier", "check", "-", "--output", str(draft)]
        done = subprocess.run(command, stdin=stdin, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"would overwrite stdin, which is read" in done.stderr
    assert draft.read_text() == "Oslo is the capital of Norway."


@pytest.mark.usefixtures("fake")
def test_output_is_the_same_in_a_file_and_on_stdout(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """UTF-8, line feeds, no colours."""
    claim = "Priština ist true"
    run(["check", claim, "--output", "a.txt"])
    run(["check", claim])
    out = capfdbinary.readouterr().out
    assert (folder / "a.txt").read_bytes() == out
    assert "✓ supported  “Priština ist true”".encode() in out
    assert b"\x1b" not in out and b"\r" not in out


# -------------------------------------------------------------------------------------- lookup, evaluate


@pytest.mark.usefixtures("fake")
def test_lookup_says_who_and_why(capfd: pytest.CaptureFixture[str]) -> None:
    """Score, id, the name that matched, the next best, the table."""
    assert run(["lookup", "Lable"]) == 0
    assert capfd.readouterr().out == (
        " 91.2  Label␛ (Q1, state)\n"
        "       fuzzy match of the name “Lable”; next best 40.0; in mine.csv\n"
        "       A thing.\n"
    )
    assert run(["lookup", "Lable", "--format", "json"]) == 0
    (record,) = json.loads(capfd.readouterr().out)
    assert (record["id"], record["score"], record["via"], record["table"]) == (
        "Q1",
        91.2,
        "fuzzy",
        "mine.csv",
    )


@pytest.mark.usefixtures("fake")
def test_lookup_of_nobody_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    """An empty answer is no error, and not silent."""
    assert run(["lookup", "nobody"]) == 0
    assert capfd.readouterr().err == "verifier: no table knows a name like 'nobody'\n"


@pytest.mark.usefixtures("fake")
def test_evaluate_measures_a_labelled_table(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """In text and in JSON."""
    (folder / "gold.csv").write_text("claim,gold\nIt is true,supported\nIt is false,supported\n")
    assert run(["evaluate", "gold.csv"]) == 0
    assert capfd.readouterr().out.startswith("2 claims: accuracy 0.500, decided 1.000, wrong 0.500\n")
    assert run(["evaluate", "gold.csv", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["accuracy"] == 0.5


# --------------------------------------------------------------------------------------- the real command

TABLE = "subject,predicate,object\nNorway,capital,Oslo\nSweden,capital,Stockholm\n"


def verifier(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the installed package in a new process."""
    env = os.environ | environment
    return subprocess.run(
        [sys.executable, "-m", "verifier", *arguments], cwd=cwd, env=env, capture_output=True, check=False
    )


def test_a_triple_is_checked_against_a_table(tmp_path: Path) -> None:
    """From the command line to the row that decided, and with the exit code of what was found."""
    (tmp_path / "capitals.csv").write_text(TABLE)
    tables = ("--reference", "capitals.csv", "--no-bundled", "--closed-world", "--format", "json")
    done = verifier("check", "Norway | capital | Oslo", "Sweden | capital | Oslo", *tables, cwd=tmp_path)
    assert done.stderr == b""
    assert done.returncode == 1
    first, second = json.loads(done.stdout)["results"]
    assert (first["verdict"], second["verdict"]) == ("supported", "contradicted")
    (evidence,) = first["parts"][0]["evidence"]
    assert evidence["sources"][0]["title"] == "capitals.csv, line 2"


@pytest.mark.slow
def test_the_output_is_utf_8_in_every_locale(tmp_path: Path) -> None:
    """Also where the locale knows only ASCII."""
    (tmp_path / "capitals.csv").write_text(TABLE)
    tables = ("--reference", "capitals.csv", "--no-bundled")
    outputs = {
        verifier("check", "Norway | capital | Oslo", *tables, cwd=tmp_path, **locale).stdout
        for locale in ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONUTF8": "1"})
    }
    assert len(outputs) == 1
    assert "✓ supported  “Norway".encode() in outputs.pop()


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    """`verifier ... | head -1` ends quietly."""
    (tmp_path / "capitals.csv").write_text(TABLE)
    (tmp_path / "claims.csv").write_text("subject,predicate,object\n" + "Norway,capital,Oslo\n" * 2000)
    command = (
        f"{sys.executable} -m verifier check claims.csv --reference capitals.csv --no-bundled --format json"
    )
    done = subprocess.run(f"{command} | head -1", shell=True, cwd=tmp_path, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"{\n", b"")


def test_a_day_is_an_option(tmp_path: Path) -> None:
    """What held then is what counts."""
    (tmp_path / "terms.csv").write_text("subject,predicate,object,start,end\nNorway,leader,Ann,2001,2004\n")
    tables = ("--reference", "terms.csv", "--no-bundled", "--format", "json")
    done = verifier("check", "Norway | leader | Ann", "--as-of", "2002-05", *tables, cwd=tmp_path)
    record = json.loads(done.stdout)
    assert record["document"]["as_of"] == "2002-05"
    assert record["results"][0]["verdict"] == "supported"
    assert parse_date(record["document"]["as_of"]) == parse_date("2002-05")


@pytest.mark.slow
def test_twenty_thousand_claims_are_checked(tmp_path: Path) -> None:
    """Every row has its result, in order."""
    (tmp_path / "capitals.csv").write_text(TABLE)
    rows = "".join(f"r{number},Norway,capital,Oslo\n" for number in range(20_000))
    (tmp_path / "claims.csv").write_text(f"id,subject,predicate,object\n{rows}")
    options = ("--reference", "capitals.csv", "--no-bundled", "--format", "jsonl")
    done = verifier("check", "claims.csv", *options, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [record["id"] for record in records(done.stdout.decode())] == [
        f"r{number}" for number in range(20_000)
    ]
