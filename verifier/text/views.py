"""A sentence seen clause by clause: each view is a row of words that says one thing from beginning to end.

The first view is the sentence itself without brackets and dates. With a parse, each verb gives a view: its
subject (its own, or one it shares, or the noun it modifies) and what belongs to it, other clauses left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from verifier.text.lexicon import SOMEWHERE
from verifier.text.parse import Parse
from verifier.text.words import Word

__all__ = ["View", "asides", "bracketed", "measured", "own_words", "subject_of", "views"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_ASIDES = frozenset({"relcl", "acl", "appos", "parataxis"})
_OTHER_CLAUSES = frozenset({"advcl", "relcl", "parataxis", "acl", "appos"}) | _SUBJECTS
_RELATIVE = frozenset({"which", "who", "that", "whom"})
_ASIDE_OPENERS = _RELATIVE | {"a", "the", "its", "whose", "where", "one", "home"}
_LIKENESS = frozenset(["like", "unlike", "besides", "with"])
"""What opens an aside that only sets something beside the subject: ", like X,"."""
_IN_LISTS = frozenset({"and", "or", "of", "the", "a", "as", "well"})
_LEADS = frozenset(["the", "a", "its", "their", "his", "her"])
_SMALL = 3
"""Words of an aside such as "among others" or "in turn", which names nothing."""
_OPENING, _CLOSING = {"(": ")", "[": "]"}, {")", "]"}


@dataclass(frozen=True, slots=True)
class View:
    """Words of a sentence that belong together, as indices into it; -1 is a word that is only understood."""

    indices: tuple[int, ...]
    verb: int = -1
    """The verb whose clause it is; -1 for the sentence as it stands."""
    flat: bool = False
    """True if it was cut along commas, whatever the parser made of the sentence."""
    shared: bool = False
    """True for one of several parts that share a verb."""
    own: range | None = None
    """Where alone the dates of such a part stand, if it is known."""
    gapped: bool = False
    """True if the last name may be the subject of a verb left unsaid: "X joined A but B only in 2004"."""

    def words(self, sentence: Sequence[Word]) -> tuple[Word, ...]:
        """The words themselves."""
        return tuple(SOMEWHERE if index < 0 else sentence[index] for index in self.indices)


def views(sentence: Sequence[Word], tree: Parse | None, *, skip: frozenset[int]) -> tuple[View, ...]:
    """The views of a sentence; `skip` are words left out of all of them (date phrases)."""
    out = skip | bracketed(sentence) | _contrasts(sentence)
    found = [View(_with_there(sentence, (i for i in range(len(sentence)) if i not in out)))]
    aside = asides(sentence) - out
    if aside:
        told = (i for i in range(len(sentence)) if i not in out and i not in aside)
        found.append(View(_with_there(sentence, told), flat=True))
    if tree is not None:
        for index in range(len(sentence)):
            for row in _clause(sentence, tree, index):
                kept = _without_stray_commas(sentence, [i for i in row if i not in out])
                view = View(_with_there(sentence, iter(kept)), index)
                if len(view.indices) > 1:
                    found.append(view)
        found.extend(_relative_objects(sentence, tree, out))
        found.extend(_without_place(sentence, tree, out))
        found.extend(_states(sentence, tree, out))
        found.extend(_gapped_copulas(sentence, tree, out))
        found.extend(_shares_of_whose(sentence, tree, out))
        found.extend(_ellipses(sentence, tree, out))
        found.extend(_second_predicates(sentence, tree, out | aside))
    return tuple(dict.fromkeys(found))


def bracketed(sentence: Sequence[Word]) -> frozenset[int]:
    """The words in round or square brackets, brackets included; an unclosed bracket takes nothing."""
    found: set[int] = set()
    opened: list[int] = []
    for index, word in enumerate(sentence):
        if word.text in _OPENING:
            opened.append(index)
        elif word.text in _CLOSING and opened:
            found.update(range(opened.pop(), index + 1))
    return frozenset(found)


def asides(sentence: Sequence[Word]) -> frozenset[int]:
    """The words between two commas that only say more of the name before: ", a port on the gulf,"."""
    commas = [i for i, word in enumerate(sentence) if word.text == ","]
    found: set[int] = set()
    for start, stop in pairwise(commas):
        inner = sentence[start + 1 : stop]
        if start in found or start == 0 or stop + 1 >= len(sentence) or not inner:
            continue
        opens = inner[0].lemma in _ASIDE_OPENERS and sentence[stop + 1].lemma not in {"and", "or"}
        small = len(inner) <= _SMALL and all(word.text.islower() and word.lemma != "and" for word in inner)
        small = small or (inner[0].lemma in _LIKENESS and _goes_on(sentence, stop + 1))
        if (opens and any(_says(word) for word in inner[1:])) or small:
            found.update(range(start, stop + 1))
    return frozenset(found)


def _goes_on(sentence: Sequence[Word], at: int) -> bool:
    """Whether a small word that is inflected, and may be the verb, follows an aside."""
    word = sentence[at]
    return word.text.islower() and word.is_word and word.text != word.lemma


def _says(word: Word) -> bool:
    """Whether a small word says more than that a list goes on."""
    return word.is_word and word.text.islower() and word.lemma not in _IN_LISTS


def _relative_objects(sentence: Sequence[Word], tree: Parse, out: frozenset[int]) -> Iterator[View]:
    """ "the club, which X joined", "the club, to which X was admitted": with the noun for its pronoun."""
    for pronoun, word in enumerate(sentence):
        if word.lemma not in {"which", "that", "whom"} or tree.deps[pronoun] not in {"dobj", "pobj"}:
            continue
        verb = tree.verb_at(pronoun)
        if verb is None or tree.deps[verb] != "relcl":
            continue
        subject = subject_of(sentence, tree, verb)
        noun = tree.subtree(tree.heads[verb], without=_ASIDES)
        lead = [tree.heads[pronoun]] if tree.deps[pronoun] == "pobj" else []
        own = [i for i in own_words(tree, verb) if i not in {pronoun, *lead, *subject} and i not in out]
        before = [i for i in own if i <= verb]
        after = [i for i in own if i > verb]
        row = (*subject, *before, *lead, *(i for i in noun if i not in out), *after)
        if subject and max(subject) > max(noun):
            yield View(row, verb)


def _without_place(sentence: Sequence[Word], tree: Parse, out: frozenset[int]) -> Iterator[View]:
    """ "X was founded in A by B and C": the clause without the place in its midst."""
    for by, dep in enumerate(tree.deps):
        verb = tree.heads[by]
        if dep != "agent" or not tree.is_verb(verb):
            continue
        places = [c for c in tree.children[verb] if verb < c < by and sentence[c].lemma in {"in", "at"}]
        told = {i for place in places for i in tree.subtree(place)}
        if told - out and max(told) < by:
            subject = subject_of(sentence, tree, verb)
            own = [i for i in own_words(tree, verb) if i not in told | out and i not in subject]
            yield View((*(i for i in subject if i not in out), *own), verb)


def _states(sentence: Sequence[Word], tree: Parse, out: frozenset[int]) -> Iterator[View]:
    """ "X, elected in May and in office since June": the second thing that is told of a name."""
    for index, dep in enumerate(tree.deps):
        if dep == "conj" and tree.fine[index] == "IN" and index not in out:
            subject = subject_of(sentence, tree, index)
            if subject and max(subject) < index:
                own = tree.subtree(index, without=_ASIDES)
                yield View((*(i for i in subject if i not in out), *(i for i in own if i not in out)))


def _gapped_copulas(sentence: Sequence[Word], tree: Parse, out: frozenset[int]) -> Iterator[View]:
    """ "Its capital is X, its currency the Y": the later clauses with the "is" that they leave unsaid."""
    for verb, word in enumerate(sentence):
        own = tree.children[verb]
        if word.lemma != "be" or not any(tree.deps[c] == "attr" for c in own):
            continue
        if any(tree.deps[c] in {"neg", "expl"} for c in own):
            continue
        joints = [i for i in range(verb + 1, len(sentence)) if _joins(sentence[i])]
        for begin, stop in pairwise([*(i + 1 for i in joints), len(sentence) + 1]):
            stop -= 1
            row = [i for i in range(begin, stop) if i not in out]
            if any(tree.is_verb(i) for i in row):
                break
            for place in range(1, len(row)):
                if _may_begin(sentence, row[place - 1], row[place]):
                    yield View((*row[:place], verb, *row[place:]), verb, flat=True, own=range(begin, stop))


def _joins(word: Word) -> bool:
    return word.text in {",", ";"} or word.lemma == "and"


def _may_begin(sentence: Sequence[Word], before: int, at: int) -> bool:
    """Whether what somebody or something is may begin at a word: "X prime minister", "its currency the Y"."""
    first, word = sentence[before], sentence[at]
    if not (first.is_word and word.is_word) or first.lemma in _LEADS:
        return False
    return (
        word.lemma in _LEADS
        or (first.capital and word.text.islower())
        or (first.text.islower() and word.capital)
    )


def _shares_of_whose(sentence: Sequence[Word], tree: Parse, out: frozenset[int]) -> Iterator[View]:
    """ "X, 90 per cent of whose people are Y": with the name for its pronoun."""
    for whose in range(2, len(sentence) - 2):
        if sentence[whose].lemma != "whose" or sentence[whose - 1].lemma != "of":
            continue
        opened = next((i for i in range(whose - 1, 0, -1) if sentence[i].text == ","), 0)
        owner = next((a for a in tree.ancestors(whose) if tree.tags[a] == "PROPN" and a < opened), None)
        if not opened or owner is None:
            continue
        stops = (i for i in range(whose, len(sentence)) if sentence[i].text in {",", ";", "."})
        stop = next(stops, len(sentence))
        noun = whose + 1
        named = tree.subtree(owner, without=_ASIDES | {"prep", "amod", "punct"})
        row = (*range(opened + 1, whose), noun, whose - 1, *named, *range(noun + 1, stop))
        yield View(tuple(i for i in row if i not in out), flat=True, own=range(opened, stop))


def _second_predicates(sentence: Sequence[Word], tree: Parse, out: frozenset[int]) -> Iterator[View]:
    """ "X is a Y and borders Z": the first subject with what follows "and", if that looks like a verb.

    For sentences in which the parser takes the second verb for a noun.
    """
    root = next((i for i in range(len(sentence)) if tree.heads[i] == i), 0)
    subject = subject_of(sentence, tree, root) if tree.is_verb(root) else ()
    for index in range(max(subject, default=len(sentence)) + 1, len(sentence) - 1):
        word = sentence[index + 1]
        inflected = word.text.islower() and word.text != word.lemma and word.text.endswith(("s", "ed"))
        if sentence[index].lemma == "and" and inflected and not tree.is_verb(index + 1):
            rest = (i for i in range(index + 1, len(sentence)) if i not in out)
            yield View((*subject, *rest), flat=True)


def _contrasts(sentence: Sequence[Word]) -> frozenset[int]:
    """ "X, not Y, is ...", "X rather than Y": the words that only say what it is not."""
    found: set[int] = set()
    for index, word in enumerate(sentence):
        after = [w.lemma for w in sentence[index + 1 : index + 2]]
        if (word.lemma, *after) in {("rather", "than"), ("instead", "of")}:
            stop = index + 2
        elif word.lemma == "not" and index and sentence[index - 1].text == ",":
            stop = index + 1
        else:
            continue
        first = stop
        while stop < len(sentence) and (
            sentence[stop].capital or sentence[stop].lemma in {"the", "in", "of", "a"}
        ):
            stop += 1
        closed = stop < len(sentence) and sentence[stop].text == ","
        if stop > first and (closed or stop >= len(sentence) - 1 or word.lemma != "not"):
            found.update(range(index, stop + closed))
            if sentence[index - 1].text == ",":
                found.add(index - 1)
    return frozenset(found)


def _without_stray_commas(sentence: Sequence[Word], row: Sequence[int]) -> list[int]:
    """Leave out commas beside which something was left out: they set off what is gone."""
    kept: list[int] = []
    for place, index in enumerate(row):
        if sentence[index].text == ",":
            before = row[place - 1] if place else -2
            after = row[place + 1] if place + 1 < len(row) else -2
            if before != index - 1 or after != index + 1 or (kept and kept[-1] != index - 1):
                continue
        kept.append(index)
    return kept


def _with_there(sentence: Sequence[Word], indices: Iterator[int]) -> tuple[int, ...]:
    row: list[int] = []
    for index in indices:
        if sentence[index].lemma == "there" and row:
            row.append(-1)
        row.append(index)
    return tuple(row)


def _clause(sentence: Sequence[Word], tree: Parse, verb: int) -> Iterator[tuple[int, ...]]:
    if not tree.is_verb(verb) or tree.deps[verb] in {"aux", "auxpass", "prep"}:
        return
    subject = subject_of(sentence, tree, verb)
    taken = set(subject)
    named = _name_of(tree, subject)
    if named:
        own = [i for i in own_words(tree, verb) if i not in taken]
        yield (*named, *own)
    for wide in (False, True):
        own = [
            i
            for i in own_words(tree, verb, wide=wide)
            if not (sentence[i].lemma in _RELATIVE and tree.deps[i] in _SUBJECTS)
        ]
        own = [i for i in own if i not in taken and not (tree.heads[i] == verb and tree.fine[i] == "TO")]
        early = [i for i in own if i < verb and _circumstance(tree, i, verb)]
        yield (*subject, *(i for i in own if i not in early), *early)


def _name_of(tree: Parse, subject: Sequence[int]) -> tuple[int, ...]:
    """The name that stands beside a subject's noun: "its neighbour to the north, X, has joined"."""
    for index in subject:
        for child in tree.children[index]:
            beside = tree.deps[child] == "appos" and tree.tags[child] == "PROPN" and child > index
            if beside and tree.tags[index] == "NOUN" and tree.heads[index] not in subject:
                return tree.subtree(child, without=_ASIDES)
    return ()


