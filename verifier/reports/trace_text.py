"""How one claim was decided, for people: the text, the names, the rows of each part, the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from verifier.dates import format_date, iso
from verifier.evidence import BUNDLED, USER, WIKIDATA
from verifier.explain import claimed_time
from verifier.model import MatchKind, PeriodKind, Rank, Stance, Statement, Verdict, Way
from verifier.reports.columns import name_of
from verifier.reports.escape import visible
from verifier.reports.places import checked_against, not_asked
from verifier.reports.terminal import MARKS, printed, source_line, wrapped
from verifier.rules import rule_of
from verifier.text.notes import Manner
from verifier.trace import (
    Candidate,
    GroupTrace,
    ListTrace,
    Member,
    Mention,
    Origin,
    PartTrace,
    ReadingTrace,
    Row,
    Sentence,
    Time,
    Trace,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["render_text"]

_MOST_CANDIDATES = 8
_MOST_ROWS = 10
_MOST_MEMBERS = 12
_MOST_OTHERS = 6
_MOST_SOURCES = 3

_MANNERS = {
    Manner.PHRASINGS: "read clause by clause, by the phrasings of the relations",
    Manner.COMPARISON: "read as a whole: it compares or ranks",
    Manner.TABLES: "read by what the tables tie together, as they are all there is to know",
}
_ORIGINS = {
    Origin.CLAIM: "the claim's own words",
    Origin.WORDING: "the claim's wording",
    Origin.ROW: "the row of the table of claims",
    Origin.OPTION: "asked for with --as-of, as the claim gives no date",
    Origin.EDITION: "the day of the edition, as the claim gives no date and no --as-of is given",
    Origin.TODAY: "today, as the claim gives no date and no --as-of is given",
}
_WAYS = {
    Way.GIVEN: "its name",
    Way.PHRASING: "a phrasing",
    Way.WORDS: "its words beside two names",
    Way.KINDS: "what the tables use of such things",
    Way.TIED: "what the tables state of the two",
    Way.NEAREST: "the nearest words",
    Way.EXISTENCE: "words of it beside one name",
}
_DAYS = {
    Origin.ROW: "the row's own",
    Origin.OPTION: "--as-of",
    Origin.EDITION: "--as-of-edition",
    Origin.TODAY: "today",
}
_STANCES = {Stance.SUPPORTS: "✓", Stance.CONTRADICTS: "✗", Stance.NEUTRAL: "?", None: "·"}
_TABLES = {USER: "your table", BUNDLED: "the bundled table", WIKIDATA: "Wikidata"}

Line = tuple[int, str, str]
"""How far in, the text, and its style."""


def render_text(trace: Trace, *, colour: bool = False, width: int = 100) -> str:
    """Lines of at most `width` columns but for addresses; plain text unless `colour`."""

    def lines(console: Console) -> Iterator[Text]:
        from rich.text import Text

        for line in _lines(trace):
            if isinstance(line, tuple):
                indent, text, style = line
                yield from wrapped(Text(text, style=style), console, indent=indent + 2) if text else (Text(),)
            else:
                yield Text("      ") + line

    return printed(lines, colour=colour, width=width)


def _lines(trace: Trace) -> Iterator[Line | Text]:
    result = trace.result
    mark, style = MARKS[result.verdict]
    sure = "" if result.confidence is None else f", confidence {result.confidence:.3f}"
    yield 0, f"{mark} {result.verdict}  “{visible(result.claim.text)}”  [{result.reason}{sure}]", style
    yield 0, f"as of {format_date(trace.day.date)} ({_DAYS[trace.day.origin]})", ""
    if trace.sentences:
        yield from _headed("The text")
        for sentence in trace.sentences:
            yield from _sentence(sentence)
    if trace.mentions:
        yield from _headed("The names")
        yield from _mentions(trace.mentions)
    for number, part in enumerate(trace.parts, start=1):
        yield from _headed("The claim" if len(trace.parts) == 1 else f"Part {number} of {len(trace.parts)}")
        yield from _part(part, dict(trace.labels))
    yield from _headed("The verdict")
    yield 2, f"{mark} {result.verdict}, {result.reason}", style
    yield 2, trace.how, ""
    if not trace.parts or trace.deciding is None:
        yield 2, f"rule: {rule_of(result.verdict, result.reason)}", ""
        yield 2, visible(result.explanation), ""
    yield 0, "", ""
    yield from ((0, f"Checked against: {visible(line)}", "dim") for line in checked_against(trace.tables))
    yield from ((0, visible(line), "bold yellow") for line in not_asked(trace.failures))


def _headed(title: str) -> Iterator[Line]:
    yield 0, "", ""
    yield 0, title, "bold"


def _quoted(text: str) -> str:
    return f"“{visible(text)}”"


def _cut(count: int, most: int, what: str) -> Iterator[str]:
    if count > most:
        yield f"and {count - most:,} more {what} (--format json)"


# -------------------------------------------------------------------------------------------- the text


def _sentence(sentence: Sentence) -> Iterator[Line]:
    yield 2, _quoted(sentence.text), ""
    asked = "with the parser" if sentence.parsed else "without the parser"
    yield 4, f"{_MANNERS[sentence.manner]}, {asked}", ""
    for clause in sentence.clauses:
        passed = f", past {_quoted(clause.passed)}" if clause.passed else ""
        none = "" if clause.triples else "; it gives nothing to judge"
        told = f"clause {_quoted(clause.text)}: {name_of(clause.label, clause.relation)}"
        yield 4, f"{told}, by the words {_quoted(clause.words)}{passed}{none}", ""
    if not sentence.clauses and sentence.manner is Manner.PHRASINGS:
        yield 4, "no clause was read", ""
    for figure in sentence.figures:
        used = "" if figure.used else ", which no part has"
        yield 4, f"date or figure {_quoted(figure.text)}{used}", ""
    if sentence.manner is Manner.PHRASINGS:
        left = ", ".join(_quoted(words) for words in sentence.unread) or "nothing that carries meaning"
        yield 4, f"left unread: {left}", ""


# -------------------------------------------------------------------------------------------- the names


def _mentions(mentions: Sequence[Mention]) -> Iterator[Line]:
    for mention in mentions:
        if mention.roles:
            yield 2, f"{_quoted(mention.text)}: {', '.join(map(visible, mention.roles))}", ""
            if mention.value:
                yield 4, f"a date, a figure or a text: {visible(mention.value)}", ""
            for candidate in mention.candidates[:_MOST_CANDIDATES]:
                yield 4, _candidate(candidate), ""
            yield from _more(4, len(mention.candidates), _MOST_CANDIDATES, "candidates")
            if not mention.candidates and not mention.value:
                yield 4, "a group: see below" if mention.is_group else "no table knows it", ""
    others = [mention for mention in mentions if not mention.roles]
    for mention in others[:_MOST_OTHERS]:
        best = mention.candidates[0]
        more = f" and {len(mention.candidates) - 1:,} more" if len(mention.candidates) > 1 else ""
        told = f"{_thing(best)}{more}: {visible(best.why)}"
        yield 2, f"{_quoted(mention.text)}, also known: {told}", ""
    yield from _more(2, len(others), _MOST_OTHERS, "names")


def _more(indent: int, count: int, most: int, what: str) -> Iterator[Line]:
    yield from ((indent, text, "") for text in _cut(count, most, what))


def _thing(candidate: Candidate) -> str:
    match = candidate.match
    aside = [] if match.id == match.label else [visible(match.id)]
    aside += [visible(", ".join(candidate.types[:3]))] if candidate.types else []
    return visible(match.label) + (f" ({'; '.join(aside)})" if aside else "")


def _candidate(candidate: Candidate) -> str:
    match = candidate.match
    named = "" if match.alias == match.label else f" by the name {_quoted(match.alias)}"
    next_best = f", next best {match.runner_up:.1f}" if match.kind is MatchKind.FUZZY else ""
    mark = "✓" if candidate.taken else "·"
    score = f"{match.kind} {match.score:.1f}{next_best}"
    return f"{mark} {_thing(candidate)}, {score}{named}: {visible(candidate.why)}"


# --------------------------------------------------------------------------------------------- a part


def _part(one: PartTrace, labels: Mapping[str, str]) -> Iterator[Line | Text]:
    part = one.part
    yield 2, f"says: {visible(one.said)}", ""
    yield from ((2, _time(time), "") for time in one.times)
    for name, term in one.qualifiers:
        yield 2, f"adds: {visible(labels.get(name, name))} {_quoted(term.text)}", ""
    if part.triple.modality.value != "asserted":
        yield 2, f"told as: {part.triple.modality}", ""
    for reading in one.readings:
        yield 2, _reading(reading), ""
    for group in one.groups:
        yield from _group(group)
    if len(one.pairs) > 1:
        yield 2, f"{len(one.pairs):,} pairs of things were asked about: {one.choice}", ""
    yield from _rows(one.rows)
    yield from ((2, _list(each), "") for each in one.lists)
    mark, style = MARKS[part.verdict]
    yield 2, f"{mark} {part.verdict} by {part.reason}: {rule_of(part.verdict, part.reason)}", style
    yield 4, visible(part.explanation), ""
    if part.repair:
        yield 4, f"Instead: {visible(part.repair)}", "bold"
    if part.confidence is not None:
        of = f" of its kind ({one.basis})" if one.basis else " of its least sure member"
        told = f"the share of verdicts{of} that were right on labelled claims"
        yield 4, f"confidence {part.confidence:.3f}: {told}", ""
    yield from ((4, f"would settle it: {visible(text)}", "") for text in one.settle)


def _time(one: Time) -> str:
    period = one.period
    if period.date is not None:
        told = claimed_time((period,), period.date)
    else:
        told = "over by then" if period.kind is PeriodKind.FORMER else period.kind.value
    words = f" {_quoted(period.text)}" if period.text and one.origin is Origin.CLAIM else ""
    return f"time: {told} ({_ORIGINS[one.origin]}{words})"


def _reading(one: ReadingTrace) -> str:
    reading = one.reading
    mark = "✓" if one.taken else "·"
    turned = ", with subject and object turned round" if reading.inverse else ""
    found = "" if one.verdict is None or one.taken else f"; in it the claim is {one.verdict} ({one.reason})"
    name = name_of(reading.label, reading.relation)
    fits = f"by {_WAYS[reading.way]}, {reading.score:.1f} of 100"
    return f"{mark} relation {name} for {_quoted(reading.text)}{turned}, {fits}: {visible(one.why)}{found}"


def _group(one: GroupTrace) -> Iterator[Line]:
    at = "" if one.at is None else f" at {format_date(one.at)}"
    yield 2, f"group {_quoted(one.text)}{at}: {visible('; '.join(one.conditions)) or 'not understood'}", ""
    if one.unclear:
        yield 4, f"{_quoted(one.unclear)} is not known", ""
    if one.at is not None:
        whole = "a complete list has them all" if one.complete else "no complete list: there may be others"
        yield 4, f"{len(one.members):,} members are known; {whole}", ""
    for verdict in (*Verdict, None):
        own = [member for member in one.members if member.verdict is verdict]
        if own:
            told = "not asked about" if verdict is None else str(verdict)
            yield 4, f"{told}: {_names(own)}", ""


def _names(members: Sequence[Member]) -> str:
    shown = (f"{visible(m.label)}{'' if m.sure else ' (perhaps a member)'}" for m in members[:_MOST_MEMBERS])
    more = len(members) - _MOST_MEMBERS
    return f"{', '.join(shown)}{f' and {more:,} more' if more > 0 else ''}"


def _rows(rows: Sequence[Row]) -> Iterator[Line | Text]:
    if not rows:
        yield 2, "no row is in the claim's place", ""
    for row in rows[:_MOST_ROWS]:
        statement = row.statement
        rank = "" if statement.rank is Rank.NORMAL else f", {statement.rank}"
        table = _TABLES.get(row.trust, "a table")
        yield 2, f"{_STANCES[row.stance]} row {_place(statement)} ({table}{rank})", ""
        yield 4, visible(row.words), ""
        via = f" (by {visible(row.via)})" if row.via else ""
        yield 4, f"{visible(row.ground)}{via}", ""
        if row.dates:
            yield 4, f"dates: {visible(row.dates)}", ""
        if row.stance is not None:
            yield from _sources(statement)
    yield from _more(2, len(rows), _MOST_ROWS, "rows")


def _sources(statement: Statement) -> Iterable[Text]:
    return (source_line(source) for source in statement.sources[:_MOST_SOURCES] if source.url)


def _place(row: Statement) -> str:
    """The file and line of a row, or its own id and the table that has it."""
    return visible(row.id if ":" in row.id and row.id.startswith(row.table) else f"{row.id} in {row.table}")


def _list(one: ListTrace) -> str:
    declared = one.declared
    as_of = "for good" if declared.as_of is None else f"as of {iso(declared.as_of)}"
    tells = "it tells of the claim's time" if one.counts else "it does not tell of the claim's time"
    table = visible(declared.source.title or declared.table)
    return f"complete list {as_of} ({table}): {tells}"
