"""Measure how often verdicts of each kind are right, and write `verifier/calibrated.py`.

    python tests/benchmarks/fit_confidence.py DATA            # measure, fit, cross-validate, show
    python tests/benchmarks/fit_confidence.py DATA --write    # ... and write the module

DATA has the labelled sets counterfact, pararel, relations, factbench, factkg and seed; `claims/*.csv` of this
project are used too. The same data, tables and code give the same bytes. It takes some minutes.

A cell is a way of reading, a link and a ground (see `verifier.confidence`). Its figure is the share that
was right, drawn towards that of the way and link; that towards the one of the way with names like what is
written, or unlike; that towards the way's; and that towards the one of all: each by as much as `PULL`
claims would. No set counts for more than `MOST` claims of a cell, so that the figure is one for a new set
rather than for the largest. At last a worse link is never surer than a better one, and no figure is above
`SUREST`: what was never wrong in so few claims may still be. Cross-validation leaves one set out at a time
and measures on it, and then a fifth of all verdicts.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

from verifier import Checker, readers
from verifier.confidence import Ground, Link, cell
from verifier.marks import deciding
from verifier.model import ClaimRow, Document, Result, Verdict, Way

ROOT = Path(__file__).parents[2]
PULL = 12.0
MOST = 200
SUREST = 1 - 1 / MOST
FOLDS = 5
SETS = {
    "counterfact": ("counterfact/claims.csv", "counterfact/reference.csv"),
    "pararel": ("pararel/claims.csv", "pararel/statements.csv"),
    "relations": ("relations/claims.csv", "counterfact/reference.csv"),
    "factbench": ("factbench/claims.csv", "factbench"),
    "factkg": ("factkg/claims.csv", "factkg/statements.csv"),
}
CLOSED, OPEN = 1000, 300
"""Claims of a set that are checked in a closed world, and in an open one."""

Key = tuple[Way, Link, Ground]


class Seen(NamedTuple):
    """A verdict on a labelled claim: of which set and kind it is, and whether it was right."""

    set: str
    key: Key
    right: bool


def measured(data: Path) -> Iterable[Seen]:
    """Every verdict that is given on the sets; the seed and the project's drafts by the bundled table."""
    for name, (claims, table) in SETS.items():
        for closed, most in ((True, CLOSED), (False, OPEN)):
            rows = some(data / claims, most)
            checker = Checker([data / table], bundled=False, closed_world=closed)
            yield from seen(name, rows, checker.check(rows).results)
    rows = some(data / "seed/claims_gold.csv", CLOSED)
    yield from seen("seed", rows, Checker(as_of="2021-02-01").check(rows).results)
    for path in sorted((ROOT / "claims").glob("*.csv")):
        rows = some(path, CLOSED)
        yield from seen("drafts", rows, Checker().check(rows).results)


def some(path: Path, most: int) -> list[ClaimRow]:
    rows = readers.read(path)
    assert not isinstance(rows, Document)
    picked = range(len(rows)) if len(rows) <= most else random.Random(17).sample(range(len(rows)), most)
    return [rows[number] for number in sorted(picked)]


def seen(name: str, rows: Sequence[ClaimRow], results: Sequence[Result]) -> Iterable[Seen]:
    for row, result in zip(rows, results, strict=True):
        part = deciding(result)
        if result.verdict is Verdict.UNKNOWN or part is None or part.reading is None:
            continue
        matches = [match for match in (part.subject, part.object) if match is not None]
        key = cell(part.reading.way, matches, part.reason)
        yield Seen(name, key, result.verdict.value in row.gold)


def fit(verdicts: Sequence[Seen]) -> dict[Key, float]:
    """The figure of every cell, seen or not."""
    whole = share(verdicts, (), 0.95)
    figures: dict[Key, float] = {}
    for way in Way:
        of_way = share(verdicts, (way,), whole)
        guessed = share([one for one in verdicts if one.key[1] is not Link.NAMED], (way,), of_way)
        for link in Link:
            linked = share(verdicts, (way, link), of_way if link is Link.NAMED else guessed)
            for ground in Ground:
                figures[way, link, ground] = share(verdicts, (way, link, ground), linked)
    for way, ground in product(Way, Ground):
        best = SUREST
        for link in Link:
            best = figures[way, link, ground] = min(best, figures[way, link, ground])
    return {key: round(figure, 3) for key, figure in figures.items()}


