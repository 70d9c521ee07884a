"""Runs a notebook as a reader would: in a new kernel, in a folder that has the notebooks and the claims."""

from __future__ import annotations

import json
import os
import re
import shutil
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
NAMES = ("1-check-the-draft", "2-explore-the-table", "3-where-it-is-wrong", "4-what-changed")
SECONDS = 120
"""How long a notebook may take."""

_NO_NETWORK = """\
import os
import sys

LOCAL = ("127.0.0.1", "localhost", "::1")


def refuse(event, arguments):
    host = None
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    if host is not None and host not in LOCAL:
        with open(os.environ["REFUSED"], "a") as log:
            print(event, host, file=log)
        raise PermissionError(f"no network in tests: {host}")


sys.addaudithook(refuse)
"""
"""Run by each Python that has its folder on the path: the kernel, and the commands that it starts."""


@dataclass(frozen=True)
class Run:
    """A notebook that was run, what one more cell printed, and what is left in its folder."""

    cells: list[Any]
    told: Any
    files: set[str]
    refused: str
    """What it would have asked of the network."""
    left: set[str]
    """What is left of its temporary folders, now that the kernel is shut down."""
    titles: tuple[str, ...] = ()
    """What stands above and below its plots, in one line each."""

    def outputs(self, kind: str) -> list[Any]:
        """The outputs of this kind: a type of content, or a stream."""
        every = [output for cell in self.cells for output in cell.get("outputs", ())]
        if kind in ("stdout", "stderr"):
            return [output["text"] for output in every if output.get("name") == kind]
        return [output["data"][kind] for output in every if kind in output.get("data", {})]

    @property
    def texts(self) -> list[str]:
        """All that a reader can read in it."""
        kinds = ("stdout", "text/plain", "text/html", "text/markdown")
        return ["".join(text) for kind in kinds for text in self.outputs(kind)]


_TITLES = """\
import matplotlib.figure
WORDS = []
_show = plt.show
def _keep_titles():
    for figure in map(plt.figure, plt.get_fignums()):
        titles = [axes.get_title(loc="left") for axes in figure.axes]
        WORDS.extend(" ".join(text.split()) for text in (*titles, figure.get_supxlabel()) if text)
    _show()
plt.show = _keep_titles
"""
"""Run after the first cell with code: keeps what is written above and below each plot."""


def run(name: str, probe: str, folder: Path, cache: Path, changes: Mapping[str, str] | None = None) -> Run:
    """Run a notebook, then the cell `probe`, which gives a value in JSON.

    `changes` has names of constants and what a reader writes there instead, as source.
    Raises `CellExecutionError` if a cell fails, `CellTimeoutError` if one takes too long.
    """
    import nbformat
    from nbclient import NotebookClient

    home = folder / "notebooks"
    shutil.copytree(
        ROOT / "notebooks", home, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    )
    shutil.copytree(ROOT / "claims", folder / "claims")
    path = folder / "path"
    path.mkdir()
    (path / "sitecustomize.py").write_text(_NO_NETWORK)
    refused = folder / "refused"
    temporary = folder / "temporary"
    temporary.mkdir()
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(path), str(ROOT))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "REFUSED": str(refused),
        "VERIFIER_CACHE_DIR": str(cache),
        "VERIFIER_ONLINE": "0",
        "TMPDIR": str(temporary),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    notebook = nbformat.read(home / f"{name}.ipynb", as_version=4)
    for constant, value in (changes or {}).items():
        pattern = re.compile(rf"^{constant} = .*$", re.MULTILINE)
        (cell,) = (one for one in notebook.cells if one.cell_type == "code" and pattern.search(one.source))
        found = pattern.search(cell.source)
        cell.source = f"{cell.source[: found.start()]}{constant} = {value}{cell.source[found.end() :]}"
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    first.source += f"\n{_TITLES}"
    cells = len(notebook.cells)
    told = f"{{'probe': {probe}, 'titles': WORDS}}"
    notebook.cells.append(nbformat.v4.new_code_cell(f"import json\nprint(json.dumps({told}, default=str))"))
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(home)}},
        extra_arguments=["--log-level=ERROR"],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the loops and sockets of the client, which are not ours
        client.execute(env=environment)
    files = {str(file.relative_to(home)) for file in home.rglob("*") if file.is_file()}
    (output,) = notebook.cells[-1]["outputs"]
    last = json.loads(output["text"])
    return Run(
        notebook.cells[:cells],
        last["probe"],
        files,
        refused.read_text() if refused.exists() else "",
        {path.name for path in temporary.iterdir()},
        tuple(last["titles"]),
    )
