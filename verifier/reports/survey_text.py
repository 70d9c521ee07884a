"""What tables hold, for people: aligned columns and lists of at most 100 columns; addresses stay whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from verifier.conflicts import Clash, Conflict
from verifier.dates import format_date, iso
from verifier.evidence import NATURE
from verifier.explain import when
from verifier.inforce import Hold
from verifier.model import Completeness, Polarity, Rank, Source, Statement
from verifier.relations import Relation
from verifier.reports.columns import WIDTH, clipped, counted, fitted, name_of, wrapped
from verifier.reports.escape import visible, web_address
from verifier.reports.places import checked_against
from verifier.reports.statements import value_text
from verifier.survey import EntitySurvey, Row, Side, Survey
from verifier.tallies import Tally, YearTally

__all__ = ["render_conflicts", "render_text"]

_SHOWN = 20
_YEARS_BESIDE = 8
_NARROWEST = 16
_LEGEND = (
    "years: first and last that a row names; newest: when a row was last seen or read, and its age; "
    "stale: rows last seen too long ago to count; dated: rows with a start, an end or a point in time; "
    "lists: declared complete; clash: slots in which rows disagree (--conflicts)."
)
_YEAR_LEGEND = (
    "A slot is a subject and a relation. decided: a row held in the year; disputed: rows that held disagree; "
    "unsure: a row may have held, and its dates do not say; outside: the dates of its rows exclude the year."
)
_SEVERAL_LEGEND = (
    "Under each year, how many slots (a subject and a relation) can be decided: a row held in the "
    "year, and no other in force says otherwise."
)
_CLASHES = {
    Clash.VALUE: "several values, and there can be one",
    Clash.START: "several beginnings",
    Clash.END: "several ends",
}

Labels = Mapping[str, str]


class Line(NamedTuple):
    """What a line of a table is about."""

    name: str
    tally: Tally
    lists: int = 0


Column = tuple[str, Callable[[Line], str]]


def render_text(found: Survey) -> str:
    """The overview, or what a scope asks for: the subjects of relations, things, years."""
    labels = dict(found.labels)
    lines = [f"as of {format_date(found.scope.as_of)}"]
    if found.relations:
        lines += _relations(found)
    for each in found.relations if found.scope.relations else ():
        lines += ["", name_of(each.relation.label, each.relation.id)]
        lines += _tables(
            [Line(name_of(s.label, s.id), s.tally) for s in each.subjects], "subject", _SUBJECT_COLUMNS
        )
    for entity in found.entities:
        lines += ["", *_entity(entity, found.scope.years, labels)]
    complete = [(each.relation, item) for each in found.relations for item in each.complete]
    if complete:
        lines += ["", "Declared complete:"]
        lines += wrapped((_complete(relation, item, labels) for relation, item in complete), indent=2)
    if found.empty:
        without = counted(len(found.empty), "relation")
        lines += ["", f"Without a row: {without} of the catalogue (--format json lists them)"]
    return _ended(lines, found)


def render_conflicts(found: Survey) -> str:
    """Each slot in which rows in force disagree, with the rows, their places and sources."""
    labels = dict(found.labels)
    lines = [f"as of {format_date(found.scope.as_of)}", counted(len(found.conflicts), "conflict")]
    for conflict in found.conflicts:
        lines += ["", *_conflict(conflict, labels)]
    return _ended(lines, found)


def _ended(lines: Sequence[str], found: Survey) -> str:
    against = [f"Counted: {visible(table)}" for table in checked_against(found.tables)]
    return "".join(f"{line.rstrip()}\n" for line in (*lines, "", *against))


# ----------------------------------------------------------------------------------------------- tables


def _relations(found: Survey) -> Iterator[str]:
    rows = sum(each.tally.rows for each in found.relations)
    counts = (counted(rows, "row"), counted(len(found.relations), "relation"))
    clashes = counted(sum(each.tally.conflicts for each in found.relations), "conflict")
    yield f"{counts[0]} of {counts[1]}, {clashes}"
    named = [
        Line(name_of(each.relation.label, each.relation.id), each.tally, len(each.complete))
        for each in found.relations
    ]
    yield from _tables(named, "relation", _COLUMNS)


def _tables(named: Sequence[Line], first: str, columns: Sequence[Column]) -> Iterator[str]:
    """One table, or with years the tables of these, and what the columns mean."""
    years = named[0].tally.years if named else ()
    if not years:
        yield from _table(named, first, columns)
        yield from ("", *wrapped([_LEGEND])) if first == "relation" else ()
        return
    if len(years) == 1:
        yield from _table(named, first, _one_year(years[0].year))
        yield from ("", *wrapped([_YEAR_LEGEND])) if first == "relation" else ()
        return
    for begin in range(0, len(years), _YEARS_BESIDE):
        chosen = range(begin, min(begin + _YEARS_BESIDE, len(years)))
        yield from _table(named, first, _several_years(years, chosen))
    yield from ("", *wrapped([_SEVERAL_LEGEND])) if first == "relation" else ()


def _one_year(asked: int) -> Sequence[Column]:
    names = ("slots", "decided", "disputed", "unsure", "outside")

    def count(name: str) -> Callable[[Line], str]:
        return lambda line: _number(getattr(line.tally.years[0], name))

    return [(f"{asked}: {name}" if name == "slots" else name, count(name)) for name in names]


def _several_years(years: Sequence[YearTally], chosen: Iterable[int]) -> Sequence[Column]:
    def decided(number: int) -> Callable[[Line], str]:
        return lambda line: _number(line.tally.years[number].decided)

    slots: Column = ("slots", lambda line: _number(line.tally.years[0].slots))
    return [slots, *((str(years[number].year), decided(number)) for number in chosen)]


def _table(named: Sequence[Line], first: str, columns: Sequence[Column]) -> Iterator[str]:
    cells = [[header for header, _ in columns]]
    cells += [[show(line) for _, show in columns] for line in named]
    widths = [max(len(row[number]) for row in cells) for number in range(len(columns))]
    names = [first, *(line.name for line in named)]
    room = min(max(map(len, names)), max(_NARROWEST, WIDTH - sum(widths) - len(widths)))
    yield ""
    for name, row in zip(names, cells, strict=True):
        numbers = " ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        yield f"{fitted(name, room).ljust(room)} {numbers}"


_COLUMNS: Sequence[Column] = (
    ("rows", lambda line: _number(line.tally.rows)),
    ("subj.", lambda line: _number(line.tally.subjects)),
    ("values", lambda line: _number(line.tally.values)),
    ("years", lambda line: _years(line.tally)),
    ("newest", lambda line: "–" if line.tally.newest is None else iso(line.tally.newest)),
    ("age", lambda line: _age(line.tally.age)),
    ("stale", lambda line: _number(line.tally.stale)),
    ("dated", lambda line: _number(line.tally.dated)),
    ("lists", lambda line: _number(line.lists)),
    ("clash", lambda line: _number(line.tally.conflicts)),
)
_SUBJECT_COLUMNS = tuple(column for column in _COLUMNS if column[0] not in ("subj.", "lists"))


def _number(count: int) -> str:
    return f"{count:,}" if count else "–"


def _years(tally: Tally) -> str:
    if tally.first is None or tally.last is None:
        return "–"
    return str(tally.first) if tally.first == tally.last else f"{tally.first}–{tally.last}"


def _age(days: int | None) -> str:
    if days is None:
        return "–"
    if days < 0:
        return "later"
    return f"{days}d" if days < 1000 else f"{days / 365.25:.1f}y"


# ------------------------------------------------------------------------------------------------ things


def _entity(entity: EntitySurvey, years: Sequence[int], labels: Labels) -> Iterator[str]:
    aside = "; ".join(
        text for text in ("" if entity.id == entity.label else entity.id, ", ".join(entity.types)) if text
    )
    yield from wrapped([visible(f"{entity.label} ({aside})" if aside else entity.label)])
    if not entity.sides:
        yield "  no row"
    for as_subject, title in ((True, "as subject"), (False, "as object")):
        sides = [side for side in entity.sides if side.as_subject is as_subject]
        if sides:
            yield f"  {title}"
        for side in sides:
            yield from _side(side, years, labels)


def _side(side: Side, years: Sequence[int], labels: Labels) -> Iterator[str]:
    tally = side.tally
    told = [counted(tally.rows, "row"), "no date" if tally.first is None else _years(tally)]
    told += [f"{tally.stale:,} stale"] if tally.stale else []
    told += [counted(tally.conflicts, "conflict")] if tally.conflicts else []
    yield from wrapped([f"{name_of(side.relation.label, side.relation.id)}: {', '.join(told)}"], indent=4)
    yield from wrapped((_row(row, years, labels) for row in side.rows[:_SHOWN]), indent=6)
    if len(side.rows) > _SHOWN:
        yield f"      and {len(side.rows) - _SHOWN} more (all are in --format json)"


def _row(row: Row, years: Sequence[int], labels: Labels) -> str:
    statement = row.statement
    denied = "not: " if statement.polarity is Polarity.NEGATIVE else ""
    natures = [value_text(value, labels) for value in statement.qualifier(NATURE)]
    natures += [statement.rank.value] if statement.rank is not Rank.NORMAL else []
    aside = f" ({', '.join(natures)})" if natures else ""
    held = [
        f"{words} {_ranges(year for year, hold in zip(years, row.holds, strict=True) if hold is kind)}"
        for kind, words in ((Hold.HOLDS, "in force in"), (Hold.UNSURE, "perhaps in"))
        if kind in row.holds
    ]
    asked = f" [{', '.join(held) or 'not in force'}]" if row.holds else ""
    return visible(f"{denied}{value_text(row.other, labels)}{aside}{when(statement)}{asked}")


def _ranges(years: Iterable[int]) -> str:
    """2015, 2017 to 2019."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


