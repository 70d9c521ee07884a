"""Which phrasings hold in a sentence, and which of those that share words explains it best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from verifier.model import MatchKind
from verifier.relations import Catalogue, Relation, RelationRole
from verifier.text.coordination import coordinated
from verifier.text.ends import CLASSES, KINDS, belong_together, with_owner
from verifier.text.kinds import are_surely, cannot_be
from verifier.text.lexicon import Filler, Found
from verifier.text.noun_phrases import Clause
from verifier.text.patterns import COUNT, Pattern
from verifier.text.reading import Handle, Line
from verifier.text.rebuilt import rebuilt
from verifier.text.slots import fillers
from verifier.text.vocabulary import (
    ADJECTIVES,
    COPULAS,
    DETERMINERS,
    EXCLUSIVE,
    POSSESSIVES,
    SOLELY,
)

__all__ = [
    "MIN_WEIGHT",
    "Fit",
    "anchor_of",
    "before_name",
    "find_fits",
    "is_denied_at_last",
    "is_just",
    "is_owner",
    "sole_list",
]

_ENDS = 2
_NO_LONGER = frozenset((none, more) for none in ("no", "any") for more in ("longer", "more"))
_RESTRICTS = frozenset(["that", "which", "who", "to", "with", "without", "in", "outside", "whose", "not"])
MIN_WEIGHT = 0.5
"""A phrasing of less explains next to nothing of its sentence."""
_HAS = frozenset(["have", "share", "be", "recognise", "count"])
"""What says that there are so many: "has four neighbours", "its three languages are"."""
_ONLY = EXCLUSIVE | SOLELY


@dataclass(frozen=True, slots=True)
class Fit:
    """A phrasing found in a sentence, with its ends."""

    found: Found
    verb: int
    """The verb of its clause; -1 for the sentence as it stands."""
    slots: tuple[tuple[str, Handle], ...]
    literals: tuple[int, ...]
    words: frozenset[int]
    anchor: int
    passed: tuple[int, ...]
    """The words that were passed over."""
    others: tuple[Fit, ...] = ()
    """The same words and ends read as other relations."""
    shared: bool = False
    """True for one of several parts of a clause that share its verb."""
    own: range | None = None
    """Where alone the dates of such a part stand, if it is known."""
    until: int = -1
    """Where the clauses begin that share its verb, whose dates are not its own."""

    @property
    def free(self) -> bool:
        """True if an end is only guessed from its place."""
        return any(handle.free for _, handle in self.slots)

    def slot(self, name: str) -> Handle | None:
        return next((handle for slot, handle in self.slots if slot == name), None)


def find_fits(line: Line, clauses: Sequence[Clause], catalogue: Catalogue) -> list[Fit]:
    """The phrasings that hold in a sentence; of two that share words, the one that explains more."""
    found: list[Fit] = []
    second = coordinated(line.words, line.tree, skip=line.skip)
    beside = () if line.tree is None else rebuilt(line.words, line.tree, skip=line.skip)
    for clause in (*clauses, *(Clause.of(line, view) for view in (*second, *beside))):
        for match in line.world.lexicon.find(clause.row, fillers(clause)):
            fit = _fit(clause, match, catalogue)
            if fit is not None:
                found.append(fit)
    found.sort(
        key=lambda f: (
            _is_odd(line, f, catalogue),
            -f.found.score,
            f.free,
            -sum(h.end - h.start for _, h in f.slots),
            f.verb < 0,
            len(f.found.signals.tokens),
        )
    )
    kept: list[Fit] = []
    for fit in found:
        founding = _foundings(kept, fit, catalogue)
        if founding:
            kept = [replace(k, own=range(0)) if k in founding else k for k in kept] + [fit]
            continue
        same = next((n for n, other in enumerate(kept) if _same_words(other, fit)), None)
        if same is not None:
            kept[same] = replace(kept[same], others=(*kept[same].others, fit))
        elif not any(_hides(other, fit) for other in kept):
            kept.append(fit)
    return kept


def _foundings(kept: Sequence[Fit], dated: Fit, catalogue: Catalogue) -> list[Fit]:
    """What tells the founders of a thing of whose founding this is the date: two claims in one verb."""
    if not dated.found.pattern.object_is_date or any(
        other.found.pattern.object_is_date and other.literals == dated.literals for other in kept
    ):
        return []
    return [
        one
        for one in kept
        if catalogue.has_role(one.found.pattern.relation, RelationRole.FOUNDER)
        and set(dated.literals) < set(one.literals)
        and dated.slot("{s}") == one.slot("{s}")
    ]


def _is_odd(line: Line, fit: Fit, catalogue: Catalogue) -> bool:
    """Whether the relation cannot be said of such a thing: a state is of no political party."""
    subject = fit.slot("{s}")
    matches = [match for term in subject.terms for match in term.matches] if subject is not None else []
    return cannot_be(line, matches, catalogue[fit.found.pattern.relation].subject_types)


def _same_words(one: Fit, other: Fit) -> bool:
    """Whether the same words tie the same two things, so that only the relation is open."""
    if (
        set(one.literals) != set(other.literals)
        or abs(one.found.pattern.weight - other.found.pattern.weight) > 0.3
    ):
        return False
    ends = [{(h.start, h.end) for slot, h in fit.slots if slot in {"{s}", "{o}"}} for fit in (one, other)]
    return ends[0] == ends[1]


def _hides(better: Fit, worse: Fit) -> bool:
    """Whether the better fit already says what the worse one says."""
    if not set(better.literals) & set(worse.literals):
        thing = worse.slot("{o}")
        inside = thing is not None and bool(set(range(thing.start, thing.end)) & set(better.literals))
        return ((worse.free or worse.found.pattern.weight < MIN_WEIGHT) and inside) or _crossed(better, worse)
    if worse.free:
        return True
    if better.shared is not worse.shared and set(worse.literals) != set(better.literals):
        return not _both_lists(better, worse)
    if set(worse.literals) == set(better.literals):
        return better.found.pattern.relation != worse.found.pattern.relation or not _both_lists(better, worse)
    return True


def _crossed(better: Fit, worse: Fit) -> bool:
    """Whether each takes for an end what the other is told by: "all members of A are members of B"."""
    return any(set(worse.literals) <= {*range(h.start, h.end)} for _, h in better.slots) and any(
        set(better.literals) <= {*range(h.start, h.end)} for _, h in worse.slots
    )


def _both_lists(better: Fit, worse: Fit) -> bool:
    """Two fits of the same words that name different things in one slot are two claims."""
    return any(
        slot == other and not _overlap(a, b) and not set(range(b.start, b.end)) & better.words
        for slot, a in better.slots
        for other, b in worse.slots
    )


def _overlap(a: Handle, b: Handle) -> bool:
    return (a.start < b.end and b.start < a.end) or min(a.start, b.start) < 0


def _fit(clause: Clause, match: Found, catalogue: Catalogue) -> Fit | None:
    """A match as a fit, or None if its ends are not what the phrasing asks for."""
    line, pattern, indices = clause.line, match.pattern, clause.view.indices
    if pattern.object_is_date and not line.dates:
        return None
    if any(
        f.handle.partial and f.end not in match.literals
        for _, f, _ in match.fillers
        if isinstance(f.handle, Handle)
    ):
        return None
    relation = catalogue[pattern.relation]
    slots = tuple((slot, f.handle) for slot, f, _ in match.fillers if isinstance(f.handle, Handle))
    if pattern.ownerless:
        said = tuple(indices[p] for p in match.literals if indices[p] >= 0)
        slots = with_owner(line, relation, slots, said)
    if pattern.weight < MIN_WEIGHT and relation.role not in KINDS and not _typed(line, relation, slots):
        return None
    if all(slot != "{o}" for slot, _ in slots):
        slots = tuple(("{o}" if slot == COUNT else slot, handle) for slot, handle in slots)
    names = {slot for slot, _ in slots}
    if "{s}" not in names or not ("{o}" in names or pattern.object_is_date or pattern.understood):
        return None
    if pattern.understood and _is_said(clause, match):
        return None
    if any(_counts_no_noun(clause, match, filler) for _, filler, _ in match.fillers):
        return None
    literals = tuple(indices[p] for p in match.literals if indices[p] >= 0)
    covered = [i for _, handle in slots if handle.start >= 0 for i in range(handle.start, handle.end)]
    words = frozenset((*literals, *covered))
    if not words or len(set(covered)) < len(covered):
        return None
    if not belong_together(
        clause,
        pattern,
        slots,
        literals=literals,
        words=words,
        value=relation.value,
        object_types=relation.object_types,
    ):
        return None
    if pattern.ownerless and _is_of_subject(clause, slots, literals):
        return None
    if pattern.ownerless and "person" not in relation.object_types and _is_owned(line, literals):
        slots = tuple((slot, _as_likely(h) if slot == "{s}" and h.start < 0 else h) for slot, h in slots)
    if clause.view.gapped and _are_alike(line, slots):
        return None
    if _is_over_semicolon(line, slots, literals) or _is_next_clause(clause, pattern, slots, literals):
        return None
    if literals and any(_is_told_of(line, handle, literals) for _, handle in slots):
        return None
    anchor = anchor_of(line, literals or tuple(handle.head for _, handle in slots))
    passed = tuple(indices[p] for p in match.signals.tokens if indices[p] >= 0)
    thing = next((handle for slot, handle in slots if slot == "{o}"), None)
    if pattern.ownerless and pattern.items[0] == "{o}" and thing is not None and thing.start > min(literals):
        return None  # "In power since May, he met X" was only turned round
    if (
        pattern.ownerless
        and pattern.appositive
        and pattern.items[-1] == "{o}"
        and not all(line.words[i].lemma == "be" or _is_adverb(line, i) for i in passed)
        and not ("person" in relation.object_types and _is_named_beside(line, literals, slots, passed))
    ):
        return None  # a title stands right before its name
    if not any(line.words[i].lemma in COPULAS for i in passed):
        if pattern.appositive and _begins_anew(line, slots, passed):
            return None
        if pattern.appositive and _skips_a_name(clause, slots, literals):
            return None
        if _of_several(line, slots, literals, appositive=pattern.appositive):
            return None
    number = next((f.handle for slot, f, _ in match.fillers if slot == COUNT), None)
    counted = range(number.start, number.end) if isinstance(number, Handle) else range(0)
    if number is not None and not any(line.words[i].lemma in _HAS for i in (*literals, *passed)):
        return None
    # "only four" tells no more than "four"
    exclusive = [i for i in passed if line.words[i].lemma in EXCLUSIVE and i + 1 not in counted]
    if any(i + 1 not in {*literals, *passed} for i in exclusive):
        return None  # "only" speaks of the noun after it
    lists = [(slot, handle) for slot, handle in slots if len(handle.terms) > 1]
    marked = exclusive or any(_is_marked(line, handle) for _, handle in lists)
    if lists and marked and sole_list(line, slots, passed) is None:
        return None  # "A and B are the only members of C and D" says what no triple can
    following = line.words[max(words) + 1].lemma if max(words) + 1 < len(line.words) else ""
    if relation.role in CLASSES and match.signals.negations and following in _RESTRICTS | {"of"}:
        return None  # "not a country of 90 million" may still be a country
    if exclusive and following in _RESTRICTS:
        return None  # "the only member of X that ..." is the only one of those, not of X
    return Fit(
        match,
        clause.view.verb,
        slots,
        literals,
        words,
        anchor,
        passed,
        shared=clause.view.shared,
        own=clause.view.own,
    )


def _is_said(clause: Clause, match: Found) -> bool:
    """Whether what a phrasing leaves unsaid is said after all: "joined the war", "is a member of it"."""
    after = max(match.literals) + 1
    while after < len(clause.row) and clause.row[after].lemma in DETERMINERS:
        after += 1
    word = clause.row[after] if after < len(clause.row) else None
    if word is None or not word.is_word or clause.view.indices[after] < 0:
        return False
    tree, index = clause.line.tree, clause.view.indices[after]
    named = word.lemma == "of" or tree is None or tree.tags[index] in {"NOUN", "PROPN", "PRON"}
    return named and index not in clause.line.skip


def _counts_no_noun(clause: Clause, match: Found, filler: Filler) -> bool:
    """ "of 200 square kilometres is a member of X": a figure does not count the noun after "a"."""
    handle = filler.handle
    if not isinstance(handle, Handle) or all(term.value is None for term in handle.terms):
        return False
    following = next((p for p in match.literals if p >= filler.end), len(clause.row))
    return any(clause.row[p].lemma == "a" for p in range(filler.end, following) if p < len(clause.row))


def _is_adverb(line: Line, index: int) -> bool:
    """Whether a word only says that it is still so: "the capital is still X"."""
    tree = line.tree
    return tree is not None and tree.tags[index] == "ADV" and tree.deps[index] == "advmod"


def _is_next_clause(
    clause: Clause, pattern: Pattern, slots: Sequence[tuple[str, Handle]], literals: Sequence[int]
) -> bool:
    """ "X entered in May 2004, Y in 2007": whether a comma parts a verb from what would be its object."""
    thing = next((h for s, h in slots if s == pattern.items[-1]), None)
    if thing is None or pattern.appositive or len(pattern.items) < 2 or not literals:
        return False
    tree, verb = clause.line.tree, max(literals)
    if tree is None or not tree.is_verb(verb) or thing.start <= verb:
        return False
    commas = [i for i in range(verb, thing.start) if clause.line.words[i].text == ","]
    # "touches two states, X and Y": they are what the verb has for its object
    return len(commas) == 1 and not (tree.heads[commas[0] - 1] == verb and tree.tags[commas[0] - 1] == "NOUN")


def is_denied_at_last(line: Line, last: int) -> bool:
    """ "X uses Y no longer": a denial right after all that was read."""
    after = tuple(word.text.casefold() for word in line.words[last + 1 : last + 3])
    return after in _NO_LONGER


def _is_told_of(line: Line, handle: Handle, literals: Sequence[int]) -> bool:
    """ "a member of X, which Y has never joined": whether a thing is what another clause is about."""
    tree = line.tree
    if tree is None or handle.start < 0 or tree.deps[handle.head] not in {"nsubj", "nsubjpass"}:
        return False
    verb = tree.heads[handle.head]
    if tree.deps[verb] != "relcl" or handle.head > verb:
        return False
    return not any(verb == i or verb in tree.ancestors(i) for i in literals)


def _are_alike(line: Line, slots: Sequence[tuple[str, Handle]]) -> bool:
    """Whether both ends are of one kind, so that the second may be another subject."""
    kinds = [
        {kind for match in handle.terms[0].matches[:1] for kind in line.world.types(match.id)}
        for slot, handle in slots
        if slot in {"{s}", "{o}"}
    ]
    return len(kinds) == _ENDS and not kinds[0].isdisjoint(kinds[1])


def _is_named_beside(
    line: Line, literals: Sequence[int], slots: Sequence[tuple[str, Handle]], passed: Sequence[int]
) -> bool:
    """ "has a new president, X,": whether the name only says who the noun before it is."""
    tree, holder = line.tree, next((handle for slot, handle in slots if slot == "{o}"), None)
    if tree is None or holder is None or len(holder.terms) > 1 or any(line.words[i].is_word for i in passed):
        return False
    noun = max(literals)
    told = (c for i in literals for c in tree.children[i] if c < min(literals))
    plain = all(line.words[c].lemma in DETERMINERS | POSSESSIVES | ADJECTIVES for c in told)
    return plain and tree.deps[holder.head] == "appos" and tree.heads[holder.head] == noun


def _is_of_subject(clause: Clause, slots: Sequence[tuple[str, Handle]], literals: Sequence[int]) -> bool:
    """Whether words before the verb are told of its subject, and the name stands after it.

    "X, in power since 2019, met Y": Y is not in power.
    """
    verb = clause.view.verb
    holder = next((handle for slot, handle in slots if slot == "{o}"), None)
    return holder is not None and bool(literals) and 0 <= max(literals) < verb < holder.start


def _as_likely(handle: Handle) -> Handle:
    """What is taken for the owner because its own name is not known: it may be another."""
    terms = (
        replace(t, matches=tuple(replace(m, kind=MatchKind.LIKELY) for m in t.matches)) for t in handle.terms
    )
    return replace(handle, terms=tuple(terms))


def _is_owned(line: Line, literals: Sequence[int]) -> bool:
    """Whether it is said whose it is, after all: "the former's capital is X"."""
    at = min(literals, default=0) - 1
    while line.tree is not None and at > 0 and line.tree.deps[at] in {"amod", "compound"}:
        at -= 1
    return at > 0 and line.words[at].text == "'s"


def _is_over_semicolon(line: Line, slots: Sequence[tuple[str, Handle]], literals: Sequence[int]) -> bool:
    """ "X is led by Y; Z ...": whether the words are of a clause that ended before the subject."""
    subject = next((handle for slot, handle in slots if slot == "{s}"), None)
    if subject is None or not literals or subject.start <= max(literals):
        return False
    return any(word.text == ";" for word in line.words[max(literals) : subject.start])


def _begins_anew(line: Line, slots: Sequence[tuple[str, Handle]], passed: Sequence[int]) -> bool:
    """ "Its capital is X, its currency the Y": whether "its" takes up the subject, and not what that is."""
    tree, owner = line.tree, next((h for s, h in slots if s == "{s}"), None)
    if tree is None or owner is None or owner.start < 0:
        return False
    told = tree.deps[owner.head] in {"attr", "acomp"} and line.words[tree.heads[owner.head]].lemma == "be"
    return told and owner.end in passed and any(line.words[i].text in POSSESSIVES for i in passed)


def _skips_a_name(clause: Clause, slots: Sequence[tuple[str, Handle]], literals: Sequence[int]) -> bool:
    """Whether a name left out of the view stands before the noun, which may be that one's: "X, who came to Y,
    the capital,"."""
    if not clause.view.flat or not literals:
        return False
    first = min(literals)
    before = max((h.end for _, h in slots if 0 <= h.start < first), default=first)
    kept = set(clause.view.indices)
    return any(before <= c.start < first and c.known and c.start not in kept for c in clause.line.candidates)


