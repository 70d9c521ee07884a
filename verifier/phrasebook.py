"""The compiled phrasings of a catalogue, kept between runs: spelling them out takes long."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from verifier.files import write_whole
from verifier.garbage import uncollected
from verifier.model import PeriodKind
from verifier.relations import Relation
from verifier.text import lexicon, patterns, vocabulary, words
from verifier.text.lexicon import Lexicon, Nouns, forms, lexicon_of
from verifier.text.patterns import Pattern

__all__ = ["open_lexicon"]

log = logging.getLogger(__name__)

_FLAGS = ("appositive", "object_is_date", "apart", "ownerless", "understood")
_AFTER_PERIOD = tuple(field.name for field in fields(Pattern))[4:]
"""The flags in the order in which a pattern takes them, after `appositive` and `period`."""
_MAKERS = (patterns, lexicon, vocabulary, words)
"""The modules that decide what the forms are: others of the same name may make others."""


@lru_cache(maxsize=4)
def open_lexicon(relations: tuple[Relation, ...], cache_dir: Path) -> Lexicon:
    """The lexicon of these relations: as it was compiled before, or compiled now and kept in `cache_dir`.

    The last few are remembered: checkers of one process mostly read by the same catalogue. A file that cannot
    be read or written is no error: the lexicon is then compiled anew.
    """
    try:
        path = cache_dir / "phrasings" / f"{_key(relations)}.json"
    except OSError:  # the package has no files of its own
        return lexicon_of(*forms(relations))
    try:
        with uncollected():
            return lexicon_of(*_decode(json.loads(path.read_bytes())))
    except (OSError, ValueError, KeyError, TypeError):
        made = forms(relations)
    try:
        write_whole(path, json.dumps(_encode(*made), separators=(",", ":")).encode())
    except OSError as exc:
        log.warning("%s: the compiled phrasings cannot be kept (%s)", path.parent, exc)
    return lexicon_of(*made)


def _key(relations: Sequence[Relation]) -> str:
    found = hashlib.sha256(repr(relations).encode())
    for module in _MAKERS:
        found.update(Path(str(module.__file__)).read_bytes())
    return found.hexdigest()[:32]


def _encode(found: Sequence[Pattern], nouns: Nouns) -> dict[str, Any]:
    rows = [
        [one.relation, one.items, sum(getattr(one, flag) << n for n, flag in enumerate(_FLAGS)), one.period]
        for one in found
    ]
    return {"patterns": rows, "nouns": [[key, named] for key, named in nouns.items()]}


def _decode(stored: dict[str, Any]) -> tuple[tuple[Pattern, ...], Nouns]:
    kinds: dict[str | None, PeriodKind | None] = {None: None} | {kind.value: kind for kind in PeriodKind}
    told = [
        {flag: bool(flags >> n & 1) for n, flag in enumerate(_FLAGS)} for flags in range(1 << len(_FLAGS))
    ]
    said = [tuple(one.get(name, False) for name in _AFTER_PERIOD) for one in told]
    found = tuple(
        Pattern(relation, tuple(items), bool(flags & 1), kinds[period], *said[flags])
        for relation, items, flags, period in stored["patterns"]
    )
    return found, {tuple(key): tuple((r, bool(s)) for r, s in named) for key, named in stored["nouns"]}
