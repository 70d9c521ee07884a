"""From a document to claims: which phrasings its sentences hold, between which things, when, and how firmly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from verifier.model import (
    Claim,
    Date,
    Document,
    Modality,
    Period,
    PeriodKind,
    Quantifier,
    QuantifierKind,
    Reading,
    Reason,
    Span,
    Term,
    Triple,
)
from verifier.relations import Catalogue, Single, ValueKind
from verifier.text.attribution import SPEECH, TRUTH, WANTED, Standing, quoted, standing
from verifier.text.coreference import History
from verifier.text.parse import Parse, parse
from verifier.text.phrases import ADJECTIVES, COUNTERPART, DETERMINERS, ONSETS, PREPOSITIONS, Found, is_light
from verifier.text.reading import Handle, Line, World, read_line
from verifier.text.sentences import sentences
from verifier.text.views import View, bracketed, views
from verifier.text.words import fold

__all__ = ["find_claims", "read_claim"]

_MIN_WEIGHT = 0.5
_OWNERS = frozenset(["its", "his", "her", "their", "whose"])
_EMPTY_VERBS = frozenset(["be", "become", "remain", "have", "take", "make", "get", "come"])
_COPULAS = frozenset(["be", "become", "remain"])
_KINDS = frozenset({"P31", "P279", "P39", "P106"})
"""Relations that a bare "is a" may state."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """A phrasing found in a sentence, with its ends."""

    found: Found
    view: View
    slots: tuple[tuple[str, Handle], ...]
    literals: tuple[int, ...]
    words: frozenset[int]
    anchor: int
    passed: tuple[int, ...]
    """The words that were passed over."""
    others: tuple[_Fit, ...] = ()
    """The same words and ends read as other relations."""

    @property
    def free(self) -> bool:
        """True if an end is only guessed from its place."""
        return any(handle.free for _, handle in self.slots)

    def slot(self, name: str) -> Handle | None:
        return next((handle for slot, handle in self.slots if slot == name), None)


def find_claims(document: Document, *, world: World, catalogue: Catalogue, as_of: Date) -> tuple[Claim, ...]:
    """The atomic claims of a document, in the order in which they are made.

    A sentence that stands there twice gives its claims once, with the further places as occurrences.
    """
    folded = fold(document.text)
    spans = sentences(document.text, document.prose)
    first: dict[str, int] = {}
    repeats: dict[int, list[int]] = {}
    distinct: list[Span] = []
    for span in spans:
        key = " ".join(folded[span.start : span.end].casefold().split()).rstrip(".")
        if key in first:
            repeats.setdefault(first[key], []).append(span.start)
        else:
            first[key] = len(distinct)
            distinct.append(span)
    history = History(world.types)
    lines = [
        read_line(document.text, folded, span, world=world, history=history, as_of=as_of) for span in distinct
    ]
    claims: list[Claim] = []
    for number, (line, tree) in enumerate(zip(lines, parse(line.words for line in lines), strict=True)):
        line.tree = tree
        _remember(line)
        shifts = [start - line.span.start for start in repeats.get(number, ())]
        for claim in _claims(line, catalogue, document.text):
            assert claim.span is not None
            places = tuple(Span(claim.span.start + shift, claim.span.end + shift) for shift in shifts)
            claims.append(replace(claim, id=f"c{len(claims) + 1}", occurrences=places))
        line.note_resolved()
        history.next_sentence()
    return tuple(claims)


def read_claim(text: str, *, world: World, catalogue: Catalogue, as_of: Date, id: str = "c1") -> Claim:
    """A claim given by itself: one claim with a triple for each thing it says.

    The parser is asked only if the sentence is not wholly accounted for without it.
    """
    folded = fold(text)
    history = History(world.types)
    triples: list[Triple] = []
    any_of = False
    note: Reason | None = None
    for span in sentences(text) or (Span(0, len(text)),):
        line = read_line(text, folded, span, world=world, history=history, as_of=as_of, alone=True)
        _remember(line)
        fits = list(_fits(line, catalogue))
        if not _accounted(line, fits):
            line.tree = next(iter(parse([line.words])))
            _remember(line)
            fits = list(_fits(line, catalogue))
        for fit in fits:
            made = list(_triples(line, fit, catalogue))
            any_of = any_of or any(handle.joint == "or" for _, handle in fit.slots)
            triples.extend(triple for triple in made if triple not in triples)
        line.note_resolved()
        if not fits:
            note = note or (
                Reason.UNKNOWN_RELATION if any(c.known for c in line.candidates) else Reason.UNKNOWN_ENTITY
            )
        elif line.tree is not None and not _main_point(line, line.tree, fits):
            note = note or Reason.UNKNOWN_RELATION
        history.next_sentence()
    return Claim(id, text, tuple(triples), sentence=text, any_of=any_of, note=note)


# ------------------------------------------------------------------------------------------- one sentence


def _claims(line: Line, catalogue: Catalogue, text: str) -> Iterator[Claim]:
    sentence = text[line.span.start : line.span.end]
    fits = list(_fits(line, catalogue))
    for fit in sorted(fits, key=lambda f: (min(f.words), f.found.pattern.relation)):
        ranked = _ranked(line, fit)
        for triple, span in _placed(line, fit, catalogue):
            said = () if ranked else (triple,)
            note = Reason.INCOMPLETE_GROUP if ranked else None
            yield Claim("", text[span.start : span.end], said, span=span, sentence=sentence, note=note)
    if (
        not fits
        and line.tree is not None
        and any(c.known for c in line.candidates)
        and "VERB" in line.tree.tags
    ):
        yield Claim("", sentence, (), span=line.span, sentence=sentence, note=Reason.UNKNOWN_RELATION)


_RANKS = frozenset(
    ["first", "last", "latest", "second", "third", "only", "sole", "earliest", "largest", "smallest", "biggest", "youngest", "oldest", "next"]
)


def _ranked(line: Line, fit: _Fit) -> bool:
    """ "was the first Arab state to make peace": what is claimed is a place in an order, not that they made peace."""
    if line.tree is None:
        return False
    tree = line.tree
    verb = next(
        (a for a in (fit.anchor, *tree.ancestors(fit.anchor)) if tree.tags[a] in {"VERB", "AUX"}), None
    )
    if verb is None or tree.deps[verb] not in {"acl", "relcl", "xcomp", "advcl"}:
        return False
    ranked = tree.heads[verb]
    if tree.tags[ranked] in {"VERB", "AUX"}:
        ranked = next((c for c in tree.children[ranked] if tree.deps[c] == "attr"), ranked)
    return tree.tags[ranked] in {"NOUN", "PROPN", "ADJ"} and (
        line.words[ranked].lemma in _RANKS
        or any(line.words[c].lemma in _RANKS for c in tree.children[ranked])
    )


def _placed(line: Line, fit: _Fit, catalogue: Catalogue) -> Iterator[tuple[Triple, Span]]:
    """Each triple of a fit with the smallest stretch of text that says it."""
    for triple in _triples(line, fit, catalogue):
        origin = fit.slot("{from}")
        moved_to = fit.slot("{o}")
        aside: set[int] = set()
        if origin is not None and triple.object not in origin.terms:
            aside = set(range(origin.start - 1, origin.end))
        elif origin is not None and moved_to is not None:
            aside = set(range(moved_to.start - 1, moved_to.end))
        spans = [line.words[i].span for i in fit.literals if i not in aside]
        spans += [term.span for term in (triple.subject, triple.object) if term.span is not None]
        spans += [
            handle_span
            for slot, handle in fit.slots
            if slot not in {"{s}", "{o}", "{from}"}
            for handle_span in (line.words[handle.start].span, line.words[handle.end - 1].span)
        ]
        for period in triple.periods:
            for mention, indices in line.dates:
                if period.text and mention.period.text == period.text:
                    spans += [line.words[i].span for i in indices if line.words[i].is_word]
        spans = [s for s in spans if line.span.start <= s.start and s.end <= line.span.end]
        yield triple, Span(min(s.start for s in spans), max(s.end for s in spans))


def _fits(line: Line, catalogue: Catalogue) -> Iterable[_Fit]:
    """The phrasings that hold in a sentence; of two that share words, the one that explains more."""
    found: list[_Fit] = []
    for view in views(line.words, line.tree, skip=line.skip):
        row = view.words(line.words)
        for match in line.world.lexicon.find(row, line.fillers(view)):
            fit = _fit(line, view, match, catalogue)
            if fit is not None:
                found.append(fit)
    found.sort(
        key=lambda f: (
            -f.found.score,
            f.free,
            -sum(h.end - h.start for _, h in f.slots),
            f.view.verb < 0,
            len(f.found.signals.tokens),
        )
    )
    kept: list[_Fit] = []
    for fit in found:
        same = next((n for n, other in enumerate(kept) if _same_words(other, fit)), None)
        if same is not None:
            kept[same] = replace(kept[same], others=(*kept[same].others, fit))
        elif not any(_hides(other, fit) for other in kept):
            kept.append(fit)
    return kept


def _same_words(one: _Fit, other: _Fit) -> bool:
    """Whether the same words tie the same two things, so that only the relation is open."""
    if (
        set(one.literals) != set(other.literals)
        or abs(one.found.pattern.weight - other.found.pattern.weight) > 0.3
    ):
        return False
    ends = [{(h.start, h.end) for slot, h in fit.slots if slot in {"{s}", "{o}"}} for fit in (one, other)]
    return ends[0] == ends[1]


def _hides(better: _Fit, worse: _Fit) -> bool:
    """Whether the better fit already says what the worse one says."""
    if not set(better.literals) & set(worse.literals):
        thing = worse.slot("{o}")
        inside = thing is not None and bool(set(range(thing.start, thing.end)) & set(better.literals))
        return (worse.free or worse.found.pattern.weight < _MIN_WEIGHT) and inside
    if worse.free:
        return True
    if set(worse.literals) == set(better.literals):
        return better.found.pattern.relation != worse.found.pattern.relation or not _both_lists(better, worse)
    return True


def _both_lists(better: _Fit, worse: _Fit) -> bool:
    """Two fits of the same words that name different things in one slot are two claims."""
    return any(
        slot == other and not _overlap(a, b) and not set(range(b.start, b.end)) & better.words
        for slot, a in better.slots
        for other, b in worse.slots
    )


def _overlap(a: Handle, b: Handle) -> bool:
    return (a.start < b.end and b.start < a.end) or min(a.start, b.start) < 0


def _fit(line: Line, view: View, match: Found, catalogue: Catalogue) -> _Fit | None:
    """A match as a fit, or None if its ends are not what the phrasing asks for."""
    slots = tuple(
        (slot, filler.handle) for slot, filler, _ in match.fillers if isinstance(filler.handle, Handle)
    )
    if match.pattern.weight < _MIN_WEIGHT and match.pattern.relation not in _KINDS:
        return None
    names = {slot for slot, _ in slots}
    if match.pattern.ownerless:
        slots = _with_owner(line, match, slots, catalogue)
        names = {slot for slot, _ in slots}
    if "{s}" not in names or (
        "{o}" not in names and not match.pattern.object_is_date and not match.pattern.understood
    ):
        return None
    relation = catalogue[match.pattern.relation]
    literals = tuple(view.indices[p] for p in match.literals if view.indices[p] >= 0)
    named = [(s, h) for s, h in slots if h.start >= 0]
    covered = {i for _, h in named for i in range(h.start, h.end)}
    if len(covered) < sum(h.end - h.start for _, h in named):
        return None
    words = frozenset(literals) | covered
    if not words or _one_thing(slots):
        return None
    for slot, handle in named:
        if not _kind_fits(slot, handle, relation.value, first=handle.start == min(words)):
            return None
        if not _stands_free(line, handle, words, view, appositive=match.pattern.appositive):
            return None
        if (
            handle.end - handle.start == 1
            and line.words[handle.start].text.casefold() in _OWNERS
            and not any(i in literals for i in range(handle.end, handle.end + 4))
        ):
            return None
    if match.pattern.relation not in _KINDS and _is_class(line, slots):
        return None
    if match.pattern.appositive and any(h.joint for _, h in slots) and not _plural(line, literals):
        return None
    if COUNTERPART in match.pattern.items and match.pattern.relation not in _office_before(
        line, min(literals)
    ):
        return None
    if match.pattern.relation in {"P31", "P279"} and not _class_fits(line, match, slots):
        return None
    anchor = _anchor(line, literals or tuple(h.head for _, h in slots))
    passed = tuple(view.indices[p] for p in match.signals.tokens if view.indices[p] >= 0)
    return _Fit(match, view, slots, literals, words, anchor, passed)


def _one_thing(slots: Sequence[tuple[str, Handle]]) -> bool:
    """Whether both ends are the same thing, as in "Estonia, whose capital ..." read as "Estonia, Estonia's capital"."""
    ends = [h.terms[0].matches[0].id for s, h in slots if s in {"{s}", "{o}"} and h.terms[0].matches]
    return len(ends) == 2 and ends[0] == ends[1]


def _plural(line: Line, literals: Sequence[int]) -> bool:
    """Whether a noun among the words is in the plural: one president is not two people's."""
    return any(
        line.words[i].text.casefold() != line.words[i].lemma and line.words[i].text.casefold().endswith("s")
        for i in literals
    )


