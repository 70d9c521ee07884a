"""From a document to claims: what its sentences say of which things, when, and how firmly."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import tee

from verifier.model import Claim, Date, Document, Reason, Span, Triple
from verifier.relations import Catalogue
from verifier.text.antecedents import remember
from verifier.text.attribution import REFUSED, WANTED
from verifier.text.closed.claims import joins_by_or, read_closed
from verifier.text.coreference import History
from verifier.text.coverage import (
    accounted,
    asks,
    is_ranked,
    leaves_unread,
    main_point,
    passed_by,
    says_by_whom,
    unread,
)
from verifier.text.descriptions import find_descriptions
from verifier.text.fits import Fit, find_fits, is_denied_at_last
from verifier.text.gapping import with_gaps
from verifier.text.links import find_links
from verifier.text.notes import Manner, Read, ReadWatch, Said
from verifier.text.noun_phrases import clauses_of
from verifier.text.orders import may_compare, read_order
from verifier.text.parse import Parse, parse
from verifier.text.reading import Line, World, read_line
from verifier.text.restrained import restrained
from verifier.text.scopes import in_bounds, may_exclude
from verifier.text.sentences import sentences
from verifier.text.tenure import handovers, with_office
from verifier.text.triples import triples_of
from verifier.text.unseen import seen
from verifier.text.vocabulary import DETERMINERS
from verifier.text.words import Word, fold, words

__all__ = ["find_claims", "read_claim", "read_claims"]

_LONGEST = 2_000
"""Characters of a claim by itself; a longer one is a text, and read sentence by sentence."""

_TAKES_OUT = frozenset(["except", "excepting", "excluding", "barring", "exception", "respectively"])
_ALL_OR_NONE = frozenset(["nobody", "none", "nothing", "all", "everybody", "everyone", "anyone", "anybody"])
_AT_ONCE = 256
"""Claims that are read side by side, so that the parser gets their sentences in batches."""


def find_claims(document: Document, *, world: World, catalogue: Catalogue, as_of: Date) -> tuple[Claim, ...]:
    """The atomic claims of a document, in the order in which they are made.

    A sentence that stands there twice gives its claims once, with the further places as occurrences.
    """
    text = seen(document.text, document.prose)
    folded = fold(text.text)
    spans = sentences(text.text, text.parts)
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
    lines, again = tee(  # read as they are parsed: a batch at a time
        read_line(text.text, folded, span, world=world, history=history, as_of=as_of) for span in distinct
    )
    claims: list[Claim] = []
    for number, (line, tree) in enumerate(zip(again, parse(line.words for line in lines), strict=True)):
        line.tree = tree
        remember(line)
        shifts = [start - line.span.start for start in repeats.get(number, ())]
        for claim in _claims(line, catalogue, text.text):
            assert claim.span is not None
            places = tuple(Span(claim.span.start + shift, claim.span.end + shift) for shift in shifts)
            found = text.written(replace(claim, id=f"c{len(claims) + 1}", occurrences=places))
            claims.append(_as_written(found, document.text, text.written(line.span)))
        history.next_sentence()
    return tuple(claims)


def _as_written(claim: Claim, text: str, sentence: Span) -> Claim:
    """The claim in the words of the text as written, with the markup and all else that is not seen."""
    assert claim.span is not None
    words, whole = text[claim.span.start : claim.span.end], text[sentence.start : sentence.end]
    return claim if whole == claim.sentence else replace(claim, text=words, sentence=whole)


def read_claim(text: str, *, world: World, catalogue: Catalogue, as_of: Date, id: str = "c1") -> Claim:
    """A claim given by itself: one claim with a triple for each thing it says."""
    return next(read_claims([(id, text, as_of)], world=world, catalogue=catalogue))


def read_claims(
    given: Sequence[tuple[str, str, Date]],
    *,
    world: World,
    catalogue: Catalogue,
    watch: ReadWatch | None = None,
) -> Iterator[Claim]:
    """Claims given by themselves, each by its id, its text and its day; in their order.

    Who watches hears how each sentence was read.
    """
    for start in range(0, len(given), _AT_ONCE):
        some = given[start : start + _AT_ONCE]
        texts = [seen(text) for _, text, _ in some]
        readings = [
            _read(id, text.text, as_of, world=world, catalogue=catalogue, watch=watch)
            for text, (id, _, as_of) in zip(texts, some, strict=True)
        ]
        for claim, text, (_, written, _) in zip(_side_by_side(readings), texts, some, strict=True):
            yield claim if text.kept is None else replace(text.written(claim), text=written, sentence=written)


_Reading = Generator[Sequence[Word], Parse | None, Claim]
"""A claim being read: it gives a sentence where it needs its tree, and ends with what was read."""


def _side_by_side(readings: Sequence[_Reading]) -> Iterator[Claim]:
    """What the readings end with, once each has the trees that it asks for."""
    read: dict[int, Claim] = {}
    trees: dict[int, Parse | None] = dict.fromkeys(range(len(readings)))
    while trees:
        asked: dict[int, Sequence[Word]] = {}
        for number, tree in trees.items():
            try:
                asked[number] = readings[number].send(tree)
            except StopIteration as end:
                read[number] = end.value
        trees = dict(zip(asked, parse(asked.values()), strict=True)) if asked else {}
    yield from (read[number] for number in range(len(readings)))


def _read(
    id: str, text: str, as_of: Date, *, world: World, catalogue: Catalogue, watch: ReadWatch | None
) -> _Reading:
    """Read one claim; the parser is asked only if a sentence is not wholly accounted for without it."""
    folded = fold(text)
    compared = _compared(text, folded, world=world, catalogue=catalogue, as_of=as_of, watch=watch)
    if compared:
        return Claim(id, text, compared, sentence=text)
    alone = world.closed and len(text) <= _LONGEST
    by_tables = partial(read_closed, text, folded, world=world, catalogue=catalogue, as_of=as_of)
    hear = None if watch is None else lambda line: watch(Read(line, Manner.TABLES))
    if alone and (found := by_tables(watch=hear)):
        return Claim(id, text, found, sentence=text, any_of=joins_by_or(folded, found))
    history = History(world.types)
    triples: list[Triple] = []
    any_of = False
    note: Reason | None = None
    asked = False
    for number, span in enumerate(sentences(text) or (Span(0, len(text)),)):
        if number:
            history.next_sentence()
        line = read_line(text, folded, span, world=world, history=history, as_of=as_of, alone=True)
        history.expect(partial(remember, line))
        fits = _fits(line, catalogue)
        if not accounted(line, fits) or _tells_of_no_deed(line, fits) or may_exclude(line):
            line = line.with_tree((yield line.words))
            history.expect(partial(remember, line))
            fits = _fits(line, catalogue)
        if asks(line):
            asked = True
            fits = []
        said: list[Said] = []
        for fit in fits:
            if is_ranked(line, fit):
                note = note or Reason.INCOMPLETE_GROUP
                said.append(Said(fit, ()))
                continue
            made = list(triples_of(line, fit, catalogue))
            if len(kept := in_bounds(line, fit, made)) < len(made):
                note, made = note or Reason.INCOMPLETE_GROUP, list(kept)
            said.append(Said(fit, tuple(made)))
            denied = any(triple.negated for triple in made)  # "neither A nor B" denies it of both
            any_of = any_of or (not denied and any(handle.joint == "or" for _, handle in fit.slots))
            triples.extend(triple for triple in made if triple not in triples)
        if watch is not None:
            watch(Read(line, Manner.PHRASINGS, tuple(said), unread(line, fits)))
        if not fits and not asks(line):
            note = note or (
                Reason.UNKNOWN_RELATION if any(c.known for c in line.candidates) else Reason.UNKNOWN_ENTITY
            )
        elif passed_by(line, fits) or (
            line.tree is not None
            and (not main_point(line, line.tree, fits) or leaves_unread(line, line.tree, fits))
        ):
            note = note or Reason.UNKNOWN_RELATION
    if asked and not triples:
        note = Reason.NOT_CHECKABLE
    elif alone and not triples and note is Reason.UNKNOWN_RELATION:
        found = by_tables(unread=True, watch=hear)
        if found:
            return Claim(id, text, found, sentence=text)
    return Claim(id, text, tuple(triples), sentence=text, any_of=any_of, note=note)


def _compared(
    text: str,
    folded: str,
    *,
    world: World,
    catalogue: Catalogue,
    as_of: Date,
    watch: ReadWatch | None,
) -> tuple[Triple, ...]:
    """What a claim of one sentence compares; nothing if it does not, or if not all of it is read."""
    if len(text) > _LONGEST or not may_compare(words(folded)):
        return ()
    spans = sentences(text) or (Span(0, len(text)),)
    if len(spans) > 1:
        return ()
    line = read_line(
        text, folded, spans[0], world=world, history=History(world.types), as_of=as_of, alone=True
    )
    found = None if asks(line) else read_order(line, catalogue, partial(_plain, line, catalogue))
    if found is not None and watch is not None:
        watch(Read(line, Manner.COMPARISON))
    return () if found is None else found[0]


def _plain(line: Line, catalogue: Catalogue, text: str) -> tuple[Triple, ...]:
    """What a plain sentence beside a line says; nothing if not all of it could be read."""
    world, span = line.world, Span(0, len(text))
    one = read_line(text, text, span, world=world, history=History(world.types), as_of=line.as_of, alone=True)
    fits = _fits(one, catalogue)
    if not accounted(one, fits):
        one = one.with_tree(next(parse([one.words])))
        fits = _fits(one, catalogue)
        tree = one.tree
        if tree is None or not fits or not main_point(one, tree, fits) or leaves_unread(one, tree, fits):
            return ()
    if not fits or passed_by(one, fits) or any(is_ranked(one, fit) or fit.free for fit in fits):
        return ()
    said = [(fit, tuple(triples_of(one, fit, catalogue))) for fit in fits]
    if any(len(in_bounds(one, fit, triples)) < len(triples) for fit, triples in said):
        return ()
    return tuple(dict.fromkeys(triple for _, triples in said for triple in triples))


def _fits(line: Line, catalogue: Catalogue) -> list[Fit]:
    """What the phrasings say of a sentence, and what its words tie together beyond them."""
    out = _takes_out(line)
    if out and (line.alone or line.tree is None):
        return []
    clauses = clauses_of(line)
    fits = handovers(line, find_fits(line, clauses, catalogue), catalogue)
    fits = [fit for fit in fits if not _is_taken_out(line, fit, out)]
    if out:
        return [with_office(line, fit, catalogue) for fit in fits]
    if line.world.closed or not accounted(line, fits):
        fits = find_links(clauses, catalogue, fits)
    fits = with_gaps(line, [*fits, *find_descriptions(line, fits, catalogue)])
    fits = [fit for fit in restrained(line, fits) if not is_denied_at_last(line, max(fit.words, default=-1))]
    return [with_office(line, fit, catalogue) for fit in fits]


def _tells_of_no_deed(line: Line, fits: Sequence[Fit]) -> bool:
    """Whether a verb that no phrasing read may leave it undone: "wants to join", "refused to sign"."""
    read = {i for fit in fits for i in fit.literals}
    return any(word.lemma in WANTED | REFUSED for i, word in enumerate(line.words) if i not in read)


def _takes_out(line: Line) -> tuple[int, ...]:
    """Where it says "except X" or "did not fail to": no phrasing can say what that leaves."""
    pairs = enumerate(zip(line.words, line.words[1:], strict=False))
    found = {i for i, word in enumerate(line.words) if word.lemma in _TAKES_OUT}
    found |= {
        i
        for i, (one, two) in pairs
        if (one.lemma in {"not", "never"} and two.lemma in REFUSED)
        or (one.lemma, two.lemma) in {("other", "than"), ("apart", "from"), ("non", "-")}
    }
    found |= {i for i, word in enumerate(line.words) if word.lemma == "but" and _is_except(line.words, i)}
    return tuple(found)


def _is_except(row: Sequence[Word], but: int) -> bool:
    """Whether "but" stands right after all or none of something: "nobody but X", "no state but X"."""
    after = [word for word in row[but + 1 : but + 4] if word.lemma not in DETERMINERS]
    before = [word.lemma for word in row[max(0, but - 3) : but]]
    if not after or not after[0].capital or "," in before:
        return False
    return not _ALL_OR_NONE.isdisjoint(before[-1:]) or not {"no", "every", "any"}.isdisjoint(before)


def _is_taken_out(line: Line, fit: Fit, out: tuple[int, ...]) -> bool:
    """Whether what is left out is left out of this claim: it stands within it, or right beside."""
    if not out:
        return False
    if any(min(fit.words) - 1 <= i <= max(fit.words) + 2 for i in out):
        return True
    tree = line.tree
    return tree is None or any(tree.verb_at(i) == tree.verb_at(fit.anchor) for i in out)


def _claims(line: Line, catalogue: Catalogue, text: str) -> Iterator[Claim]:
    if asks(line):
        return
    sentence = text[line.span.start : line.span.end]
    compared = read_order(line, catalogue, partial(_plain, line, catalogue))
    if compared is not None:
        for triple in compared[0]:
            span = compared[1]
            yield Claim("", text[span.start : span.end], (triple,), span=span, sentence=sentence)
        return
    fits = _fits(line, catalogue)
    for fit in sorted(fits, key=lambda f: (min(f.words), f.found.pattern.relation)):
        placed = tuple(_placed(line, fit, catalogue))
        kept = () if is_ranked(line, fit) else in_bounds(line, fit, [triple for triple, _ in placed])
        for triple, span in placed:
            in_order = triple not in kept
            said = () if in_order else (triple,)
            partly = Reason.UNKNOWN_RELATION if says_by_whom(line, fit) else None
            note = Reason.INCOMPLETE_GROUP if in_order else partly
            yield Claim("", text[span.start : span.end], said, span=span, sentence=sentence, note=note)
    if (
        not fits
        and line.tree is not None
        and any(c.known for c in line.candidates)
        and "VERB" in line.tree.tags
    ):
        yield Claim("", sentence, (), span=line.span, sentence=sentence, note=Reason.UNKNOWN_RELATION)


def _placed(line: Line, fit: Fit, catalogue: Catalogue) -> Iterator[tuple[Triple, Span]]:
    """Each triple of a fit with the smallest stretch of text that says it."""
    for triple in triples_of(line, fit, catalogue):
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
        told = {period.text for period in triple.periods}
        if fit.found.pattern.object_is_date:
            told.add(triple.object.text)
        for text in told - {""}:
            for mention, indices in line.dates:
                if mention.period.text == text:
                    spans += [line.words[i].span for i in indices if line.words[i].is_word]
        spans = [s for s in spans if line.span.start <= s.start and s.end <= line.span.end]
        yield triple, Span(min(s.start for s in spans), max(s.end for s in spans))
