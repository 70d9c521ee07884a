"""A card for a claim: its verdict and why, what to write instead, its rows and sources, how it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from verifier.dates import format_date
from verifier.explain import claimed_time
from verifier.model import Date, Match, MatchKind, Modality, Part, Report, Result, Suppressed, Term, Verdict
from verifier.reports.columns import counted
from verifier.reports.escape import html
from verifier.reports.page.kinds import Kind, Note
from verifier.reports.page.rows import rows
from verifier.reports.places import Places, own_day
from verifier.reports.understood import ends_of, name_of_end, relation_of
from verifier.rules import rule_of

__all__ = ["Cards", "how_it_matched", "missing_words"]

_KINDS = {
    MatchKind.EXACT: "word for word",
    MatchKind.NORMALISED: "but for accents and spelling",
    MatchKind.FUZZY: "by likeness",
    MatchKind.CONTEXT: "by what the text said before",
    MatchKind.LIKELY: "likely, by what the text said before",
}
_MODALITIES = {
    Modality.SAID: "as something said",
    Modality.PROMISED: "as a promise",
    Modality.PLANNED: "as a plan",
    Modality.CONDITIONAL: "under a condition",
    Modality.OPINION: "as an opinion",
}
_ASIDE = {
    Suppressed.INLINE: "set aside in the draft",
    Suppressed.BASELINE: "set aside by the baseline",
}


@dataclass(frozen=True, slots=True)
class Cards:
    """Writes the cards of a report. `prefix` stands before every id; `level` is that of their headings."""

    report: Report
    labels: Mapping[str, str]
    places: Places
    back: Mapping[int, int] = field(default_factory=dict)
    """Which note's mark in the text stands for each note: claims of the same words share one."""
    prefix: str = ""
    level: int = 3

    def html(self, note: Note) -> str:
        """One card. It is folded until it is led to; folded, it shows the verdict, the words and why."""
        return "".join(self._card(note))

    def folded(self, note: Note, *, unfolded: bool = False, below: str = "") -> str:
        """One card that unfolds by itself, where a link within the page may lead nowhere (a notebook)."""
        result, kind = note.result, note.kind
        repairs = "; ".join(dict.fromkeys(part.repair for part in result.parts if part.repair))
        instead = f' <span class="repair"><b>The tables have instead:</b> {html(repairs)}</span>'
        head = (
            f'<summary><b class="verdict {kind.letter}"><span class="number">{note.number}</span> '
            f'<span aria-hidden="true">{kind.mark}</span> {self._verdict(result, kind)}</b> '
            f'<span class="words" dir="auto">“{html(result.claim.text)}”</span> '
            f'<span class="why">{html(result.explanation)}</span>{instead if repairs else ""}</summary>'
        )
        inside = "".join((*self._readings(result), *self._more(result), below))
        return (
            f'<details class="card {kind.letter}"{" open" if unfolded else ""}>{head}'
            f'<div class="inside" id="{self.prefix}n{note.number}">{inside}</div></details>\n'
        )

    def _card(self, note: Note) -> Iterator[str]:
        result, kind = note.result, note.kind
        anchor = f"{self.prefix}n{note.number}"
        yield f'<li class="card {kind.letter}" id="{anchor}">'
        yield (
            f'<h{self.level} class="verdict {kind.letter}">'
            f'<span class="number">{note.number}</span> '
            f'<span aria-hidden="true">{kind.mark}</span> {self._verdict(result, kind)}</h{self.level}>'
        )
        yield f'<p class="words" dir="auto">“{html(result.claim.text)}”</p>'
        yield from self._readings(result)
        yield f'<p class="why">{html(result.explanation)}</p>'
        for repair in dict.fromkeys(part.repair for part in result.parts if part.repair):
            yield f'<p class="repair"><b>The tables have instead:</b> {html(repair)}</p>'
        yield from self._turn(note, anchor)
        yield '<div class="more">'
        yield from self._more(result)
        yield "</div></li>\n"

    def _verdict(self, result: Result, kind: Kind) -> str:
        if result.suppressed is None:
            return kind.word
        why = f" ({html(result.suppressed_for)})" if result.suppressed_for else ""
        return f"{result.verdict.value.capitalize()}, {_ASIDE[result.suppressed]}{why}"

    def _readings(self, result: Result) -> Iterator[str]:
        """What the claim was read as, in one line for each part."""
        for part in result.parts:
            subject, object = (name_of_end(*end, self.labels) for end in ends_of(part))
            relation = f"{'not ' if part.triple.negated else ''}{relation_of(part)}"
            line = " – ".join(html(words) for words in (subject, relation, object) if words.strip())
            mark = ""
            if len(result.parts) > 1:
                mark = f'<span class="stance">{_MARKS[part.verdict]}</span> '
            yield f'<p class="reading">{mark}{line}</p>'

    def _turn(self, note: Note, anchor: str) -> Iterator[str]:
        """The ways on: to the rows, back to the text, to the next note."""
        count = sum(len(part.findings) for part in note.result.parts)
        shown = counted(count, "row") if count else "How it was read"
        steps = [
            f'<a class="open" href="#{anchor}">{shown}<span class="unseen"> of note {note.number}</span></a>'
        ]
        if note.number in self.back:
            steps.append(
                f'<a class="back" href="#{self.prefix}t{self.back[note.number]}">Back to the text</a>'
            )
        if note.number > 1:
            steps.append(f'<a class="step" href="#{self.prefix}n{note.number - 1}">Previous</a>')
        if note.number < len(self.report.results):
            steps.append(f'<a class="step" href="#{self.prefix}n{note.number + 1}">Next</a>')
        yield f'<p class="turn">{" ".join(steps)}</p>'

    def _more(self, result: Result) -> Iterator[str]:
        for part in result.parts:
            if len(result.parts) > 1:
                yield f'<p class="part">{_MARKS[part.verdict]} {html(part.explanation)}</p>'
            if part.missing:
                yield f'<p class="missing">{missing_words(part)}</p>'
            yield from rows(part.findings, part.explanation, self.labels)
        names: dict[str, dict[str, None]] = {}
        for part in result.parts:
            for words, meaning in self._understood(part, result):
                names.setdefault(words, {})[meaning] = None
        if names:
            yield '<dl class="names">'
            for words, meanings in names.items():
                told = "".join(f"<dd>{meaning}</dd>" for meaning in meanings)
                yield f'<div><dt dir="auto">{words}</dt>{told}</div>'
            yield "</dl>"
        yield f'<p class="small">{", ".join(self._facts(result))}</p>'

    def _facts(self, result: Result) -> Iterator[str]:
        yield f"{html(rule_of(result.verdict, result.reason))} Rule <code>{result.reason}</code>"
        if result.confidence is not None:
            yield f"confidence {result.confidence:.1%}"
        if result.claim.span is not None:
            others = self.places.others(result)
            yield f"line {self.places.of(result)}" + (f", again at {others}" if others else "")
        day = own_day(self.report, result)
        if day:
            yield html(day)
        yield f"claim <code>{html(result.claim.id)}</code>"

    def _understood(self, part: Part, result: Result) -> Iterator[tuple[str, str]]:
        """How the words were matched: to which things and which relation, and what time they speak of."""
        triple = part.triple
        for term, match in ((triple.subject, part.subject), (triple.object, part.object)):
            yield from self._matched(term, match)
        if part.reading is not None and triple.relation_text:
            relation = f"{html(part.reading.label)} <code>{html(part.reading.relation)}</code>"
            fits = "" if part.reading.score >= 100 else f", {part.reading.score:.0f} of 100"
            yield _entry(triple.relation_text, relation + fits)
        for relation_id, term in triple.qualifiers:
            name = self.labels.get(relation_id, relation_id)
            yield _entry(name, html(name_of_end(term, next(iter(term.matches), None), self.labels)))
        day: Date | None = result.claim.as_of or self.report.as_of
        if any(period.date is not None for period in triple.periods) and day is not None:
            yield _entry("time of the claim", html(claimed_time(triple.periods, day)), quote=False)
        elif day is not None:
            yield _entry("time of the claim", html(format_date(day)), quote=False)
        if triple.modality in _MODALITIES:
            told = _MODALITIES[triple.modality]
            if triple.speaker is not None:
                told += f", by {triple.speaker.text}"
            yield _entry("told", html(told), quote=False)

    def _matched(self, term: Term, match: Match | None) -> Iterator[tuple[str, str]]:
        if match is None:
            if term.group is not None:
                yield _entry(term.text, "a group")
            elif term.value is None and term.text.strip():
                yield _entry(term.text, "not surely known")
            return
        how = how_it_matched(match.kind, match.score, match.runner_up)
        alias = f", as “{html(match.alias)}”" if match.alias not in (match.label, term.text) else ""
        yield _entry(term.text, f"{html(match.label)} <code>{html(match.id)}</code>{alias}, {how}")


def how_it_matched(kind: MatchKind, score: float, runner_up: float) -> str:
    """How a name was found to be that of a thing, and how far the next best is."""
    points = "" if score >= 100 else f", {score:.0f} of 100"
    return f"{_KINDS[kind]}{points}" + (f"; the next best has {runner_up:.0f}" if runner_up >= 60 else "")


_MARKS = {Verdict.SUPPORTED: "✓", Verdict.CONTRADICTED: "✗", Verdict.UNKNOWN: "?"}


def _entry(words: str, meaning: str, *, quote: bool = True) -> tuple[str, str]:
    return (f"“{html(words)}”" if quote else html(words)), meaning


def missing_words(part: Part) -> str:
    """What would settle a part: the row that is missing, or the members without a row."""
    if all(" | " in words for words in part.missing):
        listed = "; ".join(f"<code>{html(words)}</code>" for words in part.missing)
        return f"<b>A row that would settle it:</b> {listed}"
    return f"<b>Without a row:</b> {', '.join(map(html, part.missing))}"
