"""Values of a query's answer that say no more than that there is one."""

from __future__ import annotations

__all__ = ["UNKNOWN", "is_unknown"]

UNKNOWN = "there is a value, but it is not known which: the query should leave such rows out"
_UNKNOWN = ("_:", "http://www.wikidata.org/.well-known/genid/", "https://www.wikidata.org/.well-known/genid/")


def is_unknown(value: str) -> bool:
    """Whether it is the name of a blank node, also as Wikidata's query service writes one.

    https://www.mediawiki.org/wiki/Wikidata_Query_Service/Blank_Node_Skolemization
    """
    return value.startswith(_UNKNOWN)
