"""The rows behind a verdict: what each says in words, where it can be read, how it stands to the claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from verifier.explain import source_words, when, with_capital
from verifier.model import Finding, Polarity, Rank, Source, Stance, Statement
from verifier.reports.escape import html, web_address
from verifier.reports.statements import value_text

__all__ = ["link", "rows"]

_STANCES = {
    Stance.SUPPORTS: ("s", "✓", "agrees"),
    Stance.CONTRADICTS: ("c", "✗", "differs"),
    Stance.NEUTRAL: ("n", "·", "bears on it"),
}


def rows(findings: Sequence[Finding], explanation: str, labels: Mapping[str, str]) -> Iterator[str]:
    """An item for each row, what decided first; a judgement only where it has not been read just before."""
    if not findings:
        return
    told = explanation.casefold()
    yield '<ul class="rows">'
    for finding in sorted(findings, key=lambda finding: finding.stance is Stance.NEUTRAL):
        words, judgement = _told(finding, labels)
        if judgement.casefold().rstrip(".") in told:
            judgement = ""
        else:
            told = judgement.casefold()
        yield _row(finding, words, judgement)
    yield "</ul>"


def _told(finding: Finding, labels: Mapping[str, str]) -> tuple[str, str]:
    """What the row says, and what that means for the claim.

    A detail has the source in brackets between the two, where it is told of one row.
    """
    statement = finding.statement
    words, source, judgement = finding.detail.partition(f" ({source_words(statement)})")
    if source and not words.startswith(":"):
        return words, judgement.strip(" :;,")
    return _stated(statement, labels), finding.detail


def _stated(statement: Statement, labels: Mapping[str, str]) -> str:
    subject = labels.get(statement.subject, statement.subject)
    relation = labels.get(statement.relation, statement.relation)
    denied = "not: " if statement.polarity is Polarity.NEGATIVE else ""
    return f"{subject} – {denied}{relation} – {value_text(statement.value, labels)}{when(statement)}"


def _row(finding: Finding, words: str, judgement: str) -> str:
    statement = finding.statement
    letter, mark, stance = _STANCES[finding.stance]
    parts = [
        f'<li class="row {letter}"><p><span class="stance {letter}">'
        f'<span aria-hidden="true">{mark} </span>{stance}</span> {html(with_capital(words))}</p>'
    ]
    if statement.quote:
        parts.append(f'<blockquote dir="auto">{html(statement.quote)}</blockquote>')
    parts += [f'<p class="source">{link(source)}</p>' for source in statement.sources]
    if judgement:
        parts.append(f'<p class="bearing">{html(with_capital(judgement))}</p>')
    parts.append(f'<p class="small">{_place(statement)}</p></li>')
    return "".join(parts)


def _place(statement: Statement) -> str:
    """Which row of which table it is, for who wants to look it up."""
    place = f"Row <code>{html(statement.id)}</code>"
    if statement.table and not statement.id.startswith(f"{statement.table}/"):
        place += f" of {html(statement.table)}"
    if statement.rank is not Rank.NORMAL:
        place += f", rank {statement.rank}"
    return place


def link(source: Source) -> str:
    """A source as a link, if its address is one of the web, with the host that it leads to."""
    title = html(source.title or source.url or source.statement_id or "source")
    address = web_address(source.url)
    if address:
        host = html((urlsplit(address).hostname or "").removeprefix("www."))
        shown = (
            f'<a href="{html(address)}" rel="noopener noreferrer" dir="auto">{title}</a>'
            f'<span class="host"> {host}</span>'
        )
    else:
        shown = f'<span dir="auto">{title}</span>'
    more = [source.publisher, source.retrieved and f"retrieved {source.retrieved}"]
    if source.statement_id and title != html(source.statement_id):
        more.append(f"statement {source.statement_id}")
    if source.revision:
        more.append(f"revision {source.revision}")
    return ", ".join([shown, *(html(words) for words in more if words)])
