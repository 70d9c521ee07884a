"""The names of a text that a service is asked for."""

from __future__ import annotations

import pytest

from verifier.text.proper_names import proper_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Angela Merkel visited Accra.", {"Angela Merkel", "Accra"}),
        ("Former President Kufuor spoke.", {"Former President Kufuor", "President Kufuor"}),
        ("The President of Ghana resigned.", {"President of Ghana", "President", "Ghana"}),
        ("Its currency is the Australian dollar.", {"Australian", "Australian dollar"}),
        ("All Souls College was founded in 1438.", {"All Souls College", "Souls College"}),
        ("Bosch was born in 's-Hertogenbosch.", {"Bosch", "'s-Hertogenbosch"}),
        ("Kosovo's capital is Pristina.", {"Kosovo", "Pristina"}),
        ("nothing of the kind", set()),
    ],
)
def test_names(text: str, names: set[str]) -> None:
    """Runs of capitalised words, with the small words and the noun that belong to them."""
    assert names <= set(proper_names(text)), proper_names(text)


def test_a_verb_is_no_part_of_a_name() -> None:
    """A word that is no plain noun is not asked for with the name before it."""
    assert proper_names("Ghana borders Togo and Ghana recognised Kosovo.") == ("Ghana", "Togo", "Kosovo")
