"""What a draft asks to ignore: results are set aside, and nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import assert_linear
from tests.reports.drafts import result
from verifier.check import Checker
from verifier.model import Document, Mark, Report, Result, Scope, Span, Suppressed, Verdict
from verifier.readers import html, markdown, text
from verifier.suppress import complaints, suppress

IGNORE, OFF, ON = "<!-- verifier: ignore -->", "<!-- verifier: off: why -->", "<!-- verifier: on -->"
SENTENCES = (
    "Oslo is the capital of Norway.",
    "Bergen is the capital of Norway.",
    "Paris is the capital of France.",
    "Lyon is the capital of France.",
    "Quito is the capital of Peru.",
)
TABLE = """subject,predicate,object
Norway,capital,Oslo
France,capital,Paris
Bergen,country,Norway
Lyon,country,France
"""


@cache
def checker() -> Checker:
    """Over a table of a few towns."""
    table = Path(mkdtemp()) / "towns.csv"
    table.write_text(TABLE)
    return Checker(reference=[table], closed_world=True, bundled=False, as_of="2021-02-01")


@dataclass(frozen=True)
class Piece:
    """A block of a draft: its sentences, which of them are marked and how; what stands before it."""

    kind: str
    sentences: tuple[int, ...]
    marked: tuple[str, ...]
    before: str


def pieces() -> st.SearchStrategy[list[Piece]]:
    def piece(kind: str, told: list[tuple[int, str]], before: str) -> Piece:
        told = told[:1] if kind == "head" else told
        marks = tuple(mark if kind == "p" or mark != "\n" else "" for _, mark in told)
        return Piece(kind, tuple(number for number, _ in told), marks, before)

    told = st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from(["", "", " ", "\n"])), min_size=1, max_size=3
    )
    kinds = st.sampled_from(["p", "p", "head", "list"])
    one = st.builds(piece, kinds, told, st.sampled_from(["", "", "ignore", "off", "on"]))
    return st.lists(one, min_size=1, max_size=5).map(with_pairs)


def with_pairs(found: list[Piece]) -> list[Piece]:
    """Without an `off` in an `off` and an `on` without one, and no two lists in a row, which would be one."""
    off, last, kept = False, "", []
    for one in found:
        if one.before in ("off", "on") and off is (one.before == "off"):
            one = replace(one, before="")
        off = {"off": True, "on": False}.get(one.before, off)
        if one.kind == last == "list":
            one = replace(one, kind="p")
        last = one.kind
        kept.append(one)
    return kept


def covered(found: Sequence[Piece]) -> dict[int, bool]:
    """Of each sentence, whether every place of it is covered."""
    off, told = False, dict[int, bool]()
    for one in found:
        off = {"off": True, "on": False}.get(one.before, off)
        for number, mark in zip(one.sentences, one.marked, strict=True):
            told[number] = told.get(number, True) and (off or one.before == "ignore" or bool(mark))
    return told


def write(found: Sequence[Piece], form: str, *, marks: bool) -> Document:
    blocks = []
    for one in found:
        told = []
        for number, mark in zip(one.sentences, one.marked, strict=True):
            after = f"{mark}{IGNORE}" + ("\n" if mark == "\n" else "") if mark and marks else ""
            told.append(SENTENCES[number] + after)
        before = {"": "", "ignore": IGNORE, "off": OFF, "on": ON}[one.before]
        if before and marks:
            blocks.append(before)
        if form == "html":
            block = {
                "p": f"<p>{' '.join(told)}</p>",
                "head": f"<h2>{told[0]}</h2>",
                "list": f"<ul><li>{'</li><li>'.join(told)}</li></ul>",
            }[one.kind]
        else:
            block = {"p": " ".join(told), "head": told[0], "list": "\n".join(f"- {one}" for one in told)}[
                one.kind
            ]
            if form == "markdown" and one.kind == "head":
                block = f"## {block}"
        blocks.append(block)
    data = "\n\n".join(blocks).encode()
    read = {"markdown": markdown.read, "text": text.read, "html": html.read}[form]
    document = read(data, "a")
    assert isinstance(document, Document)
    return document


def told(report: Report) -> list[Result]:
    """The results without where they stand and whether they are set aside."""
    return [
        replace(
            one,
            claim=replace(one.claim, span=None, occurrences=(), triples=()),
            parts=(),
            suppressed=None,
            suppressed_for="",
        )
        for one in report.results
    ]


@settings(max_examples=40, deadline=None)
@given(pieces(), st.sampled_from(["markdown", "text", "html"]))
def test_marks_set_aside_what_they_cover_and_change_nothing_else(found: list[Piece], form: str) -> None:
    """Against the same draft without a mark: the same claims, verdicts and reasons."""
    report = checker().check(write(found, form, marks=True))
    plain = checker().check(write(found, form, marks=False))
    assert told(report) == told(plain)
    assert all(one.suppressed is None for one in plain.results)
    expected = covered(found)
    for one in report.results:
        number = next(n for n, sentence in enumerate(SENTENCES) if sentence[:-1] in one.claim.sentence)
        assert (one.suppressed is Suppressed.INLINE) is expected[number], one.claim.text
        span = one.claim.span
        assert span is not None and report.document.text[span.start : span.end] == one.claim.text


TEXT = "Rome is in Spain. Oslo is in Spain.\n\nRome is in Spain. Riga is in Spain."
ROME, OSLO, RIGA = Span(0, 16), Span(18, 34), Span(55, 71)


def report(*marks: Mark) -> Report:
    """Three contradicted claims, the first of which stands twice."""
    results = (
        result("c1", "Rome is in Spain", Verdict.CONTRADICTED, ROME, Span(37, 53)),
        result("c2", "Oslo is in Spain", Verdict.CONTRADICTED, OSLO),
        result("c3", "Riga is in Spain", Verdict.SUPPORTED, RIGA),
    )
    return Report(Document(TEXT, "a.txt", marks=marks), results)


def aside(found: Report) -> str:
    return " ".join(one.claim.id for one in found.results if one.suppressed is Suppressed.INLINE)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((), ""),
        ((Mark(Scope.SENTENCE, 1, (Span(0, 35),)),), "c2"),
        ((Mark(Scope.SENTENCE, 1, (Span(0, 20),)),), "c2"),
        ((Mark(Scope.SENTENCE, 1, (Span(0, 17),)),), ""),
        ((Mark(Scope.SENTENCE, 1, (Span(0, 17),)), Mark(Scope.BLOCK, 3, (Span(37, 72),))), "c1 c3"),
        ((Mark(Scope.REGION, 1, (Span(0, 72),)),), "c1 c2 c3"),
        ((Mark(Scope.REGION, 1, (Span(19, 72),)),), "c3"),
        ((Mark(Scope.REGION, 1, (Span(18, 20), Span(20, 34))),), "c2"),
        ((Mark(Scope.BLOCK, 1, (Span(0, 30),)), Mark(Scope.BLOCK, 1, (Span(25, 72),))), "c1 c2 c3"),
        ((Mark(Scope.BLOCK, 1, problem="wrong"),), ""),
    ],
)
def test_a_claim_is_set_aside_if_each_place_of_it_is_covered(marks: tuple[Mark, ...], expected: str) -> None:
    """As a whole, by one mark or by several; its verdict stays."""
    found = suppress(report(*marks))
    assert aside(found) == expected
    assert [one.verdict for one in found.results] == [one.verdict for one in report().results]


def test_the_reason_of_the_innermost_mark_is_kept() -> None:
    """A mark without a reason hides none."""
    marks = (
        Mark(Scope.REGION, 1, (Span(0, 72),), "all of it"),
        Mark(Scope.BLOCK, 2, (Span(0, 35),)),
        Mark(Scope.BLOCK, 3, (Span(55, 72),), "Riga"),
    )
    assert [one.suppressed_for for one in suppress(report(*marks)).results] == [
        "all of it",
        "all of it",
        "Riga",
    ]
    many = (Mark(Scope.SENTENCE, 1, (Span(at, at + 1),), "a word") for at in range(1, 55) for _ in range(9))
    assert suppress(report(marks[0], *many)).results[2].suppressed_for == "all of it"


@given(st.lists(st.tuples(*[st.integers(0, 12)] * 2).map(sorted), max_size=12), st.integers(0, 11))
def test_the_innermost_mark_is_the_last_that_begins_before_and_ends_behind(
    spans: list[list[int]], at: int
) -> None:
    """By going through all of them."""
    place = Span(at, at + 1)
    marks = tuple(
        Mark(Scope.REGION, 1, (Span(*span),), f"{number:02}") for number, span in enumerate(spans, 1)
    )
    found = suppress(
        Report(Document("x" * 13, marks=marks), (result("c", "x", Verdict.UNKNOWN, place),))
    ).results[0]
    around = [
        (mark.covers[0], mark.reason)
        for mark in marks
        if mark.covers[0].start <= at < at + 1 <= mark.covers[0].end
    ]
    assert found.suppressed_for == max(around, default=(place, ""))[1]


def test_what_a_mark_does_not_do_is_told() -> None:
    """It covers no claim, or one that stands elsewhere too, or it is wrong."""
    marks = (
        Mark(Scope.SENTENCE, 1, (Span(0, 17),)),
        Mark(Scope.SENTENCE, 1, (Span(18, 34),)),
        Mark(Scope.BLOCK, 2, (Span(35, 37),)),
        Mark(Scope.REGION, 3, ()),
        Mark(Scope.BLOCK, 4, problem="It is wrong."),
    )
    assert list(complaints(suppress(report(*marks)))) == [
        (1, "what this mark covers stands elsewhere too, uncovered, and is told all the same"),
        (2, "this mark covers no claim (verifier: ignore is for the block that follows it)"),
        (3, "this mark covers no claim (verifier: off is for all up to verifier: on)"),
        (4, "It is wrong."),
    ]


def test_a_claim_of_no_document_is_never_set_aside() -> None:
    """A row of a table has no place."""
    bare = replace(
        report(Mark(Scope.REGION, 1, (Span(0, 72),))), results=(result("r1", "x", Verdict.UNKNOWN),)
    )
    assert suppress(bare) == bare


@pytest.mark.parametrize("scope", [Scope.SENTENCE, Scope.BLOCK])
@pytest.mark.parametrize("one_place", [True, False])
def test_many_marks_and_claims_take_linear_time(scope: Scope, one_place: bool) -> None:
    """Each on its own sentence, or all on the same."""

    def run(size: int) -> None:
        places = [Span(at * 10, at * 10 + 9) for at in range(size)]
        results = tuple(result("c", "Rome is", Verdict.UNKNOWN, place) for place in places)
        around = [Span(0, size * 10)] * size if one_place else places
        marks = tuple(Mark(scope, 1, (span,), "why") for span in around)
        made = suppress(Report(Document("Rome is. \n" * size, marks=marks), results))
        list(complaints(made))

    assert_linear(run, 12_000)
