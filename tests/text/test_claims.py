"""Sentences and documents are read as the triples that they state."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world import AS_OF, catalogue, line, read, read_document, world
from verifier.model import Document, Reason
from verifier.readers import markdown
from verifier.text.claims import find_claims, read_claim, read_claims

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "reading.toml").read_text(encoding="utf-8"))[
    "case"
]

_CAPTION = "Israeli Foreign Minister Gabi{}Ashkenazi (pictured) and his counterpart from Kosovo"
DRAFT = "\n\n".join(
    (
        "Kosovo and Israel have established diplomatic ties.",
        "The tiny Balkan state also recognised Jerusalem as the capital of Israel "
        "\N{EN DASH} a move that was expected.",
        _CAPTION.format("\N{NO-BREAK SPACE}") + " Meliza Haradinaj Stublla spoke on Monday.",
        _CAPTION.format(" ") + " Meliza Haradinaj Stublla spoke on Monday.",
        "On December 6, 2017, Trump recognised Jerusalem as Israel\N{RIGHT SINGLE QUOTATION MARK}s capital "
        "and later moved the US embassy there from Tel Aviv.",
        "Serbia does not recognise Kosovo, nor does its allies Russia and China.\n",
    )
)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_sentence_says_what_the_case_table_says(case: dict[str, object]) -> None:
    """Every form of claim in the case table is read as its triples, no more and no less."""
    assert read(str(case["text"])) == case["says"]


def test_a_document_gives_each_claim_with_its_own_words() -> None:
    """Spans are the smallest stretch that says the claim; a repeated sentence is read once."""
    assert read_document(DRAFT) == [
        ("Kosovo and Israel have established diplomatic ties", "kosovo P530 israel"),
        (
            "The tiny Balkan state also recognised Jerusalem as the capital of Israel",
            "kosovo recognises-capital jerusalem {P1376=israel} @once",
        ),
        (
            "Israeli Foreign Minister Gabi\N{NO-BREAK SPACE}Ashkenazi",
            "israel foreign-minister ashkenazi @either 1 February 2021",
        ),
        (
            "counterpart from Kosovo Meliza Haradinaj Stublla",
            "kosovo foreign-minister haradinaj @either 1 February 2021",
        ),
        (
            "On December 6, 2017, Trump recognised Jerusalem "
            "as Israel\N{RIGHT SINGLE QUOTATION MARK}s capital",
            "trump recognises-capital jerusalem {P1376=israel} @began 6 December 2017",
        ),
        ("moved the US embassy there", "us embassy jerusalem @began 20 January 2017 to 20 January 2021"),
        ("moved the US embassy there from Tel Aviv", "us embassy tel-aviv @former"),
        ("Serbia does not recognise Kosovo", "not serbia recognises kosovo"),
        ("recognise Kosovo, nor does its allies Russia", "not russia recognises kosovo"),
        ("recognise Kosovo, nor does its allies Russia and China", "not china recognises kosovo"),
    ]


def test_a_repeated_sentence_is_one_claim_with_two_places() -> None:
    """The second time a sentence stands there, its claims become further occurrences."""
    text = "Estonia borders Latvia.\n\nKenya is far.\n\nEstonia borders Latvia."
    (claim,) = find_claims(Document(text), world=world(), catalogue=catalogue(), as_of=AS_OF)
    assert [text[o.start : o.end] for o in claim.occurrences] == ["Estonia borders Latvia"]
    assert claim.occurrences[0].start == text.rindex("Estonia")


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from([*DRAFT.split(), '"', "'", "(", ")", "\n\n", "nor", "not", ",", "."]), max_size=40
    ).map(" ".join)
)
@settings(max_examples=60, deadline=None)
def test_offsets_are_exact_on_any_text(text: str) -> None:
    """Whatever the text, every claim is the characters it points at (checked inside read_document)."""
    read_document(text)


def test_who_did_it_is_a_part_of_the_claim() -> None:
    """A claim whose own words tell by whom, unread, is not held to be read whole."""
    told = "brokered by former US president Donald Trump"
    text = f"Last year, Israel inked a series of deals {told} to establish diplomatic relations with Bahrain."
    claims = find_claims(Document(text), world=world(), catalogue=catalogue(), as_of=AS_OF)
    notes = {r.relation: c.note for c in claims for t in c.triples for r in t.readings}
    assert notes["normalisation-agreement"] is Reason.UNKNOWN_RELATION


def test_claims_that_are_read_side_by_side_say_what_each_says_alone() -> None:
    """A table of claims gives one claim a row, in its order, whichever of them need the parser."""
    texts = [str(case["text"]) for case in CASES[:40]]
    given = [(str(number), text, AS_OF) for number, text in enumerate(texts)]
    alone = [read_claim(t, world=world(), catalogue=catalogue(), as_of=day, id=n) for n, t, day in given]
    assert list(read_claims(given, world=world(), catalogue=catalogue())) == alone


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u00ad", "\u2066", "\x07", "\ufeff"])
def test_what_nobody_sees_does_not_hide_a_claim(mark: str) -> None:
    """A control inside a name is read over; the places are those of the text as it is written."""
    text = f"{mark}Good. Serb{mark}ia does not recog{mark}nise Kosovo{mark}. It rained."
    ((words, said),) = read_document(text)
    assert words == f"Serb{mark}ia does not recog{mark}nise Kosovo"
    assert [said] == read(f"Serb{mark}ia does not recognise Kosovo.")


def test_markup_within_a_sentence_is_read_over() -> None:
    """Emphasis, a link, the mark of a quote at the head of a line: what they part is still one sentence."""
    text = "**Serbia** does not [recognise](http://a.b)\n> Kosovo.\n\n*Serbia*<br>borders Kosovo.\n"
    document = markdown.read(f"> {text}".encode(), "draft.md")
    claims = find_claims(document, world=world(), catalogue=catalogue(), as_of=AS_OF)
    assert [(c.text, [line(triple) for triple in c.triples]) for c in claims] == [
        ("Serbia** does not [recognise](http://a.b)\n> Kosovo", read("Serbia does not recognise Kosovo.")),
        ("Serbia*<br>borders Kosovo", read("Serbia borders Kosovo.")),
    ]
    assert all(c.span and document.text[c.span.start : c.span.end] == c.text for c in claims)
