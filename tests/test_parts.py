"""What a judged part carries beside its verdict: the triple, the reading, the findings, the confidence."""

from __future__ import annotations

from dataclasses import replace

from tests.factory import CATALOGUE, claim, on, verdict, world
from verifier.confidence import confidence
from verifier.judge import judge
from verifier.model import Match, MatchKind, Part, Reason, Stance, Verdict, Way

DYLAN = ["Bob Dylan | born | Duluth"]
PLEDGE = ["Serbia | embassy | Jerusalem; country=Israel; at=2020-09-04; P5102=pledge"]


def both(text: str, rows: list[str], **more: object) -> tuple[Part, Part]:
    """A claim and its denial."""
    return verdict(text, rows, **more), verdict(f"not {text}", rows, **more)  # type: ignore[arg-type]


def stances(part: Part) -> list[Stance]:
    """How each finding stands to the claim."""
    return [finding.stance for finding in part.findings]


def test_the_part_of_a_denial_has_its_findings_turned_round() -> None:
    """What supports a claim contradicts its denial; what only stands beside it goes on doing so."""
    plain, denied = both("Kosovo | capital | Pristina", ["Kosovo | capital | Pristina"])
    assert (stances(plain), stances(denied)) == ([Stance.SUPPORTS], [Stance.CONTRADICTS])
    plain, denied = both("Kosovo | capital | Prizren", ["Kosovo | capital | Pristina"])
    assert (stances(plain), stances(denied)) == ([Stance.CONTRADICTS], [Stance.SUPPORTS])
    assert (plain.repair, denied.repair) == ("Pristina", "")
    plain, denied = both(
        "Kosovo | languages | Turkish",
        ["Kosovo | languages | Albanian"],
        complete=["Kosovo | languages | *"],
    )
    assert (stances(plain), stances(denied)) == ([Stance.NEUTRAL], [Stance.NEUTRAL])
    assert denied.verdict is Verdict.SUPPORTED


def test_a_part_is_that_of_its_claim() -> None:
    """Decided or not, it has the triple asked about, the reading taken and the things at both ends."""
    known = world(DYLAN)
    for text in ("Bob Dylan | born | Duluth", "Bob Dylan | award | Prize", "?Nobody | born | Duluth"):
        triple = claim(text, known)
        part = judge(triple, known, catalogue=CATALOGUE, as_of=on("2021-02-01"))
        assert part.triple == triple
        assert part.reading == triple.readings[0]
        assert part.subject == (triple.subject.matches[0] if triple.subject.matches else None)


def test_what_no_statement_is_asked_about() -> None:
    """An opinion, and words that name no relation: the part says so, and has nothing else."""
    known = world(DYLAN)
    triple = claim("Bob Dylan | born | Duluth; opinion", known)
    told = "This is an opinion or a judgement; no statement can settle it."
    part = judge(triple, known, catalogue=CATALOGUE, as_of=on("2021-02-01"))
    assert part == Part(triple, Verdict.UNKNOWN, Reason.NOT_CHECKABLE, told)
    for words, named, missing in (("hosts", " “hosts”", ("hosts",)), ("", "", ())):
        triple = replace(claim("Bob Dylan |  | Duluth", known), relation_text=words)
        told = f"The words{named} name no relation of the catalogue or the tables."
        part = judge(triple, known, catalogue=CATALOGUE, as_of=on("2021-02-01"))
        assert part == Part(triple, Verdict.UNKNOWN, Reason.UNKNOWN_RELATION, told, missing=missing)


def test_what_would_settle_an_open_claim() -> None:
    """The row that is missing, or the name that no table knows."""
    assert verdict("Ada | languages | French", ["Ada | born | Paris"]).missing == (
        "Ada | official language | French",
    )
    assert verdict("?Nobody | born | Duluth", DYLAN).missing == ("Nobody",)
    assert verdict("Bob Dylan |  | Duluth", DYLAN).missing == ()
    assert verdict("Bob Dylan | born | Duluth", DYLAN).missing == ()


def test_the_ends_of_a_turned_reading_are_those_of_the_words() -> None:
    """ "Pristina is the capital of Kosovo": the subject of the sentence stays the subject."""
    part = verdict("Pristina | capital^ | Kosovo", ["Kosovo | capital | Pristina"])
    assert part.subject is not None and part.subject.id == "Pristina"
    assert part.object is not None and part.object.id == "Kosovo"


def test_fuzzy_links_are_told_each() -> None:
    """Both ends may be misspelt; a link by the very name is not told."""
    part = verdict("Bob Dylan~91/60 | born | Duluth~92/10", DYLAN)
    assert part.explanation.endswith(
        "(“Bob Dylan” is read as Bob Dylan, 91 of 100; “Duluth” is read as Duluth, 92 of 100.)"
    )
    assert verdict("Bob Dylan | born | Duluth", DYLAN).explanation.endswith("says the same.")


