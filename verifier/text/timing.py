"""When a claim is said to hold: by the dates of its clause, by other clauses, by tense and by "former"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from verifier.dates import FIRST_DAY, all_after, all_before, interval
from verifier.model import Date, Period, PeriodKind, Precision, QuantifierKind
from verifier.relations import Relation, RelationRole, ValueKind
from verifier.text.attribution import COUNTS, SPEECH
from verifier.text.fits import Fit
from verifier.text.kinds import may_be
from verifier.text.parse import Parse
from verifier.text.reading import Handle, Line
from verifier.text.signals import is_light
from verifier.text.views import subject_of
from verifier.text.vocabulary import COPULAS, DETERMINERS, FUTURE, ONSETS
from verifier.text.words import word_set

__all__ = ["BEGINNINGS", "dated_members", "days_of", "fronted_denial", "periods_of"]

_WAS = frozenset({"was", "were"})
_PAST = _WAS | {"did"}
_BEING = frozenset({"is", "are", "be", "been", "being"})
_HELD = frozenset(
    {"had", "kept", "held", "maintained", "ran", "housed", "hosted", "belonged", "lay", "bordered"}
)
"""Past forms of what lasts: what was so need not be so today."""
_CHOSEN = frozenset({"elect", "nominate", "choose", "pick"})
_ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth", "new", "another", "consecutive"})
_REPEATED = frozenset({"again", "back", "re", "reelect", "reappoint", "rejoin", "reopen", "return", "anew"})
_TIME_CLAUSES = {
    "when": PeriodKind.AT,
    "while": PeriodKind.AT,
    "before": PeriodKind.BEFORE,
    "after": PeriodKind.AFTER,
    "until": PeriodKind.UNTIL,
}
_SPANS = frozenset(["year", "month", "week", "decade", "day", "century"])


def periods_of(line: Line, fit: Fit, relation: Relation) -> tuple[Period, ...]:
    """When the claim is said to hold: the dates of its clause, and what passed-over words say of time."""
    signals = fit.found.signals
    found = [mention.period for mention, indices in line.dates if indices and _governs(line, fit, indices)]
    if not found:
        found.extend(_when(line, fit))
    if not found and (borrowed := _time_of_clause(line, fit, relation)) is not None:
        found.append(borrowed)
    if len(found) > 1:
        found = [p for p in found if any(c.isdigit() for c in p.text)][:1] or found[:1]
    found.extend(p for p in _clause_times(line, fit) if p.date is not None or not found)
    described = relation.role is RelationRole.KIND and line.tree is not None and not _says_so(line, fit)
    dated = described or any(p.date is not None for p in found)
    found.extend(_other_times(line, fit, dated=dated))
    if not found:
        found.extend(_agent_times(line, fit))
    kind = fit.found.pattern.period or signals.period
    chosen = any(line.words[i].lemma in _CHOSEN for i in (*fit.passed, *fit.literals))
    if chosen:
        found = [p if p.date is None else Period(PeriodKind.AT, None, text=p.text) for p in found]
        kind = None  # who is elected takes office later, on a day that is not told
    quantifiers = [t.quantifier for _, h in fit.slots for t in h.terms if t.quantifier is not None]
    counted = any(q.count is not None and q.kind is not QuantifierKind.ALL for q in quantifiers)
    onsets = {line.words[i].lemma for i in fit.literals} & ONSETS if not chosen else frozenset()
    if counted:  # "98 states recognised it in 2020" counts what held, "ten joined it in 2004" what began
        onsets = frozenset() if _is_perfect(line, fit) else onsets - _states_in(relation)
        kind = None if kind is PeriodKind.BEGAN and _is_perfect(line, fit) else kind
    if kind is None and onsets and not signals.negations:
        kind = PeriodKind.BEGAN
    if kind is PeriodKind.BEGAN and _is_again(line, fit):
        kind = None  # it had begun before
    if kind is PeriodKind.BEGAN and not found and _happened(line, fit) and line.as_of is not None:
        found.append(Period(PeriodKind.BEFORE, line.as_of))
    if _was_before(line, fit):
        found = [replace(p, kind=PeriodKind.BEGAN) if p.kind is PeriodKind.SINCE else p for p in found]
        found = [replace(p, date=None) if _is_of_no_year(p) else p for p in found]
    if not found and line.as_of is not None and _has_never(line, fit):
        found.append(Period(PeriodKind.BEFORE, line.as_of))
    if onsets and not found and not counted and _once_began(line, fit):
        found.append(Period(PeriodKind.ONCE))
    if _is_done_to(line, fit):  # "elected a new president, X, on 4 May": then, or now
        found = [
            replace(p, kind=PeriodKind.EITHER) if p.kind is PeriodKind.AT and p.date is not None else p
            for p in found
        ]
    found = [_still_to_come(p, line) for p in found]
    found = _told_as(kind, found)
    over = signals.former or _former_before(line, fit) or _used_to(line, fit)
    if over and not any(p.kind is PeriodKind.BEGAN and p.date is not None for p in found):
        found = [p for p in found if p.kind is not PeriodKind.BEFORE] + [Period(PeriodKind.FORMER)]
    elif not found and (_past_state(line, fit) or _past_act(line, fit, relation)):
        found.append(Period(PeriodKind.BEFORE, line.as_of, text="in the past"))
    return tuple(dict.fromkeys(found))


def _says_so(line: Line, fit: Fit) -> bool:
    """Whether a verb says it: "was a kingdom under X"; "a kingdom under X, ..." is so now."""
    return line.tree is not None and _has_verb(line, line.tree, fit)


def _is_done_to(line: Line, fit: Fit) -> bool:
    """Whether the words are the object of a verb other than "have": "appointed a premier, X"."""
    tree, noun = line.tree, max(fit.literals, default=-1)
    if tree is None or noun < 0 or not fit.found.pattern.ownerless or tree.tags[noun] != "NOUN":
        return False
    verb = tree.heads[noun]
    return tree.deps[noun] == "dobj" and tree.is_verb(verb) and line.words[verb].lemma != "have"


def _has_never(line: Line, fit: Fit) -> bool:
    """ "has never been", "was never": at no time so far; "will never" tells of what is to come."""
    fronted = fronted_denial(line, fit)
    words = [line.words[i] for i in (*fit.passed, *fronted)]
    if fronted and line.tree is not None:
        verb = line.tree.verb_at(fit.anchor)
        beside = () if verb is None else (verb, *line.tree.children[verb])
        words += [line.words[i] for i in beside if i in fronted or line.tree.is_verb(i)]
        past = any(line.tree.fine[i] in {"VBD", "VBN"} for i in beside if line.tree.is_verb(i))
        return past and not any(word.lemma in FUTURE for word in words)
    return any(word.lemma == "never" for word in words) and not any(word.lemma in FUTURE for word in words)


def fronted_denial(line: Line, fit: Fit) -> tuple[int, ...]:
    """The words of a denial that stands first, and turns subject and verb around: "at no time was X Y"."""
    tree = line.tree
    verb = None if tree is None else tree.verb_at(fit.anchor)
    if tree is None or verb is None:
        return ()
    beside = tree.children[verb]
    subject = next((c for c in beside if tree.deps[c] in {"nsubj", "nsubjpass"}), None)
    turned = [i for i in (verb, *beside) if tree.is_verb(i) and subject is not None and i < subject]
    if subject is None or not turned:
        return ()
    for child in beside:
        if child >= min(turned) or child in fit.passed:
            continue
        if tree.deps[child] == "neg":
            return (child,)
        said = {line.words[i].lemma for i in tree.subtree(child)}
        if tree.deps[child] in {"prep", "npadvmod", "advmod"} and said & {"no", "not"} and "only" not in said:
            return tree.subtree(child)
    return ()


def _was_before(line: Line, fit: Fit) -> bool:
    """Whether the verb is in the past perfect: "had been in office since 2019" need not be so any longer."""
    tree = line.tree
    verb = None if tree is None else tree.verb_at(fit.anchor)
    beside = () if tree is None or verb is None else tree.children[verb]
    had = [i for i in (*fit.passed, *beside) if line.words[i].text.casefold() == "had"]
    return any(tree is None or tree.fine[i] != "VBN" for i in had)  # "has had"


def _is_of_no_year(period: Period) -> bool:
    """ "It had become free on 5 August": the year is that of what came next, not the text's."""
    date = period.date
    return date is not None and date.precision >= Precision.MONTH and not re.search(r"\d{4}", period.text)


