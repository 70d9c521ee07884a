"""What tables hold, for programs: one JSON object, or CSV with a row for each count or statement."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from verifier.conflicts import Conflict
from verifier.dates import iso
from verifier.model import Completeness, Statement
from verifier.relations import Relation
from verifier.reports.escape import cell, inert_json
from verifier.reports.record import table_record
from verifier.reports.statements import source_record, statement_record, value_record, value_text
from verifier.survey import EntitySurvey, RelationSurvey, Row, Side, Survey
from verifier.tallies import Tally

__all__ = ["render_csv", "render_json"]

Labels = Mapping[str, str]
Record = dict[str, Any]

_COUNTS = (
    *("rows", "affirmed", "denied", "recorded", "deprecated", "subjects", "values", "dated", "stale"),
    *("first_year", "last_year", "newest", "age_days", "conflicts"),
)
_YEARS = ("year", "slots", "decided", "disputed", "unsure", "outside")
_STATEMENT = (
    *("statement", "subject_id", "subject", "relation_id", "relation", "value_id", "value"),
    *("start", "end", "point_in_time", "seen_first", "seen_last", "polarity", "rank", "table", "sources"),
)


def render_json(found: Survey, *, conflicts: bool = False) -> str:
    """Everything that the scope asks for; conflicts in full only if they are asked."""
    labels = dict(found.labels)
    record: Record = {
        "as_of": iso(found.scope.as_of),
        "years": list(found.scope.years),
        "relations": [_relation_survey(each, labels) for each in found.relations],
        "entities": [_entity(entity, found.scope.years, labels) for entity in found.entities],
        "without_rows": [_relation(relation) for relation in found.empty],
    }
    if conflicts:
        record["conflicts"] = [_conflict(conflict, labels) for conflict in found.conflicts]
    record["reference"] = {"tables": [table_record(table) for table in found.tables]}
    return inert_json(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"


def render_csv(found: Survey, *, conflicts: bool = False) -> str:
    """A row for each relation, or subject of the relations asked; with years for each of these in each year.

    With things asked, or with conflicts, a row for each statement.
    """
    labels = dict(found.labels)
    if conflicts:
        return _table(
            ("conflict", "clash", *_STATEMENT),
            (
                [number, conflict.clash.value, *_statement(row, labels)]
                for number, conflict in enumerate(found.conflicts, start=1)
                for row in conflict.rows
            ),
        )
    if found.entities:
        years = found.scope.years
        return _table(
            ("entity_id", "entity", "as", *_STATEMENT, *map(str, years)),
            (
                [
                    entity.id,
                    entity.label,
                    _end(side),
                    *_statement(row.statement, labels),
                    *(_holds(row) or [""] * len(years)),
                ]
                for entity in found.entities
                for side in entity.sides
                for row in side.rows
            ),
        )
    return _table(
        (
            "relation_id",
            "relation",
            "subject_id",
            "subject",
            *_COUNTS,
            *(_YEARS if found.scope.years else ()),
        ),
        (line for each in found.relations for line in _counted(each, subjects=bool(found.scope.relations))),
    )


# -------------------------------------------------------------------------------------------------- JSON


def _relation(relation: Relation) -> Record:
    return {"id": relation.id, "label": relation.label}


def _relation_survey(each: RelationSurvey, labels: Labels) -> Record:
    record = {
        **_relation(each.relation),
        **_tally(each.tally),
        "complete": [_complete(item, labels) for item in each.complete],
    }
    if each.subjects:
        record["by_subject"] = [
            {"id": subject.id, "label": subject.label, **_tally(subject.tally)} for subject in each.subjects
        ]
    return record


def _tally(tally: Tally) -> Record:
    record = _counts(tally)
    if tally.years:
        record["years"] = [asdict(year) for year in tally.years]
    return record


def _counts(tally: Tally) -> Record:
    given = {
        "first_year": tally.first,
        "last_year": tally.last,
        "newest": None if tally.newest is None else iso(tally.newest),
        "age_days": tally.age,
    }
    return {name: given[name] if name in given else getattr(tally, name) for name in _COUNTS}


def _complete(item: Completeness, labels: Labels) -> Record:
    def thing(id: str | None) -> Record | None:
        return None if id is None else {"id": id, "label": labels[id]}

    return {
        "subject": thing(item.subject),
        "object": thing(item.object),
        "as_of": None if item.as_of is None else iso(item.as_of),
        "table": item.table,
        "source": source_record(item.source),
    }


def _entity(entity: EntitySurvey, years: Sequence[int], labels: Labels) -> Record:
    return {
        "id": entity.id,
        "label": entity.label,
        "types": list(entity.types),
        "relations": [
            {
                **_relation(side.relation),
                "as": _end(side),
                **_tally(side.tally),
                "statements": [_row(row, years, labels) for row in side.rows],
            }
            for side in entity.sides
        ],
    }


def _row(row: Row, years: Sequence[int], labels: Labels) -> Record:
    record = {"other": value_record(row.other, labels), **_sourced(row.statement, labels)}
    if row.holds:
        record["holds"] = dict(zip(map(str, years), _holds(row), strict=True))
    return record


def _sourced(statement: Statement, labels: Labels) -> Record:
    sources = [source_record(source) for source in statement.sources]
    return {"statement": statement_record(statement, labels), "sources": sources}


def _conflict(conflict: Conflict, labels: Labels) -> Record:
    return {
        "relation": {"id": conflict.relation, "label": labels.get(conflict.relation, conflict.relation)},
        "subject": {"id": conflict.subject, "label": labels[conflict.subject]},
        "key": [{"id": id, "label": labels[id]} for id in conflict.key],
        "clash": conflict.clash.value,
        "rows": [_sourced(row, labels) for row in conflict.rows],
    }


def _end(side: Side) -> str:
    return "subject" if side.as_subject else "object"


def _holds(row: Row) -> list[str]:
    return [hold.value for hold in row.holds]


# --------------------------------------------------------------------------------------------------- CSV


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(item) for item in row] for row in rows)
    return out.getvalue()


def _cell(item: object) -> object:
    """Numbers as they are (a year may have a sign), an unknown one as nothing, texts that are no formula."""
    return item if isinstance(item, int) else "" if item is None else cell(str(item))


def _counted(each: RelationSurvey, *, subjects: bool) -> Iterator[list[object]]:
    lines = [(subject.id, subject.label, subject.tally) for subject in each.subjects]
    for id, label, tally in lines if subjects else [("", "", each.tally)]:
        head = [each.relation.id, each.relation.label, id, label, *_counts(tally).values()]
        yield from ([*head, *asdict(year).values()] for year in tally.years) if tally.years else [head]


def _statement(row: Statement, labels: Labels) -> list[object]:
    value = value_record(row.value, labels)
    dates = (row.start, row.end, row.point_in_time, row.seen_first, row.seen_last)
    return [
        row.id,
        row.subject,
        labels.get(row.subject, row.subject),
        row.relation,
        labels.get(row.relation, row.relation),
        value.get("id", ""),
        value_text(row.value, labels),
        *("" if date is None else iso(date) for date in dates),
        row.polarity.value,
        row.rank.value,
        row.table,
        "|".join(dict.fromkeys(source.url or source.title for source in row.sources)),
    ]
