"""What can fill the slots of a phrasing: names, lists of them, groups, numbers, and words no table knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from verifier.model import Bound, Group, Quantifier, QuantifierKind, Quantity, Span, Term
from verifier.text.coreference import PLACES, History
from verifier.text.groups import count_kind, find_group, opens_group
from verifier.text.lexicon import Filler
from verifier.text.noun_phrases import LEADS, Clause, is_class, names_at, plain_names
from verifier.text.patterns import COUNT, SHARE
from verifier.text.plurals import many_at, members_of
from verifier.text.reading import Handle, World, read_line
from verifier.text.views import View
from verifier.text.vocabulary import DETERMINERS, PREPOSITIONS, PRONOUNS
from verifier.text.words import Word, fold, word_set

__all__ = ["fillers", "group_term"]

_JOINTS = {"and": "and", "&": "and", "or": "or", "nor": "or"}
_EXAMPLES = (("including",), ("such", "as"), ("notably",), ("namely",), ("like",), ("among", "them"))
_NOT_NOMINAL = PREPOSITIONS | word_set(
    """
    while whereas because although when where which who that if after before since and or but it he she
    they we i you be have do not
    """
)
_HALVES = word_set("most majority minority mostly mainly predominantly largely overwhelmingly")
"""Words for more than a half of a whole, and one for less."""
_MAX_FREE = 10
"""The longest row of words that is taken for a name no table has."""


def fillers(clause: Clause) -> Callable[[int, str], Sequence[Filler]]:
    """What can stand in a slot at each position of a clause."""

    def at(position: int, slot: str) -> Sequence[Filler]:
        if slot == SHARE:
            return _share_at(clause, position)
        if slot == COUNT:
            return _count_at(clause, position)
        found = clause.filled.get(position)
        if found is None:
            found = clause.filled[position] = tuple(_fillers_at(clause, position))
        if found or slot != "{o}":
            return found
        unknown = clause.unknown.get(position)
        if unknown is None:
            unknown = clause.unknown[position] = _unknown_thing(clause, position)
        return unknown

    return at


def _share_at(clause: Clause, position: int) -> Sequence[Filler]:
    """A part of a whole: "76 per cent", "three quarters", "nine in ten"."""
    row, number = clause.row, _quantity_at(clause, position)
    if number is None:
        # "a vast majority"
        at = position + (row[position].text.islower() and position + 1 < len(row))
        at = at if row[at].lemma in {"majority", "minority"} else position
        if row[at].lemma in _HALVES:
            bound = Bound.LESS_THAN if row[at].lemma == "minority" else Bound.MORE_THAN
            number = at + 1, Quantity(Decimal(50), "%", bound=bound), None
    if number is None or (number[2] is None and number[1].unit != "%"):
        return ()
    end, quantity, of = number
    if of is not None:
        share = (100 * quantity.amount / of.amount).quantize(Decimal("0.1"))
        quantity = Quantity(share, "%", Decimal(1), Bound.ABOUT)
    start, stop = clause.extent(position, end)
    term = Term(clause.line.slice(start, stop), clause.line.span_of(start, stop), value=quantity)
    return (Filler(end, Handle((term,), start, stop, stop - 1)),)


def _count_at(clause: Clause, position: int) -> Sequence[Filler]:
    """How many there are, of whatever stands in the relation: "four", "at least two", "no"."""
    number = _quantity_at(clause, position)
    if number is not None and (number[1].unit or number[2] is not None):
        return ()
    after = clause.row[position + 1].lemma if position + 1 < len(clause.row) else ""
    none = clause.row[position].lemma == "no" and after not in {"long", "longer", "more"}
    if number is None and not none:
        return ()
    end, count = (position + 1, Quantity(Decimal(0))) if number is None else number[:2]
    start, stop = clause.extent(position, end)
    text = clause.line.slice(start, stop)
    term = Term(
        text,
        clause.line.span_of(start, stop),
        group=Group(text, ()),
        quantifier=Quantifier(count_kind(count), count),
    )
    return (Filler(end, Handle((term,), start, stop, stop - 1)),)


def group_term(text: str, world: World) -> Term | None:
    """A phrase about a group that stands by itself, as in a table: "Arab parties to the Abraham Accords"."""
    history = History(world.types)
    line = read_line(text, fold(text), Span(0, len(text)), world=world, history=history, as_of=None)
    clause = Clause.of(line, View(tuple(range(len(line.words)))))
    for filler in _fillers_at(clause, 0) if line.words else ():
        handle = filler.handle
        if isinstance(handle, Handle) and filler.end == len(line.words) and handle.terms[0].group is not None:
            return handle.terms[0]
    return None


def _fillers_at(clause: Clause, position: int) -> Iterator[Filler]:
    for end, handle in names_at(clause, position):
        lists = _joined(clause, end, handle)
        yield Filler(end, replace(handle, partial=True) if lists else handle)
        yield from lists
    yield from (Filler(end, handle) for end, handle in many_at(clause, position))
    yield from _groups(clause, position)
    number = None if _takes_up(clause.row, position) else _quantity_at(clause, position)
    if number is not None and number[2] is None:
        end, quantity, _ = number
        start, stop = clause.extent(position, end)
        term = Term(clause.line.slice(start, stop), clause.line.span_of(start, stop), value=quantity)
        yield Filler(end, Handle((term,), start, stop, stop - 1))


def _takes_up(row: Sequence[Word], position: int) -> bool:
    """Whether a number stands for things named before: "all three are members" does not count the members."""
    before = row[position - 1].lemma if position else ""
    after = row[position + 1].lemma if position + 1 < len(row) else ""
    return before == "all" or (before in {"the", "these", "those"} and after in {"be", "have"})


def _joined(clause: Clause, end: int, first: Handle) -> Sequence[Filler]:
    """ "A, B and C": the longest list that begins with a name."""
    if _next_member(clause.row, end) is None:
        return ()
    terms, at, joint, heads, last = list(first.terms), end, "", [first.head], first
    whole: Filler | None = None
    while (step := _next_member(clause.row, at)) is not None:
        position, said = step
        joint = said or joint
        named = names_at(clause, position) if position < len(clause.row) else []
        alike = (n for n in named if _alike(clause, last, n[1]))
        following = next((n for n in alike if _continues(clause, position, n, heads)), None)
        if following is None or not _unbroken(clause, last, following[1]):
            if said and len(terms) > 1 and _begins_noun(clause, position):
                whole = Filler(at, Handle(tuple(terms), first.start, last.end, first.head, joint))
            break
        at, last = following
        heads.append(last.head)
        terms.extend(last.terms)
        if joint:
            whole = Filler(at, Handle(tuple(terms), first.start, last.end, first.head, joint))
    return () if whole is None else (whole,)


def _begins_noun(clause: Clause, position: int) -> bool:
    """Whether a noun phrase stands here, of which the tables know nothing: the last member of a list."""
    tree = clause.line.tree
    index = clause.view.indices[position] if position < len(clause.row) else -1
    if tree is None or index < 0:
        return False
    head = index
    while tree.deps[head] in {"det", "amod", "compound", "poss", "nummod", "nmod", "advmod", "quantmod"}:
        head = tree.heads[head]
    return tree.tags[head] in {"NOUN", "PROPN"} and tree.deps[head] == "conj"


def _alike(clause: Clause, one: Handle, other: Handle) -> bool:
    """Whether two names may be of one kind, as the members of a list are."""
    kinds = [
        {kind for match in handle.terms[-1].matches for kind in clause.line.world.types(match.id)}
        for handle in (one, other)
    ]
    return not all(kinds) or bool(kinds[0] & kinds[1]) or bool(PLACES & kinds[0] and PLACES & kinds[1])


def _unbroken(clause: Clause, one: Handle, following: Handle) -> bool:
    """Whether nothing of the sentence was left out between two names but dates."""
    kept = {*clause.view.indices, *clause.line.skip}
    return all(index in kept for index in range(one.end, following.start))


def _continues(clause: Clause, position: int, named: tuple[int, Handle], heads: Sequence[int]) -> bool:
    """Whether a name goes on with the list, and does not begin a clause of its own."""
    line, (end, handle) = clause.line, named
    if line.words[handle.end - 1].text.casefold() in PRONOUNS:
        return False
    lead = clause.row[position : end - (handle.end - handle.start)]
    if any(word.lemma not in LEADS and not word.capital for word in lead):
        return False
    tree = line.tree
    if tree is None:
        return True
    head, dep = tree.heads[handle.head], tree.deps[handle.head]
    if dep in {"nsubj", "nsubjpass"}:
        return head == tree.heads[heads[0]]
    if dep in {"compound", "amod", "nmod", "poss"} and head >= handle.end:
        return False
    return (
        dep != "conj"
        or head in heads
        or any(h in tree.ancestors(head) or head in tree.ancestors(h) for h in heads)
    )


def _next_member(row: Sequence[Word], at: int) -> tuple[int, str] | None:
    """Where the next member of a list begins, and the "and" or "or" before it; None if the list is over."""
    if at >= len(row):
        return None
    step = at + 1 if row[at].text == "," else at
    word = row[step] if step < len(row) else row[at]
    if word.lemma in _JOINTS:
        return step + 1, _JOINTS[word.lemma]
    if [w.lemma for w in row[step : step + 3]] == ["as", "well", "as"]:
        return step + 3, "and"
    if [w.lemma for w in row[step : step + 2]] in (["along", "with"], ["together", "with"]):
        return step + 2, "and"
    return (step, "") if step > at else None


def _groups(clause: Clause, position: int) -> Iterator[Filler]:
    """A group of which something is said, or the members that are given as its examples."""
    line = clause.line
    if not line.quantities and not _may_be_group(clause, position):
        return
    group = find_group(
        clause.row,
        position,
        lexicon=line.world.lexicon,
        catalogue=line.world.catalogue,
        names=lambda p: [(end, handle.terms[0]) for end, handle in plain_names(clause, p)],
        quantities=lambda p: _quantity_at(clause, p),
        is_class=lambda term: is_class(line, term),
    )
    if group is None or _miscounts(clause, position, group.term):
        return
    start, stop = clause.extent(position, group.end)
    term = replace(group.term, text=line.slice(start, stop), span=line.span_of(start, stop))
    if group.vague and term.quantifier is not None:
        term = replace(term, group=None, quantifier=replace(term.quantifier, kind=QuantifierKind.SOME))
    yield Filler(group.end, Handle((term,), start, stop, line.head(start, stop)))
    yield from _examples(clause, group.end, start)


def _may_be_group(clause: Clause, position: int) -> bool:
    """Whether a group can begin here that is told without a figure: it does so with what it is a group of."""
    row = clause.row
    at = position + (row[position].lemma in {"the", "a"})
    return at < len(row) and (
        opens_group(row[at], clause.line.world.lexicon) or bool(plain_names(clause, at))
    )


def _miscounts(clause: Clause, position: int, term: Term) -> bool:
    """Whether "all three countries" cannot be all that there are: then it takes up some that are unknown."""
    said = term.quantifier
    if said is None or said.count is None or clause.line.alone:
        return False
    if said.kind is not QuantifierKind.ALL:
        return position > 0 and clause.row[position - 1].lemma in {"all", "the", "these", "those"}
    members = members_of(clause.line, term)
    return bool(members) and said.count.amount != len(members)


def _examples(clause: Clause, end: int, start: int) -> Iterator[Filler]:
    """ "Arab states, including A, B and C" may stand for A, B and C."""
    row = clause.row
    at = end + 1 if end < len(row) and row[end].text == "," else end
    spelled = [("including" if word.lemma == "include" else word.lemma) for word in row[at : at + 2]]
    lead = next((lead for lead in _EXAMPLES if tuple(spelled[: len(lead)]) == lead), None)
    if lead is None:
        return
    for stop, handle in names_at(clause, at + len(lead)):
        yield Filler(stop, Handle(handle.terms, start, handle.end, handle.head, "and"))
        for joined in _joined(clause, stop, handle):
            if isinstance(joined.handle, Handle):
                yield Filler(joined.end, replace(joined.handle, start=start))


def _unknown_thing(clause: Clause, position: int) -> Sequence[Filler]:
    """Words to the end of the sentence, taken as the name of something the tables do not know."""
    line, row = clause.line, clause.row
    if not line.alone or clause.view.verb >= 0 or not 0 < len(row) - position <= _MAX_FREE:
        return ()
    begin, end = position, len(row)
    while end > begin and not row[end - 1].is_word:
        end -= 1
    while begin < end and row[begin].lemma in DETERMINERS:
        begin += 1
    if not _can_be_name(row[begin:end]):
        return ()
    start, stop = clause.extent(begin, end)
    tree = line.tree
    if tree is not None and any(tree.is_verb(i) and tree.deps[i] != "amod" for i in range(start, stop)):
        return ()
    text = line.slice(start, stop)
    term = Term(text, line.span_of(start, stop))
    return (Filler(end, Handle((term,), start, stop, stop - 1, free=True)),)


def _can_be_name(row: Sequence[Word]) -> bool:
    """Whether these words can be a name: they do not begin like a clause or a phrase of circumstance."""
    return (
        bool(row)
        and row[0].lemma not in _NOT_NOMINAL
        and row[-1].lemma not in _NOT_NOMINAL
        and all(word.is_word or word.text in {"-", "'", ".", "&"} for word in row)
        and not any(
            word.text.isdigit() or (word.lemma in PREPOSITIONS and not row[0].capital) for word in row
        )
    )


def _quantity_at(clause: Clause, position: int) -> tuple[int, Quantity, Quantity | None] | None:
    """The quantity that begins here, the position after it, and the whole it is out of."""
    line, view = clause.line, clause.view
    if position >= len(view.indices):
        return None
    index = view.indices[position]
    for mention, indices in line.counting(index):
        if indices and indices[0] == index:
            end = position
            while end < len(view.indices) and view.indices[end] in indices:
                end += 1
            return end, mention.quantity, mention.of
        numbers = [i for i in indices if line.words[i].text[:1].isdigit()]
        if mention.of is not None and len(numbers) > 1 and numbers[-1] == index:
            return position + 1, mention.of, None
    return None
