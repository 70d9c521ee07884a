"""Any text is read without a crash, with exact offsets, and in time that grows no faster than its length."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import assert_linear
from tests.thinned import thinned
from tests.world import AS_OF, ENTITIES, catalogue, read_document, world
from verifier.errors import InputError
from verifier.model import Document
from verifier.readers import markdown
from verifier.text.claims import find_claims, read_claim
from verifier.text.sentences import sentences

_NAMES = [label for label, _, _ in ENTITIES.values()]
_WORDS = (
    "the a of in and capital is was not recognises , president embassy member it they who 2008 May 12 million"
)
_SENTENCES = (
    "Estonia recognised Kosovo in 2008, said agent {}.",
    "Neither Russia nor China recognises Kosovo, said agent {}.",
    "They have signed the Abraham Accords, said agent {}.",
    "All three have an embassy in house {}.",
    "Smith{} and Jones met King Salman.",
)


def _mixed(pieces: list[str], join: str) -> Callable[[int], str]:
    """Pieces in a fixed, shuffled order, so that no two sentences are one."""

    def text(size: int) -> str:
        chosen = random.Random(3)
        return join.join(chosen.choice(pieces) for _ in range(size // 6))[:size]

    return text


def _prose(join: str) -> Callable[[int], str]:
    def text(size: int) -> str:
        found, length = [], 0
        for number in count():
            found.append(_SENTENCES[number % len(_SENTENCES)].format(number))
            length += len(found[-1]) + len(join)
            if length >= size:
                return join.join(found)
        raise AssertionError

    return text


_TEXTS: dict[str, Callable[[int], str]] = {
    "prose": _prose(" "),
    "paragraphs": _prose("\n\n"),
    "no full stops": _mixed([*_WORDS.split(), *_NAMES], " "),
    "names": _mixed(_NAMES, " "),
    "lists of names": _mixed(_NAMES, ", "),
    "one line of names and": _mixed(_NAMES, " and "),
    "strangers": lambda size: " ".join(f"Ab{chr(97 + n % 26)}{n}x" for n in range(size // 8)),
    "dates": lambda size: " ".join(f"from {1000 + n % 1000} to {1001 + n % 999}," for n in range(size // 18)),
    "numbers": lambda size: " ".join(str(n) for n in range(size // 6)),
}
_UNITS = (
    *(
        "a",
        "A",
        "1",
        ".",
        "!?",
        ",",
        '"',
        "'",
        "(",
        "[",
        "[a](",
        "![",
        "<",
        "<!--",
        "<div>",
        "`a",
        "*a",
        "_",
        "#",
    ),
    *(
        "\n",
        "\r\n",
        " ",
        "\t",
        "\u200b",
        "\u0301",
        "e\u0301",
        "\ufeff",
        "\u202e\u05d0",
        "\U0001f469\u200d\U0001f467 ",
    ),
    *(
        "> ",
        "- ",
        "1. a\n",
        "# a\n",
        "---\n",
        "|a",
        "\\",
        "1,",
        "1-",
        "-",
        "A. ",
        "Mr. ",
        ".)",
        "the ",
        "of ",
        "not ",
    ),
    *(
        "it ",
        "who ",
        "said that ",
        "12 May 2008 ",
        "two hundred ",
        "Estonia's ",
        "Estonia or ",
        "the capital of ",
    ),
)
_TEXTS |= {repr(unit): lambda size, unit=unit: unit * (size // len(unit)) for unit in _UNITS}  # type: ignore[misc]
_TEXTS |= {
    "stops and a letter": lambda size: "." * size + "a",
    "closing marks and a letter": lambda size: "a." + ")" * size + "a",
    "spaces and a letter": lambda size: "a." + " " * size + "a",
    "indented line": lambda size: "a\n" + " " * size + "a",
    "front matter": lambda size: "---\n" + "a: b\n" * (size // 5) + "---\nEstonia is old.",
    "open front matter": lambda size: "---\n" + "a: b\n" * (size // 5),
    "deep list": lambda size: "".join("  " * (n % 200) + "- a\n" for n in range(size // 200)),
}
KINDS = sorted(_TEXTS)


def _read(text: str) -> None:
    """Read a text as a document, as Markdown and as a claim."""
    find_claims(Document(text), world=world(), catalogue=catalogue(), as_of=AS_OF)
    with contextlib.suppress(InputError):
        markdown.read(text.encode(), "draft.md")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_any_kind_of_text_is_split_in_linear_time(kind: str) -> None:
    """Finding the sentences takes time in proportion, and every one of them is short."""
    make = _TEXTS[kind]
    assert_linear(lambda size: sentences(make(size)), 40_000)
    assert all(span.end - span.start <= 2_000 for span in sentences(make(40_000)))


@pytest.mark.parametrize("kind", thinned(KINDS, every=6, name=lambda _, kind: kind))
def test_any_kind_of_text_is_read(kind: str) -> None:
    """Nothing crashes on it, as a document or as a claim."""
    text = _TEXTS[kind](700)
    _read(text)
    read_claim(text, world=world(), catalogue=catalogue(), as_of=AS_OF)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_any_kind_of_text_is_read_in_linear_time(kind: str) -> None:
    """Reading takes time in proportion to the text, whatever is in it."""
    assert_linear(lambda size: _read(_TEXTS[kind](size)), 4_000)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [repr(unit) for unit in ("a", ".", "\n", "1")])
def test_ten_megabytes_are_read(kind: str) -> None:
    """A file that somebody opened by mistake is read to its end."""
    find_claims(Document(_TEXTS[kind](10_000_000)), world=world(), catalogue=catalogue(), as_of=AS_OF)


_MARKS = (
    "\u0301",
    "\u200b",
    "\ufeff",
    "\u202e",
    "\r\n",
    "\n\n",
    "\U0001f1ea\U0001f1ea",
    "\u00a0",
    "\u2019",
    "\ufb01",
)
_CLAIMS = (
    "Estonia borders Latvia.",
    "Tallinn is the capital of Estonia.",
    "Kosovo is recognised by Estonia.",
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_CLAIMS) | st.sampled_from(_MARKS) | st.text(max_size=6), max_size=12))
def test_offsets_are_exact_beside_any_character(pieces: list[str]) -> None:
    """Combining marks, emoji, writing from right to left and line ends move no offset."""
    read_document("".join(pieces))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(_MARKS) | st.text(alphabet="\u05d0\u05d1 \U0001f600e\u0301\n\r", max_size=5),
        max_size=6,
    )
)
def test_what_stands_in_other_paragraphs_moves_a_claim_and_no_more(before: list[str]) -> None:
    """A claim is found whatever the paragraphs around it are made of, and at its own place."""
    head = "".join(before) + "\n\n"
    text = f"{head}Estonia borders Latvia.\n\n{''.join(before)}"
    claims = find_claims(Document(text), world=world(), catalogue=catalogue(), as_of=AS_OF)
    assert [(c.span.start, c.text) for c in claims if c.span] == [(len(head), "Estonia borders Latvia")]
