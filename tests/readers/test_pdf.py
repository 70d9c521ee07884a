"""PDF: paragraphs from lines, words that line ends part, notes, what stands on each page, what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest

from verifier.dates import iso
from verifier.errors import InputError
from verifier.model import Document
from verifier.readers import pdf

LONG = "This line of the paragraph goes on to the right edge of the page"


def drawn(draw: Callable[[Any], None], **options: Any) -> bytes:
    """A PDF by what is drawn on its canvas."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, **options)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def lines(*given: str, left: float = 50, top: float = 700, size: float = 11, leading: float = 14) -> Document:
    """A page of these lines, one below the other; an empty one leaves a gap."""
    return pdf.read(drawn(lambda canvas: put(canvas, given, left, top, size, leading)), "a.pdf")


def put(
    canvas: Any,
    given: Sequence[str],
    left: float = 50,
    top: float = 700,
    size: float = 11,
    leading: float = 14,
) -> None:
    """Draw lines one below the other."""
    canvas.setFont("Helvetica", size)
    for number, line in enumerate(given):
        canvas.drawString(left, top - number * leading, line)


def test_lines_are_joined_to_paragraphs() -> None:
    """A gap ends one, and so does a line in which the next word had room."""
    document = lines(
        LONG, LONG, "and ends.", "Another begins here, which again goes on to the edge", "", "A third."
    )
    assert document.text == (
        f"{LONG} {LONG} and ends.\n\nAnother begins here, which again goes on to the edge\n\nA third."
    )


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (
            ("The govern-", "ment of the country, the inde-", "pendence of it."),
            "government of the country, the independence",
        ),
        (
            ("The south-", "east and the gov-", "ernment, south-east of it, inde-", "pendent."),
            "The south-east and the government",
        ),
        (("Meliza Haradinaj-", "Stublla is the minister."), "Haradinaj-Stublla is"),
        (("A Muslim-", "majority country, and no more."), "A Muslim-majority country"),
        (("From 2009-", "2012 it was so."), "From 2009-2012 it"),
    ],
)
def test_a_word_that_a_line_end_parts(given: tuple[str, ...], text: str) -> None:
    """Its hyphen goes, that of a compound stays; the text and the dictionary tell which it is."""
    assert text in lines(*given).text


def test_what_stands_on_every_page_is_left_out() -> None:
    """Headers, footers, numbers of pages and watermarks; a sentence goes on from page to page."""
    texts = [
        [f"{LONG} {number}" for number in "abcde"],
        ["and from here to the end.", f"{LONG} f", "It ends."],
    ]

    def draw(canvas: Any) -> None:
        for number, text in enumerate(texts):
            put(canvas, ["Oslo is the capital of Sweden"], top=800, size=8)
            put(canvas, text)
            put(canvas, [f"Page {number + 1} of 2"], left=280, top=30, size=8)
            canvas.saveState()
            canvas.translate(200, 300)
            canvas.rotate(45)
            canvas.drawString(0, 0, "DRAFT, not to be checked")
            canvas.restoreState()
            canvas.showPage()

    document = pdf.read(drawn(draw), "a.pdf")
    assert document.text == f"{' '.join([*texts[0], texts[1][0]])}\n\n{LONG} f It ends."


def test_footnotes_come_last_without_their_marks() -> None:
    """A mark behind a year would be read as part of it."""

    def draw(canvas: Any) -> None:
        for page in ("one", "two"):
            put(canvas, [f"{LONG} {page}", f"{LONG}, {page}"])
            text = canvas.beginText(50, 672)
            text.textOut(f"and joined on page {page} in 2009.")
            text.setRise(5)
            text.setFont("Helvetica", 6)
            text.textOut("1")
            text.setRise(0)
            text.setFont("Helvetica", 11)
            text.textOut(" So it is.")
            canvas.drawText(text)
            put(canvas, [f"{1 + (page == 'two')} A note of page {page}."], top=60, size=8)
            canvas.showPage()

    text = pdf.read(drawn(draw), "a.pdf").text
    assert "joined on page one in 2009. So it is." in text
    assert text.endswith("A note of page one.\n\nA note of page two.")


@pytest.mark.parametrize(("size", "rise", "down"), [(6, 5, 14), (10.6, 4, 18), (11, 4, 18)])
def test_raised_marks_of_any_size_are_left_out(size: float, rise: float, down: float) -> None:
    """They push their line down, which does not end a paragraph; a power stays, and what is not raised."""

    def draw(canvas: Any) -> None:
        put(canvas, [LONG] * 4)
        text = canvas.beginText(50, 658 - down)
        runs = (
            "It joined it in 2009.",
            "12",
            " It has 5 km",
            "2",
            " which is of course a whole lot.",
            "*",
            "",
        )
        for raised, words in enumerate(runs):
            text.setFont("Helvetica", size if raised % 2 else 11)
            text.setRise(rise if raised % 2 else 0)
            text.textOut(words)
        canvas.drawText(text)
        put(canvas, ["It ends."], top=644 - down)

    text = (
        " ".join([LONG] * 4)
        + " It joined it in 2009. It has 5 km\u00b2 which is of course a whole lot. It ends."
    )
    assert pdf.read(drawn(draw), "a.pdf").text == text


