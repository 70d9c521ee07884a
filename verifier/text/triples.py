"""From a phrasing found in a sentence to triples: which things, in which relations, how much of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from verifier.model import (
    Group,
    Period,
    PeriodKind,
    Quantifier,
    QuantifierKind,
    Quantity,
    Reading,
    Span,
    Term,
    Triple,
)
from verifier.relations import Catalogue, RelationRole, Single, ValueKind
from verifier.text.attribution import speaker_of, standing_of
from verifier.text.ends import CLASSES, KINDS
from verifier.text.fits import Fit, before_name, is_just, is_owner, sole_list
from verifier.text.forms import form_of, way_of
from verifier.text.kinds import are_surely, cannot_be, may_be
from verifier.text.patterns import COUNT
from verifier.text.reading import Handle, Line
from verifier.text.signals import NEGATIONS
from verifier.text.timing import dated_members, days_of, fronted_denial, periods_of
from verifier.text.vocabulary import DETERMINERS, EXCLUSIVE, ONSETS, POSSESSIVES, PREPOSITIONS, SOLELY

__all__ = ["denial_before", "triples_of"]

_DENIALS = (("not",), ("no",), ("there", "be", "no"), ("neither",), ("none", "of"), ("neither", "of"))


_TURNED = frozenset({PeriodKind.STILL, PeriodKind.FORMER})
_NOBODY = Term("")
_LIKEWISE = frozenset({"follow"})
"""Verbs that say no more than that the same was done."""
BARE_SCORE = 75.0
"""The score of a reading that no word names: enough only where the tables are all there is to know."""


def triples_of(line: Line, fit: Fit, catalogue: Catalogue) -> Iterator[Triple]:
    """What a fit says, a triple for each subject and object; the line's history learns what was spoken of."""
    relation = catalogue[fit.found.pattern.relation]
    subject = fit.slot("{s}")
    assert subject is not None
    if relation.value is ValueKind.QUANTITY and _is_denied_of_the_counted(line, fit):
        return
    stand = standing_of(line, fit)
    objects, periods = _objects(line, fit, periods_of(line, fit, relation), catalogue)
    if not objects:
        return
    words = " ".join(line.words[i].text for i in sorted(fit.literals))
    negations = fit.found.signals.negations + stand.negations + bool(denial_before(line, fit))
    said = Triple(
        _NOBODY,
        _NOBODY,
        _readings(line, fit, words, catalogue, timed=_tells_when(line, fit, periods)),
        relation_text=words,
        periods=periods,
        negated=negations % 2 == 1,
        modality=stand.modality,
        speaker=speaker_of(line, stand),
    )
    qualifiers = tuple(
        (name, handle.terms[0])
        for slot, handle in fit.slots
        if slot not in {"{s}", "{o}"} and (name := slot.strip("{}")) in catalogue
    )
    own_dates = _own_dates(line, fit)
    kinds = [catalogue[one.found.pattern.relation].object_types for one in (fit, *fit.others)]
    all_of = sole_list(line, fit.slots, fit.passed)
    if all_of is not None:
        yield _counted(line, fit, said, all_of, qualifiers=qualifiers)
    for term in subject.terms:
        one = _some_of(line, fit, term)
        one = one if all_of is not None or _is_only_told(line, fit, subject) else _only(line, subject, one)
        if _is_sole(line, fit, "{s}"):
            one = replace(one, quantifier=Quantifier(QuantifierKind.ONLY))
        beside = fit.found.pattern.appositive and "'s" not in fit.found.pattern.items
        actor = one if beside else _with_states(line, one, relation.subject_types)
        if not line.alone and cannot_be(line, actor.matches, relation.subject_types):
            continue
        for other in objects:
            if not line.alone and all(cannot_be(line, other.matches, types) for types in kinds):
                continue
            thing = _as_class(other, catalogue) if relation.role in KINDS else other
            if _is_sole(line, fit, "{o}") or _is_only(line, fit.slot("{o}"), other):
                thing = replace(thing, quantifier=Quantifier(QuantifierKind.ONLY))
            own = own_dates.get(other.span, own_dates.get(term.span, periods))
            whole = replace(said, subject=actor, object=thing, qualifiers=qualifiers, periods=own)
            if (one_of := _one_of_group(line, fit, whole, catalogue)) is not None:
                yield one_of
            elif relation.role in CLASSES and other.group is not None:
                yield from _belongs(whole, other, catalogue)
            else:
                yield whole
        counted = fit.slot(COUNT)
        if counted is not None:
            yield replace(said, subject=actor, object=counted.terms[0], qualifiers=qualifiers)
        place = fit.slot("{at}")
        if place is not None and not said.negated:
            located = [catalogue[id] for id in reversed(catalogue.playing(RelationRole.PLACE))]
            readings = tuple(Reading(r.id, r.label, words, 100.0) for r in located if r.value_within)
            yield replace(said, subject=actor, object=place.terms[0], readings=readings, periods=())
        origin = fit.slot("{from}")
        if origin is not None:
            left = () if said.negated else (Period(PeriodKind.FORMER),)
            yield replace(said, subject=actor, object=origin.terms[0], periods=left, negated=False)


