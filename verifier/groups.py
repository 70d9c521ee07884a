"""Claims about many: all, most, some, no, only, at least 12, 98 of 193.

Each member is judged by itself; the group's verdict follows from theirs, and names witnesses and exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from verifier.evidence import Evidence
from verifier.explain import label, show, with_capital
from verifier.members import Members, find_members
from verifier.model import (
    Bound,
    Date,
    Finding,
    Match,
    MatchKind,
    Part,
    PeriodKind,
    Quantifier,
    QuantifierKind,
    Quantity,
    Reason,
    Stance,
    Term,
    Triple,
    Verdict,
)
from verifier.relations import Catalogue, ValueKind
from verifier.values import Comparison, compare_quantities

__all__ = ["judge_group"]

_COUNTS = (QuantifierKind.AT_LEAST, QuantifierKind.AT_MOST, QuantifierKind.EXACTLY)
_BOUNDS = {QuantifierKind.AT_LEAST: Bound.AT_LEAST, QuantifierKind.AT_MOST: Bound.AT_MOST}
_ALL_WORDS = frozenset({"all", "every", "each", "both"})
_MOST_NAMES = 12
_MOST_FINDINGS = 10


class Judge(Protocol):
    """How one triple is judged."""

    def __call__(self, triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date) -> Part: ...


@dataclass(frozen=True, slots=True)
class _Court:
    """What judging a group needs throughout."""

    triple: Triple
    subject_side: bool
    """True if the group is the claim's subject."""
    evidence: Evidence
    catalogue: Catalogue
    as_of: Date
    judge: Judge

    @property
    def term(self) -> Term:
        return self.triple.subject if self.subject_side else self.triple.object

    @property
    def quantifier(self) -> Quantifier:
        """A bare plural is read as all."""
        return self.term.quantifier or Quantifier(QuantifierKind.ALL)

    def ask(self, triple: Triple) -> Part:
        return self.judge(triple, self.evidence, catalogue=self.catalogue, as_of=self.as_of)

    def with_term(self, term: Term) -> Triple:
        """The triple with another term in the place of the group."""
        speaker = self.triple.speaker
        if speaker is not None and speaker.group is not None and speaker.group == self.term.group:
            speaker = term  # what the group says, each member says
        if self.subject_side:
            return replace(self.triple, subject=term, speaker=speaker)
        return replace(self.triple, object=term, speaker=speaker)

    def member(self, id: str) -> Triple:
        name = label(id, self.evidence)
        return self.with_term(Term(name, self.term.span, (Match(id, name, name, 100.0, MatchKind.EXACT),)))


@dataclass(frozen=True, slots=True)
class _Tally:
    """How the members fared."""

    supported: tuple[tuple[str, Part], ...]
    contradicted: tuple[tuple[str, Part], ...]
    open: tuple[tuple[str, Part], ...]

    @property
    def size(self) -> int:
        return len(self.supported) + len(self.contradicted) + len(self.open)


def judge_group(
    triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date, judge: Judge
) -> Part:
    """Judge a triple of which one end is a group, or is said to be the only one; groups at both ends are taken in turn."""
    side = triple.subject.group is not None or (
        triple.object.group is None and triple.subject.quantifier is not None
    )
    court = _Court(triple, side, evidence, catalogue, as_of, judge)
    quantifier = court.quantifier
    if court.term.group is None:
        return (
            _only_thing(court) if quantifier.kind is QuantifierKind.ONLY else court.ask(_unquantified(court))
        )
    outer = triple.negated and quantifier.kind is QuantifierKind.ALL and _says_all(court.term)
    if outer:  # "not all": the denial of the whole
        return _deny(
            judge_group(
                replace(triple, negated=False), evidence, catalogue=catalogue, as_of=as_of, judge=judge
            ),
            triple,
        )
    counted = _by_statement(court)
    listed = _by_members(court)
    return listed if counted is None else _settle(counted, listed)


def _says_all(term: Term) -> bool:
    return term.text.split(" ", 1)[0].casefold() in _ALL_WORDS


def _unquantified(court: _Court) -> Triple:
    return court.with_term(replace(court.term, quantifier=None))


def _deny(part: Part, triple: Triple) -> Part:
    swapped = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}
    return replace(part, triple=triple, verdict=swapped.get(part.verdict, part.verdict), repair="")


