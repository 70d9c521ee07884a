"""Whether the things around a phrasing are what it asks for: of the right kind, each standing free."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.model import MatchKind, QuantifierKind, Term
from verifier.relations import Relation, RelationRole, ValueKind
from verifier.text.kinds import cannot_be, may_be
from verifier.text.noun_phrases import Clause
from verifier.text.parse import Parse
from verifier.text.patterns import COUNTERPART, POSTS, SHARE, Pattern
from verifier.text.reading import Handle, Line
from verifier.text.signals import is_light
from verifier.text.vocabulary import DETERMINERS, POSSESSIVES, PREPOSITIONS
from verifier.text.words import word_set

__all__ = ["CLASSES", "KINDS", "Slots", "belong_together", "one_thing", "same_names", "with_owner"]

CLASSES = (RelationRole.KIND, RelationRole.SUBKIND)
KINDS = (*CLASSES, RelationRole.POST, RelationRole.OCCUPATION)
"""Relations that a bare "is a" may state."""
_IS = ("{s}", "be", "{o}")
_NEAR_FIGURE = 4
"""Words after "of" among which a figure begins: "of well over 5 million"."""
_JOINS = frozenset(["and", "or", "but", "while", "whereas", "because", "although"])
_BEFORE_CLAUSES = _JOINS | {"that"}
_AFTER_CLAUSES = _JOINS | {"when", "where", "nor", "if", "after", "before", "since"}
_SPEAK_OF = word_set(
    """
    none neither all both each state city government republic kingdom country town territory emirate
    sultanate people leader
    """
)
"""Words after which "of X" speaks of X itself."""

Slots = tuple[tuple[str, Handle], ...]
"""The slots of a phrasing, each with what stands in it."""


def belong_together(
    clause: Clause,
    pattern: Pattern,
    slots: Slots,
    *,
    literals: Sequence[int],
    words: frozenset[int],
    value: ValueKind,
    object_types: Sequence[str],
) -> bool:
    """Whether a phrasing can speak of these ends, given its `literals` and all the `words` it takes."""
    line = clause.line
    is_kind = line.world.catalogue.has_role(pattern.relation, *KINDS)
    if _one_thing(slots):
        return False
    for slot, handle in slots:
        if handle.start < 0:
            continue
        if line.is_part(handle.start, handle.end):
            return False
        if _is_passed_over(line, handle, words):
            return False
        if _modifies(line, handle, words) or (not is_kind and _described(line, handle)):
            return False
        if pattern.side_by_side and not line.alone and slot == "{s}" and not handle.terms[0].matches:
            return False  # "a Social Democratic prime minister": no state of this name
        if not _kind_fits(slot, handle, value) or not _stands_free(
            clause, handle, words, appositive=pattern.appositive
        ):
            return False
        owns = handle.end - handle.start == 1 and line.words[handle.start].text.casefold() in POSSESSIVES
        if owns and not any(i in literals for i in range(handle.end, handle.end + 4)):
            return False
    if not is_kind and _is_class(line, slots):
        return False
    if "person" in object_types and not _is_person(line, slots):
        return False
    if (
        line.tree is None
        and pattern.appositive
        and any(h.joint for _, h in slots)
        and not _plural(line, literals)
    ):
        return False
    if line.tree is not None and pattern.side_by_side and any(line.tree.is_verb(i) for i in literals):
        return False
    if pattern.appositive and pattern.items[-1] in {"{s}", "{o}"}:
        last = next((handle for slot, handle in slots if slot == pattern.items[-1]), None)
        owned = last is not None and _is_counted(line, last) and line.words[last.start - 1].lemma == "of"
        if last is not None and any(term.group is not None for term in last.terms) and not owned:
            return False  # "members of X are Ys" tells what they are, not who the members are
        if last is not None and _is_of_another(line, last, is_kind=is_kind):
            return False  # "the capital of Norway, Stockholm of Sweden"
    if SHARE not in pattern.items and _is_part_of_whole(line, slots):
        return False
    if SHARE in pattern.items and any(t.group is not None for _, h in slots for t in h.terms):
        return False  # "three of the six members" is a number, no share of a population
    held = pattern.items[1:-1] == ("hold",) and pattern.items[-1] in POSTS
    taken_up = COUNTERPART in pattern.items or held
    if taken_up and pattern.relation not in _office_before(line, min(literals)):
        return False
    is_class = line.world.catalogue.has_role(pattern.relation, *CLASSES)
    return not is_class or _class_fits(line, pattern, slots)


def _is_of_another(line: Line, last: Handle, *, is_kind: bool) -> bool:
    """Whether "of" follows, and no figure that only describes a kind: "a republic of 5 million people"."""
    if not 0 < last.end < len(line.words) or line.words[last.end].lemma != "of":
        return False
    named = last.end - last.start > 1  # "a country of 5 million" only says how many there are
    return not (
        is_kind and named and any(line.counting(i) for i in range(last.end + 1, last.end + _NEAR_FIGURE))
    )


def _is_part_of_whole(line: Line, slots: Slots) -> bool:
    """Whether it is said of a part only: "one in ten of its people", "half of X"."""
    for _, handle in slots:
        before = handle.start - 1
        while before > 0 and line.words[before].lemma in DETERMINERS:
            before -= 1
        counted = any(indices and indices[-1] == before - 1 for _, indices in line.quantities)
        if counted and before > 0 and line.words[before].lemma == "of":
            return True
    return False


def _is_passed_over(line: Line, handle: Handle, words: frozenset[int]) -> bool:
    """Whether a comma and a verb follow the name, and the verb's subject is another: "X, unlike Y, is"."""
    tree, after = line.tree, handle.end + 1
    if tree is None or handle.start != min(words) or after >= len(line.words):
        return False
    if line.words[handle.end].text != "," or not tree.is_verb(after):
        return False
    verb = after
    while tree.deps[verb] in {"aux", "auxpass"}:
        verb = tree.heads[verb]
    own = next((c for c in tree.children[verb] if tree.deps[c] in {"nsubj", "nsubjpass"}), None)
    if own is None or own > handle.start or handle.start <= own < handle.end:
        return False
    beside = tree.deps[handle.head] == "appos" and tree.tags[own] != "PROPN"
    inside = any(
        tree.deps[i] in {"relcl", "acl"} for i in (handle.head, *tree.ancestors(handle.head)) if i > own
    )
    return inside or not (beside or tree.deps[handle.head] == "conj")


