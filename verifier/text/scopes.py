"""What narrows a claim about all, none, only some or so many, and was not read: a place, an exception.

"X borders only Y in Europe" tells nothing of elsewhere, and "nearly all members" are not all of them:
such a claim is left unread unless every word that tells how far it goes was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.model import QuantifierKind, Term, Triple
from verifier.text.fits import Fit
from verifier.text.parse import Parse
from verifier.text.reading import Handle, Line
from verifier.text.signals import NEGATIONS, is_light
from verifier.text.views import bracketed
from verifier.text.vocabulary import DETERMINERS, EXCEPTING, EXCLUSIVE, NEARLY, PREPOSITIONS, SOLELY

__all__ = ["in_bounds", "may_exclude"]

_ALONE = EXCLUSIVE | SOLELY | {"alone"}
_QUANTIFIERS = frozenset(["all", "every", "each", "both", "no", "none", "neither", "any", "most", "half"])
_OF_ALL = frozenset(
    {
        QuantifierKind.ALL,
        QuantifierKind.ALL_BUT,
        QuantifierKind.NO,
        QuantifierKind.ONLY,
        QuantifierKind.EXACTLY,
        QuantifierKind.AT_LEAST,
        QuantifierKind.AT_MOST,
        QuantifierKind.MOST,
    }
)
_NARROWING = frozenset({"prep", "acl", "relcl", "amod", "compound", "nmod", "poss", "npadvmod", "nummod"})
_OF_NOUNS = frozenset({"amod", "compound", "nmod", "poss", "nummod"})
_ASIDE = frozenset(
    [
        "according",
        "unlike",
        "like",
        "despite",
        "than",
        "because",
        "due",
        "since",
        "after",
        "before",
        "until",
        "following",
        "amid",
        "including",
        "as",
        "thanks",
    ]
)
"""Prepositions that tell why, when or who says so, and leave a claim as wide as it is."""
_NOBODY = frozenset(["nobody", "none", "nothing", "other"])
_EVERYWHERE = frozenset(["world", "earth", "globe", "planet"])
_REASONS = frozenset(["while", "although", "though", "whereas", "because", "since", "as", "after", "before"])


def _is_exclusive(triple: Triple) -> bool:
    """Whether it is said of all of a group, of none, of nothing else, or of so many."""
    return any(_is_of_all(term) for term in (triple.subject, triple.object))


def _is_of_all(term: Term) -> bool:
    return term.quantifier is not None and term.quantifier.kind in _OF_ALL


def may_exclude(line: Line) -> bool:
    """Whether a word says "only": the parse tells of what, and how far."""
    return any(word.lemma in _ALONE for word in line.words)


def in_bounds(line: Line, fit: Fit, triples: Sequence[Triple]) -> tuple[Triple, ...]:
    """The triples of a fit without those of all, or of some only, within bounds that were not read."""
    if any(triple.negated for triple in triples) and _denies_only(line, fit):
        return ()
    if any(map(_is_exclusive, triples)) and _is_narrowed(line, fit, triples):
        return tuple(triple for triple in triples if not _is_exclusive(triple))
    return tuple(triples)


def _is_narrowed(line: Line, fit: Fit, triples: Sequence[Triple]) -> bool:
    read = {*fit.words, *fit.passed} | line.skip | bracketed(line.words)
    if any(_is_nearly(line, handle) for _, handle in fit.slots):
        return True
    if any(line.words[i].lemma in NEARLY for i in fit.passed):
        return True
    if line.tree is None:
        return any(_is_content(line, i) and i not in read for i in range(len(line.words)))
    told = _told_of(line, line.tree, fit, triples)
    return any(
        _narrows(line, line.tree, fit, child, read)
        for child in _beside(line.tree, fit)
        if line.tree.heads[child] not in told
    )


def _told_of(line: Line, tree: Parse, fit: Fit, triples: Sequence[Triple]) -> frozenset[int]:
    """The words of a subject that has so many, or only some: what follows tells which thing it is."""
    spans = [t.span for triple in triples for t in (triple.subject, triple.object) if _is_of_all(t)]
    return frozenset(
        index
        for _, handle in fit.slots
        if handle.start >= 0
        and tree.deps[handle.head] in {"nsubj", "nsubjpass"}
        and line.span_of(handle.start, handle.end) not in spans
        and not any(term.span in spans for term in handle.terms)
        for index in _words(handle)
    )


def _denies_only(line: Line, fit: Fit) -> bool:
    """ "is not the only one", "borders not only X": that there are others, not that this is none."""
    denied = next((i for i in sorted(fit.passed) if line.words[i].lemma in NEGATIONS), len(line.words))
    reach = range(denied, max(fit.words) + 2)
    return any(line.words[i].lemma in _ALONE for i in reach if i < len(line.words))


def _is_content(line: Line, index: int) -> bool:
    word = line.words[index]
    return word.is_word and not is_light(word) and word.lemma not in PREPOSITIONS | _ALONE


def _is_nearly(line: Line, handle: Handle) -> bool:
    """ "nearly all", "not quite every", "just about only", "all but": what stands before takes some out."""
    at = handle.start - 1
    if at < 0:
        return False
    while at >= 0 and line.words[at].lemma in DETERMINERS | _QUANTIFIERS | _ALONE | {"of"}:
        at -= 1
    before = tuple(word.lemma for word in line.words[max(0, at - 1) : at + 1])
    if before[-1:] and (before[-1] in NEARLY | EXCEPTING or before in {("just", "about"), ("not", "quite")}):
        return True
    tree = line.tree
    if tree is None:
        return False
    counted = [i for i in range(at + 1, handle.end) if line.words[i].lemma in _QUANTIFIERS]
    return any(
        tree.deps[c] in {"advmod", "quantmod"} and line.words[c].lemma not in NEGATIONS | _ALONE
        for i in counted
        for c in tree.children[i]
        if c < i
    )


def _beside(tree: Parse, fit: Fit) -> Iterator[int]:
    """What hangs on the words of a fit or on the verbs of its clause, and is none of them."""
    own = {*fit.words, *fit.passed, fit.anchor}
    verb = tree.verb_at(fit.anchor)
    while verb is not None and verb not in own:
        own.add(verb)
        verb = tree.heads[verb] if tree.deps[verb] in {"aux", "auxpass", "xcomp"} else None
    for index in own:
        yield from (child for child in tree.children[index] if child not in own)


def _narrows(line: Line, tree: Parse, fit: Fit, child: int, read: set[int]) -> bool:
    """Whether it is an unread phrase that says where or of which it is so, or an end that was not read."""
    word, head, dep = line.words[child], tree.heads[child], tree.deps[child]
    inner = tree.subtree(child)
    unread = [i for i in inner if i not in read and _is_content(line, i)]
    if not unread:
        return False
    noun = tree.tags[head] in {"NOUN", "PROPN"}
    if dep == "advcl":
        subject = any(tree.deps[c] in {"nsubj", "nsubjpass"} for c in tree.children[child])
        marked = any(line.words[c].lemma in _REASONS for c in tree.children[child])
        return not (subject or marked)
    if dep in {"conj", "appos"}:
        ends = any(head in _words(handle) for _, handle in fit.slots)
        return ends and dep == "conj" and not tree.is_verb(child) and word.lemma not in _NOBODY
    if dep == "attr":  # "X's only neighbour in Y is Z": Z is what was not read
        return line.words[head].lemma == "be" and any(i in fit.literals for i in tree.children[head])
    if dep == "advmod":
        return tree.fine[child] == "RB" and not word.text.endswith("ly") and word.lemma not in _ALONE
    if dep not in _NARROWING:
        return False
    if dep in _OF_NOUNS:
        return noun and head in fit.literals
    if dep in {"acl", "relcl"} and inner[0] > 0 and line.words[inner[0] - 1].text == ",":
        return False
    if any(head in _words(handle) for _, handle in fit.slots) and _is_set_off(line, inner):
        return False
    return not (word.text.casefold() in _ASIDE or _is_of_everything(line, tree, child))


def _words(handle: Handle) -> range:
    return range(handle.start, handle.end)


def _is_set_off(line: Line, inner: Sequence[int]) -> bool:
    """ "X, in the Alps, has": between commas, it only tells more of a name."""
    first, after = inner[0] - 1, inner[-1] + 1
    return first >= 0 and after < len(line.words) and line.words[first].text == line.words[after].text == ","


def _is_of_everything(line: Line, tree: Parse, preposition: int) -> bool:
    """ "in total", "in fact", "in the world": what narrows nothing."""
    noun = next((c for c in tree.children[preposition] if tree.deps[c] == "pobj"), None)
    if noun is None:
        return False
    if line.words[preposition - 1].lemma in {"together", "along"} and preposition:
        return True
    if line.words[preposition].lemma == "among" and line.words[noun].text == "them":
        return True
    if line.words[noun].lemma in _EVERYWHERE:
        return True
    bare = not tree.children[noun] and tree.fine[noun] in {"NN", "JJ"}
    return bare and line.words[preposition].lemma == "in" and not line.words[noun].capital
