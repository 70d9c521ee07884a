"""A small world of names for tests of reading: `read("...")` gives triples as lines of text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from verifier.model import Aspect, Document, Entity, Match, MatchKind, Modality, Order, Term, Triple
from verifier.names import normalise
from verifier.relations import Catalogue, read_catalogue
from verifier.text.claims import find_claims, read_claim
from verifier.text.lexicon import compile_lexicon
from verifier.text.reading import World
from verifier.values import format_date, parse_date

ENTITIES = {
    "kosovo": ("Kosovo", "state", "Kosovar|Kosovan"),
    "israel": ("Israel", "state", "Israeli|Israelis"),
    "serbia": ("Serbia", "state", "Serbian|Serb"),
    "russia": ("Russia", "state", "Russian"),
    "china": ("China", "state", "Chinese"),
    "us": ("United States", "state", "US|USA|United States of America|American"),
    "estonia": ("Estonia", "state", "Estonian"),
    "finland": ("Finland", "state", "Finnish"),
    "latvia": ("Latvia", "state", "Latvian"),
    "uae": ("United Arab Emirates", "state", "UAE|Emirati"),
    "bahrain": ("Bahrain", "state", "Bahraini"),
    "kenya": ("Kenya", "state", "Kenyan"),
    "jordan": ("Jordan", "state", "Jordanian"),
    "saudi": ("Saudi Arabia", "state", "Kingdom of Saudi Arabia|Saudi"),
    "oman": ("Oman", "state", "Sultanate of Oman|Omani"),
    "djibouti": ("Djibouti", "state", "Republic of Djibouti"),
    "djibouti-city": ("Djibouti", "city", ""),
    "riyadh": ("Riyadh", "city", ""),
    "muscat": ("Muscat", "city", ""),
    "jerusalem": ("Jerusalem", "city", ""),
    "tel-aviv": ("Tel Aviv", "city", ""),
    "tallinn": ("Tallinn", "city", ""),
    "washington": ("Washington, D.C.", "city", "Washington"),
    "west-bank": ("West Bank", "territory", ""),
    "east-jerusalem": ("East Jerusalem", "territory", ""),
    "un": ("United Nations", "organisation", "UN"),
    "nato": ("NATO", "organisation", ""),
    "club": ("Gulf Club", "organisation", ""),
    "accords": ("Abraham Accords", "treaty", "Accords"),
    "ashkenazi": ("Gabi Ashkenazi", "person", ""),
    "haradinaj": ("Meliza Haradinaj-Stublla", "person", ""),
    "trump": ("Donald Trump", "person", "Trump"),
    "kallas": ("Kaja Kallas", "person", ""),
    "salman": ("Salman bin Abdulaziz Al Saud", "person", ""),
    "haitham": ("Haitham bin Tariq", "person", ""),
    "eu": ("European Union", "organisation", "EU"),
    "islam": ("Islam", "religion", "Muslim|Muslims"),
    "euro": ("euro", "currency", ""),
    "swahili": ("Swahili", "language", ""),
    "landlocked": ("landlocked country", "class", "landlocked"),
    "karis": ("Alar Karis", "person", ""),
    "arab-state": ("Arab state", "class", "Arab country|Arab"),
    "baltic-state": ("Baltic state", "class", "Baltic country|Baltic"),
    "balkan-state": ("Balkan state", "class", "Balkan country|Balkan"),
}
KINDS = {("kosovo", "balkan-state"), ("estonia", "baltic-state"), ("latvia", "baltic-state")}
OWNERS = {("prime-minister", "kallas"): (Match("estonia", "Estonia", "Estonia", 97.0, MatchKind.CONTEXT),)}
VALUES = {
    ("P36", "estonia"): ("tallinn",),
    ("P36", "saudi"): ("riyadh",),
    ("P36", "oman"): ("muscat",),
    ("P36", "israel"): ("jerusalem", "tel-aviv"),
    ("P37", "kenya"): ("swahili",),
    ("P35", "saudi"): ("salman",),
    ("P35", "oman"): ("haitham",),
    ("P6", "estonia"): ("kallas",),
}
MEMBERS = {
    ("P31", "baltic-state"): ("estonia", "latvia"),
    ("P463", "club"): ("saudi", "oman", "bahrain"),
}
TENURES = {("trump", "us"): (parse_date("2017-01-20/2021-01-20"),)}
USES: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
AS_OF = parse_date("2021-02-01")


class _Names:
    """The entities above, by exact and normalised name."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[tuple[str, str]]] = {}
        for key, (label, _, aliases) in ENTITIES.items():
            for name in (label, *filter(None, aliases.split("|"))):
                self.by_name.setdefault(normalise(name), []).append((key, name))
        self.longest: dict[str, int] = {}
        for name in self.by_name:
            tokens = name.split()
            self.longest[tokens[0]] = max(self.longest.get(tokens[0], 0), len(tokens))

    def exact(self, name: str) -> tuple[Match, ...]:
        found = self.by_name.get(normalise(name), ())
        return tuple(Match(key, ENTITIES[key][0], alias, 100.0, MatchKind.EXACT) for key, alias in found)

    def search(self, name: str, *, limit: int = 5) -> tuple[Match, ...]:
        return self.exact(name)[:limit]

    def prefix_length(self, token: str) -> int:
        return self.longest.get(token, 0)

    def entity(self, id: str) -> Entity | None:
        if id not in ENTITIES:
            return None
        label, kind, aliases = ENTITIES[id]
        return Entity(id, label, tuple(filter(None, aliases.split("|"))), (kind,))


