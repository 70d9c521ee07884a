"""How good the verdicts are on a labelled claims table, and where they are wrong.

`accuracy` counts an unknown as wrong unless it is the gold; `wrong` is the share of the verdicts given that
the gold does not allow, the number to keep near zero; `decided` is the share of claims with a verdict for
gold that got one.

Where it goes wrong is told by reason, by relation, by how the claim tells it (`form`), by how it was read
(`way`) and by what else it says (`marks`); see `verifier.marks`. `calibration` sets what `confidence`
promises against what came true, in bins; the calibration error is the mean distance of the two, the Brier
score the mean square of the distance between a confidence and 1 or 0.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from verifier.errors import InputError
from verifier.marks import form_of, marks_of, way_of
from verifier.model import ClaimRow, Report, Result, Verdict
from verifier.reports.escape import cell, inert_json, visible

__all__ = [
    "COLUMNS",
    "Bin",
    "Evaluation",
    "Miss",
    "Share",
    "evaluate",
    "render_csv",
    "render_json",
    "render_text",
    "require_labels",
]

COLUMNS = (
    *("id", "gold", "verdict", "right", "reason", "confidence"),
    *("relation", "form", "way", "marks", "text", "explanation"),
)
"""What `render_csv` says of each claim."""

_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Share:
    """Of so many claims of this name (a reason, a relation), so many are right, so many wrongly decided."""

    name: str
    claims: int
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Bin:
    """The verdicts given with a confidence in `[low, high)`: what was promised, and what came true."""

    low: float
    high: float
    claims: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A verdict that the gold does not allow."""

    id: str
    text: str
    gold: str
    verdict: str
    reason: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of a labelled table; shares are of 1, and 0 where there is nothing to share."""

    claims: int
    accuracy: float
    decided: float
    wrong: float
    confusion: tuple[tuple[str, str, int], ...]
    """Gold, verdict, number of claims."""
    by_reason: tuple[Share, ...]
    by_relation: tuple[Share, ...]
    by_form: tuple[Share, ...]
    """By how the relation is told; each claim once (see `verifier.marks`)."""
    by_way: tuple[Share, ...]
    """By which way of reading found the relation; each claim once."""
    by_mark: tuple[Share, ...]
    """By what else it says (negation, date ...); a claim counts for each of them."""
    calibration: tuple[Bin, ...]
    calibration_error: float
    """The mean distance between confidence and share right, weighted by claims."""
    brier: float
    """The mean square of the distance between each confidence and 1 if the verdict is right, else 0."""
    misses: tuple[Miss, ...]
    """Wrong verdicts first, then claims that were left unknown."""


def require_labels(rows: Iterable[ClaimRow], *, name: str) -> None:
    """Raise `InputError` for the first row of the table `name` without a label: half a measure misleads."""
    for row in rows:
        if not row.gold:
            raise InputError(f"{name}:{row.line}: claim {row.id!r} has no label: fill the column `gold`")


_Judged = tuple[ClaimRow, Result, bool]


def evaluate(rows: Sequence[ClaimRow], report: Report) -> Evaluation:
    """Compare the results of a report with the labels of the rows they are about, in the same order."""
    judged = [
        (row, result, result.verdict in row.gold) for row, result in zip(rows, report.results, strict=True)
    ]
    given = [entry for entry in judged if entry[1].verdict is not Verdict.UNKNOWN]
    asked = [entry for entry in judged if entry[0].gold != (Verdict.UNKNOWN,)]
    confusion = Counter(("|".join(row.gold), result.verdict.value) for row, result, _ in judged)
    bins = tuple(_bins(given))
    misses = [_miss(row, result) for row, result, right in judged if not right]
    return Evaluation(
        claims=len(judged),
        accuracy=_share(sum(right for *_, right in judged), len(judged)),
        decided=_share(sum(result.verdict is not Verdict.UNKNOWN for _, result, _ in asked), len(asked)),
        wrong=_share(sum(not right for *_, right in given), len(given)),
        confusion=tuple((gold, verdict, count) for (gold, verdict), count in sorted(confusion.items())),
        by_reason=_shares(judged, lambda row, result: result.reason.value),
        by_relation=_shares(judged, _relation),
        by_form=_shares(judged, lambda row, result: form_of(result)),
        by_way=_shares(judged, lambda row, result: way_of(result)),
        by_mark=_shares(judged, lambda row, result: marks_of(result)),
        calibration=bins,
        calibration_error=_share(
            sum(abs(each.confidence - each.right) * each.claims for each in bins),
            sum(each.claims for each in bins),
        ),
        brier=_brier(given),
        misses=tuple(sorted(misses, key=lambda miss: miss.verdict == Verdict.UNKNOWN)),
    )


def _share(part: float, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _shares(
    judged: Iterable[_Judged], name: Callable[[ClaimRow, Result], str | tuple[str, ...]]
) -> tuple[Share, ...]:
    """The largest group first; a claim with several names is in the group of each."""
    groups: dict[str, list[_Judged]] = defaultdict(list)
    for entry in judged:
        found = name(entry[0], entry[1])
        for one in (found,) if isinstance(found, str) else found:
            groups[one].append(entry)
    shares = [
        Share(
            key,
            len(entries),
            sum(right for *_, right in entries),
            sum(not right and result.verdict is not Verdict.UNKNOWN for _, result, right in entries),
        )
        for key, entries in groups.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-share.claims, share.name)))


def _relation(row: ClaimRow, result: Result) -> str:
    labels = dict.fromkeys(part.reading.label for part in result.parts if part.reading is not None)
    return ", ".join(labels) or row.predicate or "(none found)"


def _bins(given: Sequence[_Judged]) -> Iterable[Bin]:
    for low, high in pairwise(_EDGES):
        inside = [
            (result.confidence, right)
            for _, result, right in given
            if result.confidence is not None
            and (low <= result.confidence < high or result.confidence == high == 1)
        ]
        if inside:
            mean = _share(sum(confidence for confidence, _ in inside), len(inside))
            yield Bin(low, high, len(inside), mean, _share(sum(right for _, right in inside), len(inside)))


def _brier(given: Sequence[_Judged]) -> float:
    gaps = [(result.confidence - right) ** 2 for _, result, right in given if result.confidence is not None]
    return _share(sum(gaps), len(gaps))


def _miss(row: ClaimRow, result: Result) -> Miss:
    gold = "|".join(row.gold)
    return Miss(
        row.id, result.claim.text, gold, result.verdict.value, result.reason.value, result.explanation
    )


def render_json(evaluation: Evaluation) -> str:
    """Everything, with every miss."""
    record = asdict(evaluation)
    record["confusion"] = [
        {"gold": gold, "verdict": verdict, "claims": count} for gold, verdict, count in evaluation.confusion
    ]
    return inert_json(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"


def render_csv(rows: Sequence[ClaimRow], report: Report) -> str:
    """A line for each claim, to sort and filter: what it is, how it was read, and what came of it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row, result in zip(rows, report.results, strict=True):
        writer.writerow(
            (
                cell(row.id),
                "|".join(row.gold),
                result.verdict.value,
                "yes" if result.verdict in row.gold else "no",
                result.reason.value,
                "" if result.confidence is None else f"{result.confidence:.4f}",
                cell(_relation(row, result)),
                form_of(result),
                way_of(result),
                "|".join(marks_of(result)),
                cell(result.claim.text),
                cell(result.explanation),
            )
        )
    return out.getvalue()