def _modifies(line: Line, handle: Handle, words: frozenset[int]) -> bool:
    """Whether a hyphen makes the name a part of another word, as in "Madrid-born"."""
    row, end, start = line.words, handle.end, handle.start
    tied = start > 1 and row[start - 1].text == "-" and not {start - 1, start - 2} & words
    if tied and row[start - 2].span.end == row[start - 1].span.start == row[start].span.start - 1:
        return True  # "a city-state"
    if end + 1 >= len(row) or {end, end + 1} & words or row[end].text != "-":
        return False
    return row[end - 1].span.end == row[end].span.start and row[end].span.end == row[end + 1].span.start


def _described(line: Line, handle: Handle) -> bool:
    """Whether a small word of the catalogue is not a name here but a description: "the city of X"."""
    word = line.words[handle.start]
    return (
        handle.end - handle.start == 1
        and word.text.islower()
        and word.lemma in line.world.lexicon.vocabulary
        and handle.start > 0
        and line.words[handle.start - 1].lemma in DETERMINERS - {"a"}
        and bool(handle.terms[0].matches)
        and handle.terms[0].matches[0].kind not in {MatchKind.CONTEXT, MatchKind.LIKELY}
    )


def with_owner(line: Line, relation: Relation, slots: Slots, literals: Sequence[int]) -> Slots:
    """The slots with the subject that is left unsaid, if it is known.

    "Prime Minister X" is of the one state in which the tables know X in that office; "the capital is X" is of
    the state that the text speaks of. "The president of the Tennis Club" leaves nothing unsaid.
    """
    thing = next((h for s, h in slots if s == "{o}"), None)
    if thing is None or _says_whose(line, literals):
        return slots
    if len(thing.terms) != 1 and "person" in relation.object_types:
        return slots
    if thing.start >= 0 and line.words[thing.start].text.casefold() in POSSESSIVES:
        return slots  # "X, its only neighbour": it is said whose
    owner: Term | None = None
    if "person" in relation.object_types:
        known = thing.terms[0].matches
        states = line.world.owners(relation.id, known[0].id) if known else ()
        owner = Term(states[0].label, None, states) if len(states) == 1 else None
    elif not line.alone and relation.subject_types:
        kinds = frozenset(relation.subject_types)
        owner = line.history.topic(kinds, before=line.words[thing.start].span.start)
        owner = owner or line.history.led_by(kinds)
    if owner is None:
        return slots
    return (*slots, ("{s}", Handle((owner,), -1, -1, thing.head)))


