"""What a sentence adds to the things that are spoken of: what it names, takes up or lists, in which role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verifier.model import QuantifierKind, Term
from verifier.text.coreference import NOUN_KINDS, Role
from verifier.text.noun_phrases import Clause, is_class, names_at
from verifier.text.parse import Parse
from verifier.text.plurals import NUMBERS, members_of, taken_up
from verifier.text.reading import Handle, Line
from verifier.text.slots import fillers
from verifier.text.views import View, views
from verifier.text.vocabulary import DETERMINERS, PREPOSITIONS, PRONOUNS
from verifier.text.words import word_set

__all__ = ["remember"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SAME = frozenset({"conj", "appos"})
"""How a word hangs on one whose part it shares."""
_SUBORDINATE = frozenset({"relcl", "acl", "advcl", "pcomp", "csubj"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
_INVERTED = 8
"""Where at the latest the subject stands that follows its verb."""
_TIMES = word_set(
    """
    day week month year decade century hour time people person percent quarter third kilometre mile metre
    kilometer meter capital inhabitant resident
    """
)


def remember(line: Line) -> None:
    """Tell the history what this sentence names, then what its pronouns and descriptions take up."""
    history = line.history
    history.forget_sentence()
    for candidate in line.candidates:
        if line.is_part(candidate.start, candidate.end):
            continue
        term = line.term(candidate)
        if term.matches and term.matches[0].score >= 90:
            history.note(term, role=_role_of_name(line, term, candidate.start, candidate.end))
        elif line.words[candidate.start].capital and candidate.end > 1:
            history.strangers.append((history.sentence, line.words[candidate.end - 1].span.end))
    whole = next(iter(views(line.words, None, skip=line.skip)), View(()))
    clause = Clause.of(line, whole)
    taken: set[int] = set()
    for term, handle in _taken_up(clause):
        history.note(term, role=_role(line, handle.start, handle.end))
    if _has_blank_subject(line):
        history.blanks.add(history.sentence)
    for position in range(len(clause.row)):
        again = taken_up(clause, position)
        if again is not None:
            many, start, stop = again
            taken.update(range(start, stop))
            end = line.words[stop - 1].span.end
            history.note_many(many.terms, ids=many.ids, end=end, role=_role(line, start, stop))
    for handle in _several(Clause.of(line, whole)):  # anew: descriptions are now taken up
        if not taken & {*range(handle.start, handle.end)}:
            taken.update(range(handle.start, handle.end))
            _note_several(line, handle)
    listed = {len(many.ids) for many in history.lists if many.sentence == history.sentence}
    for number in _crowds(line, taken):
        if number not in listed:
            history.note_crowd(number)


def _taken_up(clause: Clause) -> Iterator[tuple[Term, Handle]]:
    """The pronouns and descriptions of a sentence that stand for one thing that was named before."""
    line = clause.line
    for position, index in enumerate(clause.view.indices):
        if index < 0:
            continue
        word = line.words[index]
        if word.text.casefold() in PRONOUNS and (line.tree is None or line.tree.deps[index] != "expl"):
            term = line.pronoun(index)
            if term is not None:
                yield replace(term, span=word.span), Handle((term,), index, index + 1, index)
        if word.lemma in {"the", "this", "that"} or word.text.casefold() in {"his", "her"}:
            for _, handle in names_at(clause, position):
                term = handle.terms[0]
                inside = [c for c in line.candidates if c.start >= handle.start and c.end <= handle.end]
                named = any(not is_class(line, line.term(c)) for c in inside)
                if handle.start == index and handle.end > index + 1 and term.matches and not named:
                    yield term, handle


def _several(clause: Clause) -> Iterator[Handle]:
    """The lists and groups of a sentence from left to right, none inside another."""
    at = fillers(clause)
    position = 0
    while position < len(clause.row):
        found = [f for f in at(position, "{s}") if isinstance(f.handle, Handle)]
        many = [f for f in found if isinstance(f.handle, Handle) and _is_many(f.handle)]
        longest = max(many, key=lambda f: f.end, default=None)
        if longest is None or not isinstance(longest.handle, Handle):
            position += 1
            continue
        yield longest.handle
        position = longest.end


def _is_many(handle: Handle) -> bool:
    return (len(handle.terms) > 1 and handle.joint == "and") or handle.terms[0].group is not None


def _note_several(line: Line, handle: Handle) -> None:
    """A list of known things, or a whole group, may be taken up by "they" and "all three"."""
    terms = handle.terms
    if terms[0].group is not None:
        quantifier = terms[0].quantifier
        if line.tree is not None and line.tree.deps[handle.head] == "attr":
            return  # "are members of the OECD": what they are, not who they are
        ids = members_of(line, terms[0])
        if quantifier is None or quantifier.kind not in {QuantifierKind.ALL, QuantifierKind.EXACTLY}:
            return
        if quantifier.count is not None and (not ids or quantifier.count.amount != len(ids)):
            return
        terms = (replace(terms[0], quantifier=None),)
    else:
        if any(not term.matches or term.text.casefold() in PRONOUNS for term in terms):
            return
        ids = frozenset(_meant(line, term) for term in terms)
        if len(ids) != len(terms):
            return
    end = line.words[handle.end - 1].span.end
    line.history.note_many(terms, ids=ids, end=end, role=_role(line, handle.start, handle.end))


def _meant(line: Line, term: Term) -> str:
    """The thing that a name on a list stands for: of a state and its town of one name, the state."""
    near = [m.id for m in term.matches if m.score >= term.matches[0].score - 1]
    return next((id for id in near if "state" in line.world.types(id)), near[0])


def _has_blank_subject(line: Line) -> bool:
    """Whether the subject of a sentence is something that "it" may take up, and is not known."""
    tree = line.tree
    if tree is None:
        return False
    taken = {s.term.span.end for s in line.history.seen if s.term.span is not None}
    return any(
        tree.fine[i] == "NN"
        and tree.deps[i] in _SUBJECTS
        and _role(line, i, i + 1) is Role.SUBJECT
        and line.words[i].span.end not in taken
        for i in range(len(line.words))
    )


def _crowds(line: Line, taken: set[int]) -> Iterator[int]:
    """Other plurals that "they" or "all three" might take up: the subject, and whatever is counted."""
    tree = line.tree
    for index, word in enumerate(line.words):
        if index in taken or index in line.skip:
            continue
        number = NUMBERS.get(word.text.casefold(), 0)
        if number > 1:
            noun = _counted(line, index)
            if noun and noun not in _TIMES and noun not in NOUN_KINDS:
                yield number
        elif (
            tree is not None
            and tree.fine[index] == "NNS"
            and tree.deps[index] in _SUBJECTS
            and _role(line, index, index + 1) is Role.SUBJECT
            and word.lemma not in DETERMINERS
        ):
            yield 0


def _counted(line: Line, index: int) -> str:
    """What a number counts, in the singular; empty if it is nothing, or a measure."""
    tree = line.tree
    if tree is None:
        after = line.words[index + 1 : index + 2]
        return after[0].lemma if after and after[0].text.endswith("s") else ""
    head = tree.heads[index]
    return line.words[head].lemma if tree.deps[index] == "nummod" and tree.fine[head] == "NNS" else ""


# --------------------------------------------------------------------------------------------------- roles


def _role_of_name(line: Line, term: Term, start: int, end: int) -> Role:
    """The role of a name; of a state and its language of one name ("French is official"), the language."""
    role = _role(line, start, end)
    kinds = {kind for m in term.matches if m.score >= 90 for kind in line.world.types(m.id)}
    if "language" in kinds and (line.tree is None or line.tree.deps[end - 1] not in _MODIFIERS):
        return Role.ASIDE
    return role


def _role(line: Line, start: int, end: int) -> Role:
    """What part a stretch of words has in its sentence; without a parse, the first is the subject."""
    if line.tree is None:
        return Role.SUBJECT if start <= 1 else Role.PLAIN
    tree = line.tree
    at = tree.root_of(start, end)
    owner = False
    if _is_inverted(line, start):
        return Role.SUBJECT
    while True:
        head, dep = tree.heads[at], tree.deps[at]
        if head == at:
            return Role.SUBJECT
        if dep in _SUBJECTS or (dep == "attr" and _is_there(tree, head)):
            role = _of_clause(tree, head)
            return Role.OWNER if owner and role is Role.SUBJECT else role
        if dep in _MODIFIERS:
            owner = True
        elif dep == "pobj" and tree.deps[head] == "prep" and _opens(line, head):
            return Role.SUBJECT if not owner else Role.OWNER
        elif dep not in _SAME:
            return Role.ASIDE if owner else _within(tree, at)
        at = head


def _is_inverted(line: Line, start: int) -> bool:
    """ "To the north lies Eritrea": a name after the verb of a sentence that begins with a place."""
    return (
        1 < start <= _INVERTED
        and line.words[start - 1].text.casefold() in {"lies", "lie", "lay", "sits", "stands", "comes"}
        and line.words[0].lemma in PREPOSITIONS | {"next", "then", "further", "beyond"}
    )


def _is_there(tree: Parse, verb: int) -> bool:
    return any(tree.deps[child] == "expl" for child in tree.children[verb])


def _of_clause(tree: Parse, verb: int) -> Role:
    """The role of a verb's subject: that of the sentence, if the verb is its main one or beside it."""
    while tree.deps[verb] == "conj" and tree.is_verb(tree.heads[verb]):
        verb = tree.heads[verb]
    return Role.SUBJECT if tree.heads[verb] == verb else _within(tree, verb)


def _within(tree: Parse, at: int) -> Role:
    above = (at, *tree.ancestors(at))
    return Role.ASIDE if any(tree.deps[i] in _SUBORDINATE for i in above) else Role.PLAIN


def _opens(line: Line, preposition: int) -> bool:
    """Whether a sentence begins with this preposition: "In Latvia, ...", "Then in Latvia ..."."""
    if preposition > 1 or line.words[preposition].lemma not in {"in", "for", "from", "to"}:
        return False
    return preposition == 0 or line.words[0].lemma in {"then", "and", "but", "now", "today", "yet", "also"}
