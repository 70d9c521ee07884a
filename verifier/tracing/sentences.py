"""How the words of a claim were read: sentences, clauses, dates and figures, and what was left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from verifier.model import Part, Quantity, Term, Triple
from verifier.relations import Catalogue
from verifier.text.notes import Manner, Read, Said
from verifier.text.reading import Line
from verifier.trace import Clause, Figure, Sentence

__all__ = ["sentences_of"]


def sentences_of(reads: Sequence[Read], parts: Iterable[Part], catalogue: Catalogue) -> Iterator[Sentence]:
    """Each sentence of a claim; what was read by the tables in the end is told so only."""
    triples = [part.triple for part in parts]
    shown = [read for read in reads if read.manner is Manner.TABLES] or reads
    for read in shown:
        line = read.line
        yield Sentence(
            line.text[line.span.start : line.span.end],
            read.manner,
            line.tree is not None,
            tuple(_clause(line, said, catalogue) for said in read.said),
            tuple(_figures(line, triples)),
            tuple(_runs(line, read.unread)),
        )


def _clause(line: Line, said: Said, catalogue: Catalogue) -> Clause:
    fit = said.fit
    relation = fit.found.pattern.relation
    known = catalogue.get(relation)
    whole = [i for i in (*fit.words, *fit.passed) if 0 <= i < len(line.words)]
    return Clause(
        line.slice(min(whole), max(whole) + 1) if whole else "",
        relation,
        relation if known is None else known.label,
        _words(line, fit.literals),
        _words(line, fit.passed),
        len(said.triples),
    )


def _words(line: Line, indices: Iterable[int]) -> str:
    return " ".join(line.words[i].text for i in sorted(set(indices)))


def _figures(line: Line, triples: Sequence[Triple]) -> Iterator[Figure]:
    said = {period.text for triple in triples for period in triple.periods}
    said |= {term.text for triple in triples for term in (triple.subject, triple.object)}
    amounts = [amount for triple in triples for amount in _amounts(triple)]
    for date, indices in line.dates:
        text = date.period.text or (line.slice(indices[0], indices[-1] + 1) if indices else "")
        yield Figure(text, date.period, date.period.text in said)
    for figure, indices in line.quantities:
        text = line.slice(indices[0], indices[-1] + 1) if indices else ""
        yield Figure(text, figure.quantity, figure.quantity in amounts or figure.of in amounts)


def _amounts(triple: Triple) -> Iterator[Quantity]:
    """Every figure that a triple has: as an end, in a quantifier, a qualifier or a comparison."""
    terms: list[Term] = [triple.subject, triple.object, *(term for _, term in triple.qualifiers)]
    for term in terms:
        if isinstance(term.value, Quantity):
            yield term.value
        if term.quantifier is not None:
            yield from (one for one in (term.quantifier.count, term.quantifier.of) if one is not None)
    if triple.order is not None:
        yield from (one for one in (triple.order.factor, triple.order.amount) if one is not None)


def _runs(line: Line, indices: Sequence[int]) -> Iterator[str]:
    """Words that stand side by side as one text."""
    start = 0
    for number, index in enumerate(indices):
        last = number + 1 == len(indices)
        if last or indices[number + 1] != index + 1:
            yield line.slice(indices[start], index + 1)
            start = number + 1