def _is_denied_of_the_counted(line: Line, fit: Fit) -> bool:
    """ "30 states are not members" says it of 30 others, not that it is another number that are."""
    figure = fit.slot("{o}")
    if figure is None or not fit.found.signals.negations:
        return False
    counted = [i for i in fit.literals if i >= figure.end and line.words[i].lemma != "be"]
    if not counted:
        return False
    by = figure.start > 0 and line.words[figure.start - 1].lemma == "by"
    return by or any(i > min(counted) and line.words[i].lemma in NEGATIONS for i in fit.passed)


def _one_of_group(line: Line, fit: Fit, said: Triple, catalogue: Catalogue) -> Triple | None:
    """ "X's parts include Y", "Y is one of the parts of X": Y stands in the relation of the group to X."""
    words = {line.words[i].lemma for i in fit.literals} - {"be", "of"}
    includes = words == {"include"}
    group, member = (said.subject, said.object) if includes else (said.object, said.subject)
    if (
        not (includes or words in ({"one"}, {"among"}))
        or member.group is not None
        or member.value is not None
    ):
        return None
    if group.group is None or group.quantifier != Quantifier(QuantifierKind.ALL):
        return None
    if len(group.group.conditions) != 1 or catalogue.has_role(group.group.conditions[0][0], *KINDS):
        return None
    ((relation, owner, owned),) = group.group.conditions
    known = catalogue[relation]
    reading = Reading(known.id, known.label, said.relation_text or known.label, 90.0)
    subject, object = (owner, member) if owned else (member, owner)
    return replace(said, subject=subject, object=object, readings=(reading,))


def _counted(
    line: Line, fit: Fit, said: Triple, slot: str, *, qualifiers: tuple[tuple[str, Term], ...]
) -> Triple:
    """ "only A and B": that there are no more than are listed."""
    handle, other = fit.slot(slot), fit.slot("{o}" if slot == "{s}" else "{s}")
    assert handle is not None and other is not None
    text, span = line.slice(handle.start, handle.end), line.span_of(handle.start, handle.end)
    count = Quantifier(QuantifierKind.AT_MOST, Quantity(Decimal(len(handle.terms))))
    whole = Term(text, span, group=Group(text, ()), quantifier=count)
    one = other.terms[0]
    ends = (whole, one) if slot == "{s}" else (one, whole)
    return replace(said, subject=ends[0], object=ends[1], qualifiers=qualifiers)


