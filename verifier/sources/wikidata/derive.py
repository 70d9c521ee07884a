"""What Wikidata's statements say in the catalogue's own words: who is president, where an embassy is.

Wikidata knows a president as the head of state of a country whose head of state holds the office "President
of ...", as somebody who holds that position, and an embassy as an item of its own. The catalogue has
relations between the two things that a sentence names. A derived statement keeps id, dates and sources of the
one that it is made from, and its rank where it stays among the statements of the same thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from verifier.model import Date, EntityValue, Rank, Statement
from verifier.relations import Catalogue, Relation, ValueKind
from verifier.sources.wikidata.vocabulary import Vocabulary
from verifier.sources.wikidata.written import Written

__all__ = ["Offices", "derived", "missions_of", "officials_of", "tenures_of"]

_PERSON = "person"
_OF = " of "
_HEADS = (("head_of_state", "office_of_state"), ("head_of_government", "office_of_government"))
"""What a vocabulary calls the property of a head, and that of the office that the head holds."""


class Offices:
    """Which relation of the catalogue an office makes, by what it is called: "President of Ghana"."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._by_noun: dict[str, str] = {}
        for relation in catalogue.relations.values():
            if _is_office(relation):
                for noun in (relation.label, *relation.nouns):
                    self._by_noun.setdefault(noun.casefold(), relation.id)

    def relation(self, label: str, *, highest: bool = False) -> str:
        """The relation of an office by its name; "" if its name does not tell.

        `highest` is the head's own office, no deputy's: then "Federal Chancellor" is a chancellor.
        """
        words = label.casefold().partition(_OF)[0].split()
        first = range(len(words)) if highest else range(min(1, len(words)))
        for start in first:
            found = self._by_noun.get(" ".join(words[start:]))
            if found is not None:
                return found
        return ""

    @staticmethod
    def place(label: str) -> str:
        """Of what an office is, by its name; "" if its name does not tell."""
        return label.partition(_OF)[2].removeprefix("the ").strip()


def _is_office(relation: Relation) -> bool:
    return (
        relation.value is ValueKind.ENTITY
        and relation.object_types == (_PERSON,)
        and bool(relation.nouns)
        and bool(
            {"state", "city", "organisation"} & set(relation.subject_types) or not relation.subject_types
        )
        and not relation.id.startswith("P")
    )


def derived(written: Written, catalogue: Catalogue, vocabulary: Vocabulary) -> Iterator[Statement]:
    """All such statements, from those of Wikidata that are written already."""
    says = vocabulary.offices
    if not says:
        return
    offices = Offices(catalogue)
    for head, office in _HEADS:
        for subject in dict.fromkeys(s.subject for s in written.with_relation(says[office])):
            labels = [written.label(id) for id in written.values(subject, says[office])]
            yield from officials_of(written.slot(subject, says[head]), labels, offices)
    if vocabulary.missions:
        for id, classes in written.classes():
            kinds = written.kinds(classes, vocabulary.missions)
            if len(kinds) == 1:
                yield from missions_of(written.about(id), kinds[0], vocabulary.mission)

    def places(office: str, name: str) -> tuple[str, ...]:
        stated = written.values(office, says["jurisdiction"])
        if stated:
            return tuple(dict.fromkeys(stated))
        label = Offices.place(name)
        return written.labelled(label, "state") if label else ()

    held = written.with_relation(says["position_held"])
    yield from tenures_of(held, label=written.label, places=places, offices=offices)


def officials_of(
    heads: Iterable[Statement], office_labels: Sequence[str], offices: Offices
) -> Iterator[Statement]:
    """Statements by the name of the office for the heads of one country or town.

    Only if its offices have one name: where a country had kings and then presidents, no head is either.
    """
    found = {offices.relation(label, highest=True) for label in office_labels}
    if len(found) == 1 and (relation := found.pop()):
        for head in heads:
            yield replace(head, relation=relation)


def tenures_of(
    held: Iterable[Statement],
    *,
    label: Callable[[str], str],
    places: Callable[[str, str], Sequence[str]],
    offices: Offices,
) -> Iterator[Statement]:
    """Statements of what somebody is to a country, from the positions that he or she held.

    `label` gives the name of a position, `places` of what it is one: by its id and its name.
    """
    for statement in held:
        if not isinstance(statement.value, EntityValue) or statement.rank is Rank.DEPRECATED:
            continue
        name = label(statement.value.id)
        relation = offices.relation(name)
        places_of = places(statement.value.id, name) if relation else ()
        if len(places_of) == 1:
            # Its rank is among the positions of this person, and says nothing beside those of others.
            yield replace(
                statement,
                subject=places_of[0],
                relation=relation,
                value=EntityValue(statement.subject),
                rank=Rank.NORMAL,
            )


def missions_of(
    statements: Mapping[str, Sequence[Statement]], relation: str, says: Mapping[str, Sequence[str]]
) -> Iterator[Statement]:
    """The mission that an item is, as statements between who sent it and where it is.

    `statements` are those of the item by property, `says` the properties by what they say of a mission. Dates
    of the item bound the mission; the country that it is in becomes a qualifier.
    """
    cities = next((found for name in says["cities"] if (found := _things(statements.get(name, ())))), ())
    country = next(iter(says["country"]))
    hosts = tuple((country, host.value) for host in _things(statements.get(country, ())))
    start, end = _date(statements, says["begins"]), _date(statements, says["ends"])
    for sender in (s for name in says["operator"] for s in _things(statements.get(name, ()))):
        for city in cities:
            assert isinstance(sender.value, EntityValue)
            yield replace(
                city,
                id=sender.id,
                subject=sender.value.id,
                relation=relation,
                start=city.start or sender.start or start,
                end=city.end or sender.end or end,
                qualifiers=hosts,
                rank=Rank.NORMAL,
                sources=sender.sources,
            )


def _things(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    kept = [s for s in statements if isinstance(s.value, EntityValue) and s.rank is not Rank.DEPRECATED]
    return tuple([s for s in kept if s.rank is Rank.PREFERRED] or kept)


def _date(statements: Mapping[str, Sequence[Statement]], names: Sequence[str]) -> Date | None:
    found = [s.value for name in names for s in statements.get(name, ()) if isinstance(s.value, Date)]
    return found[0] if len(set(found)) == 1 else None
