"""What the styles of an OpenDocument text say of its letters: hidden, struck out, or raised.

They are those of https://docs.oasis-open.org/office/OpenDocument/v1.3/, part 3, chapter 16.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Styles", "clear_unseen"]

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FAMILIES = {"span": "text", "a": "text", "p": "paragraph", "h": "paragraph"}
_STRUCK = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")
_HIDDEN = f"{_TEXT}display"
_POSITION = f"{_STYLE}text-position"
_RAISED = re.compile(r"\s*(?:super|0*[1-9]\d*(?:\.\d+)?%)")
_DEEPEST = 20


class Styles:
    """The styles by family and name, each with the style that it is based on."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._of: dict[tuple[str, str], etree._Element] = {}
        for root in roots:  # those that a text has for itself come last
            for style in () if root is None else root.iter(f"{_STYLE}style"):
                key = (style.get(f"{_STYLE}family") or "", style.get(f"{_STYLE}name") or "")
                self._of[key] = style

    def is_raised(self, element: etree._Element) -> bool:
        """Whether its letters stand higher than those around it."""
        return _RAISED.match(self._value(element, _POSITION) or "") is not None

    def is_struck(self, element: etree._Element) -> bool | None:
        """Whether its letters are struck out; None where it does not say."""
        said = [value for name in _STRUCK if (value := self._value(element, name)) is not None]
        return any(value != "none" for value in said) if said else None

    def is_hidden(self, element: etree._Element) -> bool | None:
        """Whether it does not show; None where it does not say."""
        said = element.get(_HIDDEN) or self._value(element, _HIDDEN)
        if said == "condition":
            return bool(element.get(f"{_TEXT}is-hidden") == "true")
        return None if said is None else said == "none"

    def _value(self, element: etree._Element, name: str) -> str | None:
        """A property of the text by the style of an element, or by one that that is based on."""
        family = _FAMILIES.get(str(element.tag).removeprefix(_TEXT), "")
        style = element.get(f"{_TEXT}style-name")
        for _ in range(_DEEPEST):
            found = self._of.get((family, style or ""))
            if found is None:
                break
            properties = found.find(f"{_STYLE}text-properties")
            value: str | None = None if properties is None else properties.get(name)
            if value is not None:
                return value
            style = found.get(f"{_STYLE}parent-style-name")
        return None


def clear_unseen(body: etree._Element, styles: Styles) -> None:
    """Take out the letters that do not show or are struck out; what stands within may say otherwise."""
    said: dict[etree._Element, tuple[bool, bool]] = {}
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        parent = element.getparent()
        outer = said.get(parent, (False, False)) if parent is not None else (False, False)
        own = (styles.is_hidden(element), styles.is_struck(element))
        said[element] = (
            outer[0] if own[0] is None else own[0],
            outer[1] if own[1] is None else own[1],
        )
        if any(said[element]):
            element.text = None
            for child in element:
                child.tail = None
