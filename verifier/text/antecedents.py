"""What a sentence adds to the things that are spoken of: what it names, takes up or lists, in which role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from verifier.model import MatchKind, QuantifierKind, Term
from verifier.text.coreference import NOUN_KINDS, Role
from verifier.text.mentions import Candidate
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
    listed = _listed(line)
    for candidate in line.candidates:
        if line.is_part(candidate.start, candidate.end) or _is_inside(line, candidate):
            continue
        term = line.term(candidate)
        if term.matches and term.matches[0].score >= 90:
            role = _role_of_name(line, term, candidate.start, candidate.end)
            if role is Role.PLAIN and candidate.start in listed:
                role = Role.ASIDE
            history.note(term, role=role)
            implied = _state_behind(line, term)
            if implied is not None:
                history.note(implied, role=min(role, Role.OWNER), implied=True)
        elif line.words[candidate.start].capital and candidate.end > 1:
            history.strangers.append((history.sentence, line.words[candidate.end - 1].span.end))
    whole = next(iter(views(line.words, None, skip=line.skip)), View(()))
    clause = Clause.of(line, whole)
    taken: set[int] = set()
    for term, handle in _taken_up(clause):
        role = _role(line, handle.start, handle.end)
        history.note(term, role=role)
        implied = _state_behind(line, term)
        if implied is not None:
            history.note(implied, role=min(role, Role.OWNER), implied=True)
    blank = _blank_subject(line)
    if blank is not None:
        history.blanks[history.sentence] = blank
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
    counted = {len(many.ids) for many in history.lists if many.sentence == history.sentence}
    for number in _crowds(line, taken):
        if number not in counted:
            history.note_crowd(number)


def _is_inside(line: Line, candidate: Candidate) -> bool:
    """Whether a name is a part of a longer one that the tables have: "US" of "US dollar"."""
    return any(
        c.start <= candidate.start
        and candidate.end <= c.end
        and c.end - c.start > candidate.end - candidate.start
        for start in range(max(0, candidate.start - _INVERTED), candidate.start + 1)
        for c in line.starting(start)
        if c.known and c.matches[0].kind is MatchKind.EXACT and not is_class(line, line.term(c))
    )


def _state_behind(line: Line, term: Term) -> Term | None:
    """The one state of which this is the capital, or in which this is somebody in office."""
    if line.as_of is None or "state" in line.world.types(term.matches[0].id):
        return None
    states = {m.id: m for m in line.world.states_of(term.matches[0].id, line.as_of)}
    return Term(term.text, term.span, tuple(states.values())) if len(states) == 1 else None


def _listed(line: Line) -> set[int]:
    """Where names stand that are members of a list: one thing that is spoken of later is none of them."""
    found: set[int] = set()
    known = [c for c in line.candidates if c.known and not line.is_part(c.start, c.end)]
    for one, other in product(known, known):
        between = line.words[one.end : other.start]
        if between and all(w.text == "," or w.lemma in {"and", "or", "the"} for w in between):
            kinds = [line.world.types(c.matches[0].id) for c in (one, other)]
            if kinds[0] & kinds[1] and any(w.text == "," or w.lemma in {"and", "or"} for w in between):
                found |= {one.start, other.start}
    return found


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
                # "the French-speaking state" does not name France
                named = any(
                    line.words[min(c.end, handle.end - 1)].text != "-" and not is_class(line, line.term(c))
                    for c in inside
                )
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


def _blank_subject(line: Line) -> frozenset[str] | None:
    """The types of a subject that "it" may take up and that is not known: none if its noun does not tell.

    "Its capital, X, is old": that capital is a city, whichever it is. None where every subject is known.
    """
    tree = line.tree
    if tree is None:
        return None
    taken = {s.term.span.end for s in line.history.seen if s.term.span is not None}
    found = [
        _types_of_noun(line, i)
        for i in range(len(line.words))
        if tree.fine[i] == "NN"
        and tree.deps[i] in _SUBJECTS
        and _role(line, i, i + 1) is Role.SUBJECT
        and line.words[i].span.end not in taken
    ]
    return None if not found else frozenset().union(*found) if all(found) else frozenset()


def _types_of_noun(line: Line, index: int) -> frozenset[str]:
    """The types of what a relation's noun that ends here stands for; none if it is no such noun."""
    found: set[str] = set()
    for start in range(max(0, index - 3), index + 1):
        lemmas = tuple(word.lemma for word in line.words[start : index + 1])
        for relation, is_subject in line.world.lexicon.nouns.get(lemmas, ()):
            found |= line.world.asks(relation)[not is_subject]
    return frozenset(found)


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
        if dep == "dobj" and tree.deps[head] == "pcomp" and _is_beside(line, head, at):
            head, dep = tree.heads[head], "pobj"
        if head == at:
            return Role.SUBJECT if _stands_first(line, at, start) else Role.PLAIN
        if dep in _SUBJECTS or (dep == "attr" and (_is_there(tree, head) or _is_presented(line, at))):
            role = _of_clause(line, tree, head)
            return Role.OWNER if owner and role is Role.SUBJECT else role
        if dep in _MODIFIERS:
            owner = True
        elif dep == "pobj" and tree.deps[head] == "prep" and _opens(line, head):
            return Role.SUBJECT if not owner else Role.OWNER
        elif dep not in _SAME or (owner and dep == "appos" and _is_like(line, head, start, end)):
            return Role.ASIDE if owner else _within(tree, at)
        at = head


