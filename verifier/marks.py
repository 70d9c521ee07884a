"""Of which form a claim is, as it was read: for telling where verdicts go wrong.

Nothing here looks at words. `form_of` is how the relation is told, one for each claim: that of the part that
decides, or `unread` if no relation was found. `marks_of` is what else the reading holds, any number of them;
a claim without any is `plain`.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.model import (
    Date,
    MatchKind,
    Modality,
    Part,
    PeriodKind,
    QuantifierKind,
    Quantity,
    Reading,
    Reason,
    Result,
    Term,
    Triple,
)

__all__ = ["UNREAD", "deciding", "form_of", "marks_of", "way_of"]

UNREAD = "unread"
_FROM_CONTEXT = (MatchKind.CONTEXT, MatchKind.LIKELY)


def form_of(result: Result) -> str:
    """How the claim tells its relation."""
    reading = _reading(result)
    return UNREAD if reading is None else reading.form.value


def way_of(result: Result) -> str:
    """Which way of reading found its relation."""
    reading = _reading(result)
    return UNREAD if reading is None else reading.way.value


def deciding(result: Result) -> Part | None:
    """The part that gave the claim its verdict; the first of them, or of all where none did."""
    return next((p for p in result.parts if p.verdict is result.verdict), next(iter(result.parts), None))


def _reading(result: Result) -> Reading | None:
    part = deciding(result)
    if part is None:
        return None
    return part.reading or next(iter(part.triple.readings), None)


def marks_of(result: Result) -> tuple[str, ...]:
    """What a claim says beyond one relation between two names, in a fixed order."""
    return tuple(dict.fromkeys(_marks(result))) or ("plain",)


def _marks(result: Result) -> Iterator[str]:
    triples = [part.triple for part in result.parts]
    if result.claim.note is Reason.NOT_CHECKABLE and not triples:
        yield "question or opinion"
    elif result.claim.note is Reason.INCOMPLETE_GROUP:
        yield "superlative or order"
    elif result.claim.note is not None and triples:
        yield "partly read"
    if _hops(triples):
        yield "several hops"
    if result.claim.any_of:
        yield "disjunction"
    elif len(triples) > 1:
        yield "conjunction"
    for triple in triples:
        yield from _of_triple(triple)
    for part in result.parts:
        ends = [match for match in (part.subject, part.object) if match is not None]
        if any(match.kind is MatchKind.FUZZY for match in ends):
            yield "misspelt name"


def _of_triple(triple: Triple) -> Iterator[str]:
    ends = (triple.subject, triple.object)
    kinds = {end.quantifier.kind for end in ends if end.quantifier is not None}
    if triple.negated or QuantifierKind.NO in kinds:
        yield "negation"
    if kinds or any(end.group is not None for end in ends):
        yield "quantifier or group"
    if triple.order is not None:
        yield "superlative or order"
    if triple.modality is Modality.OPINION:
        yield "question or opinion"
    elif triple.modality is not Modality.ASSERTED:
        yield "reported speech"
    if any(isinstance(end.value, Quantity) for end in ends):
        yield "quantity"
    if any(isinstance(end.value, Date) for end in ends) or any(p.date is not None for p in triple.periods):
        yield "date"
    if any(p.kind in {PeriodKind.FORMER, PeriodKind.STILL} for p in triple.periods):
        yield "former or still"
    if triple.qualifiers:
        yield "qualifier"
    if any(_taken_up(end) for end in ends):
        yield "taken up"


def _taken_up(term: Term) -> bool:
    """Whether words of the text stand for something that it named before, or in full elsewhere."""
    return term.span is not None and any(match.kind in _FROM_CONTEXT for match in term.matches[:1])


def _hops(triples: list[Triple]) -> bool:
    """Whether a thing is not named, or is the object of one triple and the subject of another."""
    unnamed = [end for t in triples for end in (t.subject, t.object) if _is_unnamed(end)]
    if unnamed:
        return True
    return any(
        _ids(one.object) & _ids(other.subject)
        for one in triples
        for other in triples
        if one is not other and _ids(one.subject) != _ids(other.subject)
    )


def _is_unnamed(term: Term) -> bool:
    return term.span is None and any(match.kind is MatchKind.CONTEXT for match in term.matches)


def _ids(term: Term) -> frozenset[str]:
    return frozenset(match.id for match in term.matches)
