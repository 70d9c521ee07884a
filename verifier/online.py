"""Checking with what services know: read a text, ask for what it lacked, and read it again.

Nothing but names, ids and queries leaves: never the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verifier.evidence import Evidence
from verifier.model import Report
from verifier.relations import Catalogue
from verifier.settings import Settings
from verifier.sources.wikidata.client import Client
from verifier.sources.wikidata.live import Live
from verifier.sources.wikidata.vocabulary import wikidata_vocabulary
from verifier.wanted import wants_of

__all__ = ["in_rounds", "open_live"]

_MOST_ROUNDS = 5
"""How often a service is asked for what the last answers led to."""


def open_live(settings: Settings, catalogue: Catalogue, *, trace: Callable[[str], None] | None) -> Live:
    """Wikidata, asked at the addresses of the settings; `trace` is told every line that leaves."""
    return Live(Client(settings, trace=trace), catalogue, wikidata_vocabulary())


def in_rounds(
    live: Live,
    names: Sequence[str],
    check: Callable[[], tuple[Report, Evidence, Catalogue]],
    *,
    progress: Callable[[int, int], None] | None,
) -> Report:
    """Check again and again, as long as what was read asks for more and something comes.

    `check` gives the report by what is known so far, and by what evidence and catalogue it was made;
    `progress` is told how many of the `names` were asked about. Raises `UsageError` without a contact.
    """
    missions = frozenset(live.vocabulary.missions.values())
    live.find(names, progress=progress)
    for _ in range(_MOST_ROUNDS):
        report, evidence, catalogue = check()
        if not live.fetch(wants_of(report, evidence, catalogue, missions=missions)):
            break
    return live.told(report)
