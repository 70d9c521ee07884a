"""The nouns: what a document says, what the tables say, and how the two compare.

Every noun is a frozen, slotted dataclass over tuples and enums; "change" is `dataclasses.replace`.
Nothing here reads, writes, matches or decides. One sentence under each name says what an instance means.
A report can show itself, as a frame or in a notebook; what does that is imported when it is asked to.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Aspect",
    "Bound",
    "Claim",
    "ClaimRow",
    "Completeness",
    "Date",
    "Day",
    "Degree",
    "Document",
    "Entity",
    "EntityValue",
    "Finding",
    "Form",
    "Group",
    "Mark",
    "Match",
    "MatchKind",
    "Modality",
    "Order",
    "Part",
    "Period",
    "PeriodKind",
    "Polarity",
    "Precision",
    "Quantifier",
    "QuantifierKind",
    "Quantity",
    "Rank",
    "Reading",
    "Reason",
    "Report",
    "Result",
    "Scope",
    "Source",
    "SourceFailure",
    "Span",
    "Stance",
    "Statement",
    "Suppressed",
    "TableInfo",
    "Term",
    "TextValue",
    "Triple",
    "UnknownValue",
    "Value",
    "Verdict",
    "Way",
]


# ---------------------------------------------------------------------------------------------- verdicts


class Verdict(StrEnum):
    """The three answers."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """The rule that decided, or what kept the verifier from deciding."""

    SAME_VALUE = "same-value"
    IMPLIED = "implied"
    GROUP_HOLDS = "group-holds"
    COUNT_AGREES = "count-agrees"

    DIFFERENT_VALUE = "different-value"
    EXPLICIT_NEGATIVE = "explicit-negative"
    NOT_IN_COMPLETE_LIST = "not-in-complete-list"
    OUTSIDE_DATES = "outside-dates"
    DATE_DIFFERS = "date-differs"
    QUANTITY_DIFFERS = "quantity-differs"
    COUNTER_EXAMPLE = "counter-example"
    COUNT_DIFFERS = "count-differs"

    NOT_CHECKABLE = "not-checkable"
    REPORTED_SPEECH = "reported-speech"
    UNKNOWN_RELATION = "unknown-relation"
    UNKNOWN_ENTITY = "unknown-entity"
    AMBIGUOUS_ENTITY = "ambiguous-entity"
    WEAK_MATCH = "weak-match"
    NO_STATEMENT = "no-statement"
    DATES_UNKNOWN = "dates-unknown"
    INCOMPLETE_GROUP = "incomplete-group"
    SOURCES_DISAGREE = "sources-disagree"
    SOURCE_UNAVAILABLE = "source-unavailable"


class Stance(StrEnum):
    """How one statement bears on a triple."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"


# ------------------------------------------------------------------------------------------------ values

Day = tuple[int, int, int]
"""Astronomical year (0 is 1 BC), month, day."""


class Precision(IntEnum):
    """How finely a date is known; a larger number is finer. The numbers are Wikidata's."""

    MILLENNIUM = 6
    CENTURY = 7
    DECADE = 8
    YEAR = 9
    MONTH = 10
    DAY = 11


@dataclass(frozen=True, slots=True)
class Date:
    """Some moment between two days, both included, known to this precision: "2020" is the whole year."""

    earliest: Day
    latest: Day
    precision: Precision


