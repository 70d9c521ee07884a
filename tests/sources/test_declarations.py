"""What `table.toml` may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier.dates import parse_date
from verifier.errors import TableError
from verifier.model import Source
from verifier.sources.declarations import CompleteList, Declarations, Expectation, read_declarations


def read(text: str) -> Declarations:
    return read_declarations(text.encode(), Path("table.toml"))


def test_everything_there_is() -> None:
    assert read(
        """
        title = "Members"
        publisher = "UN"
        url = "https://un.org"
        licence = "CC0"
        [[complete]]
        relation = "P463"
        object = "United Nations"
        as_of = 2021-02-01
        source_url = "https://un.org/members"
        [[complete]]
        relation = "P36"
        subject = "Q1246"
        as_of = "2021-02"
        [[complete]]
        relation = "P47"
        subject_types = ["state", "territory"]
        except = ["Brazil"]
        [[expect]]
        relation = "P36"
        min = 190
        """
    ) == Declarations(
        title="Members",
        publisher="UN",
        url="https://un.org",
        licence="CC0",
        complete=(
            CompleteList(
                "complete[1]",
                "P463",
                object="United Nations",
                as_of=parse_date("2021-02-01"),
                source=Source(url="https://un.org/members"),
            ),
            CompleteList("complete[2]", "P36", subject="Q1246", as_of=parse_date("2021-02")),
            CompleteList("complete[3]", "P47", subject_types=("state", "territory"), excepted=("Brazil",)),
        ),
        expect=(Expectation("expect[1]", "P36", least=190),),
    )


def test_the_whole_table_may_be_complete() -> None:
    assert read("complete = true").everything


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel = 'x'", "table.toml, column 'titel': unknown key (one of title, publisher, url"),
        ("title = 5", "table.toml, column 'title', value '5': not a text"),
        ("complete = 'P36'", "table.toml, column 'complete': not a list of tables (write [[complete]] above"),
        ("[[complete]]\nobject = 'x'", "table.toml, column 'complete[1].relation': a relation is missing"),
        (
            "[[complete]]\nrelation = 'P1'\nas_of = 'May'",
            "table.toml, column 'complete[1].as_of', value 'May': 'May' is not a date",
        ),
        (
            "[[complete]]\nrelation = 'P1'\nsubject_types = 'state'",
            "table.toml, column 'complete[1].subject_types', value 'state': not a list of texts",
        ),
        (
            "[[complete]]\nrelation = 'P1'\nsubject_types = []",
            "table.toml, column 'complete[1].subject_types': an empty list (leave the key out)",
        ),
        (
            "[[complete]]\nrelation = 'P1'\nsubject_types = ['state']\nobject = 'x'",
            "table.toml, column 'complete[1].object', value 'x': it is about one thing or",
        ),
        (
            "[[complete]]\nrelation = 'P1'\nexcept = ['x']",
            "table.toml, column 'complete[1].except': there are no kinds to except",
        ),
        (
            "[[expect]]\nrelation = 'P1'\nmin = '3'",
            "table.toml, column 'expect[1].min', value '3': not a whole number",
        ),
        (
            "[[expect]]\nrelation = 'P1'\nmax = -1",
            "table.toml, column 'expect[1].max', value '-1': not a whole",
        ),
        ("[[expect]]\nrelation = 'P1'\nmin_subjects = true", "table.toml, column 'expect[1].min_subjects'"),
        (
            "[[expect]]\nrelation = 'P1'",
            "table.toml, column 'expect[1]': nothing is expected (give one of min",
        ),
        (
            "[[expect]]\nrelation = 'P1'\nmin = 3\nmax = 2",
            "table.toml, column 'expect[1].min', value '3': more than the maximum, 2",
        ),
        ("curated = 'yes'", "table.toml, column 'curated', value 'yes': neither true nor false"),
        ("[[expect]]\nrelation = 'P1'\nleast = 3", "table.toml, column 'expect[1].least': unknown key"),
        ("x = ", "table.toml: not TOML: "),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str) -> None:
    with pytest.raises(TableError) as caught:
        read(text)
    assert str(caught.value).startswith(message)
