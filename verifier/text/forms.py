"""In which form a sentence tells a relation, told from the phrasing that was found and where its parts stand.

The first of these that applies is the form: a class (the relation is what kind of thing something is),
possessive ("'s", "its"), a mere preposition, appositive (a comma and no copula between the ends), a title (no
copula and nothing else between a noun and a name), passive (a participle with "be", or one that leads to
"by"), nominal (a copula, or the form of a noun), active.
"""

from __future__ import annotations

from verifier.model import Form, Way
from verifier.text.ends import CLASSES
from verifier.text.fits import Fit
from verifier.text.reading import Line
from verifier.text.vocabulary import COPULAS, DETERMINERS, POSSESSIVES, PREPOSITIONS

__all__ = ["form_of", "way_of"]

_EMPTY = PREPOSITIONS | DETERMINERS | COPULAS | {"'s"}
"""Words of a phrasing that name no relation."""


def way_of(fit: Fit) -> Way:
    """Which way of reading found it."""
    pattern = fit.found.pattern
    return Way.KINDS if pattern.bare else Way.WORDS if pattern.linked else Way.PHRASING


def form_of(line: Line, fit: Fit) -> Form:
    """The form in which a fit is told."""
    pattern = fit.found.pattern
    content = [i for i in fit.literals if line.words[i].is_word and line.words[i].lemma not in _EMPTY]
    if line.world.catalogue.has_role(pattern.relation, *CLASSES) and not content:
        return Form.CLASS
    if _is_possessive(line, fit):
        return Form.POSSESSIVE
    if not content:
        return Form.PREPOSITION
    between = _between(fit)
    linked = any(line.words[i].lemma in COPULAS for i in (*fit.literals, *fit.passed))
    if _is_participle(line, content[0]) and (linked or _leads_to_by(line, fit, content[0])):
        return Form.PASSIVE
    if not linked and any(line.words[i].text == "," for i in between) and pattern.appositive:
        return Form.APPOSITIVE
    if pattern.side_by_side and not linked:
        return Form.TITLE
    return Form.NOMINAL if linked or pattern.appositive else Form.ACTIVE


def _between(fit: Fit) -> range:
    """The words between the two ends, or between the phrasing and its only one."""
    ends = sorted((handle.start, handle.end) for _, handle in fit.slots if handle.start >= 0)
    if len(ends) > 1:
        return range(ends[0][1], ends[-1][0])
    first = min(fit.literals, default=0)
    return range(ends[0][1], first) if ends else range(first, first)


def _is_possessive(line: Line, fit: Fit) -> bool:
    """Whether an end is an owner: "X's ...", "its ..."."""
    for _, handle in fit.slots:
        if handle.start < 0:
            continue
        last = line.words[handle.end - 1].text.casefold()
        after = line.words[handle.end].text if handle.end < len(line.words) else ""
        if "'s" in {last, after} or last in POSSESSIVES:
            return True
    return False


def _is_participle(line: Line, index: int) -> bool:
    """Whether a word is what somebody did to something: "founded", "made"."""
    if line.tree is not None:
        return line.tree.fine[index] == "VBN"
    low, lemma = line.words[index].text.casefold(), line.words[index].lemma
    return low != lemma and not low.endswith(("ing", "s"))


def _leads_to_by(line: Line, fit: Fit, participle: int) -> bool:
    """ "X, founded by Y": without "be", and without the "have" that would make it active."""
    has = any(line.words[i].lemma == "have" for i in (*fit.literals, *fit.passed))
    return not has and any(i > participle and line.words[i].text == "by" for i in fit.literals)
