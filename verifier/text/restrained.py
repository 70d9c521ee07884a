"""What words that no phrasing reads make of a claim: of a part only, in a story, of a deed that is another's.

Such a claim is left unread, unless the parse tells surely whom it speaks of ("one of the Xs that do it").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from verifier.model import Modality, Quantity, Term
from verifier.relations import RelationRole
from verifier.text.attribution import REFUSED, SPEECH, TRUTH, WANTED, standing_of
from verifier.text.coreference import NOUN_KINDS
from verifier.text.counted import counts_less, group_is_less, may_count_less
from verifier.text.fits import Fit
from verifier.text.noun_phrases import is_class
from verifier.text.parse import Parse
from verifier.text.reading import Handle, Line
from verifier.text.signals import is_light
from verifier.text.unfinished import only_so_called
from verifier.text.vocabulary import CARRIERS, COPULAS, DETERMINERS, SOLELY, TITLES

__all__ = ["restrained"]

_ENTAILING = frozenset(
    ["manage", "go", "come", "proceed", "succeed", "continue", "get", "turn", "use", "help"]
)
"""Verbs whose infinitive is done if they are: "managed to join"."""
_HAPPENED = frozenset(["by", "after", "before", "since", "upon", "on", "through", "in", "while", "when"])
"""Prepositions before a deed that the subject did: "by joining"."""
_GOVERNED = frozenset({"xcomp", "ccomp", "pcomp", "acl"})
_MODIFIERS = frozenset({"amod", "compound", "nmod"})
_TOTAL = frozenset(["total", "overall", "estimated", "approximate", "average"])
_BESIDE = frozenset(["with", "according", "as", "by", "from", "since", "than", "at"])
"""Prepositions after a figure that do not say what it counts."""
_PLACES = frozenset({"state", "territory", "region", "city", "organisation"})
_SCARCE = frozenset(["nowhere", "rarely", "seldom", "hardly", "scarcely", "barely", "little"])
_EACH = frozenset(["each", "both", "every", "apiece"])


def restrained(line: Line, fits: Sequence[Fit]) -> list[Fit]:
    """The fits that the words around them leave as they are, and those that they give to another subject."""
    tree = line.tree
    if _is_among_these(line):
        return []
    fits = [fit for fit in fits if not (_is_together(line, fit) or only_so_called(line, fit))]
    if tree is None:
        return [fit for fit in fits if not may_count_less(line, fit)]
    read = frozenset(i for fit in fits for i in (*fit.words, *fit.passed)) | line.skip
    kept: list[Fit] = []
    for fit in fits:
        one = _of_one(line, tree, fit)
        if one is None or _is_anothers(line, tree, one) or _is_narrowed(line, tree, one, read):
            continue
        if _is_elsewhere(line, tree, one, read) or group_is_less(line, tree, one, fits):
            continue
        if not counts_less(line, tree, one, fits):
            kept.append(one)
    return kept


def _is_among_these(line: Line) -> bool:
    """ "Of A, B and C, only A does it": the only one of these, of which no triple tells."""
    first = line.words[0].lemma if line.words else ""
    return first in {"of", "among", "amongst"} and any(word.lemma in SOLELY for word in line.words)


# ------------------------------------------------------------------------------------ one of the Xs that ...


def _of_one(line: Line, tree: Parse, fit: Fit) -> Fit | None:
    """The fit, said of who is "one of the Xs that do it"; None if that is not told."""
    slots: list[tuple[str, Handle]] = []
    for slot, handle in fit.slots:
        term = handle.terms[0]
        if slot not in {"{s}", "{o}"} or handle.start < 0 or len(handle.terms) > 1 or term.group is None:
            slots.append((slot, handle))
            continue
        narrowing = [c for c in _group_children(line, tree, handle) if _restricts(line, tree, c)]
        own = next((c for c in narrowing if c in _clause_of(tree, fit)), None)
        if own is not None:
            member = _member(line, tree, tree.heads[own]) if slot == "{s}" else None
            if member is None:
                return None
            slots.append((slot, member))
        elif narrowing and set(narrowing).isdisjoint(fit.words):
            quantifier = term.quantifier
            if fit.found.signals.negations or slot == "{s}" or quantifier is None:
                return None  # "all members that ...", "is not one of the members that ..."
            term = replace(term, quantifier=replace(quantifier, of=None))
            slots.append((slot, replace(handle, terms=(term,))))
        else:
            slots.append((slot, handle))
    return replace(fit, slots=tuple(slots))


def _group_children(line: Line, tree: Parse, handle: Handle) -> Iterator[int]:
    """What hangs on the words of a group, and stands after it."""
    for index in range(handle.start, handle.end):
        yield from (c for c in tree.children[index] if c >= handle.end)


def _restricts(line: Line, tree: Parse, child: int) -> bool:
    """Whether a clause tells which of a group are meant; one set off by a comma is of all."""
    first = tree.subtree(child)[0]
    return tree.deps[child] in {"relcl", "acl"} and line.words[first - 1].text != ","


def _clause_of(tree: Parse, fit: Fit) -> tuple[int, ...]:
    """The verb of a fit and the verbs that it is joined to."""
    verb = tree.verb_at(fit.anchor)
    if verb is None:
        return ()
    found = [verb]
    while tree.deps[found[-1]] in {"aux", "auxpass", "conj", "xcomp"} and len(found) < 6:
        found.append(tree.heads[found[-1]])
    return tuple(found)


def _member(line: Line, tree: Parse, noun: int) -> Handle | None:
    """X of "X is one of the Ns", "X is among the Ns", if it is named and nothing denies it."""
    preposition = tree.heads[noun]
    if tree.deps[noun] != "pobj" or line.words[preposition].lemma not in {"of", "among"}:
        return None
    verb = tree.heads[preposition]
    if line.words[preposition].lemma == "of":
        if line.words[verb].lemma != "one" or tree.deps[verb] != "attr":
            return None
        verb = tree.heads[verb]
    beside = tree.children[verb]
    plain = {"nsubj", "attr", "prep", "punct", "advmod"}
    if line.words[verb].text.casefold() not in {"is", "are"} or any(
        tree.deps[c] not in plain for c in beside
    ):
        return None
    subject = next((c for c in beside if tree.deps[c] == "nsubj"), None)
    named = [c for c in line.candidates if c.known and subject is not None and c.start <= subject < c.end]
    if len({c.matches[0].id for c in named}) != 1:
        return None
    widest = max(named, key=lambda c: c.end - c.start)
    return Handle((line.term(widest),), widest.start, widest.end, line.head(widest.start, widest.end))


# --------------------------------------------------------------------------------------------- another's deed


def _is_anothers(line: Line, tree: Parse, fit: Fit) -> bool:
    """Whether a verb governs the fit's that need not have brought it about: "stopped X from joining Y"."""
    verb = tree.verb_at(fit.anchor)
    if verb is None or not _is_read_as(line, tree, fit, verb) or tree.deps[verb] not in _GOVERNED | {"advcl"}:
        return False
    helpers = [c for c in tree.children[verb] if tree.deps[c] in {"aux", "auxpass"}]
    marked = any(tree.fine[c] == "TO" for c in helpers)
    finite = any(tree.fine[c] in {"MD", "VBD", "VBZ", "VBP"} for c in helpers)
    if tree.fine[verb] not in {"VB", "VBG"} or finite:
        return False
    if standing_of(line, fit).modality is not Modality.ASSERTED:
        return False  # nothing is decided by it
    above = tree.heads[verb]
    if tree.deps[verb] == "pcomp":
        governor = tree.heads[above]
        helped = line.words[above].lemma == "in" and _object(tree, governor) is not None
        return (line.words[above].lemma not in _HAPPENED or helped) and not _is_read(fit, above)
    if _is_read(fit, above):
        return False
    lemma = line.words[above].lemma
    if tree.deps[verb] == "acl":
        return marked and lemma not in WANTED | SPEECH and not _is_rank(line, tree, above)
    if not tree.is_verb(above) or tree.deps[verb] == "advcl":
        return False
    if lemma in SPEECH | WANTED | TRUTH:
        return False
    thing = _object(tree, above) if marked else _own_subject(tree, verb)
    subject = fit.slot("{s}")
    if not marked and tree.fine[verb] == "VB":  # "saw X join Y"
        return thing is not None and subject is not None and not subject.start <= thing < subject.end
    if lemma in REFUSED | {"be", "have"}:
        return thing is not None
    return lemma not in _ENTAILING


