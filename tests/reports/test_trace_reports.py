"""What `verifier explain` prints, against golden files, and what may act on a terminal.

To accept a change, run `UPDATE_GOLDEN=1 pytest tests/reports` and read the difference.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.reports.test_reports import ACTIVE, compare
from tests.reports.trace_tables import CLAIMS, trace, write_tables
from verifier import Checker
from verifier.model import Reason, Verdict
from verifier.reports.trace_data import render_json
from verifier.reports.trace_text import render_text
from verifier.rules import RULES

SHAPE: dict[str, Any] = {
    "claim": str,
    "as_of": {"date": str, "origin": str},
    "result": dict,
    "sentences": [
        {
            "text": str,
            "manner": str,
            "parsed": bool,
            "clauses": [
                {
                    "text": str,
                    "relation": {"id": str, "label": str},
                    "words": str,
                    "passed": str,
                    "triples": int,
                }
            ],
            "figures": [{"text": str, "used": bool, "value": dict}],
            "unread": [str],
        }
    ],
    "mentions": [
        {
            "text": str,
            "roles": [str],
            "value": (str, None),
            "candidates": [
                {
                    "id": str,
                    "label": str,
                    "types": [str],
                    "score": float,
                    "via": str,
                    "name": str,
                    "runner_up": float,
                    "taken": bool,
                    "why": str,
                }
            ],
            "more": int,
        }
    ],
    "parts": [
        {
            "said": str,
            "times": [
                {
                    "kind": str,
                    "date": (str, None),
                    "until": (str, None),
                    "text": (str, None),
                    "origin": str,
                }
            ],
            "qualifiers": [{"relation": {"id": str, "label": str}, "text": str}],
            "relations": [
                {
                    "id": str,
                    "label": str,
                    "words": str,
                    "score": float,
                    "inverse": bool,
                    "way": str,
                    "form": str,
                    "taken": bool,
                    "why": str,
                    "verdict": (str, None),
                    "reason": (str, None),
                }
            ],
            "groups": [
                {
                    "text": str,
                    "conditions": [str],
                    "at": (str, None),
                    "complete": bool,
                    "unclear": (str, None),
                    "members": [
                        {
                            "id": str,
                            "label": str,
                            "sure": bool,
                            "statement": (dict, None),
                            "verdict": (str, None),
                            "reason": (str, None),
                            "explanation": (str, None),
                        }
                    ],
                    "more": int,
                }
            ],
            "pairs": [{"subject": str, "object": str, "verdict": str, "reason": str, "taken": bool}],
            "more_pairs": int,
            "choice": (str, None),
            "rows": [
                {
                    "statement": dict,
                    "sources": [dict],
                    "says": str,
                    "rank": str,
                    "trust": str,
                    "by_relation": (str, None),
                    "value": (str, None),
                    "qualifiers": (str, None),
                    "in_force": (str, None),
                    "dates": (str, None),
                    "ground": str,
                    "stance": (str, None),
                }
            ],
            "more_rows": int,
            "complete_lists": [
                {
                    "relation": {"id": str, "label": str},
                    "subject": (str, None),
                    "object": (str, None),
                    "subject_types": [str],
                    "as_of": (str, None),
                    "table": str,
                    "source": dict,
                    "counts": bool,
                }
            ],
            "verdict": str,
            "reason": str,
            "rule": str,
            "explanation": str,
            "confidence": (float, None),
            "confidence_basis": (str, None),
            "repair": (str, None),
            "settle": [str],
        }
    ],
    "deciding_part": (int, None),
    "how": str,
    "rule": str,
    "reference": {"tables": [dict], "failures": [dict]},
    "version": str,
}
"""The keys of the JSON in their order, and what each has."""


def fits(value: object, shape: object, path: str = "") -> None:
    """Fail unless a value has exactly the keys and kinds of a shape."""
    match shape:
        case dict():
            assert isinstance(value, dict) and list(value) == list(shape), path
            for key, inner in shape.items():
                fits(value[key], inner, f"{path}.{key}")
        case [inner]:
            assert isinstance(value, list), path
            for number, each in enumerate(value):
                fits(each, inner, f"{path}[{number}]")
        case (kind, None):
            assert value is None or isinstance(value, kind), path  # type: ignore[arg-type]
        case _:
            assert isinstance(value, shape), path  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the tables, to which paths are relative."""
    monkeypatch.chdir(tmp_path)
    write_tables(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", CLAIMS)
def test_a_trace_is_written_as_in_its_golden_file(name: str) -> None:
    """Text for people, byte for byte, in at most 100 columns but for addresses."""
    text = render_text(trace(name))
    compare(f"trace-{name}.text.txt", text)
    assert max(len(line) for line in text.splitlines() if "→" not in line) <= 100


@pytest.mark.parametrize("name", ["time", "group"])
def test_the_data_is_written_as_in_its_golden_file(name: str) -> None:
    """JSON for programs."""
    compare(f"trace-{name}.json.txt", render_json(replace(trace(name), version="0")))


@pytest.mark.parametrize("name", CLAIMS)
def test_the_data_has_the_shape_that_is_promised(name: str) -> None:
    """The same keys in the same order for every kind of claim."""
    record = json.loads(render_json(trace(name)))
    fits(record, SHAPE)
    assert record["result"]["verdict"] in {verdict.value for verdict in Verdict}


def test_colour_and_width() -> None:
    """The same words, whatever the terminal."""
    found = trace("time")
    assert "\x1b[1;31m✗ contradicted" in render_text(found, colour=True)
    lines = render_text(found, width=60).splitlines()
    assert max(len(line) for line in lines if "→" not in line) <= 60


def test_every_reason_has_a_rule() -> None:
    """In one sentence."""
    assert set(RULES) == set(Reason)
    assert all(rule.endswith(".") and rule[0].isupper() for rule in RULES.values())


def test_long_lists_are_cut_with_a_count(folder: Path) -> None:
    """Many things of one name, and many rows in one place."""
    rows = [f"Norwick {n},country,Alba\nAlba,has part,Norwick {n}" for n in range(30)]
    (folder / "many").mkdir()
    (folder / "many" / "statements.csv").write_text(
        "subject,predicate,object\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    names = [f"Norwick {n},Norwick" for n in range(30)]
    (folder / "many" / "entities.csv").write_text(
        "label,aliases\n" + "\n".join(names) + "\n", encoding="utf-8"
    )
    checker = Checker("many", bundled=False)
    assert "    and 22 more candidates (--format json)\n" in render_text(
        checker.explain("Norwick | country | Borea")
    )
    text = render_text(checker.explain("Alba | has part | Norwick 7"))
    assert "  and 20 more rows (--format json)\n" in text


def test_nothing_from_outside_acts(folder: Path) -> None:
    """No control character and no bidi override gets out, wherever a claim or a table may have them."""
    evil = "Al\x1b[31mba\u202e"
    (folder / "evil.csv").write_text(
        f"subject,predicate,object,source_title,source_url\n{evil},capi\x1btal,Cor\u202evin,a\x1bb,x\x1by\n",
        encoding="utf-8",
    )
    checker = Checker("evil.csv", bundled=False)
    for claim in (f"{evil} | capi\x1btal | Cor\u202evin", f"{evil} is \x1b]0;x\x07 nice.", f"{evil} | x | y"):
        found = checker.explain(claim)
        for text in (render_text(found), render_json(found)):
            assert ACTIVE.search(text) is None