def _with_owner(
    line: Line, match: Found, slots: tuple[tuple[str, Handle], ...], catalogue: Catalogue
) -> tuple[tuple[str, Handle], ...]:
    """ "Prime Minister X": of the one state in which the tables know X in that office; "the capital is X": of the state spoken of."""
    relation = catalogue[match.pattern.relation]
    thing = next((h for s, h in slots if s == "{o}"), None)
    if thing is None or len(thing.terms) != 1:
        return slots
    owner: Term | None = None
    if "person" in relation.object_types:
        known = thing.terms[0].matches
        states = line.world.owners(relation.id, known[0].id) if known else ()
        owner = Term(states[0].label, None, states) if len(states) == 1 else None
    elif not line.alone and relation.subject_types:
        owner = line.history.topic(
            frozenset(relation.subject_types), before=line.words[thing.start].span.start
        )
    if owner is None:
        return slots
    return (*slots, ("{s}", Handle((owner,), -1, -1, thing.head)))


def _office_before(line: Line, index: int) -> frozenset[str]:
    """The relations that the last relation noun before a word may name: a counterpart holds the same office."""
    nouns = line.world.lexicon.nouns
    for end in range(index, 0, -1):
        for length in (4, 3, 2, 1):
            key = tuple(word.lemma for word in line.words[max(0, end - length) : end])
            if len(key) == length and key in nouns:
                return frozenset(relation for relation, _ in nouns[key])
    return frozenset()