def _is_perfect(line: Line, fit: Fit) -> bool:
    """Whether the verb is in a perfect: "had joined by then", "has recognised it"."""
    first = min(fit.literals, default=0)
    before = {i for i in fit.passed if i < first} | {first - 1} if first else set(fit.passed)
    return any(line.words[i].lemma == "have" for i in before) or _was_before(line, fit)


def _states_in(relation: Relation) -> frozenset[str]:
    """Verbs that the relation's own sentence has in the present: "recognises" tells what is so."""
    words = relation.sentence.split()
    return frozenset(verb for verb in ONSETS if f"{verb}s" in words or f"{verb}es" in words)


def _still_to_come(period: Period, line: Line) -> Period:
    """ "Until 1 August" of no year is the next one."""
    date, as_of = period.date, line.as_of
    if (
        period.kind is not PeriodKind.UNTIL
        or date is None
        or as_of is None
        or re.search(r"\d{4}", period.text)
    ):
        return period
    if date.precision < Precision.MONTH or date.latest >= as_of.earliest:
        return period
    year = date.earliest[0] + 1
    later = Date((year, *date.earliest[1:]), (year, *date.latest[1:]), date.precision)
    return replace(period, date=later) if date.latest[1:] != (2, 29) else period


def _is_again(line: Line, fit: Fit) -> bool:
    """Whether it is said to happen once more: "again appointed", "re-elected", "returned"."""
    terms = (n for n, word in enumerate(line.words) if word.lemma == "term" and n)
    if any(line.words[n - 1].lemma in _ORDINALS for n in terms):
        return True
    return any(line.words[i].lemma in _REPEATED for i in (*fit.passed, *fit.literals))