def _is_read_as(line: Line, tree: Parse, fit: Fit, verb: int) -> bool:
    """Whether a verb is the claim's own: its words have it, or pass over "to become", "to be"."""
    infinitive = any(tree.fine[c] == "TO" for c in tree.children[verb])
    passed = verb in fit.passed and infinitive and line.words[verb].lemma in COPULAS
    return verb in fit.literals or passed


def _is_read(fit: Fit, index: int) -> bool:
    return index in fit.words or index in fit.passed


def _object(tree: Parse, verb: int) -> int | None:
    return next((c for c in tree.children[verb] if tree.deps[c] in {"dobj", "dative"}), None)


def _own_subject(tree: Parse, verb: int) -> int | None:
    return next((c for c in tree.children[verb] if tree.deps[c] in {"nsubj", "nsubjpass", "poss"}), None)


def _is_rank(line: Line, tree: Parse, noun: int) -> bool:
    """ "the first country to do it" did it."""
    return any(tree.tags[c] == "ADJ" for c in (noun, *tree.children[noun]))


# --------------------------------------------------------------------------------------------- of a part only


def _is_narrowed(line: Line, tree: Parse, fit: Fit, read: frozenset[int]) -> bool:
    """Whether an unread word tells which part of a thing is meant, or what a figure counts."""
    figure = next((h for _, h in fit.slots if isinstance(h.terms[0].value, Quantity)), None)
    nouns = [i for i in fit.literals if tree.tags[i] in {"NOUN", "PROPN"}]
    for _, handle in fit.slots:
        if handle.start < 0 or len(handle.terms) > 1:
            continue
        if _is_place(line, handle.terms[0]) and (
            any(_is_modifier(line, tree, c, read) for c in _before(tree, handle, handle.head))
            or _is_named_after(line, tree, handle, fit)
        ):
            return True
    for noun in nouns:
        of = (c for c in tree.children[noun] if line.words[c].lemma == "of" and c > noun)
        if any(_is_unread(line, tree, c, read) for c in of):
            return True
    if figure is None:
        return False
    for noun in (*nouns, *range(figure.start, figure.end)):
        for child in tree.children[noun]:
            told = tree.deps[child] == "prep" and child > figure.start and not _is_beside(line, tree, child)
            if told and _is_unread(line, tree, child, read):
                return True
            if noun in nouns and child < noun and _is_modifier(line, tree, child, read):
                return True
    return False


