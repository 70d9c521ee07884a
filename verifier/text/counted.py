"""Whether a figure is said of less than the table counts: words that no phrasing reads narrow it down.

"Two members that use the euro" are not all the members, "in Europe, X has an area of" is not all of X, and
"is a neighbour of two members of X" does not tell how many members X has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from verifier.model import Quantity
from verifier.text.fits import Fit
from verifier.text.parse import Parse
from verifier.text.patterns import COUNT
from verifier.text.reading import Handle, Line
from verifier.text.timing import BEGINNINGS
from verifier.text.vocabulary import POSSESSIVES

__all__ = ["counts_less", "group_is_less", "may_count_less"]

_ASIDE = frozenset(
    [
        "about",
        "according",
        "after",
        "because",
        "before",
        "by",
        "concern",
        "consider",
        "despite",
        "due",
        "during",
        "follow",
        "give",
        "if",
        "like",
        "notwithstanding",
        "past",
        "per",
        "regard",
        "since",
        "thank",
        "than",
        "though",
        "till",
        "toward",
        "towards",
        "unlike",
        "until",
        "upon",
        "while",
    ]
)
"""Prepositions of a time, a source, a cause or a likeness: these do not tell which part is counted."""
_TAKING_OUT = frozenset(
    ["exclude", "include", "count", "omit", "without", "minus", "outside", "excluding", "including"]
)
"""Words that take something out of a thing, or add it, even between commas."""
_TIMES = frozenset(
    [
        "beginning",
        "census",
        "century",
        "count",
        "day",
        "decade",
        "end",
        "era",
        "estimate",
        "eve",
        "future",
        "meantime",
        "moment",
        "month",
        "night",
        "past",
        "period",
        "present",
        "quarter",
        "start",
        "term",
        "time",
        "today",
        "week",
        "whole",
        "year",
    ]
)
"""Nouns of a time or a count after a preposition: "at the moment", "at the last census"."""
_SPOTS = frozenset(["there", "here", "elsewhere", "abroad", "overseas"])
_WHOLE = frozenset(
    ["total", "overall", "estimated", "approximate", "average", "current", "present", "official", "full"]
)
"""Adjectives before a counted noun that leave out none."""
_ALL = frozenset(["total", "all", "whole", "sum"])
_DEFINITE = frozenset({"the", "all", "these", "those"}) | POSSESSIVES
_FIT_FOR = frozenset({"attr", "acomp", "prep", "dobj", "xcomp", "oprd", "agent", "advmod"})


def counts_less(line: Line, tree: Parse, fit: Fit, fits: Sequence[Fit]) -> bool:
    """Whether a figure counts only some of what the fit's relation counts, or something else."""
    figure = next((h for _, h in fit.slots if isinstance(h.terms[0].value, Quantity)), None)
    subject = fit.slot("{s}")
    if figure is None or subject is None or figure.start < 0 or subject.start < 0:
        return False
    if _picks(line, tree, fit, figure):
        return True
    if fit.slot(COUNT) is not None:
        return True  # "120 pupils under ten": two figures, of which only one can be the relation's
    read = _told_of(fit, subject, fits) | line.skip
    nouns = _counted(tree, fit, figure)
    if any(_narrows(line, tree, child, read) for noun in nouns for child in tree.children[noun]):
        return True
    if any(_is_measured(tree, noun, read) for noun in nouns):
        return True
    if any(
        _narrows(line, tree, child, read)
        for i in range(subject.start, subject.end)
        for child in tree.children[i]
        if child >= subject.end
    ):
        return True
    verb = tree.verb_at(fit.anchor)
    if verb is not None and any(_places(line, tree, c, figure, read) for c in tree.children[verb]):
        return True
    return _is_of_others(line, tree, fit, figure, subject)


def may_count_less(line: Line, fit: Fit) -> bool:
    """Whether a word was passed over, without a parse, that may narrow down what a figure counts."""
    figure = next((h for _, h in fit.slots if isinstance(h.terms[0].value, Quantity)), None)
    return figure is not None and figure.start >= 0 and _picks(line, None, fit, figure)


def group_is_less(line: Line, tree: Parse, fit: Fit, fits: Sequence[Fit]) -> bool:
    """Whether a group is narrowed down by words after it that were not read: "one of two members in Asia"."""
    read = frozenset(i for one in (fit, *fits) for i in one.words) | line.skip
    return any(
        tree.deps[child] == "prep" and _narrows(line, tree, child, read)
        for slot, handle in fit.slots
        if handle.start >= 0 and slot != COUNT and handle.terms[0].group is not None
        for i in range(handle.start, handle.end)
        for child in tree.children[i]
        if child >= handle.end
    )


