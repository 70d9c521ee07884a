"""What a notebook shows of a report, a result, a match and candidates: the pieces of a page, cut to a size.

Each output stands by itself, with the style sheet in it, and changes nothing around it: every rule is below
the class `verifier`, and the ids in it begin with a hash of what it shows. It needs no script. Where the
sheet is taken out (GitHub does it), the marks and words are left, and say the same.

Colours follow JupyterLab (`data-jp-theme-light`) and Visual Studio Code (`vscode-dark`), else the system.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from verifier.model import Candidates, Claim, Document, MatchKind, Part, Report, Result, Span, Stance
from verifier.reports.columns import counted
from verifier.reports.escape import html
from verifier.reports.page import inset, pieces
from verifier.reports.page.around import facts, failed, title_of
from verifier.reports.page.article import Article
from verifier.reports.page.cards import Cards, how_it_matched
from verifier.reports.page.highlights import highlights
from verifier.reports.page.kinds import Kind, Note, kind_of, notes_of, tally
from verifier.reports.places import Places, checked_against

__all__ = ["candidates_html", "match_html", "report_html", "result_html"]

_MOST_NOTES = 50
"""Claims that are shown; a notebook keeps every output in its file."""
_MOST_CHARACTERS = 40_000
"""Of the text."""
_MOST_ROWS = 12
"""Of each part of a claim, those that decided first."""
_FEW = 4
"""Cards that need no fold."""
_COLOUR = re.compile(r"--[\w-]+: #[0-9a-f]+;")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def report_html(report: Report) -> str:
    """The text with its verdicts and a card for each claim, or the cards of a table of claims."""
    notes = notes_of(report)
    document, shown = _beginning(report.document, notes)
    prefix = _prefix(document, shown)
    parts = [
        f'<p class="title" dir="auto"><b>{html(title_of(report))}</b></p>\n',
        f'<p class="facts">{facts(report)}</p>\n<p class="tally">{_tally(notes)}</p>\n',
        *failed(report.failures),
    ]
    if not notes:
        parts.append('<p class="empty"><b>No checkable claim was found: this is not a pass.</b></p>\n')
    if document.text.strip() and any(note.result.claim.span is not None for note in notes):
        article = Article(document, *highlights(shown), prefix=prefix, level=2)
        parts += ['<div class="text">\n', *article.html(), "</div>\n"]
    cards = Cards(report, dict(report.labels), Places(report.document.text), prefix=prefix)
    if document.text.strip():
        parts += _by_kind(shown, cards)
    else:
        parts += (_card(cards, note) for note in shown)
    seen = {note.number for note in shown}
    parts += _left_out(report, document, [note for note in notes if note.number not in seen])
    if report.tables:
        told = "; ".join(html(line) for line in checked_against(report.tables))
        parts.append(f'<p class="small asked">Checked against: {told}</p>\n')
    return _output(parts)


def result_html(result: Result) -> str:
    """The card of one result, unfolded. Without its report, what its rows name is known by ids."""
    labels = {
        match.id: match.label for part in result.parts for match in (part.subject, part.object) if match
    }
    labels |= {part.reading.relation: part.reading.label for part in result.parts if part.reading}
    # Which line it is on is known to the document alone.
    note = Note(1, replace(result, claim=_within(result.claim, None)), kind_of(result))
    report = Report(Document(""), (note.result,))
    cards = Cards(report, labels, Places(""), prefix=_prefix(report.document, (note,)))
    return _output([_card(cards, note, unfolded=True)])


def match_html(name: str, id: str, score: float, kind: MatchKind, runner_up: float) -> str:
    """One line: the name, the thing, how near it is."""
    how = how_it_matched(kind, score, runner_up)
    return _output([f'<p class="alone"><b dir="auto">{html(name)}</b> <code>{html(id)}</code>, {how}</p>\n'])


def candidates_html(candidates: Candidates) -> str:
    """A line for each thing that a name may mean: what it is, how near, and which table has it."""
    lines = []
    for match, entity, table in candidates:
        alias = f", as “{html(match.alias)}”" if match.alias != match.label else ""
        how = how_it_matched(match.kind, match.score, match.runner_up)
        kinds = f" ({html(', '.join(entity.types))})" if entity is not None and entity.types else ""
        told = (
            f" <span>{html(entity.description)}</span>" if entity is not None and entity.description else ""
        )
        name = f'<b dir="auto">{html(match.label)}</b>{kinds} <code>{html(match.id)}</code>'
        lines.append(f"<li>{name}{alias}, {how}; in {html(table)}.{told}</li>\n")
    if not lines:
        return _output(['<p class="alone">No table knows such a name.</p>\n'])
    return _output(["<ol>\n", *lines, "</ol>\n"])


def _output(parts: Sequence[str]) -> str:
    """The parts below the root, which is no mathematics.

    JupyterLab (MathJax 3 and later) and pages of nbconvert (MathJax 2) typeset what stands between two dollar
    signs, but for what is in these classes (https://docs.mathjax.org/en/latest/options/document.html,
    https://docs.mathjax.org/en/v2.3/options/tex2jax.html). Visual Studio Code typesets
    none in HTML (https://github.com/microsoft/vscode/issues/144628).
    """
    root = "verifier inset tex2jax_ignore mathjax_ignore"
    return f'<div class="{root}" lang="en">\n<style>{_sheet()}</style>\n{"".join(parts)}</div>'


@cache
def _sheet() -> str:
    """The style sheet of an output, with the colours once more for those who set theirs by name.

    Sheets of notebooks name a class and two elements (`.jp-RenderedHTMLCommon ul:not(.list-inline)`), so the
    rules of the pieces name theirs three times.
    """
    sheet = pieces().replace(".verifier", ".verifier.inset.inset")
    light, _, dark = sheet.partition("@media screen and (prefers-color-scheme: dark)")
    own = ".verifier.inset.inset.inset"
    themes = {
        f'[data-jp-theme-light="true"] {own}, .vscode-light {own}': "".join(_COLOUR.findall(light)),
        f'[data-jp-theme-light="false"] {own}, .vscode-dark {own}': "".join(_COLOUR.findall(dark)),
    }
    rules = "".join(f"{where} {{ {colours} }}\n" for where, colours in themes.items())
    screen = f"@media screen {{\n{rules}}}\n"
    return _COMMENT.sub("", sheet + inset().replace(".verifier.inset", own) + screen)


def _prefix(document: Document, notes: Sequence[Note]) -> str:
    """What every id begins with, so that those of several outputs are not the same."""
    told = [document.name, document.text]
    for note in notes:
        claim = note.result.claim
        told += [claim.id, claim.text, note.result.verdict, note.result.reason, note.result.explanation]
    whole = "\0".join(told).encode("utf-8", "surrogatepass")
    return f"v{hashlib.sha256(whole).hexdigest()[:12]}-"


def _tally(notes: Sequence[Note]) -> str:
    return " ".join(
        f'<span class="kind {kind.letter}"><span aria-hidden="true">{kind.mark}</span> '
        f"<b>{count:,}</b> {kind.word.casefold()}</span>"
        for kind, count in tally(notes)
    )


# -------------------------------------------------------------------------------------------- what is shown


def _beginning(document: Document, notes: Sequence[Note]) -> tuple[Document, Sequence[Note]]:
    """So much of the text, and the notes of the claims in it, as is shown."""
    end = len(document.text)
    if end > _MOST_CHARACTERS:
        end = max(document.text.rfind(" ", 0, _MOST_CHARACTERS), _MOST_CHARACTERS - 100)
    shown = [note for note in notes if _ends(note) <= end][:_MOST_NOTES]
    if len(shown) == _MOST_NOTES < len(notes):
        end = max(map(_ends, shown)) or end
    if end < len(document.text):
        prose = tuple(Span(one.start, min(one.end, end)) for one in document.prose if one.start < end)
        unread = (Span(end, end),) if document.prose and not prose else ()
        document = replace(document, text=document.text[:end], prose=prose or unread)
    return document, [_cut(note, end) for note in shown]


def _ends(note: Note) -> int:
    span = note.result.claim.span
    return 0 if span is None else span.end


def _cut(note: Note, end: int) -> Note:
    return replace(note, result=replace(note.result, claim=_within(note.result.claim, end)))


def _within(claim: Claim, end: int | None) -> Claim:
    """The claim with those of its places that end by there; with None, with none at all."""
    if end is None:
        return replace(claim, span=None, occurrences=())
    return replace(claim, occurrences=tuple(span for span in claim.occurrences if span.end <= end))


def _card(cards: Cards, note: Note, *, unfolded: bool = False) -> str:
    """The card of a claim, with the first of its rows."""
    parts = note.result.parts
    short = replace(note, result=replace(note.result, parts=tuple(map(_with_first_rows, parts))))
    left = sum(max(0, len(part.findings) - _MOST_ROWS) for part in parts)
    below = f'<p class="small">{counted(left, "row")} more not shown here.</p>' if left else ""
    return cards.folded(short, unfolded=unfolded, below=below)


def _with_first_rows(part: Part) -> Part:
    first = sorted(part.findings, key=lambda finding: finding.stance is Stance.NEUTRAL)[:_MOST_ROWS]
    return replace(part, findings=tuple(first))


def _by_kind(notes: Sequence[Note], cards: Cards) -> Iterator[str]:
    """Below a text, the cards of what an editor has to look at; those of the rest are in a fold."""
    for kind, count in tally(notes):
        own = "".join(_card(cards, note) for note in notes if note.kind is kind)
        if kind in (Kind.CONTRADICTED, Kind.UNKNOWN) or count < _FEW:
            yield own
        else:
            sign = f'<span aria-hidden="true">{kind.mark}</span>'
            head = f"<summary>{sign} {count:,} {kind.word.casefold()}</summary>"
            yield f'<details class="rest {kind.letter}">{head}\n{own}</details>\n'


def _left_out(report: Report, document: Document, notes: Sequence[Note]) -> Iterator[str]:
    """What is not shown, and where all of it is."""
    left = []
    if notes:
        counts = ", ".join(f"{count:,} {kind.word.casefold()}" for kind, count in tally(notes) if count)
        left.append(f"{counted(len(notes), 'claim')} ({counts})")
    characters = len(report.document.text) - len(document.text)
    if characters:
        left.append(f"the last {counted(characters, 'character')} of the text")
    if left:
        yield (
            f'<p class="left"><b>Not shown here:</b> {" and ".join(left)}. <code>report.to_html()</code> is '
            "the whole page, <code>report.to_frame()</code> has a row for each claim.</p>\n"
        )