def _of_several(
    line: Line, slots: Sequence[tuple[str, Handle]], literals: Sequence[int], *, appositive: bool
) -> bool:
    """Whether a noun of several follows one name, or one of a single thing several: it is not of all of them.

    "Both, unlike X, members of Y"; "X and Y, a member of Z".
    """
    tree = line.tree
    noun = min(literals, default=-1)
    if tree is None or noun < 0 or any(map(tree.is_verb, literals)):
        return False
    for _, handle in slots:
        comma = handle.end
        if handle.start < 0 or comma + 1 >= len(line.words) or comma >= noun:
            continue
        if line.words[comma].text != "," or any(
            t.group is not None or t.value is not None for t in handle.terms
        ):
            continue
        if len(handle.terms) > 1:
            return line.words[comma + 1].lemma == "a" and tree.fine[noun] == "NN"
        return appositive and tree.fine[noun] == "NNS"
    return False


def _is_marked(line: Line, handle: Handle) -> bool:
    """ "only A and B", "A and B only"."""
    at = before_name(line, handle)
    before = line.words[at].lemma if at >= 0 else ""
    after = line.words[handle.end].lemma if handle.end < len(line.words) else ""
    return before in _ONLY or after in {"alone", "only"} or is_just(line, handle, at)


def before_name(line: Line, handle: Handle) -> int:
    """The word before a name and its article, as "only" in "only the Netherlands"; -1 if there is none."""
    at = handle.start - 1
    while at >= 0 and line.words[at].lemma in DETERMINERS:
        at -= 1
    return at


