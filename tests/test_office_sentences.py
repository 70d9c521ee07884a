"""Who held an office when, as sentences, of every holder of a made table and of many of the bundled one.

A year in which the office changed hands is a year of both. One year beside each bound is another's.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.test_tenures import tenures
from verifier import Checker
from verifier.model import ClaimRow, Reason, Verdict

IN_OFFICE = (
    "{holder} was the {office} of {state} in {year}.",
    "{holder} was {office} of {state} in {year}.",
    "In {year}, {holder} was the {office} of {state}.",
    "In {year}, {holder} was {office} of {state}.",
    "In {year} the {office} of {state} was {holder}.",
    "The {office} of {state} in {year} was {holder}.",
    "{holder} was {state}'s {office} in {year}.",
    "{state}'s {office} in {year} was {holder}.",
    "In {year}, {state}'s {office} was {holder}.",
    "{holder} served as {office} of {state} in {year}.",
    "It was in {year} that {holder} was {office} of {state}.",
    "In {year} it was {holder} who was {office} of {state}.",
)
"""The holder held the office at some time of that year."""
BECAME = (
    "{holder} became {office} of {state} in {year}.",
    "{holder} became the {office} of {state} in {year}.",
    "In {year}, {holder} became {office} of {state}.",
    "In {year} {holder} became the {office} of {state}.",
    "{holder} became {state}'s {office} in {year}.",
    "{holder} took office as {office} of {state} in {year}.",
    "{holder} was sworn in as {office} of {state} in {year}.",
    "It was in {year} that {holder} became {office} of {state}.",
)
"""The holder's time in the office began in that year."""


