"""Claims that compare: larger than, joined before, the second most populous of, for twelve years.

Two things are compared by what the statements in force say of each; a place in a group by what they say of
each member. A row that is missing, figures that may be equal, and a group that may have more members than
are known leave it open.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from verifier.agreement import End, is_sure
from verifier.comparing import Case, decided_part, findings_of, open_part, without_rows
from verifier.court import Judge
from verifier.evidence import Evidence
from verifier.explain import quoted, with_capital
from verifier.gauge import Gauged, Outweighs, compare, ratio
from verifier.model import Aspect, Bound, Date, Degree, Part, Quantity, Reason, Stance, Term, Triple, Verdict
from verifier.outcome import MOST_FINDINGS
from verifier.places import in_group
from verifier.relations import Catalogue, Relation, is_loose
from verifier.spells import judge_length

__all__ = ["judge_order"]

_MOST_PAIRS = 64
_NEAR, _FAR = Decimal("0.1"), Decimal("0.25")
"""A factor agrees with figures that are at most this share off it, and differs beyond the second."""


def judge_order(
    triple: Triple, evidence: Evidence, *, catalogue: Catalogue, as_of: Date, judge: Judge
) -> Part:
    """Judge a triple that compares; a denial swaps what comes of it.

    Where an adjective may go by several relations ("larger": by area, by inhabitants), the first that the
    tables have of both things decides, and another that comes to something else keeps it from
    contradicting.
    """
    assert triple.order is not None
    cases = []
    for reading in triple.readings:
        relation = catalogue.get(reading.relation) or Relation(reading.relation, reading.label)
        cases.append(Case(triple, triple.order, reading, relation, evidence, catalogue, as_of, judge))
    # No state is of an age that goes by a date of birth.
    fitting = [case for case in cases if case.fits is not False] or cases
    fitting.sort(key=lambda case: case.fits is not True)
    parts = [_careful(case, _judge(case)) for case in fitting]
    decided = [part for part in parts if part.verdict is not Verdict.UNKNOWN]
    if not decided:
        return parts[0]
    part = decided[0]
    if part.verdict is Verdict.CONTRADICTED:
        other = next((p for p in decided if p.verdict is not part.verdict), None)
        if other is not None:
            why = f"{quoted(triple.relation_text)} may be by {_by(part)} or by {_by(other)}, which differ"
            findings = (*part.findings, *other.findings)[:MOST_FINDINGS]
            return replace(
                part,
                verdict=Verdict.UNKNOWN,
                reason=Reason.NOT_CHECKABLE,
                explanation=f"{with_capital(why)} {part.explanation} {other.explanation}",
                findings=tuple(replace(finding, stance=Stance.NEUTRAL) for finding in findings),
                confidence=None,
                repair="",
            )
    return part


def _careful(case: Case, part: Part) -> Part:
    """What is told by words that may say less than the relation is not excluded by it."""
    words = case.triple.relation_text
    if part.verdict is not Verdict.CONTRADICTED or not is_loose(case.relation, words):
        return part
    why = f"{quoted(words)} may say less than {quoted(case.relation.label)}"
    return open_part(case, Reason.WEAK_MATCH, f"{why}; {part.explanation}", findings=part.findings)


def _by(part: Part) -> str:
    return part.reading.label if part.reading is not None else ""


def _judge(case: Case) -> Part:
    if case.order.aspect is Aspect.LENGTH and case.order.amount is not None:
        return judge_length(
            case.triple, case.reading, case.evidence, catalogue=case.catalogue, as_of=case.as_of
        )
    subject, unsure = _identified(case, case.triple.subject)
    if unsure is not None:
        return unsure
    if case.order.place:
        placed = [(one, in_group(case, one)) for one in subject]
        members = [(one, part) for one, belongs, part in ((o, *p) for o, p in placed) if belongs]
        return _settled(case, members or [(one, part) for one, (_, part) in placed])
    assert case.order.than is not None
    other, unsure = _identified(case, case.order.than)
    if unsure is not None:
        return unsure
    pairs = [(one, two) for one in subject for two in other if one.id != two.id][:_MOST_PAIRS]
    pairs = [pair for pair in pairs if case.alike(*pair)] or pairs
    if not pairs:
        why = f"{quoted(case.triple.subject.text)} and {quoted(case.order.than.text)} are one thing"
        return open_part(case, Reason.NOT_CHECKABLE, why)
    return _settled(case, [(one, _beside(case, one, two)) for one, two in pairs])


def _identified(case: Case, term: Term) -> tuple[list[End], Part | None]:
    """The things that a term surely names; else why it names none."""
    ends = case.ends(term)
    if not ends:
        why = f"no table knows {quoted(term.text)}"
        return [], open_part(case, Reason.UNKNOWN_ENTITY, why, missing=(term.text,))
    if not all(end.match is None or is_sure(end.match) for end in ends):
        return [], open_part(
            case, Reason.WEAK_MATCH, f"{quoted(term.text)} may not be {case.name(ends[0].id or '')}"
        )
    return ends, None


def _settled(case: Case, parts: list[tuple[End, Part]]) -> Part:
    """Namesakes never decide against each other."""
    decided = [part for _, part in parts if part.verdict is not Verdict.UNKNOWN]
    if len({part.verdict for _, part in parts}) == 1:
        return parts[0][1]
    if len({part.verdict for part in decided}) == 1 and decided[0].verdict is Verdict.SUPPORTED:
        return decided[0]
    names = ", ".join(sorted({case.name(end.id or "") for end, _ in parts}))
    why = f"the name fits several things ({names}), and they differ"
    return open_part(case, Reason.AMBIGUOUS_ENTITY, why)


# ------------------------------------------------------------------------------------------- beside one other


def _beside(case: Case, one: End, two: End) -> Part:
    first, second = case.gauge(one), case.gauge(two)
    names = case.name(one.id or ""), case.name(two.id or "")
    if first is None or second is None:
        without = [name for name, gauged in zip(names, (first, second), strict=True) if gauged is None]
        return without_rows(case, without, [g for g in (first, second) if g is not None])
    if case.order.degree is Degree.EQUAL or case.order.factor is not None:
        return _by_factor(case, one, first, second, names)
    outcome = compare(first, second)
    why = f"{first.told}; {second.told}"
    wanted = Outweighs.FIRST if case.order.degree is Degree.MORE else Outweighs.SECOND
    if outcome is Outweighs.UNSURE:
        return _too_near(case, first, second)
    if outcome is wanted:
        rule = f"{_rule(case, first, *names, more=outcome is Outweighs.FIRST)}, as the claim says"
        return decided_part(case, one, Verdict.SUPPORTED, Reason.IMPLIED, f"{why}; {rule}", (first, second))
    if outcome is Outweighs.NEITHER:
        rule = "they are of one day, so neither is before the other"
    else:
        rule = f"{_rule(case, first, *names, more=outcome is Outweighs.FIRST)}, not the other way round"
    reason = Reason.DATE_DIFFERS if first.dated else Reason.QUANTITY_DIFFERS
    return decided_part(case, one, Verdict.CONTRADICTED, reason, f"{why}; {rule}", (first, second))


def _rule(case: Case, first: Gauged, one: str, other: str, *, more: bool) -> str:
    word = ("later" if more else "earlier") if first.dated else ("more" if more else "less")
    return (
        f"by {case.measure}, {one} is {word} than {other}"
        if first.dated
        else (f"{one} has {word} {case.measure} than {other}")
    )


def _too_near(case: Case, first: Gauged, second: Gauged) -> Part:
    near = "these are too near, or of times too far apart, to tell which is more"
    rule = "these do not tell which came first" if first.dated else near
    why = f"{first.told}; {second.told}; {rule}"
    findings = findings_of((first, second), Stance.NEUTRAL, "it does not settle which is more")
    return open_part(case, Reason.NO_STATEMENT, why, findings=findings)


def _by_factor(case: Case, one: End, first: Gauged, second: Gauged, names: tuple[str, str]) -> Part:
    """ "As large as", "twice as large as": how many times as much it is."""
    shares = ratio(first, second)
    if shares is None:
        return _too_near(case, first, second)
    low, high = shares
    factor = case.order.factor or Quantity(Decimal(1))
    told = case.order.factor is not None
    verdicts = {_factor(factor, low, high, exactly=told)}
    close = ratio(first, second, at_once=True)
    if close is not None:  # of figures of one time only what hedges the number asks for more than they say
        once = _factor(factor, *close, exactly=True)
        if once is Verdict.SUPPORTED or (once is Verdict.CONTRADICTED and factor.bound is Bound.EXACT):
            verdicts = {once} if told else verdicts | {once}
    if case.order.degree is Degree.MORE:  # "three times larger" is three or four times as large
        more = replace(factor, amount=factor.amount + 1)
        verdicts.add(_factor(more, low, high, exactly=True))
    order = (Verdict.SUPPORTED, Verdict.UNKNOWN, Verdict.CONTRADICTED)
    verdict = next(one for one in order if one in verdicts)
    if verdict is Verdict.UNKNOWN:
        return _too_near(case, first, second)
    share = (low + high) / 2
    step = Decimal("0.1" if share >= 1 else "0.01")
    share = share.quantize(step)
    rule = f"by {case.measure}, {names[0]} is {share:f} times {names[1]}"
    reason = Reason.IMPLIED if verdict is Verdict.SUPPORTED else Reason.QUANTITY_DIFFERS
    clear = verdict is Verdict.CONTRADICTED and case.order.factor is not None
    clear = clear and case.order.degree is Degree.EQUAL
    about = "" if low.quantize(step) == high.quantize(step) else "about "
    why, repair = f"{first.told}; {second.told}; {rule}", f"{about}{share:f} times" if clear else ""
    return decided_part(case, one, verdict, reason, why, (first, second), repair=repair)


def _factor(claimed: Quantity, low: Decimal, high: Decimal, *, exactly: bool) -> Verdict:
    amount = claimed.amount
    least, most = amount * (1 - _NEAR), amount * (1 + _NEAR)
    outer = (amount * (1 - _FAR), amount * (1 + _FAR))
    match claimed.bound:
        case Bound.MORE_THAN | Bound.AT_LEAST:
            least, most, outer = amount, Decimal("Infinity"), (amount, Decimal("Infinity"))
        case Bound.LESS_THAN | Bound.AT_MOST:
            least, most, outer = Decimal(0), amount, (Decimal(0), amount)
        case Bound.ALMOST:
            most, outer = amount, (outer[0], amount * (1 + _NEAR + _NEAR / 2))
        case Bound.ABOUT:
            least, most = amount * (1 - 2 * _NEAR), amount * (1 + 2 * _NEAR)
            outer = (amount * (1 - 2 * _FAR), amount * (1 + 2 * _FAR))
    if least <= low and high <= most:
        return Verdict.SUPPORTED
    if high < outer[0]:
        return Verdict.CONTRADICTED
    # What is larger is also as large: "as large as" is a least.
    return Verdict.CONTRADICTED if exactly and low > outer[1] else Verdict.UNKNOWN