def _circumstance(tree: Parse, index: int, verb: int) -> bool:
    """Whether a word before its verb is of a phrase like "without hesitation", which can also stand last."""
    at = index
    while at != verb and tree.heads[at] != at:
        if tree.heads[at] == verb:
            return tree.deps[at] in {"prep", "npadvmod", "advcl", "nmod"}
        at = tree.heads[at]
    return False


def own_words(tree: Parse, verb: int, *, wide: bool = False) -> list[int]:
    """The words of a verb's clause but its subject; `wide` keeps the "to do" and "doing" that complete it."""
    found, stack = [], [verb]
    while stack:
        at = stack.pop()
        found.append(at)
        for child in tree.children[at]:
            dep = tree.deps[child]
            if (
                wide
                and dep in {"advcl", "acl", "relcl"}
                and tree.fine[child] in {"VB", "VBG"}
                and not _finite(tree, child)
            ):
                stack.append(child)
                continue
            if at == verb and (
                dep in _OTHER_CLAUSES or dep == "conj" or (dep == "ccomp" and _finite(tree, child))
            ):
                continue
            if dep in _ASIDES or (dep == "ccomp" and _finite(tree, child)) or (dep == "punct" and at == verb):
                continue
            stack.append(child)
    return sorted(found)


def _finite(tree: Parse, verb: int) -> bool:
    return any(tree.deps[child] in _SUBJECTS for child in tree.children[verb]) and not any(
        tree.deps[child] == "aux" and tree.fine[child] == "TO" for child in tree.children[verb]
    )


