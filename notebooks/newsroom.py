"""What the notebooks of this folder share: how they ask `verifier`, and how their figures look.

The colours can be told apart by the colour-blind and, with the hatches, in black and white.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = [
    "COLOURS",
    "INK",
    "LOOKS",
    "SOFT",
    "Texts",
    "ask",
    "beneath",
    "headline",
    "stacked",
    "use_style",
]

INK, SOFT = "#20201d", "#595852"
COLOURS = {"supported": "#14615a", "contradicted": "#d9694f", "unknown": "#f0d58c"}
LOOKS = {
    "supported": (COLOURS["supported"], ""),
    "contradicted": (COLOURS["contradicted"], "xxx"),
    "unknown": (COLOURS["unknown"], "///"),
}
"""The colour and the hatch of a verdict."""
_STYLE = {
    "figure.dpi": 130,
    "figure.figsize": (7.2, 4.2),
    "figure.constrained_layout.use": True,
    "font.size": 9,
    "text.color": INK,
    "text.parse_math": False,
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
}


@dataclass(frozen=True)
class Texts:
    """A table to be read rather than counted: its cells begin on the left, and its rows have no numbers."""

    frame: pd.DataFrame

    def __repr__(self) -> str:
        return self._folded().to_string(index=False)

    def _repr_html_(self) -> str:
        style = ".texts td, .texts th { text-align: left !important; vertical-align: top; }"
        classes = ["texts", "tex2jax_ignore", "mathjax_ignore"]  # "$5 to $10" is no mathematics
        table = self._folded().to_html(index=False, classes=classes, na_rep="")
        return f"<style>{style}</style>\n{table}"

    def _folded(self) -> pd.DataFrame:
        """Each text in one line, for a table to break as it needs."""
        return self.frame.map(lambda cell: " ".join(cell.split()) if isinstance(cell, str) else cell)


def use_style() -> None:
    """Draw figures 18 cm wide, for a page of a newspaper as for a screen; tables show whole cells."""
    plt.rcParams.update(_STYLE)
    pd.set_option("display.max_colwidth", None, "display.max_rows", 100, "display.html.use_mathjax", False)


def ask(*arguments: str, cache: Path | None = None) -> Any:
    """What a command of `verifier` says in JSON: `ask("coverage", "--entity", "Kosovo")`.

    It is the same as in a terminal with `--format json`. `cache` is the folder for what it compiles, where
    that is not to be kept with the rest. Raises `RuntimeError` with what the command complains of, where it
    fails; a verdict that `refresh` found changed (exit code 1) is no failure.
    """
    command = [sys.executable, "-m", "verifier", *arguments, "--format", "json"]
    own = {} if cache is None else {"VERIFIER_CACHE_DIR": str(cache)}
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env={**os.environ, **own}
    )
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"verifier {' '.join(arguments)}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def headline(axes: Axes, text: str, *, width: int = 80) -> None:
    """Say above a plot what it shows."""
    axes.set_title(textwrap.fill(text, width))


def beneath(figure: Figure, text: str, *, width: int = 116) -> None:
    """Name the sources at the foot of a figure."""
    figure.supxlabel(textwrap.fill(text, width), x=0.01, ha="left", fontsize=7.5, color=SOFT)


def stacked(
    axes: Axes, numbers: pd.DataFrame, looks: Mapping[str, tuple[str, str]], *, shares: bool = False
) -> None:
    """A bar for each row, in parts of these looks (colour and hatch) for the columns, with their numbers.

    With `shares`, all bars are equally long.
    """
    lengths = numbers.div(numbers.sum(axis=1), axis=0) if shares else numbers
    left = 0 * lengths.sum(axis=1)
    for name, (colour, hatch) in looks.items():
        look = {"color": colour, "hatch": hatch, "edgecolor": INK, "lw": 0.6, "label": name}
        bars = axes.barh(numbers.index, lengths[name], 0.62, left, **look)
        words = [str(number) if number else "" for number in numbers[name]]
        axes.bar_label(
            bars, words, label_type="center", fontsize=8, bbox={"facecolor": "white", "lw": 0, "pad": 1}
        )
        left += lengths[name]
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    handles, _ = axes.get_legend_handles_labels()
    axes.figure.legend(handles=handles, loc="outside upper right", ncols=len(looks), fontsize=8)
