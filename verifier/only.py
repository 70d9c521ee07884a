"""Claims that say "only": whoever else the claim itself is true of is an exception.

Another counts only if the very claim, with its time, its qualifiers and its denial, is supported for it, and
if it is surely another. Whether there are others stays open unless a complete list of that time says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from verifier.agreement import Agreement, End, agreement, is_sure, place_contains
from verifier.court import Court, Tally, exception, group_words, holds, it_holds, names, part_of
from verifier.explain import quoted
from verifier.inforce import moments
from verifier.members import Members, find_members, is_complete, questions, related
from verifier.model import EntityValue, Match, Modality, Part, Reading, Reason, Verdict
from verifier.notes import Counted
from verifier.relations import Relation, is_loose

__all__ = ["Beside", "beside", "only_group", "only_thing"]


def only_group(court: Court, members: Members) -> Part:
    """Nothing outside the group: whoever else it holds for must be no member."""
    known = beside(court)
    inside, outside = _sides(court, members)
    others = {id: part for id, part in known.parts.items() if id not in inside | outside}
    exceptions = [(id, part) for id, part in others.items() if part.verdict is Verdict.SUPPORTED]
    exceptions = [(id, part) for id, part in exceptions if _apart(court, id, members)]
    if exceptions and members.complete:
        return exception(court, exceptions)
    held = [(id, part) for id, part in known.parts.items() if id in inside]
    held = [(id, part) for id, part in held if part.verdict is Verdict.SUPPORTED]
    doubtful = [
        id
        for id, part in known.parts.items()
        if id not in inside and part.verdict is not Verdict.CONTRADICTED
    ]
    if held and not doubtful and known.complete:
        return holds(court, Tally(tuple(held), (), ()), f"{group_words(court)} and for no others")
    return _open(court, doubtful)


def only_thing(court: Court) -> Part:
    """ "Only Israel ...": it holds for this one, and for no other."""
    plain = replace(court.ask(court.unquantified), triple=court.triple)
    if plain.verdict is Verdict.CONTRADICTED:
        return plain
    taken = plain.subject if court.subject_side else plain.object
    if taken is None:
        return _open(court, []) if plain.verdict is Verdict.SUPPORTED else plain
    known = beside(court)
    stands = {id: _stands(court, taken, id) for id in known.parts}
    others = {id: part for id, part in known.parts.items() if stands[id] is not Agreement.SAME}
    exceptions = [
        (id, part)
        for id, part in others.items()
        if part.verdict is Verdict.SUPPORTED and stands[id] is Agreement.OTHER
    ]
    sure = plain.verdict is Verdict.SUPPORTED or is_sure(taken)
    if exceptions and sure:
        return exception(court, exceptions)
    if plain.verdict is Verdict.UNKNOWN:
        return plain
    doubtful = [id for id, part in others.items() if part.verdict is not Verdict.CONTRADICTED]
    if known.complete and not doubtful:
        rest = f"The list of the others is complete, and {it_holds(court)} for none of them."
        told = f"{plain.explanation} {rest}"
        return replace(plain, reason=Reason.GROUP_HOLDS, explanation=told)
    return _open(court, doubtful)


def _words(court: Court) -> str:
    return group_words(court) if court.term.group is not None else quoted(court.term.text)


def _open(court: Court, doubtful: list[str]) -> Part:
    why = f"whether {it_holds(court)} for others than {_words(court)} is not known"
    told = tuple(names(court, doubtful))
    return part_of(court, Verdict.UNKNOWN, Reason.INCOMPLETE_GROUP, why, missing=told)


# ------------------------------------------------------------------------------------------ who else is known


@dataclass(frozen=True, slots=True)
class Beside:
    """The claim said of each thing that some row sets beside its other end."""

    parts: Mapping[str, Part]
    complete: bool
    """Whether nothing else can be beside it at the claim's time."""
    loose: bool = False
    """Whether the claim's words may mean more than what is listed."""


def beside(court: Court) -> Beside:
    triple = court.triple
    other = triple.object if court.subject_side else triple.subject
    dates = moments(triple.periods, court.as_of) or (court.as_of,)
    ids: set[str] = set()
    # What a denial or somebody's words leave out is on no list.
    loose = False
    complete = not triple.negated and triple.modality is Modality.ASSERTED
    for number, reading in enumerate(triple.readings):
        turned = court.subject_side is reading.inverse
        asked = tuple(
            questions(
                reading.relation,
                replace(other, quantifier=None),
                court.as_of,
                court.evidence,
                member_is_object=turned,
                catalogue=court.catalogue,
            )
        )
        for question in asked:
            facts = tuple(related(question, member_is_object=turned))
            ids.update(id for id, _ in facts if id is not None)
            complete = complete and all(id is not None for id, _ in facts)
        if number == 0:
            complete = complete and bool(asked)
            loose = is_loose(_relation(court, reading), reading.text)
            complete = complete and all(is_complete(q, dates, member_is_object=turned) for q in asked)
    parts = {id: court.ask(court.member(id)) for id in sorted(ids)}
    if court.watch is not None:
        court.watch(Counted(triple, tuple(parts.items())))
    return Beside(parts, complete, loose)


def _stands(court: Court, taken: Match, id: str) -> Agreement:
    """Whether a thing is the named one, or could be: a namesake, a place in it, one of a like name."""
    if any(match.id == id for match in court.term.matches):
        return Agreement.SAME if id == taken.id else Agreement.UNSURE
    reading = court.triple.readings[0]
    relation = _relation(court, reading)
    if court.subject_side is not reading.inverse:
        relation = replace(relation, value_within="")
    found = agreement(EntityValue(id), End(court.term, match=taken), relation, court.evidence)
    return Agreement.SAME if found is Agreement.INSIDE else found


def _relation(court: Court, reading: Reading) -> Relation:
    return court.catalogue.get(reading.relation) or Relation(reading.relation, reading.label)


def _sides(court: Court, members: Members) -> tuple[set[str], set[str]]:
    """Who is a member at every time that the claim names, and who may have been one at some of them."""
    inside, ever = set(members.sure), {*members.sure, *members.possible}
    group = court.term.group
    assert group is not None
    for date in moments(court.triple.periods, court.as_of):
        then = find_members(group, date, court.evidence, catalogue=court.catalogue)
        inside &= set(then.sure)
        ever |= {*then.sure, *then.possible}
    return inside, ever - inside


def _apart(court: Court, id: str, members: Members) -> bool:
    """Whether it could have been a member: a thing of their kind, and no part of one."""
    evidence = court.evidence
    ours = evidence.types(id)
    theirs = frozenset[str]().union(*(evidence.types(member) for member in members.sure))
    if ours and theirs:
        return bool(ours & theirs)
    return not any(
        place_contains(member, id, evidence) or place_contains(id, member, evidence)
        for member in members.sure
    )