def subject_of(sentence: Sequence[Word], tree: Parse, verb: int, *, depth: int = 0) -> tuple[int, ...]:
    """The words of a verb's subject: its own, one it shares with a verb above, or the noun it modifies."""
    own = _own_subject(sentence, tree, verb)
    if own is not None and not (sentence[own].lemma in _RELATIVE and tree.deps[verb] == "relcl"):
        return _without_adjectives_after(sentence, tree, own)
    dep, head = tree.deps[verb], tree.heads[verb]
    if depth > 8 or head == verb:
        return ()
    if dep == "conj" and tree.deps[head] in {"amod", "acl"}:
        described = tree.heads[head]
        if tree.fine[verb] in {"VBN", "IN"} and tree.tags[described] == "PROPN" and described < head:
            named = tree.subtree(described, without=_ASIDES | {"prep", "conj", "punct"})
            return tuple(i for i in named if i < head)
    if dep in {"relcl", "acl"} and tree.tags[head] in {"NOUN", "PROPN", "PRON"}:
        head = _person_meant(sentence, tree, verb, head)
        if dep == "acl" and tree.fine[verb] == "VBN":
            head = measured(sentence, tree, head)
        while (
            tree.deps[head] == "appos"
            and tree.tags[tree.heads[head]] == "PROPN"
            and tree.tags[head] == "NOUN"
        ):
            head = tree.heads[head]
        if _is_told_again(sentence, tree, head):
            return subject_of(sentence, tree, tree.heads[tree.heads[head]], depth=depth + 1)
        between = range(head + 1, verb)
        if all(tree.tags[i] != "PROPN" for i in between) and _is_told_of(sentence, tree, head):
            return subject_of(sentence, tree, tree.heads[head], depth=depth + 1)
        without = set(tree.subtree(verb))
        return tuple(i for i in tree.subtree(head, without=_ASIDES | {"prep"}) if i not in without)
    if dep == "pobj" or not tree.is_verb(head):
        above = next(
            (a for a in tree.ancestors(verb) if tree.is_verb(a) and tree.deps[a] not in {"aux", "auxpass"}),
            None,
        )
        if above is None:
            return ()
        return subject_of(sentence, tree, above, depth=depth + 1)
    if dep in {"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep"}:
        return subject_of(sentence, tree, head, depth=depth + 1)
    return ()


