"""Events, times and numbers are decided as the case table says, with what a better reader would say."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.thinned import thinned
from verifier import Checker
from verifier.model import Verdict

_FILE = tomllib.loads((Path(__file__).parent.parent / "cases" / "events.toml").read_text(encoding="utf-8"))
GROUPS = _FILE["group"]
_LISTS = {str(verdict) for verdict in Verdict}
_TABLES = TemporaryDirectory()


@cache
def checker(table: str) -> Checker:
    """What decides the claims on a table; the bundled one is named so."""
    own = Path(_TABLES.name) / f"{table}.csv"
    if table != "bundled":
        own.write_text(_FILE[table].strip() + "\n", encoding="utf-8")
    return Checker(
        *[own] * (table != "bundled"),
        bundled=table == "bundled",
        as_of=_FILE["as_of"][table],
    )


@pytest.mark.parametrize(
    "group", thinned(GROUPS, every=4, name=lambda _, group: f"{group['table']} {group['topic']}")
)
def test_a_claim_is_decided_as_the_list_says_on_which_it_stands(group: dict[str, list[str]]) -> None:
    """A verdict that changes for the better moves its claim to the list of that verdict."""
    decide = checker(str(group["table"])).check
    listed = {name: claims for name, claims in group.items() if name.partition("_but_")[0] in _LISTS}
    found = {
        claim: (str(decide(claim).results[0].verdict), name)
        for name, claims in listed.items()
        for claim in claims
    }
    assert {
        claim: name for claim, (verdict, name) in found.items() if verdict != name.partition("_but_")[0]
    } == {}


def test_most_claims_are_decided_as_they_should_be() -> None:
    """The lists of claims that want a better verdict stay short, and hardly any is decided wrongly."""
    counts: dict[str, int] = {}
    for group in GROUPS:
        for name, claims in group.items():
            if name.partition("_but_")[0] in _LISTS:
                counts[name] = counts.get(name, 0) + len(claims)
    wanting = sum(count for name, count in counts.items() if "_but_" in name)
    assert wanting <= sum(counts.values()) / 10
    assert sum(n for name, n in counts.items() if "_but_" in name and not name.startswith("unknown")) <= 1
