"""Drafts in Markdown, made into files of other formats by libraries that write them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

__all__ = ["FORMATS", "Draft", "draft_of", "written_on"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft by its blocks, each with what it is: h1, h2, p, li."""

    day: datetime.date
    blocks: tuple[tuple[str, str], ...]


def draft_of(markdown: str) -> Draft:
    """A draft whose front matter gives its date."""
    dated = re.search(r"^date: (\S+)$", markdown, re.MULTILINE)
    assert dated is not None
    tokens = MarkdownIt("commonmark").parse(re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL))
    blocks = [
        (
            "li"
            if any(before.type == "list_item_open" for before in tokens[at - 2 : at])
            else tokens[at - 1].tag,
            token,
        )
        for at, token in enumerate(tokens)
        if token.type == "inline"
    ]
    return Draft(
        datetime.date.fromisoformat(dated[1]),
        tuple((tag, " ".join(token.content.split())) for tag, token in blocks),
    )


def written_on(data: bytes, day: datetime.date) -> bytes:
    """A zip archive as one that was written on that day; Office writes that of 1980."""
    out = io.BytesIO()
    archive = zipfile.ZipFile(io.BytesIO(data))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            copy.writestr(zipfile.ZipInfo(name, (day.year, day.month, day.day, 9, 30, 0)), archive.read(name))
    return out.getvalue()


def docx(draft: Draft) -> bytes:
    """By python-docx, with a header and page furniture that are no text."""
    import docx as library

    document = library.Document()
    document.core_properties.modified = datetime.datetime.combine(draft.day, datetime.time(9, 30))
    document.sections[0].header.paragraphs[0].text = "France is a member of ASEAN. Not for publication"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    for tag, text in draft.blocks:
        if tag in ("h1", "h2"):
            document.add_heading(text, level=int(tag[1]))
        else:
            paragraph = document.add_paragraph(style="List Bullet" if tag == "li" else None)
            for number, words in enumerate(re.split(r"(?<=\W)(?=\w)", text)):
                paragraph.add_run(words).bold = number % 7 == 3  # Word parts text into runs where it likes
    out = io.BytesIO()
    document.save(out)
    return written_on(out.getvalue(), draft.day)


def odt(draft: Draft) -> bytes:
    """By odfdo."""
    import odfdo

    document = odfdo.Document("text")
    document.body.clear()
    document.meta.date = datetime.datetime.combine(draft.day, datetime.time(9, 30))
    for tag, text in draft.blocks:
        if tag in ("h1", "h2"):
            document.body.append(odfdo.Header(int(tag[1]), text))
        elif tag == "li":
            document.body.append(odfdo.List([text]))
        else:
            document.body.append(odfdo.Paragraph(text))
    out = io.BytesIO()
    document.save(out)
    return written_on(out.getvalue(), draft.day)


def markup(draft: Draft) -> str:
    """The article alone, as HTML."""
    return "\n".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in draft.blocks)


