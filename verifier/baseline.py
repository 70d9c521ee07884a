"""What was found once and is not to be told again: a file of results, each by its fingerprint.

A result that is in the baseline is set aside as long as it is no worse than it was then: what was unknown and
is contradicted today is told again. Documents are named from the folder of the file, so that a baseline holds
in another checkout, and whatever folder it is used from.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from verifier.errors import InputError
from verifier.model import Report, Suppressed, Verdict
from verifier.reports.escape import inert_json, web_address
from verifier.reports.fingerprints import fingerprints
from verifier.reports.remarks import remarked

__all__ = ["Baseline", "Entry", "baseline_of", "compare", "read_baseline", "render"]

_VERSION = 1
_LARGEST = 256 << 20
_GRAVITY = {Verdict.SUPPORTED: 0, Verdict.UNKNOWN: 1, Verdict.CONTRADICTED: 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """This result was there; all but the fingerprint and the verdict is for people who read the file."""

    fingerprint: str
    document: str
    text: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """These results are known; documents are named from `folder`."""

    folder: Path
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def name(self, document: str) -> str:
        """A document's path from the folder, with `/`; "" for what was read from no file."""
        if document in ("", "-"):
            return ""
        if web_address(document):
            return document
        path = Path(document)
        place = os.path.join(os.path.realpath(path.parent), path.name)
        with suppress(ValueError):  # it is on another drive
            place = os.path.relpath(place, os.path.realpath(self.folder))
        return place.replace(os.sep, "/")


def baseline_of(reports: Iterable[Report], folder: Path) -> Baseline:
    """A baseline of all that would be told: what is contradicted or unknown, and not ignored in the text."""
    made = Baseline(folder)
    entries = {}
    for report in reports:
        name = made.name(report.document.name)
        told = set(map(id, remarked(report.results)))
        for result, fingerprint in zip(report.results, fingerprints(report, name=name), strict=True):
            if id(result) in told:
                text = " ".join(result.claim.text.split())
                entries[fingerprint] = Entry(fingerprint, name, text, result.verdict, result.reason.value)
    return Baseline(folder, entries)


def compare(reports: Sequence[Report], baseline: Baseline) -> tuple[tuple[Report, ...], tuple[Entry, ...]]:
    """The reports with `Suppressed.BASELINE` on what is in the baseline, and the entries that are stale.

    An entry is stale if its document is among those of the reports and nothing in it needs the entry: it says
    so no more, or it is supported now. One of no file never is: what is piped in today may be another text.
    """
    used: set[str] = set()
    compared = []
    for report in reports:
        results = []
        for result, fingerprint in zip(
            report.results, fingerprints(report, name=baseline.name(report.document.name)), strict=True
        ):
            entry = baseline.entries.get(fingerprint)
            if entry is not None and result.verdict is not Verdict.SUPPORTED:
                used.add(fingerprint)
                if result.suppressed is None and _GRAVITY[result.verdict] <= _GRAVITY[entry.verdict]:
                    result = replace(result, suppressed=Suppressed.BASELINE)
            results.append(result)
        compared.append(replace(report, results=tuple(results)))
    names = {baseline.name(report.document.name) for report in reports} - {""}
    stale = (entry for entry in baseline.entries.values() if entry.document in names)
    return tuple(compared), tuple(entry for entry in stale if entry.fingerprint not in used)


def render(baseline: Baseline) -> str:
    """The file, in the order of documents and texts, so that a change of it is easy to read."""
    entries = sorted(
        baseline.entries.values(), key=lambda entry: (entry.document, entry.text, entry.fingerprint)
    )
    record = {"version": _VERSION, "entries": [asdict(entry) for entry in entries]}
    return inert_json(json.dumps(record, ensure_ascii=False, indent=1)) + "\n"


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises `InputError` that says what is wrong with it."""

    def wrong(problem: str) -> InputError:
        return InputError(f"{path}: {problem}: write a new one with --write-baseline")

    try:
        if path.stat().st_size > _LARGEST:
            raise wrong(f"more than {_LARGEST >> 20} MB are too many for a baseline")
        record: Any = json.loads(path.read_bytes())
    except FileNotFoundError as exc:
        raise wrong("there is no such baseline") from exc
    except OSError as exc:
        raise InputError(f"{path}: cannot be read: {exc.strerror or exc}") from exc
    except (ValueError, RecursionError) as exc:
        raise wrong("not a baseline: it is no JSON") from exc
    if not isinstance(record, dict) or not isinstance(record.get("entries"), list):
        raise wrong('not a baseline: it has no "version" and "entries"')
    version = record.get("version")
    if type(version) is not int or version != _VERSION:
        raise wrong(f"its version is {str(version)[:20]!r}, and {_VERSION} is the one that is read")
    entries: dict[str, Entry] = {}
    for number, given in enumerate(record["entries"], 1):
        entry = _entry(given)
        if entry is None or entry.fingerprint in entries:
            problem = "is there twice" if entry else "has not what an entry has"
            raise wrong(f"entry {number} {problem}")
        entries[entry.fingerprint] = entry
    return Baseline(path.parent, entries)


def _entry(given: Any) -> Entry | None:
    """An entry as it is in the file; None if it is none."""
    if not isinstance(given, dict):
        return None
    values = [given.get(name) for name in ("fingerprint", "document", "text", "verdict", "reason")]
    told = [value for value in values if isinstance(value, str)]
    if len(told) != len(values):
        return None
    fingerprint, document, text, verdict, reason = told
    if len(fingerprint) != 64 or not set(fingerprint) <= set("0123456789abcdef"):
        return None
    if verdict not in list(Verdict):
        return None
    return Entry(fingerprint, document, text, Verdict(verdict), reason)