def _says_whose(line: Line, literals: Sequence[int]) -> bool:
    """Whether "of" follows the noun, or a genitive stands before it."""
    if not literals:
        return False
    before, after = min(literals) - 1, max(literals) + 1
    of = after < len(line.words) and line.words[after].lemma == "of"
    return of or (before >= 0 and line.words[before].text == "'s")


def _one_thing(slots: Slots) -> bool:
    """Whether both ends are one thing: "Estonia, whose capital ..." read as "Estonia, Estonia's capital"."""
    return one_thing([handle for slot, handle in slots if slot in {"{s}", "{o}"}])


def one_thing(ends: Sequence[Handle]) -> bool:
    """Whether two ends are surely one thing: two of one name ("Punjab borders Punjab") may be two."""
    names = [same_names(handle) for handle in ends]
    return len(names) == 2 and len(names[0]) == 1 and names[0] == names[1]


def same_names(handle: Handle) -> frozenset[str]:
    """The things that a handle's words name equally well."""
    matches = handle.terms[0].matches
    return frozenset(match.id for match in matches if match.score == matches[0].score)


def _is_person(line: Line, slots: Slots) -> bool:
    """Whether whoever holds an office may be a person: a place never does ("In Pristina, X is ...")."""
    holder = next((handle for slot, handle in slots if slot == "{o}"), None)
    return holder is None or not any(cannot_be(line, term.matches, {"person"}) for term in holder.terms)


def _plural(line: Line, literals: Sequence[int]) -> bool:
    """Whether a noun among the words is in the plural: one president is not two people's."""
    return any(
        line.words[i].text.casefold() != line.words[i].lemma and line.words[i].text.casefold().endswith("s")
        for i in literals
    )


def _office_before(line: Line, index: int) -> frozenset[str]:
    """The relations that the last relation noun before a word may name: a counterpart has the same."""
    nouns = line.world.lexicon.nouns
    for end in range(index, 0, -1):
        for length in (4, 3, 2, 1):
            key = tuple(word.lemma for word in line.words[max(0, end - length) : end])
            if len(key) == length and key in nouns:
                return frozenset(relation for relation, _ in nouns[key])
    return frozenset()


def _is_class(line: Line, slots: Slots) -> bool:
    """Whether one end is a kind of thing: in "Arab parties to the Accords", "Arab" is not a party."""
    return any(may_be(line, t.matches[:1], {"class"}) for _, h in slots for t in h.terms if t.group is None)


def _class_fits(line: Line, pattern: Pattern, slots: Slots) -> bool:
    """Whether "X is a Y" ends in a kind of thing, and begins with one that can be of a kind."""
    thing = next(h for s, h in slots if s == "{o}")
    subject = next(h for s, h in slots if s == "{s}")
    one_of = _is_one_of(thing)
    whole = _is_whole(subject, thing)
    if pattern.items == _IS and not (_is_adjective(line, thing) or whole or one_of):
        return False
    many = len(subject.terms) > 1 or any(t.group is not None for t in subject.terms)
    if any(t.group is not None for t in subject.terms) and not _is_counted(line, subject):
        return False
    for term in thing.terms:
        types = {kind for m in term.matches[:3] for kind in line.world.types(m.id)}
        if types and "class" not in types:
            return False
    if any(t.group is not None for t in thing.terms):
        return (
            many or one_of or pattern.items[0] == "{o}" or bool({"other", "of", "among"} & set(pattern.items))
        )
    return any(t.matches or thing.free for t in thing.terms)


