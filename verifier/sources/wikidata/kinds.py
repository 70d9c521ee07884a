"""What kind of thing an item is, in the catalogue's words, by walking from its classes to wider ones.

Wikidata's classes make a graph with cycles and with odd places in it (https://www.wikidata.org/wiki/Q35120 is
over everything), so the walk is short and stops where a kind is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

__all__ = ["kinds_of"]

_DEEPEST = 12
_MOST = 400
"""Classes that are looked at for one thing."""


def kinds_of(
    classes: Iterable[str], *, wider: Callable[[str], Iterable[str]], kinds: Mapping[str, str]
) -> tuple[str, ...]:
    """The kinds of a thing that is an instance of these classes, the nearest first.

    `wider` gives the classes of which one is a subclass, `kinds` the catalogue's word for some of them. What
    is wider than a class with a word of its own is not asked: a person is no organism to us.
    """
    found: dict[str, None] = {}
    seen: dict[str, None] = dict.fromkeys(classes)
    now = list(seen)
    for _ in range(_DEEPEST):
        above: list[str] = []
        for one in now:
            kind = kinds.get(one)
            if kind is not None:
                found[kind] = None
                continue
            above += [other for other in wider(one) if other not in seen]
            seen |= dict.fromkeys(above)
        if not above or len(seen) > _MOST:
            break
        now = list(dict.fromkeys(above))
    return tuple(found)
