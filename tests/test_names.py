"""The name index: what is the same name, what is like it, and what must never be taken for it."""

from __future__ import annotations

import random
import sqlite3
import string
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.growth import assert_linear
from verifier.errors import InputError
from verifier.model import MatchKind
from verifier.name_keys import is_number, normalise, parse
from verifier.name_score import closeness, score
from verifier.names import NameIndex, NameMatch

LINK = 88.0
"""The score from which a link may be taken; what must never be one stays below it."""

Pairs = list[tuple[str, str]]

PLACES: Pairs = [
    ("Q1", "Pristina"),
    ("Q1", "Prishtina"),
    ("Q2", "Kosovo"),
    ("Q3", "United Arab Emirates"),
    ("Q3", "UAE"),
    ("Q4", "United States of America"),
    ("Q4", "US"),
    ("Q5", "George W. Bush"),
    ("Q6", "George H. W. Bush"),
    ("Q7", "Benjamin Netanyahu"),
    ("Q8", "Mike Miller (basketball player)"),
    ("Q9", "Georgia (country)"),
    ("Q10", "Georgia (US state)"),
    ("Q11", "Côte d'Ivoire"),
    ("Q12", "Rutherford B. Hayes"),
    ("Q13", "The Hague"),
    ("Q14", "Nobel Prize in Physics"),
    ("Q15", "Nobel Prize in Chemistry"),
]


