"""The trace of a claim, part by part."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.conclude import deciding
from verifier.confidence import cell, confidence
from verifier.evidence import Evidence, named_by
from verifier.explain import label, quoted, sentence
from verifier.model import (
    Claim,
    EntityValue,
    MatchKind,
    Part,
    Period,
    PeriodKind,
    QuantifierKind,
    Reading,
    Reason,
    Report,
    Statement,
    Verdict,
)
from verifier.notes import Counted, Gathered
from verifier.outcome import claim_words
from verifier.relations import Catalogue, Relation
from verifier.settle import Choice
from verifier.trace import Day, GroupTrace, Member, Origin, Pair, PartTrace, ReadingTrace, Time, Trace
from verifier.tracing.mentions import mentions_of
from verifier.tracing.record import Record, Trial
from verifier.tracing.rows import lists_of_part, rows_of
from verifier.tracing.sentences import sentences_of

__all__ = ["retrace"]

_CHOICES = {
    Choice.SUPPORTED: "the tables say of these things what the claim speaks of",
    Choice.BOTH_ENDS: "a row has both of these things",
    Choice.AGREED: "the verdict is the same for all, and these fit the words best",
    Choice.NEAREST: "none is decided, and these come nearest to a verdict",
    Choice.DIFFER: "nothing tells which are meant, and the verdicts differ",
}


def retrace(report: Report, record: Record, evidence: Evidence, *, catalogue: Catalogue, day: Day) -> Trace:
    """The trace of a report's only result, from the notes that were taken while it was made."""
    (result,) = report.results
    trials = tuple(record.trial_of(part) for part in result.parts)
    by_row = day.origin if record.reads else Origin.ROW
    parts = tuple(
        _part(part, trial, result.claim, evidence, catalogue=catalogue, day=day, undated=by_row)
        for part, trial in zip(result.parts, trials, strict=True)
    )
    number = deciding(result.claim, result.parts) if result.parts else None
    return Trace(
        result,
        day,
        tuple(sentences_of(record.reads, result.parts, catalogue)),
        mentions_of(record.reads, trials, evidence, catalogue=catalogue),
        parts,
        number,
        _how(result.claim, result.parts, number),
        _labels(report, parts, evidence, catalogue=catalogue),
        report.tables,
        report.version,
        report.failures,
    )


def _how(claim: Claim, parts: tuple[Part, ...], number: int | None) -> str:
    if not parts:
        return "Nothing was read that a row could decide."
    if number is None:
        return "What was read is not all that the sentence asserts, so it is not supported as a whole."
    if len(parts) == 1:
        return "It has one part, and that decides."
    needed = "one of its parts is enough" if claim.any_of else "all of its parts must hold"
    return f"It has {len(parts)} parts; {needed}. Part {number + 1} decides."


def _labels(
    report: Report, parts: tuple[PartTrace, ...], evidence: Evidence, *, catalogue: Catalogue
) -> tuple[tuple[str, str], ...]:
    """What the report names, and what else the rows that were considered speak of."""
    rows = [row.statement for part in parts for row in part.rows]
    rows += [m.statement for part in parts for g in part.groups for m in g.members if m.statement is not None]
    lists = [each.declared for part in parts for each in part.lists]
    things, relations = named_by(rows)
    ids = things | {id for one in lists for id in (one.subject, one.object) if id is not None}
    named = relations | {name for part in parts for name, _ in part.qualifiers}
    named |= {one.relation for one in lists}
    found = dict(report.labels) | {id: label(id, evidence) for id in ids}
    found |= {id: relation.label for id in named if (relation := catalogue.get(id)) is not None}
    return tuple(sorted(found.items()))


# ------------------------------------------------------------------------------------------------- a part


def _part(
    part: Part,
    trial: Trial,
    claim: Claim,
    evidence: Evidence,
    *,
    catalogue: Catalogue,
    day: Day,
    undated: Origin,
) -> PartTrace:
    asked = trial.deciding()
    settled = None if asked is None else asked.settled
    open_ends = settled is None or settled.choice is Choice.DIFFER
    said = _written(part) if settled is None or open_ends else claim_words(settled.question)
    choice = ""
    if asked is not None and settled is not None and settled.choice is not None and len(asked.answers) > 1:
        choice = _CHOICES[settled.choice]
    return PartTrace(
        part,
        f"it is denied that {said}" if part.triple.negated else said,
        _times(part, claim, day, undated),
        tuple(_readings(part, trial)),
        tuple(_groups(trial, evidence, catalogue=catalogue)),
        tuple(_pairs(trial)),
        choice,
        rows_of(part, trial, evidence, catalogue=catalogue),
        lists_of_part(trial),
        _basis(part, trial),
        tuple(_settle(part)),
    )


def _basis(part: Part, trial: Trial) -> str:
    """What kind of verdict its confidence was measured on; "" if it is that of the members of a group."""
    asked = trial.deciding()
    matches = asked.settled.matches if asked is not None and asked.settled is not None else ()
    if part.reading is None or part.confidence is None:
        return ""
    kind = (part.reading.way, matches, part.reason)
    return "/".join(cell(*kind)) if confidence(*kind) == part.confidence else ""


def _written(part: Part) -> str:
    """The triple in the claim's own words, where no single question was asked."""
    reading = part.reading or next(iter(part.triple.readings), None)
    name = reading.label if reading is not None else part.triple.relation_text
    ends = (part.triple.subject.text, part.triple.object.text)
    return " | ".join(text for text in (ends[0], name, ends[1]) if text)