def _is_beside(line: Line, word: int, name: int) -> bool:
    """ "In neighbouring X": whether a verb before a name is a relation's noun, and tells which one it is."""
    lemma = line.words[word].lemma
    return (lemma,) in line.world.lexicon.nouns and not any(
        w.lemma in DETERMINERS for w in line.words[word + 1 : name]
    )


def _is_like(line: Line, head: int, start: int, end: int) -> bool:
    """ "X, its foe in two wars": whether the noun before a description names a thing of its kind."""
    named = next((c for c in line.candidates if c.known and c.end == head + 1), None)
    own = next((c for c in line.candidates if c.known and (c.start, c.end) == (start, end)), None)
    other = line.pronoun(start) if own is None and line.words[start].lemma in PRONOUNS else None
    matches = own.matches if own is not None else other.matches if other is not None else ()
    if named is None or not matches:
        return False
    return bool(line.world.types(named.matches[0].id) & line.world.types(matches[0].id))


def _is_inverted(line: Line, start: int) -> bool:
    """ "To the north lies Eritrea": a name after the verb of a sentence that begins with a place."""
    return (
        1 < start <= _INVERTED
        and line.words[start - 1].text.casefold() in {"lies", "lie", "lay", "sits", "stands", "comes"}
        and (start == 2 or line.words[0].lemma in PREPOSITIONS | {"next", "then", "further", "beyond"})
    )


def _stands_first(line: Line, root: int, start: int) -> bool:
    """Whether only names stand between the noun that a sentence without a verb hangs on and this name.

    Where more is said in between, a verb was taken for a noun: "X, a land of hills, borders Y".
    """
    tree = line.tree
    return (
        tree is None or tree.is_verb(root) or not any(w.text.islower() for w in line.words[root + 1 : start])
    )


def _is_there(tree: Parse, verb: int) -> bool:
    return any(tree.deps[child] == "expl" for child in tree.children[verb])


def _is_presented(line: Line, at: int) -> bool:
    """ "The giant of the region is X", "At the heart of it is X": what such a sentence is about.

    Not where the noun before the verb is a relation's ("the capital is X") or somebody's ("his choice is X").
    """
    tree = line.tree
    if tree is None:
        return False
    verb = tree.heads[at]
    subject = next((child for child in tree.children[verb] if tree.deps[child] in _SUBJECTS), None)
    if subject is None:
        return verb < at
    inside = tree.subtree(subject)
    return (
        tree.tags[subject] == "NOUN"
        and line.words[subject].lemma not in line.world.lexicon.vocabulary
        and not any(tree.deps[i] == "poss" or tree.tags[i] == "PROPN" for i in inside)
    )


def _of_clause(line: Line, tree: Parse, verb: int) -> Role:
    """The role of a verb's subject: that of the sentence, if the verb is its main one or beside it."""
    while (tree.deps[verb] == "conj" and tree.is_verb(tree.heads[verb])) or _is_set_off(line, tree, verb):
        verb = tree.heads[verb]
    return Role.SUBJECT if tree.heads[verb] == verb else _within(tree, verb)


def _is_set_off(line: Line, tree: Parse, verb: int) -> bool:
    """ "X has joined Y; its capital is Z": whether a semicolon parts a clause from its head."""
    first, last = sorted((verb, tree.heads[verb]))
    return tree.deps[verb] in {"ccomp", "parataxis"} and any(
        word.text == ";" for word in line.words[first:last]
    )


def _within(tree: Parse, at: int) -> Role:
    above = (at, *tree.ancestors(at))
    return Role.ASIDE if any(tree.deps[i] in _SUBORDINATE for i in above) else Role.PLAIN


def _opens(line: Line, preposition: int) -> bool:
    """Whether a sentence begins with this preposition: "In Latvia, ...", "Then in Latvia ..."."""
    if preposition > 1 or line.words[preposition].lemma not in {"in", "for", "from", "to"}:
        return False
    return preposition == 0 or line.words[0].lemma in {"then", "and", "but", "now", "today", "yet", "also"}
