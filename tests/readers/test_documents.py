"""Word, OpenDocument, EPUB and e-mails: what of them is text, what is prose, and what is refused."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests import formats
from verifier.errors import InputError
from verifier.model import Document
from verifier.readers import READERS, read, suffix_of

DRAFT = formats.Draft(
    datetime.date(2021, 2, 1), (("h1", "A call"), ("p", "Pristina is the capital of Kosovo."))
)
ARCHIVES = ("draft.docx", "draft.odt", "draft.epub")
TEXT_OF = {"draft.docx": "word/document.xml", "draft.odt": "content.xml", "draft.epub": "OPS/text/a.xhtml"}
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<x>&b;</x>"
)


def document_of(data: bytes, name: str) -> Document:
    """What the reader of a suffix makes of these bytes."""
    document = READERS[suffix_of(name)](data, name)
    assert isinstance(document, Document)
    return document


def prose(document: Document) -> list[str]:
    """The runs that are checked."""
    return [document.text[span.start : span.end] for span in document.prose]


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    files = {name: archive.read(name) for name in archive.namelist()}
    return packed(files | {part: change(files.get(part, b""))})


# --------------------------------------------------------------------------------------------------- Word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def word(body: str, footnotes: str = "", styles: str = "") -> bytes:
    """A Word file of this body."""
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
            f'Id="r1" Type="{OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>',
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {W}>{footnotes}</w:footnotes>",
            "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        }
    )


def run(text: str, properties: str = "") -> str:
    """A run of Word's."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_word_with_all_changes_accepted() -> None:
    """What was put in is read, what was taken out is not, nor is a comment."""
    document = document_of(
        word(
            f"<w:p>{run('Kosovo joined ')}<w:ins>{run('the IMF ')}</w:ins>"
            f"<w:del><w:r><w:delText>NATO </w:delText></w:r></w:del>{run('in 2009.')}</w:p>"
        ),
        "a.docx",
    )
    assert document.text == "Kosovo joined the IMF in 2009."


def test_footnotes_of_word_come_last() -> None:
    """Their marks are left out: after a year they would be read as part of it."""
    document = document_of(
        word(
            f"<w:p>{run('Kosovo joined in 2009.')}<w:r><w:footnoteReference w:id='2'/></w:r>"
            f"{run(' So it is.')}</w:p><w:p>{run('The end.')}</w:p>",
            f"<w:footnote w:id='2'><w:p>{run('A note.')}</w:p></w:footnote>",
        ),
        "a.docx",
    )
    assert document.text == "Kosovo joined in 2009. So it is.\n\nThe end.\n\nA note."


def test_tables_are_no_prose() -> None:
    """They stay in the text, a row a line."""
    cells = "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("Oslo", "Sweden"))
    document = document_of(
        word(f"<w:p>{run('Before.')}</w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p>{run('After.')}</w:p>"),
        "a.docx",
    )
    assert document.text == "Before.\n\nOslo | Sweden\n\nAfter."
    assert prose(document) == ["Before.", "After."]


@pytest.mark.parametrize("how", ["drop", "margin"])
def test_a_letter_in_a_frame_begins_the_paragraph(how: str) -> None:
    """Without it the first word is another; what stands in other frames is a paragraph."""
    document = document_of(
        word(
            f"<w:p><w:pPr><w:framePr w:wrap='around'/></w:pPr>{run('A frame.')}</w:p>"
            f"<w:p><w:pPr><w:framePr w:dropCap='{how}' w:lines='3'/></w:pPr>{run('K')}</w:p>"
            f"<w:p><w:pPr><w:jc w:val='left'/></w:pPr>{run('osovo joined in 2009.')}</w:p>"
            f"<w:p>{run('So it is.')}</w:p>"
        ),
        "a.docx",
    )
    assert document.text == "A frame.\n\nKosovo joined in 2009.\n\nSo it is."


def test_what_a_field_shows_is_read() -> None:
    """Whether it is written in short or at length."""
    field = f"<w:fldSimple w:instr='DATE'>{run('joined')}</w:fldSimple>"
    body = f"<w:p>{run('Kosovo ')}{field}{run(' in 2009.')}</w:p>"
    assert document_of(word(body), "a.docx").text == "Kosovo joined in 2009."