@pytest.mark.parametrize(
    ("initial", "rest", "text"),
    [
        ("K", "osovo joined it in 2009, and", "Kosovo joined"),
        ("A", "country joined it in 2009", "A country joined"),
        ("A", "fter it joined it in 2009", "After it joined"),
    ],
)
def test_a_large_letter_belongs_to_the_word_it_begins(initial: str, rest: str, text: str) -> None:
    """Wherever it is drawn: before all lines, as a browser does, or among them."""

    def draw(canvas: Any, *, first: bool) -> None:
        if first:
            put(canvas, [initial], top=672, size=36)
        put(canvas, [LONG, "and ends."], top=740)
        if not first:
            put(canvas, [initial], top=672, size=36)
        put(canvas, [f"{rest} goes on to the right edge of it all,", "which is here, and goes on"], left=78)
        put(canvas, ["below the letter as well."], top=658)

    for data in (drawn(partial(draw, first=True)), drawn(partial(draw, first=False))):
        assert f"and ends.\n\n{text}" in pdf.read(data, "a.pdf").text


def test_columns_are_read_one_after_the_other() -> None:
    """As they were drawn; the right one goes on where the left one ends."""

    def draw(canvas: Any) -> None:
        put(canvas, ["The left column is", "narrow and goes on", "in the right one, in"])
        put(canvas, ["which it ends with", "a full stop."], left=300)

    assert pdf.read(drawn(draw), "a.pdf").text == (
        "The left column is narrow and goes on in the right one, in which it ends with a full stop."
    )


def test_tables_are_no_prose() -> None:
    """Cells that stand side by side in several rows."""

    def draw(canvas: Any) -> None:
        put(canvas, ["Before the table."], top=760)
        for number, row in enumerate((("Country", "Capital"), ("Sweden", "Oslo"), ("Norway", "Bergen"))):
            for at, cell in enumerate(row):
                put(canvas, [cell], left=50 + 200 * at, top=700 - 20 * number)

    document = pdf.read(drawn(draw), "a.pdf")
    assert document.text == "Before the table.\n\nCountry | Capital\n\nSweden | Oslo\n\nNorway | Bergen"
    assert [document.text[span.start : span.end] for span in document.prose] == ["Before the table."]


def test_a_heading_and_items_are_blocks() -> None:
    """By size, weight and marks; a mark that is drawn is no text."""

    def draw(canvas: Any) -> None:
        put(canvas, ["A heading in two", "lines of large type"], top=760, size=18, leading=22)
        put(canvas, [LONG, "ends."], top=700)
        put(canvas, ["\u2022 One item", "\u2022 Another item"], top=660)

    assert pdf.read(drawn(draw), "a.pdf").text == (
        f"A heading in two lines of large type\n\n{LONG} ends.\n\nOne item\n\nAnother item"
    )


def test_the_day_of_a_pdf() -> None:
    """A byline is surer than the day on which the file was made."""
    made = pdf.read(drawn(lambda canvas: put(canvas, ["A text."])), "a.pdf")
    assert made.dated == "metadata"
    document = lines("By A. Writer | 1 February 2021", "", LONG, LONG)
    assert (document.as_of and iso(document.as_of), document.dated) == ("2021-02-01", "byline")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the document is empty"),
        (b"A text.", "not a PDF"),
        (b"%PDF-1.7\n", "not a PDF, or a damaged one"),
        (b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj\ntrailer << /Root 1 0 R >>", "a.pdf: "),
        (drawn(lambda canvas: canvas.rect(10, 10, 100, 100)), "only pictures of one: recognise its text"),
        (
            drawn(lambda canvas: put(canvas, ["A text."]), encrypt="secret"),
            "encrypted: save it without a password",
        ),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, problem: str) -> None:
    """In one sentence."""
    with pytest.raises(InputError) as caught:
        pdf.read(data, "a.pdf")
    assert problem in str(caught.value)


def by_hand(shown: str, meant: str) -> bytes:
    """A page that shows some words, and says by `meant` what its letters stand for."""
    cmap = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange {meant} endcmap".encode()
    body = f"BT /F 12 Tf 20 300 Td ({shown}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(body), body),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
    ]
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(parts, 1))
    return b"%PDF-1.4\n" + objects + b"trailer<</Size 7/Root 1 0 R>>"


def test_a_character_that_comes_in_two_halves_is_one() -> None:
    """And half of one alone is none."""
    data = by_hand("Oslo A is B, C D", "3 beginbfchar <41> <D83DDE00> <42> <D800> <43> <DE00> endbfchar")
    assert pdf.read(data, "a.pdf").text == "Oslo \U0001f600 is \ufffd, \ufffd D"
