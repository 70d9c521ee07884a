"""What a night keeps of the claims it checked, so that the next one can tell which verdicts changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verifier.model import Report, Result, Stance
from verifier.reports.places import Places

__all__ = ["KeptClaim", "KeptDocument", "keep", "kept_from_data", "kept_to_data", "paired", "same_claim"]

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """This claim, at this place of a document, had this verdict."""

    id: str
    text: str
    line: int | None
    """From 1; None in a table of claims."""
    column: int | None
    verdict: str
    reason: str
    explanation: str
    rows: tuple[str, ...] = ()
    """The ids of the statements for and against it."""
    beside: tuple[str, ...] = ()
    """The ids of those that only bear on it."""


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document of these bytes was checked on this day by this version of the program."""

    digest: str
    """SHA-256 of the file."""
    program: str
    day: datetime.date
    """The day for claims that name none, if the document names none either."""
    claims: tuple[KeptClaim, ...]


def keep(report: Report, *, digest: str, day: datetime.date) -> KeptDocument:
    """What is kept of the report on one document; its claims in the order of the report."""
    places = Places(report.document.text)
    claims = tuple(_claim(result, places) for result in report.results)
    return KeptDocument(digest, report.version, day, claims)


def _claim(result: Result, places: Places) -> KeptClaim:
    claim = result.claim
    line, column = (None, None) if claim.span is None else places.at(claim.span.start)
    findings = [finding for part in result.parts for finding in part.findings]
    sides = [
        tuple(dict.fromkeys(f.statement.id for f in findings if (f.stance is Stance.NEUTRAL) is neutral))
        for neutral in (False, True)
    ]
    return KeptClaim(
        claim.id,
        claim.text,
        line,
        column,
        result.verdict.value,
        result.reason.value,
        result.explanation,
        *sides,
    )


def paired(
    old: Sequence[KeptClaim], new: Sequence[KeptClaim]
) -> Iterator[tuple[KeptClaim | None, int | None]]:
    """Each claim of before with the number of the same claim of now; None for what only one of them has.

    The same is what has the same words at the same place, else what begins at the same place. They come in
    the order of now; what is no longer there comes last.
    """
    left = list(old)
    found: dict[int, KeptClaim] = {}
    for loose in (False, True):
        at: dict[tuple[object, ...], list[KeptClaim]] = {}
        for claim in left:
            at.setdefault(_place(claim, loose=loose), []).append(claim)
        for number, claim in enumerate(new):
            same = at.get(_place(claim, loose=loose))
            if number not in found and same:
                found[number] = same.pop(0)
        taken = {id(claim) for claim in found.values()}
        left = [claim for claim in left if id(claim) not in taken]
    yield from ((found.get(number), number) for number in range(len(new)))
    yield from ((claim, None) for claim in left)


def same_claim(claims: Sequence[KeptClaim], *sought: KeptClaim | None) -> KeptClaim | None:
    """The first of the claims that is the same as one of those sought, by `paired`."""
    for one in sought:
        found = None if one is None else next(paired(claims, (one,)), (None, None))[0]
        if found is not None:
            return found
    return None


def _place(claim: KeptClaim, *, loose: bool) -> tuple[object, ...]:
    """Where a claim stands, with its words unless `loose`; in a table its id is its place."""
    place = (claim.line, claim.column) if claim.line is not None else (claim.id,)
    return place if loose else (*place, claim.text)


# ------------------------------------------------------------------------------------------------ as data


def kept_to_data(documents: Mapping[str, KeptDocument]) -> dict[str, Any]:
    """The same as plain data, for the record of an edition."""
    return {
        "format": _FORMAT,
        "documents": {name: _document_data(document) for name, document in sorted(documents.items())},
    }


def _document_data(document: KeptDocument) -> dict[str, Any]:
    return {
        "digest": document.digest,
        "program": document.program,
        "day": document.day.isoformat(),
        "claims": [
            {
                "id": claim.id,
                "text": claim.text,
                "line": claim.line,
                "column": claim.column,
                "verdict": claim.verdict,
                "reason": claim.reason,
                "explanation": claim.explanation,
                "rows": list(claim.rows),
                "beside": list(claim.beside),
            }
            for claim in document.claims
        ],
    }


def kept_from_data(data: Mapping[str, Any]) -> dict[str, KeptDocument]:
    """What `kept_to_data` wrote; nothing of another format: its documents are then checked again."""
    if data.get("format") != _FORMAT:
        return {}
    return {
        name: KeptDocument(
            digest=one["digest"],
            program=one["program"],
            day=datetime.date.fromisoformat(one["day"]),
            claims=tuple(
                KeptClaim(**{**claim, "rows": tuple(claim["rows"]), "beside": tuple(claim["beside"])})
                for claim in one["claims"]
            ),
        )
        for name, one in data["documents"].items()
    }