@pytest.mark.parametrize("name", ["strike", "dstrike", "vanish"])
def test_what_word_does_not_show_or_strikes_out_is_no_text(name: str) -> None:
    """Said of the run, of its style or of a style on which that is based; the run may say otherwise."""
    styles = (
        f"<w:style w:type='character' w:styleId='A'><w:rPr><w:{name}/></w:rPr></w:style>"
        "<w:style w:type='character' w:styleId='B'><w:basedOn w:val='A'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='P'><w:basedOn w:val='A'/></w:style>"
    )
    on, by_style = f"<w:{name}/>", "<w:rStyle w:val='B'/>"
    off = f"{by_style}<w:{name} w:val='0'/>"
    body = (
        f"<w:p>{run('Oslo ')}{run('was ', on)}{run('and ', by_style)}{run('is.', off)}</w:p>"
        f"<w:p><w:pPr><w:pStyle w:val='P'/></w:pPr>{run('Not this.')}</w:p>"
    )
    assert document_of(word(body, styles=styles), "a.docx").text == "Oslo is."


def test_raised_marks_of_word_are_left_out() -> None:
    """By a property, by a style, or by the height at which they stand; what is no mark stays."""
    raised = "<w:vertAlign w:val='superscript'/>"
    styles = f"<w:style w:type='character' w:styleId='N'><w:rPr>{raised}</w:rPr></w:style>"
    marks = (raised, "<w:rStyle w:val='N'/>", "<w:position w:val='6'/>")
    for mark in marks:
        runs = [run("It joined in 2009."), run("12", mark), run(" On the 1"), run("st", mark), run(".")]
        document = document_of(word(f"<w:p>{''.join(runs)}</w:p>", styles=styles), "a.docx")
        assert document.text == "It joined in 2009. On the 1st."
    lowered = [run("It is H"), run("2", "<w:position w:val='-6'/>"), run("O.")]
    assert document_of(word(f"<w:p>{''.join(lowered)}</w:p>"), "a.docx").text == "It is H2O."


def test_a_word_file_is_dated_by_its_last_change() -> None:
    """When it was made may be the day of a template; a byline is surer than both."""
    document = document_of(formats.docx(DRAFT), "a.docx")
    assert (document.as_of, document.dated) == (formats_day(), "metadata")
    byline = formats.Draft(datetime.date(2024, 5, 5), (("p", "1 February 2021"), *DRAFT.blocks))
    document = document_of(formats.docx(byline), "a.docx")
    assert (document.as_of, document.dated) == (formats_day(), "byline")


@pytest.mark.parametrize(("name", "made"), [("a.docx", formats.docx), ("a.odt", formats.odt)])
def test_the_day_of_a_template_is_none_of_the_draft(
    name: str, made: Callable[[formats.Draft], bytes]
) -> None:
    """The file was written on another day; or it has none, and does not count the letters of the draft."""
    data = made(DRAFT)
    for away, dated in ((0, "metadata"), (-1, "metadata"), (1, "metadata"), (2, ""), (2000, "")):
        written = formats.written_on(data, DRAFT.day + datetime.timedelta(days=away))
        assert document_of(written, name).dated == dated
    office = formats.written_on(data, datetime.date(1980, 1, 1))
    assert document_of(office, name).dated == ""
    part, count = {
        "a.docx": ("docProps/app.xml", (b"<Characters>0<", b"<Characters>36<")),
        "a.odt": ("meta.xml", (b'meta:character-count="0"', b'meta:character-count="36"')),
    }[name]
    counted = with_part(office, part, lambda content: content.replace(*count))
    assert document_of(formats.written_on(counted, datetime.date(1980, 1, 1)), name).dated == "metadata"


def formats_day() -> object:
    """The day of DRAFT."""
    from verifier.dates import parse_date

    return parse_date(DRAFT.day.isoformat())


# ------------------------------------------------------------------------------------------- OpenDocument


