"""A claim that is given as text: a sentence, or a triple `subject | relation | object`."""

from __future__ import annotations

from verifier.errors import UsageError
from verifier.model import ClaimRow

__all__ = ["claim_row"]


def claim_row(text: str, id: str) -> ClaimRow:
    """What to ask about a text: a triple where two `|` part it into three ends, else a sentence.

    Raises `UsageError` if it is empty, or one end of a triple is.
    """
    ends = tuple(end.strip() for end in text.split("|"))
    if len(ends) == 3:
        if not all(ends):
            raise UsageError(
                f"{text!r}: a triple is `subject | relation | object`, and none of them is empty"
            )
        return ClaimRow(id, subject=ends[0], predicate=ends[1], object=ends[2])
    if not text.strip():
        raise UsageError("a claim is empty: give a sentence, a triple or a file")
    return ClaimRow(id, claim=text.strip())
