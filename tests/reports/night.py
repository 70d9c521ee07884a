"""The report of a night in which everything happened, for golden files."""

from __future__ import annotations

import datetime
from dataclasses import replace

from verifier.night import (
    ChangeKind,
    Counts,
    FeedReport,
    FeedStatus,
    NightReport,
    Refused,
    RowChange,
    StaleRows,
    VerdictChange,
    WatchedDocument,
)

RURITANIA = RowChange(
    "embassies",
    ChangeKind.ADDED,
    "q-107",
    "embassy",
    {
        "statement_id": "q-107",
        "subject": "Ruritania",
        "subject_id": "q-1",
        "predicate": "embassy",
        "object": "Atlantis City",
        "object_id": "q-2",
        "P17": "Atlantis",
        "seen_first": "2022-11-16",
        "source_url": "https://example.org/missions/107",
        "source_title": "Embassy of Ruritania",
        "publisher": "The Gazette",
    },
)
GONE = RowChange(
    "embassies",
    ChangeKind.GONE,
    "q-8",
    "consulate",
    {"subject": "Ruritania", "predicate": "consulate", "object": "Bay", "seen_last": "2021-04-22"},
)
CORRECTED = RowChange(
    "heads",
    ChangeKind.CHANGED,
    "q-9",
    "P35",
    {
        "subject": "Atlantis",
        "predicate": "P35",
        "object": "A. Kelp",
        "start": "2009-01-20",
        "rank": "preferred",
    },
    {"start": "2009-01-21"},
    {"start": "2009-01-20"},
    correction=True,
)


def night() -> NightReport:
    """Sources of every status, verdicts that changed for every kind of reason, rows that grew old."""
    added = tuple(
        replace(RURITANIA, statement_id=f"q-{n}", row={**RURITANIA.row, "object": f"City {n}"})
        for n in range(9)
    )
    return NightReport(
        edition=12,
        day=datetime.date(2022, 11, 16),
        before=11,
        fingerprint="0123456789abcdef" * 4,
        program="0.6.0",
        dry_run=False,
        feeds=(
            FeedReport(
                "embassies",
                FeedStatus.REFRESHED,
                accepted=("gone",),
                read=8123,
                left_out=120,
                rows=7941,
                kept=62,
                refused=(
                    Refused(812, "start", "20x1", "not a date"),
                    Refused(7, "", "q-5", "the id stands in line 6 too"),
                ),
                counts={"embassy": Counts(10, 0, 0), "consulate": Counts(0, 0, 1)},
                changes=(RURITANIA, *added, GONE),
            ),
            FeedReport(
                "heads",
                FeedStatus.REFRESHED,
                read=390,
                rows=390,
                counts={"P35": Counts(0, 1, 0, 1)},
                changes=(CORRECTED,),
            ),
            FeedReport("borders", FeedStatus.FAILED, "the answer is a page (text/html), not CSV: look at it"),
            FeedReport(
                "members",
                FeedStatus.STOPPED,
                "980 of 2,000 rows are gone, and it allows 200: --accept members takes them",
                read=1020,
                rows=2000,
                counts={"P463": Counts(0, 0, 980)},
                changes=(GONE,),
            ),
            FeedReport("towns", FeedStatus.DROPPED),
            FeedReport("quiet", FeedStatus.REFRESHED, read=3, rows=3),
        ),
        verdicts=(
            VerdictChange(
                *("claims/ties.md", 14, 1, "c7", "Ruritania has its embassy in Atlantis City"),
                *("unknown", "supported", "no-statement", "same-value"),
                "The embassy of Ruritania in Atlantis is in Atlantis City.",
                (RURITANIA,),
            ),
            VerdictChange(
                *("claims/triples.csv", None, None, "embassies", "Ruritania | embassy | City 9"),
                *("supported", "contradicted", "same-value", "outside-dates"),
                "It was in City 9 until 2021.",
                added,
            ),
            VerdictChange(
                *("claims/ties.md", 15, 3, "c8", "A. Kelp presides over Atlantis"),
                *("supported", "unknown", "same-value", "dates-unknown"),
                "The row was last shown in 2021.",
                because="time: “Atlantis | head of state | A. Kelp” was last shown on 1 May 2021",
            ),
            VerdictChange(
                *("claims/ties.md", 16, 1, "c9", "It is so"),
                *("unknown", None, "not-checkable", "", "This is an opinion."),
                because="another version of the program: 0.6.0, before 0.5.0",
            ),
        ),
        documents=(
            WatchedDocument("claims/broken.csv", {}, "claims/broken.csv:1: there is no column"),
            WatchedDocument("claims/empty.md", {"supported": 0, "contradicted": 0, "unknown": 0}),
            WatchedDocument("claims/ties.md", {"supported": 1200, "contradicted": 1, "unknown": 7}),
        ),
        stale=(
            StaleRows(
                "embassy",
                "embassy",
                1826,
                tuple((f"statements.csv:{n}", f"A | embassy | {n}", "2017-03") for n in range(5, 12)),
            ),
            StaleRows("P35", "head of state", 400, (("q-9 in reference", "B | head of state | C", "2020"),)),
        ),
        labels={"P35": "head of state", "P463": "member of", "P17": "in the country"},
        notes=("the run before was killed: what it left of edition 12 was removed",),
        exit_code=2,
    )


def quiet() -> NightReport:
    """The first night, tried: nothing changed and nothing is watched."""
    return NightReport(
        1, datetime.date(2021, 1, 25), None, "f" * 64, "0.6.0", True, (FeedReport("a", FeedStatus.REFRESHED),)
    )


def hostile(text: str) -> NightReport:
    """Everything from outside is this text."""
    row = dict.fromkeys(
        ("statement_id", "subject", "predicate", "object", "P17", "source_title", "start"), text
    )
    row |= {"source_url": f"https://evil.example/{text}", text: text}
    change = RowChange(text, ChangeKind.CHANGED, text, text, row, {"end": text}, {"end": text}, True)
    counts = {text: Counts(1, 1, 1, 1)}
    refused = (Refused(1, text, text, text),)
    feed = FeedReport(text, FeedStatus.STOPPED, text, (text,), 1, 1, 1, 1, refused, counts, (change,))
    verdict = VerdictChange(
        text, None, None, text, text, "supported", None, text, text, text, (change,), text
    )
    return NightReport(
        1,
        datetime.date(2021, 1, 25),
        None,
        text,
        text,
        False,
        (feed, replace(feed, status=FeedStatus.REFRESHED, problem="")),
        (verdict, replace(verdict, line=1, column=1, causes=())),
        (WatchedDocument(text, {}, text), WatchedDocument(text, {})),
        (StaleRows(text, text, 1, ((text, text, text),)),),
        {text: text, "P17": text},
        (text,),
    )
