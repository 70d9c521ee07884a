"""Reads how much of a source may change in a night (`expect` in `sources.toml`)."""

from __future__ import annotations

from dataclasses import fields

from verifier.night import Bounds
from verifier.refresh.toml import Keys

__all__ = ["read_bounds"]

_ROOMY = {"added": 1e6}
"""A source may grow to several times its size; no other share is above 1."""


def read_bounds(keys: Keys) -> Bounds:
    """The bounds of a source. Raises `TableError` that names the key that is wrong."""
    names = tuple(field.name for field in fields(Bounds))
    keys.check(names)
    default = Bounds()
    least = keys.whole("least", default.least, least=0)
    most = keys.whole("most", least, least=0) if "most" in keys.table else None
    if most is not None and most < least:
        raise keys.error(f"less than the least, {least}", "most", str(most), hint="write the larger number")
    shares = {
        name: keys.share(name, getattr(default, name), most=_ROOMY.get(name, 1.0))
        for name in names
        if name not in ("least", "most")
    }
    return Bounds(least=least, most=most, **shares)