def _belongs(claim: Triple, group: Term, catalogue: Catalogue) -> Iterator[Triple]:
    """ "is one of the six members of X": that it is a member of X, and that there are six."""
    assert group.group is not None
    number = group.quantifier.of if group.quantifier is not None else None
    if len(group.group.conditions) != 1:
        yield claim
        return
    relation, other, is_object = group.group.conditions[0]
    if claim.object == group or number is not None:
        label = catalogue[relation].label if relation in catalogue else relation
        claim = replace(claim, readings=(Reading(relation, label, claim.relation_text, 100.0),))
        member = claim.subject
        claim = replace(claim, subject=other, object=member) if is_object else replace(claim, object=other)
    yield claim
    if number is not None and not claim.negated:
        how_many = Quantifier(QuantifierKind.EXACTLY, number)
        whole = Term(group.text, group.span, group=Group(group.text, ()), quantifier=how_many)
        yield replace(claim, object=whole) if is_object else replace(claim, subject=whole)


def _own_dates(line: Line, fit: Fit) -> dict[Span | None, tuple[Period, ...]]:
    """The periods of the members of a list that have dates of their own, by where the members stand."""
    found: dict[Span | None, tuple[Period, ...]] = {}
    onset = any(line.words[i].lemma in ONSETS for i in fit.literals)
    for _, handle in fit.slots:
        for number, period in dated_members(line, handle).items() if handle.joint else ():
            if period is not None and onset and period.kind is PeriodKind.AT:
                period = replace(period, kind=PeriodKind.BEGAN)
            found[handle.terms[number].span] = () if period is None else (period,)
    return found


def _objects(
    line: Line, fit: Fit, periods: tuple[Period, ...], catalogue: Catalogue
) -> tuple[tuple[Term, ...], tuple[Period, ...]]:
    """The objects, if they are known, and the periods that are left when a date is the object itself."""
    relation = fit.found.pattern.relation
    if fit.found.pattern.object_is_date:
        dated = next((p for p in periods if p.date is not None), None)
        if dated is None:
            return (), periods
        value = days_of(dated)
        if value is None:
            return (), periods
        periods = tuple(p for p in periods if p is not dated)
        return (Term(dated.text, None, value=value),), periods
    if fit.found.pattern.understood:
        spoken_of = _understood(line, fit, catalogue)
        return (() if spoken_of is None else (spoken_of,)), periods
    thing = fit.slot("{o}")
    assert thing is not None
    if thing.free:  # looked up only now: few of the phrasings that are tried are kept
        thing = replace(thing, terms=tuple(_looked_up(line, term) for term in thing.terms))
    line.history.objects.pop(relation, None)
    if fit.found.pattern.period is not PeriodKind.ENDED:
        line.history.objects[relation] = replace(thing.terms[-1], span=None)
    return thing.terms, periods


def _understood(line: Line, fit: Fit, catalogue: Catalogue) -> Term | None:
    """The object that a sentence leaves unsaid: "Latvia joined in 2004", "Latvia followed in 2004"."""
    relation, history = fit.found.pattern.relation, line.history
    if any(line.words[i].lemma in _LIKEWISE for i in fit.literals):
        return history.objects[relation] if next(reversed(history.objects), "") == relation else None
    kinds = frozenset(catalogue[relation].object_types)
    if "organisation" not in kinds:
        return history.objects.get(relation)
    return history.only_one(kinds, before=line.span.end) or history.led_by(kinds)


def _looked_up(line: Line, term: Term) -> Term:
    return term if term.matches else replace(term, matches=line.world.names.search(term.text, limit=3))


def _only(line: Line, subject: Handle, term: Term) -> Term:
    """ "Only Jordan borders it": of the subject, and of nothing else."""
    before = before_name(line, subject)
    denied = before >= 1 and line.words[before - 1].lemma == "not"
    if denied or term.group is not None or before < 0:
        return term
    if line.words[before].lemma in SOLELY or is_just(line, subject, before):
        return replace(term, quantifier=Quantifier(QuantifierKind.ONLY))
    return term


