"""Entities of Wikidata laid out as a compiled table, and asked like one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.wikidata.forms import entity, line
from verifier.check import Checker
from verifier.cli import run
from verifier.dates import day
from verifier.errors import InputError, TableError
from verifier.evidence import WIKIDATA
from verifier.model import EntityValue
from verifier.settings import Settings
from verifier.sources.bundled import bundled_catalogue
from verifier.sources.store import TableSource
from verifier.sources.wikidata.labels import read_labels
from verifier.sources.wikidata.snapshot import Counts, Narrowed, build_snapshot
from verifier.sources.wikidata.vocabulary import wikidata_vocabulary

WORLD = [
    entity("Q5 human"),
    entity("Q6256 country"),
    entity("Q3624078 sovereign state", "P279 Q6256"),
    entity("Q515 city", "P279 Q486972"),
    entity("Q1549591 big city", "P279 Q515"),
    entity("Q117 Ghana; Republic of Ghana", "P31 Q3624078", "P36 Q3761; P580=1957-03-06",
           "P35 Q10; P580=2017-01-07",
           "P1906 Q20", "P47 Q1008",
           "P1082 ~30417856; P585=2019-01-01", "P1082 ~9; P518=Q3761"),
    entity("Q1008 Ivory Coast; Côte d'Ivoire", "P31 Q3624078"),
    entity("Q3761 Accra", "P31 Q1549591", "P17 Q117"),
    entity("Q10 Nana Akufo-Addo", "P31 Q5", "P40 novalue"),
    entity("Q11 John Mahama", "P31 Q5", "P39 Q20; P580=2012-07-24; P582=2017-01-07"),
    entity("Q20 President of Ghana", "P1001 Q117"),
    entity("Q21 Embassy of Ivory Coast, Accra", "P31 Q3917681", "P137 Q1008", "P17 Q117", "P131 Q3761",
           "P571 1961"),
    entity("Q30 Ghana", "P31 Q4167410"),
]  # fmt: skip

Build = Callable[..., TableSource]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Lay entities out, and open what was written."""

    def built(entities: Iterable[Any] = WORLD, **more: Any) -> TableSource:
        write(entities, tmp_path / "world.snapshot", **more)
        return TableSource(tmp_path / "world.snapshot")

    return built


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for what all checkers lay out once."""
    return tmp_path_factory.mktemp("cache")


def write(entities: Iterable[Any], path: Path, **more: Any) -> Counts:
    return build_snapshot(
        entities,
        path,
        catalogue=bundled_catalogue(),
        vocabulary=wikidata_vocabulary(),
        name=path.name,
        day=day(2020, 7, 1),
        **more,
    )


def test_things_have_the_kinds_of_the_catalogue(build: Build) -> None:
    """By what they are an instance of, or of what is wider."""
    source = build()
    kinds = {id: found.types for id in ("Q117", "Q3761", "Q10") if (found := source.entity(id)) is not None}
    assert kinds == {"Q117": ("state",), "Q3761": ("city",), "Q10": ("person",)}


def test_names(build: Build) -> None:
    """Labels and aliases are found; a page of Wikimedia's that only lists names is no thing."""
    source = build()
    assert [match.id for match in source.exact("Ghana")] == ["Q117"]
    assert [match.id for match in source.exact("cote d'ivoire")] == ["Q1008"]
    assert source.search("Acra", limit=1)[0].id == "Q3761"


def test_what_is_said_of_a_part_is_left_out(tmp_path: Path) -> None:
    """It is not so of the whole, and counted."""
    counts = write(WORLD, tmp_path / "a.snapshot")
    assert (counts.entities, counts.partial, counts.passed_over, counts.broken) == (12, 1, 1, 0)


def test_offices_in_the_words_of_the_catalogue(build: Build) -> None:
    """The head of a state whose head is its president, and who held the position, are presidents of it."""
    told = build().statements("Q117", "president")
    assert {(s.value, s.start, s.end) for s in told} == {
        (EntityValue("Q10"), day(2017, 1, 7), None),
        (EntityValue("Q11"), day(2012, 7, 24), day(2017, 1, 7)),
    }