def dated_members(line: Line, handle: Handle) -> dict[int, Period | None]:
    """For "A in 1979 and B in 1994", the date of each member of the list by its number, if dates stand in it.

    A date belongs to the member right before it, or, if "and" or a comma stands between, to the one after.
    """
    spans = [term.span for term in handle.terms]
    inside = [(m, i) for m, i in line.dates if i and handle.start <= i[0] < handle.end]
    if not inside or any(span is None for span in spans):
        return {}
    found: dict[int, Period | None] = dict.fromkeys(range(len(spans)))
    last = len(spans) - 1
    for mention, indices in [*inside, *((m, i) for m, i in line.dates if i and i[0] == handle.end)]:
        start = line.words[indices[0]].span.start
        before = max((n for n, span in enumerate(spans) if span is not None and span.end <= start), default=0)
        between = line.words[indices[0] - 1]
        joined = between.lemma in {"and", "or"} or line.words[indices[0]].text == ","
        found[min(last, before + 1) if joined else before] = mention.period
    return found


def _once_began(line: Line, fit: Fit) -> bool:
    """Whether a verb in the simple past says that something began: "joined X" is so of who has left since."""
    passed = {line.words[i].text.casefold() for i in fit.passed}
    if _is_perfect(line, fit) or any(line.words[i].lemma in FUTURE | {"have"} for i in fit.passed):
        return False
    if passed & (_PAST | _BEING):
        return bool(passed & _PAST)
    told = [i for i in fit.literals if line.words[i].lemma in ONSETS]
    if line.tree is not None:
        return any(line.tree.fine[i] == "VBD" for i in told)
    texts = {line.words[i].text.casefold() for i in told} - {line.words[i].lemma for i in told}
    return "by" not in fit.found.pattern.items and not all(text.endswith(("s", "ing")) for text in texts)