def _is_together(line: Line, fit: Fit) -> bool:
    """ "X and Y cover 500 km2": one figure of several may be that of all of them together."""
    figures = [h for _, h in fit.slots if isinstance(h.terms[0].value, Quantity)]
    several = any(len(h.terms) > 1 for _, h in fit.slots)
    return bool(figures) and several and not any(word.lemma in _EACH for word in line.words)


def _before(tree: Parse, handle: Handle, head: int) -> list[int]:
    return [c for c in tree.children[head] if c < handle.start]


def _is_modifier(line: Line, tree: Parse, index: int, read: frozenset[int]) -> bool:
    """Whether a word that was not read tells which of its kind is meant: "mainland", "West", "land"."""
    word = line.words[index]
    if tree.deps[index] not in _MODIFIERS or index in read or not word.is_word or is_light(word):
        return False
    counted = any(index in indices for _, indices in line.quantities)
    kind = any(c.end == index + 1 and is_class(line, line.term(c)) for c in line.starting(index))
    return not (counted or kind) and word.lemma not in TITLES | CARRIERS | DETERMINERS | _TOTAL


def _is_unread(line: Line, tree: Parse, index: int, read: frozenset[int]) -> bool:
    """Whether nothing of what hangs here was read."""
    return read.isdisjoint(tree.subtree(index))


