"""Sentences that compare: "X is larger than Y", "X joined before Y", "X is the second oldest Z".

Such a sentence is read only as a whole: a word that is left over may say what no figure can tell. Whatever
stands beside "more ... than Y", "before Y" or "the first to" is read as a plain sentence with a figure or a
year in that place, so that each phrasing of the catalogue can be compared by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from verifier.model import Degree, Order, PeriodKind, Quantity, Reading, Span, Triple
from verifier.relations import Catalogue, ValueKind
from verifier.text.events import AUXILIARIES, CHANGES
from verifier.text.reading import Line
from verifier.text.scales import Scale, comparative, factor_at, plain_scale, rank_at
from verifier.text.scan import FILLERS, Owner, Plain, first_label
from verifier.text.soles import Soles
from verifier.text.words import Word, word_set

__all__ = ["may_compare", "read_order"]

_CUES = (
    word_set(
        """
    than as before after earlier later sooner twice half double triple thrice times time most least latest
    newest last for only sole
    """
    )
    | CHANGES
)
_LEADS = word_set("however moreover indeed today currently now geographically also that")
_SOME_FIGURE = 7


def may_compare(words: Sequence[Word]) -> bool:
    """Whether any word looks as if something were compared."""
    return any(
        word.lemma in _CUES or word.text.casefold().endswith(("est", "er")) or rank_at(words, at) is not None
        for at, word in enumerate(words)
    )


def read_order(line: Line, catalogue: Catalogue, plain: Plain) -> tuple[tuple[Triple, ...], Span] | None:
    """What a sentence compares, with the stretch of text that says it; None if it is not all of it."""
    if not may_compare(line.words) or '"' in {word.text for word in line.words}:
        return None
    reader = _Reader(line, catalogue, plain)
    found = tuple(reader.read()) if reader.row else ()
    return (found, line.span_of(reader.row[0], reader.row[-1] + 1)) if found else None


class _Reader(Soles):
    """A sentence that compares, in any of these ways."""

    def read(self) -> Iterator[Triple]:
        """The triples of the first way in which the whole sentence can be read."""
        start = 0
        while start < len(self.words) and (self.low(start) in _LEADS or self.words[start].text == ","):
            start += 1
        for owner in self.owners(start):
            found = tuple(self._predicate(owner))
            if found:
                yield from found
                return
        yield from self._inverted(start)

    def _predicate(self, owner: Owner) -> Iterator[Triple]:
        if (
            self.low(owner.end) == ","
            and self.low(owner.end + 1) in FILLERS
            and self.low(owner.end + 2) == ","
        ):
            owner = replace(owner, end=owner.end + 3)
        be = self._copula(owner.end)
        if owner.figure is not None:
            if be is not None:
                yield from self._figure_compared(owner, *be)
            else:
                yield from self._changed(owner)
            return
        if self.low(owner.end - 1) == "'s":
            return
        if be is not None:
            found = tuple(self._adjective(owner, *be)) or tuple(self._share(owner, *be))
            found = found or tuple(self._superlative(owner, *be)) or tuple(self._sole(owner, *be))
            if found:
                yield from found
                return
        yield from (
            tuple(self._times_figure(owner))
            or tuple(self._more_than(owner))
            or tuple(self._before(owner))
            or tuple(self._for_long(owner))
        )

    def _adjective(self, owner: Owner, at: int, negated: bool) -> Iterator[Triple]:
        """ "is (three times) larger than Y", "is (half) as large as Y"."""
        factor = factor_at(self.words, at)
        begin = at if factor is None else factor[0]
        if self.low(begin) == "as":
            scale = plain_scale(self.words, begin + 1, self.catalogue)
            if scale is None or self.low(scale.end) != "as":
                return
            degree = Degree.EQUAL
        else:
            scale = comparative(self.words, begin, self.catalogue)
            if scale is None or self.low(scale.end) != "than":
                return
            degree = Degree.MORE
        if degree is Degree.EQUAL and negated and factor is None:
            degree, negated = Degree.LESS, False  # "not as large as" is smaller
        order = Order(
            degree, factor=None if factor is None else factor[1], text=self.text(at, len(self.words))
        )
        found = self._by_scale(scale, self.text(begin, scale.end))
        if found is None:
            return
        readings, turned = found
        if turned and (degree is not Degree.MORE or factor is not None):
            return  # "as small as" and "three times smaller" are no number of times
        order = replace(order, degree=Degree.LESS) if turned else order
        yield from self._ended(owner, scale.end + 1, order, readings, negated=negated)

    def _share(self, owner: Owner, at: int, negated: bool) -> Iterator[Triple]:
        """ "is three times the size of Y", "is half Y's area"."""
        begin, factor = at, factor_at(self.words, at)
        if factor is None:
            return
        at, times = factor
        order = Order(Degree.EQUAL, factor=times, text=self.text(begin, len(self.words)))
        if self.low(at) == "the" and self.low(at + 1) == "size" and self.low(at + 2) == "of":
            scale = Scale(at + 2, self.catalogue.scales.get("large", ()), magnitude=True)
            found = self._by_scale(scale, self.text(at + 1, at + 2))
            if found is not None:
                yield from self._ended(owner, at + 3, order, found[0], negated=negated)
            return
        for other in self.owners(at):
            if other.figure is not None and other.end == len(self.words):
                reading = self._reading(other.figure, other.figure.label)
                yield from self._triples(owner.terms, other.terms, order, (reading,), negated=negated)
                return

    def _times_figure(self, owner: Owner) -> Iterator[Triple]:
        """ "has twice the population of Y", "has half Y's area"."""
        at, negated = owner.end, False
        while self.low(at) in FILLERS | {"do", "does", "did", "not"}:
            negated = negated is not (self.low(at) == "not")
            at += 1
        if self.lemma(at) == "have" and not self._continues(at):
            yield from self._share(owner, at + 1, negated)

    def _continues(self, at: int) -> bool:
        """Whether "have" only helps another verb."""
        return self.lemma(at + 1) in {"be", "have", "not"}

    def _figure_compared(self, owner: Owner, at: int, negated: bool) -> Iterator[Triple]:
        """ "X's area is larger than Y's", "the population of X is twice that of Y"."""
        assert owner.figure is not None
        reading = (self._reading(owner.figure, owner.figure.label),)
        factor = factor_at(self.words, at)
        begin = at if factor is None else factor[0]
        scale = comparative(self.words, begin, self.catalogue)
        times = None if factor is None else factor[1]
        if scale is not None and scale.magnitude is not None and self.low(scale.end) == "than":
            if times is not None and not scale.magnitude:
                return
            degree = Degree.MORE if scale.magnitude else Degree.LESS
            begin = scale.end + 1
        elif self.low(begin) == "as":
            scale = plain_scale(self.words, begin + 1, self.catalogue)
            if scale is None or not scale.magnitude or self.low(scale.end) != "as":
                return
            degree, begin = Degree.EQUAL, scale.end + 1
            if negated and times is None:
                degree, negated = Degree.LESS, False
        elif times is not None:
            degree = Degree.EQUAL
        else:
            return
        order = Order(degree, factor=times, text=self.text(at, len(self.words)))
        for other in self.owners(begin):
            if other.end == len(self.words) and other.figure in (None, owner.figure):
                yield from self._triples(owner.terms, other.terms, order, reading, negated=negated)
                return

    def _more_than(self, owner: Owner) -> Iterator[Triple]:
        """ "has more inhabitants than Y", "has a larger area than Y", "employs twice as many people as Y"."""
        for at, noun in self._compared_nouns:
            if at <= owner.end:
                continue
            begin, order, link, called = noun
            for end in range(len(self.words) - 1, begin, -1):
                if self.low(end) != link:
                    continue
                said = self._of_figure(owner, self.text(owner.end, at), self.text(begin, end), called=called)
                for reading, denied in said:
                    yield from self._ended(owner, end + 1, order, (reading,), negated=denied)
                if said:
                    return

    @cached_property
    def _compared_nouns(self) -> list[tuple[int, tuple[int, Order, str, bool]]]:
        """Where "more inhabitants", "a larger area" begins; nowhere if there is no "than" and no "as"."""
        if not {word.lemma for word in self.words} & {"than", "as"}:
            return []
        found = ((at, self._more_of(at)) for at in range(len(self.words) - 2))
        return [(at, noun) for at, noun in found if noun is not None]

    def _more_of(self, at: int) -> tuple[int, Order, str, bool] | None:
        """Where the noun begins, what is said of it, the word that follows it; True if it is a figure's."""
        factor = factor_at(self.words, at)
        begin = at if factor is None else factor[0]
        if self.low(begin) not in {"as", "more", "fewer", "less", "a"}:
            return None
        times, words = None if factor is None else factor[1], self.text(at, len(self.words))
        if self.low(begin) == "as" and self.low(begin + 1) in {"many", "much"}:
            return begin + 2, Order(Degree.EQUAL, factor=times, text=words), "as", False
        if self.low(begin) in {"more", "fewer", "less"} and times is None:
            degree = Degree.MORE if self.low(begin) == "more" else Degree.LESS
            return begin + 1, Order(degree, text=words), "than", False
        if self.low(begin) == "a" and times is None:
            scale = comparative(self.words, begin + 1, self.catalogue)
            if scale is not None and scale.magnitude is not None and self.figure(scale.end) is not None:
                degree = Degree.MORE if scale.magnitude else Degree.LESS
                return scale.end, Order(degree, text=words), "than", True
        return None

    def _of_figure(
        self, owner: Owner, lead: str, noun: str, *, called: bool
    ) -> tuple[tuple[Reading, bool], ...]:
        """The relation that a figure before this noun would be of, and whether it is denied."""
        denied = " not " in f" {lead} "
        if called:
            relation = self.catalogue.find(noun)
            known = relation is not None and relation.value is ValueKind.QUANTITY
            return ((self._reading(relation, noun), denied),) if known and relation is not None else ()
        said = self.plain(f"{first_label(owner.terms[0])} {lead} {_SOME_FIGURE} {noun}.")
        dated = bool(self.line.dates)  # "had more in 2020": the date says when
        if len(said) != 1 or any(not dated or p.kind is not PeriodKind.BEFORE for p in said[0].periods):
            return ()
        value = said[0].object.value
        if not isinstance(value, Quantity) or value.amount != _SOME_FIGURE or not self._is_of(said[0], owner):
            return ()
        kept = (reading for reading in said[0].readings if not reading.inverse)
        return tuple((replace(reading, text=noun), said[0].negated) for reading in kept)[:1]

    def _ended(
        self,
        owner: Owner,
        at: int,
        order: Order,
        readings: tuple[Reading, ...],
        *,
        negated: bool,
    ) -> Iterator[Triple]:
        """The triples, if what it is compared with is all that follows."""
        if self.low(at) in {"any", "all", "every"} and self.low(at + 1) == "other" and order.factor is None:
            group = self._group(self.text(at + 2, len(self.words)))
            if group is not None and order.degree is not Degree.EQUAL:
                whole = replace(order, place=1)
                yield from self._triples(owner.terms, (group,), whole, readings, negated=negated)
            return
        for other in self.owners(at):
            end = other.end
            if self.lemma(end) in AUXILIARIES:
                end += 1
            if end == len(self.words) and other.figure is None and self.low(other.end - 1) != "'s":
                yield from self._triples(owner.terms, other.terms, order, readings, negated=negated)
                return
