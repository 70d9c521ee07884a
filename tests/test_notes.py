"""Who watches judging hears each step: the readings chosen, what was asked, the members of a group."""

from __future__ import annotations

from dataclasses import replace

from tests.factory import CATALOGUE, World, claim, on, world
from verifier.judge import judge
from verifier.model import MatchKind, Modality, Part, Reason, Stance, Triple, Verdict
from verifier.notes import Asked, Chosen, Counted, Gathered, Note
from verifier.relations import Relation
from verifier.settle import Choice

AS_OF = on("2021-02-01")


def watched(text: str, known: World) -> tuple[Triple, Part, list[Note]]:
    """A claim, its part and what who watches was told."""
    notes: list[Note] = []
    triple = claim(text, known)
    part = judge(triple, known, catalogue=CATALOGUE, as_of=AS_OF, watch=notes.append)
    assert part == judge(triple, known, catalogue=CATALOGUE, as_of=AS_OF)
    return triple, part, notes


def asked_of(notes: list[Note]) -> list[Triple]:
    """The triples that were asked about."""
    return [note.triple for note in notes if isinstance(note, Asked)]


def test_which_readings_are_chosen_and_what_each_comes_to() -> None:
    """Those near the best; of these those told in full; of these those that such ends can have."""
    known = world(
        ["A | kind | X"],
        things=["A: state"],
        complete=["* | member | *", "* | team | *"],
    )
    triple, part, (chosen, asked) = watched("A | award@70, likes@91, team@94, member@94 | NATO", known)
    _, likes, team, member = triple.readings
    assert chosen == Chosen(triple, near=(likes, team, member), whole=(team, member), fitting=(member,))
    assert isinstance(asked, Asked)
    assert (asked.triple, asked.reading, asked.part) == (triple, member, part)


def test_what_was_asked_of_which_things() -> None:
    """The ends as the relation has them, the answer for each pair and the one that speaks for all."""
    known = world(
        ["Kosovo | capital | Prizren"], things=["town = Pristina: city", "singer = Pristina: person"]
    )
    triple, part, notes = watched("Pristina | capital^ | Kosovo", known)
    asked = notes[-1]
    assert isinstance(asked, Asked)
    assert (asked.triple, asked.reading, asked.part) == (triple, triple.readings[0], part)
    assert (asked.subject.term, asked.object.term) == (triple.object, triple.subject)
    assert [end.id for end in asked.object.ends] == ["town"]
    (answer,) = asked.answers
    assert answer.question.relation == CATALOGUE["capital"]
    assert (answer.question.subject.id, answer.question.object.id) == ("Kosovo", "town")
    assert asked.settled == replace(answer, choice=Choice.AGREED)
    assert answer.outcome.verdict is part.verdict is Verdict.CONTRADICTED


def test_a_subject_that_no_table_knows_is_asked_nothing() -> None:
    """It is told with its part, and with no answer."""
    triple, part, (_, asked) = watched("?Nobody | born | Duluth", world(["Bob Dylan | born | Duluth"]))
    assert isinstance(asked, Asked)
    assert (asked.triple, asked.reading, asked.part) == (triple, triple.readings[0], part)
    assert (asked.subject.term, asked.object.term) == (triple.subject, triple.object)
    assert (asked.answers, asked.settled, part.reason) == ((), None, Reason.UNKNOWN_ENTITY)


def test_a_relation_that_nobody_declared_is_asked_about_by_its_words() -> None:
    """It has the label of the reading, and lasts; where a table says all of it, it happens on a date."""
    for closed in (False, True):
        _, _, (_, asked) = watched("Ada | likes | Bob", world(["Ada | likes | Bob; at=2020"], closed=closed))
        assert isinstance(asked, Asked)
        relation = Relation("likes", "likes", lasting=True, declared=False, event=closed)
        assert asked.answers[0].question.relation == relation


def test_what_somebody_only_says_is_asked_about_as_if_asserted() -> None:
    """The notes are of the plain claim; the part is of what was said."""
    known = world(["Serbia | embassy | Belgrade; country=Israel; start=1992"])
    triple, part, (chosen, asked) = watched("Serbia | embassy | Jerusalem; country=Israel; said", known)
    assert isinstance(chosen, Chosen)
    assert isinstance(asked, Asked)
    assert chosen.triple == asked.triple == replace(triple, modality=Modality.ASSERTED)
    assert part.triple == triple


def test_each_member_of_a_group_is_told() -> None:
    """Who they are, what was asked of each, and what that came to."""
    known = world(
        ["Ada | member | Club", "Bob | member | Club", "Ada | born | Paris", "Bob | born | Rome"],
    )
    triple, part, notes = watched("all {* member Club} | born | Paris", known)
    assert part.verdict is Verdict.CONTRADICTED
    (gathered,) = (note for note in notes if isinstance(note, Gathered))
    assert gathered.group is triple.subject.group
    assert [other.subject.matches[0].id for other in asked_of(notes)] == ["Ada", "Bob"]
    counted = [note for note in notes if isinstance(note, Counted)]
    assert {id for note in counted for id, _ in note.parts} == {"Ada", "Bob"}


def test_what_a_comparison_asks_is_told() -> None:
    """Whether the thing belongs to the group among which it has a place."""
    known = world(
        ["A | area | 10", "B | area | 20", "A | member | Club", "B | member | Club"],
    )
    _, _, notes = watched("B | area | ?largest; order=#1 more all {* member Club}", known)
    (asked,) = asked_of(notes)
    assert (asked.subject.matches[0].id, asked.object.matches[0].id) == ("B", "Club")


def test_what_else_may_be_meant_is_asked_about_alone() -> None:
    """One rival after another stands for the words, until the claim is true of one; only it is left."""
    known = world(
        [
            "Kosovo | capital | Pristina",
            "Albania | capital | Tirana",
            "Turkey | capital | Ankara",
            "Serbia | capital | Belgrade",
        ]
    )
    triple, part, notes = watched("Kosovo~or Albania/Turkey/Serbia | capital | Ankara", known)
    rivals = triple.subject.rivals
    terms = [replace(triple.subject, matches=(rival,), rivals=()) for rival in rivals[:2]]
    assert asked_of(notes) == [triple, *(replace(triple, subject=term) for term in terms)]
    assert part.verdict is Verdict.UNKNOWN


def test_what_may_not_be_meant_is_shown_and_decides_nothing() -> None:
    """The part is that of the claim as read, with its rows for and against nothing."""
    known = world(["Kosovo | capital | Pristina", "Albania | capital | Tirana"])
    plain = judge(claim("Kosovo | capital | Tirana", known), known, catalogue=CATALOGUE, as_of=AS_OF)
    assert (plain.verdict, plain.repair) == (Verdict.CONTRADICTED, "Pristina")
    for text in ("Kosovo~likely | capital | Tirana", "Kosovo~or Albania | capital | Tirana"):
        triple, part, _ = watched(text, known)
        (match,) = triple.subject.matches
        assert match.kind is (MatchKind.LIKELY if "likely" in text else MatchKind.EXACT)
        assert part == replace(
            plain,
            triple=triple,
            subject=match,
            verdict=Verdict.UNKNOWN,
            reason=Reason.WEAK_MATCH,
            explanation=f"“Kosovo” may not mean Kosovo; if it does, then: {plain.explanation}",
            findings=tuple(replace(finding, stance=Stance.NEUTRAL) for finding in plain.findings),
            confidence=None,
            repair="",
        )
        assert part.findings
