"""Claims that say "only": whoever else it holds for is an exception."""

from __future__ import annotations

from dataclasses import replace

from verifier.court import Court, Tally, exception, group_words, holds, names, part_of
from verifier.explain import quoted
from verifier.members import Members, find_members
from verifier.model import Group, Part, Reason, Triple, Verdict

__all__ = ["only_group", "only_thing"]


def only_group(court: Court, members: Members) -> Part:
    """Nothing outside the group: whoever else it holds for must be no member."""
    holders, complete = _holders(court)
    outside = [id for id in holders if id not in members.sure and id not in members.possible]
    if outside and members.complete:
        return exception(court, [(id, court.ask(_plain(court.member(id)))) for id in outside])
    inside = [(id, court.ask(_plain(court.member(id)))) for id in holders if id in members.sure]
    if complete and inside and len(inside) == len(holders):
        return holds(court, Tally(tuple(inside), (), ()), f"only {group_words(court)}")
    doubtful = [id for id in holders if id not in members.sure]
    why = f"whether it holds for others than {quoted(court.term.text)} is not known"
    return part_of(
        court, Verdict.UNKNOWN, Reason.INCOMPLETE_GROUP, why, missing=tuple(names(court, doubtful))
    )


def only_thing(court: Court) -> Part:
    """ "Only Israel ...": it holds for this one, and for no other."""
    plain = court.ask(court.unquantified)
    if plain.verdict is Verdict.CONTRADICTED:
        return replace(plain, triple=court.triple)
    taken = plain.subject if court.subject_side else plain.object
    holders, complete = _holders(court)
    others = [id for id in holders if taken is None or id != taken.id]
    if others and taken is not None:
        return exception(court, [(id, court.ask(_plain(court.member(id)))) for id in others])
    if plain.verdict is Verdict.SUPPORTED and complete:
        return replace(plain, triple=court.triple, reason=Reason.GROUP_HOLDS)
    why = f"whether it holds for others than {quoted(court.term.text)} is not known"
    return part_of(court, Verdict.UNKNOWN, Reason.INCOMPLETE_GROUP, why)


def _plain(triple: Triple) -> Triple:
    return replace(triple, negated=False)


def _holders(court: Court) -> tuple[list[str], bool]:
    """Everything for which the claim holds in its best reading, and whether that is all there is."""
    reading = court.triple.readings[0]
    other = court.triple.object if court.subject_side else court.triple.subject
    member_is_object = court.subject_side is reading.inverse
    group = Group(other.text, ((reading.relation, replace(other, quantifier=None), member_is_object),))
    found = find_members(group, court.at, court.evidence, catalogue=court.catalogue)
    return list(found.sure), found.complete and not found.possible