def _is_beside(line: Line, tree: Parse, index: int) -> bool:
    word = line.words[index]
    if word.lemma == "in":  # "500 square kilometres in size", "in all"
        inner = tree.subtree(index)
        measured = any(m.quantity.unit and tree.heads[index] in _near(i) for m, i in line.quantities)
        return measured and len(inner) == 2 and tree.fine[inner[1]] in {"NN", "DT"}
    return word.lemma in _BESIDE and tree.fine[index] != "VBG"


def _near(indices: Sequence[int]) -> tuple[int, ...]:
    """A figure's words and the unit right after them."""
    return (*indices, indices[-1] + 1, indices[-1] + 2) if indices else ()


def _is_place(line: Line, term: Term) -> bool:
    return any(line.world.types(match.id) & _PLACES for match in term.matches[:1])


def _is_named_after(line: Line, tree: Parse, handle: Handle, fit: Fit) -> bool:
    """ "Paris, Texas,": whether a place after a comma makes it another thing of the name."""
    comma, row = handle.end, line.words
    if comma + 1 >= len(row) or row[comma].text != "," or comma + 1 in fit.words:
        return False
    place = next((c for c in line.starting(comma + 1) if c.end >= len(row) or not row[c.end].is_word), None)
    if place is None or (place.end < len(row) and row[place.end].text not in {",", "."}):
        return False
    if place.end + 1 < len(row) and row[place.end + 1].lemma in {"and", "or"}:
        return False
    if tree.deps[tree.root_of(place.start, place.end)] not in {"appos", "npadvmod", "nmod"}:
        return False
    around = {match.id for match in place.matches}
    own = handle.terms[0].matches[0].id
    if any("person" in line.world.types(id) for id in around) or line.as_of is None:
        return False
    known = {state.id for state in line.world.states_of(own, line.as_of)}
    catalogue = line.world.catalogue
    capitals = (catalogue[id].inverse for id in catalogue.playing(RelationRole.CAPITAL))
    for relation in (*catalogue.playing(RelationRole.PLACE), *filter(None, capitals)):
        known |= {match.id for match in line.world.values(relation, own, line.as_of)}
    return not known & around


# ------------------------------------------------------------------------------------------------ in a story


def _is_elsewhere(line: Line, tree: Parse, fit: Fit, read: frozenset[int]) -> bool:
    """ "In the novel, X is Y": whether a thing that is no place or time is named first, in which it is so."""
    verb = tree.verb_at(fit.anchor)
    if verb is None or line.words[verb].lemma != "be":
        return verb is not None and _is_scarce(line, tree, verb)
    if _is_scarce(line, tree, verb):
        return True
    for child in tree.children[verb]:
        if tree.deps[child] != "prep" or child > min(fit.words) or line.words[child].lemma != "in":
            continue
        noun = next((c for c in tree.children[child] if tree.deps[c] == "pobj"), None)
        if noun is None or tree.fine[noun] != "NN" or line.words[noun].lemma in NOUN_KINDS:
            continue
        definite = any(tree.deps[c] in {"det", "poss"} for c in tree.children[noun])
        denied = any(line.words[c].lemma == "no" for c in tree.children[noun])
        if definite and not denied and _is_unread(line, tree, child, read):
            return True
    return False


def _is_scarce(line: Line, tree: Parse, verb: int) -> bool:
    """ "Rarely has X been Y", "nowhere is X Y": what nearly denies it stands first, before the verb."""
    beside = tree.children[verb]
    subject = next((c for c in beside if tree.deps[c] in {"nsubj", "nsubjpass"}), None)
    turned = [i for i in (verb, *beside) if tree.is_verb(i) and subject is not None and i < subject]
    return bool(turned) and any(c < min(turned) and line.words[c].lemma in _SCARCE for c in beside)