def test_opendocument_with_notes_spaces_and_changes() -> None:
    """As Word is read."""
    office, text = ("urn:oasis:names:tc:opendocument:xmlns:" + name + ":1.0" for name in ("office", "text"))
    content = (
        f'<o:document-content xmlns:o="{office}" xmlns:t="{text}"><o:body><o:text>'
        "<t:tracked-changes><t:changed-region><t:deletion><t:p>Oslo is in Sweden.</t:p></t:deletion>"
        "</t:changed-region></t:tracked-changes>"
        '<t:h>Head</t:h><t:p>Kosovo<t:s t:c="2"/>joined<t:tab/>in 2009.<t:note>'
        "<t:note-citation>1</t:note-citation><t:note-body><t:p>A note.</t:p></t:note-body></t:note>"
        "<o:annotation><t:p>Really?</t:p></o:annotation>"
        " It<t:line-break/>did.</t:p></o:text></o:body></o:document-content>"
    )
    document = document_of(packed({"content.xml": content}), "a.odt")
    assert document.text == "Head\n\nKosovo joined in 2009. It\ndid.\n\nA note."


ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (("office", "office"), ("text", "text"), ("style", "style"), ("draw", "drawing"))
)


def opendocument(body: str, automatic: str = "", named: str = "") -> Document:
    """What is read of an OpenDocument text of this body and these styles."""
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = f"<office:document-styles {ODF}><office:styles>{named}</office:styles></office:document-styles>"
    return document_of(packed({"content.xml": content, "styles.xml": styles}), "a.odt")


def style(name: str, properties: str = "", *, parent: str = "", family: str = "text") -> str:
    """A style with these properties of letters."""
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


def span(name: str, text: str) -> str:
    """Text in a style."""
    return f'<text:span text:style-name="{name}">{text}</text:span>'


@pytest.mark.parametrize(
    ("on", "off"),
    [
        ('style:text-line-through-style="solid"', 'style:text-line-through-style="none"'),
        ('style:text-line-through-type="double"', 'style:text-line-through-type="none"'),
        ('text:display="none"', 'text:display="true"'),
    ],
)
def test_what_opendocument_does_not_show_or_strikes_out_is_no_text(on: str, off: str) -> None:
    """Said by a style of the text or of the document, or by one on which that is based."""
    kept = span("T3", "also ")
    document = opendocument(
        f"<text:p>Oslo {span('T1', 'was ')}{span('T2', 'and ' + kept)}is.</text:p>"
        '<text:p text:style-name="P1">Not this.</text:p>',
        style("T1", on) + style("T2", parent="Out") + style("T3", off),
        style("Out", on) + style("P1", on, family="paragraph"),
    )
    assert document.text == "Oslo also is."


def test_raised_marks_of_opendocument_are_left_out() -> None:
    """As those of Word are; other raised or lowered letters stay, and a power is one."""
    for height in ("super 58%", "33% 58%"):
        document = opendocument(
            f"<text:p>It joined in 2009.{span('T1', '1')} On 5 km{span('T1', '2')}, the 1{span('T1', 'st')},"
            f" with{span('T1', '*')} H{span('T2', '2')}O.</text:p>",
            style("T1", f'style:text-position="{height}"') + style("T2", 'style:text-position="sub 58%"'),
        )
        assert document.text == "It joined in 2009. On 5 km\u00b2, the 1st, with H2O."


def test_text_in_boxes_follows_their_paragraph() -> None:
    """It stands beside it; and what is set above a word, to say it, is none of it."""
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    outer = box.format(f"A {box.format('Inner.')}box.")
    shape = "<draw:custom-shape><text:p>A shape.</text:p></draw:custom-shape>"
    document = opendocument(
        f"<text:p>Oslo is {outer}the {shape}capital.</text:p>"
        "<text:p>So is <text:ruby><text:ruby-base>it</text:ruby-base><text:ruby-text>x</text:ruby-text>"
        "</text:ruby>.</text:p>"
    )
    assert document.text == "Oslo is the capital.\n\nA box.\n\nInner.\n\nA shape.\n\nSo is it."


# ------------------------------------------------------------------------------------------------- e-mail


def test_what_a_mail_quotes_is_no_prose() -> None:
    """Nor the line that introduces it, nor a signature."""
    document = document_of(formats.plain_eml(DRAFT), "a.eml")
    assert prose(document) == ["A call", "Pristina is the capital of Kosovo."]
    assert "> Oslo is the capital of Sweden." in document.text
    assert document.title == "The draft"


