"""How long a look-up takes, beside RapidFuzz over all names (what one would write without an index).

    python tests/benchmarks/bench_names.py [NAMES ...]        default: 30000

The names are made of syllables, the same at each run: places of one or two words, people of two or three.
A query is a name with one or two edits, or with its words turned round. The baseline compares it with every
normalised name by `token_sort_ratio`, which is quick and forgives the order of words.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles

from rapidfuzz import fuzz, process

from verifier.names import NameIndex, normalise

ONSETS = (
    "b",
    "br",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "sh",
    "t",
    "tr",
    "v",
    "z",
)
VOWELS = ("a", "e", "i", "o", "u", "ai", "ou")
CODAS = ("", "", "", "n", "r", "s", "l", "t", "nd", "rk")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
BASELINE_QUERIES = 20


def word(rng: random.Random, syllables: int) -> str:
    """A word that can be spoken."""
    return "".join(
        rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(syllables)
    ).title()


def names(count: int, rng: random.Random) -> Iterator[str]:
    """So many different names; common words stand in many of them, as they do in life."""
    given = [word(rng, rng.choice((1, 2, 2, 3))) for _ in range(3000)]
    family = [word(rng, rng.choice((2, 2, 3))) for _ in range(max(2000, count // 8))]
    seen: set[str] = set()
    while len(seen) < count:
        kind = rng.random()
        if kind < 0.3:
            name = word(rng, rng.choice((2, 3, 4)))
        elif kind < 0.4:
            name = f"{word(rng, 2)} {word(rng, 2)}"
        else:
            first = given[int(len(given) * rng.random() ** 2)]
            middle = f"{rng.choice(given)} " if kind > 0.9 else ""
            name = f"{first} {middle}{family[int(len(family) * rng.random() ** 2)]}"
        if name not in seen:
            seen.add(name)
            yield name


def misspelt(name: str, rng: random.Random) -> str:
    """The name as a hurried hand writes it."""
    if " " in name and rng.random() < 0.1:
        return " ".join(reversed(name.split()))
    for _ in range(rng.choice((1, 1, 2))):
        at = rng.randrange(1, len(name) - 1)
        cut = rng.randrange(4)
        if cut == 0:
            name = name[:at] + name[at + 1 :]
        elif cut == 1:
            name = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        elif cut == 2:
            name = name[:at] + rng.choice(LETTERS) + name[at:]
        else:
            name = name[:at] + rng.choice(LETTERS) + name[at + 1 :]
    return name


def timed(queries: list[str], look_up: Callable[[str], object]) -> list[float]:
    """Milliseconds of each call."""
    times = []
    for query in queries:
        start = time.perf_counter()
        look_up(query)
        times.append(1000 * (time.perf_counter() - start))
    return times


def line(label: str, times: list[float], note: str = "") -> str:
    """One line of the report: p50 and p95."""
    return f"  {label:<34}{median(times):>10.3f}{quantiles(times, n=20)[-1]:>10.3f} ms  {note}"


def run(count: int, folder: Path) -> None:
    """Build an index of so many names and print what it costs and finds."""
    rng = random.Random(1)
    made = list(names(count, rng))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    path = folder / f"{count}.db"
    index = NameIndex.build(((str(i), name) for i, name in enumerate(made)), path)
    built = time.perf_counter() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{count:,} names: {built:.1f} s to build, {path.stat().st_size / 2**20:.1f} MiB, {grown:.0f} MiB RAM"
    )
    start = time.perf_counter()
    NameIndex.open(path).close()
    print(f"  opened in {1000 * (time.perf_counter() - start):.2f} ms{'p50':>30}{'p95':>10}")

    gold = [rng.choice(made) for _ in range(1000)]
    queries = [misspelt(name, rng) for name in gold]
    searches = timed(queries, index.search)
    hits = sum(
        any(m.name == name for m in index.search(q)[:1]) for name, q in zip(gold, queries, strict=True)
    )
    print(line("search, misspelt", searches, f"found first: {hits / len(gold):.1%}"))
    strange = [f"{word(rng, 3)} {word(rng, 3)}" for _ in range(300)]
    print(line("search, in no table", timed(strange, index.search)))
    print(line("exact, hit", timed(gold, index.exact)))
    print(line("exact, no hit", timed(strange, index.exact)))
    print(line("exact, seen before", timed(strange[:100] * 2, index.exact)[100:] * 2))
    plain = [normalise(name) for name in made]

    def scan(query: str) -> object:
        return process.extractOne(normalise(query), plain, scorer=fuzz.token_sort_ratio)

    baseline = timed(queries[:BASELINE_QUERIES], scan)
    right = sum(made[scan(q)[2]] == name for name, q in zip(gold, queries[:BASELINE_QUERIES], strict=False))  # type: ignore[index]
    print(line("rapidfuzz over all names", baseline, f"found first: {right}/{BASELINE_QUERIES}"))
    print(f"  the index is {median(baseline) / median(searches):.1f} times as fast")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for size in [int(size) for size in sys.argv[1:]] or [30_000]:
            run(size, Path(folder))