@cache
def catalogue() -> Catalogue:
    """The catalogue of the checkout."""
    return read_catalogue(Path(__file__).parent.parent / "reference" / "relations.toml")


@cache
def world() -> World:
    """What reading needs to know, from the entities above."""
    capital = {
        "washington": (Match("us", "United States", "United States", 97.0, MatchKind.CONTEXT),),
        "kallas": OWNERS["prime-minister", "kallas"],
    }
    return World(
        _Names(),
        compile_lexicon(catalogue().relations.values()),
        lambda entity: frozenset({ENTITIES[entity][1]} if entity in ENTITIES else ()),
        lambda entity, kind: (entity, kind) in KINDS,
        lambda name, day: capital.get(name, ()),
        lambda relation, value: OWNERS.get((relation, value), ()),
        lambda person, state, day: TENURES.get((person, state), ()),
        lambda entity: USES.get(entity, (frozenset(), frozenset())),
        catalogue=catalogue(),
        values=lambda relation, thing, day: _named(VALUES.get((relation, thing), ())),
        members=lambda relation, value, day: _named(MEMBERS.get((relation, value), ())),
        asks=lambda relation: (
            frozenset(catalogue()[relation].subject_types),
            frozenset(catalogue()[relation].object_types),
        ),
    )


def _named(ids: tuple[str, ...]) -> tuple[Match, ...]:
    return tuple(Match(id, ENTITIES[id][0], ENTITIES[id][0], 97.0, MatchKind.CONTEXT) for id in ids)


def read(text: str) -> list[str]:
    """What a claim given by itself says, a line for each triple, sorted."""
    claim = read_claim(text, world=world(), catalogue=catalogue(), as_of=AS_OF)
    return sorted(line(triple) for triple in claim.triples)


def read_document(text: str) -> list[tuple[str, str]]:
    """The claims of a document: the words of each, and what they say."""
    claims = find_claims(Document(text), world=world(), catalogue=catalogue(), as_of=AS_OF)
    assert all(c.span is not None and text[c.span.start : c.span.end] == c.text for c in claims)
    return [(claim.text, line(triple)) for claim in claims for triple in claim.triples]


def line(triple: Triple) -> str:
    """A triple as one line: [not] [modality:] subject relation object {qualifiers} @period [order].

    A `~` after a relation turns it round, a `?` after an end says that it is only likely to be meant.
    An order is [aspect #place xfactor degree other].
    """
    words = ["not"] if triple.negated else []
    if triple.modality is not Modality.ASSERTED:
        words.append(f"{triple.modality}:")
    words += [
        _term(triple.subject),
        "|".join(r.relation + "~" * r.inverse for r in triple.readings),
        _term(triple.object),
    ]
    words += [f"{{{name}={_term(term)}}}" for name, term in triple.qualifiers]
    for period in triple.periods:
        words.append(f"@{period.kind}" + (f" {format_date(period.date)}" if period.date else ""))
    return " ".join(words) + (f" [{_order(triple.order)}]" if triple.order is not None else "")


def _order(order: Order) -> str:
    words = [] if order.aspect is Aspect.VALUE else [order.aspect.value]
    words += [f"#{order.place}"] if order.place else []
    words += [f"x{order.factor.bound} {order.factor.amount:f}"] if order.factor is not None else []
    if order.amount is not None:
        return " ".join([*words, f"{order.amount.amount:f}{order.amount.unit}"])
    return " ".join([*words, order.degree.value, _term(order.than) if order.than is not None else ""])


def _term(term: Term) -> str:
    amount = ""
    if term.quantifier is not None:
        amount = f"<{term.quantifier.kind}"
        amount += f" {term.quantifier.count.amount:f}" if term.quantifier.count is not None else ""
        amount += f" of {term.quantifier.of.amount:f}>" if term.quantifier.of is not None else ">"
    if term.group is not None:
        return amount + "+".join(_term(other) for _, other, _ in term.group.conditions)
    if term.matches:
        likely = term.matches[0].kind is MatchKind.LIKELY
        return amount + term.matches[0].id + "?" * likely
    if term.value is not None and hasattr(term.value, "amount"):
        return f"{term.value.amount:f}{term.value.unit}"
    if term.value is not None and hasattr(term.value, "earliest"):
        return format_date(term.value)
    return f"?{term.text}"
