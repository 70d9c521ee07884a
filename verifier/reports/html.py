"""HTML for readers: the text as it was written, with its claims highlighted and a note for each.

One file that asks for nothing else: no script, no font, no picture, and a policy that allows none. A
highlight is a link to its note; the note that is led to unfolds, by the style sheet alone. In print, the
notes follow the text, all of them open.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain
from string import Template

from verifier.model import Report
from verifier.reports.columns import counted
from verifier.reports.escape import html
from verifier.reports.page import style, template
from verifier.reports.page.around import counts, facts, failed, tables, title_of, undecided
from verifier.reports.page.article import Article
from verifier.reports.page.cards import Cards
from verifier.reports.page.highlights import highlights
from verifier.reports.page.kinds import Note, notes_of, tally
from verifier.reports.places import Places

__all__ = ["render"]


def render(*reports: Report) -> str:
    """One page; of several reports, with a list of contents at the head."""
    numbered = [(report, notes_of(report)) for report in reports]
    several = len(reports) != 1
    title = f"{counted(len(reports), 'text')} checked" if several else title_of(reports[0])
    every = [note for _, notes in numbered for note in notes]
    choices = _filter(every) if every else ""
    if several:
        parts = chain(
            _contents(title, numbered),
            [choices],
            *(_report(*one, prefix=f"d{number}-", level=2) for number, one in enumerate(numbered, 1)),
        )
    else:
        parts = chain(_report(*numbered[0], choices=choices))
    version = next((report.version for report in reports if report.version), "")
    sheet = style()
    return Template(template()).substitute(
        style=sheet,
        digest=base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode(),
        title=html(title),
        body="".join(parts),
        version=html(f" {version}") if version else "",
    )


def _report(
    report: Report, notes: Sequence[Note], *, prefix: str = "", level: int = 1, choices: str = ""
) -> Iterator[str]:
    """A section: the head, the text beside its notes, what could not be decided, what was asked."""
    yield f'<section class="report" id="{prefix}top">\n<header class="head">'
    yield f'<h{level} id="{prefix}title" dir="auto">{html(title_of(report))}</h{level}>'
    yield f'<p class="facts">{facts(report)}</p>'
    yield counts(notes)
    yield "</header>\n"
    yield choices
    yield from failed(report.failures)
    if not report.results:
        yield '<p class="empty"><b>No checkable claim was found: this is not a pass.</b></p>\n'
    text = report.document.text
    yield f'<div class="{"spread" if text.strip() else "spread alone"}">\n'
    pieces, marks = highlights(notes)
    if text.strip():
        yield '<div class="text">\n'
        yield from Article(report.document, pieces, marks, prefix=prefix, level=level + 1).html()
        yield "</div>\n"
    if notes:
        back = {number: mark.numbers[0] for mark in reversed(marks) for number in mark.numbers}
        cards = Cards(report, dict(report.labels), Places(text), back, prefix, level + 2)
        yield '<div class="notes">'
        yield f'<h{level + 1} id="{prefix}notes">Notes</h{level + 1}><ol>\n'
        yield from (cards.html(note) for note in notes)
        yield "</ol></div>\n"
    yield "</div>\n"
    yield from undecided(notes, prefix=prefix, level=level + 1)
    yield from tables(report.tables, level=level + 1)
    yield "</section>\n"


def _contents(title: str, numbered: Sequence[tuple[Report, Sequence[Note]]]) -> Iterator[str]:
    """The list of several reports, with the counts of each."""
    kinds = [kind for kind, _ in tally(note for _, notes in numbered for note in notes)]
    yield f'<header class="head"><h1>{html(title)}</h1></header>\n'
    yield '<nav class="contents" aria-label="Contents"><table><thead><tr><th scope="col">Text</th>'
    yield "".join(
        f'<th scope="col" class="{kind.letter}"><span aria-hidden="true">{kind.mark}</span> {kind.word}</th>'
        for kind in kinds
    )
    yield "</tr></thead><tbody>\n"
    for number, (report, notes) in enumerate(numbered, 1):
        found = dict(tally(notes))
        cells = "".join(f"<td>{found.get(kind, 0) or '–'}</td>" for kind in kinds)
        yield f'<tr><th scope="row"><a href="#d{number}-top">{html(title_of(report))}</a></th>{cells}</tr>\n'
    yield "</tbody></table></nav>\n"


def _filter(notes: Sequence[Note]) -> str:
    """Which notes and highlights are shown: radio buttons that the style sheet reads."""
    found = [kind for kind, _ in tally(notes)]
    choices = [("all", "All claims")]
    choices += [(kind.letter, f'<span aria-hidden="true">{kind.mark}</span> {kind.word}') for kind in found]
    radios = "".join(
        f'<label class="{letter}"><input type="radio" name="show" id="show-{letter}"'
        f"{' checked' if letter == 'all' else ''}> <span>{words}</span></label>"
        for letter, words in choices
    )
    unfold = '<label class="unfold"><input type="checkbox" id="unfold"> <span>Open all notes</span></label>'
    return f'<fieldset class="filter"><legend class="unseen">Show</legend>{radios}{unfold}</fieldset>\n'
