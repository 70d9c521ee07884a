"""The bundled table is found, and its catalogue is read once."""

from __future__ import annotations

from verifier.sources.bundled import bundled_catalogue, bundled_path


def test_the_checkout_holds_the_catalogue() -> None:
    assert (bundled_path() / "relations.toml").is_file()
    assert bundled_catalogue() is bundled_catalogue()
    assert bundled_catalogue().find("capital") is not None
