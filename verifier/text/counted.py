"""Whether a figure is said of less than the table counts: words that no phrasing reads narrow it down.

"Two members that use the euro" are not all the members, "in Europe, X has an area of" is not all of X, and "is a
neighbour of two members of X" does not tell how many members X has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from verifier.model import Quantity
from verifier.text.fits import Fit
from verifier.text.parse import Parse
from verifier.text.reading import Handle, Line
from verifier.text.vocabulary import POSSESSIVES

__all__ = ["counts_less"]

_ASIDE = frozenset(
    """about according after as because before by concern consider despite due during follow give if like notwithstanding
    past per regard since thank than though till to toward towards unlike until upon while""".split()
)
"""Prepositions of a time, a source, a cause or a likeness: these do not tell which part is counted."""
_TAKING_OUT = frozenset(["exclude", "include", "count", "omit", "without", "minus", "outside", "excluding", "including"])
"""Words that take something out of a thing, or add it, even between commas."""
_TIMES = frozenset(
    """beginning census century count day decade end era estimate eve future meantime moment month night past
    period present quarter start term time today week whole year""".split()
)
"""Nouns of a time or a count after a preposition: "at the moment", "at the last census"."""
_ALL = frozenset(["total", "all", "whole", "sum"])
_DEFINITE = frozenset({"the", "all", "these", "those"}) | POSSESSIVES
_FIT_FOR = frozenset({"attr", "acomp", "prep", "dobj", "xcomp", "oprd", "agent", "advmod"})


def counts_less(line: Line, tree: Parse, fit: Fit, fits: Sequence[Fit]) -> bool:
    """Whether a figure counts only some of what the fit's relation counts, or something else."""
    figure = next((h for _, h in fit.slots if isinstance(h.terms[0].value, Quantity)), None)
    subject = fit.slot("{s}")
    if figure is None or subject is None or figure.start < 0 or subject.start < 0:
        return False
    read = _told_of(fit, subject, fits) | line.skip
    nouns = _counted(tree, fit, figure)
    if any(_narrows(line, tree, child, read) for noun in nouns for child in tree.children[noun]):
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
    return _is_of_others(line, tree, fit, figure, nouns, subject)


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
    nouns = {i for i in fit.literals if tree.tags[i] in {"NOUN", "PROPN"}} | {*range(figure.start, figure.end)}
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
            return not apart and read.isdisjoint(words)
        case "prep":
            return (not apart or line.words[child].lemma in _TAKING_OUT) and _is_narrowing(
                line, tree, child, read
            )
        case "appos":  # "21 members, those that use it"
            return line.words[child].lemma in {"that", "those", "one"} and read.isdisjoint(words)
        case "advmod" | "npadvmod":  # "its area west of the river"
            return not apart and any(_is_narrowing(line, tree, c, read) for c in _links(tree, child))
    return False


def _links(tree: Parse, index: int) -> Iterator[int]:
    return (c for c in tree.children[index] if tree.deps[c] == "prep")


def _is_narrowing(line: Line, tree: Parse, link: int, read: frozenset[int]) -> bool:
    """Whether a preposition with its noun tells of which part, or which of a kind, it is so."""
    word = line.words[link]
    if word.lemma in _ASIDE or word.text.casefold() in _ASIDE:
        return False
    inner = [c for c in tree.children[link] if c > link and line.words[c].is_word]
    if not inner:
        return False
    return any(not _is_told(line, tree, noun, read) for noun in inner if tree.deps[noun] != "advmod")


def _is_told(line: Line, tree: Parse, noun: int, read: frozenset[int]) -> bool:
    """Whether the noun of a preposition was read, or tells of a time, or of no thing: "in total"."""
    if noun in read or line.words[noun].lemma in _TIMES | _ALL:
        return True
    below = tree.subtree(noun)
    if tree.fine[noun] == "NN" and not line.words[noun].capital:
        if all(tree.tags[i] in {"NOUN", "ADP"} and not line.words[i].capital for i in below):
            return True  # "in fact", "in terms of area"
    if line.world.lexicon.nouns.get((line.words[noun].lemma,)) and any(line.counting(i) for i in below):
        return True  # "on an area of 300 square kilometres"
    dated = [c for c in tree.children[noun] if c in line.skip]
    of = [c for c in tree.children[noun] if line.words[c].lemma in {"of", "in"} and not line.words[noun].capital]
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
        case "advcl":
            return lemma in _TAKING_OUT
        case "advmod" | "npadvmod":
            return any(
                line.words[c].lemma in {"of", "from"} and _is_narrowing(line, tree, c, read)
                for c in _links(tree, child)
            )
    return False


def _is_of_others(
    line: Line, tree: Parse, fit: Fit, figure: Handle, nouns: Sequence[int], subject: Handle
) -> bool:
    """Whether some of those that are counted do something: "two members of X border Y", "with two members of X"."""
    root = tree.root_of(figure.start, figure.end)
    counted = tree.heads[root] if tree.deps[root] in {"nummod", "compound"} else root
    if _is_definite(line, tree, counted):
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
