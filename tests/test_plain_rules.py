"""The judge beside a slow and obvious reading of the same rules, over tables and claims made at random."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.factory import CATALOGUE, on, row, verdict
from tests.plain_rules import plain_verdict
from verifier.model import Reason, Verdict
from verifier.relations import Relation

_AS_OF = "2021-02-01"
_RELATIONS = ("capital", "president", "born", "award", "member", "recognises-capital", "occupies")
_MANY = ("award", "member", "recognises-capital", "occupies")
_RANKS = ("; table=wikidata", "; table=wikidata; rank=preferred")
_DAYS = (
    "2008",
    "2010",
    "2010-06-15",
    "2012",
    "2012-03-01",
    "2014",
    "2014-11-30",
    "2016",
    "2016-05-20",
    "2018",
    "2019-02-02",
)
_TWO_DAYS = st.tuples(st.sampled_from(_DAYS), st.sampled_from(_DAYS)).filter(
    lambda two: two[0][:4] < two[1][:4]
)
_TIMES = st.one_of(
    st.just(""),
    st.sampled_from(_DAYS).map("; start={}".format),
    st.sampled_from(_DAYS).map("; end={}".format),
    st.sampled_from(_DAYS).map("; at={}".format),
    _TWO_DAYS.map(lambda two: f"; start={two[0]}; end={two[1]}"),
    _TWO_DAYS.map(lambda two: f"; seen={two[0]}..{two[1]}"),
    _TWO_DAYS.map(lambda two: f"; start={two[0]}; seen={two[1]}"),
)
_BIRTHS = st.sampled_from(("", "; at=2010", "; at=2012-03-01"))


@st.composite
def _rows(draw: st.DrawFn, relation: str) -> list[str]:
    """At most one row for each value: it affirms or denies it."""
    values = draw(st.lists(st.sampled_from(("Xan", "Yor", "Zed")), unique=True))
    times = _BIRTHS if relation == "born" else _TIMES
    ranks = draw(st.sampled_from((("",), _RANKS))) if relation in _MANY else ("",)
    return [
        f"Alba | {relation} | {value}{draw(times)}{draw(st.sampled_from(('', '', '', '; denied')))}"
        f"{draw(st.sampled_from(ranks))}"
        for value in values
    ]


@given(st.data())
@settings(max_examples=400, deadline=None, derandomize=True)
def test_the_judge_says_what_the_plain_rules_say(data: st.DataObject) -> None:
    """It decides nothing that they leave open, and what one row or dated rows decide it decides too."""
    _compare(data)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=3_000, deadline=None, derandomize=True)
def test_the_judge_says_so_of_thousands_of_tables(data: st.DataObject) -> None:
    """The same, long enough to meet what is rare."""
    _compare(data)


def _compare(data: st.DataObject) -> None:
    relation = data.draw(st.sampled_from(_RELATIONS))
    rows = data.draw(_rows(relation))
    time = data.draw(st.sampled_from(("", *_DAYS)))
    closed = data.draw(st.booleans()) and not any("seen=" in text or "at=" in text for text in rows)
    claim = f"Alba | {relation} | Xan{'; at=' if time else ''}{time}"
    judged = verdict(claim, rows, as_of=_AS_OF, closed=closed, things=("Alba", "Xan", "Yor", "Zed"))
    plain = plain_verdict(
        [row(text, number) for number, text in enumerate(rows)],
        CATALOGUE.get(relation) or Relation(relation, relation, lasting=True, declared=False),
        "Xan",
        time=on(time or _AS_OF),
        named=bool(time),
        closed=closed and bool(rows),
    )
    assume(plain is not None and judged.reason is not Reason.SOURCES_DISAGREE)
    if judged.verdict is Verdict.UNKNOWN:
        assume(len(rows) <= 1 or all("start=" in text and "end=" in text for text in rows))
    assert judged.verdict is plain, judged.explanation