def _picks(line: Line, tree: Parse | None, fit: Fit, figure: Handle) -> bool:
    """Whether a word passed over tells which are counted: "two new members", "covers 5 km2 there"."""
    noun = next((i for i in sorted(fit.literals) if i >= figure.end), -1)
    named = {i for _, handle in fit.slots for i in range(handle.start, handle.end)}  # "live there"
    for i in (i for i in fit.passed if i not in named):
        lemma = line.words[i].lemma
        if figure.end <= i < noun and lemma not in _WHOLE and (tree is None or tree.deps[i] == "amod"):
            return True
        if i >= figure.end and lemma in _SPOTS and (tree is None or tree.deps[i] == "advmod"):
            return True
    return False


def _is_measured(tree: Parse, noun: int, read: frozenset[int]) -> bool:
    """ "10 members larger than X", read as a measure of the adjective."""
    above = tree.heads[noun]
    return tree.deps[noun] == "npadvmod" and tree.tags[above] == "ADJ" and above > noun and above not in read


def _told_of(fit: Fit, subject: Handle, fits: Iterable[Fit]) -> frozenset[int]:
    """The words that this fit, or another on the same thing, makes something of."""
    found = set(fit.words)
    for other in fits:
        own = other.slot("{s}")
        if own is not None and own.start == subject.start:
            found |= other.words
    return frozenset(found)


def _counted(tree: Parse, fit: Fit, figure: Handle) -> tuple[int, ...]:
    """The nouns of the relation, the figure, and the noun that it counts."""
    root = tree.root_of(figure.start, figure.end)
    nouns = {i for i in fit.literals if tree.tags[i] in {"NOUN", "PROPN"}} | {
        *range(figure.start, figure.end)
    }
    if tree.deps[root] == "nummod":
        nouns.add(tree.heads[root])
    return tuple(sorted(nouns))


def _narrows(line: Line, tree: Parse, child: int, read: frozenset[int]) -> bool:
    """Whether what hangs on a noun, and stands after it, tells which of its kind are meant."""
    if child < tree.heads[child]:
        return False
    words = tree.subtree(child)
    apart = line.words[words[0] - 1].text in {",", "(", "–", "-"}
    match tree.deps[child]:
        case "relcl" | "acl":
            told = _is_dated(line, tree, child) or not (read - line.skip).isdisjoint(words)
            return not apart and not told and not _is_of_one(tree, child)
        case "prep":
            return (not apart or line.words[child].lemma in _TAKING_OUT) and _is_narrowing(
                line, tree, child, read
            )
        case "appos" if line.words[child].lemma in {
            "that",
            "those",
            "one",
        }:  # "21 members, those that use it"
            return read.isdisjoint(words)
        case "amod" if (read - line.skip).isdisjoint(words) and not (
            apart or _is_dated(line, tree, child)
        ):  # "inhabitants older than 65"
            return True
        case "appos" | "advmod" | "npadvmod" | "advcl" | "amod":
            return not apart and _is_side(line, tree, child, read)
    return False


def _is_dated(line: Line, tree: Parse, clause: int) -> bool:
    """Whether a participle adds nothing but a date: "inhabitants counted in 2011"."""
    rest = {*tree.subtree(clause)} - line.skip - {clause}
    return bool(line.skip & {*tree.subtree(clause)}) and all(tree.tags[i] in {"ADP", "PUNCT"} for i in rest)


def _is_of_one(tree: Parse, clause: int) -> bool:
    """Whether a clause is not of the plural before it: "a state of 2 million people that borders X"."""
    finite = next((c for c in tree.children[clause] if tree.deps[c] in {"aux", "auxpass"}), clause)
    own = any(
        tree.deps[c] in {"nsubj", "nsubjpass"} and tree.fine[c][0] == "W" for c in tree.children[clause]
    )
    return own and tree.fine[finite] == "VBZ" and tree.fine[tree.heads[clause]] in {"NNS", "NNPS"}