def render_text(evaluation: Evaluation) -> str:
    """The figures as tables for a terminal, with the first misses."""
    lines = [
        f"{evaluation.claims} claims: accuracy {evaluation.accuracy:.3f}, "
        f"decided {evaluation.decided:.3f}, wrong {evaluation.wrong:.3f}"
    ]
    lines += _table(
        "gold", ("verdict", "claims"), [(gold, verdict, n) for gold, verdict, n in evaluation.confusion]
    )
    for title, shares in (
        ("reason", evaluation.by_reason),
        ("relation", evaluation.by_relation),
        ("told as", evaluation.by_form),
        ("read by", evaluation.by_way),
        ("and says", evaluation.by_mark),
    ):
        rows = [(share.name, share.claims, share.right, share.wrong) for share in shares]
        lines += _table(title, ("claims", "right", "wrong"), rows)
    if evaluation.calibration:
        bins = [
            (f"{each.low:.2f} to {each.high:.2f}", each.claims, f"{each.confidence:.3f}", f"{each.right:.3f}")
            for each in evaluation.calibration
        ]
        lines += _table("confidence", ("claims", "promised", "right"), bins)
        lines.append(
            f"calibration error {evaluation.calibration_error:.3f}, Brier score {evaluation.brier:.3f}"
        )
    if evaluation.misses:
        lines += ["", f"{len(evaluation.misses)} not as labelled:"]
    for miss in evaluation.misses[:_SHOWN]:
        lines.append(f"  {visible(miss.id)}: {visible(miss.text)}")
        lines.append(f"    {miss.verdict}, not {miss.gold}: {miss.reason}: {visible(miss.explanation)}")
    if len(evaluation.misses) > _SHOWN:
        lines.append(f"  and {len(evaluation.misses) - _SHOWN} more (all are in --format json)")
    return "\n".join(lines) + "\n"


def _table(first: str, others: Sequence[str], rows: Sequence[Sequence[str | int]]) -> list[str]:
    """Lines in columns: the first to the left, numbers to the right."""
    cells = [(first, *others), *((visible(str(cell)) for cell in row) for row in rows)]
    texts = [tuple(row) for row in cells]
    widths = [max(len(row[column]) for row in texts) for column in range(len(others) + 1)]
    return [
        "",
        *(
            "  ".join(
                (row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)))
            )
            for row in texts
        ),
    ]
