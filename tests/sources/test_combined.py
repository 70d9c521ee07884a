"""Several tables as one: who is who, whom to trust, and which names mean what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from verifier.evidence import BUNDLED, NATURE, USER, WIKIDATA, affirms
from verifier.judge import judge
from verifier.model import (
    EntityValue,
    MatchKind,
    Polarity,
    Rank,
    Reading,
    Reason,
    Term,
    TextValue,
    Triple,
    Verdict,
)
from verifier.relations import Catalogue, Relation, RelationRole, Single
from verifier.sources import TableSource, open_source
from verifier.sources.combined import Combined
from verifier.values import parse_date

CATALOGUE = Catalogue(
    {
        "P36": Relation("P36", "capital", nouns=("capital",), single=Single.AT_A_TIME, lasting=True),
        "P31": Relation("P31", "instance of", lasting=True, role=RelationRole.KIND),
        "P17": Relation("P17", "country", lasting=True),
    }
)
BUNDLED_ROWS = """subject,subject_id,predicate,object,object_id
Kosovo,Q1246,P36,Pristina,Q25270
Serbia,Q403,P36,Belgrade,Q3711
Georgia,Q230,P36,Tbilisi,Q994
Georgia,Q1428,P36,Atlanta,Q23556
Kosovo,Q1246,P31,sovereign state,Q3624078
"""
BUNDLED_THINGS = """label,id,aliases,types
Kosovo,Q1246,Republic of Kosovo|Kosova,state
Pristina,Q25270,Prishtina,city
"""
USER_ROWS = """subject,predicate,object,P17,start
Republic of Kosovo,P36,Prizren,Republic of Kosovo,2021
Georgia,P36,Tiflis,,
Atlantis,P36,Poseidonis,,
"""

Make = Callable[..., TableSource]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Opens a table from its text."""

    def table(
        name: str, rows: str, things: str = "", *, settings: str = "", bundled: bool = False
    ) -> TableSource:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "statements.csv").write_text(rows, encoding="utf-8")
        if things:
            (folder / "entities.csv").write_text(things, encoding="utf-8")
        if settings:
            (folder / "table.toml").write_text(settings, encoding="utf-8")
        return open_source(folder, catalogue=CATALOGUE, cache_dir=tmp_path / "cache", bundled=bundled)

    return table


@pytest.fixture
def both(make: Make) -> Combined:
    """The program's table, and one of the user's that has no Wikidata ids."""
    own = make("own", BUNDLED_ROWS, BUNDLED_THINGS, bundled=True)
    return Combined([own, make("mine", USER_ROWS)], catalogue=CATALOGUE)


def test_a_thing_without_a_wikidata_id_is_the_one_of_its_name(both: Combined) -> None:
    """What the user calls by an alias of one thing of the other table is that thing, wherever it stands."""
    stated = both.statements("Q1246", "P36")
    assert [(s.table, s.subject, s.value) for s in stated] == [
        ("mine", "Q1246", EntityValue("Prizren")),
        ("own", "Q1246", EntityValue("Q25270")),
    ]
    assert stated[0].qualifiers == (("P17", EntityValue("Q1246")),)


def test_a_name_of_two_things_is_neither(both: Combined) -> None:
    """Two Georgias: the user's stays a thing of its own."""
    assert [s.value for s in both.statements("Georgia", "P36")] == [EntityValue("Tiflis")]
    assert {m.id for m in both.exact("Georgia")} == {"Georgia", "Q230", "Q1428"}


def test_types_that_clash_keep_things_apart(make: Make) -> None:
    """A person of the same name is not the state."""
    own = make("own", BUNDLED_ROWS, BUNDLED_THINGS, bundled=True)
    people = make("people", "subject,predicate,object\nKosovo,P36,Rome\n", "label,types\nKosovo,person\n")
    assert {s.table for s in Combined([own, people]).statements("Q1246", "P36")} == {"own"}


def test_a_country_is_a_state(make: Make) -> None:
    """Tables call one kind by several names."""
    own = make("own", BUNDLED_ROWS, BUNDLED_THINGS, bundled=True)
    mine = make("mine", "subject,predicate,object\nKosovo,P36,Rome\n", "label,types\nKosovo,country\n")
    assert {s.table for s in Combined([own, mine]).statements("Q1246", "P36")} == {"own", "mine"}


