"""What is watched: which verdicts changed, where, and why; by real checkers over small tables."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from verifier.check import Checker
from verifier.model import Date, Report
from verifier.night import ChangeKind, FeedReport, FeedStatus, RowChange, VerdictChange
from verifier.refresh.kept import KeptDocument, kept_from_data, kept_to_data
from verifier.refresh.watch import Read, Table, Watched, checking, recheck
from verifier.sources.bundled import bundled_catalogue

HEADER = "statement_id,subject,predicate,object,P17,start,end,seen_first,seen_last,source_url"
BAY = "q-1,Ruritania,embassy,Bay City,Atlantis,,,2021-01-25,2021-01-25,https://example.org/1"
OTHER = "q-2,Sylvania,embassy,Bay City,Atlantis,,,2021-01-25,2021-01-25,https://example.org/2"
MOVED = "q-3,Ruritania,embassy,Port Kelp,Atlantis,2022-06-01,,2022-11-16,2022-11-16,https://example.org/3"
KING = "q-4,Ruritania,P35,Ann Kelp,,2019-01-01,,2021-01-25,2021-01-25,https://example.org/4"
CLAIM = "Ruritania | embassy | Port Kelp"
FIRST, SECOND = datetime.date(2021, 1, 25), datetime.date(2022, 11, 16)


def change(row: str, kind: ChangeKind = ChangeKind.ADDED, **more: object) -> RowChange:
    cells = dict(zip(HEADER.split(","), row.split(","), strict=True))
    cells = {name: cell for name, cell in cells.items() if cell}
    return RowChange("missions", kind, cells["statement_id"], cells["predicate"], cells, **more)  # type: ignore[arg-type]


def feed(*changes: RowChange, status: FeedStatus = FeedStatus.REFRESHED) -> FeedReport:
    return FeedReport("missions", status, changes=changes)


class World:
    """A folder with `claims/`, and tables of some nights."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.claims = folder / "claims"
        self.claims.mkdir()
        self._tables = 0

    def write(self, name: str, text: str) -> None:
        path = self.claims / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def table(self, day: datetime.date, *rows: str, version: str = "") -> Table:
        self._tables += 1
        path = self.folder / f"table-{self._tables}.csv"
        path.write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
        check = checking(Checker(path, bundled=False))
        if not version:
            return Table(check, day)

        def other(what: Read, as_of: Date) -> Report:
            return replace(check(what, as_of), version=version)

        return Table(other, day)

    def night(
        self,
        now: Table,
        before: Table | None,
        *changes: RowChange,
        kept: Mapping[str, KeptDocument] | None = None,
        status: FeedStatus = FeedStatus.REFRESHED,
    ) -> Watched:
        return recheck(
            self.claims,
            now,
            before,
            kept=kept or {},
            feeds=(feed(*changes, status=status),),
            catalogue=bundled_catalogue(),
        )


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def only(found: Watched) -> VerdictChange:
    (verdict,) = found.verdicts
    return verdict


def claims_table(*claims: str) -> str:
    rows = [f"c{n},{','.join(claim.split(' | '))}" for n, claim in enumerate(claims, start=1)]
    return "\n".join(("id,subject,predicate,object", *rows, ""))


def test_the_first_night_only_keeps(world: World) -> None:
    """There is nothing to compare with."""
    world.write("a.csv", claims_table(CLAIM))
    found = world.night(world.table(FIRST, BAY), None)
    assert found.verdicts == ()
    assert [(one.path, dict(one.verdicts)) for one in found.documents] == [
        ("claims/a.csv", {"supported": 0, "contradicted": 0, "unknown": 1})
    ]
    kept = found.kept["claims/a.csv"]
    assert kept.digest == hashlib.sha256((world.claims / "a.csv").read_bytes()).hexdigest()
    assert [claim.verdict for claim in kept.claims] == ["unknown"]


def test_a_row_that_comes_changes_a_verdict(world: World) -> None:
    """The row is named, and the place; what no row touches is not told of."""
    world.write(
        "draft.md", "# Embassies\n\nRuritania has its embassy in Port Kelp. Sylvania has one there.\n"
    )
    world.write("other.csv", claims_table("Sylvania | embassy | Bay City"))
    first, second = world.table(FIRST, BAY, OTHER), world.table(SECOND, OTHER, MOVED)
    kept = world.night(first, None).kept
    found = world.night(second, first, change(MOVED), change(BAY, ChangeKind.GONE), kept=kept)
    verdict = next(one for one in found.verdicts if one.claim.startswith("Ruritania"))
    assert (verdict.document, verdict.line, verdict.column) == ("claims/draft.md", 3, 1)
    assert (verdict.old, verdict.new, verdict.because) == ("unknown", "supported", "")
    assert [one.statement_id for one in verdict.causes] == ["q-3"]
    assert verdict.explanation
    assert {one.document for one in found.verdicts} == {"claims/draft.md"}