def _is_class(line: Line, slots: Sequence[tuple[str, Handle]]) -> bool:
    """Whether one end is a kind of thing, not a thing: in "Arab parties to the Accords", "Arab" is not a party."""
    return any(
        "class" in line.world.types(m.id)
        for _, h in slots
        for t in h.terms
        if t.group is None
        for m in t.matches[:1]
    )


def _class_fits(line: Line, match: Found, slots: Sequence[tuple[str, Handle]]) -> bool:
    thing = next(h for s, h in slots if s == "{o}")
    subject = next(h for s, h in slots if s == "{s}")
    if any(t.group is not None for t in subject.terms):
        return False
    for term in thing.terms:
        types = {kind for m in term.matches[:3] for kind in line.world.types(m.id)}
        if types and "class" not in types:
            return False
    if any(t.group is not None for t in thing.terms):
        return (
            match.pattern.items[0] == "{o}"
            or "other" in match.pattern.items
            or "of" in match.pattern.items
            or "among" in match.pattern.items
        )
    return any(t.matches or thing.free for t in thing.terms)


def _kind_fits(slot: str, handle: Handle, value: ValueKind, *, first: bool) -> bool:
    number = any(term.value is not None for term in handle.terms)
    if slot == "{o}":
        if value is ValueKind.QUANTITY:
            return number
        return not number or value in {ValueKind.ANY, ValueKind.TEXT}
    return not number