def test_names_are_merged_with_the_best_score_first(both: Combined) -> None:
    """One thing that both tables know is one match, and the runner-up is the best other thing."""
    (match,) = both.exact("Republic of Kosovo")
    assert (match.id, match.label, match.kind, match.runner_up) == ("Q1246", "Kosovo", MatchKind.EXACT, 0.0)
    found = both.search("Pristinaa", limit=3)
    assert found[0].id == "Q25270"
    assert found[0].runner_up == max((m.score for m in found[1:]), default=0.0)
    assert all(m.runner_up == found[0].score for m in found[1:])


def test_the_names_of_a_thing_come_from_all_tables(both: Combined) -> None:
    """Label and id are those of the table that knows the thing by its id; other tables add names."""
    entity = both.entity("Q1246")
    assert entity is not None
    assert (entity.id, entity.label) == ("Q1246", "Kosovo")
    assert {"Kosova", "Republic of Kosovo"} <= set(entity.aliases)
    assert both.entity("Q999999") is None


def test_values_are_found_from_the_other_end(both: Combined) -> None:
    """A statement is found by its value under the id that everyone knows."""
    assert [s.subject for s in both.statements_about("P36", "Prizren")] == ["Q1246"]
    assert [s.subject for s in both.statements_about("P36", "Q25270")] == ["Q1246"]


def test_types_are_those_of_the_thing_and_of_its_classes(both: Combined) -> None:
    """A class counts by its id and by its label, and by what else tables call such things."""
    assert both.types("Q1246") == {"Q3624078", "state", "sovereign state", "country", "nation"}
    assert both.types("Atlantis") == frozenset()


def test_the_users_table_is_trusted_most(both: Combined) -> None:
    """Trust follows from who gave the table, and the most trusted is asked first."""
    assert [source.info.name for source in both.sources] == ["mine", "own"]
    mine, own = both.statements("Q1246", "P36")
    assert (both.trust(mine), both.trust(own)) == (USER, BUNDLED)
    assert both.origin("Q1246") == "mine"
    assert both.origin("Q403") == "own"


def test_a_table_says_itself_that_it_is_curated(make: Make) -> None:
    """Whoever gave it: that of the program is not by that alone, one of the user's may be."""
    things = "label,id,types\nAlba,Q1,state\nBria,Q2,city\n"
    rows = "subject,predicate,object,source_url\nAlba,P36,Bria,https://example.org/\n"
    mine = make("mine", rows, things, settings="curated = true\n")
    own = make("own", rows, things, bundled=True)
    both = Combined([own, mine], catalogue=CATALOGUE)
    assert {s.table: both.curated(s) for s in both.statements("Q1", "P36")} == {"mine": True, "own": False}


def test_trust_can_be_given(make: Make) -> None:
    """A service is trusted less than any table."""
    first, second = make("first", BUNDLED_ROWS), make("second", BUNDLED_ROWS)
    combined = Combined([first, second], trust=[WIKIDATA, USER])
    assert [combined.trust(s) for s in combined.statements("Q403", "P36")] == [USER, WIKIDATA]


def test_a_thing_is_known_to_the_tables_that_speak_of_it(both: Combined) -> None:
    """As subject or as value, under either id."""
    assert both.known("Q1246", "mine") and both.known("Prizren", "mine") and both.known("Q25270", "own")
    assert (
        not both.known("Q403", "mine")
        and not both.known("Atlantis", "own")
        and not both.known("Q403", "none")
    )


def test_only_a_relation_without_a_date_in_a_table_of_the_users_is_undated(make: Make) -> None:
    """The program's own table is dated where it must be; a date on a row of another relation says nothing."""
    own = make("own", BUNDLED_ROWS, bundled=True)
    plain, dated = make("plain", "subject,predicate,object\nA,P36,B\n"), make("dated", USER_ROWS)
    combined = Combined([own, plain, dated])
    assert combined.undated("dated", "P1082")
    assert [combined.undated(name, "P36") for name in ("own", "plain", "dated", "none")] == [
        False,
        True,
        False,
        False,
    ]


def test_complete_lists_are_declared_under_the_shared_id(make: Make) -> None:
    """A declaration of the user's names the thing that everyone knows."""
    own = make("own", BUNDLED_ROWS, BUNDLED_THINGS, bundled=True)
    settings = '[[complete]]\nrelation = "P36"\nsubject = "Republic of Kosovo"\n'
    (declared,) = Combined([own, make("mine", USER_ROWS, settings=settings)]).completeness("P36")
    assert (declared.subject, declared.object, declared.table) == ("Q1246", None, "mine")


