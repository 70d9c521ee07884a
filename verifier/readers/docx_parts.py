"""The parts of a Word document as `mammoth` reads them rightly: what it passes over is put where it looks.

It takes a letter that begins a paragraph in a frame for a paragraph, passes over simple fields, and looks at
no style for what is hidden, struck out or raised. The elements are those of ECMA-376, part 1, chapter 17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.readers.tree import drop

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Styles", "prepare"]

_ROOTS = frozenset(["document", "footnotes", "endnotes"])
_UNSEEN = ("vanish", "strike", "dstrike")
_FIELD = frozenset(["rPr", "fldChar", "instrText"])
"""What stays of a run that does not show: a field that is opened has to be closed."""
_OFF = frozenset(["0", "false", "off", "none"])
_DEEPEST = 20


class Styles:
    """What the styles of a document say of letters, with the styles that they are based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._of: dict[str, tuple[etree._Element | None, str]] = {}
        self._usual = ""
        """The style of paragraphs that name none."""
        for style in () if root is None else root.findall("{*}style"):
            name = _get(style, "styleId")
            self._of[name] = style.find("{*}rPr"), _value(style.find("{*}basedOn"))
            if _get(style, "type") == "paragraph" and _get(style, "default") in ("1", "true", "on"):
                self._usual = name

    def value(self, run: etree._Element, name: str) -> str:
        """What a run says of itself, else its style, else that of its paragraph; "" for nothing."""
        own = run.find("{*}rPr")
        if (said := _said(own, name)) is not None:
            return said
        paragraph = next(run.iterancestors("{*}p"), None)
        of_paragraph = None if paragraph is None else paragraph.find("{*}pPr/{*}pStyle")
        styles = (None if own is None else own.find("{*}rStyle"), of_paragraph)
        for style in (_value(styles[0]), _value(styles[1]) or self._usual):
            for _ in range(_DEEPEST):
                properties, based_on = self._of.get(style, (None, ""))
                if (said := _said(properties, name)) is not None:
                    return said
                style = based_on
        return ""

    def is_on(self, run: etree._Element, name: str) -> bool:
        """Whether a run has a property that is on or off."""
        return self.value(run, name) not in ("", *_OFF)


def prepare(root: etree._Element, styles: Styles) -> None:
    """Change a part that holds text; others stay as they are."""
    if _tag(root) not in _ROOTS:
        return
    for element in root.iter("{*}fldSimple", "{*}dir", "{*}bdo"):
        element.tag = _named(root, "smartTag")
    for run in list(root.iter("{*}r")):
        if run.tag != _named(root, "r"):
            continue
        if any(styles.is_on(run, name) for name in _UNSEEN):
            drop([child for child in run if _tag(child) not in _FIELD])
        elif _is_raised(run, styles):
            _raise(run)
    for frame in list(root.iter("{*}framePr")):
        if _get(frame, "dropCap") in ("drop", "margin"):
            _join(frame)


def _join(frame: etree._Element) -> None:
    """Put a letter that begins a paragraph, and stands in a frame of its own, at the head of it."""
    letter = next(frame.iterancestors("{*}p"), None)
    following = None if letter is None else next(letter.itersiblings("{*}p"), None)
    if letter is None or following is None:
        return
    at = int(following.find("{*}pPr") is not None)
    following[at:at] = [child for child in letter if _tag(child) != "pPr"]
    drop([letter])


def _is_raised(run: etree._Element, styles: Styles) -> bool:
    if (said := styles.value(run, "vertAlign")) not in ("", "baseline"):
        return said == "superscript"
    height = styles.value(run, "position")
    return height.isdecimal() and int(height) > 0


def _raise(run: etree._Element) -> None:
    from lxml import etree

    properties = run.find("{*}rPr")
    if properties is None:
        properties = etree.Element(_named(run, "rPr"))
        run.insert(0, properties)
    said = properties.find("{*}vertAlign")
    if said is None:
        said = etree.SubElement(properties, _named(run, "vertAlign"))
    said.set(_named(run, "val"), "superscript")


def _said(properties: etree._Element | None, name: str) -> str | None:
    """The value of a property; one without a value is on."""
    found = None if properties is None else properties.find(f"{{*}}{name}")
    return None if found is None else _value(found) or "1"


def _value(element: etree._Element | None) -> str:
    return "" if element is None else _get(element, "val")


def _get(element: etree._Element, name: str) -> str:
    return element.get(_named(element, name)) or ""


def _named(element: etree._Element, name: str) -> str:
    """A name in the namespace of an element: that of Word has two addresses."""
    return f"{{{str(element.tag)[1:].partition('}')[0]}}}{name}"


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
