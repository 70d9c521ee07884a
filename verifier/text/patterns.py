"""The forms in which a relation's nouns and phrasings are met: each a row of lemmas and slots.

What carries no meaning of its own (articles, auxiliaries) is left out, and may be passed over in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from verifier.model import PeriodKind
from verifier.relations import Relation, ValueKind
from verifier.text.vocabulary import AUXILIARIES, PREPOSITIONS
from verifier.text.words import fold, words

__all__ = [
    "COUNT",
    "COUNTERPART",
    "POSTS",
    "SHARE",
    "Pattern",
    "alternatives",
    "items_of",
    "patterns",
]

POSTS = ("post", "office", "title", "job", "position")
"""What somebody is said to hold whose office the sentence has named."""
SHARE = "{P1107}"
"""The slot of a share of the whole, as in "76 per cent of the people"."""
COUNT = "{o#}"
"""The slot of how many objects there are: "four" in "has four neighbours", and "no"."""
COUNTERPART = "counterpart"
"""Stands for the office that the sentence named last."""

_UNSAID = "{o*}"
_TIMES = {"{began}": PeriodKind.BEGAN, "{ended}": PeriodKind.ENDED}
_APART = re.compile(r"\{[so]\}\s*(?:,|(?:is|was|are|were|be)\b)")
_CHOICE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_LINKS = ("of", "for", "from", "to", "in")
_MOVES = ("move", "relocate", "transfer", "shift")
_CHANGES = ("change", "switch")
"""What is done with what one has one of: "moved its headquarters from X to Y", "changed its currency"."""
_TERMS = {
    PeriodKind.BEGAN: (("take", "office"),),
    PeriodKind.ENDED: (("leave", "office"), ("step", "down"), ("stand", "down")),
}
"""How an office begins and ends, before "as president of X"."""
_SERVES = ("serve", "act", "appoint", "elect", "install", "return")

Items = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """These lemmas and slots, in this order, say that {s} stands in the relation to {o}."""

    relation: str
    items: Items
    appositive: bool = False
    """True if commas may stand between its parts ("X, the capital of Y")."""
    period: PeriodKind | None = None
    object_is_date: bool = False
    apart: bool = False
    """True if something (a comma, "is", "a") must stand between its first two parts: "X, capital of Y"."""
    ownerless: bool = False
    """True if whose it is is left unsaid ("Prime Minister X", "the capital is X")."""
    understood: bool = False
    """True if the object is left unsaid, and is what the text said before ("has not moved its embassy")."""

    bare: bool = False
    """True if no word names the relation, only what the tables use of such ends."""
    linked: bool = False
    """True if it was made of the words beside two ends, in any order."""

    @property
    def side_by_side(self) -> bool:
        """True if a noun stands between two names with nothing to tie it: "Israeli foreign minister X"."""
        inner = self.items[1:-1]
        slots = self.items[0].startswith("{") and self.items[-1].startswith("{")
        return (
            self.appositive
            and slots
            and COUNT not in inner
            and not any(item in PREPOSITIONS or item in {",", "'s", "be"} for item in inner)
        )

    @property
    def weight(self) -> float:
        """How much of the sentence it explains: a content word counts for more than a preposition."""
        return _weight(self.items)


@lru_cache(maxsize=8192)
def _weight(items: Items) -> float:
    enumerated = COUNT in items and "{o}" in items
    return 0.5 * enumerated + sum(
        1.0
        if item == SHARE
        else 0.0
        if item[0] == "{" or item in {",", "a", "be", "and"}
        else 0.25
        if item in PREPOSITIONS or item == "'s"
        else 1.0
        for item in items
    )


def patterns(relation: Relation) -> Iterator[Pattern]:
    """Every form of a relation's phrasings and nouns; the same form may come more than once."""
    for written in relation.phrasings:
        for phrasing in alternatives(written):
            yield from _of_phrasing(relation, phrasing)
    office = (COUNTERPART,) if "person" in relation.object_types and relation.nouns else ()
    for noun in (*relation.nouns, *office):
        yield from _of_noun(relation, items_of(noun), owner="{s}", thing="{o}")
    if relation.value in {ValueKind.ENTITY, ValueKind.ANY} and not relation.event:
        yield from _of_changes(relation)
    for post in POSTS if office else ():
        yield Pattern(relation.id, ("{o}", "hold", post), ownerless=True)
    for noun in relation.inverse_nouns:
        yield from _of_noun(relation, items_of(noun), owner="{o}", thing="{s}")


def alternatives(phrasing: str) -> Iterator[str]:
    """A phrasing with its choices spelled out: "(a|b)" is one of them, "[x]" may be missing."""
    choice = _CHOICE.search(phrasing)
    if choice is None:
        yield " ".join(phrasing.split())
        return
    head, tail = phrasing[: choice.start()], phrasing[choice.end() :]
    options = choice.group(1).split("|") if choice.group(1) is not None else ["", *choice.group(2).split("|")]
    for option in options:
        yield from alternatives(f"{head} {option} {tail}")


def items_of(phrase: str) -> Items:
    """The lemmas and slots of a phrasing, what carries no meaning left out."""
    phrase = phrase.replace("be found", "be find")
    items = [
        item for piece in phrase.replace("{", " {").replace("}", "} ").split() for item in _lemmas(piece)
    ]
    content = tuple(item for item in items if item not in {"the", "a"} and item not in AUXILIARIES)
    if len(content) < 2 or any(item[0] != "{" and item not in PREPOSITIONS for item in content):
        return content
    # Of "{s} is a {o}" nothing would be left: light words, and commas, are then its content.
    marked = [item for piece in phrase.replace(",", " , ").split() for item in _marked(piece)]
    return tuple(item for item in marked if item not in {"the", "will", "would", "shall"})