def _happened(line: Line, fit: Fit) -> bool:
    """Whether the words are in the past tense: "became", not "becomes" or "to become"."""
    return any(
        line.words[i].text.casefold() in {"became", "elected", "appointed", "named", "installed"}
        for i in fit.passed
    )


def _agent_times(line: Line, fit: Fit) -> Iterator[Period]:
    """ "Trump moved the US embassy": it was done while he was in office there, or else it is open by whom."""
    tree, state = line.tree, fit.slot("{s}")
    verb = tree.verb_at(fit.anchor) if tree is not None else None
    if (
        tree is None
        or verb is None
        or state is None
        or line.as_of is None
        or fit.found.pattern.items[0][0] == "{"
    ):
        return
    subject = set(subject_of(line.words, tree, verb))
    for candidate in line.candidates:
        term = line.term(candidate)
        inside = subject.issuperset(range(candidate.start, candidate.end))
        if not inside or not term.matches or not state.terms[0].matches:
            continue
        person = term.matches[0].id
        if "person" not in line.world.types(person):
            continue
        tenures = line.world.tenures(person, state.terms[0].matches[0].id, line.as_of)
        if len(tenures) == 1:
            yield Period(PeriodKind.BEGAN, tenures[0])
        elif not tenures:
            yield Period(PeriodKind.AT, None, text=f"under {candidate.text}")


BEGINNINGS = word_set(
    """
    beginning start outset founding foundation creation establishment formation inception birth launch onset
    dawn first time
    """
)
"""What "at the" stands before where a time is told by what happened then."""
_VERY = frozenset(["very", "same", "their"])
_AT_FIRST = frozenset(["originally", "initially"])


def _other_times(line: Line, fit: Fit, *, dated: bool) -> Iterator[Period]:
    """Times that are told without a date ("for ten years", "under Barack Obama"): when that was is open."""
    for index, word in enumerate(line.words[:-1]):
        if index in fit.words and index not in fit.passed:
            continue
        if (text := _undated(line, fit, index)) and not any(index in indices for _, indices in line.dates):
            yield Period(PeriodKind.AT, None, text=text)
        elif index in fit.words:
            continue
        elif word.lemma == "for":
            following = [w.lemma for w in line.words[index + 1 : index + 6]]
            if any(lemma in _SPANS for lemma in following) and any(
                i[0] in range(index + 1, index + 5) for _, i in line.quantities if i
            ):
                yield Period(
                    PeriodKind.AT, None, text=" ".join(w.text for w in line.words[index : index + 4])
                )
        elif word.lemma in {"under", "during"}:
            named = next((c for c in line.candidates if index < c.start <= index + 4 and c.known), None)
            if dated and word.lemma == "under":
                continue  # whose time it was is told beside the date
            if named is not None and not set(range(named.start, named.end)) & fit.words:
                person = may_be(line, named.matches[:2], {"person"})
                if person and index > min(fit.words) - 8:
                    yield Period(PeriodKind.AT, None, text=line.slice(index, named.end))


def _undated(line: Line, fit: Fit, index: int) -> str:
    """ "originally", "at its founding": the words, if a time is told so near the claim."""
    words = line.words
    if not min(fit.words) - 5 <= index <= max(fit.words) + 2:
        return ""
    if words[index].lemma in _AT_FIRST:
        return words[index].text if index not in fit.literals else ""
    if words[index].lemma not in {"at", "in", "on", "upon", "from"}:
        return ""
    end = index + 1
    while end < len(words) and words[end].lemma in DETERMINERS | _VERY and end < index + 3:
        end += 1
    told = end < len(words) and not {words[end].lemma, words[end].text.casefold()}.isdisjoint(BEGINNINGS)
    if not told or end in fit.words:
        return ""
    return line.slice(index, end + 1)


def days_of(period: Period) -> Date | None:
    """The days on which something can have happened: "before 1970" is any day before; none for "until"."""
    date, until = period.date, period.until
    if date is None:
        return None
    match period.kind:
        case PeriodKind.BEFORE:
            return all_before(date)
        case PeriodKind.AFTER:
            return all_after(date)
        case PeriodKind.BY:
            return interval(FIRST_DAY, date.latest)
        case PeriodKind.BETWEEN if until is not None:
            return interval(date.earliest, max(date.latest, until.latest))
        case PeriodKind.AT | PeriodKind.SINCE | PeriodKind.BEGAN:
            return date
    return None


