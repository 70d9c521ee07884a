"""What a claim costs: processor time and memory of a table of claims, and of one claim in a new process.

    python tests/benchmarks/bench_claims.py CLAIMS [--reference TABLE] [--closed-world]

Without a table the claims are checked against the bundled one. Processor time is told, not the clock's: it is
what another machine, or a busier one, can be compared by. Each figure is the least of three runs.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
from pathlib import Path

RUNS = 3


def cost(arguments: list[str]) -> tuple[float, float]:
    """Seconds of processor time, and MiB of memory at the peak, of one run of the command."""
    process = subprocess.Popen(
        [sys.executable, "-m", "verifier", "check", *arguments, "--fail-on", "never"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"verifier check {' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def line(label: str, arguments: list[str], *, claims: int = 1) -> str:
    """One line of the report; the first run, which compiles what it needs, is not counted."""
    cost(arguments)
    runs = [cost(arguments) for _ in range(RUNS)]
    seconds, memory = min(run[0] for run in runs), min(run[1] for run in runs)
    return f"{label:<28}{seconds:>8.2f} s{1000 * seconds / claims:>9.1f} ms a claim{memory:>8.0f} MiB"


def main() -> None:
    """Print what each kind of run costs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("claims", type=Path)
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--closed-world", action="store_true")
    options = parser.parse_args()
    table = [] if options.reference is None else ["--reference", str(options.reference), "--no-bundled"]
    table += ["--closed-world"] if options.closed_world else []
    with options.claims.open(newline="", encoding="utf-8") as file:
        count = sum(1 for _ in csv.reader(file)) - 1
    print(line(f"{count:,} claims", [str(options.claims), *table], claims=count))
    print(line("a triple", ["France | P36 | Paris"]))
    print(line("a simple sentence", ["Paris is the capital of France"]))
    print(
        line(
            "a sentence to be parsed",
            ["Kosovo, which Serbia does not recognise, has an embassy in Jerusalem"],
        )
    )


if __name__ == "__main__":
    main()
