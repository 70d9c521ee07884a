"""Sentences that compare: "X is larger than Y", "X joined before Y", "X is the second oldest Z".

Such a sentence is read only as a whole: a word that is left over may say what no figure can tell. Whatever
stands beside "more ... than Y", "before Y" or "the first to" is read as a plain sentence with a figure or a
year in that place, so that each phrasing of the catalogue can be compared by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from verifier.model import (
    Aspect,
    Date,
    Degree,
    Form,
    Group,
    MatchKind,
    Order,
    Period,
    PeriodKind,
    Quantity,
    Reading,
    Span,
    Term,
    Triple,
    Way,
)
from verifier.relations import Catalogue, Relation, ValueKind
from verifier.text.reading import Line
from verifier.text.scales import (
    Scale,
    comparative,
    factor_at,
    plain_scale,
    rank_at,
    superlative,
)
from verifier.text.slots import group_term
from verifier.text.vocabulary import PRONOUNS
from verifier.text.words import Word, word_set

__all__ = ["may_compare", "read_order"]

Plain = Callable[[str], Sequence[Triple]]
"""What a plain sentence says; nothing if not all of it could be read."""

_CUES = word_set(
    """
    than as before after earlier later sooner twice half double triple thrice times time most least latest
    newest last for
    """
)
_LEADS = word_set("however moreover indeed today currently now geographically also that")
_FILLERS = word_set("also still even now today currently indeed however both each")
_EARLY = {("before",): Degree.LESS, ("prior", "to"): Degree.LESS, ("after",): Degree.MORE}
_RELATIVE = {"earlier": Degree.LESS, "sooner": Degree.LESS, "later": Degree.MORE}
_AUXILIARIES = word_set("be do have")
_TIMES = frozenset(["y", "mo", "d"])
_GENERIC = word_set("country state nation member party one signatory place")
_RECENT = {"newest": Degree.MORE, "latest": Degree.MORE, "last": Degree.MORE, "recent": Degree.MORE}
_SURE = 90.0
_SOME_FIGURE, _SOME_YEAR = 7, 1999


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


@dataclass(frozen=True, slots=True)
class _Owner:
    """Things, or a figure of theirs: "Turkey", "Turkey's area", "the area of Turkey"."""

    end: int
    terms: tuple[Term, ...]
    figure: Relation | None = None


class _Reader:
    """One sentence, by position among its words without dates and end marks."""

    def __init__(self, line: Line, catalogue: Catalogue, plain: Plain) -> None:
        self.line, self.catalogue, self.plain = line, catalogue, plain
        row = [i for i in range(len(line.words)) if i not in line.skip]
        while row and not line.words[row[-1]].is_word:
            row.pop()
        self.by: Relation | None = None
        self.row = tuple(row)
        self.words = tuple(line.words[i] for i in row)
        self._take_measure()

    # ------------------------------------------------------------------------------------------ the sentence

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

    def low(self, at: int) -> str:
        """The word at a position in small letters; "" beyond the end."""
        return self.words[at].text.casefold() if 0 <= at < len(self.words) else ""

    def lemma(self, at: int) -> str:
        return self.words[at].lemma if 0 <= at < len(self.words) else ""

    def text(self, start: int, end: int) -> str:
        """Words as written, with single spaces."""
        out = ""
        for at in range(start, end):
            glued = at == start or self.words[at - 1].span.end == self.words[at].span.start
            out += ("" if glued else " ") + self.words[at].text
        return out

    def _take_measure(self) -> None:
        """ "by area", "in terms of population": by what it is compared, which is then left out."""
        for at in range(1, len(self.words)):
            begin = at
            if self.low(at) not in {"by", "in"}:
                continue
            at += 1
            if (self.low(at), self.low(at + 1)) == ("terms", "of"):
                at += 2
            found = self.figure(at)
            if found is None:
                continue
            end, relation = found
            if self.low(end) not in {"", ",", "than", "is", "was", "of", "among"}:
                continue
            comma = self.low(begin - 1) == "," and self.low(end) == ","
            begin, end = (begin - 1, end + 1) if comma else (begin, end)
            self.by = relation
            self.row = self.row[:begin] + self.row[end:]
            self.words = self.words[:begin] + self.words[end:]
            return

    # -------------------------------------------------------------------------------------- names and figures

    def names(self, at: int) -> Iterator[tuple[int, Term]]:
        """The names that begin here, an article left out, the longest first."""
        begin = at + (self.low(at) == "the")
        if begin >= len(self.row):
            return
        index = self.row[begin]
        for candidate in self.line.starting(index):
            stop = begin + candidate.end - candidate.start
            whole = self.row[begin:stop] == tuple(range(candidate.start, candidate.end))
            if candidate.known and whole and not self.line.is_part(candidate.start, candidate.end):
                term = self.line.term(candidate)
                if term.matches and (
                    term.matches[0].score >= _SURE or term.matches[0].kind is MatchKind.CONTEXT
                ):
                    yield stop - (self.low(stop - 1) == "'s"), term
        if self.low(begin) in PRONOUNS and begin == at:
            spoken_of = self.line.pronoun(index)
            if spoken_of is not None:
                yield begin + 1, replace(spoken_of, span=self.line.words[index].span)

    def things(self, at: int) -> Iterator[tuple[int, tuple[Term, ...]]]:
        """A name, or several with "and" between them; the longest list first."""
        for end, first in tuple(self.names(at)):
            terms, stop = [first], end
            listed: list[tuple[int, tuple[Term, ...]]] = []
            while self.low(stop) in {"and", ","}:
                joint = "and" in {self.low(stop), self.low(stop + 1)}
                following = next(self.names(stop + 1 + (self.low(stop + 1) == "and")), None)
                if following is None:
                    break
                stop = following[0]
                terms.append(following[1])
                if joint:
                    listed.append((stop, tuple(terms)))
            yield from reversed(listed)
            yield end, (first,)

    def figure(self, at: int) -> tuple[int, Relation] | None:
        """The noun of a figure that begins here: "population", "land area", "GDP per capita"."""
        for end in range(min(at + 4, len(self.words)), at, -1):
            found = self.catalogue.find(" ".join(self.low(i) for i in range(at, end)))
            if found is not None and found.value is ValueKind.QUANTITY:
                return end, found
        return None

    def owners(self, at: int) -> Iterator[_Owner]:
        """The things that a sentence or its second half is of."""
        if self.low(at) in {"the", "that", "those"}:
            figure = self.figure(at + 1) if self.low(at) == "the" else (at + 1, None)
            if figure is not None and self.low(figure[0]) == "of":
                for end, terms in self.things(figure[0] + 1):
                    yield _Owner(end, terms, figure[1])
        for end, terms in self.things(at):
            possessive = self.low(end) == "'s" or self.low(end - 1) in {"its", "their", "his", "her"}
            after = end + (self.low(end) == "'s")
            if possessive:
                figure = self.figure(after)
                if figure is not None:
                    yield _Owner(figure[0], terms, figure[1])
                elif self.low(end) == "'s":
                    yield _Owner(after, terms)
            else:
                yield _Owner(end, terms)

    # --------------------------------------------------------------------------------------------- predicates

    def _predicate(self, owner: _Owner) -> Iterator[Triple]:
        if (
            self.low(owner.end) == ","
            and self.low(owner.end + 1) in _FILLERS
            and self.low(owner.end + 2) == ","
        ):
            owner = replace(owner, end=owner.end + 3)
        be = self._copula(owner.end)
        if owner.figure is not None:
            if be is not None:
                yield from self._figure_compared(owner, *be)
            return
        if self.low(owner.end - 1) == "'s":
            return
        if be is not None:
            found = tuple(self._adjective(owner, *be)) or tuple(self._share(owner, *be))
            found = found or tuple(self._superlative(owner, *be))
            if found:
                yield from found
                return
        yield from (
            tuple(self._more_than(owner)) or tuple(self._before(owner)) or tuple(self._for_long(owner))
        )

    def _copula(self, at: int) -> tuple[int, bool] | None:
        """The position after "is (also) (not)", and whether it is denied."""
        if self.lemma(at) != "be" or self.low(at) == "be":
            return None
        at, negated = at + 1, False
        while self.low(at) in _FILLERS or self.lemma(at) == "not" or self.low(at) == "never":
            negated = negated is not (self.low(at) not in _FILLERS)
            at += 1
        return at, negated

    def _past(self) -> bool:
        return any(word.text.casefold() in {"was", "were", "had"} for word in self.words)

    def _adjective(self, owner: _Owner, at: int, negated: bool) -> Iterator[Triple]:
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

    def _by_scale(self, scale: Scale, words: str) -> tuple[tuple[Reading, ...], bool] | None:
        """The relations that an adjective goes by, the most usual first; True if it is for less of it."""
        wanted = scale.relations[0][1] if scale.relations else scale.magnitude is True
        if self.by is not None:
            return (self._reading(self.by, words),), not wanted
        found = [self.catalogue[id] for id, more in scale.relations if more is wanted]
        readings = (self._reading(relation, words) for relation in found)
        scored = tuple(replace(reading, score=100.0 - number) for number, reading in enumerate(readings))
        return (scored, not wanted) if scored else None

    def _reading(self, relation: Relation, words: str) -> Reading:
        return Reading(relation.id, relation.label, words, 100.0, way=Way.PHRASING, form=Form.NOMINAL)

    def _share(self, owner: _Owner, at: int, negated: bool) -> Iterator[Triple]:
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

    def _figure_compared(self, owner: _Owner, at: int, negated: bool) -> Iterator[Triple]:
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

    def _more_than(self, owner: _Owner) -> Iterator[Triple]:
        """ "has more inhabitants than Y", "has a larger area than Y", "employs twice as many people as Y"."""
        for at in range(owner.end + 1, len(self.words) - 2):
            noun = self._more_of(at)
            if noun is None:
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

    def _more_of(self, at: int) -> tuple[int, Order, str, bool] | None:
        """Where the noun begins, what is said of it, the word that follows it; True if it is a figure's."""
        factor = factor_at(self.words, at)
        begin = at if factor is None else factor[0]
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
        self, owner: _Owner, lead: str, noun: str, *, called: bool
    ) -> tuple[tuple[Reading, bool], ...]:
        """The relation that a figure before this noun would be of, and whether it is denied."""
        denied = " not " in f" {lead} "
        if called:
            relation = self.catalogue.find(noun)
            known = relation is not None and relation.value is ValueKind.QUANTITY
            return ((self._reading(relation, noun), denied),) if known and relation is not None else ()
        said = self.plain(f"{_label(owner.terms[0])} {lead} {_SOME_FIGURE} {noun}.")
        dated = bool(self.line.dates)  # "had more in 2020": the date says when
        if len(said) != 1 or any(not dated or p.kind is not PeriodKind.BEFORE for p in said[0].periods):
            return ()
        value = said[0].object.value
        if not isinstance(value, Quantity) or value.amount != _SOME_FIGURE or not self._is_of(said[0], owner):
            return ()
        kept = (reading for reading in said[0].readings if not reading.inverse)
        return tuple((replace(reading, text=noun), said[0].negated) for reading in kept)[:1]

    def _is_of(self, said: Triple, owner: _Owner) -> bool:
        """Whether a plain sentence was read as one about the same thing."""
        ids = {match.id for match in owner.terms[0].matches}
        return bool(ids & {match.id for match in said.subject.matches})

    def _told_of(self, said: Sequence[Triple], owner: _Owner) -> Triple | None:
        """The one triple that a plain sentence was read as, told of the same thing from its end."""
        if len(said) != 1 or not said[0].readings:
            return None
        told = said[0]
        if any(end.group is not None or end.quantifier is not None for end in (told.subject, told.object)):
            return None
        if not self._is_of(told, owner):
            readings = tuple(replace(reading, inverse=not reading.inverse) for reading in told.readings)
            told = replace(told, subject=told.object, object=told.subject, readings=readings)
        return replace(told, subject=owner.terms[0]) if self._is_of(told, owner) else None

    def _ended(
        self,
        owner: _Owner,
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
            if self.lemma(end) in _AUXILIARIES:
                end += 1
            if end == len(self.words) and other.figure is None and self.low(other.end - 1) != "'s":
                yield from self._triples(owner.terms, other.terms, order, readings, negated=negated)
                return

    def _triples(
        self,
        terms: Sequence[Term],
        others: Sequence[Term],
        order: Order,
        readings: tuple[Reading, ...],
        *,
        negated: bool,
    ) -> Iterator[Triple]:
        """A triple of figures for each pair of things."""
        periods = self._periods()
        if periods is None:
            return
        drifting = any(self.catalogue[r.relation].drift for r in readings if r.relation in self.catalogue)
        if self._past() and not periods and drifting:
            return  # "was larger": then, whenever that was
        for term in terms:
            for other in others:
                yield Triple(
                    term,
                    Term(order.text),
                    readings,
                    relation_text=readings[0].text,
                    periods=periods,
                    negated=negated,
                    order=replace(order, than=other),
                )

    def _periods(self) -> tuple[Period, ...] | None:
        """The one time that a sentence names; None if it says more of time than that."""
        periods = [mention.period for mention, _ in self.line.dates]
        if not periods:
            return ()
        known = len(periods) == 1 and periods[0].kind is PeriodKind.AT and periods[0].date is not None
        return tuple(periods) if known else None

    # --------------------------------------------------------------------------------------- before and after

    def _before(self, owner: _Owner) -> Iterator[Triple]:
        """ "joined the club before Y (did)", "was born later than Y"."""
        if self.line.dates or self.line.quantities or len(owner.terms) > 1:
            return  # "two years before Y" says more than that it was before
        for at in range(owner.end + 1, len(self.words) - 1):
            found = self._connective(at)
            if found is None:
                continue
            begin, degree = found
            for end, others in self.things(begin):
                stop = end + (self.lemma(end) in _AUXILIARIES)
                if stop != len(self.words) or not self._comparable(owner.terms, others):
                    continue
                words = self.text(owner.end, at)
                for told, aspect in self._dated(owner, words):
                    # "recognised X before Y": before it recognised Y, or before Y did so?
                    if stop == end and self._comparable((told.object,), others):
                        return
                    for other in others:
                        order = Order(degree, other, aspect, text=self.text(at, stop))
                        figure = Term(order.text) if aspect is Aspect.VALUE else told.object
                        yield replace(told, object=figure, order=order, periods=())
                return

    def _connective(self, at: int) -> tuple[int, Degree] | None:
        for words, degree in _EARLY.items():
            if tuple(self.low(at + n) for n in range(len(words))) == words:
                return at + len(words), degree
        if self.low(at) in _RELATIVE and self.low(at + 1) == "than":
            return at + 2, _RELATIVE[self.low(at)]
        return None

    def _comparable(self, terms: Sequence[Term], others: Sequence[Term]) -> bool:
        """Whether things are of one kind: "before Sweden", not "before the war"."""
        types = self.line.world.types
        for other in others:
            for term in terms:
                if not any(types(a.id) & types(b.id) for a in term.matches for b in other.matches):
                    return False
        return True

    def _dated(self, owner: _Owner, words: str) -> Iterator[tuple[Triple, Aspect]]:
        """What a sentence with a year in the place of the other thing says, and what the year would be of."""
        year = _SOME_YEAR if self.line.as_of is None else min(_SOME_YEAR, self.line.as_of.earliest[0] - 1)
        said = self.plain(f"{_label(owner.terms[0])} {words} in {year}.")
        told = self._told_of(said, owner)
        if told is None:
            return
        if isinstance(told.object.value, Date):
            if told.object.value.earliest[0] == year and not told.periods:
                yield told, Aspect.VALUE
            return
        dated = [period for period in told.periods if period.date is not None]
        if len(told.periods) != 1 or len(dated) != 1 or dated[0].date is None:
            return
        relation = self.catalogue.get(told.readings[0].relation)
        happens = relation is not None and relation.event and dated[0].kind is PeriodKind.AT
        aspect = {PeriodKind.BEGAN: Aspect.START, PeriodKind.ENDED: Aspect.END}.get(dated[0].kind)
        aspect = Aspect.START if happens else aspect
        if aspect is not None and dated[0].date.earliest[0] == year and told.object.matches:
            yield told, aspect

    # --------------------------------------------------------------------------------------------- in a group

    def _superlative(self, owner: _Owner, at: int, negated: bool) -> Iterator[Triple]:
        """ "is the (second) largest Z", "was the first Z to join", "is ASEAN's newest member"."""
        held = next((end for end, _ in self.names(at) if self.low(end) == "'s"), None)
        group_owner = "" if held is None else f"{self.text(at + (self.low(at) == 'the'), held)} 's "
        if held is not None:
            at = held + 1
        elif self.low(at) == "the":
            at += 1
        else:
            return
        yield from self._placed(owner.terms, at, len(self.words), group_owner, negated=negated)

    def _placed(
        self, terms: tuple[Term, ...], at: int, stop: int, group_owner: str, *, negated: bool
    ) -> Iterator[Triple]:
        if len(terms) > 1:
            return
        ranked = rank_at(self.words, at)
        begin, place = ranked or (at, 1)
        scale = superlative(self.words, begin, self.catalogue)
        if scale is not None:
            group = self._group(group_owner + self.text(scale.end, stop))
            by = self._by_scale(scale, self.text(begin, scale.end))
            if group is not None and by is not None:
                degree = Degree.LESS if by[1] else Degree.MORE
                order = Order(degree, place=place, text=self.text(at, stop))
                found = tuple(self._triples(terms, (group,), order, by[0], negated=negated))
                if found and not self._of_membership(by[0], group):
                    yield from found
                    return
        yield from self._in_time(terms, at, stop, group_owner, negated=negated)

    def _of_membership(self, readings: tuple[Reading, ...], group: Term) -> bool:
        """ "newest member", "oldest member": by when it came, or by its age? That cannot be told."""
        dated = any(self.catalogue[r.relation].value is ValueKind.DATE for r in readings)
        conditions = group.group.conditions if group.group is not None else ()
        return dated and not any(
            "class" in self.line.world.types(match.id)
            for _, other, _ in conditions
            for match in other.matches[:1]
        )

    def _in_time(
        self, terms: tuple[Term, ...], at: int, stop: int, group_owner: str, *, negated: bool
    ) -> Iterator[Triple]:
        """ "first Z to join", "latest member of Z"."""
        if self.line.dates:
            return
        ranked = rank_at(self.words, at)
        begin, place = ranked or (at, 1)
        degree = Degree.LESS
        if (self.low(begin), self.low(begin + 1)) == ("most", "recent"):
            begin, degree, recent = begin + 2, Degree.MORE, True
        elif self.low(begin) in _RECENT:
            begin, degree, recent = begin + 1, _RECENT[self.low(begin)], True
        elif ranked is None:
            return
        else:
            recent = False
        to = next((n for n in range(begin, stop) if self.low(n) == "to" and n + 1 < stop), None)
        order = Order(degree, aspect=Aspect.START, place=place, text=self.text(at, stop))
        if to is not None and self.lemma(to + 1) == self.low(to + 1):
            yield from self._first_to(terms, order, group_owner + self.text(begin, to), to + 1, stop, negated)
        elif recent or ranked is None:
            group = self._group(group_owner + self.text(begin, stop))
            if group is None or group.group is None or len(group.group.conditions) != 1:
                return
            relation, other, is_object = group.group.conditions[0]
            known = self.catalogue.get(relation)
            if known is None or not other.matches or "class" in self.line.world.types(other.matches[0].id):
                return
            reading = Reading(
                known.id, known.label, self.text(begin, stop), 100.0, is_object, Way.PHRASING, Form.NOMINAL
            )
            yield Triple(
                terms[0],
                other,
                (reading,),
                relation_text=self.text(at, stop),
                negated=negated,
                order=replace(order, than=group),
            )

    def _first_to(
        self, terms: tuple[Term, ...], order: Order, group_words: str, verb: int, stop: int, negated: bool
    ) -> Iterator[Triple]:
        """ "the first (of the three Baltic states) to join": with the words of the group, and the verb."""
        owner = _Owner(verb, terms)
        for told, aspect in self._dated(owner, f"did {self.text(verb, stop)}"):
            if told.negated:
                return
            group = self._group(group_words) if group_words else None
            bare = all(word in _GENERIC for word in group_words.casefold().split())
            if aspect is Aspect.VALUE and (bare or group is None):
                return
            if bare:
                reading = told.readings[0]
                conditions = ((reading.relation, told.object, reading.inverse),)
                words = f"all to {self.text(verb, stop)}"
                group = Term(words, group=Group(words, conditions))
            elif group is None:
                return
            figure = Term(order.text) if aspect is Aspect.VALUE else told.object
            yield replace(
                told,
                object=figure,
                order=replace(order, than=group, aspect=aspect),
                negated=negated,
                periods=(),
            )

    def _inverted(self, start: int) -> Iterator[Triple]:
        """ "The largest Z is X"."""
        if self.low(start) != "the":
            return
        for at in range(start + 2, len(self.words) - 1):
            be = self._copula(at)
            if be is None:
                continue
            for end, terms in self.things(be[0]):
                if end == len(self.words):
                    yield from self._placed(terms, start + 1, at, "", negated=be[1])
                    return

    def _group(self, words: str) -> Term | None:
        """The group that a noun phrase names, in the singular or after "of"."""
        phrase = words.strip()
        lead, _, rest = phrase.partition(" ")
        many = lead.casefold() in {"of", "among"}
        text = rest if many else phrase
        if not text:
            return None
        if many:
            text = text.removeprefix("all ").removeprefix("the ").removeprefix("all ")
        forms = [f"all {text}", f"all the {text}"] if many else [f"every {text}"]
        noun, _, place = text.partition(" in ")
        if place and noun.casefold() in _GENERIC | {f"{one}s" for one in _GENERIC}:
            forms = [f"every member of {place}"]
        for form in forms:
            term = group_term(form, self.line.world)
            if term is not None and term.group is not None and self._has_members(term.group):
                return replace(term, text=text, group=replace(term.group, text=text))
        return None

    def _has_members(self, group: Group) -> bool:
        """Whether the tables know a member by each of the group's conditions."""
        world, day = self.line.world, self.line.as_of
        return bool(group.conditions) and all(
            any(
                (world.values if is_object else world.members)(relation, match.id, day)
                for match in other.matches
                if day is not None
            )
            for relation, other, is_object in group.conditions
        )

    # ------------------------------------------------------------------------------------------------ lengths

    def _for_long(self, owner: _Owner) -> Iterator[Triple]:
        """ "was president for twelve years": how long what the rest says was so."""
        if len(owner.terms) > 1:
            return
        for mention, indices in self.line.quantities:
            quantity = mention.quantity
            if quantity.unit not in _TIMES or not indices or mention.of is not None:
                continue
            inside = [n for n, i in enumerate(self.row) if i in indices]
            if not inside or self.low(inside[0] - 1) != "for":
                continue
            begin, end = inside[0] - 1, inside[-1] + 1
            rest = f"{self.text(owner.end, begin)} {self.text(end, len(self.words))}".strip()
            told = self._told_of(self.plain(f"{_label(owner.terms[0])} {rest}."), owner)
            if told is None or not told.object.matches:
                return
            relation = self.catalogue.get(told.readings[0].relation)
            if relation is None or relation.event or self.line.dates or len(self.line.quantities) > 1:
                return
            order = Order(Degree.EQUAL, aspect=Aspect.LENGTH, amount=quantity, text=self.text(begin, end))
            yield replace(told, order=order, periods=())
            return


def _turned(degree: Degree) -> Degree:
    return {Degree.MORE: Degree.LESS, Degree.LESS: Degree.MORE}.get(degree, degree)


def _label(term: Term) -> str:
    return term.matches[0].label if term.matches else term.text