def _is_side(line: Line, tree: Parse, index: int, read: frozenset[int]) -> bool:
    """Whether these words tell on which side of something: "its area west of the river"."""
    if tree.is_verb(index) or any(tree.deps[c] in {"det", "poss", "nummod"} for c in tree.children[index]):
        return False
    links = (
        c for c in tree.children[index] if tree.deps[c] == "prep" and line.words[c].lemma in {"of", "from"}
    )
    return any(_is_narrowing(line, tree, c, read) for c in links)


def _is_narrowing(line: Line, tree: Parse, link: int, read: frozenset[int]) -> bool:
    """Whether a preposition with its noun tells of which part, or which of a kind, it is so."""
    word = line.words[link]
    if word.lemma in _ASIDE or word.text.casefold() in _ASIDE:
        return False
    inner = [c for c in tree.children[link] if c > link and line.words[c].is_word]
    if word.lemma == "as":  # "six members as observers"
        inner = [c for c in inner if tree.deps[c] == "pobj" and tree.heads[link] < link]
    if not inner:
        return False
    return any(not _is_told(line, tree, noun, read) for noun in inner if tree.deps[noun] != "advmod")


def _is_told(line: Line, tree: Parse, noun: int, read: frozenset[int]) -> bool:
    """Whether the noun of a preposition was read, or tells of a time, or of no thing: "in total"."""
    word = line.words[noun]
    if noun in read or not {word.lemma, word.text.casefold()}.isdisjoint(_TIMES | _ALL | BEGINNINGS):
        return True
    below = tree.subtree(noun)
    if tree.deps[noun] == "pcomp" and not read.isdisjoint(below):
        return True
    bare = all(tree.tags[i] in {"NOUN", "ADP"} and not line.words[i].capital for i in below)
    if tree.fine[noun] == "NN" and bare:
        return True  # "in fact", "by virtue of treaty"
    if line.world.lexicon.nouns.get((line.words[noun].lemma,)) and any(line.counting(i) for i in below):
        return True  # "on an area of 300 square kilometres"
    dated = [c for c in tree.children[noun] if c in line.skip]
    of = [
        c for c in tree.children[noun] if line.words[c].lemma in {"of", "in"} and not line.words[noun].capital
    ]
    return bool(dated) or any(g in line.skip for c in of for g in tree.children[c])


def _places(line: Line, tree: Parse, child: int, figure: Handle, read: frozenset[int]) -> bool:
    """Whether what hangs on the verb tells where, or without what, a figure is so: "in Europe, X has"."""
    lemma = line.words[child].lemma
    words = tree.subtree(child)
    if not read.isdisjoint(words) and any(figure.start <= i < figure.end for i in words):
        return False
    match tree.deps[child]:
        case "prep":
            fronted = lemma == "with" and child < figure.start
            return not fronted and _is_narrowing(line, tree, child, read)
        case "advcl" if tree.is_verb(child):
            return lemma in _TAKING_OUT
        case "advmod" if lemma in _SPOTS and child > figure.start and child not in read:
            return True
        case "advcl" | "advmod" | "npadvmod":
            return _is_side(line, tree, child, read)
    return False


def _is_of_others(line: Line, tree: Parse, fit: Fit, figure: Handle, subject: Handle) -> bool:
    """Whether something is told of some of those counted: "two members of X met", "talks with two"."""
    root = tree.root_of(figure.start, figure.end)
    counted = tree.heads[root] if tree.deps[root] in {"nummod", "compound"} else root
    if _is_definite(line, tree, counted) or any(m.of is not None for m, _ in line.counting(figure.start)):
        return False
    above = tree.heads[counted]
    own = {i for i in fit.literals if line.words[i].lemma != "be"}
    if tree.deps[counted] in {"nsubj", "nsubjpass"} and above not in own:
        said = [c for c in tree.children[above] if tree.deps[c] in _FIT_FOR and c > counted]
        told = {i for c in said for i in tree.subtree(c)} & fit.words
        return bool(said) and not told
    if subject.head not in tree.subtree(counted) or tree.deps[counted] not in {"pobj", "dobj", "conj"}:
        return False
    governor = tree.heads[above] if tree.deps[counted] == "pobj" else above
    number = {"one", "number", "total", "sum"}
    return governor not in own and line.words[governor].lemma not in number


def _is_definite(line: Line, tree: Parse, noun: int) -> bool:
    """ "the 27 members of X", "X's 27 members": there are so many, whatever is said of them."""
    return any(
        tree.deps[c] == "poss" or line.words[c].text.casefold() in _DEFINITE
        for c in tree.children[noun]
        if c < noun
    )
