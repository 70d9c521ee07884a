"""Records what a service answers, to be looked at or to make a fixture of.

    VERIFIER_CONTACT=you@example.org python -m tests.wikidata.record FOLDER entities Q30 Q183
    VERIFIER_CONTACT=you@example.org python -m tests.wikidata.record FOLDER search "New York"
    VERIFIER_CONTACT=you@example.org python -m tests.wikidata.record FOLDER select verifier/.../query.rq

The service is that of the settings (`VERIFIER_WIKIDATA_API`, `VERIFIER_WIKIDATA_SPARQL`), asked by its rules,
as the program asks it. Each answer is one JSON file; `trace.txt` has what was sent.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from verifier.errors import VerifierError
from verifier.settings import Settings
from verifier.sources.wikidata.client import Client


def record(folder: Path, what: str, names: Sequence[str], settings: Settings) -> list[str]:
    """Write the answers, and return what could not be had."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "trace.txt").open("a", encoding="utf-8") as trace:
        client = Client(settings, trace=lambda line: print(line, file=trace))
        try:
            if what == "entities":
                for id, answer in client.entities(names).items():
                    _write(
                        folder / f"{id}.json", {"fetched": answer.fetched.isoformat(), "entity": answer.data}
                    )
            for name in names if what != "entities" else ():
                found: Any
                if what == "search":
                    found = [asdict(hit) for hit in client.search(name)]
                else:
                    found = client.select(Path(name).read_text(encoding="utf-8"))
                _write(
                    folder / f"{what}-{re.sub(r'[^A-Za-z0-9]+', '-', name)}.json",
                    {"asked": name, "found": found},
                )
        finally:
            client.close()
    return client.failures


def _write(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    if len(arguments) < 3 or arguments[1] not in ("entities", "search", "select"):
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    # What is recorded is what the service says now: nothing is taken from the user's cache.
    settings = Settings.from_env({**os.environ, "VERIFIER_CACHE_DIR": str(folder / "cache")})
    try:
        failures = record(folder, arguments[1], arguments[2:], settings)
    except VerifierError as exc:
        failures = [str(exc)]
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