def _times(part: Part, claim: Claim, day: Day, undated: Origin) -> tuple[Time, ...]:
    """The claim's own times; the day for those that name none, if it names no date."""
    text = claim.text.casefold()
    found = []
    for period in part.triple.periods:
        said = bool(period.text) and period.text.casefold() in text
        origin = Origin.CLAIM if said else undated if undated is Origin.ROW else Origin.WORDING
        found.append(Time(period, origin))
    if all(time.period.date is None for time in found):
        found.append(Time(Period(PeriodKind.AT, day.date), day.origin))
    return tuple(found)


def _readings(part: Part, trial: Trial) -> Iterator[ReadingTrace]:
    chosen = trial.chosen()
    asked = {note.reading: note.part for note in trial.asked()}
    best = max((reading.score for reading in part.triple.readings), default=0.0)
    for reading in part.triple.readings:
        judged = asked.get(reading)
        taken = reading == part.reading
        yield ReadingTrace(
            reading,
            taken,
            _why_reading(part, reading, trial, taken=taken, best=best),
            None if judged is None else trial.claimed(judged.verdict),
            None if judged is None else judged.reason,
        )
    if part.reading is not None and part.reading not in part.triple.readings and chosen is None:
        yield ReadingTrace(part.reading, True, "a row in it decides")


def _why_reading(part: Part, reading: Reading, trial: Trial, *, taken: bool, best: float) -> str:
    chosen = trial.chosen()
    if chosen is None:
        if len(part.triple.readings) == 1:
            return "the only one"
        return "the best for the words" if taken else "not taken"
    if reading not in chosen.near:
        return f"fits the words less well than the best, {best:.0f} of 100"
    if reading not in chosen.whole:
        return "a table says all that there is in another relation that the words may mean"
    if reading not in chosen.fitting:
        return "the relation asks for things of another kind"
    if len(chosen.fitting) == 1:
        return "the only one that is left" if len(part.triple.readings) > 1 else "the only one"
    if not taken:
        return "asked about as well"
    return "it supports" if part.verdict is not Verdict.UNKNOWN else "it comes nearest to a verdict"


def _pairs(trial: Trial) -> Iterator[Pair]:
    asked = trial.deciding()
    if asked is None or asked.settled is None:
        return
    chosen = asked.settled.question
    for answer in asked.answers:
        question = answer.question
        taken = asked.settled.choice is not Choice.DIFFER and question is chosen
        ends = (question.name(question.subject), question.name(question.object))
        yield Pair(*ends, trial.claimed(answer.outcome.verdict), answer.outcome.reason, taken)


# ------------------------------------------------------------------------------------------------- groups


def _groups(trial: Trial, evidence: Evidence, *, catalogue: Catalogue) -> Iterator[GroupTrace]:
    gathered = {(note.group, note.at): note for note in trial.notes if isinstance(note, Gathered)}
    counted = {id: part for note in trial.notes if isinstance(note, Counted) for id, part in note.parts}
    for note in gathered.values():
        members, group = note.members, note.group
        conditions = []
        for name, other, is_object in group.conditions:
            relation = catalogue.get(name) or Relation(name, name)
            named = other.matches[0].label if other.matches else other.text
            ends = (named, "a member") if is_object else ("a member", named)
            conditions.append(sentence(relation, *ends))
        makes = {id: row for row in members.statements for id in _ends(row)}
        yield GroupTrace(
            group.text,
            tuple(conditions),
            note.at,
            members.complete,
            members.unclear,
            tuple(
                _member(id, makes.get(id), counted.get(id), evidence, sure=id in members.sure)
                for id in (*members.sure, *members.possible)
            ),
        )
    terms = (trial.triple.subject, trial.triple.object)
    if counted and not gathered:
        only = any(t.quantifier is not None and t.quantifier.kind is QuantifierKind.ONLY for t in terms)
        text = next((t.text for t in terms if t.group is not None or t.quantifier is not None), "")
        beside = "all that a row sets beside the other end"
        everyone = tuple(_member(id, None, part, evidence, sure=True) for id, part in counted.items())
        yield GroupTrace(
            text, (f"{beside}, which must be no other" if only else beside,), None, False, "", everyone
        )


def _ends(row: Statement) -> tuple[str, ...]:
    return (row.subject, row.value.id) if isinstance(row.value, EntityValue) else (row.subject,)


def _member(
    id: str, statement: Statement | None, part: Part | None, evidence: Evidence, *, sure: bool
) -> Member:
    name = label(id, evidence)
    if part is None:
        return Member(id, name, sure, statement)
    return Member(id, name, sure, statement, part.verdict, part.reason, part.explanation)


# ------------------------------------------------------------------------------------------- what settles it

_SETTLING = {
    Reason.AMBIGUOUS_ENTITY: "that one of these is meant: {}",
    Reason.UNKNOWN_ENTITY: "a table that knows {}",
    Reason.UNKNOWN_RELATION: "a relation that is told by {}",
    Reason.INCOMPLETE_GROUP: "a row for each of these: {}",
}


def _settle(part: Part) -> Iterator[str]:
    if part.verdict is not Verdict.UNKNOWN:
        return
    if part.reason is Reason.WEAK_MATCH:
        links = [match for match in (part.subject, part.object) if match is not None]
        links = [match for match in links if match.kind is MatchKind.FUZZY] or links
        if links:
            names = ", ".join(match.label for match in links)
            yield f"the name as the tables have it, if that is meant: {names}"
    elif part.missing and part.reason in _SETTLING and not any(" | " in name for name in part.missing):
        several = part.reason in (Reason.AMBIGUOUS_ENTITY, Reason.INCOMPLETE_GROUP)
        yield _SETTLING[part.reason].format(", ".join(n if several else quoted(n) for n in part.missing))
    else:
        yield from (f"a row {quoted(row)} with its source" for row in part.missing)
