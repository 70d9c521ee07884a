"""Web pages: the text as a browser shows it, the article among what stands around it, and its day."""

from __future__ import annotations

import pytest

from verifier.dates import iso
from verifier.errors import InputError
from verifier.model import Document
from verifier.readers import html, mail


def page(body: str, head: str = "") -> Document:
    """A page that is all text."""
    return html.read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One\n  two</p><p>three</p>", "One two\n\nthree"),
        ("<p>A <b>bo</b>ld w<i>or</i>d</p>", "A bold word"),
        ("<p>line<br>break</p>", "line\nbreak"),
        ("<p>one<br><br>two</p>", "one\n\ntwo"),
        ("<h1>Head</h1>text <p>para</p> tail", "Head\n\ntext\n\npara\n\ntail"),
        ("<ul><li>one</li><li>two <ul><li>inner</li></ul></li></ul>", "one\n\ntwo\n\ninner"),
        ("<p>in&nbsp;2009 &amp; 1&ndash;2 &quot;x&quot;</p>", 'in\u00a02009 & 1\u20132 "x"'),
        ("<p>He said <q>yes</q>.</p>", "He said \u201cyes\u201d."),
        ("<p>joined in 2009.<sup><a href='#n1'>[1]</a></sup> It</p>", "joined in 2009. It"),
        ("<p>joined in 2009<sup>12</sup>. It</p>", "joined in 2009. It"),
        ("<p>5 km<sup>2</sup> and the 19<sup>th</sup></p>", "5 km\u00b2 and the 19th"),
        ("<p>5 km<!-- c --><sup>2</sup> <!-- c --><b><!-- c --><sup>3</sup></b></p>", "5 km\u00b2"),
        ("<p>was <del>1999</del><ins>2009</ins></p>", "was 2009"),
        ("<p>seen<span style='display: none'>hidden</span><span hidden>too</span></p>", "seen"),
        ("<p>a</p><script>b</script><style>c</style><!-- d --><noscript>e</noscript><p>f</p>", "a\n\nf"),
        ("<table><tr><td><p>one cell</p></td></tr></table>", "one cell"),
    ],
)
def test_the_text_is_what_a_browser_shows(body: str, text: str) -> None:
    """All of it is prose."""
    document = page(body)
    assert document.text == text
    assert "".join(text[span.start : span.end] for span in document.prose) == text.replace("\n\n", "")


@pytest.mark.parametrize("how", ["style='visibility:hidden'", "style='display: none'", "hidden"])
def test_what_is_hidden_in_an_article_is_not_read(how: str) -> None:
    """Also where there is more on the page than the article."""
    said = "Oslo is the capital of Norway and a large town on a fjord that many people live in."
    hidden = "Bergen is the capital of Norway and this is hidden from everybody who reads the page."
    told = (
        f"<nav><a href='/'>Home</a></nav><article><h1>Towns</h1><p>{said}</p><p {how}>{hidden}</p></article>"
    )
    document = page(told)
    assert said in document.text
    assert hidden not in document.text


def test_tables_and_code_are_no_prose() -> None:
    """They are kept in the text."""
    document = page(
        "<p>Before.</p><table><tr><th>a</th><th>b</th></tr><tr><td>1<td>2</table><pre>x = 1</pre>"
    )
    assert document.text == "Before.\n\na | b\n\n1 | 2\n\nx = 1"
    assert [document.text[span.start : span.end] for span in document.prose] == ["Before."]


