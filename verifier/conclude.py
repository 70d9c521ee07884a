"""From the parts of a claim to its one verdict."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.model import Claim, Part, Reason, Result, Verdict

__all__ = ["conclude", "deciding"]

_PARTLY = "Only a part of the sentence could be read; what it asserts in the main was not."
_NOTES = {
    Reason.UNKNOWN_RELATION: (
        "The sentence names things that the tables know, "
        "but no relation of the catalogue was found between them."
    ),
    Reason.UNKNOWN_ENTITY: "The sentence names nothing that the tables know.",
    Reason.INCOMPLETE_GROUP: (
        "It speaks of all, of nothing else, of so many or of an order, and not all that bounds it was read."
    ),
    Reason.NOT_CHECKABLE: "This is an opinion, a forecast or too vague to check.",
}


def conclude(claim: Claim, parts: Sequence[Part]) -> Result:
    """One verdict for a claim from those of its parts: all must hold, or one if it says "or"."""
    if not parts:
        reason = claim.note or Reason.UNKNOWN_RELATION
        return Result(
            claim, (), Verdict.UNKNOWN, reason, _NOTES.get(reason, "Nothing in it could be matched.")
        )
    number = deciding(claim, parts)
    if number is None:
        return Result(claim, tuple(parts), Verdict.UNKNOWN, claim.note or Reason.UNKNOWN_RELATION, _PARTLY)
    part = parts[number]
    sure = [p.confidence for p in parts if p.verdict is part.verdict and p.confidence is not None]
    every = part.verdict is (Verdict.CONTRADICTED if claim.any_of else Verdict.SUPPORTED)
    confidence = None if part.verdict is Verdict.UNKNOWN or not sure else min(sure) if every else sure[0]
    return Result(claim, tuple(parts), part.verdict, part.reason, part.explanation, confidence)


def deciding(claim: Claim, parts: Sequence[Part]) -> int | None:
    """The number of the part that decides, of at least one: the first of those that weigh most.

    None if not all that the claim says was read: then only a contradiction decides.
    """
    strongest = (
        (Verdict.SUPPORTED, Verdict.UNKNOWN, Verdict.CONTRADICTED)
        if claim.any_of
        else (Verdict.CONTRADICTED, Verdict.UNKNOWN, Verdict.SUPPORTED)
    )
    verdicts = [part.verdict for part in parts]
    verdict = next(verdict for verdict in strongest if verdict in verdicts)
    read = claim.note is None or verdict is Verdict.CONTRADICTED
    return verdicts.index(verdict) if read else None