def _own_subject(sentence: Sequence[Word], tree: Parse, verb: int) -> int | None:
    """The subject of a verb; "a former colony, X is ...": the name, if the parser took both for one."""
    found = [child for child in tree.children[verb] if tree.deps[child] in _SUBJECTS]
    if len(found) > 1 and tree.tags[found[0]] == "NOUN" and found[-1] < verb:
        begin = tree.subtree(found[-1])[0]
        if tree.tags[found[-1]] in {"PROPN", "PRON"} and sentence[begin - 1].text == ",":
            return found[-1]
    return found[0] if found else None


def _without_adjectives_after(sentence: Sequence[Word], tree: Parse, noun: int) -> tuple[int, ...]:
    """A noun phrase without asides: "X, independent since 1966, is ..." is of X."""
    aside = {
        index
        for child in tree.children[noun]
        if child > noun
        and (
            tree.deps[child] == "amod"
            or (sentence[child].lemma in _LIKENESS and sentence[child - 1].text == ",")
        )
        for index in tree.subtree(child)
    }
    return tuple(index for index in tree.subtree(noun, without=_ASIDES) if index not in aside)


def _is_told_of(sentence: Sequence[Word], tree: Parse, noun: int) -> bool:
    """ "X is a state bordering Y", "a state that borders Y": whether a noun tells what the subject is."""
    verb = tree.heads[noun]
    return (
        tree.deps[noun] == "attr"
        and sentence[verb].lemma == "be"
        and tree.tags[noun] == "NOUN"
        and all(tree.deps[c] not in {"neg", "expl"} for c in tree.children[verb])
        and any(tree.deps[c] in {"det", "poss"} and sentence[c].lemma == "a" for c in tree.children[noun])
    )


