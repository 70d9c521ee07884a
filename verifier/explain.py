"""The words of a verdict: what a row says, when, by whom, as an editor can print it."""

from __future__ import annotations

import re

from verifier.evidence import Evidence
from verifier.ids import is_id
from verifier.model import (
    Bound,
    Date,
    EntityValue,
    Period,
    PeriodKind,
    Polarity,
    Quantity,
    Statement,
    TextValue,
    UnknownValue,
    Value,
)
from verifier.relations import Relation, ValueKind
from verifier.values import format_date

__all__ = [
    "article",
    "claimed_time",
    "date_words",
    "label",
    "list_words",
    "nameless",
    "quoted",
    "row",
    "sentence",
    "show",
    "source_words",
    "stated",
    "time_phrase",
    "when",
    "with_capital",
]

_VOWELS = frozenset("aeiou")
_CONSONANT_SOUND = re.compile(
    r"u(?:ni(?!n|m)|s[aeiu]|ti|r[aeiu]|k|bi|gan)|eu|ewe|one?(?:\b|-)|once\b", re.IGNORECASE
)
"""Words that are written with a vowel and spoken with a consonant: united, use, European, one."""
_SILENT = re.compile(r"hour|heir|hono|honest", re.IGNORECASE)
_NAMED_WITH_A_VOWEL = frozenset("AEFHILMNORSX")
_VERB = re.compile(r"\b(is|was)\b")
_PAST = {"is": "was", "are": "were", "has": "had", "have": "had"}
_NOW = re.compile(rf"\b(?:{'|'.join(_PAST)})\b")
_BEFORE_DATE = re.compile(r" (?:in|on) \{o\}")
_DAY = re.compile(r"\d{1,2} (?!BC\b)[A-Z]")
_FILE = re.compile(r"\S+\.(?:csv|tsv|tab|jsonl|ndjson|parquet|sqlite)\b")
_BOUNDS = {
    Bound.EXACT: "",
    Bound.ABOUT: "about ",
    Bound.AT_LEAST: "at least ",
    Bound.MORE_THAN: "more than ",
    Bound.AT_MOST: "at most ",
    Bound.LESS_THAN: "less than ",
    Bound.ALMOST: "almost ",
}


def label(id: str, evidence: Evidence) -> str:
    """The label of a thing; its id if no table names it."""
    entity = evidence.entity(id)
    return entity.label if entity is not None and entity.label not in ("", id) else nameless(id)


def nameless(id: str) -> str:
    """What people read where only the id of a thing is known: an id of Wikidata says nothing by itself."""
    return f"{id} (name not known)" if is_id(id) else id


def show(value: Value, evidence: Evidence) -> str:
    """A value in words: Pristina, 6 December 2017, 85,279,553, 10,887 km2."""
    if isinstance(value, EntityValue):
        return label(value.id, evidence)
    if isinstance(value, Date):
        return format_date(value)
    if isinstance(value, Quantity):
        amount = f"{_BOUNDS[value.bound]}{value.amount:,f}"
        return f"{amount}%" if value.unit == "%" else f"{amount} {value.unit}".strip()
    return value.text if isinstance(value, TextValue) else "something the source does not name"


def sentence(
    relation: Relation, subject: str, object: str, *, denied: bool = False, past: bool = False
) -> str:
    """A relation between two names as a clause: "the capital of Kosovo is Pristina".

    What is `past` is told so where the clause has a verb that is bent here: "was", "had".
    """
    clause = _clause(relation)
    if past and clause is not None:
        clause = _NOW.sub(lambda found: _PAST[found[0]], clause, count=1)
    if clause is None:
        return f"{subject} – {'not: ' if denied else ''}{relation.label} – {object}"
    if denied and _VERB.search(clause) is not None:
        clause = _VERB.sub(r"\1 not", clause, count=1)
    elif denied:
        clause = f"it is not so that {clause}"
    if article(object) == "an":
        clause = clause.replace(" a {o}", " an {o}")
    if relation.value is ValueKind.DATE:
        clause = _BEFORE_DATE.sub(lambda found: f" {_preposition(object)}{{o}}", clause)
        object = object.replace(" to ", " and ")
    return clause.replace("{s}", subject, 1).replace("{o}", object, 1)


