"""Noun phrases that speak of many: how many of which group, and what makes a thing a member of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from verifier.model import Bound, Group, Quantifier, QuantifierKind, Quantity, Term
from verifier.relations import Catalogue, RelationRole
from verifier.text.lexicon import Lexicon
from verifier.text.vocabulary import EXCEPTING
from verifier.text.words import Word

__all__ = ["GroupPhrase", "count_kind", "find_group", "opens_group"]

_QUANTIFIERS = {
    "all": QuantifierKind.ALL,
    "every": QuantifierKind.ALL,
    "each": QuantifierKind.ALL,
    "most": QuantifierKind.MOST,
    "majority": QuantifierKind.MOST,
    "some": QuantifierKind.SOME,
    "several": QuantifierKind.SOME,
    "certain": QuantifierKind.SOME,
    "no": QuantifierKind.NO,
    "none": QuantifierKind.NO,
    "only": QuantifierKind.ONLY,
}
_BOUNDS = {
    Bound.AT_LEAST: QuantifierKind.AT_LEAST,
    Bound.MORE_THAN: QuantifierKind.AT_LEAST,
    Bound.AT_MOST: QuantifierKind.AT_MOST,
    Bound.LESS_THAN: QuantifierKind.AT_MOST,
}
_VAGUE = frozenset(["many", "few", "numerous", "other"])
_GENERIC = frozenset(["state", "country", "nation", "party", "signatory", "member", "power", "government"])
_MEMBER_LINKS = frozenset(["of", "to", "in"])
_MEMBERS = frozenset(["state", "country", "nation"])
_MOST_WORDS = 40
"""The longest phrase about a group."""


@dataclass(frozen=True, slots=True)
class GroupPhrase:
    """A phrase about a group: where it ends, what it means, and whether it is too vague to check."""

    end: int
    term: Term
    vague: bool = False


NameAt = Callable[[int], Sequence[tuple[int, Term]]]
"""Names that begin at a position of the view: the position after each, and the term."""
QuantityAt = Callable[[int], tuple[int, Quantity, Quantity | None] | None]
"""The quantity that begins at a position, the position after it, and the whole it is out of."""
IsClass = Callable[[Term], bool]


def find_group(
    view: Sequence[Word],
    position: int,
    *,
    lexicon: Lexicon,
    catalogue: Catalogue,
    names: NameAt,
    quantities: QuantityAt,
    is_class: IsClass,
) -> GroupPhrase | None:
    """The group phrase that begins here: "Arab parties to the Abraham Accords", "98 of 193 members"."""
    at, quantifier, vague = _quantifier(view, position, quantities)
    begin = at
    conditions: list[tuple[str, Term, bool]] = []
    kind, membership = map(catalogue.first, (RelationRole.KIND, RelationRole.MEMBERSHIP))
    owner: Term | None = None
    while at < min(len(view), position + _MOST_WORDS):
        if owner is not None and view[at].lemma in _MEMBERS and _plural_or(view[at], quantifier):
            conditions.append((membership, owner, False))
            return _phrase(view, position, at + 1, conditions, quantifier, vague)
        here = names(at)
        named = next(((end, term) for end, term in here if is_class(term)), None)
        if named is not None:
            end, term = named
            plural = _plural(view[end - 1])
            conditions.append((kind, term, False))
            at = end
            if plural:
                break
            continue
        noun = _relation_noun(view, at, lexicon)
        if noun is not None:
            end, entries = noun
            linked = _linked(view, end, names)
            if linked is not None:
                end, other = linked
            elif owner is not None:
                other = owner
            elif conditions and _plural(view[end - 1]):
                at = end
                break
            else:
                return None
            relation, names_subject = entries[0]
            conditions.append((relation, other, not names_subject))
            if not _plural(view[noun[0] - 1]) and quantifier is None:
                return None
            return _phrase(view, position, end, conditions, quantifier, vague)
        if here and owner is None and at + 1 < len(view):
            at, owner = here[0]
            if at < len(view) and view[at].text == "'s":
                at += 1
            continue
        if view[at].lemma in _GENERIC and conditions and at > begin:
            at += 1
            if _plural(view[at - 1]):
                break
            continue
        if view[at].text == "-" or view[at].lemma in {"the", "other"}:
            at += 1
            continue
        break
    if not conditions or owner is not None or at == begin:
        return None
    if not _plural(view[at - 1]) and quantifier is None:
        return None
    return _phrase(view, position, at, conditions, quantifier, vague)


def opens_group(word: Word, lexicon: Lexicon) -> bool:
    """Whether a group phrase may begin with this word, after its article; or with a name or a figure."""
    return (
        word.lemma in lexicon.noun_starts
        or word.lemma in _QUANTIFIERS
        or word.lemma in _VAGUE
        or word.lemma in {"the", "other"}
        or word.text == "-"
    )


def _phrase(
    view: Sequence[Word],
    start: int,
    end: int,
    conditions: list[tuple[str, Term, bool]],
    quantifier: Quantifier | None,
    vague: bool,
) -> GroupPhrase:
    text = " ".join(word.text for word in view[start:end])
    term = Term(
        text,
        None,
        group=Group(text, tuple(conditions)),
        quantifier=quantifier or Quantifier(QuantifierKind.ALL),
    )
    return GroupPhrase(end, term, vague)


def _quantifier(
    view: Sequence[Word], position: int, quantities: QuantityAt
) -> tuple[int, Quantifier | None, bool]:
    at = position
    found: Quantifier | None = None
    vague = False
    if at < len(view) and view[at].lemma in {"the", "a"}:
        at += 1
    if at < len(view):
        number = quantities(at)
        low = view[at].lemma
        if number is not None:
            at, count, of = number
            if count.unit == "%":
                kind = (
                    QuantifierKind.MOST
                    if count.amount == Decimal(50) and count.bound is Bound.MORE_THAN
                    else QuantifierKind.EXACTLY
                )
            else:
                kind = count_kind(count)
            found = Quantifier(kind, count, of)
        elif (but := _all_but(view, at, quantities)) is not None:
            at, count = but
            found = Quantifier(QuantifierKind.ALL_BUT, count)
        elif low in _QUANTIFIERS:
            found = Quantifier(_QUANTIFIERS[low])
            at += 1
            counted = _counted(view, at, quantities) if low in {"all", "each", "none"} else None
            if counted is not None:
                at, count = counted
                of = count if low == "none" else None
                found = Quantifier(_QUANTIFIERS[low], None if of else count, of)
        elif low in _VAGUE:
            vague = True
            found = Quantifier(QuantifierKind.SOME)
            at += 1
    while at < len(view) and found is not None and view[at].lemma in {"of", "the", "out"}:
        at += 1
    return at, found, vague


def count_kind(count: Quantity) -> QuantifierKind:
    """Whether a number is the least, the most or just so many."""
    return _BOUNDS.get(count.bound, QuantifierKind.EXACTLY)


def _all_but(view: Sequence[Word], at: int, quantities: QuantityAt) -> tuple[int, Quantity] | None:
    """ "all but four": how many are taken out, and the position after it."""
    if view[at].lemma != "all" or at + 2 >= len(view) or view[at + 1].lemma not in EXCEPTING:
        return None
    return _counted(view, at + 2, quantities)


def _counted(view: Sequence[Word], at: int, quantities: QuantityAt) -> tuple[int, Quantity] | None:
    """ "all three Baltic states": how many there are in all, and the position after it."""
    while at < len(view) and view[at].lemma in {"of", "the"}:
        at += 1
    number = quantities(at)
    if number is None or number[1].unit or number[2] is not None or number[1].bound is not Bound.EXACT:
        return None
    return number[0], number[1]


def _relation_noun(
    view: Sequence[Word], at: int, lexicon: Lexicon
) -> tuple[int, tuple[tuple[str, bool], ...]] | None:
    if view[at].lemma not in lexicon.noun_starts:
        return None
    for length in (3, 2, 1):
        if at + length <= len(view):
            key = tuple([word.lemma for word in view[at : at + length]])
            if key in lexicon.nouns and view[at + length - 1].is_word:
                return at + length, lexicon.nouns[key]
    return None


def _linked(view: Sequence[Word], at: int, names: NameAt) -> tuple[int, Term] | None:
    if at < len(view) and view[at].lemma in _MEMBER_LINKS:
        at += 1
        if at < len(view) and view[at].lemma in {"the", "its"}:
            at += 1
        return next(iter(names(at)), None)
    return None


def _plural_or(word: Word, quantifier: Quantifier | None) -> bool:
    return _plural(word) or quantifier is not None


def _plural(word: Word) -> bool:
    low = word.text.casefold()
    return (low.endswith("s") and word.lemma != low and not low.endswith("ss")) or low in {
        "people",
        "men",
        "women",
        "states",
    }