@pytest.mark.parametrize(
    ("head", "body", "day", "how"),
    [
        (
            '<meta property="article:published_time" content="2021-02-01T23:30:00Z">',
            "",
            "2021-02-01",
            "metadata",
        ),
        ('<meta name="DC.date.issued" content="2021/02/01">', "", "2021-02-01", "metadata"),
        ('<meta name="date" content="2021">', "", None, ""),
        ('<meta property="article:modified_time" content="2021-02-01">', "", None, ""),
        (
            '<script type="application/ld+json">{"@graph": ['
            '{"@type": "WebPage", "datePublished": "2020-01-01"},'
            ' {"@type": "NewsArticle", "datePublished": "2021-02-01T08:00:00+01:00"}]}</script>',
            "",
            "2021-02-01",
            "metadata",
        ),
        (
            '<script type="application/ld+json">[{"@type": "NewsArticle", "datePublished": "2021-02-01"}, '
            '{"@type": "NewsArticle", "datePublished": "2020-01-01"}]</script>',
            "",
            None,
            "",
        ),
        ('<script type="application/ld+json">{"broken</script>', "", None, ""),
        ("", '<time datetime="2021-02-01T08:00">Monday</time>', "2021-02-01", "metadata"),
        ("", '<time datetime="2021-02-01">x</time><time datetime="2021-02-02">y</time>', None, ""),
        ("", "<p>By A. Writer | 1 February 2021</p>", "2021-02-01", "byline"),
        ("", "<p>Kosovo declared independence on 17 February 2008.</p>", None, ""),
    ],
)
def test_the_day_of_a_page(head: str, body: str, day: str | None, how: str) -> None:
    """Only one that it states as its own."""
    document = page(f"<h1>A call</h1>{body}<p>{'A long paragraph goes on. ' * 10}</p>", head)
    assert (document.as_of and iso(document.as_of), document.dated) == (day, how)


def test_the_encoding_of_a_page() -> None:
    """What the server, a mark or the page says; without any it must be UTF-8."""
    text = "<meta charset=iso-8859-1><p>Mus\u00e9e \u2014 \u201cx\u201d</p>"
    assert html.read(text.encode("cp1252"), "a").text == "Mus\u00e9e \u2014 \u201cx\u201d"
    assert html.read("<p>Mus\u00e9e</p>".encode("utf-16"), "a").text == "Mus\u00e9e"
    assert (
        html.read_page("<p>Krak\u00f3w</p>".encode("iso-8859-2"), "a", charset="iso-8859-2").text
        == "Krak\u00f3w"
    )
    assert html.read("<meta charset=UTF-16><p>Mus\u00e9e</p>".encode(), "a").text == "Mus\u00e9e"
    with pytest.raises(InputError, match=r"byte 6 .0xE9. is not UTF-8"):
        html.read("<p>Mus\u00e9e</p>".encode("latin-1"), "a")
    with pytest.raises(InputError, match="encoding 'klingon' is not known"):
        html.read(b"<meta charset=klingon><p>x</p>", "a")


@pytest.mark.parametrize("charset", ["klingon", "idna", "undefined", "hex", "a\0b"])
def test_an_encoding_of_no_text_is_refused(charset: str) -> None:
    """Whoever names it: a server, or the header of an e-mail; Python knows some that are none of texts."""
    sent = b'From: a@b\nContent-Type: text/plain; charset="%s"\n\nOslo.\n' % charset.encode()
    with pytest.raises(InputError, match=r"a.html: its encoding .* is not known: save it as UTF-8"):
        html.read_page(b"<p>Oslo.</p>", "a.html", charset=charset)
    with pytest.raises(InputError, match=r"a.eml: its encoding .* is not known: save it as UTF-8"):
        mail.read(sent, "a.eml")


@pytest.mark.parametrize(
    "inner", ["<div>", "<span>", "<table><tr><td>", "<ul><li>", "<a href='#x'>", "<sup>"]
)
def test_nesting_without_end_is_no_harm(inner: str) -> None:
    """It is read, or refused."""
    for around in ("", "<nav><a href=/x>x</a></nav><article>"):
        try:
            page(around + inner * 3000 + "Pristina is the capital of Kosovo.")
        except InputError as exc:
            assert "nested too deeply" in str(exc)


def test_a_page_without_text_is_refused() -> None:
    """As one that a script fills in is, when its source is saved."""
    with pytest.raises(InputError, match="there is no prose"):
        page("<div id=root></div><script>fill()</script>")


def test_a_page_that_is_nested_too_deeply_is_refused() -> None:
    """What is deeper is not in the tree, and would be left out without a word."""
    page = f"<p>Oslo is the capital of Norway.</p>{'<div>' * 5000}Riga is the capital of Latvia."
    with pytest.raises(InputError, match=r"a.html: its elements are nested too deeply"):
        html.read(page.encode(), "a.html")
