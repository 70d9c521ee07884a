"""The terminal: each claim in the order of the text, with a mark, the rule, one sentence and its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from verifier.model import Report, Result, Source, Suppressed, Verdict
from verifier.reports.escape import visible, web_address
from verifier.reports.places import (
    Places,
    checked_against,
    count_claims,
    not_asked,
    own_day,
    sources_of,
    subtitle,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["MARKS", "printed", "render", "source_line", "wrapped"]

MARKS = {
    Verdict.SUPPORTED: ("✓", "bold green"),
    Verdict.CONTRADICTED: ("✗", "bold red"),
    Verdict.UNKNOWN: ("?", "yellow"),
}
_LINK_ID = re.compile(r"\x1b\]8;id=[^;]*;")


def render(*reports: Report, colour: bool = False, width: int = 100) -> str:
    """Lines of at most `width` columns but for addresses, which stay whole; plain text unless `colour`."""

    def lines(console: Console) -> Iterator[Text]:
        from rich.text import Text

        for number, report in enumerate(reports):
            if number:
                yield Text()
            yield from _lines(report, console)

    return printed(lines, colour=colour, width=width)


def printed(lines: Callable[[Console], Iterable[Text]], *, colour: bool, width: int) -> str:
    """What a terminal of this width gets to print of some lines; the same bytes every time."""
    from io import StringIO

    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for line in lines(console):
        console.print(line, soft_wrap=True)
    # rich makes up a number for each link, and the same report is to give the same bytes.
    return _LINK_ID.sub("\x1b]8;;", out.getvalue())


def wrapped(text: Text, console: Console, *, indent: int) -> Iterator[Text]:
    """A text in lines, the second and later ones a step further in than the first."""
    from rich.text import Text

    for number, line in enumerate(text.wrap(console, max(console.width - indent, 20))):
        line.rstrip()
        yield Text(" " * (indent if number else max(indent - 2, 0))) + line


def _lines(report: Report, console: Console) -> Iterator[Text]:
    from rich.text import Text

    name = visible(report.document.name or report.document.title)
    head = ", ".join(text for text in (name, subtitle(report)) if text)
    if head:
        yield from wrapped(Text(head, style="bold"), console, indent=2)
        yield Text()
    places = Places(report.document.text)
    for result in report.results:
        if result.suppressed is not None:
            continue
        yield from wrapped(_claim(result, places, own_day(report, result)), console, indent=2)
        yield from wrapped(Text(f"  {visible(result.explanation)}"), console, indent=4)
        for repair in dict.fromkeys(part.repair for part in result.parts if part.repair):
            yield from wrapped(Text(f"  Instead: {visible(repair)}", style="bold"), console, indent=4)
        for source in sources_of(result):
            yield Text("    ") + source_line(source)
        yield Text()
    ignored = [result for result in report.results if result.suppressed is Suppressed.INLINE]
    for result in ignored:
        yield from wrapped(_ignored(result, places), console, indent=2)
    if ignored:
        yield Text()
    if not report.results:
        yield Text("No checkable claim was found: this is not a pass.", style="bold")
    tail = [(f"{count_claims(report.results)}.", "bold")]
    tail += ((f"Checked against: {visible(line)}", "dim") for line in checked_against(report.tables))
    tail += ((visible(line), "bold yellow") for line in not_asked(report.failures))
    for text, style in tail:
        yield from wrapped(Text(text, style=style), console, indent=2)


def _claim(result: Result, places: Places, day: str) -> Text:
    from rich.text import Text

    mark, style = MARKS[result.verdict]
    others = places.others(result)
    where = visible(places.of(result)) + (f" and {others}" if others else "")
    return Text.assemble(
        (f"{mark} {result.verdict}", style),
        f"  “{visible(result.claim.text)}”  ",
        (f"[{', '.join(text for text in (result.reason, where, day) if text)}]", "dim"),
    )


def _ignored(result: Result, places: Places) -> Text:
    """One line for what the document asks to hear nothing of."""
    from rich.text import Text

    why = f"  {visible(result.suppressed_for)}" if result.suppressed_for else ""
    where = visible(places.of(result))
    return Text(f"– ignored, {result.verdict}  “{visible(result.claim.text)}”  [{where}]{why}", style="dim")


def source_line(source: Source) -> Text:
    """Where to read it: its title, its publisher and its address, which a terminal can follow."""
    from rich.style import Style
    from rich.text import Text

    title = ", ".join(visible(text) for text in (source.title, source.publisher) if text)
    address = web_address(source.url)
    if address:
        return Text.assemble(
            f"→ {title}{': ' if title else ''}", (address, Style(color="blue", link=address))
        )
    return Text(f"→ {title}{': ' if title and source.url else ''}{visible(source.url)}")
