"""Reports for the page: claims that overlap, markup, unread stretches, words from right to left."""

from __future__ import annotations

from verifier.model import Claim, Document, Reason, Report, Result, Span, Suppressed, Verdict

__all__ = ["made", "overlapping"]

REASONS = {
    Verdict.SUPPORTED: Reason.SAME_VALUE,
    Verdict.CONTRADICTED: Reason.DATE_DIFFERS,
    Verdict.UNKNOWN: Reason.NO_STATEMENT,
}


def made(document: Document, *claims: tuple[Span, Verdict], aside: frozenset[int] = frozenset()) -> Report:
    """A report of claims that lie there, with these verdicts; those in `aside` are set aside."""
    results = tuple(
        Result(
            Claim(f"c{number}", document.text[span.start : span.end], (), span),
            (),
            verdict,
            REASONS[verdict],
            "Because.",
            suppressed=Suppressed.BASELINE if number in aside else None,
        )
        for number, (span, verdict) in enumerate(claims, 1)
    )
    return Report(document, results)


def overlapping() -> Report:
    """Claims that nest, cross, share their words and end in markup."""
    text = (
        "---\ntitle: x\n---\n\n# A *small* head\n\n<!-- a comment -->\n\nOne and two, [and three](https://x.example)"
        ", &amp; `four`.\n\n- an item\n- another\n\n> quoted words\n> go on\n\nSet below\n=========\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\nשלום to all, and an end.\n"
    )
    from verifier.readers.markdown import read

    document = read(text.encode(), "overlapping.md")

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return made(
        document,
        (span("A *small* head"), Verdict.SUPPORTED),
        (span("One and two"), Verdict.SUPPORTED),
        (span("One and two, [and three"), Verdict.UNKNOWN),
        (span("two, [and three"), Verdict.CONTRADICTED),
        (span("two, [and three"), Verdict.SUPPORTED),
        (span("two, [and three"), Verdict.SUPPORTED),
        (span("three](https://x.example), &amp; `four`"), Verdict.SUPPORTED),
        (span("an item"), Verdict.UNKNOWN),
        (span("quoted words\n> go on"), Verdict.UNKNOWN),
        (span("Set below"), Verdict.SUPPORTED),
        (span("שלום to all"), Verdict.CONTRADICTED),
        (span("and an end."), Verdict.CONTRADICTED),
        aside=frozenset({12}),
    )