def _stands_free(line: Line, handle: Handle, words: frozenset[int], view: View, *, appositive: bool) -> bool:
    """Whether the name is a thing of its own here, not a modifier of a noun outside the phrasing."""
    before = handle.start - 1
    if line.tree is not None and not handle.free:
        head, dep = line.tree.heads[handle.head], line.tree.deps[handle.head]
        if (
            dep in {"compound", "amod", "nmod", "poss"}
            and head not in words
            and not handle.start <= head < handle.end
        ):
            return handle.head > head or _is_title(line, head)
        if (
            dep in {"dobj", "attr", "dative"}
            and head not in words
            and handle.start == min(words)
            and not appositive
        ):
            return head not in view.indices
        if dep == "pobj" and head not in words and handle.start == min(words) and not appositive:
            return (view.verb >= 0 and head not in view.indices) or _transparent(line, head)
        return True
    if handle.start == min(words) and before >= 0 and before not in line.skip:
        word = line.words[before]
        if word.lemma in PREPOSITIONS or word.text == "'s":
            return _transparent(line, before)
        if (
            word.is_word
            and not is_light(word)
            and before not in words
            and word.lemma not in {"and", "or", "but", "that", "while", "whereas", "because", "although"}
        ):
            return False
    after = handle.end
    if handle.end > max(words) and after < len(line.words) and after not in line.skip:
        word = line.words[after]
        return (
            not word.is_word
            or is_light(word)
            or word.lemma in PREPOSITIONS
            or word.lemma
            in {
                "and",
                "or",
                "but",
                "while",
                "whereas",
                "because",
                "although",
                "when",
                "where",
                "nor",
                "if",
                "after",
                "before",
                "since",
            }
        )
    return True


def _is_title(line: Line, index: int) -> bool:
    return line.words[index].capital and line.tree is not None and line.tree.tags[index] == "PROPN"


def _transparent(line: Line, preposition: int) -> bool:
    """ "the government of X", "the state of X" speak of X."""
    if line.words[preposition].lemma != "of" or preposition == 0:
        return False
    if line.words[preposition - 1].lemma in {"none", "neither", "all", "both", "each"}:
        return True
    return line.words[preposition - 1].lemma in {
        "state",
        "city",
        "government",
        "republic",
        "kingdom",
        "country",
        "town",
        "territory",
        "emirate",
        "sultanate",
        "people",
        "leader",
    }


def _anchor(line: Line, literals: Sequence[int]) -> int:
    """The word of a phrasing that stands highest in the tree."""
    if line.tree is None:
        return literals[0]
    tree = line.tree
    return min(literals, key=lambda i: (sum(1 for _ in tree.ancestors(i)), i))


