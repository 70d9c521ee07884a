"""Whether a thing can stand at an end of a relation, by what the tables say of such things: closed world.

A word may speak of several relations: what is "constructed" by a firm has a contractor, what is "constructed"
in Gothic a style. Where the tables have the firm only as others have firms, and never as they have a style,
the words do not mean the style.
"""

from __future__ import annotations

from verifier.model import Date, Quantity, Value
from verifier.text.closed_names import Node
from verifier.text.closed_world import Ends, Surroundings

__all__ = ["may_stand", "takes"]

_FEW = 3
"""An end that fewer things stand at does not show what kind of things they are."""


def may_stand(
    near: Surroundings, relation: str, subject: Node, object: Node, *, surely: bool = False
) -> bool:
    """Whether the tables have, in a relation, things like these two; true of what they say too little of.

    With `surely`, that is not enough.
    """
    ends = near.ends(relation)
    if not takes(near, relation, object) or not _is_like(near, subject, ends.subjects, surely):
        return False
    return object.value is not None or _is_like(near, object, ends.objects, surely)


def takes(near: Surroundings, relation: str, object: Node) -> bool:
    """Whether a relation has things where the object is one, and figures where it is such a figure."""
    ends = near.ends(relation)
    if object.value is not None:
        return _takes_figure(ends, object.value)
    return bool(ends.objects) or not ends.figures


def _takes_figure(ends: Ends, value: Value) -> bool:
    """Whether a relation has figures such as this one; a bare year may be a number, and the reverse."""
    if not ends.figures:
        return not ends.objects
    if isinstance(value, Date | Quantity):
        return type(value) in ends.figures or (
            bool(ends.figures & {Date, Quantity}) and not (isinstance(value, Quantity) and value.unit)
        )
    return True


def _is_like(near: Surroundings, node: Node, members: frozenset[str], surely: bool) -> bool:
    """Whether one of the things a node may be stands where one of the members does, in any relation."""
    if not surely and (len(members) < _FEW or not node.ids):
        return True
    roles = {(edge.relation, edge.turned) for id in node.ids for edge in near.edges(id)}
    return (not roles and not surely) or any(
        not members.isdisjoint(near.ends(relation).objects if turned else near.ends(relation).subjects)
        for relation, turned in roles
    )
