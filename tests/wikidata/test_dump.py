"""Dumps in all their forms."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path

import pytest

from tests.wikidata.forms import entity, line, lines
from verifier.errors import InputError
from verifier.sources.wikidata.dump import Broken, read_dump

ENTITIES = [entity("Q1 universe"), entity("Q2 Earth", "P31 Q3"), entity("Q30 Ghana")]
ARRAY = b"[\n" + b",\n".join(json.dumps(e).encode() for e in ENTITIES) + b"\n]\n"


def ids(path: Path, broken: Broken | None = None) -> list[str]:
    return [str(data["id"]) for data in read_dump(path, broken=broken or Broken())]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lines.ndjson", lines(ENTITIES)),
        ("lines.json", lines(ENTITIES).rstrip(b"\n")),
        ("bom.ndjson", b"\xef\xbb\xbf" + lines(ENTITIES)),
        ("windows.ndjson", lines(ENTITIES).replace(b"\n", b"\r\n")),
        ("array.json", ARRAY),
        ("one-line.json", json.dumps(ENTITIES).encode()),
        ("indented.json", json.dumps(ENTITIES, indent=2).encode()),
        ("array.json.gz", gzip.compress(ARRAY)),
        ("lines.bz2", bz2.compress(lines(ENTITIES))),
        ("named-wrongly.json", gzip.compress(lines(ENTITIES))),
        ("answer.json", json.dumps({"entities": {e["id"]: e for e in ENTITIES}, "success": 1}).encode()),
        ("page.json", json.dumps({"entities": {e["id"]: e for e in ENTITIES}}, indent=4).encode()),
    ],
)
def test_forms(tmp_path: Path, name: str, content: bytes) -> None:
    """Lines, arrays, answers of the service; plain or packed, whatever the name says."""
    path = tmp_path / name
    path.write_bytes(content)
    broken = Broken()
    assert (ids(path, broken), broken.count) == (["Q1", "Q2", "Q30"], 0)


def test_broken_lines_are_counted_with_their_place(tmp_path: Path) -> None:
    """What cannot be read is passed over."""
    path = tmp_path / "dump.ndjson"
    path.write_bytes(line(ENTITIES[0]) + b'{"id": "Q2", \n' + b"\xff\xfe\n" + b"17\n\n" + line(ENTITIES[2]))
    broken = Broken()
    assert ids(path, broken) == ["Q1", "Q30"]
    assert broken.count == 3
    assert [text.partition(": ")[0] for text in broken.first] == [f"{path}:{n}" for n in (2, 3, 4)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress], ids=["gzip", "bzip2"])
def test_a_packed_file_that_was_cut_gives_what_it_has(tmp_path: Path, pack: object) -> None:
    """The rest is one broken line."""
    assert callable(pack)
    path = tmp_path / "dump.gz"
    whole = pack(lines([entity(f"Q{n} thing {n}", "P31 Q5") for n in range(1, 9000)]))
    path.write_bytes(whole[: len(whole) * 3 // 4])
    broken = Broken()
    found = ids(path, broken)
    assert broken.count == 1
    assert found == [f"Q{n}" for n in range(1, len(found) + 1)]


def test_no_file(tmp_path: Path) -> None:
    """A clear error."""
    with pytest.raises(InputError, match=r"no\.json: cannot be read"):
        ids(tmp_path / "no.json")


def test_progress(tmp_path: Path) -> None:
    """Told in bytes of the file, to its end."""
    path = tmp_path / "dump.ndjson"
    path.write_bytes(lines(ENTITIES))
    told: list[tuple[int, int]] = []
    list(read_dump(path, broken=Broken(), progress=lambda done, total: told.append((done, total))))
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