def _told_as(kind: PeriodKind | None, found: list[Period]) -> list[Period]:
    """The periods of what is said to begin, to end or to go on ("as of" a day is not when it begins)."""
    if kind is PeriodKind.STILL or (kind is PeriodKind.ENDED and not found):
        return [*found, Period(PeriodKind.STILL if kind is PeriodKind.STILL else PeriodKind.FORMER)]
    if kind not in {PeriodKind.BEGAN, PeriodKind.ENDED}:
        return found
    return [_as_event(kind, period) for period in found]


def _as_event(kind: PeriodKind, period: Period) -> Period:
    """A time as that of a beginning or an end: "joined after 2000" is not "was a member after 2000"."""
    words = period.text.casefold()
    if period.kind is PeriodKind.AT:
        return period if words.startswith("as ") else replace(period, kind=kind)
    if period.kind is PeriodKind.BETWEEN:
        bounds = not words.startswith(("from ", "since "))
    else:
        ended = kind is PeriodKind.ENDED and period.kind in {PeriodKind.BEFORE, PeriodKind.BY}
        bounds = ended or period.kind is PeriodKind.AFTER
    days = days_of(period) if bounds else None
    return period if days is None else replace(period, kind=kind, date=days, until=None)


def _time_of_clause(line: Line, fit: Fit, relation: Relation) -> Period | None:
    """When "President X" or "X, the president of Y," is said to be so: at the time of the clause around it.

    What somebody said is news of the day; what somebody did without a date was done at some time before.
    """
    tree = line.tree
    if tree is None or line.as_of is None:
        return None
    # "X's embassy in Y burned down"; "a land of 300 square kilometres" is of no time
    placed = relation.value not in {ValueKind.QUANTITY, ValueKind.DATE} and not _has_verb(line, tree, fit)
    named = fit.found.pattern.appositive or placed
    if not named or any(line.words[i].lemma in COPULAS for i in fit.passed):
        return None
    verb = next((a for a in tree.ancestors(fit.anchor) if tree.is_verb(a)), None)
    if verb is None or verb in fit.words:
        return None
    for mention, indices in line.dates:
        if (
            indices
            and mention.period.date is not None
            and not _is_a_thing(line, fit, indices)
            and _below(tree, tree.root_of(indices[0], indices[-1] + 1), verb)
        ):
            at = mention.period.kind is PeriodKind.AT
            return replace(mention.period, kind=PeriodKind.EITHER, text="") if at else None
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
        if tree.is_verb(above) and tree.deps[above] != "acl":
            return False
    return False


def _when(line: Line, fit: Fit) -> Iterator[Period]:
    """ "on 5 May, when X became Y": the date right before the clause, which tells when that was."""
    tree = line.tree
    verb = None if tree is None else _main_verb(tree, fit.anchor)
    if tree is None or verb is None or not _has_verb(line, tree, fit):
        return
    when = next((c for c in tree.children[verb] if line.words[c].lemma == "when"), None)
    if when is None or when > min(fit.words):
        return
    for mention, indices in line.dates:
        told = [i for i in indices if line.words[i].is_word]
        if not told or mention.period.date is None or not 0 < when - max(told) <= 2:
            continue
        if mention.period.kind in {PeriodKind.AT, PeriodKind.SINCE}:
            yield replace(mention.period, kind=PeriodKind.AT)


def _clause_times(line: Line, fit: Fit) -> Iterator[Period]:
    """What time clauses date ("was president when they signed in 2020"); without a date it is left open."""
    if line.tree is None:
        return
    tree = line.tree
    own = tree.verb_at(fit.anchor) if _has_verb(line, tree, fit) else None
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
        mark = next((c for c in tree.children[clause] if line.words[c].lemma == "while"), 0)
        if kind is None or (mark and line.words[mark - 1].text == ","):
            continue  # ", while" sets one thing beside another
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
        if dated is not None and _is_of_no_year(dated) and any(line.words[i].text == "had" for i in below):
            yield Period(kind, None, text=text)
            continue
        if dated is None and kind is PeriodKind.BEFORE:
            yield Period(kind, line.as_of)
        else:
            yield Period(kind, dated.date if dated is not None else None, text=text)


