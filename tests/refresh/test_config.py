"""What `sources.toml` may say, and what is told of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier.errors import TableError
from verifier.night import Bounds, Feed, FeedKind, Mapped
from verifier.refresh.config import Keep, Sources, read_sources

WHOLE = """
[editions]
days = 30
months = 12

[embassies]
kind = "csv"
path = "embassies.csv.gz"
title = "Database of Embassies"
publisher = "Wikidata"
licence = "CC0-1.0"
page = "https://example.org/embassies"
delimiter = ";"
dates = "%d.%m.%Y"
key = ["subject", "object"]
expect = { least = 4, most = 20, gone = 0, changed = 0.2, added = 2.5 }
[embassies.values.type]
embassy = "embassy"
"consulate general" = "consulate-general"
[[embassies.statements]]
where = { country = ["France", "Spain"], open = "yes" }
subject = "{operator}"
predicate = "{type}"
object = "{city}"
P17 = "{country}"
source_url = "https://example.org/{QID}"

[capitals]
kind = "sparql"
query = "queries/capitals.rq"
endpoint = "https://query.example.org/sparql"
title = "Capitals"
publisher = "Wikidata"
licence = "CC0-1.0"
page = "https://example.org"
[[capitals.statements]]
subject_id = "{state}"
predicate = "P36"
object_id = "{city}"
"""


def read(text: str, folder: Path) -> Sources:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return read_sources(path)


def test_everything_there_is(tmp_path: Path) -> None:
    """Each key has its place in a `Feed`."""
    assert read(WHOLE, tmp_path) == Sources(
        (
            Feed(
                "embassies",
                FeedKind.CSV,
                "Database of Embassies",
                "Wikidata",
                "CC0-1.0",
                "embassies.csv.gz",
                url="https://example.org/embassies",
                statements=(
                    Mapped(
                        {
                            "subject": "{operator}",
                            "predicate": "{type}",
                            "object": "{city}",
                            "P17": "{country}",
                            "source_url": "https://example.org/{QID}",
                        },
                        {"country": ("France", "Spain"), "open": ("yes",)},
                    ),
                ),
                values={"type": {"embassy": "embassy", "consulate general": "consulate-general"}},
                key=("subject", "object"),
                bounds=Bounds(least=4, most=20, gone=0, changed=0.2, added=2.5),
                delimiter=";",
                date_format="%d.%m.%Y",
            ),
            Feed(
                "capitals",
                FeedKind.SPARQL,
                "Capitals",
                "Wikidata",
                "CC0-1.0",
                "queries/capitals.rq",
                endpoint="https://query.example.org/sparql",
                url="https://example.org",
                statements=(Mapped({"subject_id": "{state}", "predicate": "P36", "object_id": "{city}"}),),
            ),
        ),
        Keep(days=30, months=12),
    )


def test_no_source_is_none(tmp_path: Path) -> None:
    """An empty file is lawful: all that was there is dropped, and told."""
    assert read("", tmp_path) == Sources(())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("days = 30", "dayz = 30", "column 'editions.dayz': unknown key (did you mean days?)"),
        ("days = 30", "days = 0", "column 'editions.days', value '0': not a whole number (write 1 or more)"),
        ("[embassies]", "[my_embassies]", "column 'my_embassies': not the name of a source (write letters"),
        ("[capitals]", "[Embassies]", "column 'Embassies': two sources have the same name (rename one)"),
        (
            'kind = "csv"',
            'kind = "xml"',
            "'embassies.kind', value 'xml': no kind of source (one of sparql, csv, json)",
        ),
        ('kind = "csv"\n', "", "column 'embassies.kind': a key is missing"),
        (
            'kind = "csv"\n',
            'kind = "json"\n',
            "column 'embassies.delimiter': of a source of kind 'csv' alone",
        ),
        (
            'path = "embassies.csv.gz"\n',
            "",
            "'embassies.path': where the source is, is missing (give path or url)",
        ),
        ('path = "embassies.csv.gz"\n', 'path = "a"\nurl = "https://a.org"\n', "the source is in two places"),
        (
            'path = "embassies.csv.gz"\n',
            'query = "a.rq"\n',
            "'embassies.query': not for kind 'csv' (give path or url)",
        ),
        (
            'path = "embassies.csv.gz"\n',
            'url = "ftp://a.org"\n',
            "'embassies.url', value 'ftp://a.org': not an address",
        ),
        ('title = "Database of Embassies"\n', "", "column 'embassies.title': a key is missing"),
        (
            'licence = "CC0-1.0"\npage = "https://example.org"',
            'licence = "CC0-1.0"',
            "'capitals.page': a key is missing",
        ),
        ('delimiter = ";"', 'delimiter = ";;"', "'embassies.delimiter', value ';;': not one character"),
        (
            'dates = "%d.%m.%Y"',
            'dates = "%d.%m."',
            "'embassies.dates', value '%d.%m.': a date without a year",
        ),
        (
            '"subject", "object"',
            '"subject", "objekt"',
            "'embassies.key', value 'objekt': no statement has this column",
        ),
        ("gone = 0,", "gome = 0,", "column 'embassies.expect.gome': unknown key (did you mean gone?)"),
        (
            "gone = 0,",
            "gone = 10,",
            "column 'embassies.expect.gone', value '10': not a share (write 0.1 for a tenth)",
        ),
        ("most = 20", "most = 3", "column 'embassies.expect.most', value '3': less than the least, 4"),
        ("least = 4,", "least = true,", "column 'embassies.expect.least', value 'True': not a whole number"),
        (
            'embassy = "embassy"',
            "embassy = 1",
            "column 'embassies.values.type.embassy', value '1': not a text",
        ),
        ('subject = "{operator}"\n', "", "column 'embassies.statements[1].subject': a key is missing"),
        ('subject = "{operator}"', 'subject = "{operator"', "a brace without its other"),
        (
            'predicate = "P36"',
            'predicate = "captal"',
            "'captal': the catalogue has no such relation (did you mean capital?)",
        ),
        (
            'object_id = "{city}"',
            'object_id = "{city}"\nseen_last = "{day}"',
            "the job itself writes this column",
        ),
        (
            'object_id = "{city}"',
            'object_id = "{city}"\nP580 = "{day}"',
            "[1].P580': unknown key (write start)",
        ),
        (
            'object_id = "{city}"',
            'object_id = "{city}"\nstrat = "{day}"',
            "[1].strat': unknown key (did you mean start?)",
        ),
        ('object_id = "{city}"', 'object_id = "{city}"\np17 = "{a}"\nP17 = "{b}"', "[1].p17': unknown key"),
        ('P17 = "{country}"', "P17 = 3", "column 'embassies.statements[1].P17', value '3': not a text"),
        ('open = "yes"', "open = []", "column 'embassies.statements[1].where.open': an empty list"),
        (
            "[[capitals.statements]]",
            "[capitals.statements]",
            "'capitals.statements': no statement is made of a row",
        ),
        ("[capitals]", "capitals = 3\n[x]", "'capitals', value '3': not a table of keys"),
        ("[editions]", "[editions", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, told: str, tmp_path: Path) -> None:
    """Key, value, and what would be right."""
    assert old in WHOLE
    text = WHOLE.replace(old, new, 1)
    with pytest.raises(TableError) as caught:
        read(text if new != "capitals = 3\n[x]" else "capitals = 3", tmp_path)
    assert told in str(caught.value)
    assert str(tmp_path / "sources.toml") in str(caught.value)


def test_an_id_of_one_statement_is_asked_of_all(tmp_path: Path) -> None:
    """One source has ids of its own, or none."""
    second = (
        '[[capitals.statements]]\nsubject = "a"\npredicate = "P36"\nobject = "b"\nstatement_id = "{id}"\n'
    )
    with pytest.raises(TableError, match=r"'capitals.statements\[1\].statement_id': a key is missing"):
        read(WHOLE + second, tmp_path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The reason is the system's."""
    with pytest.raises(TableError, match=r"sources\.toml: cannot be read"):
        read_sources(tmp_path / "sources.toml")