def share(verdicts: Sequence[Seen], prefix: tuple[str, ...], expected: float) -> float:
    """The share right of the verdicts whose cell begins so, each set held to `MOST`, drawn to `expected`."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in verdicts:
        if one.key[: len(prefix)] == prefix:
            counts[one.set][0] += 1
            counts[one.set][1] += one.right
    weights = {name: min(1.0, MOST / n) for name, (n, _) in counts.items()}
    total = sum(weights[name] * n for name, (n, _) in counts.items())
    right = sum(weights[name] * r for name, (_, r) in counts.items())
    return (right + PULL * expected) / (total + PULL)


def errors(figures: dict[Key, float], verdicts: Sequence[Seen]) -> tuple[float, float]:
    """Expected calibration error, by cell, and Brier score."""
    cells: dict[float, list[bool]] = defaultdict(list)
    for one in verdicts:
        cells[figures[one.key]].append(one.right)
    gap = sum(abs(figure * len(rights) - sum(rights)) for figure, rights in cells.items())
    brier = sum((figures[one.key] - one.right) ** 2 for one in verdicts)
    return gap / len(verdicts), brier / len(verdicts)


def show(verdicts: Sequence[Seen], figures: dict[Key, float]) -> list[str]:
    """Tables of what was measured: cells, and each set left out in turn."""
    lines = ["cell                        verdicts  right  figure"]
    for key, figure in figures.items():
        rights = [one.right for one in verdicts if one.key == key]
        if rights:
            right = sum(rights) / len(rights)
            lines.append(f"{'/'.join(key):26}  {len(rights):8}  {right:.3f}  {figure:.3f}")
    lines += ["", "set left out  verdicts  right  promised  calibration error  Brier score"]
    for name in dict.fromkeys(one.set for one in verdicts):
        inside = [one for one in verdicts if one.set == name]
        held_out = fit([one for one in verdicts if one.set != name])
        gap, brier = errors(held_out, inside)
        right = sum(one.right for one in inside) / len(inside)
        promised = sum(held_out[one.key] for one in inside) / len(inside)
        lines.append(f"{name:12}  {len(inside):8}  {right:.3f}  {promised:8.3f}  {gap:17.3f}  {brier:11.3f}")
    folds = [fit([one for n, one in enumerate(verdicts) if n % FOLDS != fold]) for fold in range(FOLDS)]
    held_out_errors = [errors(folds[fold], verdicts[fold::FOLDS]) for fold in range(FOLDS)]
    gap, brier = (sum(column) / FOLDS for column in zip(*held_out_errors, strict=True))
    lines += ["", f"a fifth left out: calibration error {gap:.3f}, Brier score {brier:.3f}"]
    gap, brier = errors(figures, verdicts)
    return [*lines, f"fitted on all: calibration error {gap:.3f}, Brier score {brier:.3f}"]


def module(verdicts: Sequence[Seen], figures: dict[Key, float]) -> str:
    """The source of `verifier/calibrated.py`."""
    sets = ", ".join(dict.fromkeys(one.set for one in verdicts))
    cells = "\n".join(f'    "{"/".join(key)}": {figure},' for key, figure in figures.items())
    told = "\n".join(f"# {line}".rstrip() for line in show(verdicts, figures))
    return (
        '"""How often verdicts of each kind were right; made by `tests/benchmarks/fit_confidence.py`.\n\n'
        f"Measured on {len(verdicts):,} verdicts on labelled claims of these sets:\n{sets}.\n"
        "The program was developed with most of these, so on claims of other kinds a figure may promise\n"
        "too much. Ways that one set alone has (tied, nearest, existence: factkg) are as sure as it is.\n"
        '"""\n\n'
        "from __future__ import annotations\n\n"
        '__all__ = ["RIGHT"]\n\n'
        f"{told}\n\n"
        f"RIGHT: dict[str, float] = {{\n{cells}\n}}\n"
        '"""Way, link and ground of a verdict -> the probability that it is right."""\n'
    )


def main() -> None:
    """Measure, fit and show."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true", help="write verifier/calibrated.py")
    options = parser.parse_args()
    verdicts = list(measured(options.data))
    figures = fit(verdicts)
    print("\n".join(show(verdicts, figures)))
    if options.write:
        path = ROOT / "verifier" / "calibrated.py"
        path.write_text(module(verdicts, figures), encoding="utf-8")


if __name__ == "__main__":
    main()
