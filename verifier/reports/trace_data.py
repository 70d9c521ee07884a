"""How one claim was decided, for programs: one JSON object, whose keys are always the same and all there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from verifier.dates import iso
from verifier.evidence import BUNDLED, USER, WIKIDATA
from verifier.model import Date, Period, Quantity
from verifier.reports.escape import inert_json
from verifier.reports.record import reference_record, result_record
from verifier.reports.statements import source_record, statement_record, value_record
from verifier.rules import rule_of
from verifier.trace import (
    Candidate,
    Figure,
    GroupTrace,
    ListTrace,
    Member,
    Mention,
    Pair,
    PartTrace,
    ReadingTrace,
    Row,
    Sentence,
    Time,
    Trace,
)

__all__ = ["render_json"]

Labels = Mapping[str, str]
Record = dict[str, Any]

_TRUST = {USER: "user", BUNDLED: "bundled", WIKIDATA: "wikidata"}
_MOST = 100
"""How many candidates, pairs, members and rows are listed; `more` tells how many others there are."""


def render_json(trace: Trace) -> str:
    """`result` is that of `check`; everything else says how it came about, in the order in which it did."""
    return inert_json(json.dumps(_trace(trace), ensure_ascii=False, indent=2)) + "\n"


def _trace(trace: Trace) -> Record:
    labels = dict(trace.labels)
    return {
        "claim": trace.result.claim.text,
        "as_of": {"date": iso(trace.day.date), "origin": trace.day.origin.value},
        "result": result_record(trace.result, labels=labels, as_of=trace.day.date),
        "sentences": [_sentence(one, labels) for one in trace.sentences],
        "mentions": [_mention(one) for one in trace.mentions],
        "parts": [_part(one, labels) for one in trace.parts],
        "deciding_part": trace.deciding,
        "how": trace.how,
        "rule": rule_of(trace.result.verdict, trace.result.reason),
        "reference": reference_record(trace.tables, trace.failures),
        "version": trace.version,
    }


def _sentence(one: Sentence, labels: Labels) -> Record:
    return {
        "text": one.text,
        "manner": one.manner.value,
        "parsed": one.parsed,
        "clauses": [
            {
                "text": clause.text,
                "relation": {"id": clause.relation, "label": clause.label},
                "words": clause.words,
                "passed": clause.passed,
                "triples": clause.triples,
            }
            for clause in one.clauses
        ],
        "figures": [_figure(figure, labels) for figure in one.figures],
        "unread": list(one.unread),
    }


def _figure(one: Figure, labels: Labels) -> Record:
    if isinstance(one.value, Quantity):
        value = {**value_record(one.value, labels), "bound": one.value.bound.value}
    else:
        value = {"type": "period", **_period(one.value)}
    return {"text": one.text, "used": one.used, "value": value}


def _period(period: Period) -> Record:
    return {"kind": period.kind.value, "date": _date(period.date), "until": _date(period.until)}


def _date(date: Date | None) -> str | None:
    return None if date is None else iso(date)


def _mention(one: Mention) -> Record:
    return {
        "text": one.text,
        "roles": list(one.roles),
        "value": one.value or None,
        "candidates": [_candidate(each) for each in one.candidates[:_MOST]],
        "more": max(len(one.candidates) - _MOST, 0),
    }


def _candidate(one: Candidate) -> Record:
    match = one.match
    return {
        "id": match.id,
        "label": match.label,
        "types": list(one.types),
        "score": round(match.score, 1),
        "via": match.kind.value,
        "name": match.alias,
        "runner_up": round(match.runner_up, 1),
        "taken": one.taken,
        "why": one.why,
    }


def _part(one: PartTrace, labels: Labels) -> Record:
    part = one.part
    return {
        "said": one.said,
        "times": [_time(time) for time in one.times],
        "qualifiers": [
            {"relation": {"id": name, "label": labels.get(name, name)}, "text": term.text}
            for name, term in one.qualifiers
        ],
        "relations": [_reading(reading) for reading in one.readings],
        "groups": [_group(group, labels) for group in one.groups],
        "pairs": [_pair(pair) for pair in one.pairs[:_MOST]],
        "more_pairs": max(len(one.pairs) - _MOST, 0),
        "choice": one.choice or None,
        "rows": [_row(row, labels) for row in one.rows[:_MOST]],
        "more_rows": max(len(one.rows) - _MOST, 0),
        "complete_lists": [_list(each, labels) for each in one.lists],
        "verdict": part.verdict.value,
        "reason": part.reason.value,
        "rule": rule_of(part.verdict, part.reason),
        "explanation": part.explanation,
        "confidence": None if part.confidence is None else round(part.confidence, 4),
        "confidence_basis": one.basis or None,
        "repair": part.repair or None,
        "settle": list(one.settle),
    }


def _time(one: Time) -> Record:
    return {**_period(one.period), "text": one.period.text or None, "origin": one.origin.value}


def _reading(one: ReadingTrace) -> Record:
    reading = one.reading
    return {
        "id": reading.relation,
        "label": reading.label,
        "words": reading.text,
        "score": round(reading.score, 1),
        "inverse": reading.inverse,
        "way": reading.way.value,
        "form": reading.form.value,
        "taken": one.taken,
        "why": one.why,
        "verdict": None if one.verdict is None else one.verdict.value,
        "reason": None if one.reason is None else one.reason.value,
    }


def _group(one: GroupTrace, labels: Labels) -> Record:
    return {
        "text": one.text,
        "conditions": list(one.conditions),
        "at": _date(one.at),
        "complete": one.complete,
        "unclear": one.unclear or None,
        "members": [_member(each, labels) for each in one.members[:_MOST]],
        "more": max(len(one.members) - _MOST, 0),
    }


def _member(one: Member, labels: Labels) -> Record:
    return {
        "id": one.id,
        "label": one.label,
        "sure": one.sure,
        "statement": None if one.statement is None else statement_record(one.statement, labels),
        "verdict": None if one.verdict is None else one.verdict.value,
        "reason": None if one.reason is None else one.reason.value,
        "explanation": one.explanation or None,
    }


def _pair(one: Pair) -> Record:
    return {
        "subject": one.subject,
        "object": one.object,
        "verdict": one.verdict.value,
        "reason": one.reason.value,
        "taken": one.taken,
    }


def _row(one: Row, labels: Labels) -> Record:
    return {
        "statement": statement_record(one.statement, labels),
        "sources": [source_record(source) for source in one.statement.sources],
        "says": one.words,
        "rank": one.statement.rank.value,
        "trust": _TRUST[one.trust],
        "by_relation": one.via or None,
        "value": one.value or None,
        "qualifiers": one.qualifiers or None,
        "in_force": one.in_force or None,
        "dates": one.dates or None,
        "ground": one.ground,
        "stance": None if one.stance is None else one.stance.value,
    }


def _list(one: ListTrace, labels: Labels) -> Record:
    declared = one.declared
    return {
        "relation": {"id": declared.relation, "label": labels.get(declared.relation, declared.relation)},
        "subject": declared.subject,
        "object": declared.object,
        "subject_types": list(declared.subject_types),
        "as_of": _date(declared.as_of),
        "table": declared.table,
        "source": source_record(declared.source),
        "counts": one.counts,
    }
