"""Imports go down only: a room of the package knows nothing of the rooms above it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import verifier

PACKAGE = Path(verifier.__file__).parent

ROOMS = (
    # Lowest first: nouns and errors, then what compares and finds, then the rules, then what fills them.
    ("model", "night", "errors", "files", "garbage", "ids", "version"),
    ("settings", "dates", "units", "amounts", "values", "relations"),
    ("names", "name_keys", "name_score", "name_store"),
    (
        *(
            "judge",
            "conclude",
            "evidence",
            "inforce",
            "agreement",
            "candidates",
            "chains",
            "explain",
            "figures",
            "exclusion",
            "grounds",
            "unaffirmed",
            "rivals",
            "settle",
            "court",
            "only",
            "namesakes",
            "confidence",
            "calibrated",
        ),
        *("comparing", "gauge", "orders", "places", "spells"),
        *("groups", "lists", "members", "notes", "outcome", "outranked", "recorded", "succession", "weigh"),
    ),
    ("conflicts", "tallies", "survey"),
    ("text", "suppress"),
    ("rules", "trace", "tracing"),
    ("reports", "frames"),
    ("sources",),
    ("readers",),
    ("surroundings", "phrasebook", "online", "wanted", "wordlist"),
    ("given",),
    ("check", "baseline"),
    ("refresh",),
    ("evaluate", "marks", "pandas", "cli", "__main__", "__init__"),
)
SHOWN = {
    "verifier.model": {
        ("Candidates._repr_html_", "verifier.reports.page.notebook"),
        ("Report.to_frame", "verifier.frames"),
        ("Report.to_html", "verifier.reports.html"),
        ("Report._repr_html_", "verifier.reports.page.notebook"),
        ("Result._repr_html_", "verifier.reports.page.notebook"),
    },
    "verifier.names": {("NameMatch._repr_html_", "verifier.reports.page.notebook")},
}
"""The imports that may go up, by method and module, each within the method.

A noun can be asked to show itself, as notebooks (`_repr_html_`) and analysts (`to_frame`) do, and only rooms
above know how.
"""
ROOM = {name: number for number, names in enumerate(ROOMS) for name in names}


def room(module: str) -> int:
    """The number of the room in which `verifier.a.b` is; that of the package itself is the highest."""
    _, _, inside = module.partition(".")
    return ROOM[inside.partition(".")[0] or "__init__"]


def imported(module: str, source: str) -> Iterator[tuple[int, str]]:
    """Line and name of every module of the package that a source imports, wherever in it."""
    package = module if module.endswith("__init__") else module.rpartition(".")[0]
    tree = ast.parse(source)
    shown = {node for node, at in showing(tree) if at in SHOWN.get(module, ())}
    for node in ast.walk(tree):
        if node in shown:
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            head = ".".join(package.removesuffix(".__init__").split(".")[: -(node.level - 1) or None])
            base = f"{head}.{node.module or ''}".rstrip(".") if node.level else node.module or ""
            if base == "verifier":
                known = [f"verifier.{alias.name}" for alias in node.names if alias.name in ROOM]
                names = known if len(known) == len(node.names) else [*known, "verifier"]
            else:
                names = [base]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == "verifier")


def showing(tree: ast.Module) -> Iterator[tuple[ast.AST, tuple[str, str]]]:
    """Each import within a method, as (`Class.method`, module)."""
    for noun in tree.body:
        for method in noun.body if isinstance(noun, ast.ClassDef) else ():
            for node in ast.walk(method) if isinstance(method, ast.FunctionDef) else ():
                if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node, (f"{noun.name}.{method.name}", node.module)


def upward(sources: Mapping[str, str]) -> list[str]:
    """Each import of a room that is higher than the importer's."""
    return [
        f"{module}:{line} imports {name}"
        for module, source in sources.items()
        for line, name in imported(module, source)
        if room(name) > room(module)
    ]


def circle(sources: Mapping[str, str]) -> list[str]:
    """Modules of which each imports the next and the last the first; empty if there are none."""
    named = {module.removesuffix(".__init__"): imported(module, source) for module, source in sources.items()}
    # A package that imports its own modules names itself.
    graph = {module: {name for _, name in names if name != module} for module, names in named.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as exc:
        return list(exc.args[1])
    return []


def package_sources() -> dict[str, str]:
    paths = sorted(PACKAGE.rglob("*.py"))
    names = [".".join(("verifier", *path.relative_to(PACKAGE).with_suffix("").parts)) for path in paths]
    return {name: path.read_text(encoding="utf-8") for name, path in zip(names, paths, strict=True)}


def test_a_noun_shows_itself_in_the_ways_that_are_listed() -> None:
    """The list of exceptions is as long as they are."""
    sources = package_sources()
    found = {module: {at for _, at in showing(ast.parse(sources[module]))} for module in SHOWN}
    assert {module: SHOWN[module] - found[module] for module in SHOWN} == {module: set() for module in SHOWN}


@pytest.mark.parametrize(
    ("module", "where", "target"),
    [
        ("verifier.model", "class Report:\n    def to_frame(self):\n        ", "verifier.reports.html"),
        ("verifier.model", "class Result:\n    def to_frame(self):\n        ", "verifier.frames"),
        ("verifier.model", "def to_frame(self):\n    ", "verifier.frames"),
        ("verifier.model", "class Report:\n    ", "verifier.frames"),
        ("verifier.names", "class Report:\n    def to_frame(self):\n        ", "verifier.frames"),
    ],
)
def test_an_exception_is_for_one_method_and_one_module(module: str, where: str, target: str) -> None:
    """What is like it, in another place or to another room, goes up."""
    assert len(upward({module: f"{where}from {target} import x"})) == 1


def test_every_module_has_a_room() -> None:
    """A new module says where it belongs, in `ROOMS`."""
    tops = {module.split(".")[1] for module in package_sources()}
    assert tops - set(ROOM) == set()


def test_no_room_imports_a_higher_one() -> None:
    """Read from the sources of every module, imports inside functions and for types included."""
    assert upward(package_sources()) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("verifier.model", "from verifier.check import Checker"),
        ("verifier.model", "import verifier.sources.table"),
        ("verifier.judge", "def f():\n    from verifier.text.claims import find_claims"),
        ("verifier.text.time", "from verifier import check"),
        ("verifier.reports.json", "from ..cli import main"),
        ("verifier.reports.json", "from verifier import __version__"),
        ("verifier.sources.__init__", "from .. import readers"),
        ("verifier.names", "if TYPE_CHECKING:\n    from verifier.judge import judge"),
    ],
)
def test_an_import_that_goes_up_is_found(module: str, source: str) -> None:
    """The test above can fail."""
    assert len(upward({module: source})) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("verifier.check", "from verifier.model import Report\nimport verifier.judge\nimport json"),
        (
            "verifier.reports.json",
            "from . import record\nfrom .escape import visible\nfrom ..model import Report",
        ),
        ("verifier.cli.__init__", "from verifier import __version__, check"),
    ],
)
def test_an_import_that_goes_down_is_not(module: str, source: str) -> None:
    """Neither those of the same room."""
    assert upward({module: source}) == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Within a room, too, what is built on what is plain to see."""
    assert circle(package_sources()) == []


def test_a_circle_of_imports_is_found() -> None:
    """The test above can fail."""
    sources = {
        "verifier.text.a": "from verifier.text.b import x",
        "verifier.text.b": "def f():\n    from verifier.text import c\n    import verifier.text.a",
    }
    assert circle(sources) == ["verifier.text.a", "verifier.text.b", "verifier.text.a"]
