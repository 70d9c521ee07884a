"""What the cells of a source say in the words of a table: Wikidata's addresses as ids, timestamps as days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from verifier import dates
from verifier.ids import is_id

__all__ = [
    "cut_date",
    "each",
    "plain_date",
    "plain_id",
    "plain_rank",
    "plain_text",
    "plain_texts",
    "source_address",
]

_WIKIDATA = r"https?://(?:www\.)?wikidata\.org/"
_ENTITY = re.compile(_WIKIDATA + r"(?:entity|wiki|prop/direct|prop)/(?:Property:)?([A-Z][0-9]+)")
_STATEMENT = re.compile(_WIKIDATA + r"entity/statement/([A-Za-z][0-9]+)[-$]([0-9A-Za-z-]+)")
_UNKNOWN = re.compile(_WIKIDATA + r"\.well-known/genid/\S+|https?://\S+/\.well-known/genid/\S+|_:\S+")
"""How SPARQL answers write "some value": there is one, and nobody says which."""
_RANK = re.compile(r"https?://wikiba\.se/ontology#([A-Z][a-z]+)Rank")
_TIMESTAMP = re.compile(
    r"([+-]?[0-9]{4,}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(?::[0-9.]+)?(?:Z|[+-][0-9:]+)?"
)
_FINE = 11
"""Wikidata's precision of a day."""
_BREAKS = re.compile(r"\s*[\t\n\v\f\r\x85\u2028\u2029]+\s*")


def each(cells: list[str], convert: Callable[[str], str]) -> list[str]:
    """What becomes of each cell; `convert` is asked once for each different one."""
    known = {cell: convert(cell) for cell in set(cells)}
    if all(cell is text or cell == text for cell, text in known.items()):
        return cells
    return [known[cell] for cell in cells]


def plain_texts(cells: list[str]) -> list[str]:
    """`plain_text` of a whole column; one of which every cell is plain is found out at one look."""
    whole = "\n".join(cells)
    plain = whole.count("\n") == len(cells) - 1 and whole.replace("\n", "").isprintable()
    if plain and not any(edge in f"\n{whole}\n" for edge in (" \n", "\n ")):
        return cells
    return each(cells, plain_text)


def plain_text(cell: str) -> str:
    """A cell without white space around it, on one line: a row of the file is one line of a diff."""
    return cell.strip() if cell.isprintable() else _BREAKS.sub(" ", cell).strip()


def plain_id(cell: str) -> str:
    """A cell, or a list of them with `|`, with Wikidata's ids in place of its addresses.

    `http://www.wikidata.org/entity/Q30` is Q30, `.../entity/statement/Q30-ab12` is `Q30$ab12`, and the
    address of a value that is not known is an empty cell.
    """
    if "://" not in cell and not cell.startswith("_:"):
        return cell
    if "|" in cell:
        return "|".join(plain_id(item) for item in cell.split("|"))
    if match := _ENTITY.fullmatch(cell):
        return match[1]
    if match := _STATEMENT.fullmatch(cell):
        return f"{match[1]}${match[2]}"
    return "" if _UNKNOWN.fullmatch(cell) else cell


def source_address(cell: str) -> str:
    """The address of a page; of an entity or statement of Wikidata, or of its id alone, that of its page."""
    if match := _ENTITY.fullmatch(cell):
        return _page(match[1])
    first = cell.partition("|")[0].strip()
    id = plain_id(first).partition("$")[0]
    return _page(id) if is_id(id) else first


def _page(id: str) -> str:
    return f"https://www.wikidata.org/wiki/{'Property:' if id.startswith('P') else ''}{id}"


def plain_rank(cell: str) -> str:
    """`preferred` or `deprecated`; "" for normal. Another word is kept, to be refused."""
    match = _RANK.fullmatch(cell)
    rank = (match[1] if match else cell).casefold()
    return "" if rank == "normal" else rank


def plain_date(cell: str, date_format: str = "") -> str:
    """A date as ISO 8601: a timestamp is its day. What cannot be read is kept, to be refused.

    `date_format` is in the words of `strptime`; one without a day, or without a month, makes a month or year.
    """
    if match := _TIMESTAMP.fullmatch(cell):
        cell = match[1]
    if cell.startswith("+") and cell[1:5].isdecimal() and not cell[5:6].isdecimal():
        cell = cell[1:]  # XML Schema writes no sign; Wikidata's JSON does
    if not date_format or not cell:
        return cell
    try:
        found = datetime.datetime.strptime(cell, date_format).date().isoformat()
    except ValueError:
        return cell
    if re.search("%[djxcUuVwaA]", date_format):
        return found
    return found[:7] if re.search("%[mbBh]", date_format) else found[:4]


def cut_date(cell: str, precision: str) -> str:
    """A day of Wikidata, as precise as it is meant: 11 a day, 10 its month, 9 its year, 8 its decade, 7 its
    century, 6 its millennium. What cannot be cut is kept; what is coarser is told, to be refused.
    """
    if not cell or not precision.strip():
        return cell
    try:
        fine, date = int(precision.rpartition("#")[2]), dates.parse_date(cell)
    except ValueError:
        return cell
    if fine >= _FINE or date.earliest != date.latest:
        return cell
    year, month, _ = date.earliest
    match fine:
        case 10:
            return dates.iso(dates.month(year, month))
        case 9:
            return dates.iso(dates.year(year))
        case 8:
            return dates.iso(dates.decade(year))
        case 7:
            return dates.iso(dates.century(_nth(year, 100)))
        case 6:
            return dates.iso(dates.millennium(_nth(year, 1000)))
    return f"{cell} (precision {fine})"


def _nth(year: int, length: int) -> int:
    """The number of the century or millennium of an astronomical year: 21 for 2001, -1 for -99."""
    return (year + length - 1) // length if year > 0 else -((-year) // length + 1)