def _is_set_off(line: Line, fit: Fit, indices: Sequence[int]) -> bool:
    """Whether a date stands in an aside after the first end: "X, independent since 1966, belongs to Y"."""
    subject = fit.slot("{s}")
    if subject is not None and subject.start > indices[-1]:
        return _opens_aside(line, fit, indices, subject.start)
    ends = [handle for _, handle in fit.slots if handle.start >= 0]
    subject = min(ends, key=lambda handle: handle.start, default=None)
    after = [i for i in (*fit.literals, *fit.passed) if i > indices[-1] and line.words[i].is_word]
    if subject is None or not 0 <= subject.end < indices[0] or not after:
        return False
    aside = range(subject.end, min(after))
    commas = [i for i in aside if line.words[i].text == ","]
    if len(commas) < 2 or commas[0] > subject.end or not any(i > indices[-1] for i in commas):
        return False
    inner = {*aside} - line.skip - fit.words - {*fit.passed}
    return any(line.words[i].is_word and not is_light(line.words[i]) for i in inner)


def _opens_aside(line: Line, fit: Fit, indices: Sequence[int], stop: int) -> bool:
    """ "A former colony, free since 1960, X belongs to Y": whether a date is of an aside before X."""
    commas = [i for i in range(stop) if line.words[i].text == ","]
    begin = max((i for i in commas if i < indices[0]), default=-1)
    end = min((i for i in commas if i > indices[-1]), default=-1)
    inner = {*range(begin + 1, end)} - line.skip
    if inner & {*fit.literals} or any(line.words[i].lemma in COUNTS for i in inner):
        return False  # "according to the census of 2007": the time of the figure
    return end >= 0 and any(line.words[i].is_word and not is_light(line.words[i]) for i in inner)


def _is_a_thing(line: Line, fit: Fit, indices: Sequence[int]) -> bool:
    """Whether a date is what is told of: "A is the currency, and 5 May 1990 the day of freedom"."""
    after = indices[-1] + 1
    if line.tree is None or after >= len(line.words) or line.words[after].lemma != "the":
        return False
    if line.words[indices[0] - 1].lemma not in {"and", ","} and indices[0]:
        return False
    noun = line.tree.heads[after]
    told = range(after, noun + 1)
    return line.tree.tags[noun] == "NOUN" and noun > after and not {*told} & {*fit.literals}


def _is_of_another(line: Line, fit: Fit, indices: Sequence[int]) -> bool:
    """ "X joined Y at once but Z only in 1999": whether a date is of another thing with the verb."""
    object = fit.slot("{o}")
    if object is None or not 0 <= object.end < indices[0]:
        return False
    for index in range(object.end, indices[0]):
        if line.words[index].lemma in {"but", "and", "then"}:
            begin = index + 1 + (line.words[index + 1].lemma in DETERMINERS)
            named = next((c for c in line.starting(begin) if c.known), None)
            if named is not None and named.end <= indices[0] and begin not in fit.words:
                return True
    return False


def _main_verb(tree: Parse, index: int) -> int | None:
    """The verb of a word's clause, not its auxiliary."""
    verb = tree.verb_at(index)
    return tree.heads[verb] if verb is not None and tree.deps[verb] in {"aux", "auxpass"} else verb


def _used_to(line: Line, fit: Fit) -> bool:
    """ "used to be": it is over."""
    tree = line.tree
    verb = None if tree is None else tree.verb_at(fit.anchor)
    if tree is None or verb is None:
        return False
    return tree.deps[verb] == "xcomp" and line.words[tree.heads[verb]].text == "used"


