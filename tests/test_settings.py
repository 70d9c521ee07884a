"""Settings come from the environment, and a malformed one is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier.errors import UsageError
from verifier.settings import VARIABLES, Settings


def test_nothing_set_gives_the_defaults() -> None:
    """Offline, the public addresses, and the platform's cache folder."""
    settings = Settings.from_env({})
    assert settings == Settings(cache_dir=settings.cache_dir)
    assert settings.online is False
    assert settings.wikidata_api == "https://www.wikidata.org/w/api.php"
    assert settings.wikidata_sparql == "https://query.wikidata.org/sparql"
    assert settings.cache_dir.name == "verifier" or "verifier" in settings.cache_dir.parts


def test_every_variable_is_read(tmp_path: Path) -> None:
    """Each documented variable changes one field."""
    given = {
        "VERIFIER_ONLINE": "1",
        "VERIFIER_CONTACT": "desk@example.org",
        "VERIFIER_CACHE_DIR": str(tmp_path),
        "VERIFIER_WIKIDATA_API": "http://localhost:8080/api.php",
        "VERIFIER_WIKIDATA_SPARQL": "https://example.org/sparql",
    }
    assert set(given) == set(VARIABLES)
    assert Settings.from_env(given) == Settings(
        cache_dir=tmp_path,
        online=True,
        contact="desk@example.org",
        wikidata_api="http://localhost:8080/api.php",
        wikidata_sparql="https://example.org/sparql",
    )


@pytest.mark.parametrize("text", ["0", "no", "False", "off", "", "  "])
def test_online_is_off_unless_it_is_said(text: str) -> None:
    """A draft is confidential: only a clear yes goes online."""
    assert Settings.from_env({"VERIFIER_ONLINE": text}).online is False


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("VERIFIER_ONLINE", "maybe", "write 1 or 0"),
        ("VERIFIER_WIKIDATA_API", "wikidata", "https://"),
        ("VERIFIER_WIKIDATA_API", "file:///etc/passwd", "https://"),
        ("VERIFIER_WIKIDATA_SPARQL", "https://", "https://"),
        ("VERIFIER_CONTACT", "a\r\nX-Header: b", "one line"),
        ("VERIFIER_CACHE_DIR", __file__, "name a folder"),
    ],
)
def test_a_malformed_value_names_the_variable_and_what_is_right(name: str, text: str, hint: str) -> None:
    """Nothing is silently ignored."""
    with pytest.raises(UsageError, match=name) as caught:
        Settings.from_env({name: text})
    assert hint in str(caught.value)