# ------------------------------------------------------------------------------------------------ triples


def _triples(line: Line, fit: _Fit, catalogue: Catalogue) -> Iterator[Triple]:
    relation = catalogue[fit.found.pattern.relation]
    subject, thing = fit.slot("{s}"), fit.slot("{o}")
    assert subject is not None
    stand = _standing(line, fit)
    signals = fit.found.signals
    periods = _periods(line, fit)
    objects: Sequence[Term]
    if fit.found.pattern.object_is_date:
        dated = next((p for p in periods if p.date is not None), None)
        if dated is None:
            return
        objects = (Term(dated.text, None, value=dated.date),)
        periods = (
            tuple(p for p in periods if p is not dated)
            if dated.kind in {PeriodKind.AT, PeriodKind.SINCE}
            else periods
        )
    elif fit.found.pattern.understood:
        understood = line.history.objects.get(relation.id)
        if understood is None:
            return
        objects = (understood,)
    else:
        assert thing is not None
        objects = thing.terms
        line.history.objects[relation.id] = replace(thing.terms[-1], span=None)
    qualifiers = tuple(
        (slot.strip("{}"), handle.terms[0])
        for slot, handle in fit.slots
        if slot.strip("{}") in catalogue and slot not in {"{s}", "{o}"}
    )
    words = " ".join(line.words[i].text for i in sorted(fit.literals))
    readings = _readings(line, fit, words, catalogue)
    negated = (signals.negations + stand.negations + bool(_denial_before(line, fit))) % 2 == 1
    speaker = _speaker(line, stand)
    for one in (_only(line, subject, _some_of(term, line, fit)) for term in subject.terms):
        if not line.alone and _mistyped(
            line, _with_states(line, one, relation.subject_types), relation.subject_types
        ):
            continue
        for other in (_as_class(term) if relation.id in _KINDS else term for term in objects):
            yield Triple(
                _with_states(line, one, relation.subject_types),
                other,
                readings,
                relation_text=words,
                qualifiers=qualifiers,
                periods=periods,
                negated=negated,
                modality=stand.modality,
                speaker=speaker,
            )
        origin = fit.slot("{from}")
        if origin is not None:
            left = Triple(
                one,
                origin.terms[0],
                readings,
                words,
                periods=(Period(PeriodKind.FORMER),),
                modality=stand.modality,
                speaker=speaker,
            )
            yield replace(left, negated=False) if not negated else replace(left, periods=())


def _mistyped(line: Line, term: Term, types: Sequence[str]) -> bool:
    """Whether the tables know what the term is, and it is nothing that the relation can be said of."""
    if not types or not term.matches:
        return False
    kinds = [line.world.types(match.id) for match in term.matches]
    return all(kinds) and not any(kind & set(types) for kind in kinds)


def _only(line: Line, subject: Handle, term: Term) -> Term:
    """ "Only Jordan borders it": of the subject, and of nothing else."""
    before = subject.start - 1
    if term.group is None and before >= 0 and line.words[before].lemma in {"only", "solely", "exclusively"}:
        return replace(term, quantifier=Quantifier(QuantifierKind.ONLY))
    return term


def _some_of(term: Term, line: Line, fit: _Fit) -> Term:
    """ "Arab states opened embassies": something that happened is told of some; what holds is told of all."""
    bare = (
        term.group is not None
        and term.quantifier is not None
        and term.quantifier == Quantifier(QuantifierKind.ALL)
    )
    if not bare or not any(
        line.words[i].lemma in ONSETS and line.words[i].text.casefold() != line.words[i].lemma
        for i in fit.literals
    ):
        return term
    if line.words[max(0, next(iter(fit.slots))[1].start)].lemma in {"all", "every", "each"}:
        return term
    return replace(term, quantifier=Quantifier(QuantifierKind.SOME))


_DENIALS = (("not",), ("neither",), ("none", "of"), ("neither", "of"))


def _denial_before(line: Line, fit: _Fit) -> tuple[int, ...]:
    """The words of "neither" or "none of" before a list, which deny it of each."""
    first = min(fit.words)
    while first > 0 and line.words[first - 1].lemma in DETERMINERS:
        first -= 1
    for denial in _DENIALS:
        if first >= len(denial) and tuple(w.lemma for w in line.words[first - len(denial) : first]) == denial:
            words = tuple(range(first - len(denial), first))
            return () if set(words) & set(fit.passed) else words
    return ()


def _as_class(term: Term) -> Term:
    """ "Arab states" as what something is: the class itself."""
    if term.group is not None and len(term.group.conditions) == 1 and term.group.conditions[0][0] == "P31":
        return replace(term.group.conditions[0][1], text=term.text, span=term.span)
    return term


