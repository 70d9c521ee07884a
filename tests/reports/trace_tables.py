"""A small made-up world as tables, and claims of each kind about it."""

from __future__ import annotations

from pathlib import Path

from verifier import Checker
from verifier.trace import Trace

STATEMENTS = """subject,predicate,object,start,end,point_in_time,rank,source_url,source_title
Alba,capital,Corvin,,,,,https://example.org/alba,Atlas of Alba
Alba,president,Ana Brun,2010-03-01,2015-03-01,,,https://example.org/alba,Atlas of Alba
Alba,president,Ben Cole,2015-03-01,,,,,
Alba,president,Cy Dale,2015-03-01,,,deprecated,,
Alba,population,2480000,,,2020,,,
Alba,diplomatic relation,Borea,2001,,,,,
Alba,diplomatic relation,Dunmore,2003,,,,,
Corvin,country,Alba,,,,,,
Delta League,has part,Borea,,,,,,
Borea,member of,Delta League,1999,,,,,
Dunmore,member of,Delta League,1999,,,,,
Elis,member of,Delta League,2005,,,,,
Norwick (Alba),country,Alba,,,,,,
Norwick (Borea),country,Borea,,,,,,
Norwick (Alba),population,9000,,,2020,,,
"""
ENTITIES = """label,aliases,types
Alba,,state
Borea,,state
Dunmore,,state
Elis,,state
Corvin,,city
Norwick (Alba),Norwick,city
Norwick (Borea),Norwick,city
Delta League,,organisation
Ana Brun,,person
Ben Cole,,person
Cy Dale,,person
"""
LIGHTS = """subject,predicate,object
Skarn Light,lightKeeper,Odda Brenn
Skarn Light,lensMaker,Varga Optics
Harl Light,lightKeeper,Pim Ostrand
Harl Light,lensMaker,Dorn Glass
"""
CLAIMS = {
    "supported": "Corvin is the capital of Alba.",
    "time": "Ana Brun was the president of Alba in 2017.",
    "ambiguous": "Norwick has 5,000 inhabitants.",
    "unknown-relation": "Alba quietly admires Borea.",
    "group": "All members of the Delta League have diplomatic relations with Alba.",
    "quantity": "Alba has 1.2 million inhabitants.",
    "closed": "The keeper of Skarn Light is Pim Ostrand.",
    "triple": "Alba | capital | Corvn",
}
"""One claim of each kind; "closed" is against the table of lights."""


def write_tables(folder: Path) -> None:
    """Write the tables into a folder: `world` and `lights.csv`."""
    (folder / "world").mkdir()
    (folder / "world" / "statements.csv").write_text(STATEMENTS, encoding="utf-8")
    (folder / "world" / "entities.csv").write_text(ENTITIES, encoding="utf-8")
    (folder / "lights.csv").write_text(LIGHTS, encoding="utf-8")


def trace(name: str) -> Trace:
    """The trace of the claim of this kind, in a folder with the tables."""
    closed = name == "closed"
    checker = Checker(
        "lights.csv" if closed else "world",
        bundled=False,
        closed_world=closed,
        as_of="2021-02-01",
    )
    return checker.explain(CLAIMS[name])