def _is_told_again(sentence: Sequence[Word], tree: Parse, noun: int) -> bool:
    """ "X is the giant of the region: a state bordering Y": whether it tells again what the subject is."""
    told = tree.heads[noun]
    verb = tree.heads[told]
    beside = tree.children[verb]
    return (
        tree.deps[noun] == "appos"
        and tree.deps[told] == "attr"
        and sentence[verb].lemma == "be"
        and tree.tags[noun] == tree.tags[told] == "NOUN"
        and any(sentence[i].text == ":" for i in range(told + 1, noun))
        and all(tree.deps[c] not in {"neg", "expl"} for c in beside)
        and any(tree.deps[c] == "det" and sentence[c].lemma == "a" for c in tree.children[noun])
    )


def _person_meant(sentence: Sequence[Word], tree: Parse, verb: int, head: int) -> int:
    """ "X, a lawyer by training who took over": whom "who" goes on with, if the parser took the last noun."""
    if own_pronoun(sentence, tree, verb) != "who" or tree.tags[head] != "NOUN":
        return head
    at = head
    while tree.deps[at] == "pobj" and tree.tags[tree.heads[tree.heads[at]]] == "NOUN":
        at = tree.heads[tree.heads[at]]
    return at if tree.deps[at] == "appos" and tree.tags[tree.heads[at]] == "PROPN" else head


