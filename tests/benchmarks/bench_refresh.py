"""How long a night takes over a large source, and how much memory, beside pandas that only reads the file.

    python tests/benchmarks/bench_refresh.py [ROWS ...]        default: 10000 100000 1000000

The source is made up, the same at each run: missions as the Database of Embassies lists them. Two nights are
run, each in a process of its own: the first, of which every row is new, and the second, in which one row in a
hundred differs: half of these changed, a quarter are gone, a quarter came. Reading the raw file is part of
it. Seconds are the processor's and the clock's: a busy machine has more of the latter.
"""

from __future__ import annotations

import csv
import datetime
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import pandas as pd

from verifier.refresh.config import read_sources
from verifier.refresh.feed import Before, Tonight, refresh_feed
from verifier.sources.bundled import bundled_catalogue

SIZES = (10_000, 100_000, 1_000_000)
CHUNK = 20_000
DAYS = (datetime.date(2026, 11, 24), datetime.date(2026, 11, 25))
HEADER = (
    "operator",
    "operatorQID",
    "country",
    "countryQID",
    "city",
    "cityQID",
    "type",
    "creation",
    "QID",
    "note",
)
SOURCES = """
[missions]
kind = "csv"
path = "missions.csv"
title = "Missions"
publisher = "Nobody"
licence = "CC0-1.0"
page = "https://example.org/missions"
[missions.values.type]
embassy = "embassy"
"consulate general" = "consulate-general"
[[missions.statements]]
subject = "{operator}"
subject_id = "{operatorQID}"
predicate = "{type}"
object = "{city}"
object_id = "{cityQID}"
P17 = "{country}"
start = "{creation}"
statement_id = "{QID}"
source_url = "{QID}"
source_title = "{type} of {operator} in {country}"
quote = "{note}"
"""


def rows(count: int, night: int) -> Iterator[tuple[str, ...]]:
    """The raw rows of a night."""
    yield HEADER
    item = "http://www.wikidata.org/entity/Q"
    for number in range(count + (count // 400 if night else 0)):
        if night and number % 400 == 1 and number < count:
            continue  # gone
        state, host, city = number % 193, number // 193 % 193, number // 193 % 193 * 7 + number % 7
        moved = night and number % 200 == 3 and number < count
        yield (
            f"State {state}",
            f"{item}{1000 + state}",
            f"State {host}",
            f"{item}{1000 + host}",
            f"City {city}{' (new)' if moved else ''}",
            f"{item}{5000 + city + (90_000 if moved else 0)}",
            "embassy" if number % 9 else "consulate general",
            f"{1900 + number % 120}-01-01T00:00:00Z" if number % 3 else "",
            f"{item}{1_000_000 + number}",
            f"Listed as number {number} of the missions, {state} in {host}",
        )


def run(folder: Path, night: int, yesterday: Path | None) -> None:
    """One night, from the raw file to the new file of statements."""
    raw = folder / f"missions-{night}.csv"
    feed = read_sources(folder / "sources.toml").feeds[0]
    result = refresh_feed(
        feed,
        chunks(raw),
        Tonight(DAYS[night], folder, bundled_catalogue(), lambda label, relation, end: ""),
        Before(yesterday, DAYS[0] if night else None),
    )
    counts = [
        sum(getattr(one, name) for one in result.report.counts.values())
        for name in ("added", "changed", "gone")
    ]
    told = "/".join(f"{count:,}" for count in counts)
    print(f"{result.report.status}; added/changed/gone {told}", file=sys.stderr)


def chunks(raw: Path) -> Iterator[pd.DataFrame]:
    """The raw file in frames."""
    line = 2
    for chunk in pd.read_csv(raw, dtype=str, keep_default_na=False, chunksize=CHUNK):
        chunk["#"] = range(line, line + len(chunk))
        line += len(chunk)
        yield chunk


def cost(task: str, folder: Path) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and MiB at the peak, of one task in its own process."""
    began = time.perf_counter()
    pid = os.posix_spawn(sys.executable, [sys.executable, __file__, task, str(folder)], os.environ)
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"{task} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(sizes: list[int]) -> None:
    """Print the figures of each size."""
    print(f"{'rows':>10}{'task':>10}{'seconds':>10}{'of the processor':>18}{'us a row':>10}{'MiB':>8}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
            for night in (0, 1):
                with (folder / f"missions-{night}.csv").open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerows(rows(size, night))
            for task in ("pandas", "first", "second"):
                seconds, worked, memory = cost(task, folder)
                each = 1e6 * worked / size
                print(f"{size:>10,}{task:>10}{seconds:>10.1f}{worked:>18.1f}{each:>10.1f}{memory:>8.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["pandas"]:
        for _ in chunks(Path(sys.argv[2]) / "missions-0.csv"):
            pass
    elif sys.argv[1:2] == ["first"]:
        run(Path(sys.argv[2]), 0, None)
    elif sys.argv[1:2] == ["second"]:
        run(Path(sys.argv[2]), 1, next(Path(sys.argv[2]).glob("statements-*.csv")))
    else:
        main([int(text) for text in sys.argv[1:]] or list(SIZES))
