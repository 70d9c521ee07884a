"""Who borders whom by the rows of the bundled table: all lists of neighbours are complete but for a few."""

from __future__ import annotations

from functools import cache

import pytest

import verifier
from verifier.judge import judge
from verifier.model import (
    Group,
    Match,
    MatchKind,
    Part,
    Quantifier,
    QuantifierKind,
    Quantity,
    Reading,
    Term,
    Triple,
)
from verifier.values import parse_date, parse_quantity


@cache
def checker() -> verifier.Checker:
    return verifier.Checker()


def named(name: str) -> Term:
    """The thing of the table that has this label."""
    match = next(match for match, _, _ in checker().lookup(name) if match.label == name)
    return Term(name, matches=(Match(match.id, name, name, 100.0, MatchKind.EXACT),))


def borders(subject: Term, object: Term, as_of: str) -> Part:
    reading = Reading("P47", "shares border with", "borders", 100.0)
    triple = Triple(subject, object, (reading,), relation_text="borders")
    return judge(triple, checker().evidence, catalogue=checker().catalogue, as_of=parse_date(as_of))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Spain", "Gibraltar", "supported"),
        ("Cyprus", "Akrotiri", "supported"),
        ("Russia", "Poland", "supported"),
        ("Morocco", "Western Sahara", "supported"),
        ("Canada", "Denmark", "supported"),
        ("Serbia", "Kosovo", "supported"),
        ("Estonia", "Lithuania", "contradicted"),
        ("Chile", "Brazil", "contradicted"),
        ("Israel", "Iran", "contradicted"),
        ("Brazil", "Ecuador", "contradicted"),
        ("Spain", "United Kingdom", "unknown"),
        ("Cyprus", "United Kingdom", "unknown"),
        ("France", "Brazil", "unknown"),
        ("France", "Suriname", "unknown"),
        ("France", "Netherlands", "unknown"),
        ("Sint Maarten", "France", "unknown"),
        ("Egypt", "Palestine", "unknown"),
        ("Israel", "Palestine", "unknown"),
        ("Russia", "Abkhazia", "unknown"),
        ("Morocco", "Sahrawi Arab Democratic Republic", "unknown"),
        ("Ethiopia", "Somaliland", "unknown"),
        ("China", "Hong Kong", "unknown"),
        ("Cuba", "United States", "unknown"),
        ("Greenland", "Canada", "unknown"),
        ("Singapore", "Malaysia", "unknown"),
        ("France", "Geneva", "unknown"),
    ],
)
def test_each_pair_both_ways(one: str, other: str, expected: str) -> None:
    """What no page names, and what borders by a part of it, is left open."""
    assert borders(named(one), named(other), "2025-06-01").verdict == expected
    assert borders(named(other), named(one), "2025-06-01").verdict == expected


@pytest.mark.parametrize(("as_of", "expected"), [("2021-02-28", "unknown"), ("2026-03-01", "unknown")])
def test_the_editions_bound_what_is_complete(as_of: str, expected: str) -> None:
    """Before the first edition and after the last, absence says nothing."""
    assert borders(named("Estonia"), named("Lithuania"), as_of).verdict == expected


@pytest.mark.parametrize(
    ("whose", "number", "expected"),
    [
        ("Germany", "9", "supported"),
        ("Germany", "8", "contradicted"),
        ("Germany", "10", "contradicted"),
        ("Spain", "5", "unknown"),
        *(
            pytest.param(*case, marks=pytest.mark.slow)
            for case in [
                ("Estonia", "3", "contradicted"),
                ("Spain", "4", "unknown"),
                ("Brazil", "9", "unknown"),
                ("Brazil", "10", "unknown"),
            ]
        ),
    ],
)
def test_how_many_countries(whose: str, number: str, expected: str) -> None:
    """Whether a territory counts as a country is left open, and so is a list that lacks something."""
    group = Group("countries", (("P31", named("sovereign state"), False),))
    count = parse_quantity(number)
    assert isinstance(count, Quantity)
    countries = Term("countries", group=group, quantifier=Quantifier(QuantifierKind.EXACTLY, count))
    assert borders(named(whose), countries, "2025-06-01").verdict == expected
