"""Cuts the entities that the case table asks about out of whole ones.

    python tests/wikidata/data/cut_cases.py ENTITIES.ndjson.gz LABELS.csv LINES-2017.ndjson.gz

Takes every entity of which a claim of `tests/cases/wikidata.toml` has a name, namesakes included, and the
classes above them, with the statements of `KEPT`; names of what those refer to come from LABELS. Writes
`cases.ndjson.gz` and `cases_labels.csv` beside this file, and in `lines-2017.json` a few lines of a dump.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import cut

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "cases" / "wikidata.toml"
KEPT = (cut.KEPT - {"P1448", "P1813", "P138"}) | {
    f"P{number}"
    for number in (
        20, 22, 25, 40, 54, 69, 101, 102, 106, 112, 119, 140, 413, 569, 570, 740, 1001, 1303, 3075, 3373,
    )
}  # fmt: skip
PLAIN = frozenset({"P6", "P35", "P1082"})
"""The properties whose many statements are cut to their dates, without references."""
OLD = ("Q185", "Q275", "Q278")
"""Entities of 2017: a person, a bridge, a village."""
DATES = frozenset({"P580", "P582", "P585", "P518", "P1013", "P5102", "P2241"})


def names(entity: Mapping[str, Any]) -> Iterator[str]:
    """The English names by which the entity is found."""
    if "en" in entity["labels"]:
        yield entity["labels"]["en"]["value"]
    yield from (alias["value"] for alias in entity.get("aliases", {}).get("en", ()))


def spoken_of(entity: Mapping[str, Any], text: str) -> bool:
    """Whether one of its names stands in the text of the claims, as whole words."""
    return any(len(name) > 1 and f" {words(name)} " in text for name in names(entity))


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.removesuffix("'s")))


def classes(entity: Mapping[str, Any]) -> Iterator[str]:
    """What it is an instance or a subclass of."""
    for property in ("P31", "P279"):
        for told in entity["claims"].get(property, ()):
            if told["mainsnak"]["snaktype"] == "value":
                yield told["mainsnak"]["datavalue"]["value"]["id"]


def spoken(texts: Iterable[str]) -> str:
    """The words of all claims, in which names are sought."""
    return "".join(f" {words(one)} | {words(one.replace(chr(39) + 's', ''))} |" for one in texts)


def cut_case(entity: dict[str, Any]) -> dict[str, Any]:
    """The entity with English names and the statements that the cases may ask about."""
    kept = cut.cut(entity, KEPT)
    for part in ("labels", "descriptions", "aliases"):
        kept[part] = {code: text for code, text in kept[part].items() if code == "en"}
    for name in PLAIN & kept["claims"].keys():
        kept["claims"][name] = [plain(told) for told in kept["claims"][name]]
    return kept


def plain(told: dict[str, Any]) -> dict[str, Any]:
    """A statement with its dates alone."""
    dates = {name: snaks for name, snaks in told.get("qualifiers", {}).items() if name in DATES}
    bare = {key: value for key, value in told.items() if key not in ("references", "qualifiers")}
    return bare | ({"qualifiers": dates} if dates else {})


def chosen(whole: Mapping[str, dict[str, Any]], texts: Iterable[str]) -> set[str]:
    """The ids of what the claims speak of, and of all classes above."""
    text = spoken(texts)
    found = {id for id, entity in whole.items() if id.startswith("Q") and spoken_of(entity, text)}
    above = found
    while above:
        above = {one for id in above for one in classes(whole[id]) if one in whole} - found
        found |= above
    return found


def old_lines(dump: Path) -> Iterator[str]:
    """A few entities as a dump of 2017 has them: lines of an array."""
    with gzip.open(dump, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = line.rstrip().removesuffix(",")
            if not text.startswith("{"):
                yield line
                continue
            entity = json.loads(text)
            if entity["id"] in OLD:
                kept = cut.cut(entity, KEPT)
                kept["aliases"] = {}
                yield json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + ",\n"


def main(entities: Path, labels: Path, dump: Path) -> None:
    (HERE / "lines-2017.json").write_text("".join(old_lines(dump)), encoding="utf-8")
    with gzip.open(entities, "rt", encoding="utf-8") as lines:
        whole = {entity["id"]: entity for entity in map(json.loads, lines)}
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    ids = sorted(chosen(whole, [case["claim"] for case in cases]), key=lambda id: int(id[1:]))
    kept = [cut_case(whole[id]) for id in ids]
    text = "".join(json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n" for entity in kept)
    with gzip.GzipFile(HERE / "cases.ndjson.gz", "wb", compresslevel=9, mtime=0) as packed:
        packed.write(text.encode())
    wanted = set().union(*(cut.targets(entity["claims"]) for entity in kept)) | {
        property for entity in kept for property in entity["claims"]
    }
    named = {id for id in wanted if id in whole and id not in ids and "en" in whole[id]["labels"]}
    with (
        labels.open(encoding="utf-8", newline="") as source,
        (HERE / "cases_labels.csv").open("w", encoding="utf-8", newline="") as target,
    ):
        writer = csv.writer(target, lineterminator="\n")
        rows = csv.reader(source)
        writer.writerow(next(rows))
        said = spoken(case["claim"] for case in cases)
        for row in rows:
            if row[0] in wanted - named or (row[0] not in whole and f" {words(row[1])} " in said):
                writer.writerow(row)
        for id in sorted(named):
            label, *aliases = dict.fromkeys(names(whole[id]))
            writer.writerow([id, label, "|".join(aliases)])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
