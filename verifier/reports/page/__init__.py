"""The pieces of a page for readers: the text with its highlights, a card for each claim, what lies around."""

from __future__ import annotations

from functools import cache

__all__ = ["inset", "pieces", "style", "template"]


@cache
def pieces() -> str:
    """The style sheet of the pieces, every rule of which is below the class `verifier`."""
    return _file("pieces.css")


@cache
def style() -> str:
    """The style sheet of a whole page: that of the pieces, then the rules of a page and of paper."""
    return f"{pieces()}\n{_file('page.css')}"


@cache
def inset() -> str:
    """What the pieces look like in a narrow place among other things, such as a notebook's output."""
    return _file("inset.css")


@cache
def template() -> str:
    """The frame of a whole page, for `string.Template`."""
    return _file("page.html")


def _file(name: str) -> str:
    from importlib.resources import files

    return files(__name__).joinpath(name).read_text(encoding="utf-8")
