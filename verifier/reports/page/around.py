"""What lies around the text: its title and day, the counts, what could not be decided, what was asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from verifier.dates import format_date
from verifier.model import Reason, Report, SourceFailure, TableInfo
from verifier.reports.columns import counted
from verifier.reports.escape import html
from verifier.reports.page.cards import missing_words
from verifier.reports.page.kinds import Kind, Note, tally
from verifier.reports.places import ASIDE, found_by
from verifier.reports.places import tally as results_by
from verifier.rules import RULES

__all__ = ["counts", "facts", "failed", "tables", "title_of", "undecided"]

_SEPARATOR = re.compile(r"[/\\]")


def title_of(report: Report) -> str:
    """What a report is called: its document's title, or the name of its file."""
    name = report.document.name
    return report.document.title or PurePath(_SEPARATOR.split(name)[-1]).name or "Claims"


def facts(report: Report) -> str:
    """Where the text came from, and the day that it was checked as of."""
    parts = []
    name = report.document.name
    if name and name != title_of(report):
        parts.append(f'<span class="name">{html(name)}</span>')
    if report.as_of is not None:
        found = found_by(report)
        how = f", the date of its {html(found)}" if found else ""
        parts.append(f"checked as of <b>{html(format_date(report.as_of))}</b>{how}")
    parts.append(counted(len(report.results), "claim"))
    aside = results_by(report.results)
    parts += [f"{aside[who]:,} {words}" for who, words in ASIDE.items() if aside[who]]
    return " · ".join(parts)


def counts(notes: Sequence[Note]) -> str:
    """The counts in words with their marks, and a bar of them."""
    parts = [
        f'<li class="{kind.letter}"><span aria-hidden="true">{kind.mark}</span> '
        f"<b>{count:,}</b> {kind.word.casefold()}</li>"
        for kind, count in tally(notes)
    ]
    return f'<ul class="counts">{"".join(parts)}</ul>{_bar(notes)}'


def _bar(notes: Sequence[Note]) -> str:
    if not notes:
        return ""
    at, parts = 0.0, []
    for kind, count in tally(notes):
        width = 1000 * count / len(notes)
        parts.append(f'<rect class="{kind.letter}" x="{at:.1f}" width="{width:.1f}" height="8"/>')
        at += width
    return (
        '<svg class="bar" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )


def undecided(notes: Sequence[Note], *, prefix: str, level: int) -> Iterator[str]:
    """What could not be decided, by the reason, with what would settle it."""
    groups: dict[Reason, list[Note]] = defaultdict(list)
    for note in notes:
        if note.kind is Kind.UNKNOWN:
            groups[note.result.reason].append(note)
    if not groups:
        return
    yield f'<section class="undecided"><h{level}>What could not be decided</h{level}>\n'
    for reason, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        yield (
            f'<h{level + 1}>{html(RULES[reason])} <span class="count">{len(group):,}</span> '
            f"<code>{reason}</code></h{level + 1}>\n<ul>\n"
        )
        for note in group:
            missing = [missing_words(part) for part in note.result.parts if part.missing]
            told = f'<br><span class="missing">{"<br>".join(missing)}</span>' if missing else ""
            yield (
                f'<li><span class="number">{note.number}</span> '
                f'<a href="#{prefix}n{note.number}">{html(note.result.claim.text)}</a>{told}</li>\n'
            )
        yield "</ul>\n"
    yield "</section>\n"


def failed(failures: Sequence[SourceFailure]) -> Iterator[str]:
    """Which sources could not be asked: more may be known than the verdicts say."""
    if failures:
        yield '<div class="failed"><p><b>Not every source could be asked.</b> More may be known than the '
        yield "verdicts here say.</p><ul>"
        yield from (f"<li>{html(one.name)}: {html(one.detail)}</li>" for one in failures)
        yield "</ul></div>\n"


def tables(infos: Sequence[TableInfo], *, level: int) -> Iterator[str]:
    """The tables that were asked, each with the fingerprint of its edition."""
    if not infos:
        return
    yield f'<section class="tables"><h{level}>Checked against</h{level}><ul>\n'
    for info in infos:
        yield (
            f"<li>{html(info.title or info.name)}: {counted(info.statements, 'statement')} about "
            f'{counted(info.entities, "thing")}<br><span class="small">edition <code>{html(info.fingerprint)}'
            "</code></span></li>\n"
        )
    yield "</ul></section>\n"
