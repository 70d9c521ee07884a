"""Reports made by hand on texts in which places are hard to count."""

from __future__ import annotations

from dataclasses import replace

from tests.reports.report import HOSTILE, hostile
from verifier.model import Claim, Document, Reason, Report, Result, Span, Verdict

TEXT = (
    "\r\n# 🇽🇰 Ties\r\n\r\n"
    "👩‍🚀 “Pristina” 𝔦𝔰 the capital of\r\nKosovo. 🚀 Rome is in Spain. Rome is in Spain.\r\n"
    "Rome is in Spain. Ρώμη is in Spain, and שלום עולם <b>&amp;</b> too.\n"
    "Rome is in Spain. The end: e\u0301té 🏳️‍🌈.\u2028Last line"
)
CLAIMS = (
    ("“Pristina” 𝔦𝔰 the capital of\r\nKosovo", 1),
    ("Rome is in Spain", 4),
    ("Ρώμη is in Spain", 1),
    ("שלום עולם <b>&amp;</b>", 1),
    ("The end: e\u0301té 🏳️‍🌈", 1),
    ("Last line", 1),
)
VERDICTS = (Verdict.CONTRADICTED, Verdict.UNKNOWN, Verdict.SUPPORTED)
REASONS = {
    Verdict.CONTRADICTED: Reason.DIFFERENT_VALUE,
    Verdict.UNKNOWN: Reason.NO_STATEMENT,
    Verdict.SUPPORTED: Reason.SAME_VALUE,
}


def places(text: str, words: str) -> tuple[Span, ...]:
    """Everywhere in the text where the words stand."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return tuple(found)


def result(id: str, text: str, verdict: Verdict, *spans: Span, explanation: str = "So it is.") -> Result:
    """A bare result where a text says it."""
    claim = Claim(id, text, (), spans[0] if spans else None, sentence=text, occurrences=spans[1:])
    return Result(claim, (), verdict, REASONS[verdict], explanation)


def draft(name: str = "drafts/ties.md", verdict: Verdict | None = None) -> Report:
    """All claims of `TEXT`; of one verdict, or of each in turn."""
    results = []
    for number, (words, count) in enumerate(CLAIMS):
        spans = places(TEXT, words)
        assert len(spans) == count
        results.append(result(f"c{number + 1}", words, verdict or VERDICTS[number % 3], *spans))
    return Report(Document(TEXT, name), tuple(results), version="0.1.0")


def hostile_draft(name: str = HOSTILE, verdict: Verdict = Verdict.CONTRADICTED) -> Report:
    """The hostile report as one on a document in which the claim stands twice."""
    report = hostile()
    text = f"{HOSTILE}\n{HOSTILE}"
    spans = places(text, HOSTILE)
    (found,) = report.results
    claim = replace(found.claim, span=spans[0], occurrences=spans[1:])
    made = replace(found, claim=claim, verdict=verdict, reason=REASONS[verdict])
    return replace(report, document=Document(text, name, title=HOSTILE), results=(made,))


def many(count: int) -> Report:
    """So many claims on one long line that has letters outside the basic plane."""
    sentence = "𝔖 is in 🇽🇰. "
    document = Document(sentence * count, "drafts/long.md")
    claim, width = sentence.strip(" ."), len(sentence)
    results = tuple(
        result(f"c{at}", claim, VERDICTS[at % 2], Span(at * width, at * width + len(claim)))
        for at in range(count)
    )
    return Report(document, results)
