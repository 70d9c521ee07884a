"""What a curated table must hold beyond its form, so that a slip in one row is told at once.

A table with files of entities has no row twice. One whose `table.toml` says `curated = true` declares in
them every thing that a row names, calls it by one of its names there and not by its id alone, uses no
predicate that neither the catalogue nor its own `relations.toml` describes, and gives each row the address of
a source. For other tables all that is lawful: a file of entities may name but a few things.
"""

from __future__ import annotations

import difflib
import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence

from verifier.errors import TableError
from verifier.model import Entity
from verifier.sources.entities import Things
from verifier.sources.facts import Fact, Origin, Predicates
from verifier.sources.kinds import Cell

__all__ = ["check_curated", "check_doubled", "warn_of_orphans"]

log = logging.getLogger(__name__)

_ADDRESS = ('[["http://', '[["https://')
"""How the sources of a row begin that has the address of one."""
_LONGEST_HINT = 3

Facts = Sequence[tuple[Origin, Sequence[Fact]]]
Values = Mapping[str, Mapping[Cell, str]]


def check_doubled(origins: Iterable[Origin]) -> None:
    """Raise `TableError` for a row that is word for word an earlier one, in whichever file."""
    seen: dict[tuple[tuple[str, str], ...], str] = {}
    for origin in origins:
        sheet = origin.sheet
        order = sorted(range(len(sheet.header)), key=lambda index: sheet.header[index])
        names = [sheet.header[index] for index in order]
        for line, cells in sheet.rows:
            texts = [cells[index].strip() for index in order]
            key = tuple([pair for pair in zip(names, texts, strict=True) if pair[1]])
            if key in seen:
                told = " | ".join(cell.strip() for cell in cells if cell.strip())
                problem, hint = f"this row stands in {seen[key]} already", "delete one of the two"
                raise TableError(problem, path=sheet.path, line=line, value=told, hint=hint)
            seen[key] = f"{sheet.name}, {sheet.unit} {line}"


def warn_of_orphans(facts: Facts, declared: Mapping[str, Entity]) -> None:
    """Say how many ids the rows give that no file of entities has, and where the first is."""
    missing: dict[str, str] = {}
    for origin, found in facts:
        for fact in found:
            for id in (fact.subject_id, fact.object_id):
                if id and id not in declared:
                    missing.setdefault(id, f"{origin.sheet.path}:{fact.line}")
    if missing:
        id, place = next(iter(missing.items()))
        more = f", nor have {len(missing) - 1} more ids" if len(missing) > 1 else ""
        log.warning("%s: no file of entities has %r%s: is it mistyped?", place, id, more)


def check_curated(
    facts: Facts,
    things: Things,
    declared: Mapping[str, Entity],
    predicates: Predicates,
    *,
    values: Values,
    qualifiers: Values,
) -> None:
    """Raise `TableError` for the first row of a curated table that breaks a rule of this module."""
    own = {relation.id for relation in predicates.own}
    for origin, found in facts:
        for fact in found:
            if fact.relation in own:
                raise _unknown_predicate(fact, origin, predicates)
            for column, name, id in _named(fact, things, values, qualifiers):
                _check_thing(name, id, declared, origin=origin, line=fact.line, column=column)
            if not fact.sources.startswith(_ADDRESS):
                raise _no_address(fact, origin)


def _named(fact: Fact, things: Things, values: Values, qualifiers: Values) -> Iterator[tuple[str, str, str]]:
    """The column, name and id of every thing that a row names."""
    yield "subject", fact.subject, fact.subject_id or things.find(fact.subject, (fact.relation, "subject"))
    if fact.object_id:
        yield "object", fact.object, fact.object_id
    elif (fact.object, fact.unit) not in values[fact.relation]:
        yield "object", fact.object, things.find(fact.object, (fact.relation, "object"))
    for relation, text in fact.qualifiers:
        # A name that several things bear is no slip of the row's: a qualifier has no column for the id.
        if (text, "") not in qualifiers[relation] and len(things.named(text)) < 2:
            yield relation, text, things.find(text, (relation, "object"))


def _check_thing(
    name: str, id: str, declared: Mapping[str, Entity], *, origin: Origin, line: int, column: str
) -> None:
    entity = declared.get(id)
    if entity is None:
        known = sorted(other.id for other in declared.values() if name in (other.label, *other.aliases))
        hint = (
            f"{name} is {' or '.join(known[:_LONGEST_HINT])}"
            if known
            else f"mend the id, or add a row for {name!r}"
        )
        id_column = f"{column}_id" if column in ("subject", "object") and id != name else column
        raise origin.place(line, id_column).error("no file of entities has this thing", id, hint)
    own = (entity.label, *entity.aliases)
    if name == id and id not in own and column in ("subject", "object"):
        # The row has been read with its id for a name.
        raise origin.place(line, column).error(f"no name beside the id {id!r}", "", f"write {entity.label!r}")
    if name not in (id, *own):
        hint = f"mend the name or the id, or add the name to the aliases of {entity.label}"
        raise origin.place(line, column).error(f"not a name of {id}, which is {entity.label}", name, hint)


def _unknown_predicate(fact: Fact, origin: Origin, predicates: Predicates) -> TableError:
    near = difflib.get_close_matches(fact.relation, predicates.described(), n=1, cutoff=0.6)
    hint = f"the nearest is {near[0]}" if near else "describe it in relations.toml"
    return origin.place(fact.line, "predicate").error(
        "the catalogue has no such relation", fact.relation, hint
    )


def _no_address(fact: Fact, origin: Origin) -> TableError:
    first = json.loads(fact.sources)[0][0]
    return origin.place(fact.line, "source_url").error(
        "a row of a curated table without the address of a source",
        first if isinstance(first, str) else "",
        "write where it can be read: https://...",
    )