@dataclass(frozen=True, slots=True)
class Held:
    """One holder of one office of one state, and the first and last days of each time."""

    state: str
    office: str
    holder: str
    times: tuple[tuple[date, date], ...]

    def claims(self) -> Iterator[tuple[int, bool, bool]]:
        """Years to ask about, inside, at each bound and one beside it, and whether "was", "became" hold."""
        years: set[int] = set()
        for first, last in self.times:
            years |= {first.year - 1, first.year, (first.year + last.year) // 2, last.year, last.year + 1}
        for year in sorted(years):
            was = any(first.year <= year <= last.year for first, last in self.times)
            became = any(first.year == year for first, _ in self.times)
            yield year, was, became


# --------------------------------------------------------------------------------------- a table that is made

_GIVEN = ("Anneke", "Bartol", "Cosima", "Dragan", "Elspeth", "Fintan", "Greta", "Halvard", "Ilinca", "Jorun")
_FAMILY = ("Aldous", "Brankov", "Castell", "Dunmore", "Eklund", "Farrow", "Grimaldi", "Hollis", "Ivarsen")
_MORE = (
    "Jurgens",
    "Karlsen",
    "Lindqvist",
    "Morven",
    "Nyberg",
    "Oakes",
    "Pavlic",
    "Quist",
    "Rosner",
    "Stavros",
)
_STATES = ("Altamar", "Borduria", "Carvania", "Drumland", "Estovia", "Fennmark", "Gallvia", "Hestria")
_OFFICES = ("president", "prime minister")


def made(random: Random) -> list[Held]:
    """Sixteen offices, each held by twenty in turn to the day; every tenth comes back for a second time."""
    names = [f"{given} {family}" for given in _GIVEN for family in (*_FAMILY, *_MORE)]
    names += [f"{given} {one}-{two}" for given in _GIVEN for one in _FAMILY[:5] for two in _MORE[:3]]
    random.shuffle(names)
    found: list[Held] = []
    for state in _STATES:
        for office in _OFFICES:
            times: dict[str, list[tuple[date, date]]] = defaultdict(list)
            day = date(random.randint(1890, 1900), random.randint(1, 12), random.randint(1, 28))
            for number in range(21):
                holder = names.pop() if number != 10 else next(iter(times))
                last = day + timedelta(days=random.randint(200, 2600))
                times[holder].append((day, last))
                day = last + timedelta(days=1)
            found += [Held(state, office, holder, tuple(of)) for holder, of in times.items()]
    return found


def written(held: Sequence[Held], path: Path) -> Path:
    """The table of these, as a user would keep it."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["subject", "predicate", "object", "start", "end"])
        for state in sorted({one.state for one in held}):
            rows.writerow([state, "instance of", "state", "", ""])
        for one in held:
            rows.writerow([one.holder, "instance of", "person", "", ""])
            for first, last in one.times:
                rows.writerow([one.state, one.office, one.holder, first.isoformat(), last.isoformat()])
    return path


def wrong(
    checker: Checker, held: Sequence[Held], random: Random, share: int = 1
) -> tuple[list[tuple[str, str]], dict[str, int]]:
    """The claims that are judged wrong, of one in so many, and how often which verdict was given."""
    asked: list[tuple[str, bool]] = []
    for one in held:
        for year, was, became in one.claims():
            for wordings, holds in ((IN_OFFICE, was), (BECAME, became)):
                text = random.choice(wordings).format(
                    holder=one.holder, office=one.office, state=one.state, year=year
                )
                asked.append((text, holds))
    asked = asked[random.randrange(share) :: share]
    report = checker.check([ClaimRow(str(n), claim=text) for n, (text, _) in enumerate(asked)])
    mistakes = []
    counts: dict[str, int] = defaultdict(int)
    for (text, holds), result in zip(asked, report.results, strict=True):
        counts[f"{'true' if holds else 'false'} {result.verdict}"] += 1
        fine = result.verdict is (Verdict.SUPPORTED if holds else Verdict.CONTRADICTED)
        # Before the first of the rows somebody may have held it once already.
        early = not holds and result.verdict is Verdict.UNKNOWN and result.reason is Reason.DATES_UNKNOWN
        if not fine and not early:
            mistakes.append((text, f"{result.verdict} {result.reason}: {result.explanation}"))
    return mistakes, counts


@pytest.mark.parametrize("share", [21, pytest.param(1, marks=pytest.mark.slow)])
def test_every_holder_of_a_made_table_in_sentences(share: int, tmp_path: Path) -> None:
    """Inside, outside and one year beside each bound, each in a wording drawn at random: all are right."""
    random = Random(7)
    held = made(random)
    assert len({one.holder for one in held}) >= 300
    checker = Checker([written(held, tmp_path / "offices.csv")], bundled=False, as_of="2026-02-01")
    mistakes, counts = wrong(checker, held, random, share)
    assert mistakes == []
    assert share * counts["true supported"] > 1000
    assert counts["false contradicted"] > 4 * counts["false unknown"]


@pytest.fixture(scope="module")
def altamar(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    """Three presidents of one state, one after the other."""
    held = [
        Held("Altamar", "president", "Greta Oakes", ((date(1990, 5, 2), date(1996, 9, 1)),)),
        Held("Altamar", "president", "Fintan Quist", ((date(1996, 9, 2), date(2003, 4, 3)),)),
        Held("Altamar", "president", "Jorun Nyberg", ((date(2003, 4, 4), date(2009, 6, 5)),)),
    ]
    path = tmp_path_factory.mktemp("altamar") / "offices.csv"
    return Checker([written(held, path)], bundled=False, as_of="2026-02-01")


@pytest.mark.parametrize("wording", [*IN_OFFICE, *BECAME])
def test_every_wording(wording: str, altamar: Checker) -> None:
    """Each wording is read: the year of the change is that of both, the years beside it are not."""
    years = (1995, 1996, 1998, 2003, 2004)
    texts = [
        wording.format(holder="Fintan Quist", office="president", state="Altamar", year=y) for y in years
    ]
    found = [str(r.verdict) for r in altamar.check([ClaimRow(t, claim=t) for t in texts]).results]
    no, yes = "contradicted", "supported"
    assert found == ([no, yes, yes, yes, no] if wording in IN_OFFICE else [no, yes, no, no, no])


# ----------------------------------------------------------------------------------------- the bundled table

_WORDS = {"president": "president", "prime-minister": "prime minister", "P35": "head of state"}
_SOME = 9
"""One in so many of its holders is asked about."""


def test_holders_of_the_bundled_table_in_sentences() -> None:
    """In the known days of a row it is so; in a year that no row of the holder has, it never is."""
    random = Random(11)
    asked: list[tuple[str, bool]] = []
    for number, ((_, office, _), tenure) in enumerate(sorted(tenures().items())):
        if number % _SOME or office not in _WORDS:
            continue
        for first, last in tenure.dated:
            for year in sorted({first.year - 1, first.year, last.year, last.year + 1}):
                inside = first <= date(year, 12, 31) and date(year, 1, 1) <= last
                outside = all(a.year > year or b.year < year for a, b in tenure.covered)
                if inside or outside:
                    state, holder = tenure.names
                    text = random.choice(IN_OFFICE).format(
                        holder=holder, office=_WORDS[office], state=state, year=year
                    )
                    asked.append((text, inside))
    report = Checker(as_of="2026-02-01").check(
        [ClaimRow(str(n), claim=text) for n, (text, _) in enumerate(asked)]
    )
    found = list(zip(asked, report.results, strict=True))
    refused = [text for (text, inside), r in found if inside and r.verdict is Verdict.CONTRADICTED]
    believed = [text for (text, inside), r in found if not inside and r.verdict is Verdict.SUPPORTED]
    assert (refused, believed) == ([], [])
    true = [r.verdict is Verdict.SUPPORTED for (_, inside), r in found if inside]
    assert sum(true) > 0.97 * len(true)
    assert len(asked) > 200