def _preposition(date: str) -> str:
    """What stands before a date in words: on 6 December 2017, in 2017, nothing but itself before 1970."""
    if date.startswith(("before ", "after ")):
        return ""
    if " to " in date:
        return "between "
    return "on " if _DAY.match(date) else "in "


def _clause(relation: Relation) -> str | None:
    """A wording of the relation that needs no grammar; None if the catalogue has none."""
    if relation.sentence:
        return relation.sentence
    if not relation.declared:
        return None
    if relation.nouns:
        return f"the {relation.nouns[0]} of {{s}} is {{o}}"
    if relation.inverse_nouns:
        noun = relation.inverse_nouns[0]
        return f"{{s}} is {article(noun)} {noun} of {{o}}"
    return None


def article(words: str) -> str:
    """Which article stands before these words, by their first sound: an empire, a union, an EU state."""
    word = words.split(maxsplit=1)[0] if words.strip() else ""
    if len(word) > 1 and word.isupper() and not set(word) & set("AIOY"):
        return "an" if word[0] in _NAMED_WITH_A_VOWEL else "a"  # read letter by letter, not as a word
    if _SILENT.match(word) is not None:
        return "an"
    return "an" if word[:1].casefold() in _VOWELS and _CONSONANT_SOUND.match(word) is None else "a"


def list_words(relation: Relation, *, subject: str = "", object: str = "") -> str:
    """What a list of all that stands in a relation is called: the list of members of NATO."""
    nouns = relation.inverse_nouns if object else relation.nouns
    if object and not nouns:
        return f"the list of what stands in the relation {quoted(relation.label)} to {object}"
    noun = nouns[0] if nouns else relation.label
    many = f"{noun}s" if noun.isalpha() and noun[-1] not in "hsxyz" else f"every {noun}"
    owner = object or subject
    return f"the list of {many} of {owner}" if owner else f"the list of {many}"


def date_words(date: Date) -> str:
    """A date with its preposition: on 6 December 2017, in 2017, before 1970."""
    told = format_date(date)
    return f"{_preposition(told)}{told.replace(' to ', ' and ')}"


def _bound(date: Date) -> str:
    """When something began or ended; of a span, that it was within it: "some time between 1990 and 1994"."""
    told = format_date(date)
    return f"some time {date_words(date)}" if " to " in told else told


def when(statement: Statement, seen: Date | None = None) -> str:
    """The dates of a statement in words, with a comma before them; "" if it has none but its value.

    `seen` is the last day on which it was known to be so, if nothing says how long it went on.
    """
    parts = []
    if statement.start is not None and statement.end is not None:
        parts.append(f"from {_bound(statement.start)} to {_bound(statement.end)}")
    elif statement.start is not None and statement.start != statement.value:
        parts.append(f"since {_bound(statement.start)}")
    elif statement.end is not None:
        parts.append(f"until {_bound(statement.end)}")
    if statement.point_in_time is not None and statement.point_in_time not in (
        statement.start,
        statement.value,
    ):
        point = statement.point_in_time
        parts.append(f"as of {format_date(point)}" if point == seen else date_words(point))
    if not parts and statement.seen_last is not None:
        first, last = statement.seen_first, statement.seen_last
        spanned = first is not None and first != last
        told = f"from {format_date(first)} to {format_date(last)}" if spanned and first else date_words(last)
        parts.append(f"{'' if spanned or first else 'last '}listed {told}")
    return "".join(f", {part}" for part in parts)


def source_words(statement: Statement) -> str:
    """Who says it: the publisher and the title of its first source, else the table."""
    names = []
    if statement.sources:
        source = statement.sources[0]
        names = [source.publisher, source.title] if source.publisher != source.title else [source.title]
    text = ", ".join(name for name in names if name)
    if not text and statement.sources:
        text = statement.sources[0].url or statement.sources[0].statement_id
    return text or statement.table or statement.id


def stated(
    statement: Statement,
    relation: Relation,
    subject: str,
    object: str,
    *,
    beside: str = "",
    seen: Date | None = None,
    past: bool = False,
) -> str:
    """What a statement says, with what stands `beside` it, its dates, and its source in brackets."""
    denied = statement.polarity is Polarity.NEGATIVE
    if denied and isinstance(statement.value, UnknownValue):
        told = _none(relation, subject, past=past)
    else:
        told = sentence(relation, subject, object, denied=denied, past=past)
    return f"{told}{beside}{when(statement, seen)} ({source_words(statement)})"