def _is_only_told(line: Line, fit: Fit, handle: Handle) -> bool:
    """ "only X, a member of Y, does it": what is read only tells more of a name."""
    return line.tree is not None and handle.start >= 0 and handle.head in line.tree.ancestors(fit.anchor)


def _is_sole(line: Line, fit: Fit, slot: str) -> bool:
    """Whether what fills a slot is said to be the only N of the other: "X is the only capital of Y"."""
    counted = fit.slot(COUNT) or fit.slot("{o}")
    only = [i for i in fit.passed if line.words[i].lemma in EXCLUSIVE]
    if counted is not None and counted.start - 1 in only and COUNT in fit.found.pattern.items:
        return False  # "has only two official languages"
    ends = {name: handle for name, handle in fit.slots if name in {"{s}", "{o}"}}
    if not only or len(ends) < 2 or any(len(handle.terms) > 1 for handle in ends.values()):
        return False
    owner = _owner(line, ends, only[0])
    return slot != owner and ends[slot].terms[0].group is None


def _owner(line: Line, ends: dict[str, Handle], only: int) -> str:
    """The end that has only one: "the only language in Canada", "shares its only border with Spain"."""
    words, ties = line.words, {name: before_name(line, handle) for name, handle in ends.items()}
    if only + 1 in ties.values() and words[only + 1].lemma in PREPOSITIONS:  # "is bordered only by Spain"
        return next(name for name, before in ties.items() if before != only + 1)
    if only and words[only - 1].text.casefold() in POSSESSIVES:
        return min(ends, key=lambda name: ends[name].start)
    placed = {name for name, before in ties.items() if before >= 0 and words[before].lemma in PREPOSITIONS}
    return max(ends, key=lambda name: (is_owner(line, ends[name]), name in placed))


def _is_only(line: Line, object: Handle | None, term: Term) -> bool:
    """ "borders only France", "borders France alone"."""
    if object is None or object.start < 1 or len(object.terms) > 1 or term.group is not None or term.value:
        return False
    before = line.words[before_name(line, object)].lemma
    after = line.words[object.end].lemma if object.end < len(line.words) else ""
    if object.end + 1 in line.skip:
        after = ""  # "only in 1999"
    return before in SOLELY or after in {"alone", "only", "exclusively"}


def _some_of(line: Line, fit: Fit, term: Term) -> Term:
    """ "Arab states opened embassies": something that happened is told of some; what holds is told of all."""
    happened = any(
        line.words[i].lemma in ONSETS and line.words[i].text.casefold() != line.words[i].lemma
        for i in fit.literals
    )
    if term.group is None or term.quantifier != Quantifier(QuantifierKind.ALL) or not happened:
        return term
    subject = fit.slot("{s}")
    if subject is not None and line.words[max(0, subject.start)].lemma in {"all", "every", "each"}:
        return term
    return replace(term, quantifier=Quantifier(QuantifierKind.SOME))


def denial_before(line: Line, fit: Fit) -> tuple[int, ...]:
    """The words before a claim that deny it: "neither", "none of", "never has", "at no time was"."""
    if fronted := fronted_denial(line, fit):
        return fronted
    first = min(fit.words)
    while first > 0 and line.words[first - 1].lemma in DETERMINERS:
        first -= 1
    for denial in _DENIALS:
        if first >= len(denial) and tuple(w.lemma for w in line.words[first - len(denial) : first]) == denial:
            words = tuple(range(first - len(denial), first))
            return () if set(words) & set(fit.passed) else words
    return ()


def _as_class(term: Term, catalogue: Catalogue) -> Term:
    """ "Arab states" as what something is: the class itself."""
    if term.group is None or len(term.group.conditions) != 1:
        return term
    ((relation, kind, _),) = term.group.conditions
    is_kind = catalogue.has_role(relation, RelationRole.KIND)
    return replace(kind, text=term.text, span=term.span) if is_kind else term