# ------------------------------------------------------------------------------------- lists, conflicts


def _complete(relation: Relation, item: Completeness, labels: Labels) -> str:
    what = "every slot"
    if item.subject is not None:
        what = f"all values for {labels[item.subject]}"
    elif item.object is not None:
        what = f"all that have {labels[item.object]}"
    as_of = "" if item.as_of is None else f", as of {format_date(item.as_of)}"
    return f"{name_of(relation.label, relation.id)}: {visible(what)}{as_of} ({visible(item.table)})"


def _conflict(conflict: Conflict, labels: Labels) -> Iterator[str]:
    subject = name_of(labels[conflict.subject], conflict.subject)
    relation = name_of(labels.get(conflict.relation, conflict.relation), conflict.relation)
    slot = " – ".join([subject, relation, *(visible(labels[id]) for id in conflict.key)])
    yield from wrapped([f"{slot}: {_CLASHES[conflict.clash]}"])
    for row in conflict.rows:
        yield from wrapped(
            [f"- {visible(value_text(row.value, labels))}{when(row)}: {_place(row)}"], indent=2
        )
        yield from (f"    → {line}" for source in row.sources if (line := _source(source, row)))


def _place(row: Statement) -> str:
    """The file and line of a row, or its own id and the table that has it."""
    return visible(row.id if ":" in row.id and row.id.startswith(row.table) else f"{row.id} in {row.table}")


def _source(source: Source, row: Statement) -> str:
    if not source.url and source.title.replace(", line ", ":") == row.id:
        return ""
    title = ", ".join(visible(text) for text in (source.publisher, source.title) if text)
    address = web_address(source.url) or visible(source.url)
    return ": ".join(text for text in (clipped(title, WIDTH - 8), address) if text)
