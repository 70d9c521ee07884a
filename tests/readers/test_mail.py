"""E-mails: what of them is their own text, and what is quoted, passed on or a signature."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.growth import assert_linear
from verifier.dates import day
from verifier.model import Document
from verifier.readers import mail


def sent(text: str, subtype: str = "plain") -> Document:
    message = EmailMessage()
    message["Date"] = "Mon, 01 Feb 2021 23:30:00 -0800"
    message["Subject"] = "The draft"
    message.set_content(text, subtype=subtype)
    return mail.read(message.as_bytes(), "a.eml")


def prose(document: Document) -> list[str]:
    return [document.text[span.start : span.end] for span in document.prose]


HEAD = "From: Bob <bob@example.org>\nSent: Sunday, January 31, 2021 9:00 AM\nTo: Ann\nSubject: draft\n"
HEADS = [
    f"{'_' * 32}\n{HEAD}",
    f"-----Original Message-----\n{HEAD}",
    "-----Original Message-----\nFrom: Bob\n",
    f"---------- Forwarded message ---------\n{HEAD}",
    f"Begin forwarded message:\n\n{HEAD}",
    HEAD,
    "*Subject:* draft\n*Date:* 31 January 2021\n*From:* Bob\n",
    "Von: Bob\nGesendet: Sonntag, 31. Januar 2021\nAn: Ann\nBetreff: Entwurf\n",
    "On Sun, Jan 31, 2021 at 9:00 AM Bob\n<bob@example.org> wrote:\n",
]


@pytest.mark.parametrize("head", HEADS)
def test_below_the_head_of_another_mail_all_is_quoted(head: str) -> None:
    """And its day is that on which it was sent, whatever is said in it."""
    own = "1 May 2019\n\nOslo is the capital of Norway.\n\nBest,\nBob"
    document = sent(f"{own}\n\n{head}\nRiga is the capital of Malta.\n")
    assert "\n\n".join(prose(document)) == own
    assert document.as_of == day(2021, 2, 1)


@pytest.mark.parametrize("head", HEADS[:-1])
def test_a_mail_that_is_passed_on_is_the_text(head: str) -> None:
    """If nothing but a greeting stands before it; not the mail that it answers, nor its signature."""
    told = f"{head}\nRiga is the capital of Malta.\n\n-- \nBob\n\n{HEAD}\nRome is no town.\n"
    document = sent(f"FYI\n\n{told}")
    assert prose(document) == ["Riga is the capital of Malta."]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry wrote to the embassy:\n\nOslo is the capital of Norway.",
        "From: a town in the north.\n\nOslo is the capital of Norway.",
        "Note: short.\nSource: Reuters\nOn Monday, the minister said:\nOslo is the capital of Norway.",
    ],
)
def test_what_only_looks_like_the_head_of_a_mail(text: str) -> None:
    """Is its own text."""
    assert "\n\n".join(prose(sent(text))) == text


OUTLOOK = (
    "<p>{}</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>Afzender:</b> Bob<br>"
    "<b>Onderwerp:</b> x</p></div></div><p>Riga is the capital of Malta.</p>"
)
WEB = (
    "<div>{}</div><hr><div id='divRplyFwdMsg'><b>From:</b> Bob<br><b>Sent:</b> Sunday<br><b>To:</b> Ann</div>"
    "<div>Riga is the capital of Malta.</div>"
)
GMAIL = (
    "<div>{}</div><div class='gmail_quote'><div class='gmail_attr'>---------- Forwarded message ---------<br>"
    "From: Bob<br>Date: Sunday</div><p>Riga is the capital of Malta.</p></div>"
)
APPLE = (
    "<div>{}</div><blockquote type='cite'><div>Begin forwarded message:</div><div><b>From: </b>Bob</div>"
    "<div><b>Subject: </b>x</div><div><b>To: </b>Ann</div>"
    "<div>Riga is the capital of Malta.</div></blockquote>"
)


@pytest.mark.parametrize("page", [OUTLOOK, WEB, GMAIL, APPLE])
def test_a_formatted_mail_quotes_and_passes_on(page: str) -> None:
    """As each program marks it."""
    own = sent(page.format("Oslo is the capital of Norway."), "html")
    assert prose(own) == ["Oslo is the capital of Norway."]
    passed_on = sent(page.format("FYI"), "html")
    assert prose(passed_on) == ["Riga is the capital of Malta."]


@pytest.mark.parametrize(
    "signed",
    ["<div>-- <br>Ann, Riga</div>", "<p>--</p><p>Ann</p>", "<div class='gmail_signature'>Ann</div>"],
)
def test_a_signature_of_a_formatted_mail_is_no_prose(signed: str) -> None:
    """By its dashes, or by its class."""
    document = sent(f"<p>Oslo is the capital of Norway.</p>{signed}", "html")
    assert prose(document) == ["Oslo is the capital of Norway."]


@pytest.mark.parametrize(
    "piece", ["From: a\n", "-- x --\n", "____________\n\n", "On 2021 1:1", "a:\n\n", "> a\n"]
)
def test_hostile_mails_take_linear_time(piece: str) -> None:
    """Many heads, rules and introductions."""
    assert_linear(lambda size: sent("Words.\n\n" + piece * (size // len(piece))), 200_000)
