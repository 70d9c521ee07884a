"""What the arguments of `verifier check` stand for: files, folders, stdin, claims, triples."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from verifier import readers
from verifier.errors import InputError, UsageError
from verifier.model import ClaimRow, Document
from verifier.readers import text
from verifier.readers.claim_text import claim_row

__all__ = ["Batch", "Reading", "read_inputs"]

Batch = tuple[str, Document | tuple[ClaimRow, ...]]
"""What is checked as one, with the path it was read from ("-" for stdin, "" for claims given directly)."""


class Reading(StrEnum):
    """How an argument is read."""

    GUESS = "guess"
    TEXT = "text"
    FILE = "file"


def read_inputs(
    inputs: Sequence[str],
    *,
    reading: Reading = Reading.GUESS,
    read_address: Callable[[str], Document],
) -> tuple[Batch, ...]:
    """Read every input, in order; claims given one after another are one batch.

    Raises `InputError` for what cannot be read and `UsageError` for what cannot be meant.
    """
    if inputs.count("-") > 1 and reading is not Reading.TEXT:
        raise UsageError("- (stdin) can be read only once")
    batches: list[Batch] = []
    claims: list[ClaimRow] = []
    number = 0

    def close() -> None:
        if claims:
            batches.append(("", tuple(claims)))
            claims.clear()

    for given in inputs:
        if reading is Reading.TEXT or not (
            given == "-" or reading is Reading.FILE or readers.looks_like_path(given)
        ):
            number += 1
            claims.append(claim_row(given, f"c{number}"))
            continue
        close()
        if readers.is_address(given):
            document = read_address(given)
            batches.append((document.name, document))
        else:
            batches += _files(given)
    close()
    return tuple(batches)


def _files(given: str) -> Iterator[Batch]:
    if given == "-":
        yield "-", text.read(sys.stdin.buffer.read(), "-")
        return
    path = Path(given)
    if not path.is_dir():
        try:
            yield given, readers.read(path)
        except InputError as exc:
            if path.exists():
                raise
            raise InputError(f"{exc} (--text checks it as a claim)") from exc
        return
    found = False
    for file in readers.files_in(path):
        found = True
        yield str(file), readers.read(file)
    if not found:
        known = ", ".join(suffix for suffix in readers.READERS if suffix)
        raise InputError(f"{given}: there is nothing to read in this folder: it needs files of {known}")