def index_of(pairs: Pairs) -> NameIndex:
    """An index of these pairs, in memory."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    NameIndex.write(connection, pairs)
    return NameIndex(connection)


@pytest.fixture(scope="module")
def places() -> NameIndex:
    """An index of a few names that are easily mistaken."""
    return index_of(PLACES)


# ------------------------------------------------------------------------------------------ written forms


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("The Hague", "hague"),
        ("the", "the"),
        ("Élysée Palace", "elysee palace"),
        ("Łódź", "lodz"),
        ("Đoković", "dokovic"),
        ("Strauß", "strauss"),
        ("Tromsø", "tromso"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("Jean-Claude  Juncker", "jean claude juncker"),
        ("AT&T", "at and t"),
        ("Israel's", "israel"),
        ("Israel 's capital", "israel capital"),
        ("Côte d’Ivoire", "cote d ivoire"),
        ("Qurʼan", "qur an"),
        ("U.S.", "us"),
        ("J. K. Rowling", "jk rowling"),
        ("George H. W. Bush", "george hw bush"),
        ("George W. Bush", "george w bush"),
        ("Москва", "москва"),
        ("й", "й"),
        ("Αθήνα", "αθήνα"),
        ("गांधी", "गांधी"),
        ("北京", "北京"),
        ("ＵＡＥ", "uae"),
        ("!!!", "!!!"),
        (" \t\n", ""),
        ("", ""),
    ],
)
def test_a_name_has_one_normal_form(name: str, form: str) -> None:
    """Case, Latin marks and signs go; other scripts stay as they are."""
    assert normalise(name) == form


@given(st.text(max_size=60))
def test_a_normal_form_is_its_own(name: str) -> None:
    """Normalising twice changes nothing, but for a "the" or initials that the first pass brought to light."""
    once = normalise(name)
    assume(not once.startswith("the ") and all(len(word) > 1 for word in once.split()))
    assert normalise(once) == once


@pytest.mark.parametrize("word", ["2008", "747", "ii", "xiv", "viii", "xx", "3rd"])
def test_numbers_are_known(word: str) -> None:
    assert is_number(word)


@pytest.mark.parametrize("word", ["i", "x", "livid", "mix", "", "bush"])
def test_other_words_are_no_numbers(word: str) -> None:
    assert not is_number(word)


def test_brackets_are_set_aside() -> None:
    parsed = parse("Mike Miller (basketball player)")
    assert (parsed.words, parsed.aside) == (("mike", "miller"), ("basketball", "player"))


# ------------------------------------------------------------------------------------------------- scores


@pytest.mark.parametrize(
    ("query", "name", "least"),
    [
        ("Prishtna", "Prishtina", 88),
        ("Isreal", "Israel", 88),
        ("Netanyahu Benjamin", "Benjamin Netanyahu", 95),
        ("Hayes, Rutherford", "Rutherford B. Hayes", 90),
        ("Rutherford Hayes", "Rutherford B. Hayes", 95),
        ("R. B. Hayes", "Rutherford B. Hayes", 90),
        ("George Walker Bush", "George W. Bush", 90),
        ("John Strutt", "John William Strutt", 88),
        ("Dr. Angela Merkel", "Angela Merkel", 95),
        ("President George Bush", "George W. Bush", 90),
        ("Sir Dr. Arthur Conan Doyle", "Arthur Conan Doyle", 94),
        ("Abdel Fattah al-Sisi", "Abdel Fattah el-Sisi", 95),
        ("Microsoft", "Microsoft Corporation", 95),
        ("Raymond Felton", "RaymondF elton", 88),
        ("NewYork", "New York", 90),
        ("Sanaa", "Sana'a", 88),
        ("JRR Tolkien", "J. R. R. Tolkien", 99),
        ("Mike Miler", "Mike Miller (basketball player)", 90),
        ("Predator (fil)", "Predator (film)", 90),
        ("Blackkbaud", "Blackbaud", 93),
        ("uHgo Chávez", "Hugo Chavez", 90),
    ],
)
def test_what_names_the_same_scores_high(query: str, name: str, least: float) -> None:
    assert score(query, name)[0] >= least


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Austria", "Australia"),
        ("Niger", "Nigeria"),
        ("Slovakia", "Slovenia"),
        ("Iran", "Iraq"),
        ("Gambia", "Zambia"),
        ("Ireland", "Iceland"),
        ("India", "Indiana"),
        ("Mali", "Malta"),
        ("Paraguay", "Uruguay"),
        ("Georgia (country)", "Georgia (US state)"),
        ("Twilight (2008 film)", "Twilight (1998 film)"),
        ("Nobel Prize in Physics", "Nobel Prize in Chemistry"),
        ("Nobel Prize", "Nobel Prize in Physics"),
        ("North Korea", "South Korea"),
        ("Korea", "North Korea"),
        ("West Virginia", "Virginia"),
        ("Paris", "Paris, Texas"),
        ("Paris, France", "Paris, Texas"),
        ("2008", "2009"),
        ("Summit 2008", "Summit 2009"),
        ("Boeing", "Boeing 747"),
        ("Henry II", "Henry III"),
        ("Henry VII", "Henry VIII"),
        ("Henry V", "Henry"),
        ("Henry V", "Henry I"),
        ("George W Bush", "George H. W. Bush"),
        ("John F. Kennedy", "John N. Kennedy"),
        ("Angela Merkel", "Angela Davis"),
        ("The Lord of the Rings", "The Rings"),
        ("Bad Company", "Bad"),
        ("Walt Disney Company", "Walt Disney"),
        ("Doctor Who", "WHO"),
        ("CA Inc.", "CA"),
        ("Bn Daga", "Bul Daga"),
        ("New York Times", "New York"),
        ("Republic of the Congo", "Democratic Republic of the Congo"),
        ("Anna", "Hannah"),
    ],
)
def test_what_names_another_thing_is_never_a_link(query: str, name: str) -> None:
    """Neither way round."""
    assert max(score(query, name)[0], score(name, query)[0]) < LINK - 2


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("UAE", "UAE", (100.0, MatchKind.EXACT)),
        ("the uae", "the UAE", (90.0, MatchKind.NORMALISED)),
        ("UAE", "the UAE", (99.5, MatchKind.NORMALISED)),
        ("U.A.E.", "UAE", (99.5, MatchKind.NORMALISED)),
        ("us", "US", (90.0, MatchKind.NORMALISED)),
        ("Mike Miller", "Mike Miller (basketball player)", (95.0, MatchKind.NORMALISED)),
        ("Zürich", "Quito", (0.0, MatchKind.FUZZY)),
    ],
)
def test_the_score_tells_kinds_apart(query: str, name: str, expected: tuple[float, MatchKind]) -> None:
    assert score(query, name) == expected


def test_an_edit_costs_a_short_name_more() -> None:
    scores = [
        score(name[:-2] + name[-1], name)[0] for name in ("Iran", "Kosovo", "Pristina", "Liechtenstein")
    ]
    assert scores == sorted(scores)
    assert scores[0] < scores[-1] - 10


@given(st.text(max_size=40), st.text(max_size=40))
@example("a b", "ab")
@example("(a)", "a")
def test_a_score_is_a_score(one: str, other: str) -> None:
    """From 0 to 100, 100 for the same string alone."""
    points, kind = score(one, other)
    assert 0.0 <= points <= 100.0
    assert (points == 100.0) == (one == other) == (kind is MatchKind.EXACT)


@given(
    st.text(string.ascii_lowercase, min_size=1, max_size=9),
    st.text(string.ascii_lowercase, min_size=1, max_size=9),
)
def test_closeness_does_not_depend_on_the_direction(one: str, other: str) -> None:
    assert closeness(one, other) == closeness(other, one)


# -------------------------------------------------------------------------------------------- the look-up


@pytest.mark.parametrize(
    ("name", "key", "points"),
    [
        ("Pristina", "Q1", 100.0),
        ("the UAE", "Q3", 99.5),
        ("cote d'ivoire", "Q11", 99.5),
        ("Hague", "Q13", 99.5),
        ("Mike Miller", "Q8", 95.0),
        ("us", "Q4", 90.0),
    ],
)
def test_exact_finds_every_spelling_of_the_name(
    places: NameIndex, name: str, key: str, points: float
) -> None:
    assert [(match.key, match.score) for match in places.exact(name)] == [(key, points)]


@pytest.mark.parametrize("name", ["Prishtna", "Bush", "", "  ", "Mike Miller (actor)", "Newyork"])
def test_exact_is_not_fuzzy(places: NameIndex, name: str) -> None:
    assert places.exact(name) == ()


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("Prishtna", "Q1"),
        ("Kosvo", "Q2"),
        ("Netanyahu, Benjamin", "Q7"),
        ("Benjamin Netanyaho", "Q7"),
        ("President Rutherford Hayes", "Q12"),
        ("Unitde Arab Emirates", "Q3"),
        ("United States America", "Q4"),
        ("Cote dIvoire", "Q11"),
        ("Nobel Prize in Phisics", "Q14"),
        ("George W Bush", "Q5"),
    ],
)
def test_search_finds_a_name_despite_its_spelling(places: NameIndex, query: str, key: str) -> None:
    assert places.search(query)[0].key == key


def test_a_match_tells_its_rival(places: NameIndex) -> None:
    """The runner-up is the best of another key, and is told even where only one match is asked for."""
    first, second = places.search("Georgia", limit=2)
    assert (first.key, first.score, first.runner_up) == ("Q10", 95.0, 95.0)
    assert (second.key, second.runner_up) == ("Q9", 95.0)
    (only,) = places.search("George W Bush", limit=1)
    assert only == NameMatch("Q5", "George W. Bush", 99.5, MatchKind.NORMALISED, runner_up=85.0)


def test_one_match_for_each_key_by_its_best_name(places: NameIndex) -> None:
    assert [match.name for match in places.search("Pristina") if match.key == "Q1"] == ["Pristina"]


@pytest.mark.parametrize(
    ("limit", "cutoff", "count"), [(5, 60.0, 2), (1, 60.0, 1), (0, 0.0, 0), (-1, 0.0, 0), (5, 99.0, 0)]
)
def test_limit_and_cutoff(places: NameIndex, limit: int, cutoff: float, count: int) -> None:
    assert len(places.search("Georgia", limit=limit, cutoff=cutoff)) == count


@pytest.mark.parametrize(
    ("token", "words"), [("united", 4), ("us", 1), ("hague", 1), ("the", 0), ("bush", 0), ("", 0)]
)
def test_prefix_length_bounds_what_begins_with_a_word(places: NameIndex, token: str, words: int) -> None:
    assert places.prefix_length(token) == words


@pytest.mark.parametrize(
    ("text", "start", "longest"),
    [
        ("in the United Arab Emirates today", 2, 4),
        ("the U . S . said", 1, 3),
        ("the U.S. said", 1, 1),
        ("and George W . Bush spoke", 1, 4),
        ("and George H . W . Bush spoke", 1, 6),
        ("no name here", 0, 0),
        (". . .", 0, 0),
        ("Kosovo", 0, 1),
        ("Kosovo", 1, 0),
    ],
)
def test_a_text_is_scanned_no_further_than_a_name_can_go(
    places: NameIndex, text: str, start: int, longest: int
) -> None:
    assert places.longest(text.split(), start) == longest


def test_a_scan_finds_every_name_of_a_text(places: NameIndex) -> None:
    """The loop that the bound is for."""
    text = "Mr Netanyahu met George W . Bush in The Hague , not in the U . A . E ."
    tokens = text.split()
    found = {
        match.key
        for start in range(len(tokens))
        for count in range(1, places.longest(tokens, start) + 1)
        for match in places.exact(" ".join(tokens[start : start + count]))
    }
    assert found == {"Q3", "Q5", "Q13"}


# --------------------------------------------------------------------------------------------------- laws

LATIN = st.text(string.ascii_lowercase, min_size=1, max_size=8)
PERSONS = st.lists(LATIN, min_size=1, max_size=3).map(" ".join)
ANY_NAMES = st.text(max_size=30).filter(str.strip)
SETS = st.lists(st.tuples(st.sampled_from("ABCDEFGH"), PERSONS), min_size=1, max_size=12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.text(string.printable, max_size=3), ANY_NAMES), min_size=1, max_size=12))
@example([("a", "x" * 600), ("b", "x" * 600 + "y")])
@example([("a", "\ud800"), ("b", "\x00"), ("c", "…")])
def test_every_name_put_in_is_found(pairs: Pairs) -> None:
    """By its own string, with 100; by `search` too, first or tied."""
    with closing(index_of(pairs)) as index:
        for key, name in pairs:
            if "\ud800" <= max(name) <= "\udfff":
                continue
            assert key in {match.key for match in index.exact(name) if match.score == 100.0}
            assert key in {match.key for match in index.search(name, limit=99) if match.score == 100.0}


@settings(deadline=None, max_examples=80)
@given(SETS, PERSONS)
@example([("A", "x aa b")], "xb")
def test_search_agrees_with_scoring_every_name(pairs: Pairs, query: str) -> None:
    """What is left out before scoring never was the best."""
    with closing(index_of(pairs)) as index:
        found = index.search(query, limit=99, cutoff=60.0)
    best: dict[str, float] = {}
    for key, name in pairs:
        best[key] = max(best.get(key, 0.0), score(query, name)[0])
    assert {match.key: match.score for match in found} == {k: s for k, s in best.items() if s >= 60.0}


@settings(deadline=None, max_examples=40)
@given(SETS, PERSONS, st.randoms(use_true_random=False))
def test_the_order_of_pairs_changes_nothing(pairs: Pairs, query: str, rng: random.Random) -> None:
    shuffled = pairs * 2
    rng.shuffle(shuffled)
    with closing(index_of(pairs)) as one, closing(index_of(shuffled)) as other:
        assert len(one) == len(other) == len(set(pairs))
        assert one.search(query, cutoff=0.0) == other.search(query, cutoff=0.0)


def spoken(rng: random.Random, syllables: int) -> str:
    """A word that can be spoken."""
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(syllables))


def left_out(name: str, at: int) -> str:
    """One letter missing."""
    return name[:at] + name[at + 1 :]


def swapped(name: str, at: int) -> str:
    """Two neighbours changed places."""
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


@pytest.fixture(scope="module")
def crowd() -> tuple[NameIndex, list[str]]:
    """Two thousand names and their index."""
    rng = random.Random(7)
    names = sorted({f"{spoken(rng, 2)} {spoken(rng, 4)}".title() for _ in range(1500)})
    names += sorted({spoken(rng, 5).title() for _ in range(500)})
    return index_of([(name, name) for name in names]), names


@pytest.mark.parametrize("slip", [left_out, swapped])
def test_one_slip_in_a_long_name_is_forgiven(
    crowd: tuple[NameIndex, list[str]], slip: Callable[[str, int], str]
) -> None:
    """The name comes first among two thousand, wherever the slip is."""
    index, names = crowd
    for name in names[::97]:
        for at in range(len(name) - 1):
            assert index.search(slip(name, at))[0].score >= 80.0
            best = index.search(slip(name, at))
            assert name in {match.key for match in best if match.score == best[0].score}, (name, at)


# ----------------------------------------------------------------------------------- files, good and bad


def test_an_index_is_one_file(tmp_path: Path) -> None:
    """Nothing else is left behind, and building again replaces it."""
    path = tmp_path / "names #1?.db"
    NameIndex.build(PLACES, path).close()
    with NameIndex.build(PLACES[:4], path) as index:
        assert (len(index), index.search("Prishtna")[0].key) == (4, "Q1")
    assert list(tmp_path.iterdir()) == [path]


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    NameIndex.build(PLACES, tmp_path / "one").close()
    NameIndex.build(reversed(PLACES), tmp_path / "two").close()
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_failed_build_leaves_the_last_good_file(tmp_path: Path) -> None:
    def broken() -> object:
        yield ("Q1", "Pristina")
        raise RuntimeError("the table ended")

    path = tmp_path / "names.db"
    NameIndex.build(PLACES, path).close()
    with pytest.raises(RuntimeError, match="the table ended"):
        NameIndex.build(broken(), path)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == [path]
    with NameIndex.open(path) as index:
        assert len(index) == len(PLACES)


def test_an_index_may_share_its_file(tmp_path: Path) -> None:
    path = tmp_path / "table.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE statement (id TEXT)")
        NameIndex.write(connection, PLACES)
        with pytest.raises(InputError, match="already"):
            NameIndex.write(connection, PLACES)
        connection.commit()
    with NameIndex.open(path) as index:
        assert index.exact("Kosovo")[0].key == "Q2"


def test_an_empty_index_finds_nothing() -> None:
    with closing(index_of([("Q1", " "), ("Q2", "")])) as index:
        assert (len(index), index.search("Kosovo"), index.exact(""), index.search("")) == (0, (), (), ())


@pytest.mark.parametrize("pair", [("Q1", 5), (None, "Kosovo"), ("\ud800", "Kosovo")])
def test_what_is_not_text_is_refused(pair: tuple[str, str]) -> None:
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(InputError, match="pairs of texts"),
    ):
        NameIndex.write(connection, [pair])


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no-folder"):
        NameIndex.build(PLACES, tmp_path / "no-folder" / "names.db")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such name index"),
        (b"", "no name index in it"),
        (b"not a database at all " * 99, "cannot be read"),
    ],
)
def test_a_file_that_is_no_index_is_refused(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "names.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        NameIndex.open(path)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("UPDATE name_meta SET version = 99", "build it again"),
        ("UPDATE name_meta SET names = 'many'", "build it again"),
        ("DELETE FROM name_meta", "build it again"),
        ("DROP TABLE name_bucket", "no name index in it"),
        ("DROP TABLE name_form; CREATE VIEW name_form AS SELECT 1 AS form, 1 AS id", "no name index in it"),
        ("UPDATE name_token SET ids = x'010203'", "damaged"),
        ("UPDATE name_token SET ids = 'text'", "damaged"),
        ("UPDATE name_entry SET name = x'ff'", "damaged"),
        ("UPDATE name_entry SET key = CAST(x'ff' AS TEXT)", "cannot be read"),
        ("ALTER TABLE name_entry RENAME COLUMN name TO other", "cannot be read"),
    ],
)
def test_a_damaged_index_is_an_input_error(tmp_path: Path, damage: str, message: str) -> None:
    path = tmp_path / "names.db"
    NameIndex.build(PLACES, path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(damage)
    with pytest.raises(InputError, match=message), NameIndex.open(path) as index:
        index.search("Kosovo")


@settings(deadline=None, max_examples=40)
@given(st.integers(min_value=100, max_value=30_000), st.binary(min_size=1, max_size=40))
@example(3604, b"\x80")
def test_flipped_bytes_never_surprise(
    tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes
) -> None:
    """Any damage gives an answer or an InputError."""
    path = tmp_path_factory.mktemp("flipped") / "names.db"
    NameIndex.build(PLACES, path).close()
    content = bytearray(path.read_bytes())
    at %= len(content) - len(noise)
    content[at : at + len(noise)] = noise
    path.write_bytes(content)
    try:
        with NameIndex.open(path) as index:
            for query in ("Prishtna", "Georgia", "United States America"):
                index.search(query)
                index.exact(query)
            index.longest(["united", "states"], 0)
    except InputError:
        pass


@settings(deadline=None)
@given(st.text(max_size=200))
@example("\ud800")
@example("\x00")
@example("(" * 200)
@example("a " * 100)
def test_any_text_can_be_asked(places: NameIndex, text: str) -> None:
    """The answers are in order, and within bounds."""
    found = places.search(text, cutoff=0.0)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert len({match.key for match in found}) == len(found) <= 5
    assert set(places.exact(text)) <= set(places.search(text, limit=99, cutoff=0.0))
    assert 0 <= places.longest(text.split(), 0) <= len(text.split())


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["x", "a ", "(", "(a)", "é", "Kosovo ", "'s", "!", "\n", "北"])
def test_a_megabyte_is_no_attack(unit: str) -> None:
    """A name or a query of a million characters takes no more than a moment, and is told from its like."""

    def ask(size: int) -> None:
        huge = unit * (size // len(unit))
        with closing(index_of([*PLACES, ("huge", huge), ("huge2", huge + "z")])) as index:
            assert index.search(huge + "y", cutoff=90.0) == ()
            assert [match.key for match in index.exact(huge)] == (["huge"] if huge.strip() else [])
            index.longest([huge, huge], 0)

    assert_linear(ask, 1_000_000)


def test_a_thousand_namesakes_are_listed_in_order() -> None:
    with closing(index_of([(f"Q{i:04}", "John Smith") for i in range(1500)])) as index:
        assert [match.key for match in index.search("Jonh Smith", limit=3)] == ["Q0000", "Q0001", "Q0002"]
        assert index.exact("john smith")[0].runner_up == 99.5
