"""The place of a thing in a group: the largest, the second most populous, the first to join.

Whoever is more for certain is an exception, and so many of them contradict. That there are no others follows
only from a group that is complete, with a statement for each of its members.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from verifier.agreement import End
from verifier.comparing import Case, decided_part, end_of, findings_of, open_part, without_rows
from verifier.explain import quoted
from verifier.gauge import Gauged, Outweighs, compare, is_to_come
from verifier.members import find_members, is_complete, questions, related
from verifier.model import (
    Aspect,
    Bound,
    Date,
    Degree,
    Group,
    Part,
    PeriodKind,
    Reading,
    Reason,
    Stance,
    Term,
    Triple,
    Verdict,
)

__all__ = ["in_group"]


# ------------------------------------------------------------------------------------------- in a group


@dataclass(frozen=True, slots=True)
class _Field:
    """Those among whom there is an order, and whether there can be no others."""

    sure: tuple[str, ...]
    possible: tuple[str, ...]
    complete: bool
    unclear: str = ""


def in_group(case: Case, one: End) -> tuple[bool, Part]:
    """Whether the thing is one of the group, and whether it has the place in it that the claim gives it."""
    group = case.order.than.group if case.order.than is not None else None
    assert one.id is not None
    own = case.gauge(one)
    name = case.name(one.id)
    belongs = _belongs(case, one, group)
    if belongs is not None and belongs.verdict is not Verdict.SUPPORTED:
        return False, replace(belongs, triple=case.triple, repair="")
    if own is None:
        return False, without_rows(case, [name], [])
    field = _field(case, one, group, own)
    if field.unclear:
        why = f"{quoted(field.unclear)} is not known, so its members are not"
        return True, open_part(case, Reason.UNKNOWN_ENTITY, why, missing=(field.unclear,))
    ranked = _Ranked()
    for id in (*field.sure, *field.possible):
        gauged = case.gauge(end_of(case, id)) if id != one.id else own
        if id != one.id and not (gauged is not None and is_to_come(gauged, case.at)):
            ranked.add(case, own, id, gauged, sure=id in field.sure)
    return True, _placed(case, one, own, field, ranked)


@dataclass
class _Ranked:
    """The others of a group, by how they stand to one of them."""

    ahead: list[tuple[str, Gauged]] = dataclass_field(default_factory=list)
    behind: list[tuple[str, Gauged]] = dataclass_field(default_factory=list)
    level: list[str] = dataclass_field(default_factory=list)
    """Those that may come before it or after."""
    without: list[str] = dataclass_field(default_factory=list)
    """Those of which no row tells."""

    def add(self, case: Case, own: Gauged, id: str, gauged: Gauged | None, *, sure: bool) -> None:
        """Put one more in its place."""
        before = Outweighs.SECOND if case.order.degree is Degree.MORE else Outweighs.FIRST
        outcome = Outweighs.UNSURE if gauged is None else compare(own, gauged)
        if gauged is None:
            self.without.append(id)
        elif outcome in (Outweighs.UNSURE, Outweighs.NEITHER) or (outcome is before and not sure):
            self.level.append(id)
        elif outcome is before:
            self.ahead.append((id, gauged))
        else:
            self.behind.append((id, gauged))


def _placed(case: Case, one: End, own: Gauged, field: _Field, ranked: _Ranked) -> Part:
    ahead, place, name = ranked.ahead, case.order.place, case.name(one.id or "")
    group = case.order.than.group if case.order.than is not None else None
    words = quoted(group.text if group is not None else "all")
    most = len(ahead) + len(ranked.level) + len(ranked.without)
    if len(ahead) >= place:
        return _overtaken(case, one, own, ahead, words, certain=field.complete and most == len(ahead))
    if field.complete and most < place - 1:
        many = f"at most {most}" if most else "none"
        why = f"{own.told}; by {case.measure}, {many} of {words} come before {name}, not {place - 1}"
        repair = f"number {len(ahead) + 1}" if most == len(ahead) else ""
        return decided_part(case, one, Verdict.CONTRADICTED, Reason.COUNT_DIFFERS, why, (own,), repair=repair)
    if field.complete and most == len(ahead) == place - 1:
        ends = sorted(ranked.behind, key=lambda pair: pair[1].low)
        nearest = ends[-1:] if case.order.degree is Degree.MORE else ends[:1]
        why = f"{own.told}; " + "".join(f"{gauged.told}; " for _, gauged in nearest)
        of = len(ahead) + len(ranked.behind) + 1
        why += f"by {case.measure}, {name} is number {place} of the {of} in {words}"
        rest = (gauged for _, gauged in (*nearest, *ahead))
        return decided_part(case, one, Verdict.SUPPORTED, Reason.GROUP_HOLDS, why, (own, *rest))
    return _unplaced(case, own, field, ranked, words)


def _overtaken(
    case: Case, one: End, own: Gauged, ahead: list[tuple[str, Gauged]], words: str, *, certain: bool
) -> Part:
    """Contradicted: so many come before it for certain, whoever else there may be."""
    place, name = case.order.place, case.name(one.id or "")
    by_size = sorted(ahead, key=lambda pair: (pair[1].low, pair[0]), reverse=case.order.degree is Degree.MORE)
    first, gauged = by_size[0]
    more = f" and {len(ahead) - 1} more come" if len(ahead) > 1 else " comes"
    why = f"{own.told}; {gauged.told}; by {case.measure}, {case.name(first)}{more} before {name} in {words}"
    shown = (own, *(found for _, found in by_size[:place]))
    reason = Reason.COUNTER_EXAMPLE if place == 1 else Reason.COUNT_DIFFERS
    repair = (case.name(first) if place == 1 else f"number {len(ahead) + 1}") if certain else ""
    return decided_part(case, one, Verdict.CONTRADICTED, reason, why, shown, repair=repair)


def _unplaced(case: Case, own: Gauged, field: _Field, ranked: _Ranked, words: str) -> Part:
    """Unknown: of whom there is no row, who is too near, and whether there may be others."""
    why = []
    if ranked.without:
        why.append(f"no row gives {case.measure} for {_listed(case, ranked.without)}")
    if ranked.level:
        why.append(f"{own.told}, which does not tell whether it comes before {_listed(case, ranked.level)}")
    if not field.complete:
        why.append(f"no table declares its list of {words} complete")
    missing = tuple(case.row(case.name(id)) for id in ranked.without)
    known = (own, *(gauged for _, gauged in ranked.ahead))
    return open_part(
        case,
        Reason.INCOMPLETE_GROUP,
        "; ".join(why) or "its members do not settle it",
        missing=missing or (f"a complete list of {words}",) * (not field.complete),
        findings=findings_of(known, Stance.NEUTRAL, "it is one of the group"),
    )


def _listed(case: Case, ids: list[str]) -> str:
    names = sorted(case.name(id) for id in ids)
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")


def _own_condition(case: Case, condition: tuple[str, Term, bool]) -> bool:
    """Whether a condition of the group is what the order itself is of: "the first member to join"."""
    relation, other, is_object = condition
    return (
        case.order.aspect is not Aspect.VALUE
        and relation == case.relation.id
        and is_object is case.reading.inverse
        and {m.id for m in other.matches} == {m.id for m in case.triple.object.matches}
    )


def _belongs(case: Case, one: End, group: Group | None) -> Part | None:
    """Whether the subject is of the group at all; None if nothing asks for it."""
    part = None
    for relation, other, is_object in group.conditions if group is not None else ():
        if _own_condition(case, (relation, other, is_object)):
            continue
        known = case.catalogue.get(relation)
        reading = Reading(
            relation, known.label if known is not None else relation, case.triple.relation_text, 100.0
        )
        thing = end_of(case, one.id or "").term
        ends = (other, thing) if is_object else (thing, other)
        periods = tuple(p for p in case.triple.periods if p.kind is PeriodKind.AT)
        asked = Triple(ends[0], ends[1], (reading,), case.triple.relation_text, periods=periods)
        part = case.judge(asked, case.evidence, catalogue=case.catalogue, as_of=case.as_of)
        if part.verdict is not Verdict.SUPPORTED:
            return part
    return part


def _field(case: Case, one: End, group: Group | None, own: Gauged) -> _Field:
    figures = case.order.aspect is Aspect.VALUE
    rest = tuple(
        condition
        for condition in (group.conditions if group is not None else ())
        if not _own_condition(case, condition)
    )
    sure: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    complete = False
    if rest and group is not None:
        members = find_members(
            replace(group, conditions=rest), case.at, case.evidence, catalogue=case.catalogue
        )
        if members.unclear:
            return _Field((), (), False, members.unclear)
        sure, possible = members.sure, members.possible
        complete = members.complete or _are_all(case, len(sure))
    if figures:
        return _Field(sure, possible, complete)
    return _of_event(case, one, own, sure, possible, complete=complete, narrowed=bool(rest))


def _are_all(case: Case, known: int) -> bool:
    """Whether the claim says how many there are in all, and as many are known: "the three Baltic states"."""
    quantifier = case.order.than.quantifier if case.order.than is not None else None
    count = quantifier.count if quantifier is not None else None
    return count is not None and not count.unit and count.bound is Bound.EXACT and count.amount == known


def _of_event(
    case: Case,
    one: End,
    own: Gauged,
    sure: tuple[str, ...],
    possible: tuple[str, ...],
    *,
    complete: bool,
    narrowed: bool,
) -> _Field:
    """Those of a group of which the event is stated, and whether it can have befallen no others.

    Who comes first is settled by a list that was complete on that day: who is not on it came later.
    """
    listed: set[str] = set()
    whole = False
    turned = case.reading.inverse
    day = _date(own) if case.order.degree is Degree.LESS else case.as_of
    for question in questions(
        case.relation.id,
        case.triple.object,
        case.as_of,
        case.evidence,
        member_is_object=turned,
        catalogue=case.catalogue,
    ):
        facts = tuple(related(question, member_is_object=turned))
        told = {id for id, fact in facts if id is not None and fact.positive}
        listed |= {id for id in told if _of_one_kind(case, id, one)}
        whole = whole or is_complete(question, (day or case.as_of,), member_is_object=turned)
    if not narrowed:
        return _Field(tuple(sorted(listed)), (), whole)
    within = tuple(id for id in sure if id in listed)
    doubtful = [id for id in possible if id in listed]
    if not whole:
        open_to = [id for id in (*sure, *possible) if id not in listed and not _never(case, id)]
        return _Field(within, (*doubtful, *open_to), complete)
    return _Field(
        within, tuple(doubtful) if complete else tuple(id for id in sorted(listed) if id not in within), True
    )


def _of_one_kind(case: Case, id: str, one: End) -> bool:
    """Whether two things may be of one order: a person who signs for a state is not among the states."""
    ours, theirs = case.evidence.types(one.id or ""), case.evidence.types(id)
    return not ours or not theirs or bool(ours & theirs)


def _never(case: Case, id: str) -> bool:
    """Whether it is denied of a member that it did what the order is of."""
    term = end_of(case, id).term
    asked = replace(
        case.triple, subject=term, readings=(case.reading,), order=None, negated=False, periods=()
    )
    part = case.judge(asked, case.evidence, catalogue=case.catalogue, as_of=case.as_of)
    return part.verdict is Verdict.CONTRADICTED


def _date(own: Gauged) -> Date | None:
    statement = own.statements[0][0]
    return statement.start or statement.point_in_time