def _none(relation: Relation, subject: str, *, past: bool) -> str:
    """That there is no value: "Monaco has no president", "All Souls has no date of dissolution"."""
    told_by_verb = relation.declared and (bool(relation.sentence) or not relation.nouns)
    if told_by_verb and relation.value is ValueKind.ENTITY:
        return sentence(relation, subject, "anything", denied=True, past=past)
    noun = relation.nouns[0] if relation.nouns else relation.label
    return f"{subject} {'had' if past else 'has'} no {noun}"


_PERIODS = {
    PeriodKind.AT: "{}",
    PeriodKind.SINCE: "since {}",
    PeriodKind.UNTIL: "until {}",
    PeriodKind.BEFORE: "before {}",
    PeriodKind.AFTER: "after {}",
    PeriodKind.BY: "by {}",
    PeriodKind.BEGAN: "a beginning {}",
    PeriodKind.ENDED: "an end {}",
    PeriodKind.STILL: "still {}",
    PeriodKind.EITHER: "{} or now",
    PeriodKind.FORMER: "formerly {}",
    PeriodKind.ONCE: "once by {}",
}


_PHRASES = frozenset({PeriodKind.AT, PeriodKind.BEGAN, PeriodKind.ENDED})
"""What reads as a thing: a day, or a beginning or an end on it. Of the others their words are told."""


def claimed_time(periods: tuple[Period, ...], as_of: Date) -> str:
    """The time that a claim speaks of, in words."""
    told = []
    for period in periods:
        if period.kind is PeriodKind.BETWEEN and period.date is not None and period.until is not None:
            told.append(f"between {format_date(period.date)} and {format_date(period.until)}")
        elif period.date is not None or period.kind is PeriodKind.FORMER:
            onset = period.kind in (PeriodKind.BEGAN, PeriodKind.ENDED)
            date = (
                "" if period.date is None else date_words(period.date) if onset else format_date(period.date)
            )
            if period.part is not None and period.kind not in (PeriodKind.SINCE, PeriodKind.UNTIL):
                date = period.text[0].casefold() + period.text[1:]
            told.append(_PERIODS[period.kind].format(date).strip())
    return " and ".join(told) if told else format_date(as_of)


def time_phrase(periods: tuple[Period, ...], as_of: Date) -> str:
    """The same as something that a statement may exclude: 2019, a beginning in 2019, “before 2019”."""
    told = []
    for period in periods:
        if period.kind is PeriodKind.FORMER and period.date is None:
            told.append(f"an end by {format_date(as_of)}")
        elif period.date is not None:
            words = claimed_time((period,), as_of)
            plain = period.kind in _PHRASES and (period.part is None or period.kind is not PeriodKind.AT)
            told.append(words if plain else quoted(words))
    return " and ".join(told) or format_date(as_of)


def row(
    relation: Relation,
    subject: str,
    object: str,
    *,
    periods: tuple[Period, ...] = (),
    qualifiers: tuple[tuple[str, str], ...] = (),
    dated: bool = False,
) -> str:
    """The row that would settle a claim, as it would stand in a table; qualifiers by their labels.

    `dated` is True if it settles nothing without its dates, also where the claim names no time.
    """
    more = "".join(f", {name}: {value}" for name, value in qualifiers)
    told = [period for period in periods if period.date is not None]
    dates = f", with its dates ({claimed_time(tuple(told), told[0].date)})" if told and told[0].date else ""
    dates = dates or (", with its dates" if dated else "")
    return f"{subject} | {relation.label} | {object}{more}{dates}"


def quoted(text: str) -> str:
    """The words of the claim, as quoted."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def with_capital(text: str) -> str:
    """The text as a sentence begins, and with a full stop. The name of a file stays as it is."""
    text = text.strip()
    first = text[:1] if _FILE.match(text) else text[:1].upper()
    return f"{first}{text[1:]}" + ("" if text.endswith((".", "!", "?")) else ".")
