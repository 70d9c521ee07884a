"""A sentence that may compare, word by word: the names, figures and groups that it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from verifier.model import (
    Form,
    Group,
    MatchKind,
    Order,
    Period,
    PeriodKind,
    Reading,
    Term,
    Triple,
    Way,
)
from verifier.relations import Catalogue, Relation, ValueKind
from verifier.text.reading import Line
from verifier.text.scales import Scale
from verifier.text.slots import group_term
from verifier.text.vocabulary import PRONOUNS
from verifier.text.words import word_set

__all__ = ["FILLERS", "GENERIC", "Owner", "Plain", "Scan", "first_label"]

Plain = Callable[[str], Sequence[Triple]]
"""What a plain sentence says; nothing if not all of it could be read."""

FILLERS = word_set("also still even now today currently indeed however both each")
"""Adverbs that change nothing of what is compared."""
GENERIC = word_set("country state nation member party one signatory place")
_SURE = 90.0


@dataclass(frozen=True, slots=True)
class Owner:
    """Things, or a figure of theirs: "Turkey", "Turkey's area", "the area of Turkey"."""

    end: int
    terms: tuple[Term, ...]
    figure: Relation | None = None


def first_label(term: Term) -> str:
    """What a term is called in a sentence made of it."""
    return term.matches[0].label if term.matches else term.text


class Scan:
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

    def owners(self, at: int) -> Iterator[Owner]:
        """The things that a sentence or its second half is of."""
        if self.low(at) in {"the", "that", "those"}:
            figure = self.figure(at + 1) if self.low(at) == "the" else (at + 1, None)
            if figure is not None and self.low(figure[0]) == "of":
                for end, terms in self.things(figure[0] + 1):
                    yield Owner(end, terms, figure[1])
        for end, terms in self.things(at):
            possessive = self.low(end) == "'s" or self.low(end - 1) in {"its", "their", "his", "her"}
            after = end + (self.low(end) == "'s")
            if possessive:
                figure = self.figure(after)
                if figure is not None:
                    yield Owner(figure[0], terms, figure[1])
                elif self.low(end) == "'s":
                    yield Owner(after, terms)
            else:
                yield Owner(end, terms)

    def _copula(self, at: int) -> tuple[int, bool] | None:
        """The position after "is (also) (not)", and whether it is denied."""
        if self.lemma(at) != "be" or self.low(at) == "be":
            return None
        at, negated = at + 1, False
        while self.low(at) in FILLERS or self.lemma(at) == "not" or self.low(at) == "never":
            negated = negated is not (self.low(at) not in FILLERS)
            at += 1
        return at, negated

    def _past(self) -> bool:
        return any(word.text.casefold() in {"was", "were", "had"} for word in self.words)

    def _periods(self) -> tuple[Period, ...] | None:
        """The one time that a sentence names; None if it says more of time than that."""
        periods = [mention.period for mention, _ in self.line.dates]
        if not periods:
            return ()
        known = len(periods) == 1 and periods[0].kind is PeriodKind.AT and periods[0].date is not None
        return tuple(periods) if known else None

    def _reading(self, relation: Relation, words: str) -> Reading:
        return Reading(relation.id, relation.label, words, 100.0, way=Way.PHRASING, form=Form.NOMINAL)

    def _by_scale(self, scale: Scale, words: str) -> tuple[tuple[Reading, ...], bool] | None:
        """The relations that an adjective goes by, the most usual first; True if it is for less of it."""
        wanted = scale.relations[0][1] if scale.relations else scale.magnitude is True
        if self.by is not None:
            return (self._reading(self.by, words),), not wanted
        found = [self.catalogue[id] for id, more in scale.relations if more is wanted]
        readings = (self._reading(relation, words) for relation in found)
        scored = tuple(replace(reading, score=100.0 - number) for number, reading in enumerate(readings))
        return (scored, not wanted) if scored else None

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
        if place and noun.casefold() in GENERIC | {f"{one}s" for one in GENERIC}:
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