def _readings(line: Line, fit: _Fit, words: str, catalogue: Catalogue) -> tuple[Reading, ...]:
    """The relations that the words may mean, best first, each in the direction of the first.

    What cannot be said of a thing of the subject's kind is left out, unless nothing else remains.
    """
    subject = fit.slot("{s}")
    found: dict[tuple[str, bool], Reading] = {}
    fitting: set[tuple[str, bool]] = set()
    for one in (fit, *fit.others):
        relation = catalogue[one.found.pattern.relation]
        own = one.slot("{s}")
        inverse = own is not None and subject is not None and own.start != subject.start
        score = min(100.0, 80.0 + 10 * one.found.pattern.weight)
        found.setdefault(
            (relation.id, inverse),
            Reading(relation.id, relation.label, words or relation.label, score, inverse),
        )
        if own is not None and not any(_mistyped(line, term, relation.subject_types) for term in own.terms):
            fitting.add((relation.id, inverse))
    kept = [reading for key, reading in found.items() if key in fitting or not fitting]
    return tuple(r for r in kept if not any(_says_more(catalogue, other, r) for other in kept))


def _says_more(catalogue: Catalogue, one: Reading, other: Reading) -> bool:
    """Whether the other reading is the same relation told from its other end, and allows more values."""
    return (
        catalogue[one.relation].inverse == other.relation
        and one.inverse is not other.inverse
        and catalogue[one.relation].single is not Single.NO
        and catalogue[other.relation].single is Single.NO
    )


def _with_states(line: Line, term: Term, types: Sequence[str]) -> Term:
    """ "Washington has moved its embassy": a capital or an office holder may act for a state, where a state is asked for."""
    if "state" not in types or "city" in types or "person" in types or not term.matches:
        return term
    best = term.matches[0]
    if any(line.world.types(m.id) & set(types) for m in term.matches):
        return term
    states = line.world.states_of(best.id, line.as_of) if line.as_of is not None else ()
    return replace(term, matches=(*states, *term.matches)) if states else term


def _speaker(line: Line, stand: Standing) -> Term | None:
    if not stand.speaker:
        return None
    inside = [
        c
        for c in line.candidates
        if c.start >= min(stand.speaker) and c.end <= max(stand.speaker) + 1 and c.known
    ]
    if inside:
        return line.term(inside[-1])
    start, end = min(stand.speaker), max(stand.speaker)
    return Term(
        line.text[line.words[start].span.start : line.words[end].span.end],
        Span(line.words[start].span.start, line.words[end].span.end),
    )


def _standing(line: Line, fit: _Fit) -> Standing:
    if line.tree is None:
        signals = fit.found.signals
        modality = (
            Modality.PLANNED
            if signals.modal in {"would", "will", "shall"}
            else Modality.CONDITIONAL
            if signals.modal
            else Modality.ASSERTED
        )
        if signals.hedged and modality is Modality.ASSERTED:
            modality = Modality.SAID
        return Standing(modality)
    verbal = (
        any(line.tree.tags[i] in {"VERB", "AUX"} for i in fit.literals) or not fit.found.pattern.appositive
    )
    copular = fit.found.pattern.appositive and any(line.words[i].lemma in _COPULAS for i in fit.passed)
    anchor = fit.anchor
    if copular:
        anchor = next(
            (a for a in (anchor, *line.tree.ancestors(anchor)) if line.tree.tags[a] in {"AUX", "VERB"}),
            anchor,
        )
    nominal = (not verbal and not copular) or _presupposed(line, line.tree, anchor)
    stand = standing(line.words, line.tree, anchor, nominal=nominal)
    if stand.modality is Modality.ASSERTED and fit.literals and set(fit.literals) <= quoted(line.words):
        stand = replace(stand, modality=Modality.SAID)
    if stand.modality is Modality.ASSERTED and fit.found.signals.hedged:
        stand = replace(stand, modality=Modality.SAID)
    modal = fit.found.signals.modal
    if stand.modality is Modality.ASSERTED and modal:
        stand = replace(
            stand, modality=Modality.PLANNED if modal in {"would", "will", "shall"} else Modality.CONDITIONAL
        )
    return stand


def _presupposed(line: Line, tree: Parse, anchor: int) -> bool:
    """ "its 2008 declaration of independence": a definite event, unless someone only wants or promises it."""
    if tree.tags[anchor] != "NOUN" or not any(tree.deps[c] == "poss" for c in tree.children[anchor]):
        return False
    governor = next((a for a in tree.ancestors(anchor) if tree.tags[a] == "VERB"), None)
    return governor is None or line.words[governor].lemma not in WANTED


