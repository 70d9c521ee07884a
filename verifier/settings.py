"""What a user sets once for all runs, read from the environment at the entry point and passed down.

Only `verifier.cli` and other entry points call `Settings.from_env`; nothing below reads the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from verifier.errors import UsageError

__all__ = ["VARIABLES", "Settings", "require_contact"]

_T = TypeVar("_T")

VARIABLES = {
    "VERIFIER_ONLINE": "1 makes --online the default (0: a draft is confidential)",
    "VERIFIER_CONTACT": "an e-mail or web address, sent to the services that are asked",
    "VERIFIER_CACHE_DIR": "folder for compiled tables and answers (default: the platform's)",
    "VERIFIER_WIKIDATA_API": "address of the Wikidata API",
    "VERIFIER_WIKIDATA_SPARQL": "address of the Wikidata query service",
}
"""Every variable that is read, and what it is for; the help and the README list them."""

_API = "https://www.wikidata.org/w/api.php"
_SPARQL = "https://query.wikidata.org/sparql"

_POLICY = "https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy"
_NO_CONTACT = (
    "Wikidata is asked only with a contact: set VERIFIER_CONTACT to an e-mail or web address at which you "
    f"can be reached. It is sent with every request, as Wikimedia's User-Agent policy wants it ({_POLICY})."
)

_TRUE = ("1", "true", "yes", "on")
_FALSE = ("0", "false", "no", "off")


def _default_cache_dir() -> Path:
    import platformdirs

    return platformdirs.user_cache_path("verifier", appauthor=False)


def _switch(text: str) -> bool:
    if text.casefold() in _TRUE:
        return True
    if text.casefold() in _FALSE:
        return False
    raise ValueError("write 1 or 0")


def _address(text: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write a web address that begins with https://")
    return text


def _line(text: str) -> str:
    if not text.isprintable():  # it goes into a header of every request
        raise ValueError("write one line of plain text, such as an e-mail address")
    return text


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if path.exists() and not path.is_dir():
        raise ValueError("it is a file: name a folder")
    return path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the cache is, and whether and how public services may be asked.

    >>> from pathlib import Path
    >>> from verifier import Settings
    >>> settings = Settings(cache_dir=Path("cache"))
    >>> settings.online, settings.contact
    (False, '')
    """

    cache_dir: Path
    online: bool = False
    contact: str = ""
    wikidata_api: str = _API
    wikidata_sparql: str = _SPARQL

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the variables; one that is missing or empty keeps its default.

        Raises `UsageError` that names the variable and what would be right.

            >>> Settings.from_env({"VERIFIER_ONLINE": "1", "VERIFIER_CONTACT": "desk@example.org"}).online
            True
        """
        given = os.environ if environment is None else environment

        def setting(name: str, parse: Callable[[str], _T], default: _T) -> _T:
            text = given.get(name, "").strip()
            if not text:
                return default
            try:
                return parse(text)
            except ValueError as exc:
                raise UsageError(f"{name} is {text[:80]!r}: {exc}") from exc

        cache_dir = setting("VERIFIER_CACHE_DIR", _folder, None)
        return cls(
            cache_dir=_default_cache_dir() if cache_dir is None else cache_dir,
            online=setting("VERIFIER_ONLINE", _switch, False),
            contact=setting("VERIFIER_CONTACT", _line, ""),
            wikidata_api=setting("VERIFIER_WIKIDATA_API", _address, _API),
            wikidata_sparql=setting("VERIFIER_WIKIDATA_SPARQL", _address, _SPARQL),
        )


def require_contact(contact: str) -> None:
    """Raise `UsageError` if nobody is named to whom a service that is asked could turn."""
    if not contact:
        raise UsageError(_NO_CONTACT)
    if not (contact.isascii() and contact.isprintable()) or set(contact) & set("()"):
        raise UsageError(
            f"the contact {contact[:80]!r} cannot be sent: set VERIFIER_CONTACT to an e-mail or web address "
            "in plain letters, without brackets"
        )