@lru_cache(maxsize=4096)
def _lemmas(piece: str) -> Items:
    if piece.startswith("{") or piece == "found":  # phrasings are written in base forms: to found
        return (piece,)
    return tuple(word.lemma for word in words(fold(piece)) if word.is_word or word.text == "-")


def _marked(piece: str) -> Items:
    return (",",) if piece == "," else _lemmas(piece)


def _of_phrasing(relation: Relation, phrasing: str) -> Iterator[Pattern]:
    written = items_of(phrasing)
    items = tuple(item for item in written if item not in _TIMES)
    period = next((kind for mark, kind in _TIMES.items() if phrasing.endswith(mark)), None)
    apart = _APART.match(phrasing) is not None and items[1] not in {"be", ","}
    dated = relation.value is ValueKind.DATE
    for variant in _voices(items, symmetric=relation.symmetric):
        yield Pattern(
            relation.id,
            _said(variant, dated=dated),
            appositive="," in phrasing,
            period=period,
            object_is_date=dated,
            apart=apart and variant == items,
            understood=_UNSAID in variant,
            ownerless="{s}" not in variant,
        )


def _of_noun(relation: Relation, noun: Items, *, owner: str, thing: str) -> Iterator[Pattern]:
    dated = relation.value is ValueKind.DATE
    for variant, apart in _noun_items(noun, owner, thing):
        yield Pattern(
            relation.id,
            _said(variant, dated=dated),
            appositive=True,
            object_is_date=dated,
            apart=apart,
            ownerless=owner not in variant,
        )


def _of_changes(relation: Relation) -> Iterator[Pattern]:
    """What somebody has one of goes from one to another, and an office is taken up and left."""
    of_people = "person" in relation.object_types
    for noun in map(items_of, relation.nouns):
        if not noun or noun[-1] in PREPOSITIONS:
            continue
        if of_people or not relation.object_types:
            for kind, verbs in _TERMS.items():
                for leave in verbs:
                    for rest in ((*noun, "of", "{s}"), ("{s}", "'s", *noun), ("{s}", *noun)):
                        yield Pattern(relation.id, ("{o}", *leave, "as", *rest), period=kind)
                    yield Pattern(relation.id, ("{o}", *leave, "as", *noun), period=kind, ownerless=True)
        if not of_people:
            placed = bool(relation.value_within) or "city" in relation.object_types
            changes = not relation.lasting or "state" in relation.subject_types or not relation.declared
            for verb in (*_MOVES * (placed or not relation.declared), *_CHANGES * changes):
                for end in (("to", "{o}"), ("from", "{from}", "to", "{o}")):
                    yield Pattern(relation.id, ("{s}", verb, *noun, *end))
                    yield Pattern(relation.id, (*noun, "of", "{s}", verb, *end))
                    yield Pattern(relation.id, ("{s}", "'s", *noun, verb, *end))


def _said(items: Items, *, dated: bool) -> Items:
    """The items that stand in a text: a date is found by itself, with the preposition before it."""
    if dated and "{o}" in items:
        at = items.index("{o}")
        head = items[:at]
        while head and (head[-1] in PREPOSITIONS or head[-1] == "since"):
            head = head[:-1]
        items = head + items[at + 1 :]
    return tuple(item for item in items if item != _UNSAID) if _UNSAID in items else items


def _noun_items(noun: Items, owner: str, thing: str) -> Iterator[tuple[Items, bool]]:
    """The forms in which a noun ties a thing to its owner, and whether the first two parts are apart."""
    bound = noun[-1] in PREPOSITIONS
    for link in ("",) if bound else _LINKS:
        middle = (*noun, link, owner) if link else (*noun, owner)
        yield (thing, *middle), True
        yield (*middle, thing), False
        if link in {"", "of"}:
            for verb in _SERVES:
                yield (thing, verb, "as", *middle), False
    if bound:
        return
    yield (owner, "'s", *noun, thing), False
    yield (thing, owner, "'s", *noun), True
    yield (owner, *noun, thing), False
    yield (thing, owner, *noun), True
    yield (owner, thing, "as", "its", *noun), False
    yield (owner, "with", thing, "as", "its", *noun), False
    yield (owner, "with", thing, "for", "its", *noun), False
    yield (thing, "serve", "as", owner, "'s", *noun), False
    yield (thing, "serve", "as", owner, *noun), False
    if thing == "{o}":
        yield (owner, COUNT, *noun), True
        yield (owner, COUNT, *noun, thing), True
        yield (owner, COUNT, *noun, ":", thing), True
        yield (COUNT, *noun, "of", owner, thing), False
        yield (owner, "'s", COUNT, *noun, thing), False
        yield (thing, *noun), True
        yield (*noun, thing), False
        for verb in _SERVES:
            yield (thing, verb, "as", *noun), False


def _voices(items: Items, *, symmetric: bool) -> Iterator[Items]:
    """A phrasing as it is, told of both at once if the relation is symmetric, and in the passive."""
    yield items
    if symmetric and len(items) > 3 and items[0] == "{s}" and items[-2:] == ("with", "{o}"):
        yield ("{s}", "and", "{o}", *items[1:-2])
        yield ("{s}", *items[1:-2], "and", "{o}")
    actor, other = items[0], "{o}" if items[0] == "{s}" else "{s}"
    if actor not in {"{s}", "{o}"} or other not in items or "by" in items:
        return
    at = items.index(other)
    if at < 2 or items[at - 1] in PREPOSITIONS or items[at - 1] == "'s":
        return
    verb, rest = items[1:at], items[at + 1 :]
    if any(item[0] == "{" for item in verb):
        return
    yield (other, *verb, *rest, "by", actor)
    if rest:
        yield (other, *verb, "by", actor, *rest)
