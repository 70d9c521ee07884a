"""What a claim names: each mention with the things that it may be, and why one was taken and others not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from verifier.candidates import Sieve, Sifted
from verifier.evidence import Evidence
from verifier.explain import label, quoted, show
from verifier.model import Match, MatchKind, Span, Term, Triple, Verdict
from verifier.notes import Asked
from verifier.relations import Catalogue
from verifier.settle import Answer, Choice
from verifier.text.notes import Read
from verifier.trace import Candidate, Mention
from verifier.tracing.record import Trial

__all__ = ["mentions_of"]

_LOST = {
    Sieve.TYPE: "of another kind than the relation asks for",
    Sieve.FIRST_TYPE: "another of this name is of the kind that the relation lists first",
    Sieve.NAME: "only like the words, and another has the very name",
    Sieve.LIKENESS: "less like the words than the best, by more than the margin",
    Sieve.NUMBER: "too many have this name to ask about all",
    Sieve.TIME: "it had ceased to be before the time that the claim is about",
}
_TAKEN = {
    Choice.SUPPORTED: "the tables say of it what the claim speaks of",
    Choice.BOTH_ENDS: "a row has it and the other end",
    Choice.AGREED: "the verdict is the same for all that are left; it fits best",
    Choice.NEAREST: "none is decided; it comes nearest to a verdict",
}


def mentions_of(
    reads: Sequence[Read], trials: Sequence[Trial], evidence: Evidence, *, catalogue: Catalogue
) -> tuple[Mention, ...]:
    """The ends of what was read, in the order of the text, and then what else the tables know in it."""
    found: dict[tuple[str, Span | None, tuple[Match, ...]], Mention] = {}
    for number, trial in enumerate(trials, start=1):
        of = f" of part {number}" if len(trials) > 1 else ""
        for role, term in _terms(trial.triple, catalogue):
            if not term.text:
                continue
            key = (term.text, term.span, term.matches)
            own = _mention(term, trial, evidence)
            before = found.get(key, own)
            better = own if any(c.taken for c in own.candidates) else before
            roles = (*(before.roles if before is not own else ()), f"{role}{of}")
            found[key] = replace(own, roles=roles, candidates=better.candidates)
    ordered = sorted(found.items(), key=lambda item: _place(item[0][1]))
    used = [span for (_, span, _), _ in ordered if span is not None]
    return (*(mention for _, mention in ordered), *_others(reads, used, evidence))


def _place(span: Span | None) -> tuple[bool, int]:
    return (span is None, 0 if span is None else span.start)


def _terms(triple: Triple, catalogue: Catalogue) -> Iterator[tuple[str, Term]]:
    """Every term of a triple, and what it is in it."""
    for role, term in (("subject", triple.subject), ("object", triple.object)):
        if triple.order is None or term.matches or term.group is not None or term.value is not None:
            yield role, term  # the words of a comparison are no end of it
        if term.group is not None:
            yield from ((f"in the group of the {role}", other) for _, other, _ in term.group.conditions)
    for name, term in triple.qualifiers:
        known = catalogue.get(name)
        yield f"qualifier {quoted(name if known is None else known.label)}", term
    if triple.speaker is not None:
        yield "speaker", triple.speaker
    if triple.order is not None and triple.order.than is not None:
        yield "compared with", triple.order.than


def _mention(term: Term, trial: Trial, evidence: Evidence) -> Mention:
    value = "" if term.value is None else show(term.value, evidence)
    asked, sifted = _sifted(term, trial)
    if asked is None or sifted is None:
        only = len(term.matches) == 1
        told = "the only thing that it can be" if only else ""
        plain = (_candidate(match, evidence, taken=only, why=told) for match in term.matches)
        return Mention(term.text, (), tuple(plain), value, is_group=term.group is not None)
    return Mention(term.text, (), tuple(_candidates(term, trial, asked, sifted, evidence)), value)


def _sifted(term: Term, trial: Trial) -> tuple[Asked | None, Sifted | None]:
    """Where the term was asked about: in the reading that was taken before others."""
    first = trial.deciding()
    for asked in (*((first,) if first is not None else ()), *trial.all_asked()):
        for sifted in (asked.subject, asked.object):
            if sifted.term.text == term.text and sifted.term.matches == term.matches and term.matches:
                return asked, sifted
    return None, None


def _candidates(
    term: Term, trial: Trial, asked: Asked, sifted: Sifted, evidence: Evidence
) -> Iterator[Candidate]:
    lost = sifted.lost()
    settled = asked.settled
    left = {end.id: end.match for end in sifted.ends}
    choice = None if settled is None else settled.choice
    as_subject = sifted is asked.subject
    winner = None if settled is None or choice is Choice.DIFFER else _id(settled, as_subject=as_subject)
    for match in sorted(term.matches, key=lambda m: m.id != winner):
        sieve = lost.get(match.id)
        taken = match.id == winner
        if sieve is not None:
            why = _LOST[sieve]
        elif len(left) == 1 or choice is None:
            why = _alone(match, among=len(term.matches))
        elif taken:
            why = _TAKEN[choice]
        else:
            why = _asked_too(match.id, trial, asked.answers, as_subject=as_subject)
        yield _candidate(left.get(match.id) or match, evidence, taken=taken, why=why)


def _alone(match: Match, *, among: int) -> str:
    if among > 1:
        return "the only one that is left"
    if match.kind is MatchKind.FUZZY:
        return "the only thing with a name like it"
    if match.kind in (MatchKind.CONTEXT, MatchKind.LIKELY):
        return "meant by what else is said"
    return "the only thing of this name"


def _id(answer: Answer, *, as_subject: bool) -> str | None:
    return (answer.question.subject if as_subject else answer.question.object).id


def _asked_too(id: str, trial: Trial, answers: Sequence[Answer], *, as_subject: bool) -> str:
    """What the claim comes to for a thing that was not taken."""
    own = [answer.outcome for answer in answers if _id(answer, as_subject=as_subject) == id]
    if not own:
        return "not asked about: there are too many pairs"
    best = min(own, key=lambda outcome: outcome.verdict is Verdict.UNKNOWN)
    return f"asked about too: for it the claim is {trial.claimed(best.verdict)} ({best.reason})"


def _candidate(match: Match, evidence: Evidence, *, taken: bool, why: str) -> Candidate:
    entity = evidence.entity(match.id)
    types = () if entity is None else tuple(dict.fromkeys(label(kind, evidence) for kind in entity.types))
    return Candidate(match, types, taken, why)


def _others(reads: Sequence[Read], used: Sequence[Span], evidence: Evidence) -> Iterator[Mention]:
    """Names that the tables know in the text, and that are no end of what was read."""
    told: set[tuple[str, tuple[Match, ...]]] = set()
    for read in reads:
        words = read.line.words
        for candidate in read.line.candidates:
            start, end = words[candidate.start].span.start, words[candidate.end - 1].span.end
            key = (candidate.text, candidate.matches)
            if not candidate.known or Span(start, end) in used or key in told:
                continue
            told.add(key)
            inside = any(span.start <= start and end <= span.end for span in used)
            beside = any(span.start < end and start < span.end for span in used)
            why = "part of a longer name" if inside else "shares words with what was read" if beside else ""
            yield Mention(
                candidate.text,
                (),
                tuple(
                    _candidate(match, evidence, taken=False, why=why or "no end of what was read")
                    for match in candidate.matches
                ),
            )