def test_what_was_kept_comes_back_from_data(world: World) -> None:
    """And data of another format is nothing: then all is checked against the table before."""
    world.write("draft.md", "Ruritania has its embassy in Port Kelp.\n")
    world.write("a.csv", claims_table(CLAIM))
    kept = world.night(world.table(FIRST, BAY), None).kept
    data = json.loads(json.dumps(kept_to_data(kept)))
    assert kept_from_data(data) == kept
    assert kept_from_data({**data, "format": 0}) == {}


def test_what_was_kept_is_not_checked_against_the_table_before(world: World) -> None:
    """That would cost as much again."""
    world.write("a.csv", claims_table(CLAIM))
    first = world.table(FIRST, BAY)
    kept = world.night(first, None).kept

    def refuse(what: Read, as_of: Date) -> Report:
        raise AssertionError

    found = world.night(world.table(SECOND, MOVED), Table(refuse, FIRST), change(MOVED), kept=kept)
    assert (only(found).old, only(found).new) == ("unknown", "supported")


def test_a_document_that_was_edited_is_compared_with_the_table_before(world: World) -> None:
    """What its author changed is no change of a verdict."""
    world.write("a.csv", claims_table(CLAIM))
    first = world.table(FIRST, BAY)
    kept = world.night(first, None).kept
    world.write("a.csv", claims_table("Ruritania | embassy | Bay City"))
    assert world.night(first, first, kept=kept).verdicts == ()
    world.write("a.csv", claims_table("Ruritania | embassy | Bay City", CLAIM))
    found = world.night(world.table(SECOND, BAY, MOVED), first, change(MOVED), kept=kept)
    assert {(one.claim_id, one.old) for one in found.verdicts} >= {("c2", "unknown")}


def test_rows_of_a_source_that_was_stopped_change_nothing(world: World) -> None:
    """What would have changed is in its report, and is no cause."""
    world.write("a.csv", claims_table(CLAIM))
    first = world.table(FIRST, BAY)
    found = world.night(world.table(SECOND, MOVED), first, change(MOVED), status=FeedStatus.STOPPED)
    assert only(found).causes == ()
    assert only(found).because == "no row of a source did it: what else the table says was changed"


def test_another_source_address_is_no_cause(world: World) -> None:
    """A cell that decides nothing changed; time did it."""
    world.write("a.csv", claims_table("Ruritania | P35 | Ann Kelp"))
    now = world.table(datetime.date(2022, 3, 2), KING)
    cell = {"source_url": "https://example.org/9"}
    cited = change(KING, ChangeKind.CHANGED, old=cell, new=cell)
    found = world.night(now, world.table(FIRST, KING), cited)
    assert only(found).causes == ()
    assert only(found).because.startswith("time: ")


def test_a_row_that_grew_too_old_is_named(world: World) -> None:
    """Nothing changed but the day."""
    world.write("a.csv", claims_table("Ruritania | P35 | Ann Kelp"))
    table = world.table(FIRST, KING)
    kept = world.night(table, None).kept
    later = Table(table.check, datetime.date(2022, 3, 1))  # 400 days after 25 January 2021: 1 March 2022
    assert world.night(later, table, kept=kept).verdicts == ()
    later = Table(table.check, datetime.date(2022, 3, 2))
    verdict = only(world.night(later, table, kept=kept))
    assert (verdict.old, verdict.new, verdict.causes) == ("supported", "unknown", ())
    assert verdict.because == (
        "time: “Ruritania | head of state | Ann Kelp” was last shown on 25 January 2021, "
        "and does not count after 400 days"
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (KING.replace("2019-01-01,", "2019-01-01,2021-06-01"), "the end of “Ruritania"),
        (KING.replace("2019-01-01", "2021-06-01").replace("2021-01-25", ""), "the beginning of “Ruritania"),
    ],
)
def test_an_end_or_a_beginning_that_passed_is_named(world: World, row: str, words: str) -> None:
    """The row said so all along."""
    world.write("a.csv", claims_table("Ruritania | P35 | Ann Kelp"))
    table = world.table(FIRST, row)
    kept = world.night(table, None).kept
    verdict = only(world.night(Table(table.check, datetime.date(2021, 7, 1)), table, kept=kept))
    assert words in verdict.because


def test_a_document_with_a_day_of_its_own_does_not_age(world: World) -> None:
    """It is checked as of its day every night; a row that the night brought is not shown for that day."""
    world.write("a.md", "---\ndate: 2021-02-01\n---\n\nAnn Kelp is the head of state of Ruritania.\n")
    table = world.table(FIRST, KING)
    kept = world.night(table, None).kept
    assert [claim.verdict for claim in kept["claims/a.md"].claims] == ["supported"]
    assert world.night(Table(table.check, datetime.date(2030, 1, 1)), table, kept=kept).verdicts == ()