def page(draft: Draft) -> bytes:
    """A page of a news site: the article among what else stands on such pages."""
    article = markup(draft).replace(
        "</h1>", f'</h1><p class="byline">By Jane Doe | <time>{draft.day:%d %B %Y}</time></p>', 1
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A draft - The Daily</title>
<meta property="article:published_time" content="{draft.day}T09:30:00+02:00">
<script>var x = "<p>Oslo is the capital of Sweden.</p>";</script><style>p {{ color: red }}</style></head>
<body><header><a href="/">The Daily</a><nav><ul><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li>
</ul></nav></header>
<div id="cookies" class="cookie-banner"><p>We use cookies.</p><button>Accept</button></div>
<main><article>{article}<div class="share"><a href="#">Share</a></div></article>
<aside class="related"><h2>Related articles</h2><ul><li><a href="/1">Sweden's capital is Oslo</a></li>
<li><a href="/2">France is a member of ASEAN</a></li></ul></aside>
<section id="comments"><h2>Comments</h2>
<div class="comment"><p>Oslo is the capital of Sweden, you know.</p></div>
</section></main><footer>
<p>Copyright 2024 The Daily. All rights reserved.</p></footer></body></html>""".encode()


def plain_page(draft: Draft) -> bytes:
    """A page as a word processor writes it."""
    return f"<html><body><p>{draft.day:%d %B %Y}</p>{markup(draft)}</body></html>".encode()


def mhtml(draft: Draft) -> bytes:
    """A page saved in one file, some day later."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "A draft - The Daily"
    message["Date"] = "Fri, 01 Jan 2027 00:00:00 -0000"
    message.set_content(page(draft).decode(), subtype="html", cte="quoted-printable")
    message.make_mixed()
    return message.as_bytes()


def eml(draft: Draft) -> bytes:
    """An e-mail with formatting, that answers another."""
    message = _message(draft)
    quoted = '<blockquote type="cite"><p>Oslo is the capital of Sweden.</p></blockquote>'
    message.set_content("See the formatted text.")
    message.add_alternative(f"<html><body>{markup(draft)}{quoted}</body></html>", subtype="html")
    message.add_attachment(
        b"Oslo is the capital of Sweden.", maintype="text", subtype="plain", filename="a.txt"
    )
    return message.as_bytes()


def plain_eml(draft: Draft) -> bytes:
    """An e-mail without formatting."""
    import textwrap

    message = _message(draft)
    paragraphs = [
        textwrap.fill(f"- {text}" if tag == "li" else text, 72, break_on_hyphens=False)
        for tag, text in draft.blocks
    ]
    quoted = "On Monday, Jane Doe wrote:\n> Oslo is the capital of Sweden.\n> Really.\n"
    message.set_content("\n\n".join([*paragraphs, quoted, "-- \nOslo is the capital of Sweden.\n"]))
    return message.as_bytes()


def _message(draft: Draft) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "The draft"
    message["Date"] = datetime.datetime.combine(draft.day, datetime.time(9, 30))
    return message


def epub(draft: Draft) -> bytes:
    """Two chapters and a table of contents."""
    half = len(draft.blocks) // 2
    parts = [draft.blocks[:half], draft.blocks[half:]]
    chapter = (
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        "<body>{}&nbsp;</body></html>"
    )
    files = {
        "META-INF/container.xml": """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>""",
        "OPS/book.opf": f"""<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A book</dc:title>
<dc:date>{draft.day}</dc:date>
</metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="text/b%201.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine></package>""",
        "OPS/nav.xhtml": chapter.format("<p>Oslo is the capital of Sweden.</p>"),
        "OPS/text/a.xhtml": chapter.format(markup(Draft(draft.day, parts[0]))),
        "OPS/text/b 1.xhtml": chapter.format(markup(Draft(draft.day, parts[1]))),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf(draft: Draft) -> bytes:
    """By reportlab: justified lines, on pages with a header and a number, with a watermark."""
    return _printed(draft, columns=1)


def columns_pdf(draft: Draft) -> bytes:
    """In two narrow columns, where words are parted."""
    return _printed(draft, columns=2)


def _font() -> str:
    """A font with the letters of all drafts: reportlab's own have not all of them."""
    places = [Path("/usr/share/fonts/truetype/dejavu")]
    if (library := find_spec("matplotlib")) is not None and library.origin is not None:
        places.insert(0, Path(library.origin).parent / "mpl-data" / "fonts" / "ttf")
    found = next((path / "DejaVuSans.ttf" for path in places if (path / "DejaVuSans.ttf").exists()), None)
    if found is None:
        pytest.skip("the font DejaVu Sans is not there: pip install matplotlib")
    return str(found)


def _printed(draft: Draft, *, columns: int) -> bytes:
    from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    registerFont(TTFont("DejaVu", _font()))
    text = ParagraphStyle(
        "p",
        fontName="DejaVu",
        fontSize=10,
        leading=13,
        spaceAfter=7 if columns == 1 else 0,
        firstLineIndent=0 if columns == 1 else 12,
        alignment=TA_JUSTIFY if columns == 1 else TA_LEFT,
    )
    styles = {
        "h1": ParagraphStyle("h1", fontName="DejaVu", fontSize=18, leading=22, spaceAfter=8),
        "h2": ParagraphStyle("h2", fontName="DejaVu", fontSize=13, leading=16, spaceBefore=8, spaceAfter=4),
        "p": text,
        "li": ParagraphStyle("li", parent=text, leftIndent=14, bulletIndent=4, firstLineIndent=0),
    }

    def furnish(canvas: Any, document: Any) -> None:
        canvas.setFont("DejaVu", 8)
        canvas.drawString(40, A5[1] - 25, "The Daily - Oslo is the capital of Sweden.")
        canvas.drawCentredString(A5[0] / 2, 20, f"{canvas.getPageNumber()}")
        canvas.saveState()
        canvas.translate(60, 100)
        canvas.rotate(45)
        canvas.drawString(0, 0, "France is a member of ASEAN.")
        canvas.restoreState()

    out = io.BytesIO()
    width = (A5[0] - 80) / columns
    frames = [
        Frame(40 + width * number, 40, width - (10 if columns > 1 else 0), A5[1] - 80, 0, 0, 0, 0)
        for number in range(columns)
    ]
    document = BaseDocTemplate(out, pagesize=A5, title="A draft", lang="en")
    document.addPageTemplates(PageTemplate(frames=frames, onPage=furnish))
    story = [
        Paragraph(f"By Jane Doe | {draft.day:%d %B %Y}", text)
        if block is None
        else Paragraph(escape(block[1]), styles[block[0]], bulletText="-" if block[0] == "li" else None)
        for block in (draft.blocks[0], None, *draft.blocks[1:])
    ]
    document.build(story)
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Draft], bytes]] = {
    "draft.docx": docx,
    "draft.odt": odt,
    "page.html": page,
    "draft.html": plain_page,
    "page.mhtml": mhtml,
    "draft.eml": eml,
    "plain.eml": plain_eml,
    "draft.epub": epub,
    "draft.pdf": pdf,
    "columns.pdf": columns_pdf,
}
"""How a draft is made into a file, by the name of the file."""
