"""Claims about many: all, most, some, no, only, at least 12, 98 of 193.

Each member is judged by itself; the group's verdict follows from theirs, and names witnesses and exceptions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from verifier.court import (
    Court,
    Judge,
    Tally,
    all_of,
    count_of,
    exception,
    group_words,
    holds,
    incomplete,
    part_of,
)
from verifier.evidence import Evidence
from verifier.explain import quoted, show
from verifier.members import Members, find_members
from verifier.model import (
    Bound,
    Date,
    Finding,
    Part,
    Quantifier,
    QuantifierKind,
    Quantity,
    Reason,
    Stance,
    Term,
    Triple,
    Verdict,
)
from verifier.notes import Counted, Gathered, Watch
from verifier.only import beside, only_group, only_thing
from verifier.outcome import MOST_FINDINGS
from verifier.relations import Catalogue, ValueKind
from verifier.values import Comparison, compare_quantities

__all__ = ["judge_group"]

_COUNTS = (QuantifierKind.AT_LEAST, QuantifierKind.AT_MOST, QuantifierKind.EXACTLY)
_BOUNDS = {QuantifierKind.AT_LEAST: Bound.AT_LEAST, QuantifierKind.AT_MOST: Bound.AT_MOST}
_ALL_WORDS = frozenset({"all", "every", "each", "both"})


def judge_group(
    triple: Triple,
    evidence: Evidence,
    *,
    catalogue: Catalogue,
    as_of: Date,
    judge: Judge,
    watch: Watch | None = None,
) -> Part:
    """Judge a triple of which one end is a group, or said to be the only one; two are taken in turn."""
    side = (
        triple.subject.group is not None
        or _is_only(triple.subject)  # "only Israel recognises all ...": the rest is what it alone does
        or (triple.object.group is None and triple.subject.quantifier is not None)
    )
    court = Court(triple, side, evidence, catalogue, as_of, judge, watch)
    quantifier = court.quantifier
    if court.term.group is None:
        return _named(court)
    outer = triple.negated and quantifier.kind is QuantifierKind.ALL and _says_all(court.term)
    if outer:  # "not all": the denial of the whole
        plain = replace(triple, negated=False)
        found = judge_group(plain, evidence, catalogue=catalogue, as_of=as_of, judge=judge, watch=watch)
        return _deny(found, triple)
    counted = _by_statement(court)
    listed = _by_members(court)
    return listed if counted is None else _settle(counted, listed)


def _is_only(term: Term) -> bool:
    return term.quantifier is not None and term.quantifier.kind is QuantifierKind.ONLY


def _named(court: Court) -> Part:
    """A quantifier before something that is one thing: "no" denies it, "most" or "four" say nothing clear."""
    match court.quantifier.kind:
        case QuantifierKind.ONLY:
            return only_thing(court)
        case QuantifierKind.ALL:
            return replace(court.ask(court.unquantified), triple=court.triple)
        case QuantifierKind.NO:
            denial = replace(court.unquantified, negated=not court.triple.negated)
            return replace(court.ask(denial), triple=court.triple)
    why = f"{quoted(court.term.text)} is one thing, which cannot be counted"
    return part_of(court, Verdict.UNKNOWN, Reason.NOT_CHECKABLE, why)


def _says_all(term: Term) -> bool:
    return term.text.split(" ", 1)[0].casefold() in _ALL_WORDS


def _deny(part: Part, triple: Triple) -> Part:
    swapped = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}
    return replace(part, triple=triple, verdict=swapped.get(part.verdict, part.verdict), repair="")


# ----------------------------------------------------------------------------------------- by members


def _by_members(court: Court) -> Part:
    group = court.term.group
    assert group is not None
    if not group.conditions:
        return _by_whole_list(court)
    members = find_members(group, court.at, court.evidence, catalogue=court.catalogue)
    if court.watch is not None:
        court.watch(Gathered(group, court.at, members))
    if members.unclear:
        why = f"{quoted(members.unclear)} is not known, so the members of {quoted(group.text)} are not"
        return part_of(court, Verdict.UNKNOWN, Reason.UNKNOWN_ENTITY, why, missing=(members.unclear,))
    if not members.sure and not members.possible:
        why = f"no table lists members of {quoted(group.text)}"
        return part_of(court, Verdict.UNKNOWN, Reason.INCOMPLETE_GROUP, why, missing=(group.text,))
    if court.quantifier.kind is QuantifierKind.ONLY:
        return only_group(court, members)
    whole = _whole(court, members)
    if whole is not None:
        return whole
    readings = [r for r in court.triple.readings if not _is_count(court, r.relation)]
    if not readings:
        return part_of(court, Verdict.UNKNOWN, Reason.NO_STATEMENT, "no relation of its members was named")
    plain = replace(court, triple=replace(court.triple, readings=tuple(readings)))
    sure = _tally(plain, members.sure)
    possible = _tally(plain, members.possible)
    found = _weigh_members(court, members, sure, possible)
    counted = _by_list(plain, members) if found.verdict is Verdict.UNKNOWN else None
    return found if counted is None or counted.verdict is Verdict.UNKNOWN else counted


def _by_list(court: Court, members: Members) -> Part | None:
    """A count of members on a complete list of all that the claim can be said of; None if there is none.

    What is on the list and may or may not be a member leaves the number open.
    """
    quantifier = court.quantifier
    if quantifier.kind not in _COUNTS or quantifier.of is not None or quantifier.count is None:
        return None
    if quantifier.count.unit == "%":
        return None
    listed = beside(court)
    if not listed.complete:
        return None
    sure = tuple(id for id in listed.parts if id in members.sure)
    open_to = set(members.possible) if members.complete else set(listed.parts)
    possible = tuple(id for id in listed.parts if id not in sure and id in open_to)
    found = replace(members, sure=sure, possible=possible, complete=not listed.loose)
    return _weigh_members(court, found, _tally(court, sure), _tally(court, possible))


def _by_whole_list(court: Court) -> Part:
    """A count of all that stands in the relation: "has four neighbours"."""
    readings = tuple(r for r in court.triple.readings if not _is_count(court, r.relation))
    if not readings or court.triple.negated:
        why = "only a count that is stated could tell"
        return part_of(court, Verdict.UNKNOWN, Reason.NO_STATEMENT, why)
    plain = replace(court, triple=replace(court.triple, readings=readings[:1]))
    listed = beside(plain)
    tally = _tally(plain, tuple(listed.parts))
    found = _weigh_members(
        plain, Members(tuple(listed.parts), complete=listed.complete), tally, Tally((), (), ())
    )
    if listed.loose and found.verdict is Verdict.CONTRADICTED:
        found = _weigh_members(plain, Members(tuple(listed.parts)), tally, Tally((), (), ()))
    return found


def _is_count(court: Court, relation: str) -> bool:
    found = court.catalogue.get(relation)
    return found is not None and found.value is ValueKind.QUANTITY


def _tally(court: Court, ids: Sequence[str]) -> Tally:
    sides: dict[Verdict, list[tuple[str, Part]]] = {verdict: [] for verdict in Verdict}
    for id in ids:
        part = court.ask(court.member(id))
        # What happened at another time than the claim's counts against it; without one it is open.
        undated = part.reason is Reason.DATE_DIFFERS and not court.triple.periods
        sides[Verdict.UNKNOWN if undated else part.verdict].append((id, part))
    if court.watch is not None:
        court.watch(Counted(court.triple, tuple(pair for side in sides.values() for pair in side)))
    return Tally(*(tuple(sides[v]) for v in (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNKNOWN)))


def _whole(court: Court, members: Members) -> Part | None:
    """A wrong "of 193": the size of the group itself; None if it is right, not said or not known."""
    quantifier = court.quantifier
    said = quantifier.of or (quantifier.count if quantifier.kind is QuantifierKind.ALL else None)
    if said is None or not members.complete or members.possible:
        return None
    size = len(members.sure)
    if compare_quantities(replace(said, unit=""), Quantity(Decimal(size))) is not Comparison.DIFFERS:
        return None
    why = f"there are {size} {group_words(court)}, not {show(said, court.evidence)}"
    findings = tuple(Finding(Stance.CONTRADICTS, "This makes it a member.", s) for s in members.statements)
    return part_of(
        court, Verdict.CONTRADICTED, Reason.COUNT_DIFFERS, why, findings=findings, repair=str(size)
    )


def _weigh_members(court: Court, members: Members, sure: Tally, possible: Tally) -> Part:
    yes, no = len(sure.supported), len(sure.contradicted)
    open_yes = len(sure.open) + len(possible.supported) + len(possible.open)
    most = yes + open_yes if members.complete else None
    """How many it can be at most, if that is known."""
    quantifier = court.quantifier
    match quantifier.kind:
        case QuantifierKind.ALL:
            if no:
                return exception(court, sure.contradicted)
            if (
                (members.complete or _counts_them(quantifier, yes))
                and yes
                and not sure.open
                and len(possible.supported) == len(members.possible)
            ):
                whom = f"all {yes} {group_words(court)}" if yes > 1 else all_of(court, yes)
                return holds(court, sure, whom)
        case QuantifierKind.ALL_BUT:
            return _all_but(court, members, sure, possible)
        case QuantifierKind.NO:
            if yes:
                return exception(court, sure.supported)
            if most == 0:
                return holds(court, sure, f"none of the {group_words(court)}")
        case QuantifierKind.SOME:
            if yes:
                return holds(court, sure, f"{yes} of the {group_words(court)}")
            if most == 0:
                return count_of(court, Verdict.CONTRADICTED, sure, "none")
        case QuantifierKind.MOST:
            return _most(court, members, sure, possible)
        case _:
            return _number(court, members, sure, possible, most)
    return incomplete(court, members, sure, possible)


def _counts_them(quantifier: Quantifier, known: int) -> bool:
    """Whether the claim says how many there are in all, and as many are known: "all three Baltic states"."""
    count = quantifier.count
    return count is not None and not count.unit and count.bound is Bound.EXACT and count.amount == known


def _all_but(court: Court, members: Members, sure: Tally, possible: Tally) -> Part:
    """ "all but four": so many exceptions, and no more and no fewer."""
    no, count = len(sure.contradicted), court.quantifier.count
    known = members.complete and not members.possible and not sure.open
    if count is not None and (no > count.amount or known):
        if no != count.amount:
            told = exception(court, sure.contradicted) if no else holds(court, sure, f"all {sure.size}")
            repair = f"all but {'' if known else 'at least '}{no}" if no else "all"
            return replace(told, verdict=Verdict.CONTRADICTED, reason=Reason.COUNT_DIFFERS, repair=repair)
        return holds(court, sure, f"{len(sure.supported)} of the {sure.size} {group_words(court)}")
    return incomplete(court, members, sure, possible)


def _most(court: Court, members: Members, sure: Tally, possible: Tally) -> Part:
    yes, no = len(sure.supported), len(sure.contradicted)
    if members.complete:
        if 2 * yes > sure.size + len(members.possible):
            return holds(court, sure, f"{yes} of the {sure.size} {group_words(court)}")
        if 2 * no >= sure.size + len(members.possible):
            return count_of(
                court, Verdict.CONTRADICTED, sure, f"at most {sure.size + len(members.possible) - no}"
            )
    return incomplete(court, members, sure, possible)


def _number(court: Court, members: Members, sure: Tally, possible: Tally, most: int | None) -> Part:
    """At least, at most, exactly so many; a share of a group in per cent counts all of it."""
    count = _claimed_count(court.quantifier)
    least = len(sure.supported)
    if count is None:
        return incomplete(court, members, sure, possible)
    if count.unit == "%":
        if most != least or members.possible or not sure.size:
            return incomplete(court, members, sure, possible)
        share = (Decimal(100) * least / sure.size).quantize(Decimal("0.1"))
        return _compared(
            court, sure, compare_quantities(count, Quantity(share, "%", Decimal("0.1"))), f"{share:f}%"
        )
    answers = {
        compare_quantities(count, Quantity(Decimal(n)))
        for n in ((least,) if most == least else (least, most or least))
    }
    if most == least:
        return _compared(court, sure, answers.pop(), str(least))
    low = compare_quantities(count, Quantity(Decimal(least)))
    high = None if most is None else compare_quantities(count, Quantity(Decimal(most)))
    rises = count.bound in (Bound.AT_LEAST, Bound.MORE_THAN)
    falls = count.bound in (Bound.AT_MOST, Bound.LESS_THAN)
    if rises and low is Comparison.AGREES:
        return _compared(court, sure, low, f"at least {least}", whole=False)
    if falls and high is Comparison.AGREES:
        return _compared(court, sure, high, f"at most {most}", whole=False)
    if not rises and least > count.amount and low is Comparison.DIFFERS:
        return _compared(court, sure, low, f"at least {least}", whole=False)
    if not falls and most is not None and most < count.amount and high is Comparison.DIFFERS:
        return _compared(court, sure, high, f"at most {most}", whole=False)
    return incomplete(court, members, sure, possible)


def _claimed_count(quantifier: Quantifier) -> Quantity | None:
    count = quantifier.count
    if count is None or count.bound is not Bound.EXACT:
        return count
    return replace(count, bound=_BOUNDS.get(quantifier.kind, Bound.EXACT))


def _compared(court: Court, sure: Tally, answer: Comparison, number: str, *, whole: bool = True) -> Part:
    if answer is Comparison.INCOMPARABLE:
        why = f"it is {number}, which is near what the claim says"
        return part_of(court, Verdict.UNKNOWN, Reason.NO_STATEMENT, why)
    verdict = Verdict.SUPPORTED if answer is Comparison.AGREES else Verdict.CONTRADICTED
    return count_of(court, verdict, sure, number, whole=whole)


# --------------------------------------------------------------------------------- counts that are stated


def _by_statement(court: Court) -> Part | None:
    """A claimed count beside statements that give a count; None if no reading is such a relation."""
    count = _claimed_count(court.quantifier)
    readings = tuple(
        replace(reading, inverse=False)
        for reading in court.triple.readings
        if _is_count(court, reading.relation)
    )
    if count is None or not readings or court.quantifier.kind not in _COUNTS:
        return None
    if court.triple.negated:
        return None  # "98 states do not recognise it" counts others than those who do
    other = court.triple.object if court.subject_side else court.triple.subject
    asked = replace(court.triple, subject=other, object=Term(court.term.text, value=count), readings=readings)
    part = court.ask(asked)
    reasons = {Reason.SAME_VALUE: Reason.COUNT_AGREES, Reason.QUANTITY_DIFFERS: Reason.COUNT_DIFFERS}
    return replace(part, triple=court.triple, reason=reasons.get(part.reason, part.reason))


def _settle(counted: Part, listed: Part) -> Part:
    """A stated count and a count of members: either may decide, and both may disagree."""
    verdicts = {counted.verdict, listed.verdict} - {Verdict.UNKNOWN}
    if len(verdicts) == 2:
        why = f"A stated count and the members counted disagree. {counted.explanation} {listed.explanation}"
        findings = (*counted.findings, *listed.findings)[:MOST_FINDINGS]
        return replace(
            counted,
            verdict=Verdict.UNKNOWN,
            reason=Reason.SOURCES_DISAGREE,
            explanation=why,
            findings=findings,
            confidence=None,
            repair="",
        )
    if counted.verdict is not Verdict.UNKNOWN:
        return counted
    if listed.verdict is not Verdict.UNKNOWN:
        return listed
    return counted if counted.reason is not Reason.NO_STATEMENT else listed
