"""Which Wikidata item a name of a state or a city stands for, as the lists of missions and a list of labels
have it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

_DOMINANT = 0.9
"""A name stands for an item if this share of the missions that use the name mean it; the rest are slips."""

ONE_STATE = {
    "Q756617": "Q35",  # Kingdom of Denmark: the Factbook has one page for Denmark
    "Q29999": "Q55",  # Kingdom of the Netherlands
    "Q159583": "Q237",  # Holy See: the Factbook's page is "Holy See (Vatican City)"
    "Q29520": "Q148",  # China, beside the People's Republic of China
    "Q407199": "Q219060",  # Palestinian territories, beside the State of Palestine
}
"""Items that the lists of missions use beside another one for what is one state to the rest of the table."""


def folded(name: str) -> str:
    """A name without accents, case and punctuation, to compare spellings."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", ascii_name.lower())


@dataclass(slots=True)
class Gazetteer:
    """Names of states and cities with the items they stand for, counted over the lists of missions."""

    states: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    cities: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    city_names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    city_hosts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    labels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def read_missions(self, rows: Iterable[dict[str, str]]) -> None:
        """Count the names of one list of missions."""
        for row in rows:
            operator = ONE_STATE.get(row["operatorQID"], row["operatorQID"])
            country = ONE_STATE.get(row["countryQID"], row["countryQID"])
            self.states[folded(row["operator"])][operator] += 1
            self.states[folded(row["country"])][country] += 1
            if not row["cityQID"]:
                continue
            self.city_names[row["cityQID"]][row["city"]] += 1
            # A mission that stands "in" the state that sends it has the sender in place of the host.
            if country != operator:
                self.cities[folded(row["city"]), country][row["cityQID"]] += 1
                self.city_hosts[row["cityQID"]][country] += 1

    def read_labels(self, path: Path) -> None:
        """Add a list of labels and aliases (`id, label, aliases`)."""
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["label"]:
                    self.labels[folded(row["label"])].add(row["id"])
                    self.aliases[row["id"]] = (row["label"], *filter(None, row["aliases"].split("|")))

    def state(self, *names: str) -> str:
        """The item that one of these names stands for, the first name first; "" if none is clear."""
        for name in names:
            if qid := _dominant(self.states.get(folded(name), Counter())):
                return qid
        for name in names:
            if qid := self.labelled(name):
                return qid
        return ""

    def city(self, name: str, host: str) -> str:
        """The item that most missions in this state mean by this city; "" if there is none.

        A city and its municipality are two items with one name; if a list of labels has one, it is that one.
        """
        counts = self.cities.get((folded(name), host), Counter())
        labelled = self.labelled(name)
        if labelled in counts:
            return labelled
        return max(sorted(counts), key=lambda one: counts[one]) if counts else ""

    def labelled(self, name: str) -> str:
        """The one item with this label; "" if none or several."""
        found = self.labels.get(folded(name), set())
        return next(iter(found)) if len(found) == 1 else ""

    def host(self, city: str) -> str:
        """The state in which most missions of this city stand."""
        hosts = self.city_hosts.get(city)
        return max(sorted(hosts), key=lambda one: hosts[one]) if hosts else ""


def _dominant(counts: Counter[str]) -> str:
    if not counts:
        return ""
    qid = max(sorted(counts), key=lambda one: counts[one])
    return qid if counts[qid] >= _DOMINANT * counts.total() else ""