def _at(triple: Triple, as_of: Date) -> Date:
    return next((p.date for p in triple.periods if p.kind is PeriodKind.AT and p.date is not None), as_of)


# ----------------------------------------------------------------------------------------- by members


def _by_members(court: _Court) -> Part:
    group = court.term.group
    assert group is not None
    members = find_members(group, _at(court.triple, court.as_of), court.evidence, catalogue=court.catalogue)
    if members.unclear:
        why = f"{_quoted(members.unclear)} is not known, so the members of {_quoted(group.text)} are not"
        return _part(court, Verdict.UNKNOWN, Reason.UNKNOWN_ENTITY, why, missing=(members.unclear,))
    if not members.sure and not members.possible:
        why = f"no table lists members of {_quoted(group.text)}"
        return _part(court, Verdict.UNKNOWN, Reason.INCOMPLETE_GROUP, why, missing=(group.text,))
    if court.quantifier.kind is QuantifierKind.ONLY:
        return _only_group(court, members)
    whole = _whole(court, members)
    if whole is not None:
        return whole
    readings = [r for r in court.triple.readings if not _is_count(court, r.relation)]
    if not readings:
        return _part(court, Verdict.UNKNOWN, Reason.NO_STATEMENT, "no relation of its members was named")
    plain = replace(court, triple=replace(court.triple, readings=tuple(readings)))
    sure = _tally(plain, members.sure)
    possible = _tally(plain, members.possible)
    return _weigh_members(court, members, sure, possible)


def _is_count(court: _Court, relation: str) -> bool:
    found = court.catalogue.get(relation)
    return found is not None and found.value is ValueKind.QUANTITY


def _tally(court: _Court, ids: Sequence[str]) -> _Tally:
    sides: dict[Verdict, list[tuple[str, Part]]] = {verdict: [] for verdict in Verdict}
    for id in ids:
        part = court.ask(court.member(id))
        # "Four states signed in 2020": what happened in another year may or may not be meant to count.
        counts = court.quantifier.kind in _COUNTS and part.reason is Reason.DATE_DIFFERS
        sides[Verdict.UNKNOWN if counts else part.verdict].append((id, part))
    return _Tally(*(tuple(sides[v]) for v in (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNKNOWN)))


def _whole(court: _Court, members: Members) -> Part | None:
    """A wrong "of 193": the size of the group itself; None if it is right, not said or not known."""
    quantifier = court.quantifier
    said = quantifier.of or (quantifier.count if quantifier.kind is QuantifierKind.ALL else None)
    if said is None or not members.complete or members.possible:
        return None
    size = len(members.sure)
    if compare_quantities(replace(said, unit=""), Quantity(Decimal(size))) is not Comparison.DIFFERS:
        return None
    why = f"there are {size} {_group_words(court)}, not {show(said, court.evidence)}"
    findings = tuple(Finding(Stance.CONTRADICTS, "This makes it a member.", s) for s in members.statements)
    confidence = round(court.triple.readings[0].score / 100, 4)
    return _part(
        court,
        Verdict.CONTRADICTED,
        Reason.COUNT_DIFFERS,
        why,
        findings=findings,
        repair=str(size),
        confidence=confidence,
    )


def _weigh_members(court: _Court, members: Members, sure: _Tally, possible: _Tally) -> Part:
    yes, no = len(sure.supported), len(sure.contradicted)
    open_yes = len(sure.open) + len(possible.supported) + len(possible.open)
    most = yes + open_yes if members.complete else None
    """How many it can be at most, if that is known."""
    quantifier = court.quantifier
    match quantifier.kind:
        case QuantifierKind.ALL | QuantifierKind.ONLY:
            if no:
                return _exception(court, sure.contradicted)
            if (
                members.complete
                and yes
                and not sure.open
                and len(possible.supported) == len(members.possible)
            ):
                return _holds(court, sure, f"all {yes} {_group_words(court)}")
        case QuantifierKind.NO:
            if yes:
                return _exception(court, sure.supported)
            if most == 0:
                return _holds(court, sure, f"none of the {sure.size} {_group_words(court)}")
        case QuantifierKind.SOME:
            if yes:
                return _holds(court, sure, f"{yes} of the {_group_words(court)}")
            if most == 0:
                return _count(court, Verdict.CONTRADICTED, sure, "0")
        case QuantifierKind.MOST:
            return _most(court, members, sure, possible)
        case _:
            return _number(court, members, sure, possible, most)
    return _incomplete(court, members, sure, possible)