class Bound(StrEnum):
    """How a quantity was hedged."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at-least"
    MORE_THAN = "more-than"
    AT_MOST = "at-most"
    LESS_THAN = "less-than"
    ALMOST = "almost"


@dataclass(frozen=True, slots=True)
class Quantity:
    """This amount of this unit, written to the nearest `step` ("85 million": step 1,000,000)."""

    amount: Decimal
    unit: str = ""
    """Canonical unit ("" for a plain number, "%" for a share, "km2", "USD")."""
    step: Decimal = Decimal(1)
    bound: Bound = Bound.EXACT


@dataclass(frozen=True, slots=True)
class EntityValue:
    """The thing with this id."""

    id: str


@dataclass(frozen=True, slots=True)
class TextValue:
    """These words."""

    text: str


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """There is a value, and the source does not say which (Wikidata's `somevalue`)."""


Value = EntityValue | Date | Quantity | TextValue | UnknownValue


# ------------------------------------------------------------------------------------ documents and spans


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters `[start, end)` of the document."""

    start: int
    end: int


class Scope(StrEnum):
    """What a mark covers."""

    SENTENCE = "sentence"
    """The sentence that it stands after, or in: the last one of what it `covers`."""
    BLOCK = "block"
    """The paragraph, heading, list, item or table that it stands before."""
    REGION = "region"
    """All from an "off" to the next "on", or to the end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The document asks, in a comment on this line of its file, to hear nothing of what is claimed here."""

    scope: Scope
    line: int
    covers: tuple[Span, ...] = ()
    reason: str = ""
    """Why, in the words of the comment; "" if it does not say."""
    problem: str = ""
    """Why it asks for nothing, though it looks as if it should; then it covers nothing."""


@dataclass(frozen=True, slots=True)
class Document:
    """This text, from this place, dated this day.

    `verifier.readers.read` makes one of a file; a text of another origin is made into one by hand. Offsets of
    claims count its characters.

        >>> from verifier import Checker, Document
        >>> document = Document("A note. Bergen is the capital of Norway, not of Sweden.", name="note.txt")
        >>> for result in Checker(as_of="2021-02-01").check(document).results:
        ...     span = result.claim.span
        ...     print(span, document.text[span.start : span.end], result.verdict)
        Span(start=8, end=39) Bergen is the capital of Norway contradicted
    """

    text: str
    name: str = ""
    """Where the text came from: a path, "-" or "" for a text given directly."""
    as_of: Date | None = None
    """Who makes one by hand may give a text or a `datetime.date`: that is read when it is checked."""
    title: str = ""
    prose: tuple[Span, ...] = ()
    """The runs that are prose, in order (markup lies between them); empty: all of the text is.
    A gap with a line break in it parts two blocks, such as a heading and a paragraph."""
    dated: str = ""
    """How `as_of` was found: "front matter", "metadata", "byline"; "" where it was given or there is none."""
    marks: tuple[Mark, ...] = ()
    """What its comments (`<!-- verifier: ignore -->`) ask to hear nothing of, in the order of the text."""


# ------------------------------------------------------------------------------------- things and sources


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing the tables know, by its id (a Wikidata QID or the table's own)."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    description: str = ""


class MatchKind(StrEnum):
    """How a mention reached an entity."""

    EXACT = "exact"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"
    CONTEXT = "context"
    """By what the text said before: a pronoun, a surname, "the city"."""
    LIKELY = "likely"
    """By what the text said before, where it may speak of something else: this never contradicts."""


@dataclass(frozen=True, slots=True)
class Match:
    """This mention is that entity, by this alias, with this score out of 100."""

    id: str
    label: str
    alias: str
    score: float
    kind: MatchKind
    runner_up: float = 0.0
    """The score of the best match to a different entity; 0 if there is none."""


class Candidates(tuple[tuple[Match, Entity | None, str], ...]):
    """These are what a name may mean, best first: each match with its entity and the table that has it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Their list, in a notebook."""
        from verifier.reports.page.notebook import candidates_html

        return candidates_html(self)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement can be read."""

    url: str = ""
    title: str = ""
    publisher: str = ""
    retrieved: str = ""
    statement_id: str = ""
    revision: str = ""


class Rank(StrEnum):
    """Wikidata's ranks."""

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


class Polarity(StrEnum):
    """Whether a statement affirms or denies its value."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Statement:
    """A source says that this subject has this relation to this value, within these dates."""

    id: str
    subject: str
    relation: str
    value: Value
    start: Date | None = None
    end: Date | None = None
    point_in_time: Date | None = None
    seen_first: Date | None = None
    seen_last: Date | None = None
    open_end: bool = False
    """True if the source says that there is no end (Wikidata: end time `novalue`)."""
    qualifiers: tuple[tuple[str, Value], ...] = ()
    """Pairs of relation id and value, sorted by relation id."""
    rank: Rank = Rank.NORMAL
    polarity: Polarity = Polarity.POSITIVE
    sources: tuple[Source, ...] = ()
    quote: str = ""
    table: str = ""
    """The name of the table or service that holds it."""

    def qualifier(self, relation: str) -> tuple[Value, ...]:
        """The values of one qualifier, in order."""
        return tuple(value for name, value in self.qualifiers if name == relation)


@dataclass(frozen=True, slots=True)
class Completeness:
    """A table declares this list to be complete as of a day.

    With `subject`: all values of (subject, relation). With `object`: all subjects of (relation, object).
    With `subject_types`: all values of each subject of these types. With none: every slot of the relation.
    """

    relation: str
    subject: str | None = None
    object: str | None = None
    as_of: Date | None = None
    source: Source = Source()
    table: str = ""
    subject_types: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    """Things of these types of which the list may lack something."""

    @property
    def everything(self) -> bool:
        """True if it is said of every slot of the relation."""
        return self.subject is None and self.object is None and not self.subject_types


# ------------------------------------------------------------------------------------------------- claims


class Modality(StrEnum):
    """Whether the text asserts, or only reports, plans or judges."""

    ASSERTED = "asserted"
    SAID = "said"
    PROMISED = "promised"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    OPINION = "opinion"


class QuantifierKind(StrEnum):
    """How much of a group a claim speaks of."""

    ALL = "all"
    ALL_BUT = "all-but"
    MOST = "most"
    SOME = "some"
    NO = "no"
    ONLY = "only"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class Quantifier:
    """So much of a group: all, most, at least 12, exactly 98 of 193."""

    kind: QuantifierKind
    count: Quantity | None = None
    of: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Every thing for which all of these triples hold; the open end of each is the member.

    `Arab parties to the Abraham Accords` is the pair (member, instance of, Arab state) and
    (Abraham Accords, signatory, member).
    """

    text: str
    conditions: tuple[tuple[str, Term, bool], ...]
    """Relation id, the other end, and True if the member is the object of the relation."""


@dataclass(frozen=True, slots=True)
class Term:
    """One end of a triple: the words as written, and what they may stand for.

    Exactly one of `matches`, `value` and `group` is filled; none if the words are not understood.
    """

    text: str
    span: Span | None = None
    matches: tuple[Match, ...] = ()
    """Candidates, best first."""
    value: Value | None = None
    group: Group | None = None
    quantifier: Quantifier | None = None
    rivals: tuple[Match, ...] = ()
    """What else the words may take up: a claim that is true of one of these is not contradicted."""


class PeriodKind(StrEnum):
    """How a claim uses a date."""

    AT = "at"
    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"
    BETWEEN = "between"
    BY = "by"
    BEGAN = "began"
    """The claim says that it began then ("became president in 2017")."""
    ENDED = "ended"
    """The claim says that it ended then ("left office in 2021")."""
    FORMER = "former"
    """The claim says that it is over at its time ("former president", "no longer")."""
    STILL = "still"
    EITHER = "either"
    """The claim only names somebody by an office: it was held on this date, or is on the claim's own day."""
    ONCE = "once"
    """The claim says that it began at some time ("joined the club"): it goes on, or has ended since."""


@dataclass(frozen=True, slots=True)
class Period:
    """The claim says when: at, since, until ... this date (`date` and `until` for between)."""

    kind: PeriodKind
    date: Date | None = None
    until: Date | None = None
    text: str = ""
    part: Date | None = None
    """The part of the date that the claim names ("the autumn of 2023"), where it may be another for some."""


class Form(StrEnum):
    """How a claim tells a relation of its two ends, where X is named first."""

    TRIPLE = "triple"
    """Nothing is told: subject, predicate and object are given."""
    ACTIVE = "active"
    """ "X borders Y"."""
    PASSIVE = "passive"
    """ "X was founded by Y"."""
    NOMINAL = "nominal"
    """ "X is the capital of Y", "the capital of X is Y"."""
    CLASS = "class"
    """ "X is a city": a copula, and what kind of thing it is."""
    POSSESSIVE = "possessive"
    """ "X's capital is Y"."""
    APPOSITIVE = "appositive"
    """ "X, the capital of Y"."""
    TITLE = "title"
    """ "the Kosovan president Y", "Prime Minister Y of X": nothing ties them but where they stand."""
    PREPOSITION = "preposition"
    """ "X is in Y": no word but a preposition."""
    NAMES = "names"
    """Only the things are told apart, and the tables tie them together; closed world only."""
    EXISTENCE = "existence"
    """ "X has a successor": that there is one, whichever it is."""


class Way(StrEnum):
    """Which way of reading found a relation in the words, the surest first."""

    GIVEN = "given"
    """The predicate of a triple names it."""
    PHRASING = "phrasing"
    """A phrasing of the catalogue fits word for word."""
    WORDS = "words"
    """Words of the relation stand beside two things of which the tables use it."""
    KINDS = "kinds"
    """No word names it, but of such things the tables use no other."""
    TIED = "tied"
    """The tables state it of the two things that are named; closed world only, as the next two."""
    NEAREST = "nearest"
    """The tables state nothing of the two; it is the relation that the words come nearest to."""
    EXISTENCE = "existence"
    """The words speak of it, and of one thing only."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The relation words may mean this relation of the catalogue."""

    relation: str
    label: str
    text: str
    score: float
    """0 to 100: how well the words fit one of the relation's phrasings."""
    inverse: bool = False
    """True if the claim's subject is the relation's object."""
    way: Way = Way.GIVEN
    form: Form = Form.TRIPLE


class Aspect(StrEnum):
    """What of a statement an order goes by."""

    VALUE = "value"
    """The figure or the date that it states."""
    START = "start"
    """When it began or happened."""
    END = "end"
    LENGTH = "length"
    """For how long it held."""


class Degree(StrEnum):
    """Which way an order goes."""

    MORE = "more"
    """Larger, later, longer."""
    LESS = "less"
    EQUAL = "equal"
    """As large; so many times as large; so long."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the triple says of its subject is more, or less, than what is so of another thing.

    With `place`, the other is a group, and it is the most (1), the second most (2), ... of all in it.
    """

    degree: Degree
    than: Term | None = None
    """The other thing, or the group; None for a length by itself ("for twelve years")."""
    aspect: Aspect = Aspect.VALUE
    place: int = 0
    factor: Quantity | None = None
    """So many times as much: 2 for "twice", 0.5 for "half"."""
    amount: Quantity | None = None
    """The length that is claimed."""
    text: str = ""
    """The words that say so."""


@dataclass(frozen=True, slots=True)
class Triple:
    """The text says that subject and object stand in one of these relations."""

    subject: Term
    object: Term
    readings: tuple[Reading, ...]
    """Relation candidates, best first; empty if the relation is not known."""
    relation_text: str = ""
    qualifiers: tuple[tuple[str, Term], ...] = ()
    """Further ends by the relation id of the qualifier ("as the capital of Israel")."""
    periods: tuple[Period, ...] = ()
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    speaker: Term | None = None
    order: Order | None = None
    """Where the claim compares; a figure that is compared has no object of its own."""


@dataclass(frozen=True, slots=True)
class Claim:
    """These characters of the document assert this; `document.text[start:end] == claim.text`."""

    id: str
    text: str
    triples: tuple[Triple, ...]
    span: Span | None = None
    """None for a claim that is not part of a document."""
    sentence: str = ""
    occurrences: tuple[Span, ...] = ()
    as_of: Date | None = None
    """The claim's own day, where it has one; else the document's."""
    any_of: bool = False
    """True for a disjunction: one part is enough."""
    note: Reason | None = None
    """Why no triple could be made of it, if none was."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A row of a claims table asks about this sentence, or about this triple.

    >>> from verifier import Checker, ClaimRow
    >>> row = ClaimRow("r1", subject="Norway", predicate="capital", object="Oslo", negated=True)
    >>> Checker(as_of="2021-02-01").check([row]).results
    (<Result 'r1': contradicted (same-value), 'Norway | capital | Oslo'>,)
    """

    id: str
    claim: str = ""
    subject: str = ""
    predicate: str = ""
    object: str = ""
    start: Date | None = None
    """The claim is that it began then."""
    end: Date | None = None
    point_in_time: Date | None = None
    negated: bool = False
    as_of: Date | None = None
    line: int = 0
    """Line of the table it came from; 0 if it came from none."""
    gold: tuple[str, ...] = ()
    """The verdicts a labelled table allows; empty if it is not labelled."""


# ------------------------------------------------------------------------------------------------ results


@dataclass(frozen=True, slots=True)
class Finding:
    """This statement agrees with the triple, differs from it or cannot be compared, because of `detail`."""

    stance: Stance
    detail: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Part:
    """One triple of a claim, with the reading that was used and what came of it."""

    triple: Triple
    verdict: Verdict
    reason: Reason
    explanation: str
    findings: tuple[Finding, ...] = ()
    subject: Match | None = None
    """The entity that was taken for the subject, if one was."""
    object: Match | None = None
    reading: Reading | None = None
    confidence: float | None = None
    missing: tuple[str, ...] = ()
    """What would settle it: labels of members without a row, or the row that is missing."""
    repair: str = ""
    """What the tables have instead, for a contradicted claim with one clear value."""


class Suppressed(StrEnum):
    """Who decided to hear no more of a result: it keeps its verdict, is counted apart, and fails nothing."""

    INLINE = "inline"
    """The document itself, in a comment (`<!-- verifier: ignore -->`)."""
    BASELINE = "baseline"
    """A file of results that were known already."""


@dataclass(frozen=True, slots=True)
class Result:
    """This claim has this verdict, for this reason.

    In a notebook it shows itself as a card, with the rows that decided.

        >>> import verifier
        >>> result = verifier.check("Oslo is the capital of Norway.", as_of="2021-02-01").results[0]
        >>> result
        <Result 'c1': supported (same-value), 'Oslo is the capital of Norway.'>
        >>> [(part.subject.label, part.reading.label, part.object.label) for part in result.parts]
        [('Oslo', 'capital', 'Norway')]
        >>> result.parts[0].reading.inverse  # the subject of the claim is the object of the relation
        True
        >>> 0.9 < result.confidence <= 1
        True
    """

    claim: Claim
    parts: tuple[Part, ...]
    """One for each triple of the claim; none if it was not understood."""
    verdict: Verdict
    reason: Reason
    explanation: str
    """One sentence."""
    confidence: float | None = None
    """How likely the verdict is right, from 0 to 1, as measured on labelled claims; None for `unknown`."""
    suppressed: Suppressed | None = None
    suppressed_for: str = ""
    """Why the document asks to hear nothing of it, in its words; "" if it does not say."""

    def __repr__(self) -> str:
        """One line: what a verdict rests on is long, and is in the fields."""
        id, text = _clipped(self.claim.id), _clipped(self.claim.text)
        return f"<Result {id!r}: {self.verdict} ({self.reason}), {text!r}>"

    def _repr_html_(self) -> str:
        """Its card, in a notebook."""
        from verifier.reports.page.notebook import result_html

        return result_html(self)


@dataclass(frozen=True, slots=True)
class TableInfo:
    """A table or service that was asked, in the edition that `fingerprint` names."""

    name: str
    title: str
    fingerprint: str
    statements: int
    entities: int


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """A source could not be asked."""

    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, against which tables, and what came of each claim.

    In a notebook it shows itself: the text with its verdicts, or a card for each claim of a table. Other
    formats are in `verifier.reports.REPORTS`, by name.

        >>> import verifier
        >>> from verifier.reports import REPORTS
        >>> report = verifier.check("Oslo is the capital of Norway.", as_of="2021-02-01")
        >>> print(REPORTS["csv"](report).splitlines()[0])
        document,id,verdict,reason,confidence,text,explanation,instead,subject,subject_id,relation,relation_id,\
object,object_id,sources,start,end,sentence,suppressed
    """

    document: Document
    results: tuple[Result, ...]
    """In the order of the text, or of the rows of a table of claims."""
    tables: tuple[TableInfo, ...] = ()
    failures: tuple[SourceFailure, ...] = ()
    as_of: Date | None = None
    """The day used for claims that name none."""
    labels: tuple[tuple[str, str], ...] = ()
    """Entity and relation ids that findings mention, with their labels, sorted by id."""
    version: str = ""

    def to_frame(self) -> pd.DataFrame:
        """A pandas frame to count, sort and join: one row for each result, in their order.

        The columns are those of `--format csv`. `verdict` is categorical, of all three verdicts;
        `confidence` is a float from 0 to 1; `start` and `end` are nullable integers, offsets into
        `document.text`; all else is text. What a claim does not have is missing (`NaN`, `<NA>`), what the
        parts of a claim say has `|` between, and `subject` is what has the relation, whichever end is named
        first. The index counts from 0, since ids may repeat: rows lie as
        those of the claims that were given. The types are the same for every report, also an empty one.

            >>> import verifier
            >>> claims = ["Pristina is the capital of Kosovo.", "Oslo is the capital of Sweden."]
            >>> checker = verifier.Checker(as_of="2021-02-01")
            >>> report = checker.check([verifier.ClaimRow(id=claim[:4], claim=claim) for claim in claims])
            >>> frame = report.to_frame()
            >>> frame[["id", "verdict", "subject", "relation"]]
                 id       verdict subject relation
            0  Pris     supported  Kosovo  capital
            1  Oslo  contradicted  Sweden  capital
            >>> frame["verdict"].value_counts(sort=False).to_dict()
            {'supported': 1, 'contradicted': 1, 'unknown': 0}
        """
        from verifier.frames import frame_of

        return frame_of(self)

    def to_html(self) -> str:
        """The whole report as a page for readers, in one file that needs nothing else (`--format html`).

        A notebook shows the beginning of a long report; this is all of it. Write it as UTF-8.

            >>> from pathlib import Path
            >>> import verifier
            >>> report = verifier.check("Oslo is the capital of Norway.", as_of="2021-02-01")
            >>> size = Path("claim.html").write_text(report.to_html(), encoding="utf-8")
        """
        from verifier.reports.html import render

        return render(self)

    def __repr__(self) -> str:
        """One line: the counts, those that are set aside apart."""
        name = self.document.title or self.document.name
        told = [result.verdict for result in self.results if result.suppressed is None]
        counts = [f"{told.count(verdict):,} {verdict}" for verdict in Verdict]
        aside = len(self.results) - len(told)
        counts += [f"{aside:,} set aside"] if aside else []
        plural = "" if len(self.results) == 1 else "s"
        of = f" of {_clipped(name)!r}" if name else ""
        return f"<Report{of}: {len(self.results):,} claim{plural}, {', '.join(counts)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from verifier.reports.page.notebook import report_html

        return report_html(self)


def _clipped(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