def measured(sentence: Sequence[Word], tree: Parse, head: int) -> int:
    """ "a land of 500 square kilometres wedged between X and Y": what it is that the figure describes."""
    counted = any(tree.deps[c] == "nummod" for c in tree.children[head])
    of = tree.heads[head]
    if counted and tree.deps[head] == "pobj" and sentence[of].lemma == "of":
        return tree.heads[of] if tree.tags[tree.heads[of]] in {"NOUN", "PROPN"} else head
    return head


def own_pronoun(sentence: Sequence[Word], tree: Parse, verb: int) -> str:
    """The relative pronoun that is the subject of a verb; empty if it has none."""
    return next(
        (
            sentence[child].lemma
            for child in tree.children[verb]
            if tree.deps[child] in _SUBJECTS and sentence[child].lemma in _RELATIVE
        ),
        "",
    )


_ELLIPTIC = frozenset({"nor", "neither", "so", "as"})
_CONTRAST = frozenset({"but", "while", "whereas", "though", "although", "and"})
_PRO_VERBS = frozenset({"do", "be", "have", "will", "would", "can", "could"})
_STOPS = frozenset({".", ";", ":", "but", "while", "whereas", "though", "although"})


def _ellipses(sentence: Sequence[Word], tree: Parse, out: frozenset[int]) -> Iterator[View]:
    """A second clause that leaves its verb unsaid, with the first one's predicate.

    "X does not recognise Y, nor does Z" and "X does not recognise Y, but Z does".
    """
    verbs = [v for v in range(len(sentence)) if tree.is_verb(v) and tree.deps[v] not in {"aux", "auxpass"}]
    for index, word in enumerate(sentence[:-1]):
        before = [v for v in verbs if v < index]
        if not before:
            continue
        subject = set(subject_of(sentence, tree, before[0]))
        predicate = [i for i in own_words(tree, before[0]) if i not in subject and i < index and i not in out]
        if word.lemma in _ELLIPTIC and sentence[index + 1].lemma in _PRO_VERBS:
            stop = next(
                (i for i in range(index + 2, len(sentence)) if sentence[i].lemma in _STOPS), len(sentence)
            )
            rest = [i for i in range(index + 2, stop) if i not in out]
            denied = word.lemma in {"nor", "neither"} and not any(
                sentence[i].lemma in {"not", "never"} for i in predicate
            )
            yield View((*rest, *([index] if denied else []), *predicate), before[0])
        elif word.lemma in _CONTRAST:
            close = next(
                (
                    i
                    for i in range(index + 1, min(len(sentence), index + 9))
                    if sentence[i].lemma in _PRO_VERBS
                ),
                None,
            )
            if close is None or close == index + 1 or not _ends_clause(sentence, close):
                continue
            denied = any(
                sentence[i].lemma in {"not", "never"} for i in range(close, min(len(sentence), close + 2))
            )
            plain = [i for i in predicate if sentence[i].lemma not in {"not", "never"}]
            yield View((*range(index + 1, close), *([close + 1] if denied else []), *plain), before[0])


def _ends_clause(sentence: Sequence[Word], close: int) -> bool:
    """Whether nothing but "not" or "so" follows an auxiliary before its clause is over."""
    at = close + 1
    while at < len(sentence) and sentence[at].lemma in {"not", "so", "too"}:
        at += 1
    return at >= len(sentence) or not sentence[at].is_word