def _most(court: _Court, members: Members, sure: _Tally, possible: _Tally) -> Part:
    yes, no = len(sure.supported), len(sure.contradicted)
    if members.complete:
        if 2 * yes > sure.size + len(members.possible):
            return _holds(court, sure, f"{yes} of the {sure.size} {_group_words(court)}")
        if 2 * no >= sure.size + len(members.possible):
            return _count(
                court, Verdict.CONTRADICTED, sure, f"at most {sure.size + len(members.possible) - no}"
            )
    return _incomplete(court, members, sure, possible)


def _number(court: _Court, members: Members, sure: _Tally, possible: _Tally, most: int | None) -> Part:
    """At least, at most, exactly so many; a share of a group in per cent counts all of it."""
    count = _claimed_count(court.quantifier)
    least = len(sure.supported)
    if count is None:
        return _incomplete(court, members, sure, possible)
    if count.unit == "%":
        if most != least or members.possible or not sure.size:
            return _incomplete(court, members, sure, possible)
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
        return _compared(court, sure, low, f"at least {least}")
    if falls and high is Comparison.AGREES:
        return _compared(court, sure, high, f"at most {most}")
    if not rises and least > count.amount and low is Comparison.DIFFERS:
        return _compared(court, sure, low, f"at least {least}")
    if not falls and most is not None and most < count.amount and high is Comparison.DIFFERS:
        return _compared(court, sure, high, f"at most {most}")
    return _incomplete(court, members, sure, possible)


def _claimed_count(quantifier: Quantifier) -> Quantity | None:
    count = quantifier.count
    if count is None or count.bound is not Bound.EXACT:
        return count
    return replace(count, bound=_BOUNDS.get(quantifier.kind, Bound.EXACT))


def _compared(court: _Court, sure: _Tally, answer: Comparison, number: str) -> Part:
    if answer is Comparison.INCOMPARABLE:
        why = f"it is {number}, which is near what the claim says"
        return _part(court, Verdict.UNKNOWN, Reason.NO_STATEMENT, why)
    verdict = Verdict.SUPPORTED if answer is Comparison.AGREES else Verdict.CONTRADICTED
    return _count(court, verdict, sure, number)


# ---------------------------------------------------------------------------------------------- only


def _only_group(court: _Court, members: Members) -> Part:
    """Nothing outside the group: whoever else it holds for must be no member."""
    holders, complete = _holders(court)
    outside = [id for id in holders if id not in members.sure and id not in members.possible]
    if outside and members.complete:
        return _exception(court, [(id, court.ask(_plain(court.member(id)))) for id in outside])
    inside = [(id, court.ask(_plain(court.member(id)))) for id in holders if id in members.sure]
    if complete and inside and len(inside) == len(holders):
        return _holds(court, _Tally(tuple(inside), (), ()), f"only {_group_words(court)}")
    doubtful = [id for id in holders if id not in members.sure]
    why = f"whether it holds for others than {_quoted(court.term.text)} is not known"
    return _part(court, Verdict.UNKNOWN, Reason.INCOMPLETE_GROUP, why, missing=tuple(_names(court, doubtful)))


def _only_thing(court: _Court) -> Part:
    """ "Only Israel ...": it holds for this one, and for no other."""
    plain = court.ask(_unquantified(court))
    if plain.verdict is Verdict.CONTRADICTED:
        return replace(plain, triple=court.triple)
    taken = plain.subject if court.subject_side else plain.object
    holders, complete = _holders(court)
    others = [id for id in holders if taken is None or id != taken.id]
    if others and taken is not None:
        return _exception(court, [(id, court.ask(_plain(court.member(id)))) for id in others])
    if plain.verdict is Verdict.SUPPORTED and complete:
        return replace(plain, triple=court.triple, reason=Reason.GROUP_HOLDS)
    why = f"whether it holds for others than {_quoted(court.term.text)} is not known"
    return _part(court, Verdict.UNKNOWN, Reason.INCOMPLETE_GROUP, why)


def _plain(triple: Triple) -> Triple:
    return replace(triple, negated=False)


def _holders(court: _Court) -> tuple[list[str], bool]:
    """Everything for which the claim holds in its best reading, and whether that is all there is."""
    from verifier.model import Group

    reading = court.triple.readings[0]
    other = court.triple.object if court.subject_side else court.triple.subject
    member_is_object = court.subject_side is reading.inverse
    group = Group(other.text, ((reading.relation, replace(other, quantifier=None), member_is_object),))
    found = find_members(group, _at(court.triple, court.as_of), court.evidence, catalogue=court.catalogue)
    return list(found.sure), found.complete and not found.possible