def test_a_mission_is_a_statement_between_sender_and_city(build: Build) -> None:
    """With the country as a qualifier, and the date of the item."""
    (told,) = build().statements("Q1008", "embassy")
    assert told.value == EntityValue("Q3761")
    assert told.qualifiers == (("P17", EntityValue("Q117")),)
    assert told.start is not None and told.start.earliest[0] == 1961
    assert told.sources[0].url == "https://www.wikidata.org/wiki/Q21#P137"


def test_a_snapshot_is_trusted_least(build: Build) -> None:
    """A table of the user's and the bundled one beat it, unless it says so itself."""
    source = build()
    assert source.trust == WIKIDATA
    assert (source.info.statements, source.info.entities) == (25, 12)


def test_labels_name_what_is_only_referred_to(tmp_path: Path, build: Build) -> None:
    """A file of labels adds names, and never replaces an entity of the dump."""
    path = tmp_path / "labels.csv"
    path.write_text("id,label,aliases\nQ99,Kumasi,Coomassie|\nQ117,Gold Coast,\n", encoding="utf-8")
    source = build([entity("Q117 Ghana", "P36 Q99")], labels=read_labels(path))
    assert [match.id for match in source.exact("Coomassie")] == ["Q99"]
    found = source.entity("Q117")
    assert found is not None and found.label == "Ghana"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("name,id\n", "no columns 'id' and 'label'"),
        ("", "no columns"),
        ("id,label\n\x00\xff", "cannot be read"),
    ],
)
def test_labels_that_are_none(tmp_path: Path, content: str, problem: str) -> None:
    """Refused with the file's name."""
    path = tmp_path / "labels.csv"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(TableError, match=problem):
        list(read_labels(path))


def test_narrowed_to_properties_and_types(build: Build) -> None:
    """What is not asked for is left out; names stay."""
    source = build(narrowed=Narrowed(properties=frozenset({"P36"})))
    assert source.relations_of("Q117") == ("P31", "P36")
    source = build(narrowed=Narrowed(types=frozenset({"city"})))
    assert (source.relations_of("Q3761"), source.relations_of("Q117")) == (("P17", "P31"), ())
    assert source.exact("Ghana")


def test_narrowed_to_states_keeps_who_leads_them_and_their_embassies(build: Build) -> None:
    """What is derived from statements of people and missions is stated of states."""
    source = build(narrowed=Narrowed(types=frozenset({"state"})))
    assert len(source.statements("Q117", "president")) == 2
    assert len(source.statements("Q1008", "embassy")) == 1
    assert (source.relations_of("Q11"), source.relations_of("Q21")) == ((), ())


def test_narrowed_where_a_reference_names_an_item(build: Build) -> None:
    """What is left out has no title to be found; what stays has one."""
    world = [
        *WORLD,
        entity("Q40 Kumasi", "P31 Q515; ref P248=Q20"),
        entity("Q41 Togo", "P31 Q3624078; ref P248=Q20"),
    ]
    source = build(world, narrowed=Narrowed(types=frozenset({"state"})))
    (told,) = source.statements("Q41", "P31")
    assert told.sources[1].title == "President of Ghana"
    assert source.relations_of("Q40") == ()


def test_what_differs_is_another_edition(build: Build) -> None:
    """By statements, by names, and by what is left out."""
    editions = [
        build(**more).info.fingerprint
        for more in (
            {},
            {"labels": [("Q99", "Kumasi", ())]},
            {"narrowed": Narrowed(types=frozenset({"city"}))},
            {"narrowed": Narrowed(types=frozenset({"state"}))},
            {"narrowed": Narrowed(properties=frozenset({"P36"}))},
        )
    ]
    assert len(set(editions)) == len(editions)
    assert build().info.fingerprint == editions[0]


def test_an_entity_that_comes_twice(tmp_path: Path) -> None:
    """The first stays."""
    counts = write([entity("Q1 one", "P36 Q2"), entity("Q1 uno", "P36 Q3")], tmp_path / "a.snapshot")
    assert (counts.entities, counts.doubled, counts.statements) == (1, 1, 1)


def test_the_same_dump_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whenever and wherever it is built."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(WORLD, tmp_path / name / "w.snapshot")
    assert (tmp_path / "a" / "w.snapshot").read_bytes() == (tmp_path / "b" / "w.snapshot").read_bytes()