def test_the_confidence_is_that_of_way_links_and_reason() -> None:
    """As measured for such verdicts; an unknown has none."""
    fuzzy = Match("Bob Dylan", "Bob Dylan", "Bob Dylan", 91.0, MatchKind.FUZZY, 60.0)
    exact = Match("Duluth", "Duluth", "Duluth", 100.0, MatchKind.EXACT)
    part = verdict("Bob Dylan~91/60 | born | Duluth", DYLAN)
    assert part.reading is not None
    assert part.confidence == confidence(part.reading.way, (fuzzy, exact), Reason.SAME_VALUE)
    known = world(["Kosovo | languages | Albanian"], complete=["Kosovo | languages | *"])
    triple = claim("Kosovo | languages | Turkish", known)
    asked = replace(triple, readings=(replace(triple.readings[0], way=Way.PHRASING),))
    absent = judge(asked, known, catalogue=CATALOGUE, as_of=on("2021-02-01"))
    assert absent.confidence == confidence(Way.PHRASING, (), Reason.NOT_IN_COMPLETE_LIST)
    group = verdict("Kosovo | ties | Israel", ["Israel | ties | Kosovo"])
    links = tuple(Match(id, id, id, 100.0, MatchKind.EXACT) for id in ("Kosovo", "Israel"))
    assert group.reading is not None
    assert group.confidence == confidence(group.reading.way, links, Reason.IMPLIED)


def test_what_is_only_reported_decides_nothing() -> None:
    """The rows are shown beside the saying, for and against nothing, and nothing is there to repair."""
    known = world(["Serbia | embassy | Belgrade; country=Israel; start=1992"])
    triple = claim("Serbia | embassy | Jerusalem; country=Israel; said", known)
    part = judge(triple, known, catalogue=CATALOGUE, as_of=on("2021-02-01"))
    assert (part.verdict, part.reason) == (Verdict.UNKNOWN, Reason.REPORTED_SPEECH)
    assert part.triple == triple
    assert stances(part) == [Stance.NEUTRAL]
    assert (part.repair, part.confidence) == ("", None)
    assert "only reports this (said)" in part.explanation


def test_a_row_that_records_the_saying_supports_it() -> None:
    """The part is that of the saying: its row, its reading, its confidence; nothing is missing."""
    known = world([*PLEDGE, "Serbia | embassy | Belgrade; country=Israel; start=1992"])
    triple = claim("Serbia | award, embassy | Jerusalem; country=Israel; promised", known)
    part = judge(triple, known, catalogue=CATALOGUE, as_of=on("2021-02-01"))
    assert (part.verdict, part.reason) == (Verdict.SUPPORTED, Reason.SAME_VALUE)
    assert part.triple == triple
    assert part.reading == triple.readings[1]
    assert [finding.statement.id for finding in part.findings if finding.statement is not None] == ["s0"]
    assert (part.missing, part.repair) == ((), "")
    assert part.confidence == confidence(part.reading.way, (), Reason.SAME_VALUE)
    alone = verdict("Serbia | embassy | Jerusalem; country=Israel; promised", PLEDGE)
    assert (alone.missing, alone.repair, stances(alone)) == ((), "", [Stance.SUPPORTS])
    beside = [*PLEDGE, "Serbia | embassy | Belgrade; country=Israel; start=1992"]
    assert verdict("Serbia | embassy | Jerusalem; country=Israel", beside).repair == "Belgrade"
    assert verdict("Serbia | embassy | Jerusalem; country=Israel; promised", beside).repair == ""


def test_the_object_is_of_the_kind_that_the_relation_asks_for() -> None:
    """A singer who bears the name of a city is no capital."""
    part = verdict(
        "Kosovo | capital | Pristina",
        ["Kosovo | capital | Prizren"],
        things=["singer = Pristina: person", "town = Pristina: city"],
    )
    assert part.verdict is Verdict.CONTRADICTED
    assert part.object is not None and part.object.id == "town"


def test_namesakes_that_were_not_asked_about_may_not_agree() -> None:
    """Of more pairs than can be asked about, no contradiction is sure; an open claim stays as open."""

    def named(count: int, rows: list[str]) -> Part:
        things = [f"{end}{n} = {end}" for end in ("Alba", "Borea") for n in range(count)]
        return verdict("Alba | capital | Borea", rows, things=things)

    rows = [f"Alba{n} | capital | Corvo" for n in range(17)]
    assert named(16, rows).reason is Reason.DIFFERENT_VALUE
    found = named(17, rows)
    assert (found.verdict, found.reason) == (Verdict.UNKNOWN, Reason.AMBIGUOUS_ENTITY)
    assert "Alba (Alba0), Borea (Borea0): contradicted" in found.explanation
    assert named(17, []).reason is Reason.NO_STATEMENT
