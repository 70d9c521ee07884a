"""Which statements Wikidata itself does not count: normal ones, where preferred ones are in force.

Its query service answers with "truthy" statements alone, those of the best rank of a slot
(https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format#Truthy_statements): the United States have
Mexico and Canada as preferred neighbours, and Russia across the sea as a normal one.
"""

from __future__ import annotations

from verifier.evidence import WIKIDATA, affirms
from verifier.inforce import Hold, hold_in, moments
from verifier.model import Rank
from verifier.weigh import Fact, Question, is_single

__all__ = ["outranked_by"]


def outranked_by(question: Question, fact: Fact) -> tuple[Fact, ...]:
    """The preferred facts beside a normal one of Wikidata's that may be in force when a claim says.

    Where there can be one value only, ranks are weighed otherwise; and a statement that ended has its lower
    rank from that. A table of another kind means each of its rows.
    """
    told = fact.statement
    if (
        told.rank is not Rank.NORMAL
        or told.end is not None
        or is_single(question.relation)
        or question.evidence.trust(told) != WIKIDATA
    ):
        return ()
    better = (
        Fact(other, other.subject, other.value)
        for other in question.evidence.statements(told.subject, told.relation)
        if other.rank is Rank.PREFERRED
        and other.table == told.table
        and other.value != told.value
        and affirms(other)
    )
    times = moments(question.periods, question.as_of) or (question.as_of,)
    return tuple(
        one
        for one in better
        if any(hold_in(question.course(one), time) is not Hold.OUTSIDE for time in times)
    )