def test_a_build_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """The snapshot appears whole or not at all, and nothing else is left behind."""
    path = tmp_path / "w.snapshot"
    write(WORLD, path)
    before = path.read_bytes()

    def cut() -> Iterable[Any]:
        yield WORLD[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(cut(), path)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["w.snapshot"]


def test_no_entity_at_all(tmp_path: Path) -> None:
    """A snapshot of nothing would say that nobody knows anything: refused."""
    with pytest.raises(InputError, match="no entity"):
        write([], tmp_path / "w.snapshot")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("claim", "decided"),
    [
        ("Nana Akufo-Addo is the president of Ghana", "supported same-value"),
        ("John Mahama is the president of Ghana", "contradicted outside-dates"),
        ("John Mahama was president of Ghana in 2015", "supported same-value"),
        ("Accra is the capital of Ghana", "supported same-value"),
        ("Ivory Coast has an embassy in Accra", "supported same-value"),
        ("Ghana borders Ivory Coast", "supported same-value"),
        ("Ivory Coast borders Ghana", "supported implied"),
        ("Nana Akufo-Addo | P40 | John Mahama", "contradicted explicit-negative"),
        ("Ghana has 30.4 million inhabitants", "supported same-value"),
    ],
)
def test_claims(build: Build, tmp_path: Path, cache: Path, claim: str, decided: str) -> None:
    """A snapshot is asked like any table."""
    build()
    checker = Checker(
        tmp_path / "world.snapshot",
        bundled=False,
        as_of="2020-07-01",
        settings=Settings(cache_dir=cache),
    )
    (result,) = checker.check(claim).results
    assert f"{result.verdict} {result.reason}" == decided
    assert all(f.statement.sources[0].statement_id for part in result.parts for f in part.findings)


def test_titles_of_references(build: Build) -> None:
    """A reference that names an item is called by its label."""
    data = entity("Q1 one", "P36 Q2; ref P248=Q9")
    (told,) = build([data, entity('Q9 The "Times"')]).statements("Q1", "P36")
    assert [source.title for source in told.sources] == ["one - Wikidata", 'The "Times"']


def test_a_small_word_is_no_name(build: Build) -> None:
    """ "IS" may be an alias, and stands in every sentence of capitals for something else."""
    source = build([entity("Q1 international studies; IS; Int. Studies", "P31 Q5")])
    assert (source.exact("IS"), len(source.exact("Int. Studies"))) == ((), 1)


@pytest.mark.parametrize("label", ["Bad \ud800 half", "\udfff"])
def test_half_a_character_is_no_name(tmp_path: Path, label: str) -> None:
    """The entity is passed over, and the others stay."""
    counts = write([entity(f"Q1 {label}"), entity("Q2 two", "P36 Q3")], tmp_path / "w.snapshot")
    assert (counts.entities, counts.broken) == (1, 1)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [("Alba has 36.7 million inhabitants.", "supported"), ("Alba has 44 inhabitants.", "contradicted")],
)
def test_a_figure_of_no_time_counts_for_none_beside_dated_ones(
    build: Build, tmp_path: Path, cache: Path, claim: str, verdict: str
) -> None:
    """It may be of any time, or a slip."""
    alba = entity("Q1 Alba", "P31 Q6256", "P1082 ~44", "P1082 ~36708083; P585=2019-06-01")
    build([entity("Q6256 country"), alba])
    checker = Checker(
        tmp_path / "world.snapshot", bundled=False, as_of="2020-07-01", settings=Settings(cache_dir=cache)
    )
    assert checker.check(claim).results[0].verdict == verdict


def test_what_is_about_so_is_left_out(build: Build) -> None:
    """Born "circa 1450" excludes no year beside it."""
    assert build([entity("Q1 Bosch", "P569 1450; P1480=Q5727902", "P19 Q2")]).relations_of("Q1") == ("P19",)


def test_only_a_snapshot_is_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of something else stays, and so does a device."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dump.json").write_bytes(line(entity("Q1 one", "P36 Q2")))
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert run(["snapshot", "build", "dump.json", "-o", "notes.txt"]) == 2
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    os.mkfifo(tmp_path / "pipe")
    assert run(["snapshot", "build", "dump.json", "-o", "pipe"]) == 2
    assert run(["snapshot", "build", "dump.json", "-o", "new.snapshot"]) == 0
    assert run(["snapshot", "build", "dump.json", "-o", "new.snapshot"]) == 0