def is_just(line: Line, handle: Handle, index: int) -> bool:
    """ "Just France has": of it, and of nothing else, where the parse ties the word to the name."""
    if line.tree is None or index < 0 or line.words[index].lemma not in {"just", "merely"}:
        return False
    return handle.start <= line.tree.heads[index] < handle.end


def is_owner(line: Line, handle: Handle) -> bool:
    """Whether it stands in the genitive: "of Portugal", "Portugal's", "its"."""
    if line.words[handle.start].text.casefold() in POSSESSIVES:
        return True
    before = handle.start - 1
    while before > 0 and line.words[before].lemma in DETERMINERS:
        before -= 1
    if before >= 0 and line.words[before].lemma == "of":
        return True
    return any(line.words[i].text == "'s" for i in (handle.end - 1, handle.end) if 0 <= i < len(line.words))


def sole_list(line: Line, slots: Sequence[tuple[str, Handle]], passed: Sequence[int]) -> str | None:
    """The end that lists all there are: "borders only A and B", "A and B are the only members of C"."""
    lists = [(slot, handle) for slot, handle in slots if len(handle.terms) > 1]
    if len(lists) != 1 or lists[0][1].joint != "and" or lists[0][0] not in {"{s}", "{o}"}:
        return None
    slot, handle = lists[0]
    other = next((h for name, h in slots if name in {"{s}", "{o}"} and name != slot), None)
    if other is None or other.terms[0].group is not None:
        return None
    if _is_marked(line, handle):
        denied = handle.start > 1 and line.words[handle.start - 2].lemma == "not"
        return None if denied else slot
    said = any(line.words[i].lemma in EXCLUSIVE for i in passed)
    return slot if said and not is_owner(line, handle) else None


def _typed(line: Line, relation: Relation, slots: Sequence[tuple[str, Handle]]) -> bool:
    """Whether both ends are of the kinds that the relation asks for: then "X is in Y" is enough."""
    wanted = {"{s}": relation.subject_types, "{o}": relation.object_types}
    return all(are_surely(line, handle.terms, wanted[slot]) for slot, handle in slots if slot in wanted)


def anchor_of(line: Line, literals: Sequence[int]) -> int:
    """The word of a phrasing that stands highest in the tree."""
    if line.tree is None:
        return literals[0]
    tree = line.tree
    return min(literals, key=lambda i: (sum(1 for _ in tree.ancestors(i)), i))