# --------------------------------------------------------------------------------- counts that are stated


def _by_statement(court: _Court) -> Part | None:
    """A claimed count beside statements that give a count; None if no reading is such a relation."""
    count = _claimed_count(court.quantifier)
    readings = tuple(
        replace(reading, inverse=False)
        for reading in court.triple.readings
        if _is_count(court, reading.relation)
    )
    if count is None or not readings or court.quantifier.kind not in _COUNTS:
        return None
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
        findings = (*counted.findings, *listed.findings)[:_MOST_FINDINGS]
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


# --------------------------------------------------------------------------------------------- wording


def _quoted(text: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def _group_words(court: _Court) -> str:
    group = court.term.group
    return f"members of {_quoted(group.text if group is not None else court.term.text)}"


def _names(court: _Court, ids: Iterable[str]) -> list[str]:
    return sorted(label(id, court.evidence) for id in ids)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _part(
    court: _Court,
    verdict: Verdict,
    reason: Reason,
    why: str,
    *,
    findings: Iterable[Finding] = (),
    missing: tuple[str, ...] = (),
    repair: str = "",
    confidence: float | None = None,
) -> Part:
    best = court.triple.readings[0] if court.triple.readings else None
    return Part(
        court.triple,
        verdict,
        reason,
        with_capital(why),
        tuple(findings)[:_MOST_FINDINGS],
        reading=best,
        missing=missing,
        repair=repair,
        confidence=confidence,
    )


def _evidence(parts: Iterable[tuple[str, Part]]) -> list[Finding]:
    return [finding for _, part in parts for finding in part.findings[:1]]


def _confidence(parts: Iterable[tuple[str, Part]]) -> float | None:
    known = [part.confidence for _, part in parts if part.confidence is not None]
    return min(known, default=None)


def _exception(court: _Court, parts: Sequence[tuple[str, Part]]) -> Part:
    told = _listed(_names(court, (id for id, _ in parts)))
    why = f"not so for {told}: {parts[0][1].explanation}"
    return _part(
        court,
        Verdict.CONTRADICTED,
        Reason.COUNTER_EXAMPLE,
        why,
        findings=_evidence(parts),
        confidence=_confidence(parts),
    )


def _holds(court: _Court, tally: _Tally, whom: str) -> Part:
    parts = tally.supported or tally.contradicted
    told = _listed(_names(court, (id for id, _ in parts)))
    why = f"it holds for {whom}: {told}"
    return _part(
        court,
        Verdict.SUPPORTED,
        Reason.GROUP_HOLDS,
        why,
        findings=_evidence(parts),
        confidence=_confidence(parts),
    )


def _count(court: _Court, verdict: Verdict, tally: _Tally, number: str) -> Part:
    reason = Reason.COUNT_AGREES if verdict is Verdict.SUPPORTED else Reason.COUNT_DIFFERS
    parts = tally.supported or tally.contradicted
    told = _listed(_names(court, (id for id, _ in tally.supported)))
    why = f"it holds for {number} of the {tally.size} {_group_words(court)}" + (f": {told}" if told else "")
    repair = number if verdict is Verdict.CONTRADICTED else ""
    return _part(
        court, verdict, reason, why, findings=_evidence(parts), confidence=_confidence(parts), repair=repair
    )


def _incomplete(court: _Court, members: Members, sure: _Tally, possible: _Tally) -> Part:
    without = _names(court, (id for id, _ in (*sure.open, *possible.open, *possible.contradicted)))
    why = []
    if without:
        why.append(f"no row decides it for {_listed(without)}")
    if not members.complete:
        why.append(f"no table declares its list of {_group_words(court)} complete")
    if not why:
        why.append("its members do not settle it")
    if sure.supported:
        why.append(f"it holds for {_listed(_names(court, (id for id, _ in sure.supported)))}")
    findings = _evidence((*sure.supported, *sure.contradicted))
    return _part(
        court,
        Verdict.UNKNOWN,
        Reason.INCOMPLETE_GROUP,
        "; ".join(why),
        findings=findings,
        missing=tuple(without) or (f"a complete list of {_group_words(court)}",) * (not members.complete),
    )
