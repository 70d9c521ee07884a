"""What a document asks to hear nothing of: what its marks cover is set aside, and keeps its verdict.

A mark never changes what is read or decided. A claim that stands in several places is set aside only if a
mark covers each of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from verifier.model import Claim, Document, Report, Result, Scope, Span, Suppressed
from verifier.text.sentences import sentences
from verifier.text.unseen import seen

__all__ = ["complaints", "suppress"]


def suppress(report: Report) -> Report:
    """The report with `Suppressed.INLINE` on each result that the marks of its document cover."""
    if not any(mark.covers for mark in report.document.marks):
        return report
    places = list(zip(report.document.marks, _places(report.document), strict=True))
    covered = _Covered(span for _, spans in places for span in spans)
    reasons = _Reasons((span, mark.reason) for mark, spans in places if mark.reason for span in spans)
    return replace(
        report,
        results=tuple(
            replace(result, suppressed=Suppressed.INLINE, suppressed_for=reasons.of(result.claim))
            if result.suppressed is None and covered.claim(result.claim)
            else result
            for result in report.results
        ),
    )


def complaints(report: Report) -> Iterator[tuple[int, str]]:
    """Line and sentence for each mark that does not do what whoever wrote it will think it does."""
    marks = report.document.marks
    if not marks:
        return
    claims = _Claims(report.results)
    for mark, spans in zip(marks, _places(report.document), strict=True):
        if mark.problem:
            yield mark.line, mark.problem
            continue
        found = [claims.told_in(span) for span in spans]
        if not any(count for count, _ in found):
            yield mark.line, f"this mark covers no claim ({_EXPECTED[mark.scope]})"
        elif all(count == told for count, told in found):
            yield mark.line, "what this mark covers stands elsewhere too, uncovered, and is told all the same"


_EXPECTED = {
    Scope.SENTENCE: "verifier: ignore is for the sentence before it",
    Scope.BLOCK: "verifier: ignore is for the block that follows it",
    Scope.REGION: "verifier: off is for all up to verifier: on",
}


def _places(document: Document) -> Iterator[Sequence[Span]]:
    """What each mark covers; of sentences only the last."""
    found: list[Span] | None = None
    for mark in document.marks:
        if mark.scope is Scope.SENTENCE and mark.covers:
            if found is None:
                text = seen(document.text, document.prose)
                found = [text.written(span) for span in sentences(text.text, text.parts)]
            yield [last for span in mark.covers if (last := _last(found, span)) is not None]
        else:
            yield mark.covers


def _last(found: Sequence[Span], of: Span) -> Span | None:
    """The last sentence that begins in these characters, or goes on into them."""
    at = bisect_left(found, of.end, key=lambda span: span.start)
    if at == 0 or found[at - 1].end <= of.start:
        return None
    return found[at - 1]


class _Covered:
    """Tells whether some characters lie within one of many spans, joined where they touch."""

    def __init__(self, spans: Iterable[Span]) -> None:
        joined: list[Span] = []
        for span in sorted(spans):
            if joined and span.start <= joined[-1].end:
                if span.end > joined[-1].end:
                    joined[-1] = Span(joined[-1].start, span.end)
            else:
                joined.append(span)
        self._starts = [span.start for span in joined]
        self._ends = [span.end for span in joined]

    def claim(self, claim: Claim) -> bool:
        """Whether each place of a claim is covered; one that has no place never is."""
        return claim.span is not None and all(map(self._span, (claim.span, *claim.occurrences)))

    def _span(self, span: Span) -> bool:
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and span.end <= self._ends[at]


class _Reasons:
    """Tells what the innermost mark says that covers a claim."""

    def __init__(self, told: Iterable[tuple[Span, str]]) -> None:
        self._told = sorted(told)
        self._around: list[int] = []
        """Of each the last one before it that ends behind it, or -1."""
        for number, (span, _) in enumerate(self._told):
            at = number - 1
            while at >= 0 and self._told[at][0].end <= span.end:
                at = self._around[at]
            self._around.append(at)

    def of(self, claim: Claim) -> str:
        """The reason; "" if none is given."""
        if claim.span is None:
            return ""
        at = bisect_right(self._told, claim.span.start, key=lambda one: one[0].start) - 1
        while at >= 0 and self._told[at][0].end < claim.span.end:
            at = self._around[at]
        return self._told[at][1] if at >= 0 else ""


class _Claims:
    """Counts the results of which a place lies in a span."""

    def __init__(self, results: Iterable[Result]) -> None:
        places = [
            (span, number, result)
            for number, result in enumerate(results)
            for span in (result.claim.span, *result.claim.occurrences)
            if span is not None
        ]
        self._places = sorted(places, key=lambda place: place[:2])
        self._found: dict[Span, tuple[int, int]] = {}

    def told_in(self, span: Span) -> tuple[int, int]:
        """How many there are, and how many of them are told all the same."""
        if span not in self._found:
            first = bisect_left(self._places, span.start, key=lambda place: place[0].start)
            last = bisect_left(self._places, span.end, key=lambda place: place[0].start)
            inside = [result for place, _, result in self._places[first:last] if place.end <= span.end]
            self._found[span] = len(inside), sum(result.suppressed is None for result in inside)
        return self._found[span]