def _periods(line: Line, fit: _Fit) -> tuple[Period, ...]:
    """When the claim is said to hold: the dates of its clause, and what passed-over words say of time."""
    signals = fit.found.signals
    found = [mention.period for mention, indices in line.dates if indices and _governs(line, fit, indices)]
    if not found and (borrowed := _time_of_clause(line, fit)) is not None:
        found.append(borrowed)
    if len(found) > 1:
        found = [p for p in found if any(c.isdigit() for c in p.text)][:1] or found[:1]
    found.extend(_clause_times(line, fit))
    kind = fit.found.pattern.period or signals.period
    if kind is None and not signals.negations and any(line.words[i].lemma in ONSETS for i in fit.literals):
        kind = PeriodKind.BEGAN
    if kind is not None:
        if found and kind in {PeriodKind.BEGAN, PeriodKind.ENDED}:
            found = [
                replace(p, kind=kind)
                if p.kind is PeriodKind.AT and not p.text.casefold().startswith("as ")
                else p
                for p in found
            ]
        elif kind is PeriodKind.ENDED:
            found.append(Period(PeriodKind.FORMER))
        elif kind is PeriodKind.STILL:
            found.append(Period(PeriodKind.STILL))
    if signals.former or _former_before(line, fit):
        found = [p for p in found if p.kind is not PeriodKind.BEFORE] + [Period(PeriodKind.FORMER)]
    elif not found and _past_state(line, fit):
        found.append(Period(PeriodKind.BEFORE, line.as_of, text="in the past"))
    return tuple(dict.fromkeys(found))


def _time_of_clause(line: Line, fit: _Fit) -> Period | None:
    """When "President X" or "X, the president of Y," is said to be so: at the time of the clause that names him.

    What somebody said is news of the day; what somebody did without a date was done at some time before.
    """
    tree = line.tree
    if (
        tree is None
        or not fit.found.pattern.appositive
        or any(line.words[i].lemma in _COPULAS for i in fit.passed)
    ):
        return None
    verb = next((a for a in tree.ancestors(fit.anchor) if tree.tags[a] in {"VERB", "AUX"}), None)
    if verb is None or verb in fit.words or line.as_of is None:
        return None
    for mention, indices in line.dates:
        if (
            indices
            and mention.period.date is not None
            and _below(tree, tree.root_of(indices[0], indices[-1] + 1), verb)
        ):
            return replace(mention.period, text="") if mention.period.kind is PeriodKind.AT else None
    past = tree.fine[verb] == "VBD" or any(
        tree.fine[c] == "VBD" for c in tree.children[verb] if tree.deps[c] in {"aux", "auxpass"}
    )
    if past and line.words[verb].lemma not in SPEECH:
        return Period(PeriodKind.BEFORE, line.as_of)
    return None


def _below(tree: Parse, index: int, verb: int) -> bool:
    """Whether a word belongs to a verb's clause, participles that only describe its nouns included."""
    for above in tree.ancestors(index):
        if above == verb:
            return True
        if tree.tags[above] in {"VERB", "AUX"} and tree.deps[above] != "acl":
            return False
    return False


_TIME_CLAUSES = {
    "when": PeriodKind.AT,
    "while": PeriodKind.AT,
    "before": PeriodKind.BEFORE,
    "after": PeriodKind.AFTER,
    "until": PeriodKind.UNTIL,
}


def _clause_times(line: Line, fit: _Fit) -> Iterator[Period]:
    """ "was president when they signed in 2020": the date of a time clause is the claim's; without one the time is not known."""
    if line.tree is None:
        return
    tree = line.tree
    own = next(
        (a for a in (fit.anchor, *tree.ancestors(fit.anchor)) if tree.tags[a] in {"VERB", "AUX"}), None
    )
    for clause in tree.children[own] if own is not None else ():
        if tree.deps[clause] != "advcl" or clause in fit.words:
            continue
        kind = next(
            (
                _TIME_CLAUSES[line.words[c].lemma]
                for c in tree.children[clause]
                if line.words[c].lemma in _TIME_CLAUSES
            ),
            None,
        )
        if kind is None:
            continue
        below = set(tree.subtree(clause))
        dated = next(
            (
                m.period
                for m, indices in line.dates
                if indices and indices[0] in below and m.period.date is not None
            ),
            None,
        )
        text = line.text[line.words[min(below)].span.start : line.words[max(below)].span.end]
        if dated is None and kind is PeriodKind.BEFORE:
            yield Period(kind, line.as_of)
        else:
            yield Period(kind, dated.date if dated is not None else None, text=text)


