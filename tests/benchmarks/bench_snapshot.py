"""How long a snapshot of a large dump takes to build and to open, beside reading the dump as JSON alone.

    python tests/benchmarks/bench_snapshot.py [THINGS]        default: 200000

The dump is made up (tests/wikidata/large.py), the same at each run.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.wikidata.large import dump
from verifier.sources.bundled import bundled_catalogue
from verifier.sources.store import TableSource
from verifier.sources.wikidata.snapshot import build_snapshot
from verifier.sources.wikidata.vocabulary import wikidata_vocabulary


def parsed(things: int) -> Iterator[Mapping[str, Any]]:
    """The entities of the dump."""
    return map(json.loads, dump(things))


def main(things: int) -> None:
    """Print the figures."""
    began = time.process_time()
    read = sum(1 for _ in parsed(things))
    alone = time.process_time() - began
    print(f"{read:,} entities made and parsed as JSON: {alone:.1f} s of processor time")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.snapshot"
        began = time.process_time()
        counts = build_snapshot(
            parsed(things),
            path,
            catalogue=bundled_catalogue(),
            vocabulary=wikidata_vocabulary(),
            name=path.name,
        )
        built = time.process_time() - began
        megabytes = path.stat().st_size / 1e6
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"built: {built:.1f} s, {built / alone:.1f} times that; {counts.statements:,} statements")
        print(f"file: {megabytes:,.0f} MB; memory at most: {peak:,.0f} MB")
        times = []
        for _ in range(9):
            began = time.perf_counter()
            TableSource(path)
            times.append(time.perf_counter() - began)
        print(f"opened: {min(times) * 1000:.1f} ms at best, {max(times) * 1000:.1f} ms at worst")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
