"""The pieces of a page for readers: the text with its highlights, a card for each claim, what lies around."""

from __future__ import annotations

from functools import cache

__all__ = ["style", "template"]


@cache
def style() -> str:
    """The style sheet; every rule of it is below the class `verifier`, but for those of a whole page."""
    return _file("page.css")


@cache
def template() -> str:
    """The frame of a whole page, for `string.Template`."""
    return _file("page.html")


def _file(name: str) -> str:
    from importlib.resources import files

    return files(__name__).joinpath(name).read_text(encoding="utf-8")
