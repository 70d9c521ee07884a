"""From the notes that are taken on the way to a verdict to its `Trace`: nothing is decided here."""

from verifier.tracing.record import Record
from verifier.tracing.retrace import retrace

__all__ = ["Record", "retrace"]