def test_a_mail_in_another_encoding() -> None:
    """It says which."""
    message = EmailMessage()
    message["Subject"] = "Kraków"
    message.set_content("Kraków is in Poland.", charset="iso-8859-2")
    document = document_of(message.as_bytes(), "a.eml")
    assert (document.text, document.title, document.dated) == ("Kraków is in Poland.", "Kraków", "")


def test_a_page_of_a_book_is_read_once() -> None:
    """However often it is listed: a small file could be read without end."""
    book = formats.FORMATS["draft.epub"](DRAFT)
    listed = b'<itemref idref="a"/>'
    again = with_part(book, "OPS/book.opf", lambda part: part.replace(listed, listed * 9))
    assert document_of(again, "a.epub").text == document_of(book, "a.epub").text


# ---------------------------------------------------------------------------------------------- the hostile


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_bomb_of_entities_is_refused(name: str) -> None:
    """In whatever encoding it comes."""
    for bomb in (BOMB, BOMB.decode().replace('"1.0"', '"1.0" encoding="utf-16"', 1).encode("utf-16")):
        data = with_part(formats.FORMATS[name](DRAFT), TEXT_OF[name], lambda _, bomb=bomb: bomb)  # type: ignore[misc]
        with pytest.raises(InputError, match="defines XML entities"):
            document_of(data, name)


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_zip_bomb_is_refused(name: str) -> None:
    """Before it is unpacked."""
    data = with_part(formats.FORMATS[name](DRAFT), TEXT_OF[name], lambda _: b" " * (33 << 20))
    with pytest.raises(InputError, match="too large when it is unpacked"):
        document_of(data, name)


@pytest.mark.parametrize("name", ARCHIVES[:2])
def test_a_deep_part_is_refused(name: str) -> None:
    """Nothing is walked by recursion without an end."""
    deep = b"<w:document " + W.encode() + b"><w:body>" + b"<w:p>" * 5000
    with pytest.raises(InputError):
        document_of(with_part(formats.FORMATS[name](DRAFT), TEXT_OF[name], lambda _: deep), name)


@pytest.mark.parametrize("name", [*formats.FORMATS, "a.htm", "a.mht"])
@pytest.mark.parametrize(
    "data", [b"", b"   \n", b"\x00\x01\x02", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_is_no_document_is_refused_in_one_sentence(name: str, data: bytes) -> None:
    """Empty, junk, or a file of old Office."""
    with pytest.raises(InputError) as caught:
        document_of(data, name)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ARCHIVES)
def test_half_an_archive_is_refused(name: str) -> None:
    """As a download leaves it that broke off."""
    data = formats.FORMATS[name](DRAFT)
    with pytest.raises(InputError, match="no zip archive, or a damaged one"):
        document_of(data[: len(data) // 2], name)


def test_an_encrypted_file_says_so() -> None:
    """Office keeps such a file in another container, OpenDocument says it in its manifest."""
    with pytest.raises(InputError, match="encrypted, or a file of an old program"):
        document_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx")
    manifest = b"<manifest><encryption-data/></manifest>"
    with pytest.raises(InputError, match="encrypted: save it without a password"):
        document_of(with_part(formats.odt(DRAFT), "META-INF/manifest.xml", lambda _: manifest), "a.odt")
    with pytest.raises(InputError, match="encrypted: save it as it reads"):
        document_of(b"Subject: x\nContent-Type: application/pkcs7-mime\n\nAAAA", "a.eml")


@pytest.mark.parametrize(
    ("made", "name", "problem"),
    [
        ("draft.docx", "a.odt", "it is a Word document (.docx)"),
        ("draft.odt", "a.docx", "it is an OpenDocument file"),
        ("draft.epub", "a.docx", "it is an electronic book (.epub)"),
        ("draft.pdf", "a.docx", "it is a file of .pdf: name it so"),
        ("draft.pdf", "a.md", "it is a file of .pdf: name it so"),
        ("draft.docx", "a.html", "it is a file of .docx or .odt or .epub: name it so"),
        ("draft.eml", "a.pdf", "not a PDF"),
    ],
)
def test_a_file_by_a_wrong_name_is_told_by_its_bytes(
    tmp_path: Path, made: str, name: str, problem: str
) -> None:
    """And never read as something else."""
    (tmp_path / name).write_bytes(formats.FORMATS[made](DRAFT))
    with pytest.raises(InputError) as caught:
        read(tmp_path / name)
    assert problem in str(caught.value)
