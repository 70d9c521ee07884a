"""A small world in one line a statement, for tests of judging. No table, no text, no clock.

    row("US | embassy | Jerusalem; start=2018-05; country=Israel; table=bundled")
    claim("not Kosovo | borders | Serbia; at=2020")
    claim("all {* kind Arab state, Accords signed-by *} | embassy | Tel Aviv; country=Israel")
    claim("Turkey | area | ?larger; order=more Greece"); also x2 equal Greece, #1 more all {* kind Arab state}
    claim("Finland | member | NATO; order=start less Sweden"); also start #2 less TERM, length 12 years

Things are what rows and `things` name; the name is the id. `NAME~91/60` in a claim is a fuzzy link to NAME
with this score and this runner-up, `NAME~likely` is only likely to be meant, `NAME~or OTHER/THIRD` are words
that may take up these as well, `?words` is a name that no table knows, `"text"` and `=2019` are values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from verifier.evidence import BUNDLED, USER, WIKIDATA
from verifier.judge import judge
from verifier.model import (
    Aspect,
    Completeness,
    Date,
    Degree,
    Entity,
    EntityValue,
    Group,
    Match,
    MatchKind,
    Modality,
    Order,
    Part,
    Period,
    PeriodKind,
    Polarity,
    Quantifier,
    QuantifierKind,
    Rank,
    Reading,
    Source,
    Statement,
    TableInfo,
    Term,
    TextValue,
    Triple,
    UnknownValue,
    Value,
)
from verifier.relations import Catalogue, Relation, RelationRole, Single, ValueKind
from verifier.values import parse_date, parse_quantity

TRUST = {
    "user": USER,
    "mine": USER,
    "bundled": BUNDLED,
    "refreshed": BUNDLED,
    "wikidata": WIKIDATA,
    "undated": USER,
}

CATALOGUE = Catalogue(
    {
        relation.id: relation
        for relation in (
            Relation(
                "capital",
                "capital",
                nouns=("capital",),
                single=Single.AT_A_TIME,
                lasting=True,
                inverse="capital-of",
                subject_types=("state",),
                object_types=("city",),
                role=RelationRole.CAPITAL,
            ),
            Relation("capital-of", "capital of", lasting=True, inverse="capital"),
            Relation(
                "embassy",
                "embassy",
                sentence="{s} has its embassy in {o}",
                single=Single.AT_A_TIME,
                key=("country",),
                value_within="country",
                stale_after=1100,
            ),
            Relation("country", "country", nouns=("country",), lasting=True),
            Relation(
                "president",
                "president",
                nouns=("president",),
                single=Single.AT_A_TIME,
                single_subject=Single.AT_A_TIME,
                stale_after=400,
            ),
            Relation(
                "premier",
                "prime minister",
                nouns=("prime minister",),
                single=Single.AT_A_TIME,
                object_types=("person",),
                stale_after=400,
            ),
            Relation(
                "acting-premier", "acting prime minister", single=Single.AT_A_TIME, object_types=("person",)
            ),
            Relation("title", "title", value=ValueKind.TEXT),
            Relation(
                "P1365",
                "replaces",
                sentence="{s} succeeded {o}",
                inverse="P1366",
                lasting=True,
                role=RelationRole.FOLLOWS,
            ),
            Relation(
                "P1366",
                "replaced by",
                sentence="{s} was succeeded by {o}",
                inverse="P1365",
                lasting=True,
                role=RelationRole.FOLLOWED_BY,
            ),
            Relation("team", "member of sports team", subject_types=("person",)),
            Relation("head", "head of state", nouns=("head of state",), implied_by=("president", "monarch")),
            Relation("monarch", "monarch", nouns=("monarch",), single=Single.AT_A_TIME),
            Relation(
                "born",
                "place of birth",
                sentence="{s} was born in {o}",
                single=Single.EVER,
                lasting=True,
                value_within="P131",
            ),
            Relation(
                "borders",
                "shares border with",
                sentence="{s} borders {o}",
                symmetric=True,
                lasting=True,
                loose=("neighbour",),
            ),
            Relation("ties", "diplomatic relation", symmetric=True, lasting=True),
            Relation(
                "recognises",
                "recognises",
                sentence="{s} recognises {o}",
                lasting=True,
                event=True,
                implied_by=("ties",),
            ),
            Relation("recognises-capital", "recognises as capital", key=("of",), lasting=True, event=True),
            Relation("of", "of"),
            Relation("member", "member of", inverse_nouns=("member",), lasting=True, stale_after=400),
            Relation("occupies", "occupies", sentence="{s} occupies {o}"),
            Relation("signed-by", "signatory", nouns=("signatory",), lasting=True, event=True),
            Relation("part", "part of", transitive=True, lasting=True),
            Relation("kind", "instance of", sentence="{s} is a {o}", lasting=True, implied_by=("rule",)),
            Relation("rule", "form of government", nouns=("form of government",), lasting=True),
            Relation("spouse", "spouse", nouns=("spouse",), symmetric=True),
            Relation("languages", "official language", nouns=("official language",), lasting=True),
            Relation("religion", "religion", nouns=("religion",), lasting=True),
            Relation("share", "proportion", value=ValueKind.QUANTITY),
            Relation(
                "population",
                "population",
                nouns=("population",),
                value=ValueKind.QUANTITY,
                single=Single.AT_A_TIME,
                drift=0.03,
                stale_after=3650,
            ),
            Relation(
                "area",
                "area",
                nouns=("area",),
                value=ValueKind.QUANTITY,
                single=Single.AT_A_TIME,
                lasting=True,
            ),
            Relation("recognised-by", "number of states that recognise it", value=ValueKind.QUANTITY),
            Relation(
                "inception",
                "inception",
                nouns=("inception",),
                value=ValueKind.DATE,
                single=Single.EVER,
                lasting=True,
            ),
            Relation(
                "motto",
                "motto",
                nouns=("motto",),
                value=ValueKind.TEXT,
                single=Single.AT_A_TIME,
                lasting=True,
            ),
            Relation(
                "ceased",
                "dissolved",
                nouns=("end",),
                value=ValueKind.DATE,
                lasting=True,
                role=RelationRole.CEASED,
            ),
            Relation("P131", "located in", lasting=True, role=RelationRole.PLACE),
            Relation("P17", "in the country", lasting=True, role=RelationRole.PLACE),
            Relation("P5102", "nature of statement", value=ValueKind.TEXT),
            Relation("stated-by", "stated by"),
        )
    }
)
"""Relations of every kind that the rules tell apart; `award` is not among them: only a table named it."""


@dataclass
class World:
    """An `Evidence` in memory, which can be gone through from end to end."""

    rows: tuple[Statement, ...]
    things: dict[str, Entity]
    complete: tuple[Completeness, ...] = ()
    closed: bool = False

    def entity(self, id: str) -> Entity | None:
        return self.things.get(id)

    def statements(self, subject: str, relation: str) -> tuple[Statement, ...]:
        return tuple(s for s in self.rows if s.subject == subject and s.relation == relation)

    def statements_about(self, relation: str, value: str) -> tuple[Statement, ...]:
        return tuple(s for s in self.rows if s.relation == relation and s.value == EntityValue(value))

    def all_statements(self, relation: str) -> Iterator[Statement]:
        return (s for s in self.rows if s.relation == relation)

    def relations_of(self, entity: str) -> tuple[str, ...]:
        return tuple(sorted({s.relation for s in self.rows if s.subject == entity}))

    def relations_to(self, entity: str) -> tuple[str, ...]:
        return tuple(sorted({s.relation for s in self.rows if s.value == EntityValue(entity)}))

    @property
    def tables(self) -> tuple[TableInfo, ...]:
        names = sorted({s.table for s in self.rows})
        return tuple(TableInfo(name, name, "0" * 64, len(self.rows), len(self.things)) for name in names)

    def completeness(self, relation: str) -> tuple[Completeness, ...]:
        declared = tuple(one for one in self.complete if one.relation == relation)
        tables = sorted({s.table for s in self.rows if s.relation == relation}) if self.closed else []
        return declared + tuple(Completeness(relation, table=table) for table in tables)

    def playing(self, *roles: RelationRole) -> tuple[str, ...]:
        return CATALOGUE.playing(*roles)

    def known(self, id: str, table: str) -> bool:
        return any(s.table == table and (s.subject == id or s.value == EntityValue(id)) for s in self.rows)

    def undated(self, table: str, relation: str) -> bool:
        return table == "undated"

    def trust(self, statement: Statement) -> int:
        return TRUST[statement.table]

    def curated(self, statement: Statement) -> bool:
        return statement.table == "bundled"

    def types(self, id: str) -> frozenset[str]:
        return frozenset(self.things[id].types) if id in self.things else frozenset()


# --------------------------------------------------------------------------------------------------- rows

_DATES = {"start": "start", "end": "end", "at": "point_in_time"}


def _split(text: str) -> tuple[str, dict[str, str]]:
    head, *extras = (piece.strip() for piece in text.split(";"))
    return head, {name.strip(): value.strip() for name, _, value in (e.partition("=") for e in extras if e)}


@cache
def row(text: str, number: int = 0) -> Statement:
    """A statement from "subject | relation | value; key=value; ..."."""
    head, extras = _split(text)
    subject, relation, value = (piece.strip() for piece in head.split("|"))
    table = extras.pop("table", "bundled")
    made = Statement(
        id=extras.pop("id", f"s{number}"),
        subject=subject,
        relation=relation,
        value=_value(relation, value),
        table=table,
        sources=(Source(url="https://example.org/", title=extras.pop("source", f"Source of {table}")),),
    )
    for name, into in _DATES.items():
        if name in extras:
            made = replace(made, **{into: parse_date(extras.pop(name))})
    if "seen" in extras:
        first, _, last = extras.pop("seen").partition("..")
        made = replace(made, seen_first=parse_date(first), seen_last=parse_date(last or first))
    made = replace(
        made,
        rank=Rank(extras.pop("rank", "normal")),
        polarity=Polarity.NEGATIVE if extras.pop("denied", None) is not None else Polarity.POSITIVE,
        open_end=extras.pop("no-end", None) is not None,
    )
    return replace(made, qualifiers=tuple(sorted((name, _value(name, v)) for name, v in extras.items())))


def _value(relation: str, text: str) -> Value:
    if text == "?":
        return UnknownValue()
    kind = CATALOGUE[relation].value if relation in CATALOGUE else ValueKind.ENTITY
    if kind is ValueKind.DATE:
        return parse_date(text)
    if kind is ValueKind.QUANTITY:
        return parse_quantity(text)
    return TextValue(text.strip('"')) if kind is ValueKind.TEXT or text.startswith('"') else EntityValue(text)


def world(
    rows: Iterable[str] = (),
    *,
    things: Iterable[str] = (),
    complete: Iterable[str] = (),
    closed: bool = False,
) -> World:
    """Evidence from rows; `things` are "id = label, alias: type, type", for what a bare name does not say.

    `complete` are "subject | relation | object; as-of=date", with * for any and {state} for each of a kind.
    """
    statements = tuple(row(text, number) for number, text in enumerate(rows))
    known: dict[str, Entity] = {}
    for statement in statements:
        values = (statement.value, *(value for _, value in statement.qualifiers))
        for id in (statement.subject, *(v.id for v in values if isinstance(v, EntityValue))):
            known.setdefault(id, Entity(id, id))
    for text in things:
        head, _, types = text.partition(":")
        id, _, names = (piece.strip() for piece in head.partition("="))
        label, *aliases = (name.strip() for name in names.split(",")) if names else (id,)
        known[id] = Entity(id, label, tuple(aliases), tuple(t.strip() for t in types.split(",") if t.strip()))
    return World(statements, known, tuple(_complete(text) for text in complete), closed)


def _complete(text: str) -> Completeness:
    head, extras = _split(text)
    subject, relation, object = (piece.strip() for piece in head.split("|"))
    kinds = tuple(kind.strip() for kind in subject.strip("{}").split(",")) if subject[0] == "{" else ()
    return Completeness(
        relation,
        subject=None if subject == "*" or kinds else subject,
        object=None if object == "*" else object,
        as_of=parse_date(extras["as-of"]) if "as-of" in extras else None,
        source=Source(title=extras.get("source", "The official list")),
        table=extras.get("table", "bundled"),
        subject_types=kinds,
        excepted=tuple(filter(None, extras.get("except", "").split(","))),
    )


# ------------------------------------------------------------------------------------------------- claims

_QUANTIFIERS = {
    "all": QuantifierKind.ALL,
    "all-but": QuantifierKind.ALL_BUT,
    "bare": None,
    "no": QuantifierKind.NO,
    "some": QuantifierKind.SOME,
    "most": QuantifierKind.MOST,
    "only": QuantifierKind.ONLY,
    "at-least": QuantifierKind.AT_LEAST,
    "at-most": QuantifierKind.AT_MOST,
    "exactly": QuantifierKind.EXACTLY,
}
_GROUP = re.compile(
    r"(?P<kind>[a-z-]+)(?: (?P<count>[^{]*?))?(?: of (?P<of>[0-9]+))? ?\{(?P<conditions>.*)\}"
)


def term(text: str, known: World, relation: str = "") -> Term:
    """One end of a claim; see the top of this module."""
    text = text.strip()
    if match := _GROUP.fullmatch(text):
        return _group(match, known)
    first, _, rest = text.partition(" ")
    if rest and (kind_of := _QUANTIFIERS.get(first)) is not None:
        return replace(term(rest, known, relation), quantifier=Quantifier(kind_of))
    if text.startswith("?"):
        return Term(text[1:])
    if text.startswith('"'):
        return Term(text, value=TextValue(text.strip('"')))
    kind = CATALOGUE[relation].value if relation in CATALOGUE else ValueKind.ENTITY
    if kind in (ValueKind.DATE, ValueKind.QUANTITY):
        return Term(text, value=_value(relation, text))
    name, _, others = text.partition("~or ")
    rivals = tuple(match for other in filter(None, others.split("/")) for match in _matches(other, known))
    return Term(name.partition("~")[0], matches=tuple(_matches(name, known)), rivals=rivals)


def _matches(text: str, known: World) -> Iterable[Match]:
    name, fuzzy, scores = text.partition("~")
    if scores == "likely":
        entity = known.things.get(name) or Entity(name, name)
        yield Match(entity.id, entity.label, name, 100.0, MatchKind.LIKELY)
        return
    if fuzzy:
        score, _, runner_up = scores.partition("/")
        entity = known.things.get(name) or Entity(name, name)
        yield Match(entity.id, entity.label, name, float(score), MatchKind.FUZZY, float(runner_up or 0))
        return
    found = [e for e in known.things.values() if name in (e.label, *e.aliases)] or [Entity(name, name)]
    for entity in found:
        runner_up = 100.0 if len(found) > 1 else 0.0
        yield Match(entity.id, entity.label, name, 100.0, MatchKind.EXACT, runner_up)


def _group(match: re.Match[str], known: World) -> Term:
    conditions = []
    for condition in match["conditions"].split(","):
        head, tail = (
            condition.strip().split(" ", 1) if condition.strip().startswith("*") else ("", condition.strip())
        )
        if head:
            relation, other = tail.split(" ", 1)
        else:
            other, relation = tail.removesuffix(" *").rsplit(" ", 1)
        conditions.append((relation, term(other, known), not head))
    group = Group(match["conditions"], tuple(conditions))
    kind = _QUANTIFIERS[match["kind"]]
    count = parse_quantity(match["count"]) if match["count"] else None
    of = parse_quantity(match["of"]) if match["of"] else None
    text = f"{'' if kind is None else match['kind']} {match['conditions']}".strip()
    return Term(text, group=group, quantifier=None if kind is None else Quantifier(kind, count, of))


def claim(text: str, known: World) -> Triple:
    """A triple from "[not] subject | relation, relation | object; period=date; qualifier=name; said"."""
    head, extras = _split(text)
    negated = head.startswith("not ")
    subject, predicate, object = (piece.strip() for piece in head.removeprefix("not ").split("|"))
    readings = tuple(_reading(name.strip()) for name in predicate.split(",") if name.strip())
    modality = Modality.ASSERTED
    periods: list[Period] = []
    qualifiers = []
    speaker, order = None, None
    for name, value in extras.items():
        if name in {kind.value for kind in PeriodKind}:
            first, _, last = value.partition("..")
            text_of = "from" if name == "between" and value.endswith("!") else ""
            dates = [parse_date(date.rstrip("!")) for date in (first, last) if date]
            periods.append(Period(PeriodKind(name), *dates, text=f"{text_of} {value}".lstrip()))
        elif name == "as-of":
            periods.append(Period(PeriodKind.AT, parse_date(value), text=f"As of {value}"))
        elif name == "order":
            order = _order(value, known)
        elif name == "by-whom":
            speaker = term(value, known)
        elif name in {kind.value for kind in Modality}:
            modality = Modality(name)
        else:
            qualifiers.append((name, term(value, known, name)))
    relation = readings[0].relation if readings else ""
    return Triple(
        term(subject, known, ""),
        term(object, known, relation),
        readings,
        relation_text=predicate,
        qualifiers=tuple(qualifiers),
        periods=tuple(periods),
        negated=negated,
        modality=modality,
        speaker=speaker,
        order=order,
    )


def _order(text: str, known: World) -> Order:
    """ "[start|end|length] [#place] [xfactor] more|less|equal TERM", or a length by itself."""
    words = text.split()
    aspect = Aspect(words.pop(0)) if words[0] in set(Aspect) else Aspect.VALUE
    if words[0] not in set(Degree) and words[0][0] not in "#x":
        return Order(Degree.EQUAL, aspect=aspect, amount=parse_quantity(" ".join(words)))
    place = int(words.pop(0)[1:]) if words[0].startswith("#") else 0
    factor = parse_quantity(words.pop(0)[1:].replace("_", " ")) if words[0].startswith("x") else None
    degree = Degree(words.pop(0))
    return Order(degree, term(" ".join(words), known), aspect, place, factor)


def _reading(text: str) -> Reading:
    """ "capital", "capital^" turned round, "capital@60" for a score, "capital!seat" for its words."""
    text, _, words = text.partition("!")
    name, _, score = text.partition("@")
    inverse = name.endswith("^")
    name = name.removesuffix("^")
    label = CATALOGUE[name].label if name in CATALOGUE else name
    return Reading(name, label, words or label, float(score or 100), inverse)


def verdict(
    text: str,
    rows: Sequence[str] = (),
    *,
    as_of: str = "2021-02-01",
    things: Sequence[str] = (),
    complete: Sequence[str] = (),
    closed: bool = False,
) -> Part:
    """Judge a claim in a small world."""
    known = world(rows, things=things, complete=complete, closed=closed)
    return judge(claim(text, known), known, catalogue=CATALOGUE, as_of=parse_date(as_of))


def on(text: str) -> Date:
    """A date, as tables write it."""
    return parse_date(text)