def _readings(line: Line, fit: Fit, words: str, catalogue: Catalogue, *, timed: bool) -> tuple[Reading, ...]:
    """The relations that the words may mean, best first, each in the direction of the first.

    What cannot be said of things of such kinds is left out, unless nothing else remains; so is what can be
    said of any things, if some relation is known to be one of such and the tables do not use it of these; or
    if it is `timed`, and the tables use another of these.
    """
    subject = fit.slot("{s}")
    found: dict[tuple[str, bool], Reading] = {}
    fitting: set[tuple[str, bool]] = set()
    sure: set[tuple[str, bool]] = set()
    used: set[tuple[str, bool]] = set()
    for one in (fit, *fit.others):
        turns = {one.found.pattern.period, fit.found.pattern.period}
        if len(turns) > 1 and PeriodKind.ENDED in turns:
            continue  # what the one says has begun, or is so, is over by the other
        relation = catalogue[one.found.pattern.relation]
        own = one.slot("{s}")
        inverse = own is not None and subject is not None and own.start != subject.start
        pattern = one.found.pattern
        score = BARE_SCORE if pattern.bare else min(100.0, 80.0 + 10 * pattern.weight)
        found.setdefault(
            (relation.id, inverse),
            Reading(
                relation.id,
                relation.label,
                words or relation.label,
                score,
                inverse,
                way_of(one),
                form_of(line, one),
            ),
        )
        ends = ((own, relation.subject_types), (one.slot("{o}"), relation.object_types))
        if not any(
            handle is not None and any(cannot_be(line, term.matches, types) for term in handle.terms)
            for handle, types in ends
        ):
            fitting.add((relation.id, inverse))
            if all(handle is not None and are_surely(line, handle.terms, types) for handle, types in ends):
                sure.add((relation.id, inverse))
            elif _is_used(line, relation.id, own, one.slot("{o}")):
                used.add((relation.id, inverse))
    fitting = sure | used if sure else used if used and timed else fitting
    kept = [reading for key, reading in found.items() if key in fitting or not fitting]
    return tuple(r for r in kept if not any(_says_more(catalogue, other, r) for other in kept))


def _tells_when(line: Line, fit: Fit, periods: Sequence[Period]) -> bool:
    """Whether the words tell of a time: "joined X", "left X", "in X until 2015", "has long been in X".

    A party, a club or a firm is meant then, as the tables have it with its dates.
    """
    dated = any(p.date is not None or p.kind in _TURNED for p in periods)
    turns = fit.found.pattern.period is not None or any(line.words[i].lemma in ONSETS for i in fit.literals)
    return dated or turns or any(line.words[i].lemma == "long" for i in fit.passed)


def _is_used(line: Line, relation: str, subject: Handle | None, object: Handle | None) -> bool:
    """Whether the tables state the relation of such a subject, and have such an object in it."""
    return all(
        handle is not None
        and any(relation in line.world.uses(m.id)[side] for term in handle.terms for m in term.matches)
        for side, handle in enumerate((subject, object))
    )


def _says_more(catalogue: Catalogue, one: Reading, other: Reading) -> bool:
    """Whether the other reading is the same relation told from its other end, and allows more values."""
    return (
        catalogue[one.relation].inverse == other.relation
        and one.inverse is not other.inverse
        and catalogue[one.relation].single is not Single.NO
        and catalogue[other.relation].single is Single.NO
    )


def _with_states(line: Line, term: Term, types: Sequence[str]) -> Term:
    """ "Washington has moved its embassy": a capital or office holder may act for its state."""
    if "state" not in types or "city" in types or "person" in types or not term.matches:
        return term
    best = term.matches[0]
    if may_be(line, term.matches, types):
        return term
    states = line.world.states_of(best.id, line.as_of) if line.as_of is not None else ()
    return replace(term, matches=(*states, *term.matches)) if states else term