def _past_state(line: Line, fit: _Fit) -> bool:
    """ "was the capital": true of a time before, which need not reach to today."""
    if line.as_of is None or not any(line.words[i].text.casefold() in {"was", "were"} for i in fit.passed):
        return False
    last = max(i for i in fit.passed if line.words[i].text.casefold() in {"was", "were"})
    following = next((line.words[i] for i in sorted(fit.literals) if i > last), None)
    return (
        following is None
        or not following.text.casefold().endswith(("ed", "en", "n", "t"))
        or following.lemma == following.text.casefold()
    )


def _former_before(line: Line, fit: _Fit) -> bool:
    first = min(fit.words)
    return (
        (first > 0
        and line.words[first - 1].lemma in {"former", "ex", "erstwhile"})
        or (first > 1 and line.words[first - 1].text == "-" and line.words[first - 2].lemma == "ex")
    )


def _governs(line: Line, fit: _Fit, indices: Sequence[int]) -> bool:
    """Whether a date belongs to this claim: its clause is the date's clause."""
    low, high = min(fit.words), max(fit.words)
    if any(handle.joint and handle.start <= indices[0] < handle.end for _, handle in fit.slots):
        return False  # "A, B and, since May, C": it is said of the last one only
    if line.tree is None:
        return True
    tree = line.tree
    head = tree.root_of(indices[0], indices[-1] + 1)
    verbs = {"VERB", "AUX"}
    above = list(tree.ancestors(head))
    nearest_verb = next(
        (a for a in above if tree.tags[a] in verbs and tree.deps[a] not in {"aux", "auxpass"}), None
    )
    if any(
        a in fit.literals
        for a in above[: above.index(nearest_verb) + 1 if nearest_verb is not None else None]
    ):
        return True
    own_verb = next((a for a in (fit.anchor, *tree.ancestors(fit.anchor)) if tree.tags[a] in verbs), None)
    has_verb = any(tree.tags[i] in verbs for i in fit.literals) or any(
        line.words[i].lemma in _COPULAS for i in fit.passed
    )
    if has_verb and nearest_verb is not None and (nearest_verb == own_verb or nearest_verb in fit.literals):
        return True
    inside = low <= indices[0] <= high
    return inside and (nearest_verb is None or nearest_verb == own_verb or not has_verb)


# ----------------------------------------------------------------------------------------------- the whole


def _accounted(line: Line, fits: Sequence[_Fit]) -> bool:
    """Whether the fits explain every word of the sentence that carries meaning."""
    if not fits:
        return False
    if len({fit.literals for fit in fits}) > 1 or any(
        h.free and line.words[h.start].text.islower() for f in fits for _, h in f.slots
    ):
        return False
    used: set[int] = set(line.skip) | bracketed(line.words)
    for fit in fits:
        used |= fit.words
        used |= {*fit.passed, *_denial_before(line, fit)}
        if fit.found.pattern.weight < _MIN_WEIGHT:
            return False
    return all(
        i in used or not word.is_word or (is_light(word) and word.lemma not in ADJECTIVES)
        for i, word in enumerate(line.words)
    )


def _main_point(line: Line, tree: Parse, fits: Sequence[_Fit]) -> bool:
    """Whether the fits hold what the sentence asserts, not only what it takes for granted.

    "Israel's occupation of X is illegal" asserts that it is illegal; that there is one is only presupposed.
    """
    root = next(i for i in range(len(line.words)) if tree.heads[i] == i)
    read = {i for fit in fits for i in (*fit.words, *fit.passed)}
    if tree.tags[root] not in {"VERB", "AUX"}:
        return True
    if line.words[root].lemma in SPEECH | WANTED:
        complements = [
            c for c in tree.children[root] if tree.deps[c] in {"ccomp", "xcomp", "parataxis", "dobj", "advcl"}
        ]
        return any(i in read for c in complements for i in tree.subtree(c))
    if root in read and line.words[root].lemma != "be":
        return True
    if tree.tags[root] != "AUX" and line.words[root].lemma not in _EMPTY_VERBS:
        return False
    said = [
        c
        for c in tree.children[root]
        if tree.deps[c] in {"attr", "acomp", "prep", "advmod", "ccomp", "xcomp", "nsubj", "csubj"}
        and c > root
    ]
    return any(i in read or line.words[i].lemma in TRUTH for c in said for i in (c, *tree.children[c]))


def _remember(line: Line) -> None:
    """Tell the history what this sentence names, subjects marked."""
    line.history.forget_sentence()
    for candidate in line.candidates:
        if not candidate.known or candidate.matches[0].score < 90:
            continue
        subject = candidate.start <= 1
        if line.tree is not None:
            head = line.tree.root_of(candidate.start, candidate.end)
            subject = line.tree.deps[head] in {"nsubj", "nsubjpass"} or (
                subject and line.tree.deps[head] not in {"amod", "compound", "poss"}
            )
        line.history.note(line.term(candidate), subject=subject)
