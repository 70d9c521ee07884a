"""Marks in web pages and e-mails: what they cover in the text that is taken out, which they never change."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import assert_linear
from verifier.model import Document, Scope
from verifier.readers import html, mail, saved_page

IGNORE = "<!-- verifier: ignore -->"
OFF, ON = "<!-- verifier: off -->", "<!-- verifier: on -->"
LONG = "{} is a town in the north of the country, and has been one since the year 1871, as the books say."


def page(body: str) -> Document:
    return html.read(f"<html><body>{body}</body></html>".encode(), "a.html")


def covers(document: Document) -> list[str | tuple[str, ...]]:
    return [
        mark.problem or tuple(document.text[span.start : span.end] for span in mark.covers)
        for mark in document.marks
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"<p>One. Two. {IGNORE} Three.</p><p>Four.</p>", "One. Two."),
        (f"<p>One. <b>Two.</b>{IGNORE}</p>", "One. Two."),
        (
            f"<p>One.</p>\n{IGNORE}\n<p>Two <i>goes</i> on, 5 km<sup>2</sup>.</p><p>Three.</p>",
            "Two goes on, 5 km².",
        ),
        (f"<p>{IGNORE} One. Two.</p><p>Three.</p>", "One. Two."),
        (f"<div>{IGNORE}one <b>two</b><p>three</p></div>", "one two"),
        (f"{IGNORE}<ul><li>one</li><li>two</li></ul>three", "one\n\ntwo"),
        (f"<ul><li>one</li>{IGNORE}<li>two</li><li>three</li></ul>", "two"),
        (f"<h1>Head</h1>{IGNORE}<h2>Sub</h2><p>One.</p>", "Sub"),
        (f"<p>a</p>{OFF}<p>b <i>c</i></p><ul><li>d</li></ul><p>e{ON}f</p>", "b c\n\nd\n\ne"),
        (f"<p>a {OFF}b</p><p>c</p>", "b\n\nc"),
        (f"<p>joined in 2009.<sup><a href='#n1'>[1]</a></sup>{IGNORE} It</p>", "joined in 2009."),
        (f"<p>said <q>yes</q> {IGNORE}</p>", "said “yes"),
    ],
)
def test_a_mark_covers_what_stands_before_or_after_it(body: str, found: str) -> None:
    """As in Markdown; a block is an element that is one."""
    document = page(body)
    assert covers(document) == [(found,)]
    plain = page(re.sub("<!--.*?-->", "", body))
    assert (document.text, document.prose) == (plain.text, plain.prose)


@pytest.mark.parametrize(
    ("body", "line", "problem"),
    [
        (f"<p>One.</p>\n{IGNORE}", 2, "verifier: ignore: no block follows it"),
        (f"<p>One.</p>\n<div>{IGNORE}</div><p>Two.</p>", 2, "verifier: ignore: no block follows it"),
        ("\n\n<p>One. <!-- verifier: ignroe --></p>", 3, "<!-- verifier: ignroe --> is not understood"),
        (f"<p>One.</p>{ON}", 1, "verifier: on: nothing is off here"),
        (f"<p>One.</p>{OFF}\n{OFF}<p>Two.</p>", 2, "verifier: off: it is off already, since line 1"),
    ],
)
def test_what_is_meant_and_wrong_is_told(body: str, line: int, problem: str) -> None:
    """With the line of the file."""
    mark = page(body).marks[-1]
    assert (mark.line, mark.covers, mark.problem[: len(problem)]) == (line, (), problem)


@pytest.mark.parametrize(
    "body",
    [f"<pre>{IGNORE}</pre>", f"<p><code>{IGNORE}</code></p>", f"<script>{IGNORE}</script>", "<!-- old -->"],
)
def test_what_is_no_mark(body: str) -> None:
    """Comments in code, and for other people."""
    assert page(f"{body}<p>One.</p>").marks == ()


ARTICLE = (
    f"<nav><a href='/'>Home</a> {{0}}</nav><article><h1>Towns of the north</h1>"
    f"<p>{LONG.format('Ava')} {LONG.format('Ebo')} {{1}} {LONG.format('Ita')}</p>{{2}}"
    f"<p>{LONG.format('Oda')}</p><ul><li>{LONG.format('Ula')}</li><li>{LONG.format('Yma')}</li></ul>{{3}}"
    f"<p>{LONG.format('Zea')} <a href='/z'>{LONG.format('Zoe')}</a></p>{{4}}</article>"
    "<footer>{5}<p>All rights reserved by those who have them.</p></footer>"
)


def test_the_article_of_a_page_is_marked() -> None:
    """What is covered is found again in what trafilatura takes out."""
    document = page(ARTICLE.format("", IGNORE, OFF, ON + IGNORE, "", IGNORE))
    assert covers(document) == [
        (f"{LONG.format('Ava')} {LONG.format('Ebo')}",),
        ("\n\n".join(LONG.format(town) for town in ("Oda", "Ula", "Yma")),),
        (f"{LONG.format('Zea')} {LONG.format('Zoe')}",),
        (),
    ]
    assert [mark.scope for mark in document.marks] == [Scope.SENTENCE, Scope.REGION, Scope.BLOCK, Scope.BLOCK]
    assert document.text == page(ARTICLE.format(*[""] * 6)).text


MORE = f"<p>{LONG.format('Ulm')}</p><p>{LONG.format('Uwe')}</p>"
OUTSIDE = "verifier: off: it stands outside the text of the article"


@pytest.mark.parametrize(
    "body",
    [
        f"{OFF}<header>Menu</header><article><h1>Towns</h1>{MORE}</article>",
        f"<header>Menu {OFF}</header><article><h1>Towns</h1>{MORE}</article>",
        f"<nav>{OFF}</nav><article><h1>Towns</h1>{MORE}</article>",
        f"<div id='side'><ul><li><a href='/b'>b</a>{OFF}</li></ul></div><div><h1>Towns</h1>{MORE}</div>",
        f"<div>{OFF}<nav>a</nav><main><h1>Towns</h1>{MORE}</main></div>",
        f"<article><h1>Towns</h1>{MORE}</article>{OFF}<footer>a</footer>",
    ],
)
def test_what_is_off_outside_the_article_does_not_silence_it(body: str) -> None:
    """And it is told, as is no `off` in the article that follows."""
    document = page(body)
    (mark,) = document.marks
    assert (mark.covers, mark.problem[: len(OUTSIDE)]) == ((), OUTSIDE)
    assert LONG.format("Uwe") in document.text
    again = page(body.replace(LONG.format("Uwe"), OFF + LONG.format("Uwe")))
    assert (LONG.format("Uwe"),) in covers(again)


@pytest.mark.parametrize(
    "body",
    [
        f"<nav>a</nav><article>{MORE}<div>{OFF}</div><p>{LONG.format('Uva')}</p></article>",
        f"<nav>a</nav><div><p>{LONG.format('Una')}</p><div>{OFF}</div><p>{LONG.format('Uva')}</p></div>",
        f"<nav>a</nav><article><header><h1>Towns</h1>{OFF}</header><p>{LONG.format('Uva')}</p></article>{ON}",
        f"<article><p>{LONG.format('Una')}{OFF}</p><p>{LONG.format('Uva')}</p></article>{ON}<footer>b</footer>",
    ],
)
def test_what_is_off_in_the_article_is_off(body: str) -> None:
    """An `on` below the article ends it."""
    assert covers(page(body)) == [(LONG.format("Uva"),)]


def test_a_region_at_the_end_covers_nothing() -> None:
    """Which is no matter of how many marks there are."""
    assert covers(page(f"<p>One. {IGNORE}</p>{OFF}")) == [("One.",), ()]


MARKS = st.sampled_from(["", IGNORE, OFF, ON, IGNORE * 2, OFF + ON, "<!-- verifier: ignroe -->"])


@settings(max_examples=30, deadline=None)
@given(st.lists(MARKS, min_size=6, max_size=6))
def test_no_mark_changes_the_text(marks: list[str]) -> None:
    """Of an article, whatever is marked and wherever; every mark is there or closes another."""
    document = page(ARTICLE.format(*marks))
    plain = page(ARTICLE.format(*[""] * 6))
    assert (document.text, document.prose, document.title) == (plain.text, plain.prose, plain.title)
    assert len(document.marks) >= sum(mark.count("ign") for mark in marks)
    assert all(
        0 <= span.start < span.end <= len(document.text) for mark in document.marks for span in mark.covers
    )


PIECES = st.sampled_from(
    [
        *[
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<b>",
            "</b>",
            "<ul>",
            "<li>",
            "</ul>",
            "<br>",
            "<q>",
            "</q>",
            "<table><tr><td>",
            "</td><td>",
            "</table>",
        ],
        *[
            "<pre>",
            "</pre>",
            "<sup>2</sup>",
            "word",
            "Words.",
            "&nbsp;",
            "&#10;",
            "<i>_</i>",
            "<article>",
            "<nav>",
            "</nav>",
            "</span>",
        ],
        *(" ", IGNORE, OFF, ON, "\U000f0000", "<span hidden>", "<a href='#n'>[1]</a>"),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_no_mark_changes_any_text(pieces: list[str]) -> None:
    """However the page is put together, and even if it has the letters that tell marks apart."""
    body = "".join(["<p>Words.</p>", *pieces])
    document, plain = page(body), page(re.sub("<!--.*?-->", "", body))
    assert (document.text, document.prose) == (plain.text, plain.prose)
    assert all(
        0 <= span.start < span.end <= len(document.text) for mark in document.marks for span in mark.covers
    )


@pytest.mark.parametrize(
    "told",
    ["{}<p>One.</p><p>Two.</p>", "{}<!DOCTYPE html>{}<html>{}<head></head>{}<body>{}<p>One.</p><p>Two."],
)
def test_a_mark_before_the_page_is_for_its_first_block(told: str) -> None:
    """Not for all of it; a mark after its end covers nothing."""
    document = html.read(f"{told.replace('{}', IGNORE)}</body></html>{IGNORE}".encode(), "a.html")
    assert covers(document)[:-1] == [("One.",)] * told.count("{}")
    assert document.marks[-1].problem.startswith("verifier: ignore: no block follows it")


def test_a_page_in_one_file_and_an_e_mail_have_marks() -> None:
    """Of an e-mail only in what is not quoted."""
    content = f"<p>One. {IGNORE} Two.</p><blockquote type=cite>Old. {IGNORE}</blockquote>"
    told = f"From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{content}"
    assert covers(mail.read(told.encode(), "a.eml")) == [("One.",)]
    assert covers(saved_page.read(told.encode(), "a.mhtml"))[0] == ("One.",)


@pytest.mark.parametrize(
    "piece",
    [
        f"<p>One. {IGNORE}</p>",
        IGNORE,
        f"{OFF}{ON}",
        f"<i>a</i>{OFF}",
        f"a{IGNORE}. ",
        f"<i>a</i>{OFF}b{ON}. ",
        f"<div>{IGNORE}</div>",
        f"<p>{OFF}a{ON}</p>",
        "<!-- v",
    ],
)
def test_hostile_pages_take_linear_time(piece: str) -> None:
    """Many marks on one thing, on many, and nested."""
    assert_linear(
        lambda size: page("<p>Words.</p>" + piece * (size // len(piece)) + "<p>Words.</p>"), 300_000
    )