def _is_adjective(line: Line, thing: Handle) -> bool:
    """Whether a kind of thing stands right after "is", as in "is landlocked"."""
    known = [line.world.types(match.id) for term in thing.terms for match in term.matches[:1]]
    before = thing.start - 1
    while before > 0 and line.words[before].lemma in {"not", "also", "both", "itself"}:
        before -= 1
    is_said = before >= 0 and line.words[before].lemma == "be"
    return bool(known) and all("class" in kinds for kinds in known) and is_said


def _is_one_of(thing: Handle) -> bool:
    """ "is one of the six members of X"."""
    number = thing.terms[0].quantifier
    if thing.terms[0].group is None or number is None or number.count is None or number.of is None:
        return False
    return number.kind is QuantifierKind.EXACTLY and number.count.amount == 1


def _is_whole(subject: Handle, thing: Handle) -> bool:
    """ "A, B and C are the three Baltic states": as many are listed as the group is said to have."""
    number = thing.terms[0].quantifier
    return (
        len(thing.terms) == 1
        and len(subject.terms) > 1
        and subject.joint == "and"
        and number is not None
        and number.kind is QuantifierKind.EXACTLY
        and number.count is not None
        and number.count.amount == len(subject.terms)
    )


def _is_counted(line: Line, subject: Handle) -> bool:
    """Whether a group is spoken of by how many of it: "all members", "three of the six"."""
    first = line.words[subject.start]
    number = any(t.quantifier is not None and t.quantifier.count is not None for t in subject.terms)
    return number or first.lemma in {"all", "every", "each", "no", "none", "most", "neither", "both"}


def _kind_fits(slot: str, handle: Handle, value: ValueKind) -> bool:
    """Whether a number stands where one is asked for, and nowhere else."""
    number = any(term.value is not None for term in handle.terms)
    if any(term.group is not None and not term.group.conditions for term in handle.terms):
        return True  # how many there are
    if slot == "{o}":
        if value is ValueKind.QUANTITY:
            return number
        return not number or value in {ValueKind.ANY, ValueKind.TEXT}
    return number if slot == SHARE else not number


def _stands_free(clause: Clause, handle: Handle, words: frozenset[int], *, appositive: bool) -> bool:
    """Whether the name is a thing of its own here, not a modifier of a noun outside the phrasing."""
    if clause.line.tree is not None and not handle.free and not clause.view.flat:
        return _governed_within(clause, clause.line.tree, handle, words, appositive=appositive)
    line = clause.line
    before, after = handle.start - 1, handle.end
    if handle.start == min(words) and before >= 0 and before not in line.skip:
        word = line.words[before]
        if word.lemma in PREPOSITIONS or word.text == "'s":
            return _transparent(line, before)
        if word.is_word and not is_light(word) and before not in words and word.lemma not in _BEFORE_CLAUSES:
            return False
    if handle.end > max(words) and after < len(line.words) and after not in line.skip:
        word = line.words[after]
        return (
            not word.is_word or is_light(word) or word.lemma in PREPOSITIONS or word.lemma in _AFTER_CLAUSES
        )
    return True


def _governed_within(
    clause: Clause, tree: Parse, handle: Handle, words: frozenset[int], *, appositive: bool
) -> bool:
    """The same by the parse: what the name hangs on is part of the phrasing, or speaks of the name itself."""
    line, view = clause.line, clause.view
    at = handle.head
    while tree.deps[at] == "conj" and tree.heads[at] not in words:
        at = tree.heads[at]
    head, dep = tree.heads[at], tree.deps[at]
    if head in words:
        return True
    if dep in {"compound", "amod", "nmod", "poss"} and not handle.start <= head < handle.end:
        return handle.head > head or (line.words[head].capital and tree.tags[head] == "PROPN")
    if handle.start == min(words) and not appositive:
        if dep in {"dobj", "attr", "dative"}:
            return head not in view.indices
        if dep == "pobj":
            return (view.verb >= 0 and head not in view.indices) or _transparent(line, head)
    return True


def _transparent(line: Line, preposition: int) -> bool:
    """ "the government of X", "the state of X" speak of X."""
    return (
        preposition > 0
        and line.words[preposition].lemma == "of"
        and line.words[preposition - 1].lemma in _SPEAK_OF
    )