def test_another_version_of_the_program_is_told_apart_from_rows(world: World) -> None:
    """What the new version says of the table before tells which of the two it was."""
    world.write("a.csv", claims_table(CLAIM))
    first, second = world.table(FIRST, BAY), world.table(SECOND, MOVED)
    kept = world.night(first, None).kept
    (one,) = kept.values()
    as_if = {
        "claims/a.csv": replace(one, program="0.0", claims=(replace(one.claims[0], verdict="contradicted"),))
    }
    verdict = only(world.night(first, first, kept=as_if))
    assert (verdict.old, verdict.new, verdict.causes) == ("contradicted", "unknown", ())
    assert verdict.because == f"another version of the program: {one.program}, before 0.0"
    verdict = only(world.night(second, first, change(MOVED), kept=as_if))
    assert (verdict.old, verdict.new) == ("contradicted", "supported")
    assert [row.statement_id for row in verdict.causes] == ["q-3"]


def test_a_row_of_the_slot_is_a_cause_where_no_evidence_is(world: World) -> None:
    """A row that went away altogether stands in no result of now."""
    world.write("a.csv", claims_table("Sylvania | embassy | Bay City"))
    first, second = world.table(FIRST, BAY, OTHER), world.table(SECOND, BAY)
    found = world.night(second, first, change(OTHER, ChangeKind.GONE), change(MOVED))
    assert [row.statement_id for row in only(found).causes] == ["q-2"]


def test_what_cannot_be_read_is_told_and_stops_nothing(world: World) -> None:
    """What was kept of it stays, so that nothing is lost once it can be read again."""
    world.write("a.csv", claims_table(CLAIM))
    world.write("b.csv", claims_table(CLAIM))
    first, second = world.table(FIRST, BAY), world.table(SECOND, MOVED)
    kept = world.night(first, None).kept
    good = (world.claims / "a.csv").read_text(encoding="utf-8")
    world.write("a.csv", "id,claim,claim\n")
    (world.claims / "c.md").write_bytes(b"\xff\xfe\xff")
    found = world.night(second, first, change(MOVED), kept=kept)
    assert {one.path for one in found.documents if one.problem} == {"claims/a.csv", "claims/c.md"}
    assert str(world.folder) not in "".join(one.problem for one in found.documents)
    assert only(found).document == "claims/b.csv"
    assert found.kept["claims/a.csv"] == kept["claims/a.csv"]
    world.write("a.csv", good)
    again = only(world.night(second, second, kept=found.kept))
    assert (again.document, again.old, again.new) == ("claims/a.csv", "unknown", "supported")
    assert again.because == "a night since 25 January 2021, when it could last be checked"


def test_a_failure_of_the_program_in_one_document_stops_nothing(world: World) -> None:
    """It is told as such."""
    world.write("a.csv", claims_table(CLAIM))
    world.write("b.csv", claims_table("Sylvania | embassy | Bay City"))
    table = world.table(FIRST, BAY, OTHER)

    def check(what: Read, as_of: Date) -> Report:
        if isinstance(what, tuple) and what[0].object == "Port Kelp":
            raise RecursionError("too deep")
        return table.check(what, as_of)

    found = world.night(Table(check, FIRST), None)
    assert [one.problem for one in found.documents] == ["cannot be checked: RecursionError('too deep')", ""]


def test_a_document_that_is_gone_is_forgotten(world: World) -> None:
    """And one that is new is compared with the table before."""
    world.write("a.csv", claims_table(CLAIM))
    first = world.table(FIRST, BAY)
    kept = world.night(first, None).kept
    (world.claims / "a.csv").unlink()
    world.write("sub/b.csv", claims_table(CLAIM))
    found = world.night(world.table(SECOND, MOVED), first, change(MOVED), kept=kept)
    assert set(found.kept) == {"claims/sub/b.csv"}
    assert only(found).document == "claims/sub/b.csv"


def test_a_claim_that_only_one_night_reads_is_told(world: World) -> None:
    """A text names a thing that the table has only now."""
    world.write("a.md", "Ruritania has its embassy in Bay City. Freedonia has its embassy in Port Kelp.\n")
    row = "q-5,Freedonia,embassy,Port Kelp,Atlantis,,,2022-11-16,2022-11-16,https://example.org/5"
    first = world.table(FIRST, BAY)
    kept = world.night(first, None).kept
    found = world.night(world.table(SECOND, BAY, row), first, change(row), kept=kept)
    assert only(found).new == "supported"
    assert only(found).old in (None, "unknown")
    assert [one.statement_id for one in only(found).causes] == ["q-5"]


def test_nothing_to_watch_is_no_problem(world: World) -> None:
    """A root without claims, whose tables are not even opened."""
    world.claims.rmdir()
    found = world.night(world.table(FIRST, "broken"), None)
    assert found == Watched((), (), {})
