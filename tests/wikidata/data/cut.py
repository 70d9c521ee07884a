"""Cuts the fixtures of the tests of Wikidata out of whole entities.

    python tests/wikidata/data/cut.py ENTITIES.ndjson.gz LABELS.csv WIKIBASE

The first holds whole entities of Wikidata, one a line; the second names those that they refer to (`id, label,
aliases`); the third is a folder of answers that a Wikibase gave, each with a `.headers` file. Writes
`entities.ndjson.gz`, `labels.csv`, `forms.json` and `Q1246.nt` beside this file. NOTE says where all is from.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections.abc import Set
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WHOLE = ("Q30", "Q183")
"""States, with every statement that a claim may be about."""
SOME = (
    "Q36",
    "Q142",
    "Q145",
    "Q408",
    "Q5",
    "Q6256",
    "Q270",
    "Q727",
    "Q9899",
    "Q16957",
    "Q15180",
    "Q11696",
    "Q34433",
)
"""Other states, things of other kinds, and some of one name, with the statements of `KEPT`."""
PROPERTIES = ("P17",)
KEPT = frozenset(
    f"P{number}"
    for number in (
        6, 17, 19, 26, 27, 30, 31, 35, 36, 37, 38, 39, 47, 122, 131, 138, 155, 156, 159, 194, 208, 279, 361,
        463, 527, 530, 571, 576, 580, 582, 585, 1082, 1304, 1313, 1365, 1366, 1376, 1448, 1451, 1813, 1906,
        2046,
    )
)  # fmt: skip
LANGUAGES = ("en", "mul", "de", "fr", "en-gb", "en-ca")
LEFT_OUT = frozenset(
    {
        "external-id",
        "commonsMedia",
        "globe-coordinate",
        "geo-shape",
        "tabular-data",
        "musical-notation",
        "math",
    }
)


def cut(entity: dict[str, Any], only: Set[str] = frozenset()) -> dict[str, Any]:
    """The entity in a few languages, without identifiers, media, sitelinks, and more than one reference."""
    kept = {key: value for key, value in entity.items() if key not in ("sitelinks", "claims")}
    for part in ("labels", "descriptions", "aliases"):
        kept[part] = {code: text for code, text in entity.get(part, {}).items() if code in LANGUAGES}
    kept["claims"] = {
        property: [statement(one) for one in told]
        for property, told in entity.get("claims", {}).items()
        if told[0]["mainsnak"].get("datatype") not in LEFT_OUT
        and (property in only if only else entity["id"] in WHOLE or property in KEPT)
    }
    return kept


def statement(told: dict[str, Any]) -> dict[str, Any]:
    """A statement without hashes, which nobody asks for."""
    for snaks in (
        told.get("qualifiers", {}),
        *(reference["snaks"] for reference in told.get("references", ())),
    ):
        for snak in (snak for group in snaks.values() for snak in group):
            snak.pop("hash", None)
    told["mainsnak"].pop("hash", None)
    told["references"] = [
        {"hash": reference["hash"], "snaks": reference["snaks"]}
        for reference in told.get("references", ())[:1]
    ]
    told.pop("qualifiers-order", None)
    return told if told["references"] else {key: value for key, value in told.items() if key != "references"}


def targets(value: Any) -> set[str]:
    """The ids of all entities that a piece of entity JSON speaks of."""
    if isinstance(value, dict):
        own = {value["id"]} if value.get("entity-type") in ("item", "property") and "id" in value else set()
        return own.union(*map(targets, value.values()))
    if isinstance(value, list):
        return set().union(*map(targets, value))
    return set()


def forms(wikibase: Path) -> dict[str, Any]:
    """What the service answers in each case: its body, and the headers that say something of it."""
    found = {}
    for name in (
        "wbgetentities_Q1246",
        "wbgetentities_missing",
        "wbgetentities_invalid",
        "wbgetentities_51ids",
    ):
        lines = (wikibase / f"{name}.json.headers").read_text(encoding="utf-8").splitlines()
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        found[name] = {
            "headers": {
                key: headers[key] for key in ("Content-Type", "MediaWiki-API-Error") if key in headers
            },
            "body": json.loads((wikibase / f"{name}.json").read_text(encoding="utf-8")),
        }
    return found


def triples(wikibase: Path) -> str:
    """The triples of an entity itself, and of its statements, references and values."""
    import pyoxigraph

    text = (wikibase / "EntityData_Q1246.ttl").read_text(encoding="utf-8")
    kept = (
        f"{triple} ."
        for triple in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
        if re.search(r"/entity/Q1246|/entity/statement/|/reference/|/value/", str(triple.subject))
        and "/prop/" not in str(triple.subject)
    )
    return "\n".join(sorted(kept)) + "\n"


def main(entities: Path, labels: Path, wikibase: Path) -> None:
    (HERE / "forms.json").write_text(json.dumps(forms(wikibase), indent=1) + "\n", encoding="utf-8")
    (HERE / "Q1246.nt").write_text(triples(wikibase), encoding="utf-8")
    chosen = []
    with gzip.open(entities, "rt", encoding="utf-8") as lines:
        for line in lines:
            entity = json.loads(line)
            if entity["id"] in (*WHOLE, *SOME, *PROPERTIES):
                chosen.append(cut(entity))
    chosen.sort(key=lambda entity: (entity["id"][0], int(entity["id"][1:])))
    text = "".join(json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n" for entity in chosen)
    with gzip.GzipFile(HERE / "entities.ndjson.gz", "wb", compresslevel=9, mtime=0) as packed:
        packed.write(text.encode())
    wanted = set().union(*(targets(entity["claims"]) for entity in chosen)) | {
        property for entity in chosen for property in entity["claims"]
    }
    with (
        labels.open(encoding="utf-8", newline="") as source,
        (HERE / "labels.csv").open("w", encoding="utf-8", newline="") as target,
    ):
        writer = csv.writer(target, lineterminator="\n")
        rows = csv.reader(source)
        writer.writerow(next(rows))
        writer.writerows(row for row in rows if row[0] in wanted)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