def _has_verb(line: Line, tree: Parse, fit: Fit) -> bool:
    """Whether a verb is among the words of a claim, so that the time of its clause is the claim's."""
    return any(tree.is_verb(i) for i in fit.literals) or any(
        line.words[i].lemma in COPULAS
        or (line.words[i].lemma == "have" and tree.deps[i] not in {"aux", "auxpass"})
        for i in fit.passed
    )


def _past_state(line: Line, fit: Fit) -> bool:
    """ "was the capital": true of a time before, which need not reach to today."""
    passive = any(line.words[i].lemma == "be" for i in fit.passed)
    told = (line.words[i].text.casefold() for i in (*fit.literals, *fit.passed))
    if line.as_of is not None and not passive and not _HELD.isdisjoint(told):
        return not any(line.words[i].lemma in ONSETS for i in fit.literals)
    past = [i for i in fit.passed if line.words[i].text.casefold() in _WAS]
    if line.as_of is None or not past:
        return False
    last = max(past)
    following = next((line.words[i] for i in sorted(fit.literals) if i > last), None)
    return (
        following is None
        or not following.text.casefold().endswith(("ed", "en", "n", "t"))
        or following.lemma == following.text.casefold()
    )


def _past_act(line: Line, fit: Fit, relation: Relation) -> bool:
    """ "studied at": what somebody did once, and need not do today."""
    if relation.lasting or "person" not in relation.subject_types:
        return False
    said = {line.words[i].lemma for i in (*fit.literals, *fit.passed)}
    if line.as_of is None or said & (COPULAS | ONSETS | {"have", "do", "by"}):
        return False
    return any(
        line.words[i].text.casefold() != line.words[i].lemma
        and (line.words[i].text.endswith("ed") if line.tree is None else line.tree.fine[i] == "VBD")
        for i in fit.literals
    )


def _former_before(line: Line, fit: Fit) -> bool:
    """Whether "former" or "ex-" stands right before the words."""
    first, words = min(fit.words), line.words
    if first > 1 and words[first - 1].text == "-":
        return words[first - 2].lemma == "ex"
    return first > 0 and words[first - 1].lemma in {"former", "ex", "erstwhile"}


def _sets_forward(line: Line, tree: Parse, verb: int, own: int) -> bool:
    """Whether a clause only sets a part of another before it: "it was in 1967 that X became Y"."""
    empty = line.words[verb].lemma == "be" and any(
        tree.deps[c] in {"nsubj", "expl"} and line.words[c].lemma == "it" for c in tree.children[verb]
    )
    return empty and verb in tree.ancestors(own)


def _governs(line: Line, fit: Fit, indices: Sequence[int]) -> bool:
    """Whether a date belongs to this claim: its clause is the date's clause."""
    if any(handle.joint and handle.start <= indices[0] < handle.end for _, handle in fit.slots):
        return False  # "A, B and, since May, C": it is said of the last one only
    if fit.own is not None:
        return indices[0] in fit.own
    if _is_a_thing(line, fit, indices):
        return False
    if 0 <= fit.until <= indices[0] or _is_set_off(line, fit, indices) or _is_of_another(line, fit, indices):
        return False
    tree = line.tree
    if tree is None:
        return True
    above = list(tree.ancestors(tree.root_of(indices[0], indices[-1] + 1)))
    # "according to the census of 2007": the participle is a preposition, and the clause the one around it
    idle = {"aux", "auxpass", "prep"}
    verb = next((a for a in above if tree.is_verb(a) and tree.deps[a] not in idle), None)
    within = above if verb is None else above[: above.index(verb) + 1]
    if any(a in fit.literals for a in within):
        return True
    own_verb = _main_verb(tree, fit.anchor)
    has_verb = _has_verb(line, tree, fit)
    if not has_verb and indices[0] == max(fit.words) + 1:
        return True  # "prime minister since April 2018"
    if has_verb and verb is not None and (verb == own_verb or verb in fit.literals):
        return True
    if verb is not None and own_verb is not None and _sets_forward(line, tree, verb, own_verb):
        return True
    inside = min(fit.words) <= indices[0] <= max(fit.words)
    return inside and (verb is None or verb == own_verb or not has_verb)