def test_one_source_is_passed_through(make: Make) -> None:
    """Nothing is renamed where there is nothing to agree with."""
    source = make("mine", USER_ROWS)
    alone = Combined([source])
    assert alone.exact("Georgia") == source.exact("Georgia")
    assert alone.search("Atlantiss") == source.search("Atlantiss")
    assert alone.statements("Georgia", "P36") is source.statements("Georgia", "P36")
    assert alone.entity("Atlantis") == source.entity("Atlantis")
    assert alone.prefix_length("republic") == source.prefix_length("republic")


def test_what_is_denied_withdrawn_or_planned_is_not_affirmed(both: Combined) -> None:
    """One rule for what counts for what it speaks of."""
    stated = both.statements("Q1246", "P31")[0]
    denied = replace(stated, value=EntityValue("Q7275"), polarity=Polarity.NEGATIVE)
    withdrawn = replace(stated, value=EntityValue("Q34876"), rank=Rank.DEPRECATED)
    planned = replace(stated, value=EntityValue("Q6256"), qualifiers=((NATURE, TextValue("plan")),))
    assert [affirms(s) for s in (stated, denied, withdrawn, planned)] == [True, False, False, False]


def test_a_denied_class_is_no_type(make: Make) -> None:
    """A table may say what a thing is not."""
    rows = "subject,predicate,object,polarity\nKosovo,P31,state,\nKosovo,P31,kingdom,negative\n"
    assert Combined([make("mine", rows)], catalogue=CATALOGUE).types("Kosovo") == {
        "state",
        "sovereign state",
        "country",
        "nation",
    }


@pytest.fixture
def namesakes(tmp_path: Path) -> list[TableSource]:
    """Two files of one name that give two capitals."""
    sources = []
    for folder, capital in (("a", "Oslo"), ("b", "Bergen")):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "f.csv"
        path.write_text(f"subject,predicate,object\nNorway,P36,{capital}\n", encoding="utf-8")
        sources.append(open_source(path, catalogue=CATALOGUE, cache_dir=tmp_path / "cache"))
    return sources


def test_two_tables_of_one_name_disagree(namesakes: list[TableSource]) -> None:
    """Each is a table of its own, though names and row numbers are the same."""
    both = Combined(namesakes)
    stated = both.statements("Norway", "P36")
    assert [(s.table, s.value) for s in stated] == [
        ("f.csv", EntityValue("Oslo")),
        ("f.csv (2)", EntityValue("Bergen")),
    ]
    assert [info.name for info in both.tables] == ["f.csv", "f.csv (2)"]
    assert both.known("Bergen", "f.csv (2)") and not both.known("Bergen", "f.csv")
    norway, bergen = (
        Term("Norway", matches=both.exact("Norway")),
        Term("Bergen", matches=both.exact("Bergen")),
    )
    triple = Triple(norway, bergen, (Reading("P36", "capital", "capital", 100.0),))
    part = judge(triple, both, catalogue=CATALOGUE, as_of=parse_date("2021-02-01"))
    assert (part.verdict, part.reason) == (Verdict.UNKNOWN, Reason.SOURCES_DISAGREE)


def test_tables_of_one_name_are_trusted_apart(namesakes: list[TableSource]) -> None:
    """Trust, declarations and origin are those of the table, not of its name."""
    both = Combined(namesakes, trust=[WIKIDATA, USER])
    assert [(s.value, both.trust(s)) for s in both.statements("Norway", "P36")] == [
        (EntityValue("Bergen"), USER),
        (EntityValue("Oslo"), WIKIDATA),
    ]
    assert both.undated("f.csv", "P36") and not both.undated("f.csv (2)", "P36")
    assert (both.origin("Bergen"), both.origin("Oslo")) == ("f.csv", "f.csv (2)")


def test_all_statements_of_a_relation_are_gone_through(both: Combined) -> None:
    """The user's first, each under the ids that everyone knows; one source alone as it is."""
    found = [(row.table, row.subject) for row in both.all_statements("P36")]
    assert found[:3] == [("mine", "Atlantis"), ("mine", "Georgia"), ("mine", "Q1246")]
    assert sorted(found[3:]) == [("own", "Q1246"), ("own", "Q1428"), ("own", "Q230"), ("own", "Q403")]
    for source in both.sources:
        assert list(Combined([source]).all_statements("P36")) == list(source.all_statements("P36"))
