"""Which dates at the head of a document are its own."""

from __future__ import annotations

import pytest

from verifier.dates import iso
from verifier.readers.bylines import find_byline, from_metadata


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 February 2021", "2021-02-01"),
        ("Monday, 1 February 2021, 09:30 CET", "2021-02-01"),
        ("February 1, 2021", "2021-02-01"),
        ("Published: 1 February 2021", "2021-02-01"),
        ("Published on 1 February 2021 at 10:15", "2021-02-01"),
        ("By Jane Doe | 1 February 2021", "2021-02-01"),
        ("1 February 2021 by Jane Doe", "2021-02-01"),
        ("Updated 3 March 2021 | Published 1 February 2021", "2021-02-01"),
        ("Last updated: 1 February 2021", "2021-02-01"),
        ("PRISTINA, 1 February 2021 \u2013 " + "A long paragraph. " * 20, "2021-02-01"),
        ("PRISTINA, February 1, 2021 (Reuters) - " + "A long paragraph. " * 20, "2021-02-01"),
        ("By Ann Writer, 1 February 2021", "2021-02-01"),
        ("By Ann O'Writer, February 1, 2021", "2021-02-01"),
        ("By Ann Writer and Bob Scribe 1st February 2021", "2021-02-01"),
        ("BY ANN WRITER, Monday, 1 February 2021, 09:30", "2021-02-01"),
        ("London, 1 February 2021 (Reuters) -", "2021-02-01"),
        ("New York, N.Y., Feb. 1, 2021 (AP) \u2014 " + "A long paragraph. " * 20, "2021-02-01"),
        ("London, 1 February 2021 \u2013 " + "A long paragraph. " * 20, "2021-02-01"),
        ("London, 1 February 2021 - what happened", None),
        ("London, 1 February 2021", None),
        ("By Monday, 1 February 2021", None),
        ("By the minister, 1 February 2021", None),
        ("By Ann Writer, 1 February 2021, a day to remember", None),
        ("By Wales, 1 February 2021, England had joined. " + "A long paragraph. " * 20, None),
        ("2021-02-01", "2021-02-01"),
        ("Kosovo declared independence on 17 February 2008", None),
        ("Before 17 February 2008: what happened", None),
        ("From 1 February 2021 to 3 March 2021", None),
        ("February 2021", None),
        ("On 17 February 2008 Kosovo declared its independence. " + "A long paragraph. " * 20, None),
        ("31 February 2021", None),
    ],
)
def test_a_byline_stands_by_itself(text: str, day: str | None) -> None:
    """Not in a sentence, nor in a headline."""
    found = find_byline(["A headline", text, "Text. " * 40])
    assert (found and iso(found.date)) == day


def test_a_byline_stands_at_the_head() -> None:
    """Before the first long paragraph."""
    assert find_byline(["Text. " * 40, "1 February 2021"]) is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-02-01", "2021-02-01"),
        ("2021-02-01T23:59:59.000Z", "2021-02-01"),
        ("2021", None),
        ("2021-02", None),
        ("2021-02-30", None),
        ("01/02/2021", None),
        ("", None),
        (None, None),
    ],
)
def test_metadata_gives_whole_days_only(value: str | None, day: str | None) -> None:
    """What is less is filled in by a template."""
    found = from_metadata(value)
    assert (found and iso(found.date)) == day
